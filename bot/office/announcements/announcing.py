"""Send an announcement: set down, sent to those whom it then is for, recalled, reminded of once. Inside the transaction."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.conversation import Office, OutboxFilled, Visit
from bot.office.announcements.audience import Audience, receivers
from storage import announcements, audit, outbox, people, rungs, union_members
from storage.announcements import Announcement, AnnouncementReceiver, AnnouncementState
from storage.db import Tx
from storage.outbox import NoticeCode
from storage.people import Person

ANNOUNCEMENT, AGAIN = NoticeCode("announcement"), NoticeCode("announcement_again")
"""The announcement itself; its one reminder by the sender's hand."""


def announce(tx: Tx, *, key: str, by: int, to: Iterable[int], about: dict[str, Any], now: datetime) -> None:
    """File it for everybody of these; the same key is filed once, however often this is called."""
    for person in to:
        outbox.file_notice(
            tx, person=person, news=ANNOUNCEMENT, about=about, due=now, now=now, key=f"{key}:{person}", by=by
        )


def audience_of(tx: Tx, found: Announcement) -> Audience:
    """Return whom an announcement is for, as things are now."""
    members = None
    if found.of_union is not None:
        members = frozenset(each.id for each in tx.all(union_members.OF_UNIT, unit=found.of_union))
    return Audience(found.units, found.roles, members)


def meant(tx: Tx, audience: Audience, by: int) -> list[Person]:
    """Return whom it reaches now, but for whoever sends it."""
    kinds = {unit.code: unit.kind for unit in tx.all(people.UNITS)}
    return receivers(audience, tx.all(people.EVERYBODY), kinds, tx.all(people.EVERY_POST, person=by))


def still_meant(tx: Tx, found: Announcement, person: Person) -> bool:
    """Whether somebody is still of those whom it is for."""
    unit = tx.one(people.UNIT, code=person.unit)
    return unit is not None and audience_of(tx, found).holds(person, unit.kind)


@dataclass(frozen=True, slots=True)
class Announced:
    """What has become of an announcement that was sent off."""

    id: int
    due: datetime
    to: int | None
    """How many it goes to; None while it waits for its time."""


def publish(visit: Visit, *, of_union: str | None, audience: Audience, text: str, due: datetime) -> Announced:
    """Set an announcement down; send it where its time has come."""
    id = announcements.set_down(
        visit.tx,
        by=visit.me.id,
        of_union=of_union,
        units=audience.units,
        roles=list(audience.roles),
        text=text,
        due=due,
        now=visit.now,
    )
    visit.note("announced", str(id), union=of_union)
    found = visit.tx.one(announcements.BY_ID, id=id)
    assert found is not None
    if due > visit.now:
        return Announced(id, due, None)
    visit.woken.append(OutboxFilled())
    return Announced(id, due, send(visit.tx, found, visit.now))


def send(tx: Tx, found: Announcement, now: datetime) -> int | None:
    """File it for whomever it is for now; return how many, None when it was sent or recalled before."""
    to = [person.id for person in meant(tx, audience_of(tx, found), found.by)]
    if not announcements.send(tx, id=found.id, to=to, now=now):
        return None
    key = f"{announcements.KEY}{found.id}"
    announce(tx, key=key, by=found.by, to=to, about={"id": found.id}, now=now)
    return len(to)


def send_due(tx: Tx, office: Office, now: datetime) -> bool:
    """Send what was set down for a time that has come; return whether there was anything. Nothing out of hours."""
    due = tx.all(announcements.DUE, now=now) if office.hours.open(now, office.calendar) else []
    for found in due:
        n = send(tx, found, now)
        audit.note(tx, now=now, person=found.by, what="announcement_sent", about=str(found.id), people=n)
    return bool(due)


# Taking back ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Recalled:
    """What a recall came to."""

    stopped: int
    """How many do not get it."""
    gone: int
    """How many have it already."""


def recall(visit: Visit, found: Announcement) -> Recalled | None:
    """Take back what has not gone yet; None when nothing is left to be taken back, or somebody was faster."""
    tx = visit.tx
    if announcements.recall(tx, id=found.id, by=visit.me.id, now=visit.now):
        visit.note("announcement_recalled", str(found.id))
        return Recalled(len(meant(tx, audience_of(tx, found), found.by)), 0)
    if found.state is not AnnouncementState.SENT:
        return None
    stopped = announcements.stop(tx, id=found.id, by=visit.me.id, now=visit.now)
    if not stopped:
        return None
    visit.note("announcement_recalled", str(found.id), people=stopped)
    return Recalled(stopped, sum(each.reached for each in to(tx, found)))


# Who has it -----------------------------------------------------------------------------------


def to(tx: Tx, found: Announcement) -> list[AnnouncementReceiver]:
    """Return whom it has gone to, with who has said that they have it."""
    return tx.all(announcements.RECEIVERS, id=found.id)


def reminded_by_machine(tx: Tx, found: Announcement) -> int:
    """Return how many the assistant has reminded of it by itself."""
    key = f"{announcements.KEY}{found.id}"
    return len(tx.all(rungs.BETWEEN, first=key, last=key))


def remind(visit: Visit, found: Announcement) -> int | None:
    """Remind whoever is silent, once; None when that was done before."""
    if reminded_by_machine(visit.tx, found):
        return None
    silent = [each.person for each in to(visit.tx, found) if each.silent]
    if not announcements.remind(visit.tx, id=found.id, by=visit.me.id, now=visit.now):
        return None
    for person in silent:
        visit.tell(person, AGAIN, key=f"announcement_again:{found.id}:{person}", id=found.id)
    visit.note("announcement_reminded", str(found.id), people=len(silent))
    return len(silent)


def posts_reached(visit: Visit, id: int) -> list[int]:
    """Return which of this person's posts an announcement has gone to; none where it is not theirs."""
    posts = visit.tx.all(people.EVERY_POST, person=visit.me.id)
    return visit.tx.all(announcements.RECEIVED_BY, id=id, posts=posts)


def see(visit: Visit, id: int) -> bool:
    """Store that this person has it; return whether they had not said so before."""
    seen = [announcements.see(visit.tx, id=id, person=post, now=visit.said) for post in posts_reached(visit, id)]
    return any(seen)
