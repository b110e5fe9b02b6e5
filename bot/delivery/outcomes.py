"""What becomes of a message when its messenger has answered, or has not: rows, quota, and who is told."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import IntEnum

from bot.channels import Outcome, Parcel, Result
from bot.conversation import notice_codes
from bot.movement import Role
from bot.office.reminding.manual_reminders import LOST
from storage import boards, chats, incidents, outbox, people, quota, sending
from storage.db import Tx
from storage.incidents import NOWHERE
from storage.outbox import Kind, NoticeCode, Row, State

FEW = 80
"""Per cent of the month's messages after which the office is told."""
MISSED = timedelta(days=7)
"""How old the news may be that is said to somebody who is reached again."""
DOUBTED = timedelta(minutes=10)
"""So long after a notice of what is in doubt, itself in doubt, it is said again."""
LONGEST = 60.0
"""Seconds between two tries at most."""


class Hurry(IntEnum):
    """What nobody asked for, up to which per cent of a month's quota it still goes out; answers always do."""

    NEWS = FEW
    PING = 95


def hurry(row: Row) -> Hurry:
    """Of what nobody asked for: a reminder, or the very news that the quota runs low, before other news."""
    return Hurry.PING if row.kind is Kind.DAILY or row.news == notice_codes.QUOTA else Hurry.NEWS


def spare(tx: Tx, channel: str, quotas: Mapping[str, int], what: Hurry, now: datetime) -> bool:
    """Whether a channel's quota has room for this."""
    limit = quotas.get(channel)
    return limit is None or quota.used(tx, channel=channel, now=now) * 100 < limit * what


def settle(tx: Tx, parcel: Parcel, result: Result, tries: int, limit: int | None, now: datetime) -> bool:
    """Write down what became of a parcel; whatever did not go out and was not asked for finds another way.

    Whether there is something new to be said.
    """
    low = limit is not None and result.parts > 0 and _count(tx, parcel.channel, result.parts, limit, now)
    if result.outcome is Outcome.GONE:
        lost(tx, parcel.chat, now)
    ids = (*parcel.merged, parcel.row)
    if result.outcome in (Outcome.SENT, Outcome.UNSURE):
        for id in ids:
            sending.set_state(tx, id=id, state=State(result.outcome.value), why=result.why, message=result.message)
        if result.outcome is Outcome.UNSURE and parcel.unasked:
            tell_unsure(tx, _rows(tx, ids), now)
    elif parcel.edits is not None:  # it stays as it is: nobody asked for a second one
        sending.set_state(tx, id=parcel.row, state=State.CANCELLED, why=result.why)
        boards.lost(tx, outbox=parcel.edits)
    elif not parcel.unasked:
        sending.set_state(tx, id=parcel.row, state=State.FAILED, why=result.why)
    else:
        never = result.outcome in (Outcome.GONE, Outcome.REFUSED)
        due = now if never else now + timedelta(seconds=pause(result, tries))
        for row in _rows(tx, ids):
            tried = [*row.tried, parcel.chat] if never else row.tried
            sending.requeue(tx, id=row.id, due=due, why=result.why or result.outcome.value, tried=tried)
    return low or result.outcome is not Outcome.SENT


def _rows(tx: Tx, ids: Sequence[int]) -> list[Row]:
    return [row for id in ids if (row := tx.one(outbox.BY_ID, id=id)) is not None]


def pause(result: Result, tries: int) -> float:
    """Seconds before the next try: what the messenger asks for of a chat, else longer and longer."""
    if result.outcome is Outcome.SLOWER and result.wait:
        return result.wait
    return min(LONGEST, result.wait or 2.0**tries)


def _count(tx: Tx, channel: str, n: int, limit: int, now: datetime) -> bool:
    """Count what the month has used; whether the office has to be told now that it runs low."""
    used = quota.spend(tx, channel=channel, n=n, now=now)
    low = used * 100 >= limit * FEW and quota.tell(tx, channel=channel, now=now)
    if low:
        for person in desk(tx):
            outbox.file_notice(
                tx,
                person=person,
                news=notice_codes.QUOTA,
                about={"channel": channel, "used": used, "limit": limit},
                due=now,
                now=now,
            )
    return low


def back(tx: Tx, chat: int, now: datetime) -> bool:
    """Somebody is there again: what did not reach them is said after all; whether there is anything."""
    if not chats.reach(tx, chat=chat, reachable=True):
        return False
    place = tx.one(chats.BY_ID, id=chat)
    if place is None or place.person is None:
        return False
    return sending.retry_unreached(tx, person=place.person, now=now, since=now - MISSED)


def lost(tx: Tx, chat: int, now: datetime) -> None:
    """Nobody is there any more: the office is told, and whether the person is still reached in another way."""
    place = tx.one(chats.BY_ID, id=chat)
    if not chats.reach(tx, chat=chat, reachable=False) or place is None or place.person is None:
        return
    left = tx.all(chats.OF_PERSON, person=place.person)
    if left:
        _incident(tx, notice_codes.BLOCKED, place.person, place.channel, now)
    else:
        _incident(tx, notice_codes.ASTRAY, place.person, NOWHERE, now)


def gone_astray(tx: Tx, row: Row, now: datetime) -> None:
    """No chat of this person takes the message: the office is told once, until they are reached again."""
    assert row.person is not None
    if row.news != notice_codes.ASTRAY and tx.one(chats.EVER_OF_PERSON, person=row.person) is not None:
        _incident(tx, notice_codes.ASTRAY, row.person, NOWHERE, now)


def day_lost(tx: Tx, row: Row, now: datetime) -> None:
    """A day has passed on which this was not said: whoever urged for it learns once whom it has not reached."""
    assert row.day is not None
    for mine in row.about.get("urged", ()):
        of = {name: mine[name] for name in ("duty", "year", "by")}
        missed = [
            each.person
            for each in tx.all(outbox.WAITING_OF_DAY, day=row.day)
            if any(of.items() <= other.items() for other in each.about.get("urged", ()))
        ]
        about = {**of, "day": row.day.isoformat(), "people": missed}
        key = f"urging_lost:{mine['by']}:{row.day}:{mine['duty']}:{mine['year']}"
        outbox.file_notice(tx, person=mine["by"], news=LOST, about=about, due=now, now=now, key=key)


def _incident(tx: Tx, news: NoticeCode, person: int, channel: str, now: datetime) -> None:
    """The office learns once that somebody is not reached."""
    if incidents.begin(tx, person=person, channel=channel, now=now):
        _tell_desk(tx, news, person, now, channel=channel)


def reached_again(tx: Tx, now: datetime) -> None:
    """Whoever is reached again: the office learns that once too."""
    over = tx.all(incidents.OVER)
    for each in over:
        incidents.end(tx, person=each.person, channel=each.channel)
    for person in dict.fromkeys(each.person for each in over):
        _tell_desk(
            tx, notice_codes.REACHED, person, now, since=min(e.at for e in over if e.person == person).isoformat()
        )


def _tell_desk(tx: Tx, news: NoticeCode, person: int, now: datetime, **about: str) -> None:
    """The office learns of a person."""
    for each in desk(tx):
        if each != person:
            outbox.file_notice(tx, person=each, news=news, about={"person": person, **about}, due=now, now=now)


def tell_unsure(tx: Tx, rows: Sequence[Row], now: datetime) -> None:
    """Whoever sent these, or the office for what the machine says, learns whom they may not have reached.

    That very notice, in doubt itself, is said again a little later: twice is better than never.
    """
    of: dict[int, list[tuple[int, int]]] = defaultdict(list)
    due = now
    for row in rows:
        if row.person is None or row.news == notice_codes.PARKED:
            continue
        if row.news == notice_codes.UNSURE:
            of[row.person] += zip(row.about["people"], row.about.get("rows", ()), strict=False)
            due = now + DOUBTED
            continue
        for sender in [row.by] if row.by is not None else desk(tx):
            of[sender].append((row.person, row.id))
    for sender, missed in of.items():
        ids = {"people": [person for person, _row in missed], "rows": [row for _person, row in missed]}
        waits = next(
            (row for row in tx.all(outbox.WAITING_NOTICES, person=sender) if row.news == notice_codes.UNSURE), None
        )
        if waits is not None:  # one list for all, as long as it has not been said
            both = {name: waits.about.get(name, []) + more for name, more in ids.items()}
            outbox.replace_about(tx, id=waits.id, about=both)
            continue
        outbox.file_notice(tx, person=sender, news=notice_codes.UNSURE, about=ids, due=due, now=now)


def desk(tx: Tx) -> list[int]:
    """Who of the office learns of such things."""
    return [each.id for role in (Role.OFFICE, Role.CHIEF) for each in tx.all(people.OF_ROLE, role=role)]
