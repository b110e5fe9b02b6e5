"""What somebody has been sent and has not answered; whom the assistant reminds of it once, in the day's message."""

from datetime import datetime, time, timedelta

from bot.conversation import Office, Visit
from bot.movement import away
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


async def to_remind(snapshot: Snapshot, office: Office, now: datetime) -> list[tuple[int, int, str]]:
    """Read who is to be reminded today: the person, the announcement, the key under which it is said once."""
    after = office.plan.announcing.remind
    if not after:
        return []
    today, calendar = now.date(), office.calendar
    first = datetime.combine(calendar.shift(today, -(after + LOOKS)), time(), now.tzinfo)
    found = []
    for each in await snapshot.all(announcements.SILENT, since=first):
        if calendar.between(each.sent.astimezone(now.tzinfo).date(), today) < after:
            continue
        person = await snapshot.one(people.BY_ID, id=each.person)
        if person is not None and not away(person, today):
            found.append((each.person, each.announcement, f"{announcements.KEY}{each.announcement}"))
    return found
