"""Working days, office hours and the clock: the office's calendar of 2026 to 2030."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import bot
from bot.movement.calendar import Calendar, Hours, Override
from bot.movement.holidays import Holidays, read_holidays, read_overrides, vietnam
from bot.server.clock import OFFICE, Clock, at_office

YEARS = read_holidays((Path(bot.__file__).parent / "plans" / "holidays-vn-years.csv").read_text("utf-8"))
TABLE = (Path(bot.__file__).parent / "plans" / "holidays-vn.csv").read_text("utf-8")
CALENDAR = Calendar(vietnam(range(2025, 2032)), read_overrides(TABLE))
HOURS = Hours(((time(8), time(11)), (time(14), time(16, 30))))
DAYS = st.dates(date(2026, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 1, 1),
        date(2026, 2, 16),
        date(2026, 2, 20),
        date(2026, 4, 27),
        date(2026, 4, 30),
        date(2026, 5, 1),
        date(2026, 8, 31),
        date(2026, 9, 1),
        date(2026, 9, 2),
        date(2026, 11, 24),
        date(2027, 1, 1),
        date(2027, 2, 10),
        date(2027, 4, 16),
        date(2027, 5, 3),
        date(2027, 9, 3),
        date(2027, 11, 24),
        date(2028, 1, 3),
        date(2028, 1, 26),
        date(2028, 4, 4),
        date(2028, 5, 2),
        date(2028, 9, 4),
        date(2029, 2, 13),
        date(2029, 4, 23),
        date(2029, 9, 4),
        date(2029, 11, 26),
        date(2030, 1, 31),
        date(2030, 2, 6),
        date(2030, 4, 12),
        date(2030, 11, 25),
    ],
)
def test_a_public_holiday_is_off_and_says_why(day: date) -> None:
    assert day.weekday() < 5
    assert not CALENDAR.works(day)
    assert CALENDAR.why_off(day)


@pytest.mark.parametrize(
    ("year", "first"),
    [
        (2026, date(2026, 2, 17)),
        (2027, date(2027, 2, 6)),
        (2028, date(2028, 1, 26)),
        (2029, date(2029, 2, 13)),
        (2030, date(2030, 2, 2)),
    ],
)
def test_tet_is_on_the_vietnamese_day(year: int, first: date) -> None:
    """In 2030 the Chinese calendar has it a day later."""
    assert vietnam([year])[first] == "Tết Nguyên đán"


def test_a_swapped_day_is_off_and_its_saturday_is_worked() -> None:
    assert not CALENDAR.works(date(2026, 1, 2))
    assert CALENDAR.works(date(2026, 1, 10))
    assert not CALENDAR.works(date(2026, 8, 31))
    assert CALENDAR.works(date(2026, 8, 22))
    assert not CALENDAR.works(date(2026, 8, 29))


@pytest.mark.parametrize(
    ("year", "last"),
    [
        (2026, date(2026, 11, 9)),
        (2027, date(2027, 11, 9)),
        (2028, date(2028, 11, 9)),
        (2029, date(2029, 11, 9)),
        (2030, date(2030, 11, 8)),
    ],
)
def test_the_last_working_day_for_the_results(year: int, last: date) -> None:
    assert CALENDAR.previous_workday(date(year, 11, 9)) == last


def test_five_days_left_are_three_working_days_without_today() -> None:
    assert CALENDAR.between(date(2027, 11, 4), date(2027, 11, 9)) == 3
    assert CALENDAR.between(date(2027, 11, 9), date(2027, 11, 9)) == 0


def test_the_ladder_counts_back_over_weekends() -> None:
    last = date(2027, 11, 9)
    assert [CALENDAR.shift(last, n) for n in (-7, -3, -1, 0, 1, 2, 3)] == [
        date(2027, 10, 29),
        date(2027, 11, 4),
        date(2027, 11, 8),
        last,
        date(2027, 11, 10),
        date(2027, 11, 11),
        date(2027, 11, 12),
    ]


@given(DAYS, st.integers(1, 30))
def test_shifting_by_working_days_is_what_counting_them_says(day: date, n: int) -> None:
    later = CALENDAR.shift(day, n)
    assert CALENDAR.works(later)
    assert CALENDAR.between(day, later) == n
    assert CALENDAR.shift(later, -n) == CALENDAR.previous_workday(day)


@given(DAYS)
def test_the_next_and_the_previous_working_day_are_this_one_when_it_is_worked(day: date) -> None:
    after, before = CALENDAR.next_workday(day), CALENDAR.previous_workday(day)
    assert CALENDAR.works(after)
    assert CALENDAR.works(before)
    assert before <= day <= after
    assert (before == day == after) == CALENDAR.works(day)


def test_the_offices_word_goes_before_the_librarys() -> None:
    day = date(2027, 11, 24)
    worked = Calendar({day: "Ngày Văn hóa Việt Nam"}, {day: Override(day, False, "", "")})
    assert worked.works(day)
    assert not Calendar({}, {day: Override(day, True, "Bão", "")}).works(day)


def test_the_table_of_overrides_names_a_source_for_every_day() -> None:
    overrides = read_overrides(TABLE)
    assert {day: override.off for day, override in overrides.items()}.items() >= {
        date(2026, 1, 2): True,
        date(2026, 1, 10): False,
        date(2026, 8, 22): False,
    }.items()
    assert all(override.note and override.source for override in overrides.values())


@pytest.mark.parametrize(
    ("now", "opening"),
    [
        (datetime(2027, 11, 4, 6, 0), datetime(2027, 11, 4, 8, 0)),
        (datetime(2027, 11, 4, 8, 0), datetime(2027, 11, 4, 8, 0)),
        (datetime(2027, 11, 4, 9, 30), datetime(2027, 11, 4, 9, 30)),
        (datetime(2027, 11, 4, 11, 1), datetime(2027, 11, 4, 14, 0)),
        (datetime(2027, 11, 4, 16, 30, 59), datetime(2027, 11, 4, 16, 30, 59)),
        (datetime(2027, 11, 4, 16, 31), datetime(2027, 11, 5, 8, 0)),
        (datetime(2027, 11, 5, 17, 0), datetime(2027, 11, 8, 8, 0)),
        (datetime(2026, 11, 23, 20, 0), datetime(2026, 11, 25, 8, 0)),
        (datetime(2026, 1, 9, 23, 0), datetime(2026, 1, 10, 8, 0)),
    ],
)
def test_the_next_opening_is_in_office_hours_of_a_working_day(now: datetime, opening: datetime) -> None:
    now, opening = now.replace(tzinfo=OFFICE), opening.replace(tzinfo=OFFICE)
    assert HOURS.next_opening(now, CALENDAR) == opening
    assert HOURS.open(now, CALENDAR) == (now == opening)
    assert HOURS.open(opening, CALENDAR)


def test_a_standing_clock_stands_until_it_is_moved_forward() -> None:
    clock = Clock(standing=at_office("2027-11-02T08:00"))
    assert clock.now() == clock.now() == datetime(2027, 11, 2, 1, tzinfo=UTC)
    clock.move_to(at_office("2027-11-05T08:00"))
    assert clock.now() == at_office("2027-11-05T08:00")
    with pytest.raises(ValueError, match="05/11/2027 08:00 to 04/11/2027 08:00"):
        clock.move_to(at_office("2027-11-04T08:00"))
    assert clock.now() == at_office("2027-11-05T08:00")


def test_a_running_clock_goes_on_from_where_it_was_moved_to() -> None:
    clock = Clock()
    to = clock.now() + timedelta(days=30)
    clock.move_to(to)
    shown = clock.now()
    assert timedelta(0) <= shown - to < timedelta(minutes=1)
    assert shown.utcoffset() == timedelta(hours=7)
    again = Clock(offset=clock.offset)
    assert timedelta(0) <= again.now() - shown < timedelta(minutes=1)


def test_what_is_written_down_is_what_the_library_says() -> None:
    """After a newer library: `./run house --draw`, and read what has become another day."""
    years = sorted({day.year for day in YEARS})
    assert years == list(range(2020, 2051))
    assert vietnam(years) == YEARS


def test_years_that_are_not_written_down_are_the_librarys() -> None:
    known = Holidays({date(2027, 1, 1): "Tết Dương lịch"})
    assert date(2027, 4, 30) not in known
    assert known[date(2028, 4, 30)] == "Ngày Chiến thắng"
    assert date(2051, 4, 30) in Holidays(YEARS)
