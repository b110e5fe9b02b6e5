"""What is given for a section of the yearly report without being asked: sentences, each with where it comes from. Pure.

One mechanism for every source: what a unit has registered and had recognised (models and tasks among it), its notes, its classes.
A new source is one function more in `SOURCES`. A sentence that names its source itself has none beside it.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bot.dialogue import Answers, Scene
from bot.language import Count, Joined, Part, Words, _
from bot.office.items import result_lines
from bot.office.report.facts import ReportFacts
from storage.initiatives import READY, Initiative
from storage.notes import YearNote
from storage.recognitions import Recognition

_vietnamese = Words("vi")
"""The report is a Vietnamese document, whoever reads its draft."""


@dataclass(frozen=True, slots=True)
class GivenLine:
    """A sentence of the report, and where it comes from."""

    said: Part
    source: Part | None = None
    """What stands beside it, where the sentence does not say it itself."""


Given = Callable[[str, Scene], Iterator[GivenLine]]
"""Given the code of an area."""


def given(area: str, scene: Scene) -> list[GivenLine]:
    """Return every sentence that is given for an area, source by source."""
    return [line for source in SOURCES for line in source(area, scene)]


def _items(area: str, scene: Scene) -> Iterator[GivenLine]:
    for item in ReportFacts.of(scene).registered:
        if item.area != area or item.state not in READY:
            continue
        result = ReportFacts.of(scene).item_results.get(item.id)
        decided = next((by for each, by in ReportFacts.of(scene).decided if each.id == item.id), None)
        if decided is not None:
            name = scene.plan.level(decided.level).name
            yield GivenLine(
                _(
                    "{title} (recognised at {level} level, {decision}).",
                    title=bare(item),
                    level=name,
                    decision=decision(decided),
                )
            )
        elif result is not None:
            yield GivenLine(_vietnamese.say(result_lines.said(item, result)), result_lines.source(item, result))
        else:
            yield GivenLine(_("{title} (registered and confirmed).", title=bare(item)))


def bare(item: Initiative) -> str:
    """Return a title as it stands inside a sentence, without the office's own codes: the report is signed."""
    return item.title.rstrip(". ")


def decision(by: Recognition) -> Part:
    """Name a decision as a document does."""
    return _("Decision {number} of {day}", number=numbered(by.decision), day=by.day)


def numbered(said: str) -> str:
    """Return the number of a document without «số», which stands before it already."""
    return re.sub(r"^(?:số|so)\b[\s:]*", "", said.strip(), flags=re.IGNORECASE)


def _notes(area: str, scene: Scene) -> Iterator[GivenLine]:
    for note in ReportFacts.of(scene).notes:
        if note.area == area:
            yield GivenLine(sentence(note), _("note of {day}, {who}", day=note.day, who=note.writer))


def sentence(note: YearNote) -> str:
    """Return a note as it stands in the report: its own words, ended as a sentence."""
    text = " ".join(note.text.split())
    return text if text[-1:] in ("", ".", "?", "…", ";") else f"{text}."


def sources(areas: Sequence[str], value: Any, scene: Scene) -> Part | None:
    """Say where the sentences of an answer come from, as far as they still stand in it; None where none needs it."""
    if not isinstance(value, str):
        return None
    lines = [line for area in areas for line in given(area, scene) if line.source is not None]
    found = [line.source for line in lines if isinstance(line.said, str) and line.said in value]
    return _("source: {sources}", sources=Joined(found, "; ")) if found else None


def left_out(answers: Answers, scene: Scene) -> list[YearNote]:
    """Return the notes that no answer has: they were put into the report after it was written, or were not wanted."""
    told = "\n".join(value for value in answers.values() if isinstance(value, str))
    return [note for note in ReportFacts.of(scene).notes if sentence(note) not in told]


def _classes(area: str, scene: Scene) -> Iterator[GivenLine]:
    topics = {topic.code for topic in scene.plan.topics if topic.area == area}
    for each, n in ReportFacts.of(scene).classes:
        if each.topic not in topics:
            continue
        about = {"n": Count(n), "name": each.name.rstrip(". "), "day": each.last}
        said = _("{n} people of the unit attended the class «{name}» ({day}).", **about)
        if each.organiser:
            said = _(
                "{n} people of the unit attended the class «{name}» of {organiser} ({day}).",
                organiser=each.organiser,
                **about,
            )
        yield GivenLine(_vietnamese.say(said), _("list of the class {code}", code=each.code))


SOURCES: Sequence[Given] = (_items, _notes, _classes)
