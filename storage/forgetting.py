"""Forgetting: what was dropped, withdrawn, put aside or said by strangers is gone from every table.

Each function returns how many rows of which table it has emptied or taken out. What the office must keep (a
report that was filed, an item that was registered, with its authors' names) is in tables that nothing here touches.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from storage.db import Query, Tx

Counts = dict[str, int]


@dataclass(frozen=True, slots=True)
class _Dropped:
    id: int
    person: int | None
    at: datetime
    touched: datetime


@dataclass(frozen=True, slots=True)
class _Shared:
    draft: int
    other: int
    """Who answered most of the rest."""


_DROPPED = Query("SELECT id, person, at, touched FROM draft WHERE state = 'dropped'", _Dropped)
_FILES_OF = Query(
    """
    SELECT DISTINCT file.id FROM answer JOIN file ON file.id = json_extract(answer.value, '$.file')
     WHERE answer.draft = :draft AND file.record = ''
    """,
    int,
)
_LISTED_FILES_OF = Query(
    """
    SELECT DISTINCT file.id FROM answer, json_each(answer.value, '$.files') AS named JOIN file ON file.id = named.value
     WHERE answer.draft = :draft AND file.record = ''
    """,
    int,
)
_LOOSE_FILES = Query(
    "SELECT id FROM file WHERE record = '' AND (person = :person OR chat IN (SELECT id FROM chat WHERE person = :person))",
    int,
)
_CHATS = Query("SELECT id FROM chat WHERE person = :person", int)
_DRAFTS = Query("SELECT id FROM draft WHERE person = :person", int)
_SHARED = Query(
    """
    SELECT draft, other FROM (
        SELECT draft.id AS draft, (
                   SELECT by FROM answer JOIN person ON person.id = by
                    WHERE answer.draft = draft.id AND by <> :person AND person.active AND person.unit = draft.unit
                    GROUP BY by ORDER BY COUNT(*) DESC, by LIMIT 1) AS other
          FROM draft WHERE draft.person = :person AND draft.state IN ('open', 'archived')) AS begun
     WHERE other IS NOT NULL
    """,
    _Shared,
)
"""Sheets of somebody that somebody else of that unit has answered too."""
_WITHDRAWN = Query(
    """
    SELECT id FROM chat
     WHERE person IS NULL AND address NOT LIKE 'forgotten:%'
       AND 'withdrawn' = (SELECT answer FROM consent WHERE consent.chat = chat.id ORDER BY consent.id DESC LIMIT 1)
       AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.chat = chat.id AND state IN ('waiting', 'sending'))
       AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.chat = chat.id AND at > :before)
    """,
    int,
)
"""Chats of people who have withdrawn, and who have their last word."""


def dropped(tx: Tx, draft: int) -> Counts:
    """Erase a sheet that is not wanted any more: answers and files at once, what was said about it within the day."""
    counts: Counter[str] = Counter()
    for file in {*tx.all(_FILES_OF, draft=draft), *tx.all(_LISTED_FILES_OF, draft=draft)}:
        counts["file"] += tx.run("DELETE FROM file WHERE id = :id", id=file)
    counts["content"] += _loose_content(tx) if counts["file"] else 0
    counts["answer"] += tx.run("DELETE FROM answer WHERE draft = :draft", draft=draft)
    counts["draft"] += tx.run("UPDATE draft SET notes = '{}', asking = '' WHERE id = :draft", draft=draft)
    tx.run("UPDATE chat SET focus = NULL WHERE focus = :draft", draft=draft)
    tx.run("UPDATE chat SET went = NULL WHERE went = :draft", draft=draft)
    return dict(counts)


def person(tx: Tx, id: int, here: int) -> Counts:
    """Erase everything of somebody who has withdrawn but the roster's line and what was filed; the chats are still linked.

    Where it was said, `here`, the farewell is still to come: that chat is forgotten by the next sweeps.
    """
    counts: Counter[str] = Counter(sheets(tx, id))
    for draft in tx.all(_DRAFTS, person=id):
        counts["draft"] += tx.run("DELETE FROM draft WHERE id = :id", id=draft)
    counts.update(_own_notes(tx, id))
    counts["person"] += tx.run("UPDATE person SET phone = NULL WHERE id = :id AND phone IS NOT NULL", id=id)
    own = "SELECT id FROM chat WHERE person = :id"
    counts["inbox"] += tx.run(
        f"UPDATE inbox SET body = NULL WHERE body IS NOT NULL AND state <> 'new' AND chat IN ({own})", id=id
    )
    counts["outbox"] += tx.run(
        f"""
        UPDATE outbox SET body = NULL, about = '{{}}',
               state = CASE state WHEN 'waiting' THEN 'cancelled' WHEN 'ready' THEN 'cancelled' ELSE state END
         WHERE (body IS NOT NULL OR about <> '{{}}') AND state <> 'sending' AND (person = :id OR chat IN ({own}))
        """,
        id=id,
    )
    counts["job"] += tx.run(f"DELETE FROM job WHERE state <> 'running' AND chat IN ({own})", id=id)
    counts["board"] += tx.run(f"DELETE FROM board WHERE chat IN ({own})", id=id)
    counts["unheard"] += tx.run("DELETE FROM unheard WHERE person = :id", id=id)
    counts["author_detail"] += tx.run("DELETE FROM author_detail WHERE person = :id", id=id)
    counts["invite"] += tx.run("DELETE FROM invite WHERE person = :id AND used IS NULL", id=id)
    tx.run("UPDATE chat SET last = '', menu = '[]' WHERE person = :id", id=id)
    for chat in tx.all(_CHATS, person=id):
        if chat != here:
            counts.update(_chat(tx, chat))
    return _some(counts)


def _own_notes(tx: Tx, person: int) -> Counts:
    """Erase the notes of somebody that are theirs alone, with their files; what stands in a report is the unit's."""
    counts: Counter[str] = Counter()
    own = "SELECT id FROM note WHERE person = :person AND state = 'own'"
    counts["file"] += tx.run(f"DELETE FROM file WHERE record IN (SELECT 'GN-' || id FROM ({own}))", person=person)
    counts["note"] += tx.run(f"DELETE FROM note WHERE id IN ({own})", person=person)
    counts["content"] += _loose_content(tx)
    return dict(counts)


def sheets(tx: Tx, person: int) -> Counts:
    """Erase what somebody is writing, with its files; what colleagues have written too goes on with them."""
    counts: Counter[str] = Counter()
    for file in tx.all(_LOOSE_FILES, person=person):
        counts["file"] += tx.run(
            "DELETE FROM file WHERE id = :id AND NOT EXISTS (SELECT 1 FROM unit_plan WHERE file = :id)", id=file
        )
    counts["answer"] += _left_to_others(tx, person)
    for draft in tx.all(_DRAFTS, person=person):
        tx.run("UPDATE draft SET state = 'dropped' WHERE id = :id AND state <> 'dropped'", id=draft)
        counts.update(dropped(tx, draft))
    counts["content"] += _loose_content(tx)
    return dict(counts)


def _left_to_others(tx: Tx, person: int) -> int:
    """Hand a sheet of the unit that colleagues have answered too over to them, without what this person said in it."""
    left = 0
    for each in tx.all(_SHARED, person=person):
        if tx.run(
            "UPDATE OR IGNORE draft SET person = :other, asking = '', notes = '{}' WHERE id = :draft",
            draft=each.draft,
            other=each.other,
        ):
            left += tx.run("DELETE FROM answer WHERE draft = :draft AND by = :person", draft=each.draft, person=person)
            tx.run("UPDATE chat SET focus = NULL WHERE focus = :draft", draft=each.draft)
            tx.run("UPDATE chat SET went = NULL WHERE went = :draft", draft=each.draft)
    return left


def sweep(tx: Tx, *, said_before: datetime, aside_before: datetime) -> Counts:
    """Erase what was not wanted any more by one day, and put aside by another, with every trace that is left."""
    counts: Counter[str] = Counter()
    for each in tx.all(_DROPPED):
        counts.update(_trace(tx, each))
    for chat in tx.all(_WITHDRAWN, before=said_before):
        counts.update(_chat(tx, chat))
    counts["inbox"] += tx.run(
        "UPDATE inbox SET body = NULL, state = 'done' WHERE state = 'parked' AND at < :before", before=aside_before
    )
    strangers = "SELECT id FROM chat WHERE person IS NULL AND address <> ''"
    counts["inbox"] += tx.run(
        f"UPDATE inbox SET body = NULL WHERE body IS NOT NULL AND state = 'done' AND chat IN ({strangers})"
    )
    tx.run("UPDATE chat SET last = '' WHERE person IS NULL AND last <> ''")
    return _some(counts)


def _trace(tx: Tx, draft: _Dropped) -> Counts:
    """Erase what was said while a sheet was open that is dropped now: its answers were said there, and shown again."""
    counts: Counter[str] = Counter(dropped(tx, draft.id))
    said = {"person": draft.person, "first": draft.at, "last": draft.touched}
    while_open = (
        "body IS NOT NULL AND at BETWEEN :first AND :last AND chat IN (SELECT id FROM chat WHERE person = :person)"
    )
    counts["inbox"] += tx.run(f"UPDATE inbox SET body = NULL WHERE state = 'done' AND {while_open}", **said)
    counts["outbox"] += tx.run(
        f"UPDATE outbox SET body = NULL WHERE kind = 'answer' AND state NOT IN ('waiting', 'sending') AND {while_open}",
        **said,
    )
    tx.run("UPDATE chat SET last = '' WHERE person = :person AND focus IS NULL", person=draft.person)
    counts["draft"] += tx.run("DELETE FROM draft WHERE id = :id", id=draft.id)
    return counts


def _chat(tx: Tx, chat: int) -> Counts:
    """Erase of a chat whose person has withdrawn where it was, and what was said there last."""
    counts: Counter[str] = Counter()
    counts["session"] += tx.run("DELETE FROM session WHERE chat = :chat", chat=chat)
    counts["inbox"] += tx.run(
        """
        UPDATE inbox SET body = NULL, state = CASE state WHEN 'new' THEN 'done' ELSE state END
         WHERE body IS NOT NULL AND chat = :chat
        """,
        chat=chat,
    )
    counts["outbox"] += tx.run("UPDATE outbox SET body = NULL WHERE body IS NOT NULL AND chat = :chat", chat=chat)
    counts["chat"] += tx.run(
        """
        UPDATE chat SET address = 'forgotten:' || id, reachable = 0, last = '', menu = '[]', pending = '', helped = NULL
         WHERE id = :chat AND address NOT LIKE 'person:%'
        """,
        chat=chat,
    )
    return counts


def _loose_content(tx: Tx) -> int:
    return tx.run("DELETE FROM content WHERE sha256 NOT IN (SELECT sha256 FROM file)")


def _some(counts: Counter[str]) -> Counts:
    return {table: n for table, n in counts.items() if n}
