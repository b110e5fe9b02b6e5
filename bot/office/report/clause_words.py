"""What stands this year under a clause of the plan: its targets, an area's items, who has sent what it orders. Pure."""

from collections.abc import Sequence

from bot.language import Count, Part, _
from bot.movement import Duty, Obligation, Plan, State
from bot.office.report import summary_words, target_words
from bot.office.report.summaries import Summary


def concerned(plan: Plan, clause: str) -> bool:
    """Whether anything is counted under a clause."""
    targets = (each.clause or each.area for each in (*plan.targets, *plan.figures))
    return clause in {*targets, *(area.code for area in plan.areas), *(duty.clause for duty in plan.all_duties)}


def standing(summary: Summary, plan: Plan, clause: str) -> list[Part]:
    """Say what stands under a clause in the summary's year; nothing where nothing is counted."""
    found: list[Part] = []
    for each in summary.progress:
        if clause in (each.target.clause, each.target.area):
            found += target_words.of_target(summary, each)
    found += [summary_words.area_line(summary, area) for area in plan.areas if area.code == clause]
    for duty in plan.all_duties:
        if duty.clause == clause and (owed := summary.standing.of(duty.code, summary.year)):
            found.append(_sent(duty, owed))
    return found


def _sent(duty: Duty, owed: Sequence[Obligation]) -> Part:
    done = Count(sum(each.state is State.FULFILLED for each in owed))
    if owed[0].due is None:
        return _("{what}: no date given yet; {n}/{all} have come", what=duty.name, n=done, all=Count(len(owed)))
    return _(
        "{what}: to the end of {day}; {n}/{all} have come",
        what=duty.name,
        day=owed[0].due,
        n=done,
        all=Count(len(owed)),
    )
