"""What a unit's figures are compared with, and what the assistant counts of the unit: looked up in a turn or in one snapshot."""

from abc import ABC, abstractmethod
from datetime import date

from bot.dialogue import Facts
from bot.movement import Baseline, Target


class MeasuredFacts(Facts, ABC):
    """What is known of one unit's year besides what it has told itself."""

    until: date | None = None
    """The day on which the figures end, where that is not the plan's own."""

    def whole(self, estimate: bool) -> bool:
        """Whether an amount is the whole year's: an estimate of it, or what it came to."""
        return estimate or self.until is not None

    @abstractmethod
    def baseline(self, target: Target) -> tuple[int, Baseline] | None:
        """Return the year that an amount is measured against, and its amount; None where nothing can be."""

    @abstractmethod
    def counted(self, target: Target) -> int:
        """Return how many sheets of the unit a target counts."""

    @abstractmethod
    def taking_part(self, target: Target) -> tuple[int, int]:
        """Return how many of the unit's officials have a part in a sheet that a target counts, of how many."""

    @abstractmethod
    def issued(self) -> date | None:
        """Return the day of the unit's plan; None while there is none."""
