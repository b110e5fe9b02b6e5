"""The outbox: what is to be said, in three kinds, and what has become of it.

`answer` is caused by the person's own message and lies here drawn. `hand` (a colleague's act) and
`daily` (what the machine says unasked, one row a person and day) hold references; their text is made
when they are claimed, just before sending. In the channel `local` the chat is this very file: a
message is `ready` in it until the page has shown it. An answer that `edits` another row says nothing
new: it takes the place of that row's message.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from storage import chats, files
from storage.db import Query, Tx

AT_ONCE = timedelta()
NOWHERE = "no chat"
"""Why something unasked was not said: its person is reached nowhere."""
HELD = "a form is open"
"""Why something unasked waits: it is said when the form ends, or after an hour."""


@dataclass(frozen=True, slots=True)
class Row:
    """One message on its way."""

    id: int
    kind: str
    chat: int | None
    person: int | None
    day: date | None
    news: str | None
    about: dict[str, Any]
    body: dict[str, Any] | None
    due: datetime
    state: str
    seq: int | None
    at: datetime
    by: int | None
    """hand: who sends it; nobody for the machine."""
    tried: list[int]
    """hand and daily: chats that did not take it."""
    edits: int | None
    """The row whose message this one replaces."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something unasked that is due: enough to line it up."""

    id: int
    due: datetime
    person: int
    news: str
    tried: list[int]
    place: str | None
    """The channel where this person is spoken to first; None where nobody is reached."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """A message as it stands in a chat; `mine` is one the person wrote, `new` one no page has shown yet."""

    seq: int
    mine: bool
    new: bool
    unasked: bool
    id: str
    body: dict[str, Any]
    at: datetime
    edits: int | None


_ROW = "SELECT id, kind, chat, person, day, news, about, body, due, state, seq, at, by, tried, edits FROM outbox"
BY_ID = Query(f"{_ROW} WHERE id = :id", Row)
_DUE = "state = 'waiting' AND due <= :now"
ANSWERS = Query(f"{_ROW} WHERE {_DUE} AND kind = 'answer' ORDER BY id LIMIT :most", Row)
_SENDING = "state IN ('sending', 'unsure') AND state = 'sending'"
"""As the index of these rows has it."""
LEFT_BEHIND = Query(
    f"""{_ROW} WHERE {_SENDING} AND kind = 'answer'
     UNION ALL {_ROW} WHERE {_DUE} AND kind = 'answer' ORDER BY id
    """,
    Row,
)
ASIDE = Query(f"{_ROW} WHERE state = 'waiting' AND kind = 'answer' AND why <> '' ORDER BY id", Row)
UNASKED = Query(
    f"""
    SELECT id, due, person, news, tried, (
               SELECT channel FROM chat WHERE {chats.of("outbox.person")} AND reachable
                ORDER BY {chats.PLACE_ORDER} LIMIT 1)
      FROM outbox WHERE {_DUE} AND kind <> 'answer' AND (due, id) > (:due, :id) ORDER BY due, id LIMIT :most
    """,
    Waiting,
)
"""What nobody asked for and is due, after one that has been looked at."""
WAITING_HANDS = Query(f"{_ROW} WHERE state = 'waiting' AND kind = 'hand' AND person = :person ORDER BY id", Row)
LAST_HAND = Query(
    """
    SELECT id, kind, chat, person, day, news, about, body, due, state, seq, shown, by, tried, edits FROM outbox
     WHERE person = :person AND kind = 'hand' AND shown IS NOT NULL ORDER BY shown DESC LIMIT 1
    """,
    Row,
)
DAILY = Query(f"{_ROW} WHERE person = :person AND day = :day", Row)
HEARD = Query("SELECT person FROM outbox WHERE day = :day AND state IN ('sending', 'ready', 'sent', 'unsure')", int)
"""Whoever the machine has spoken to on a day."""
OF_DAY = Query(f"{_ROW} WHERE kind = 'daily' AND state = 'waiting' AND day >= :day ORDER BY day, id", Row)
"""What is set down to be said on a day to come."""
WAITING_OF_DAY = Query(f"{_ROW} WHERE kind = 'daily' AND state = 'waiting' AND day = :day ORDER BY id", Row)
NEXT_DUE = Query("SELECT MIN(due) FROM outbox WHERE state = 'waiting'", str)
NEWEST_ANSWER = Query(
    f"""{_ROW} WHERE chat = :chat AND seq IS NOT NULL AND kind = 'answer' AND edits IS NULL
     ORDER BY seq DESC LIMIT 1
    """,
    Row,
)
TOLD_UNSURE = Query(
    f"{_ROW} WHERE person = :person AND kind = 'hand' AND news = 'unsure' ORDER BY id DESC LIMIT 50", Row
)
"""What a person has been told lately of messages in doubt."""
ON_THE_WAY = Query(f"{_ROW} WHERE {_SENDING} AND kind <> 'answer' ORDER BY id", Row)
IN_CHAT = Query(
    """
    SELECT seq, 0, new, unasked, CAST(id AS TEXT), body, sent, edits FROM (
        SELECT seq, state = 'ready' AS new, kind <> 'answer' AS unasked, id, body, COALESCE(shown, at) AS sent, edits FROM outbox
         WHERE chat = :chat AND seq > :after AND body IS NOT NULL)
     UNION ALL
    SELECT seq, 1, 0, 0, message, COALESCE(
               (SELECT newer.body FROM inbox AS newer WHERE newer.chat = inbox.chat
                   AND newer.message = inbox.message AND newer.edit > 0
                 ORDER BY newer.edit DESC LIMIT 1), body), at, NULL
      FROM inbox WHERE chat = :chat AND seq > :after AND body IS NOT NULL AND edit = 0
     ORDER BY seq LIMIT :most
    """,
    Delivered,
)
NEWEST_SEQ = Query(
    "SELECT seq FROM outbox WHERE chat = :chat AND seq IS NOT NULL AND edits IS NULL ORDER BY seq DESC LIMIT 1", int
)
SAID_IN_CHAT = Query(f"{_ROW} WHERE chat = :chat AND news = :news AND at > :since ORDER BY id DESC LIMIT 50", Row)
"""What of a kind was said in a chat, the newest first."""
NEWEST_SAID = Query(
    """
    SELECT message FROM outbox WHERE chat = :chat AND seq IS NOT NULL AND edits IS NULL
     ORDER BY seq DESC LIMIT 1
    """,
    str,
)
"""What a messenger calls the newest message that the assistant said in a chat, asked for or not."""
MESSAGE = Query("SELECT message FROM outbox WHERE id = :id", str)
UNSEEN = Query(f"{_ROW} WHERE chat = :chat AND state = 'ready' ORDER BY seq", Row)


SECRET = Query("SELECT secret FROM outbox WHERE id = :id AND secret IS NOT NULL", str)
"""What a message shows once: the code, and in the next line what takes its place."""
_SECRETS = Query("SELECT id FROM outbox WHERE chat = :chat AND secret IS NOT NULL AND seq <= :seq", int)
_OLD_SECRETS = Query("SELECT id FROM outbox WHERE secret IS NOT NULL AND at < :before", int)


def without(body: dict[str, Any], secret: str) -> dict[str, Any]:
    """A message as it stands once its code was shown: neither the code, nor a link or picture that bears it."""
    code, _newline, instead = secret.partition("\n")
    lines = [line for line in body["text"].split("\n") if code not in line or "://" not in line]
    return {**body, "text": "\n".join(lines).replace(code, instead), "files": []}


def hide(tx: Tx, id: int, pictures: bool = True) -> dict[str, Any] | None:
    """Forget the code that a message has shown; what it says from now on, None where it showed none.

    Without `pictures` those are let go a day later: a page may be fetching them.
    """
    secret, row = tx.one(SECRET, id=id), tx.one(BY_ID, id=id)
    if secret is None or row is None or row.body is None:
        return None
    body = without(row.body, secret)
    tx.run("UPDATE outbox SET body = :body, secret = NULL WHERE id = :id", id=id, body=body)
    for picture in row.body.get("files", ()) if pictures else ():
        if tx.one(files.BY_ID, id=picture) is not None:
            files.drop(tx, picture)
    return body


def hide_old(tx: Tx, *, before: datetime) -> None:
    """Forget codes that no page has fetched for so long."""
    for id in tx.all(_OLD_SECRETS, before=before):
        hide(tx, id)


def answer(
    tx: Tx,
    *,
    chat: int,
    local: bool,
    body: dict[str, Any],
    now: datetime,
    seq: int,
    wait: timedelta = AT_ONCE,
    secret: str | None = None,
) -> int:
    """File the reply to a message, drawn for its chat: on its way, or waiting for what may still join it.

    A reply that waited gives way to this one, which knows all that it said.
    """
    tx.run(
        """
        UPDATE outbox SET state = 'cancelled', why = 'joined'
         WHERE chat = :chat AND kind = 'answer' AND state = 'waiting' AND due > at AND why = ''
           AND edits IS NULL
        """,
        chat=chat,
    )
    state = "ready" if local else "waiting" if wait else "sending"
    id: int = tx.value(
        """
        INSERT INTO outbox (kind, chat, body, due, at, state, seq, shown, secret)
        VALUES ('answer', :chat, :body, :due, :now, :state, :seq, :now, :secret)
        RETURNING id
        """,
        chat=chat,
        body=body,
        due=now + wait,
        now=now,
        state=state,
        seq=seq,
        secret=secret,
    )
    return id


def edit(tx: Tx, *, row: int, chat: int, body: dict[str, Any], due: datetime, now: datetime) -> bool:
    """File what takes the place of a row's message; False when it joins a change that still waits."""
    joined = tx.run("UPDATE outbox SET body = :body WHERE edits = :row AND state = 'waiting'", row=row, body=body)
    if not joined:
        tx.run(
            """
            INSERT INTO outbox (kind, chat, body, due, at, edits)
            VALUES ('answer', :chat, :body, :due, :now, :row)
            """,
            chat=chat,
            body=body,
            due=due,
            now=now,
            row=row,
        )
    return not joined


def appears(tx: Tx, *, id: int, chat: int, edits: int, now: datetime) -> None:
    """A change is there in the local channel; those before it need not be shown any more."""
    tx.run("UPDATE outbox SET state = 'sent', body = NULL WHERE edits = :edits AND id < :id", edits=edits, id=id)
    tx.run(
        "UPDATE outbox SET state = 'ready', seq = :seq, shown = :now WHERE id = :id",
        id=id,
        seq=chats.next_seq(tx, chat),
        now=now,
    )


def hold(tx: Tx, *, chat: int, due: datetime) -> None:
    """A reply that waits for what may join it waits longer: something of the kind is on its way."""
    tx.run(
        """
        UPDATE outbox SET due = :due
         WHERE chat = :chat AND kind = 'answer' AND state = 'waiting' AND due > at AND due < :due
        """,
        chat=chat,
        due=due,
    )


def hand(
    tx: Tx,
    *,
    person: int,
    news: str,
    about: dict[str, Any],
    due: datetime,
    now: datetime,
    key: str | None = None,
    by: int | None = None,
) -> None:
    """File what a colleague did, for a person; the same key is filed once."""
    tx.run(
        """
        INSERT INTO outbox (kind, person, news, about, due, at, key, by)
        VALUES ('hand', :person, :news, :about, :due, :now, :key, :by)
            ON CONFLICT DO NOTHING
        """,
        person=person,
        news=news,
        about=about,
        due=due,
        now=now,
        key=key,
        by=by,
    )


def daily(
    tx: Tx, *, person: int, day: date, about: dict[str, Any], due: datetime, now: datetime, by: int | None = None
) -> int | None:
    """File the one thing the machine says unasked to a person on a day; None when it is there.

    One that was not said after all (nothing was called for, nobody took it) leaves its place.
    """
    id: int | None = tx.value(
        """
        INSERT INTO outbox (kind, person, day, news, about, due, at, by)
        VALUES ('daily', :person, :day, 'daily', :about, :due, :now, :by)
            ON CONFLICT (person, day) WHERE day IS NOT NULL DO UPDATE
           SET about = :about, due = :due, at = :now, by = :by, state = 'waiting', why = '', tried = '[]'
         WHERE outbox.state IN ('cancelled', 'failed')
        RETURNING id
        """,
        person=person,
        day=day,
        about=about,
        due=due,
        now=now,
        by=by,
    )
    return id


def add_to_daily(tx: Tx, *, person: int, day: date, about: dict[str, Any]) -> int | None:
    """Put more into a daily row that has not been said yet; None when it has."""
    row = tx.one(DAILY, person=person, day=day)
    if row is None or row.state != "waiting":
        return None
    lists = {name: [*row.about.get(name, []), *value] for name, value in about.items() if isinstance(value, list)}
    merged = {**row.about, **about, **lists}
    tx.run("UPDATE outbox SET about = :about WHERE id = :id", about=merged, id=row.id)
    return row.id


def put_about(tx: Tx, *, id: int, about: dict[str, Any]) -> None:
    """What a row that waits is about."""
    tx.run("UPDATE outbox SET about = :about WHERE id = :id", id=id, about=about)


def take_back(tx: Tx, *, by: int, person: int | None = None, duty: str = "", year: int = 0) -> int:
    """What somebody urges (of one duty) as a message of its own is not said; how many there were."""
    return tx.run(
        """
        UPDATE outbox SET state = 'cancelled', why = 'taken back'
         WHERE by = :by AND kind = 'hand' AND news = 'urged' AND state = 'waiting'
           AND (:person IS NULL OR (person = :person AND json_extract(about, '$.duty') = :duty
                AND json_extract(about, '$.year') = :year))
        """,
        by=by,
        person=person,
        duty=duty,
        year=year,
    )


def leave_out(tx: Tx, *, row: Row, name: str, left: Sequence[Any] = ()) -> None:
    """Take something out of a daily row that waits, but for what is left of it; with nothing left it is not said."""
    about = {**row.about, name: list(left)}
    tx.run("UPDATE outbox SET about = :about WHERE id = :id", about=about, id=row.id)
    if not any(about.values()):
        settle(tx, id=row.id, state="cancelled", why="taken back")


def delivered(tx: Tx, *, id: int, chat: int, body: dict[str, Any], now: datetime, local: bool) -> int:
    """A claimed row has its chat and text; in the local channel it is now there."""
    seq = chats.next_seq(tx, chat)
    tx.run(
        """
        UPDATE outbox SET chat = :chat, body = :body, state = :state, seq = :seq, shown = :now
         WHERE id = :id
        """,
        id=id,
        chat=chat,
        body=body,
        state="ready" if local else "sending",
        seq=seq,
        now=now,
    )
    return seq


def settle(tx: Tx, *, id: int, state: str, why: str = "", message: str = "") -> None:
    """What became of a row: sent, cancelled, failed, unsure; and what its messenger calls it."""
    secret = tx.value(
        "UPDATE outbox SET state = :state, why = :why, message = :message WHERE id = :id RETURNING secret",
        id=id,
        state=state,
        why=why,
        message=message,
    )
    if secret is not None and state != "sending":
        hide(tx, id)


def fail(tx: Tx, *, id: int, why: str) -> None:
    """Nobody takes a row that nobody asked for: what it would have said counts as not said.

    The chats that did not take it are kept, so that a new one is tried on the same day and they on the next.
    """
    tx.run(
        """
        UPDATE outbox SET state = 'failed', why = :why,
               tried = (SELECT json_group_array(chat.id) FROM chat WHERE chat.person = outbox.person AND reachable)
         WHERE id = :id
        """,
        id=id,
        why=why,
    )
    tx.run("DELETE FROM rung WHERE outbox = :id", id=id)


def put_aside(tx: Tx, *, id: int, due: datetime, why: str, parts: int) -> None:
    """An answer that its messenger does not take now lies here until then; so many parts of it have gone out."""
    tx.run(
        "UPDATE outbox SET state = 'waiting', due = :due, why = :why, about = :about WHERE id = :id",
        id=id,
        due=due,
        why=why,
        about={"parts": parts},
    )


def progress(tx: Tx, *, id: int, parts: int, aside: str) -> None:
    """So many parts of an answer have gone out: after a stop only the rest is said; `aside` is to be deleted."""
    tx.run("UPDATE outbox SET about = :about WHERE id = :id", id=id, about={"parts": parts, "aside": aside})


def again(tx: Tx, *, person: int, now: datetime, since: datetime) -> bool:
    """Somebody is reached again: what found no chat of theirs waits anew; whether there was anything.

    A day's own message that was not said counts as not said: the next beat calls for it.
    """
    return (
        tx.run(
            """
        UPDATE outbox SET state = 'waiting', due = :now, why = '', tried = '[]'
         WHERE person = :person AND due > :since
           AND (kind = 'hand' AND state = 'failed' AND why = :nowhere OR state = 'waiting' AND tried <> '[]')
        """,
            person=person,
            now=now,
            since=since,
            nowhere=NOWHERE,
        )
        > 0
    )


def cancel_for(tx: Tx, *, person: int, why: str) -> None:
    """Say nothing more to a person."""
    tx.run(
        "UPDATE outbox SET state = 'cancelled', why = :why WHERE person = :person AND state = 'waiting'",
        person=person,
        why=why,
    )


def postpone(tx: Tx, *, id: int, due: datetime, why: str) -> None:
    """Say it later: no chat yet, a form is open, the office is closed."""
    tx.run("UPDATE outbox SET due = :due, why = :why WHERE id = :id", id=id, due=due, why=why)


def let_go(tx: Tx, *, person: int, now: datetime) -> bool:
    """No form is open any more: what waited for that is due; whether there was anything."""
    return (
        tx.run(
            """
        UPDATE outbox SET due = :now WHERE person = :person AND state = 'waiting' AND why = :held AND due > :now
           AND NOT EXISTS (SELECT 1 FROM chat WHERE chat.person = :person AND focus IS NOT NULL)
        """,
            person=person,
            now=now,
            held=HELD,
        )
        > 0
    )


def seen(tx: Tx, *, chat: int, seq: int) -> None:
    """The page has shown everything up to here."""
    tx.run(
        "UPDATE outbox SET state = 'sent' WHERE chat = :chat AND state = 'ready' AND seq <= :seq", chat=chat, seq=seq
    )
    for id in tx.all(_SECRETS, chat=chat, seq=seq):
        hide(tx, id, pictures=False)


def release(tx: Tx, *, id: int, due: datetime, why: str, tried: list[int]) -> None:
    """It did not go out: it is decided about once more, and these chats are left aside."""
    tx.run(
        """
        UPDATE outbox SET state = 'waiting', chat = NULL, body = NULL, seq = NULL, shown = NULL,
               due = :due, why = :why, tried = :tried
         WHERE id = :id
        """,
        id=id,
        due=due,
        why=why,
        tried=tried,
    )


def doubt(tx: Tx) -> list[Row]:
    """What nobody asked for and was on its way when the process died is unsure from now on; those rows."""
    unsure = tx.all(ON_THE_WAY)
    tx.run("UPDATE outbox SET state = 'unsure' WHERE state = 'sending' AND kind <> 'answer'")
    return unsure


def forget(tx: Tx, *, before: datetime) -> None:
    """Empty the texts of old messages."""
    tx.run("UPDATE outbox SET body = NULL WHERE at < :before AND state IN ('sent', 'cancelled')", before=before)
