"""The units' yearly reports: one a unit and year that counts, with its figures and its narrative parts; every version kept."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from storage.db import Query, Tx
from storage.unit_history import name_in

FROM_LIST = "listed"
"""The source of a figure that is what the list of people says; others are «typed» or «confirmed»."""


@dataclass(frozen=True, slots=True)
class SentReport:
    """A version of a report that was sent; `at` is when its first version was sent, `late` its calendar days after
    the last day, `given` the day of its figures.
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
    kind: str
    """«correction», «supplement», or nothing."""
    state: str
    """«counted», «waiting» to be received and to count then, «past»."""
    replaces: int | None
    """What counted when it was sent."""
    until: date | None
    """The day its figures go to, where that is not the plan's own."""
    sent: datetime
    """When this version was sent."""


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
    whole: bool = False
    """Whether it is as of the end of the year: the unit has supplemented what it had sent."""


@dataclass(frozen=True, slots=True)
class Narrative:
    """One narrative part; mark is "nothing" (không phát sinh) or "outside" (không thuộc chức năng)."""

    unit: str
    section: str
    text: str
    mark: str
    source: str


_RESULT = f"""
    SELECT result.id, result.unit, {name_in("result.year")}, result.year, result.code, result.version, result.late,
           result.received, result.by, COALESCE(result.first, result.at), result.given,
           result.kind, result.state, result.replaces, result.until, result.at
      FROM report_version AS result JOIN unit ON unit.code = result.unit
"""
_FIGURE = """
    SELECT result.unit, figure.target, figure.numerator, figure.denominator, figure.na,
           figure.estimate, figure.note, figure.source, figure.kept_as, result.until IS NOT NULL
      FROM figure JOIN report_version AS result ON result.id = figure.result JOIN unit ON unit.code = result.unit
"""
_NARRATIVE = """
    SELECT result.unit, narrative.section, narrative.text, narrative.mark, narrative.source
      FROM narrative JOIN report_version AS result ON result.id = narrative.result
      JOIN unit ON unit.code = result.unit
"""
_COUNTED = "result.state = 'counted' AND"
_OF_UNIT = "result.unit = :unit AND result.year = :year"
OF_UNIT = Query(f"{_RESULT} WHERE {_COUNTED} {_OF_UNIT}", SentReport)
"""The version of a unit's report that counts; so are all that name no version."""
OF_YEAR = Query(f"{_RESULT} WHERE {_COUNTED} result.year = :year ORDER BY unit.place", SentReport)
BY_CODE = Query(f"{_RESULT} WHERE {_COUNTED} result.code = :code", SentReport)
OF_PERSON = Query(f"{_RESULT} WHERE {_COUNTED} result.by = :person ORDER BY result.year", SentReport)
FIGURES = Query(f"{_FIGURE} WHERE {_COUNTED} {_OF_UNIT}", ReportedFigure)
FIGURES_OF_YEAR = Query(f"{_FIGURE} WHERE {_COUNTED} result.year = :year ORDER BY unit.place", ReportedFigure)
NARRATIVES = Query(f"{_NARRATIVE} WHERE {_COUNTED} {_OF_UNIT}", Narrative)
NARRATIVES_OF_YEAR = Query(f"{_NARRATIVE} WHERE {_COUNTED} result.year = :year ORDER BY unit.place", Narrative)
VERSIONS = Query(f"{_RESULT} WHERE {_OF_UNIT} ORDER BY result.version", SentReport)
"""Every version of a unit's report, the first one first."""
VERSIONS_OF_YEAR = Query(f"{_RESULT} WHERE result.year = :year ORDER BY unit.place, result.version", SentReport)
VERSION = Query(f"{_RESULT} WHERE result.id = :id", SentReport)
WAITING = Query(f"{_RESULT} WHERE result.state = 'waiting' AND {_OF_UNIT}", SentReport)
"""The version that counts as soon as it is received."""
WAITING_OF_YEAR = Query(
    f"{_RESULT} WHERE result.state = 'waiting' AND result.year = :year ORDER BY unit.place", SentReport
)
FIGURES_OF = Query(f"{_FIGURE} WHERE result.id = :id", ReportedFigure)
NARRATIVES_OF = Query(f"{_NARRATIVE} WHERE result.id = :id", Narrative)


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
    kind: str = "",
    until: date | None = None,
    counts: bool = True,
) -> int:
    """Store a version of a report; return its id. It counts in the place of the one before, or waits to be received.

    It begins with every part of the version that counts: one that the plan asks for no more stays as it was said.
    `given` is the day of its figures where that is another: of a paper that the office files later. What is in time
    goes by it.
    """
    before, n = tx.one(OF_UNIT, unit=unit, year=year), len(tx.all(VERSIONS, unit=unit, year=year))
    waits = before is not None and not counts
    if before is not None:
        tx.run(
            "UPDATE report_version SET state = 'past' WHERE unit = :unit AND year = :year AND (state = 'waiting' OR NOT :waits)",
            unit=unit,
            year=year,
            waits=waits,
        )
    id: int = tx.value(
        """
        INSERT INTO report_version (unit, year, code, version, kind, state, replaces, until, late, by, at, first,
                                    given, plan_hash)
        VALUES (:unit, :year, :code, :version, :kind, :state, :replaces, :until, :late, :by, :now, :first,
                :given, :plan_hash)
        RETURNING id
        """,
        unit=unit,
        year=year,
        code=code,
        version=n + 1,
        kind=kind,
        state="waiting" if waits else "counted",
        replaces=None if before is None else before.id,
        until=until if until is not None or before is None else before.until,
        late=late if before is None or given is not None else before.late,
        by=by,
        now=now,
        first=None if before is None else before.at,
        given=given or now.date(),
        plan_hash=plan_hash,
    )
    if before is not None:
        _copy_parts(tx, before.id, id)
    return id


def _copy_parts(tx: Tx, old: int, new: int) -> None:
    """Store every part of a version in the one that follows it."""
    tx.run(
        """
        INSERT INTO figure (result, target, numerator, denominator, na, estimate, note, source, kept_as)
        SELECT :new, target, numerator, denominator, na, estimate, note, source, kept_as
          FROM figure WHERE result = :old
        """,
        new=new,
        old=old,
    )
    tx.run(
        """
        INSERT INTO narrative (result, section, text, mark, source)
        SELECT :new, section, text, mark, source FROM narrative WHERE result = :old
        """,
        new=new,
        old=old,
    )


def receive(tx: Tx, *, code: str, now: datetime) -> None:
    """Set a report as received: the version that waited counts from now on."""
    _count(tx, code)
    tx.run("UPDATE report_version SET received = :now WHERE code = :code AND state = 'counted'", code=code, now=now)


def _count(tx: Tx, code: str) -> None:
    """Set the version that waits as the one that counts, if there is one."""
    if tx.value("SELECT 1 FROM report_version WHERE code = :code AND state = 'waiting'", code=code) is None:
        return
    tx.run("UPDATE report_version SET state = 'past' WHERE code = :code AND state = 'counted'", code=code)
    tx.run("UPDATE report_version SET state = 'counted' WHERE code = :code AND state = 'waiting'", code=code)


def drop_waiting(tx: Tx, *, code: str) -> None:
    """Mark the version that waits as one of the past: it was never received."""
    tx.run("UPDATE report_version SET state = 'past' WHERE code = :code AND state = 'waiting'", code=code)


def give_back(tx: Tx, *, code: str) -> None:
    """Set a report as not received any more; what counted before it was received counts again."""
    counted = tx.one(BY_CODE, code=code)
    if counted is None:
        return
    tx.run("UPDATE report_version SET received = NULL WHERE id = :id", id=counted.id)
    if counted.kind and counted.replaces is not None:
        tx.run("UPDATE report_version SET state = 'waiting' WHERE id = :id", id=counted.id)
        tx.run("UPDATE report_version SET state = 'counted' WHERE id = :id", id=counted.replaces)


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
