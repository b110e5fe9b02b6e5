"""Who may see the whole sheet of a registered item, as they and the item are now. Inside the transaction."""

from bot.conversation import Visit
from bot.movement import May
from bot.office.duties import item_texts, submissions
from storage import people, unit_history
from storage.initiatives import AT_OFFICE, READY, Initiative, ItemState

SEEN = READY | {ItemState.CANCELLED, ItemState.REJECTED}
"""What the office reads: from the confirmation on, and how that has ended."""


def theirs(visit: Visit, item: Initiative) -> bool:
    """Whether this person wrote it, is one of its authors or in charge of it, or is named by it; in any of their posts."""
    named = item_texts.named(visit, item)
    return visit.me.id in named or any(post in named for post in visit.tx.all(people.EVERY_POST, person=visit.me.id))


def units(visit: Visit) -> list[str]:
    """Return the unit of this person, with those that have ended and that it goes on with."""
    return visit.tx.all(unit_history.GOES_ON_WITH, unit=visit.me.unit)


def may_see(visit: Visit, item: Initiative) -> bool:
    """Whether this person may read the sheet and open its files: whoever the sheet has named before it was sent.

    The office never before the head has confirmed it, the leaders not before the office has received it.
    """
    if theirs(visit, item):
        return True
    if item.unit == visit.me.unit or item.unit in units(visit):
        return visit.may(May.CONFIRM) or submissions.sends(visit) or item_texts.confirms(visit, item)
    if visit.may(May.RECEIVE):
        return item.state in SEEN or item_texts.confirms(visit, item)
    return visit.may(May.SUMMARISE) and item.state in AT_OFFICE
