"""«Bổ sung số liệu đến 31/12»: the office asks in January, the units give their figures once more, nothing is mixed in silence."""

import pytest

from tests.chats.test_reopening import CODE, PAPER, STATES, received
from tests.conftest import Office, OpenOffice
from tests.transcribing import FOLDER, LOOKS, Conversation, transcribe

JANUARY = "2028-01-05T08:30"
ASKED = ("/bosung mo 2027", "21/01/2028", "Công văn 05/SXD-VP ngày 04/01/2028", "gửi")


async def in_january(open_office: OpenOffice) -> Office:
    """The report of a unit was received in its year; it is January."""
    office = await open_office()
    await received(office)
    await office.says("head", f":clock {JANUARY}")
    return office


async def test_the_office_asks_and_the_units_give_their_figures(open_office: OpenOffice) -> None:
    office = await in_january(open_office)
    assert "Mở bổ sung số liệu đến hết ngày 31/12/2027" in await office.says("office", "việc")
    assert "chưa mở bổ sung số liệu" in await office.says("head", "/bosung 2027")
    said = await office.says("office", *ASKED)
    assert "✅" in said
    assert "21/01/2028" in said
    assert "đã được mở" in await office.says("office", "/bosung mo 2027"), "asked for once"
    told = await office.says("head", ":clock 2028-01-06T08:05")
    assert "bổ sung số liệu" in told
    assert "21/01/2028" in await office.says("head", "việc")
    review = await office.says("head", "/bosung 2027")
    assert "đến hết ngày 31/12/2027" in review
    assert "Công tác tuyên truyền" not in review, "figures only"
    assert "Số liệu giữ nguyên như đã gửi" in review
    changed = await office.says("head", "sửa 3 36,5")
    assert "30,5 ram → 36,5 ram" in changed
    said = await office.says("head", "gửi")
    assert "✅ Đã gửi số liệu đến hết ngày 31/12/2027" in said
    assert await office.value(PAPER) == "30.5", "what was received counts"
    assert await office.rows(STATES) == [(1, "counted"), (2, "waiting")]
    assert "bổ sung số liệu" not in await office.says("head", "việc")
    waiting = await office.says("office", f"/tiepnhan {CODE}")
    assert "30,5 ram → 36,5 ram" in waiting
    assert "tính theo bản 2, số liệu đến hết ngày 31/12/2027" in await office.says("office", "tiếp nhận bản đính chính")
    assert await office.value(PAPER) == "36.5"
    narrative = "SELECT COUNT(*) FROM narrative JOIN result ON result.id = narrative.result WHERE code = 'BC-2027-QLXD' AND text <> ''"
    assert int(str(await office.value(narrative))) > 5, "its words stay as they were sent"
    shown = await office.says("office", "/xembaocao 2027 QLXD")
    assert "Số liệu đến hết ngày 31/12/2027" in shown


async def test_the_summary_says_for_how_many_units(open_office: OpenOffice) -> None:
    office = await in_january(open_office)
    before = await office.says("office", "/tonghop 2027")
    assert "31/12/2027: đã bổ sung" not in before
    await office.says("office", *ASKED)
    await office.says("head", "/bosung 2027", "sửa 3 36,5", "gửi")
    assert "đã bổ sung" not in await office.says("office", "/tonghop 2027"), "not before it is received"
    await office.says("office", f"/tiepnhan {CODE}", "tiếp nhận bản đính chính")
    said = await office.says("office", "/tonghop 2027")
    assert "Số liệu đến hết ngày 31/12/2027: đã bổ sung 01/14 đơn vị; các đơn vị khác tính đến hết ngày" in said
    lines = said.split("\n")
    paper = next(n for n, line in enumerate(lines) if line.startswith("5. "))
    assert "Trong đó đến hết ngày 31/12/2027: 01/14 đơn vị" in "\n".join(lines[paper : paper + 4])
    counted = next(n for n, line in enumerate(lines) if line.startswith("4. "))
    assert "31/12/2027" not in lines[counted + 1], "what the assistant counts has no cut-off"
    assert "đã bổ sung 01/14 đơn vị" in await office.says("officer", "/tiendo 2027")


async def test_the_office_sees_who_has_sent_and_changes_the_date(open_office: OpenOffice) -> None:
    office = await in_january(open_office)
    assert "chưa mở bổ sung số liệu" in await office.says("office", "/bosung 2027")
    await office.says("office", *ASKED)
    said = await office.says("office", "bo sung so lieu")
    assert "thời hạn gửi: đến hết ngày 21/01/2028" in said
    assert "Đã gửi: 00/14 đơn vị. Chưa gửi: 14" in said
    assert "còn trong thời hạn (04): Thanh tra Sở; " in said
    assert "nên chưa có số liệu để bổ sung (10): " in said, "no report, no supplement"
    await office.says("head", "/hen bosung 2027 12/01/2028")
    assert "Đã hẹn ngày gửi (01): Phòng Quản lý xây dựng (ngày 12/01/2028)" in await office.says(
        "office", "/bosung 2027"
    )
    await office.says("head", "/bosung 2027", "sửa 3 36,5", "gửi")
    said = await office.says("office", "/bosung")
    assert "Đã gửi: 01/14 đơn vị. Chưa gửi: 13" in said
    assert "Chờ tiếp nhận (01): Phòng Quản lý xây dựng" in said
    await office.says("office", f"/tiepnhan {CODE}", "tiếp nhận bản đính chính")
    said = await office.says("office", ":clock 2028-01-24T09:00", "/bosung mo")
    assert "Bổ sung số liệu năm 2027 đã được mở" in said
    assert "Đã tiếp nhận (01): Phòng Quản lý xây dựng" in said
    assert "quá hạn 03 ngày (03): Thanh tra Sở; " in said
    changed = await office.says("office", "/thoihan supplement 2027", "28/01/2028", "Công văn 09/SXD-VP", "gửi")
    assert "✅" in changed
    assert "thời hạn gửi: đến hết ngày 28/01/2028" in await office.says("office", "/bosung 2027")
    assert "chưa mở bổ sung số liệu" in await office.says("office", "/bosung 2026")


async def test_an_amount_of_the_whole_year_is_measured_against_a_whole_year(open_office: OpenOffice) -> None:
    office = await in_january(open_office)
    await office.says("office", *ASKED, "/moc 5 QLXD")
    said = await office.says("head", "/bosung 2027", "sửa 3 36,5", "gửi")
    await office.says("office", f"/tiepnhan {CODE}", "tiếp nhận bản đính chính")
    rows = await office.rows("SELECT ten_months, whole_year FROM baseline WHERE unit = 'QLXD' AND year = 2026")
    assert rows == [("35", "42")]
    shown = await office.says("office", "/xembaocao 2027 QLXD")
    assert "36,5 ram, giảm 13,1% so với cả năm 2026" in shown, said


async def test_who_has_sent_no_report_has_nothing_to_supplement(open_office: OpenOffice) -> None:
    office = await open_office(JANUARY)
    await office.says("office", *ASKED)
    assert "chưa gửi báo cáo năm 2027" in await office.says("head", "/bosung 2027")


async def test_it_is_asked_for_in_its_months_only(open_office: OpenOffice) -> None:
    office = await open_office("2027-10-18T08:30")
    assert "từ ngày 04/01 đến ngày 31/03 năm sau" in await office.says("office", "/bosung mo 2027")
    assert "bổ sung" not in (await office.says("office", "/thoihan")).lower()


async def test_the_office_is_told_once_in_january(open_office: OpenOffice) -> None:
    office = await in_january(open_office)
    told = await office.says("office", ":clock 2028-01-06T09:35")
    assert "mở bổ sung số liệu đến hết ngày 31/12/2027" in told
    assert "mở bổ sung số liệu" not in await office.says("office", ":clock 2028-01-10T09:35")


async def test_a_supplement_is_changed_until_it_is_received_and_corrected_after(open_office: OpenOffice) -> None:
    office = await in_january(open_office)
    await office.says("office", *ASKED)
    await office.says("head", "/bosung 2027", "sửa 3 36,5", "gửi")
    await office.says("head", "/bosung 2027", "sửa 3 37", "gửi")
    assert await office.rows(STATES) == [(1, "counted"), (2, "past"), (3, "waiting")]
    await office.says("office", f"/tiepnhan {CODE}", "tiếp nhận bản đính chính")
    assert "đã tiếp nhận số liệu đến hết ngày 31/12/2027" in await office.says("head", "/bosung 2027")
    await office.says("office", f"mở lại {CODE} đến 28/01/2028 vì sai mục 5", "gửi")
    review = await office.says("head", "/baocao sua 2027", "sửa 5 38")
    assert "37 ram → 38 ram" in review
    await office.says("head", "gửi")
    await office.says("office", f"/tiepnhan {CODE}", "tiếp nhận bản đính chính")
    assert await office.value(PAPER) == "38"
    assert await office.value(f"SELECT until FROM result WHERE code = '{CODE}'") == "2027-12-31", (
        "it stays supplemented"
    )


async def test_a_school_asks_for_it_too(open_school: OpenOffice) -> None:
    office = await open_school("2027-01-05T08:30")
    assert (
        "bổ sung số liệu" in (await office.says("office", "việc")).lower()
        or await office.value("SELECT COUNT(*) FROM year WHERE year = 2026 AND NOT quiet") == 0
    )
    assert "✅" in await office.says("office", "/bosung mo 2026", "21/01/2027", "Công văn số 02/THCS", "gửi")


CHAT: Conversation = [
    (
        "office",
        [
            ":clock 2028-01-04T07:00",
            "bo sung so lieu 2027",
            ":tap Mở bổ sung số liệu năm 2027",
            "21/01/2028",
            "Công văn 05/SXD-VP ngày 04/01/2028",
            "gửi",
            "/bosung mo 2027",
        ],
    ),
    (
        "head",
        [
            ":clock 2028-01-05T07:55",
            "việc",
            "bổ sung số liệu 2027",
            "sửa",
            "3",
            "ba mươi sáu",
            "36,5",
            "xem phiếu",
            "tiếp tục",
            "gửi",
            "việc",
        ],
    ),
    ("Triệu Văn Phỏng", ["/bosung 2027"]),
    ("office", ["bo sung so lieu 2027", f"/tiepnhan {CODE}", "tiếp nhận bản đính chính", "/tonghop 2027"]),
    ("head", [":wait 15m", "/bosung 2027", ":tap Xem báo cáo"]),
]


@pytest.mark.parametrize("look", LOOKS)
async def test_it_is_as_it_was_agreed(open_office: OpenOffice, look: str, record: bool) -> None:
    office = await open_office("2027-12-31T15:00")
    await received(office)
    await transcribe(office, CHAT, look, FOLDER / "new-year" / f"supplement.{look}.txt", record)
