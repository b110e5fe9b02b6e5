"""A unit's board: how each of its duties stands, in one message that is kept true in its place.

What it says is worked out again after a turn of somebody of the unit and at every heartbeat; only where it would
say something else is a change filed, at most once in ten seconds. Whatever was missed (a crash, an act of
another unit, a new day) the next heartbeat finds.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from bot.conversation import HOME, LOOKS, Office, Visit, render, speaker, words_for
from bot.dialogue import Button, Say
from bot.language import Count, Part, Weekday, _
from bot.movement import May, Obligation, State
from bot.office.duties.duty_kinds import begun, kind_of, of_year
from bot.office.duties.item_texts import confirms
from bot.office.duties.submissions import opens, owed, sends
from bot.office.onbehalf.sources import beside
from bot.office.onbehalf.standing import record_of
from bot.office.reminding.deadline_texts import how
from storage import boards, chats, drafts, initiatives, outbox
from storage.boards import Board
from storage.chats import Chat
from storage.db import Closed, Database, Tx
from storage.initiatives import ItemState
from storage.opening import Unusable

log = logging.getLogger(__name__)
KEPT = timedelta(days=7)
"""How long a board is kept true."""
APART = timedelta(seconds=10)
"""Between two changes of a board: what happens meanwhile is one change."""


def sees(visit: Visit) -> bool:
    """Return who has a board: heads and deputies, and whoever acts for the head."""
    return visit.may(May.DELEGATE) or sends(visit)


def board(visit: Visit) -> Say:
    """Return the board of this person's unit as it is now. It names nobody, and nothing that only the clock changes."""
    unit, since = visit.me.unit, visit.now.year - 1
    shown = _shown(owed(visit, unit))
    lines: list[Part] = [_("{unit}: what it sends to the office", unit=visit.me.unit_name)]
    lines += [_line(visit, each) for each in shown] or [_("No year has been opened yet. The office opens it.")]
    buttons = [
        Button(kind_of(each).open(each), kind_of(each).opening(each))
        for each in shown
        if each.state in (State.OPEN, State.OVERDUE) and opens(visit, each)
    ]
    waiting = visit.tx.all(initiatives.OF_UNIT_IN_STATE, unit=unit, state=ItemState.SENT, since=since)
    if waiting:
        lines.append(_("Sheets that wait for confirmation: {n}", n=Count(len(waiting))))
    if any(confirms(visit, item) for item in waiting):
        buttons.append(Button(_("Confirm sheets"), "/xacnhan"))
    return Say(lines, buttons=(*buttons, HOME), board=unit)


def _shown(duties: Sequence[Obligation]) -> list[Obligation]:
    """Return all of the newest year, and of earlier ones what still has to be done."""
    pinged = [each for each in duties if not (each.quiet or each.subject)]
    newest = max((each.year for each in pinged), default=0)
    return [each for each in pinged if each.year == newest or each.owed]


def _line(visit: Visit, each: Obligation) -> Part:
    """Return one duty in words, with its date and how much of it is written."""
    what, year, due = of_year(each.duty), each.year, each.due
    match each.state:
        case State.FULFILLED if (source := beside(visit.tx, record_of(each))) is not None:
            return _(
                "- Sent: {what} of {year}, on {day} ({source})", what=what, year=year, day=each.fulfilled, source=source
            )
        case State.FULFILLED:
            return _("- Sent: {what} of {year}, on {day}", what=what, year=year, day=each.fulfilled)
        case State.LOCKED:
            return _("- Locked: {what} of {year}, not sent by the end of {day}", what=what, year=year, day=each.locks)
        case State.UNSET:
            return _("- No date given yet: {what} of {year}", what=what, year=year)
        case State.AHEAD:
            return _("- Not open yet: {what} of {year}, from {day} on", what=what, year=year, day=each.opens)
    assert due is not None
    n, dates = _written(visit, each), {"due": due, "weekday": Weekday(due)}
    if each.duty.by == "union":
        return _("- Invited: {what} of {year}, {how}", what=what, year=year, how=how(each, visit.now.date()))
    if each.state is State.OVERDUE:
        if n:
            return _(
                "- Overdue: {what} of {year}, it was due by the end of {due} ({weekday}); {n} answers are written",
                what=what,
                year=year,
                n=Count(n),
                **dates,
            )
        return _(
            "- Overdue: {what} of {year}, it was due by the end of {due} ({weekday})", what=what, year=year, **dates
        )
    if n:
        return _(
            "- Being written: {what} of {year}, {n} answers; by the end of {due} ({weekday})",
            what=what,
            year=year,
            n=Count(n),
            **dates,
        )
    if kind_of(each).form:
        return _("- Not begun: {what} of {year}, by the end of {due} ({weekday})", what=what, year=year, **dates)
    return _("- Not sent yet: {what} of {year}, by the end of {due} ({weekday})", what=what, year=year, **dates)


def _written(visit: Visit, each: Obligation) -> int:
    head = begun(visit, each)
    return 0 if head is None else drafts.count(visit.tx, head.id)


def keep_true(visit: Visit, chat: Chat, row: int, say: Say, body: Mapping[str, Any]) -> None:
    """Store the board that an answer has brought, where its messenger can change messages."""
    if say.board and LOOKS[chat.look].edits:
        boards.stands(visit.tx, chat=chat.id, outbox=row, unit=say.board, body=body, now=visit.now)


# Kept true ------------------------------------------------------------------------------------


async def refresh(
    db: Database, office: Office, now: datetime, wake: Callable[[], None], units: Sequence[str] | None = None
) -> None:
    """Change the boards of these units (of all) that would say something else now; nobody is held up by it."""
    if units is None:
        units = await (await db.reader()).all(boards.UNITS)
    for unit in units:
        try:
            filed = await db.write(partial(_renew, office=office, now=now, unit=unit))
        except Closed:
            raise
        except Unusable as held:
            log.warning("the boards of %s wait: %s", unit, held)
        except Exception:
            log.exception("the boards of %s could not be renewed", unit)
        else:
            if filed:
                wake()


def _renew(tx: Tx, office: Office, now: datetime, unit: str) -> bool:
    """File a change for every board of a unit that needs one; whether there is one."""
    return sum(_changed(tx, office, now, each) for each in tx.all(boards.OF_UNIT, unit=unit)) > 0


def _changed(tx: Tx, office: Office, now: datetime, live: Board) -> bool:
    chat = tx.one(chats.BY_ID, id=live.chat)
    assert chat is not None
    person = speaker(tx, chat.person)
    visit = Visit(tx, office, chat, person, now)
    theirs = person is not None and person.unit == live.unit and sees(visit)
    if not theirs or now - live.at > KEPT:
        boards.end(tx, chat=chat.id)
        return False
    body = render(board(visit), LOOKS[chat.look], words_for(person, chat, visit.plan)).to_json()
    if boards.hashed(body) == live.hash:
        return False
    due = now if live.changed is None else max(now, live.changed + APART)
    new = outbox.file_edit(tx, row=live.outbox, chat=chat.id, body=body, due=due, now=now)
    boards.changes(tx, chat=chat.id, body=body, at=due if new else live.changed)
    return True
