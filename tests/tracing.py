"""The way of one message as `sys.setprofile` sees it, on the event loop's thread and on the writer's.

A *hop* is a call from one of our files into another, counted once for each function that is reached. What only gives an
answer is not on the way: a call into `bot/language/`, into a function of `storage/` that writes nothing, and into any
function that goes no further. A function counts where it is reached first: what is known needs no second look.

A *turn* is where the way leads from a room up into one that stands above it (a callback): it is counted once for each
pair of rooms. That a messenger hands its message to delivery, and the writer thread runs what it was given, is none.
"""

import gc
import re
import sys
import threading
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from inspect import CO_COROUTINE, CO_GENERATOR, CO_ITERABLE_COROUTINE
from itertools import islice, takewhile
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

from storage.db import Database
from tests.house import FOLDERS, ROOT, room_of

ROWS = (
    "bot.server",
    "bot.delivery",
    "handlers",
    "bot.office",
    "bot.conversation",
    "bot.documents",
    "bot.channels",
    "bot.movement",
    "bot.dialogue",
    "bot.language",
    "storage",
)
ANSWERS = frozenset({"bot.language", "storage"})
"""Rooms that give an answer and lead nowhere."""
WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE)\s")
OURS = tuple(f"{ROOT}/{folder}/" for folder in FOLDERS)


Span = tuple[int, int, int, int]
"""Where an expression stands: its first and last line, its first and last column."""


@dataclass(frozen=True)
class Place:
    """A function, as CONTRIBUTING names it."""

    path: str
    name: str

    @property
    def room(self) -> str:
        return room_of(self.path)

    def __str__(self) -> str:
        return f"{self.path}:{self.name}"


@dataclass(frozen=True)
class Hop:
    """A call from one file into another."""

    thread: str
    caller: Place
    place: Place
    at: Span
    """The expression that calls."""

    @property
    def on(self) -> str:
        """The thread, as CONTRIBUTING names it."""
        return "writer" if self.thread == "writer" else "loop"

    @property
    def turns(self) -> bool:
        """Whether it leads up into a room above."""
        above, here = ROWS.index(self.place.room), ROWS.index(self.caller.room)
        return above < here and self.caller.room not in ("bot.channels", "storage")


class Trace:
    """Every call of ours, from the one of `begins` on."""

    def __init__(self, begins: Callable[..., object]) -> None:
        self._begins, self._begun = begins, False
        self.calls: dict[tuple[Place, Place], tuple[str, Span]] = {}
        """Caller and called, with the thread and the place of the expression, in the order in which each came first."""
        self.writes: set[Place] = set()
        """Functions of storage that change a table."""

    def __call__(self, frame: FrameType, event: str, arg: Any) -> None:
        code = frame.f_code
        if event != "call" or not code.co_filename.startswith(OURS) or _goes_on(frame):
            return
        self._begun = self._begun or code.co_qualname == self._begins.__qualname__
        caller = _caller(frame)
        if not self._begun or caller is None or _of_the_test(frame):
            return
        place, pair = _place(code), (_place(caller.f_code), _place(code))
        if pair not in self.calls:
            self.calls[pair] = threading.current_thread().name, _span(caller)
        if place.room == "storage" and place.name.startswith("Tx.") and "Tx." not in caller.f_code.co_qualname:
            query = frame.f_locals.get("query")
            if WRITES.match(str(frame.f_locals.get("sql", getattr(query, "sql", "")))):
                self.writes.add(pair[0])

    def hops(self) -> list[Hop]:
        """The way, hop by hop."""
        across = {
            (caller, called)
            for caller, called in self.calls
            if caller.path != called.path
            and (called.room not in ANSWERS or (called in self.writes and caller.room != "storage"))
        }
        onward = {caller for caller, _ in across} | self.writes
        while True:
            more = {caller for caller, called in self.calls if called in onward and caller.path == called.path}
            if more <= onward:
                break
            onward |= more
        first: dict[Place, Hop] = {}
        for pair, (thread, at) in self.calls.items():
            if pair in across and pair[1] in onward:
                first.setdefault(pair[1], Hop(thread, *pair, at))
        return list(first.values())

    def passed(self, hop: Hop) -> list[Place]:
        """Return every function that the way has passed before a hop."""
        before = takewhile(lambda pair: pair != (hop.caller, hop.place), self.calls)
        return list(dict.fromkeys(place for pair in before for place in pair))


@asynccontextmanager
async def traced(db: Database, begins: Callable[..., object]) -> AsyncIterator[Trace]:
    """Trace both threads; no garbage is collected meanwhile, whose finalizers would be calls of whoever runs just then."""
    trace = Trace(begins)
    gc.disable()
    await db.write(lambda tx: sys.setprofile(trace))
    sys.setprofile(trace)
    try:
        yield trace
    finally:
        sys.setprofile(None)
        gc.enable()
        await db.write(lambda tx: sys.setprofile(None))


def turns(hops: Sequence[Hop]) -> list[tuple[str, str]]:
    """Where control turns: from which room up into which."""
    return sorted({(hop.caller.room, hop.place.room) for hop in hops if hop.turns})


def _goes_on(frame: FrameType) -> bool:
    """Whether a coroutine or generator is taken up again, not called."""
    can = frame.f_code.co_flags & (CO_COROUTINE | CO_GENERATOR | CO_ITERABLE_COROUTINE)
    return bool(can) and frame.f_lineno != frame.f_code.co_firstlineno


def _frames(frame: FrameType) -> Iterator[FrameType]:
    back = frame.f_back
    while back is not None:
        yield back
        back = back.f_back


def _caller(frame: FrameType) -> FrameType | None:
    return next((each for each in _frames(frame) if each.f_code.co_filename.startswith(OURS)), None)


def _span(frame: FrameType) -> Span:
    """Where the expression stands that a frame is at."""
    first, last, begins, ends = next(islice(frame.f_code.co_positions(), frame.f_lasti // 2, None))
    return first or 0, last or 0, begins or 0, ends or 0


def _of_the_test(frame: FrameType) -> bool:
    """Whether a helper of the tests asked for this (it waits until all is answered), not the message."""
    return any(each.f_code.co_filename.endswith("tests/phones.py") for each in _frames(frame))


def _place(code: CodeType) -> Place:
    name = code.co_qualname.replace(".<locals>.", ".")
    for part in (".<listcomp>", ".<genexpr>", ".<dictcomp>", ".<setcomp>"):
        name = name.replace(part, "")
    return Place(Path(code.co_filename).relative_to(ROOT).as_posix(), name)
