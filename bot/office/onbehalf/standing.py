"""What the office may file for a unit, and how it stands: whose version counts, what is locked, who writes it now."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.conversation import Visit
from bot.language import Inside, Part, _, fold, person_names, read_years
from bot.movement import Duty, How, Obligation, Plan, State, Year, first_year, obligations, periods
from bot.office.duties import submissions
from bot.office.duties.duty_kinds import begun, of_year, read_subject, subject_of
from storage import closed_lists, deadlines, drafts, initiatives, paper_sources, people, results, unions, unit_plans
from storage.drafts import Head
from storage.initiatives import AT_OFFICE, LEFT
from storage.paper_sources import PaperSource
from storage.people import Unit


@dataclass(frozen=True, slots=True)
class Filing:
    """Something that is filed for a unit: a duty by the way it is done, or a sheet of a kind."""

    how: How | None
    kind: str = ""

    def duty(self, plan: Plan) -> Duty | None:
        """Return the duty that it fulfils; None of a sheet."""
        return None if self.how is None else plan.done_by(self.how)

    def word(self, plan: Plan) -> str:
        """Return how a command names it: «baocao», «sk»."""
        duty = self.duty(plan)
        return self.kind if duty is None else duty.word

    def named(self, plan: Plan) -> Part:
        """Name it right before a year: «báo cáo năm», «phiếu sáng kiến năm»."""
        duty = self.duty(plan)
        if duty is not None:
            return of_year(duty)
        return _("sheet of a {kind}, year", kind=Inside(plan.kind(self.kind).short))


ITEM_FORM = "for_item_{kind}"
"""What the form of each kind of sheet is called."""
OF_UNITS: Sequence[Filing] = (Filing("results"), Filing("plan"), Filing("list"))
OF_UNIONS: Sequence[Filing] = (Filing("narrative"),)


def filings(plan: Plan, unit: Unit) -> list[Filing]:
    """Return what may be filed for a unit: what it owes or is invited to, and what it registers."""
    if unit.kind in plan.unions:
        return [each for each in OF_UNIONS if each.duty(plan) is not None]
    owed = [each for each in OF_UNITS if (duty := each.duty(plan)) is not None and duty.owed_by(unit.kind)]
    return [*owed, *(Filing(None, kind.code) for kind in plan.kinds)]


def record(filing: Filing, unit: str, year: int) -> str:
    """Return the code under which a duty is filed; a sheet gets its own when it is filed."""
    match filing.how:
        case "results":
            return f"BC-{year}-{unit}"
        case "plan":
            return f"KH-{year}-{unit}"
        case "list":
            return paper_sources.list_record(unit, year)
        case "narrative":
            return paper_sources.account_record(unit, year)
    return ""


def record_of(owed: Obligation) -> str:
    """Return the code under which what fulfils an obligation is filed; "" where it has none."""
    return record(Filing(owed.duty.how), owed.unit, owed.year)


def subject_seen(unit: str, year: int, seen: int = 0, item: str = "") -> str:
    """Return the subject of a form for a unit: «QLXD:2027», and before it which version of the office's is changed, of which sheet."""
    return f"{seen}{'.' if item else ''}{item}@{subject_of(unit, year)}" if seen else subject_of(unit, year)


def read_seen(subject: str) -> tuple[str, int, int]:
    """Return the unit, the year and the version that is changed; 0 where it is new."""
    seen, at, rest = subject.partition("@")
    unit, year = read_subject(rest if at else subject)
    return unit, year, int(seen.partition(".")[0]) if at else 0


def item_seen(subject: str) -> str:
    """Return the code of the sheet that is filed again; "" where something new is filed."""
    seen, at, _rest = subject.partition("@")
    return seen.partition(".")[2] if at else ""


# What was said --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FilingMeant:
    """What somebody wants to file: a unit, a year, what; None where it was not said."""

    unit: Unit | None
    filing: Filing | None
    year: int
    unknown: str = ""
    """What of it was not understood."""


_FILLING = re.compile(r"^(?:(?:thay|cho|của|đơn vị|don vi|cua|năm|nam)(?:\s+|$))+", re.IGNORECASE)


def read(visit: Visit, args: str) -> FilingMeant:
    """Read «QLXD baocao 2026», «báo cáo 2026 của phòng Quản lý xây dựng»."""
    years = read_years(args, visit.said.date())
    year = next(iter(years.years), 0) or min(max(visit.said.year, visit.plan.first_year), visit.plan.last_year)
    units = visit.tx.all(people.UNITS)
    rest = _FILLING.sub("", years.rest).strip()
    filing = None
    for name, each in _names(visit.plan):
        found = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", fold(rest))
        if found is not None and len(fold(rest)) == len(rest):
            filing = each
            rest = _FILLING.sub("", " ".join((rest[: found.start()] + rest[found.end() :]).split()))
            break
    if not rest:
        return FilingMeant(None, filing, year)
    meant = person_names.unit_meant(rest, units)
    unit = next(iter(meant.sure or (meant.near if len(meant.near) == 1 else ())), None)
    return FilingMeant(unit, filing, year, "" if unit is not None else rest)


def _names(plan: Plan) -> Iterator[tuple[str, Filing]]:
    """Yield the names of all that may be filed, the longest first."""
    found: dict[str, Filing] = {}
    for each in (*OF_UNITS, *OF_UNIONS):
        if (duty := each.duty(plan)) is not None:
            for name in (duty.word, duty.code, duty.name, duty.short, *_SHORT.get(duty.how, ())):
                found.setdefault(fold(name), each)
    for kind in plan.kinds:
        for name in (kind.code, kind.short, kind.name, *kind.words):
            found.setdefault(fold(name), Filing(None, kind.code))
    yield from sorted(((name, each) for name, each in found.items() if name), key=lambda each: -len(each[0]))


_SHORT: dict[str, tuple[str, ...]] = {
    "results": ("báo cáo",),
    "plan": ("kế hoạch",),
    "list": ("danh sách", "không đăng ký", "đăng ký"),
    "narrative": ("báo cáo", "kết quả"),
}
"""What people call it shortly."""


# How it stands --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Existing:
    """What is there already: when it was sent, whether it is received, and the source it came from, if any."""

    at: datetime
    received: datetime | None
    source: PaperSource | None


def existing(visit: Visit, filing: Filing, unit: str, year: int) -> Existing | None:
    """Return what counts of a duty of a unit; None of a sheet, and where nothing is there."""
    of = {"unit": unit, "year": year}
    source = visit.tx.one(paper_sources.COUNTS, record=record(filing, unit, year))
    match filing.how:
        case "results":
            sent = visit.tx.one(results.OF_UNIT, **of)
            return None if sent is None else Existing(sent.at, sent.received, source)
        case "plan":
            plan = visit.tx.one(unit_plans.OF_UNIT, **of)
            return None if plan is None else Existing(plan.at, plan.received, source)
        case "list":
            closed = visit.tx.one(closed_lists.OF_UNIT, **of)
            return None if closed is None else Existing(closed.at, None, source)
        case "narrative":
            told = visit.tx.one(unions.OF_UNIT, **of)
            return None if told is None else Existing(told.at, None, source)
    return None


def existing_item(visit: Visit, code: str) -> Existing | None:
    """Return what counts of a sheet that the office may have filed; None where it is not gone on with."""
    item = visit.tx.one(initiatives.BY_CODE, code=code)
    if item is None or item.state in LEFT:
        return None
    received = item.changed if item.state in AT_OFFICE else None
    return Existing(item.changed, received, visit.tx.one(paper_sources.COUNTS, record=code))


def is_opened(visit: Visit, year: int) -> bool:
    """Whether a year is open."""
    return any(each.year == year for each in visit.tx.all(deadlines.YEARS))


def opens_quietly(visit: Visit, year: int) -> bool:
    """Whether filing something may open a year: one whose results were due before today, within the movement."""
    return visit.plan.first_year <= year < first_year(visit.plan, visit.said.date()) and year <= visit.said.year


def owed(visit: Visit, filing: Filing, unit: str, year: int) -> Obligation | None:
    """Return what the unit owes, as if a year that would be opened quietly were open; None where it owes nothing."""
    duty, of_unit = filing.duty(visit.plan), visit.tx.one(people.UNIT, code=unit)
    if duty is None or of_unit is None:
        return None
    if is_opened(visit, year):
        return next((e for e in submissions.owed(visit, unit) if e.duty == duty and e.year == year), None)
    given = {(each.duty, each.year): each.day for each in visit.tx.all(deadlines.DEADLINES)}
    of = periods(visit.plan, [Year(year, quiet=True)], given, visit.office.calendar, [duty.code])
    unions_of = [unit] if of_unit.kind in visit.plan.unions else []
    kinds = {unit: of_unit.kind}
    found = obligations(visit.plan, [unit], of, {}, visit.said.date(), visit.office.calendar, (), unions_of, kinds)
    return next(found, None)


def locks(visit: Visit, filing: Filing, unit: str, year: int) -> date | None:
    """Return the last day of a duty's time; None of a sheet, and in a year that was opened to be filed late."""
    found = owed(visit, filing, unit, year)
    return None if found is None or found.quiet else found.locks


def writing(visit: Visit, filing: Filing, unit: str, year: int) -> Head | None:
    """Return the draft that somebody of the unit has begun themselves; None where nothing is written in it."""
    found = owed(visit, filing, unit, year)
    if found is None or found.state is State.FULFILLED:
        return None
    head = begun(visit, found)
    return head if head is not None and drafts.count(visit.tx, head.id) else None
