"""Who owes what of a year in which units came and went, by hand."""

from datetime import date, datetime

import pytest

from bot.movement import Period, Plan, Span, Year, obligations, owing, periods
from bot.movement.spans import ALWAYS
from bot.server.office import make_calendar
from storage.values import ZONE
from tests.conftest import PLAN_TEXT

PLAN = Plan.parse(PLAN_TEXT)
CALENDAR = make_calendar()
KINDS = {"A": "phong", "B": "phong", "C": "phong"}
SPANS = {"A": Span(ended=date(2028, 7, 1)), "C": Span(since=date(2028, 7, 1))}
"""A is there until 30/06/2028, C from 01/07/2028 on, B always."""
REPORTS = PLAN.reports.code


def of(year: int) -> list[Period]:
    return periods(PLAN, [Year(year)], {}, CALENDAR, [REPORTS])


@pytest.mark.parametrize(("year", "who"), [(2027, ["A", "B"]), (2028, ["B", "C"]), (2029, ["B", "C"])])
def test_who_was_there_on_the_last_day_owes_the_report(year: int, who: list[str]) -> None:
    """The reports of 2027 are due on 09/11/2027, of 2028 on 09/11/2028."""
    found = obligations(PLAN, list(KINDS), of(year), {}, date(2029, 1, 5), CALENDAR, kinds=KINDS, spans=SPANS)
    assert [each.unit for each in found] == who
    day = date(year, 11, 9)
    assert owing(PLAN, PLAN.reports, year, day, KINDS, SPANS) == who


def test_what_was_sent_before_a_unit_ended_counts_for_it() -> None:
    filed = {(REPORTS, "A", 2028): datetime(2028, 6, 30, 9, tzinfo=ZONE)}
    found = obligations(PLAN, list(KINDS), of(2028), filed, date(2028, 12, 1), CALENDAR, kinds=KINDS, spans=SPANS)
    assert [each.unit for each in found] == ["A", "B", "C"]


def test_the_first_day_belongs_to_a_unit_and_the_day_it_ends_does_not() -> None:
    assert [SPANS["A"].has(date(2028, 6, day)) for day in (29, 30)] == [True, True]
    assert not SPANS["A"].has(date(2028, 7, 1))
    assert SPANS["C"].has(date(2028, 7, 1))
    assert not SPANS["C"].has(date(2028, 6, 30))
    assert ALWAYS.has(date(1900, 1, 1))
