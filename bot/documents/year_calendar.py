"""The picture of a year as a calendar: how many messages go out on each day, days off, last days. Pure.

A year is looked at on a phone: two months stand side by side, so that a day's number can still be read
at a third of the width. A day's number says what its colour says, and a day off is hatched.
"""

from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from bot.documents.svg import GREEN, INK, LEFT, QUIET, RED, TRACK, lines, page, png, text, wide

BESIDE, GAP = 2, 40
"""Months beside each other, and the room between them."""
MONTH = (TRACK - GAP * (BESIDE - 1)) // BESIDE
STEP, ROW = MONTH / 7, 62
"""From a day to the next, and from a week to the next."""
CELL, HIGH = 60, 56

LEVELS: Sequence[tuple[int, str, str]] = (
    (0, "#fffdf8", INK),
    (1, "#d3e8e2", INK),
    (5, "#9fcdc2", INK),
    (15, "#5ba899", INK),
    (50, "#1f7d70", "#fff"),
    (150, "#0a453f", "#fff"),
)
"""From how many messages on a day has which colour, and the colour of its number. They are the same for
every year, so that two pictures can be compared."""


def draw(picture: Mapping[str, Any]) -> bytes:
    """Make the PNG of a year; all words stand in the reader's language.

    {"title", "subtitle", "year", "months": 12 names, "weekdays": 7 names from Monday on,
    "days": {ISO day: messages}, "off": {ISO day: name or ""}, "marks": [{"day", "label"}],
    "legend": [{"kind": "messages" | "off" | "mark", "label"}], "totals": [{"value", "label"}], "note"}
    """
    return png(svg(picture))


def svg(picture: Mapping[str, Any]) -> str:
    """Make the picture as SVG."""
    title, y = lines(picture["title"], 98, 46, weight=600)
    subtitle, y = lines(picture["subtitle"], y - 9, 29, fill=QUIET)
    drawn = [title, subtitle]
    marked = {mark["day"] for mark in picture["marks"]}
    for first in range(1, 13, BESIDE):
        weeks = 0
        for n, month in enumerate(range(first, first + BESIDE)):
            pieces, high = _month(picture, month, marked, LEFT + n * (MONTH + GAP), y + 50)
            drawn += pieces
            weeks = max(weeks, high)
        y += 50 + 44 + weeks * ROW
    for part in (_legend, _marks, _off, _totals):
        pieces, y = part(picture, y)
        drawn += pieces
    note, y = lines(picture["note"], y + 44, 26, fill=QUIET)
    return page([*drawn, note], y)


def _month(picture: Mapping[str, Any], month: int, marked: set[str], left: int, top: int) -> tuple[list[str], int]:
    """Draw a month from its base line on: its name, the weekdays, its days; return how many weeks it has."""
    drawn = [text(left, top, picture["months"][month - 1], 32, weight=600)]
    for n, name in enumerate(picture["weekdays"]):
        drawn.append(text(_middle(left, n), top + 34, name, 22, fill=QUIET, anchor="middle"))
    before, length = monthrange(picture["year"], month)
    for number in range(1, length + 1):
        day = date(picture["year"], month, number)
        week, weekday = divmod(before + number - 1, 7)
        drawn += _day(picture, day, marked, left + weekday * STEP, top + 44 + week * ROW)
    return drawn, (before + length + 6) // 7


def _middle(left: int, weekday: int) -> float:
    return round(left + weekday * STEP + CELL / 2, 1)


def _day(picture: Mapping[str, Any], day: date, marked: set[str], x: float, y: float) -> Iterator[str]:
    """Draw one day: its colour, hatched when it is off, outlined when something ends on it, its messages."""
    key, x = day.isoformat(), round(x, 1)
    n = picture["days"].get(key, 0)
    _least, fill, ink = _level(n)
    off = key in picture["off"]
    yield _cell(x, y, fill if n or not off else "none", off, key in marked)
    yield text(x + 6, y + 20, str(day.day), 19, fill=ink if n else QUIET)
    if n:
        said = str(n)
        size = next(size for size in (30, 26, 21, 16) if size == 16 or wide(said, size) <= CELL - 4)
        yield text(round(x + CELL / 2, 1), y + 46, said, size, weight=600, fill=ink, anchor="middle")


def _level(n: int) -> tuple[int, str, str]:
    return next(level for level in reversed(LEVELS) if n >= level[0])


def _cell(x: float, y: float, fill: str, off: bool, marked: bool) -> str:
    box = f'x="{x}" y="{y}" width="{CELL}" height="{HIGH}" rx="7"'
    drawn = f'<rect {box} fill="{fill}" stroke="{INK}" stroke-opacity="0.12"/>'
    if off:
        drawn += f'<rect {box} fill="url(#off)"/>'
    if marked:
        drawn += f'<rect {box} fill="none" stroke="{RED}" stroke-width="5"/>'
    return drawn


# Below the months -----------------------------------------------------------------------------


def _legend(picture: Mapping[str, Any], y: int) -> tuple[list[str], int]:
    """Draw what colours, hatching and outlines mean."""
    drawn = []
    y += 50
    for entry in picture["legend"]:
        if entry["kind"] == "messages":
            head, y = lines(entry["label"], y, 27)
            drawn += [head, *_scale(y - 12)]
            y += HIGH + 40
            continue
        drawn.append(_cell(LEFT, y - 20, "none", entry["kind"] == "off", entry["kind"] == "mark"))
        said, after = _beside(entry["label"], y + 18)
        drawn.append(said)
        y = max(y + ROW + 8, after + 12)
    return drawn, y


def _scale(y: int) -> Iterator[str]:
    """Draw a cell of each colour, with the counts it stands for below."""
    used = LEVELS[1:]
    for n, (least, fill, ink) in enumerate(used):
        x = LEFT + n * 120
        most = used[n + 1][0] - 1 if n + 1 < len(used) else None
        said = f"{least}+" if most is None else f"{least}–{most}"
        yield f'<rect x="{x}" y="{y}" width="112" height="{HIGH}" rx="7" fill="{fill}"/>'
        yield text(x + 56, y + 38, said, 26, weight=600, fill=ink, anchor="middle")


def _marks(picture: Mapping[str, Any], y: int) -> tuple[list[str], int]:
    """Draw what ends on the outlined days."""
    drawn = []
    for mark in sorted(picture["marks"], key=lambda mark: str(mark["day"])):
        drawn.append(_cell(LEFT, y - 20, "none", False, True))
        drawn.append(text(LEFT + CELL // 2, y + 18, _short(mark["day"]), 20, weight=600, anchor="middle"))
        said, after = _beside(mark["label"], y + 18)
        drawn.append(said)
        y = max(y + ROW + 8, after + 12)
    return drawn, y


def _beside(said: str, y: int) -> tuple[str, int]:
    return lines(said, y, 27, x=LEFT + CELL + 20, width=TRACK - CELL - 20)


def _off(picture: Mapping[str, Any], y: int) -> tuple[list[str], int]:
    """Draw the days off that have a name, from the first to the last of each."""
    drawn = []
    for first, last, name in runs(picture["off"]):
        span = first if first == last else f"{first}–{last}"
        said, y = lines(f"{span}  {name}", y + 10, 25, fill=QUIET)
        drawn.append(said)
    return drawn, y


def runs(off: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Return days off with a name as (first, last, name), with the nameless days off between two of a name."""
    found: list[tuple[str, str, str]] = []
    start = end = ""
    for key in sorted(key for key, name in off.items() if name):
        if end and off[end] == off[key] and all(day in off for day in _between(end, key)):
            end = key
            continue
        if end:
            found.append((_short(start), _short(end), off[end]))
        start = end = key
    if end:
        found.append((_short(start), _short(end), off[end]))
    return found


def _between(first: str, last: str) -> Iterator[str]:
    day = date.fromisoformat(first) + timedelta(days=1)
    while day.isoformat() < last:
        yield day.isoformat()
        day += timedelta(days=1)


def _short(day: str) -> str:
    return f"{date.fromisoformat(day):%d/%m}"


def _totals(picture: Mapping[str, Any], y: int) -> tuple[list[str], int]:
    """Draw the figures of the year, large, side by side."""
    totals = picture["totals"]
    if not totals:
        return [], y
    each = TRACK // len(totals)
    drawn = [f'<rect x="{LEFT}" y="{y}" width="{TRACK}" height="3" fill="{INK}" fill-opacity="0.2"/>']
    lowest = y
    for n, total in enumerate(totals):
        x = LEFT + n * each
        value, below = lines(total["value"], y + 64, 44, weight=600, fill=GREEN, x=x, width=each - 20)
        label, below = lines(total["label"], below - 14, 26, x=x, width=each - 20)
        drawn += [value, label]
        lowest = max(lowest, below)
    return drawn, lowest
