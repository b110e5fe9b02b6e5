"""Writes down the outcome of a send: rows, quota, chats. Runs on the writer's thread, in one transaction a parcel."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.channels import Outcome, Parcel, Result
from bot.delivery import month_quota
from bot.delivery.events import DeliveryEvents
from bot.delivery.retry_policy import pause
from storage import chats, outbox, sending
from storage.db import Tx
from storage.outbox import OutboxRow, RowState

MISSED = timedelta(days=7)
"""How old the notices may be that are said to somebody who is reached again."""


def record(
    tx: Tx, parcel: Parcel, result: Result, tries: int, limit: int | None, events: DeliveryEvents, now: datetime
) -> bool:
    """Record the last result of a parcel; return whether something new may have to be said.

    A notice or daily row that did not go out returns to the outbox, without this chat where it never will.
    """
    low = (
        limit is not None
        and result.parts > 0
        and month_quota.spend(tx, parcel.channel, result.parts, limit, events, now)
    )
    if result.outcome is Outcome.GONE:
        mark_lost(tx, parcel.chat, events, now)
    ids = (*parcel.merged, parcel.row)
    if result.outcome in (Outcome.SENT, Outcome.UNSURE):
        for id in ids:
            sending.set_state(tx, id=id, state=RowState(result.outcome.value), why=result.why, message=result.message)
        if result.outcome is Outcome.UNSURE and parcel.unasked:
            events.rows_unsure(tx, _rows(tx, ids), now)
    elif parcel.edits is not None:  # the message stays as it is: nobody asked for a second one
        sending.set_state(tx, id=parcel.row, state=RowState.CANCELLED, why=result.why)
        events.edit_lost(tx, parcel.edits)
    elif not parcel.unasked:
        sending.set_state(tx, id=parcel.row, state=RowState.FAILED, why=result.why)
    else:
        never = result.outcome in (Outcome.GONE, Outcome.REFUSED)
        due = now if never else now + timedelta(seconds=pause(result, tries))
        for row in _rows(tx, ids):
            tried = [*row.tried, parcel.chat] if never else row.tried
            sending.requeue(tx, id=row.id, due=due, why=result.why or result.outcome.value, tried=tried)
    return low or result.outcome is not Outcome.SENT


def _rows(tx: Tx, ids: Sequence[int]) -> list[OutboxRow]:
    return [row for id in ids if (row := tx.one(outbox.BY_ID, id=id)) is not None]


def mark_reached(tx: Tx, chat: int, now: datetime) -> bool:
    """Mark a chat as reached, and retry what did not reach its person; return whether there is anything."""
    if not chats.set_reachable(tx, chat=chat, reachable=True):
        return False
    place = tx.one(chats.BY_ID, id=chat)
    if place is None or place.person is None:
        return False
    return sending.retry_unreached(tx, person=place.person, now=now, since=now - MISSED)


def mark_lost(tx: Tx, chat: int, events: DeliveryEvents, now: datetime) -> None:
    """Mark a chat in which nobody is any more."""
    if chats.set_reachable(tx, chat=chat, reachable=False):
        events.chat_lost(tx, chat, now)
