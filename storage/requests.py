"""What the office asks of units or people beside the plan: requests, their questions, who got them, every answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from storage.db import Query, Tx


class AskedState(StrEnum):
    """How a request stands."""

    OPEN = "open"
    CLOSED = "closed"
    RECALLED = "recalled"


@dataclass(frozen=True, slots=True)
class OfficeRequest:
    """One request: what is asked of whom until when, and how often."""

    id: int
    code: str
    title: str
    whom: str
    """«all», «kinds», «units» or «people»."""
    chosen: list[Any]
    due: date
    planned: date
    """The last day as it was first."""
    ladder: str
    every: str
    """«month», «quarter», «half», or nothing."""
    series: int
    """The first one of those that come again; its own number where it is that one."""
    turn: int
    stopped: bool
    state: AskedState
    since: date
    """The day from which its ladder goes."""
    asks: int
    """Which version of its questions it asks."""
    by: int
    at: datetime
    changed: datetime
    ended: datetime | None
    ended_by: int | None
    reason: str

    @property
    def open(self) -> bool:
        """Whether it still takes answers."""
        return self.state is AskedState.OPEN


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """One question of a request."""

    code: str
    text: str
    type: str
    unit: str = ""
    choices: tuple[str, ...] = ()
    figure: str = ""

    def alike(self, other: "AskedQuestion") -> bool:
        """Whether another one asks the same, so that its answers stay good."""
        mine = (self.text, self.type, self.unit, self.choices, self.figure)
        return mine == (other.text, other.type, other.unit, other.choices, other.figure)


_REQUEST = """
    SELECT id, code, title, whom, chosen, due, planned, ladder, every, COALESCE(series, id), turn, stopped, state, since, asks, by, at,
           changed, ended, ended_by, reason
      FROM request
"""
_OPEN_TO = """
    SELECT request.id FROM request JOIN request_receiver ON request_receiver.request = request.id
     WHERE request.state = 'open'
"""
BY_ID = Query(f"{_REQUEST} WHERE id = :id", OfficeRequest)
BY_CODE = Query(f"{_REQUEST} WHERE code = :code", OfficeRequest)
OF_YEAR = Query(f"{_REQUEST} WHERE code GLOB 'YC-' || :year || '-*' ORDER BY id", OfficeRequest)
CODES = Query("SELECT code FROM request ORDER BY id DESC", str)
OPEN = Query(f"{_REQUEST} WHERE state = 'open' ORDER BY due, id", OfficeRequest)
RECENT = Query(
    f"{_REQUEST} ORDER BY state <> 'open', CASE state WHEN 'open' THEN due END, id DESC LIMIT 60", OfficeRequest
)
"""Those that are open by their last day, then the newest of the others."""
OF_RECEIVER = Query(
    f"{_REQUEST} WHERE id IN ({_OPEN_TO} AND (request_receiver.unit = :unit OR request_receiver.person = :person)) ORDER BY due, id",
    OfficeRequest,
)
"""The open ones that a unit or somebody got."""
LAST_OF_SERIES = Query(
    f"""
    {_REQUEST} AS one WHERE every <> '' AND NOT stopped AND NOT EXISTS (
        SELECT 1 FROM request AS later WHERE COALESCE(later.series, later.id) = COALESCE(one.series, one.id)
           AND later.turn > one.turn) ORDER BY id
    """,
    OfficeRequest,
)
"""Of all that come again, the newest ones: the next is opened after them."""
QUESTIONS = Query(
    """
    SELECT code, text, type, unit, choices, figure FROM request_question
     WHERE request = :request AND first <= :asks AND (last IS NULL OR last >= :asks) ORDER BY place
    """,
    AskedQuestion,
)
EVER_QUESTIONS = Query(
    "SELECT code, text, type, unit, choices, figure FROM request_question WHERE request = :request", AskedQuestion
)


def next_code(tx: Tx, year: int) -> str:
    """Return the code of the next request of a year: YC-2027-03."""
    last: str | None = tx.value(
        "SELECT code FROM request WHERE code LIKE :year ORDER BY CAST(substr(code, 9) AS INTEGER) DESC LIMIT 1",
        year=f"YC-{year}-%",
    )
    return f"YC-{year}-{int(last[8:]) + 1 if last else 1:02}"


def add(
    tx: Tx,
    *,
    code: str,
    title: str,
    whom: str,
    chosen: Sequence[Any],
    due: date,
    ladder: str,
    every: str,
    by: int,
    now: datetime,
    series: int | None = None,
    turn: int = 0,
) -> int:
    """Add a request, or the next one of a series; return its number."""
    id: int = tx.value(
        """
        INSERT INTO request (code, title, whom, chosen, due, planned, ladder, every, series, turn, since, by, at, changed)
        VALUES (:code, :title, :whom, :chosen, :due, :due, :ladder, :every, :series, :turn, :since, :by, :now, :now)
        RETURNING id
        """,
        code=code,
        title=title,
        whom=whom,
        chosen=list(chosen),
        due=due,
        ladder=ladder,
        every=every,
        series=series,
        turn=turn,
        since=now.date(),
        by=by,
        now=now,
    )
    return id


def put_questions(tx: Tx, *, request: int, asks: int, questions: Sequence[AskedQuestion]) -> None:
    """Store what a version of a request asks: what is asked no more stays with its answers."""
    kept = [each.code for each in questions]
    tx.run(
        """
        UPDATE request_question SET last = :before
         WHERE request = :request AND last IS NULL AND code NOT IN (SELECT value FROM json_each(:kept))
        """,
        request=request,
        before=asks - 1,
        kept=kept,
    )
    for place, each in enumerate(questions, 1):
        tx.run(
            """
            INSERT INTO request_question (request, code, place, text, type, unit, choices, figure, first)
            VALUES (:request, :code, :place, :text, :type, :unit, :choices, :figure, :asks)
                ON CONFLICT (request, code) DO UPDATE SET place = :place
            """,
            request=request,
            code=each.code,
            place=place,
            text=each.text,
            type=each.type,
            unit=each.unit,
            choices=list(each.choices),
            figure=each.figure,
            asks=asks,
        )


def change(tx: Tx, *, id: int, title: str, asks: int, now: datetime) -> None:
    """Set what a request is called and which version of its questions it asks."""
    tx.run(
        "UPDATE request SET title = :title, asks = :asks, changed = :now WHERE id = :id",
        id=id,
        title=title,
        asks=asks,
        now=now,
    )


def put_off(tx: Tx, *, id: int, due: date, reason: str, now: datetime) -> None:
    """Set another last day: its ladder begins anew, and what was closed takes answers again."""
    tx.run(
        """
        UPDATE request SET due = :due, reason = :reason, since = :today, changed = :now, state = 'open',
               ended = NULL, ended_by = NULL
         WHERE id = :id
        """,
        id=id,
        due=due,
        reason=reason,
        today=now.date(),
        now=now,
    )


def end(tx: Tx, *, id: int, state: AskedState, by: int, now: datetime, reason: str = "") -> bool:
    """Close or recall a request; return whether it was still open, or closed and is now recalled."""
    return (
        tx.run(
            """
            UPDATE request SET state = :state, ended = :now, ended_by = :by, reason = :reason, changed = :now,
                   stopped = CASE :state WHEN 'recalled' THEN 1 ELSE stopped END
             WHERE id = :id AND state <> 'recalled' AND state <> :state
            """,
            id=id,
            state=state,
            by=by,
            now=now,
            reason=reason,
        )
        == 1
    )


def stop(tx: Tx, *, series: int) -> int:
    """Set that no next one of a series is opened; return how many it was still true of."""
    return tx.run("UPDATE request SET stopped = 1 WHERE COALESCE(series, id) = :series AND NOT stopped", series=series)
