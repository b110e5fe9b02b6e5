"""Inspections: what was found is a task of the unit, put right, closed, reminded of, told in the report and the summary."""

import pytest

from tests.chats.test_outages import move, said_to
from tests.conftest import Office, OpenOffice

OFFICE, CHIEF, HEAD, AUTHOR = "Lương Thị Nháp", "Hà Văn Thí Dụ", "Hoàng Văn Thử", "Nông Văn Mẫu"
FOUND = "03 hồ sơ thẩm định chưa ký số đầy đủ"
RECORD = ("/kiemtra moi", "QLXD", "02/03/2027", "12/BB-KT", FOUND, "31/03/2027", "gửi")


async def test_what_was_found_is_put_right_by_the_unit_and_closed_by_the_office(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-03-03T09:00")
    sent = await office.says(OFFICE, *RECORD)
    assert "Đã ghi GS-2027-001" in sent and "Đã giao Phòng Quản lý xây dựng, đến hết ngày 31/03/2027" in sent
    heard = await office.says(HEAD, ":wait 20m", "việc", "/kiemtra 1")
    assert FOUND in heard and "1. Việc được giao" in heard and "Biên bản: 12/BB-KT" in heard
    await office.says(HEAD, "/viecgiao 1 xong", "Đã ký số đủ 03 hồ sơ ngày 10/03", "gửi")
    assert "đã khắc phục ngày 03/03/2027" in await office.says(OFFICE, "/kiemtra")
    assert "Đã kết thúc" in await office.says(OFFICE, "/viecgiao 1 dong")
    assert "Kiểm tra trong năm (01): có tồn tại 01, đã khắc phục 01." in await office.says(OFFICE, "/tonghop 2027")


async def test_a_file_may_say_that_it_is_put_right(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-03-03T09:00")
    await office.says(OFFICE, *RECORD)
    await office.says(HEAD, "/viecgiao 1 xong", ":file tests/attachments/Thuyết minh mã QR.pdf", "xong", "gửi")
    assert await office.value("SELECT state FROM unit_task") == "done"
    assert "Mở tệp" in await office.says(OFFICE, "/viecgiao 1")
    assert "Mở tệp" in await office.says(HEAD, "/viecgiao 1")
    assert "Không tìm thấy hồ sơ VG-1-QLXD" in await office.says(AUTHOR, "/tep VG-1-QLXD")


async def test_nothing_found_is_said_and_nothing_is_asked_for(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-03-03T09:00")
    sent = await office.says(OFFICE, *RECORD[:4], "không có tồn tại", "gửi")
    assert "Không có tồn tại phải khắc phục" in sent
    assert "Không có tồn tại phải khắc phục" in await office.says(HEAD, ":wait 20m")
    assert await office.value("SELECT COUNT(*) FROM unit_task") == 0


async def test_the_unit_is_reminded_around_the_last_day(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-03-03T09:00")
    await office.says(OFFICE, *RECORD)
    assert "Việc được giao cho đơn vị" in await office.says(HEAD, "/lichnhac")
    await move(office, "2027-04-01T16:00")
    await office.says(HEAD, "việc")  # whoever writes is not spared
    await move(office, "2027-04-09T16:00")
    heard = [each for each in await said_to(office, HEAD, "2027-03-04") if "Việc giao Phòng Quản lý xây dựng" in each]
    assert len(heard) == 5, "3 and 1 working days before 31/03, on it, 2 and 5 after it"
    await office.says(HEAD, "/viecgiao 1 xong", "Đã ký số đủ 03 hồ sơ", "gửi")
    await move(office, "2027-04-30T16:00")
    later = [each for each in await said_to(office, HEAD, "2027-04-10") if "Việc giao Phòng" in each]
    assert later == []


async def test_what_was_recorded_by_mistake_is_taken_out_with_its_task(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-03-03T09:00")
    await office.says(OFFICE, *RECORD)
    assert "có chắc muốn bỏ" in await office.says(CHIEF, "/kiemtra 1 bo")
    assert "Đã bỏ GS-2027-001" in await office.says(CHIEF, "/kiemtra 1 bo co")
    assert "đã được bỏ trước đó" in await office.says(OFFICE, "/kiemtra 1 bo co")
    assert await office.value("SELECT state FROM unit_task") == "withdrawn"
    assert "Chưa ghi cuộc kiểm tra nào" in await office.says(HEAD, "/kiemtra")


async def test_the_report_of_the_unit_tells_of_it(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-10-18T09:00")
    await office.says(OFFICE, *RECORD[:2], "02/03/2027", "12/BB-KT", FOUND, "29/10/2027", "gửi")
    page = await office.says(HEAD, "/baocao 2027", "đúng số liệu", "5/5", "12/12", "30,5", "5/5", "390/400")
    assert "Kiểm tra ngày 02/03/2027 (GS-2027-001): «03 hồ sơ thẩm định chưa ký số đầy đủ»; khắc phục đến hết" in page


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        (("/kiemtra moi", "QLXD", "02/03/2030"), "không muộn hơn hôm nay"),
        (("/kiemtra moi", "Phòng không có"), "chọn"),
        (("/kiemtra moi", "QLXD", "12/10/2027", "12/BB", FOUND, "01/10/2027"), "đã qua"),
        (("/kiemtra GS-2027-009",), "Không có cuộc kiểm tra GS-2027-009"),
    ],
)
async def test_what_cannot_be_is_said(office: Office, lines: tuple[str, ...], why: str) -> None:
    assert why in await office.says(OFFICE, *lines)
    assert await office.value("SELECT COUNT(*) FROM inspection") == 0


async def test_only_the_office_records_and_nobody_else_reads(office: Office) -> None:
    await office.says(OFFICE, "/kiemtra moi", "QLN", "12/10/2027", "12/BB-KT", FOUND, "30/11/2027", "gửi")
    assert "Không có cuộc kiểm tra" in await office.says(HEAD, "/kiemtra 1")
    assert "Việc này do" in await office.says(HEAD, "/kiemtra moi")
    assert "Việc này do" in await office.says(AUTHOR, "/kiemtra")
    assert await office.value("SELECT COUNT(*) FROM inspection") == 1
