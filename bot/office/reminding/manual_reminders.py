"""Whom the office may urge by hand, for what, and when; never whoever cannot send or is away. Inside the transaction."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cached_property

from bot.conversation import Visit
from bot.dialogue import Facts
from bot.language import FactKind, facts_in, fold
from bot.movement import How, Obligation, Plan, Role, away, broken, senders
from bot.office.duties import due_dates, submissions
from bot.office.duties.duty_kinds import read_subject
from storage import chats, deadlines, outbox, people, unit_history
from storage.db import Tx
from storage.outbox import NoticeCode, OutboxRow
from storage.people import Person, Unit

URGED, LOST = NoticeCode("urged"), NoticeCode("urging_lost")
ASKED, DECLINED = NoticeCode("urging_asked"), NoticeCode("urging_declined")
WORDS: Mapping[How, str] = {"results": "baocao", "plan": "kehoach", "list": "dangky"}
"""The word that says what the units are urged for; papers are said by their codes and names."""


@dataclass(frozen=True, slots=True)
class Receiver:
    """Somebody who would be urged, with what the preview says of them."""

    person: Person
    unit: Unit
    heard: bool
    """Whether the machine has spoken to them today."""
    unreached: bool


def said_duty(plan: Plan, text: str) -> str:
    """Return the duty of the units that somebody has named: by its word, its code or its name; else their report."""
    typed, words = fold(text).replace(" ", ""), fold(text).split()
    found = [(0, plan.reports.code)]
    for duty in plan.all_duties:
        if duty.by != "unit" or not duty.yearly:
            continue
        names = {fold(name).replace(" ", "") for name in (duty.name, duty.called, WORDS.get(duty.how, duty.name))}
        found += [(len(name), duty.code) for name in names if name in typed]
        if [duty.code.casefold()] == words[:1]:
            found.append((len(typed), duty.code))
    return max(found, key=lambda each: each[0])[1]


def said_units(visit: Visit, text: str) -> list[str]:
    """Return the codes of the units that somebody has named; none for all."""
    facts = facts_in(text, visit.said.date(), visit.tx.all(unit_history.EVER_UNITS), ())
    return [each.value for each in facts if each.kind is FactKind.UNIT]


def word_of(plan: Plan, code: str) -> str:
    """Return how the command that urges names a duty."""
    duty = plan.known_duty(code)
    return code if duty is None else WORDS.get(duty.how, code)


def silent(visit: Visit, code: str, year: int) -> list[Unit]:
    """Return the units that owe a duty of a year and have not sent it."""
    duty, tx = visit.plan.known_duty(code), visit.tx
    if duty is None:
        return []
    done = {row.unit for row in tx.all(deadlines.FILED_OF_DUTY, duty=duty.filed_as, year=year)}
    return [unit for unit in due_dates.units_owing(visit, duty, year) if unit.code not in done]


def meant(visit: Visit, duty: str, year: int | None) -> Obligation | None:
    """Return the duty of the year said; without one, of the newest year in which it can be urged."""
    opened = submissions.standing(visit, duty)
    if year is not None:
        return next((each for each in opened if each.year == year), None)
    loud = [each for each in opened if not each.quiet]
    return next((each for each in reversed(loud) if each.speaks), loud[-1] if loud else None)


def receivers(visit: Visit, duty: str, year: int, units: Collection[str] = ()) -> list[Receiver]:
    """Return who sends for the units (all, or these) that have not sent and hold no promise; whoever is away is left out."""
    tx, today = visit.tx, visit.now.date()
    promised = {row.unit: row.day for row in tx.all(deadlines.PROMISES) if (row.duty, row.year) == (duty, year)}
    heard = set(tx.all(outbox.SPOKEN_TO, day=today))
    found = []
    for unit in silent(visit, duty, year):
        if (units and unit.code not in units) or not broken(promised.get(unit.code), visit.now):
            continue
        able = [p for p in senders(tx.all(people.OF_UNIT, unit=unit.code), today) if not away(p, today)]
        found += [
            Receiver(p, unit, p.id in heard, tx.one(chats.HAS_PLACE, person=p.id, today=today) is None) for p in able
        ]
    return list({each.person.id: each for each in found}.values())


def without_sender(visit: Visit, duty: str, year: int, units: Collection[str] = ()) -> list[str]:
    """Return the units (of all, or of these) that have not sent and for which nobody can, so that nobody is urged."""
    tx, today = visit.tx, visit.now.date()
    return [
        unit.name
        for unit in silent(visit, duty, year)
        if (not units or unit.code in units)
        and all(away(p, today) for p in senders(tx.all(people.OF_UNIT, unit=unit.code), today))
    ]


def opening(visit: Visit) -> datetime:
    """Return now, in office hours; else when they begin."""
    return visit.office.hours.next_opening(visit.now, visit.office.calendar)


def morning(visit: Visit) -> datetime:
    """Return the first opening of the next working day."""
    tomorrow = datetime.combine(visit.now.date() + timedelta(days=1), time(), visit.now.tzinfo)
    return visit.office.hours.next_opening(tomorrow, visit.office.calendar)


def subject_of(duty: str, year: int, units: Collection[str]) -> str:
    """Return the subject of a draft that urges: «plan:2027», of named units «plan@QLXD+KHTC:2027»."""
    return f"{duty}@{'+'.join(sorted(units))}:{year}" if units else f"{duty}:{year}"


def urged_subject(subject: str) -> tuple[str, Sequence[str], int]:
    """Return the duty, the units that were named (none: all) and the year of such a subject."""
    said, year = read_subject(subject)
    duty, _at, units = said.partition("@")
    return duty, units.split("+") if units else (), year


class UrgingFacts(Facts):
    """What the form looks at: the receivers as they are now, and when they can be told."""

    def __init__(self, visit: Visit, subject: str) -> None:
        self._visit = visit
        self.duty, self.units, self.year = urged_subject(subject)
        self.by_chief = visit.me.role == Role.CHIEF

    @cached_property
    def receivers(self) -> Sequence[Receiver]:
        """Whoever would be urged."""
        return receivers(self._visit, self.duty, self.year, self.units)

    @cached_property
    def without_sender(self) -> Sequence[str]:
        """Units that nobody can be urged for."""
        return without_sender(self._visit, self.duty, self.year, self.units)

    @cached_property
    def opening(self) -> datetime:
        """The first moment at which something unasked may be said."""
        return opening(self._visit)

    @cached_property
    def morning(self) -> datetime:
        """The same, of the next working day."""
        return morning(self._visit)

    @property
    def any_second(self) -> bool:
        """Whether it would be a second message today for somebody."""
        return any(each.heard for each in self.receivers)


def tell_whom_it_missed(tx: Tx, row: OutboxRow, now: datetime) -> None:
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
