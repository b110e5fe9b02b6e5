"""A date that is typed is the date that is kept; one that is hardly meant is asked back."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from bot.language.dates import read_day
from tests.conftest import Office, OpenOffice

pytestmark = pytest.mark.slow

DAY = date(2027, 11, 8)
"""The day before the last one for reports: the promise's only button is «Gửi thứ Ba, 09/11/2027»."""
WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
WAYS: dict[str, Callable[[date], str]] = {
    "full": lambda day: f"{day:%d/%m/%Y}",
    "no zeros": lambda day: f"{day.day}/{day.month}/{day.year}",
    "no year": lambda day: f"{day.day}/{day.month}",
    "dashes": lambda day: f"{day:%d-%m-%Y}",
    "dots": lambda day: f"{day:%d.%m.%Y}",
    "short year": lambda day: f"{day:%d/%m/%y}",
    "iso": lambda day: f"{day:%Y-%m-%d}",
    "words": lambda day: f"ngày {day.day} tháng {day.month} năm {day.year}",
    "unmarked": lambda day: f"ngay {day.day} thang {day.month}",
    "weekday": lambda day: f"{WEEKDAYS[day.weekday()]}, {day:%d/%m/%Y}",
    "said": lambda day: f"gửi vào ngày {day:%d/%m}",
    "counted": lambda day: f"{(day - DAY).days} ngày nữa",
}
LAST = date(2027, 11, 23)
"""Fourteen days after the last day: as far as a promise goes."""


@pytest.mark.parametrize("way", WAYS)
async def test_a_promise_is_the_day_that_was_typed(open_office: OpenOffice, way: str) -> None:
    office = await open_office("2027-11-08T09:00")
    for n in range(1, 41):
        day = DAY + timedelta(days=n)
        before = await office.value("SELECT MAX(day) FROM promise")
        said = await office.says("head", "/viechan hen results 2027", WAYS[way](day), "vẫn hẹn ngày này", "thoát")
        kept = await office.value("SELECT MAX(day) FROM promise")
        if day > LAST:
            assert kept == before
            assert f"Chưa ghi ngày {day:%d/%m/%Y}: ngày hẹn muộn nhất là 23/11/2027" in said
        else:
            assert kept == day.isoformat()
            assert f"✅ Đã ghi: hẹn gửi báo cáo năm 2027 vào {WEEKDAYS[day.weekday()]}, {day:%d/%m/%Y}." in said


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("3 tuần sau", date(2027, 11, 29)),
        ("mùng 5/11", date(2027, 11, 5)),
        ("mồng 5 tháng 12", date(2027, 12, 5)),
        ("ngày hôm nay", DAY),
        ("sáng mai", date(2027, 11, 9)),
        ("ngày 20", date(2027, 11, 20)),
        ("mùng 5 tháng sau", date(2027, 12, 5)),
        ("hai tuần nữa", date(2027, 11, 22)),
        ("1 tháng nữa", date(2027, 12, 8)),
        ("sau 3 ngày", date(2027, 11, 11)),
        ("3 ngày trước", date(2027, 11, 5)),
        ("thứ 5 tuần sau nữa", date(2027, 11, 25)),
        ("thứ Sáu này", date(2027, 11, 12)),
        ("cuối tháng", date(2027, 11, 30)),
        ("hết tháng này", date(2027, 11, 30)),
        ("cuối tháng sau", date(2027, 12, 31)),
        ("gửi vào cuối tháng 2/2028", date(2028, 2, 29)),
        ("cuối tháng mười hai nhé", date(2027, 12, 31)),
        ("cuối tháng 13", None),
        ("cuối năm", date(2027, 12, 31)),
        ("cuối tuần", None),
        ("thứ Hai, 09/11/2027", None),
        ("một", None),
        ("999 năm nữa", None),
        ("3 ngày", None),
    ],
)
def test_days_as_they_are_spoken(said: str, day: date | None) -> None:
    assert read_day(said, DAY) == day


async def test_a_weekday_that_is_not_that_date_is_asked_about(office: Office) -> None:
    said = await office.says("head", "/viechan hen results 2027", "thứ Hai, 09/11/2027")
    assert "Ngày 09/11/2027 là thứ Ba." in said
    assert await office.value("SELECT COUNT(*) FROM promise") == 0


@pytest.mark.parametrize("said", ["thứ Hai; 09/11/2027", "thứ Sáu\n28/10/2027", "25/10; 26/10"])
async def test_of_two_days_none_is_recorded(office: Office, said: str) -> None:
    await office.says("head", "/viechan hen results 2027", said)
    assert await office.value("SELECT COUNT(*) FROM promise") == 0


async def test_one_digit_wrong_is_never_the_button(office: Office) -> None:
    said = await office.says("head", "/viechan hen results 2027", "Gửi thứ Ba, 19/11/2027", "11/2027", "gửi thứ ta")
    assert "✅" not in said
    assert await office.value("SELECT COUNT(*) FROM promise") == 0


async def test_nobody_promises_the_rest_of_the_year_away(open_office: OpenOffice) -> None:
    office = await open_office("2027-11-08T09:00")
    said = await office.says("head", "hẹn 31/12")
    assert "Chưa ghi ngày 31/12/2027" in said
    assert "đề nghị Văn phòng Sở gia hạn" in said
    assert await office.value("SELECT COUNT(*) FROM promise") == 0


async def test_a_promise_for_one_of_several_duties_keeps_its_day(office: Office) -> None:
    await office.says("office", "/thoihan plan 2027", "30/11/2027", "Công văn 12/SXD-VP", "gửi")
    said = await office.says("Đàm Thị Ước Lệ", "hẹn 3/11")
    assert "Hẹn thứ Tư, 03/11/2027: đồng chí hẹn gửi việc nào?" in said
    said = await office.says("Đàm Thị Ước Lệ", "1")
    assert "✅ Đã ghi: hẹn gửi kế hoạch năm 2027 vào thứ Tư, 03/11/2027." in said
    assert await office.value("SELECT day FROM promise") == "2027-11-03"


async def test_a_leave_of_forty_five_years_is_asked_about(office: Office) -> None:
    said = await office.says("head", "/nghiphep 28/10/2027 đến 12/11/2072")
    assert "Từ nay đến ngày 12/11/2072 còn 45 năm." in said
    said = await office.says("officer", "nghỉ phép 5/11/2072")
    assert "có đúng không?" in said
    assert await office.value("SELECT COUNT(*) FROM person WHERE away_until IS NOT NULL") == 0
    said = await office.says("head", "sửa câu trả lời", "12/11", "bỏ qua")
    assert "2. Đến hết ngày: 12/11/2027" in said
    assert await office.value("SELECT COUNT(*) FROM person WHERE away_until IS NOT NULL") == 0, "not before «gửi»"
    await office.says("head", "gửi")
    assert await office.value("SELECT MAX(away_until) FROM person") == "2027-11-12"


async def test_no_decision_is_older_than_the_sheet_it_recognises(office: Office) -> None:
    said = await office.says("office", "/congnhan SK-2027-005", "1", "125/QĐ-SXD", "15/06/1927")
    assert "Ngày 15/06/1927 cách nay 100 năm." in said
    assert await office.value("SELECT COUNT(*) FROM recognition WHERE day < '2000-01-01'") == 0


@pytest.mark.parametrize(
    ("who", "lines"),
    [
        ("officer", ["/dangky nv", "Số hóa xong 400 hồ sơ hoàn công", "3", "1", "17/12/2057"]),
        ("officer", ["/dangky sk", "Số hóa xong 400 hồ sơ hoàn công", "3", "1", "sửa áp dụng", "tháng 7/2072"]),
        ("office", ["/lich nghi", "04/02/2030"]),
        ("Đàm Thị Ước Lệ", ["/kehoach 2027", "12/10/2026"]),
    ],
)
async def test_every_date_has_days_on_which_it_is_believed(office: Office, who: str, lines: list[str]) -> None:
    said = await office.says(who, *lines)
    assert "có đúng không?" in said.split("---\n")[-2]
