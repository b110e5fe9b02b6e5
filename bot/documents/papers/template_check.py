"""Whether a template that comes back from Word can be used: its package, its fields, its page; then a paper out of it. Pure; runs in the worker process."""

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.documents.broken_packages import BROKEN
from bot.documents.memory_bound import within_memory
from bot.documents.papers import page_rules, template_fields, word_package
from bot.documents.papers.filling import bounded
from bot.documents.papers.template_fields import BrokenField
from bot.documents.time_bound import SECONDS, within_time
from bot.language import Text, _

FIELDS: Mapping[str, Text] = {
    "over": _("the authority above"),
    "office": _("whose paper it is"),
    "number": _("number and sign"),
    "place_and_day": _("place and day"),
    "kind": _("kind of paper"),
    "subject": _("what it is about"),
    "to": _("to whom it goes"),
    "grounds": _("what it rests on"),
    "body": _("the body"),
    "closing": _("the last sentence"),
    "copies": _("the receivers of copies"),
    "signer": _("the title of who signs"),
    "signer_name": _("the name of who signs"),
    "draft": _("whether it is a draft: then every page says so"),
    "footer": _("the line at the foot of drafts"),
    "with_report": _("which report an annex belongs to"),
    "duties": _("annex: what units have sent"),
    "items": _("annex: what is registered"),
    "recognitions": _("annex: what decisions have recognised"),
    "figures": _("annex: figures of the units"),
    "difficulties": _("annex: difficulties and proposals"),
    "awards": _("annex: awards"),
    "head": _("the heading"),
    "rows": _("the rows of the table"),
}
"""What the fields are, in words: of the first part of their path."""
SHOWN = 12
"""Fields that are named of each kind."""


@dataclass(frozen=True, slots=True)
class TemplateCheck:
    """What is said of a template: what stands in the way, and what is only odd."""

    problems: list[Text] = field(default_factory=list)
    warnings: list[Text] = field(default_factory=list)
    data: bytes = b""
    """The template as it is used."""


def checked(data: bytes, shipped: bytes, values: Mapping[str, Any] | None) -> TemplateCheck:
    """Check a template against the one that comes with the program, and against the values of a paper."""
    if (wrong := word_package.wrong_with(data)) is not None:
        return TemplateCheck([wrong])
    try:
        with within_time():
            return within_memory(_checked, word_package.repaired(data), shipped, values)
    except MemoryError:
        return TemplateCheck([_("The file needs too much memory; it is not opened.")])
    except BROKEN as error:
        return TemplateCheck([_("The file is damaged and cannot be opened ({detail}).", detail=str(error)[:120])])


def _checked(data: bytes, shipped: bytes, values: Mapping[str, Any] | None) -> TemplateCheck:
    try:
        used = template_fields.of(data)
    except BrokenField as broken:
        return TemplateCheck([broken.why])
    ours = template_fields.of(shipped)
    known = ours | {path for each in ours for path in _along(each)} | set(template_fields.within(values or {}))
    problems = [_unknown(path, known) for path in sorted(used - known) if path not in _GLOBALS]
    warnings = [_missing(path) for path in _gone(ours, used)]
    odd = [each for each in page_rules.departures(data) if each not in page_rules.departures(shipped)]
    return TemplateCheck(problems[:SHOWN], [*warnings[:SHOWN], *odd], data)


_GLOBALS = {"range", "dict", "lipsum", "cycler", "joiner", "namespace", "loop", "true", "false", "none"}


def _gone(ours: set[str], used: set[str]) -> list[str]:
    """Return what is not used of ours: a whole part once, not each of its fields."""
    there = used | {path for each in used for path in _along(each)}
    gone = {next(path for path in (*_along(each), each) if path not in there) for each in ours - there}
    return sorted(gone)


def _along(path: str) -> list[str]:
    """Return the fields that a field lies in."""
    return [path[:n] for n, mark in enumerate(path) if mark in ".["]


def _unknown(path: str, known: set[str]) -> Text:
    if (meant := template_fields.nearest(path, known)) is not None:
        return _("There is no field «{path}»; did you mean «{meant}»?", path=path, meant=meant)
    return _("There is no field «{path}».", path=path)


def _missing(path: str) -> Text:
    what = FIELDS.get(path.replace("[", ".").partition(".")[0])
    if what is None:
        return _("The field «{path}» is not in it: it will not be printed.", path=path)
    return _("The field «{path}» ({what}) is not in it: it will not be printed.", path=path, what=what)


def tried(template: bytes, values: Mapping[str, Any], seconds: int = SECONDS) -> bytes | Text:
    """Fill a template in with real values and open what comes out; say what went wrong where it did."""
    from docx import Document
    from jinja2 import TemplateError

    try:
        made = bounded(template, values, seconds)
        with within_time(seconds):
            within_memory(Document, io.BytesIO(made))
    except MemoryError:
        return _("Filled in, the paper needs too much memory.")
    except TemplateError as error:
        return _("It cannot be filled in: {detail}.", detail=(error.message or str(error))[:160])
    except BROKEN as error:
        return _("It cannot be filled in: {detail}.", detail=str(error)[:160])
    return made
