"""Which reminders would fall away and which would come under another plan, day by day: both are rehearsed and compared."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from bot.conversation import Office
from bot.language import Count, Joined, Part, Weekday, _
from bot.movement import Occasion, Plan, ToSay
from bot.office.reminding import rehearsal, rehearsed_year
from bot.office.reminding.occasion_texts import occasion_name, rung_name
from bot.office.reminding.rehearsal import RehearsalStage
from storage.db import Snapshot

Played = tuple[RehearsalStage[Any], datetime, datetime]


@dataclass(frozen=True, slots=True)
class RehearsedMessage:
    """What one reminder is of: a rung of a duty, a list for the office, or a note."""

    what: str
    duty: str = ""
    year: int = 0


Told = Counter[tuple[date, RehearsedMessage]]
"""To how many people each is said on a day."""


async def compared(snapshot: Snapshot, before: Office, after: Office, now: datetime) -> list[Part]:
    """Say for the rest of this year and for the next one what falls away and what comes, day by day."""
    lines: list[Part] = []
    for year in (now.year, now.year + 1):
        was, is_now = [told(*await _stage(snapshot, each, now, year)) for each in (before, after)]
        lines += _year(year, was, is_now, (before.plan, after.plan))
    return lines


async def _stage(snapshot: Snapshot, office: Office, now: datetime, year: int) -> Played:
    """Read what the rest of this year is played with, as it stands; or a year as if nobody had done anything."""
    if year != now.year:
        return await rehearsed_year.stage_of(snapshot, office, now, year)
    stage = await rehearsal.read(snapshot, office, now)
    return stage, now, datetime.combine(date(year, 12, 31), time(23, 59), now.tzinfo)


def told(stage: RehearsalStage[Any], start: datetime, end: datetime) -> Told:
    """Return what will be said from `start` up to `end`, counted."""
    found: Told = Counter()
    for ping in rehearsal.rehearse(stage, start, end):
        found.update((ping.at.date(), message) for message in _messages(ping.to_say))
    return found


def _messages(to_say: ToSay) -> Iterator[RehearsedMessage]:
    for each in to_say.reminders:
        yield RehearsedMessage(f"rung:{each.rung.code}", each.obligation.duty.code, each.obligation.year)
    for digest in to_say.digests:
        yield RehearsedMessage(f"digest:{digest.occasion.value}", digest.duty, digest.year)
    for note in to_say.notes:
        yield RehearsedMessage(f"note:{note}")


# In words -------------------------------------------------------------------------------------


def _year(year: int, was: Told, is_now: Told, plans: tuple[Plan, Plan]) -> Iterator[Part]:
    gone, come = was - is_now, is_now - was
    if not gone and not come:
        yield _("Reminders of {year}: as before ({n})", year=year, n=Count(was.total()))
        return
    yield _(
        "Reminders of {year}: {gone} fall away, {come} come, {same} stay (as if nobody does anything before):",
        year=year,
        gone=Count(gone.total()),
        come=Count(come.total()),
        same=Count((was & is_now).total()),
    )
    for day in sorted({day for day, _message in (gone | come)}):
        parts = [
            *(_("minus {n} ({what})", n=Count(n), what=_named(message, plans)) for message, n in _of(gone, day)),
            *(_("plus {n} ({what})", n=Count(n), what=_named(message, plans)) for message, n in _of(come, day)),
        ]
        yield _("  {day} {weekday}: {changes}", day=day, weekday=Weekday(day), changes=Joined(parts, "; "))


def _of(told: Told, day: date) -> list[tuple[RehearsedMessage, int]]:
    return [(message, n) for (at, message), n in told.items() if at == day]


def _named(message: RehearsedMessage, plans: tuple[Plan, Plan]) -> Part:
    kind, _colon, code = message.what.partition(":")
    if kind == "note":
        return NOTES.get(code, code)
    duty = next(
        (each.name for plan in plans[::-1] for each in plan.all_duties if each.code == message.duty), message.duty
    )
    how = rung_name(code) if kind == "rung" else occasion_name(Occasion(code))
    return _("{duty} {year}, {how}", duty=duty, year=message.year, how=how)


NOTES: dict[str, Part] = {
    "week": _("the list of the week"),
    "undated": _("dates not given"),
    "calendar": _("the next year's days off"),
}
