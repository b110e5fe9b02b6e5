"""Close by itself what was opened once more and whose last day has passed: what counted goes on counting. Inside a transaction."""

from collections.abc import Sequence
from datetime import datetime

from bot.conversation import Office, notice_codes
from bot.movement import senders
from bot.office import desk
from bot.office.duties.reopening_drafts import put_down
from storage import audit, outbox, people, reopenings
from storage.db import Tx
from storage.reopenings import Reopening, ReopeningState


def close_passed(tx: Tx, office: Office, now: datetime) -> bool:
    """Close every reopening that is over; both sides are told. Return whether there was any."""
    over = tx.all(reopenings.OVER, today=now.date())
    due = now if office.hours.open(now, office.calendar) else office.hours.next_opening(now, office.calendar)
    for found in over:
        reopenings.end(tx, id=found.id, state=ReopeningState.PASSED, by=None, now=now)
        put_down(tx, found)
        audit.note(tx, now=now, person=None, what="reopening_passed", about=found.record)
        for person in _both(tx, found, now):
            key = f"reopening_passed:{found.id}:{person}"
            outbox.file_notice(
                tx, person=person, news=notice_codes.REOPENING_ENDED, about={"id": found.id}, due=due, now=now, key=key
            )
    return bool(over)


def _both(tx: Tx, found: Reopening, now: datetime) -> Sequence[int]:
    """Return who sends for the unit, and the desk."""
    unit = senders(tx.all(people.OF_UNIT, unit=found.unit), now.date())
    return list(dict.fromkeys(person.id for person in (*unit, *desk.people_of(tx))))
