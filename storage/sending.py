"""Moves rows of the outbox from state to state as they are sent. Runs on the writer's thread.

`bot.delivery` tells which state follows which, and who calls this.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storage import chats, rungs, shown_once
from storage.db import Query, Tx
from storage.outbox import ROW, OutboxRow, RowState

NOWHERE = "no chat"
"""Why something unasked was not said: its person is reached nowhere."""
HELD = "a form is open"
"""Why something unasked waits: it is said when the form ends, or after an hour."""


@dataclass(frozen=True, slots=True)
class WaitingNotice:
    """Something unasked that is due: enough to line it up."""

    id: int
    due: datetime
    person: int
    news: str
    tried: list[int]
    place: str | None
    """The channel where this person is spoken to first; None where nobody is reached."""


_DUE = "state = 'waiting' AND due <= :now"
_IN_FLIGHT = "state IN ('sending', 'unsure') AND state = 'sending'"
"""As the index of these rows has it."""
DUE_ANSWERS = Query(f"{ROW} WHERE {_DUE} AND kind = 'answer' ORDER BY id LIMIT :most", OutboxRow)
LEFT_BEHIND = Query(
    f"""{ROW} WHERE {_IN_FLIGHT} AND kind = 'answer'
     UNION ALL {ROW} WHERE {_DUE} AND kind = 'answer' ORDER BY id
    """,
    OutboxRow,
)
"""Answers that the process before this one has not brought to an end."""
DEFERRED = Query(f"{ROW} WHERE state = 'waiting' AND kind = 'answer' AND why <> '' ORDER BY id", OutboxRow)
"""Answers that their messenger did not take."""
DUE_UNASKED = Query(
    f"""
    SELECT id, due, person, news, tried, (
               SELECT channel FROM chat WHERE {chats.of("outbox.person")} AND reachable
                ORDER BY {chats.PLACE_ORDER} LIMIT 1)
      FROM outbox WHERE {_DUE} AND kind <> 'answer' AND (due, id) > (:due, :id) ORDER BY due, id LIMIT :most
    """,
    WaitingNotice,
)
"""What nobody asked for and is due, after one that has been looked at."""
NEXT_DUE = Query("SELECT MIN(due) FROM outbox WHERE state = 'waiting'", str)
LAST_NOTICE = Query(
    """
    SELECT id, kind, chat, person, day, news, about, body, due, state, seq, shown, by, tried, edits FROM outbox
     WHERE person = :person AND kind = 'hand' AND shown IS NOT NULL ORDER BY shown DESC LIMIT 1
    """,
    OutboxRow,
)
"""The notice that was last said to a person; its `at` is when that was."""
MESSAGE = Query("SELECT message FROM outbox WHERE id = :id", str)
"""What its messenger calls the message of a row."""
_UNASKED_IN_FLIGHT = Query(f"{ROW} WHERE {_IN_FLIGHT} AND kind <> 'answer' ORDER BY id", OutboxRow)


def begin(tx: Tx, *, id: int, chat: int, body: dict[str, Any], now: datetime, local: bool) -> int:
    """Store chat and text of an unasked row: ready in the local channel, in flight elsewhere."""
    seq = chats.next_seq(tx, chat)
    tx.run(
        """
        UPDATE outbox SET chat = :chat, body = :body, state = :state, seq = :seq, shown = :now
         WHERE id = :id
        """,
        id=id,
        chat=chat,
        body=body,
        state=RowState.READY if local else RowState.SENDING,
        seq=seq,
        now=now,
    )
    return seq


def set_state(tx: Tx, *, id: int, state: RowState, why: str = "", message: str = "") -> None:
    """Set the state of a row, why, and what its messenger calls it; erase a code that it has shown."""
    secret = tx.value(
        "UPDATE outbox SET state = :state, why = :why, message = :message WHERE id = :id RETURNING secret",
        id=id,
        state=state,
        why=why,
        message=message,
    )
    if secret is not None and state is not RowState.SENDING:
        shown_once.hide(tx, id)


def progress(tx: Tx, *, id: int, parts: int, aside: str) -> None:
    """Store how many parts of an answer have gone out: after a stop only the rest is said; `aside` is to be deleted."""
    tx.run("UPDATE outbox SET about = :about WHERE id = :id", id=id, about={"parts": parts, "aside": aside})


def defer_answer(tx: Tx, *, id: int, due: datetime, why: str, parts: int) -> None:
    """Return to the outbox an answer that its messenger does not take now, with how many parts have gone out."""
    tx.run(
        "UPDATE outbox SET state = 'waiting', due = :due, why = :why, about = :about WHERE id = :id",
        id=id,
        due=due,
        why=why,
        about={"parts": parts},
    )


def postpone(tx: Tx, *, id: int, due: datetime, why: str) -> None:
    """Set when an unasked row may go out at the earliest: no chat yet, a form is open, the office is closed."""
    tx.run("UPDATE outbox SET due = :due, why = :why WHERE id = :id", id=id, due=due, why=why)


def requeue(tx: Tx, *, id: int, due: datetime, why: str, tried: list[int]) -> None:
    """Return to the outbox an unasked row that did not go out, without these chats."""
    tx.run(
        """
        UPDATE outbox SET state = 'waiting', chat = NULL, body = NULL, seq = NULL, shown = NULL,
               due = :due, why = :why, tried = :tried
         WHERE id = :id
        """,
        id=id,
        due=due,
        why=why,
        tried=tried,
    )


def fail(tx: Tx, *, id: int, why: str) -> None:
    """Give up a row that no chat takes; the reminders in it count as not said.

    The chats that did not take it are kept, so that a new one is tried on the same day and they on the next.
    """
    tx.run(
        """
        UPDATE outbox SET state = 'failed', why = :why,
               tried = (SELECT json_group_array(chat.id) FROM chat WHERE chat.person = outbox.person AND reachable)
         WHERE id = :id
        """,
        id=id,
        why=why,
    )
    rungs.unsay(tx, outbox=id)


def expire(tx: Tx, *, id: int, why: str = "its day has passed") -> None:
    """Cancel a row that its day cannot take any more; the reminders in it count as not said."""
    set_state(tx, id=id, state=RowState.CANCELLED, why=why)
    rungs.unsay(tx, outbox=id)


def retry_unreached(tx: Tx, *, person: int, now: datetime, since: datetime) -> bool:
    """Return to the outbox what found no chat of a person who is reached now; return whether there was anything.

    A daily row that failed counts as not said: the next beat calls for it.
    """
    return (
        tx.run(
            """
        UPDATE outbox SET state = 'waiting', due = :now, why = '', tried = '[]'
         WHERE person = :person AND due > :since
           AND (kind = 'hand' AND state = 'failed' AND why = :nowhere OR state = 'waiting' AND tried <> '[]')
        """,
            person=person,
            now=now,
            since=since,
            nowhere=NOWHERE,
        )
        > 0
    )


def release_held(tx: Tx, *, person: int, now: datetime) -> bool:
    """Make due what waited for an open form, where none is open any more; return whether there was anything."""
    return (
        tx.run(
            """
        UPDATE outbox SET due = :now WHERE person = :person AND state = 'waiting' AND why = :held AND due > :now
           AND NOT EXISTS (SELECT 1 FROM chat WHERE chat.person = :person AND focus IS NOT NULL)
        """,
            person=person,
            now=now,
            held=HELD,
        )
        > 0
    )


def mark_unsure(tx: Tx) -> list[OutboxRow]:
    """Mark in-flight notices and daily rows `unsure` and return them."""
    unsure = tx.all(_UNASKED_IN_FLIGHT)
    tx.run("UPDATE outbox SET state = 'unsure' WHERE state = 'sending' AND kind <> 'answer'")
    return unsure
