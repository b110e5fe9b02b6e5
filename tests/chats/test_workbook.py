"""«/xuat»: every table of a year as a workbook, read back as Excel would: real numbers and days, texts that stay texts."""

import io
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.conftest import Office, OpenOffice
from tests.transcribing import FOLDER, LOOKS, Conversation, transcribe

CONVERSATIONS: dict[str, Conversation] = {
    "tables/workbook": [("office", ["bảng excel", "xuất excel năm 2026", "/xuat 2026-2031", "/xuat 2031"])],
    "tables/workbook_of_a_unit": [
        ("head", ["xuat excel", "xuất excel TTr"]),
        ("officer", ["/xuat"]),
        ("office", ["xuất excel QLXD", "xuất excel phòng Quản lý nhà năm 2026", "xuất excel kho bạc"]),
    ],
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


async def test_the_office_gets_one_unit_alone_where_it_names_it(office: Office) -> None:
    _told, own = await book(office, "head", "/xuat 2027")
    _told, named = await book(office, "office", "/xuat 2027 QLXD")
    assert named.sheetnames == own.sheetnames
    assert {row["Đơn vị"] for row in rows(named["Nhiệm vụ"])} == {"Phòng Quản lý xây dựng"}
    before = await office.value("SELECT COUNT(*) FROM job")
    assert "Việc này do" in await office.says("head", "/xuat 2027 TTr"), "heads name no other unit"
    assert await office.value("SELECT COUNT(*) FROM job") == before


@pytest.mark.parametrize(
    "said",
    [
        "xuất số liệu năm 2027 ra excel",
        "cho tôi file excel của phong trào năm 2027",
        "bảng excel từ năm 2026 đến 2027",
        "xuất hết số liệu ra excel để kiểm tra",
        "xuất excel giúp tôi nhé",
        "/xuat năm nay",
        "/xuat toàn sở",
    ],
)
async def test_what_is_said_beside_it_is_no_unit(office: Office, said: str) -> None:
    told = await office.says("office", said)
    assert "chưa biết" not in told
    assert await office.value("SELECT json_extract(about, '$.unit') IS NULL FROM job ORDER BY id DESC LIMIT 1") in (
        1,
        None,
    )


async def test_another_offices_plan_has_its_own_words_in_it(open_school: OpenOffice) -> None:
    told, made = await book(await open_school(), "office", "/xuat")
    assert "Bảng Excel năm" in told
    assert "Tổ" in {cell.value for row in made["Nhiệm vụ"].iter_rows(max_row=3) for cell in row}


async def test_leaders_read_units_and_never_who_has_sent_what(office: Office) -> None:
    _told, desks = await book(office, "office", "/xuat 2027")
    _told, leaders = await book(office, "Tô Thị Thượng Lệ", "/xuat 2027")
    named = {"Nguồn số liệu": "Người gửi", "Thay đổi": "Người thực hiện"}
    for sheet, column in named.items():
        assert column in rows(desks[sheet])[0]
        assert column not in rows(leaders[sheet])[0]
    assert rows(leaders["Được công nhận"])[0]["Tác giả, người phụ trách"], "a decision names its authors"


async def test_a_unit_that_was_left_is_not_given_any_more(office: Office) -> None:
    """The order was a head's; when it is answered they head another unit."""
    talk = await office.chat("head")
    await office.app.receive(talk._chat, "order", {"text": "/xuat 2027"})
    await office.app.dispatcher.answered(talk._chat.id)
    await office.app.db.write(
        lambda tx: tx.run("UPDATE person SET unit = 'KHTC' WHERE name = 'Hoàng Văn Thử'") and None
    )
    await office.app.jobs.drain()
    assert await office.value("SELECT COUNT(*) FROM file WHERE name LIKE 'Bang-so-lieu%'") == 0
    newest = "SELECT json_extract(body, '$.text') FROM outbox ORDER BY id DESC LIMIT 1"
    assert "Việc này do" in str(await office.value(newest))


async def test_what_people_write_stays_a_text(office: Office) -> None:
    await office.app.db.write(
        lambda tx: (
            tx.run("UPDATE initiative SET title = '=HYPERLINK(\"http://x\")' WHERE code = 'SK-2027-001'") and None
        )
    )
    _told, made = await book(office, "office", "/xuat 2027")
    cell = next(cell for row in made["Đăng ký"].iter_rows() for cell in row if str(cell.value).startswith("=HYPERLINK"))
    assert (cell.data_type, cell.quotePrefix) == ("s", True)


async def test_the_sheet_of_sources_names_files_with_their_hash(office: Office) -> None:
    await office.app.db.write(
        lambda tx: (
            tx.run(
                """
            INSERT INTO file (chat, name, kind, size, sha256, record, at)
            SELECT MIN(id), 'phieu-xuat-kho.pdf', 'application/pdf', 3, 'abc123', 'BC-2027-KHTC', '2027-10-15T02:00:00.000000Z'
              FROM chat
            """
            )
            and None
        )
    )
    _told, made = await book(office, "office", "/xuat 2027")
    found = [row for row in rows(made["Nguồn số liệu"]) if row["Mã theo dõi"] == "BC-2027-KHTC"]
    assert found
    assert {(row["Tệp minh chứng"], row["Mã băm SHA-256 của tệp"]) for row in found} == {
        ("phieu-xuat-kho.pdf", "abc123")
    }
    assert "phieu-xuat-kho.pdf" in await office.says("office", "/nguon 5 2027 KHTC")
