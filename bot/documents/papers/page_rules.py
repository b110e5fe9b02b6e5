"""Where a paper departs from NĐ 30/2020/NĐ-CP, Phụ lục I: page, margins, font, colour, page number, fixed words. Pure; runs in the worker process."""

import io
from collections.abc import Iterator
from typing import Any

from bot.language import Joined, Part, Text, _, fold

FONT = "Times New Roman"
SIDES = {"top": (20, 25), "bottom": (20, 25), "left": (30, 35), "right": (15, 20)}
"""Millimetres of the margins, from and to."""
SAID = {"top": _("top"), "bottom": _("bottom"), "left": _("left"), "right": _("right")}
SIZES = (11, 14)
"""Points, from the list of receivers to the title."""
WORDS = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Nơi nhận")
_ROUNDED = 0.6
"""Millimetres that programs lose when they count in other units."""


def departures(template: bytes) -> list[Text]:
    """Return what does not keep the rules, each once."""
    from docx import Document

    doc = Document(io.BytesIO(template))
    return list(dict.fromkeys([*_pages(doc), *_type(doc), *_numbered(doc), *_fixed(doc)]))


def _pages(doc: Any) -> Iterator[Text]:
    for section in doc.sections:
        if None in (section.page_width, section.page_height, *(getattr(section, f"{side}_margin") for side in SIDES)):
            yield _("A page has no size or no margins; the rule is A4 with the margins of the decree.")
            return
        page = sorted((section.page_width.mm, section.page_height.mm))
        if abs(page[0] - 210) > 1 or abs(page[1] - 297) > 1:
            yield _("Page: {wide} × {high} mm; the rule is A4, 210 × 297 mm.", wide=round(page[0]), high=round(page[1]))
        for side, (least, most) in SIDES.items():
            mm = getattr(section, f"{side}_margin").mm
            if not least - _ROUNDED <= mm <= most + _ROUNDED:
                about: dict[str, Any] = {"side": SAID[side], "mm": round(mm), "least": least, "most": most}
                yield _("Margin {side}: {mm} mm; the rule is {least} to {most} mm.", **about)
    if doc.sections and doc.sections[0].page_width > doc.sections[0].page_height:
        yield _("The first page lies across; only annexes with wide tables may.")


def _type(doc: Any) -> Iterator[Text]:
    """Yield other fonts, sizes and colours than the rules know, of what is printed."""
    fonts, sizes, colours = set[str](), set[float](), set[str]()
    for run in _runs(doc):
        style = run.style.font if run.style is not None else None
        fonts |= {each for each in (run.font.name, style.name if style else None) if each}
        if run.font.size is not None and run.text.strip():
            sizes.add(run.font.size.pt)
        if run.font.color is not None and run.font.color.rgb is not None and run.text.strip():
            colours.add(str(run.font.color.rgb))
    fonts |= {each.font.name for each in doc.styles if each.name == "Normal" and each.font.name}
    if others := sorted(fonts - {FONT}):
        yield _("Font: {fonts}; the rule is Times New Roman.", fonts=Joined(others))
    if odd := sorted(each for each in sizes if not SIZES[0] <= each <= SIZES[1]):
        yield _("Size of letters: {sizes}; the rule is 11 to 14.", sizes=Joined([f"{each:g}" for each in odd]))
    if colours - {"000000"}:
        yield _("Some letters are not black.")


def _numbered(doc: Any) -> Iterator[Text]:
    if not any("PAGE" in header._element.xml for section in doc.sections for header in (section.header,)):
        yield _("There is no page number in the top margin.")


def _fixed(doc: Any) -> Iterator[Text]:
    said = fold(" ".join(t.text or "" for t in doc.element.body.iter() if t.tag.endswith("}t")))
    for words in WORDS:
        if fold(words) not in said:
            missing: Part = words
            yield _("«{words}» is not in it.", words=missing)


def _runs(doc: Any) -> Iterator[Any]:
    """Yield what is written anywhere, in tables too."""
    from docx.text.paragraph import Paragraph

    for par in doc.element.body.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p"):
        yield from Paragraph(par, doc).runs
