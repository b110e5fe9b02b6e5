"""Chats: where a person is spoken to, what is open there, and what its numbers mean."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from storage.db import Query, Tx


@dataclass(frozen=True, slots=True)
class Chat:
    """One chat on one channel, with the person it belongs to, once that is known."""

    id: int
    channel: str
    address: str
    person: int | None
    look: str
    language: str
    focus: int | None
    menu: list[list[str]]
    last: str
    pending: str
    seq: int
    wrote: datetime | None
    helped: date | None
    went: int | None
    """The draft whose question was open here and is now open in another chat."""
    since: datetime | None
    """Since when it is its person's."""


@dataclass(frozen=True, slots=True)
class Crowd:
    """How many people a channel serves."""

    channel: str
    people: int


@dataclass(frozen=True, slots=True)
class ChatMenu:
    """A chat with the menu it shows and the role of its person; None for a chat that is nobody's any more."""

    id: int
    address: str
    menu: str
    role: str | None


@dataclass(frozen=True, slots=True)
class Place:
    """Through which channel somebody is spoken to unasked."""

    person: int
    channel: str


_COLUMNS = "id, channel, address, person, look, language, focus, menu, last, pending, seq, wrote, helped, went, since"
_CHAT = f"SELECT {_COLUMNS} FROM chat"


def of(person: str) -> str:
    """Return the condition that a chat serves this person, in whichever of their posts it speaks now."""
    return f"""chat.person IN (
        SELECT post.id FROM person AS me JOIN person AS post
               ON post.id = COALESCE(me.human, me.id) OR post.human = COALESCE(me.human, me.id)
         WHERE me.id = {person})"""


BY_ID = Query(f"{_CHAT} WHERE id = :id", Chat)
BY_ADDRESS = Query(f"{_CHAT} WHERE channel = :channel AND address = :address", Chat)
FOCUSED = Query(f"{_CHAT} WHERE focus = :draft", Chat)
OF_PERSON = Query(f"{_CHAT} WHERE {of(':person')} AND reachable ORDER BY wrote DESC, id", Chat)
EVER_ALL_OF_PERSON = Query(f"{_CHAT} WHERE {of(':person')} ORDER BY wrote DESC, id", Chat)
EVER_OF_PERSON = Query(f"{_CHAT} WHERE {of(':person')} ORDER BY id LIMIT 1", Chat)
CROWDS = Query(
    "SELECT channel, COUNT(DISTINCT person) FROM chat WHERE person IS NOT NULL AND reachable GROUP BY channel", Crowd
)
MENUS = Query(
    """
    SELECT chat.id, chat.address, chat.menu_set, person.role FROM chat LEFT JOIN person ON person.id = chat.person AND person.active
     WHERE chat.channel = :channel AND reachable AND (chat.person IS NOT NULL OR chat.menu_set <> '')
    """,
    ChatMenu,
)
PLACE_ORDER = """chat.id = (SELECT prefers FROM person WHERE person.id = chat.person) DESC,
               chat.channel = 'local', chat.wrote DESC, chat.id"""
"""Where a person is spoken to unasked: where they want it, else a messenger before a page, the last used first."""
PLACES = Query(f"{_CHAT} WHERE {of(':person')} AND reachable ORDER BY {PLACE_ORDER}", Chat)


FIRST_PLACES = Query(
    """
    SELECT person, channel FROM (
        SELECT post.id AS person, chat.channel, ROW_NUMBER() OVER (
                   PARTITION BY post.id
                   ORDER BY chat.id = person.prefers DESC, chat.channel = 'local', chat.wrote DESC, chat.id) AS place
          FROM chat JOIN person ON person.id = chat.person
               JOIN person AS post ON post.id = COALESCE(person.human, person.id) OR post.human = COALESCE(person.human, person.id)
         WHERE chat.reachable) AS placed
     WHERE place = 1
    """,
    Place,
)
"""Everybody's first place."""


_TAKES = f"""
    EXISTS (SELECT 1 FROM chat WHERE {of("person.id")} AND reachable AND NOT EXISTS (
                SELECT 1 FROM outbox WHERE outbox.person = person.id AND outbox.day = :today
                   AND outbox.state = 'failed' AND chat.id IN (SELECT value FROM json_each(outbox.tried))))
"""
"""Whether somebody has a chat that has not failed to take the day's message."""
WITHOUT_PLACE = Query(
    f"""
    SELECT person.id FROM person
     WHERE person.active AND person.unit BETWEEN :first AND :last AND NOT {_TAKES} ORDER BY person.id
    """,
    int,
)
"""Of some units, whoever is reached nowhere today: never linked, blocked, withdrawn."""
HAS_PLACE = Query(f"SELECT 1 FROM person WHERE person.id = :person AND {_TAKES}", int)


def at(tx: Tx, *, channel: str, address: str, look: str) -> Chat:
    """Return the chat at this address, made if it is new; its look is how it was last seen."""
    found = tx.one(BY_ADDRESS, channel=channel, address=address)
    if found is None:
        tx.run(
            "INSERT INTO chat (channel, address, look) VALUES (:channel, :address, :look)",
            channel=channel,
            address=address,
            look=look,
        )
        found = tx.one(BY_ADDRESS, channel=channel, address=address)
        assert found is not None
    elif found.look != look:
        tx.run("UPDATE chat SET look = :look WHERE id = :id", look=look, id=found.id)
    return found


def forgotten(tx: Tx, chat: int) -> bool:
    """Whether the address of this chat was erased: whoever writes from there gets another chat."""
    return bool(tx.value("SELECT address LIKE 'forgotten:%' FROM chat WHERE id = :chat", chat=chat))


def reached(tx: Tx, chat: int) -> bool:
    """Whether somebody is there in a chat whose address was not erased."""
    asked = "SELECT reachable AND address NOT LIKE 'forgotten:%' FROM chat WHERE id = :chat"
    return bool(tx.value(asked, chat=chat))


def link(tx: Tx, *, chat: int, person: int | None, now: datetime | None = None) -> None:
    """Link this chat to this person (or to nobody); erase what it held for another."""
    before = tx.value("SELECT person FROM chat WHERE id = :chat", chat=chat)
    if before is not None and before != person:
        _clear(tx, chat)
    tx.run(
        """
        UPDATE chat SET person = :person, since = :now, pending = '', focus = NULL, went = NULL, menu = '[]'
         WHERE id = :chat
        """,
        chat=chat,
        person=person,
        now=now,
    )


def serve(tx: Tx, *, chat: int, post: int) -> None:
    """Set for which post of its person this chat speaks."""
    tx.run(
        "UPDATE chat SET person = :post, pending = '', focus = NULL, went = NULL, menu = '[]' WHERE id = :chat",
        chat=chat,
        post=post,
    )


def end(tx: Tx, *, chat: int) -> None:
    """End this chat: close its session, erase what it held, link it to nobody."""
    tx.run("DELETE FROM session WHERE chat = :chat", chat=chat)
    link(tx, chat=chat, person=None)


def _clear(tx: Tx, chat: int) -> None:
    """Erase what was said before and is read by nobody here any more: texts, files, and what waits to be said."""
    tx.run("UPDATE inbox SET body = NULL WHERE chat = :chat AND state = 'done'", chat=chat)
    tx.run(
        """
        UPDATE outbox SET body = NULL, secret = NULL, state = CASE state WHEN 'ready' THEN 'sent' WHEN 'waiting' THEN 'cancelled' ELSE state END
         WHERE chat = :chat AND state <> 'sending'
        """,
        chat=chat,
    )
    tx.run("UPDATE chat SET last = '' WHERE id = :chat", chat=chat)


def unlink_all(tx: Tx, person: int, but: int) -> None:
    """Unlink every chat of a person (/rutdongy) but the one in which they say so: it still shows the answer."""
    for each in tx.all(EVER_ALL_OF_PERSON, person=person):
        if each.id == but:
            link(tx, chat=each.id, person=None)
        else:
            end(tx, chat=each.id)


def set_reachable(tx: Tx, *, chat: int, reachable: bool) -> bool:
    """Set whether anybody is there: blocked and unblocked; return whether that was not known."""
    if tx.value("SELECT reachable = :reachable FROM chat WHERE id = :chat", chat=chat, reachable=reachable) != 0:
        return False
    tx.run("UPDATE chat SET reachable = :reachable WHERE id = :chat", chat=chat, reachable=reachable)
    return True


def prefer(tx: Tx, *, person: int, chat: int) -> None:
    """Mark this chat as the one for reminders, as long as somebody is there."""
    tx.run("UPDATE person SET prefers = :chat WHERE id = :person", chat=chat, person=person)


def set_address(tx: Tx, *, chat: int, address: str) -> None:
    """Store the address that the messenger has given the chat, unless another chat has it."""
    tx.run("UPDATE OR IGNORE chat SET address = :address WHERE id = :chat", address=address, chat=chat)


def set_menu(tx: Tx, *, chat: int, menu: str) -> None:
    """Store which menu the messenger shows here."""
    tx.run("UPDATE chat SET menu_set = :menu WHERE id = :chat", menu=menu, chat=chat)


def set_pending(tx: Tx, *, chat: int, invite: str) -> None:
    """Store the invitation that waits in this chat for an answer to the data notice."""
    tx.run("UPDATE chat SET pending = :invite WHERE id = :chat", chat=chat, invite=invite)


def focus(tx: Tx, *, chat: int, draft: int | None) -> None:
    """Focus a draft in this chat, and in no other one."""
    if draft is not None:
        tx.run(
            "UPDATE chat SET focus = NULL, went = :draft WHERE focus = :draft AND id <> :chat", draft=draft, chat=chat
        )
    tx.run("UPDATE chat SET focus = :draft, went = NULL WHERE id = :chat", draft=draft, chat=chat)


def next_seq(tx: Tx, chat: int) -> int:
    """Return the next place in the chat."""
    seq: int = tx.value("UPDATE chat SET seq = seq + 1 WHERE id = :chat RETURNING seq", chat=chat)
    return seq


_NOTE_WRITTEN = Query(f"UPDATE chat SET seq = seq + :places, reachable = 1 WHERE id = :chat RETURNING {_COLUMNS}", Chat)


def note_written(tx: Tx, chat: int, *, places: int) -> Chat:
    """Mark somebody as there, since they have written; take so many places in the chat; return it as it is then."""
    found = tx.one(_NOTE_WRITTEN, chat=chat, places=places)
    if found is None:
        raise LookupError(f"there is no chat {chat}")
    return found


def replied(tx: Tx, *, chat: int, menu: list[Any], last: str, to: int | None, now: datetime) -> int:
    """Store what the numbers of a reply mean from now on; return the place of the reply.

    `last` is what the message `to` said, as the next one is compared with it: nothing where that is not kept.
    """
    seq: int = tx.value(
        """
        UPDATE chat SET seq = seq + 1, menu = :menu, wrote = :now,
               last = CASE WHEN EXISTS (SELECT 1 FROM inbox WHERE id = :to AND body IS NOT NULL) THEN :last ELSE '' END
         WHERE id = :chat RETURNING seq
        """,
        chat=chat,
        menu=menu,
        last=last,
        to=to,
        now=now,
    )
    return seq


def next_place(tx: Tx, chat: int) -> int:
    """Return the place that the next message of a chat will have."""
    return int(tx.value("SELECT seq + 1 FROM chat WHERE id = :chat", chat=chat))


def set_helped(tx: Tx, *, chat: int, day: date) -> None:
    """Store that a stranger was told today how to get in."""
    tx.run("UPDATE chat SET helped = :day WHERE id = :chat", chat=chat, day=day)


def set_language(tx: Tx, *, chat: int, language: str) -> None:
    """Set the language of a chat nobody owns yet."""
    tx.run("UPDATE chat SET language = :language WHERE id = :chat", chat=chat, language=language)
