"""How far the targets are: sums over sums, never rounded up, a missing unit is not a zero."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest

from bot.movement.counting import CountedSheet
from bot.movement.plan import Plan
from bot.movement.progress import Baseline, Figure, Progress, Reported, Verdict, progress, reduction, share
from tests.conftest import PLAN_TEXT

PLAN = Plan.parse(PLAN_TEXT)
UNITS = ["A", "B", "C"]


def figure(unit: str, target: str, n: str | None, d: str | None = None, na: bool = False) -> Figure:
    return Figure(unit, target, None if n is None else Decimal(n), None if d is None else Decimal(d), na)


def of(code: str, *figures: Figure, **more: Any) -> Progress:
    today = more.pop("today", date(2028, 1, 1))
    recognised, pending = more.pop("recognised", 0), more.pop("pending", 0)
    sheets = [
        *(CountedSheet("A", "sk", levels={"co_so"}) for _n in range(recognised)),
        *(CountedSheet("A", "sk", received=True) for _n in range(pending)),
    ]
    known = Reported(2027, UNITS, figures, sheets=sheets, **{"with_plan": UNITS, **more})
    found = progress(PLAN, today, known)
    return next(each for each in found if each.target.code == code)


def test_sums_are_divided_not_averaged() -> None:
    found = of("2", figure("A", "2", "1", "1"), figure("B", "2", "50", "100"), figure("C", "2", "99", "99"))
    assert (found.numerator, found.denominator, found.percent) == (Decimal(150), Decimal(200), Decimal("75.0"))


@pytest.mark.parametrize(
    ("n", "d", "percent"),
    [
        ("999", "1000", "99.9"),
        ("9999", "10000", "99.9"),
        ("1", "3", "33.3"),
        ("3", "3", "100.0"),
        ("13", "14", "92.9"),
        ("11", "12", "91.7"),
        ("49", "60", "81.7"),
        ("300", "310", "96.8"),
        ("1", "8", "12.5"),
        ("1", "16", "6.3"),
    ],
)
def test_a_share_is_said_half_up_and_all_of_it_only_when_it_is(n: str, d: str, percent: str) -> None:
    assert share(Decimal(n), Decimal(d)) == Decimal(percent)
    assert share(Decimal(0), Decimal(0)) is None


@pytest.mark.slow
def test_what_is_said_is_at_the_goal_just_when_the_exact_figure_is() -> None:
    for goal in (Decimal(30), Decimal("92.5"), Decimal(100)):
        for d in range(1, 400):
            for n in range(d + 1):
                exact = Decimal(n) * 100 / d
                said = share(Decimal(n), Decimal(d), goal)
                assert said is not None
                assert (said >= goal) == (n * 1000 >= goal * 10 * d)
                assert (said == 100) == (n == d)
                plain = exact.quantize(Decimal("0.1"), ROUND_HALF_UP)
                assert said == plain or (plain in (goal, 100) and said == plain - Decimal("0.1"))
    assert reduction(Decimal(10000), Decimal(7004), Decimal(30)) == Decimal("29.9"), "29,96 % is not 30 %"


def test_a_missing_unit_makes_it_provisional_and_is_no_zero() -> None:
    found = of("2", figure("A", "2", "10", "10"), figure("B", "2", "5", "5"))
    assert found.provisional
    assert found.percent == 100
    assert found.verdict is Verdict.NOT_ENOUGH


def test_what_does_not_apply_is_out_of_the_sum() -> None:
    found = of("3", figure("A", "3", "12", "12"), figure("B", "3", None, na=True), figure("C", "3", "3", "4"))
    assert (found.numerator, found.denominator) == (Decimal(15), Decimal(16))
    assert not found.provisional


def test_recognitions_are_counted_with_those_on_the_way() -> None:
    found = of("4", recognised=2, pending=1)
    assert (found.numerator, found.pending, found.verdict) == (Decimal(2), 1, Verdict.NOT_MET)
    assert of("4", recognised=3).verdict is Verdict.MET


def test_while_the_year_runs_nothing_has_been_missed() -> None:
    for day, verdict in (
        (date(2027, 10, 18), Verdict.ON_THE_WAY),
        (date(2027, 12, 31), Verdict.ON_THE_WAY),
        (date(2028, 1, 1), Verdict.NOT_MET),
    ):
        found = of("4", recognised=1, today=day)
        assert (found.verdict, found.needed) == (verdict, Decimal(2))
        plans = of("1", with_plan=["A"], today=day)
        assert (plans.verdict, plans.needed) == (verdict, Decimal(2))
        short = of("2", figure("A", "2", "8", "10"), figure("B", "2", "5", "5"), figure("C", "2", "5", "5"), today=day)
        assert (short.verdict, short.needed) == (verdict, Decimal(2))
    assert of("4", recognised=3, today=date(2027, 3, 1)).verdict is Verdict.MET


def test_paper_is_measured_against_the_units_own_baseline() -> None:
    bases = {("5", "A"): Baseline(Decimal(100), Decimal(120)), ("5", "B"): Baseline(Decimal(50), None)}
    found = of("5", figure("A", "5", "70"), figure("B", "5", "50"), figure("C", "5", "10"), baselines=bases)
    assert found.percent == reduction(Decimal(150), Decimal(120)) == Decimal("20.0")
    assert found.without_baseline == ("C",)
    assert not found.provisional, "all three have sent theirs; one has nothing to be measured against"


def test_units_with_a_plan() -> None:
    assert of("1", with_plan=["A", "B"]).verdict is Verdict.NOT_MET
    assert of("1").verdict is Verdict.MET


def test_nothing_reported_says_so() -> None:
    found = of("6")
    assert found.percent is None
    assert found.verdict is Verdict.NOT_ENOUGH
