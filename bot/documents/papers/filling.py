"""Fill a Word template in with plain values: jinja2 in a sandbox, every text as it was typed. Runs in the worker process."""

import io
import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.documents.memory_bound import within_memory
from bot.documents.time_bound import SECONDS, within_time

TEMPLATES = Path(__file__).resolve().parents[1] / "templates"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_FORBIDDEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""What XML does not take, and what the library makes tabs, paragraphs and pages of."""
_BRACES = re.compile(r"(?<=[{}])_(?=[{}%])")
_JOINER = "\u2060"
"""Takes no room: between two braces and an underscore, which the library would take for an escaped tag of its own."""


def filled(template: bytes, values: Mapping[str, Any]) -> bytes:
    """Make the paper of a template's bytes."""
    from docxtpl import DocxTemplate
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    paper = DocxTemplate(io.BytesIO(template))
    environment = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    paper.render(_clean(values), environment, autoescape=True)
    made = io.BytesIO()
    paper.save(made)
    return made.getvalue()


def bounded(template: bytes, values: Mapping[str, Any], seconds: int = SECONDS) -> bytes:
    """Make a paper of a template that somebody has edited; the process ends when it takes too long."""
    with within_time(seconds):
        return within_memory(filled, template, values)


def _clean(value: Any) -> Any:
    """Return values that XML takes, whatever stands in them."""
    match value:
        case str():
            return printable(value)
        case Mapping():
            return {name: _clean(each) for name, each in value.items()}
        case list() | tuple():
            return [_clean(each) for each in value]
    return value


def printable(text: str) -> str:
    """Return a text without what XML forbids; all else stays as it was typed."""
    if text.isascii() and text.isprintable() and "_" not in text:
        return text
    text = _FORBIDDEN.sub(
        lambda mark: " " if unicodedata.category(mark[0]) == "Cc" and mark[0] in "\t\x0b\x0c\r" else "", text
    )
    return _BRACES.sub(f"{_JOINER}_{_JOINER}", text)
