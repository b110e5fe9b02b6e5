"""File a reply in the outbox, drawn for its chat. Inside the transaction that made it."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

from bot.channels import LOCAL, Parcel
from bot.conversation.authority import speaker
from bot.conversation.context import Visit, words_for
from bot.conversation.looks import LOOKS, render, shortened
from bot.conversation.woken import ChatLinked, OutboxFilled, SendNow
from bot.dialogue import Say
from bot.language import _
from storage import chat_texts, chats, outbox, people, shown_once

SHOWN = _("[a code is shown once; if it has not arrived, please make a new one]")
BELOW = _("The answer stands below.")
JOIN = timedelta(seconds=1.5)
"""How long the reply to a file waits for the next one: an album comes as one message a picture."""


def deliver(visit: Visit, say: Say, said: str, joins: bool = False) -> int:
    """File a reply to the person's own message, drawn for this chat; return its row. `joins` waits for what belongs with it."""
    chat, person = _listener(visit)
    look = LOOKS[chat.look]
    words = words_for(person, chat, visit.plan)
    say, full = shortened(say, words, partial(chats.next_place, visit.tx, visit.chat.id))
    drawn = replace(render(say, look, words), full=full)
    menu = [list(entry) for entry in drawn.menu]
    if drawn.share:
        menu.append([drawn.share, ""])
    left = [entry for entry in chat.menu if not entry[1]]
    if look.stays and left and not drawn.keyboard:
        if _asking(visit, chat.id):
            menu += left
        else:
            drawn = replace(drawn, closes=words_for(person, chat, visit.plan).say(BELOW))
    seq = chats.replied(visit.tx, chat=chat.id, menu=menu, last=said, to=visit.message, now=visit.now)
    secret = f"{say.secret}\n{words_for(person, chat, visit.plan).say(SHOWN)}" if say.secret else None
    body = drawn.to_json()
    row = _file(visit, chat, body, seq, joins, secret)
    visit.office.drawn(visit, chat, row, say, body)
    return row


def _asking(visit: Visit, chat: int) -> bool:
    """Whether a form's question is open here once this turn is over: its keyboard stands."""
    fresh = visit.tx.one(chats.BY_ID, id=chat)
    return fresh is not None and fresh.focus is not None


def repeat(visit: Visit) -> None:
    """Say the newest reply once more."""
    newest = visit.tx.one(chat_texts.NEWEST_ANSWER, chat=visit.chat.id)
    if newest is not None and newest.body is not None:
        secret = visit.tx.one(shown_once.SECRET, id=newest.id)
        body = newest.body if secret is None else shown_once.without(newest.body, secret)
        _file(visit, visit.chat, body, chats.next_seq(visit.tx, visit.chat.id), joins=False)


def _file(
    visit: Visit, chat: chats.Chat, body: dict[str, Any], seq: int, joins: bool, secret: str | None = None
) -> int:
    local = chat.channel == LOCAL
    wait = JOIN if joins and not local else outbox.AT_ONCE
    row = outbox.file_answer(
        visit.tx, chat=chat.id, local=local, body=body, now=visit.now, seq=seq, wait=wait, secret=secret
    )
    if wait:
        visit.woken.append(OutboxFilled())
    elif not local:
        again = shown_once.without(body, secret) if secret is not None else None
        visit.woken.append(SendNow(Parcel(row, chat.id, chat.channel, chat.address, body, again=again)))
    return row


def _listener(visit: Visit) -> tuple[chats.Chat, people.Person | None]:
    """Return the chat and its person as this turn has left them (just linked to each other, say)."""
    chat, person = visit.chat, visit.person
    if ChatLinked(visit.chat.id) in visit.woken:
        fresh = visit.tx.one(chats.BY_ID, id=chat.id)
        assert fresh is not None
        chat = replace(chat, person=fresh.person, language=fresh.language)
    if (person.id if person else None) != chat.person:
        person = speaker(visit.tx, chat.person)
    return chat, person
