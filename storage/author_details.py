"""What a request for recognition asks of an author: birth date and degree, given by themselves. Functions over Tx run on the writer's thread."""

from dataclasses import dataclass
from datetime import date, datetime

from storage.db import Query, Tx


@dataclass(frozen=True, slots=True)
class AuthorDetail:
    """What an author has given of themselves for a request."""

    person: int
    born: date | None
    degree: str


OF_PERSON = Query("SELECT person, born, degree FROM author_detail WHERE person = :person", AuthorDetail)


def put(tx: Tx, *, person: int, born: date | None, degree: str, now: datetime) -> None:
    """Store what an author gives of themselves; what they gave before is replaced."""
    tx.run(
        """
        INSERT INTO author_detail (person, born, degree, at) VALUES (:person, :born, :degree, :now)
            ON CONFLICT (person) DO UPDATE SET born = :born, degree = :degree, at = :now
        """,
        person=person,
        born=born,
        degree=degree,
        now=now,
    )


def only_here(tx: Tx, *, draft: int) -> None:
    """Delete them from the sheet in which they were given: they are kept in one place."""
    tx.run("DELETE FROM answer WHERE draft = :draft AND field IN ('born', 'degree')", draft=draft)


def forget(tx: Tx, *, person: int) -> int:
    """Delete it; return how many rows that were."""
    return tx.run("DELETE FROM author_detail WHERE person = :person", person=person)
