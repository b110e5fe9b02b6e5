"""The Word templates of papers: those that come with the program, and the office's own, which are in force once taken."""

import logging
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from bot.conversation import JobContext
from bot.documents.papers.filling import TEMPLATES, filled
from storage import paper_templates
from storage.db import Snapshot

log = logging.getLogger(__name__)
FAILED = "the template %s of the office cannot be filled in; the one that comes with the program was used: thidua template check"
MARK = 12
"""Letters of a hash that tell templates apart."""


def names() -> list[str]:
    """Return the names of all templates that come with the program."""
    return sorted(path.stem for path in TEMPLATES.glob("*.docx"))


def shipped(name: str) -> bytes:
    """Return the template that comes with the program."""
    return (TEMPLATES / f"{name}.docx").read_bytes()


def mark_of(data: bytes) -> str:
    """Return the mark of a template."""
    return sha256(data).hexdigest()[:MARK]


async def in_force(snapshot: Snapshot, name: str) -> bytes:
    """Return the template that papers are made with: the office's own, else the one that comes with the program."""
    return await snapshot.one(paper_templates.NOW, name=name) or shipped(name)


def made_here(template: bytes, name: str, values: Mapping[str, Any]) -> bytes:
    """Make a paper in this process, for the command line; what the office's own cannot, the shipped one does."""
    try:
        return filled(template, values)
    except Exception:
        log.exception(FAILED, name)
        return filled(shipped(name), values)


async def made(context: JobContext, name: str, values: Mapping[str, Any]) -> bytes:
    """Make a paper in the worker process, with the template in force."""
    own = await context.snapshot.one(paper_templates.NOW, name=name)
    if own is not None:
        try:
            return await context.make(filled, own, values)
        except Exception:  # of before another version: whoever asked gets a paper all the same
            log.exception(FAILED, name)
    return await context.make(filled, shipped(name), values)
