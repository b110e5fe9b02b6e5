"""What somebody has been sent and has not answered; whom the assistant reminds of it once, in the day's message."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.conversation import Office, Visit
from storage import announcements, people
from storage.announcements import Announcement
from storage.db import Snapshot
from storage.outbox import NoticeCode

NOTE = NoticeCode("unanswered")
"""The part of the day's message."""
KEPT = timedelta(days=60)
"""So long an answer is waited for."""
LOOKS = 10
"""Working days after its day in which the reminder may still be said: then it is too late for one."""


def unanswered(visit: Visit) -> list[Announcement]:
    """Return what has gone to this person, in whichever post, and was not answered; the oldest first."""
    posts = visit.tx.all(people.EVERY_POST, person=visit.me.id)
    return visit.tx.all(announcements.UNSEEN_BY_PERSON, posts=posts, since=visit.now - KEPT)


@dataclass(frozen=True, slots=True)
class SilentNote:
    """An announcement that some have not answered, with the day on which they are reminded and the key of that."""

    announcement: int
    people: frozenset[int]
    day: date
    key: str


async def to_remind(snapshot: Snapshot, office: Office, now: datetime) -> list[SilentNote]:
    """Read which announcements wait for answers, and when who is reminded of them."""
    after, calendar = office.plan.announcing.remind, office.calendar
    if not after:
        return []
    first = datetime.combine(calendar.shift(now.date(), -(after + LOOKS)), time(), now.tzinfo)
    silent: dict[tuple[int, date], set[int]] = {}
    for each in await snapshot.all(announcements.SILENT, since=first):
        silent.setdefault((each.announcement, each.sent.astimezone(now.tzinfo).date()), set()).add(each.person)
    return [
        SilentNote(id, frozenset(those), calendar.shift(sent, after), f"{announcements.KEY}{id}")
        for (id, sent), those in silent.items()
    ]
