"""What the office reads of a request besides its sheet: each author's birth date and degree, and who has not given them."""

from collections.abc import Iterator

from bot.conversation import Visit
from bot.language import Part, Percent, _
from bot.movement import May
from bot.office.items import author_words
from storage import author_details, item_requests
from storage.initiatives import Initiative


def given(visit: Visit, item: Initiative) -> bool:
    """Whether this person reads the details of every author: the office alone, nor before a request."""
    return visit.may(May.RECEIVE) and visit.tx.one(item_requests.REQUEST, id=item.id) is not None


def lines(visit: Visit, item: Initiative) -> Iterator[Part]:
    """Yield the authors as the form of a request has them; nothing to anybody but the office, nor before a request."""
    if not given(visit, item):
        return
    for each in author_words.standing(visit, item):
        known = visit.tx.one(author_details.OF_PERSON, person=each.person)
        said = {"name": each.name, "share": Percent(each.share)}
        if known is None:
            yield _("{name} {share}: birth date and degree not given here", **said)
        elif known.born is None:
            yield _("{name} {share}: {degree}; birth date not given here", degree=known.degree, **said)
        elif not known.degree:
            yield _("{name} {share}: born on {born}; degree not given here", born=known.born, **said)
        else:
            yield _("{name} {share}: born on {born}, {degree}", born=known.born, degree=known.degree, **said)
