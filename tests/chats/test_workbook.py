"""«/xuat»: every table of a year as a workbook, read back as Excel would: real numbers and days, texts that stay texts."""

import io
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.conftest import Office, OpenOffice
from tests.transcribing import FOLDER, LOOKS, Conversation, transcribe

CONVERSATIONS: dict[str, Conversation] = {
    "tables/workbook": [("office", ["bảng excel", "xuất excel năm 2026", "/xuat 2026-2031", "/xuat 2031"])],
    "tables/workbook_of_a_unit": [("head", ["xuat excel"]), ("officer", ["/xuat"])],
}


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", CONVERSATIONS)
async def test_tables_are_as_they_were_agreed(name: str, look: str, open_office: OpenOffice, record: bool) -> None:
    await transcribe(await open_office(), CONVERSATIONS[name], look, FOLDER / f"{name}.{look}.txt", record)


async def book(office: Office, who: str, said: str) -> tuple[str, Any]:
    """What is said, and the workbook that came with it."""
    told = await office.says(who, said)
    [(data,)] = await office.rows(
        "SELECT content.bytes FROM file JOIN content USING (sha256) ORDER BY file.id DESC LIMIT 1"
    )
    return told, load_workbook(io.BytesIO(data))


def rows(sheet: Any) -> list[dict[str, Any]]:
    """The rows below the names of the columns, each by its column's name."""
    _title, _about, names, *rest = [[cell.value for cell in row] for row in sheet.iter_rows()]
    return [dict(zip(names, row, strict=True)) for row in rest]


async def test_the_office_gets_all_and_a_head_the_own_units(office: Office) -> None:
    _told, all_of_it = await book(office, "office", "/xuat 2027")
    _told, own = await book(office, "head", "/xuat 2027")
    everybody = {row["Đơn vị"] for row in rows(all_of_it["Nhiệm vụ"])}
    assert len(everybody) == 14
    assert {row["Đơn vị"] for row in rows(own["Nhiệm vụ"])} == {"Phòng Quản lý xây dựng"}


async def test_another_offices_plan_has_its_own_words_in_it(open_school: OpenOffice) -> None:
    told, made = await book(await open_school(), "office", "/xuat")
    assert "Bảng Excel năm" in told
    assert "Tổ" in {cell.value for row in made["Nhiệm vụ"].iter_rows(max_row=3) for cell in row}
