"""Kinds of answers: how words become a value, and a value words again. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from bot.dialogue.form import Reading, Unclear, Value, Wrong
from bot.dialogue.turn import Answers, Choice, Scene
from bot.dialogue.windows import ANY_DAY, Window
from bot.language import (
    MONEY,
    WEEKDAY_BESIDE,
    Count,
    Joined,
    Part,
    TwoMeanings,
    TypedPeriod,
    Units,
    Weekday,
    _,
    clean_line,
    fold,
    read_amount,
    read_day,
    read_period,
    whole_years,
)


@dataclass(frozen=True)
class Line:
    """One line of text: a title, a name. Lengths in characters."""

    longest: int = 300
    rest: Part = ""
    """Where what is too long for it belongs."""
    shortest: int = 1
    free = True
    text = True
    digits = False

    def read(self, text: str, answers: Answers, scene: Scene) -> Reading:
        """Return the text on one line."""
        line = clean_line(text)
        if len(line) < self.shortest:
            return Wrong(_("This is too short: please write at least {n} characters.", n=self.shortest))
        if len(line) > self.longest and self.rest:
            return Wrong(
                _(
                    "This has {n} characters; please keep it to {most}, the rest belongs into «{rest}».",
                    n=len(line),
                    most=self.longest,
                    rest=self.rest,
                )
            )
        if len(line) > self.longest:
            return Wrong(_("This has {n} characters; please keep it under {most}.", n=len(line), most=self.longest))
        return Value(line)

    def show(self, value: Any, scene: Scene) -> Part:
        """Return the line itself."""
        return str(value)


@dataclass(frozen=True)
class Paragraph(Line):
    """A few sentences, lines kept; long ones may come in several messages."""

    longest: int = 6000

    def read(self, text: str, answers: Answers, scene: Scene) -> Reading:
        """Return the text as it was written."""
        short = super().read(text, answers, scene)
        return Value(text.strip()) if isinstance(short, Value) else short


@dataclass(frozen=True)
class OneOf:
    """One of the choices the field offers, and nothing else."""

    choices: Callable[[Answers, Scene], Sequence[Choice]]
    free = False
    text = False
    digits = False

    def read(self, text: str, answers: Answers, scene: Scene) -> Reading:
        """Refuse: the engine has compared the words with the choices already."""
        return Wrong(_("Please choose one of the answers below, by its number or a few words of it."))

    def show(self, value: Any, scene: Scene) -> Part:
        """Return the whole wording of the choice."""
        for choice in self.choices({}, scene):
            if choice.value == value:
                return choice.full or choice.label
        return str(value)


@dataclass(frozen=True)
class Day:
    """A date, day first. `past` or `ahead` says which side of today it has to be on, if any.

    A day outside of `believed` is asked back.
    """

    past: bool = True
    ahead: bool = True
    believed: Window = ANY_DAY
    free = True
    text = False
    digits = False

    def read(self, text: str, answers: Answers, scene: Scene) -> Reading:
        """Read a date; without a year it is one in the current year."""
        day = read_day(text, scene.today)
        if day is None and (other := read_day(WEEKDAY_BESIDE.sub(" ", fold(text)), scene.today)) is not None:
            return Wrong(
                _("{day} is a {weekday}. Please write the day that is meant.", day=other, weekday=Weekday(other))
            )
        if day is None:
            return self._of_period(text, scene) or Wrong(
                _("The assistant could not read this date. Please write it like 05/11/{year}.", year=scene.today.year)
            )
        if not self.ahead and day > scene.today:
            return Wrong(_("{day} is still ahead; this date cannot be after today.", day=day))
        if not self.past and day < scene.today:
            return Wrong(_("{day} has passed; please give a later date.", day=day))
        return Value(day.isoformat())

    def _of_period(self, text: str, scene: Scene) -> Reading | None:
        """Ask which day of a month or a quarter is meant, by its first and its last; None for words that name none."""
        period = read_period(text, scene.today)
        if period is None or period.kind == "day":
            return None
        days = [
            day
            for day in (period.first, period.last)
            if (self.ahead or day <= scene.today) and (self.past or day >= scene.today)
        ]
        asked = _("Which day of {period} is meant? Any other day may be written, too.", period=say_period(period))
        return Unclear(asked, [Choice(day.isoformat(), _("{day}", day=day)) for day in days]) if days else None

    def doubt(self, value: Any, answers: Answers, scene: Scene) -> Part | None:
        """Ask back about a day that is hardly meant."""
        return self.believed.doubt(date.fromisoformat(value), answers, scene)

    def show(self, value: Any, scene: Scene) -> Part:
        """Say the date as dd/mm/yyyy."""
        return _("{day}", day=date.fromisoformat(value))


@dataclass(frozen=True)
class Expected:
    """A day, a month or a quarter in which something is expected; outside of `believed` it is asked back."""

    believed: Window = ANY_DAY
    free = True
    text = False
    digits = False

    def read(self, text: str, answers: Answers, scene: Scene) -> Reading:
        """Read a period."""
        period = read_period(text, scene.today)
        if period is None and len(years := whole_years(text, scene.today)) == 1:
            return _which_quarter(years[0])
        if period is None:
            return Wrong(
                _("The assistant could not read this time. Please write it like 01/07/2027, July or quarter 3.")
            )
        return Value(period.to_json())

    def doubt(self, value: Any, answers: Answers, scene: Scene) -> Part | None:
        """Ask back about a time that is hardly meant."""
        return self.believed.doubt(TypedPeriod.from_json(value).first, answers, scene) if value else None

    def show(self, value: Any, scene: Scene) -> Part:
        """Say the period."""
        return say_period(TypedPeriod.from_json(value)) if value else _("not decided yet")


def _which_quarter(year: int) -> Reading:
    """Ask which part of a year is meant, where only the year was said."""
    quarters = [TypedPeriod("quarter", year, n, date(year, n * 3 - 2, 1)) for n in range(1, 5)]
    asked = _("When in {year}? A quarter, or a month, like: month 3/{year}.", year=year)
    return Unclear(asked, [Choice(each.to_json(), say_period(each)) for each in quarters])


def say_period(period: TypedPeriod) -> Part:
    """Say a period: «từ 01/09/2027», «tháng 7/2027», «quý III/2027»."""
    if period.kind == "quarter":
        return _("quarter {quarter}/{year}", quarter=("I", "II", "III", "IV")[period.number - 1], year=period.year)
    if period.kind == "month":
        return _("month {month}/{year}", month=period.number, year=period.year)
    return _("from {day}", day=period.first)


@dataclass(frozen=True)
class Number:
    """An amount, zero or more, in a unit of measure; any other unit than those that are known is asked back."""

    units: Units
    free = True
    text = False
    digits = True

    def read(self, text: str, answers: Answers, scene: Scene) -> Reading:
        """Read an amount; ask back about «1,234», which may be 1,234 or 1.234."""
        said = clean_line(text)
        number = read_amount(said, self.units)
        if isinstance(number, TwoMeanings):
            return Unclear(
                _("Does «{said}» mean {one} or {other}?", said=said, one=number.one, other=number.other),
                [Choice(str(n), _("{n}", n=n)) for n in (number.one, number.other)],
            )
        if number is None or number < 0:
            return Wrong(self.unread(said[:60]))
        return Value(format(number, "f"))

    def unread(self, said: str) -> Part:
        """Say that no amount could be read, and how one is written."""
        return _(
            "The assistant could not read «{said}» as an amount in {units}. Please write it like: 30,5 {unit}",
            said=said,
            units=Joined(self.units.names),
            unit=self.units.unit,
        )

    def show(self, value: Any, scene: Scene) -> Part:
        """Say the amount with its unit."""
        return _("{n} {unit}", n=Decimal(value), unit=self.units.unit)


@dataclass(frozen=True)
class Money(Number):
    """An amount of money, by the words people use for it: «20 triệu», «1,5 tỷ đồng»."""

    units: Units = MONEY

    def unread(self, said: str) -> Part:
        """Say that no amount of money could be read, and how one is written."""
        return _(
            "The assistant could not read «{said}» as an amount of money. Please write it like: 20 million đồng",
            said=said,
        )


@dataclass(frozen=True)
class Files:
    """Files alone; with `words` also what is said beside them."""

    words: bool = True
    free = False
    text = False
    digits = False

    def read(self, text: str, answers: Answers, scene: Scene) -> Reading:
        """Refuse words: files have been taken already."""
        return Wrong(_("This question needs files. Please send them here, then choose «Done»."))

    def show(self, value: Any, scene: Scene) -> Part:
        """Say how many they are."""
        return _("{n} files", n=Count(len(value["files"])))


class Attached:
    """A file and nothing else."""

    free = False
    text = False
    digits = False

    def read(self, text: str, answers: Answers, scene: Scene) -> Reading:
        """Refuse words: they are no file."""
        return Wrong(_("Please send the file itself, or leave with «leave»."))

    def show(self, value: Any, scene: Scene) -> Part:
        """Return how many files there are."""
        return _("{n} files", n=Count(len(value["files"])))
