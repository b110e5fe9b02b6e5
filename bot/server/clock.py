"""The office's clock: the only place that asks what time it is. It may be moved on, never back."""

from datetime import UTC, datetime, timedelta

from storage.values import ZONE as OFFICE

__all__ = ["OFFICE", "Clock", "at_office"]

OLDEST = timedelta(days=31)
"""No messenger keeps a message longer for us: a time that lies further back is not believed."""


class Clock:
    """Office time (Asia/Ho_Chi_Minh): running with an offset, or standing still between moves."""

    def __init__(self, offset: timedelta = timedelta(), standing: datetime | None = None) -> None:
        self.offset = offset
        self._standing = standing

    @classmethod
    def running_from(cls, at: datetime) -> "Clock":
        """Return a clock that shows `at` now and runs on."""
        return cls(offset=at - datetime.now(UTC))

    def now(self) -> datetime:
        """Return the office's time."""
        if self._standing is not None:
            return self._standing
        return (datetime.now(UTC) + self.offset).astimezone(OFFICE)

    def told(self, theirs: float) -> datetime | None:
        """Return a messenger's time (seconds since 1970) as office time, never ahead of ours; None if not believed.

        Real time is shifted as ours is; what is ahead of real time has been shifted by whoever said it.
        """
        real, now = datetime.now(UTC), self.now()
        try:
            at = datetime.fromtimestamp(theirs, UTC)
        except (ValueError, OverflowError, OSError):
            return None
        at = min(at + (now - real) if at <= real else at, now).astimezone(OFFICE)
        return at if now - at <= OLDEST else None

    def move_to(self, at: datetime) -> None:
        """Move on to a later time; raises ValueError for an earlier one."""
        now = self.now()
        if at < now:
            raise ValueError(f"the clock cannot go back from {now:%d/%m/%Y %H:%M} to {at:%d/%m/%Y %H:%M}")
        if self._standing is not None:
            self._standing = at
        else:
            self.offset += at - now


def at_office(text: str) -> datetime:
    """Return a time as people give it to a command, 2027-11-02T08:00 in the office's zone."""
    at = datetime.fromisoformat(text)
    return at.replace(tzinfo=OFFICE) if at.tzinfo is None else at.astimezone(OFFICE)
