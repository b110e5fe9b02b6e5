"""The rules of reminding over plans, calendars and offices that nobody has thought of."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from bot.movement.calendar import Calendar, Override
from bot.movement.escalation import Ladders, moments, rungs
from bot.movement.holidays import vietnam
from bot.movement.obligations import Case, Key, Year, periods
from bot.movement.occasions import candidates
from bot.movement.plan import BadPlan, Plan
from bot.movement.recipients import Circle, Desk, ears
from bot.movement.reminders import Call
from bot.movement.roles import Role
from bot.server.clock import OFFICE
from bot.server.office import make_calendar
from tests.conftest import PLAN_TEXT

pytestmark = pytest.mark.slow

SHIPPED = replace(make_calendar(), holidays=vietnam(range(2025, 2030)))
FIRST, LAST = datetime(2027, 1, 1, tzinfo=OFFICE), datetime(2027, 12, 31, 23, 59, tzinfo=OFFICE)


@dataclass(frozen=True)
class Body:
    """Somebody of the roster, as far as the rules look."""

    id: int
    name: str
    position: str
    role: str
    stands_in: int | None = None
    away_from: date | None = None
    away_until: date | None = None
    away_to: int | None = None


DAYS = st.dates(date(2027, 1, 1), date(2027, 12, 31))
HOURS = st.sampled_from([time(8), time(9, 30), time(10, 59), time(14), time(16, 30)])
TO = st.sets(st.sampled_from(["person", "head", "deputy", "office", "leader"]), min_size=1)
RUNG = st.tuples(st.integers(-20, 15), TO)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """The office's plan with other ladders, dates and hours."""
    ladders = draw(st.lists(RUNG, min_size=1, max_size=9, unique_by=lambda rung: rung[0]))
    at, *later = sorted(draw(st.lists(HOURS, min_size=4, max_size=4)))
    shown = "\n".join(f"    {{ workdays = {n}, to = {sorted(to)!r} }}," for n, to in ladders)
    opens = "    { opens = true },\n" if draw(st.booleans()) else ""
    text = re.sub(
        r'code = "yearly"\nat = [\d:]+\nrungs = \[\n.*?\n\]',
        f'code = "yearly"\nat = {at}\nrungs = [\n{opens}{shown}\n]',
        PLAN_TEXT,
        flags=re.DOTALL,
    )
    month, day = draw(st.integers(2, 12)), draw(st.integers(2, 28))
    text = text.replace('before = "11-10" ', f'before = "{month:02}-{day:02}" ', 1)
    text = text.replace('opens = "10-15"', f'opens = "{draw(st.integers(1, month)):02}-01"', 1)
    text = text.replace('cutoff = "10-31"', f'cutoff = "{month:02}-01"').replace('on = "09-01"', 'on = "01-02"')
    text = text.replace("at = 08:00:00", f"at = {at}")
    for name, hour in zip(("digest_at", "list_at", "last_list_at"), later, strict=True):
        text = re.sub(rf"(?m)^{name} = [\d:]+", f"{name} = {hour}", text)
    return Plan.parse(text.replace("[[duties]]", f"{draw(papers())}[[duties]]", 1))


@st.composite
def papers(draw: st.DrawFn) -> str:
    """A duty of some kinds of unit that is owed every quarter."""
    first, parts = draw(st.integers(1, 2)), []
    for n, month in enumerate((first, first + 3, first + 6, first + 9), 1):
        opens, last = f"{month:02}-{draw(st.integers(1, 14)):02}", f"{month:02}-{draw(st.integers(15, 28)):02}"
        parts.append(f'    {{ name = "quý {n}", opens = "{opens}", until = "{last}", locks = "12-31" }},')
    of = draw(st.sampled_from(["", 'of = ["phong"]', 'of = ["don_vi"]', 'of = ["phong", "don_vi"]']))
    head = '[[duties]]\ncode = "q"\nname = "báo cáo"\nhow = "paper"\nbasis = "office"\nevery = "quarter"'
    return "\n".join([head, of, "parts = [", *parts, "]", "", ""])


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    """The shipped calendar with the office's own word on up to sixty days."""
    own = draw(st.dictionaries(DAYS, st.booleans(), max_size=60))
    return replace(SHIPPED, own={day: Override(day, off) for day, off in own.items()})


@st.composite
def offices(draw: st.DrawFn) -> list[Circle[Body]]:
    """A few units with whoever there may be, some of them away, some things filed and promised."""
    found: list[Circle[Body]] = []
    for unit in ("QLXD", "KTVL", "VP"):
        people = []
        for n, role in enumerate(
            draw(st.lists(st.sampled_from([Role.HEAD, Role.DEPUTY, Role.DRAFTER, Role.CHIEF]), max_size=4))
        ):
            id = len(found) * 10 + n + 1
            away = draw(st.none() | st.tuples(DAYS, st.integers(0, 40)))
            first = away[0] if away else None
            people.append(
                Body(id, f"N{id}", "", role, None, first, first + timedelta(days=away[1]) if away and first else None)
            )
        filed: Mapping[Key, datetime] = {
            (duty, unit, 2027): datetime.combine(day, time(10), OFFICE)
            for duty, day in draw(
                st.dictionaries(st.sampled_from(["plan", "registration", "results", "q.1", "q.3"]), DAYS, max_size=3)
            ).items()
        }
        promised: Mapping[Key, date] = dict.fromkeys([("results", unit, 2027)][: draw(st.integers(0, 1))], draw(DAYS))
        cases = [
            Case("confirmation", f"SK-2027-{n:03}", unit, 2027, day)
            for n, day in enumerate(draw(st.lists(DAYS, max_size=2)))
        ]
        kind = draw(st.sampled_from(["phong", "don_vi"]))
        found.append(Circle(unit, people, filed, promised, {}, cases, kind=kind))
    return found


def desk_of(circles: Sequence[Circle[Body]]) -> Desk[Body]:
    """Somebody of the office, its heads, a leader."""
    chiefs = (p for p in circles[-1].people if p.role == Role.CHIEF)
    return Desk([Body(900, "A", "", Role.OFFICE), *chiefs], [Body(950, "L", "", Role.LEADER)])


def played(
    plan: Plan,
    calendar: Calendar,
    circles: Sequence[Circle[Body]],
    given: Mapping[tuple[str, int], date],
    off: set[date],
) -> list[tuple[datetime, Any]]:
    """A year at every moment but on the days when nothing runs: what is said to whom."""
    ladders = Ladders(plan, calendar)
    of = periods(plan, [Year(2027)], given, calendar)
    desk = desk_of(circles)
    said, heard, out = set[tuple[str, int]](), set[tuple[int, date]](), []
    for moment in moments(plan, calendar, FIRST, LAST):
        at, today = moment.at, moment.at.date()
        if today in off:
            continue
        live = [period for period in of if ladders.come(period, at)]
        known = [replace(c, filed={key: when for key, when in c.filed.items() if when <= at}) for c in circles]
        told_of = candidates(today, of, {(period.duty.code, 2027) for period in of}, ladders)
        call = Call(at, desk, told_of, {}, said, ladders)
        for to_say in (*call.of(known, live, said), *call.rest()):
            if (to_say.person, today) not in heard:
                heard.add((to_say.person, today))
                said.update((key, to_say.person) for key in to_say.keys)
                out.append((at, to_say))
    return out


@settings(max_examples=25, deadline=None, derandomize=True)
@given(
    plans(),
    calendars(),
    offices(),
    st.dictionaries(st.tuples(st.sampled_from(["plan", "registration", "provincial", "results"]), st.just(2027)), DAYS),
    st.sets(DAYS, max_size=60),
)
def test_whatever_the_plan_nobody_is_pestered(
    plan: Plan, calendar: Calendar, circles: list[Circle[Body]], given: dict[tuple[str, int], date], off: set[date]
) -> None:
    out = played(plan, calendar, circles, given, off)
    everybody = {p.id: p for circle in circles for p in circle.people}
    filed = {key: at for circle in circles for key, at in circle.filed.items()}
    promised = {key: day for circle in circles for key, day in circle.promised.items()}
    keys = Counter((key, to_say.person) for _at, to_say in out for key in to_say.keys)
    assert not keys or max(keys.values()) == 1, "said twice"
    days, ladders = Counter((at.date(), to_say.person) for at, to_say in out), Ladders(plan, calendar)
    assert not days or max(days.values()) == 1, "two messages on a day"
    for at, to_say in out:
        assert calendar.works(at.date())
        assert plan.hours.open(at, calendar)
        person = everybody.get(to_say.person)
        if person is not None and person.away_from is not None and person.away_until is not None:
            assert not person.away_from <= at.date() <= person.away_until, "somebody who is away was spoken to"
        for reminder in to_say.reminders:
            owed = reminder.obligation
            assert filed.get(owed.key, LAST) > at, "after it was done"
            assert owed.opens <= at.date() <= owed.locks
            if not owed.subject and owed.key in promised:
                assert promised[owed.key] < at.date(), "before the promised day was over"
            assert reminder.rung.moment <= (at.date(), at.time()), "before its time"
            circle, mine = next(c for c in circles if c.unit == owed.unit), set[str]()
            assert owed.duty.owed_by(circle.kind), "what units of its kind do not owe"
            for ear in ears(owed, circle, desk_of(circles), at.date()):
                mine |= ear.names if ear.person.id == to_say.person else set()
            later = [
                r
                for r in ladders.of(owed.period)
                if reminder.rung.moment < r.moment <= (at.date(), at.time()) and mine.intersection(r.rung.to)
            ]
            assert not later, "a rung that another had overtaken"


@settings(max_examples=15, deadline=None, derandomize=True, phases=[Phase.generate])
@given(plans(), calendars(), offices())
def test_whatever_the_plan_nobody_is_forgotten(plan: Plan, calendar: Calendar, circles: list[Circle[Body]]) -> None:
    """With nothing off, filed, promised and nobody away, every rung of the unit is said to the head on its day."""
    here = [
        replace(c, filed={}, promised={}, cases=(), people=[replace(p, away_from=None) for p in c.people])
        for c in circles
    ]
    out = played(plan, calendar, here, {}, set())
    said = {(key, to_say.person): at for at, to_say in out for key in to_say.keys}
    for period in periods(plan, [Year(2027)], {}, calendar):
        if period.duty.by != "unit":
            continue
        for rung in rungs(period, plan, calendar):
            for circle in (each for each in here if period.duty.owed_by(each.kind)):
                for person in circle.people:
                    if "head" in rung.rung.to and person.role in (Role.HEAD, Role.CHIEF):
                        key = f"{period.duty.code}:2027:{rung.code}:{period.due}:{circle.unit}:"
                        assert (key, person.id) in said, key
                        assert said[key, person.id].date() == rung.day


@pytest.mark.parametrize("hour", ["12:30:00", "07:00:00"])
def test_an_hour_at_which_nothing_could_be_said_is_refused(hour: str) -> None:
    with pytest.raises(BadPlan, match="problems"):
        Plan.parse(PLAN_TEXT.replace("digest_at = 09:30:00", f"digest_at = {hour}"))


def test_a_digest_before_the_ladders_is_refused() -> None:
    with pytest.raises(BadPlan, match="problems"):
        Plan.parse(PLAN_TEXT.replace("at = 08:00:00", "at = 10:00:00"))
