"""The movement as data: one TOML file that another office changes to run its own. Pure."""

import tomllib
from datetime import date
from functools import cached_property
from typing import Self

from pydantic import Field, ValidationError, model_validator

from bot.language import _
from bot.movement.calendar import Hours
from bot.movement.plan.agreement import check
from bot.movement.plan.duties import Duty, Ladder
from bot.movement.plan.pieces import Area, Kind, Level, MonthDay, Office, Piece, Section, UnionSection
from bot.movement.plan.problems import BadPlan, Problem, line_of, problem
from bot.movement.plan.speaking import Keeping, Speaking, Surprise, Watch
from bot.movement.plan.targets import Target


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
        """Parse a TOML text; raise BadPlan with every problem."""
        try:
            data = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise BadPlan([Problem(line_of(str(error)), _("This is not TOML: {error}", error=str(error)))]) from None
        try:
            return cls.model_validate(data)
        except ValidationError as error:
            raise BadPlan([problem(found) for found in error.errors()]) from None

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        check(self)
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
        """Return the area of this code."""
        return next(area for area in self.areas if area.code == code)

    def kind(self, code: str) -> Kind:
        """Return the kind of registration of this code."""
        return next(kind for kind in self.kinds if kind.code == code)

    def level(self, code: str) -> Level:
        """Return the level of recognition of this code."""
        return next(level for level in self.levels if level.code == code)

    def target(self, code: str) -> Target:
        """Return the target or figure of this code."""
        return next(target for target in self.asked_about if target.code == code)

    def duty(self, code: str) -> Duty:
        """Return the duty of this code."""
        return next(duty for duty in self.duties if duty.code == code)

    def ladder(self, duty: Duty) -> Ladder:
        """Return the ladder of a duty."""
        return next(ladder for ladder in self.ladders if ladder.code == duty.ladder)

    def registers_from(self, year: int) -> date:
        """Return from which day on a year may be registered for; the first year of the movement from its beginning."""
        return date(year - 1, *self.register_from)

    def cutoff_day(self, year: int) -> date:
        """Return the day the figures of this year's report end on."""
        return date(year, *self.cutoff)

    def figures_day(self, year: int, given: date) -> date:
        """Return the day on which figures end that are given on a day: that day, at most the cut-off."""
        return min(given, self.cutoff_day(year))
