"""What a unit owes while the office has opened something of it once more: what was locked can be sent until that day."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.movement import Obligation, State
from storage import reopenings
from storage.reopenings import ReopeningState
from storage.transaction import Tx


def prolonged(tx: Tx, unit: str, owed: Sequence[Obligation]) -> Iterator[Obligation]:
    """Yield what a unit owes, with the days until which the office has opened it."""
    days = {
        (each.what, each.year): each.day
        for each in tx.all(reopenings.LIVE_OF_UNIT, unit=unit)
        if each.day is not None and each.state != ReopeningState.ASKED
    }
    for each in owed:
        day = None if each.subject else days.get((each.duty.how, each.year))
        if day is None or day <= each.locks:
            yield each
            continue
        period = replace(each.period, locks=day)
        yield replace(each, period=period, state=State.OVERDUE if each.state is State.LOCKED else each.state)
