"""Makes the office that all turns share: its plan, its calendar, what the assistant does."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import handlers
from bot.conversation import Features, Office, gather
from bot.movement import Calendar, Holidays, Override, Plan, read_holidays, read_overrides
from bot.office.status_board import keep_true
from storage import calendar as calendar_table

_PLANS = Path(__file__).parent.parent / "plans"
HOLIDAYS = _PLANS / "holidays-vn-years.csv"
"""Written by docs/holiday_years.py."""
OVERRIDES = _PLANS / "holidays-vn.csv"
PLANS = 4
"""Plans of which what was made is kept in a process: the one in force, the one before, one that is tried out."""


def plan_hash(text: str) -> str:
    """Return how a plan file is named in what was filed under it."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def make_office(plan: Plan, text: str, own: Sequence[calendar_table.SetDay] = ()) -> Office:
    """Return the office as all turns share it."""
    return _office(plan, text, gather(handlers.FEATURES, plan), own)


def office_under(text: str) -> Office:
    """Return the office under a plan that was taken before; raise BadPlan."""
    return _office(*_under(text))


def under_plan(office: Office, text: str) -> Office:
    """Return the same office under another plan; raise BadPlan."""
    plan, _text, features = _under(text)
    return replace(office, plan=plan, plan_hash=plan_hash(text), features=features)


def make_calendar(own: Sequence[calendar_table.SetDay] = ()) -> Calendar:
    """Return the holidays of Viet Nam, with the shipped overrides and the office's own over them."""
    set_by_office = {row.day: Override(row.day, row.off, row.note, row.source) for row in own}
    return replace(_shipped(), own=set_by_office) if set_by_office else _shipped()


def _office(plan: Plan, text: str, features: Features, own: Sequence[calendar_table.SetDay] = ()) -> Office:
    return Office(plan=plan, plan_hash=plan_hash(text), calendar=make_calendar(own), features=features, drawn=keep_true)


_made: dict[str, tuple[object, Plan, Features]] = {}
"""By the text of a plan: what the assistant does (the list itself), the plan, what it does under that."""


def _under(text: str) -> tuple[Plan, str, Features]:
    """Return a plan and what the assistant does under it: much else is made once a plan and kept with it."""
    made = _made.get(text)
    if made is None or made[0] is not handlers.FEATURES:
        plan = Plan.kept(text)
        while len(_made) >= PLANS:
            del _made[next(iter(_made))]
        made = _made[text] = handlers.FEATURES, plan, gather(handlers.FEATURES, plan)
    return made[1], text, made[2]


def forget() -> None:
    """Delete what was made: somebody has changed what it is made by."""
    _made.clear()


@cache
def _shipped() -> Calendar:
    return Calendar(
        Holidays(read_holidays(HOLIDAYS.read_text(encoding="utf-8"))),
        read_overrides(OVERRIDES.read_text(encoding="utf-8")),
    )
