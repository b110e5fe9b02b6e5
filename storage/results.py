"""The units' yearly reports: one a unit and year, with its figures and its narrative parts."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from storage.db import Query, Tx


@dataclass(frozen=True, slots=True)
class SentReport:
    """A report that was sent; `at` is when it was first sent, `late` its calendar days after the last day,
    `given` the day of its newest figures.
    """

    id: int
    unit: str
    unit_name: str
    year: int
    code: str
    version: int
    late: int
    received: datetime | None
    by: int | None
    at: datetime
    given: date


@dataclass(frozen=True, slots=True)
class ReportedFigure:
    """One figure of a unit's report: a numerator over a denominator, or an amount as numerator; what it means."""

    unit: str
    target: str
    numerator: Decimal | None
    denominator: Decimal | None
    na: bool
    estimate: bool
    note: str
    source: str
    kept_as: str


@dataclass(frozen=True, slots=True)
class Narrative:
    """One narrative part; mark is "nothing" (không phát sinh) or "outside" (không thuộc chức năng)."""

    unit: str
    section: str
    text: str
    mark: str
    source: str


_RESULT = """
    SELECT result.id, result.unit, unit.name, result.year, result.code, result.version, result.late,
           result.received, result.by, result.at, result.given
      FROM result JOIN unit ON unit.code = result.unit
"""
_FIGURE = """
    SELECT result.unit, figure.target, figure.numerator, figure.denominator, figure.na,
           figure.estimate, figure.note, figure.source, figure.kept_as
      FROM figure JOIN result ON result.id = figure.result JOIN unit ON unit.code = result.unit
"""
_NARRATIVE = """
    SELECT result.unit, narrative.section, narrative.text, narrative.mark, narrative.source
      FROM narrative JOIN result ON result.id = narrative.result JOIN unit ON unit.code = result.unit
"""
OF_UNIT = Query(f"{_RESULT} WHERE result.unit = :unit AND result.year = :year", SentReport)
OF_YEAR = Query(f"{_RESULT} WHERE result.year = :year ORDER BY unit.place", SentReport)
BY_CODE = Query(f"{_RESULT} WHERE result.code = :code", SentReport)
OF_PERSON = Query(f"{_RESULT} WHERE result.by = :person ORDER BY result.year", SentReport)
FIGURES = Query(f"{_FIGURE} WHERE result.unit = :unit AND result.year = :year", ReportedFigure)
FIGURES_OF_YEAR = Query(f"{_FIGURE} WHERE result.year = :year ORDER BY unit.place", ReportedFigure)
NARRATIVES = Query(f"{_NARRATIVE} WHERE result.unit = :unit AND result.year = :year", Narrative)
NARRATIVES_OF_YEAR = Query(f"{_NARRATIVE} WHERE result.year = :year ORDER BY unit.place", Narrative)


def send(
    tx: Tx,
    *,
    unit: str,
    year: int,
    code: str,
    late: int,
    by: int | None,
    now: datetime,
    plan_hash: str,
    given: date | None = None,
) -> int:
    """Store a report; return its id. Sent again, its version goes up and the time of the first stays.

    `given` is the day of its figures where that is another: of a paper that the office files later.
    What it had is replaced part by part: a part that the plan asks for no more stays as it was said.
    """
    id: int = tx.value(
        """
        INSERT INTO result (unit, year, code, late, by, at, given, plan_hash)
        VALUES (:unit, :year, :code, :late, :by, :now, :given, :plan_hash)
            ON CONFLICT (unit, year) DO UPDATE
               SET version = version + 1, by = :by, given = :given, plan_hash = :plan_hash
        RETURNING id
        """,
        unit=unit,
        year=year,
        code=code,
        late=late,
        by=by,
        now=now,
        given=given or now.date(),
        plan_hash=plan_hash,
    )
    return id


def put_figure(
    tx: Tx,
    *,
    result: int,
    target: str,
    numerator: Decimal | None,
    denominator: Decimal | None,
    na: bool,
    estimate: bool,
    note: str,
    source: str,
    kept_as: str,
) -> None:
    """Store one figure of a report just sent, in the place of the one before."""
    tx.run(
        """
        INSERT OR REPLACE INTO figure (result, target, numerator, denominator, na, estimate, note, source, kept_as)
        VALUES (:result, :target, :numerator, :denominator, :na, :estimate, :note, :source, :kept_as)
        """,
        result=result,
        target=target,
        numerator=numerator,
        denominator=denominator,
        na=na,
        estimate=estimate,
        note=note,
        source=source,
        kept_as=kept_as,
    )


def put_narrative(tx: Tx, *, result: int, section: str, text: str, mark: str, source: str) -> None:
    """Store one narrative part of a report just sent, in the place of the one before."""
    tx.run(
        "INSERT OR REPLACE INTO narrative (result, section, text, mark, source) VALUES (:result, :section, :text, :mark, :source)",
        result=result,
        section=section,
        text=text,
        mark=mark,
        source=source,
    )
