"""The picture of registered items by area and state: a bar an area, a block an item. Runs in the worker process; pure.

A block is as wide in every bar, so that no bar is longer than its items; each state has a filling of its own.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.documents.svg import BLUE, GREEN, INK, LEFT, PAPER, QUIET, TRACK, lines, page, png, text, wide

HIGH, WIDEST_BLOCK, GAP = 44, 48, 3
FILLS: Mapping[str, tuple[str, str, str]] = {
    "recognised": (GREEN, PAPER, ""),
    "deciding": (BLUE, PAPER, "diagonal"),
    "confirmed": ("#d9cda8", INK, ""),
    "waiting": (PAPER, INK, ""),
    "declined": ("#c9c4b8", INK, "cross"),
}
"""By state: the colour, that of a number in it, a pattern over it."""
_PATTERNS = (
    '<defs><pattern id="diagonal" width="12" height="12" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="4" height="12" fill="#f6f3ec" fill-opacity="0.55"/></pattern>'
    '<pattern id="cross" width="12" height="12" patternUnits="userSpaceOnUse">'
    '<path d="M0 0 L12 12 M12 0 L0 12" stroke="#17231f" stroke-opacity="0.35" stroke-width="2"/></pattern></defs>'
)


def draw(picture: Mapping[str, Any]) -> bytes:
    """Make the PNG of a picture as `bot.office.tables.item_picture.bars` describes it."""
    return png(svg(picture))


def svg(picture: Mapping[str, Any]) -> str:
    """Make the picture as SVG."""
    title, y = lines(picture["title"], 98, 46, weight=600)
    subtitle, y = lines(picture["subtitle"], y - 9, 28, fill=QUIET)
    drawn = [_PATTERNS, title, subtitle]
    most = max((sum(n for _state, n in bar["parts"]) for bar in picture["bars"]), default=0)
    block = min(WIDEST_BLOCK, TRACK / most) if most else WIDEST_BLOCK
    y += 10
    for bar in picture["bars"]:
        piece, y = _bar(bar, block, y)
        drawn += piece
    y += 30
    for entry in picture["legend"]:
        drawn += [_block(LEFT, y - 30, 44, entry["state"])]
        said, y = lines(entry["label"], y, 27, x=LEFT + 64, width=TRACK - 64)
        drawn.append(said)
        y += 10
    note, y = lines(picture["note"], y + 24, 26, fill=QUIET)
    return page([*drawn, note], y)


def _bar(bar: Mapping[str, Any], block: float, y: int) -> tuple[list[str], int]:
    """Draw an area from this height on: its name, its blocks, its figures; return where the next begins."""
    name, y = lines(bar["name"], y + 36, 31, weight=600)
    drawn, x, top = [name], float(LEFT), y - 22
    for state, n in bar["parts"]:
        drawn += _blocks(state, n, x, top, block)
        x += n * block
    if not bar["parts"]:
        drawn.append(
            f'<rect x="{LEFT}" y="{top + HIGH - 3}" width="{TRACK}" height="3" fill="{INK}" fill-opacity="0.2"/>'
        )
    value, y = lines(bar["value_text"], top + HIGH + 36, 27)
    return [*drawn, value], y + 8


def _blocks(state: str, n: int, x: float, top: int, block: float) -> Sequence[str]:
    """Draw the items of a state: one by one while they can be told apart, else as one with their number."""
    if block >= 14:
        return [_block(x + k * block, top, block - GAP, state) for k in range(n)]
    drawn = [_block(x, top, max(n * block - 1, 1), state)]
    size, said = 24, str(n)
    if wide(said, size) + 8 < n * block:
        middle = round(x + n * block / 2, 1)
        drawn.append(text(middle, top + 31, said, size, weight=600, fill=FILLS[state][1], anchor="middle"))
    return drawn


def _block(x: float, top: int, width: float, state: str) -> str:
    fill, _ink, pattern = FILLS[state]
    box = f'x="{round(x, 2)}" y="{top}" width="{round(width, 2)}" height="{HIGH}" rx="4"'
    drawn = f'<rect {box} fill="{fill}" stroke="{INK}" stroke-opacity="0.7" stroke-width="2"/>'
    return drawn + (f'<rect {box} fill="url(#{pattern})"/>' if pattern else "")
