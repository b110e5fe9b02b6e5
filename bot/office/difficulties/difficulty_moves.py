"""What may be done with a difficulty where it lies, and by whom: one table. Inside the transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, tzinfo
from enum import StrEnum

from bot.conversation import Visit
from bot.language import Text, _
from bot.movement import DESK_ROLES, Calendar, Plan, Role
from bot.office import desk
from bot.office.duties import submissions
from storage import people
from storage.difficulties import DifficultyMove, DifficultyState, Raised
from storage.people import Person


class Hand(StrEnum):
    """In whose hands a difficulty is."""

    ASKER = "asker"
    """Whoever raised it; where they have left the unit, its head."""
    HEAD = "head"
    """Whoever sends for the unit."""
    DESK = "desk"


@dataclass(frozen=True, slots=True)
class MoveRule:
    """One way in which a difficulty goes on."""

    move: DifficultyMove
    begins: frozenset[DifficultyState]
    ends: DifficultyState
    hand: Hand
    label: Text
    """What its button is called."""


_AT_OFFICE = frozenset({DifficultyState.DESK, DifficultyState.LEADERS})
_OPEN = _AT_OFFICE | {DifficultyState.HEAD}
MOVES: Mapping[str, MoveRule] = {
    "traloi": MoveRule(
        DifficultyMove.ANSWERED, frozenset({DifficultyState.HEAD}), DifficultyState.ANSWERED, Hand.HEAD, _("Answer")
    ),
    "chuyen": MoveRule(
        DifficultyMove.PASSED_ON,
        frozenset({DifficultyState.HEAD}),
        DifficultyState.DESK,
        Hand.HEAD,
        _("Pass on to {desk}"),
    ),
    "thang": MoveRule(
        DifficultyMove.TURNED,
        frozenset({DifficultyState.HEAD}),
        DifficultyState.DESK,
        Hand.ASKER,
        _("Send it straight to {desk}"),
    ),
    "dap": MoveRule(DifficultyMove.ANSWERED, _AT_OFFICE, DifficultyState.ANSWERED, Hand.DESK, _("Answer")),
    "trinh": MoveRule(
        DifficultyMove.REFERRED,
        frozenset({DifficultyState.DESK}),
        DifficultyState.LEADERS,
        Hand.DESK,
        _("Put it before {leaders}"),
    ),
    "ykien": MoveRule(
        DifficultyMove.OPINION, _AT_OFFICE, DifficultyState.ANSWERED, Hand.DESK, _("Record the opinion of {leaders}")
    ),
    "xong": MoveRule(
        DifficultyMove.SOLVED, frozenset({DifficultyState.ANSWERED}), DifficultyState.SOLVED, Hand.ASKER, _("Solved")
    ),
    "chua": MoveRule(
        DifficultyMove.UNSOLVED,
        frozenset({DifficultyState.ANSWERED}),
        DifficultyState.DESK,
        Hand.ASKER,
        _("Not solved yet"),
    ),
    "rut": MoveRule(DifficultyMove.WITHDRAWN, _OPEN, DifficultyState.WITHDRAWN, Hand.ASKER, _("Withdraw it")),
}
"""By the word behind its button. What is not solved goes back to whoever answered: the head, else the office."""


def held_by(visit: Visit, raised: Raised, hand: Hand) -> list[Person]:
    """Return whose hands these are now."""
    if hand is Hand.DESK:
        return desk.people_of(visit.tx)
    asker = visit.tx.one(people.BY_ID, id=raised.by) if hand is Hand.ASKER else None
    if asker is not None and asker.active:
        return [asker]
    if hand is Hand.ASKER and raised.way is DifficultyState.DESK:
        return desk.people_of(visit.tx)  # it was sent past the head, who is not told of it now either
    return submissions.senders(visit, raised.unit)


def holds(visit: Visit, raised: Raised, hand: Hand) -> bool:
    """Whether the person of this turn is one of these hands: by any of their posts where they raised it."""
    if hand is Hand.ASKER and raised.by in visit.tx.all(people.EVERY_POST, person=visit.me.id):
        return True
    return any(each.id == visit.me.id for each in held_by(visit, raised, hand))


OWNERS: Mapping[DifficultyState, Hand] = {
    DifficultyState.HEAD: Hand.HEAD,
    DifficultyState.DESK: Hand.DESK,
    DifficultyState.LEADERS: Hand.DESK,
    DifficultyState.ANSWERED: Hand.ASKER,
}
"""Who has to do something about it, by where it lies."""


def owners(visit: Visit, raised: Raised) -> list[Person]:
    """Return who has to do something about it now."""
    hand = OWNERS.get(raised.state)
    return held_by(visit, raised, hand) if hand is not None else []


def possible(visit: Visit, raised: Raised) -> list[str]:
    """Return the words of what this person may do with it now."""
    return [word for word, rule in MOVES.items() if raised.state in rule.begins and holds(visit, raised, rule.hand)]


def sees(visit: Visit, raised: Raised) -> bool:
    """Whether this person may read it: whoever raised it, the head it was sent by way of, the office and the leaders."""
    if holds(visit, raised, Hand.ASKER):
        return True
    if raised.way is DifficultyState.HEAD and holds(visit, raised, Hand.HEAD):
        return True
    return raised.reached and visit.me.role in (*DESK_ROLES, Role.LEADER)


def open_to(visit: Visit) -> list[DifficultyState]:
    """Return the ways in which this person may send one: by way of the head where there is one who is somebody else."""
    senders = submissions.senders(visit, visit.me.unit)
    by_head = [DifficultyState.HEAD] if senders and all(each.id != visit.me.id for each in senders) else []
    return [*by_head, DifficultyState.DESK]


def last_day(plan: Plan, calendar: Calendar, raised: Raised, zone: tzinfo | None) -> date:
    """Return the last day on which whoever has it may do something and be in time."""
    days = plan.difficulty_days
    n = {DifficultyState.HEAD: days.head, DifficultyState.DESK: days.desk, DifficultyState.LEADERS: days.leaders}.get(
        raised.state, days.asker
    )
    return calendar.shift(raised.since.astimezone(zone).date(), n)
