"""Codes that a message shows once, and what it says afterwards. Runs on the writer's thread."""

from datetime import datetime
from typing import Any

from storage import files, outbox
from storage.db import Query, Tx

SECRET = Query("SELECT secret FROM outbox WHERE id = :id AND secret IS NOT NULL", str)
"""What a message shows once: the code, and in the next line what takes its place."""
_OLD = Query("SELECT id FROM outbox WHERE secret IS NOT NULL AND at < :before", int)


def without(body: dict[str, Any], secret: str) -> dict[str, Any]:
    """Return a message as it stands once its code was shown: without the code, and links or pictures that bear it."""
    code, _newline, instead = secret.partition("\n")
    lines = [line for line in body["text"].split("\n") if code not in line or "://" not in line]
    return {**body, "text": "\n".join(lines).replace(code, instead), "files": []}


def hide(tx: Tx, id: int, pictures: bool = True) -> dict[str, Any] | None:
    """Erase the code that a message has shown; return what it says from now on, None where it showed none.

    Without `pictures` those are erased a day later: a page may be fetching them.
    """
    secret, row = tx.one(SECRET, id=id), tx.one(outbox.BY_ID, id=id)
    if secret is None or row is None or row.body is None:
        return None
    body = without(row.body, secret)
    tx.run("UPDATE outbox SET body = :body, secret = NULL WHERE id = :id", id=id, body=body)
    for picture in row.body.get("files", ()) if pictures else ():
        if tx.one(files.BY_ID, id=picture) is not None:
            files.drop(tx, picture)
    return body


def hide_old(tx: Tx, *, before: datetime) -> None:
    """Erase codes that no page has fetched for so long."""
    for id in tx.all(_OLD, before=before):
        hide(tx, id)
