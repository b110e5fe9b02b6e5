"""Change somebody's post, from the chat or on the server: what would be done is said first, then done in one transaction.

Role, unit and leaving are changed here alone: kept in the audit, told to whom it concerns, and never so that nobody
could administer any more.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.conversation import Office
from bot.movement import heads
from bot.office.roster.personnel_plan import Change, Wish, kept, plan_change
from bot.office.roster.personnel_steps import CHANGED
from storage import audit, outbox, people, post_changes
from storage.db import Tx
from storage.outbox import NoticeCode
from storage.people import Person
from storage.post_changes import PostChange, PostState

__all__ = ["CHANGED", "DECIDED", "HANDED", "STAFF", "Change", "Wish", "heads_of", "make_change", "plan_change", "tell"]

HANDED = NoticeCode("handed_over")
"""What came to somebody from who has left a post."""
STAFF = NoticeCode("staff_changed")
"""To the head of a unit: who has come, gone, or is something else."""
DECIDED = NoticeCode("post_decided")
"""To whoever asked a second person: what became of it."""


def make_change(
    tx: Tx,
    change: Change,
    office: Office,
    now: datetime,
    row: PostChange | None = None,
    second: int | None = None,
    by: int | None = None,
) -> None:
    """Store the change, note it in the audit, and tell whom it concerns; `row` is where it was shown."""
    person, wanted = change.person, change.wanted
    assert person is not None and wanted is not None
    by = row.by if row is not None else by
    for post in change.posts:
        audit.note(
            tx, now=now, person=by, what="person_changed", about=str(post.id), was=[post.role, post.unit], second=second
        )
    units = [post.unit for post in change.posts]
    for step in change.steps:
        step(tx, now)
    if row is None:
        id = post_changes.show(tx, post=person.id, wanted=kept(wanted), stamp=0, by=by, now=now, done=True)
    else:
        id = row.id
        post_changes.close(tx, id=id, state=PostState.DONE, by=second, now=now)
    _close_others(tx, change, office, now, id)
    handed = [(each.to, each.kind, each.what) for each in change.holdings if each.to is not None]
    post_changes.hand(tx, id=id, handed=handed)
    _tell_all(tx, change, office, now, id, by, units)
    for to in dict.fromkeys(each.to for each in change.holdings if each.to is not None):
        tell(tx, office, now, to, HANDED, {"change": id}, by)


def _tell_all(
    tx: Tx, change: Change, office: Office, now: datetime, id: int, by: int | None, units: Sequence[str]
) -> None:
    """Tell whose post is another one now, and who heads their units, before and after."""
    told: set[int | None] = {by}
    for post in change.posts:
        after = tx.one(people.SPEAKER, id=post.id)
        told.add(post.id)
        if after is None:
            continue
        now_are, were = (after.role, after.unit, after.name), (post.role, post.unit, post.name)
        if now_are != were or not post.active or after.position != post.position:
            about = {"role": after.role, "unit": after.unit, "name": after.name, "by": by}
            tell(tx, office, now, after.id, CHANGED, about, by)
    after_units = [after.unit for post in change.posts if (after := tx.one(people.BY_ID, id=post.id)) is not None]
    for unit in dict.fromkeys([*units, *after_units]):
        for head in heads_of(tx, unit):
            if head.id not in told:
                told.add(head.id)
                tell(tx, office, now, head.id, STAFF, {"change": id, "unit": unit}, by)


def heads_of(tx: Tx, unit: str) -> list[Person]:
    """Return who heads a unit now."""
    return [each for each in tx.all(people.OF_UNIT, unit=unit) if heads(each.role)]


def _close_others(tx: Tx, change: Change, office: Office, now: datetime, id: int) -> None:
    """Close what was asked about these posts: by what is done now it is done, or not so any more."""
    assert change.wanted is not None
    for post in change.posts:
        for asked in tx.all(post_changes.ASKED_OF_POST, post=post.id):
            if asked.id == id:
                continue
            same = asked.wanted == kept(change.wanted)
            state = PostState.DONE if same else PostState.OVER
            post_changes.close(tx, id=asked.id, state=state, by=None, now=now)
            if asked.by is not None:
                tell(tx, office, now, asked.by, DECIDED, {"change": asked.id}, None)


def tell(
    tx: Tx, office: Office, now: datetime, person: int, news: NoticeCode, about: dict[str, Any], by: int | None
) -> None:
    """File a notice for somebody, for office hours."""
    due = now if office.hours.open(now, office.calendar) else office.hours.next_opening(now, office.calendar)
    outbox.file_notice(tx, person=person, news=news, about=about, due=due, now=now, by=by)
