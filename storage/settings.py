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
    """Set a setting."""
    tx.run(
        "INSERT INTO setting (name, value) VALUES (:name, :value) ON CONFLICT (name) DO UPDATE SET value = :value",
        name=name,
        value=value,
    )


def get(tx: Tx, name: str, default: str = "") -> str:
    """Return its value."""
    found = tx.one(NAMED, name=name)
    return default if found is None else found.value


# Whose clock may be moved -------------------------------------------------------------------------

MAY_STEP = Query("SELECT COUNT(*) FROM setting WHERE (name = 'clock' AND value = 'may_step') OR name = 'demo'", int)
"""Not 0 on a file for trying things out: the demo's, one made under a clock that was set, those of tests."""


def allow_stepping(tx: Tx) -> None:
    """Mark the file as one for trying things out."""
    put(tx, "clock", "may_step")
