"""«Kế hoạch nói gì»: what the plan says, word for word, of a clause or a topic. Everybody of the office may ask."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.conversation import EVERYBODY, HOME, Command, Feature, JobContext, JobKind, JobResult, Serves, Visit, allowed
from bot.dialogue import Button, Say
from bot.language import Count, Part, Time, _, fold
from bot.movement import May, Plan
from bot.office import plan_clauses
from bot.office.plan_clauses import PlanClause
from bot.office.report import clause_words, summaries
from bot.office.report.clause_words import concerned
from bot.office.report.summaries import Summary
from storage import plans

MOST = 3000
"""Characters that are quoted in one message: a long plan is read clause by clause."""
BUTTONS = 8


def run(visit: Visit, args: str) -> Say | None:
    """Answer «kế hoạch nói gì», «/kehoachnoi VI.4», «kế hoạch nói gì về chữ ký số»; «/kehoachnoi tep»: its file."""
    every, asked = plan_clauses.clauses(visit.plan), args.strip()
    if not every:
        return Say([_("The plan file does not have the words of the plan.")], buttons=(HOME,))
    if fold(asked) == "tep" and KEEP.holds(visit):
        return visit.start_job(FILE)
    if not asked:
        contents = _contents(every, _("What the plan says, by clauses:"))
        return (
            replace(contents, buttons=(Button(_("The plan file"), "/kehoachnoi tep"), HOME))
            if KEEP.holds(visit)
            else contents
        )
    found = plan_clauses.meant(visit.plan, asked)
    if not found:
        return _contents(every, _("Nothing in the plan speaks of «{topic}». Its clauses:", topic=asked[:60]))
    year, counted = visit.said.year, [each for each in found if concerned(visit.plan, each.code)]
    lasts = visit.plan.first_year <= year <= visit.plan.last_year
    if counted and lasts and visit.chat.focus is None and visit.may(May.READ):
        return visit.start_job(STANDING, asked=asked, year=year)
    return _quotes(visit.plan, found)


async def stands(context: JobContext, about: Mapping[str, Any]) -> JobResult:
    """Say what was asked for word for word, and under each clause what stands there in this year."""
    plan = context.office.plan
    summary = await summaries.read(context.snapshot, context.office, about["year"], context.now)
    return JobResult(_quotes(plan, plan_clauses.meant(plan, about["asked"]), summary))


async def plan_file(context: JobContext, about: Mapping[str, Any]) -> JobResult:
    """Return the plan file in force, as it was taken."""
    kept = await context.snapshot.one(plans.NOW)
    assert kept is not None
    say = Say([_("The plan file in force since {day}.", day=kept.since.date())], buttons=(HOME,))
    return JobResult(say, [("ke-hoach.toml", "text/plain", kept.text.encode())])


def _contents(every: Sequence[PlanClause], head: Part) -> Say:
    lines = [head, *(_("- {clause}: {text}", clause=each.code, text=each.beginning) for each in every)]
    some = every[-1].code
    return Say([*lines, _("To read one, type for example: /kehoachnoi {clause}", clause=some)], buttons=(HOME,))


def _quotes(plan: Plan, found: Sequence[PlanClause], summary: Summary | None = None) -> Say:
    """Say what they say, the first one whole in any case; the others are named, with a button each."""
    lines: list[Part] = [_("The plan «{plan}» says:", plan=plan.name)]
    left, length = list(found), 0
    while left and (not length or length + left[0].length <= MOST):
        clause = left.pop(0)
        lines += clause.lines
        length += clause.length
        if summary is not None and (now := clause_words.standing(summary, plan, clause.code)):
            lines += [_("In {year}, until {at}:", year=summary.year, at=Time(summary.now)), *now]
    if left:
        named = ", ".join(each.code for each in left)
        lines.append(_("It stands in {n} other clauses too: {clauses}.", n=Count(len(left)), clauses=named))
    buttons = [Button(_("Clause {clause}", clause=each.code), f"/kehoachnoi {each.code}") for each in left[:BUTTONS]]
    return Say(lines, buttons=(*buttons, HOME))


COMMAND = Command(
    "kehoachnoi",
    _("What the plan says"),
    _("what does the plan say|what does the plan say about|plan says"),
    run,
    EVERYBODY,
    side=True,
    listed=False,
    seldom=True,
)
KEEP: Serves[Visit] = allowed(May.KEEP)
STANDING = JobKind("clauses", stands, allowed(May.READ))
FILE = JobKind("plan_file", plan_file, KEEP)
FEATURE = Feature(__name__, commands=(COMMAND,), jobs=(STANDING, FILE))
