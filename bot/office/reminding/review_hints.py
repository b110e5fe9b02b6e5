"""Tell the office, along with what its day's message says anyway, that a review may be opened now. Reads snapshots."""

from datetime import datetime

from bot.conversation import Office
from bot.movement import ToSay
from storage import deadlines, reviews, rungs
from storage.db import Snapshot
from storage.outbox import NoticeCode

REVIEW_HINT = NoticeCode("review_hint")
"""A part of the day's message: never a reason for one."""


async def add(snapshot: Snapshot, office: Office, desk: set[int], now: datetime, found: dict[int, ToSay]) -> None:
    """Add once to whoever of the office is spoken to today: which reviews can be opened, and until when."""
    today, years = now.date(), {row.year for row in await snapshot.all(deadlines.YEARS)}
    for duty in office.plan.reviews:
        year = today.year
        if year not in years or year not in duty.years or not duty.opening(year) <= today <= duty.locking(year):
            continue
        given = await snapshot.one(deadlines.DEADLINE, duty=duty.code, year=year)
        closed = await snapshot.one(reviews.CLOSING, duty=duty.code, year=year)
        if given is not None or closed is not None:
            continue
        key = f"review_hint:{duty.code}:{year}"
        told = {row.person for row in await snapshot.all(rungs.OF_KEYS, keys=[key])}
        for id in desk.intersection(found) - told:
            found[id].take(ToSay(id, notes={REVIEW_HINT: [[duty.code, year]]}, keys=[key]))
