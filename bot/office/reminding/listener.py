"""Who hears a reminder, and what is known of each duty just before it is spoken of. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.language import Part
from bot.movement import UNIT, Calendar, Obligation, Plan, RungAt, To, rungs


@dataclass(frozen=True, slots=True)
class KnownOfDuty:
    """What is known of one duty just before it is spoken of."""

    missing: Part | None = None
    promised: date | None = None
    """The day that was promised for it and is over."""
    basis: Part | None = None
    """The document that set its date, where the office has entered one."""
    names: frozenset[To] = frozenset(UNIT)
    """By which names rungs of it speak to the listener."""
    opens: bool = True
    """Whether the listener may do something where it opens."""
    moved: date | None = None
    """The last day before it was moved, for whoever has not heard of the new one."""
    instead_of: Part | None = None
    """The head who cannot be told, where it comes to somebody else."""


@dataclass(frozen=True, slots=True)
class Listener:
    """Whom a reminder is said to, and on which day."""

    today: date
    calendar: Calendar
    plan: Plan
    unit_name: str
    arranges: bool = False
    """Whether they name who drafts and promise a day."""
    known: Mapping[tuple[str, int, str], KnownOfDuty] = field(default_factory=dict)
    """By duty, year and subject."""

    def of(self, owed: Obligation) -> KnownOfDuty:
        """Return what is known of a duty."""
        return self.known.get((owed.duty.code, owed.year, owed.subject), KnownOfDuty())

    def coming(self, owed: Obligation) -> Sequence[RungAt]:
        """Return the rungs still to come that speak to them."""
        names = self.of(owed).names
        found = rungs(owed.period, self.plan, self.calendar)
        return [rung for rung in found if rung.day > self.today and not names.isdisjoint(rung.rung.to)]

    def opens_now(self, owed: Obligation) -> bool:
        """Whether its time has just begun: said later, that would be no news."""
        opened = self.calendar.next_workday(owed.opens)
        return self.calendar.between(opened, self.today) <= 1
