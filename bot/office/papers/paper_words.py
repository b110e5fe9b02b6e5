"""Where the office's report stands, and what has to be changed in it, in words. Pure."""

from collections.abc import Sequence
from typing import Any

from bot.language import Count, Part, Time, _
from bot.office.papers.contents import Changed, PaperChange
from bot.office.papers.standing import ReportStanding
from storage.office_papers import PaperStage

LONGEST = 160
"""Characters that are shown of a text."""


def standing(of: ReportStanding) -> list[Part]:
    """Say where the report stands; nothing while there is none."""
    newest = of.newest
    if newest is None:
        return []
    about = {"n": newest.n, "at": Time(newest.at), "gaps": Count(newest.gaps)}
    if newest.stage is PaperStage.SIGNED and of.changed:
        signed: dict[str, Any] = {"number": newest.number, "day": newest.day, "n": Count(of.changed)}
        return [_("The office's report: signed, {number} of {day}; {n} places have changed since", **signed)]
    if newest.stage is PaperStage.SIGNED:
        return [_("The office's report: signed, {number} of {day}", number=newest.number, day=newest.day)]
    if newest.stage is PaperStage.EDITED and of.changed:
        waits = _(
            "The office's report: its own version {n}; {changed} places to change in it",
            changed=Count(of.changed),
            **about,
        )
        return [waits]
    if newest.stage is PaperStage.EDITED:
        return [_("The office's report: its own version {n}, kept at {at}", **about)]
    if newest.gaps:
        return [_("The office's report: draft {n} of {at}, {gaps} gaps open", **about)]
    return [_("The office's report: draft {n} of {at}, no gap open", **about)]


def changes(those: Sequence[PaperChange], most: int) -> list[Part]:
    """List what has to be inserted, put in the place of something, or taken out, each with its place."""
    found: list[Part] = [_changed(n, each) for n, each in enumerate(those[:most], 1)]
    if len(those) > most:
        found.append(_("… and {n} more; they are all in the file.", n=Count(len(those) - most)))
    return found


def _changed(n: int, each: PaperChange) -> Part:
    about = {"n": n, "place": each.place, "text": short(each.text), "was": short(each.was)}
    if each.how is Changed.ADDED:
        return _("{n}. {place}: insert «{text}»", **about)
    if each.how is Changed.GONE:
        return _("{n}. {place}: take out «{was}»", **about)
    return _("{n}. {place}: «{text}» in the place of «{was}»", **about)


def short(text: str) -> str:
    """Return a text cut to what one looks for it by."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"
