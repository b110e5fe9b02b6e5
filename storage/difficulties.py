"""Difficulties that people raise: where each lies, and the steps it has taken."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from storage.db import Query, Tx


class DifficultyState(StrEnum):
    """Where a difficulty lies: the first four wait for somebody, the last two have ended."""

    HEAD = "head"
    """With the head of the unit."""
    DESK = "desk"
    """With the office."""
    LEADERS = "leaders"
    """Put before the leaders: the office records their opinion."""
    ANSWERED = "answered"
    """Answered: whoever raised it says whether it is solved."""
    SOLVED = "solved"
    WITHDRAWN = "withdrawn"


class DifficultyMove(StrEnum):
    """What has happened to a difficulty."""

    SENT = "sent"
    PASSED_ON = "passed_on"
    """The head has given it to the office."""
    TURNED = "turned"
    """Whoever raised it has given it to the office, past the head."""
    ANSWERED = "answered"
    REFERRED = "referred"
    """The office has put it before the leaders."""
    OPINION = "opinion"
    """The office has recorded what the leaders say."""
    SOLVED = "solved"
    UNSOLVED = "unsolved"
    """It is not solved by the answer, and goes back to whoever gave it."""
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Raised:
    """A difficulty as it stands."""

    id: int
    code: str
    year: int
    unit: str
    unit_name: str
    by: int
    at: datetime
    area: str
    text: str
    way: DifficultyState
    state: DifficultyState
    since: datetime
    step: int
    reached: bool
    """Whether the office has had it."""

    @property
    def waits(self) -> bool:
        """Whether somebody still has to do something about it."""
        return self.state not in (DifficultyState.SOLVED, DifficultyState.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class RaisedStep:
    """One thing that has happened to a difficulty."""

    difficulty: int
    n: int
    move: DifficultyMove
    was: DifficultyState
    by: int
    at: datetime
    text: str
    whose: str
    day: date | None
    number: str


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the leaders have said about a difficulty: whose word, when, by which paper."""

    whose: str
    day: date
    number: str


REACHED = """
    (way = 'desk' OR EXISTS (SELECT 1 FROM difficulty_step
                              WHERE difficulty_step.difficulty = difficulty.id AND move IN ('passed_on', 'turned')))
"""
"""Whether the office has it: sent to it, or passed on by the head."""
_RAISED = f"""
    SELECT difficulty.id, difficulty.code, year, difficulty.unit, unit.name, by, at, area, text, way, state, difficulty.since, step, {REACHED}
      FROM difficulty JOIN unit ON unit.code = difficulty.unit
"""
_WAITS = "state IN ('head', 'desk', 'leaders', 'answered')"
BY_CODE = Query(f"{_RAISED} WHERE difficulty.code = :code", Raised)
OF_PERSON = Query(
    f"{_RAISED} WHERE by IN (SELECT value FROM json_each(:posts)) ORDER BY difficulty.id DESC LIMIT 50", Raised
)
"""What somebody has raised by any of their posts, the newest first."""
WITH_HEAD = Query(f"{_RAISED} WHERE difficulty.unit = :unit AND state = 'head' ORDER BY difficulty.id", Raised)
AT_OFFICE = Query(f"{_RAISED} WHERE state IN ('desk', 'leaders') ORDER BY difficulty.id", Raised)
BEFORE_LEADERS = Query(f"{_RAISED} WHERE state = 'leaders' ORDER BY difficulty.id", Raised)
WAITING = Query(f"{_RAISED} WHERE {_WAITS} ORDER BY difficulty.id", Raised)
WAITING_OF_UNIT = Query(f"{_RAISED} WHERE difficulty.unit = :unit AND {_WAITS} ORDER BY difficulty.id", Raised)
KNOWN_IN_UNIT = Query(
    f"""
    {_RAISED} WHERE difficulty.unit = :unit AND year = :year AND state <> 'withdrawn'
       AND (way = 'head' OR by IN (SELECT value FROM json_each(:heads))) ORDER BY difficulty.id
    """,
    Raised,
)
"""A year's difficulties of a unit that its head has read: those sent past the head are the office's alone."""
GOES_ALONG = Query(
    f"""
    {_RAISED} WHERE difficulty.unit = :unit AND state <> 'withdrawn' AND ({_WAITS} OR year >= :year)
     ORDER BY difficulty.id
    """,
    Raised,
)
"""What goes along with a unit that becomes another one: what waits, and what the year's report tells of."""
OF_YEAR = Query(f"{_RAISED} WHERE year = :year AND state <> 'withdrawn' ORDER BY unit.place, difficulty.id", Raised)
"""A year's difficulties; the office tells of those that have reached it."""
CODES = Query("SELECT code FROM difficulty ORDER BY id", str)
STEPS = Query(
    """
    SELECT difficulty, n, move, was, by, at, text, whose, day, number FROM difficulty_step
     WHERE difficulty = :id ORDER BY n
    """,
    RaisedStep,
)
LAST_ANSWERS = Query(
    """
    SELECT difficulty, MAX(n), move, was, difficulty_step.by, difficulty_step.at, difficulty_step.text, whose, day, number
      FROM difficulty_step JOIN difficulty ON difficulty.id = difficulty
     WHERE year = :year AND move IN ('answered', 'opinion') GROUP BY difficulty
    """,
    RaisedStep,
)
"""The newest answer of each difficulty of a year."""


def add(
    tx: Tx, *, code: str, year: int, unit: str, by: int, area: str, text: str, way: DifficultyState, now: datetime
) -> int:
    """Store a difficulty as sent, by way of the head or straight to the office; return its id."""
    id: int = tx.value(
        """
        INSERT INTO difficulty (code, year, unit, by, at, area, text, way, state, since)
        VALUES (:code, :year, :unit, :by, :now, :area, :text, :way, :way, :now) RETURNING id
        """,
        code=code,
        year=year,
        unit=unit,
        by=by,
        area=area,
        text=text,
        way=way,
        now=now,
    )
    _step(tx, id=id, n=1, move=DifficultyMove.SENT, was=way, by=by, now=now, text="", opinion=None)
    return id


def move(
    tx: Tx,
    raised: Raised,
    *,
    what: DifficultyMove,
    to: DifficultyState,
    by: int,
    now: datetime,
    text: str = "",
    opinion: Opinion | None = None,
) -> bool:
    """Set where a difficulty lies from now on, and add the step; False when something has happened to it since."""
    moved = tx.run(
        "UPDATE difficulty SET state = :to, since = :now, step = step + 1 WHERE id = :id AND step = :step",
        id=raised.id,
        to=to,
        now=now,
        step=raised.step,
    )
    if moved:
        _step(
            tx, id=raised.id, n=raised.step + 1, move=what, was=raised.state, by=by, now=now, text=text, opinion=opinion
        )
    return moved == 1


def _step(
    tx: Tx,
    *,
    id: int,
    n: int,
    move: DifficultyMove,
    was: DifficultyState,
    by: int,
    now: datetime,
    text: str,
    opinion: Opinion | None,
) -> None:
    tx.run(
        """
        INSERT INTO difficulty_step (difficulty, n, move, was, by, at, text, whose, day, number)
        VALUES (:id, :n, :move, :was, :by, :now, :text, :whose, :day, :number)
        """,
        id=id,
        n=n,
        move=move,
        was=was,
        by=by,
        now=now,
        text=text,
        whose=opinion.whose if opinion else "",
        day=opinion.day if opinion else None,
        number=opinion.number if opinion else "",
    )


def set_unit(tx: Tx, *, id: int, unit: str) -> None:
    """Set of which unit a difficulty is; its code stays."""
    tx.run("UPDATE difficulty SET unit = :unit WHERE id = :id", id=id, unit=unit)
