"""Whom the office may urge by hand, for what, and when; never whoever cannot send or is away. Inside the transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.conversation import Visit
from bot.dialogue import Button, Say
from bot.language import _
from bot.movement import Obligation, State, away, broken, senders
from bot.office.duties import submissions
from bot.office.duties.duty_kinds import KINDS
from storage import chats, deadlines, outbox, people
from storage.db import Tx
from storage.outbox import NoticeCode, Row
from storage.people import Person, Unit

URGED, LOST = NoticeCode("urged"), NoticeCode("urging_lost")
WORDS: Mapping[str, str] = {"baocao": "results", "kehoach": "plan", "dangky": "registration"}
"""What the units are urged for, by the word that says it; without one it is the first."""


@dataclass(frozen=True, slots=True)
class Receiver:
    """Somebody who would be urged, with what the preview says of them."""

    person: Person
    unit: Unit
    heard: bool
    """Whether the machine has spoken to them today."""
    unreached: bool


def meant(visit: Visit, duty: str, year: int | None) -> Obligation | None:
    """Return the duty of the year said; without one, of the newest year in which it can be urged."""
    opened = submissions.standing(visit, duty)
    if year is not None:
        return next((each for each in opened if each.year == year), None)
    loud = [each for each in opened if not each.quiet]
    return next((each for each in reversed(loud) if each.speaks), loud[-1] if loud else None)


def not_now(visit: Visit, duty: str, said: int | None, found: Obligation | None) -> Say | None:
    """Say why nobody can be urged for it now, and when; None when it can be done."""
    if found is not None and found.speaks:
        return None
    year = found.year if found is not None else said or visit.said.year
    about: dict[str, Any] = {"what": KINDS[duty].what, "year": year}
    buttons = [Button(_("All dates"), "/thoihan"), Button(_("Home"), "/menu")]
    if found is None:
        why = _("{year} is not an opened year, so nobody is urged for the {what}.", **about)
    elif found.quiet:
        why = _("{year} is open to be filed late only, so nobody is urged for the {what}.", **about)
    elif found.state is State.LOCKED:
        why = _(
            "The {what} of {year} was locked at the end of {day}: nothing can be sent any more, so nobody is urged.",
            day=found.locks,
            **about,
        )
    elif found.state is State.AHEAD or visit.now.date() < found.opens:
        why = _(
            "The {what} of {year} can be sent from {day} on; from then on it can be urged.", day=found.opens, **about
        )
    else:
        why = _("The {what} of {year} has no last day yet; it can be urged once one is set.", **about)
        buttons.insert(0, Button(_("Set the last day"), f"/thoihan {duty} {year}"))
    return Say([why], buttons=buttons)


def receivers(visit: Visit, duty: str, year: int) -> list[Receiver]:
    """Return who sends for the units that have not sent and hold no promise; whoever is away is left out."""
    tx, today = visit.tx, visit.now.date()
    done = {row.unit for row in tx.all(deadlines.FILED_OF_DUTY, duty=duty, year=year)}
    promised = {row.unit: row.day for row in tx.all(deadlines.PROMISES) if (row.duty, row.year) == (duty, year)}
    heard = set(tx.all(outbox.SPOKEN_TO, day=today))
    found = []
    for unit in tx.all(people.UNITS):
        if unit.kind == "doan_the" or unit.code in done or not broken(promised.get(unit.code), visit.now):
            continue
        able = [p for p in senders(tx.all(people.OF_UNIT, unit=unit.code), today) if not away(p, today)]
        found += [
            Receiver(p, unit, p.id in heard, tx.one(chats.HAS_PLACE, person=p.id, today=today) is None) for p in able
        ]
    return list({each.person.id: each for each in found}.values())


def without_sender(visit: Visit, duty: str, year: int) -> list[str]:
    """Return the units that have not sent and for which nobody can, so that nobody is urged."""
    tx, today = visit.tx, visit.now.date()
    done = {row.unit for row in tx.all(deadlines.FILED_OF_DUTY, duty=duty, year=year)}
    return [
        unit.name
        for unit in tx.all(people.UNITS)
        if unit.kind != "doan_the"
        and unit.code not in done
        and all(away(p, today) for p in senders(tx.all(people.OF_UNIT, unit=unit.code), today))
    ]


def opening(visit: Visit) -> datetime:
    """Return now, in office hours; else when they begin."""
    return visit.office.hours.next_opening(visit.now, visit.office.calendar)


def tell_whom_it_missed(tx: Tx, row: Row, now: datetime) -> None:
    """Tell whoever urged in a daily row that its day went by unsaid: once, with all whom that day did not reach."""
    if row.day is None:
        raise ValueError(f"row {row.id} has no day")
    for mine in row.about.get("urged", ()):
        of = {name: mine[name] for name in ("duty", "year", "by")}
        missed = [
            each.person
            for each in tx.all(outbox.WAITING_OF_DAY, day=row.day)
            if any(of.items() <= other.items() for other in each.about.get("urged", ()))
        ]
        about = {**of, "day": row.day.isoformat(), "people": missed}
        key = f"urging_lost:{mine['by']}:{row.day}:{mine['duty']}:{mine['year']}"
        outbox.file_notice(tx, person=mine["by"], news=LOST, about=about, due=now, now=now, key=key)
