"""The working calendar: which days are worked, and when the office may be spoken to. Pure."""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

ONE = timedelta(days=1)
REMEMBERED = 10_000
"""Days of which a calendar remembers whether they are worked: more than a movement has."""


@dataclass(frozen=True, slots=True)
class Override:
    """The office's word over the library's: a day off, or a working Saturday, and its source."""

    day: date
    off: bool
    note: str = ""
    source: str = ""


@dataclass(frozen=True)
class Calendar:
    """Monday to Friday without the holidays, with the overrides that are shipped and the office's own."""

    holidays: Mapping[date, str]
    overrides: Mapping[date, Override]
    own: Mapping[date, Override] = field(default_factory=dict)
    """What this office has set itself; it goes before all else."""
    _worked: dict[date, bool] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What was asked before: every rule counts working days."""

    def override(self, day: date) -> Override | None:
        """Return what somebody has decided about this day, if anybody has."""
        return self.own.get(day) or self.overrides.get(day)

    def setting(self, own: Iterable[Override]) -> "Calendar":
        """Return the calendar as it would be with these days of the office's own as well."""
        return replace(self, own={**self.own, **{each.day: each for each in own}})

    def without(self, days: Container[date]) -> "Calendar":
        """Return the calendar as it would be if the office took these days of its own back."""
        return replace(self, own={day: each for day, each in self.own.items() if day not in days})

    def works(self, day: date) -> bool:
        """Whether the office works on this day."""
        found = self._worked.get(day)
        if found is None:
            if len(self._worked) >= REMEMBERED:
                self._worked.clear()
            override = self.override(day)
            found = not override.off if override is not None else day.weekday() < 5 and day not in self.holidays
            self._worked[day] = found
        return found

    def why_off(self, day: date) -> str:
        """Return the holiday's name, or nothing for a weekend or a working day."""
        override = self.override(day)
        if override is not None:
            return override.note if override.off else ""
        return self.holidays.get(day, "")

    def next_workday(self, day: date) -> date:
        """Return this day if it is worked, else the first one after it that is."""
        while not self.works(day):
            day += ONE
        return day

    def previous_workday(self, day: date) -> date:
        """Return this day if it is worked, else the last one before it that was."""
        while not self.works(day):
            day -= ONE
        return day

    def shift(self, day: date, n: int) -> date:
        """Return the n-th working day after (or, below zero, before) a day."""
        step = ONE if n > 0 else -ONE
        for _ in range(abs(n)):
            day += step
            while not self.works(day):
                day += step
        return day

    def between(self, start: date, end: date) -> int:
        """Count the working days after `start` up to and with `end`; below zero when end comes first."""
        if end < start:
            return -self.between(end, start)
        return sum(self.works(day) for day in days(start + ONE, end))


def days(start: date, end: date) -> Iterator[date]:
    """Return every day from start to end, both with."""
    while start <= end:
        yield start
        start += ONE


@dataclass(frozen=True)
class Hours:
    """The windows of a working day in which the machine may speak unasked; each closes with its last minute."""

    windows: tuple[tuple[time, time], ...]

    def open(self, now: datetime, calendar: Calendar) -> bool:
        """Whether somebody may be spoken to now."""
        minute = now.time().replace(second=0, microsecond=0)
        return calendar.works(now.date()) and any(start <= minute <= end for start, end in self.windows)

    def closing(self, now: datetime) -> datetime:
        """Return the last minute of this day in which somebody may be spoken to."""
        return datetime.combine(now.date(), max(end for _start, end in self.windows), now.tzinfo)

    def next_opening(self, now: datetime, calendar: Calendar) -> datetime:
        """Return the next time at which a window opens (now itself, when one is open)."""
        if self.open(now, calendar):
            return now
        day = now.date()
        while True:
            if calendar.works(day):
                for start, _end in self.windows:
                    at = datetime.combine(day, start, now.tzinfo)
                    if at >= now:
                        return at
            day += ONE
