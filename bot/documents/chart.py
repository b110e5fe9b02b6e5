"""The picture of the targets: how far each is towards its goal, from an SVG template by resvg.

The font comes from its package and system fonts are left out, so every machine draws the same pixels. The
font has no marks such as ✅: a verdict's mark is drawn as a shape, and colour is never the only sign.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from string import Template
from typing import Any
from xml.sax.saxutils import escape

TEMPLATE = Path(__file__).parent / "templates" / "progress.svg"
WIDTH, LEFT, TRACK = 1080, 60, 960
FIRST, NOTE = 200, 60
LINE = 42
"""Height of a line of a name, in pixels."""
CHARACTERS = 46
"""What fits a line of a name at its size; measured with the widest Vietnamese words."""

COLOURS: Mapping[str, str] = {
    "met": "#0d5c54",
    "not_met": "#b3321f",
    "on_the_way": "#1f6fa8",
    "not_enough": "#8a5a00",
    "not_applicable": "#7b857f",
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

    return bytes(
        resvg_py.svg_to_bytes(svg_string=svg(picture), font_files=fonts(), skip_system_fonts=True)
    )


def fonts() -> list[str]:
    """The two weights, from the font's package."""
    import fontpkg_be_vietnam_pro

    folder = Path(fontpkg_be_vietnam_pro.__file__).parent / "files"
    return [str(folder / f"BeVietnamPro-{weight}.ttf") for weight in ("Regular", "SemiBold")]


def svg(picture: Mapping[str, Any]) -> str:
    """The picture as SVG; every text is escaped, since a bare & would end it."""
    y, drawn = FIRST, []
    for bar in picture["bars"]:
        piece, height = _bar(bar, y)
        drawn.append(piece)
        y += height
    return Template(TEMPLATE.read_text(encoding="utf-8")).substitute(
        height=y + NOTE + 20,
        title=escape(picture["title"]),
        subtitle=escape(picture["subtitle"]),
        bars="\n  ".join(drawn),
        note=escape(picture["note"]),
        note_y=y + NOTE - 16,
    )


def _bar(bar: Mapping[str, Any], y: int) -> tuple[str, int]:
    colour = COLOURS[bar["verdict"]]
    name = wrapped(f"{bar['number']}. {bar['name']}")
    value = wrapped(bar["value_text"], 62)
    lines = [_text(LEFT, y + 34 + n * LINE, line, 33, weight=600) for n, line in enumerate(name)]
    top = y + len(name) * LINE + 8
    lines.append(f'<rect x="{LEFT}" y="{top}" width="{TRACK}" height="26" rx="13" fill="#e2dccd"/>')
    if bar["share"] is not None and (width := int(Decimal(bar["share"]) * TRACK)) > 0:
        shape = 'fill-opacity="0.55"' if bar["provisional"] else ""
        lines.append(
            f'<rect x="{LEFT}" y="{top}" width="{max(width, 26)}" height="26" rx="13" fill="{colour}" {shape}/>'
        )
    # The goal is the end of the track: a line that stands out of it.
    lines.append(
        f'<rect x="{LEFT + TRACK - 5}" y="{top - 9}" width="5" height="44" rx="2.5" fill="#17231f"/>'
    )
    below = top + 66
    lines.append(
        f'<g transform="translate({LEFT + 18} {below - 9})"><circle r="18" fill="{colour}"/>{MARKS[bar["verdict"]]}</g>'
    )
    lines.append(_text(LEFT + 48, below, bar["verdict_text"], 28, weight=600, fill=colour))
    lines.append(_text(LEFT + TRACK, below, bar["goal_text"], 26, fill="#5a6862", anchor="end"))
    for n, line in enumerate(value):
        lines.append(_text(LEFT, below + 40 + n * 36, line, 27, fill="#17231f"))
    return "\n  ".join(lines), below + 40 + len(value) * 36 + 22 - y


def _text(
    x: int,
    y: int,
    text: str,
    size: int,
    weight: int = 400,
    fill: str = "#17231f",
    anchor: str = "start",
) -> str:
    return (
        f'<text x="{x}" y="{y}" font-size="{size}" font-weight="{weight}" fill="{fill}" '
        f'text-anchor="{anchor}">{escape(text)}</text>'
    )


def wrapped(text: str, most: int = CHARACTERS) -> Sequence[str]:
    """The text in lines of at most so many characters, broken between words."""
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > most:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return lines
