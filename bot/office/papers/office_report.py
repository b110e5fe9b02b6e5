"""The office's report as a paper: its heading, body and annexes, as the plain values that its template is filled with. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.language import Count, First, Part, Text, Words, _
from bot.movement import Plan
from bot.office.papers import paper_annexes, paper_gaps, paper_heads, paper_parts, target_table
from bot.office.papers.paper_annexes import Annex
from bot.office.papers.paper_facts import PaperPeriod
from bot.office.papers.paper_parts import PARTS, PaperBlock

TEMPLATE, OF_UNIT = "office_report", "unit_report"
"""The templates: of the office's report with its annexes, of a unit's."""
UNIT_REPORT, LETTERS = "baocao", "BC"
"""What the plan calls a unit's report among its papers; what the numbers of reports begin with."""
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


@dataclass(frozen=True)
class Chapter:
    """A part of the report with a Roman number, and what stands in it under which heading."""

    heading: Part
    headed: Sequence[tuple[Part, Sequence[PaperBlock]]]
    """Heading, empty where there is none, and its paragraphs."""


@dataclass(frozen=True)
class OfficeReport:
    """The whole report."""

    period: PaperPeriod
    opening: Sequence[Part]
    chapters: Sequence[Chapter]
    annexes: Sequence[Annex]
    draft: bool


def outline(plan: Plan) -> Sequence[tuple[Part, Sequence[str]]]:
    """Return the parts of the report: the plan's, or results and then the pages of the units' reports."""
    if plan.papers.outline:
        return [(each.heading, each.parts) for each in plan.papers.outline]
    pages = [(page.name, [each.code for each in plan.sections if each.page == page.code]) for page in plan.pages]
    results = ("areas", "targets", "items", "awards", "unions", "reviews")
    return [(_("Results"), results), *((name, codes) for name, codes in pages if codes)]


def of(period: PaperPeriod) -> OfficeReport:
    """Return the report about these years, as it stands now."""
    chapters = [Chapter(heading, list(_headed(period, parts))) for heading, parts in outline(period.plan)]
    return OfficeReport(
        period,
        list(_opening(period)),
        [each for each in chapters if each.headed],
        paper_annexes.annexes(period),
        bool(paper_gaps.open_ones(period)),
    )


def _opening(period: PaperPeriod) -> Iterator[Part]:
    """Say what the report rests on: how many units, until which day; what is not waited for any more."""
    for year in period.years if period.unit is None else ():
        summary = year.summary
        about = {"year": year.year, "sent": Count(len(summary.sent)), "all": Count(len(summary.results))}
        if summary.figures_day is not None:
            yield _(
                "The report rests on the reports of {year} of {sent}/{all} units, figures to the end of {day}.",
                day=summary.figures_day,
                **about,
            )
        elif summary.results:
            yield _("No unit has sent its report of {year} yet.", year=year.year)
    yield from paper_gaps.settled_lines(period)


def _headed(period: PaperPeriod, parts: Sequence[str]) -> Iterator[tuple[Part, list[PaperBlock]]]:
    """Yield what stands in a part, heading by heading; a part of one section alone needs no second heading."""
    names = {section.code: section.name for section in period.plan.sections}
    for code in parts:
        if code == "areas":
            of_area: list[PaperBlock] = []
            heading: Part = ""
            for block in paper_parts.areas(period):
                if block.kind == "heading":
                    if of_area:
                        yield heading, of_area
                    heading, of_area = block.text, []
                else:
                    of_area.append(block)
            if of_area:
                yield heading, of_area
        elif code == "targets" and period.unit is not None:
            if target_table.rows(period):
                yield _("How the targets were reached"), [PaperBlock("table", "")]
        elif code == "targets":
            table = PaperBlock("table", "")
            yield _("How the targets were reached"), [table, *target_table.below(period)]
        elif code in PARTS:
            heading, make = PARTS[code]
            if blocks := list(make(period)):
                yield heading, blocks
        elif code in names:
            only = len(parts) == 1
            yield "" if only else names[code], list(paper_parts.section(period, code))


# As values --------------------------------------------------------------------------------------


def subject(period: PaperPeriod) -> Text:
    """Say what the report is about."""
    name = period.plan.name
    if period.several is None:
        return _("Results of the movement “{name}” in {year}", name=name, year=period.last)
    return _("Results of the movement “{name}” from {first} to {last}", name=name, first=period.first, last=period.last)


def values(report: OfficeReport, words: Words, signs: str = "", draft: Part = "") -> dict[str, Any]:
    """Return what the template's fields say."""
    period, plan, say = report.period, report.period.plan, words.say
    office = plan.papers.head or plan.office.short
    whose = office if period.unit is None else period.unit.name
    sign, year = plan.office.sign, period.now.year
    along = _("(Along with report No.        /BC-{sign} of {year} by {office})", sign=sign, office=whose, year=year)
    text = plan.papers.of(UNIT_REPORT, "" if period.unit is None else period.unit.kind)
    closing: Part = _("This is the report of {office} on the results of the movement.", office=whose)
    if period.unit is not None:
        head = paper_heads.of_unit(plan, period.unit, text, LETTERS, words, year)
        closing = text.closing or closing
        along = _("(Along with the report of {year} by {office})", office=whose, year=period.last)
    else:
        head = paper_heads.of_office(plan, plan.papers.of(TEMPLATE), LETTERS, words, year, signs)
    return {
        **head,
        "kind": say(_("REPORT")),
        "subject": say(subject(period)),
        "body": list(_body(report, words)),
        "closing": paper_heads.closed(closing, words),
        "draft": report.draft,
        "footer": say(draft),
        "with_report": say(along),
        **{annex.name: _annex(annex, words) for annex in report.annexes},
    }


def _body(report: OfficeReport, words: Words) -> Iterator[Mapping[str, Any]]:
    say = words.say
    for line in report.opening:
        yield {"kind": "text", "text": say(First(line))}
    for gap in paper_gaps.named_once(report.period):
        yield {"kind": "gap", "text": say(gap)}
    for n, chapter in enumerate(report.chapters):
        yield {"kind": "chapter", "text": f"{ROMAN[n]}. {say(chapter.heading).upper()}"}
        number = 0
        for heading, blocks in chapter.headed:
            if heading:
                number += 1
                yield {"kind": "heading", "text": f"{number}. {say(First(heading))}"}
            for block in blocks:
                yield (
                    _table(report.period, words)
                    if block.kind == "table"
                    else {"kind": block.kind, "text": say(block.text)}
                )


def _table(period: PaperPeriod, words: Words) -> dict[str, Any]:
    say = words.say
    return {
        "kind": "table",
        "text": "",
        "years": [say(_("Year {year}", year=year)) for year in target_table.columns(period)],
        "rows": [
            {
                "n": row.n,
                "name": row.target.name,
                "cells": [say(value) for value in row.values],
                "verdict": say(row.verdict),
            }
            for row in target_table.rows(period)
        ],
    }


def _annex(annex: Annex, words: Words) -> dict[str, Any]:
    say, groups = words.say, []
    for title, rows in annex.groups:
        said = []
        for n, row in enumerate(rows, 1):
            cells = {name: say(value) for name, value in row.cells.items()}
            said.append({"n": str(n), **cells, "cells": [say(each) for each in row.more], "gap": row.gap})
        groups.append({"title": say(title), "rows": said})
    columns = [say(each) for each in annex.columns]
    spans = {"duties": 2 + len(columns), "items": 5, "recognitions": 6, "figures": 4, "difficulties": 4, "awards": 5}
    return {
        "title": say(annex.title).upper(),
        "nothing": say(annex.nothing),
        "groups": groups,
        "columns": columns,
        "span": spans[annex.name],
    }
