"""The plan files this database has been run under: a filed record names the one it was filed under."""

from datetime import datetime

from storage.db import Tx


def keep(tx: Tx, *, hash: str, text: str, now: datetime) -> None:
    """Keep a plan's text under its hash, once."""
    tx.run(
        "INSERT INTO plan VALUES (:hash, :text, :now) ON CONFLICT DO NOTHING",
        hash=hash, text=text, now=now,
    )  # fmt: skip
