"""The picture of units and their duties: a row a unit, a mark a duty. Runs in the worker process; pure.

Every mark has a shape of its own, so that it is read without colour; days late stand in it as a number.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.documents.svg import BLUE, GREEN, INK, LEFT, PAPER, QUIET, RED, TRACK, lines, page, png, text, wide

NAME, ROW, RADIUS = 470, 20, 30
"""How wide names are, what stands between rows, and how large marks are."""


def draw(picture: Mapping[str, Any]) -> bytes:
    """Make the PNG of a picture as `bot.office.tables.duty_picture.grid` describes it."""
    return png(svg(picture))


def svg(picture: Mapping[str, Any]) -> str:
    """Make the picture as SVG."""
    title, y = lines(picture["title"], 98, 46, weight=600)
    subtitle, y = lines(picture["subtitle"], y - 9, 28, fill=QUIET)
    drawn = [title, subtitle]
    columns = picture["columns"]
    step = (TRACK - NAME) / max(len(columns), 1)
    y += 34
    for n, column in enumerate(columns):
        drawn.append(text(_middle(n, step), y, column["head"], 30, weight=600, anchor="middle"))
    y += 14
    for row in picture["rows"]:
        piece, y = _row(row, step, y)
        drawn += piece
    for piece in (_legend(picture["legend"]), _columns(columns), _note(picture["note"])):
        more, y = piece(y)
        drawn += more
    return page(drawn, y)


def _middle(n: int, step: float) -> float:
    return round(LEFT + NAME + step * (n + 0.5), 1)


def _row(row: Mapping[str, Any], step: float, y: int) -> tuple[list[str], int]:
    """Draw a unit with its marks from this height on; return the height where the next begins."""
    top = y
    name, below = lines(row["name"], y + 40, 27, width=NAME - 10)
    high = max(below - 27 - top, 2 * RADIUS + 6)
    centre = top + ROW / 2 + high / 2
    drawn = [f'<rect x="{LEFT}" y="{top}" width="{TRACK}" height="2" fill="{INK}" fill-opacity="0.14"/>', name]
    drawn += [mark(cell["kind"], _middle(n, step), centre, cell.get("n", "")) for n, cell in enumerate(row["cells"])]
    return drawn, round(top + high + ROW)


def mark(kind: str, x: float, y: float, n: str = "") -> str:
    """Draw a mark: sent in time, sent late, not sent, overdue, not to be sent yet, not owed."""
    inside = MARKS[kind]
    number = ""
    if n:
        size = next(size for size in (30, 26, 24) if size == 24 or wide(n, size) < 2 * RADIUS - 6)
        fill = PAPER if kind == "overdue" else BLUE
        number = text(0, round(size * 0.36, 1), n, size, weight=600, fill=fill, anchor="middle")
    return f'<g transform="translate({x} {round(y, 1)})">{inside}{number}</g>'


_TICK = 'fill="none" stroke-width="6" stroke-linecap="round" stroke-linejoin="round"'
MARKS: Mapping[str, str] = {
    "sent": f'<circle r="{RADIUS}" fill="{GREEN}"/><path d="M-11 1 L-3 9 L12 -9" {_TICK} stroke="{PAPER}"/>',
    "late": f'<circle r="{RADIUS - 3}" fill="{PAPER}" stroke="{BLUE}" stroke-width="6"/>',
    "open": f'<circle r="{RADIUS - 3}" fill="none" stroke="{QUIET}" stroke-width="4" stroke-dasharray="8 8"/>',
    "overdue": f'<rect x="-{RADIUS}" y="-{RADIUS}" width="{2 * RADIUS}" height="{2 * RADIUS}" rx="6" fill="{RED}"/>',
    "ahead": f'<circle r="6" fill="{QUIET}"/>',
    "none": f'<path d="M-12 0 H12" {_TICK} stroke="{QUIET}" stroke-opacity="0.5"/>',
}


def _legend(entries: Sequence[Mapping[str, Any]]) -> Any:
    """Return what draws the meaning of the marks, each with how many there are."""

    def drawn(y: int) -> tuple[list[str], int]:
        found, y = [f'<rect x="{LEFT}" y="{y}" width="{TRACK}" height="3" fill="{INK}" fill-opacity="0.3"/>'], y + 24
        for entry in entries:
            said, below = lines(entry["label"], y + 34, 27, x=LEFT + 76, width=TRACK - 76)
            found += [mark(entry["kind"], LEFT + RADIUS + 3, y + 27, entry.get("n", "")), said]
            y = max(below - 8, y + 2 * RADIUS + 12)
        return found, y

    return drawn


def _columns(columns: Sequence[Mapping[str, Any]]) -> Any:
    """Return what draws the duties by their numbers, with how many units have sent."""

    def drawn(y: int) -> tuple[list[str], int]:
        found, y = [], y + 40
        for column in columns:
            said, y = lines(column["label"], y, 27)
            found.append(said)
            y += 6
        return found, y

    return drawn


def _note(said: str) -> Any:
    def drawn(y: int) -> tuple[list[str], int]:
        note, y = lines(said, y + 34, 26, fill=QUIET)
        return [note], y

    return drawn
