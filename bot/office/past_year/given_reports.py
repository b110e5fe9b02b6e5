"""The sheets of results, reports and amounts of before, read against the plan. Pure."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from bot.documents.past_year_reader import PastYearFile, YearLine
from bot.documents.past_year_sheets import (
    NOT_APPLICABLE,
    NOTHING,
    OFFICE_ITSELF,
    OUTSIDE,
    WHOLE_YEAR,
    cutoff_said,
    figures,
    measured_before,
    narratives,
)
from bot.language import Units, _, fold, read_fraction
from bot.movement import Measure, Target
from bot.office.past_year.year_cells import YearSieve
from bot.office.past_year.year_given import GivenBaseline, GivenFigure, GivenReport

_NOTES = 500
_MARKS = {
    **dict.fromkeys((NOTHING, "không có", "không", "không phát sinh"), "nothing"),
    **dict.fromkeys((OUTSIDE, "không thuộc chức năng, nhiệm vụ", "không thuộc chức năng nhiệm vụ"), "outside"),
}
_NO_CELL = (NOT_APPLICABLE, "không áp dụng với đơn vị", "kad", "ka", "n/a")


def reports(
    file: PastYearFile, sieve: YearSieve
) -> tuple[list[GivenReport], dict[tuple[str, str], tuple[Decimal, str]]]:
    """Read what every unit reports: figures and narrative parts; and how many sheets it says that a target counts."""
    results, told = _by_unit(file, "results", sieve), _by_unit(file, "report", sieve)
    counted: dict[tuple[str, str], tuple[Decimal, str]] = {}
    asked = [each for each in figures(sieve.known.plan, sieve.known.year) if _has(file, each)]
    found = []
    for unit in dict.fromkeys([*results, *told]):
        line, number, day = results.get(unit), None, None
        if line is not None:
            number, day = sieve.line(line, "number", 60), _reported(sieve, line)
            counted |= _counted(unit, line, sieve)
        given = {} if line is None else {target.code: _figure(target, line, sieve) for target in asked}
        place = (line or told[unit]).place
        found.append(GivenReport(place, unit, number, day, given, _narratives(told.get(unit), file, sieve)))
    return found, counted


def _has(file: PastYearFile, target: Target) -> bool:
    """Whether the workbook has the columns of a target; those that were deleted say nothing of it."""
    return f"{target.code}|n" in file.columns.get("results", ())


def _by_unit(file: PastYearFile, sheet: str, sieve: YearSieve) -> dict[str, YearLine]:
    found: dict[str, YearLine] = {}
    for line in file.lines.get(sheet, ()):
        if (unit := sieve.unit(line, owes=True)) is None:
            continue
        if unit in found:
            sieve.wrong(
                line.place,
                _(
                    "{unit} stands at {place} already. Please keep one of the two lines.",
                    unit=unit,
                    place=found[unit].place,
                ),
            )
        found.setdefault(unit, line)
    return found


def _reported(sieve: YearSieve, line: YearLine) -> date | None:
    year = sieve.known.year
    return sieve.day(line, "day", date(year, 1, 1), date(year + 1, 12, 31))


def _figure(target: Target, line: YearLine, sieve: YearSieve) -> GivenFigure:
    """Read a target's figure of a unit; one that is wrong is none."""
    code, note = target.code, sieve.line(line, f"{target.code}|note", _NOTES)
    n, d, na = (line.cells.get(f"{code}|{part}") for part in ("n", "d", "na"))
    if na is not None or (n is not None and fold(n.text).strip(" .") in map(fold, _NO_CELL)):
        place = (na or n or line.cells[f"{code}|n"]).place
        if not target.may_not_apply:
            sieve.wrong(place, _("By the plan target {code} applies to every unit; a figure is needed.", code=code))
        elif na is not None and n is not None and fold(n.text).strip(" .") not in map(fold, _NO_CELL):
            sieve.wrong(
                place, _("Target {code} has a figure and «does not apply». Please keep one of the two.", code=code)
            )
        return GivenFigure(na=True, note=note)
    if n is None and d is None:
        return GivenFigure(note=note)
    if target.amount:
        return _amount(target, line, sieve, note)
    if n is not None and d is None and (both := read_fraction(n.text)) is not None and both[1] is not None:
        numerator, denominator = Decimal(both[0]), Decimal(both[1])
    elif n is None or d is None:
        sieve.wrong(
            (n or d or line.cells[f"{code}|n"]).place,
            _(
                "Target {code} needs both numbers: {numerator} / {denominator}. For example: 17 and 18",
                code=code,
                numerator=target.numerator,
                denominator=target.denominator,
            ),
        )
        return GivenFigure(note=note)
    else:
        units = Units(target.unit)
        first, second = sieve.whole(n, units, "17"), sieve.whole(d, units, "18")
        if first is None or second is None:
            return GivenFigure(note=note)
        numerator, denominator = first, second
    return _share(target, line, sieve, GivenFigure(numerator, denominator, note=note))


def _share(target: Target, line: YearLine, sieve: YearSieve, given: GivenFigure) -> GivenFigure:
    assert given.numerator is not None and given.denominator is not None
    place = line.at(f"{target.code}|n")
    if given.denominator == 0:
        what = _("{denominator} cannot be 0. Please check it.", denominator=_capital(target.denominator))
        if target.may_not_apply:
            what = _("The total is 0. If the unit has none of these, please choose «does not apply».")
        sieve.wrong(line.at(f"{target.code}|d"), what)
    elif given.numerator > given.denominator:
        sieve.wrong(
            place,
            _(
                "{numerator} ({n}) is larger than {denominator} ({d}). Please check one of the two numbers.",
                numerator=_capital(target.numerator),
                n=given.numerator,
                denominator=target.denominator,
                d=given.denominator,
            ),
        )
    return given


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _amount(target: Target, line: YearLine, sieve: YearSieve, note: str) -> GivenFigure:
    cell = line.cells[f"{target.code}|n"]
    like = f"{target.example or '30,5'} {target.unit}"
    number = sieve.number(cell, target.measured_in, like)
    return GivenFigure(number, estimate=target.reduces and _until(line, target, sieve), note=note)


def _until(line: YearLine, target: Target, sieve: YearSieve) -> bool:
    """Return whether an amount is of the whole year; a day that Excel has made of «31/10» is the cut-off too."""
    key, short = f"{target.code}|until", cutoff_said(sieve.known.plan)
    if line.text(key).startswith(short):
        return False
    said = {short: "", WHOLE_YEAR: WHOLE_YEAR, f"ước {WHOLE_YEAR}": WHOLE_YEAR}
    return sieve.choice(line, key, said, (short, WHOLE_YEAR)) == WHOLE_YEAR


def _counted(unit: str, line: YearLine, sieve: YearSieve) -> dict[tuple[str, str], tuple[Decimal, str]]:
    found = {}
    for target in sieve.known.plan.targets:
        cell = line.cells.get(f"{target.code}|count")
        if target.measure is Measure.COUNT and cell is not None:
            n = sieve.whole(cell, Units(""), "2")
            if n is not None:
                found[target.code, unit] = (n, cell.place)
    return found


def _narratives(line: YearLine | None, file: PastYearFile, sieve: YearSieve) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    marks = {fold(word): mark for word, mark in _MARKS.items()}
    areas = {area.code for area in sieve.known.plan.areas}
    for part in narratives(sieve.known.plan):
        if line is None or part.code not in file.columns["report"]:
            continue
        text = sieve.paragraph(line, part.code)
        mark = marks.get(fold(text).strip(" .;"), "")
        if mark == "outside" and part.code not in areas:
            mark = "nothing"
        found[part.code] = ("", mark) if mark else (text, "")
    return found


# What was before ------------------------------------------------------------------------------


def baselines(file: PastYearFile, sieve: YearSieve) -> list[GivenBaseline]:
    """Read the amounts of years that targets are measured against, and the whole office's own."""
    found: dict[tuple[str, str, int], GivenBaseline] = {}
    targets = {each.code: each for each in measured_before(sieve.known.plan)}
    for line in file.lines.get("baselines", ()):
        target, year = _target(line, targets, sieve), _year(line, sieve)
        unit = _whose(line, target, sieve) if target is not None else None
        if target is None or year is None or unit is None:
            continue
        given = _before(line, target, sieve, unit, year)
        key = target.code, unit, year
        if given is not None and key in found:
            sieve.wrong(
                line.place, _("This line repeats {place}. Please keep one of the two lines.", place=found[key].place)
            )
        elif given is not None:
            found[key] = given
    return list(found.values())


def _target(line: YearLine, targets: Mapping[str, Target], sieve: YearSieve) -> Target | None:
    said = line.text("target")
    code = said.split(":")[0].removeprefix("Chỉ tiêu ").strip()
    if code in targets:
        return targets[code]
    codes = ", ".join(targets)
    sieve.wrong(
        line.at("target"),
        _("«{said}» is no target with amounts of before. Targets: {codes}.", said=said[:40], codes=codes),
    )
    return None


def _year(line: YearLine, sieve: YearSieve) -> int | None:
    """Return the year of an amount: from the one before the movement to that of the workbook."""
    said, plan = line.text("year"), sieve.known.plan
    first, last = plan.first_year - 1, max(plan.first_year - 1, sieve.known.year)
    if said.isdecimal() and len(said) == 4 and first <= int(said) <= last:
        return int(said)
    sieve.wrong(
        line.at("year"),
        _("«{said}» is no year that is compared with: {first} to {last}.", said=said[:20], first=first, last=last),
    )
    return None


def _whose(line: YearLine, target: Target, sieve: YearSieve) -> str | None:
    """Return whose amount it is; empty for the whole office's."""
    own = fold(line.text("unit") or line.text("unit_name")) in ("", fold(OFFICE_ITSELF))
    if target.of_office:
        if not own:
            sieve.wrong(
                line.at("unit"),
                _(
                    "Target {code} is given of the whole office: please write «{office}» here.",
                    code=target.code,
                    office=OFFICE_ITSELF,
                ),
            )
            return None
        return ""
    return sieve.unit(line, owes=True)


def _before(line: YearLine, target: Target, sieve: YearSieve, unit: str, year: int) -> GivenBaseline | None:
    said = line.text("measure")
    known = [target.unit, *target.units, *target.beside]
    if said and fold(said) not in map(fold, known):
        sieve.wrong(
            line.at("measure"),
            _(
                "Target {code} is counted in {units}, not in «{said}».",
                code=target.code,
                units=target.unit,
                said=said[:30],
            ),
        )
        return None
    like = f"{target.example_before or target.example or '35'} {target.unit}"
    amounts: dict[str, Decimal | None] = {}
    for key in ("ten_months", "whole_year"):
        cell = line.cells.get(key)
        amounts[key] = None if cell is None else sieve.number(cell, target.measured_in, like)
        if (
            amounts[key] is not None
            and said
            and fold(said) != fold(target.unit)
            and (factor := target.factor(f"{target.measure.value} {said}"))
        ):
            amounts[key] = (amounts[key] or Decimal(0)) * factor.numerator / factor.denominator
    part, whole = amounts["ten_months"], amounts["whole_year"]
    if part is None and whole is None:
        return None
    if part is not None and whole is not None and whole < part:
        sieve.wrong(
            line.at("whole_year"),
            _(
                "The whole year ({whole}) cannot be less than its part ({part}). Please check one of the two.",
                whole=whole,
                part=part,
            ),
        )
        return None
    return GivenBaseline(line.place, target.code, unit, year, part, whole)
