"""The tables of a rehearsal: real dates and times, no formulas, memory that rows do not fill."""

import csv
import io
import tracemalloc
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from bot.documents.reminder_table import csv_rows, workbook
from bot.server.clock import OFFICE

LABELS = {
    "pings": {"name": "Tin nhắc", "columns": ["Ngày", "Giờ", "Người nhận", "Đơn vị", "Kênh", "Mốc", "Nội dung"]},
    "people": {"name": "Theo người", "columns": ["Người nhận", "Đơn vị", "Số tin"]},
    "days": {"name": "Theo ngày", "columns": ["Ngày", "Số tin"]},
}


@dataclass(frozen=True)
class Ping:
    at: datetime
    person: str = "Hoàng Văn Thử"
    unit: str = "Phòng Quản lý xây dựng"
    channel: str = "zalo"
    rung: str = "-7"
    text: str = "Nhắc gửi báo cáo năm 2027\nCòn 05 ngày."


MORNING = datetime(2027, 11, 4, 8, 0, tzinfo=OFFICE)
PINGS = [
    Ping(MORNING),
    Ping(datetime(2027, 11, 8, 18, 30, tzinfo=UTC), rung="0"),
    Ping(MORNING, person="Triệu Văn Phỏng", unit="Phòng Quản lý nhà", text="=1+1"),
]


def opened(pings: Any = PINGS) -> Workbook:
    return load_workbook(io.BytesIO(workbook(pings, LABELS)))


def test_every_ping_with_real_dates_and_times() -> None:
    sheet = opened()["Tin nhắc"]
    header, first, second, _third = sheet.iter_rows()
    assert [cell.value for cell in header] == LABELS["pings"]["columns"]
    assert [cell.value for cell in first] == [
        datetime(2027, 11, 4),
        time(8, 0),
        "Hoàng Văn Thử",
        "Phòng Quản lý xây dựng",
        "zalo",
        "-7",
        "Nhắc gửi báo cáo năm 2027\nCòn 05 ngày.",
    ]
    assert [cell.data_type for cell in first] == ["d", "d", "s", "s", "s", "s", "s"]
    assert [cell.number_format for cell in first[:2]] == ["dd/mm/yyyy", "hh:mm"]
    assert first[6].alignment.wrap_text
    assert (second[0].value, second[1].value) == (datetime(2027, 11, 9), time(1, 30)), "the office's time"


def test_totals_a_person_and_a_day() -> None:
    book = opened()
    assert list(book["Theo người"].iter_rows(min_row=2, values_only=True)) == [
        ("Hoàng Văn Thử", "Phòng Quản lý xây dựng", 2),
        ("Triệu Văn Phỏng", "Phòng Quản lý nhà", 1),
    ]
    assert list(book["Theo ngày"].iter_rows(min_row=2, values_only=True)) == [
        (datetime(2027, 11, 4), 2),
        (datetime(2027, 11, 9), 1),
    ]
    assert book["Theo người"]["C2"].data_type == "n"


def test_it_can_be_looked_through_and_printed() -> None:
    book = opened()
    for name, whole in (("Tin nhắc", "A1:G4"), ("Theo người", "A1:C3"), ("Theo ngày", "A1:B3")):
        sheet = book[name]
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == whole
        assert sheet.page_setup.orientation == "landscape"
        assert int(sheet.page_setup.paperSize or 0) == 9, "A4"
        assert sheet.page_setup.fitToHeight == 0
        assert sheet.sheet_properties.pageSetUpPr
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_title_rows == "$1:$1"
        assert sheet["A1"].font.bold
    assert book["Tin nhắc"].column_dimensions["G"].width == 70


@pytest.mark.parametrize("text", ["=1+1", "+84 912", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("x")'])
def test_a_formula_stays_a_text(text: str) -> None:
    row = opened([Ping(MORNING, person=text, text=text), Ping(MORNING)])["Tin nhắc"]
    for cell in (row["C2"], row["G2"]):
        assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)
    assert not row["C3"].quotePrefix
    assert not row["G3"].quotePrefix


def test_what_excel_cannot_hold_is_left_out() -> None:
    assert opened([Ping(MORNING, text="a\x00\x0bb")])["Tin nhắc"]["G2"].value == "ab"


def test_a_year_without_a_ping() -> None:
    book = opened([])
    assert [sheet.max_row for sheet in book.worksheets] == [1, 1, 1]


def many(n: int) -> Iterator[Ping]:
    for each in range(n):
        yield Ping(MORNING + timedelta(days=each % 200), person=f"Người {each % 50}")


@pytest.mark.slow
def test_memory_does_not_grow_with_rows() -> None:
    def peak(n: int) -> int:
        tracemalloc.start()
        workbook(many(n), LABELS)
        _now, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    workbook(many(1), LABELS)
    few = peak(500)
    assert peak(5000) < few * 1.5 + 200_000


def test_csv() -> None:
    written = "".join(csv_rows(PINGS)).encode()
    assert written.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in written
    rows = list(csv.DictReader(io.StringIO(written.decode("utf-8-sig"), newline="")))
    assert list(rows[0]) == ["at", "person", "unit", "channel", "rung", "text"]
    assert rows[0]["at"] == "2027-11-04T08:00:00+07:00"
    assert rows[1]["at"] == "2027-11-09T01:30:00+07:00"
    assert rows[0]["text"] == "Nhắc gửi báo cáo năm 2027\nCòn 05 ngày."
    assert rows[0]["rung"] == "-7"
    assert rows[2]["text"] == "'=1+1"


def test_csv_rows_come_one_by_one() -> None:
    assert next(iter(csv_rows(many(10**12)))).startswith("\ufeffat,")
