"""A code that nobody answers stops the start with its place; so does one that two features give."""

import sys
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

import handlers
from bot.conversation import EVERYBODY, Feature, Notice, Twice, gather
from bot.movement import BadPlan, Plan
from bot.server import wiring
from handlers import confirm, mine, reach, report, start, summary
from storage.outbox import NoticeCode
from tests.conftest import PLAN_TEXT, OpenOffice

FEATURES = gather(handlers.FEATURES, Plan.parse(PLAN_TEXT))


def without(*left_out: Feature) -> str:
    """What the start says when these features are not in the list."""
    with pytest.raises(wiring.Unknown) as raised:
        wiring.check(
            gather(each for each in handlers.FEATURES if each.module not in [left.module for left in left_out])
        )
    return str(raised.value)


def test_everything_that_is_said_is_answered() -> None:
    wiring.check(FEATURES)
    wiring.check_plan(FEATURES, Plan.parse(PLAN_TEXT))


def test_an_unknown_command_is_named_with_its_line() -> None:
    said = without(mine.FEATURE)
    source = Path(str(confirm.__file__))
    lines = [n for n, line in enumerate(source.read_text(encoding="utf-8").splitlines(), 1) if 'f"/cuatoi ' in line]
    assert lines
    for line in lines:
        assert f"no feature has the command «/cuatoi»: {source}:{line}" in said
    assert "the feature is not in the list: handlers.mine.FEATURE" in said


def test_an_unknown_notice_is_named_where_it_is_declared() -> None:
    assert "no feature says the notice «astray»: bot.conversation.notice_codes.ASTRAY" in without(reach.FEATURE)


def test_a_form_and_a_job_in_no_feature_are_named() -> None:
    assert "Conversation «report» is in no feature: handlers.report.REPORT" in without(report.FEATURE)
    assert "no feature has the form «report»: bot.office.duties.duty_kinds.KINDS['results']" in without(report.FEATURE)
    assert "JobKind «missing» is in no feature: handlers.summary.MISSING" in without(summary.FEATURE)


def test_whatever_a_new_handler_forgets_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType("handlers.new")
    vars(module).update(
        TOLD=Notice("told", lambda visit, about: None, EVERYBODY),
        CODE=NoticeCode("nobody_says_it"),
        FORM=replace(FEATURES.forms["leave"], code="new"),
    )
    monkeypatch.setitem(sys.modules, "handlers.new", module)
    with pytest.raises(wiring.Unknown) as raised:
        wiring.check(FEATURES)
    assert str(raised.value).split("; ") == [
        "Notice «told» is in no feature: handlers.new.TOLD",
        "no feature says the notice «nobody_says_it»: handlers.new.CODE",
        "Conversation «new» is in no feature: handlers.new.FORM",
    ]


def test_a_plan_that_names_an_unknown_command_is_refused() -> None:
    with pytest.raises(BadPlan) as raised:
        wiring.check_plan(FEATURES, Plan.kept(PLAN_TEXT.replace('command = "baocaotinh"', 'command = "khac"')))
    assert [problem.where for problem in raised.value.problems] == ["[[duties]] «provincial» command"]


async def test_an_unknown_code_stops_the_start(open_office: OpenOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        handlers, "FEATURES", tuple(each for each in handlers.FEATURES if each.module != mine.FEATURE.module)
    )
    with pytest.raises(wiring.Unknown, match=r"handlers.mine.FEATURE"):
        await open_office()


@pytest.mark.parametrize(
    ("again", "said"),
    [
        (Feature("here", commands=mine.FEATURE.commands), "command «cuatoi» is given by handlers.mine and by here"),
        (Feature("here", forms=report.FEATURE.forms), "form «report» is given by handlers.report and by here"),
        (
            Feature("here", notices=report.FEATURE.notices),
            "notice «report_drafted» is given by handlers.report and by here",
        ),
        (Feature("here", jobs=summary.FEATURE.jobs), "job «summary» is given by handlers.summary and by here"),
        (Feature("here", stranger=start.stranger), "stranger «stranger» is given by handlers.start and by here"),
    ],
)
def test_what_two_features_give_is_refused(again: Feature, said: str) -> None:
    with pytest.raises(Twice) as raised:
        gather([*handlers.FEATURES, again])
    assert str(raised.value) == said
