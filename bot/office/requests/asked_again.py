"""The next one of a request that comes again, opened by the daily turn; the day's message tells of it. Inside a transaction."""

from datetime import date, datetime

from bot.conversation import Office
from bot.office.requests import asked_receivers
from bot.office.requests.repeating import months_on, opening_on
from storage import audit, request_answers, requests
from storage.db import Tx
from storage.requests import OfficeRequest


def open_next(tx: Tx, office: Office, now: datetime) -> bool:
    """Open every next one whose day has come; return whether there was any.

    One whose last day passed while nothing ran is passed over: nobody is late for what was never asked.
    """
    opened = False
    for last in tx.all(requests.LAST_OF_SERIES):
        first = tx.one(requests.BY_ID, id=last.series)
        turn = None if first is None else _turn(first, last, office, now)
        if first is not None and turn is not None:
            _open(tx, first, last, turn, office, now)
            opened = True
    return opened


def _turn(first: OfficeRequest, last: OfficeRequest, office: Office, now: datetime) -> int | None:
    """Return which turn is opened today; None where its day has not come, or the movement is over."""
    turn, end = last.turn + 1, date(office.plan.last_year, 12, 31)
    while opening_on(first.at.astimezone(now.tzinfo).date(), first.every, turn, office.calendar) <= now.date():
        due = months_on(first.planned, first.every, turn)
        if due > end:
            return None
        if due >= now.date():
            return turn
        turn += 1
    return None


def _open(tx: Tx, first: OfficeRequest, last: OfficeRequest, turn: int, office: Office, now: datetime) -> None:
    code = requests.next_code(tx, now.year)
    id = requests.add(
        tx,
        code=code,
        title=last.title,
        whom=last.whom,
        chosen=last.chosen,
        due=months_on(first.planned, first.every, turn),
        ladder=last.ladder,
        every=last.every,
        by=last.by,
        now=now,
        series=first.id,
        turn=turn,
    )
    asked = tx.all(requests.QUESTIONS, request=last.id, asks=last.asks)
    requests.put_questions(tx, request=id, asks=1, questions=asked)
    found = asked_receivers.roster_of(tx, office.plan, now.date()).chosen(last.whom, last.chosen)
    units = [each.code for each in found.units]
    request_answers.put_receivers(tx, request=id, units=units, persons=[each.id for each in found.persons])
    audit.note(tx, now=now, person=None, what="request_opened", about=code)
