"""Turns in a transaction that is taken back: a thousand ways through one office, each beginning in the same state."""

import io
import json
import zipfile
from collections.abc import Callable, Mapping
from typing import Any, TypeVar
from weakref import WeakSet

from storage import files
from storage.db import Tx
from storage.inbox import Message, MessageState, keep
from tests.conftest import Office

R = TypeVar("R")
RECORDS = (
    "initiative",
    "author",
    "recognition",
    "award",
    "award_link",
    "award_change",
    "award_suggestion",
    "praise",
    "author_answer",
    "author_detail",
    "first_application",
    "recognition_request",
    "asked_supplement",
    "item_progress",
    "closed_list",
    "unit_plan",
    "plan_task",
    "report_version",
    "unit_review",
    "review_closing",
    "reopening",
    "figure",
    "narrative",
    "baseline",
    "deadline",
    "holiday",
    "year",
    "fulfilment",
    "note",
    "report_share",
    "delegate",
    "promise",
    "union_account",
    "office_paper",
    "settled_gap",
    "paper_source",
    "urging",
    "data_request",
    "request",
    "request_question",
    "request_receiver",
    "request_answer",
    "setting",
    "person",
    "unit",
    "unit_change",
    "unit_name",
    "succession",
    "invite",
    "job",
    "post_change",
    "difficulty",
    "difficulty_step",
    "unit_task",
    "announcement",
    "announcement_receiver",
    "union_member",
    "inspection",
    "training_class",
    "training_person",
    "skill",
    "unheard",
)
"""What stands in the record: all that a turn may change and somebody may be wronged by."""
Row = dict[str, Any]
Change = tuple[str, Row | None, Row | None]
"""A table, a row before and after."""


class TakenBack(Exception):  # nothing has gone wrong
    """The end of one way."""


def a_word_file() -> bytes:
    """The least that is taken for one."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as parts:
        parts.writestr("word/document.xml", "<w:document/>")
    return made.getvalue()


FILES = {
    "FILE": ("ngay.csv", "text/csv", b"ngay;loai\n"),
    "WORD": ("bao-cao.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", a_word_file()),
}
"""What a line that is one of these sends."""


class Walk:
    """One way: messages of chats, one turn each."""

    def __init__(self, office: Office, tx: Tx) -> None:
        self.office, self.tx, self._n = office, tx, 0

    def person(self, id: int) -> Row:
        """Somebody's row of the roster."""
        return self.rows("SELECT * FROM person WHERE id = :id", id=id)[0]

    def rows(self, sql: str, **params: Any) -> list[Row]:
        """Rows by their columns."""
        cursor = self.tx._connection.execute(sql, params)
        names = [each[0] for each in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def says(self, chat: int, text: str, edits: str = "") -> str:
        """What a chat is told when this is said in it; an edit changes an earlier message."""
        self._n += 1
        before = self.tx.value("SELECT COALESCE(MAX(id), 0) FROM outbox")
        now, message = self.office.app.now(), edits or f"w{self._n}"
        body: dict[str, Any] = {"text": text}
        if text in FILES:
            name, kind, data = FILES[text]
            file = files.keep(self.tx, chat=chat, person=None, name=name, kind=kind, data=data, now=now)
            body = {"text": "", "files": [file]}
        edit = self._n if edits else 0
        kept = keep(self.tx, chat=chat, message=message, edit=edit, body=body, now=now, state=MessageState.DONE)
        assert kept is not None
        self.office.app.dispatcher._turns._turn(self.tx, Message(kept.id, chat, message, edit, body, now, kept.said))
        told = self.rows(
            "SELECT body FROM outbox WHERE chat = :chat AND id > :before ORDER BY id", chat=chat, before=before
        )
        return "\n".join(str(row["body"]) for row in told)

    @property
    def last(self) -> str:
        """The name of the newest message."""
        return f"w{self._n}"

    def buttons(self, chat: int) -> list[str]:
        """What the newest reply offers as commands."""
        menu = json.loads(self.rows("SELECT menu FROM chat WHERE id = :chat", chat=chat)[0]["menu"])
        return [says for _label, says in menu if says]

    def watch(self) -> None:
        """From now on every change of the record counts."""
        self.tx._connection.set_authorizer(None)  # a way may go back to where it forks
        self.tx.run("DELETE FROM changed")

    def changes(self) -> list[Change]:
        """What has changed since the watch began."""
        found = [
            (
                row["name"],
                json.loads(row["was"]) if row["was"] else None,
                json.loads(row["now"]) if row["now"] else None,
            )
            for row in self.rows("SELECT * FROM changed ORDER BY id")
        ]
        return [each for each in found if each[1] != each[2]]


async def taken_back(office: Office, way: Callable[[Walk], R]) -> R:
    """What a way comes to; nothing of it stays."""
    found: list[R] = []
    if office not in _watched:
        columns: dict[str, list[str]] = {name: [] for name in (*RECORDS, "outbox")}
        for table, column in await office.rows(COLUMNS):
            if table in columns:
                columns[table].append(column)
        await office.app.db.write(lambda tx: note_changes(tx, columns))
        _watched.add(office)

    def work(tx: Tx) -> None:
        found.append(way(Walk(office, tx)))
        raise TakenBack

    try:
        await office.app.db.write(work)
    except TakenBack:
        return found[0]
    raise AssertionError("it was kept")


COLUMNS = "SELECT schema.name, info.name FROM sqlite_master AS schema, pragma_table_info(schema.name) AS info"
_watched = WeakSet[Office]()
"""Offices whose writing connection notes every change of the record: to tell it so costs more than a whole way."""


def note_changes(tx: Tx, columns: Mapping[str, list[str]]) -> None:
    """Note from now on, on this connection, every change of these tables, row by row."""
    tx.run("CREATE TEMP TABLE changed (id INTEGER PRIMARY KEY, name TEXT, was TEXT, now TEXT)")
    for name, named in columns.items():
        old, new = (", ".join(f"'{each}', {side}.{each}" for each in named) for side in ("OLD", "NEW"))
        noted = "urged" if name == "outbox" else name
        only = "WHEN NEW.news = 'urged' OR NEW.about LIKE '%\"urged\":[{%'" if name == "outbox" else ""
        for act, was, now in (
            ("INSERT", "NULL", f"json_object({new})"),
            ("UPDATE", f"json_object({old})", f"json_object({new})"),
            ("DELETE", f"json_object({old})", "NULL"),
        ):
            if name == "outbox" and act == "DELETE":
                continue
            tx.run(
                f"CREATE TEMP TRIGGER noted_{act}_{name} AFTER {act} ON main.{name} {only} "
                f"BEGIN INSERT INTO changed (name, was, now) VALUES ('{noted}', {was}, {now}); END"
            )
