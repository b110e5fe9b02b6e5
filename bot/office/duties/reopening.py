"""Open once more what was received or locked: which records there are, what may be done with each. Inside the transaction."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from bot.conversation import Visit
from bot.language import Part, _, fold, record_codes
from bot.movement import How
from bot.office.duties import item_texts, submissions
from bot.office.duties.duty_kinds import of_year
from bot.office.duties.reopening_drafts import put_down
from storage import closed_lists, deadlines, initiatives, people, reopenings, results, unit_history, unit_plans
from storage.initiatives import AT_OFFICE
from storage.people import Person
from storage.reopenings import Reopening, ReopeningState

OF_A_YEAR: Mapping[str, tuple[str, How]] = {
    "BC": ("results", "results"),
    "KH": ("plan", "plan"),
    "DS": ("list", "list"),
}
"""By the letters of its code, what a record of a unit and year is, and how the duty is done that it fulfils."""


SHORTEST = 5
"""Letters by which a duty is named, at least."""


@dataclass(frozen=True, slots=True)
class RecordNamed:
    """A record as it is named: what of which unit and year."""

    code: str
    what: str
    unit: str
    unit_name: str
    year: int
    name: Part
    """«báo cáo năm 2027 của Phòng Quản lý xây dựng»."""


def named(visit: Visit, said: str) -> RecordNamed | None:
    """Return the record that a code names, as people type it; None where there is no such unit or sheet."""
    words = [word for word in re.split(r"[^a-z0-9]+", fold(said.strip())) if word]
    if len(words) > 2 and words[0].upper() in OF_A_YEAR and words[1].isdecimal() and len(words[1]) == 4:
        units = visit.tx.all(unit_history.EVER_UNITS)
        codes = {record_codes.same(f"x {each.code}", "x " + " ".join(words[2:])): each for each in units}
        return None if True not in codes else of_a_year(visit, words[0].upper(), int(words[1]), codes[True])
    item = item_texts.find(visit, said, lambda item: item.state in AT_OFFICE)
    if item is None:
        return None
    name = _("sheet {code} «{title}» of {unit}", code=item.code, title=item.title, unit=item.unit_name)
    return RecordNamed(item.code, "item", item.unit, item.unit_name, item.year, name)


def of_a_year(visit: Visit, letters: str, year: int, unit: people.Unit) -> RecordNamed:
    """Return a unit's record of a year."""
    what, how = OF_A_YEAR[letters]
    duty = visit.plan.done_by(how)
    called: Part = f"{letters}-" if duty is None else of_year(duty)
    name = _("{what} {year} of {unit}", what=called, year=year, unit=unit.name)
    return RecordNamed(f"{letters}-{year}-{unit.code}", what, unit.code, unit.name, year, name)


def in_words(visit: Visit, said: str, year: int | None) -> RecordNamed | None:
    """Return the record of my unit that is named by its duty and a year: «danh sách 2027», «báo cáo năm 2026»."""
    unit, words = visit.tx.one(people.UNIT, code=visit.me.unit), fold(said).removesuffix(" nam").strip()
    if unit is None or year is None or len(words) < SHORTEST:
        return None
    meant = []
    for letters, (_what, how) in OF_A_YEAR.items():
        duty = visit.plan.done_by(how)
        if duty is not None and any(fold(name).startswith(words) for name in (duty.name, duty.called)):
            meant.append(letters)
    return of_a_year(visit, meant[0], year, unit) if len(meant) == 1 else None


def record_of(visit: Visit, code: str) -> RecordNamed:
    """Return the record of a code that is kept."""
    found = named(visit, code)
    assert found is not None
    return found


def of_unit(visit: Visit) -> Iterator[RecordNamed]:
    """Yield what my unit has sent that is received or locked, the newest year first."""
    unit = visit.tx.one(people.UNIT, code=visit.me.unit)
    for year in sorted((each.year for each in visit.tx.all(deadlines.YEARS)), reverse=True):
        for letters in OF_A_YEAR if unit is not None else ():
            assert unit is not None
            record = of_a_year(visit, letters, year, unit)
            if closed_now(visit, record):
                yield record
        for item in visit.tx.all(initiatives.OF_UNIT, unit=visit.me.unit, year=year):
            if item.state in AT_OFFICE:
                yield record_of(visit, item.code)


# How it stands --------------------------------------------------------------------------------


def live(visit: Visit, code: str) -> Reopening | None:
    """Return the reopening of a record that is under way."""
    return visit.tx.one(reopenings.LIVE, record=code)


def lets(visit: Visit, code: str) -> Reopening | None:
    """Return the reopening by which a record may be corrected now; None where there is none, or its last day is over."""
    found = live(visit, code)
    if found is None or found.state == ReopeningState.ASKED or found.day is None:
        return None
    return found if visit.said.date() <= found.day else None


def last_bound(visit: Visit) -> date:
    """Return the last day until which anything may be opened: the end of the movement, or of what its last year owes."""
    plan = visit.plan
    locks = [duty.locking(plan.last_year) for duty in plan.all_duties if duty.owed_in(plan.last_year)]
    return max(date(plan.last_year, 12, 31), *locks)


def proposed_day(visit: Visit) -> date:
    """Return the last day that is proposed."""
    day = visit.office.calendar.shift(visit.now.date(), visit.plan.corrections.workdays)
    return min(day, last_bound(visit))


def closed_now(visit: Visit, record: RecordNamed) -> bool | None:
    """Whether a record is received or locked; None where nothing was sent and it can still be."""
    if record.what == "item":
        item = visit.tx.one(initiatives.BY_CODE, code=record.code)
        return item is not None and item.state in AT_OFFICE
    of = {"unit": record.unit, "year": record.year}
    how = next(how for what, how in OF_A_YEAR.values() if what == record.what)
    duty = visit.plan.done_by(how)
    found = None
    if duty is not None:
        owed = submissions.owed(visit, record.unit)
        found = next((each for each in owed if (each.duty.code, each.year) == (duty.code, record.year)), None)
    over = found is None or submissions.locked(found, visit.said.date())
    if record.what == "list":
        return visit.tx.one(closed_lists.OF_UNIT, **of) is not None or (True if found is not None and over else None)
    report = visit.tx.one(results.OF_UNIT, **of) if record.what == "results" else None
    plan = visit.tx.one(unit_plans.OF_UNIT, **of) if record.what == "plan" else None
    if report is None and plan is None:
        return True if found is not None and over else None
    return over or any(sent is not None and sent.received is not None for sent in (report, plan))


def hear(visit: Visit, record: str, what: str, unit: str) -> list[Person]:
    """Return who of a unit is told of a reopening: who sends for it; of a sheet, whoever wrote it too."""
    found = submissions.senders(visit, unit)
    if what == "item":
        item = visit.tx.one(initiatives.BY_CODE, code=record)
        writer = None if item is None else visit.tx.one(people.BY_ID, id=item.by)
        if item is not None and writer is not None and writer.active and writer.unit == item.unit:
            found = [*found, *([] if writer.id in {each.id for each in found} else [writer])]
    return found


def answers(visit: Visit, found: Reopening) -> bool:
    """Whether this person answers for the unit of a reopening now."""
    return any(person.id == visit.me.id for person in hear(visit, found.record, found.what, found.unit))


# Ending ---------------------------------------------------------------------------------------


def end(visit: Visit, found: Reopening, state: ReopeningState, said: str = "") -> None:
    """End a reopening: what counted goes on counting, what was being written is put away."""
    reopenings.end(visit.tx, id=found.id, state=state, by=visit.me.id, now=visit.said, said=said)
    put_down(visit.tx, found)
    visit.note(f"reopening_{state}", found.record)
