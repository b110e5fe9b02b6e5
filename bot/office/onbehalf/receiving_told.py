"""Who hears that something was received: whoever sent it, or whom the office has filed it for. Inside the transaction."""

from collections.abc import Iterable
from datetime import timedelta

from bot.conversation import Notice, Visit
from bot.language import Part, _
from bot.office.duties import item_texts, submissions
from bot.office.told import told
from storage import initiatives, paper_sources
from storage.receiving import WaitingDelivery


def hears(visit: Visit, each: WaitingDelivery) -> list[int]:
    """Return who is told: whoever sent it; of what the office has filed for a unit, its authors or whoever sends for it."""
    source = visit.tx.one(paper_sources.COUNTS, record=each.code)
    if source is None:
        return [each.by]
    item = visit.tx.one(initiatives.BY_CODE, code=each.code)
    if item is not None:
        return [person for person in item_texts.involved(visit, item) if person not in (item.by, visit.me.id)]
    return [person.id for person in submissions.senders(visit, source.unit) if person.id != visit.me.id]


def tell(visit: Visit, each: WaitingDelivery, notice: Notice, at: str, after: timedelta) -> None:
    """Tell them, once for this receiving."""
    for person in hears(visit, each):
        key = f"received:{each.code}:{at}:{person}"
        visit.tell(person, notice, key=key, after=after, code=each.code, what=each.what, correction=each.correction)


def said(visit: Visit, chosen: Iterable[WaitingDelivery]) -> list[Part]:
    """Say who hears of it, and who has no chat."""
    return told(visit, [id for each in chosen for id in hears(visit, each)], _("Whoever sent them is told once."))
