"""Every day of 2026-2030: who is reminded, of what, when; and who is not."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.language import Words
from bot.movement.calendar import days
from bot.movement.escalation import Ladders, moments, rungs
from bot.movement.obligations import Obligation, Year, first_year, obligations, periods
from bot.movement.plan import Plan
from bot.movement.recipients import Circle, Desk, ears
from bot.movement.reminders import Reminder
from bot.movement.reminders import due as due_for
from bot.movement.roles import Role
from bot.office.plan_check import check
from bot.server.clock import OFFICE, at_office
from bot.server.office import make_calendar
from tests.conftest import PLAN_TEXT

PLAN = Plan.parse(PLAN_TEXT)
CALENDAR = make_calendar()
LADDERS = Ladders(PLAN, CALENDAR)
YEARS = [Year(year) for year in range(2026, 2031)]
GIVEN = {("plan", y): date(y, 1, 31) for y in range(2027, 2031)} | {
    ("registration", y): date(y, 3, 31) for y in range(2027, 2031)
}
START, END = datetime(2026, 1, 1, tzinfo=OFFICE), datetime(2030, 12, 31, 23, 59, tzinfo=OFFICE)


@dataclass(frozen=True)
class Body:
    """Somebody of an office that exists only here."""

    id: int
    role: str
    name: str = "N"
    position: str = ""
    stands_in: int | None = None
    away_from: date | None = None
    away_until: date | None = None
    away_to: int | None = None


HEAD, DEPUTY, DRAFTER = Body(1, Role.HEAD), Body(2, Role.DEPUTY), Body(3, Role.DRAFTER)


def due(
    now: datetime,
    owed: Iterable[Obligation],
    promised: Mapping[Any, date],
    ladders: Ladders,
    body: Body = HEAD,
    said: Collection[tuple[str, int]] = (),
    people: Sequence[Body] = (HEAD, DEPUTY, DRAFTER),
    unreached: Collection[int] = (),
) -> list[Reminder]:
    """The pings that one person of the unit is due now."""
    circle = Circle("QLXD", people, promised=promised, unreached=unreached)
    return [
        found
        for each in owed
        for ear in ears(each, circle, Desk(), now.date())
        if ear.person.id == body.id and (found := due_for(now, each, ear, circle, said, ladders)) is not None
    ]


def owed(now: datetime, filed: dict[tuple[str, str, int], datetime]) -> list[Obligation]:
    of = periods(PLAN, YEARS, GIVEN, CALENDAR)
    return list(obligations(PLAN, ["QLXD"], of, filed, now.date(), CALENDAR))


def played(
    filed: dict[tuple[str, str, int], datetime], skip: set[date], end: datetime = END
) -> list[tuple[datetime, str]]:
    """Five years at every moment but on the days the machine was off: what is said when."""
    said: list[tuple[datetime, str]] = []
    keys: set[str] = set()
    for moment in moments(PLAN, CALENDAR, START, end):
        if moment.kind in ("digest", "list") or moment.at.date() in skip:
            continue
        known = {key: at for key, at in filed.items() if at <= moment.at}
        for reminder in due(moment.at, owed(moment.at, known), {}, LADDERS):
            if reminder.keys[0] not in keys:
                keys.add(reminder.keys[0])
                said.append((moment.at, reminder.keys[0]))
    return said


def test_results_of_five_years_are_reminded_of_on_the_days_of_the_ladder() -> None:
    said = [(at, key) for at, key in played({}, set()) if key.startswith("results")]
    by_year = Counter(key.split(":")[1] for _at, key in said)
    assert set(by_year.values()) == {7}, by_year
    in_2027 = [f"{at:%d/%m %H:%M}" for at, key in said if ":2027:" in key]
    assert in_2027 == [
        "15/10 08:00",
        "29/10 08:00",
        "04/11 08:00",
        "08/11 08:00",
        "09/11 08:00",
        "10/11 08:00",
        "12/11 08:00",
    ]


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


@pytest.mark.slow
@settings(max_examples=20, deadline=None, derandomize=True)
@given(
    st.sets(st.dates(date(2026, 10, 1), date(2028, 1, 31)), max_size=60),
    st.dictionaries(
        st.tuples(st.sampled_from(["plan", "registration", "results"]), st.just("QLXD"), st.sampled_from([2026, 2027])),
        st.datetimes(datetime(2026, 1, 2), datetime(2027, 12, 30), timezones=st.just(OFFICE)),
        max_size=4,
    ),
)
def test_each_ping_once_none_after_filing_whatever_was_off(
    off: set[date], filed: dict[tuple[str, str, int], datetime]
) -> None:
    said = played(filed, off, datetime(2028, 1, 31, tzinfo=OFFICE))
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
    said: set[tuple[str, int]] = set()
    spoken = []
    for day in (promise + timedelta(days=n) for n in range(-3, 40)):
        if CALENDAR.works(day) and day <= period.locks:
            at = datetime.combine(day, time(8), OFFICE)
            for ping in due(at, found, {found[0].key: promise}, LADDERS, said=said):
                said.update((key, HEAD.id) for key in ping.keys)
                spoken.append((day, ping.promised))
    assert spoken == [(CALENDAR.next_workday(promise + timedelta(days=1)), promise)]


def test_a_rung_to_the_office_does_not_hide_a_broken_promise() -> None:
    found = [o for o in owed(at_office("2027-11-04T08:00"), {}) if o.key == ("results", "QLXD", 2027)]
    promised = {found[0].key: date(2027, 11, 12)}
    assert [rung.rung.here for rung in LADDERS.come(found[0].period, at_office("2027-11-15T10:00"))][-1] is False
    for at in ("08:00", "10:00"):
        spoken = list(due(at_office(f"2027-11-15T{at}"), found, promised, LADDERS))
        assert [ping.rung.code for ping in spoken] == ["+3"]


def test_a_duty_without_a_date_pings_nobody() -> None:
    for moment in moments(PLAN, CALENDAR, START, datetime(2026, 12, 31, tzinfo=OFFICE)):
        of = periods(PLAN, [Year(2026)], {}, CALENDAR)
        found = obligations(PLAN, ["QLXD"], of, {}, moment.at.date(), CALENDAR)
        said = due(moment.at, found, {}, LADDERS)
        assert all(reminder.obligation.duty.code == "results" for reminder in said)


def test_after_any_time_off_each_hears_their_own_latest_rung_and_only_that() -> None:
    """The head's last one, the deputy's, the drafter's: what speaks to the office alone silences none of them."""
    for back in ("2027-11-16T08:00", "2027-11-29T08:00", "2027-12-20T09:00"):
        found = [o for o in owed(at_office(back), {}) if o.key == ("results", "QLXD", 2027)]
        for body, rung in ((HEAD, "+3"), (DEPUTY, "+3"), (DRAFTER, "+1")):
            (ping,) = due(at_office(back), found, {}, LADDERS, body)
            assert ping.rung.code == rung
            assert due(at_office(back), found, {}, LADDERS, body, {(ping.keys[0], body.id)}) == []
    near = [o for o in owed(at_office("2027-11-08T09:00"), {}) if o.key == ("results", "QLXD", 2027)]
    assert [r.rung.code for r in due(at_office("2027-11-08T09:00"), near, {}, LADDERS)] == ["-1"]


def test_a_deputy_hears_at_once_for_a_head_without_a_chat() -> None:
    found = [o for o in owed(at_office("2027-10-29T08:00"), {}) if o.key == ("results", "QLXD", 2027)]
    now = at_office("2027-10-29T08:00")
    assert [r.rung.code for r in due(now, found, {}, LADDERS, DEPUTY, unreached={HEAD.id})] == ["-7"]
    assert due(now, found, {}, LADDERS, DEPUTY) == []
    assert due(now, found, {}, LADDERS, HEAD, unreached={HEAD.id}) == []


def test_who_takes_over_is_not_told_that_a_period_opens_when_the_head_was() -> None:
    now = at_office("2027-10-28T08:00")
    away = replace(HEAD, away_from=date(2027, 10, 28), away_until=date(2027, 11, 30))
    found = [o for o in owed(now, {}) if o.key == ("results", "QLXD", 2027)]
    key = "results:2027:opens:2027-11-09:QLXD:"
    people = (away, DEPUTY, DRAFTER)
    assert due(now, found, {}, LADDERS, DEPUTY, {(key, HEAD.id)}, people) == []
    assert [r.rung.code for r in due(now, found, {}, LADDERS, DEPUTY, (), people)] == ["opens"]


def test_nobody_drafts_a_list_so_it_is_no_drafters() -> None:
    now = at_office("2027-03-31T08:00")
    found = [o for o in owed(now, {}) if o.key == ("registration", "QLXD", 2027)]
    assert due(now, found, {}, LADDERS, DRAFTER) == []
    assert [r.rung.code for r in due(now, found, {}, LADDERS)] == ["0"]


@pytest.mark.parametrize(
    ("today", "year"), [("2026-11-09", 2026), ("2026-11-23", 2027), ("2030-12-01", 2030), ("2020-01-01", 2026)]
)
def test_the_first_year_is_the_one_whose_results_are_still_due(today: str, year: int) -> None:
    assert first_year(PLAN, date.fromisoformat(today)) == year


def test_a_rung_on_a_day_off_moves_to_the_next_working_day() -> None:
    for year in range(2026, 2031):
        found = next(o for o in owed(START, {}) if o.duty.code == "results" and o.year == year)
        opening = next(r for r in rungs(found.period, PLAN, CALENDAR) if r.code == "opens")
        assert opening.day == CALENDAR.next_workday(date(year, 10, 15))
        assert opening.at == time(8)
        assert opening.day - date(year, 10, 15) < timedelta(days=4)


def test_what_is_owed_each_year_is_counted_without_what_is_owed_by_the_sheet() -> None:
    """`thidua check` names every yearly duty below that number, and sheets to be confirmed are none."""
    lines = [Words("vi").say(line) for line in check(PLAN_TEXT, CALENDAR, date(2027, 1, 5)).lines]
    yearly = [duty for duty in PLAN.duties if duty.yearly and not duty.years]
    assert f"{len(yearly):02} việc phải làm mỗi năm" in lines[1]
    assert len(yearly) == len(PLAN.duties) - 5, (
        "the sheet, and the reviews of 2027 and 2030: the units' and the office's own"
    )
    assert sum("năm 2027:" in line for line in lines) == sum(duty.owed_in(2027) for duty in PLAN.duties)
