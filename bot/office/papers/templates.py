"""The Word templates of papers: those that come with the program, and the office's own, which are in force once taken."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from bot.conversation import JobContext, Make
from bot.documents.papers.filling import TEMPLATES, bounded, filled
from bot.documents.time_bound import SECONDS
from storage import paper_templates
from storage.db import Snapshot

log = logging.getLogger(__name__)
FAILED = "the template %s of the office cannot be filled in (%r); the one that comes with the program was used: thidua template check"
MARK = 12
"""Letters of a hash that tell templates apart."""


@dataclass(frozen=True, slots=True)
class MadePaper:
    """The file of a paper, and whether the office's own template had to give way for it."""

    data: bytes
    gave_way: bool


def names() -> list[str]:
    """Return the names of all templates that come with the program."""
    return sorted(path.stem for path in TEMPLATES.glob("*.docx"))


def shipped(name: str) -> bytes:
    """Return the template that comes with the program."""
    return (TEMPLATES / f"{name}.docx").read_bytes()


def mark_of(data: bytes) -> str:
    """Return the mark of a template."""
    return sha256(data).hexdigest()[:MARK]


async def own(snapshot: Snapshot, name: str) -> bytes | None:
    """Return the office's own template; None while papers are made with the one that comes with the program."""
    return await snapshot.one(paper_templates.NOW, name=name)


async def in_force(snapshot: Snapshot, name: str) -> bytes:
    """Return the template that papers are made with."""
    return await own(snapshot, name) or shipped(name)


async def filled_in(make: Make, name: str, own: bytes | None, values: Mapping[str, Any]) -> MadePaper:
    """Make a paper in a worker process; what the office's own template cannot within its bounds, the shipped one does."""
    if own is not None:
        try:
            return MadePaper(await make(bounded, own, values, SECONDS), gave_way=False)
        except Exception as error:  # of before another version, or endless: whoever asked gets a paper all the same
            log.error(FAILED, name, error)
    return MadePaper(await make(filled, shipped(name), values), gave_way=own is not None)


async def made(context: JobContext, name: str, values: Mapping[str, Any]) -> MadePaper:
    """Make a paper with the template in force, for whoever waits for it in a chat."""
    return await filled_in(context.make, name, await own(context.snapshot, name), values)
