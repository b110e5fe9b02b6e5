"""Between which days an answer is believed: outside of them it is asked back, never refused in silence. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from bot.dialogue.turn import Answers, Scene
from bot.language import Count, Part, Text, _

Edge = Callable[[Answers, Scene], date | None]
"""A first or a last day, by the other answers; None where there is none."""


def nothing(answers: Answers, scene: Scene) -> date | None:
    """Set no edge on this side."""
    return None


def in_days(n: int) -> Edge:
    """Set an edge so many days from today; below zero before it."""
    return lambda answers, scene: scene.today + timedelta(days=n)


def end_of_movement(answers: Answers, scene: Scene) -> date | None:
    """Return the last day of the movement."""
    return date(scene.plan.last_year, 12, 31)


def start_of_movement(answers: Answers, scene: Scene) -> date | None:
    """Return the first day of the movement."""
    return date(scene.plan.first_year, 1, 1)


@dataclass(frozen=True)
class Window:
    """Two edges, both included, and what they are called when a day lies outside of them."""

    first: Edge = nothing
    last: Edge = nothing
    why: Text | None = None
    """What the usual days go by, as a sentence of its own."""

    def doubt(self, day: date, answers: Answers, scene: Scene) -> Part | None:
        """Ask back; None for a day that is believed."""
        first, last = self.first(answers, scene), self.last(answers, scene)
        if (first is None or day >= first) and (last is None or day <= last):
            return None
        far = _far(day, scene.today)
        usual = self.why if self.why is not None else _usual(first, last)
        return _("{far} {usual} Is {day} right?", far=far, usual=usual, day=day)


def _usual(first: date | None, last: date | None) -> Part:
    if first is None:
        return _("What is usual here is a day until {last}.", last=last)
    if last is None:
        return _("What is usual here is a day from {first} on.", first=first)
    return _("What is usual here is a day from {first} to {last}.", first=first, last=last)


def _far(day: date, today: date) -> Part:
    """Say how far away a day is, in the unit in which people think of it."""
    days = abs((day - today).days)
    if days == 0:
        return _("{day} is today.", day=day)
    if days >= 730:
        n = Count(days * 100 // 36525)
        return (
            _("{day} was {n} years ago.", day=day, n=n) if day < today else _("{day} is {n} years ahead.", day=day, n=n)
        )
    if days >= 60:
        n = Count(days * 100 // 3044)
        return (
            _("{day} was {n} months ago.", day=day, n=n)
            if day < today
            else _("{day} is {n} months ahead.", day=day, n=n)
        )
    n = Count(days)
    return _("{day} was {n} days ago.", day=day, n=n) if day < today else _("{day} is {n} days ahead.", day=day, n=n)


ANY_DAY = Window()
