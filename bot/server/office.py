"""Makes the office that all turns share: its plan, its calendar, what the assistant does."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import handlers
from bot.conversation import Office, gather
from bot.movement import Calendar, Holidays, Override, Plan, read_overrides
from bot.office.status_board import keep_true
from storage import calendar as calendar_table

HOLIDAYS = Path(__file__).parent.parent / "plans" / "holidays-vn.csv"


def plan_hash(text: str) -> str:
    """Return how a plan file is named in what was filed under it."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def make_office(plan: Plan, text: str, own: Sequence[calendar_table.SetDay] = ()) -> Office:
    """Return the office as all turns share it."""
    return Office(
        plan=plan,
        plan_hash=plan_hash(text),
        calendar=make_calendar(own),
        features=gather(handlers.FEATURES, plan),
        drawn=keep_true,
    )


def under_plan(office: Office, text: str) -> Office:
    """Return the same office under another plan."""
    plan = Plan.kept(text)
    return replace(office, plan=plan, plan_hash=plan_hash(text), features=gather(handlers.FEATURES, plan))


def make_calendar(own: Sequence[calendar_table.SetDay] = ()) -> Calendar:
    """Return the holidays of Viet Nam, with the shipped overrides and the office's own over them."""
    set_by_office = {row.day: Override(row.day, row.off, row.note, row.source) for row in own}
    return Calendar(Holidays(), read_overrides(HOLIDAYS.read_text(encoding="utf-8")), set_by_office)
