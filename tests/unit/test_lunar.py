"""Days told from the lunar new year, compared with the calendar of public holidays."""

from datetime import date, timedelta

import pytest

from bot.language.dates import read_day
from bot.language.lunar import FIRST, OFF, new_year, read_lunar
from bot.language.periods import read_period
from bot.movement.holidays import vietnam

LAST = 2050


def test_the_lunar_years_begin_as_the_calendar_has_them() -> None:
    for year in range(FIRST, LAST + 1):
        (first,) = [day for day, name in vietnam((year,)).items() if name == "Tết Nguyên đán"]
        assert new_year(year) == first
        assert first + timedelta(days=OFF) not in vietnam((year,)) or first.year == 0
    assert new_year(FIRST - 1) is None
    assert new_year(LAST + 1) is None


@pytest.mark.parametrize(
    "said", ["sau Tết", "sau tet", "ra Tết", "qua tết nguyên đán", "sau kỳ nghỉ Tết", "từ sau Tết"]
)
def test_after_the_new_year_is_the_day_after_the_days_off(said: str) -> None:
    assert read_day(said, date(2027, 10, 18)) == date(2028, 1, 31)
    period = read_period(said, date(2027, 10, 18))
    assert period is not None
    assert period.to_json() == "2028-01-31"


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("mùng 6 Tết", date(2028, 1, 31)),
        ("mồng 10 tháng Giêng", date(2028, 2, 4)),
        ("mung 1 tet", date(2028, 1, 26)),
        ("mùng 30 Tết", None),
        ("trước Tết", None),
        ("Tết", None),
        ("gần Tết", None),
        ("mùng 5", None),
    ],
)
def test_days_of_the_new_year(said: str, day: date | None) -> None:
    assert read_lunar(said, date(2027, 10, 18)) == day


def test_just_after_the_new_year_it_is_asked_which_one_is_meant() -> None:
    assert read_lunar("sau Tết", date(2027, 2, 12)) is None
    assert read_lunar("sau Tết", date(2027, 2, 11)) == date(2027, 2, 11)
    assert read_lunar("sau Tết", date(2027, 6, 1)) == date(2028, 1, 31)
    assert read_lunar("sau Tết", date(LAST, 6, 1)) is None
