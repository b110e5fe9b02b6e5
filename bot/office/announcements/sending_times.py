"""When an announcement goes, as people type it: «14h ngày 20/10», «sáng mai», «8:30»; only in office hours. Pure."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from bot.dialogue import Answers, Choice, Reading, Scene, Unclear, Value, Wrong
from bot.language import Joined, Part, Time, _, fold, read_day
from bot.movement import Calendar, Hours

NOW, MORNING = "now", "morning"
"""Times that mean another moment when it is sent than when it was answered."""
FAR = 90
"""Days ahead from which on a day is asked back."""
LONGEST = 80
_HOUR = re.compile(r"(?<![0-9/.-])([0-9]{1,2}) ?(?:h|g|gio|:)(?![a-z]) ?([0-9]{2})?(?![0-9/])(?: ?(sang|chieu|toi))?")


@dataclass(frozen=True, slots=True)
class Speaks:
    """When the office may be spoken to."""

    hours: Hours
    calendar: Calendar

    def opening(self, at: datetime) -> datetime:
        """Return this moment where it is in office hours, else when they begin."""
        return self.hours.next_opening(at, self.calendar)

    def morning(self, at: datetime) -> datetime:
        """Return the first opening of the next working day."""
        return self.opening(datetime.combine(at.date() + timedelta(days=1), time(), at.tzinfo))

    def moment(self, value: str, now: datetime) -> datetime:
        """Return when an answer means, seen from now."""
        if value == NOW:
            return self.opening(now)
        return self.morning(now) if value == MORNING else datetime.fromisoformat(value)

    @property
    def windows(self) -> Joined:
        """The hours as people say them."""
        return Joined([f"{first:%H:%M} - {last:%H:%M}" for first, last in self.hours.windows])


@dataclass(frozen=True)
class SendingTime:
    """A day and an hour in which the office may be spoken to."""

    speaks: Callable[[Scene], Speaks]
    free = True
    text = False
    digits = False

    def read(self, text: str, answers: Answers, scene: Scene) -> Reading:
        """Read day and hour; outside of office hours offer when they begin."""
        at, speaks = read_moment(text, scene.now, self.speaks(scene)), self.speaks(scene)
        if at is None:
            example = speaks.morning(scene.now)
            return Wrong(
                _(
                    "The assistant could not read this time. Please write hour and day like: {hour} {day}",
                    hour=f"{example:%H:%M}",
                    day=example.date(),
                )
            )
        if at <= scene.now:
            return Wrong(_("{at} has passed; please give a later time.", at=Time(at)))
        if at.date().year > scene.today.year + 1:
            return Wrong(_("{day} is too far ahead; please give a day of this year or the next.", day=at.date()))
        if (opening := speaks.opening(at)) != at:
            asked = _(
                "{at} is not within office hours ({windows}, on working days). Is it sent when they begin?",
                at=Time(at),
                windows=speaks.windows,
            )
            return Unclear(asked, [Choice(opening.isoformat(), _("At {at}", at=Time(opening)))])
        return Value(at.isoformat())

    def doubt(self, value: Any, answers: Answers, scene: Scene) -> Part | None:
        """Ask back about a day that is far ahead."""
        at = self.speaks(scene).moment(value, scene.now)
        if at.date() <= scene.today + timedelta(days=FAR):
            return None
        return _("{day} is more than {n} days ahead. Is it right?", day=at.date(), n=FAR)

    def show(self, value: Any, scene: Scene) -> Part:
        """Say when it goes, seen from now."""
        at = self.speaks(scene).moment(value, scene.now)
        return _("as soon as it is sent off") if value == NOW and at <= scene.now else _("at {at}", at=Time(at))


def read_moment(said: str, now: datetime, speaks: Speaks) -> datetime | None:
    """Return the moment that words mean: an hour, a day, or both; a day alone means its first opening."""
    text = fold(said[:LONGEST]).strip(" .")
    hour = _HOUR.search(text)
    rest = text if hour is None else f"{text[: hour.start()]} {text[hour.end() :]}"
    rest = re.sub(r"\b(?:luc|vao|ngay hom|sang|chieu)\b", " ", rest)
    rest = re.sub(r"\s+", " ", rest).strip(" ,")
    day: date | None = now.date() if not rest and hour is not None else read_day(rest, now.date())
    if day is None:
        return None
    if hour is None:
        return speaks.opening(datetime.combine(day, time(), now.tzinfo))
    n, minutes = int(hour[1]), int(hour[2] or 0)
    if n < 12 and (hour[3] in ("chieu", "toi") or (hour[3] is None and re.search(r"\bchieu\b", text))):
        n += 12
    if n > 23 or minutes > 59:
        return None
    return datetime.combine(day, time(n, minutes), now.tzinfo)


def usual(speaks: Speaks, now: datetime) -> Sequence[Choice]:
    """Offer now, where the office is open, and the next morning."""
    opening, morning = speaks.opening(now), speaks.morning(now)
    at_once = Choice(NOW, _("Send it now") if opening == now else _("At {at}", at=Time(opening)))
    return [at_once, *([Choice(MORNING, _("At {at}", at=Time(morning)))] if morning != opening else [])]
