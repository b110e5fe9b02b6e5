"""A target over several years, against a brute force over every run of verdicts."""

from dataclasses import replace
from decimal import Decimal
from itertools import product

import pytest

from bot.movement import Plan, Progress, Verdict, YearOf, over_years
from bot.movement.plan import OverYears, Target
from tests.conftest import PLAN_TEXT
from tests.unit.test_plan_file import changed, only

PLAN = Plan.parse(PLAN_TEXT)
FIRST = 2026


def years(code: str, *given: tuple[Verdict, int | None]) -> list[YearOf]:
    """Years from the first on: verdict and value, None where nothing is known."""
    target = PLAN.target(code)
    counted = target.measure.value in ("count", "sum")
    return [
        YearOf(
            FIRST + n,
            Progress(
                target,
                Decimal(value or 0),
                Decimal(100),
                None if counted or value is None else Decimal(value),
                0 if value is None else 1,
                1,
                verdict,
            ),
            over=verdict is not RUNNING,
        )
        for n, (verdict, value) in enumerate(given)
    ]


MET, MISSED, UNKNOWN, RUNNING, NONE = (
    Verdict.MET,
    Verdict.NOT_MET,
    Verdict.NOT_ENOUGH,
    Verdict.ON_THE_WAY,
    Verdict.NOT_APPLICABLE,
)


@pytest.mark.parametrize("n", [1, 2, 3, 4])
def test_a_goal_of_every_year_is_met_only_when_no_year_says_otherwise(n: int) -> None:
    for run in product(Verdict, repeat=n):
        found = over_years(PLAN.target("4"), years("4", *((each, 1) for each in run))).verdict
        concerned = [each for each in run if each is not NONE]
        assert (found is MET) == (bool(concerned) and all(each is MET for each in concerned)), run
        assert (found is MISSED) == (MISSED in run), run
        assert (found is NONE) == (not concerned), run


@pytest.mark.parametrize("n", [1, 2, 3, 4])
def test_a_state_is_what_the_newest_known_year_says(n: int) -> None:
    for run in product(Verdict, repeat=n):
        found = over_years(PLAN.target("2"), years("2", *((each, 1) for each in run))).verdict
        known = [each for each in run if each not in (UNKNOWN, NONE)]
        assert found is (known[-1] if known else run[-1]), run


def test_a_quantity_is_added_up() -> None:
    target = replace_over(PLAN, "4", OverYears.SUM)
    goal = int(target.goal)
    for first, second in product(range(goal + 2), repeat=2):
        for running in (MISSED, RUNNING):
            given = [
                replace(each, progress=replace(each.progress, target=target))
                for each in years("4", (MISSED, first), (running, second))
            ]
            found = over_years(target, given)
            assert found.total == first + second
            assert (found.verdict is MET) == (first + second >= goal)
            if first + second < goal:
                assert found.verdict is (RUNNING if running is RUNNING else MISSED)


def replace_over(plan: Plan, code: str, over: OverYears) -> Target:
    return plan.target(code).model_copy(update={"over_years": over})


def test_the_way_goes_between_the_two_newest_years_that_can_be_compared() -> None:
    found = over_years(PLAN.target("2"), years("2", (MISSED, 80), (UNKNOWN, None), (MISSED, 95), (UNKNOWN, None)))
    assert found.change == 15
    assert found.compared is not None
    assert [each.year for each in found.compared] == [FIRST, FIRST + 2]
    assert found.decided_by == FIRST + 2
    assert over_years(PLAN.target("2"), years("2", (MISSED, 80))).change is None
    assert over_years(PLAN.target("4"), years("4", (MET, 3), (MET, 5), (MISSED, 1))).change == -4


def test_what_is_not_whole_is_compared_with_nothing() -> None:
    running = over_years(PLAN.target("4"), years("4", (MET, 3), (MET, 5), (RUNNING, 1)))
    assert running.change == 2, "the year that goes on may still bring more"
    some = years("2", (MISSED, 80), (MISSED, 95))
    part = [some[0], replace(some[1], progress=replace(some[1].progress, expected=2))]
    assert over_years(PLAN.target("2"), part).change is None, "figures of half the units are none of all"


def test_which_years_count_is_the_plans_and_its_default_the_measures() -> None:
    over = {each.code: each.counts_over for each in PLAN.targets}
    assert over == {
        "1": OverYears.EACH,
        "2": OverYears.LAST,
        "3": OverYears.LAST,
        "4": OverYears.EACH,
        "5": OverYears.LAST,
        "6": OverYears.LAST,
    }


@pytest.mark.parametrize(
    ("over", "says"),
    [("all", "over_years"), ("each", "không phải chỉ tiêu của từng năm"), ("sum", "không cộng lại được")],
)
def test_a_plan_that_counts_years_wrongly_is_refused(over: str, says: str) -> None:
    only(changed("by_year = 2030", f'by_year = 2030\nover_years = "{over}"'), "over_years", says)
