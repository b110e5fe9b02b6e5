"""How much waits or is put aside: counts for whoever watches the process."""

from dataclasses import dataclass

from storage.db import Query


@dataclass(frozen=True, slots=True)
class Count:
    """How many rows are in one state."""

    what: str
    n: int


COUNTS = Query(
    """
    SELECT 'inbox_new', COUNT(*) FROM inbox WHERE state = 'new'
     UNION ALL SELECT 'inbox_parked', COUNT(*) FROM inbox WHERE state = 'parked'
     UNION ALL SELECT 'outbox_waiting', COUNT(*) FROM outbox WHERE state = 'waiting'
     UNION ALL SELECT 'outbox_sending', COUNT(*) FROM outbox WHERE state = 'sending'
     UNION ALL SELECT 'outbox_unsure', COUNT(*) FROM outbox WHERE state = 'unsure'
     UNION ALL SELECT 'jobs_waiting', COUNT(*) FROM job WHERE state IN ('waiting', 'running')
    """,
    Count,
)
