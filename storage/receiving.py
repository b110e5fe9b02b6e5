"""What waits to be received by the office: confirmed items, unit plans, yearly reports."""

from dataclasses import dataclass
from datetime import datetime
from zlib import crc32

from storage import results
from storage.db import Query, Tx
from storage.initiatives import AT_OFFICE, listed


@dataclass(frozen=True, slots=True)
class WaitingDelivery:
    """Something sent to the office; `by` is told when it is received."""

    code: str
    what: str
    title: str
    unit_name: str
    by: int
    at: datetime
    stamp: str
    """What changes with it: its version, or what a plan says."""
    correction: str = ""
    """«correction» or «supplement» where something that was sent before counts until this is received."""

    @property
    def version(self) -> int:
        """A number for what it is now."""
        return int(self.stamp) if self.stamp.isdecimal() else crc32(self.stamp.encode()) % 1_000_000


_WAITING = """
    SELECT initiative.code, 'initiative' AS what, initiative.title, unit.name AS unit_name,
           initiative.by, initiative.changed AS at,
           CAST(initiative.version AS TEXT) AS stamp, '' AS correction
      FROM initiative JOIN unit ON unit.code = initiative.unit WHERE initiative.state = 'confirmed'
     UNION ALL
    SELECT unit_plan.code, 'plan', '', unit.name, unit_plan.by, unit_plan.at,
           unit_plan.day || '|' || signer || '|' || number || '|' || COALESCE(file, 0), ''
      FROM unit_plan JOIN unit ON unit.code = unit_plan.unit WHERE unit_plan.received IS NULL
     UNION ALL
    SELECT sent.code, 'results', '', unit.name, sent.by,
           CASE sent.state WHEN 'waiting' THEN sent.at ELSE COALESCE(sent.first, sent.at) END,
           CAST(sent.version AS TEXT), CASE sent.state WHEN 'waiting' THEN sent.kind ELSE '' END
      FROM report_version AS sent JOIN unit ON unit.code = sent.unit
     WHERE sent.received IS NULL AND (sent.state = 'waiting' OR (sent.state = 'counted' AND NOT EXISTS (
           SELECT 1 FROM report_version WHERE code = sent.code AND state = 'waiting')))
     UNION ALL
    SELECT record, record_version.what, COALESCE(initiative.title, ''), unit.name, record_version.by,
           record_version.at, CAST(record_version.version AS TEXT), 'correction'
      FROM record_version LEFT JOIN initiative ON initiative.code = record
      LEFT JOIN unit_plan ON unit_plan.code = record
      JOIN unit ON unit.code = COALESCE(initiative.unit, unit_plan.unit)
     WHERE record_version.state = 'waiting'
"""
_COLUMNS = "code, what, title, unit_name, by, at, stamp, correction"
ALL = Query(f"SELECT {_COLUMNS} FROM ({_WAITING}) ORDER BY at LIMIT 200", WaitingDelivery)
ONE = Query(f"SELECT {_COLUMNS} FROM ({_WAITING}) WHERE code = :code", WaitingDelivery)


_AT = """
    SELECT initiative.code, 'initiative' AS what, initiative.title, unit.name AS unit_name,
           initiative.by, initiative.changed AS at,
           CAST(initiative.version AS TEXT) AS stamp, '' AS correction
      FROM initiative JOIN unit ON unit.code = initiative.unit
     WHERE initiative.state = 'received' AND initiative.changed >= :first AND initiative.changed < :last
     UNION ALL
    SELECT unit_plan.code, 'plan', '', unit.name, unit_plan.by, unit_plan.received, '0', ''
      FROM unit_plan JOIN unit ON unit.code = unit_plan.unit
     WHERE unit_plan.received >= :first AND unit_plan.received < :last AND unit_plan.by IS NOT NULL
     UNION ALL
    SELECT result.code, 'results', '', unit.name, result.by, result.received, '0', ''
      FROM result JOIN unit ON unit.code = result.unit
     WHERE result.received >= :first AND result.received < :last AND result.by IS NOT NULL
"""
RECEIVED = Query(f"SELECT {_COLUMNS} FROM ({_AT}) ORDER BY code", WaitingDelivery)
"""What was received between two moments and is as it was received; what was taken over from paper is nobody's to give back."""
STILL = Query(
    f"""
    SELECT EXISTS (SELECT 1 FROM initiative WHERE code = :code AND state IN ({listed(AT_OFFICE)}))
        OR EXISTS (SELECT 1 FROM unit_plan WHERE code = :code AND received IS NOT NULL)
        OR EXISTS (SELECT 1 FROM result WHERE code = :code AND received IS NOT NULL AND NOT EXISTS (
                   SELECT 1 FROM report_version WHERE code = :code AND state = 'waiting'))
    """,
    int,
)
"""Whether something is received."""


def give_back(tx: Tx, *, code: str, what: str, now: datetime) -> None:
    """Mark it as not received any more: whoever sent it may change it again."""
    if what == "initiative":
        tx.run(
            """
            UPDATE initiative SET state = 'confirmed', changed = :now, version = version + 1
             WHERE code = :code AND state = 'received'
            """,
            code=code,
            now=now,
        )
    elif what == "plan":
        tx.run("UPDATE unit_plan SET received = NULL WHERE code = :code", code=code)
    else:
        results.give_back(tx, code=code)


def receive(tx: Tx, *, code: str, what: str, now: datetime) -> None:
    """Mark it as received by the office: from now on it is locked for whoever sent it."""
    if what == "initiative":
        tx.run(
            """
            UPDATE initiative SET state = 'received', changed = :now, version = version + 1
             WHERE code = :code AND state = 'confirmed'
            """,
            code=code,
            now=now,
        )
    elif what == "plan":
        tx.run("UPDATE unit_plan SET received = :now WHERE code = :code", code=code, now=now)
    else:
        results.receive(tx, code=code, now=now)
