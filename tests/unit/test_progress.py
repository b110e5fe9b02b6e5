"""How far the targets are: sums over sums, never rounded up, a missing unit is not a zero."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.movement.counting import CountedSheet
from bot.movement.plan import Plan
from bot.movement.progress import OFFICE, Baseline, Figure, Progress, Reported, Verdict, progress, reduction, share
from tests.conftest import PLAN_TEXT
from tests.measures import MEASURES

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


# Every measure against a count of its own -------------------------------------------------------

MEASURED = Plan.parse(MEASURES)
NUMBERS = st.one_of(st.none(), st.decimals(0, 500, places=1))
KINDS, LEVELS = ("sk", "mh", "nv"), ("co_so", "tinh", "toan_quoc")
SHEETS = st.builds(
    CountedSheet,
    st.sampled_from(UNITS),
    st.sampled_from(KINDS),
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.frozensets(st.sampled_from(LEVELS)),
    st.frozensets(st.integers(1, 6)),
)
ROSTERS = st.fixed_dictionaries({unit: st.frozensets(st.integers(1, 9)) for unit in UNITS})


@st.composite
def figures_of(draw: st.DrawFn, code: str, share: bool = False) -> list[Figure]:
    """What some of the units say: nothing, a number, that it does not concern them, a number of something else."""
    found = []
    for unit in UNITS:
        n, of = draw(NUMBERS), draw(st.decimals(1, 500, places=1)) if share else None
        if of is not None and n is not None:
            n = min(n, of)
        na, otherwise = draw(st.booleans()), draw(st.integers(0, 5)) == 0
        if draw(st.booleans()):
            known = n if not (na or otherwise) else None
            found.append(Figure(unit, code, known, of if known is not None else None, na, False, otherwise and not na))
    return found


def measured(code: str, known: Reported, today: date = date(2031, 1, 1)) -> Progress:
    return next(each for each in progress(MEASURED, today, known) if each.target.code == code)


def outcome(n: Fraction, goal: Fraction, told: int, concerned: int, complete_miss: bool = False) -> str:
    """The verdict after the year: by what is told, of how many it is asked."""
    if concerned == 0:
        return "not_applicable"
    if told == concerned:
        return "met" if n >= goal else "not_met"
    return "not_met" if complete_miss else "not_enough"


@given(figures_of("7"))
@settings(max_examples=200, deadline=None, derandomize=True)
def test_a_sum_is_what_was_told_added_up(figures: list[Figure]) -> None:
    found = measured("7", Reported(2027, UNITS, figures))
    concerned = told = 0
    total = Fraction(0)
    for unit in UNITS:
        of_unit = next((each for each in figures if each.unit == unit), None)
        if of_unit is not None and of_unit.not_applicable:
            continue
        concerned += 1
        if of_unit is not None and of_unit.numerator is not None:
            told += 1
            total += Fraction(of_unit.numerator)
    assert (Fraction(found.numerator), found.reported, found.expected) == (total, told, concerned)
    expected = outcome(total, Fraction(200), told, concerned)
    assert found.verdict == ("met" if told and total >= 200 else expected), "more can only be added"
    assert found.needed == (None if total >= 200 else Decimal(200) - found.numerator)
    assert found.otherwise == tuple(each.unit for each in figures if each.otherwise)


@given(figures_of("3", share=True))
@settings(max_examples=200, deadline=None, derandomize=True)
def test_a_share_is_parts_over_wholes(figures: list[Figure]) -> None:
    found = measured("3", Reported(2027, UNITS, figures))
    by_unit = {each.unit: each for each in figures}
    concerned = [unit for unit in UNITS if unit not in by_unit or not by_unit[unit].not_applicable]
    told = [by_unit[unit] for unit in concerned if unit in by_unit and by_unit[unit].numerator is not None]
    part = sum((Fraction(each.numerator or 0) for each in told), Fraction(0))
    whole = sum((Fraction(each.denominator or 0) for each in told), Fraction(0))
    assert (Fraction(found.numerator), Fraction(found.denominator)) == (part, whole)
    assert (found.reported, found.expected) == (len(told), len(concerned))
    if told:
        assert found.percent is not None
        assert abs(Fraction(found.percent) - part / whole * 100) <= Fraction(1, 10)
        assert found.verdict == outcome(part, whole, len(told), len(concerned), complete_miss=part < whole)
    else:
        assert found.percent is None
        assert found.verdict == ("not_enough" if concerned else "not_applicable")


@given(st.lists(SHEETS, max_size=60))
@settings(max_examples=200, deadline=None, derandomize=True)
def test_sheets_are_counted_by_kind_level_and_state(sheets: list[CountedSheet]) -> None:
    known = Reported(2027, UNITS, sheets=sheets)
    recognised = confirmed = waiting = received = 0
    for sheet in sheets:
        high = any(level in ("tinh", "toan_quoc") for level in sheet.levels)
        recognised += sheet.kind == "mh" and high
        received += sheet.kind == "mh" and not high and sheet.received
        confirmed += sheet.confirmed
        waiting += sheet.registered and not sheet.confirmed
    by_level, by_state = measured("9", known), measured("10", known)
    assert (int(by_level.numerator), by_level.pending) == (recognised, received)
    assert by_level.verdict == ("met" if recognised >= 1 else "not_met")
    assert (int(by_state.numerator), by_state.pending) == (confirmed, waiting)
    assert by_state.verdict == ("met" if confirmed >= 40 else "not_met")


@given(st.lists(SHEETS, max_size=20), ROSTERS)
@settings(max_examples=200, deadline=None, derandomize=True)
def test_people_are_counted_once_each(sheets: list[CountedSheet], roster: dict[str, frozenset[int]]) -> None:
    found = measured("11", Reported(2027, UNITS, sheets=sheets, roster=roster))
    everybody = [person for person in range(1, 10) if any(person in people for people in roster.values())]
    taking = [
        person
        for person in everybody
        if any(sheet.kind == "sk" and sheet.registered and person in sheet.people for sheet in sheets)
    ]
    assert (int(found.numerator), int(found.denominator)) == (len(taking), len(everybody))
    if everybody:
        enough = Fraction(len(taking), len(everybody)) >= Fraction(30, 100)
        assert found.verdict == ("met" if enough else "not_met")
        least = next(n for n in range(10) if n * 100 >= 30 * len(everybody))
        assert found.needed == (None if least <= len(taking) else least - len(taking))


@given(figures_of("12"), st.fixed_dictionaries(dict.fromkeys(UNITS, NUMBERS)), st.sampled_from([2027, 2030]))
@settings(max_examples=200, deadline=None, derandomize=True)
def test_a_reduction_is_of_those_who_have_something_to_compare_with(
    figures: list[Figure], before: dict[str, Decimal | None], year: int
) -> None:
    bases = {("12", unit): Baseline(n, None) for unit, n in before.items()}
    others = {("5", unit): Baseline(Decimal(10_000), None) for unit in UNITS}
    found = measured("12", Reported(year, UNITS, figures, baselines=bases | others))
    by_unit = {each.unit: each for each in figures}
    concerned = [unit for unit in UNITS if unit not in by_unit or not by_unit[unit].not_applicable]
    told = [unit for unit in concerned if unit in by_unit and by_unit[unit].numerator is not None]
    compared = [unit for unit in told if before[unit] is not None]
    was = sum((Fraction(before[unit] or 0) for unit in compared), Fraction(0))
    now = sum((Fraction(by_unit[unit].numerator or 0) for unit in compared), Fraction(0))
    assert found.without_baseline == tuple(unit for unit in told if unit not in compared)
    if not was:
        assert found.percent is None
        return
    less = (was - now) / was * 100
    assert found.percent is not None
    assert abs(Fraction(found.percent) - less) <= Fraction(1, 10)
    assert (found.percent >= 15) == (less >= 15)
    whole = len(compared) == len(concerned)
    if less >= 15 and whole:
        assert found.verdict == "met"
    elif year < 2030:
        assert found.verdict == "on_the_way", "the goal is of 2030"
    else:
        assert found.verdict == ("not_met" if whole else "not_enough")


def test_an_amount_of_the_office_is_the_whole() -> None:
    one = [Figure(OFFICE, "8", Decimal(2600), None)]
    found = measured("8", Reported(2027, UNITS, one))
    assert (found.numerator, found.reported, found.expected, found.verdict) == (Decimal(2600), 1, 1, "met")
    missing = measured("8", Reported(2027, UNITS, []))
    assert (missing.reported, missing.verdict, missing.toward_goal) == (0, "not_enough", None)
