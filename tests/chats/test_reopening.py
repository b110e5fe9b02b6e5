"""What was received is opened once more: asked for, corrected, compared, received; the old one counts until then."""

import pytest

from tests.conftest import Office, OpenOffice
from tests.sheets import CANDID_REPORT
from tests.transcribing import FOLDER, LOOKS, Conversation, transcribe

CODE = "BC-2027-QLXD"
PAPER = "SELECT numerator FROM figure JOIN result ON result.id = figure.result WHERE unit = 'QLXD' AND year = 2027 AND target = '5'"
STATES = "SELECT version, state FROM report_version WHERE code = 'BC-2027-QLXD' ORDER BY version"
CHIEF = "Hà Văn Thí Dụ"
HOW = "SELECT state FROM reopening ORDER BY id"
OPENED = (f"mở lại {CODE} đến 27/10 vì sai số liệu mục 5", "gửi")
CORRECTED = ("/baocao sua 2027", "5", "31,5", "gửi")


async def received(office: Office) -> None:
    """The report of a unit is sent and received."""
    await office.says("head", *CANDID_REPORT)
    assert "✅" in await office.says("office", f"/tiepnhan {CODE}")


async def opened(office: Office) -> None:
    await received(office)
    assert (
        "✅ Đã mở lại báo cáo năm 2027 của Phòng Quản lý xây dựng đến hết ngày 27/10/2027 (thứ Tư)"
        in await office.says("office", *OPENED)
    )


async def test_a_report_is_corrected_and_counts_once_it_is_received(office: Office) -> None:
    await opened(office)
    told = await office.says("head", ":wait 15m")
    assert "đã mở lại báo cáo năm 2027" in told
    assert "Lý do: «sai số liệu mục 5»" in told
    assert "đến hết ngày 27/10/2027" in told
    assert "<Mở để đính chính>" in told
    review = await office.says("head", "/baocao sua 2027")
    assert "bản 1" in review
    assert "Chưa có mục nào khác bản đã gửi" in review
    assert "31,5 ram (đã sửa)" in await office.says("head", "5", "31,5", "xem toàn văn")
    review = await office.says("head", "tiếp tục")
    assert "- Giấy sử dụng: 30,5 ram → 31,5 ram" in review
    assert "5/5, 100% (như đã gửi)" in await office.says("head", "xem toàn văn")
    said = await office.says("head", "tiếp tục", "gửi")
    assert "✅ Đã gửi bản đính chính" in said
    assert "- Giấy sử dụng: 30,5 ram → 31,5 ram" in said
    assert await office.rows(STATES) == [(1, "counted"), (2, "waiting")]
    assert await office.value(PAPER) == "30.5"
    told = await office.says("office", ":wait 15m")
    assert "- Giấy sử dụng: 30,5 ram → 31,5 ram" in told
    asked = await office.says("office", f"/tiepnhan {CODE}")
    assert "- Giấy sử dụng: 30,5 ram → 31,5 ram" in asked
    assert await office.value(PAPER) == "30.5", "it is looked at before it is received"
    assert "tính theo bản 2" in await office.says("office", "tiếp nhận bản đính chính")
    assert await office.value(PAPER) == "31.5"
    assert await office.rows(STATES) == [(1, "past"), (2, "counted")]
    told = await office.says("head", ":wait 15m")
    assert "- Giấy sử dụng: 30,5 ram → 31,5 ram" in told
    first = await office.says("office", "/xembaocao 2027 QLXD bản 1")
    assert "30,5 ram" in first
    assert "Số liệu đang tính theo bản 2" in first
    assert await office.rows(HOW) == [("received",)]
    assert "vừa" not in first


async def test_every_summary_says_which_version_counts(office: Office) -> None:
    await received(office)
    assert "bản 1" not in await office.says("office", "/tonghop 2027")
    await office.says("office", *OPENED)
    for command in ("/tonghop 2027", "/chuagui 2027"):
        said = await office.says("office", command)
        assert "- Phòng Quản lý xây dựng: tính theo bản 1, đang đính chính đến hết ngày 27/10/2027" in said
    await office.says("head", *CORRECTED)
    for command in ("/tonghop 2027", "/chuagui 2027"):
        assert "tính theo bản 1; bản 2 (đính chính) chờ tiếp nhận" in await office.says("office", command)
    assert "Đang đính chính: 01 báo cáo" in await office.says("officer", "/tiendo 2027")
    await office.says("office", f"/tiepnhan {CODE}", "tiếp nhận bản đính chính")
    assert "tính theo bản 2 (đã đính chính)" in await office.says("office", "/tonghop 2027")
    assert "Đang đính chính" not in await office.says("officer", "/tiendo 2027")


async def test_its_reminders_stand_among_those_to_come(office: Office) -> None:
    assert "bản đính chính" not in await office.says("head", "/lichnhac", ":wait 1m")
    await opened(office)
    mine = await office.says("head", "/lichnhac", ":wait 1m")
    assert "thứ Hai, 25/10/2027, 08:00: Gửi bản đính chính BC-2027-QLXD" in mine
    assert "thứ Tư, 27/10/2027, 08:00: Gửi bản đính chính BC-2027-QLXD" in mine
    assert "hồ sơ được mở lại" in await office.says("office", "/lichnhac tatca", ":wait 1m")
    await office.says("head", *CORRECTED)
    assert "bản đính chính" not in await office.says("head", "/lichnhac", ":wait 1m"), "it is sent"


async def test_the_day_passes_and_nothing_was_sent(open_office: OpenOffice) -> None:
    office = await open_office()
    await opened(office)
    await office.says("head", "/baocao sua 2027", "5", "31,5", "thoát")
    reminded = await office.says("head", ":clock 2027-10-25T08:05")
    assert "Thời gian đính chính báo cáo năm 2027 của Phòng Quản lý xây dựng: đến hết ngày 27/10/2027" in reminded
    reminded = await office.says("head", ":clock 2027-10-27T08:05")
    assert "Hôm nay là ngày cuối đính chính báo cáo năm 2027" in reminded
    told = await office.says("head", ":clock 2027-10-28T08:20")
    assert "đã hết ngày 27/10/2027, chưa có bản mới; bản đã gửi được giữ nguyên" in told
    assert "chưa có bản mới; bản đã gửi được giữ nguyên" in await office.says("office", ":wait 1m")
    assert await office.rows(HOW) == [("passed",)]
    assert await office.rows(STATES) == [(1, "counted")]
    assert "đề nghị đính chính" in (await office.says("head", "/baocao sua 2027")).lower()
    assert await office.value("SELECT COUNT(*) FROM draft WHERE form = 'report' AND state = 'open'") == 0


async def test_sent_a_day_late_it_says_so(open_office: OpenOffice) -> None:
    """The sheet is open when the day ends; nobody has beaten in between."""
    office = await open_office()
    await opened(office)
    await office.says("head", "/baocao sua 2027", "5", "31,5")
    said = await office.says("head", ":clock 2027-10-28T00:00", "gửi")
    assert await office.rows(STATES) == [(1, "counted")]
    assert "✅ Đã gửi" not in said


async def test_the_head_leaves_it_as_it_was_sent(office: Office) -> None:
    await opened(office)
    assert "Giữ nguyên báo cáo năm 2027" in await office.says("head", f"/dinhchinh giu {CODE}")
    assert await office.rows(HOW) == [("open",)]
    assert "giữ nguyên báo cáo năm 2027" in await office.says("head", f"/dinhchinh giu {CODE} co")
    assert await office.rows(HOW) == [("kept",)]
    assert "giữ nguyên báo cáo năm 2027" in await office.says("office", ":wait 15m")
    assert "Hiện không có việc mở lại" in await office.says("head", f"/dinhchinh giu {CODE} co"), "a second tap"


async def test_nothing_has_changed(office: Office) -> None:
    await opened(office)
    assert "Chưa có mục nào thay đổi" in await office.says("head", "/baocao sua 2027", "gửi")
    assert await office.rows(STATES) == [(1, "counted")]
    assert await office.rows(HOW) == [("open",)]


async def test_the_office_closes_it_early(office: Office) -> None:
    await opened(office)
    await office.says("head", *CORRECTED)
    assert "✅" in await office.says("office", f"/molai dong {CODE}", "số liệu đã khớp", "gửi")
    assert await office.rows(STATES) == [(1, "counted"), (2, "past")]
    assert await office.value(PAPER) == "30.5"
    told = await office.says("head", ":wait 15m")
    assert "đã đóng lại báo cáo năm 2027" in told
    assert "số liệu đã khớp" in told
    assert "Không có hồ sơ" in await office.says("office", f"/tiepnhan {CODE}")


async def test_the_head_asks_the_office_agrees(office: Office) -> None:
    await received(office)
    assert "✅ Đã gửi Văn phòng Sở đề nghị mở lại" in await office.says(
        "head", f"xin đính chính {CODE} vì sai số liệu mục 5", "gửi"
    )
    told = await office.says("office", ":wait 15m")
    assert "đề nghị đính chính báo cáo năm 2027" in told
    assert f"<Mở lại {CODE}>" in told
    assert "Trả lời 01 đề nghị đính chính" in await office.says("office", "việc")
    said = await office.says("office", f"/molai {CODE}", "1", "1", "gửi")
    assert "✅ Đã mở lại" in said
    assert await office.rows("SELECT state, why, reason FROM reopening") == [
        ("open", "sai số liệu mục 5", "sai số liệu mục 5")
    ]
    second = await office.says(CHIEF, f"/molai {CODE}")
    assert "đã mở lại báo cáo năm 2027" in second
    assert await office.value("SELECT COUNT(*) FROM reopening") == 1


async def test_the_office_declines(office: Office) -> None:
    await received(office)
    await office.says("head", f"/dinhchinh {CODE}", "sai số liệu mục 5", "gửi")
    assert "✅" in await office.says("office", f"/molai tuchoi {CODE}", "số liệu đã khớp", "gửi")
    told = await office.says("head", ":wait 15m")
    assert "trả lời không mở lại báo cáo năm 2027" in told
    assert "số liệu đã khớp" in told
    assert await office.rows(HOW) == [("declined",)]
    await office.says("head", f"/dinhchinh {CODE}", "sai số liệu mục 5, có danh sách kèm", "gửi")
    assert await office.rows(HOW) == [("declined",), ("asked",)], "it may be asked anew"


async def test_a_second_wish_while_one_is_open(office: Office) -> None:
    await received(office)
    await office.says("head", f"/dinhchinh {CODE}", "sai số liệu mục 5", "gửi")
    said = await office.says("head", f"/dinhchinh {CODE} vì sai cả mục 6")
    assert "Văn phòng Sở chưa trả lời" in said
    assert "✅" in await office.says("head", f"/dinhchinh rut {CODE}")
    assert await office.rows(HOW) == [("withdrawn",)]
    await office.says("office", *OPENED)
    said = await office.says("head", f"/dinhchinh {CODE} vì sai cả mục 6")
    assert "đến hết ngày 27/10/2027" in said
    assert "<Mở để đính chính>" in said
    assert await office.value("SELECT COUNT(*) FROM reopening WHERE state IN ('asked', 'open')") == 1


async def test_two_of_the_office_decide_at_once(office: Office) -> None:
    """Both have the form open; the second hears what the first has done."""
    await received(office)
    await office.says("office", f"mở lại {CODE} đến 27/10 vì sai số liệu mục 5")
    await office.says(CHIEF, f"mở lại {CODE} đến 29/10 vì sai số liệu mục 5")
    assert "✅" in await office.says("office", "gửi")
    second = await office.says(CHIEF, "gửi")
    assert "✅" not in second
    assert "đến hết ngày 27/10/2027" in second
    assert await office.rows("SELECT day FROM reopening") == [("2027-10-27",)]


async def test_another_head_corrects(office: Office) -> None:
    await opened(office)
    await office.says("head", "/baocao sua 2027", "5", "31,5")
    await office.app.db.write(lambda tx: tx.run("UPDATE person SET role = 'officer' WHERE name = 'Hoàng Văn Thử'"))
    await office.app.db.write(lambda tx: tx.run("UPDATE person SET role = 'head' WHERE name = 'Nông Thị Phác Thảo'"))
    assert "✅" not in await office.says("head", "gửi")
    assert await office.rows(STATES) == [(1, "counted")]
    assert "Đính chính báo cáo năm 2027" in await office.says("Nông Thị Phác Thảo", "việc")
    assert "✅ Đã gửi bản đính chính" in await office.says("Nông Thị Phác Thảo", "/baocao sua 2027", "gửi")
    assert await office.rows(STATES) == [(1, "counted"), (2, "waiting")]


async def test_a_correction_is_corrected_before_it_is_received(office: Office) -> None:
    await opened(office)
    await office.says("head", *CORRECTED)
    old = await office.says("office", ":wait 15m", f"/tiepnhan {CODE}")
    assert "30,5 ram → 31,5 ram" in old
    assert "✅" in await office.says("head", "/baocao sua 2027", "5", "32", "gửi")
    assert await office.rows(STATES) == [(1, "counted"), (2, "past"), (3, "waiting")]
    said = await office.says("office", "tiếp nhận bản đính chính")
    assert "đã thay đổi sau tin trước" in said, "what was seen is not what would be received"
    assert "30,5 ram → 32 ram" in await office.says("office", f"/tiepnhan {CODE}", "tiếp nhận bản đính chính")
    assert await office.value(PAPER) == "32"


async def test_a_correction_is_looked_at_by_itself_when_all_are_received(office: Office) -> None:
    await opened(office)
    await office.says("head", *CORRECTED)
    said = await office.says("office", "tiếp nhận tất cả")
    assert f"Bản đính chính được xem và tiếp nhận riêng từng bản: {CODE}" in said
    await office.says("office", "1")
    assert await office.value(PAPER) == "30.5"
    assert await office.rows(STATES) == [(1, "counted"), (2, "waiting")]
    assert await office.rows(HOW) == [("sent",)]


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        (f"mở lại {CODE} đến 17/10 vì sai số liệu", "17/10/2027 đã qua"),
        (f"mở lại {CODE} đến 32/10 vì sai số liệu", "chưa đọc được ngày này"),
        (f"mở lại {CODE} đến 01/01/2035 vì sai số liệu", "chậm nhất là 31/03/2031"),
        ("mở lại BC-2027-KHONG đến 27/10", "Trợ lý chưa rõ hồ sơ «BC-2027-KHONG»"),
        ("mở lại SK-2027-999", "Trợ lý chưa rõ hồ sơ «SK-2027-999»"),
        ("mở lại BC-2027-PTDT", "chưa khóa, không cần mở lại"),
        (f"mở lại {'x' * 100_000}", "mỗi tin nhận nhiều nhất"),
        (f"mở lại {'x' * 7_000}", "Trợ lý chưa rõ hồ sơ"),
        (f"/molai dong {CODE}", "Hiện không có việc mở lại"),
    ],
)
async def test_wrong_words_have_their_sentence(office: Office, said: str, answer: str) -> None:
    await received(office)
    assert answer in await office.says("office", said)
    assert await office.value("SELECT COUNT(*) FROM reopening") == 0
    assert await office.value("SELECT COUNT(*) FROM inbox WHERE state = 'parked'") == 0


async def test_a_unit_asks_for_its_own_records_alone(office: Office) -> None:
    await received(office)
    assert "không có hồ sơ «BC-2026-PTDT»" in await office.says("head", "/dinhchinh BC-2026-PTDT vì sai số liệu")
    assert "do" in await office.says("officer", f"/dinhchinh {CODE} vì sai số liệu")
    assert await office.value("SELECT COUNT(*) FROM reopening") == 0
    said = await office.says("head", "/dinhchinh")
    assert CODE in said


async def test_a_report_that_was_never_sent_is_opened_after_it_was_locked(open_office: OpenOffice) -> None:
    office = await open_office("2028-01-05T08:30")
    assert "đã kết thúc ngày 31/12/2027" in await office.says("head", "/baocao 2027")
    assert "✅ Đã mở lại" in await office.says("office", f"mở lại {CODE} đến 12/01 vì đơn vị mới sáp nhập", "gửi")
    assert "Phần 1/3" in await office.says("head", "/baocao 2027")


# Plans, sheets, lists -------------------------------------------------------------------------


async def test_a_plan_is_corrected(office: Office) -> None:
    plan = "KH-2027-QLXD"
    was = await office.rows("SELECT day, signer FROM unit_plan WHERE code = 'KH-2027-QLXD'")
    assert "<Đề nghị đính chính>" in await office.says("head", "/kehoach 2027")
    assert "✅ Đã mở lại kế hoạch năm 2027" in await office.says(
        "office", f"mở lại {plan} đến 27/10 vì sai ngày", "gửi"
    )
    assert "Mở để đính chính" in await office.says("head", ":wait 15m")
    review = await office.says("head", "/kehoach sua 2027", "1", "18/01/2027")
    assert "Thay đổi (01):" in review
    assert "16/01/2027 → 18/01/2027" in review
    assert "✅ Đã gửi bản đính chính kế hoạch năm 2027" in await office.says("head", "gửi")
    assert await office.rows("SELECT day, signer FROM unit_plan WHERE code = 'KH-2027-QLXD'") == was
    assert f"{plan} kế hoạch năm, Phòng Quản lý xây dựng (bản đính chính)" in await office.says("office", "/tiepnhan")
    assert "16/01/2027 → 18/01/2027" in await office.says("office", f"/tiepnhan {plan}")
    assert "16/01/2027 → 18/01/2027" in await office.says("office", "tiếp nhận bản đính chính")
    assert await office.rows("SELECT day, received IS NOT NULL FROM unit_plan WHERE code = 'KH-2027-QLXD'") == [
        ("2027-01-18", 1)
    ]
    assert "16/01/2027 → 18/01/2027" in await office.says("head", ":wait 15m")
    kept = await office.rows("SELECT state, answers ->> 'day' FROM record_version WHERE record = 'KH-2027-QLXD'")
    assert kept == [("past", "2027-01-16")]


async def test_every_version_of_a_plan_is_read_whole(office: Office) -> None:
    plan = "KH-2027-QLXD"
    await office.says("office", f"mở lại {plan} đến 27/10 vì sai ngày", "gửi")
    await office.says("head", ":wait 15m", "/kehoach sua 2027", "1", "18/01/2027", "gửi")
    listed = await office.says("office", f"xem bản {plan}")
    assert "Các bản của kế hoạch năm 2027 của Phòng Quản lý xây dựng (02)" in listed
    assert "đang được tính" in listed
    assert "chờ tiếp nhận" in listed
    await office.says("office", f"/tiepnhan {plan}", "tiếp nhận bản đính chính")
    first = await office.says("head", f"xem ban 1 cua {plan}")
    assert "không còn được tính" in first
    assert "Ngày ban hành: 16/01/2027" in first
    assert "Bản đang được tính khác ở (01): Ngày ban hành" in first
    assert "Ngày ban hành: 18/01/2027" in await office.says("head", f"/xemban {plan} v2")
    assert "Không có bản 7" in await office.says("head", f"/xemban {plan} v7")
    assert "<Các bản trước>" in await office.says("head", "/kehoach xem 2027")
    for who in ("officer", "Triệu Văn Phỏng"):
        assert "Không có hồ sơ" in await office.says(who, f"/xemban {plan}"), f"{who} neither sends for it nor receives"


async def test_every_version_of_a_report_is_read_by_its_head(office: Office) -> None:
    await opened(office)
    await office.says("head", *CORRECTED)
    listed = await office.says("head", f"/xemban {CODE}")
    assert listed.count("Trưởng phòng Hoàng Văn Thử, ") == 2
    assert "30,5 ram" in await office.says("head", f"/xemban {CODE} v1")
    assert "31,5 ram" in await office.says("head", f"xem bản 2 của {CODE}")
    assert "đề nghị ghi mã" in (await office.says("head", "/xemban")).lower()


async def test_every_version_of_a_sheet_and_of_a_list_is_read(office: Office) -> None:
    writer, code, title = (
        await office.rows(
            "SELECT person.name, code, title FROM initiative JOIN person ON person.id = by"
            " WHERE initiative.state = 'received' AND initiative.unit = 'QLXD' AND initiative.year = 2027 LIMIT 1"
        )
    )[0]
    await office.says("office", f"mở lại {code} đến 27/10 vì tên chưa đủ", "gửi")
    await office.says(writer, ":wait 1m", f"/cuatoi sua {code}", f"sửa 1 {title} và nghiệm thu", "gửi")
    await office.says("office", f"/tiepnhan {code}", "tiếp nhận bản đính chính")
    assert "<Các bản trước>" in await office.says(writer, f"/cuatoi {code}")
    first = await office.says(writer, f"/xemban {code} v1")
    assert f"Tên: {title}\n" in first
    assert "Bản đang được tính khác ở (01): Tên" in first
    other = str(await office.value("SELECT name FROM person WHERE unit = 'KTVL' AND role = 'officer'"))
    assert "Không có hồ sơ" in await office.says(other, f"/xemban {code}")
    await office.says("office", "mở lại DS-2027-QLXD đến 27/10 vì còn phiếu giấy", "gửi")
    await office.says("head", "/xacnhan chot 2027 co")
    assert code in await office.says("office", "/xemban DS-2027-QLXD v1")


async def test_a_received_sheet_is_corrected_by_whoever_wrote_it(office: Office) -> None:
    writer, code, title = (
        await office.rows(
            "SELECT person.name, code, title FROM initiative JOIN person ON person.id = by"
            " WHERE initiative.state = 'received' AND initiative.unit = 'QLXD' AND initiative.year = 2027 LIMIT 1"
        )
    )[0]
    assert "✅ Đã mở lại phiếu" in await office.says("office", f"mở lại {code} đến 27/10 vì tên chưa đủ", "gửi")
    assert f"đã mở lại phiếu {code}" in await office.says("head", ":wait 15m")
    said = await office.says(writer, ":wait 1m", f"/cuatoi sua {code}", f"sửa 1 {title} và nghiệm thu")
    assert f"{title} → {title} và nghiệm thu" in said
    assert "✅ Đã gửi bản đính chính phiếu" in await office.says(writer, "gửi")
    count = f"SELECT title, state FROM initiative WHERE code = '{code}'"
    assert await office.rows(count) == [(title, "received")], "what was received counts"
    assert "và nghiệm thu" in await office.says("office", f"/tiepnhan {code}")
    assert "✅" in await office.says("office", "tiếp nhận bản đính chính")
    assert await office.rows(count) == [(f"{title} và nghiệm thu", "received")]
    assert f"{title} → {title} và nghiệm thu" in await office.says(writer, ":wait 15m")
    assert await office.value(f"SELECT answers ->> 'title' FROM record_version WHERE record = '{code}'") == title
    assert "không sửa" in await office.says(writer, f"/cuatoi sua {code}")


async def test_a_list_is_closed_anew(office: Office) -> None:
    assert "đã chốt" in (await office.says("head", "/xacnhan chot")).lower()
    opened = await office.says("office", "mở lại DS-2027-QLXD đến 27/10 vì còn phiếu giấy", "gửi")
    assert "✅ Đã mở lại danh sách đăng ký năm 2027" in opened
    assert "Chốt danh sách" in await office.says("head", "/xacnhan chot 2027")
    assert "✅" in await office.says("head", "/xacnhan chot 2027 co")
    assert await office.rows("SELECT state FROM reopening WHERE record = 'DS-2027-QLXD'") == [("received",)]
    kept = await office.rows("SELECT what, state FROM record_version WHERE record = 'DS-2027-QLXD'")
    assert kept == [("list", "past")]


async def test_a_list_of_a_year_that_is_over_is_opened_to_register(office: Office) -> None:
    assert "Vẫn đăng ký thêm được" in await office.says("head", "/xacnhan chot 2026"), "it is filed late"
    await office.says("office", "mở lại DS-2026-QLXD đến 27/10 vì còn phiếu giấy", "gửi")
    assert "Câu 1" in await office.says("officer", "/dangky sk 2026"), "a sheet may be added again"
    said = await office.says(
        "head", "/xacnhan chot 2026", "năm 2026 đơn vị không đăng ký", "Đơn vị mới thành lập", "gửi"
    )
    assert "✅" in said
    assert (
        await office.value("SELECT reason FROM closed_list WHERE unit = 'QLXD' AND year = 2026")
        == "Đơn vị mới thành lập"
    )


async def test_a_plan_sent_again_keeps_the_one_before(office: Office) -> None:
    await office.app.db.write(lambda tx: tx.run("UPDATE unit_plan SET received = NULL WHERE code = 'KH-2027-QLXD'"))
    await office.says("head", "/kehoach sua 2027", "1", "18/01/2027", "gửi")
    assert await office.rows("SELECT day FROM unit_plan WHERE code = 'KH-2027-QLXD'") == [("2027-01-18",)]
    assert await office.rows("SELECT answers ->> 'day' FROM record_version") == [("2027-01-16",)]


# A list of a year that is over, the head's whole way ------------------------------------------------


async def test_what_is_closed_is_not_offered_to_be_closed(office: Office) -> None:
    assert "<Chốt danh sách đăng ký của đơn vị>" not in (heard := await office.says("head", "/xacnhan"))
    assert "<Xem danh sách đã chốt>" in heard
    seen = await office.says("head", "/xacnhan", ":tap Xem danh sách đã chốt")
    assert "Danh sách năm 2027 đã chốt lúc" in seen and "SK-2027-001 «" in seen
    await office.says("office", "mở lại DS-2027-QLXD đến 27/10 vì còn phiếu giấy", "gửi")
    assert "<Chốt danh sách đăng ký của đơn vị>" in await office.says("head", "/xacnhan")


async def test_a_list_is_asked_for_by_its_name_and_only_of_ones_own_unit(open_office: OpenOffice) -> None:
    office = await open_office("2028-01-10T09:00")
    for said in (
        "xin mở lại danh sách năm 2027",
        "đính chính danh sách đăng ký 2027",
        "xin mo lai danh sach nam ngoai",
    ):
        asked = await office.says("head", said)
        assert "Đề nghị đính chính: danh sách đăng ký năm 2027 của Phòng Quản lý xây dựng" in asked, said
        await office.says("head", "thoát", "/viec")
    assert "không có hồ sơ" in await office.says("head", "xin mở lại DS-2027-QLN")
    assert "không có hồ sơ" in await office.says("head", "xin mở lại danh 2027")
    ahead = await office.says("head", "/xacnhan chot 2029")
    assert "Năm 2029 chưa được mở" in ahead and "Xin mở lại" not in ahead


async def test_a_last_day_that_has_passed_is_asked_for_anew(open_office: OpenOffice) -> None:
    office = await open_office("2028-01-10T09:00")
    await office.says("office", "mở lại DS-2027-QLXD đến 12/01 vì còn phiếu giấy", "gửi")
    assert "<Chốt và gửi>" in await office.says("head", "/xacnhan chot 2027")
    seen = await office.says("head", ":clock 2028-01-13T09:00", "/xacnhan chot 2027")
    assert "<Chốt và gửi>" not in seen.split("---\n")[-2] and "<Xin mở lại danh sách>" in seen
    assert "Lý do" in await office.says("head", "/dinhchinh DS-2027-QLXD vì còn phiếu giấy")


PAST_LIST: Conversation = [
    (
        "head",
        [
            "/xacnhan chot 2027",
            ":tap Các bản đã chốt",
            "xin mở lại danh sách 2027 vì còn một phiếu giấy",
            "gửi",
            "/xacnhan chot 2027",
        ],
    ),
    ("office", [":wait 15m", "/molai tuchoi DS-2027-QLXD", "Danh sách đã dùng để tổng hợp", "gửi"]),
    ("head", [":wait 15m", "xin mo lai danh sach nam ngoai vi can bo sung phieu da thuc hien", "gửi"]),
    ("office", [":wait 15m", "/molai DS-2027-QLXD", "14/01/2028", "1", "gửi"]),
    (
        "officer",
        [
            "/dangky sk 2027",
            "Sổ theo dõi hồ sơ chậm trên một trang dùng chung",
            "3",
            "Ghi mỗi hồ sơ một dòng, cả phòng cùng xem mỗi sáng",
            "Một mình tôi",
            "Giảm hồ sơ quá hạn",
            "1",
            "gửi",
        ],
    ),
    ("head", [":wait 15m", "/xacnhan", "/xacnhan SK-2027-017 gui", "/xacnhan chot 2027", ":tap Chốt và gửi"]),
    ("head", ["/xacnhan", "/xacnhan chot 2027"]),
    ("office", [":wait 15m"]),
]


@pytest.mark.parametrize("look", LOOKS)
async def test_a_head_has_a_list_of_a_past_year_opened(open_office: OpenOffice, look: str, record: bool) -> None:
    office = await open_office("2028-01-10T09:00")
    await transcribe(office, PAST_LIST, look, FOLDER / "new-year" / f"list_of_a_past_year.{look}.txt", record)
