"""The templates of papers of single records: requests, sheets, plans, awards, letters; by their names in MADE."""

from collections.abc import Callable
from typing import Any

from docx.shared import Pt

from docs.paper_layout import (
    add_body,
    add_heading,
    add_line,
    add_par,
    add_rows,
    add_run,
    add_signature,
    add_table,
    add_text,
    add_title,
    begin,
    fill_cell,
    keep_whole,
)


def make_request() -> Any:
    """Make the form of a request for recognition (TT 18/2013/TT-BKHCN, Phụ lục I)."""
    doc = begin()
    _state(doc)
    add_par(doc, "{{ kind }}", size=14, bold=True).paragraph_format.space_before = Pt(18)
    add_par(doc, "{%p for each in to %}")
    add_par(doc, "Kính gửi: {{ each }}", size=14).paragraph_format.space_before = Pt(6)
    add_par(doc, "{%p endfor %}")
    add_par(doc, "{%p if authors %}")
    add_text(doc, "Tôi (chúng tôi) ghi tên dưới đây:").paragraph_format.space_after = Pt(6)
    add_rows(doc, AUTHORS, "authors")
    add_par(doc, "{%p else %}")
    add_text(doc, "Tác giả: {{ collective }}.")
    add_par(doc, "{%p endif %}")
    par = add_text(doc, "Là tác giả (nhóm tác giả) đề nghị xét công nhận {{ what }}: ")
    add_run(par, "{{ title }}", bold=True)
    add_par(doc, "{%p for each in lines %}")
    par = add_text(doc, "- {{ each.label }} {{ each.text }}")
    add_run(par, "{{ each.gap }}", gap=True)
    add_par(doc, "{%p endfor %}")
    add_text(doc, "{{ closing }}")
    add_par(doc)
    table = add_table(doc, (65, 100))
    keep_whole(table.rows[0])
    right = table.rows[0].cells[1]
    fill_cell(right, "{{ place_and_day }}", 14, italic=True)
    add_par(right, "{%p for each in signer %}")
    add_par(right, "{{ each }}", size=14, bold=True)
    add_par(right, "{%p endfor %}")
    add_par(right, "(Ký, ghi rõ họ tên)", size=14, italic=True)
    for _n in range(4):
        add_par(right)
    return doc


AUTHORS = (
    ("TT", 10, "n"),
    ("Họ và tên", 30, "name"),
    ("Ngày tháng năm sinh", 25, "born"),
    ("Nơi công tác", 32, "unit"),
    ("Chức danh", 24, "position"),
    ("Trình độ chuyên môn", 25, "degree"),
    ("Tỷ lệ (%) đóng góp", 19, "share"),
)


def _state(doc: Any) -> None:
    """Name the state above a paper that no office issues."""
    add_par(doc, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=13, bold=True)
    add_par(doc, "Độc lập - Tự do - Hạnh phúc", size=14, bold=True)
    add_line(add_par(doc), 165, 60.4)


def make_sheet() -> Any:
    """Make the sheet of a registration, signed by its writer and the head of the unit."""
    doc = begin()
    add_heading(doc)
    add_par(doc, "{{ kind }}", size=14, bold=True).paragraph_format.space_before = Pt(18)
    add_par(doc, "{{ subject }}", size=14, italic=True).paragraph_format.space_after = Pt(6)
    add_rows(doc, (("TT", 10, "n"), ("Mục", 45, "label"), ("Nội dung", 110, "value")), "rows")
    add_text(doc, "{{ state }}", italic=True)
    add_par(doc)
    two_sign(doc, "XÁC NHẬN CỦA {{ confirms }}", "{{ writer|join(' ') }}", "{{ writer_name }}")
    return doc


def two_sign(doc: Any, left: str, right: str, name: str = "") -> None:
    """Add two signatures beside each other."""
    table = add_table(doc, (82, 83))
    keep_whole(table.rows[0])
    for cell, text, below in zip(table.rows[0].cells, (left, right), ("", name), strict=True):
        fill_cell(cell, text, 14, bold=True)
        add_par(cell, "(Ký, ghi rõ họ tên)", size=14, italic=True)
        for _n in range(4):
            add_par(cell)
        add_par(cell, below, size=14, bold=True)


def make_plan() -> Any:
    """Make the plan of a unit."""
    doc = begin()
    add_heading(doc)
    add_title(doc, to=False)
    columns = (("TT", 10, "n"), ("Nhiệm vụ", 75, "what"), ("Thời hạn", 26, "due"), ("Phụ trách", 54, "who"))
    add_body(doc, {"table": lambda place: add_rows(place, columns)})
    add_signature(doc)
    return doc


MADE: dict[str, Callable[[], Any]] = {
    "recognition_request": make_request,
    "registration_sheet": make_sheet,
    "unit_plan": make_plan,
}
"""The templates by their names."""
