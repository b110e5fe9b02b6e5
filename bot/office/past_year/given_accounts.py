"""The sheet of what unions tell of a year, read against the plan. Pure."""

from datetime import date
from typing import Any

from bot.documents.past_year_reader import PastYearFile, YearLine
from bot.documents.past_year_sheets import NOTHING as NOTHING_SAID
from bot.documents.past_year_sheets import SECTION
from bot.language import Joined, _, fold
from bot.office.past_year.year_cells import YearSieve
from bot.office.past_year.year_given import GivenAccount
from bot.office.report.kinds import NOTHING

_NOTHING = frozenset(map(fold, (NOTHING_SAID, "không có", "không")))


def accounts(file: PastYearFile, sieve: YearSieve) -> list[GivenAccount]:
    """Read what every union tells; a unit that is none, and one that stands there twice, have to be put right."""
    found: dict[str, GivenAccount] = {}
    for line in file.lines.get("accounts", ()):
        unit = _union(line, sieve)
        number, day = sieve.line(line, "number", 60), _day(line, sieve)
        sections = _sections(line, sieve)
        if unit is None:
            continue
        if not sections:
            what = _("{unit} has nothing written here. Please fill in a section.", unit=sieve.known.name_of(unit))
            sieve.wrong(line.place, what)
            continue
        given = GivenAccount(line.place, unit, number, day, sections)
        before = found.setdefault(unit, given)
        if before is not given:
            what = _(
                "{unit} stands at {place} already. Please keep one of the two lines.",
                unit=sieve.known.name_of(unit),
                place=before.place,
            )
            sieve.wrong(line.place, what)
    return list(found.values())


def _union(line: YearLine, sieve: YearSieve) -> str | None:
    """Return the union of a line; a unit that is none gives its report in another sheet."""
    code = sieve.unit(line)
    unions = [unit for unit in sieve.known.units if unit.kind in sieve.known.plan.unions]
    if code is None or code in {unit.code for unit in unions}:
        return code
    what = _(
        "{unit} is no union; what it reports stands in the sheet «Báo cáo». Unions: {unions}.",
        unit=sieve.known.name_of(code),
        unions=Joined([f"{unit.code} ({unit.name})" for unit in unions[:10]], "; ") if unions else "-",
    )
    sieve.wrong(line.at("unit"), what)
    return None


def _day(line: YearLine, sieve: YearSieve) -> date | None:
    year = sieve.known.year
    return sieve.day(line, "day", date(year, 1, 1), date(year + 1, 12, 31))


def _sections(line: YearLine, sieve: YearSieve) -> dict[str, Any]:
    """Return what stands in each section that is filled in: its words, or that there is nothing."""
    found: dict[str, Any] = {}
    for section in sieve.known.plan.union_sections:
        key = f"{SECTION}{section.code}"
        if text := sieve.paragraph(line, key):
            found[section.code] = NOTHING if fold(text).strip(" .") in _NOTHING else text
    return found
