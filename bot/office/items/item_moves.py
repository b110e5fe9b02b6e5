"""The states of a registered item in one table: from which to which it moves, who moves it, and why not. Inside the transaction.

Every handler asks `why_not` before it offers or does something, and `make` does it: nothing else moves an item of somebody
who speaks. What is taken over from paper is written as it was (`bot/office/past_year`, `bot/office/onbehalf`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.conversation import Visit
from bot.language import Part, Text, _
from bot.office.duties import item_texts
from bot.office.items import item_movers
from storage import initiatives, item_requests
from storage.initiatives import AT_OFFICE, EDITABLE, LEFT, UNDECIDED, Initiative, ItemState

S = ItemState


class ItemMove(StrEnum):
    """What may be done with an item; the audit's word for it."""

    CHANGE = "changed"
    CONFIRM = "confirmed"
    RETURN = "returned"
    WITHDRAW = "withdrawn"
    CANCEL = "cancelled"
    RECEIVE = "received"
    SEND_BACK = "supplement_asked"
    REJECT = "rejected"
    APPLY = "first_applied"
    REQUEST = "requested"
    TAKE_REQUEST_BACK = "request_taken_back"
    ASK_SUPPLEMENT = "request_supplement_asked"
    COMPLETE = "request_complete"
    RECOGNISE = "recognised"
    DECLINE = "declined"
    UNRECOGNISE = "recognition_taken_back"


Who = Callable[[Visit, Initiative], bool]
Why = Callable[[Visit, Initiative], Part | None]


@dataclass(frozen=True, slots=True)
class ItemMoveRule:
    """One move: from where, to where, by whom."""

    before: frozenset[ItemState]
    after: ItemState | None
    """None where the state stays as it is."""
    who: Text
    may: Who
    refused: Callable[[str, Text], Part]
    """Why not, in the state in which it is, by its code."""
    also: Why = item_movers.nothing
    """What else stands in the way."""


WRITER, AUTHORS = _("whoever wrote the sheet"), _("the authors of the sheet")
CONFIRMERS, SENDERS, DESK = _("whoever confirms for the unit"), _("the head of the unit"), _("the office")
ALIVE = frozenset(S) - LEFT

TABLE: Mapping[ItemMove, ItemMoveRule] = {
    ItemMove.CHANGE: ItemMoveRule(
        EDITABLE,
        S.SENT,
        WRITER,
        item_texts.writes,
        lambda code, state: _("Sheet {code} is {state}, so it cannot be changed any more.", code=code, state=state),
        item_movers.of_no_plan,
    ),
    ItemMove.CONFIRM: ItemMoveRule(
        frozenset({S.SENT}),
        S.CONFIRMED,
        CONFIRMERS,
        item_movers.confirms,
        lambda code, state: _("Sheet {code} is {state}, so nothing is left to confirm.", code=code, state=state),
        item_movers.nobody_declines,
    ),
    ItemMove.RETURN: ItemMoveRule(
        frozenset({S.SENT}),
        S.RETURNED,
        CONFIRMERS,
        item_movers.confirms,
        lambda code, state: _("Sheet {code} is {state}, so it is not returned any more.", code=code, state=state),
    ),
    ItemMove.WITHDRAW: ItemMoveRule(
        EDITABLE,
        S.WITHDRAWN,
        WRITER,
        item_texts.writes,
        lambda code, state: _("Sheet {code} is {state}, so it cannot be withdrawn any more.", code=code, state=state),
        item_movers.of_no_plan,
    ),
    ItemMove.CANCEL: ItemMoveRule(
        UNDECIDED | {S.CONFIRMED},
        S.CANCELLED,
        SENDERS,
        item_movers.of_unit,
        lambda code, state: _(
            "Sheet {code} is {state}. A unit cancels what it has confirmed and nobody has decided about.",
            code=code,
            state=state,
        ),
    ),
    ItemMove.RECEIVE: ItemMoveRule(
        frozenset({S.CONFIRMED}),
        S.RECEIVED,
        DESK,
        item_movers.receives,
        lambda code, state: _("Sheet {code} is {state}, so nothing is left to receive.", code=code, state=state),
        item_movers.of_no_plan,
    ),
    ItemMove.SEND_BACK: ItemMoveRule(
        frozenset({S.CONFIRMED}),
        S.RETURNED,
        DESK,
        item_movers.receives,
        lambda code, state: _(
            "Sheet {code} is {state}, so it is not sent back to be completed any more.", code=code, state=state
        ),
        item_movers.of_no_plan,
    ),
    ItemMove.REJECT: ItemMoveRule(
        frozenset({S.CONFIRMED}),
        S.REJECTED,
        DESK,
        item_movers.receives,
        lambda code, state: _(
            "Sheet {code} is {state}. The office rejects only what a unit has confirmed and the office has not received.",
            code=code,
            state=state,
        ),
        item_movers.of_no_plan,
    ),
    ItemMove.APPLY: ItemMoveRule(
        ALIVE - {S.RECOGNISED, S.COMPLETE},
        None,
        AUTHORS,
        item_movers.is_author,
        lambda code, state: _(
            "Sheet {code} is {state}, so the day of its first application stays as it is.", code=code, state=state
        ),
    ),
    ItemMove.REQUEST: ItemMoveRule(
        frozenset({S.RECEIVED, S.INCOMPLETE, S.DECLINED}),
        S.REQUESTED,
        AUTHORS,
        item_movers.is_author,
        lambda code, state: _(
            "Sheet {code} is {state}. Its recognition is asked for after the office has received it, and once.",
            code=code,
            state=state,
        ),
        item_movers.may_be_asked_for,
    ),
    ItemMove.TAKE_REQUEST_BACK: ItemMoveRule(
        UNDECIDED - {S.RECEIVED},
        S.RECEIVED,
        AUTHORS,
        item_movers.is_author,
        lambda code, state: _("Sheet {code} is {state}, so no request is there to take back.", code=code, state=state),
    ),
    ItemMove.ASK_SUPPLEMENT: ItemMoveRule(
        frozenset({S.REQUESTED, S.COMPLETE, S.INCOMPLETE}),
        S.INCOMPLETE,
        DESK,
        item_movers.receives,
        lambda code, state: _(
            "Sheet {code} is {state}, so no request is there to be completed.", code=code, state=state
        ),
    ),
    ItemMove.COMPLETE: ItemMoveRule(
        frozenset({S.REQUESTED, S.INCOMPLETE}),
        S.COMPLETE,
        DESK,
        item_movers.receives,
        lambda code, state: _(
            "Sheet {code} is {state}, so no request is there to be accepted.", code=code, state=state
        ),
    ),
    ItemMove.RECOGNISE: ItemMoveRule(
        AT_OFFICE,
        S.RECOGNISED,
        DESK,
        item_movers.receives,
        lambda code, state: _(
            "Sheet {code} is {state}; a decision is recorded after the office has received it.", code=code, state=state
        ),
        item_movers.recognised_at_all,
    ),
    ItemMove.DECLINE: ItemMoveRule(
        UNDECIDED,
        S.DECLINED,
        DESK,
        item_movers.receives,
        lambda code, state: _("Sheet {code} is {state}, so it is not decided about now.", code=code, state=state),
        item_movers.recognised_at_all,
    ),
    ItemMove.UNRECOGNISE: ItemMoveRule(
        frozenset({S.RECOGNISED}),
        None,
        DESK,
        item_movers.receives,
        lambda code, state: _("Sheet {code} is {state}; there is no recognition to take back.", code=code, state=state),
    ),
}
"""Every move. Where a sheet goes when its recognition is taken back depends on whether it was asked for (`recognition`)."""


def can(visit: Visit, item: Initiative, move: ItemMove) -> bool:
    """Whether this person may do this with the item, as they and it are now."""
    return why_not(visit, item, move) is None


def why_not(visit: Visit, item: Initiative, move: ItemMove) -> Part | None:
    """Return why this person may not do this with the item now; None where they may."""
    rule = TABLE[move]
    if not rule.may(visit, item):
        return _not_theirs(visit, item, rule)
    if item.state not in rule.before:
        return rule.refused(item.code, item_texts.STATES[item.state])
    return rule.also(visit, item)


def _not_theirs(visit: Visit, item: Initiative, rule: ItemMoveRule) -> Part:
    if rule.who is WRITER and item.by != visit.me.id:
        return _("Only whoever wrote sheet {code} can change it.", code=item.code)
    if rule.who in (WRITER, AUTHORS) and item.by == visit.me.id and item.unit != visit.me.unit:
        return _(
            "Sheet {code} belongs to {unit}, which {you} have left, so only {unit} and the office can have it changed.",
            code=item.code,
            unit=item.unit_name,
        )
    if rule.who is CONFIRMERS and visit.me.id in item_texts.involved(visit, item):
        return _("{You} are an author of sheet {code}, so somebody else confirms it.", code=item.code)
    if rule.who in (CONFIRMERS, SENDERS):
        return _("Sheet {code} is confirmed by the head of {unit}.", code=item.code, unit=item.unit_name)
    return _("With sheet {code} this is done by {who}.", code=item.code, who=rule.who)


def make(visit: Visit, item: Initiative, move: ItemMove, reason: str = "") -> None:
    """Move an item, and note it; whether it may be has been asked. What was to be added is closed by every move."""
    rule = TABLE[move]
    if item.state not in rule.before or rule.after is None:
        raise ValueError(f"{move} of {item.code}, which is {item.state}")
    initiatives.move(visit.tx, id=item.id, state=rule.after, now=visit.said, reason=reason)
    item_requests.answer(visit.tx, item=item.id, now=visit.said)
    visit.note(move, item.code)
