"""Confirm a sheet of the unit, or return it to be completed: what is kept, and what its writer is told of. Inside the transaction."""

from collections.abc import Mapping
from typing import Any

from bot.conversation import Visit
from bot.movement import May
from bot.office.duties import item_texts
from bot.office.items import item_moves
from bot.office.items.item_moves import ItemMove
from storage import initiatives, people
from storage.initiatives import Initiative, ItemState
from storage.people import Person


def meant(visit: Visit, said: str) -> Initiative | None:
    """Return the sheet meant by a code, where this person has to do with it; of several, one that waits in the unit."""
    item = item_texts.find(visit, said, lambda item: item.state == ItemState.SENT and item.unit == visit.me.unit)
    return item if item is not None and (item.unit == visit.me.unit or visit.may(May.RECEIVE)) else None


def confirm(visit: Visit, item: Initiative) -> None:
    """Confirm a sheet: it goes to the office."""
    item_moves.make(visit, item, ItemMove.CONFIRM)


def may_return(visit: Visit, code: str) -> bool:
    """Whether this person is asked to confirm the sheet, and so may return it."""
    item = of_code(visit, code)
    return item is not None and (item.state != ItemState.SENT or item_texts.confirms(visit, item))


def send_back(visit: Visit, item: Initiative, reason: str) -> None:
    """Return a sheet to its writer, for a reason."""
    item_moves.make(visit, item, ItemMove.RETURN, reason)


def of_code(visit: Visit, code: str) -> Initiative | None:
    """Return the sheet with a code."""
    return visit.tx.one(initiatives.BY_CODE, code=code)


def decided(visit: Visit, about: Mapping[str, Any]) -> tuple[Initiative, Person] | None:
    """Return the sheet that a notice to its writer is about, and who has decided on it; None for one that is gone."""
    item, by = of_code(visit, about["code"]), visit.tx.one(people.BY_ID, id=about["by"])
    return (item, by) if item is not None and by is not None else None
