"""A sheet that is sent and refused stays where it was; nothing that was written goes with the refusal."""

from pathlib import Path

import pytest

from tests.conftest import Office, OpenOffice
from tests.sheets import CANDID, sheet

KEPT = "Nội dung đồng chí đã soạn vẫn được giữ trong phiếu chưa gửi."
OPEN = "SELECT state FROM draft WHERE form = '{form}' ORDER BY id DESC LIMIT 1"


@pytest.mark.parametrize("look", ["web", "plain"])
async def test_a_report_that_was_locked_overnight_is_kept(open_office: OpenOffice, look: str) -> None:
    office = await open_office("2027-12-31T16:00")
    heard = await office.says("head", *CANDID, ":clock 2028-01-03T08:00", "gửi", look=look)
    last = heard.split("---\n")[-2]
    assert "đã kết thúc ngày 31/12/2027" in last
    assert KEPT in last
    assert await office.value(OPEN.format(form="report")) == "open"
    assert "Báo cáo năm 2027" in await office.says("head", "việc", look=look)


@pytest.mark.slow
async def test_a_report_that_was_received_meanwhile_is_kept(office: Office) -> None:
    await office.says("head", *CANDID, "gửi", ":wait 15m", "/baocao sua 2027", "2", "4/5")
    await office.says("office", "/tiepnhan BC-2027-QLXD")
    assert await office.value("SELECT received IS NOT NULL FROM result WHERE code = 'BC-2027-QLXD'") == 1
    assert KEPT in await office.says("head", "gửi")
    assert await office.value(OPEN.format(form="report")) == "open"


async def test_a_registration_that_was_received_meanwhile_is_kept(office: Office) -> None:
    await office.says("officer", *sheet("Kho lưu trữ bản vẽ hoàn công dùng chung"))
    code = await office.value("SELECT code FROM initiative ORDER BY id DESC LIMIT 1")
    await office.says("head", f"/xacnhan {code} gui")
    await office.says("officer", f"/cuatoi sua {code}", "1", "Kho bản vẽ hoàn công dùng chung cho toàn phòng")
    await office.says("office", f"/tiepnhan {code}")
    heard = (await office.says("officer", "gửi")).split("---\n")[-2]
    assert KEPT in heard
    assert await office.value("SELECT title FROM initiative ORDER BY id DESC LIMIT 1") == (
        "Kho lưu trữ bản vẽ hoàn công dùng chung"
    )
    assert await office.value(OPEN.format(form="register_sk")) == "open"


async def test_words_are_no_file_of_a_plan(open_office: OpenOffice) -> None:
    office = await open_office("2027-02-15T08:00")
    await office.app.db.write(lambda tx: tx.run("DELETE FROM unit_plan WHERE unit = 'KCHT'"))
    heard = await office.says("Nông Thị Hư Cấu", "/kehoach 2027", "18/01/2027", "1", "Văn thư giữ bản giấy, gửi sau")
    assert "Câu này cần tệp" in heard.split("---\n")[-2]
    assert await office.value("SELECT COUNT(*) FROM answer WHERE value LIKE '%bản giấy%'") == 0


@pytest.mark.parametrize("name", ["Mẫu", "Số hóa hồ sơ lưu trữ của phòng, đợt 11", "Nông Văn Mẫu 2"])
async def test_what_is_no_name_is_refused_at_its_question(office: Office, name: str) -> None:
    heard = (await office.says("office", "/moinguoi", name)).split("---\n")[-2]
    assert "Đồng chí mời ai" in heard
    assert "chưa phải là họ và tên" in heard or "còn ngắn" in heard
    heard = await office.says("office", "thoát", f"/moinguoi {name}")
    assert await office.value("SELECT COUNT(*) FROM answer WHERE field = 'name'") == 0


async def test_a_name_of_many_parts_is_a_name(office: Office) -> None:
    heard = await office.says("office", "/moinguoi", "Công Tằng Tôn Nữ Thị Minh-Hà")
    assert "Đơn vị nào" in heard or "đơn vị nào" in heard, heard


async def test_an_edited_caption_is_no_answer_where_files_alone_are(open_office: OpenOffice, tmp_path: Path) -> None:
    office, file = await open_office("2027-02-15T08:00"), tmp_path / "ke-hoach.pdf"
    file.write_bytes(b"%PDF-1.4 x")
    await office.app.db.write(lambda tx: tx.run("DELETE FROM unit_plan WHERE unit = 'KCHT'"))
    heard = await office.says(
        "Nông Thị Hư Cấu", "/kehoach 2027", "18/01/2027", "1", f":file {file}", ":edit Bản đã ký ngày 18/01"
    )
    assert "lời ghi kèm tệp không được ghi vào phiếu" in heard.split("---\n")[-2]
    assert len(await office.rows("SELECT value FROM answer WHERE field = 'file'")) == 1


async def test_no_day_is_asked_where_none_can_be_promised(open_office: OpenOffice) -> None:
    office = await open_office("2027-12-01T08:00")
    heard = (await office.says("head", "/hen baocao 2027")).split("---\n")[-2]
    assert "hạn" in heard
    assert "Quay lại" not in heard
    assert await office.value("SELECT COUNT(*) FROM draft WHERE form = 'promise' AND state = 'open'") == 0


async def test_another_request_while_one_waits_is_kept(office: Office) -> None:
    await office.says("officer", "/suadulieu", "1", "Nông Văn Mẫu Mực", "gửi")
    heard = (await office.says("officer", "/suadulieu", "1", "Nông Văn Mẫu Mới", "gửi")).split("---\n")[-2]
    assert "đã gửi yêu cầu này" in heard
    assert KEPT in heard
    assert await office.value(OPEN.format(form="data_correct")) == "open"


async def test_the_second_question_may_be_answered_before_the_first(office: Office) -> None:
    heard = await office.says("officer", "/suadulieu", "sửa 2", "sửa 2 Nông Văn Mẫu Mực", "1", "gửi")
    assert "chưa trả lời được" not in heard
    assert "✅" in heard.split("---\n")[-2]
