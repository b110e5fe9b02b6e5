"""Workbooks written part by part, as programs other than Excel write them, and as nobody should."""

import io
from collections.abc import Mapping, Sequence
from zipfile import ZIP_DEFLATED, ZipFile

TRANSITIONAL = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
)
STRICT = ("http://purl.oclc.org/ooxml/spreadsheetml/main", "http://purl.oclc.org/ooxml/officeDocument/relationships")
HEADER = ("Họ và tên", "Chức vụ", "Đối tượng", "Đơn vị", "Vai trò", "Điện thoại")
UNITS = (("Mã", "Tên", "Loại"), ("VP", "Văn phòng Mẫu", "phòng"), ("QLXD", "Phòng Quản lý xây dựng Mẫu", "phòng"))
MAU = ("Nông Văn Mẫu", "Trưởng phòng", "công chức", "QLXD", "trưởng phòng", "0912000001")
DU = ("Lý Thị Ví Dụ", "Chuyên viên", "công chức", "QLXD", "chuyên viên", "0912000002")

Cell = str | int | float | None


def letters(column: int) -> str:
    """A column's letters."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def cell(place: str, value: Cell) -> str:
    """A cell; a text that begins with < is a whole inside with its attributes before a bar."""
    if value is None:
        return ""
    if isinstance(value, str) and value.startswith("<"):
        return f'<c r="{place}"{value[1:].replace("|", ">", 1)}</c>'
    if isinstance(value, str):
        return f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>'
    return f'<c r="{place}"><v>{value}</v></c>'


def sheet(
    rows: Sequence[Sequence[Cell]],
    merged: Sequence[str] = (),
    hidden: Sequence[int] = (),
    top: int = 1,
    left: int = 1,
    namespaces: tuple[str, str] = TRANSITIONAL,
) -> str:
    """One sheet's part."""
    lines = []
    for line, row in enumerate(rows, top):
        cells = "".join(cell(f"{letters(column)}{line}", value) for column, value in enumerate(row, left))
        shown = ' hidden="1"' if line in hidden else ""
        lines.append(f'<row r="{line}"{shown}>{cells}</row>')
    ranges = "".join(f'<mergeCell ref="{ref}"/>' for ref in merged)
    merges = f"<mergeCells>{ranges}</mergeCells>" if merged else ""
    return f'<worksheet xmlns="{namespaces[0]}"><sheetData>{"".join(lines)}</sheetData>{merges}</worksheet>'


def book(
    sheets: Mapping[str, str],
    hidden: Sequence[str] = (),
    more: Mapping[str, str | bytes] | None = None,
    namespaces: tuple[str, str] = TRANSITIONAL,
    styles: str = "",
) -> bytes:
    """A workbook of these sheets."""
    main, related = namespaces
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as file:
        listed, rels = "", ""
        for number, (name, part) in enumerate(sheets.items(), 1):
            state = ' state="hidden"' if name in hidden else ""
            listed += f'<sheet name="{name}" sheetId="{number}" r:id="r{number}"{state}/>'
            rels += f'<Relationship Id="r{number}" Type="{related}/worksheet" Target="worksheets/s{number}.xml"/>'
            file.writestr(f"xl/worksheets/s{number}.xml", part)
        if styles:
            rels += f'<Relationship Id="st" Type="{related}/styles" Target="/xl/styles.xml"/>'
            file.writestr("xl/styles.xml", styles)
        file.writestr(
            "xl/workbook.xml", f'<workbook xmlns="{main}" xmlns:r="{related}"><sheets>{listed}</sheets></workbook>'
        )
        file.writestr("xl/_rels/workbook.xml.rels", f"<Relationships>{rels}</Relationships>")
        file.writestr(
            "_rels/.rels",
            f'<Relationships><Relationship Id="r" Type="{related}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        for name, data in (more or {}).items():
            file.writestr(name, data)
    return out.getvalue()


def roster(*rows: Sequence[Cell], **how: object) -> bytes:
    """A workbook with the units and these people."""
    return book({"Đơn vị": sheet(UNITS), "Nhân sự": sheet([HEADER, *rows], **how)})  # type: ignore[arg-type]  # as sheet takes them
