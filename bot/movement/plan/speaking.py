"""When the machine speaks unasked, and what it finds surprising. Pure."""

from datetime import date, time
from typing import Annotated

from bot.language import _
from bot.movement.plan.pieces import Piece
from bot.movement.plan.rules import (
    SOME,
    Amount,
    Code,
    FewDays,
    FewMessages,
    Hour,
    Key,
    Minutes,
    MonthDay,
    Points,
    WeekdayNumber,
)


class Watch(Piece):
    """The day of each year from which on the pace towards a target is looked at; told once."""

    target: Annotated[Code, Key(_("The code of the target"), '"4"')]
    on: Annotated[MonthDay, Key(_("From this day of each year on"), '"09-01"')]

    def day(self, year: int) -> date:
        """Return the day in a year."""
        return date(year, *self.on)


class Speaking(Piece):
    """When the machine may speak unasked, and how it holds back."""

    windows: Annotated[
        tuple[tuple[Hour, Hour], ...],
        SOME,
        Key(_("From when to when of a working day"), "[[08:00:00, 11:00:00], [14:00:00, 16:30:00]]"),
    ]
    digest_at: Annotated[Hour, Key(_("When the office's digest goes out: after the weekly briefing"), "09:30:00")]
    digest_weekday: Annotated[WeekdayNumber, Key(_("On which day of the week: 0 is Monday"), "0")] = 0
    last_days: Annotated[FewDays, Key(_("Daily in the last so many days before the last one"), "7")] = 7
    last_list_at: Annotated[
        Hour, Key(_("When the list of the last day goes out: what has come until then"), "16:30:00")
    ] = time(16, 30)
    list_at: Annotated[
        Hour,
        Key(
            _("When the list of the days after goes out, with the draft: the heads had the morning to act first"),
            "10:30:00",
        ),
    ]
    open_form_minutes: Annotated[Minutes, Key(_("For so long an open form is not interrupted"), "60")] = 60
    merge_minutes: Annotated[Minutes, Key(_("What colleagues do within so many minutes is one message"), "10")] = 10
    unanswered: Annotated[
        FewMessages,
        Key(
            _(
                "So many messages in a year speak of nothing that the plan orders (sheets to be confirmed, requests, difficulties, tasks) to somebody of a unit who has not written since; from then on it comes along with what the plan orders"
            ),
            "3",
        ),
    ] = 3


class Surprise(Piece):
    """What makes a figure surprising: it is asked about, never refused."""

    points: Annotated[Points, Key(_("More than so many percentage points away from last year"), "20")]
    ratio: Annotated[Amount, Key(_("Or more than this part of last year's amount away from it: 0.5 is half"), "0.5")]
