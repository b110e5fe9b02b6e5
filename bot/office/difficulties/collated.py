"""Difficulties collated for the leaders: by content or by unit, with where each lies and what was answered."""

from collections.abc import Callable

from bot.conversation import HOME, Visit
from bot.dialogue import Button, Say
from bot.language import Count, Part, Time, _, fold, number
from bot.movement import DESK_ROLES, Role, by_post
from bot.office.difficulties.difficulty_texts import area_of, opinion, standing
from bot.office.unit_tasks.task_texts import short
from storage import difficulties
from storage.difficulties import DifficultyMove, DifficultyState, Raised, RaisedStep

MOST = 40


def say(visit: Visit, args: str) -> Say:
    """Answer «/vuongmac lanhdao»: by content; «donvi» by unit; with a year that year's."""
    if visit.me.role not in (*DESK_ROLES, Role.LEADER):
        return Say(
            [_("This list is for {desk} and {leaders}.")], buttons=(Button(_("Difficulties"), "/vuongmac ds"), HOME)
        )
    words = args.split()
    by_unit = any(fold(word) in ("donvi", "don", "vi") for word in words)
    year = next((n for word in words if (n := number(word)) is not None and 2000 <= n <= 2099), visit.said.year)
    found = [each for each in visit.tx.all(difficulties.OF_YEAR, year=year) if each.reached]
    other = _("By content") if by_unit else _("By unit")
    says = f"/vuongmac lanhdao {year}" if by_unit else f"/vuongmac lanhdao donvi {year}"
    buttons = [Button(other, says), *_codes(found), HOME]
    lines: list[Part] = [
        _("Difficulties of {year} · {at} · {n}", year=year, at=Time(visit.now), n=Count(len(found))),
        *_counts(found),
    ]
    if visit.me.role == Role.LEADER:
        lines.insert(0, _("Reporting to {whom}:", whom=by_post(visit.me)))
    answers = {step.difficulty: step for step in visit.tx.all(difficulties.LAST_ANSWERS, year=year)}

    def group(each: Raised) -> Part:
        return each.unit_name if by_unit else area_of(visit.plan, each.area)

    lines += _grouped(visit, found[:MOST], answers, group, units=not by_unit)
    if len(found) > MOST:
        lines.append(_("… and {n} more", n=Count(len(found) - MOST)))
    return Say(lines, buttons=buttons)


def _where(visit: Visit, raised: Raised) -> Part:
    """Say where it lies, without anybody's name."""
    if raised.state is DifficultyState.ANSWERED:
        return _("answered; whoever raised it says whether it is solved")
    return standing(visit, raised)


def _codes(found: list[Raised]) -> list[Button]:
    """Return buttons to those that the leaders are asked about, then to the others at the office."""
    waiting = [each for each in found if each.state in (DifficultyState.LEADERS, DifficultyState.DESK)]
    waiting.sort(key=lambda each: each.state is not DifficultyState.LEADERS)
    return [Button(each.code, f"/vuongmac {each.code}") for each in waiting[:6]]


def _counts(found: list[Raised]) -> list[Part]:
    n = {state: Count(sum(each.state is state for each in found)) for state in DifficultyState}
    return [
        _(
            "Before {leaders}: {leading}; with {desk}: {at_desk}; answered: {answered}; solved: {solved}.",
            leading=n[DifficultyState.LEADERS],
            at_desk=n[DifficultyState.DESK],
            answered=n[DifficultyState.ANSWERED],
            solved=n[DifficultyState.SOLVED],
        )
    ]


def _grouped(
    visit: Visit, found: list[Raised], answers: dict[int, RaisedStep], group: Callable[[Raised], Part], units: bool
) -> list[Part]:
    lines: list[Part] = []
    for name in dict.fromkeys(group(each) for each in found):
        those = [each for each in found if group(each) == name]
        lines.append(_("{name} ({n}):", name=name, n=Count(len(those))))
        for each in those:
            about = {"code": each.code, "text": short(each.text), "standing": _where(visit, each)}
            if units:
                lines.append(_("- {code}, {unit}: «{text}»; {standing}", unit=each.unit_name, **about))
            else:
                lines.append(_("- {code}: «{text}»; {standing}", **about))
            answer = answers.get(each.id)
            if answer is not None and answer.move is DifficultyMove.OPINION:
                lines.append(_("  Opinion: {opinion}", opinion=opinion(answer)))
            elif answer is not None:
                lines.append(_("  Answer: «{text}»", text=short(answer.text)))
    return lines
