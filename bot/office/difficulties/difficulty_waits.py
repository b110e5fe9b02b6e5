"""What waits for one person: difficulties to answer, to confirm, tasks of the unit. Inside the transaction."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from bot.conversation import Visit
from bot.language import Count, Part, _
from bot.movement import May
from bot.office.difficulties.difficulty_moves import Hand, holds, last_day
from bot.office.difficulties.difficulty_texts import line
from bot.office.duties import submissions
from bot.office.reminding.deadline_texts import how_long
from bot.office.unit_tasks import task_texts
from storage import difficulties, people, unit_tasks
from storage.difficulties import DifficultyState, Raised

ONE_BY_ONE = 3
"""So many that lie with the office are listed one by one; more are one line."""


class Waits(NamedTuple):
    """One thing to do: its line, its button, the command that opens it, whether its day has passed."""

    text: Part
    label: Part
    says: str
    late: bool


def mine_to_do(visit: Visit) -> list[Raised]:
    """Return the difficulties about which this person has to do something now."""
    found = list[Raised]()
    if submissions.sends(visit):
        found += visit.tx.all(difficulties.WITH_HEAD, unit=visit.me.unit)
        waiting = visit.tx.all(difficulties.WAITING_OF_UNIT, unit=visit.me.unit)
        found += [each for each in waiting if each.state is DifficultyState.ANSWERED and holds(visit, each, Hand.ASKER)]
    if visit.may(May.RECEIVE):
        found += visit.tx.all(difficulties.AT_OFFICE)
    found += [each for each in raised_by_me(visit) if each.state is DifficultyState.ANSWERED]
    return list({each.code: each for each in found}.values())


def raised_by_me(visit: Visit) -> list[Raised]:
    """Return what this person has raised by any of their posts, the newest first."""
    return visit.tx.all(difficulties.OF_PERSON, posts=visit.tx.all(people.EVERY_POST, person=visit.me.id))


def to_answer(visit: Visit) -> Iterator[Waits]:
    """Yield the difficulties about which this person has to do something."""
    today, waiting = visit.now.date(), mine_to_do(visit)
    office = [each for each in waiting if each.state in (DifficultyState.DESK, DifficultyState.LEADERS)]
    if len(office) > ONE_BY_ONE:
        first = min(_due(visit, each) for each in office)
        text = _("Answer {n} difficulties: {how}", n=Count(len(office)), how=how_long(first, today))
        yield Waits(text, _("See them"), "/vuongmac", first < today)
        waiting = [each for each in waiting if each not in office]
    for each in waiting:
        label = _("Look at {code}", code=each.code)
        late = _due(visit, each) < today
        yield Waits(_("Difficulty {line}", line=line(visit, each)), label, f"/vuongmac {each.code}", late)


def _due(visit: Visit, raised: Raised) -> date:
    return last_day(visit.plan, visit.office.calendar, raised, visit.now.tzinfo)


def to_do(visit: Visit) -> Iterator[Waits]:
    """Yield what the unit was given to do, for whoever acts for it."""
    if submissions.sends(visit):
        for task in visit.tx.all(unit_tasks.OPEN_OF_UNIT, unit=visit.me.unit):
            text = _("Task {line}", line=task_texts.line(visit, task))
            yield Waits(text, _("See the task"), f"/viecgiao {task.id}", task.day < visit.now.date())


def to_close(visit: Visit) -> Iterator[Waits]:
    """Yield for the office what units say is done."""
    if visit.may(May.RECEIVE) and (done := visit.tx.all(unit_tasks.DONE)):
        text = _("Look at {n} tasks that units say are done", n=Count(len(done)))
        yield Waits(text, _("Tasks given"), "/viecgiao", late=False)
