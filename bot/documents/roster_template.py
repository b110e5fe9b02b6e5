"""The blank roster that an office fills in, as a workbook. Pure."""

import io

from bot.documents.tables import EXAMPLE
from bot.movement import ROLE_CHOICES

SHEETS = (
    (
        "Đơn vị",
        ("Mã", "Tên", "Loại", "Chức danh người đứng đầu"),
        (14, 48, 14, 28),
        ("QLXD", f"Phòng Quản lý xây dựng {EXAMPLE}", "phòng", "Trưởng phòng"),
        {3: "phòng,đơn vị,đoàn thể"},
    ),
    (
        "Nhân sự",
        ("Họ và tên", "Chức vụ", "Đối tượng", "Đơn vị", "Vai trò", "Điện thoại", "Mã số", "Năm sinh"),
        (30, 24, 18, 12, 20, 16, 12, 12),
        (f"Nông Văn Mẫu {EXAMPLE}", "Chuyên viên", "công chức", "QLXD", "chuyên viên", "", "", ""),
        {3: "công chức,viên chức,người lao động", 5: ",".join(ROLE_CHOICES)},
    ),
    (
        "Ngày nghỉ",
        ("Ngày", "Loại", "Ghi chú", "Nguồn"),
        (26, 12, 40, 40),
        ("04/02/2027 đến 10/02/2027", "nghỉ", f"Tết Nguyên đán {EXAMPLE}", "Công văn số 12/SXD-VP ngày 05/01/2027"),
        {2: "nghỉ,làm bù"},
    ),
)
"""Title, names of the columns, their widths, an example line, and by column what may be chosen."""


def template() -> bytes:
    """Make the blank roster: three sheets, with lists to choose from and a marked example line."""
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook()
    for number, (title, names, widths, example, lists) in enumerate(SHEETS):
        sheet = book.active if number == 0 else book.create_sheet()
        assert sheet is not None
        sheet.title = title
        for column, (text, width) in enumerate(zip(names, widths, strict=True), 1):
            sheet.cell(1, column, text).font = Font(bold=True)
            sheet.cell(2, column, example[column - 1]).data_type = "s"
            sheet.column_dimensions[chr(64 + column)].width = width
            for line in range(3, 400):
                sheet.cell(line, column).number_format = "@"
        for column, offered in lists.items():
            choice = DataValidation(type="list", formula1=f'"{offered}"', allow_blank=True)
            sheet.add_data_validation(choice)
            choice.add(f"{chr(64 + column)}3:{chr(64 + column)}400")
        sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
