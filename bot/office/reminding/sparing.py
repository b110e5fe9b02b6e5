"""Who is spared what the plan does not order, since they have not answered so many messages about it. Reads snapshots."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from bot.movement import Desk, Plan, ToSay, alone, spared
from storage import people, unanswered
from storage.db import Snapshot

YEAR = timedelta(days=365)


class Sparing:
    """How often humans were spoken to of nothing that the plan orders; the office, which works through it, is never spared."""

    def __init__(self, plan: Plan, desk: Desk[Any], told: Mapping[int, int]) -> None:
        self._most, self._told = plan.speaking.unanswered, dict(told)
        self._desk = {person.id for person in desk.people}

    def holds(self, to_say: ToSay, human: int, more: int = 0) -> bool:
        """Whether a message waits; with `more`, once so many more were said."""
        return to_say.person not in self._desk and spared(to_say, self._told.get(human, 0) + more, self._most)

    def count(self, to_say: ToSay, human: int) -> None:
        """Count a message that is said."""
        self._told[human] = self._told.get(human, 0) + alone(to_say)


async def told(snapshot: Snapshot, plan: Plan, today: date, human: int | None = None) -> dict[int, int]:
    """Read how many such messages of the last year humans have not answered."""
    by_hand = [duty.code for duty in plan.duties if duty.way.told]
    rows = await snapshot.all(unanswered.ALONE, person=human, since=today - YEAR, told=by_hand)
    return {row.person: row.n for row in rows}


async def held(snapshot: Snapshot, plan: Plan, desk: Desk[Any], to_say: ToSay, today: date) -> bool:
    """Whether a message waits; one that is the last of its kind before they write is marked so."""
    if not alone(to_say):
        return False
    person = await snapshot.one(people.SPEAKER, id=to_say.person)
    human = to_say.person if person is None else person.human or person.id
    sparing = Sparing(plan, desk, await told(snapshot, plan, today, human))
    to_say.last_alone = sparing.holds(to_say, human, more=1)
    return sparing.holds(to_say, human)
