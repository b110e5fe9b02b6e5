"""Classes and who attends them; who has passed the office's test of a skill. What has ended stays."""

from dataclasses import dataclass
from datetime import date, datetime

from storage import people
from storage.db import Query, Tx
from storage.people import Person


@dataclass(frozen=True, slots=True)
class TrainingClass:
    """A class, with how many stand in its list."""

    id: int
    code: str
    unit: str | None
    """The unit whose head keeps it; None for the office's."""
    unit_name: str
    topic: str
    name: str
    first: date
    last: date
    organiser: str
    cancelled: datetime | None
    people: int


@dataclass(frozen=True, slots=True)
class LearntRow:
    """Somebody, by their first post, in the list of a class of a topic, or with a skill of a target, and its day."""

    what: str
    about: str
    person: int
    day: date


@dataclass(frozen=True, slots=True)
class LearntInUnit:
    """So many of a unit in the list of a class of a topic, or with a skill of a target; the class, or the test, and its day."""

    what: str
    about: str
    code: str
    name: str
    unit: str
    day: date
    people: int


@dataclass(frozen=True, slots=True)
class Skill:
    """Somebody has passed a test."""

    target: str
    person: int
    name: str
    unit: str
    unit_name: str
    test: str
    day: date


_CLASS = """
    SELECT training_class.id, training_class.code, training_class.unit, COALESCE(unit.name, ''), topic,
           training_class.name, first, last, organiser, cancelled,
           (SELECT COUNT(*) FROM training_person WHERE class = training_class.id AND ended IS NULL)
      FROM training_class LEFT JOIN unit ON unit.code = training_class.unit
"""
_NEWEST = "ORDER BY last DESC, training_class.id DESC"
_TAKES_PART = """
    EXISTS (SELECT 1 FROM training_person WHERE class = training_class.id AND ended IS NULL
                AND person IN (SELECT value FROM json_each(:posts)))
"""
CODES = Query("SELECT code FROM training_class", str)
BY_CODE = Query(f"{_CLASS} WHERE training_class.code = :code", TrainingClass)
NEWEST = Query(f"{_CLASS} {_NEWEST}", TrainingClass)
OF_UNIT = Query(
    f"{_CLASS} WHERE training_class.unit = :unit OR (cancelled IS NULL AND {_TAKES_PART}) {_NEWEST}", TrainingClass
)
"""Those that a unit keeps, and those that somebody attends."""
OF_PERSON = Query(f"{_CLASS} WHERE cancelled IS NULL AND {_TAKES_PART} {_NEWEST}", TrainingClass)
ATTENDS = Query(f"SELECT 1 FROM training_class WHERE id = :id AND {_TAKES_PART}", int)
IN_CLASS = Query(
    people.of_whom("person.id IN (SELECT person FROM training_person WHERE class = :id AND ended IS NULL)"), Person
)
"""Whoever stands in the list of a class, those who have left the office too."""
DECLINED = Query(
    people.of_whom(
        """person.active AND person.id IN (
             SELECT gone.person FROM training_person AS gone
               JOIN person AS them ON them.id = gone.person JOIN person AS hand ON hand.id = gone.ended_by
              WHERE gone.class = :id AND COALESCE(them.human, them.id) = COALESCE(hand.human, hand.id))
           AND person.id NOT IN (SELECT person FROM training_person WHERE class = :id AND ended IS NULL)"""
    ),
    Person,
)
"""Whoever has taken themselves off the list of a class and does not stand in it again."""
OF_YEAR = Query(
    f"""{_CLASS} WHERE cancelled IS NULL AND last BETWEEN :from AND :until
         AND EXISTS (SELECT 1 FROM training_person JOIN person ON person.id = person
                      WHERE class = training_class.id AND ended IS NULL AND person.unit = :unit)
         ORDER BY last, training_class.id""",
    TrainingClass,
)
"""Classes of a span that somebody of a unit has attended."""
LEARNT = Query(
    """
    SELECT 'classes', topic, COALESCE(person.human, person.id), MIN(last)
      FROM training_person JOIN training_class ON training_class.id = class JOIN person ON person.id = person
     WHERE ended IS NULL AND cancelled IS NULL AND topic <> '' GROUP BY topic, COALESCE(person.human, person.id)
     UNION ALL
    SELECT 'skills', target, COALESCE(person.human, person.id), MIN(day)
      FROM skill JOIN person ON person.id = person
     WHERE skill.ended IS NULL GROUP BY target, COALESCE(person.human, person.id)
    """,
    LearntRow,
)
BY_UNIT = Query(
    """
    SELECT 'classes', topic, training_class.code, training_class.name, person.unit, last,
           COUNT(DISTINCT COALESCE(person.human, person.id))
      FROM training_person JOIN training_class ON training_class.id = class JOIN person ON person.id = person
     WHERE ended IS NULL AND cancelled IS NULL GROUP BY training_class.id, person.unit
     UNION ALL
    SELECT 'skills', target, '', test, person.unit, day, COUNT(DISTINCT COALESCE(person.human, person.id))
      FROM skill JOIN person ON person.id = person
     WHERE skill.ended IS NULL GROUP BY target, test, day, person.unit
     ORDER BY 6, 3
    """,
    LearntInUnit,
)
"""How many of each unit stand in the list of a class, or have passed a test."""
SKILLS = Query(
    """
    SELECT target, skill.person, person.name, person.unit, unit.name, test, day
      FROM skill JOIN person ON person.id = skill.person JOIN unit ON unit.code = person.unit
     WHERE skill.ended IS NULL AND person.active ORDER BY unit.place, person.id
    """,
    Skill,
)


def add_class(
    tx: Tx,
    *,
    code: str,
    unit: str | None,
    topic: str,
    name: str,
    days: tuple[date, date],
    organiser: str,
    by: int,
    now: datetime,
) -> int:
    """Store a new class; return its id."""
    id: int = tx.value(
        """
        INSERT INTO training_class (code, unit, topic, name, first, last, organiser, by, at)
        VALUES (:code, :unit, :topic, :name, :first, :last, :organiser, :by, :now) RETURNING id
        """,
        code=code,
        unit=unit,
        topic=topic,
        name=name,
        first=days[0],
        last=days[1],
        organiser=organiser,
        by=by,
        now=now,
    )
    return id


def change_class(tx: Tx, *, id: int, topic: str, name: str, days: tuple[date, date], organiser: str) -> None:
    """Store what a class is called, what it is about, when it is and who holds it."""
    tx.run(
        """
        UPDATE training_class SET topic = :topic, name = :name, first = :first, last = :last, organiser = :organiser
         WHERE id = :id
        """,
        id=id,
        topic=topic,
        name=name,
        first=days[0],
        last=days[1],
        organiser=organiser,
    )


def cancel(tx: Tx, *, id: int, by: int, now: datetime) -> bool:
    """Cancel a class; False when it was cancelled already."""
    done = tx.run(
        "UPDATE training_class SET cancelled = :now, cancelled_by = :by WHERE id = :id AND cancelled IS NULL",
        id=id,
        by=by,
        now=now,
    )
    return done == 1


def put(tx: Tx, *, id: int, person: int, by: int, now: datetime) -> bool:
    """Add somebody to the list of a class, whatever post they are named by; False for one who stands in it."""
    done = tx.run(
        """
        INSERT INTO training_person (class, person, by, at)
        SELECT :id, :person, :by, :now
         WHERE NOT EXISTS (SELECT 1 FROM training_person JOIN person AS known ON known.id = training_person.person
                             JOIN person AS new ON new.id = :person
                            WHERE class = :id AND ended IS NULL
                              AND COALESCE(known.human, known.id) = COALESCE(new.human, new.id))
        """,
        id=id,
        person=person,
        by=by,
        now=now,
    )
    return done == 1


def take_off(tx: Tx, *, id: int, posts: str, by: int, now: datetime) -> bool:
    """End the part of somebody, by any of their posts, in a class; False when they had none."""
    done = tx.run(
        """
        UPDATE training_person SET ended = :now, ended_by = :by
         WHERE class = :id AND ended IS NULL AND person IN (SELECT value FROM json_each(:posts))
        """,
        id=id,
        posts=posts,
        by=by,
        now=now,
    )
    return done > 0


_SAME_HUMAN = """
    SELECT other.id FROM person AS other JOIN person AS them ON them.id = :person
     WHERE COALESCE(other.human, other.id) = COALESCE(them.human, them.id)
"""


def mark_skill(tx: Tx, *, target: str, person: int, test: str, day: date, by: int, now: datetime) -> bool:
    """Add that somebody has passed a test; False for one who is marked already."""
    done = tx.run(
        f"""
        INSERT INTO skill (target, person, test, day, by, at)
        SELECT :target, :person, :test, :day, :by, :now
         WHERE NOT EXISTS (SELECT 1 FROM skill WHERE target = :target AND ended IS NULL AND person IN ({_SAME_HUMAN}))
        """,
        target=target,
        person=person,
        test=test,
        day=day,
        by=by,
        now=now,
    )
    return done == 1


def withdraw_skill(tx: Tx, *, target: str, person: int, by: int, now: datetime) -> bool:
    """End that somebody is marked; False when they were not."""
    done = tx.run(
        f"UPDATE skill SET ended = :now, ended_by = :by WHERE target = :target AND ended IS NULL AND person IN ({_SAME_HUMAN})",
        target=target,
        person=person,
        by=by,
        now=now,
    )
    return done == 1
