"""Who is not reached: the office is told once, and once when it is over."""

from dataclasses import dataclass
from datetime import datetime

from storage import chats
from storage.db import Query, Tx

NOWHERE = ""
"""Not a messenger: no chat at all takes anything."""


@dataclass(frozen=True, slots=True)
class Incident:
    """Somebody whom one messenger, or every one of theirs, does not reach any more."""

    person: int
    channel: str
    at: datetime


OVER = Query(
    f"""
    SELECT person, channel, at FROM incident
     WHERE EXISTS (SELECT 1 FROM chat WHERE {chats.of("incident.person")} AND reachable
                      AND (incident.channel = '' OR chat.channel = incident.channel))
     ORDER BY person, channel
    """,
    Incident,
)


def begin(tx: Tx, *, person: int, channel: str, now: datetime) -> bool:
    """Store that somebody is not reached; return False when that was known."""
    return (
        tx.run(
            "INSERT INTO incident (person, channel, at) VALUES (:person, :channel, :now) ON CONFLICT DO NOTHING",
            person=person,
            channel=channel,
            now=now,
        )
        == 1
    )


def end(tx: Tx, *, person: int, channel: str) -> None:
    """Delete it: they are reached again."""
    tx.run("DELETE FROM incident WHERE person = :person AND channel = :channel", person=person, channel=channel)
