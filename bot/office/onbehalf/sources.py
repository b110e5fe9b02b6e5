"""Where a record comes from that its unit has not sent in the chat: how that is said beside it. Inside the transaction."""

from datetime import datetime

from bot.conversation import Visit
from bot.language import Part, Text, Time, _
from storage import paper_sources
from storage.db import Tx
from storage.paper_sources import Origin, PaperSource, PaperWay


def paper(number: str) -> Part:
    """Name a paper by its number as it was typed: «Công văn 12/QLXD»; a bare number is that of a document."""
    if not number:
        return _("a document without a number")
    return _("document {number}", number=number) if number[0].isdecimal() else number


def said(source: PaperSource) -> Text:
    """Say where a record comes from: «Văn phòng nhập thay theo Công văn 12/QLXD ngày 05/11/2027»."""
    if source.origin is Origin.TAKEN_OVER:
        return _("Taken over by the office from the papers of {year}", year=source.year)
    of = {"giver": source.giver, "day": source.day, "paper": paper(source.number)}
    if source.way is PaperWay.PHONE:
        return _("Filed by the office after the telephone call of {giver} on {day}", **of)
    if source.way is PaperWay.DOCUMENT:
        return _("Filed by the office after {paper} of {day}", **of)
    if source.number:
        return _("Filed by the office after {paper}, handed over by {giver} on {day}", **of)
    return _("Filed by the office as {giver} said in person on {day}", **of)


def short(source: PaperSource) -> Text:
    """Say where a record comes from where no person is named: a board, a summary."""
    if source.origin is Origin.TAKEN_OVER:
        return said(source)
    if source.number or source.way is PaperWay.DOCUMENT:
        return _("Filed by the office after {paper} of {day}", paper=paper(source.number), day=source.day)
    if source.way is PaperWay.PHONE:
        return _("Filed by the office after a telephone call on {day}", day=source.day)
    return _("Filed by the office as was said in person on {day}", day=source.day)


def mark(tx: Tx, record: str) -> list[Part]:
    """Return the line beside a record: where it comes from; what the unit has put right says what was there before."""
    found = tx.all(paper_sources.OF_RECORD, record=record)
    if not found:
        return []
    newest = found[-1]
    if newest.replaced is None:
        return [_("{source}.", source=said(newest))]
    return [
        _(
            "Before: {source}. Since {at} what the unit has sent itself counts; both are kept.",
            source=said(newest),
            at=Time(newest.replaced),
        )
    ]


def beside(tx: Tx, record: str) -> Text | None:
    """Return where a record comes from, for a line of a list that names nobody; None where its unit has sent it."""
    source = tx.one(paper_sources.COUNTS, record=record)
    return None if source is None else short(source)


def marked(visit: Visit, record: str, line: Part) -> Part:
    """Return a line of a list with where its record comes from, when its unit has not sent it."""
    source = beside(visit.tx, record)
    return line if source is None else _("{line} ({source})", line=line, source=source)


def put_right(tx: Tx, record: str, now: datetime) -> None:
    """Mark that the unit's own counts from now on; what the office has filed stays."""
    paper_sources.replace(tx, record=record, now=now)
