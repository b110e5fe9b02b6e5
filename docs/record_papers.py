"""The templates of papers of single records: requests, sheets, plans, awards, letters; by their names in MADE."""

from collections.abc import Callable
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Pt

from docs.paper_layout import (
    add_addressees,
    add_annex,
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


def make_award_letter() -> Any:
    """Make the proposal of awards to the level above; its list is an annex."""
    doc = begin()
    add_heading(doc)
    add_title(doc)
    add_body(doc, {})
    add_signature(doc)
    add_annex(doc, "rows", "{{ list_title }}", "{{ with_letter }}")
    add_rows(doc, AWARDS, "rows")
    add_par(doc, "{%p endif %}")
    return doc


AWARDS = (
    ("TT", 11, "n"),
    ("Tập thể, cá nhân", 30, "whom"),
    ("Đơn vị", 30, "unit"),
    ("Hình thức", 26, "form"),
    ("Thành tích", 40, "merit"),
    ("Căn cứ", 28, "rests"),
)


def make_minutes() -> Any:
    """Make the minutes of the meeting on awards: who was there and how they voted is written by hand."""
    doc = begin()
    add_heading(doc)
    add_title(doc, to=False)
    add_par(doc, "{%p for each in left_free %}")
    add_text(doc, "{{ each }}", gap=True)
    add_par(doc, "{%p endfor %}")
    add_text(doc, "Hội nghị đã xét các đề nghị sau:").paragraph_format.space_after = Pt(6)
    columns = (
        ("TT", 11, "n"),
        ("Tập thể, cá nhân", 36, "whom"),
        ("Đơn vị", 34, "unit"),
        ("Hình thức đề nghị", 34, "form"),
        ("Số phiếu đồng ý / tổng số", 26, "votes"),
        ("Kết luận", 24, "state"),
    )
    add_rows(doc, columns, "rows")
    add_text(doc, "{{ closing }}")
    add_par(doc)
    two_sign(doc, "{{ secretary }}", "{{ signer|join(' ') }}")
    return doc


def make_urging() -> Any:
    """Make the letter to the units that are late: a letter has no name of its own, what it is about stands below its number."""
    doc = begin()
    add_heading(doc, about=True)
    add_par(doc)
    add_addressees(doc)
    add_text(doc, "{{ opening }}").paragraph_format.space_after = Pt(6)
    add_rows(doc, (("TT", 12, "n"), ("Đơn vị", 113, "unit"), ("Quá hạn", 40, "late")), "rows")
    add_text(doc, "{{ wants }}")
    add_signature(doc)
    return doc


def make_page() -> Any:
    """Make the page for the leaders: smaller letters, so that it stays one."""
    doc = begin()
    add_heading(doc)
    add_par(doc, "{{ kind }}", size=14, bold=True).paragraph_format.space_before = Pt(6)
    add_par(doc, "{{ subject }}", size=13, bold=True)
    add_line(add_par(doc), 165, 60)
    add_par(doc, "{%p for each in lines %}")
    add_par(doc, "{{ each }}", ALIGN.JUSTIFY, 11).paragraph_format.space_before = Pt(1)
    add_par(doc, "{%p endfor %}")
    return doc


def make_answers() -> Any:
    """Make the answers to a request, a table for each question."""
    doc = begin()
    add_heading(doc)
    add_title(doc, to=False)
    columns = (("TT", 12, "n"), ("Nơi trả lời", 58, "who"), ("Trả lời", 95, "said"))
    add_body(doc, {"table": lambda place: add_rows(place, columns)})
    add_signature(doc)
    return doc


def make_merits() -> Any:
    """Make the page of what one person has achieved."""
    doc = begin()
    _state(doc)
    add_par(doc, "{{ kind }}", size=14, bold=True).paragraph_format.space_before = Pt(18)
    add_par(doc, "{{ subject }}", size=14, bold=True)
    add_par(doc, "{{ who }}", size=14)
    add_body(doc, {})
    add_par(doc)
    table = add_table(doc, (65, 100))
    keep_whole(table.rows[0])
    right = table.rows[0].cells[1]
    fill_cell(right, "{{ place_and_day }}", 14, italic=True)
    add_par(right, "{{ signer|join(' ') }}", size=14, bold=True)
    for _n in range(4):
        add_par(right)
    add_par(right, "{{ signer_name }}", size=14, bold=True)
    return doc


MADE: dict[str, Callable[[], Any]] = {
    "recognition_request": make_request,
    "registration_sheet": make_sheet,
    "unit_plan": make_plan,
    "award_letter": make_award_letter,
    "award_minutes": make_minutes,
    "urging_letter": make_urging,
    "leaders_page": make_page,
    "request_answers": make_answers,
    "own_merits": make_merits,
}
"""The templates by their names."""
