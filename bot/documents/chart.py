"""The picture of the targets: how far each is towards its goal, from an SVG template by resvg.

The font comes from its package and system fonts are left out, so every machine draws the same pixels. The
font has no marks such as ✅: a verdict's mark is drawn as a shape, a provisional figure is striped, and
colour is never the only sign.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from string import Template
from typing import Any
from xml.sax.saxutils import escape

TEMPLATE = Path(__file__).parent / "templates" / "progress.svg"
WIDTH, LEFT, TRACK = 1080, 60, 960
QUIET = "#5a6862"
LEADING = 1.27
"""Height of a line, in heights of its letters: two marks on a capital and one below still fit."""

WIDTHS: Sequence[tuple[str, float]] = (
    (" ", 0.24),
    ("ijIl.,:;'’·", 0.34),
    ("frt1()/", 0.54),
    ("cehknsuvxyz", 0.63),
    ("abdgopq", 0.69),
    ("023456789-–ABEFHJKLNPRSTUVXYZ", 0.77),
    ("CDGOQ«»₫&", 0.86),
    ("mwMW%@—…", 1.05),
)
"""Letters without their marks and how wide they are at most, in heights; all others are `WIDEST`."""
WIDEST = 1.25

COLOURS: Mapping[str, str] = {
    "met": "#0d5c54",
    "not_met": "#b3321f",
    "on_the_way": "#1f6fa8",
    "not_enough": "#8a5a00",
    "not_applicable": "#5a6862",
}
MARKS: Mapping[str, str] = {
    "met": '<path d="M-9 0 L-3 7 L10 -8" fill="none" stroke="#fff" stroke-width="4.5" stroke-linecap="round" stroke-linejoin="round"/>',
    "not_met": '<path d="M0 -10 V3 M0 9.5 V10" fill="none" stroke="#fff" stroke-width="5" stroke-linecap="round"/>',
    "on_the_way": '<path d="M-8 0 H7 M1 -7 L8 0 L1 7" fill="none" stroke="#fff" stroke-width="4.5" stroke-linecap="round" stroke-linejoin="round"/>',
    "not_enough": '<path d="M-8 0 H-7.5 M0 0 H0.5 M8 0 H8.5" fill="none" stroke="#fff" stroke-width="6" stroke-linecap="round"/>',
    "not_applicable": '<path d="M-8 0 H8" fill="none" stroke="#fff" stroke-width="5" stroke-linecap="round"/>',
}


def draw(picture: Mapping[str, Any]) -> bytes:
    """The PNG of a picture as `bot.summaries.bars` describes it: title, subtitle, bars, note."""
    import resvg_py

    return bytes(resvg_py.svg_to_bytes(svg_string=svg(picture), font_files=fonts(), skip_system_fonts=True))


def fonts() -> list[str]:
    """The two weights, from the font's package."""
    import fontpkg_be_vietnam_pro

    folder = Path(fontpkg_be_vietnam_pro.__file__).parent / "files"
    return [str(folder / f"BeVietnamPro-{weight}.ttf") for weight in ("Regular", "SemiBold")]


def svg(picture: Mapping[str, Any]) -> str:
    """The picture as SVG; every text is escaped, since a bare & would end it."""
    title, y = _lines(picture["title"], 98, 46, weight=600)
    subtitle, y = _lines(picture["subtitle"], y - 9, 29, fill=QUIET)
    drawn = [title, subtitle]
    y += 15
    for bar in picture["bars"]:
        piece, y = _bar(bar, y)
        drawn.append(piece)
    note, y = _lines(picture["note"], y + 44, 26, fill=QUIET)
    return Template(TEMPLATE.read_text(encoding="utf-8")).substitute(
        width=WIDTH, height=y, drawn="\n  ".join([*drawn, note])
    )


def _bar(bar: Mapping[str, Any], y: int) -> tuple[str, int]:
    """One target from this height on, and the height where the next begins."""
    colour = COLOURS[bar["verdict"]]
    name, y = _lines(f"{bar['number']}. {bar['name']}", y + 34, 33, weight=600)
    top = y - 26
    drawn = [name, _pill(top, TRACK, "#e2dccd")]
    part = min(Decimal(bar["share"] or 0), Decimal(1))
    if part > 0:
        filled = max(int(part * TRACK), 26)
        drawn.append(_pill(top, filled, colour))
        if bar["provisional"]:
            drawn.append(_pill(top, filled, "url(#provisional)"))
    # The goal is the end of the track: a line that stands out of it.
    drawn.append(
        f'<rect x="{LEFT + TRACK - 5}" y="{top - 9}" width="5" height="44" rx="2.5" fill="#17231f"/>'
    )
    below = top + 66
    drawn.append(
        f'<g transform="translate({LEFT + 18} {below - 9})"><circle r="18" fill="{colour}"/>{MARKS[bar["verdict"]]}</g>'
    )
    drawn.append(_text(LEFT + 48, below, bar["verdict_text"], 28, weight=600, fill=colour))
    goal = bar["goal_text"]
    beside = wide(bar["verdict_text"], 28) + wide(goal, 26) + 48 + 30 <= TRACK
    if beside:
        drawn.append(_text(LEFT + TRACK, below, goal, 26, fill=QUIET, anchor="end"))
    value, y = _lines(bar["value_text"], below + 40, 27)
    drawn.append(value)
    if not beside:
        apart, y = _lines(goal, y, 26, fill=QUIET)
        drawn.append(apart)
    return "\n  ".join(drawn), y + 20


def _pill(top: int, width: int, fill: str) -> str:
    return f'<rect x="{LEFT}" y="{top}" width="{width}" height="26" rx="13" fill="{fill}"/>'


def _lines(text: str, y: int, size: int, weight: int = 400, fill: str = "#17231f") -> tuple[str, int]:
    """The text in lines from this base line on, and the base line after it."""
    step = round(size * LEADING)
    lines = wrapped(text, size)
    drawn = [_text(LEFT, y + n * step, line, size, weight, fill) for n, line in enumerate(lines)]
    return "\n  ".join(drawn), y + len(lines) * step


def _text(
    x: int, y: int, text: str, size: int, weight: int = 400, fill: str = "#17231f", anchor: str = "start"
) -> str:
    return (
        f'<text x="{x}" y="{y}" font-size="{size}" font-weight="{weight}" fill="{fill}" '
        f'text-anchor="{anchor}">{escape(text)}</text>'
    )


def wrapped(text: str, size: int) -> Sequence[str]:
    """The text in lines that fit the picture at this size; only a word too long for a line is cut."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if wide(longer, size) <= TRACK:
            lines[-1] = longer
            continue
        while wide(word, size) > TRACK:
            fits = next(n for n in range(len(word), 0, -1) if wide(word[:n], size) <= TRACK)
            lines.append(word[:fits])
            word = word[fits:]
        lines.append(word)
    return [line for line in lines if line] or [""]


def wide(text: str, size: int) -> float:
    """How wide the text is at most, in pixels; both weights of the font stay below it."""
    return size * sum(_wide(letter) for letter in text)


@cache
def _wide(letter: str) -> float:
    plain = unicodedata.normalize("NFD", letter)[0].replace("đ", "d").replace("Đ", "D")
    return next((width for letters, width in WIDTHS if plain in letters), WIDEST)
