"""From when until when units are there: who was there on the last day of a duty owes it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Span:
    """The days of a unit; open where nobody has said when it came or went."""

    since: date | None = None
    ended: date | None = None
    """The first day without it."""

    def has(self, day: date) -> bool:
        """Whether the unit is there on a day."""
        return (self.since is None or self.since <= day) and (self.ended is None or day < self.ended)


ALWAYS = Span()
Spans = Mapping[str, Span]
"""By the code of a unit; one that is not in it was there always."""
NO_SPANS: Spans = MappingProxyType({})
