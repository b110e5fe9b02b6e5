"""A difficulty in words: what it is, where it lies, what has happened to it. Inside the transaction."""

from collections.abc import Callable, Mapping
from datetime import datetime

from bot.conversation import Visit
from bot.dialogue import Button
from bot.language import Part, Text, Time, _
from bot.movement import Plan, Role, titled
from bot.office import head_titles
from bot.office.difficulties.difficulty_moves import MOVES, Hand, held_by, holds, last_day, possible
from bot.office.reminding.deadline_texts import how_long
from bot.office.unit_tasks.task_texts import line as line_of_task
from bot.office.unit_tasks.task_texts import short
from storage import difficulties, people, unit_tasks
from storage.difficulties import DifficultyMove, DifficultyState, Raised, RaisedStep


def name_of(visit: Visit, person: int) -> str:
    """Name somebody by position and full name."""
    found = visit.tx.one(people.BY_ID, id=person)
    return "" if found is None else titled(found)


def hides(visit: Visit) -> bool:
    """Whether nobody who raised a difficulty is named to this person: to the leaders it is the unit's."""
    return bool(visit.me.role == Role.LEADER)


def area_of(plan: Plan, code: str) -> Part:
    """Name the content of the movement that it is about."""
    area = next((each for each in plan.areas if each.code == code), None)
    return _("no content of its own") if area is None else _("{code} {name}", code=area.code, name=area.short)


def whose_turn(visit: Visit, raised: Raised) -> Part:
    """Name who has it now."""
    if raised.state not in (DifficultyState.HEAD, DifficultyState.ANSWERED):
        return visit.plan.office.desk
    if raised.state is DifficultyState.ANSWERED and hides(visit):
        return _("whoever raised it")
    hand = Hand.HEAD if raised.state is DifficultyState.HEAD else Hand.ASKER
    if holds(visit, raised, hand):
        return _("{you}")
    holders = held_by(visit, raised, hand)
    return titled(holders[0]) if holders else head_titles.of_unit(visit, raised.unit)


def standing(visit: Visit, raised: Raised) -> Part:
    """Say where it lies, and until when."""
    if raised.state is DifficultyState.SOLVED:
        return _("solved on {day}", day=_day(visit, raised.since))
    if raised.state is DifficultyState.WITHDRAWN:
        return _("withdrawn on {day}", day=_day(visit, raised.since))
    due = last_day(visit.plan, visit.office.calendar, raised, visit.now.tzinfo)
    about = {"who": whose_turn(visit, raised), "how": how_long(due, visit.now.date())}
    if raised.state is DifficultyState.ANSWERED:
        return _("answered; {who} says whether it is solved, {how}", **about)
    if raised.state is DifficultyState.LEADERS:
        return _("before {leaders}; {desk} records the opinion, {how}", how=about["how"])
    return _("with {who}, {how}", **about)


def _day(visit: Visit, at: datetime) -> Part:
    return _("{day}", day=at.astimezone(visit.now.tzinfo).date())


def line(visit: Visit, raised: Raised) -> Part:
    """Return it in a list: its code, how it begins, where it lies."""
    return _("{code} «{text}»: {standing}", code=raised.code, text=short(raised.text), standing=standing(visit, raised))


_STEPS: Mapping[DifficultyMove, Callable[..., Text]] = {
    DifficultyMove.SENT: lambda **said: _("{at}: {who} raised it", **said),
    DifficultyMove.PASSED_ON: lambda **said: _("{at}: {who} passed it on to {desk}", **said),
    DifficultyMove.TURNED: lambda **said: _("{at}: {who} sent it straight to {desk}", **said),
    DifficultyMove.ANSWERED: lambda **said: _("{at}: {who} answered", **said),
    DifficultyMove.REFERRED: lambda **said: _("{at}: {who} put it before {leaders}", **said),
    DifficultyMove.OPINION: lambda **said: _("{at}: {who} recorded the opinion of {leaders}", **said),
    DifficultyMove.SOLVED: lambda **said: _("{at}: {who} says that it is solved", **said),
    DifficultyMove.UNSOLVED: lambda **said: _("{at}: {who} says that it is not solved yet", **said),
    DifficultyMove.WITHDRAWN: lambda **said: _("{at}: {who} withdrew it", **said),
}


def step_line(visit: Visit, step: RaisedStep, by: int = 0) -> Part:
    """Say one thing that has happened to it, with what was said; who raised it (`by`) is not named to the leaders."""
    who: Part = _("whoever raised it") if step.by == by and hides(visit) else name_of(visit, step.by)
    at = Time(step.at.astimezone(visit.now.tzinfo))
    what = _STEPS[step.move](at=at, who=who)
    if step.move is DifficultyMove.OPINION:
        return _("{what}: {opinion}", what=what, opinion=opinion(step))
    return _("{what}: «{text}»", what=what, text=step.text) if step.text else what


def opinion(step: RaisedStep) -> Part:
    """Say the leaders' opinion: whose, when, by which paper."""
    about = {"whose": step.whose, "day": step.day, "text": step.text}
    if step.number:
        return _("{whose}, {day}, document {number}: «{text}»", number=step.number, **about)
    return _("{whose}, {day}: «{text}»", **about)


def whole(visit: Visit, raised: Raised) -> list[Part]:
    """Return everything about it, with every step."""
    steps = visit.tx.all(difficulties.STEPS, id=raised.id)
    tasks = visit.tx.all(unit_tasks.OF_SOURCE, source=raised.code)
    return [
        _("Difficulty {code} · {unit}", code=raised.code, unit=raised.unit_name),
        _("«{text}»", text=raised.text),
        _("Content: {area}", area=area_of(visit.plan, raised.area)),
        *(_("- {step}", step=step_line(visit, step, raised.by)) for step in steps),
        *(_("- Task of {unit}: {task}", unit=task.unit_name, task=line_of_task(visit, task)) for task in tasks),
        _("Now: {standing}.", standing=standing(visit, raised)),
    ]


def buttons(visit: Visit, raised: Raised) -> list[Button]:
    """Return what this person may do with it now, each as it was shown."""
    return [
        Button(MOVES[word].label, f"/vuongmac {raised.code} {word} {raised.step}") for word in possible(visit, raised)
    ]
