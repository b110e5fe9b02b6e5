"""What is still empty on a sheet that was sent: whoever wrote it may add it, whoever confirms it sees it. Inside the transaction."""

from collections.abc import Sequence

from bot.conversation import Visit
from bot.language import Joined, Part, _
from storage import item_answers
from storage.initiatives import Initiative, ItemState

OPEN = frozenset({ItemState.SENT, ItemState.RETURNED, ItemState.CONFIRMED})
"""While it may still be added."""


def labels(visit: Visit, item: Initiative) -> Sequence[Part]:
    """Return the questions of a sheet that nobody has answered yet, by their names; of one that is decided, none."""
    kind = next((kind for kind in visit.plan.kinds if kind.code == item.kind), None)
    if kind is None or item.state not in OPEN:
        return ()
    given = item_answers.of(visit.tx, item.id)
    return [asked.label for asked in kind.asked if not asked.required and not given.get(asked.code)]


def line(visit: Visit, item: Initiative) -> Sequence[Part]:
    """Return the line that names them, where there are any."""
    names = labels(visit, item)
    return [_("Still empty: {names}", names=Joined(names))] if names else []
