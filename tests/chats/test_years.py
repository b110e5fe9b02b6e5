"""A year that was typed is the year that is shown, or it is refused by name."""

import re
from datetime import date

import pytest

from bot.language import read_years
from tests.conftest import Office, OpenOffice

DAY = date(2027, 11, 2)


@pytest.mark.parametrize(
    ("said", "years"),
    [
        ("2025", (2025,)),
        ("năm 2028", (2028,)),
        ("nam 27", (2027,)),
        ("năm nay", (2027,)),
        ("năm ngoái", (2026,)),
        ("năm trước", (2026,)),
        ("nam sau", (2028,)),
        ("sang năm", (2028,)),
        ("năm kia", (2025,)),
        ("2026-2030", (2026, 2027, 2028, 2029, 2030)),
        ("giai đoạn 2026 – 2028", (2026, 2027, 2028)),
        ("từ năm 2027 đến năm 2028", (2027, 2028)),
        ("2026, 2027", (2026, 2027)),
        ("3000", (3000,)),
        ("05/11/2027", ()),
        ("SK-2027-001", ()),
        ("tháng 10.2027", ()),
        ("1.2027,5", ()),
        ("12027", ()),
        ("", ()),
    ],
)
def test_years_as_people_say_them(said: str, years: tuple[int, ...]) -> None:
    assert read_years(said, DAY).years == years


def test_what_is_said_beside_the_year_stays() -> None:
    assert read_years("năm ngoái của QLXD", DAY).rest == "của QLXD"


@pytest.mark.parametrize(
    "said", ["tổng hợp 2025", "tổng hợp năm kia", "chưa gửi 2025", "tiến độ 2025", "tổng hợp 2031"]
)
async def test_a_year_outside_the_movement_is_refused_by_name(office: Office, said: str) -> None:
    answer = await office.says("office", said)
    year = "2031" if "2031" in said else "2025"
    assert f"Phong trào thi đua từ năm 2026 đến năm 2030, không có năm {year}." in answer
    assert "Tổng hợp năm 2027" not in answer


async def test_last_year_is_last_year(office: Office) -> None:
    assert "Tổng hợp năm 2026" in await office.says("office", "tổng hợp năm ngoái")
    assert "Tiến độ chỉ tiêu năm 2026" in await office.says("officer", "tiến độ năm ngoái")


async def test_a_coming_year_is_refused_with_the_day_it_opens(office: Office) -> None:
    for said in ("tổng hợp 2028", "tổng hợp năm sau", "tiến độ 2028"):
        assert "Chưa mở năm 2028: đăng ký từ 01/12/2027." in await office.says("office", said)


async def test_several_years_are_shown_side_by_side_and_the_others_are_named(office: Office) -> None:
    answer = await office.says("office", "tổng hợp 2026-2030")
    assert "Chưa có gì để xem của các năm: 2028, 2029, 2030." in answer
    assert "Tổng hợp giai đoạn 2026 - 2027" in answer
    assert "<Năm 2026>" in answer
    assert "<Năm 2028>" not in answer
    for year in (2026, 2027):
        alone = await office.says("office", f"tổng hợp {year}")
        sent, units = re.findall(r"Đã gửi[^0-9]*(\d+)/(\d+)", alone)[0]
        assert f"- Năm {year}: đã gửi {sent}/{units}" in answer, "the same figure as that of the year alone"


async def test_of_several_years_one_alone_that_can_be_shown_is_said(office: Office) -> None:
    answer = await office.says("office", "tổng hợp 2027-2028")
    assert "Chưa mở năm 2028" in answer
    assert "<Năm 2027>" in answer
    for who in ("officer", "head"):
        assert "Tổng hợp giai đoạn" not in await office.says(who, "/tonghop 2026-2027")


async def test_what_was_not_understood_is_said(office: Office) -> None:
    answer = await office.says("office", "tổng hợp tháng 9")
    assert "Trợ lý chưa rõ «tháng 9»; dưới đây là cả năm 2027." in answer
    assert "chưa rõ" not in await office.says("office", "tổng hợp giúp tôi năm 2027 nhé")


async def test_a_units_report_is_found_by_its_name_and_year(office: Office) -> None:
    answer = await office.says("office", "xem báo cáo năm ngoái của QLXD")
    assert answer.startswith("Báo cáo năm 2026 của Phòng Quản lý xây dựng")
    assert answer == await office.says("office", "xem báo cáo 2026 phòng quản lý xây dựng")
    unknown = await office.says("office", "xem báo cáo năm ngoái của phòng không có thật")
    assert "Chưa rõ đơn vị «phòng không có thật»." in unknown
    assert "chưa gửi báo cáo" not in unknown


@pytest.mark.slow
async def test_the_coming_year_is_registered_for_from_its_day_on(open_office: OpenOffice) -> None:
    office = await open_office("2027-11-30T09:00")
    for said in (
        "đăng ký cho năm 2028",
        "đăng ký sáng kiến năm sau",
        "đăng ký sáng kiến năm 2028: Tra cứu hồ sơ bằng mã QR",
    ):
        assert "Chưa mở năm 2028: đăng ký từ 01/12/2027." in await office.says("officer", said)
    assert await office.value("SELECT COUNT(*) FROM draft WHERE form LIKE 'register%' AND subject = '2028'") == 0
    menu = await office.says("officer", ":clock 2027-12-15T09:00", "đăng ký cho năm 2028")
    assert "đăng ký nội dung nào cho năm 2028" in menu
    assert "<Đăng ký cho năm 2028>" in await office.says("officer", "/dangky")
    said = await office.says(
        "officer", "/dangky sk 2028", "Tra cứu hồ sơ cấp phép bằng mã QR ở một cửa", "3", "1", "gửi"
    )
    assert "năm 2028" in said
    assert "Mã theo dõi: SK-2028-001" in said


async def test_a_title_that_speaks_of_years_is_for_this_year(office: Office) -> None:
    said = await office.says("officer", "đăng ký nhiệm vụ: Số hóa xong hồ sơ hoàn công giai đoạn 2015 - 2020")
    assert "Đã ghi câu 1, tên: Số hóa xong hồ sơ hoàn công giai đoạn 2015 - 2020" in said
    assert await office.value("SELECT subject FROM draft WHERE form = 'register_nv'") == "2027"


async def test_a_year_that_is_over_takes_registrations_only_where_the_office_opened_it(office: Office) -> None:
    assert "cho năm 2026" in await office.says("officer", "đăng ký cho năm 2026"), "the demo has opened it, quietly"
    await office.app.db.write(lambda tx: tx.run("DELETE FROM year WHERE year = 2026"))
    said = await office.says("officer", "đăng ký cho năm 2026")
    assert "Năm 2026 đã hết nên không đăng ký thêm được." in said
