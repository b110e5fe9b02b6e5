"""What all pictures are drawn with: the page, its font and colours, and texts in lines that fit. Pure.

The font comes from its package and system fonts are left out, so every machine draws the same pixels. The
font has no marks such as ✅: marks are drawn as shapes, and colour is never the only sign.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from string import Template
from xml.sax.saxutils import escape

TEMPLATE = Path(__file__).parent / "templates" / "page.svg"
WIDTH, LEFT, TRACK = 1080, 60, 960
INK, QUIET, GREEN, RED, BLUE, BROWN = "#17231f", "#5a6862", "#0d5c54", "#b3321f", "#1f6fa8", "#8a5a00"
PAPER = "#f6f3ec"
"""What everything is drawn on."""
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


def page(drawn: Iterable[str], height: int) -> str:
    """Make the SVG of a page of this height, with what is drawn on it."""
    return Template(TEMPLATE.read_text(encoding="utf-8")).substitute(
        width=WIDTH, height=height, drawn="\n  ".join(drawn)
    )


def png(svg: str) -> bytes:
    """Make the PNG of a page."""
    import resvg_py

    return bytes(resvg_py.svg_to_bytes(svg_string=svg, font_files=_fonts(), skip_system_fonts=True))


def _fonts() -> list[str]:
    import fontpkg_be_vietnam_pro

    folder = Path(fontpkg_be_vietnam_pro.__file__).parent / "files"
    return [str(folder / f"BeVietnamPro-{weight}.ttf") for weight in ("Regular", "SemiBold")]


def text(x: float, y: float, said: str, size: int, weight: int = 400, fill: str = INK, anchor: str = "start") -> str:
    """Draw one line of text, escaped: a bare & would break the picture."""
    return (
        f'<text x="{x}" y="{y}" font-size="{size}" font-weight="{weight}" fill="{fill}" '
        f'text-anchor="{anchor}">{escape(said)}</text>'
    )


def lines(
    said: str, y: int, size: int, weight: int = 400, fill: str = INK, x: int = LEFT, width: int = TRACK
) -> tuple[str, int]:
    """Draw a text in lines from this base line on; return the base line after it."""
    step = round(size * LEADING)
    found = wrapped(said, size, width)
    drawn = [text(x, y + n * step, line, size, weight, fill) for n, line in enumerate(found)]
    return "\n  ".join(drawn), y + len(found) * step


def wrapped(said: str, size: int, width: int = TRACK) -> Sequence[str]:
    """Break a text into lines that fit this width at this size; only a word too long for a line is cut."""
    found = [""]
    for word in said.split():
        longer = f"{found[-1]} {word}".strip()
        if wide(longer, size) <= width:
            found[-1] = longer
            continue
        while wide(word, size) > width:
            fits = next(n for n in range(len(word), 0, -1) if n == 1 or wide(word[:n], size) <= width)
            found.append(word[:fits])
            word = word[fits:]
        found.append(word)
    return [line for line in found if line] or [""]


def wide(said: str, size: int) -> float:
    """Return how wide a text is at most, in pixels; both weights of the font stay below it."""
    return size * sum(_wide(letter) for letter in said)


@cache
def _wide(letter: str) -> float:
    plain = unicodedata.normalize("NFD", letter)[0].replace("đ", "d").replace("Đ", "D")
    return next((width for letters, width in WIDTHS if plain in letters), WIDEST)
