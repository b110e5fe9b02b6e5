"""What is wanted of the units, as a value: which end, what is made, who goes where, who heads. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any


class UnitAct(StrEnum):
    """What becomes of units."""

    NEW = "new"
    RENAMED = "renamed"
    ENDED = "ended"
    MERGED = "merged"
    SPLIT = "split"


@dataclass(frozen=True, slots=True)
class MadeUnit:
    """A unit that is made by a change, or a unit's new name."""

    code: str
    name: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class WantedUnits:
    """One change of the units."""

    act: UnitAct
    day: date
    """The first day on which it holds."""
    basis: str = ""
    """The document that orders it."""
    units: Sequence[str] = ()
    """The units it begins with: those that merge, the one that is split, ended or renamed."""
    into: str = ""
    """Where everybody goes who is not named: the successor; of a split what the rest is called."""
    made: Sequence[MadeUnit] = ()
    """Units that are new; of a renamed one its new name."""
    there: Mapping[str, Sequence[int]] = field(default_factory=dict)
    """Who goes somewhere else than into it, by unit."""
    heads: Mapping[str, int] = field(default_factory=dict)
    """Who heads a unit from now on."""
    after: str | None = None
    """Behind which unit a new one stands in the list; None for its end."""

    @property
    def ending(self) -> Sequence[str]:
        """Return the units that are no more afterwards."""
        if self.act in (UnitAct.MERGED, UnitAct.ENDED):
            return self.units
        return [unit for unit in self.units if unit != self.into] if self.act is UnitAct.SPLIT else ()

    def to_json(self) -> dict[str, Any]:
        """Return it as it is kept."""
        return {
            "units": list(self.units),
            "basis": self.basis,
            "into": self.into,
            "made": [[each.code, each.name, each.kind] for each in self.made],
            "there": {unit: list(people) for unit, people in self.there.items()},
            "heads": dict(self.heads),
            "after": self.after,
        }


def wanted_of(kind: str, day: date, kept: Mapping[str, Any]) -> WantedUnits:
    """Return what was kept as a value."""
    made = [MadeUnit(*each) for each in kept["made"]]
    return WantedUnits(UnitAct(kind), day, **{**kept, "made": made})
