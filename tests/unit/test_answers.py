"""Answers as people write them (tests/phrases/answers.tsv), and that everything that is printed is read again."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from bot.dialogue import Day, Draft, Expected, Field, Form, Money, Said, Scene, Unclear, Value, engine
from bot.dialogue.reading import read
from bot.dialogue.spans import Days
from bot.language import TypedPeriod, Words
from bot.office.report.amounts import Quantity
from bot.office.report.share_answers import Share
from tests.unit.test_engine import stage

pytestmark = pytest.mark.slow

TABLE = Path("tests/phrases/answers.tsv")
ASKED = "asked"
"""Nothing is recorded before it is asked back."""


def rows() -> Sequence[tuple[str, str, str]]:
    """Where an answer is typed, what is typed, what is recorded."""
    lines = TABLE.read_text(encoding="utf-8").splitlines()[1:]
    found = [line.split("\t") for line in lines]
    return [(where, typed.replace("\\n", "\n"), recorded) for where, typed, recorded in found]


def taken(field: Field, form: Form, scene: Scene, typed: str) -> str:
    """What is recorded of an answer, as it is shown; or that it is asked."""
    turn = engine.take(form, Draft(form.code, asking=field.code), Said(typed, message=1), scene)
    if field.code not in turn.draft.parts:
        return ASKED
    return scene.words.say(field.kind.show(turn.draft.values()[field.code], scene))


def test_answers_are_recorded_as_they_are_meant_or_asked(made_demo: Path) -> None:
    forms = stage(made_demo)
    wrong = []
    for where, typed, recorded in rows():
        code, _colon, asked = where.partition(":")
        form, scene = forms[code]
        if (found := taken(form[asked], form, scene, typed)) != recorded:
            wrong.append(f"{where} {typed!r}: {found!r}, not {recorded!r}")
    assert not wrong, "\n".join(wrong)
    assert len(rows()) >= 300


def test_every_choice_is_read_as_it_is_shown(made_demo: Path) -> None:
    wrong, n = [], 0
    for form, scene in stage(made_demo).values():
        for field in form.fields:
            for place, choice in enumerate(_offered(field, scene), 1):
                for part in filter(None, (choice.label, choice.full)):
                    shown = scene.words.say(part)
                    said = (shown, shown.upper()) if choice.person else (shown, shown.upper(), f"{place}. {shown}")
                    for each in said:
                        n += 1
                        reading = read(field, each, Draft(form.code), scene)
                        if isinstance(reading, Unclear) and choice.value in [one.value for one in reading.meanings]:
                            continue
                        if not (isinstance(reading, Value) and reading.value == choice.value):
                            wrong.append(f"{form.code}:{field.code} {each!r}: {reading}")
    assert not wrong, "\n".join(wrong)
    assert n > 1000


def _offered(field: Field, scene: Scene) -> Sequence[Any]:
    try:
        return field.choices({}, scene) if field.choices is not None else ()
    except (KeyError, TypeError, StopIteration):
        return ()  # it hangs on answers that come before it


NOW = date(2027, 10, 18)
VI = Words("vi")


def comes_back(made_demo: Path, code: str, asked: str, value: Any) -> None:
    """What is printed of a value is read as that value."""
    form, scene = stage(made_demo)[code]
    field = form[asked]
    shown = scene.words.say(field.kind.show(value, scene))
    assert read(field, shown, Draft(form.code), scene) == Value(value), shown
    assert read(field, shown.lower(), Draft(form.code), scene) == Value(value), shown


quickly = settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


@quickly
@given(n=st.integers(0, 20000), more=st.integers(0, 20000), of=st.sampled_from(["2", "3", "II.3.1"]))
def test_a_printed_share_is_read(made_demo: Path, n: int, more: int, of: str) -> None:
    assume(n + more > 0)
    form, scene = stage(made_demo)["report"]
    assert isinstance(form[of].kind, Share)
    comes_back(made_demo, "report", of, {"n": n, "d": n + more})
    sure = scene.words.say(form[of].kind.show({"n": n, "d": n + more}, scene))
    for said in (
        f"khoảng {sure}",
        f"{sure} ạ",
        f"đạt {sure}",
        sure.replace(", ", " (") + ")",
        sure.replace(", ", " = "),
    ):
        assert read(form[of], said, Draft("report"), scene) == Value({"n": n, "d": n + more}), said


@quickly
@given(n=st.integers(0, 10**7), estimate=st.booleans())
def test_a_printed_amount_is_read(made_demo: Path, n: int, estimate: bool) -> None:
    form, _scene = stage(made_demo)["report"]
    assert isinstance(form["5"].kind, Quantity)
    number = format(Decimal(n) / 10 if n % 10 else Decimal(n // 10), "f")
    comes_back(made_demo, "report", "5", {"n": number, "estimate": estimate, "in": "ram"})


@quickly
@given(n=st.integers(0, 10**12))
def test_printed_money_is_read(made_demo: Path, n: int) -> None:
    form, _scene = stage(made_demo)["request_answer"]
    assert isinstance(form["xmoney"].kind, Money)
    comes_back(made_demo, "request_answer", "xmoney", str(n))
    comes_back(made_demo, "request_answer", "q1", str(n))


@quickly
@given(day=st.dates(date(2025, 1, 1), date(2031, 12, 31)))
def test_a_printed_day_or_period_is_read(made_demo: Path, day: date) -> None:
    form, _scene = stage(made_demo)["request_answer"]
    assert isinstance(form["xdate"].kind, Day)
    comes_back(made_demo, "request_answer", "xdate", day.isoformat())
    form, scene = stage(made_demo)["register_sk"]
    assert isinstance(form["starts"].kind, Expected)
    for period in (
        TypedPeriod.of_day(day),
        TypedPeriod.of_month(day.year, day.month),
        TypedPeriod.of_quarter(day.year, (day.month + 2) // 3),
    ):
        comes_back(made_demo, "register_sk", "starts", period.to_json())
    span, kind = [day.isoformat(), (day + timedelta(days=day.day - 1)).isoformat()], Days()
    assert kind.read(scene.words.say(kind.show(span, scene)), {}, scene) == Value(span)


@quickly
@given(data=st.data())
def test_printed_authors_are_read(made_demo: Path, data: st.DataObject) -> None:
    form, scene = stage(made_demo)["register_sk"]
    roster = list(form["authors"].kind.roster(scene))  # type: ignore[attr-defined]  # of authors
    some = data.draw(st.lists(st.sampled_from(roster), min_size=1, max_size=4, unique_by=lambda each: each[0]))
    cuts = data.draw(st.lists(st.integers(1, 20), min_size=len(some) - 1, max_size=len(some) - 1))
    shares = [100 - sum(cuts), *cuts]
    value = [[id, str(share), name] for (id, name, _place), share in zip(some, shares, strict=True)]
    comes = [[id, Decimal(share), name] for id, share, name in value]
    shown = scene.words.say(form["authors"].kind.show(value, scene))
    for said in (shown, shown.replace("; ", "\n"), shown.replace("%", ""), f"- {shown.replace('; ', chr(10) + '- ')}"):
        reading = read(form["authors"], said, Draft(form.code), scene)
        assert isinstance(reading, Value), (said, reading)
        assert [[id, Decimal(share), name] for id, share, name in reading.value] == comes
