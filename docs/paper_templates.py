"""Make the Word templates of papers: `python -m docs.paper_templates`.

A clerk may edit what it makes in Word; it is committed, and made anew only when its layout is changed here.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from docs import record_papers
from docs.paper_layout import (
    add_annex,
    add_body,
    add_heading,
    add_par,
    add_rows,
    add_signature,
    add_table,
    add_text,
    add_title,
    begin,
    fill_cell,
    fill_columns,
    keep_whole,
    repeat_row,
    set_fonts,
    set_page,
)

TEMPLATES = Path(__file__).resolve().parents[1] / "bot/documents/templates"


def make() -> Any:
    """Make the template of the office's report."""
    doc = begin()
    add_heading(doc)
    add_title(doc)
    add_body(doc, {"table": _targets})
    add_signature(doc)
    for annex in ANNEXES:
        _annex(doc, *annex)
    return doc


def _targets(doc: Any, last: str = "Đánh giá") -> None:
    """Make the table of the targets: one column a year."""
    table = add_table(doc, (10, 68, 33, 32, 22), rows=4, ruled=True)
    for cell, text in zip(table.rows[0].cells, ("TT", "Chỉ tiêu", "{%tc for y in part.years %}", "", ""), strict=True):
        fill_cell(cell, text, 12, bold=True)
    fill_columns(table.rows[0], 2, "part.years", "{{ each }}", last, bold=True)
    repeat_row(table.rows[0])
    table.rows[1].cells[0].paragraphs[0].text = "{%tr for row in part.rows %}"
    for n, text in ((0, "{{ row.n }}"), (1, "{{ row.name }}")):
        fill_cell(table.rows[2].cells[n], text, 12, ALIGN.CENTER if n == 0 else ALIGN.LEFT)
    fill_columns(table.rows[2], 2, "row.cells", "{{ each }}", "{{ row.verdict }}")
    table.rows[3].cells[0].paragraphs[0].text = "{%tr endfor %}"


def make_unit_report() -> Any:
    """Make the template of a unit's report: what it has registered stands in an annex, where there is anything."""
    doc = begin()
    add_heading(doc)
    add_title(doc)
    add_body(doc, {"table": lambda place: _targets(place, "Ghi chú")})
    add_signature(doc)
    add_annex(doc, "items.groups", "{{ items.title }}", "{{ with_report }}")
    add_par(doc, "{%p for group in items.groups %}")
    par = add_par(doc, "{{ group.title }}", ALIGN.LEFT, 14, bold=True)
    par.paragraph_format.space_before = par.paragraph_format.space_after = Pt(6)
    par.paragraph_format.keep_with_next = True
    columns = (("TT", 12, "n"), ("Mã theo dõi", 32, "code"), ("Tên", 81, "title"), ("Tình trạng", 40, "state"))
    add_rows(doc, columns, "group.rows")
    add_par(doc, "{%p endfor %}")
    add_par(doc, "{%p endif %}")
    return doc


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
    set_page(section, wide=True)
    for each in section._sectPr.findall(qn("w:pgNumType")):  # a section begins as a copy of the one before
        section._sectPr.remove(each)
    start = OxmlElement("w:pgNumType")
    start.set(qn("w:start"), "1")
    section._sectPr.append(start)
    add_par(doc, f"Phụ lục {number}", size=14, bold=True)
    add_par(doc, f"{{{{ {name}.title }}}}", size=14, bold=True)
    add_par(doc, "{{ with_report }}", size=14, italic=True).paragraph_format.space_after = Pt(6)
    add_par(doc, f"{{%p if {name}.groups %}}")
    dynamic = name == "duties"
    widths = [width for _head, width, _value in columns] + ([60, 60, 60] if dynamic else [])
    table = add_table(doc, widths, rows=7, ruled=True)
    head, groups, title, rows, row, end, last = table.rows
    for cell, (text, _width, _value) in zip(head.cells, columns, strict=False):
        fill_cell(cell, text, 12, bold=True)
    for cell, (_head, _width, value) in zip(row.cells, columns, strict=False):
        align = ALIGN.CENTER if value == "n" else ALIGN.LEFT
        fill_cell(cell, "{%p if row.gap %}", 12, align)
        add_par(cell, f"{{{{ row.{value} }}}}", align, 12, gap=True)
        add_par(cell, "{%p else %}", align, 12)
        add_par(cell, f"{{{{ row.{value} }}}}", align, 12)
        add_par(cell, "{%p endif %}", align, 12)
    if dynamic:
        for which, of, bold in ((head, f"{name}.columns", True), (row, "row.cells", False)):
            texts = (f"{{%tc for each in {of} %}}", "{{ each }}", "{%tc endfor %}")
            for cell, text in zip(which.cells[2:5], texts, strict=True):
                fill_cell(cell, text, 12, bold=bold)
    repeat_row(head)
    keep_whole(row)
    groups.cells[0].paragraphs[0].text = f"{{%tr for group in {name}.groups %}}"
    merged = title.cells[0].merge(title.cells[-1])
    merged.paragraphs[0].text = ""
    fill_cell(merged, "{% colspan " + f"{name}.span" + " %}{{ group.title }}", 12, ALIGN.LEFT, bold=True)
    rows.cells[0].paragraphs[0].text = "{%tr for row in group.rows %}"
    end.cells[0].paragraphs[0].text = "{%tr endfor %}"
    last.cells[0].paragraphs[0].text = "{%tr endfor %}"
    add_par(doc, "{%p else %}")
    add_text(doc, f"{{{{ {name}.nothing }}}}")
    add_par(doc, "{%p endif %}")


def make_changes() -> Any:
    """Make the template of a list of changes: what is inserted, replaced or taken out, and where."""
    doc = Document()
    set_fonts(doc)
    set_page(doc.sections[0], wide=True)
    add_par(doc, "{{ head }}", size=14, bold=True).paragraph_format.space_after = Pt(6)
    table = add_table(doc, (10, 70, 22, 75, 75), rows=4, ruled=True)
    for cell, text in zip(table.rows[0].cells, ("TT", "Chỗ", "Việc", "Nội dung mới", "Nội dung cũ"), strict=True):
        fill_cell(cell, text, 12, bold=True)
    repeat_row(table.rows[0])
    table.rows[1].cells[0].paragraphs[0].text = "{%tr for row in rows %}"
    for cell, name in zip(table.rows[2].cells, ("n", "place", "how", "text", "was"), strict=True):
        fill_cell(cell, f"{{{{ row.{name} }}}}", 12, ALIGN.CENTER if name == "n" else ALIGN.LEFT)
    table.rows[3].cells[0].paragraphs[0].text = "{%tr endfor %}"
    return doc


MADE: dict[str, Callable[[], Any]] = {
    "office_report": make,
    "report_changes": make_changes,
    "unit_report": make_unit_report,
    **record_papers.MADE,
}
"""The templates by their names."""


def write() -> None:
    """Write them where the worker process finds them."""
    for name, of in MADE.items():
        of().save(str(TEMPLATES / f"{name}.docx"))


if __name__ == "__main__":
    write()
