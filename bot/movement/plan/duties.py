"""Duties of the plan, their days of a year, and the ladders of reminders they climb. Pure."""

from datetime import date, time, timedelta
from typing import Literal

from pydantic import Field

from bot.movement.plan.pieces import MonthDay, Piece


class Duty(Piece):
    """Something that is owed: by every unit each year, unless it says otherwise."""

    code: Literal["plan", "registration", "results", "confirmation", "provincial", "narrative"]
    name: str
    clause: str = ""
    """The clause of the plan that asks for it; none where the office asks for it by its own rule."""
    basis: Literal["plan", "office"] = "plan"
    """Whether a clause of the plan or a rule of the office asks for it."""
    by: Literal["unit", "office", "union"] = "unit"
    """Who owes it: every unit, or the office alone; unions are invited to it."""
    each: Literal["year", "sheet"] = "year"
    """What it is owed for: once a year, or for every sheet that somebody sends."""
    workdays: int = 0
    """each = "sheet": how many working days after that are allowed."""
    before: MonthDay | None = None
    """«Trước ngày 10/11»: the day before it is the last one allowed."""
    until: MonthDay | None = None
    opens: MonthDay = (1, 1)
    locks: MonthDay = (12, 31)
    promise_until: int = Field(14, ge=0)
    """How many days after the last one a head may still promise; beyond, the office is asked for an extension."""
    ladder: str = "yearly"
    command: str

    @property
    def drafted(self) -> bool:
        """Whether somebody may write it for whoever sends it: a list is only closed."""
        return self.code != "registration"

    @property
    def yearly(self) -> bool:
        """Whether it is owed once a year and has a date."""
        return self.each == "year"

    def last_day(self, year: int) -> date | None:
        """Return the last day allowed in a year; None when the plan names none."""
        if self.before is not None:
            return date(year, *self.before) - timedelta(days=1)
        return date(year, *self.until) if self.until is not None else None

    def promising(self, due: date | None, year: int) -> date:
        """Return the last day that may be promised."""
        locks = self.locking(year)
        return locks if due is None else min(locks, due + timedelta(days=self.promise_until))

    def opening(self, year: int) -> date:
        """Return the first day on which it may be filed for a year."""
        return date(year, *self.opens)

    def locking(self, year: int) -> date:
        """Return the last day on which it may be filed late for a year."""
        return date(year, *self.locks)


To = Literal["person", "head", "deputy", "office", "leader"]
"""Whom a rung speaks to: whoever drafts it, the head (or who acts for the head), the deputies; the office
and the leaders get the list of all who still owe, the leaders only as the Chánh Văn phòng has set it."""


class Rung(Piece):
    """One ping of a ladder: at the opening, or so many working days from the last working day."""

    opens: bool = False
    workdays: int = 0
    to: tuple[To, ...] = Field(("person", "head"), min_length=1)

    @property
    def here(self) -> bool:
        """Whether it speaks to the unit itself; office and leader get a list of all units."""
        return bool({"person", "head", "deputy"}.intersection(self.to))

    @property
    def code(self) -> str:
        """Its name in keys: opens, -7, 0, +1."""
        return "opens" if self.opens else f"{self.workdays:+d}" if self.workdays else "0"


class Ladder(Piece):
    """When a duty is spoken of."""

    code: str
    at: time
    rungs: tuple[Rung, ...]
