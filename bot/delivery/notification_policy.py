"""Decides about an unasked message just before it goes out: is it still called for, is the office open, which chat?

All in one transaction: so nobody is told what has stopped being true, and what goes out is written down first.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from bot.channels import LOCAL, Parcel, place_of
from bot.conversation import LOOKS, Office, Visit, posts, render, speaker, words_for
from bot.delivery.outcomes import day_lost, gone_astray, hurry, spare
from bot.dialogue import Say
from bot.language import Count, Part, _
from storage import chats, drafts, outbox, people, sending
from storage.chats import Chat
from storage.db import Tx
from storage.outbox import Kind, Row, State


@dataclass(frozen=True, slots=True)
class Ways:
    """What may be sent through now: channels that rest and the quotas of those that have one."""

    resting: Mapping[str, float]
    """Channels in use, with the seconds for which each still rests."""
    quotas: Mapping[str, int]
    held: Mapping[tuple[str, str], float]
    """Chats, by channel and place, that their messenger wants left alone, with the seconds."""

    def rest(self, chat: Chat) -> float | None:
        """For how long a chat takes nothing; None for one whose channel is not in use."""
        if chat.channel == LOCAL:
            return 0.0
        rest = self.resting.get(chat.channel)
        return None if rest is None else max(rest, self.held.get((chat.channel, place_of(chat.address)), 0.0))


def claim(
    tx: Tx, office: Office, now: datetime, ways: Ways, id: int, facts: Mapping[int, Mapping[str, Any]]
) -> Parcel | None:
    """Decide about one row, `facts` holding what texts need by row; what is to be carried, or None."""
    row = tx.one(outbox.BY_ID, id=id)
    if row is None or row.state is not State.WAITING:
        return None
    assert row.person is not None
    person = speaker(tx, row.person)
    if person is None:
        sending.fail(tx, id=id, why="nobody is there")
        return None
    if row.day is not None and row.day < now.date():
        day_lost(tx, row, now)
        sending.expire(tx, id=id)
        return None
    others = tx.all(outbox.OF_OTHER_POSTS, person=row.person, day=row.day) if row.day is not None else []
    if any(each.state is not State.WAITING for each in others):  # the next day speaks for this post
        day_lost(tx, row, now)
        sending.expire(tx, id=id, why="spoken to today in another post")
        return None
    if (until := max((each.due for each in others), default=now)) > now:
        sending.postpone(tx, id=id, due=until, why="said with what another post is told")
        return None
    assert row.news is not None
    at_once = office.features.notices[row.news].at_once
    if not at_once and (later := _later(tx, row, now, office)) is not None:
        sending.postpone(tx, id=id, due=later[0], why=later[1])
        return None
    chat = _place(tx, row, now, ways)
    if chat is None:
        return None
    rows = [row]
    if row.kind is Kind.NOTICE and not at_once:
        rows = _waiting_hands(tx, row, chat, now, office)
    elif row.kind is Kind.DAILY:  # what a day says to somebody in all their posts is one message
        rows += [each for each in others if each.id in facts and chat.id not in each.tried]
        rows.sort(key=lambda each: each.person or 0)
    said: list[tuple[Row, Say]] = []
    for each in rows:
        whose = speaker(tx, each.person)
        if whose is not None:
            about = {**each.about, **facts.get(each.id, facts.get(id, {}))}
            said += _said(Visit(tx, office, chat, whose, now), each, about)
    if not said:
        return None
    says = [say for _row, say in said]
    drawn = render(
        _merged(says, counted=row.kind is Kind.NOTICE), LOOKS[chat.look], words_for(person, chat), asked=False
    )
    last, local = said[-1][0], chat.channel == LOCAL
    merged = [each.id for each, _say in said[:-1]]
    for id in merged:  # sent only when the message they stand in is
        sending.set_state(tx, id=id, state=State.SENT if local else State.SENDING, why=f"merged into {last.id}")
    sending.begin(tx, id=last.id, chat=chat.id, body=drawn.to_json(), now=now, local=local)
    return Parcel(last.id, chat.id, chat.channel, chat.address, drawn.to_json(), unasked=True, merged=merged)


def _place(tx: Tx, row: Row, now: datetime, ways: Ways) -> Chat | None:
    """The chat this goes to: where the person wants it, or the next one that takes it now."""
    assert row.person is not None
    rests: list[float] = []
    for chat in tx.all(chats.PLACES, person=row.person):
        rest = ways.rest(chat)
        if rest is None or chat.id in row.tried or row.about.get("chat", chat.id) != chat.id:
            continue
        if rest > 0:
            rests.append(rest)
        elif spare(tx, chat.channel, ways.quotas, hurry(row), now):
            return chat
    if rests:
        sending.postpone(tx, id=row.id, due=now + timedelta(seconds=min(rests)), why="the channel rests")
    else:
        sending.fail(tx, id=row.id, why=sending.NOWHERE)
        if "chat" not in row.about:  # what was meant for one chat alone says nothing of the person
            gone_astray(tx, row, now)
    return None


def _said(visit: Visit, row: Row, about: dict[str, Any]) -> list[tuple[Row, Say]]:
    """The row with its text, where it is still called for; else it is cancelled."""
    assert row.news is not None
    news = visit.office.features.notices[row.news]
    if not news.serves.holds(visit, about):
        sending.set_state(visit.tx, id=row.id, state=State.CANCELLED, why="no longer theirs to know")
    elif (say := news.say(visit, about)) is None:
        sending.set_state(visit.tx, id=row.id, state=State.CANCELLED, why="no longer called for")
    else:
        return [(row, posts.unasked(visit, say))]
    return []


def _later(tx: Tx, row: Row, now: datetime, office: Office) -> tuple[datetime, str] | None:
    """When to try again, and why not now."""
    assert row.person is not None
    if not office.hours.open(now, office.calendar):
        return office.hours.next_opening(now, office.calendar), "the office is closed"
    quiet = timedelta(minutes=office.plan.speaking.open_form_minutes)
    closing = office.hours.closing(now)  # what waited until then would never be said
    for post in tx.all(people.POSTS, person=row.person):
        for head in tx.all(drafts.OPEN_OF_PERSON, person=post.id):
            until = min(head.touched + quiet, closing)
            if now < until and tx.one(chats.FOCUSED, draft=head.id) is not None:
                return until, sending.HELD
    if row.kind is Kind.NOTICE:
        merge = timedelta(minutes=office.plan.speaking.merge_minutes)
        last = tx.one(sending.LAST_NOTICE, person=row.person)
        if last is not None and now - last.at < merge:
            return last.at + merge, "merged with what was just said"
    return None


def _waiting_hands(tx: Tx, row: Row, chat: Chat, now: datetime, office: Office) -> list[Row]:
    """All that may go out in one message here; what this chat has not taken goes another way."""
    hands = tx.all(outbox.WAITING_NOTICES, person=row.person)
    return [
        each
        for each in hands
        if each.due <= now and chat.id not in each.tried and not office.features.notices[each.news or ""].at_once
    ]


def _merged(says: list[Say], counted: bool) -> Say:
    """Several acts of colleagues, or what somebody is told in several posts, as one message."""
    if len(says) == 1:
        return says[0]
    lines: list[Part] = [_("There are {n} pieces of news.", n=Count(len(says)))] if counted else []
    for say in says:
        lines += [*([""] if lines else []), *say.lines]
    buttons = [button for say in says for button in say.buttons]
    return replace(says[0], lines=lines, buttons=buttons, files=[f for s in says for f in s.files])
