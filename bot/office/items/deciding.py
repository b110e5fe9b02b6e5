"""The desk and the unit decide about an item: ask for more, find complete, decline, reject, cancel. Inside the transaction."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from bot.conversation import Visit
from bot.dialogue import Facts
from bot.language import Part, Text, _
from bot.movement import senders
from bot.office import desk
from bot.office.duties import item_texts
from bot.office.items import item_moves
from bot.office.items.item_moves import ItemMove
from storage import initiatives, item_requests, people
from storage.initiatives import AT_OFFICE, READY, Initiative
from storage.outbox import NoticeCode

REFUSAL = "item_refusal"
"""The form by which one of the three is done."""
MOVED = NoticeCode("item_moved")
"""To the authors, and to whoever it concerns besides, what became of an item, and why."""


@dataclass(frozen=True, slots=True)
class RefusalWords:
    """How one of the three is asked for and said."""

    title: Text
    question: Text
    example: Text
    send: Text
    done: Text
    effect: Text


REFUSALS: Mapping[ItemMove, RefusalWords] = {
    ItemMove.CANCEL: RefusalWords(
        _("Cancel a registration of the unit"),
        _("Why does the unit not go on with it? Its authors and the office read it."),
        _("the task was given to another unit"),
        _("Cancel the registration"),
        _("the registration is cancelled"),
        _(
            "It counts for the unit no more; the code is not used again, and what was written stays readable for its authors."
        ),
    ),
    ItemMove.REJECT: RefusalWords(
        _("Reject a sheet"),
        _("Why does the office not take it in? Its authors and the head of the unit read it."),
        _("the same solution was registered in the year before"),
        _("Reject the sheet"),
        _("the sheet is rejected"),
        _("It counts for the unit no more; for what can be put right, ask for a supplement instead."),
    ),
    ItemMove.DECLINE: RefusalWords(
        _("Not recognise an item"),
        _("Why is it not recognised? Its authors and the head of the unit read it."),
        _("it is not new at this office: it has been applied since 2025"),
        _("Record that it is not recognised"),
        _("it is not recognised"),
        _("It stays registered, and may be asked for anew within its time."),
    ),
}


class DecisionFacts(Facts):
    """What these forms look at; their subject is a move and a code: «decline:SK-2027-012»."""

    def __init__(self, visit: Visit, subject: str) -> None:
        self._visit = visit
        move, _colon, self.code = subject.partition(":")
        self.move = ItemMove(move)

    @cached_property
    def item(self) -> Initiative | None:
        """The item that is decided about."""
        return self._visit.tx.one(initiatives.BY_CODE, code=self.code)

    @cached_property
    def proposed(self) -> date:
        """The day that the plan proposes for what is to be added."""
        return self._visit.office.calendar.shift(self._visit.now.date(), self._visit.plan.recognition.supplement)


def may(visit: Visit, subject: str) -> bool:
    """Whether this is this person's to decide, whatever the state of the item."""
    facts = DecisionFacts(visit, subject)
    return facts.item is not None and item_moves.TABLE[facts.move].may(visit, facts.item)


def concerned(visit: Visit, item: Initiative, move: ItemMove) -> list[int]:
    """Return who hears of it: its authors and whoever wrote it; of a no the head, of a cancelling the office."""
    found = item_texts.involved(visit, item)
    if move in (ItemMove.REJECT, ItemMove.DECLINE, ItemMove.SEND_BACK):
        unit = visit.tx.all(people.OF_UNIT, unit=item.unit)
        found += [person.id for person in senders(unit, visit.now.date())]
    if move is ItemMove.CANCEL and item.state in READY:
        found += [person.id for person in desk.people_of(visit.tx)] if item.state in AT_OFFICE else []
    return [each for each in dict.fromkeys(found) if each != visit.me.id]


def tell(visit: Visit, whom: Iterable[int], item: Initiative, move: ItemMove, **about: Any) -> None:
    """Tell people what became of an item."""
    for person in whom:
        visit.tell(person, MOVED, code=item.code, move=str(move), by=visit.me.id, **about)


def refuse(visit: Visit, item: Initiative, move: ItemMove, reason: str) -> list[int]:
    """Cancel, reject or decline it, for a reason; return who is told."""
    whom = concerned(visit, item, move)
    item_moves.make(visit, item, move, reason)
    tell(visit, whom, item, move)
    return whom


def ask_supplement(visit: Visit, item: Initiative, move: ItemMove, what: str, due: date) -> list[int]:
    """Ask for something to be added until a day; return who is told."""
    whom = concerned(visit, item, move)
    item_moves.make(visit, item, move, what)
    item_requests.ask_supplement(visit.tx, item=item.id, what=what, due=due, by=visit.me.id, now=visit.said)
    tell(visit, whom, item, move)
    return whom


def complete(visit: Visit, item: Initiative) -> list[int]:
    """Find a request complete: from now on the limit of the decision runs; return who is told."""
    whom = concerned(visit, item, ItemMove.COMPLETE)
    item_moves.make(visit, item, ItemMove.COMPLETE)
    item_requests.complete(visit.tx, item=item.id, now=visit.said)
    tell(visit, whom, item, ItemMove.COMPLETE)
    return whom


def take_request_back(visit: Visit, item: Initiative) -> None:
    """Take a request back; the office is told."""
    item_moves.make(visit, item, ItemMove.TAKE_REQUEST_BACK)
    item_requests.take_back(visit.tx, item=item.id)
    tell(
        visit,
        [person.id for person in desk.people_of(visit.tx) if person.id != visit.me.id],
        item,
        ItemMove.TAKE_REQUEST_BACK,
    )


def said(visit: Visit, item: Initiative, move: ItemMove) -> Part:
    """Say what became of an item, to whoever it concerns."""
    unit = item.unit_name
    match move:
        case ItemMove.CANCEL:
            return _("{unit} has cancelled its registration {code}.", unit=unit, code=item.code)
        case ItemMove.REJECT:
            return _("The office has rejected sheet {code} of {unit}.", unit=unit, code=item.code)
        case ItemMove.DECLINE:
            return _("{code} of {unit} is not recognised.", unit=unit, code=item.code)
        case ItemMove.SEND_BACK:
            return _("The office asks for something to be added to sheet {code}.", code=item.code)
        case ItemMove.ASK_SUPPLEMENT:
            return _("The office asks for something to be added to the request for {code}.", code=item.code)
        case ItemMove.COMPLETE:
            return _("✅ The request for {code} is complete; it is being decided.", code=item.code)
    return _("The request for {code} has been taken back.", code=item.code)
