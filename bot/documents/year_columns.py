"""The picture of the years: of each target a column a year, with the line of its goal. Runs in the worker process; pure.

What is not whole yet is striped, what is not known is an empty dashed place; every column has its value above it.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from bot.documents.svg import GREEN, INK, LEFT, PAPER, QUIET, TRACK, lines, page, png, text, wide, wrapped

HIGH, WIDEST = 150, 130


def draw(picture: Mapping[str, Any]) -> bytes:
    """Make the PNG of a picture as `bot.office.tables.trend_picture.columns` describes it."""
    return png(svg(picture))


def svg(picture: Mapping[str, Any]) -> str:
    """Make the picture as SVG."""
    title, y = lines(picture["title"], 98, 46, weight=600)
    subtitle, y = lines(picture["subtitle"], y - 9, 28, fill=QUIET)
    drawn = [title, subtitle]
    for target in picture["targets"]:
        piece, y = _target(target, y)
        drawn += piece
    note, y = lines(picture["note"], y + 40, 26, fill=QUIET)
    return page([*drawn, note], y)


def _target(target: Mapping[str, Any], y: int) -> tuple[list[str], int]:
    """Draw a target from this height on: its name, its columns, its goal, which way it goes."""
    name, y = lines(target["name"], y + 36, 31, weight=600)
    drawn, years = [name], target["years"]
    step = TRACK / max(len(years), 1)
    size = next((s for s in (27, 24, 21) if all(wide(e["value_text"], s) < step - 12 for e in years)), 21)
    heads = [_wrapped(each["value_text"], size, step) for each in years]
    top = y + round(size * 1.27) * (max((len(each) for each in heads), default=1) - 1) + 14
    base, scale = top + HIGH, _scale(target)
    if target["goal"] is not None and scale:
        at = round(base - float(Decimal(target["goal"]) / scale) * HIGH, 1)
        drawn.append(
            f'<path d="M{LEFT} {at} H{LEFT + TRACK}" stroke="{INK}" stroke-width="3" stroke-dasharray="14 9"/>'
        )
    for n, (each, head) in enumerate(zip(years, heads, strict=True)):
        drawn += _column(each, head, size, LEFT + step * (n + 0.5), step, base, scale)
    drawn.append(f'<rect x="{LEFT}" y="{base}" width="{TRACK}" height="3" fill="{INK}" fill-opacity="0.6"/>')
    said, y = lines(target["goal_text"], base + 76, 26, fill=QUIET)
    drawn.append(said)
    for line in target["told"]:
        said, y = lines(line, y, 26)
        drawn.append(said)
    return drawn, y + 6


def _scale(target: Mapping[str, Any]) -> Decimal:
    """Return what a full column stands for: the goal, or the greatest value where that is more."""
    known = [Decimal(each["value"]) for each in target["years"] if each["value"] is not None]
    return max([*known, Decimal(target["goal"] or 0), Decimal(0)])


def _wrapped(said: str, size: int, step: float) -> list[str]:
    return list(wrapped(said, size, int(step - 8)))


def _column(
    each: Mapping[str, Any], head: list[str], size: int, middle: float, step: float, base: int, scale: Decimal
) -> list[str]:
    """Draw one year: its column as high as its value, the value above it, the year below."""
    width = min(WIDEST, step * 0.5)
    left, middle = round(middle - width / 2, 1), round(middle, 1)
    drawn = [text(middle, base + 34, each["year"], 27, weight=600, anchor="middle")]
    high = 0.0
    if each["value"] is None:
        dashed = f'fill="none" stroke="{QUIET}" stroke-width="3" stroke-dasharray="9 7"'
        high = 40.0
        drawn.append(f'<rect x="{left}" y="{base - high}" width="{width}" height="{high}" {dashed}/>')
    elif scale and Decimal(each["value"]) > 0:
        high = round(float(Decimal(each["value"]) / scale) * HIGH, 1)
        box = f'x="{left}" y="{round(base - high, 1)}" width="{width}" height="{high}"'
        drawn.append(f'<rect {box} fill="{GREEN}"/>')
        if each["provisional"]:
            drawn.append(f'<rect {box} fill="url(#provisional)" stroke="{GREEN}" stroke-width="3"/>')
    step_of, around = round(size * 1.27), max(wide(line, size) for line in head) * 0.9 + 12
    under = f'y="{round(base - high - 14 - step_of * (len(head) - 1) - size, 1)}" height="{step_of * len(head) + 4}"'
    drawn.append(f'<rect x="{round(middle - around / 2, 1)}" width="{round(around, 1)}" {under} fill="{PAPER}"/>')
    for n, line in enumerate(reversed(head)):
        drawn.append(text(middle, round(base - high - 10 - n * step_of, 1), line, size, weight=600, anchor="middle"))
    return drawn
