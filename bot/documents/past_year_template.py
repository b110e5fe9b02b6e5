"""The workbook in which an office writes a past year down: units prefilled, lists to choose from, a guide. Pure."""

import io
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from bot.documents.past_year_sheets import (
    GUIDE,
    NONE_REGISTERED,
    NOT_APPLICABLE,
    NOTHING,
    OFFICE_ITSELF,
    OUTSIDE,
    WITHDRAWN,
    KnownUnit,
    YearSheet,
    collective,
    cutoff_said,
    measured_before,
    papers_of,
    sheets,
    targets_said,
)
from bot.documents.roster_template import LONGEST_LIST
from bot.documents.tables import EXAMPLE
from bot.movement import Plan

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

LINES = 400
"""So far down the lists to choose from reach."""


def past_year_template(plan: Plan, year: int, units: Sequence[KnownUnit]) -> bytes:
    """Make the workbook of a year for these units."""
    from openpyxl import Workbook

    book = Workbook()
    first = book.active
    assert first is not None
    _guide(first, plan, year)
    for blank in sheets(plan, year):
        _sheet(book, blank, list(_prefilled(plan, year, blank, units)))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _prefilled(plan: Plan, year: int, blank: YearSheet, units: Sequence[KnownUnit]) -> Iterator[dict[str, str]]:
    """Yield what stands in the lines already, by column."""
    units = [unit for unit in units if unit.union == blank.of_unions]
    if blank.by_unit:
        for unit in units:
            yield {"unit": unit.code, "unit_name": unit.name}
    if blank.key == "papers":
        for called, duty in papers_of(plan, year).items():
            for unit in units:
                if duty.by != "office" or unit.code == plan.office.desk_unit:
                    yield {"paper": called, "unit": unit.code, "unit_name": unit.name}
    if blank.key == "baselines":
        before = plan.first_year - 1
        for target in measured_before(plan):
            own = {"target": target.code, "measure": target.unit}
            if target.of_office:
                for each in sorted({before, year}):
                    yield {**own, "unit": OFFICE_ITSELF, "year": str(each)}
                continue
            for unit in units:
                yield {**own, "unit": unit.code, "unit_name": unit.name, "year": str(before)}


def _sheet(book: "Workbook", blank: YearSheet, lines: Sequence[dict[str, str]]) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    sheet = book.create_sheet(blank.title)
    grey = Font(italic=True, color="777777")
    for number, column in enumerate(blank.columns, 1):
        letter = get_column_letter(number)
        head = sheet.cell(1, number, column.title)
        head.font, head.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
        head.fill = PatternFill("solid", fgColor="E8EEF4")
        sheet.column_dimensions[letter].width = column.width
        marked = f"{column.example} {EXAMPLE}".strip() if number == 1 else column.example
        shown = sheet.cell(2, number, marked)
        shown.font, shown.data_type = grey, "s"
        for place, line in enumerate(lines, 3):
            if said := line.get(column.key):
                sheet.cell(place, number, said).data_type = "s"
        offered = ",".join(each.replace(",", "").replace('"', "") for each in column.choices)
        if offered and len(offered) <= LONGEST_LIST:
            choice = DataValidation(type="list", formula1=f'"{offered}"', allow_blank=True, showErrorMessage=False)
            sheet.add_data_validation(choice)
            choice.add(f"{letter}3:{letter}{LINES}")
    sheet.freeze_panes = "C2"


def _guide(sheet: "Worksheet", plan: Plan, year: int) -> None:
    """Write what the workbook is of, by which it is known again, and how it is filled in."""
    from openpyxl.styles import Alignment, Font

    sheet.title = GUIDE
    lines: list[tuple[str, ...]] = [
        (f"Số liệu năm {year} theo hồ sơ giấy",),
        ("Phong trào", plan.name),
        ("Năm", str(year)),
        (),
        *((each,) for each in _how(plan, year)),
        (),
        ("Mã", "Chỉ tiêu", "Cách tính", "Đơn vị tính"),
        *((code, plan.target(code).name, *said) for code, said in targets_said(plan).items()),
    ]
    for place, line in enumerate(lines, 1):
        for column, text in enumerate(line, 1):
            cell = sheet.cell(place, column, text)
            cell.data_type, cell.alignment = "s", Alignment(wrap_text=column == 2, vertical="top")
            if place == 1 or line[0] == "Mã":
                cell.font = Font(bold=True)
    for letter, width in zip("ABCD", (14, 80, 24, 14), strict=True):
        sheet.column_dimensions[letter].width = width


def _how(plan: Plan, year: int) -> Iterator[str]:
    word = plan.terms.unit_word
    named = [f"«{each.title}»" for each in sheets(plan, year)]
    yield f"Tệp có các trang: {', '.join(named)}. Trang nào không có số liệu thì để trống."
    yield f"Dòng có chữ {EXAMPLE} là ví dụ, không được đọc. Không đổi tên trang, tên cột; có thể ẩn hoặc xóa cột không dùng."
    yield "Số viết như 1.234,5; ngày viết như 15/03/2026. Ô có công thức phải có kết quả."
    if any(each.may_not_apply for each in plan.asked_about):
        yield f"Chỉ tiêu không áp dụng với {word}: chọn x ở cột «không áp dụng», hoặc viết «{NOT_APPLICABLE}» vào ô số liệu."
    if year < plan.first_year:
        yield (
            f"Năm {year} là năm trước khi phong trào bắt đầu: số liệu chỉ dùng để so sánh, không vào tổng hợp của năm nào."
        )
        return
    yield f"Số liệu tính đến {cutoff_said(plan)}/{year}, như báo cáo năm."
    yield f"Báo cáo: mục không có gì viết «{NOTHING}», mục không thuộc {word} viết «{OUTSIDE}»; ô trống là chưa viết."
    yield (
        f"Đăng ký: mỗi dòng một nội dung. Tác giả viết họ tên hoặc mã số kèm tỷ lệ, cách nhau bằng dấu chấm phẩy; người trùng tên thêm {word} trong ngoặc; của tập thể viết «{collective(plan)}». Nội dung được công nhận ở hai cấp viết hai dòng. Muốn bỏ một nội dung đã nhận thì chọn «{WITHDRAWN}»."
    )
    if any(each.of_unions for each in sheets(plan, year)):
        yield f"Đoàn thể: mỗi đoàn thể một dòng, ghi như báo cáo của đoàn thể; mục không có gì viết «{NOTHING}», ô trống là chưa viết."
    yield f"Danh sách: {word} không đăng ký nội dung nào thì chọn «{NONE_REGISTERED}»."
    yield f"Kiểm tra: thidua import-year {year} TEN-TEP.xlsx; ghi: thêm --apply. Sửa tệp rồi nhập lại được."
