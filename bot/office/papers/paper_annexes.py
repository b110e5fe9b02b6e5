"""The annexes of the office's report, I to VI: units and duties, items, recognitions, figures, difficulties, awards. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.language import Count, First, Joined, Part, Percent, Text, _
from bot.movement import Obligation, State
from bot.office.awards import award_texts
from bot.office.duties import item_texts
from bot.office.papers import figure_words, paper_gaps
from bot.office.papers.paper_facts import PaperPeriod, PaperYear
from bot.office.papers.paper_parts import one_line
from bot.office.report import figure_source_words, raised_words
from bot.office.report.figure_sources import FigureOrigin
from storage.initiatives import Initiative


@dataclass(frozen=True)
class AnnexRow:
    """A row: its cells by the names of the template's columns."""

    key: str
    cells: Mapping[str, Part]
    more: Sequence[Part] = ()
    """Cells of columns that there is one of for each duty."""
    gap: bool = False
    where: Part = ""
    """Its group, where rows of several say the same in their first column."""


@dataclass(frozen=True)
class Annex:
    """One annex: groups of rows below a heading each."""

    name: str
    """What the template calls it."""
    number: str
    title: Text
    nothing: Text
    """What stands there when there is nothing."""
    groups: Sequence[tuple[Part, Sequence[AnnexRow]]]
    columns: Sequence[Part] = field(default=())

    @property
    def rows(self) -> Iterator[AnnexRow]:
        """Yield all rows."""
        for _title, rows in self.groups:
            yield from rows


def annexes(period: PaperPeriod) -> list[Annex]:
    """Return all of them; of several years each year is a group, or begins one's heading."""
    return [_duties(period), _items(period), _recognitions(period), _figures(period), _raised(period), _awards(period)]


def _grouped(period: PaperPeriod, of: Any) -> list[tuple[Part, list[AnnexRow]]]:
    """Return groups of every year; the year stands in the heading where there are several."""
    found: list[tuple[Part, list[AnnexRow]]] = []
    for year in period.years:
        for title, rows in of(year):
            if rows:
                about = {"year": year.year, "title": title}
                single = len(period.years) == 1 or title == _("Year {year}", year=year.year)
                found.append((title if single else _("{year}: {title}", **about), rows))
    return found


# I ----------------------------------------------------------------------------------------------


def _duties(period: PaperPeriod) -> Annex:
    """List the units beside what they owe in a year, each with the day on which it came."""
    duties = [
        duty
        for duty in period.plan.all_duties
        if duty.by == "unit"
        and duty.yearly
        and duty.how in ("plan", "list", "results", "paper")
        and any(year.summary.standing.of(duty.code, year.year) for year in period.years)
    ]

    def of(year: PaperYear) -> Iterator[tuple[Part, list[AnnexRow]]]:
        owed = {duty.code: {o.unit: o for o in year.summary.standing.of(duty.code, year.year)} for duty in duties}
        settled = {gap.unit for gap in paper_gaps.of_year(year) if not gap.open and not gap.target}
        rows = [
            AnnexRow(
                f"{year.year}:{each.unit}",
                {"unit": year.unit(each.unit)},
                [_when(owed[duty.code].get(each.unit)) for duty in duties],
                gap=each.state is not State.FULFILLED and each.unit not in settled,
            )
            for each in year.summary.results
        ]
        yield _("Year {year}", year=year.year), rows

    title = _("What the units have sent, and when")
    columns = [First(duty.name) for duty in duties]
    said = [_("{what}", what=each) for each in columns]
    return Annex("duties", "I", title, _("No unit owes anything."), _grouped(period, of), said)


def _when(owed: Obligation | None) -> Part:
    """Say on which day it came, and how late; or that it has not come."""
    if owed is None:
        return "–"
    if owed.fulfilled is None:
        return _("not sent")
    if late := owed.days_late():
        return _("{day}, {n} days late", day=owed.fulfilled, n=Count(late))
    return _("{day}", day=owed.fulfilled)


# II, III ----------------------------------------------------------------------------------------


def _items(period: PaperPeriod) -> Annex:
    def of(year: PaperYear) -> Iterator[tuple[Part, list[AnnexRow]]]:
        for area in year.plan.areas:
            title = _("{code}. {area}", code=area.code, area=area.name)
            yield title, [_item(item) for item in year.items if item.area == area.code]
        known = {area.code for area in year.plan.areas}
        yield _("Other contents"), [_item(item) for item in year.items if item.area not in known]

    return Annex(
        "items",
        "II",
        _("Registered items by area, and how far they are"),
        _("No item is registered."),
        _grouped(period, of),
    )


def _item(item: Initiative) -> AnnexRow:
    state = First(item_texts.STATES[item.state])
    cells: dict[str, Part] = {
        "code": item.code,
        "title": item.title,
        "unit": item.unit_name,
        "state": _("{state}", state=state),
    }
    return AnnexRow(item.code, cells)


def _recognitions(period: PaperPeriod) -> Annex:
    def of(year: PaperYear) -> Iterator[tuple[Part, list[AnnexRow]]]:
        names = {level.code: level.name for level in year.plan.levels}
        yield (
            _("Decisions of the year"),
            [
                AnnexRow(
                    f"{item.code}:{by.level}",
                    {
                        "title": _("{title} ({code})", title=item.title, code=item.code),
                        "authors": _authors(year, item),
                        "unit": item.unit_name,
                        "level": names.get(by.level, by.level),
                        "decision": _("{decision} of {day}", decision=by.decision, day=by.day),
                    },
                )
                for by, item in year.decided
            ],
        )

    nothing = _("Nothing has been recognised yet.")
    return Annex("recognitions", "III", _("What decisions have recognised"), nothing, _grouped(period, of))


def _authors(year: PaperYear, item: Initiative) -> Part:
    """Name the authors, with their shares where there are several."""
    authors = year.authors.get(item.id, ())
    if not authors:
        return _("the whole unit") if item.collective else "–"
    if len(authors) == 1:
        return authors[0].name
    names = [_("{name} ({share})", name=each.name, share=Percent(each.share)) for each in authors]
    return _("{names}", names=Joined(names))


# IV ---------------------------------------------------------------------------------------------


def _figures(period: PaperPeriod) -> Annex:
    """List what each unit has given for each target that units are asked for."""

    def of(year: PaperYear) -> Iterator[tuple[Part, list[AnnexRow]]]:
        all_gaps = paper_gaps.of_year(year)
        waited = {gap.unit for gap in all_gaps if gap.open and not gap.target}
        for target in year.plan.asked_about:
            if not (target.asked and target.of_units):
                continue
            given = {figure.unit: figure for figure in year.figures if figure.target == target.code}
            wrong = {gap.unit: gap for gap in all_gaps if gap.target == target.code}
            where = _("target {n}", n=target.area or target.code)
            rows = []
            for each in year.summary.results:
                figure, gap = given.get(each.unit), wrong.get(each.unit)
                missing = figure is None and each.state is not State.FULFILLED
                value: Part = _("not sent") if missing else "–" if figure is None else figure_words.said(target, figure)
                note: Part = (
                    _source(year, target.code, each.unit) if gap is None else gap.text if gap.open else gap.reason
                )
                cells = {"unit": year.unit(each.unit), "value": value, "note": note}
                open_gap = (missing and each.unit in waited) or (gap is not None and gap.open)
                rows.append(AnnexRow(f"{year.year}:{target.code}:{each.unit}", cells, gap=open_gap, where=where))
            yield _("{n}. {name}", n=target.area or target.code, name=target.name), rows

    nothing = _("No figures have come.")
    return Annex("figures", "IV", _("Figures of the units, target by target"), nothing, _grouped(period, of))


def _source(year: PaperYear, target: str, unit: str) -> Part:
    """Say where a figure comes from, in the words of the chat, without names of people."""
    source = year.sources.get((target, unit))
    if source is None or source.origin is FigureOrigin.NOTHING:
        return ""
    return _("{source}", source=First(figure_source_words.whence(source, None)))


# V, VI ------------------------------------------------------------------------------------------


def _raised(period: PaperPeriod) -> Annex:
    def of(year: PaperYear) -> Iterator[tuple[Part, list[AnnexRow]]]:
        yield (
            _("In the reports of the units"),
            [
                AnnexRow(
                    f"{year.year}:{each.unit}:{each.section}",
                    {
                        "unit": year.unit(each.unit),
                        "text": one_line(each.text),
                        "outcome": next((s.name for s in year.plan.sections if s.code == each.section), ""),
                    },
                )
                for each in year.summary.difficulties
            ],
        )
        zone = year.summary.now.tzinfo
        yield (
            _("Raised in the year"),
            [
                AnnexRow(
                    each.code,
                    {
                        "unit": year.unit(each.unit),
                        "text": _("{text} ({code})", text=one_line(each.text), code=each.code),
                        "outcome": raised_words.came_of(each, year.summary.answers.get(each.id), zone),
                    },
                )
                for each in year.summary.raised
            ],
        )

    nothing = _("Nothing to report.")
    return Annex(
        "difficulties", "V", _("Difficulties and proposals, and what came of them"), nothing, _grouped(period, of)
    )


def _awards(period: PaperPeriod) -> Annex:
    def of(year: PaperYear) -> Iterator[tuple[Part, list[AnnexRow]]]:
        for kind in dict.fromkeys(each.kind_name for each in year.awards):
            title = _("{kind}", kind=First(kind))
            yield (
                title,
                [
                    AnnexRow(
                        each.code,
                        {
                            "whom": each.name,
                            "unit": each.unit_name,
                            "form": each.form_name,
                            "state": _("{state}", state=First(award_texts.standing(each))),
                        },
                    )
                    for each in year.awards
                    if each.kind_name == kind
                ],
            )

    return Annex("awards", "VI", _("Awards of the movement"), _("No award is proposed."), _grouped(period, of))
