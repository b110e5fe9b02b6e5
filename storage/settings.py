"""What the office has set, and what the process remembers about itself: names and values."""

from dataclasses import dataclass

from storage.db import Query, Tx


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting."""

    name: str
    value: str


NAMED = Query("SELECT name, value FROM setting WHERE name = :name", Setting)
ALL = Query("SELECT name, value FROM setting", Setting)


def put(tx: Tx, name: str, value: str) -> None:
    """Set it."""
    tx.run(
        "INSERT INTO setting VALUES (:name, :value) ON CONFLICT (name) DO UPDATE SET value = :value",
        name=name, value=value,
    )  # fmt: skip


def get(tx: Tx, name: str, default: str = "") -> str:
    """Its value."""
    found = tx.one(NAMED, name=name)
    return default if found is None else found.value
