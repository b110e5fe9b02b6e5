"""The blank roster that an office fills in, as a workbook in the words of its plan. Pure."""

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.documents.tables import EXAMPLE
from bot.movement import Plan

LONGEST_LIST = 255
"""Characters that a workbook takes of a list to choose from."""


@dataclass(frozen=True)
class BlankSheet:
    """One sheet of it: by column what may be chosen there."""

    title: str
    names: Sequence[str]
    widths: Sequence[int]
    example: Sequence[str]
    choices: Mapping[int, Iterable[str]]


def _sheets(plan: Plan) -> Sequence[BlankSheet]:
    kind, officer, sign = plan.unit_kinds[0], plan.roles.officer.name, f"{plan.office.sign}-{plan.office.desk_unit}"
    return (
        BlankSheet(
            "Đơn vị",
            ("Mã", "Tên", "Loại", "Chức danh người đứng đầu"),
            (14, 48, 14, 28),
            ("MAU1", f"{kind.name[:1].upper()}{kind.name[1:]} Một {EXAMPLE}", kind.name, kind.head),
            {3: [each.name for each in plan.unit_kinds]},
        ),
        BlankSheet(
            "Nhân sự",
            ("Họ và tên", "Chức vụ", "Đối tượng", "Đơn vị", "Vai trò", "Điện thoại", "Mã số", "Năm sinh"),
            (30, 24, 18, 12, 20, 16, 12, 12),
            (
                f"Nông Văn Mẫu {EXAMPLE}",
                f"{officer[:1].upper()}{officer[1:]}",
                "công chức",
                "MAU1",
                officer,
                "",
                "",
                "",
            ),
            {3: ("công chức", "viên chức", "người lao động"), 5: plan.roles.names},
        ),
        BlankSheet(
            "Ngày nghỉ",
            ("Ngày", "Loại", "Ghi chú", "Nguồn"),
            (26, 12, 40, 40),
            (
                "04/02/2027 đến 10/02/2027",
                "nghỉ",
                f"Tết Nguyên đán {EXAMPLE}",
                f"Công văn số 12/{sign} ngày 05/01/2027",
            ),
            {2: ("nghỉ", "làm bù")},
        ),
    )


def template(plan: Plan) -> bytes:
    """Make the blank roster: three sheets, with lists to choose from and a marked example line."""
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook()
    for number, blank in enumerate(_sheets(plan)):
        sheet = book.active if number == 0 else book.create_sheet()
        assert sheet is not None
        sheet.title = blank.title
        for column, (text, width) in enumerate(zip(blank.names, blank.widths, strict=True), 1):
            sheet.cell(1, column, text).font = Font(bold=True)
            sheet.cell(2, column, blank.example[column - 1]).data_type = "s"
            sheet.column_dimensions[chr(64 + column)].width = width
            for line in range(3, 400):
                sheet.cell(line, column).number_format = "@"
        for column, choices in blank.choices.items():
            offered = ",".join(each.replace(",", "").replace('"', "") for each in choices)
            if len(offered) <= LONGEST_LIST:  # a longer one makes the workbook unreadable
                choice = DataValidation(type="list", formula1=f'"{offered}"', allow_blank=True)
                sheet.add_data_validation(choice)
                choice.add(f"{chr(64 + column)}3:{chr(64 + column)}400")
        sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
