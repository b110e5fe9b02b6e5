"""The workbook of the scripted year, read back as Excel reads it, beside the tables."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl import load_workbook

from tests.scripted_year import table
from tests.scripted_year.playing import ScriptedPlay
from tests.scripted_year.table import Scripted, rows

Sheets = Mapping[str, Sequence[Mapping[str, Any]]]
SHARES = (("skilled", "2"), ("online", "3"), ("trained", "6"), ("files", "II.3"))
LISTED_REQUESTS = "Yêu cầu báo cáo ngoài kế hoạch"


async def in_workbook(played: ScriptedPlay, of: Scripted) -> list[str]:
    """What of the workbook is not as the tables have it."""
    said = await played.says(await played.who("office"), "/xuat 2027")
    [(data,)] = await played.office.rows(
        f"SELECT content.bytes FROM file JOIN content USING (sha256) WHERE file.id = {said['files'][0]}"
    )
    book = {sheet.title: below(sheet) for sheet in load_workbook(io.BytesIO(data))}
    return [
        f"{what}: the workbook has {told!r}, the tables {wanted!r}"
        for what, told, wanted in [*_figures(book, of), *_lists(book, of), *_duties(book, of)]
        if told != wanted
    ]


def below(sheet: Any) -> list[dict[str, Any]]:
    """The rows of a sheet below the names of its columns; what adds them up is none of them."""
    _title, _about, names, *lines = [[cell.value for cell in row] for row in sheet.iter_rows()]
    return [dict(zip(names, line, strict=True)) for line in lines if "Cộng" not in line and len(line) == len(names)]


def _figures(book: Sheets, of: Scripted) -> list[tuple[str, object, object]]:
    """Of every unit its figures, and the version that the sheet of sources names."""
    found = list[tuple[str, object, object]]()
    by_unit = {(row["Chỉ tiêu số"], row["Mã đơn vị"]): row for row in book["Chỉ tiêu theo đơn vị"]}
    for column, code in SHARES:
        for unit, told in of.told(column).items():
            row = by_unit[code, unit]
            wanted = (None, None) if told == "na" else tuple(map(int, told.split("/")))
            found.append((f"{code} {unit}", (row["Kết quả"], row["Tổng số, mốc so sánh"]), wanted))
    for unit, sent in of.sent.items():
        found.append((f"5 {unit}", by_unit["5", unit]["Kết quả"], float(sent["paper"])))
        versions = [row["Bản"] for row in book["Nguồn số liệu"] if row["Mã theo dõi"] == f"BC-2027-{unit}"]
        found.append((f"version {unit}", max(versions), 1 + (unit in of.corrections)))
    return found


def _lists(book: Sheets, of: Scripted) -> list[tuple[str, object, object]]:
    titles = sorted(row["title"] for row in of.items if row["end"] == "recognised")
    found: list[tuple[str, object, object]] = [
        ("recognised", sorted(row["Tên"] for row in book["Được công nhận"]), titles),
        (
            "awards",
            sorted(
                _bare(row["Cá nhân, tập thể"]) for row in book["Khen thưởng"] if row["Số quyết định"] == "125/QĐ-SXD"
            ),
            sorted(each.partition("|")[0] for each in table.awarded()),
        ),
    ]
    for row in rows("requests"):
        code = f"YC-2027-{int(row['code']):02}"
        asked = [each for each in book[LISTED_REQUESTS] if each["Mã"] == code]
        answered = sum(each["Ngày trả lời"] is not None for each in asked)
        found.append((code, (answered, len(asked)), table.answered(row["code"])[:2]))
    for n, row in enumerate(rows("classes"), 1):
        if row["end"] == "held":
            code = f"LH-2027-{n:03}"
            people = sum(each["Số người"] for each in book["Lớp tập huấn"] if each["Mã"] == code)
            found.append((code, people, table.of_class(row)))
    return found


def _bare(name: str) -> str:
    """A name without the position that stands before it in a decision."""
    return name.removeprefix("Chuyên viên ")


def _duties(book: Sheets, of: Scripted) -> list[tuple[str, object, object]]:
    reports = [row for row in book["Nhiệm vụ"] if row["Nhiệm vụ"] == "Báo cáo năm" and row["Ngày gửi"] is not None]
    late = sorted(int(row["late"]) for row in of.sent.values() if int(row["late"]))
    return [
        ("reports that were sent", len(reports), len(of.sent)),
        ("days late", sorted(row["Số ngày quá hạn"] for row in reports if row["Số ngày quá hạn"]), late),
    ]
