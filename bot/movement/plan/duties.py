"""Duties of the plan, their days of a year, and the ladders of reminders they climb. Pure."""

from datetime import date, timedelta
from typing import Annotated, Literal

from bot.language import _
from bot.movement.plan.pieces import Piece
from bot.movement.plan.rules import SOME, Clause, Code, Command, FewDays, Hour, Key, Line, MonthDay, Steps, YesNo


class Duty(Piece):
    """Something that is owed: by every unit each year, unless it says otherwise."""

    code: Annotated[
        Code,
        Key(
            _(
                "Which duty: plan (yearly plan), registration (list of what is registered), results (yearly report), confirmation (of a sheet by the head), provincial (the office's own report), narrative (of unions); any other code is one more report that the office itself makes outside of the assistant"
            ),
            '"results"',
        ),
    ]
    name: Annotated[Line, Key(_("Its name inside a sentence, with a small letter"), '"báo cáo kết quả"')]
    clause: Annotated[
        Clause, Key(_("The clause of the plan that asks for it; none where the office asks by its own rule"), '"VI.4"')
    ] = ""
    basis: Annotated[
        Literal["plan", "office"], Key(_("Whether a clause of the plan or a rule of the office asks for it"), '"plan"')
    ] = "plan"
    by: Annotated[
        Literal["unit", "office", "union"],
        Key(_("Who owes it: every unit, or the office alone; unions are invited to it"), '"unit"'),
    ] = "unit"
    each: Annotated[
        Literal["year", "sheet"],
        Key(_("What it is owed for: once a year, or for every sheet that somebody sends"), '"year"'),
    ] = "year"
    workdays: Annotated[
        FewDays, Key(_('each = "sheet": how many working days are allowed after the sheet was sent'), "5")
    ] = 0
    before: Annotated[
        MonthDay | None, Key(_("«Trước ngày 10/11»: the day before it is the last one allowed"), '"11-10"')
    ] = None
    until: Annotated[MonthDay | None, Key(_("Or: this very day is the last one allowed"), '"11-09"')] = None
    opens: Annotated[MonthDay, Key(_("The first day on which it may be sent"), '"10-15"')] = (1, 1)
    locks: Annotated[MonthDay, Key(_("The last day on which it may be sent late"), '"12-31"')] = (12, 31)
    promise_until: Annotated[
        FewDays,
        Key(
            _(
                "How many days after the last one a head may still promise; beyond, the office is asked for an extension"
            ),
            "14",
        ),
    ] = 14
    ladder: Annotated[Code, Key(_("The code of the ladder by which it is reminded of"), '"yearly"')] = "yearly"
    command: Annotated[Command, Key(_("The command that opens it"), '"baocao"')]

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

    opens: Annotated[YesNo, Key(_("true: on the day on which the duty opens"), "true")] = False
    workdays: Annotated[
        Steps, Key(_("So many working days from the last working day: -7 before it, 0 on it, 1 after it"), "-7")
    ] = 0
    to: Annotated[
        tuple[To, ...],
        SOME,
        Key(
            _("To whom: person (who drafts it), head, deputy, office (the desk's list), leader (the list, as set)"),
            '["person", "head"]',
        ),
    ] = ("person", "head")

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

    code: Annotated[Code, Key(_("Its code, which duties name"), '"yearly"')]
    at: Annotated[Hour, Key(_("At which hour"), "08:00:00")]
    rungs: Annotated[
        tuple[Rung, ...], SOME, Key(_("When it is spoken of, one entry a day"), "[{ opens = true }, { workdays = -3 }]")
    ]
