"""What follows when messages have arrived or have not: who is told, what is tried again. Runs on the writer's thread.

Rows carry a code; the tables below say what follows for which. Delivery calls this in its own transactions.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from bot.conversation import UnitChanged, Visit, notice_codes
from bot.movement import Role
from bot.office import desk
from bot.office.reminding import manual_reminders
from storage import boards, chats, inbox, incidents, invites, outbox, people
from storage.db import Tx
from storage.inbox import Message
from storage.incidents import NOWHERE
from storage.outbox import NoticeCode, OutboxRow

DOUBTED = timedelta(minutes=10)
"""So long after a notice of what is in doubt, itself in doubt, it is said again."""
Doubt = tuple[int, int, int]
"""Who is told, whom it may not have reached, in which row."""


class OfficeEvents:
    """What the office does with what delivery tells it."""

    def rows_unsure(self, tx: Tx, rows: Sequence[OutboxRow], now: datetime) -> None:
        """Tell whoever sent these, or the office for what the machine says, whom they may not have reached."""
        told: dict[int, list[Doubt]] = defaultdict(list)
        for row in rows:
            for doubt in DOUBTS.get(row.news or "", _tell_the_sender)(tx, row):
                told[doubt[0]].append(doubt)
        repeated = any(row.news == notice_codes.UNSURE for row in rows)
        for listener, doubts in told.items():
            _list_doubts(tx, listener, doubts, now + DOUBTED if repeated else now, now)

    def row_unreachable(self, tx: Tx, row: OutboxRow, now: datetime) -> None:
        """Tell the office once that this person is reached nowhere, until they are reached again."""
        if row.person is None or row.news == notice_codes.ASTRAY:
            return
        if tx.one(chats.EVER_OF_PERSON, person=row.person) is not None:
            _tell_of_incident(tx, notice_codes.ASTRAY, row.person, NOWHERE, now)

    def row_expired(self, tx: Tx, row: OutboxRow, now: datetime) -> None:
        """Call what its code names in EXPIRED."""
        EXPIRED.get(row.news or "", _nothing)(tx, row, now)

    def edit_lost(self, tx: Tx, row: int) -> None:
        """End the board that the row brought."""
        boards.lost(tx, outbox=row)

    def chat_lost(self, tx: Tx, chat: int, now: datetime) -> None:
        """Tell the office once, with whether the person is still reached in another chat."""
        place = tx.one(chats.BY_ID, id=chat)
        if place is None or place.person is None:
            return
        if tx.all(chats.OF_PERSON, person=place.person):
            _tell_of_incident(tx, notice_codes.BLOCKED, place.person, place.channel, now)
        else:
            _tell_of_incident(tx, notice_codes.ASTRAY, place.person, NOWHERE, now)

    def quota_low(self, tx: Tx, channel: str, used: int, limit: int, now: datetime) -> None:
        """Tell the office."""
        about = {"channel": channel, "used": used, "limit": limit}
        for person in desk.people_of(tx):
            outbox.file_notice(tx, person=person.id, news=notice_codes.QUOTA, about=about, due=now, now=now)

    def turn_ended(self, visit: Visit) -> None:
        """Wake the boards of the person's unit: they are compared after the commit."""
        if visit.person and visit.tx.one(boards.ANY_OF_UNIT, unit=visit.person.unit) is not None:
            visit.woken.append(UnitChanged(visit.person.unit))

    def message_parked(self, visit: Visit, message: Message) -> None:
        """Tell the administrators and note it; keep no code that was in it."""
        if any(invites.good(visit.tx, code=word, now=message.at) for word in str(message.body.get("text", "")).split()):
            inbox.fill(visit.tx, id=message.id, body={"text": "/batdau", "label": "/batdau"})
        for admin in visit.tx.all(people.OF_ROLE, role=Role.ADMIN):
            visit.tell(admin.id, notice_codes.PARKED, key=f"parked:{message.id}:{admin.id}", message=message.id)
        visit.note("parked", str(message.id))

    def event_unreadable(self, tx: Tx, channel: str, message: int, now: datetime) -> None:
        """Tell the administrators, once a day and channel."""
        key = f"unreadable:{channel}:{now:%Y-%m-%d}"
        desk.tell(tx, [Role.ADMIN], notice_codes.UNREADABLE, about={"message": message}, due=now, now=now, key=key)


def reached_again(tx: Tx, now: datetime) -> None:
    """Tell the office once of everybody who is reached again."""
    over = tx.all(incidents.OVER)
    for each in over:
        incidents.end(tx, person=each.person, channel=each.channel)
    for person in dict.fromkeys(each.person for each in over):
        since = min(each.at for each in over if each.person == person)
        _tell_desk(tx, notice_codes.REACHED, person, now, since=since.isoformat())


# Doubt, by the code of the row ----------------------------------------------------------------------


def _tell_the_sender(tx: Tx, row: OutboxRow) -> Iterable[Doubt]:
    """Tell whoever sent it; the office of what the machine says."""
    if row.person is not None:
        for listener in [row.by] if row.by is not None else [each.id for each in desk.people_of(tx)]:
            yield listener, row.person, row.id


def _tell_the_same_again(_tx: Tx, row: OutboxRow) -> Iterable[Doubt]:
    """Repeat a notice of doubt that is in doubt itself: twice is better than never."""
    if row.person is not None:
        for person, id in zip(row.about["people"], row.about.get("rows", ()), strict=False):
            yield row.person, person, id


def _tell_nobody(_tx: Tx, _row: OutboxRow) -> Iterable[Doubt]:
    return ()


DOUBTS: Mapping[str, Callable[[Tx, OutboxRow], Iterable[Doubt]]] = {
    notice_codes.UNSURE: _tell_the_same_again,
    notice_codes.PARKED: _tell_nobody,
}
"""Who is told of a row in doubt, by its code; of every other row whoever sent it."""


def _list_doubts(tx: Tx, listener: int, doubts: Sequence[Doubt], due: datetime, now: datetime) -> None:
    """File one list for all, as long as it has not been said."""
    about = {"people": [person for _who, person, _row in doubts], "rows": [row for _who, _person, row in doubts]}
    waiting = tx.all(outbox.WAITING_NOTICES, person=listener)
    waits = next((row for row in waiting if row.news == notice_codes.UNSURE), None)
    if waits is None:
        outbox.file_notice(tx, person=listener, news=notice_codes.UNSURE, about=about, due=due, now=now)
        return
    both = {name: waits.about.get(name, []) + more for name, more in about.items()}
    outbox.replace_about(tx, id=waits.id, about=both)


# A day that has passed, by the code of the row --------------------------------------------------------


def _nothing(_tx: Tx, _row: OutboxRow, _now: datetime) -> None:
    return


EXPIRED: Mapping[str, Callable[[Tx, OutboxRow, datetime], None]] = {outbox.DAY: manual_reminders.tell_whom_it_missed}
"""What follows when a row could not be said on its day, by its code."""


# Incidents --------------------------------------------------------------------------------------------


def _tell_of_incident(tx: Tx, news: NoticeCode, person: int, channel: str, now: datetime) -> None:
    """Tell the office once that somebody is not reached."""
    if incidents.begin(tx, person=person, channel=channel, now=now):
        _tell_desk(tx, news, person, now, channel=channel)


def _tell_desk(tx: Tx, news: NoticeCode, person: int, now: datetime, **about: str) -> None:
    for each in desk.people_of(tx):
        if each.id != person:
            outbox.file_notice(tx, person=each.id, news=news, about={"person": person, **about}, due=now, now=now)
