"""When the machine speaks unasked, what it finds surprising, and how long it keeps things. Pure."""

from datetime import date, time
from decimal import Decimal

from pydantic import Field

from bot.movement.plan.pieces import MonthDay, Piece


class Watch(Piece):
    """The day of each year from which on the pace towards a target is looked at; told once."""

    target: str
    on: MonthDay

    def day(self, year: int) -> date:
        """Return the day in a year."""
        return date(year, *self.on)


class Speaking(Piece):
    """When the machine may speak unasked, and how it holds back."""

    windows: tuple[tuple[time, time], ...]
    digest_at: time
    """When the office's digest goes out: after the weekly briefing."""
    digest_weekday: int = Field(0, ge=0, le=6)
    """0 is Monday."""
    last_days: int = 7
    """Daily in the last so many days before the last one."""
    last_list_at: time
    """When the list of the last day goes out: what has come until then."""
    list_at: time
    """When the list of the days after goes out, with the draft: the heads had the morning to act first."""
    open_form_minutes: int = 60
    merge_minutes: int = 10


class Surprise(Piece):
    """What makes a figure surprising: it is asked about, never refused."""

    points: Decimal
    ratio: Decimal


class Keeping(Piece):
    """How long things are kept, in days."""

    bodies: int = 30
    keys: int = 400
    invitations: int = 7
    nudge: int = 7
    """A sheet nobody has touched for so long is spoken of, once."""
    drafts: int = 365
    """Then it is put away; it can be taken up again."""
