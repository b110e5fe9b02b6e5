"""Targets that a list of people fills in: against a count made the long way, and what a plan file may not say of them."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language import Words
from bot.movement import Figure, Learnt, Plan, Reported, from_lists, learnt_by, progress
from bot.movement.plan import BadPlan
from tests.conftest import PLAN_TEXT

PLAN = Plan.parse(PLAN_TEXT)
SIX, TWO = PLAN.target("6"), PLAN.target("2")
CUTOFF = PLAN.cutoff_day(2027)
TOPICS = ("ky_nang_so", "an_toan", "")
rows = st.lists(
    st.builds(
        Learnt,
        st.sampled_from(("classes", "skills")),
        st.sampled_from((*TOPICS, "2", "6")),
        st.integers(1, 9),
        st.integers(-500, 30).map(lambda days: CUTOFF + timedelta(days)),
    ),
    max_size=30,
)
rosters = st.dictionaries(st.sampled_from("ABC"), st.sets(st.integers(1, 9), max_size=6))


@given(rows, rosters, st.sets(st.sampled_from("ABC")))
def test_each_official_counts_once_until_the_cut_off(
    learnt: list[Learnt], roster: dict[str, set[int]], own: set[str]
) -> None:
    """Counted by looking at every official of every unit; units in `own` have given a total instead."""
    listed = [
        Figure(unit, target.code, Decimal(n), Decimal(of), from_list=True)
        for target in (SIX, TWO)
        for unit, (n, of) in from_lists(roster, learnt_by(target, learnt, CUTOFF)).items()
    ]
    figures = [Figure(unit, "6", Decimal(1), Decimal(1)) for unit in sorted(own)]
    found = progress(PLAN, date(2028, 1, 1), Reported(2027, "ABC", figures, listed=listed))
    six, two = (next(each for each in found if each.target.code == code) for code in ("6", "2"))

    def passed(person: int, what: str, about: str) -> bool:
        return any((row.person, row.what, row.about) == (person, what, about) and row.day <= CUTOFF for row in learnt)

    for each, what, about, totals in ((six, "classes", "ky_nang_so", own), (two, "skills", "2", set[str]())):
        n, of, by_list = 0, 0, []
        for unit in "ABC":
            if unit in totals:
                n, of = n + 1, of + 1
                continue
            those = [person for person in roster.get(unit, ()) if passed(person, what, about)]
            if those:
                n, of = n + len(those), of + len(roster[unit])
                by_list.append(unit)
        assert (each.numerator, each.denominator) == (Decimal(n), Decimal(of))
        assert list(each.by_list) == by_list
        assert set(each.by_total) == (totals if by_list else set())
        assert each.reported == len(by_list) + len(totals), "a unit without a list is unknown, no zero"


def test_a_unit_that_says_it_has_no_figures_yet_counts_by_its_list() -> None:
    listed = [Figure("A", "6", Decimal(2), Decimal(5), from_list=True)]
    known = Reported(2027, "A", [Figure("A", "6", None, None)], listed=listed)
    found = next(each for each in progress(PLAN, date(2027, 6, 1), known) if each.target.code == "6")
    assert (found.numerator, found.denominator, found.by_list) == (Decimal(2), Decimal(5), ("A",))


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        ('topics = ["ky_nang_so"] }', 'topics = ["ky_nang"] }', "không có chuyên đề «ky_nang»"),
        (
            'fed_by = { what = "skills" }',
            'fed_by = { what = "skills", topics = ["an_toan"] }',
            "chỉ lớp tập huấn mới có",
        ),
        (
            'code = "an_toan"\nname = "An toàn thông tin"\narea = "II.5"',
            'code = "an_toan"\nname = "An toàn thông tin"\narea = "II.9"',
            "II.9",
        ),
        (
            'measure = "units_with_plan"\n',
            'measure = "units_with_plan"\nfed_by = { what = "skills" }\n',
            "units_with_plan",
        ),
    ],
)
def test_nonsense_is_refused(before: str, after: str, line: str) -> None:
    assert before in PLAN_TEXT
    with pytest.raises(BadPlan) as refused:
        Plan.parse(PLAN_TEXT.replace(before, after, 1))
    assert len(refused.value.problems) == 1
    assert line in Words("vi").say(refused.value.problems[0].what)
