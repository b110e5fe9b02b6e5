"""The month's quota of a channel: how many messages it has taken, in the office's time. Runs on the writer's thread."""

from dataclasses import dataclass
from datetime import datetime

from storage.db import Query, Tx


@dataclass(frozen=True, slots=True)
class Quota:
    """What a channel has taken in a month."""

    channel: str
    month: str
    used: int
    told: bool


OF_MONTH = Query("SELECT channel, month, used, told FROM quota WHERE month = :month ORDER BY channel", Quota)
ONE = Query("SELECT channel, month, used, told FROM quota WHERE channel = :channel AND month = :month", Quota)


def month(now: datetime) -> str:
    """Return the month that a moment of the office's time belongs to."""
    return f"{now:%Y-%m}"


def used(tx: Tx, *, channel: str, now: datetime) -> int:
    """Return how many messages it has taken this month."""
    found = tx.one(ONE, channel=channel, month=month(now))
    return found.used if found else 0


def spend(tx: Tx, *, channel: str, n: int, now: datetime) -> int:
    """Add so many; return how many there are now."""
    total: int = tx.value(
        """
        INSERT INTO quota (channel, month, used) VALUES (:channel, :month, :n)
            ON CONFLICT (channel, month) DO UPDATE SET used = used + :n
        RETURNING used
        """,
        channel=channel,
        month=month(now),
        n=n,
    )
    return total


def mark_told(tx: Tx, *, channel: str, now: datetime) -> bool:
    """Store that the office is told that it runs low; return False when it was told this month."""
    return bool(
        tx.run(
            "UPDATE quota SET told = 1 WHERE channel = :channel AND month = :month AND told = 0",
            channel=channel,
            month=month(now),
        )
    )
