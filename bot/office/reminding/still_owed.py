"""What of a day's row is still owed, and still this person's to do: looked up just before it is said. In the transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.conversation import Visit
from bot.movement import Circle, May, Obligation, To, away, broken, rungs
from bot.office.duties import submissions
from bot.office.duties.duty_kinds import kind_of, written
from bot.office.reminding import audience
from bot.office.reminding.listener import KnownOfDuty, Listener
from storage import deadlines
from storage import rungs as rungs_said
from storage.people import Person


@dataclass(frozen=True, slots=True)
class StillOwed:
    """What a person is reminded of today."""

    listener: Listener
    mine: Sequence[tuple[Obligation, str]]
    """What is theirs to do, each with the code of the rung that calls for it."""
    watched: Sequence[Obligation]
    """Sheets that somebody else has to confirm."""


def still_owed(visit: Visit, entries: Sequence[Mapping[str, Any]]) -> StillOwed:
    """Look up what is left of a row's reminders."""
    wanted = {(entry["unit"], entry["duty"], entry["year"], entry["subject"]): entry for entry in entries}
    left: list[tuple[Obligation, str]] = []
    known: dict[tuple[str, int, str], KnownOfDuty] = {}
    for unit in dict.fromkeys(each[0] for each in wanted):
        circle = audience.circle(visit, unit)
        for owed in submissions.owed(visit, unit):
            entry = wanted.get((unit, owed.duty.code, owed.year, owed.subject))
            if entry is None or not owed.speaks or not broken(circle.promised.get(owed.key), visit.now):
                continue
            names = audience.names(visit, owed, circle)
            if _calls(visit, owed, entry["rung"], names) and not _passed_on(visit, owed):
                left.append((owed, entry["rung"]))
                known[owed.duty.code, owed.year, owed.subject] = _known(visit, owed, entry, names, circle)
    listener = Listener(
        visit.now.date(),
        visit.office.calendar,
        visit.plan,
        visit.me.unit_name,
        visit.may(May.DELEGATE) or submissions.sends(visit),
        known,
    )
    watched = [owed for owed, _rung in left if _watches(listener.of(owed), owed)]
    return StillOwed(listener, [each for each in left if each[0] not in watched], watched)


def _watches(known: KnownOfDuty, owed: Obligation) -> bool:
    """Whether a sheet is not this person's to confirm: they wrote it, or are of the office."""
    return bool(owed.subject) and known.names.isdisjoint({"head", "deputy"})


def _known(
    visit: Visit, owed: Obligation, entry: Mapping[str, Any], names: frozenset[To], circle: Circle[Person]
) -> KnownOfDuty:
    """Read what a reminder says beside its dates."""
    entered = visit.tx.one(deadlines.DEADLINE, duty=owed.duty.code, year=owed.year)
    promised, basis, moved = circle.promised.get(owed.key), None, None
    if promised is not None and entry.get("promised") != promised.isoformat():
        promised = None  # it was spoken of before
    if entered is not None and not owed.subject:
        basis = entered.basis
        if entry.get("first") and owed.due is not None and entered.was is not None:
            duty, year, due = owed.duty.code, owed.year, owed.due
            moved = rungs_said.told_day(visit.tx, person=visit.me.id, duty=duty, year=year, but=due) or entered.was
    return KnownOfDuty(
        kind_of(owed).missing(visit, owed),
        promised,
        basis,
        names,
        submissions.opens(visit, owed),
        moved,
        audience.instead_of(visit, owed, circle),
    )


def _calls(visit: Visit, owed: Obligation, code: str, names: frozenset[To]) -> bool:
    """Whether this rung still is of the ladder and speaks to them: the date may have moved, and the rung with it."""
    ladder = rungs(owed.period, visit.plan, visit.office.calendar)
    return any(each.code == code and not names.isdisjoint(each.rung.to) for each in ladder)


def _passed_on(visit: Visit, owed: Obligation) -> bool:
    """Whether all is written that whoever drafts can write: the rest is the head's."""
    if not kind_of(owed).form or owed.duty.by == "office" or submissions.sends(visit):
        return False
    found = written(visit, owed)
    return found is not None and found.begun and not found.missing


def still_urged(visit: Visit, about: Mapping[str, Any]) -> Obligation | None:
    """Look up what is urged by hand, as long as it is owed, not promised, and this person's to send.

    A second message on a day names that day: on the next one it would need consent anew.
    """
    today = visit.now.date()
    if about.get("day", str(today)) != str(today) or away(visit.me, today) or not submissions.sends(visit):
        return None
    owed = submissions.obligation(visit, about["duty"], str(about["year"]))
    if owed is None or not owed.speaks:
        return None
    return owed if broken(audience.circle(visit, owed.unit).promised.get(owed.key), visit.now) else None
