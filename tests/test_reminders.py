"""Every day of 2026-2030: who is reminded, of what, when; and who is not."""

from collections import Counter
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.app import make_calendar
from bot.clock import OFFICE, at_office
from bot.ladders import Ladders, moments, rungs
from bot.obligations import Obligation, Year, first_year, obligations, periods
from bot.plan import Plan
from bot.reminders import due
from bot.workdays import days
from tests.conftest import PLAN_TEXT

PLAN = Plan.parse(PLAN_TEXT)
CALENDAR = make_calendar()
LADDERS = Ladders(PLAN, CALENDAR)
YEARS = [Year(year) for year in range(2026, 2031)]
GIVEN = {("plan", y): date(y, 1, 31) for y in range(2027, 2031)} | {
    ("registration", y): date(y, 3, 31) for y in range(2027, 2031)
}
START, END = datetime(2026, 1, 1, tzinfo=OFFICE), datetime(2030, 12, 31, 23, 59, tzinfo=OFFICE)


def owed(now: datetime, filed: dict[tuple[str, str, int], datetime]) -> list[Obligation]:
    of = periods(PLAN, YEARS, GIVEN, CALENDAR)
    return list(obligations(PLAN, ["QLXD"], of, filed, now.date(), CALENDAR))


def played(filed: dict[tuple[str, str, int], datetime], skip: set[date]) -> list[tuple[datetime, str]]:
    """Five years at every moment but on the days the machine was off: what is said when."""
    said: list[tuple[datetime, str]] = []
    keys: set[str] = set()
    for moment in moments(PLAN, CALENDAR, START, END):
        if moment.at.date() in skip:
            continue
        known = {key: at for key, at in filed.items() if at <= moment.at}
        for reminder in due(moment.at, owed(moment.at, known), {}, LADDERS):
            if reminder.key not in keys:
                keys.add(reminder.key)
                said.append((moment.at, reminder.key))
    return said


def test_results_of_five_years_are_reminded_of_on_the_days_of_the_ladder() -> None:
    said = [(at, key) for at, key in played({}, set()) if key.startswith("results")]
    by_year = Counter(key.split(":")[1] for _at, key in said)
    assert set(by_year.values()) == {8}, by_year
    in_2027 = [f"{at:%d/%m %H:%M}" for at, key in said if ":2027:" in key]
    assert in_2027 == [
        "15/10 08:00", "29/10 08:00", "04/11 08:00", "08/11 08:00", "09/11 08:00", "10/11 08:00",
        "11/11 08:00", "12/11 08:00",
    ]  # fmt: skip


def test_the_last_working_day_of_2030_is_a_friday() -> None:
    found = next(o for o in owed(START, {}) if o.duty.code == "results" and o.year == 2030)
    assert (found.due, found.last_workday) == (date(2030, 11, 9), date(2030, 11, 8))
    last = [rung for rung in rungs(found.period, PLAN, CALENDAR) if rung.code == "0"]
    assert [rung.day for rung in last] == [date(2030, 11, 8)]


def test_no_moment_is_on_a_day_off_or_outside_the_windows() -> None:
    for moment in moments(PLAN, CALENDAR, START, END):
        assert CALENDAR.works(moment.at.date()), moment
        assert PLAN.hours.open(moment.at, CALENDAR), moment


def test_every_working_day_has_its_moments() -> None:
    found = Counter(moment.at.date() for moment in moments(PLAN, CALENDAR, START, END))
    for day in days(START.date(), END.date()):
        assert bool(found[day]) == CALENDAR.works(day), day


def test_the_new_holiday_of_november_is_off() -> None:
    assert not CALENDAR.works(date(2026, 11, 24))


@settings(max_examples=40, deadline=None, derandomize=True)
@given(
    st.sets(st.dates(date(2026, 10, 1), date(2028, 1, 31)), max_size=60),
    st.dictionaries(
        st.tuples(st.sampled_from(["plan", "registration", "results"]), st.just("QLXD"), st.sampled_from([2026, 2027])),
        st.datetimes(datetime(2026, 1, 2), datetime(2027, 12, 30), timezones=st.just(OFFICE)),
        max_size=4,
    ),
)  # fmt: skip
def test_each_ping_once_none_after_filing_whatever_was_off(
    off: set[date], filed: dict[tuple[str, str, int], datetime]
) -> None:
    said = played(filed, off)
    assert len({key for _at, key in said}) == len(said), "a rung was said twice"
    for at, key in said:
        duty, year, rung, due_on, unit, _subject = key.split(":")
        done = filed.get((duty, unit, int(year)))
        assert done is None or at < done, f"{key} was said after it was filed"
        if rung.startswith(("opens", "-")):
            assert at.date() <= date.fromisoformat(due_on), f"{key} came after its day"
    per_day = Counter((at.date(), ":".join(key.split(":")[:2])) for at, key in said)
    assert not per_day or max(per_day.values()) == 1, "two rungs of one duty on one day"


def test_a_promise_silences_until_its_day_is_over() -> None:
    found = [o for o in owed(at_office("2027-11-04T08:00"), {}) if o.key == ("results", "QLXD", 2027)]
    promised = {found[0].key: date(2027, 11, 8)}
    for day, said in (("04", 0), ("08", 0), ("09", 1)):
        assert len(list(due(at_office(f"2027-11-{day}T08:00"), found, promised, LADDERS))) == said


def test_a_promise_broken_after_the_last_rung_is_spoken_of_once() -> None:
    found = [o for o in owed(at_office("2027-11-04T08:00"), {}) if o.key == ("results", "QLXD", 2027)]
    period = found[0].period
    last = LADDERS.of(period)[-1].day
    promise = CALENDAR.next_workday(last + timedelta(days=10))
    spoken = [
        (day, ping.key)
        for day in (promise + timedelta(days=n) for n in range(-3, 30))
        if CALENDAR.works(day) and day <= period.locks
        for ping in due(datetime.combine(day, time(8), OFFICE), found, {found[0].key: promise}, LADDERS)
    ]
    assert spoken[0][0] == CALENDAR.next_workday(promise + timedelta(days=1))
    assert {key for _day, key in spoken} == {spoken[0][1]}, "one key: said once"


def test_a_rung_to_the_office_does_not_hide_a_broken_promise() -> None:
    found = [o for o in owed(at_office("2027-11-04T08:00"), {}) if o.key == ("results", "QLXD", 2027)]
    promised = {found[0].key: date(2027, 11, 12)}
    assert [rung.rung.here for rung in LADDERS.come(found[0].period, at_office("2027-11-15T10:00"))][
        -1
    ] is False
    for at in ("08:00", "10:00"):
        spoken = list(due(at_office(f"2027-11-15T{at}"), found, promised, LADDERS))
        assert [ping.rung.code for ping in spoken] == ["+3"]


def test_a_duty_without_a_date_pings_nobody() -> None:
    for moment in moments(PLAN, CALENDAR, START, datetime(2026, 12, 31, tzinfo=OFFICE)):
        of = periods(PLAN, [Year(2026)], {}, CALENDAR)
        found = obligations(PLAN, ["QLXD"], of, {}, moment.at.date(), CALENDAR)
        said = due(moment.at, found, {}, LADDERS)
        assert all(reminder.obligation.duty.code == "results" for reminder in said)


def test_after_three_weeks_off_only_the_nearest_rung_or_silence() -> None:
    late = [o for o in owed(at_office("2027-12-20T09:00"), {}) if o.key == ("results", "QLXD", 2027)]
    assert list(due(at_office("2027-12-20T09:00"), late, {}, LADDERS)) == []
    near = [o for o in owed(at_office("2027-11-08T09:00"), {}) if o.key == ("results", "QLXD", 2027)]
    assert [r.rung.code for r in due(at_office("2027-11-08T09:00"), near, {}, LADDERS)] == ["-1"]


@pytest.mark.parametrize(
    ("today", "year"), [("2026-11-09", 2026), ("2026-11-23", 2027), ("2030-12-01", 2030), ("2020-01-01", 2026)]
)  # fmt: skip
def test_the_first_year_is_the_one_whose_results_are_still_due(today: str, year: int) -> None:
    assert first_year(PLAN, date.fromisoformat(today)) == year


def test_a_rung_on_a_day_off_moves_to_the_next_working_day() -> None:
    for year in range(2026, 2031):
        found = next(o for o in owed(START, {}) if o.duty.code == "results" and o.year == year)
        opening = next(r for r in rungs(found.period, PLAN, CALENDAR) if r.code == "opens")
        assert opening.day == CALENDAR.next_workday(date(year, 10, 15))
        assert opening.at == time(8)
        assert opening.day - date(year, 10, 15) < timedelta(days=4)
