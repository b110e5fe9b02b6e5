"""What stands in a chat, both sides, in the order in which it was said. Reads anywhere; writes on the writer's thread."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storage import chats, shown_once
from storage.db import Query, Tx
from storage.outbox import ROW, OutboxRow


@dataclass(frozen=True, slots=True)
class Delivered:
    """A message as it stands in a chat; `mine` is one the person wrote, `new` one no page has shown yet."""

    seq: int
    mine: bool
    new: bool
    unasked: bool
    id: str
    body: dict[str, Any]
    at: datetime
    edits: int | None


IN_CHAT = Query(
    """
    SELECT seq, 0, new, unasked, CAST(id AS TEXT), body, sent, edits FROM (
        SELECT seq, state = 'ready' AS new, kind <> 'answer' AS unasked, id, body, COALESCE(shown, at) AS sent, edits FROM outbox
         WHERE chat = :chat AND seq > :after AND body IS NOT NULL)
     UNION ALL
    SELECT seq, 1, 0, 0, message, COALESCE(
               (SELECT newer.body FROM inbox AS newer WHERE newer.chat = inbox.chat
                   AND newer.message = inbox.message AND newer.edit > 0
                 ORDER BY newer.edit DESC LIMIT 1), body), at, NULL
      FROM inbox WHERE chat = :chat AND seq > :after AND body IS NOT NULL AND edit = 0
     ORDER BY seq LIMIT :most
    """,
    Delivered,
)
UNASKED = Query(
    f"""{ROW} WHERE chat = :chat AND seq > :after AND kind <> 'answer' AND body IS NOT NULL AND edits IS NULL
           AND shown > :since ORDER BY seq DESC LIMIT 10
    """,
    OutboxRow,
)
"""What has come to a chat unasked, the newest first."""
UNSEEN = Query(f"{ROW} WHERE chat = :chat AND state = 'ready' ORDER BY seq", OutboxRow)
NEWEST_ANSWER = Query(
    f"""{ROW} WHERE chat = :chat AND seq IS NOT NULL AND kind = 'answer' AND edits IS NULL
     ORDER BY seq DESC LIMIT 1
    """,
    OutboxRow,
)
_LONG = f"{ROW} WHERE chat = :chat AND kind = 'answer' AND json_extract(body, '$.full') IS NOT NULL"
SHORTENED = Query(f"{_LONG} AND seq = :seq", OutboxRow)
"""The answer of this place, where its most important lines were said first."""
NEWEST_SHORTENED = Query(f"{_LONG} ORDER BY seq DESC LIMIT 1", OutboxRow)
NEWEST_SEQ = Query(
    "SELECT seq FROM outbox WHERE chat = :chat AND seq IS NOT NULL AND edits IS NULL ORDER BY seq DESC LIMIT 1", int
)
NEWEST_MESSAGE = Query(
    """
    SELECT message FROM outbox WHERE chat = :chat AND seq IS NOT NULL AND edits IS NULL
     ORDER BY seq DESC LIMIT 1
    """,
    str,
)
"""What a messenger calls the newest message that the assistant said in a chat, asked for or not."""
OF_NEWS = Query(f"{ROW} WHERE chat = :chat AND news = :news AND at > :since ORDER BY id DESC LIMIT 50", OutboxRow)
"""What of one code was said in a chat, the newest first."""
_SECRETS = Query("SELECT id FROM outbox WHERE chat = :chat AND secret IS NOT NULL AND seq <= :seq", int)


def mark_seen(tx: Tx, *, chat: int, seq: int) -> None:
    """Mark everything up to here as shown by the page."""
    tx.run(
        "UPDATE outbox SET state = 'sent' WHERE chat = :chat AND state = 'ready' AND seq <= :seq", chat=chat, seq=seq
    )
    for id in tx.all(_SECRETS, chat=chat, seq=seq):
        shown_once.hide(tx, id, pictures=False)


def show_edit(tx: Tx, *, id: int, chat: int, edits: int, now: datetime) -> None:
    """Set a change in a local chat to be shown, and those before it not."""
    tx.run("UPDATE outbox SET state = 'sent', body = NULL WHERE edits = :edits AND id < :id", edits=edits, id=id)
    tx.run(
        "UPDATE outbox SET state = 'ready', seq = :seq, shown = :now WHERE id = :id",
        id=id,
        seq=chats.next_seq(tx, chat),
        now=now,
    )
