"""The targets in the report's table: last year's value beside this one's, or a column a year. Pure."""

from collections.abc import Iterator

from bot.language import Part, _
from bot.movement import Progress
from bot.office.papers import paper_gaps, unit_targets
from bot.office.papers.paper_facts import PaperPeriod, TargetRow
from bot.office.papers.paper_parts import PaperBlock
from bot.office.report import period_words, target_words


def columns(period: PaperPeriod) -> list[int]:
    """Return the years of the table's columns."""
    years = [year.year for year in period.years]
    return years if period.before is None else [years[0] - 1, *years]


def rows(period: PaperPeriod) -> list[TargetRow]:
    """Return the targets of the plan, without the figures that belong to an area."""
    if period.unit is not None:
        return list(period.told if period.told is not None else unit_targets.rows(period))
    return list(_over_years(period) if period.several else _of_year(period))


def _of_year(period: PaperPeriod) -> Iterator[TargetRow]:
    before: dict[str, Progress] = {}
    if period.before is not None:
        before = {each.target.code: each for each in period.before.progress}
    for each in period.newest.summary.progress:
        if each.target.area:
            continue
        was = before.get(each.target.code)
        last: list[Part] = [] if period.before is None else ["–" if was is None else target_words.short(was)]
        yield TargetRow(each.target, [*last, target_words.short(each)], target_words.VERDICTS[each.verdict])


def _over_years(period: PaperPeriod) -> Iterator[TargetRow]:
    assert period.several is not None
    for each in period.several.targets:
        if not each.target.area:
            values = [period_words.value(year) for year in each.years]
            yield TargetRow(each.target, values, period_words.verdict(each))


def below(period: PaperPeriod) -> Iterator[PaperBlock]:
    """Yield what the table lacks: of which units nothing has come, whose figures cannot be used."""
    open_ones = paper_gaps.open_ones(period)
    for year in period.years:
        if waiting := paper_gaps.silent(year):
            units = paper_gaps.units(year, waiting)
            yield PaperBlock("gap", _("[Figures of {year}, not yet from: {units}]", year=year.year, units=units))
        for gap in open_ones:
            if gap.target and gap.year == year.year:
                yield PaperBlock("gap", _("[{gap}]", gap=gap.text))
