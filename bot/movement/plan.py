"""The movement as data: one TOML file that another office changes to run its own."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from bot.language import Part, Units, _
from bot.movement.calendar import Hours


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in a plan file: where, what, and what was expected."""

    where: str
    what: Part
    expected: Part = ""


class BadPlan(Exception):
    """The plan file cannot be used; `problems` says everything that is wrong at once."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(f"{len(problems)} problems, the first at {problems[0].where}")
        self.problems = tuple(problems)


def _month_day(text: Any) -> Any:
    if isinstance(text, str) and len(text) == 5 and text[2] == "-":
        try:
            month, day = map(int, text.split("-"))
            date(2027, month, day)  # 29/02 is not a day of every year
            return (month, day)
        except ValueError:
            pass
    raise ValueError("month-day")


def _factor(text: Any) -> str:
    try:
        if Fraction(text) > 0:
            return str(text)
    except (TypeError, ValueError, ZeroDivisionError):
        pass
    raise ValueError("factor")


Factor = Annotated[str, BeforeValidator(_factor)]
"""How many of one unit another is: "1/500", "2"."""
MonthDay = Annotated[tuple[int, int], BeforeValidator(_month_day)]
"""A day of every year, written "11-10" (month-day)."""


class Piece(BaseModel):
    """A part of the plan: nothing may stand in it that is not known."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Office(Piece):
    """Whose movement it is."""

    model_config = ConfigDict(str_strip_whitespace=True, str_min_length=1)

    name: str
    short: str
    desk: str
    """Who collects the reports: «Văn phòng Sở»."""
    desk_unit: str
    """The code of the unit that the desk is itself."""


class Area(Piece):
    """A content of the movement (II.1-II.6)."""

    code: str
    name: str
    short: str
    aims: tuple[str, ...] = ()
    example: str = ""


class Kind(Piece):
    """A kind of registration."""

    code: Literal["sk", "mh", "nv"]
    prefix: str
    name: str
    short: str
    words: tuple[str, ...] = ()
    example: str = ""
    summary_example: str = ""


class Level(Piece):
    """A level of recognition; every one counts for target III.4."""

    code: str
    name: str


class Measure(StrEnum):
    """How a target is measured."""

    UNITS_WITH_PLAN = "units_with_plan"
    SHARE = "share"
    COUNT = "count"
    REDUCTION = "reduction"


class Target(Piece):
    """A target of the movement (III.1-III.6), or a figure that belongs to an area."""

    code: str
    name: str
    short: str
    measure: Measure
    goal: Decimal
    asked: bool = False
    """Whether it is asked for; the others are counted from what is known."""
    asked_of: Literal["units", "office"] = "units"
    """Whether every unit is asked, or the office alone as one: «tại cơ quan» can mean one buyer."""
    area: str = ""
    """The area it belongs to, when it is not a target of its own."""
    numerator: str = ""
    denominator: str = ""
    counts: Literal["", "people", "procedures", "documents", "paper"] = ""
    unit: str = ""
    """What an amount is counted in."""
    units: dict[str, Factor] = {}
    """Other units in which people may give it, and how many of `unit` one of them is."""
    beside: tuple[str, ...] = ()
    """Words that may stand beside a unit and change nothing."""
    may_not_apply: bool = False
    by_year: int | None = None
    """The year by which the goal is to be reached, when it is not yearly."""

    @property
    def of_office(self) -> bool:
        """Whether the office alone gives it, as one."""
        return self.asked and self.asked_of == "office"

    @property
    def measured_in(self) -> Units:
        """The units in which people may give it."""
        return Units(self.unit, tuple((name, Fraction(of)) for name, of in self.units.items()), self.beside)


class Section(Piece):
    """A narrative part of the report."""

    code: str
    name: str
    page: Literal["steering", "assessment"]
    example: str = ""


class UnionSection(Piece):
    """A part of what unions are invited to write of a year."""

    code: str
    name: str
    question: str = ""
    example: str = ""


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
        """The last day allowed in a year; None when the plan names none."""
        if self.before is not None:
            return date(year, *self.before) - timedelta(days=1)
        return date(year, *self.until) if self.until is not None else None

    def promising(self, due: date | None, year: int) -> date:
        """The last day that may be promised."""
        locks = self.locking(year)
        return locks if due is None else min(locks, due + timedelta(days=self.promise_until))

    def opening(self, year: int) -> date:
        """The first day on which it may be filed for a year."""
        return date(year, *self.opens)

    def locking(self, year: int) -> date:
        """The last day on which it may be filed late for a year."""
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


class Watch(Piece):
    """The day of each year from which on the pace towards a target is looked at; told once."""

    target: str
    on: MonthDay

    def day(self, year: int) -> date:
        """The day in a year."""
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


class Plan(Piece):
    """The movement. Codes are for ever (they are in the database); names may change."""

    def __hash__(self) -> int:
        # Forms are cached by their plan; hashing all of it would cost more than making the form.
        return id(self)

    name: str
    clause_of_reporting: str
    office: Office
    first_year: int
    last_year: int
    reviews: tuple[int, ...] = ()
    cutoff: MonthDay
    register_from: MonthDay = (12, 1)
    """From this day of the year before on, a year may be registered for."""
    """The day figures of a yearly report end on."""
    notice: str
    """The version of the data notice."""
    areas: tuple[Area, ...] = Field(min_length=1)
    kinds: tuple[Kind, ...] = Field(min_length=1)
    levels: tuple[Level, ...] = Field(min_length=1)
    targets: tuple[Target, ...]
    figures: tuple[Target, ...] = ()
    sections: tuple[Section, ...]
    union_sections: tuple[UnionSection, ...] = ()
    duties: tuple[Duty, ...]
    ladders: tuple[Ladder, ...]
    radar: tuple[Watch, ...] = ()
    speaking: Speaking
    surprise: Surprise
    keeping: Keeping = Keeping()

    @classmethod
    def parse(cls, text: str) -> "Plan":
        """The plan of a TOML text; raises BadPlan with every problem."""
        try:
            data = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise BadPlan([Problem(_line_of(str(error)), _("This is not TOML: {error}", error=str(error)))]) from None
        try:
            return cls.model_validate(data)
        except ValidationError as error:
            raise BadPlan([_problem(found) for found in error.errors()]) from None

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        for name in ("areas", "kinds", "levels", "sections", "union_sections", "duties", "ladders"):
            codes = [piece.code for piece in getattr(self, name)]
            if len(set(codes)) < len(codes):
                raise ValueError(f"{name}: a code stands twice: {', '.join(codes)}")
        codes = [target.code for target in self.asked_about]
        if len(set(codes)) < len(codes):
            raise ValueError(f"targets, figures: a code stands twice: {', '.join(codes)}")
        for each in self.asked_about:
            if each.asked_of == "office" and (each.measure is not Measure.REDUCTION or not each.asked):
                raise ValueError(f'targets {each.code}: asked_of = "office" goes with an amount that is asked for')
            if each.of_office and each.code in {watch.target for watch in self.radar}:
                raise ValueError(f"radar {each.code}: the office alone gives this figure, so no unit can be told")
            if each.counts == "paper" and not each.unit.strip():
                raise ValueError(f"targets {each.code}: an amount has a unit")
        if self.first_year > self.last_year:
            raise ValueError("first_year: it comes after last_year")
        ladders = {ladder.code for ladder in self.ladders}
        for duty in self.duties:
            if (duty.code == "narrative") != (duty.by == "union") or (duty.by == "union" and not self.union_sections):
                raise ValueError(f'duties {duty.code}: by = "union" goes with the narrative and with union_sections')
            if bool(duty.clause) != (duty.basis == "plan"):
                raise ValueError(f'duties {duty.code}: a clause goes with basis = "plan" and only with it')
            if duty.ladder not in ladders:
                raise ValueError(f"duties {duty.code}: there is no ladder {duty.ladder}")
            if duty.before is not None and duty.until is not None:
                raise ValueError(f"duties {duty.code}: both before and until")
            if duty.yearly == bool(duty.workdays):
                raise ValueError(f'duties {duty.code}: workdays go with each = "sheet" and only with it')
            last = duty.last_day(self.first_year)
            if last is not None and not duty.opening(self.first_year) <= last <= duty.locking(self.first_year):
                raise ValueError(f"duties {duty.code}: its last day is not between opens and locks")
        spoken = {f"ladders {ladder.code} at": ladder.at for ladder in self.ladders}
        spoken |= {
            f"speaking {name}": getattr(self.speaking, name) for name in ("digest_at", "last_list_at", "list_at")
        }
        for where, at in spoken.items():
            if not any(first <= at <= last for first, last in self.speaking.windows):
                raise ValueError(f"{where}: {at:%H:%M} lies in none of the windows")
        latest = max(ladder.at for ladder in self.ladders)
        for where, at in spoken.items():
            # Somebody of the office who also owes something hears both in one message, at the later hour.
            if where.startswith("speaking") and at < latest:
                raise ValueError(f"{where}: {at:%H:%M} comes before a ladder's hour, {latest:%H:%M}")
        for ladder in self.ladders:
            codes = [rung.code for rung in ladder.rungs]
            if len(set(codes)) < len(codes):
                raise ValueError(f"ladders {ladder.code}: a rung stands twice: {', '.join(codes)}")
        for watch in self.radar:
            target = next((target for target in self.asked_about if target.code == watch.target), None)
            if target is None:
                raise ValueError(f"radar {watch.target}: there is no target {watch.target}")
            if target.measure is Measure.UNITS_WITH_PLAN:
                raise ValueError(f"radar {watch.target}: the ladder of its duty reminds of it already")
            if [each.target for each in self.radar].count(watch.target) > 1:
                raise ValueError(f"radar {watch.target}: it stands twice")
        areas = {area.code for area in self.areas}
        for figure in self.figures:
            if figure.area not in areas:
                raise ValueError(f"figures {figure.code}: there is no area {figure.area}")
        return self

    @property
    def asked_about(self) -> tuple[Target, ...]:
        """Targets and figures together."""
        return (*self.targets, *self.figures)

    @cached_property
    def hours(self) -> Hours:
        """When the machine may speak unasked."""
        return Hours(self.speaking.windows)

    def area(self, code: str) -> Area:
        """The area of this code."""
        return next(area for area in self.areas if area.code == code)

    def kind(self, code: str) -> Kind:
        """The kind of registration of this code."""
        return next(kind for kind in self.kinds if kind.code == code)

    def level(self, code: str) -> Level:
        """The level of recognition of this code."""
        return next(level for level in self.levels if level.code == code)

    def target(self, code: str) -> Target:
        """The target or figure of this code."""
        return next(target for target in self.asked_about if target.code == code)

    def duty(self, code: str) -> Duty:
        """The duty of this code."""
        return next(duty for duty in self.duties if duty.code == code)

    def ladder(self, duty: Duty) -> Ladder:
        """The ladder of a duty."""
        return next(ladder for ladder in self.ladders if ladder.code == duty.ladder)

    def registers_from(self, year: int) -> date:
        """From which day on a year may be registered for; the first year of the movement from its beginning."""
        return date(year - 1, *self.register_from)

    def cutoff_day(self, year: int) -> date:
        """The day the figures of this year's report end on."""
        return date(year, *self.cutoff)

    def figures_day(self, year: int, given: date) -> date:
        """The day on which figures end that are given on a day: that day, at most the cut-off."""
        return min(given, self.cutoff_day(year))


def _line_of(message: str) -> str:
    return message[message.rindex("line") :].rstrip(")") if "line" in message else "TOML"


def _problem(found: Any) -> Problem:
    where = ""
    for step in found["loc"]:
        where += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if where else str(step)
    kind, given = found["type"], found.get("input")
    if kind == "missing":
        return Problem(where, _("this is missing"), _("a value for it"))
    if kind == "extra_forbidden":
        return Problem(where, _("this name is not known"), _("only the names that the sample plan uses"))
    if kind == "value_error":
        reason = str(found["ctx"]["error"])
        if reason == "factor":
            return Problem(where, _("«{given}» is not a number", given=str(given)), _('a factor, like "1/500"'))
        if reason == "month-day":
            return Problem(where, _("«{given}» is not a day", given=str(given)), _('month and day, like "11-10"'))
        place, _colon, what = reason.partition(": ")
        return Problem(f"{where} {place}".strip(), what or reason, _("codes and names that agree"))
    return Problem(where, _("«{given}» does not fit", given=str(given)[:60]), _EXPECTED.get(kind, found["msg"]))


_EXPECTED = {
    "int_parsing": _("a whole number"),
    "int_type": _("a whole number"),
    "decimal_parsing": _("a number"),
    "decimal_type": _("a number"),
    "string_type": _("text in quotes"),
    "bool_parsing": _("true or false"),
    "bool_type": _("true or false"),
    "time_parsing": _('an hour, like "08:00"'),
    "time_type": _('an hour, like "08:00"'),
    "tuple_type": _("a list"),
    "too_short": _("at least one entry"),
    "string_too_short": _("text in quotes, not empty"),
    "greater_than_equal": _("a larger number"),
    "less_than_equal": _("a smaller number"),
}
