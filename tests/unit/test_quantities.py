"""Numbers, fractions, shares, days and periods as people type them."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.author_shares import read_shares
from bot.language.dates import read_day
from bot.language.numbers import TwoMeanings, Units, read_amount, read_fraction
from bot.language.periods import TypedPeriod, read_period

TODAY = date(2027, 3, 3)  # a Wednesday


RAM = Units("ram", (("tờ", Fraction(1, 500)),), ("giấy", "in", "A4"))


@pytest.mark.parametrize(
    ("said", "amount"),
    [
        ("1234", "1234"),
        ("1.234", "1234"),
        ("1 234", "1234"),
        ("1.234,5", "1234.5"),
        ("1 234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1,234,567", "1234567"),
        ("1,5", "1.5"),
        ("0.5", "0.5"),
        ("0,125", "0.125"),
        ("1234.5", "1234.5"),
        ("30.25 ram", "30.25"),
        ("30.5", "30.5"),
        ("-5", "-5"),
        ("khoảng 40", "40"),
        ("18.", "18"),
        ("\u00a018\u200b", "18"),
        ("31", "31"),
        ("30 ram", "30"),
        ("30RAM", "30"),
        ("30 ram ạ", "30"),
        ("dạ 30 ram", "30"),
        ("３１,５ ram", "31.5"),
        ("giấy A4: 30 ram", "30"),
        ("30 ram (giấy in A4).", "30"),
        ("tổng cộng 30 ram nhé", "30"),
        ("15.000 tờ", "30"),
        ("15 000 tờ giấy", "30"),
        ("15 nghìn tờ", "30"),
        ("1,5 triệu tờ", "3000"),
        ("750 to", "1.5"),
        ("1 tờ", "0.002"),
        ("10000 tờ", "20"),
        ("30 ram 12 tờ", "30.024"),
        ("30 ram và 250 tờ giấy", "30.5"),
        ("30 ram rưỡi", "30.5"),
        ("30 ram rưởi", "30.5"),
        ("ba mươi ram", "30"),
        ("ba muoi lam ram", "35"),
        ("tầm 30 ram", "30"),
    ],
)
def test_an_amount_is_read_as_a_vietnamese_office_writes_it(said: str, amount: str) -> None:
    assert read_amount(said, RAM) == Decimal(amount)


def test_a_number_with_two_meanings_is_asked_back() -> None:
    assert read_amount("1,234", RAM) == TwoMeanings(Decimal("1.234"), Decimal(1234))
    assert read_amount("1,500 tờ", RAM) == TwoMeanings(Decimal("0.003"), Decimal(3))


@pytest.mark.parametrize(
    "said",
    [
        "",
        "ram",
        "12 5",
        "5-7",
        "17/18",
        "1.2.3",
        "1,2,3",
        "9" * 40,
        "١٢",
        "30½ ram",
        "30²",
        "30 thùng",
        "32 kg",
        "40 tập",
        "35 gam",
        "30 gram",
        "30 xếp",
        "30 trang",
        "30 hộp giấy A4",
        "30 giấy",
        "30 m2",
        "30%",
        "30,5 ram/tháng",
        "30 ram mỗi tháng",
        "gần 30 ram",
        "hơn 30 ram",
        "dưới 30",
        "30 ram giấy A3",
        "30 ram A4 và 5 ram A3",
        "30 triệu đồng",
        "30 nghìn",
        "1e3",
        "30 hoặc 40 ram",
        "không phải 30 ram",
        "30 ram 600 tờ",
        "30,5 ram rưỡi",
        "30 ram 12",
        "hai trăm ba ram",
        "năm ngoái",
        "30 ram cả phòng",
    ],
)
def test_what_says_more_than_an_amount_in_a_known_unit_is_not_guessed(said: str) -> None:
    assert read_amount(said, RAM) is None


MONEY = Units("triệu đồng", (("tỷ đồng", Fraction(1000)), ("đồng", Fraction(1, 10**6))))
POWER = Units("kWh", (("MWh", Fraction(1000)),), ("điện",))


@pytest.mark.parametrize(
    ("said", "units", "amount"),
    [
        ("30 triệu đồng", MONEY, "30"),
        ("1,2 tỷ đồng", MONEY, "1200"),
        ("500.000 đồng", MONEY, "0.5"),
        ("5 nghìn triệu đồng", MONEY, "5000"),
        ("3 triệu đồng ạ", MONEY, "3"),
        ("1,5 MWh", POWER, "1500"),
        ("5 nghìn kWh điện", POWER, "5000"),
    ],
)
def test_a_unit_of_several_words_is_read_as_a_whole(said: str, units: Units, amount: str) -> None:
    assert read_amount(said, units) == Decimal(amount)


@pytest.mark.parametrize(
    ("said", "units"), [("30 triệu", MONEY), ("30 tỷ", MONEY), ("30 kW", POWER), ("30 kWh/tháng", POWER)]
)
def test_a_part_of_a_units_name_is_not_guessed(said: str, units: Units) -> None:
    assert read_amount(said, units) is None


@given(st.integers(0, 10**12), st.integers(0, 99))
def test_a_number_written_in_full_comes_back(whole: int, part: int) -> None:
    grouped = f"{whole:,}".replace(",", ".")
    assert read_amount(grouped, RAM) == whole
    assert read_amount(f"{grouped},{part:02} ram", RAM) == Decimal(f"{whole}.{part:02}")


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("17/18", (17, 18)),
        ("17 / 18", (17, 18)),
        ("17 trên 18", (17, 18)),
        ("17", (17, None)),
        ("17 tren tong so 18", (17, 18)),
        ("17/18 công chức", (17, 18)),
        ("17 người", (17, None)),
        ("17 người / 18 người", (17, 18)),
        ("1.234/1.300", (1234, 1300)),
        ("17 of 18", (17, 18)),
        ("17%", None),
        ("1,5", None),
        ("0.5", None),
        ("1.5/2", None),
        ("", None),
        ("ba", None),
        ("17/18/19", None),
    ],
)
def test_how_many_of_how_many(said: str, meant: tuple[int, int | None] | None) -> None:
    assert read_fraction(said) == meant


TWO = [("tôi", Decimal(60)), ("Lý Thị Ví Dụ", Decimal(40))]


@pytest.mark.parametrize(
    "said",
    [
        "tôi 60, Lý Thị Ví Dụ 40",
        "tôi 60; Lý Thị Ví Dụ 40",
        "tôi 60\nLý Thị Ví Dụ 40",
        "tôi 60%,Lý Thị Ví Dụ 40%",
        "tôi: 60 và Lý Thị Ví Dụ (40%)",
        "60% tôi, 40 Lý Thị Ví Dụ",
        "tôi 60, đồng chí Lý Thị Ví Dụ 40.",
    ],
)
def test_shares_are_read_however_they_are_separated(said: str) -> None:
    assert read_shares(said) == TWO


def test_a_decimal_comma_in_a_share_separates_nobody() -> None:
    assert read_shares("tôi 33,3, Lý Thị Ví Dụ 66,7") == [("tôi", Decimal("33.3")), ("Lý Thị Ví Dụ", Decimal("66.7"))]


def test_a_name_without_a_share_is_told_apart_from_a_share_without_a_name() -> None:
    assert read_shares("Lý Thị Ví Dụ") == [("Lý Thị Ví Dụ", None)]
    assert read_shares("60") == []
    assert read_shares("tôi 60, 40") == []
    assert read_shares("") == []


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("9/11", date(2027, 11, 9)),
        ("09/11/2026", date(2026, 11, 9)),
        ("9-11-2026", date(2026, 11, 9)),
        ("9.11.2026", date(2026, 11, 9)),
        ("9 / 11 / 2026", date(2026, 11, 9)),
        ("9/11/26", date(2026, 11, 9)),
        ("ngày 9 tháng 11 năm 2026", date(2026, 11, 9)),
        ("ngay 9 thang 11", date(2027, 11, 9)),
        ("2026-11-09", date(2026, 11, 9)),
        ("9 November 2026", date(2026, 11, 9)),
        ("thứ Ba, 09/11/2027", date(2027, 11, 9)),
        ("09/11/2027 (thứ Ba)", date(2027, 11, 9)),
        ("hôm nay", TODAY),
        ("mai", date(2027, 3, 4)),
        ("Ngày mai", date(2027, 3, 4)),
        ("hôm qua", date(2027, 3, 2)),
        ("thứ Năm", date(2027, 3, 4)),
        ("thứ tư", TODAY),
        ("t2", date(2027, 3, 8)),
        ("Chủ nhật", date(2027, 3, 7)),
        ("thứ Hai tuần sau", date(2027, 3, 8)),
        ("thứ sáu tuần này", date(2027, 3, 5)),
        ("cuối năm nay", date(2027, 12, 31)),
        ("hết năm 2028", date(2028, 12, 31)),
        ("cuối năm sau", date(2028, 12, 31)),
        ("cuối t11", date(2027, 11, 30)),
        ("hết tháng 2 năm sau", date(2028, 2, 29)),
        ("cuối quý 2", date(2027, 6, 30)),
        ("cuối quý này", date(2027, 3, 31)),
        ("cuối quý sau", date(2027, 6, 30)),
        ("hết quý IV năm 2028", date(2028, 12, 31)),
        ("30/11 năm sau", date(2028, 11, 30)),
        ("ngày 5 tháng 3 năm ngoái", date(2026, 3, 5)),
        ("2 năm sau", date(2029, 3, 3)),
        ("cuối năm 9999", None),
        ("29/2", None),
        ("31/04/2027", None),
        ("11/13", None),
        ("9/11/0000", None),
        ("1/1/9999", None),
        ("9", None),
        ("", None),
        ("tháng 9", None),
        ("holiday", None),
    ],
)
def test_a_day_is_read_day_first(said: str, day: date | None) -> None:
    assert read_day(said, TODAY) == day


def test_a_day_without_a_year_lies_in_the_year_asked_for() -> None:
    assert read_day("15/12", TODAY, year=2026) == date(2026, 12, 15)
    assert read_day("15/12/2025", TODAY, year=2026) == date(2025, 12, 15)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.sampled_from(["/", "-", "."]))
def test_every_day_written_in_full_comes_back(day: date, mark: str) -> None:
    assert read_day(f"{day.day}{mark}{day.month}{mark}{day.year}", TODAY) == day
    assert read_day(f"ngày {day.day:02} tháng {day.month:02} năm {day.year}", TODAY) == day


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("1/9", "2027-09-01"),
        ("từ 01/09/2027", "2027-09-01"),
        ("tháng 7/2027", "2027-07"),
        ("tháng 9", "2027-09"),
        ("tháng chín", "2027-09"),
        ("9/2028", "2028-09"),
        ("T7/2028", "2028-07"),
        ("2028-07", "2028-07"),
        ("tháng 7 năm 2028", "2028-07"),
        ("tháng mười hai", "2027-12"),
        ("cuối tháng 9", "2027-09"),
        ("quý III", "2027-Q3"),
        ("quy 3/2028", "2028-Q3"),
        ("quý IV năm 2028", "2028-Q4"),
        ("quý ba", "2027-Q3"),
        ("Q2", "2027-Q2"),
        ("t12", "2027-12"),
        ("T 12", "2027-12"),
        ("t3", "2027-03"),
        ("t3 năm sau", "2028-03"),
        ("tháng 3 năm tới", "2028-03"),
        ("tháng 12 năm nay", "2027-12"),
        ("tháng 2 tới", "2028-02"),
        ("tháng 5 tới", "2027-05"),
        ("cuối năm nay", "2027-12"),
        ("cuối năm", "2027-12"),
        ("khoảng cuối năm 2028", "2028-12"),
        ("đầu năm sau", "2028-01"),
        ("giữa năm 2028", "2028-06"),
        ("quý 1/28", "2028-Q1"),
        ("q1 năm sau", "2028-Q1"),
        ("tháng 7/28", "2028-07"),
        ("quarter 3", "2027-Q3"),
        ("July", "2027-07"),
        ("July 2028", "2028-07"),
        ("tháng sau", "2027-04"),
        ("quý sau", "2027-Q2"),
        ("mai", "2027-03-04"),
    ],
)
def test_a_period_is_read_and_kept_as_a_short_text(said: str, kept: str) -> None:
    period = read_period(said, TODAY)
    assert period is not None
    assert period.to_json() == kept
    assert TypedPeriod.from_json(kept) == period


@pytest.mark.parametrize("said", ["", "chưa xác định", "tháng 13", "quý V", "12345", "tháng 9/0000", "quý 3/0000", "9"])
def test_what_is_no_period_is_not_guessed(said: str) -> None:
    assert read_period(said, TODAY) is None


@pytest.mark.parametrize(
    ("today", "said", "kept"), [(date(2027, 12, 5), "tháng sau", "2028-01"), (date(2027, 11, 5), "quý sau", "2028-Q1")]
)
def test_the_next_period_may_lie_in_the_next_year(today: date, said: str, kept: str) -> None:
    assert read_period(said, today) == TypedPeriod.from_json(kept)


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_a_period_ends_the_day_before_the_next_one_begins(day: date) -> None:
    month = TypedPeriod.of_month(day.year, day.month)
    quarter = TypedPeriod.of_quarter(day.year, (day.month + 2) // 3)
    assert quarter.first <= month.first <= day <= month.last <= quarter.last
    assert (month.last + timedelta(days=1)).day == 1
    assert (quarter.last + timedelta(days=1)).month in (1, 4, 7, 10)
    for period in (TypedPeriod.of_day(day), month, quarter):
        assert TypedPeriod.from_json(period.to_json()) == period


@pytest.mark.parametrize("kept", ["", "2027", "2027-Q5", "2027-13", "2027-02-30", "Q3"])
def test_a_damaged_period_is_an_error(kept: str) -> None:
    with pytest.raises(ValueError, match=r"period|month|day"):
        TypedPeriod.from_json(kept)


@pytest.mark.slow
@given(st.text(max_size=40))
def test_nothing_anybody_types_raises(said: str) -> None:
    read_amount(said, RAM)
    read_fraction(said)
    read_shares(said)
    read_day(said, TODAY)
    read_period(said, TODAY)
