"""People and units: the roster."""

from dataclasses import dataclass
from datetime import date

from storage import chats
from storage.db import Query, Tx


@dataclass(frozen=True, slots=True)
class Unit:
    """A room or unit of the office."""

    code: str
    name: str
    kind: str
    place: int
    seal: bool
    active: bool
    head_title: str = ""
    """What its head is called, where the office has declared it."""
    since: date | None = None
    """Its first day, where it came later than the list."""
    ended: date | None = None
    """The first day on which it is no more."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the roster, with the unit they belong to."""

    id: int
    name: str
    position: str
    kind: str
    unit: str
    unit_name: str
    role: str
    phone: str | None
    language: str
    address: str
    stands_in: int | None
    active: bool
    away_from: date | None
    away_until: date | None
    away_to: int | None
    number: str | None
    """The office's own number of the person."""
    born: int | None
    """The year of birth."""
    human: int | None
    """Their first post, where they hold several; a row is a post."""


@dataclass(frozen=True, slots=True)
class MorePost:
    """A post of somebody who holds another one."""

    id: int
    human: int
    """Their first post."""


OWES = "unit.kind NOT IN (SELECT value FROM json_each(:unions))"
"""Of a unit: its kind is none of the plan's unions, which are given to the query."""
_PERSON = """
    SELECT person.id, person.name, person.position, person.kind, person.unit, unit.name,
           person.role, person.phone, person.language, person.address, person.stands_in,
           person.active, person.away_from, person.away_until, person.away_to,
           person.number, person.born, person.human
      FROM person JOIN unit ON unit.code = person.unit
"""


def of_whom(condition: str) -> str:
    """Return the query of the people of whom this is true."""
    return f"{_PERSON} WHERE {condition} ORDER BY person.id"


BY_ID = Query(f"{_PERSON} WHERE person.id = :id", Person)
SPEAKER = Query(f"{_PERSON} WHERE person.id = :id AND person.active", Person)
"""Somebody who is served: an inactive person is a stranger."""
OF_UNIT = Query(f"{_PERSON} WHERE person.unit = :unit AND person.active ORDER BY person.id", Person)
OF_ROLE = Query(f"{_PERSON} WHERE person.role = :role AND person.active ORDER BY unit.place, person.id", Person)
EVERYBODY = Query(f"{_PERSON} WHERE person.active ORDER BY unit.place, person.id", Person)
NAMES = Query("SELECT name FROM person WHERE active", str)
"""What everybody is called."""
POSTS = Query(
    f"""
    {_PERSON} JOIN person AS me ON me.id = :person
     WHERE person.active
       AND (person.id = COALESCE(me.human, me.id) OR person.human = COALESCE(me.human, me.id)) ORDER BY person.id
    """,
    Person,
)
"""Every post of the person who holds this one."""
EVERY_POST = Query(
    """
    SELECT post.id FROM person AS me JOIN person AS post
           ON post.id = COALESCE(me.human, me.id) OR post.human = COALESCE(me.human, me.id)
     WHERE me.id = :person ORDER BY post.id
    """,
    int,
)
"""The numbers of every post somebody holds or has held, for whatever concerns the person and not the post."""
MORE_POSTS = Query("SELECT id, human FROM person WHERE human IS NOT NULL AND active", MorePost)
"""Every post that is not the first of whoever holds it."""
EVER = Query(f"{_PERSON} ORDER BY unit.place, person.id", Person)
"""Those who have left too."""
NAMED = Query(f"{_PERSON} WHERE person.name_fold = :fold AND person.active ORDER BY person.id", Person)
WITH_PHONE = Query(f"{_PERSON} WHERE person.phone IS NOT NULL AND person.active", Person)
STOOD_IN_BY = Query(f"{_PERSON} WHERE person.stands_in = :id AND person.active", Person)
SPOKEN_TO = Query(
    f"""
    {_PERSON} WHERE person.active AND person.unit BETWEEN :first AND :last AND (
          person.role IN ('head', 'chief', 'union', 'deputy', 'drafter')
       OR person.id IN (SELECT stands_in FROM person WHERE stands_in IS NOT NULL)
       OR person.id IN (SELECT away_to FROM person WHERE away_to IS NOT NULL)
       OR person.id IN (SELECT person FROM delegate)
       OR person.id IN (SELECT by FROM initiative WHERE state = 'sent'))
     ORDER BY person.unit, person.id
    """,
    Person,
)
"""Of some units, whoever may be spoken to unasked."""
WITHOUT_CHAT = Query(
    f"""
    {_PERSON} WHERE person.active AND unit.active AND {OWES}
       AND person.role IN ('head', 'chief', 'deputy', 'drafter', 'office', 'leader')
       AND NOT EXISTS (SELECT 1 FROM chat WHERE {chats.of("person.id")} AND reachable)
     ORDER BY unit.place, person.id
    """,
    Person,
)
"""Whoever the machine would speak to and cannot."""
UNIT_ROW = "SELECT code, name, kind, place, seal, active, head_title, since, ended FROM unit"
UNITS = Query(f"{UNIT_ROW} WHERE active ORDER BY place", Unit)
# «ttr» means TTr: people do not type a code's case.
UNIT = Query(f"{UNIT_ROW} WHERE code = :code COLLATE NOCASE", Unit)


def add_unit(tx: Tx, *, code: str, name: str, kind: str, seal: bool = False, head_title: str = "") -> None:
    """Add a unit at the end of the list, or change the one with this code; a title that is not given stays."""
    tx.run(
        """
        INSERT INTO unit (code, name, kind, seal, head_title, place)
        SELECT :code, :name, :kind, :seal, :head_title, COALESCE(MAX(place), 0) + 1 FROM unit WHERE true
            ON CONFLICT (code) DO UPDATE SET name = :name, kind = :kind, active = ended IS NULL,
                   head_title = COALESCE(NULLIF(:head_title, ''), head_title)
        """,
        code=code,
        name=name,
        kind=kind,
        seal=seal,
        head_title=head_title,
    )


def add_person(
    tx: Tx,
    *,
    name: str,
    name_fold: str,
    position: str,
    kind: str,
    unit: str,
    role: str,
    phone: str | None = None,
    number: str | None = None,
    born: int | None = None,
) -> int:
    """Add somebody to the roster; return their id."""
    found: int = tx.value(
        """
        INSERT INTO person (name, name_fold, position, kind, unit, role, phone, number, born)
        VALUES (:name, :name_fold, :position, :kind, :unit, :role, :phone, :number, :born)
        RETURNING id
        """,
        name=name,
        name_fold=name_fold,
        position=position,
        kind=kind,
        unit=unit,
        role=role,
        phone=phone,
        number=number,
        born=born,
    )
    return found


def set_details(
    tx: Tx, id: int, *, position: str, kind: str, phone: str | None, number: str | None, born: int | None
) -> None:
    """Bring somebody's entry up to date: all but their name, role and unit."""
    tx.run(
        """
        UPDATE person SET position = :position, kind = :kind, phone = :phone, number = :number, born = :born
         WHERE id = :id
        """,
        id=id,
        position=position,
        kind=kind,
        phone=phone,
        number=number,
        born=born,
    )


def join(tx: Tx, *, post: int, human: int) -> None:
    """Join two posts: one person holds both."""
    tx.run(
        """
        UPDATE person SET human = (SELECT COALESCE(human, id) FROM person WHERE id = :human)
         WHERE id = :post AND :post <> (SELECT COALESCE(human, id) FROM person WHERE id = :human)
        """,
        post=post,
        human=human,
    )


def set_role(tx: Tx, *, id: int, role: str) -> None:
    """Set somebody's role."""
    tx.run("UPDATE person SET role = :role WHERE id = :id", id=id, role=role)


def set_position(tx: Tx, *, id: int, position: str) -> None:
    """Set what somebody is called: «Phó Trưởng phòng»."""
    tx.run("UPDATE person SET position = :position WHERE id = :id", id=id, position=position)


def move(tx: Tx, *, id: int, unit: str) -> None:
    """Move somebody to another unit; their absence and whoever acts for them stay behind."""
    tx.run("UPDATE person SET unit = :unit, stands_in = NULL, away_to = NULL WHERE id = :id", id=id, unit=unit)


def set_name(tx: Tx, *, id: int, name: str, name_fold: str) -> None:
    """Set somebody's name."""
    tx.run(
        "UPDATE person SET name = :name, name_fold = :name_fold WHERE id = :id", id=id, name=name, name_fold=name_fold
    )


def set_active(tx: Tx, *, id: int, active: bool) -> None:
    """Set whether somebody works here."""
    tx.run("UPDATE person SET active = :active WHERE id = :id", id=id, active=active)


def clear_stand_in(tx: Tx, *, id: int) -> None:
    """Delete this person as a stand-in of anybody."""
    tx.run("UPDATE person SET stands_in = NULL WHERE stands_in = :id", id=id)
    tx.run("UPDATE person SET away_to = NULL WHERE away_to = :id", id=id)


def stand_in(tx: Tx, *, person: int, by: int | None) -> None:
    """Set who acts for a person (/xulythay); None for nobody."""
    tx.run("UPDATE person SET stands_in = :by WHERE id = :person", person=person, by=by)


def set_away(tx: Tx, *, person: int, first: date | None, last: date | None, to: int | None) -> None:
    """Set from when to when somebody is away, in all their posts; None when that is over. `to` acts in this one."""
    tx.run(
        """
        UPDATE person SET away_from = :first, away_until = :last, away_to = CASE id WHEN :person THEN :to END
         WHERE id IN (SELECT post.id FROM person AS me JOIN person AS post
                             ON post.id = COALESCE(me.human, me.id) OR post.human = COALESCE(me.human, me.id)
                       WHERE me.id = :person)
        """,
        person=person,
        first=first,
        last=last,
        to=to,
    )


def set_language(tx: Tx, *, person: int, language: str) -> None:
    """Set the language somebody chose."""
    tx.run("UPDATE person SET language = :language WHERE id = :person", person=person, language=language)
