"""The parts of a report that somebody who loses a post was given to write: they come back to whoever sends it."""

from collections.abc import Iterator

from bot.language import _
from bot.office.report.report_parts import parts_of
from bot.office.roster.posts_left import Hand, Holding, Post, who
from storage import report_shares
from storage.report_shares import ShareState


def of_unit(post: Post) -> Iterator[Holding]:
    """Return the parts that are not written yet."""
    known = parts_of(post.plan)
    for share in post.tx.all(report_shares.OF_PERSON, person=post.person.id):
        name = known[share.part].name if share.part in known else share.part
        line = _("«{part}» of the report of {year}: back with {who}", part=name, year=share.year, who=who(post.head))
        to = post.head.id if post.head is not None else None
        yield Holding(line, _back(share.id), to, "part", f"{share.part}:{share.year}")


def _back(id: int) -> Hand:
    return lambda tx, now: report_shares.end(tx, id=id, state=ShareState.BACK, now=now)
