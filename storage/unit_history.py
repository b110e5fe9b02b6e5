"""Units through time: how many there are, what they were called, those that have ended."""

from dataclasses import dataclass
from datetime import date

from storage.db import Query
from storage.people import OWES, UNIT_ROW, Unit


@dataclass(frozen=True, slots=True)
class KindOfUnit:
    """A unit, of which kind it is, and since when it is there."""

    code: str
    kind: str
    since: date | None


@dataclass(frozen=True, slots=True)
class FormerName:
    """A name that a unit bore until a day, and the one that followed."""

    unit: str
    name: str
    until: date
    after: str


@dataclass(frozen=True, slots=True)
class UnitTally:
    """How many units of a kind there are, of those that owe something."""

    kind: str
    since: date | None
    """Their first day, where they came later than the list."""
    units: int


UNIT_CODES = Query(
    "SELECT code, kind, since FROM unit WHERE active AND code > :after ORDER BY code LIMIT :most", KindOfUnit
)
"""The units that owe something or are invited, some at a time."""
COUNT_UNITS = Query(f"SELECT kind, since, COUNT(*) FROM unit WHERE active AND {OWES} GROUP BY kind, since", UnitTally)
EVER_UNITS = Query(f"{UNIT_ROW} WHERE active OR ended IS NOT NULL ORDER BY place", Unit)
"""Those that have ended too: they stand in the figures of the years in which they were there."""


def name_in(year: str) -> str:
    """Return the name that `unit` bore at the end of a year, or bears now; the year as SQL."""
    return f"""COALESCE((SELECT unit_name.name FROM unit_name
        WHERE unit_name.unit = unit.code AND unit_name.until >= printf('%d-12-31', {year})
        ORDER BY unit_name.until LIMIT 1), unit.name)"""


FORMER_NAMES = Query(
    f"""
    SELECT unit.code, unit_name.name, unit_name.until, {name_in("substr(unit_name.until, 1, 4) + 1")}
      FROM unit_name JOIN unit ON unit.code = unit_name.unit ORDER BY unit_name.until
    """,
    FormerName,
)
"""What units were called before, until when, and what they were called then."""
GOES_ON_WITH = Query(
    """
    WITH RECURSIVE came(unit) AS (
        SELECT :unit
         UNION
        SELECT succession.unit FROM succession JOIN came ON succession.successor = came.unit
               JOIN unit ON unit.code = succession.unit AND NOT unit.active)
    SELECT unit FROM came
    """,
    str,
)
"""A unit itself, and those that have ended and that it goes on with."""
UNITS_IN_YEAR = Query(
    f"""
    SELECT code, {name_in(":year")}, kind, place, seal, active, head_title, since, ended FROM unit
     WHERE active OR ended IS NOT NULL ORDER BY place
    """,
    Unit,
)
"""The units there are and those that have ended, as they were called in a year."""
