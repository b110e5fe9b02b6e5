"""A stretch of days as an answer: «04/02/2027 đến 10/02/2027», or one day. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from bot.dialogue.form import Reading, Value, Wrong
from bot.dialogue.turn import Answers, Scene
from bot.dialogue.windows import ANY_DAY, Window
from bot.language import Part, Weekday, _, read_span


@dataclass(frozen=True)
class Days:
    """One day, or from the first to the last, both counted; the value is the two of them."""

    longest: int = 31
    believed: Window = ANY_DAY
    free = True
    text = False
    digits = False

    def read(self, text: str, answers: Answers, scene: Scene) -> Reading:
        """Read days; without a year they are in the current year."""
        span = read_span(text, scene.today)
        if span is None:
            return Wrong(
                _(
                    "The assistant could not read these days. Please write them like 04/02/2027, or 04/02/2027 to 10/02/2027."
                )
            )
        first, last = span
        if last < first:
            return Wrong(_("The last day ({last}) comes before the first ({first}).", first=first, last=last))
        if last - first >= timedelta(days=self.longest):
            return Wrong(
                _(
                    "These are {n} days; please give at most {most} at a time.",
                    n=(last - first).days + 1,
                    most=self.longest,
                )
            )
        return Value([first.isoformat(), last.isoformat()])

    def doubt(self, value: Any, answers: Answers, scene: Scene) -> Part | None:
        """Ask back about days that are hardly meant."""
        first, last = span_of(value)
        return self.believed.doubt(last, answers, scene) or self.believed.doubt(first, answers, scene)

    def show(self, value: Any, scene: Scene) -> Part:
        """Say both days with their weekdays, or the one."""
        return say_days(*span_of(value))


def span_of(value: Any) -> tuple[date, date]:
    """Return the first and the last day of a kept answer."""
    first, last = value
    return date.fromisoformat(first), date.fromisoformat(last)


def say_days(first: date, last: date) -> Part:
    """Say days: «24/11/2027 (thứ Tư)», «04/02/2027 (thứ Năm) đến 10/02/2027 (thứ Tư)»."""
    if first == last:
        return _("{day} ({weekday})", day=first, weekday=Weekday(first))
    return _("{first} ({one}) to {last} ({other})", first=first, one=Weekday(first), last=last, other=Weekday(last))
