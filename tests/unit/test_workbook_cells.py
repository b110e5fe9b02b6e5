"""Workbooks: real numbers and days, texts that stay texts, a page that prints."""

import io
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from bot.documents.workbook import HIGHEST, CellKind, FilledSheet, SheetColumn, workbook

HOSTILE = ("=cmd|' /C calc'!A0", "+1", "-1", "@sum", "<b>&amp;", "{{ 7*7 }}", "_x0041_", "‮đảo", "Tiếng Việt")


def sheet(rows: list[tuple[Any, ...]], name: str = "Chỉ tiêu") -> FilledSheet:
    columns = (
        SheetColumn("Tên", width=20),
        SheetColumn("Số", CellKind.NUMBER, adds=True),
        SheetColumn("Tỷ lệ", CellKind.PERCENT),
        SheetColumn("Ngày", CellKind.DAY),
        SheetColumn("Lúc", CellKind.TIME),
    )
    return FilledSheet(name, "Tiêu đề", "Sở", columns, rows, "Cộng", "Chưa có số liệu.")


def read(*sheets: FilledSheet) -> Any:
    return load_workbook(io.BytesIO(workbook(sheets)))


def test_numbers_shares_days_and_moments_are_real_ones() -> None:
    at = datetime(2027, 11, 4, 1, 0, tzinfo=UTC)
    made = read(
        sheet([("Một", Decimal("1234.5"), Decimal("97.5"), date(2027, 11, 4), at), ("Hai", 3, None, None, None)])
    )
    first, second, total = list(made.active.iter_rows(min_row=4))
    assert [cell.value for cell in first] == ["Một", 1234.5, 0.975, datetime(2027, 11, 4), datetime(2027, 11, 4, 8)]
    assert [cell.number_format for cell in first[1:]] == ["#,##0.0##", "0.0%", "dd/mm/yyyy", "dd/mm/yyyy hh:mm"]
    assert second[1].number_format == "#,##0", "a whole number has no comma"
    assert [cell.value for cell in total][:3] == ["Cộng", 1237.5, None]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_people_write_is_never_a_formula(text: str) -> None:
    made = workbook([sheet([(text, text, text, text, text)])])
    assert b"<f>" not in ZipFile(io.BytesIO(made)).read("xl/worksheets/sheet1.xml")
    cells = next(load_workbook(io.BytesIO(made)).worksheets[0].iter_rows(min_row=4))
    for cell in cells:
        assert cell.data_type == "s"
        assert cell.value == text.replace("_x0041_", "_x005F_x0041_"), "as Excel reads it, it is what was typed"
        assert cell.quotePrefix == text.startswith(("=", "+", "-", "@"))


def test_long_texts_and_letters_that_xml_forbids_break_nothing() -> None:
    made = read(sheet([("\x00\x0b\ud800\ufffe" + "dài " * 20_000, None, None, None, None)]))
    cell = made.active["A4"]
    assert cell.value.startswith("dài")
    assert len(cell.value) <= 32_767
    assert made.active.row_dimensions[4].height == HIGHEST


def test_a_sheet_is_filtered_frozen_and_prints_on_a4_with_its_head_repeated() -> None:
    made = read(sheet([("Một", 1, None, None, None)] * 7), sheet([], "Chỉ tiêu"), sheet([], "a/b[c]:*?\\" + "x" * 40))
    page = made.worksheets[0]
    assert page.auto_filter.ref == "A3:E10", "the line of totals is no row to be filtered"
    assert page.freeze_panes == "B4"
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
    assert page.print_title_rows == "$3:$3"
    assert (page.page_setup.fitToWidth, page.page_setup.fitToHeight) == (1, 0)
    assert all(page.row_dimensions[n].height for n in range(1, 12))
    empty = made.worksheets[1]
    assert empty["A4"].value == "Chưa có số liệu."
    names = [each.title for each in made.worksheets]
    assert len({name.casefold() for name in names}) == 3
    assert all(len(name) <= 31 for name in names)
