"""The outbox: rows that are to be said, filed in the transaction of what caused them. Runs on the writer's thread.

How a row changes its state is in `storage.sending`, what a page shows of it in `storage.chat_texts`; the table of its
states, and who moves them, stands at the head of `bot.delivery`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from storage.db import Query, Tx


class RowKind(StrEnum):
    """Why a row is said."""

    ANSWER = "answer"
    """The person's own message caused it: it lies here drawn, with its chat."""
    NOTICE = "hand"
    """A colleague's act caused it: it holds references, its text is made just before it is sent."""
    DAILY = "daily"
    """What the machine says unasked: one row a person and day, made just before it is sent, too."""


class RowState(StrEnum):
    """Where a row stands on its way out."""

    WAITING = "waiting"
    SENDING = "sending"
    READY = "ready"
    """In a chat of the channel `local`, which is this very file, until its page has shown it."""
    SENT = "sent"
    UNSURE = "unsure"
    FAILED = "failed"
    CANCELLED = "cancelled"


NOT_THERE_YET = frozenset({RowState.WAITING, RowState.SENDING, RowState.READY})
"""States of an answer that nobody has seen for sure."""
AT_ONCE = timedelta()


class NoticeCode(str):
    """What rows call a notice: declared once, beside whoever tells it, and looked up when the process starts."""

    __slots__ = ()


DAY = NoticeCode("daily")
"""The one thing the machine says unasked to a person on a day."""


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """One message on its way."""

    id: int
    kind: RowKind
    chat: int | None
    person: int | None
    day: date | None
    news: str | None
    """Of a notice or a daily row: the code of what it says, and of what follows when it has arrived or has not."""
    about: dict[str, Any]
    body: dict[str, Any] | None
    due: datetime
    state: RowState
    seq: int | None
    at: datetime
    by: int | None
    """Of a notice: who sends it; nobody for the machine."""
    tried: list[int]
    """Of a notice or a daily row: chats that did not take it."""
    edits: int | None
    """The row whose message this one replaces."""

    @property
    def listener(self) -> int:
        """The person of a notice or daily row."""
        if self.person is None:
            raise ValueError(f"row {self.id} is for nobody")
        return self.person

    @property
    def code(self) -> str:
        """The code of a notice or daily row."""
        if self.news is None:
            raise ValueError(f"row {self.id} has no code")
        return self.news


ROW = "SELECT id, kind, chat, person, day, news, about, body, due, state, seq, at, by, tried, edits FROM outbox"
BY_ID = Query(f"{ROW} WHERE id = :id", OutboxRow)
WAITING_NOTICES = Query(f"{ROW} WHERE state = 'waiting' AND kind = 'hand' AND person = :person ORDER BY id", OutboxRow)
DAILY = Query(f"{ROW} WHERE person = :person AND day = :day", OutboxRow)
WAITING_FROM_DAY = Query(
    f"{ROW} WHERE kind = 'daily' AND state = 'waiting' AND day >= :day ORDER BY day, id", OutboxRow
)
WAITING_OF_DAY = Query(f"{ROW} WHERE kind = 'daily' AND state = 'waiting' AND day = :day ORDER BY id", OutboxRow)


SPOKEN_TO = Query(
    """
    WITH heard AS (SELECT person.id, person.human FROM outbox JOIN person ON person.id = outbox.person
                    WHERE day = :day AND state IN ('sending', 'ready', 'sent', 'unsure'))
    SELECT id FROM heard UNION SELECT human FROM heard WHERE human IS NOT NULL
     UNION SELECT post.id FROM heard JOIN person AS post ON post.human = heard.id
     UNION SELECT post.id FROM heard JOIN person AS post ON post.human = heard.human
    """,
    int,
)
"""Whoever the machine has spoken to on a day, in all their posts."""
OF_OTHER_POSTS = Query(
    f"""{ROW} WHERE day = :day AND state IN ('waiting', 'sending', 'ready', 'sent', 'unsure') AND person IN (
            SELECT post.id FROM person AS me JOIN person AS post
                   ON post.id = COALESCE(me.human, me.id) OR post.human = COALESCE(me.human, me.id)
             WHERE me.id = :person AND post.id <> me.id)
     ORDER BY person
    """,
    OutboxRow,
)
"""What a day's message says to somebody in their other posts."""
NOTICES_OF = Query(
    f"{ROW} WHERE person = :person AND kind = 'hand' AND news = :news ORDER BY id DESC LIMIT 50", OutboxRow
)
"""Notices of one code to a person, the newest first."""


def file_answer(
    tx: Tx,
    *,
    chat: int,
    local: bool,
    body: dict[str, Any],
    now: datetime,
    seq: int,
    wait: timedelta = AT_ONCE,
    secret: str | None = None,
) -> int:
    """File the reply to a message, drawn for its chat: in flight, or waiting for what may still join it.

    A reply that waited gives way to this one, which knows all that it said.
    """
    tx.run(
        """
        UPDATE outbox SET state = 'cancelled', why = 'joined'
         WHERE chat = :chat AND kind = 'answer' AND state = 'waiting' AND due > at AND why = ''
           AND edits IS NULL
        """,
        chat=chat,
    )
    state = RowState.READY if local else RowState.WAITING if wait else RowState.SENDING
    id: int = tx.value(
        """
        INSERT INTO outbox (kind, chat, body, due, at, state, seq, shown, secret)
        VALUES ('answer', :chat, :body, :due, :now, :state, :seq, :now, :secret)
        RETURNING id
        """,
        chat=chat,
        body=body,
        due=now + wait,
        now=now,
        state=state,
        seq=seq,
        secret=secret,
    )
    return id


def hold_answer(tx: Tx, *, chat: int, due: datetime) -> None:
    """Set a reply to wait longer for what may join it: something of the kind is being fetched."""
    tx.run(
        """
        UPDATE outbox SET due = :due
         WHERE chat = :chat AND kind = 'answer' AND state = 'waiting' AND due > at AND due < :due
        """,
        chat=chat,
        due=due,
    )


def file_edit(tx: Tx, *, row: int, chat: int, body: dict[str, Any], due: datetime, now: datetime) -> bool:
    """File what replaces a row's message; False when it joins a change that still waits."""
    joined = tx.run("UPDATE outbox SET body = :body WHERE edits = :row AND state = 'waiting'", row=row, body=body)
    if not joined:
        tx.run(
            """
            INSERT INTO outbox (kind, chat, body, due, at, edits)
            VALUES ('answer', :chat, :body, :due, :now, :row)
            """,
            chat=chat,
            body=body,
            due=due,
            now=now,
            row=row,
        )
    return not joined


def file_notice(
    tx: Tx,
    *,
    person: int,
    news: NoticeCode,
    about: dict[str, Any],
    due: datetime,
    now: datetime,
    key: str | None = None,
    by: int | None = None,
) -> None:
    """File a notice for a person; one key is filed once."""
    tx.run(
        """
        INSERT INTO outbox (kind, person, news, about, due, at, key, by)
        VALUES ('hand', :person, :news, :about, :due, :now, :key, :by)
            ON CONFLICT DO NOTHING
        """,
        person=person,
        news=news,
        about=about,
        due=due,
        now=now,
        key=key,
        by=by,
    )


def file_daily(
    tx: Tx, *, person: int, day: date, about: dict[str, Any], due: datetime, now: datetime, by: int | None = None
) -> int | None:
    """File the one thing the machine says unasked to a person on a day; None when it is there.

    One that was cancelled or has failed leaves its place.
    """
    id: int | None = tx.value(
        """
        INSERT INTO outbox (kind, person, day, news, about, due, at, by)
        VALUES ('daily', :person, :day, :news, :about, :due, :now, :by)
            ON CONFLICT (person, day) WHERE day IS NOT NULL DO UPDATE
           SET about = :about, due = :due, at = :now, by = :by, state = 'waiting', why = '', tried = '[]'
         WHERE outbox.state IN ('cancelled', 'failed')
        RETURNING id
        """,
        person=person,
        day=day,
        news=DAY,
        about=about,
        due=due,
        now=now,
        by=by,
    )
    return id


def add_to_daily(tx: Tx, *, person: int, day: date, about: dict[str, Any]) -> int | None:
    """Add entries to a daily row that still waits; None when none does."""
    row = tx.one(DAILY, person=person, day=day)
    if row is None or row.state is not RowState.WAITING:
        return None
    lists = {name: [*row.about.get(name, []), *value] for name, value in about.items() if isinstance(value, list)}
    replace_about(tx, id=row.id, about={**row.about, **about, **lists})
    return row.id


def take_from_daily(tx: Tx, *, row: OutboxRow, name: str, left: Sequence[Any] = ()) -> None:
    """Replace one entry of a daily row that waits; cancel a row with nothing left in it."""
    about = {**row.about, name: list(left)}
    replace_about(tx, id=row.id, about=about)
    if not any(about.values()):
        tx.run("UPDATE outbox SET state = 'cancelled', why = 'taken back', message = '' WHERE id = :id", id=row.id)


def replace_about(tx: Tx, *, id: int, about: dict[str, Any]) -> None:
    """Replace what a row that waits is about."""
    tx.run("UPDATE outbox SET about = :about WHERE id = :id", id=id, about=about)


def cancel_for(tx: Tx, *, person: int, why: str) -> None:
    """Cancel everything that waits for a person."""
    tx.run(
        "UPDATE outbox SET state = 'cancelled', why = :why WHERE person = :person AND state = 'waiting'",
        person=person,
        why=why,
    )


def forget(tx: Tx, *, before: datetime) -> None:
    """Erase the texts of old messages."""
    tx.run("UPDATE outbox SET body = NULL WHERE at < :before AND state IN ('sent', 'cancelled')", before=before)
