"""Who confirms, who receives, who sees what: the way of a sheet through the office."""

import pytest

from tests.conftest import Office, OpenOffice
from tests.sheets import REGISTER, REPORT, TASK


async def state(office: Office, code: str = "SK-2027-017") -> object:
    return await office.value(f"SELECT state FROM initiative WHERE code = '{code}'")


async def test_a_sheet_goes_to_the_head_and_then_to_the_office(office: Office) -> None:
    assert "Trưởng phòng Hoàng Văn Thử xác nhận" in await office.says("officer", *REGISTER)
    assert "SK-2027-017" not in await office.says("office", "/tiepnhan"), "never over the head"
    assert "Có phiếu chờ xác nhận" in await office.says("head", ":wait 1m")
    assert "Đã xác nhận" in await office.says("head", "/xacnhan SK-2027-017 gui")
    assert "SK-2027-017" in await office.says("office", "/tiepnhan")
    assert await state(office) == "confirmed"


async def test_what_the_head_wrote_is_confirmed_by_the_deputy(office: Office) -> None:
    said = await office.says("head", *REGISTER)
    assert "Phó Trưởng phòng Nông Thị Phác Thảo xác nhận" in said, said
    refused = await office.says("head", "/xacnhan SK-2027-017 gui")
    assert "Đã xác nhận phiếu" not in refused
    assert await state(office) == "sent"
    await office.says("Nông Thị Phác Thảo", "/xacnhan SK-2027-017 gui")
    assert await state(office) == "confirmed"


async def test_another_units_head_confirms_nothing_here(office: Office) -> None:
    await office.says("officer", *REGISTER)
    for who in ("Triệu Văn Phỏng", "office", "officer"):
        await office.says(who, "/xacnhan SK-2027-017 gui", "/xacnhan SK-2027-017")
    assert await state(office) == "sent"


async def test_whoever_acts_for_the_head_confirms_too(open_office: OpenOffice) -> None:
    office = await open_office()
    said = await office.says("head", "/xulythay Lục Thị Minh Họa")
    assert "không thay" in said
    await office.says("officer", *REGISTER)
    assert "Có phiếu chờ xác nhận" in await office.says("Lục Thị Minh Họa", ":wait 15m")
    await office.says("Lục Thị Minh Họa", "/xacnhan SK-2027-017 gui")
    assert await state(office) == "confirmed"
    await office.says("head", "/xulythay thoi")
    await office.says("officer", "/dangky sk", "Một việc hoàn toàn khác về kho lưu trữ", *REGISTER[2:])
    await office.says("Lục Thị Minh Họa", "/xacnhan SK-2027-018 gui")
    assert await state(office, "SK-2027-018") == "sent"


async def test_others_sheets_are_not_shown(office: Office) -> None:
    await office.says("officer", *REGISTER)
    for who in ("Phùng Văn Hình Dung", "Lục Thị Minh Họa"):
        said = await office.says(who, "/cuatoi SK-2027-017", "/cuatoi sua SK-2027-017", "/cuatoi rut SK-2027-017")
        assert "Đặt lịch kiểm tra" not in said
    assert await state(office) == "sent"


async def test_of_other_units_only_title_unit_and_year_of_what_is_confirmed(office: Office) -> None:
    await office.says("officer", *REGISTER)
    said = await office.says("Phùng Văn Hình Dung", *REGISTER[:2])
    assert "Câu 2/3" in said, "an unconfirmed sheet of another unit is nobody's business"
    await office.says("head", "/xacnhan SK-2027-017 gui")
    said = await office.says("Phùng Văn Hình Dung", "hủy", "xóa phiếu", *REGISTER[:2])
    assert "Phòng Quản lý xây dựng" in said
    assert "Mẫu" not in said


async def test_closing_the_list_fulfils_the_duty(office: Office) -> None:
    assert "danh sách đăng ký" in await office.says("Triệu Văn Phỏng", "việc")
    await office.says("Triệu Văn Phỏng", "/xacnhan chot", ":tap Chốt và gửi")
    rows = await office.rows("SELECT unit FROM closed_list WHERE year = 2027 AND unit = 'QLN'")
    assert rows == [("QLN",)]
    assert "danh sách đăng ký" not in await office.says("Triệu Văn Phỏng", "việc")


async def test_withdrawing_until_the_office_has_it(office: Office) -> None:
    await office.says("officer", *REGISTER)
    said = await office.says("officer", "/cuatoi rut SK-2027-017", ":tap Rút")
    assert await state(office) == "withdrawn", said


async def test_many_recognitions_by_one_decision(office: Office) -> None:
    ready = [
        row[0]
        for row in await office.rows(
            "SELECT code FROM initiative WHERE year = 2027 AND kind = 'sk' AND state = 'received' LIMIT 2"
        )
    ]
    assert len(ready) == 2
    said = await office.says("office", "/congnhan " + ", ".join(ready), "cơ sở", "88/QĐ-SXD", "15/10/2027", "gửi")
    assert "02" in said
    rows = await office.rows(f"SELECT state FROM initiative WHERE code IN {tuple(ready)}")
    assert rows == [("recognised",), ("recognised",)]


async def test_receiving_all_at_once_locks_them(office: Office) -> None:
    said = await office.says("office", "/tiepnhan tatca", "1", "/tiepnhan")
    assert "Đã tiếp nhận" in said
    assert await office.value("SELECT COUNT(*) FROM initiative WHERE state = 'confirmed'") == 0


@pytest.mark.parametrize(
    "command",
    ["/tiepnhan tatca", "/congnhan 001", "/thoihan plan 2027", "/mocgiay KTVL", "/xembaocao 2026 QLN", "/chuagui 2026"],
)
async def test_the_offices_commands_are_the_offices(office: Office, command: str) -> None:
    for who in ("officer", "head"):
        said = await office.says(who, command)
        assert "Việc này do Văn phòng Sở" in said, said


@pytest.mark.slow
async def test_leaders_see_units_never_people(office: Office) -> None:
    leader = str(await office.value("SELECT name FROM person WHERE role = 'leader'"))
    said = await office.says(leader, "/tonghop 2027", "/tiendo 2027")
    names = [row[0] for row in await office.rows("SELECT name FROM person WHERE role <> 'leader'")]
    assert "Tổng hợp năm 2027" in said
    assert [name for name in names if name in said] == []


@pytest.mark.slow
async def test_leaders_get_only_what_the_chief_lets_them_have(open_office: OpenOffice) -> None:
    office = await open_office()
    leader = str(await office.value("SELECT name FROM person WHERE role = 'leader'"))
    assert await office.says(leader, ":clock 2027-11-12T16:00") == ""


@pytest.mark.slow
async def test_a_late_report_is_marked(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-11-11T09:00")
    said = await office.says("head", *REPORT)
    assert "gửi sau hạn 02 ngày" in said
    assert await office.value("SELECT late FROM result WHERE code = 'BC-2027-QLXD'") == 2
    assert "sau hạn 02 ngày" in await office.says("office", "/tonghop 2027")


async def test_a_locked_year_takes_nothing(open_office: OpenOffice) -> None:
    office = await open_office(at="2028-01-05T09:00")
    said = await office.says("head", "/baocao 2027", "/baocao 2027 sua", "/kehoach 2026")
    assert "Thời gian gửi báo cáo năm 2027 đã kết thúc ngày 31/12/2027" in said
    assert await office.value("SELECT COUNT(*) FROM result WHERE code = 'BC-2027-QLXD'") == 0


async def test_a_button_receives_only_what_it_was_drawn_for(office: Office) -> None:
    await office.says("officer", *TASK)
    await office.says("head", "/xacnhan NV-2027-003 gui")
    talk = await office.chat("office")

    async def says(line: str) -> str:
        talk.out.truncate(0)
        await talk.says(line)
        return talk.out.getvalue()

    async def changes() -> None:
        await office.app.db.write(
            lambda tx: tx.run("UPDATE initiative SET version = version + 1 WHERE code = 'NV-2027-003'")
        )

    state = "SELECT state FROM initiative WHERE code = 'NV-2027-003'"
    await says("/tiepnhan")
    await changes()
    assert "NV-2027-003 đã thay đổi sau tin trước" in await says(":tap NV-2027-003")
    await changes()
    assert "Danh sách đã thay đổi" in await says(":tap Tiếp nhận tất cả")
    assert await office.value(state) == "confirmed"
    await says(":tap NV-2027-003")
    assert await office.value(state) == "received"


@pytest.mark.slow
async def test_a_leader_is_spoken_to_by_the_post(open_office: OpenOffice) -> None:
    office = await open_office("2027-11-08T09:00")
    said = await office.says("Tô Thị Thượng Lệ", "tổng hợp")
    assert "Kính báo cáo đồng chí Phó Giám đốc Sở:\nTổng hợp năm 2027" in said
    await office.says("Hà Văn Thí Dụ", "/tonghop chuyen 2027")
    told = await office.says("Đinh Văn Cao Kỳ", ":wait 30m")
    assert "Kính báo cáo đồng chí Giám đốc Sở: tình hình phong trào thi đua năm 2027" in told


async def test_the_button_names_who_confirms_when_the_head_is_an_author(office: Office) -> None:
    said = await office.says("officer", *REGISTER[:3], "tôi 60, Hoàng Văn Thử 40", *REGISTER[4:])
    assert "[Gửi Phó Trưởng phòng xác nhận]" in said, said
    assert "Trưởng phòng xác nhận]" not in said.replace("Phó Trưởng phòng xác nhận]", "")
    assert "Phó Trưởng phòng Nông Thị Phác Thảo xác nhận" in said
