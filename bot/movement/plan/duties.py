"""Duties of the plan, their days of a year, and the ladders of reminders they climb. Pure."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Annotated, Literal

from bot.language import _
from bot.movement.plan.pieces import Piece
from bot.movement.plan.rules import (
    SOME,
    Clause,
    Code,
    Command,
    FewDays,
    Hour,
    Key,
    Line,
    MonthDay,
    MovementYear,
    Short,
    Steps,
    YesNo,
)
from bot.movement.plan.ways import WAYS, How, Way

_BASE = 2001
"""Any year, from which the days of parts are counted on."""


class DutyPart(Piece):
    """One of the times in a year at which a duty is owed."""

    name: Annotated[Short, Key(_("What is said after the duty's name"), '"quý I"')]
    opens: Annotated[
        MonthDay,
        Key(
            _("The first day on which it may be sent; a day before those of the part ahead is of the next year"),
            '"03-15"',
        ),
    ]
    before: Annotated[
        MonthDay | None, Key(_("«Trước ngày 10/11»: the day before it is the last one allowed"), '"04-05"')
    ] = None
    until: Annotated[MonthDay | None, Key(_("Or: this very day is the last one allowed"), '"04-04"')] = None
    locks: Annotated[
        MonthDay | None,
        Key(_("The last day on which it may be sent late; without it the day before this part opens again"), '"06-14"'),
    ] = None


class Duty(Piece):
    """Something that is owed: by every unit each year, unless it says otherwise."""

    code: Annotated[Code, Key(_("Its code; stays for ever"), '"bao_cao"')]
    name: Annotated[Line, Key(_("Its name inside a sentence, with a small letter"), '"báo cáo kết quả"')]
    short: Annotated[Line, Key(_("Its name on buttons and before a year; without it the name"), '"báo cáo năm"')] = ""
    how: Annotated[
        How,
        Key(
            _(
                "How it is done: plan (a unit's yearly plan), list (its list of what is registered), results (its yearly report), sheet (the head confirms each sheet), narrative (what a union tells), paper (made outside of the assistant; its day and number are recorded), supplement (the figures of its report once more, as of a later day, when the office asks for them), review (a unit's account of all years until then, in named years, when the office opens the campaign)"
            ),
            '"results"',
        ),
    ]
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
    of: Annotated[
        tuple[Code, ...], Key(_("Only units of these kinds owe it; without it all units do"), '["phong"]')
    ] = ()
    every: Annotated[
        Literal["year", "half", "quarter"],
        Key(_("How often it is owed; half and quarter have their parts, and are for papers alone"), '"quarter"'),
    ] = "year"
    parts: Annotated[
        tuple[DutyPart, ...],
        Key(
            _("The two or four parts of a year, in their order"),
            '[{ name = "quý I", opens = "03-15", before = "04-05" }]',
        ),
    ] = ()
    years: Annotated[tuple[MovementYear, ...], Key(_("Only in these years it is owed"), "[2027, 2030]")] = ()
    workdays: Annotated[
        FewDays, Key(_('how = "sheet": how many working days are allowed after the sheet was sent'), "5")
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
    figures: Annotated[
        MonthDay | None,
        Key(
            _(
                'how = "supplement": the day on which its figures end, after the cut-off; it opens and locks in the year after'
            ),
            '"12-31"',
        ),
    ] = None
    award: Annotated[
        Code | None,
        Key(
            _('how = "review": the code of the occasion of awards of which the review lists the proposals'), '"so_ket"'
        ),
    ] = None
    ladder: Annotated[Code, Key(_("The code of the ladder by which it is reminded of"), '"yearly"')] = "yearly"
    command: Annotated[
        Command, Key(_("The command that opens it; without it, it follows from how it is done"), '"baocaotinh"')
    ] = ""

    def __hash__(self) -> int:
        # Periods are looked up by their duty at every rung; hashing all of its keys would cost more than the rung.
        return hash(self.code)

    @property
    def way(self) -> Way:
        """What follows from how it is done."""
        return WAYS[self.how]

    @property
    def opened_by(self) -> str:
        """The command that opens it, with what it is told."""
        return self.command or (self.way.command if self.way.once else f"{self.way.command} {self.code}")

    @property
    def word(self) -> str:
        """How commands that people see and type name it: «baocao»; a paper by its code."""
        return self.way.word or (self.command if self.command and " " not in self.command else self.code)

    @property
    def called(self) -> str:
        """Its name on buttons and before a year."""
        return self.short or self.name

    @property
    def filed_as(self) -> str:
        """By which name the records that fulfil it are found: those of a way that a plan has once by the way."""
        return f":{self.how}" if self.way.once else self.code

    @property
    def drafted(self) -> bool:
        """Whether somebody may write it for whoever sends it: a list is only closed."""
        return self.how != "list"

    @property
    def yearly(self) -> bool:
        """Whether it is owed once a year and has a date."""
        return self.how != "sheet"

    def owed_in(self, year: int) -> bool:
        """Whether it is owed in a year."""
        return self.yearly and (not self.years or year in self.years)

    def owed_by(self, kind: str) -> bool:
        """Whether units of a kind owe it, of those that owe anything."""
        return not self.of or kind in self.of

    def last_day(self, year: int) -> date | None:
        """Return the last day allowed in a year; None when the plan names none."""
        return _last(self.before, self.until, year)

    def promising(self, due: date | None, year: int) -> date:
        """Return the last day that may be promised."""
        locks = self.locking(year)
        return locks if due is None else min(locks, due + timedelta(days=self.promise_until))

    def opening(self, year: int) -> date:
        """Return the first day on which it may be filed for a year; a supplement in the year after."""
        return date(year + self.way.after, *self.opens)

    def locking(self, year: int) -> date:
        """Return the last day on which it may be filed late for a year."""
        return date(year + self.way.after, *self.locks)

    def in_parts(self) -> "Iterator[Duty]":
        """Yield the duties that it is, each owed once a year: itself, or one for each of its parts."""
        if not self.parts:
            yield self
            return
        values, opened = {name: getattr(self, name) for name in type(self).model_fields}, date(_BASE - 1, 12, 31)
        for n, part in enumerate(self.parts, 1):
            opened = next(day for year in range(_BASE, _BASE + 9) if (day := date(year, *part.opens)) > opened)
            own = {
                "code": f"{self.code}.{n}",
                "name": f"{self.name} {part.name}",
                "short": f"{self.short} {part.name}" if self.short else "",
                "every": "year",
                "parts": (),
                "opens": part.opens,
                "before": part.before,
                "until": part.until,
                "part": part,
                "later": opened.year - _BASE,
            }
            yield DutyOfPart.model_construct(**{**values, **own})


class DutyOfPart(Duty):
    """One part of a duty: owed once a year by itself; its days may lie in the year after the one it is of."""

    part: DutyPart
    later: int = 0
    """How many calendar years after its year it opens."""

    def opening(self, year: int) -> date:
        """Return the first day on which it may be filed for a year."""
        return date(year + self.later, *self.opens)

    def last_day(self, year: int) -> date | None:
        """Return the last day allowed: the first such day from its opening on."""
        opens = self.opening(year)
        days = (_last(self.before, self.until, each) for each in (opens.year, opens.year + 1))
        return next((day for day in days if day is not None and day >= opens), None)

    def locking(self, year: int) -> date:
        """Return the last day on which it may be filed late."""
        if self.part.locks is None:
            return self.opening(year + 1) - timedelta(days=1)
        last = self.last_day(year) or self.opening(year)
        locks = date(last.year, *self.part.locks)
        return locks if locks >= last else date(last.year + 1, *self.part.locks)


def _last(before: tuple[int, int] | None, until: tuple[int, int] | None, year: int) -> date | None:
    if before is not None:
        return date(year, *before) - timedelta(days=1)
    return date(year, *until) if until is not None else None


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
