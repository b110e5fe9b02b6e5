"""How rungs and digests are called in words. Pure."""

from collections.abc import Mapping

from bot.language import Count, Part, Time, _
from bot.movement import Occasion


def digest_head(reports: bool, year: int, occasion: Occasion, at: Time) -> Part:
    """Return the first line of a digest: of the yearly reports, or of any other duty."""
    if not reports:
        return _("Who has not sent in {year} · {at}", year=year, at=at)
    if occasion is Occasion.LAST:
        return _("How the reports stand at {at}, the last day", at=at)
    return _("How the reports of {year} are coming in · {at}", year=year, at=at)


def rung_name(code: str) -> Part:
    """Name a rung."""
    if code == "opens":
        return _("the period opens")
    n = int(code)
    if n == 0:
        return _("the last day")
    if n < 0:
        return _("{n} working days before", n=Count(-n))
    return _("{n} working days after", n=Count(n))


_OCCASIONS: Mapping[Occasion, Part] = {
    Occasion.WEEKLY: _("the Monday digest"),
    Occasion.CLOSING: _("the digest of the last days"),
    Occasion.LAST: _("the list of the last day"),
    Occasion.AFTER: _("the list with the draft"),
    Occasion.CLIMBED: _("the list of those who have not sent"),
}


def occasion_name(occasion: Occasion) -> Part:
    """Name a digest."""
    return _OCCASIONS[occasion]
