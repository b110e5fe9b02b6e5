"""What stands where in a report, as plain texts by a key that stays: two of them compared say what has to be changed. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.language import Joined, Part, Text, Words, _
from bot.office.papers import target_table
from bot.office.papers.office_report import ROMAN, OfficeReport
from bot.office.papers.paper_annexes import Annex

Contents = Mapping[str, tuple[str, str]]
"""Key to place and text."""


class Changed(StrEnum):
    """What has become of a text."""

    ADDED = "added"
    CHANGED = "changed"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class PaperChange:
    """A text to insert, to put in the place of another, or to take away, with its place."""

    how: Changed
    place: str
    was: str
    text: str


def of(report: OfficeReport, words: Words) -> dict[str, tuple[str, str]]:
    """Return what stands where."""
    say = words.say
    return {key: (say(place), say(text)) for key, place, text in _entries(report)}


def _entries(report: OfficeReport) -> Iterator[tuple[str, Part, Part]]:
    for n, chapter in enumerate(report.chapters):
        number = 0
        for heading, blocks in chapter.headed:
            number += bool(heading)
            place: Part = _("Part {roman}", roman=ROMAN[n])
            if heading:
                place = _("Part {roman}, section {n} ({heading})", roman=ROMAN[n], n=number, heading=heading)
            for block in blocks:
                if block.kind == "table":
                    yield from _targets(report, place)
                for entry in block.entries:
                    yield f"body:{entry.key}", _at(place, entry.who), entry.text
    for annex in report.annexes:
        for row in annex.rows:
            cells = [cell for name, cell in row.cells.items() if name not in ("n", "note")]
            first, rest = cells[0], [*cells[1:], *row.more]
            text = _("{cells}", cells=Joined(rest, " · "))
            yield f"{annex.name}:{row.key}", _row(annex, row.where, first), text


def _row(annex: Annex, where: Part, row: Part) -> Part:
    about = {"number": annex.number, "row": row}
    return _("Annex {number}, {group}, {row}", group=where, **about) if where else _("Annex {number}, {row}", **about)


def _at(place: Part, who: Part) -> Part:
    return _("{place}, {who}", place=place, who=who) if who else place


def _targets(report: OfficeReport, place: Part) -> Iterator[tuple[str, Part, Part]]:
    years = target_table.columns(report.period)
    for row in target_table.rows(report.period):
        for year, value in zip(years, row.values, strict=True):
            about = {"place": place, "n": row.n, "year": year}
            text: Text = _("{value}", value=value)
            if year == years[-1]:
                text = _("{value}; {verdict}", value=value, verdict=row.verdict)
            yield f"target:{row.target.code}:{year}", _("{place}, row {n}, column {year}", **about), text


def compared(before: Contents, now: Contents) -> list[PaperChange]:
    """Return what has to be changed in a text that says `before`, in the order of the report."""
    found = list[PaperChange]()
    for key, (place, text) in now.items():
        if key not in before:
            found.append(PaperChange(Changed.ADDED, place, "", text))
        elif before[key][1] != text:
            found.append(PaperChange(Changed.CHANGED, place, before[key][1], text))
    found += [PaperChange(Changed.GONE, place, text, "") for key, (place, text) in before.items() if key not in now]
    return found
