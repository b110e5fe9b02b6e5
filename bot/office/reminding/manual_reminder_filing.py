"""File a manual reminder, ask for consent to a second one on a day, decide about it, take it back. In the transaction.

The machine's one message a day holds here too: what is urged takes its place or joins it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from bot.conversation import OutboxFilled, Visit
from bot.movement import May, Role, may
from bot.office.reminding.manual_reminders import ASKED, DECLINED, URGED, opening, receivers, urged_subject
from storage import outbox, people, urgings
from storage.outbox import OutboxRow, RowState
from storage.urgings import UrgingState

PINGS_FIRST = timedelta(minutes=1)
"""What is set down for an hour waits for the reminders of that hour: both are one message."""


@dataclass(frozen=True, slots=True)
class FiledReminder:
    """What has become of a manual reminder."""

    first: int
    """So many get it as the one message of its day."""
    second: int
    """So many have had a message today: it goes to them with consent only."""
    agreed: bool
    """Whether whoever files it is who consents."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What the head of the office has said about a second message."""

    state: UrgingState
    day: date
    told: int = 0
    """How many get it."""


def file(visit: Visit, subject: str, text: str, at: datetime) -> FiledReminder:
    """File it for everybody whom messages reach; whoever has heard today gets it only with consent."""
    duty, units, year = urged_subject(subject)
    able = [each for each in receivers(visit, duty, year, units) if not each.unreached]
    second = [each.person.id for each in able if each.heard and at.date() == visit.now.date()]
    first = [each.person.id for each in able if each.person.id not in second]
    about = {"duty": duty, "year": year, "text": text, "by": visit.me.id}
    for person in first:
        _set_down(visit, person, at, about)
    visit.note("urged", f"{duty}:{year}", people=len(first), second=len(second))
    visit.woken.append(OutboxFilled())
    agreed = visit.me.role == Role.CHIEF
    if second and agreed:
        _tell(visit, second, about)
    elif second:
        _ask(visit, second, about)
    return FiledReminder(len(first), len(second), agreed)


def _set_down(visit: Visit, person: int, at: datetime, about: dict[str, Any]) -> None:
    """File it as the one message of its day: alone, or with what waits to be said that day.

    Whoever is of the office hears a list that day as well: what a colleague urges does not take its place.
    """
    tx, day = visit.tx, at.date()
    who = tx.one(people.BY_ID, id=person)
    if who is not None and may(who.role, May.RECEIVE):
        urgings.take_back(tx, person=person, by=visit.me.id, duty=about["duty"], year=about["year"])
        named = {**about, "day": day.isoformat()}
        outbox.file_notice(tx, person=person, news=URGED, about=named, due=at, now=visit.now, by=visit.me.id)
        return
    due = at if at <= visit.now else at + PINGS_FIRST
    said = {"urged": [about]}
    row = tx.one(outbox.DAILY, person=person, day=day)
    if row is not None and row.state is RowState.WAITING:  # what I say now of it replaces what I said before
        _leave_out(visit, row, duty=about["duty"], year=about["year"])
    if outbox.file_daily(tx, person=person, day=day, about=said, due=due, now=visit.now, by=visit.me.id) is None:
        outbox.add_to_daily(tx, person=person, day=day, about=said)


def _leave_out(visit: Visit, row: OutboxRow, **of: Any) -> bool:
    """Remove what I urge (of a duty and year) from a row; what others urge stays. Return whether there was any."""
    mine = {"by": visit.me.id, **of}
    urged = row.about.get("urged", ())
    left = [each for each in urged if not mine.items() <= each.items()]
    if len(left) == len(urged):
        return False
    outbox.take_from_daily(visit.tx, row=row, name="urged", left=left)
    return True


def take_back(visit: Visit) -> int:
    """Cancel what I have set down for a time to come; return how many messages."""
    n = sum(_leave_out(visit, row) for row in visit.tx.all(outbox.WAITING_FROM_DAY, day=visit.now.date()))
    n += urgings.take_back(visit.tx, by=visit.me.id)
    visit.note("urging_taken_back", people=n)
    return n


# A second message on one day ------------------------------------------------------------------


def _tell(visit: Visit, persons: Sequence[int], about: Mapping[str, Any]) -> None:
    """File it beside the one message of this day."""
    for person in persons:
        visit.tell(person, URGED, **about, day=visit.now.date().isoformat())


def _ask(visit: Visit, persons: list[int], about: Mapping[str, Any]) -> None:
    """Ask the head of the office about these people, and no others."""
    id = urgings.ask(visit.tx, **about, people=persons, now=visit.now)
    for chief in visit.tx.all(people.OF_ROLE, role=Role.CHIEF):
        visit.tell(chief.id, ASKED, key=f"urging:{id}:{chief.id}", id=id, n=len(persons))


def decide(visit: Visit, id: int, *, agreed: bool) -> Decision | None:
    """Store whether the head agrees; None when it has been decided already. After office hours there is no second message that day."""
    found = visit.tx.one(urgings.BY_ID, id=id)
    if found is None:
        return None
    day = found.at.date()
    over = opening(visit).date() != day  # the next opening is another day, which has its own message
    state = UrgingState.AGREED if agreed and not over else UrgingState.DECLINED
    if not urgings.decide(visit.tx, id=id, state=state, by=visit.me.id):
        return None
    visit.note("urging_decided", f"{found.duty}:{found.year}", agreed=agreed, over=over)
    if state is UrgingState.DECLINED:
        visit.tell(found.by, DECLINED, id=id, over=agreed)
        return Decision(state, day)
    able = {each.person.id for each in receivers(visit, found.duty, found.year)}
    told = [person for person in found.people if person in able]
    _tell(visit, told, {"duty": found.duty, "year": found.year, "text": found.text, "by": found.by})
    return Decision(state, day, len(told))
