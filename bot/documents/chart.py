"""The picture of the targets: how far each is towards its goal. Runs in the worker process; pure.

A verdict's mark is drawn as a shape, and a provisional figure is striped.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from bot.documents.svg import BLUE, BROWN, GREEN, INK, LEFT, QUIET, RED, TRACK, lines, page, png, text, wide

COLOURS: Mapping[str, str] = {
    "met": GREEN,
    "not_met": RED,
    "on_the_way": BLUE,
    "not_enough": BROWN,
    "not_applicable": QUIET,
}
MARKS: Mapping[str, str] = {
    "met": '<path d="M-9 0 L-3 7 L10 -8" fill="none" stroke="#fff" stroke-width="4.5" stroke-linecap="round" stroke-linejoin="round"/>',
    "not_met": '<path d="M0 -10 V3 M0 9.5 V10" fill="none" stroke="#fff" stroke-width="5" stroke-linecap="round"/>',
    "on_the_way": '<path d="M-8 0 H7 M1 -7 L8 0 L1 7" fill="none" stroke="#fff" stroke-width="4.5" stroke-linecap="round" stroke-linejoin="round"/>',
    "not_enough": '<path d="M-8 0 H-7.5 M0 0 H0.5 M8 0 H8.5" fill="none" stroke="#fff" stroke-width="6" stroke-linecap="round"/>',
    "not_applicable": '<path d="M-8 0 H8" fill="none" stroke="#fff" stroke-width="5" stroke-linecap="round"/>',
}


def draw(picture: Mapping[str, Any]) -> bytes:
    """Make the PNG of a picture as `bot.office.report.summary_picture.bars` describes it: title, subtitle, bars, note."""
    return png(svg(picture))


def svg(picture: Mapping[str, Any]) -> str:
    """Make the picture as SVG."""
    title, y = lines(picture["title"], 98, 46, weight=600)
    subtitle, y = lines(picture["subtitle"], y - 9, 29, fill=QUIET)
    drawn = [title, subtitle]
    y += 15
    for bar in picture["bars"]:
        piece, y = _bar(bar, y)
        drawn.append(piece)
    note, y = lines(picture["note"], y + 44, 26, fill=QUIET)
    return page([*drawn, note], y)


def _bar(bar: Mapping[str, Any], y: int) -> tuple[str, int]:
    """Draw one target from this height on; return the height where the next begins."""
    colour = COLOURS[bar["verdict"]]
    name, y = lines(f"{bar['number']}. {bar['name']}", y + 34, 33, weight=600)
    top = y - 26
    drawn = [name, _pill(top, TRACK, "#e2dccd")]
    part = min(Decimal(bar["share"] or 0), Decimal(1))
    if part > 0:
        filled = max(int(part * TRACK), 26)
        drawn.append(_pill(top, filled, colour))
        if bar["provisional"]:
            drawn.append(_pill(top, filled, "url(#provisional)"))
    # The goal is the end of the track: a line that stands out of it.
    drawn.append(f'<rect x="{LEFT + TRACK - 5}" y="{top - 9}" width="5" height="44" rx="2.5" fill="{INK}"/>')
    below = top + 66
    drawn.append(
        f'<g transform="translate({LEFT + 18} {below - 9})"><circle r="18" fill="{colour}"/>{MARKS[bar["verdict"]]}</g>'
    )
    drawn.append(text(LEFT + 48, below, bar["verdict_text"], 28, weight=600, fill=colour))
    goal = bar["goal_text"]
    beside = wide(bar["verdict_text"], 28) + wide(goal, 26) + 48 + 30 <= TRACK
    if beside:
        drawn.append(text(LEFT + TRACK, below, goal, 26, fill=QUIET, anchor="end"))
    value, y = lines(bar["value_text"], below + 40, 27)
    drawn.append(value)
    if not beside:
        apart, y = lines(goal, y, 26, fill=QUIET)
        drawn.append(apart)
    return "\n  ".join(drawn), y + 20


def _pill(top: int, width: int, fill: str) -> str:
    return f'<rect x="{LEFT}" y="{top}" width="{width}" height="26" rx="13" fill="{fill}"/>'
