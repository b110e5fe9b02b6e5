"""The pieces of a Word template, laid out as NĐ 30/2020/NĐ-CP (Phụ lục I) says: page, heading, body, table, signature."""

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

FONT = "Times New Roman"
TOP, BOTTOM, LEFT, RIGHT = Mm(20), Mm(20), Mm(30), Mm(15)
LEFT_BOX, RIGHT_BOX = 65, 100
"""Millimetres of the two columns of the heading: together the width of the text."""


def begin(wide: bool = False) -> Any:
    """Begin a template: an empty page, its number in the top margin."""
    doc = Document()
    set_fonts(doc)
    set_page(doc.sections[0], wide)
    number_pages(doc.sections[0])
    doc.core_properties.author = doc.core_properties.comments = ""
    doc.core_properties.language = "vi-VN"
    return doc


def set_fonts(doc: Any) -> None:
    style = doc.styles["Normal"]
    style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(14), RGBColor(0, 0, 0)
    fonts = style.element.rPr.rFonts
    for name in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(name), FONT)
    lang = OxmlElement("w:lang")
    for name in ("w:val", "w:eastAsia"):
        lang.set(qn(name), "vi-VN")
    style.element.rPr.append(lang)
    style.paragraph_format.space_after = style.paragraph_format.space_before = Pt(0)
    style.paragraph_format.line_spacing = 1.0


def set_page(section: Any, wide: bool = False) -> None:
    width, height = (Mm(297), Mm(210)) if wide else (Mm(210), Mm(297))
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = width, height
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = TOP, BOTTOM, LEFT, RIGHT
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True


def number_pages(section: Any) -> None:
    """Number the pages in the top margin, none on the first; drafts say so on every page."""
    for header, number in ((section.header, True), (section.first_page_header, False)):
        par = header.paragraphs[0]
        par.alignment = ALIGN.CENTER
        if number:
            add_field(par, "PAGE")
        add_run(par, "{% if draft %}" + ("   " if number else "") + "DỰ THẢO{% endif %}", bold=True)
    for footer in (section.footer, section.first_page_footer):
        add_run(footer.paragraphs[0], "{% if draft %}{{ footer }}{% endif %}", size=10, italic=True)


def add_field(par: Any, code: str) -> None:
    for kind, text in (("begin", ""), ("", code), ("separate", ""), ("text", "2"), ("end", "")):
        run = par.add_run()
        if kind == "text":
            run.text = text
        elif kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
        else:
            instruction = OxmlElement("w:instrText")
            instruction.set(qn("xml:space"), "preserve")
            instruction.text = f" {text} "
            run._r.append(instruction)


def add_run(par: Any, text: str, size: float | None = None, gap: bool = False, **how: bool) -> Any:
    run = par.add_run(text)
    for name, value in how.items():
        setattr(run, name, value)
    if size is not None:
        run.font.size = Pt(size)
    if gap:
        run.font.highlight_color = WD_COLOR_INDEX.YELLOW
    return run


def add_par(place: Any, text: str = "", align: Any = ALIGN.CENTER, size: float | None = None, **how: bool) -> Any:
    par = place.add_paragraph()
    par.alignment = align
    if text:
        add_run(par, text, size, **how)
    return par


def add_line(par: Any, box: float, length: float) -> None:
    """Draw a line of a length in millimetres below a paragraph: the top border of an empty one."""
    par.paragraph_format.left_indent = par.paragraph_format.right_indent = Mm((box - length) / 2)
    par.paragraph_format.space_before, par.paragraph_format.line_spacing = Pt(3), Pt(6)
    borders, top = OxmlElement("w:pBdr"), OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    borders.append(top)
    par._p.get_or_add_pPr().append(borders)


def add_table(doc: Any, widths: Sequence[float], rows: int = 1, ruled: bool = False) -> Any:
    table = doc.add_table(rows=rows, cols=len(widths))
    table.autofit, table.alignment = False, WD_TABLE_ALIGNMENT.CENTER
    if ruled:
        table.style = "Table Grid"
    for n, width in enumerate(widths):
        table.columns[n].width = Mm(width)
        for row in table.rows:
            row.cells[n].width = Mm(width)
    if not ruled:
        margins = OxmlElement("w:tblCellMar")
        for side in ("left", "right"):
            mark = OxmlElement(f"w:{side}")
            mark.set(qn("w:w"), "0")
            mark.set(qn("w:type"), "dxa")
            margins.append(mark)
        table._tbl.tblPr.append(margins)
    return table


def fill_cell(cell: Any, text: str, size: float, align: Any = ALIGN.CENTER, **how: bool) -> Any:
    par = cell.paragraphs[0]
    par.alignment = align
    add_run(par, text, size, **how)
    return par


def add_heading(doc: Any, about: bool = False) -> None:
    """Say whose paper it is, beside the name of the state; number, place and day below."""
    left, right = add_table(doc, (LEFT_BOX, RIGHT_BOX)).rows[0].cells
    fill_cell(left, "{{ over }}", 12)
    add_par(left, "{{ office }}", size=13, bold=True)
    add_line(add_par(left), LEFT_BOX, 24)
    add_par(left, "{{ number }}", size=13)
    if about:
        add_par(left, "{{ about }}", size=12)
    fill_cell(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13, bold=True)
    add_par(right, "Độc lập - Tự do - Hạnh phúc", size=14, bold=True)
    add_line(add_par(right), RIGHT_BOX, 60.4)
    add_par(right, "{{ place_and_day }}", size=14, italic=True)


def add_title(doc: Any, to: bool = True) -> None:
    """Say what the paper is, of what, to whom, on which grounds."""
    add_par(doc, "{{ kind }}", size=14, bold=True).paragraph_format.space_before = Pt(18)
    add_par(doc, "{{ subject }}", size=14, bold=True)
    add_line(add_par(doc), 165, 60)
    if to:
        add_addressees(doc)
    add_par(doc, "{%p for each in grounds %}")
    add_text(doc, "{{ each }}", italic=True)
    add_par(doc, "{%p endfor %}")


def add_addressees(doc: Any) -> None:
    """Say to whom it goes: one beside «Kính gửi», several below it."""
    add_par(doc, "{%p if to|length == 1 %}")
    add_par(doc, "Kính gửi: {{ to[0] }}.", size=14)
    add_par(doc, "{%p elif to %}")
    add_par(doc, "Kính gửi:", ALIGN.LEFT, 14).paragraph_format.left_indent = Mm(35)
    add_par(doc, "{%p for each in to %}")
    add_par(doc, "- {{ each }}{{ '.' if loop.last else ';' }}", ALIGN.LEFT, 14).paragraph_format.left_indent = Mm(50)
    add_par(doc, "{%p endfor %}")
    add_par(doc, "{%p endif %}")


def add_text(doc: Any, text: str, **how: bool) -> Any:
    """Add a paragraph of the body: justified, its first line 12.7 mm in, 6 pt from the next."""
    par = add_par(doc, text, ALIGN.JUSTIFY, 14, **how)
    par.paragraph_format.first_line_indent = Mm(12.7)
    par.paragraph_format.space_before = Pt(6)
    return par


def fill_columns(row: Any, n: int, of: str, each: str, last: str, **how: bool) -> None:
    """Fill a row with as many columns as a list has, from the nth on, and one more."""
    cells = row.cells
    texts = (f"{{%tc for each in {of} %}}", each, "{%tc endfor %}")
    for cell, text in zip(cells[n : n + 3], texts, strict=True):
        for par in cell.paragraphs[0].runs:
            par.text = ""
        fill_cell(cell, text, 12, **how)
    tail = OxmlElement("w:tc")
    row._tr.append(tail)
    properties = OxmlElement("w:tcPr")
    width = OxmlElement("w:tcW")
    width.set(qn("w:w"), str(int(Mm(28).twips)))
    width.set(qn("w:type"), "dxa")
    properties.append(width)
    tail.append(properties)
    from docx.table import _Cell

    tail.append(OxmlElement("w:p"))
    fill_cell(_Cell(tail, row), last, 12, **how)


def repeat_row(row: Any) -> None:
    """Repeat a row on the top of every page."""
    mark = OxmlElement("w:tblHeader")
    row._tr.get_or_add_trPr().append(mark)


def keep_whole(row: Any) -> None:
    """Keep a row on one page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def add_signature(doc: Any) -> None:
    """Say who gets it, beside who signs; four lines stay free for the signature."""
    for par in (add_text(doc, "{{ closing }}"), add_par(doc)):
        par.paragraph_format.keep_with_next = True  # no signature stands alone on a page
    table = add_table(doc, (80, 85))
    keep_whole(table.rows[0])
    left, right = table.rows[0].cells
    fill_cell(left, "{%p if copies %}", 12, ALIGN.LEFT)
    add_par(left, "Nơi nhận:", ALIGN.LEFT, 12, bold=True, italic=True)
    add_par(left, "{%p endif %}")
    add_par(left, "{%p for each in copies %}")
    add_par(left, "- {{ each }}{{ '.' if loop.last else ';' }}", ALIGN.LEFT, 11)
    add_par(left, "{%p endfor %}")
    fill_cell(right, "{%p for each in signer %}", 14)
    add_par(right, "{{ each }}", size=14, bold=True)
    add_par(right, "{%p endfor %}")
    for _n in range(4):
        add_par(right)
    add_par(right, "{{ signer_name }}", size=14, bold=True)


# Bodies and tables ------------------------------------------------------------------------------

PARTS: dict[str, dict[str, bool]] = {
    "chapter": {"bold": True},
    "heading": {"bold": True},
    "subheading": {"bold": True, "italic": True},
    "text": {},
    "gap": {"gap": True},
}
"""Paragraphs of a body by their kind."""


def add_body(doc: Any, tables: Mapping[str, Callable[[Any], Any]]) -> None:
    """Lay the parts of a paper down as they come, each by its kind; `tables` lay down those that are none."""
    add_par(doc, "{%p for part in body %}")
    for n, (kind, how) in enumerate(PARTS.items()):
        add_par(doc, f"{{%p {'el' if n else ''}if part.kind == '{kind}' %}}")
        par = add_text(doc, "{{ part.text }}", **how)
        if kind in ("chapter", "heading", "subheading"):
            par.alignment, par.paragraph_format.keep_with_next = ALIGN.LEFT, True
    for kind, lay in tables.items():
        add_par(doc, f"{{%p elif part.kind == '{kind}' %}}")
        lay(doc)
    add_par(doc, "{%p endif %}")
    add_par(doc, "{%p endfor %}")


Column = tuple[str, float, str]
"""Heading, millimetres, value."""


def add_rows(doc: Any, columns: Sequence[Column], of: str = "part.rows") -> Any:
    """Add a table of rows below their heading; what is missing in a row is highlighted where it is empty."""
    table = add_table(doc, [width for _head, width, _value in columns], rows=4, ruled=True)
    head, start, row, end = table.rows
    for cell, (text, _width, _value) in zip(head.cells, columns, strict=True):
        fill_cell(cell, text, 12, bold=True)
    repeat_row(head)
    start.cells[0].paragraphs[0].text = f"{{%tr for row in {of} %}}"
    for cell, (_head, _width, value) in zip(row.cells, columns, strict=True):
        align = ALIGN.CENTER if value == "n" else ALIGN.LEFT
        fill_cell(cell, f"{{%p if row.{value} %}}", 12, align)
        add_par(cell, f"{{{{ row.{value} }}}}", align, 12)
        add_par(cell, "{%p else %}", align, 12)
        add_par(cell, "{{ row.missing }}", align, 12, gap=True)
        add_par(cell, "{%p endif %}", align, 12)
    keep_whole(row)
    end.cells[0].paragraphs[0].text = "{%tr endfor %}"
    return table


def add_annex(doc: Any, when: str, title: str, along: str) -> None:
    """Begin an annex on a page and with page numbers of its own; without its reason the paper is one section."""
    last = doc.sections[-1]._sectPr
    add_par(doc, f"{{%p if {when} %}}")
    broken = add_par(doc)
    broken._p.get_or_add_pPr().append(deepcopy(last))
    start = OxmlElement("w:pgNumType")
    start.set(qn("w:start"), "1")
    last.append(start)
    add_par(doc, "Phụ lục", size=14, bold=True)
    add_par(doc, title, size=14, bold=True)
    add_par(doc, along, size=14, italic=True).paragraph_format.space_after = Pt(6)
