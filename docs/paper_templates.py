"""Make the Word templates of papers, laid out as NĐ 30/2020/NĐ-CP (Phụ lục I) says: `python -m docs.paper_templates`.

A clerk may edit what it makes in Word; it is committed, and made anew only when its layout is changed here.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

TEMPLATES = Path(__file__).resolve().parents[1] / "bot/documents/templates"
FONT = "Times New Roman"
TOP, BOTTOM, LEFT, RIGHT = Mm(20), Mm(20), Mm(30), Mm(15)
LEFT_BOX, RIGHT_BOX = 65, 100
"""Millimetres of the two columns of the heading: together the width of the text."""


def make() -> Any:
    """Make the template of the office's report."""
    doc = Document()
    _fonts(doc)
    first = doc.sections[0]
    _page(first)
    _numbered(first)
    _heading(doc)
    _title(doc)
    _body(doc)
    _signature(doc)
    for annex in ANNEXES:
        _annex(doc, *annex)
    doc.core_properties.author = doc.core_properties.comments = ""
    doc.core_properties.language = "vi-VN"
    return doc


def _fonts(doc: Any) -> None:
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


def _page(section: Any, wide: bool = False) -> None:
    width, height = (Mm(297), Mm(210)) if wide else (Mm(210), Mm(297))
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = width, height
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = TOP, BOTTOM, LEFT, RIGHT
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True


def _numbered(section: Any) -> None:
    """Number the pages in the top margin, none on the first; drafts say so on every page."""
    for header, number in ((section.header, True), (section.first_page_header, False)):
        par = header.paragraphs[0]
        par.alignment = ALIGN.CENTER
        if number:
            _field(par, "PAGE")
        _run(par, "{% if draft %}" + ("   " if number else "") + "DỰ THẢO{% endif %}", bold=True)
    for footer in (section.footer, section.first_page_footer):
        _run(footer.paragraphs[0], "{% if draft %}{{ footer }}{% endif %}", size=10, italic=True)


def _field(par: Any, code: str) -> None:
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


def _run(par: Any, text: str, size: float | None = None, gap: bool = False, **how: bool) -> Any:
    run = par.add_run(text)
    for name, value in how.items():
        setattr(run, name, value)
    if size is not None:
        run.font.size = Pt(size)
    if gap:
        run.font.highlight_color = WD_COLOR_INDEX.YELLOW
    return run


def _par(place: Any, text: str = "", align: Any = ALIGN.CENTER, size: float | None = None, **how: bool) -> Any:
    par = place.add_paragraph()
    par.alignment = align
    if text:
        _run(par, text, size, **how)
    return par


def _line(par: Any, box: float, length: float) -> None:
    """Draw a line of a length in millimetres below a paragraph: the top border of an empty one."""
    par.paragraph_format.left_indent = par.paragraph_format.right_indent = Mm((box - length) / 2)
    par.paragraph_format.space_before, par.paragraph_format.line_spacing = Pt(3), Pt(6)
    borders, top = OxmlElement("w:pBdr"), OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    borders.append(top)
    par._p.get_or_add_pPr().append(borders)


def _table(doc: Any, widths: Sequence[float], rows: int = 1, ruled: bool = False) -> Any:
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


def _first(cell: Any, text: str, size: float, align: Any = ALIGN.CENTER, **how: bool) -> Any:
    par = cell.paragraphs[0]
    par.alignment = align
    _run(par, text, size, **how)
    return par


def _heading(doc: Any) -> None:
    """Say whose paper it is, beside the name of the state; number, place and day below."""
    left, right = _table(doc, (LEFT_BOX, RIGHT_BOX)).rows[0].cells
    _first(left, "{{ over }}", 12)
    _par(left, "{{ office }}", size=13, bold=True)
    _line(_par(left), LEFT_BOX, 24)
    _par(left, "{{ number }}", size=13)
    _first(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13, bold=True)
    _par(right, "Độc lập - Tự do - Hạnh phúc", size=14, bold=True)
    _line(_par(right), RIGHT_BOX, 60.4)
    _par(right, "{{ place_and_day }}", size=14, italic=True)


def _title(doc: Any) -> None:
    _par(doc, "{{ kind }}", size=14, bold=True).paragraph_format.space_before = Pt(18)
    _par(doc, "{{ subject }}", size=14, bold=True)
    _line(_par(doc), 165, 60)
    _par(doc, "{%p if to|length == 1 %}")
    _par(doc, "Kính gửi: {{ to[0] }}.", size=14)
    _par(doc, "{%p elif to %}")
    _par(doc, "Kính gửi:", ALIGN.LEFT, 14).paragraph_format.left_indent = Mm(35)
    _par(doc, "{%p for each in to %}")
    _par(doc, "- {{ each }}{{ '.' if loop.last else ';' }}", ALIGN.LEFT, 14).paragraph_format.left_indent = Mm(50)
    _par(doc, "{%p endfor %}")
    _par(doc, "{%p endif %}")
    _par(doc, "{%p for each in grounds %}")
    _text(doc, "{{ each }}", italic=True)
    _par(doc, "{%p endfor %}")


def _text(doc: Any, text: str, **how: bool) -> Any:
    """Add a paragraph of the body: justified, its first line 12.7 mm in, 6 pt from the next."""
    par = _par(doc, text, ALIGN.JUSTIFY, 14, **how)
    par.paragraph_format.first_line_indent = Mm(12.7)
    par.paragraph_format.space_before = Pt(6)
    return par


def _body(doc: Any) -> None:
    """Lay the parts of the report down as they come, each by its kind."""
    _par(doc, "{%p for part in body %}")
    for n, (kind, how) in enumerate(PARTS.items()):
        _par(doc, f"{{%p {'el' if n else ''}if part.kind == '{kind}' %}}")
        par = _text(doc, "{{ part.text }}", **how)
        par.paragraph_format.keep_with_next = kind in ("chapter", "heading", "subheading")
    _par(doc, "{%p elif part.kind == 'table' %}")
    _targets(doc)
    _par(doc, "{%p endif %}")
    _par(doc, "{%p endfor %}")


PARTS: dict[str, dict[str, bool]] = {
    "chapter": {"bold": True},
    "heading": {"bold": True},
    "subheading": {"bold": True, "italic": True},
    "text": {},
    "gap": {"gap": True},
}


def _targets(doc: Any) -> None:
    """Make the table of the targets: one column a year."""
    table = _table(doc, (10, 68, 33, 32, 22), rows=4, ruled=True)
    for cell, text in zip(table.rows[0].cells, ("TT", "Chỉ tiêu", "{%tc for y in part.years %}", "", ""), strict=True):
        _first(cell, text, 12, bold=True)
    _columns(table.rows[0], 2, "part.years", "{{ each }}", "Đánh giá", bold=True)
    _repeated(table.rows[0])
    table.rows[1].cells[0].paragraphs[0].text = "{%tr for row in part.rows %}"
    for n, text in ((0, "{{ row.n }}"), (1, "{{ row.name }}")):
        _first(table.rows[2].cells[n], text, 12, ALIGN.CENTER if n == 0 else ALIGN.LEFT)
    _columns(table.rows[2], 2, "row.cells", "{{ each }}", "{{ row.verdict }}")
    table.rows[3].cells[0].paragraphs[0].text = "{%tr endfor %}"


def _columns(row: Any, n: int, of: str, each: str, last: str, **how: bool) -> None:
    """Fill a row with as many columns as a list has, from the nth on, and one more."""
    cells = row.cells
    texts = (f"{{%tc for each in {of} %}}", each, "{%tc endfor %}")
    for cell, text in zip(cells[n : n + 3], texts, strict=True):
        for par in cell.paragraphs[0].runs:
            par.text = ""
        _first(cell, text, 12, **how)
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
    _first(_Cell(tail, row), last, 12, **how)


def _repeated(row: Any) -> None:
    """Repeat a row on the top of every page."""
    mark = OxmlElement("w:tblHeader")
    row._tr.get_or_add_trPr().append(mark)


def _whole(row: Any) -> None:
    """Keep a row on one page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _signature(doc: Any) -> None:
    """Say who gets it, beside who signs; four lines stay free for the signature."""
    _text(doc, "{{ closing }}")
    _par(doc)
    table = _table(doc, (80, 85))
    _whole(table.rows[0])
    left, right = table.rows[0].cells
    _first(left, "Nơi nhận:", 12, ALIGN.LEFT, bold=True, italic=True)
    _par(left, "{%p for each in copies %}")
    _par(left, "- {{ each }}{{ '.' if loop.last else ';' }}", ALIGN.LEFT, 11)
    _par(left, "{%p endfor %}")
    _first(right, "{%p for each in signer %}", 14)
    _par(right, "{{ each }}", size=14, bold=True)
    _par(right, "{%p endfor %}")
    for _n in range(4):
        _par(right)
    _par(right, "{{ signer_name }}", size=14, bold=True)


ANNEXES: Sequence[tuple[str, str, Sequence[tuple[str, float, str]]]] = (
    ("I", "duties", (("TT", 10, "n"), ("Đơn vị", 62, "unit"))),
    (
        "II",
        "items",
        (
            ("TT", 10, "n"),
            ("Mã theo dõi", 30, "code"),
            ("Tên", 102, "title"),
            ("Đơn vị", 60, "unit"),
            ("Tình trạng", 50, "state"),
        ),
    ),
    (
        "III",
        "recognitions",
        (
            ("TT", 10, "n"),
            ("Tên", 90, "title"),
            ("Tác giả", 52, "authors"),
            ("Đơn vị", 45, "unit"),
            ("Cấp công nhận", 22, "level"),
            ("Số, ngày quyết định", 33, "decision"),
        ),
    ),
    ("IV", "figures", (("TT", 10, "n"), ("Đơn vị", 92, "unit"), ("Kết quả", 70, "value"), ("Ghi chú", 80, "note"))),
    (
        "V",
        "difficulties",
        (("TT", 10, "n"), ("Đơn vị", 52, "unit"), ("Nội dung", 100, "text"), ("Kết quả xử lý", 90, "outcome")),
    ),
    (
        "VI",
        "awards",
        (
            ("TT", 10, "n"),
            ("Tập thể, cá nhân", 62, "whom"),
            ("Đơn vị", 60, "unit"),
            ("Hình thức", 60, "form"),
            ("Kết quả, số và ngày quyết định", 60, "state"),
        ),
    ),
)
"""Number, name of its values, and columns: heading, millimetres, value. The first has one more column for each duty."""


def _annex(doc: Any, number: str, name: str, columns: Sequence[tuple[str, float, str]]) -> None:
    """Add an annex: a wide section with page numbers of its own, groups of rows below a heading row each."""
    section = doc.add_section(WD_SECTION.NEW_PAGE)
    _page(section, wide=True)
    for each in section._sectPr.findall(qn("w:pgNumType")):  # a section begins as a copy of the one before
        section._sectPr.remove(each)
    start = OxmlElement("w:pgNumType")
    start.set(qn("w:start"), "1")
    section._sectPr.append(start)
    _par(doc, f"Phụ lục {number}", size=14, bold=True)
    _par(doc, f"{{{{ {name}.title }}}}", size=14, bold=True)
    _par(doc, "{{ with_report }}", size=14, italic=True).paragraph_format.space_after = Pt(6)
    _par(doc, f"{{%p if {name}.groups %}}")
    dynamic = name == "duties"
    widths = [width for _head, width, _value in columns] + ([60, 60, 60] if dynamic else [])
    table = _table(doc, widths, rows=7, ruled=True)
    head, groups, title, rows, row, end, last = table.rows
    for cell, (text, _width, _value) in zip(head.cells, columns, strict=False):
        _first(cell, text, 12, bold=True)
    for cell, (_head, _width, value) in zip(row.cells, columns, strict=False):
        align = ALIGN.CENTER if value == "n" else ALIGN.LEFT
        _first(cell, "{%p if row.gap %}", 12, align)
        _par(cell, f"{{{{ row.{value} }}}}", align, 12, gap=True)
        _par(cell, "{%p else %}", align, 12)
        _par(cell, f"{{{{ row.{value} }}}}", align, 12)
        _par(cell, "{%p endif %}", align, 12)
    if dynamic:
        for which, of, bold in ((head, f"{name}.columns", True), (row, "row.cells", False)):
            texts = (f"{{%tc for each in {of} %}}", "{{ each }}", "{%tc endfor %}")
            for cell, text in zip(which.cells[2:5], texts, strict=True):
                _first(cell, text, 12, bold=bold)
    _repeated(head)
    _whole(row)
    groups.cells[0].paragraphs[0].text = f"{{%tr for group in {name}.groups %}}"
    merged = title.cells[0].merge(title.cells[-1])
    merged.paragraphs[0].text = ""
    _first(merged, "{% colspan " + f"{name}.span" + " %}{{ group.title }}", 12, ALIGN.LEFT, bold=True)
    rows.cells[0].paragraphs[0].text = "{%tr for row in group.rows %}"
    end.cells[0].paragraphs[0].text = "{%tr endfor %}"
    last.cells[0].paragraphs[0].text = "{%tr endfor %}"
    _par(doc, "{%p else %}")
    _text(doc, f"{{{{ {name}.nothing }}}}")
    _par(doc, "{%p endif %}")


def make_changes() -> Any:
    """Make the template of a list of changes: what is inserted, replaced or taken out, and where."""
    doc = Document()
    _fonts(doc)
    _page(doc.sections[0], wide=True)
    _par(doc, "{{ head }}", size=14, bold=True).paragraph_format.space_after = Pt(6)
    table = _table(doc, (10, 70, 22, 75, 75), rows=4, ruled=True)
    for cell, text in zip(table.rows[0].cells, ("TT", "Chỗ", "Việc", "Nội dung mới", "Nội dung cũ"), strict=True):
        _first(cell, text, 12, bold=True)
    _repeated(table.rows[0])
    table.rows[1].cells[0].paragraphs[0].text = "{%tr for row in rows %}"
    for cell, name in zip(table.rows[2].cells, ("n", "place", "how", "text", "was"), strict=True):
        _first(cell, f"{{{{ row.{name} }}}}", 12, ALIGN.CENTER if name == "n" else ALIGN.LEFT)
    table.rows[3].cells[0].paragraphs[0].text = "{%tr endfor %}"
    return doc


MADE: dict[str, Callable[[], Any]] = {"office_report": make, "report_changes": make_changes}
"""The templates by their names."""


def write() -> None:
    """Write them where the worker process finds them."""
    for name, of in MADE.items():
        of().save(str(TEMPLATES / f"{name}.docx"))


if __name__ == "__main__":
    write()
