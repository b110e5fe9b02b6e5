"""Reads over the whole office and year, for readers only: summaries, lists, the tick."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from storage.db import Query
from storage.initiatives import UNDECIDED, ItemState, listed
from storage.item_answers import NEWEST


@dataclass(frozen=True, slots=True)
class SentFigure:
    """A figure of a report that was sent."""

    unit: str
    target: str
    numerator: Decimal | None
    denominator: Decimal | None
    na: bool
    estimate: bool
    kept_as: str
    source: str


@dataclass(frozen=True, slots=True)
class CountedVersion:
    """Which version of a unit's report counts, where there is, or may be, another one."""

    unit: str
    version: int
    kind: str
    waiting: int | None
    """The version that waits to be received."""
    day: date | None
    """Until when it may be corrected."""


@dataclass(frozen=True, slots=True)
class Supplemented:
    """A unit whose figures that count are as of a later day than the plan's cut-off."""

    unit: str
    until: date


@dataclass(frozen=True, slots=True)
class Difficulty:
    """What a unit wrote under a section of its report."""

    unit: str
    section: str
    text: str


@dataclass(frozen=True, slots=True)
class Writing:
    """A report being written: its unit-and-year and how many answers it has."""

    subject: str
    answers: int


@dataclass(frozen=True, slots=True)
class RecognitionCandidate:
    """A sheet on its way to a recognition; complete when everything is answered that is asked, its authors among it."""

    unit: str
    kind: str
    code: str
    title: str
    state: str
    complete: bool


@dataclass(frozen=True, slots=True)
class Begun:
    """A sheet that somebody of a unit is writing: how much of it, never what."""

    unit: str
    kind: str
    answers: int


@dataclass(frozen=True, slots=True)
class Drafted:
    """A figure of a report that is being written, as the JSON of its answer."""

    subject: str
    target: str
    value: str


FIGURES = Query(
    """
    SELECT result.unit, figure.target, figure.numerator, figure.denominator, figure.na,
           figure.estimate OR result.until IS NOT NULL, figure.kept_as, figure.source
      FROM figure JOIN result ON result.id = figure.result WHERE result.year = :year
    """,
    SentFigure,
)
DIFFICULTIES = Query(
    """
    SELECT result.unit, narrative.section, narrative.text
      FROM narrative JOIN result ON result.id = narrative.result
      JOIN unit ON unit.code = result.unit JOIN json_each(:sections) AS asked ON asked.value = narrative.section
     WHERE result.year = :year AND narrative.mark = '' AND narrative.text <> ''
     ORDER BY unit.place, asked.key
    """,
    Difficulty,
)
WRITING = Query(
    """
    SELECT draft.subject, COUNT(DISTINCT answer.field)
      FROM draft LEFT JOIN answer ON answer.draft = draft.id
     WHERE draft.form = 'report' AND draft.state = 'open' GROUP BY draft.subject
    """,
    Writing,
)
CANDIDATES = Query(
    f"""
    SELECT unit, kind, code, title, state,
           (charge IS NOT NULL OR EXISTS (SELECT 1 FROM author WHERE author.initiative = initiative.id))
           AND NOT EXISTS (SELECT 1 FROM json_each(:asked) AS asked
                            WHERE asked.value ->> 'kind' = initiative.kind AND asked.value ->> 'field' NOT IN (
                                  SELECT field FROM item_answer
                                   WHERE item = initiative.id AND value <> 'null' AND {NEWEST}))
      FROM initiative
     WHERE year = :year AND state IN ({listed(UNDECIDED | {ItemState.SENT, ItemState.CONFIRMED})}) ORDER BY id
    """,
    RecognitionCandidate,
)
"""`asked` lists what every kind asks, as objects of kind and field."""
VERSIONS = Query(
    """
    SELECT counted.unit, counted.version, counted.kind, waits.version, reopening.day
      FROM report_version AS counted JOIN unit ON unit.code = counted.unit
      LEFT JOIN report_version AS waits
        ON waits.unit = counted.unit AND waits.year = counted.year AND waits.state = 'waiting'
      LEFT JOIN reopening ON reopening.record = counted.code AND reopening.state IN ('open', 'sent')
     WHERE counted.year = :year AND counted.state = 'counted'
       AND ((counted.version > 1 AND counted.kind <> 'supplement') OR waits.kind = 'correction'
            OR reopening.id IS NOT NULL)
     ORDER BY unit.place
    """,
    CountedVersion,
)
SUPPLEMENTED = Query("SELECT unit, until FROM result WHERE year = :year AND until IS NOT NULL", Supplemented)
"""The units whose figures that count are as of the end of the year."""
NEWEST_FIGURES = Query("SELECT MAX(given) FROM result WHERE year = :year", date)
"""The day of the newest figures of a year."""
BEGUN = Query(
    """
    SELECT person.unit, substr(draft.form, length('register_') + 1), COUNT(DISTINCT answer.field)
      FROM draft JOIN person ON person.id = draft.person JOIN answer ON answer.draft = draft.id
     WHERE draft.form GLOB 'register_*' AND draft.subject = :year AND draft.state = 'open'
       AND answer.source <> 'skipped' AND person.active
     GROUP BY draft.id, person.unit, draft.form
    """,
    Begun,
)
DRAFTED = Query(
    """
    SELECT draft.subject, answer.field, answer.value
      FROM draft JOIN answer ON answer.draft = draft.id
     WHERE draft.form = 'report' AND draft.state = 'open' AND draft.subject LIKE '%:' || :year
       AND answer.field = :target AND answer.part = 0
    """,
    Drafted,
)
