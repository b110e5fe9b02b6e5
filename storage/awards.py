"""Awards: proposals with what came of them, what they rest on. Functions over Tx run on the writer's thread."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from storage.db import Query, Tx
from storage.initiatives import AT_OFFICE, listed
from storage.unit_history import name_in
from storage.values import columns


class AwardState(StrEnum):
    """Where a proposal stands."""

    PROPOSED = "proposed"
    WITHDRAWN = "withdrawn"
    FORWARDED = "forwarded"
    """The office has proposed it to the level above, which has not decided."""
    AWARDED = "awarded"
    NOT_CHOSEN = "not_chosen"


OPEN = frozenset({AwardState.PROPOSED, AwardState.FORWARDED})
"""Somebody still has to decide it."""


@dataclass(frozen=True, slots=True)
class AwardContent:
    """What a proposal says."""

    kind: str
    kind_name: str
    form: str
    form_name: str
    above: bool
    """Whether a level above the office decides it."""
    unit: str
    what: str
    """«person», «unit» or «group»."""
    person: int | None
    name: str
    reason: str
    merit: str
    meeting: str
    answer_by: date | None


@dataclass(frozen=True, slots=True)
class AwardPapers:
    """What came of a proposal, and by which papers."""

    state: AwardState
    minutes: str
    minutes_day: date | None
    letter: str
    letter_day: date | None
    decision: str
    day: date | None
    why: str


@dataclass(frozen=True, slots=True)
class Award(AwardContent):
    """A proposal with what came of it."""

    state: AwardState
    minutes: str
    minutes_day: date | None
    letter: str
    letter_day: date | None
    decision: str
    day: date | None
    why: str
    id: int
    code: str
    year: int
    unit_name: str
    by: int
    by_unit: str
    by_unit_name: str
    at: datetime
    version: int
    decided_by: int | None
    decided: datetime | None

    @property
    def papers(self) -> AwardPapers:
        """What came of it."""
        return AwardPapers(
            self.state, self.minutes, self.minutes_day, self.letter, self.letter_day, self.decision, self.day, self.why
        )


@dataclass(frozen=True, slots=True)
class AwardTally:
    """How many proposals of a year stand where."""

    form_name: str
    level_above: bool
    state: AwardState
    collective: bool
    n: int


@dataclass(frozen=True, slots=True)
class AwardRecord:
    """Something of the record that a proposal may rest on: a registered sheet that the office has received."""

    code: str
    title: str
    kind: str
    year: int
    unit: str
    persons: str
    """Ids of its authors and whoever is in charge, separated by commas."""
    collective: bool
    level: str
    """Of its highest recognition; empty without one."""
    decision: str
    day: date | None

    def of(self, person: int) -> bool:
        """Whether somebody is among its authors."""
        return str(person) in self.persons.split(",")


@dataclass(frozen=True, slots=True)
class ReportSent:
    """A unit's yearly report, as far as it matters here: when it came, how late."""

    code: str
    unit: str
    year: int
    at: datetime
    late: int


_AWARD = f"""
    SELECT award.kind, award.kind_name, award.form, award.form_name, award.above, award.unit, award.what,
           award.person, award.name, award.reason, award.merit, award.meeting, award.answer_by,
           award.state, award.minutes, award.minutes_day, award.letter, award.letter_day, award.decision, award.day,
           award.why,
           award.id, award.code, award.year, {name_in("award.year")}, award.by, award.by_unit, proposing.name, award.at,
           award.version, award.decided_by, award.decided
      FROM award JOIN unit ON unit.code = award.unit JOIN unit AS proposing ON proposing.code = award.by_unit
"""
BY_CODE = Query(f"{_AWARD} WHERE award.code = :code", Award)
BY_ID = Query(f"{_AWARD} WHERE award.id = :id", Award)
WAITING = Query(
    f"{_AWARD} WHERE award.state IN ('proposed', 'forwarded') ORDER BY award.answer_by IS NULL, award.answer_by, award.id",
    Award,
)
"""What somebody has to decide, the next answer day first."""
PROPOSED_BY = Query(f"{_AWARD} WHERE award.by_unit = :unit AND award.year >= :since ORDER BY award.id DESC", Award)
ALIKE = Query(
    f"""{_AWARD} WHERE award.year = :year AND award.unit = :unit AND award.what = :what AND award.name = :name
       AND award.person IS :person AND award.state <> 'withdrawn' ORDER BY award.id""",
    Award,
)
"""Proposals of a year for the same person or collective."""
DECIDED_BETWEEN = Query(
    f"""{_AWARD} WHERE award.state = 'awarded' AND CAST(COALESCE(SUBSTR(award.day, 1, 4), award.year) AS INTEGER) BETWEEN :first AND :last
      ORDER BY award.day, award.id""",
    Award,
)
"""Who was awarded what by the decisions of some years, whatever year they were proposed in."""
AWARDED_EVER = Query(f"{_AWARD} WHERE award.state = 'awarded' ORDER BY award.day, award.id", Award)
BETWEEN = Query(
    f"{_AWARD} WHERE award.year BETWEEN :first AND :last AND award.state IN ('awarded', 'forwarded') ORDER BY award.year, award.id",
    Award,
)
OF_DECISION = Query(
    f"""{_AWARD} WHERE award.state = :state AND award.year = :year
       AND award.decision = :decision AND award.day IS :day
       AND award.letter = :letter AND award.letter_day IS :letter_day ORDER BY award.id""",
    Award,
)
"""Those that one paper has decided together."""
OF_YEAR = Query(f"{_AWARD} WHERE award.year = :year AND award.state <> 'withdrawn' ORDER BY award.id", Award)
OF_PERSON = Query(
    f"{_AWARD} WHERE award.person IN (SELECT value FROM json_each(:posts)) ORDER BY award.id DESC LIMIT 50", Award
)
LINKS = Query("SELECT record FROM award_link WHERE award = :award ORDER BY record", str)
TALLY = Query(
    """
    SELECT form_name, above, state, what <> 'person', COUNT(*) FROM award WHERE year = :year AND state <> 'withdrawn'
     GROUP BY form_name, above, state, what <> 'person' ORDER BY MIN(id)
    """,
    AwardTally,
)
RECORDS = Query(
    f"""
    SELECT initiative.code, initiative.title, initiative.kind, initiative.year, initiative.unit,
           COALESCE((SELECT GROUP_CONCAT(person) FROM author WHERE author.initiative = initiative.id), '')
           || COALESCE(',' || initiative.charge, ''),
           initiative.collective, COALESCE(recognition.level, ''), COALESCE(recognition.decision, ''), recognition.day
      FROM initiative
      LEFT JOIN recognition ON recognition.initiative = initiative.id
           AND recognition.day = (SELECT MAX(day) FROM recognition AS newest WHERE newest.initiative = initiative.id)
     WHERE initiative.year >= :since AND initiative.state IN ({listed(AT_OFFICE)})
     GROUP BY initiative.id ORDER BY initiative.year DESC, initiative.id DESC
    """,
    AwardRecord,
)
"""Everything that the office has received since a year, with its newest recognition."""
REPORTS = Query(
    """
    SELECT code, unit, year, COALESCE(first, at), late FROM report_version
     WHERE state = 'counted' AND year >= :since ORDER BY year DESC, unit
    """,
    ReportSent,
)


def add(
    tx: Tx, content: AwardContent, *, code: str, year: int, by: int, by_unit: str, links: Collection[str], now: datetime
) -> int:
    """Store a new proposal with what it rests on; return its id."""
    id: int = tx.value(
        """
        INSERT INTO award (code, year, kind, kind_name, form, form_name, above, unit, what, person, name,
                           reason, merit, meeting, answer_by, by, by_unit, at)
        VALUES (:code, :year, :kind, :kind_name, :form, :form_name, :above, :unit, :what, :person, :name,
                :reason, :merit, :meeting, :answer_by, :by, :by_unit, :now)
        RETURNING id
        """,
        code=code,
        year=year,
        by=by,
        by_unit=by_unit,
        now=now,
        **columns(content),
    )
    for record in dict.fromkeys(links):
        tx.run("INSERT INTO award_link (award, record) VALUES (:award, :record)", award=id, record=record)
    return id


def withdraw(tx: Tx, *, id: int, now: datetime) -> bool:
    """Mark a proposal as withdrawn; return whether nobody had decided it."""
    return (
        tx.run(
            """
            UPDATE award SET state = 'withdrawn', version = version + 1, decided = :now
             WHERE id = :id AND state = 'proposed'
            """,
            id=id,
            now=now,
        )
        == 1
    )


def decide(
    tx: Tx, papers: AwardPapers, *, id: int, form: str, form_name: str, above: bool, by: int, now: datetime
) -> None:
    """Store what came of a proposal, and in which form."""
    tx.run(
        """
        UPDATE award SET state = :state, minutes = :minutes, minutes_day = :minutes_day, letter = :letter,
               letter_day = :letter_day, decision = :decision, day = :day, why = :why,
               form = :form, form_name = :form_name, above = :above,
               decided_by = :by, decided = :now, version = version + 1
         WHERE id = :id
        """,
        id=id,
        form=form,
        form_name=form_name,
        above=above,
        by=by,
        now=now,
        **columns(papers),
    )
