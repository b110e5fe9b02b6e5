"""How a registered item is said in a line, its state, who can be told what of it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bot.conversation import WHO, Serves, Visit, whose
from bot.language import Part, Text, _, number, read_code
from bot.movement import May, confirmers, senders, titled
from bot.office import desk
from storage import initiatives, item_answers, item_authors, paper_sources, people
from storage.initiatives import Initiative, ItemState

STATES: Mapping[str, Text] = {
    ItemState.SENT: _("waits for confirmation"),
    ItemState.RETURNED: _("returned to be completed"),
    ItemState.CONFIRMED: _("confirmed, goes to the office"),
    ItemState.RECEIVED: _("received by the office"),
    ItemState.REQUESTED: _("recognition is asked for"),
    ItemState.INCOMPLETE: _("the request is to be completed"),
    ItemState.COMPLETE: _("the request is complete, being decided"),
    ItemState.RECOGNISED: _("recognised"),
    ItemState.DECLINED: _("not recognised"),
    ItemState.WITHDRAWN: _("withdrawn"),
    ItemState.CANCELLED: _("cancelled by the unit"),
    ItemState.REJECTED: _("rejected by the office"),
}

REASONED = frozenset({ItemState.RETURNED, ItemState.DECLINED, ItemState.CANCELLED, ItemState.REJECTED})
"""What has a reason that stands beside the state."""


def involved(visit: Visit, item: Initiative) -> list[int]:
    """Return the writer, the authors and the officer in charge of an item."""
    authors = [author.person for author in visit.tx.all(item_authors.OF_ITEM, id=item.id)]
    return list(dict.fromkeys([item.by, *authors, *([item.charge] if item.charge else [])]))


def _of(visit: Visit, about: Mapping[str, Any]) -> Initiative | None:
    return visit.tx.one(initiatives.BY_CODE, code=about["code"])


def writes(visit: Visit, item: Initiative) -> bool:
    """Whether this person may change or withdraw an item: who wrote it, as long as they are of its unit.

    What the office has filed for a unit its authors and whoever sends for the unit may put right.
    """
    if item.unit != visit.me.unit:
        return False
    return item.by == visit.me.id or (
        filed_for(visit, item) and (sends_for(visit) or visit.me.id in named(visit, item))
    )


def filed_for(visit: Visit, item: Initiative) -> bool:
    """Whether the office has filed an item for its unit, and nobody of that has changed it since."""
    return visit.tx.one(paper_sources.COUNTS, record=item.code) is not None


def sends_for(visit: Visit) -> bool:
    """Whether this person sends for their unit today."""
    of = senders(visit.tx.all(people.OF_UNIT, unit=visit.me.unit), visit.now.date())
    return any(person.id == visit.me.id for person in of)


def concerned(visit: Visit, item: Initiative) -> list[int]:
    """Return everybody involved in an item, and whoever sends for its unit today."""
    unit = visit.tx.all(people.OF_UNIT, unit=item.unit)
    heads = [person.id for person in senders(unit, visit.now.date())]
    return list(dict.fromkeys([*involved(visit, item), *heads]))


def named(visit: Visit, item: Initiative) -> list[int]:
    """Return everybody involved in an item, and whom its answers name: they may read it."""
    return [*involved(visit, item), *visit.tx.all(item_answers.NAMED, id=item.id)]


WRITER: Serves[Visit] = whose(
    _("whoever wrote the sheet"),
    lambda visit, about: (item := _of(visit, about)) is not None and item.by == visit.me.id,
)
"""What a notice says to the writer of the sheet it is about."""
INVOLVED: Serves[Visit] = whose(
    _("the authors of the sheet"),
    lambda visit, about: (item := _of(visit, about)) is not None and visit.me.id in involved(visit, item),
)
CONCERNED: Serves[Visit] = whose(
    _("the authors of the sheet and the head of their unit"),
    lambda visit, about: (item := _of(visit, about)) is not None and visit.me.id in concerned(visit, item),
)
CONFIRMER: Serves[Visit] = whose(
    WHO[May.CONFIRM], lambda visit, about: (item := _of(visit, about)) is not None and confirms(visit, item)
)


def who(visit: Visit, person: int) -> str:
    """Name somebody by their post, as they are now."""
    found = visit.tx.one(people.BY_ID, id=person)
    return "" if found is None else titled(found)


def to_confirm(visit: Visit) -> list[Initiative]:
    """Return the sheets that this person is asked to confirm now."""
    items = visit.tx.all(initiatives.IN_STATE, state=ItemState.SENT, since=visit.now.year - 1)
    if not visit.may(May.RECEIVE):
        items = [item for item in items if item.unit == visit.me.unit]
    return [item for item in items if confirms(visit, item)]


def confirms(visit: Visit, item: Initiative) -> bool:
    """Whether this person is asked to confirm this item."""
    asked = asked_to_confirm(visit, item.unit, involved(visit, item))
    return any(person.id == visit.me.id for person in asked)


def asked_to_confirm(visit: Visit, unit: str, involved: Sequence[int]) -> list[people.Person]:
    """Return the people asked to confirm what these people wrote in this unit."""
    tx = visit.tx
    return confirmers(tx.all(people.OF_UNIT, unit=unit), desk.people_of(tx), involved, visit.now.date())


def state(item: Initiative) -> Part:
    """Return where the item stands, with the reason where it has one."""
    if item.state in REASONED and item.reason:
        return _("State: {state}. Reason: «{reason}»", state=STATES[item.state], reason=item.reason)
    return _("State: {state}", state=STATES[item.state])


def line(item: Initiative) -> Part:
    """Return the item in one line of a list."""
    return _("{code} «{title}»: {state}", code=item.code, title=item.title, state=STATES[item.state])


def versioned(args: str) -> tuple[list[str], int | None]:
    """Return the words of a button's command, and the version of the record that it was drawn for."""
    words = args.split()
    given = [word for word in words if word[0] == "v" and number(word[1:]) is not None]
    return [word for word in words if word not in given], int(given[0][1:]) if given else None


def changed(item: Initiative) -> Text:
    """Say before the sheet, to whoever taps a button that was drawn for an older version, that it is newer."""
    return _("Sheet {code} has been changed since. This is how it is now:", code=item.code)


def find(visit: Visit, said: str, wanted: Callable[[Initiative], bool] = lambda item: True) -> Initiative | None:
    """Return the item meant by a code as people type it: «SK-2027-012», «sk 12», «012» (of this year).

    Several kinds may have a number: the first that is wanted is meant, else the first.
    """
    code = read_code(said)
    if code is None:
        return None
    prefixes = [code.prefix] if code.prefix else [kind.prefix for kind in visit.plan.kinds]
    year = code.year or visit.said.year
    codes = [f"{prefix}-{year}-{code.number:03}" for prefix in prefixes]
    found = [item for code in codes if (item := visit.tx.one(initiatives.BY_CODE, code=code))]
    return next((item for item in found if wanted(item)), found[0] if found else None)
