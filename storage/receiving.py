"""What waits to be received by the office: confirmed items, unit plans, yearly reports, reviews."""

from dataclasses import dataclass
from datetime import datetime
from zlib import crc32

from storage import plan_tasks, results, reviews
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


_WAITING = f"""
    SELECT initiative.code, 'initiative' AS what, initiative.title, unit.name AS unit_name,
           initiative.by, initiative.changed AS at,
           CAST(initiative.version AS TEXT) AS stamp, '' AS correction
      FROM initiative JOIN unit ON unit.code = initiative.unit
     WHERE initiative.state = 'confirmed' AND NOT EXISTS ({plan_tasks.WAITING})
     UNION ALL
    SELECT unit_plan.code, 'plan', '', unit.name, unit_plan.by, unit_plan.at,
           unit_plan.day || '|' || signer || '|' || number || '|' || COALESCE(file, 0) || '|' || COALESCE((
           SELECT GROUP_CONCAT(initiative.code || initiative.version) FROM plan_task
             JOIN initiative ON initiative.id = item
            WHERE initiative.unit = unit_plan.unit AND initiative.year = unit_plan.year), ''), ''
      FROM unit_plan JOIN unit ON unit.code = unit_plan.unit WHERE unit_plan.received IS NULL
     UNION ALL
    SELECT sent.code, 'results', '', unit.name, sent.by,
           CASE sent.state WHEN 'waiting' THEN sent.at ELSE COALESCE(sent.first, sent.at) END,
           CAST(sent.version AS TEXT), CASE sent.state WHEN 'waiting' THEN sent.kind ELSE '' END
      FROM report_version AS sent JOIN unit ON unit.code = sent.unit
     WHERE sent.received IS NULL AND (sent.state = 'waiting' OR (sent.state = 'counted' AND NOT EXISTS (
           SELECT 1 FROM report_version WHERE code = sent.code AND state = 'waiting')))
     UNION ALL
    SELECT review.code, 'review', '', unit.name, review.by, review.at, CAST(review.version AS TEXT), ''
      FROM unit_review AS review JOIN unit ON unit.code = review.unit
     WHERE review.received IS NULL AND review.state = 'counted'
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


_AT = f"""
    SELECT initiative.code, 'initiative' AS what, initiative.title, unit.name AS unit_name,
           initiative.by, initiative.changed AS at,
           CAST(initiative.version AS TEXT) AS stamp, '' AS correction
      FROM initiative JOIN unit ON unit.code = initiative.unit
     WHERE initiative.state = 'received' AND initiative.changed >= :first AND initiative.changed < :last
       AND NOT EXISTS ({plan_tasks.WAITING})
     UNION ALL
    SELECT unit_plan.code, 'plan', '', unit.name, unit_plan.by, unit_plan.received, '0', ''
      FROM unit_plan JOIN unit ON unit.code = unit_plan.unit
     WHERE unit_plan.received >= :first AND unit_plan.received < :last AND unit_plan.by IS NOT NULL
     UNION ALL
    SELECT result.code, 'results', '', unit.name, result.by, result.received, '0', ''
      FROM result JOIN unit ON unit.code = result.unit
     WHERE result.received >= :first AND result.received < :last AND result.by IS NOT NULL
     UNION ALL
    SELECT review.code, 'review', '', unit.name, review.by, review.received, '0', ''
      FROM unit_review AS review JOIN unit ON unit.code = review.unit
     WHERE review.received >= :first AND review.received < :last AND review.state = 'counted'
"""
RECEIVED = Query(f"SELECT {_COLUMNS} FROM ({_AT}) ORDER BY code", WaitingDelivery)
"""What was received between two moments and is as it was received; what was taken over from paper is nobody's to give back."""
STILL = Query(
    f"""
    SELECT EXISTS (SELECT 1 FROM initiative WHERE code = :code AND state IN ({listed(AT_OFFICE)}))
        OR EXISTS (SELECT 1 FROM unit_plan WHERE code = :code AND received IS NOT NULL)
        OR EXISTS (SELECT 1 FROM unit_review WHERE code = :code AND received IS NOT NULL AND state = 'counted')
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
        _move_tasks(tx, code, "received", "confirmed", now, "initiative.changed = unit_plan.received")
        tx.run("UPDATE unit_plan SET received = NULL WHERE code = :code", code=code)
    elif what == "review":
        reviews.give_back(tx, code=code)
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
        _move_tasks(tx, code, "confirmed", "received", now)
        tx.run("UPDATE unit_plan SET received = :now WHERE code = :code", code=code, now=now)
    elif what == "review":
        reviews.receive(tx, code=code, now=now)
    else:
        results.receive(tx, code=code, now=now)


def _move_tasks(tx: Tx, code: str, before: str, after: str, now: datetime, also: str = "1") -> None:
    """Set the state of the tasks of a plan that is received, or given back: they go with it."""
    tx.run(
        f"""
        UPDATE initiative SET state = :after, changed = :now, version = version + 1
         WHERE state = :before AND id IN (SELECT item FROM plan_task) AND EXISTS (
               SELECT 1 FROM unit_plan WHERE unit_plan.code = :code AND unit_plan.unit = initiative.unit
                  AND unit_plan.year = initiative.year AND {also})
        """,
        code=code,
        before=before,
        after=after,
        now=now,
    )
