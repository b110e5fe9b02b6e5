"""What units owe and when: opened years, dates the office has set, who drafts, what was promised."""

from dataclasses import dataclass
from datetime import date, datetime

from storage.db import Query, Tx
from storage.people import OWES


@dataclass(frozen=True, slots=True)
class YearRow:
    """A year that was opened; quiet: for filing without pings."""

    year: int
    quiet: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Deadline:
    """A date the plan does not name: the last day allowed, with its căn cứ."""

    duty: str
    year: int
    day: date
    basis: str
    by: int | None
    at: datetime
    was: date | None
    """The day it had before it was moved."""


@dataclass(frozen=True, slots=True)
class Delegate:
    """Who drafts a unit's duty for its head."""

    unit: str
    duty: str
    year: int
    person: int
    name: str


@dataclass(frozen=True, slots=True)
class Promise:
    """The day on which a unit has promised to send: nobody is reminded until it is over."""

    unit: str
    duty: str
    year: int
    day: date


@dataclass(frozen=True, slots=True)
class Filed:
    """A duty that was fulfilled, and when the office was first told; of a paper the noon of its day."""

    unit: str
    duty: str
    """What it fulfils: the code of a duty, or its way, after a colon, where a plan has one such duty only."""
    year: int
    at: datetime


@dataclass(frozen=True, slots=True)
class SentPaper:
    """A paper made outside of the assistant, as it was recorded."""

    day: date
    number: str
    by: int | None


@dataclass(frozen=True, slots=True)
class DutyTally:
    """How many units of a kind, of those that owe something, have fulfilled a duty of a year."""

    duty: str
    year: int
    kind: str
    since: date | None
    """The first day of these units, where they came later than the list."""
    units: int


_DELEGATE = """
    SELECT delegate.unit, delegate.duty, delegate.year, delegate.person, person.name
      FROM delegate JOIN person ON person.id = delegate.person AND person.active
"""
YEARS = Query("SELECT year, quiet, at FROM year ORDER BY year", YearRow)
DEADLINES = Query("SELECT duty, year, day, basis, by, at, was FROM deadline ORDER BY year, duty", Deadline)
DEADLINE = Query(
    "SELECT duty, year, day, basis, by, at, was FROM deadline WHERE duty = :duty AND year = :year", Deadline
)
DELEGATES_OF_UNIT = Query(f"{_DELEGATE} WHERE delegate.unit = :unit", Delegate)
DELEGATED_TO = Query(f"{_DELEGATE} WHERE delegate.person = :person", Delegate)
DELEGATES_BETWEEN = Query(f"{_DELEGATE} WHERE delegate.unit BETWEEN :first AND :last", Delegate)
PROMISES_BETWEEN = Query("SELECT unit, duty, year, day FROM promise WHERE unit BETWEEN :first AND :last", Promise)
PROMISES = Query("SELECT unit, duty, year, day FROM promise", Promise)
PROMISES_OF_UNIT = Query("SELECT unit, duty, year, day FROM promise WHERE unit = :unit", Promise)
_NOON = "T05:00:00.000000Z"
_ANSWERED = f"""
    MIN(at, COALESCE(
        (SELECT day || '{_NOON}' FROM paper_source WHERE record = {{record}} ORDER BY version DESC LIMIT 1), at
    ))
"""
"""When a unit has answered: on the day of its paper, however later that was filed for it."""
FILED = Query(
    f"""
    SELECT unit, ':plan' AS duty, year, {_ANSWERED.format(record="code")} AS at FROM unit_plan
     UNION ALL SELECT unit, ':list', year, {_ANSWERED.format(record="'DS-' || year || '-' || unit")} FROM closed_list
     UNION ALL SELECT unit, ':results', year, {_ANSWERED.format(record="code")} FROM result
     UNION ALL SELECT unit, ':supplement', year, MIN(at) FROM report_version
                WHERE until IS NOT NULL AND (state <> 'past' OR received IS NOT NULL) GROUP BY unit, year
     UNION ALL SELECT unit, ':narrative', year, {_ANSWERED.format(record="'TT-' || year || '-' || unit")} FROM union_account
     UNION ALL SELECT unit, duty, year, first FROM unit_review WHERE state = 'counted'
     UNION ALL SELECT unit, duty, year, day || '{_NOON}' FROM fulfilment
    """,
    Filed,
)
PAPER = Query("SELECT day, number, by FROM fulfilment WHERE duty = :duty AND unit = :unit AND year = :year", SentPaper)
FILED_OF_UNIT = Query(f"SELECT * FROM ({FILED.sql}) WHERE unit = :unit", Filed)
FILED_BETWEEN = Query(f"SELECT * FROM ({FILED.sql}) WHERE unit BETWEEN :first AND :last", Filed)
FILED_OF_DUTY = Query(f"SELECT * FROM ({FILED.sql}) WHERE duty = :duty AND year = :year", Filed)
_BY_UNITS = f"({FILED.sql}) AS filed JOIN unit ON unit.code = filed.unit AND unit.active AND {OWES}"
"""What was filed by the units that owe: what a union or a unit that is no more has filed fulfils nobody else's duty."""
FILED_COUNTS = Query(
    f"SELECT duty, year, unit.kind, unit.since, COUNT(*) FROM {_BY_UNITS} GROUP BY duty, year, unit.kind, unit.since",
    DutyTally,
)


def open_year(tx: Tx, *, year: int, quiet: bool, now: datetime) -> None:
    """Open a year; if it is open already, only set `quiet` (no reminders)."""
    tx.run(
        "INSERT INTO year (year, quiet, at) VALUES (:year, :quiet, :now) ON CONFLICT DO UPDATE SET quiet = :quiet",
        year=year,
        quiet=quiet,
        now=now,
    )


def set_last_day(
    tx: Tx, *, duty: str, year: int, day: date, basis: str, by: int, now: datetime, was: date | None = None
) -> None:
    """Set the last day of a duty; `was` is the day that the plan gave it."""
    tx.run(
        """
        INSERT INTO deadline (duty, year, day, basis, by, at, was)
        VALUES (:duty, :year, :day, :basis, :by, :now, NULLIF(:was, :day))
            ON CONFLICT DO UPDATE SET was = CASE WHEN day = :day THEN was ELSE day END, day = :day,
               basis = :basis, by = :by, at = :now
        """,
        duty=duty,
        year=year,
        day=day,
        basis=basis,
        by=by,
        now=now,
        was=was,
    )


def withdraw_last_day(tx: Tx, *, duty: str, year: int) -> None:
    """Delete the last day that the office has set: what is owed only by it is owed no more."""
    tx.run("DELETE FROM deadline WHERE duty = :duty AND year = :year", duty=duty, year=year)


def delegate(tx: Tx, *, unit: str, duty: str, year: int, person: int, by: int | None, now: datetime) -> None:
    """Store who drafts for the head; a new name replaces the old one."""
    tx.run(
        """
        INSERT INTO delegate (unit, duty, year, person, by, at)
        VALUES (:unit, :duty, :year, :person, :by, :now)
            ON CONFLICT DO UPDATE SET person = :person, by = :by, at = :now
        """,
        unit=unit,
        duty=duty,
        year=year,
        person=person,
        by=by,
        now=now,
    )


def take_back(tx: Tx, *, person: int) -> None:
    """Delete every naming of this person to draft for the head."""
    tx.run("DELETE FROM delegate WHERE person = :person", person=person)


def promise(tx: Tx, *, unit: str, duty: str, year: int, day: date, by: int, now: datetime) -> None:
    """Store the day by which a unit promises to send; a new day replaces the old one."""
    tx.run(
        """
        INSERT INTO promise (unit, duty, year, day, by, at)
        VALUES (:unit, :duty, :year, :day, :by, :now)
            ON CONFLICT DO UPDATE SET day = :day, by = :by, at = :now
        """,
        unit=unit,
        duty=duty,
        year=year,
        day=day,
        by=by,
        now=now,
    )


def fulfil(tx: Tx, *, duty: str, unit: str, year: int, day: date, number: str, by: int | None, now: datetime) -> None:
    """Store that a duty was done by a paper outside of the assistant."""
    tx.run(
        """
        INSERT INTO fulfilment (duty, unit, year, day, number, by, at)
        VALUES (:duty, :unit, :year, :day, :number, :by, :now)
            ON CONFLICT DO UPDATE SET day = :day, number = :number, by = :by
        """,
        duty=duty,
        unit=unit,
        year=year,
        day=day,
        number=number,
        by=by,
        now=now,
    )
