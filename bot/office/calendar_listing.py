"""The list of days off and make-up days, in stretches: what the office reads and confirms. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.dialogue import say_days
from bot.language import Count, Joined, Part, Text, _
from bot.movement import Calendar, days

FAMILY = {"29 Tết": "Tết Nguyên đán"}
"""Names of the library that do not name their feast."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days that belong together: off for one feast or by one document, or worked to make up."""

    first: date
    last: date
    off: bool
    notes: tuple[str, ...]
    source: str = ""
    own: bool = False
    """Whether the office has set it itself."""

    @property
    def names(self) -> list[str]:
        """What it is called: each feast once, without «mùng hai», «nghỉ bù»."""
        notes = list(dict.fromkeys(FAMILY.get(note, note) for note in self.notes))
        return [note for note in notes if not any(other != note and other in note for other in notes)]


def asked(year: int, desk: str) -> Text:
    """Return the head of what the office is asked to confirm."""
    return _("Days off and make-up days of {year}: {desk} is asked to confirm them", year=year, desk=desk)


def stretches(calendar: Calendar, first: date, last: date) -> list[Stretch]:
    """Return every day off that has a name, and every make-up day, between two days; weekends inside join them."""
    found: list[Stretch] = []
    joins = False
    for day in days(first, last):
        one = _stretch(calendar, day)
        if one is not None and found and joins and _alike(found[-1], one):
            before = found[-1]
            found[-1] = Stretch(before.first, day, one.off, (*before.notes, *one.notes), one.source, one.own)
        elif one is not None:
            found.append(one)
        if one is not None:
            joins = True
        else:
            joins = joins and found[-1].off and not calendar.works(day)
    return found


def _stretch(calendar: Calendar, day: date) -> Stretch | None:
    override = calendar.override(day)
    if override is not None:
        return Stretch(day, day, override.off, (override.note,), override.source, day in calendar.own)
    name = calendar.holidays.get(day)
    return None if name is None else Stretch(day, day, True, (name,))


def _alike(before: Stretch, one: Stretch) -> bool:
    """Whether they stand in one line: two feasts of the library do, two documents do not."""
    if (before.off, before.source, before.own) != (one.off, one.source, one.own):
        return False
    return before.notes[-1:] == one.notes or not (one.source or one.own)


def lines_of(found: Sequence[Stretch], desk: str) -> list[Part]:
    """Return the days off, then the make-up days, a line a stretch."""
    lines: list[Part] = []
    for off, head, nothing in (
        (True, _("Days off:"), _("Days off: none beside Saturdays and Sundays")),
        (False, _("Make-up working days:"), _("Make-up working days: none")),
    ):
        of_kind = [each for each in found if each.off is off]
        lines += [head, *(line_of(each, desk) for each in of_kind)] if of_kind else [nothing]
    return lines


def line_of(each: Stretch, desk: str) -> Text:
    """Return one stretch with its note, and by which document."""
    about = {"when": when(each), "note": Joined(each.names, "; ")}
    if each.own:
        return _("- {when}: {note} (set by {desk}, basis: {source})", desk=desk, source=each.source, **about)
    if each.source:
        return _("- {when}: {note} (basis: {source})", source=each.source, **about)
    return _("- {when}: {note}", **about)


def when(each: Stretch) -> Part:
    """Return the days of a stretch, counted where there are several."""
    if each.first == each.last:
        return say_days(each.first, each.last)
    n = (each.last - each.first).days + 1
    return _("{span}, {n} days", span=say_days(each.first, each.last), n=Count(n))


def lines_of_year(calendar: Calendar, year: int, desk: str, since: date | None = None) -> list[Part]:
    """Return a year's list, or what of it is not over yet on a day."""
    found = of_year(calendar, year, since)
    return lines_of(found, desk)


def of_year(calendar: Calendar, year: int, since: date | None = None) -> list[Stretch]:
    """Return the stretches of a year, or those that are not over yet on a day."""
    found = stretches(calendar, date(year, 1, 1), date(year, 12, 31))
    return [each for each in found if since is None or each.last >= since]
