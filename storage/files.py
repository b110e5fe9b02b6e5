"""Files people have sent and files made for them: the original, addressed by its hash, named by its record."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storage.db import Query, Tx


@dataclass(frozen=True, slots=True)
class File:
    """A stored file without its bytes."""

    id: int
    chat: int
    name: str
    kind: str
    size: int
    sha256: str
    record: str
    """The code of what it was sent for; "" while it belongs to nothing."""
    at: datetime
    person: int | None
    """Who has sent it, or whom it was made for."""
    replaced: datetime | None
    """Since when another file, or none, stands in its place."""


@dataclass(frozen=True, slots=True)
class Content:
    """A file with its bytes."""

    name: str
    kind: str
    bytes: bytes
    record: str = ""
    channel: str = ""
    """Where it came from."""
    source: str = ""
    """What it is called there, if it can be asked for again by that."""


_FILE = "SELECT id, chat, name, kind, size, sha256, record, at, person, replaced FROM file"
BY_ID = Query(f"{_FILE} WHERE id = :id", File)
OF_RECORD = Query(f"{_FILE} WHERE record = :record AND replaced IS NULL ORDER BY id", File)
"""What stands in a record now."""
OF_RECORDS = Query(
    f"""
    {_FILE} WHERE record IN (SELECT value FROM json_each(:records)) AND replaced IS NULL ORDER BY record, id
    """,
    File,
)
"""What stands in many records now."""
RECORDS = Query(
    """
    SELECT record FROM file WHERE record <> '' AND replaced IS NULL GROUP BY record ORDER BY MAX(id) DESC LIMIT 400
    """,
    str,
)
"""What files were sent for, the newest first."""
CODES = Query(
    """
    SELECT code FROM unit_plan UNION SELECT code FROM result UNION SELECT DISTINCT record FROM file WHERE record <> ''
    """,
    str,
)
"""Everything that may have files but registered items without any."""
# A chat may read what was sent in it, by either side.
_CONTENT = """
    SELECT file.name, file.kind, content.bytes, file.record, chat.channel, file.source
      FROM file JOIN content USING (sha256) JOIN chat ON chat.id = file.chat
"""
CONTENT = Query(
    f"""
    {_CONTENT} WHERE file.id = :id
       AND (file.chat = :chat OR EXISTS (
            SELECT 1 FROM outbox, json_each(outbox.body, '$.files') AS sent
             WHERE outbox.chat = :chat AND sent.value = file.id))
    """,
    Content,
)


ANY = Query(f"{_CONTENT} WHERE file.id = :id", Content)
"""A file behind a signed link."""


def of(tx: Tx, body: Mapping[str, Any]) -> dict[str, str]:
    """Return the files of a message by name, each with its hash as long as it is kept."""
    kept = [file for id in body.get("files", ()) if (file := tx.one(BY_ID, id=id)) is not None]
    return {**dict.fromkeys(body.get("names", ()), ""), **{file.name: file.sha256 for file in kept}}


def keep(
    tx: Tx,
    *,
    chat: int,
    person: int | None,
    name: str,
    kind: str,
    data: bytes,
    now: datetime,
    record: str = "",
    source: str = "",
) -> int:
    """Store a file; return its id. The same bytes are stored once."""
    sha256 = hashlib.sha256(data).hexdigest()
    tx.run(
        "INSERT INTO content (sha256, bytes) VALUES (:sha256, :data) ON CONFLICT DO NOTHING", sha256=sha256, data=data
    )
    id: int = tx.value(
        """
        INSERT INTO file (chat, person, name, kind, size, sha256, record, source, at)
        VALUES (:chat, :person, :name, :kind, :size, :sha256, :record, :source, :now) RETURNING id
        """,
        chat=chat,
        person=person,
        name=name,
        kind=kind,
        size=len(data),
        record=record,
        source=source,
        sha256=sha256,
        now=now,
    )
    return id


def drop(tx: Tx, id: int) -> None:
    """Delete a file that may not be kept."""
    sha256: str = tx.value("DELETE FROM file WHERE id = :id RETURNING sha256", id=id)
    tx.run(
        "DELETE FROM content WHERE sha256 = :sha256 AND NOT EXISTS (SELECT 1 FROM file WHERE sha256 = :sha256)",
        sha256=sha256,
    )


UNTAKEN = Query(
    f"""
    {_FILE}
     WHERE id = :id AND record = '' AND offered IS NULL
       AND NOT EXISTS (SELECT 1 FROM answer WHERE json_extract(answer.value, '$.file') = file.id)
    """,
    File,
)


def prune(tx: Tx, *, before: datetime) -> None:
    """Delete files older than this that no record, sheet or message refers to any more, and their bytes."""
    tx.run(
        """
        DELETE FROM file
         WHERE record = '' AND at < :before
           AND id NOT IN (SELECT json_extract(value, '$.file') FROM answer JOIN draft ON draft.id = answer.draft
                           WHERE draft.state <> 'dropped' AND json_extract(value, '$.file') IS NOT NULL)
           AND id NOT IN (SELECT sent.value FROM outbox, json_each(outbox.body, '$.files') AS sent)
           AND id NOT IN (SELECT given.value FROM inbox, json_each(inbox.body, '$.files') AS given
                           WHERE inbox.state <> 'done')
        """,
        before=before,
    )
    tx.run("DELETE FROM content WHERE sha256 NOT IN (SELECT sha256 FROM file)")


def claim(tx: Tx, *, id: int, record: str) -> None:
    """Bind a file that answered a question to this record."""
    tx.run("UPDATE file SET record = :record, replaced = NULL WHERE id = :id", id=id, record=record)


def replace(tx: Tx, *, ids: Sequence[int], record: str, now: datetime) -> None:
    """Mark files of a record as replaced: they are kept, and opened no more."""
    for id in ids:
        tx.run(
            "UPDATE file SET replaced = :now WHERE id = :id AND record = :record AND replaced IS NULL",
            id=id,
            record=record,
            now=now,
        )
