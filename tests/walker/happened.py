"""What a step has changed in the file, row by row, and what it has put on screens: read once after each step."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.server.clock import OFFICE
from storage.db import Tx
from storage.values import read_stored
from tests.walking import RECORDS, Change, Row, Walk, note_changes

BESIDE = ("audit", "answer", "draft")
"""Watched too, and no record."""
PARTS = ("item_answer",)
"""Records that belong to a row of another, whose rule is theirs."""
MACHINERY = frozenset(
    {
        *("inbox", "outbox", "chat", "session", "attempt", "consent", "file", "content", "rung", "number", "board"),
        *("quota", "incident", "plan", "erasure", "identity", "digest", "wrong_code", "sqlite_sequence"),
    }
)
"""Tables in which nobody is wronged, or that another one stands for."""


@dataclass(frozen=True, slots=True)
class OnScreen:
    """A message as it went out."""

    id: int
    kind: str
    state: str
    chat: int | None
    person: int | None
    day: str | None
    shown: str | None
    why: str
    about: Mapping[str, Any]
    body: Mapping[str, Any]

    @property
    def text(self) -> str:
        """All that is to be read of it."""
        body = self.body
        said = [body.get("text", ""), *body.get("choices", ()), *body.get("steering", ()), body.get("closes", "")]
        return "\n".join([*said, *(label for label, _says in body.get("buttons", ()))])


@dataclass(frozen=True, slots=True)
class Standing:
    """How a chat stands: who speaks, what is open, with which answers."""

    chat: int
    me: Row | None
    posts: frozenset[int]
    focus: Row | None
    menu: Sequence[tuple[str, str]]
    parts: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)

    @property
    def asking(self) -> str:
        """The open question or step."""
        return str(self.focus["asking"]) if self.focus else ""


@dataclass(frozen=True, slots=True)
class Happened:
    """Everything that one step came to."""

    changes: Sequence[Change]
    shown: Sequence[OnScreen]
    after: Standing | None
    parked: int
    """Messages that could not be answered."""


def tables(tx: Tx) -> list[str]:
    """Every table of the record: those the authority tests know, and each new one."""
    found = [str(row[0]) for row in tx._connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    new = [name for name in found if name not in MACHINERY and name not in (*BESIDE, *PARTS, *RECORDS)]
    return [name for name in (*RECORDS, *sorted(new), *PARTS, *BESIDE) if name in found]


def watched(tx: Tx) -> dict[str, list[str]]:
    """Every table that is watched, with its columns."""
    names = (*tables(tx), "outbox")
    return {
        name: [each[0] for each in tx._connection.execute(f"SELECT * FROM {name} LIMIT 0").description]
        for name in names
    }


def watch(tx: Tx) -> None:
    """Note every change from now on, on this connection."""
    note_changes(tx, watched(tx))
    tx.run("CREATE TEMP TABLE IF NOT EXISTS moved (id INTEGER PRIMARY KEY)")
    for act in ("INSERT", "UPDATE OF state"):
        name = act.split()[0].lower()
        tx.run(
            f"CREATE TEMP TRIGGER IF NOT EXISTS moved_{name} AFTER {act} ON main.outbox "
            "BEGIN INSERT OR IGNORE INTO moved VALUES (NEW.id); END"
        )
    tx.run("DELETE FROM moved")


def standing(walk: Walk, seat: tuple[str, str]) -> Standing:
    """How the chat at a place stands."""
    found = walk.rows("SELECT * FROM chat WHERE channel = :channel AND address = :at", channel=seat[0], at=seat[1])
    if not found:  # forgotten, after its person has withdrawn
        return Standing(0, None, frozenset(), None, ())
    chat = found[0]
    me = walk.rows("SELECT * FROM person WHERE id = :id AND active", id=chat["person"])
    posts = walk.rows(
        "SELECT id FROM person WHERE COALESCE(human, id) = (SELECT COALESCE(human, id) FROM person WHERE id = :id)",
        id=chat["person"],
    )
    head = walk.rows("SELECT * FROM draft WHERE id = :id", id=chat["focus"])
    return Standing(
        chat["id"],
        me[0] if me else None,
        frozenset(row["id"] for row in posts),
        head[0] if head else None,
        [(label, says) for label, says in json.loads(chat["menu"])],
        parts_of(walk, chat["focus"]) if head else {},
    )


def parts_of(walk: Walk, draft: int) -> dict[str, tuple[Any, ...]]:
    """The answers of a draft, by field."""
    found: dict[str, tuple[Any, ...]] = {}
    for row in walk.rows("SELECT * FROM answer WHERE draft = :draft ORDER BY field, part", draft=draft):
        found[row["field"]] = (*found.get(row["field"], ()), json.loads(row["value"]))
    return found


def gathered(walk: Walk, seat: tuple[str, str] | None) -> Happened:
    """Read what a step came to, and begin anew."""
    changes = walk.changes()
    rows = walk.rows("SELECT outbox.* FROM moved JOIN outbox ON outbox.id = moved.id ORDER BY moved.id")
    shown = [
        OnScreen(
            *(row["id"], row["kind"], row["state"], row["chat"], row["person"], row["day"], row["shown"], row["why"]),
            about=json.loads(row["about"] or "{}"),
            body=json.loads(row["body"] or "{}"),
        )
        for row in rows
    ]
    walk.tx.run("DELETE FROM changed")
    walk.tx.run("DELETE FROM moved")
    for chat in {each.chat for each in shown if each.state == "ready"}:
        walk.tx.run("UPDATE outbox SET state = 'sent' WHERE chat = :chat AND state = 'ready'", chat=chat)
    walk.tx.run("DELETE FROM moved")
    parked = walk.tx.value("SELECT COUNT(*) FROM inbox WHERE state = 'parked'")
    return Happened(changes, shown, standing(walk, seat) if seat else None, parked)


def local_day(at: str) -> str:
    """The office's day of a stored moment."""
    return f"{read_stored(at).astimezone(OFFICE):%Y-%m-%d}"
