"""Decides about a notice or daily row just before it goes out. Runs on the writer's thread, one transaction a row.

Is it still called for, is the office open, which chat takes it? So nobody is told what has stopped being true, and
what goes out is written down first.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.channels import LOCAL, Parcel
from bot.conversation import LOOKS, Notice, Office, Visit, posts, render, speaker, words_for
from bot.delivery import month_quota
from bot.delivery.events import DeliveryEvents
from bot.delivery.lines import Availability
from bot.dialogue import Say
from bot.language import Count, Part, _
from storage import chats, drafts, outbox, people, sending
from storage.chats import Chat
from storage.db import Tx
from storage.outbox import OutboxRow, RowKind, RowState

Facts = Mapping[int, Mapping[str, Any]]
"""What texts need of the whole office, by row."""


def claim(
    tx: Tx, office: Office, now: datetime, lines: Availability, id: int, facts: Facts, events: DeliveryEvents
) -> Parcel | None:
    """Decide about one row; return the parcel to be sent, or None."""
    row = tx.one(outbox.BY_ID, id=id)
    if row is None or row.state is not RowState.WAITING:
        return None
    person = speaker(tx, row.listener)
    if person is None:
        sending.fail(tx, id=id, why="nobody is there")
        return None
    others = tx.all(outbox.OF_OTHER_POSTS, person=row.person, day=row.day) if row.day is not None else []
    if (why := _expired(row, others, now)) is not None:
        events.row_expired(tx, row, now)
        sending.expire(tx, id=id, why=why)
        return None
    if (later := _later(tx, row, others, now, office)) is not None:
        sending.postpone(tx, id=id, due=later[0], why=later[1])
        return None
    chat = _chat_for(tx, row, now, lines, office, events)
    if chat is None:
        return None
    said: list[tuple[OutboxRow, Say]] = []
    for each in _merged_with(tx, row, others, chat, now, office, facts):
        whose = speaker(tx, each.person)
        if whose is not None:
            about = {**each.about, **facts.get(each.id, facts.get(id, {}))}
            said += _said(Visit(tx, office, chat, whose, now), each, about)
    if not said:
        return None
    drawn = render(
        _one_message([say for _row, say in said], counted=row.kind is RowKind.NOTICE),
        LOOKS[chat.look],
        words_for(person, chat, office.plan),
        asked=False,
    )
    return _in_flight(tx, [each for each, _say in said], chat, drawn.to_json(), now)


def _notice(office: Office, row: OutboxRow) -> Notice:
    return office.features.notices[row.code]


# When ------------------------------------------------------------------------------------------------


def _expired(row: OutboxRow, others: Sequence[OutboxRow], now: datetime) -> str | None:
    """Return why a daily row cannot be said on its day any more."""
    if row.day is not None and row.day < now.date():
        return "its day has passed"
    if any(each.state is not RowState.WAITING for each in others):  # the next day speaks for this post
        return "spoken to today in another post"
    return None


def _later(
    tx: Tx, row: OutboxRow, others: Sequence[OutboxRow], now: datetime, office: Office
) -> tuple[datetime, str] | None:
    """Return when to decide again, and why not now."""
    if (until := max((each.due for each in others), default=now)) > now:
        return until, "said with what another post is told"
    if _notice(office, row).at_once:
        return None
    if not office.hours.open(now, office.calendar):
        return office.hours.next_opening(now, office.calendar), "the office is closed"
    quiet = timedelta(minutes=office.plan.speaking.open_form_minutes)
    closing = office.hours.closing(now)  # what waited until then would never be said
    for post in tx.all(people.POSTS, person=row.listener):
        for head in tx.all(drafts.OPEN_OF_PERSON, person=post.id):
            until = min(head.touched + quiet, closing)
            if now < until and tx.one(chats.FOCUSED, draft=head.id) is not None:
                return until, sending.HELD
    if row.kind is RowKind.NOTICE:
        merge = timedelta(minutes=office.plan.speaking.merge_minutes)
        last = tx.one(sending.LAST_NOTICE, person=row.person)
        if last is not None and now - last.at < merge:
            return last.at + merge, "merged with what was just said"
    return None


# Where -----------------------------------------------------------------------------------------------


def _chat_for(
    tx: Tx, row: OutboxRow, now: datetime, lines: Availability, office: Office, events: DeliveryEvents
) -> Chat | None:
    """Return the chat where the person wants it, or the next one that takes it now; without one postpone or fail it."""
    rests: list[float] = []
    urgent = _notice(office, row).urgent
    for chat in tx.all(chats.PLACES, person=row.listener):
        rest = lines.rest(chat)
        if rest is None or chat.id in row.tried or row.about.get("chat", chat.id) != chat.id:
            continue
        if rest > 0:
            rests.append(rest)
        elif month_quota.has_room(tx, chat.channel, lines.quotas, urgent, now):
            return chat
    if rests:
        sending.postpone(tx, id=row.id, due=now + timedelta(seconds=min(rests)), why="the channel rests")
    else:
        sending.fail(tx, id=row.id, why=sending.NOWHERE)
        if "chat" not in row.about:  # what was meant for one chat alone says nothing of the person
            events.row_unreachable(tx, row, now)
    return None


# What ------------------------------------------------------------------------------------------------


def _merged_with(
    tx: Tx, row: OutboxRow, others: Sequence[OutboxRow], chat: Chat, now: datetime, office: Office, facts: Facts
) -> list[OutboxRow]:
    """Return all rows that go out in one message with this one; what this chat has not taken goes another way."""
    if row.kind is RowKind.DAILY:  # what a day says to somebody in all their posts is one message
        rows = [row, *(each for each in others if each.id in facts and chat.id not in each.tried)]
        return sorted(rows, key=lambda each: each.person or 0)
    if _notice(office, row).at_once:
        return [row]
    notices = tx.all(outbox.WAITING_NOTICES, person=row.person)
    return [
        each for each in notices if each.due <= now and chat.id not in each.tried and not _notice(office, each).at_once
    ]


def _said(visit: Visit, row: OutboxRow, about: dict[str, Any]) -> list[tuple[OutboxRow, Say]]:
    """Return the row with its text, where it is still called for; else cancel it."""
    notice = _notice(visit.office, row)
    if not notice.serves.holds(visit, about):
        sending.set_state(visit.tx, id=row.id, state=RowState.CANCELLED, why="no longer theirs to know")
    elif (say := notice.say(visit, about)) is None:
        sending.set_state(visit.tx, id=row.id, state=RowState.CANCELLED, why="no longer called for")
    else:
        return [(row, posts.unasked(visit, say))]
    return []


def _one_message(says: list[Say], counted: bool) -> Say:
    """Merge several acts of colleagues, or what somebody is told in several posts."""
    if len(says) == 1:
        return says[0]
    lines: list[Part] = [_("There are {n} pieces of news.", n=Count(len(says)))] if counted else []
    for say in says:
        lines += [*([""] if lines else []), *say.lines]
    buttons = [button for say in says for button in say.buttons]
    return replace(says[0], lines=lines, buttons=buttons, files=[f for s in says for f in s.files])


def _in_flight(tx: Tx, rows: Sequence[OutboxRow], chat: Chat, body: dict[str, Any], now: datetime) -> Parcel:
    """Mark these rows as in flight in one message, that of the last one; return it."""
    *merged, last = rows
    local = chat.channel == LOCAL
    for each in merged:  # sent only when the message they stand in is
        state = RowState.SENT if local else RowState.SENDING
        sending.set_state(tx, id=each.id, state=state, why=f"merged into {last.id}")
    sending.begin(tx, id=last.id, chat=chat.id, body=body, now=now, local=local)
    ids = [each.id for each in merged]
    return Parcel(last.id, chat.id, chat.channel, chat.address, body, unasked=True, merged=ids)
