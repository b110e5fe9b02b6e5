"""How the file is: whether it is whole, and how much waits or is put aside; for whoever watches."""

from dataclasses import dataclass

from storage.db import Query


@dataclass(frozen=True, slots=True)
class StateCount:
    """How many rows are in one state."""

    what: str
    n: int


WHOLE = Query("PRAGMA quick_check(1)", str)
"""«ok», or the first thing that is wrong."""
VERSION = Query("PRAGMA user_version", int)
"""The number of the newest step of the schema that it has."""
COUNTS = Query(
    """
    SELECT 'inbox_new', COUNT(*) FROM inbox WHERE state = 'new'
     UNION ALL SELECT 'inbox_parked', COUNT(*) FROM inbox WHERE state = 'parked'
     UNION ALL SELECT 'outbox_waiting', COUNT(*) FROM outbox WHERE state = 'waiting'
     UNION ALL SELECT 'outbox_sending', COUNT(*) FROM outbox WHERE state = 'sending'
     UNION ALL SELECT 'outbox_unsure', COUNT(*) FROM outbox WHERE state = 'unsure'
     UNION ALL SELECT 'jobs_waiting', COUNT(*) FROM job WHERE state IN ('waiting', 'running')
    """,
    StateCount,
)
