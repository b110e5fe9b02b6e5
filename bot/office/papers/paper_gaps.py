"""What a paper still waits for: each gap with its unit, where it stands, and whether the office waits for it any more. Pure."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from bot.language import Count, Joined, Part, _
from bot.movement import Target
from bot.office.papers.paper_facts import PaperPeriod, PaperYear

FEW = 3
"""Units that are named wherever they are waited for."""
REPORT, BASE, MEASURE = "report", "base", "measure"
"""What is missing: a whole report; a baseline; a figure as the target is measured today."""


@dataclass(frozen=True)
class Gap:
    """Something of one unit that is not there."""

    key: str
    """«2027:report:QLXD»; stays the same from draft to draft."""
    year: int
    unit: str
    target: str
    """The target whose figure cannot be used; of a whole report nothing."""
    text: Part
    """The unit and what is missing."""
    reason: str
    """Why the office does not wait for it any more; nothing while it does."""

    @property
    def open(self) -> bool:
        """Whether the office still waits for it."""
        return not self.reason


def gaps(period: PaperPeriod) -> list[Gap]:
    """Return everything that is missing, the oldest year first: whole reports, then single figures."""
    return [gap for year in period.years for gap in of_year(year)]


def open_ones(period: PaperPeriod) -> list[Gap]:
    """Return what the office still waits for."""
    return [gap for gap in gaps(period) if gap.open]


def of_year(year: PaperYear) -> list[Gap]:
    """Return what is missing of a year."""
    return [*_reports(year), *_figures(year)]


def _reports(year: PaperYear) -> Iterator[Gap]:
    for owed in year.summary.missing:
        yield _gap(year, REPORT, owed.unit)


def _figures(year: PaperYear) -> Iterator[Gap]:
    known = year.summary.standing.names
    first = year.year == year.plan.first_year  # others are measured against it
    for each in year.summary.progress:
        for unit in known:
            if unit in each.without_baseline and not first:
                yield _gap(year, BASE, unit, each.target)
            if unit in each.otherwise:
                yield _gap(year, MEASURE, unit, each.target)


def _gap(year: PaperYear, what: str, unit: str, target: Target | None = None) -> Gap:
    code = "" if target is None else target.code
    key = ":".join([str(year.year), what, *([code] if code else []), unit])
    settled = year.settled.get(key)
    text = said(what, year.unit(unit), year.year, target)
    return Gap(key, year.year, unit, code, text, "" if settled is None else settled.reason)


def said(what: str, unit: Part, year: int, target: Target | None) -> Part:
    """Say what is missing of a unit."""
    if target is None:
        return _("{unit}: the report of {year} has not been sent", unit=unit, year=year)
    about = {"unit": unit, "target": target.area or target.code, "name": target.short}
    if what == BASE:
        return _("{unit}: target {target} ({name}), nothing to compare with yet", **about)
    return _("{unit}: target {target} ({name}), given as it was measured before", **about)


def silent(year: PaperYear) -> list[Gap]:
    """Return the units whose report is not there and still waited for."""
    return [gap for gap in _reports(year) if gap.open]


def units(year: PaperYear, those: Collection[Gap]) -> Part:
    """Name the units of gaps, where they are few; of many, who are named at the beginning, say how many they are."""
    if shared(those):
        return _("{n} units that are named at the beginning", n=Count(len(those)))
    return _("{units}", units=_named(year, those))


def shared(those: Collection[Gap]) -> bool:
    """Whether so many units share a gap that they are named once, at the beginning."""
    return len(those) > FEW


def named_once(period: PaperPeriod) -> list[Part]:
    """Return the gaps that stand at the beginning: of each year whose report many units have not sent."""
    waiting = [(year, silent(year)) for year in period.years if period.unit is None]
    return [
        _("[The report of {year} has not come yet from: {units}]", year=year.year, units=_named(year, those))
        for year, those in waiting
        if shared(those)
    ]


def _named(year: PaperYear, those: Collection[Gap]) -> Joined:
    return Joined([year.unit(gap.unit) for gap in those], "; ")


def settled_lines(period: PaperPeriod) -> list[Part]:
    """Say what is not waited for any more, as plain sentences of the paper."""
    return [
        _("{gap} ({reason}).", gap=gap.text, reason=gap.reason.strip().rstrip("."))
        for gap in gaps(period)
        if not gap.open
    ]
