"""The reviews of clause IV: duties of the office in named years, without a day until the office sets one."""

from datetime import date
from pathlib import Path

from bot.movement import Plan, State
from bot.movement.obligations import Year, periods
from bot.office.reminding.daily_extras import undated
from bot.server.office import make_calendar
from bot.server.settings import PLAN
from tests.conftest import PLAN_TEXT

REVIEWS = {"so_ket": 2027, "tong_ket": 2030}


def test_each_is_owed_by_the_office_in_its_year_alone_and_by_no_day() -> None:
    plan = Plan.parse(PLAN_TEXT)
    found = periods(plan, [Year(year) for year in range(2026, 2031)], {}, make_calendar(), REVIEWS)
    assert [(each.duty.code, each.year, each.due) for each in found] == [
        ("so_ket", 2027, None),
        ("tong_ket", 2030, None),
    ]
    for each in found:
        assert (each.duty.by, each.duty.how, each.duty.clause, each.duty.basis) == ("office", "paper", "IV", "plan")
        assert f"vào năm {REVIEWS[each.duty.code]}" in plan.clauses["IV"], "the clause names this year"
        assert each.state(None, date(each.year, 6, 1)) is State.UNSET


def test_the_office_is_asked_for_its_day_each_week_until_there_is_one() -> None:
    plan, calendar, monday = Plan.parse(PLAN_TEXT), make_calendar(), date(2027, 3, 1)
    open_years = [Year(2026), Year(2027)]
    without = periods(plan, open_years, {}, calendar, ["so_ket"])
    assert undated(without, monday, {}) == [("so_ket", 2027)]
    given = periods(plan, open_years, {("so_ket", 2027): date(2027, 9, 30)}, calendar, ["so_ket"])
    assert undated(given, monday, {}) == []
    assert given[0].due == date(2027, 9, 30)


def test_a_plan_of_before_goes_on_without_them_and_its_list_of_years_is_let_go() -> None:
    first = (Path(__file__).parents[1] / "plans/first.toml").read_text(encoding="utf-8")
    assert "reviews = [2027, 2030]" in first
    assert not {duty.code for duty in Plan.kept(first).all_duties} & set(REVIEWS)


def test_the_school_reviews_in_the_years_of_its_own_clause() -> None:
    school = Plan.parse((PLAN.parent / "truong-hoc-2026.toml").read_text(encoding="utf-8"))
    assert {code: school.duty(code).years for code in REVIEWS} == {"so_ket": (2028,), "tong_ket": (2030,)}
    assert all(f"vào năm {school.duty(code).years[0]}" in school.clauses["V"] for code in REVIEWS)
