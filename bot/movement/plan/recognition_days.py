"""Until when recognition of something registered is asked for, answered and decided, and who is reminded when. Pure."""

from datetime import date, timedelta
from typing import Annotated

from bot.language import _
from bot.movement.plan.pieces import Piece
from bot.movement.plan.rules import FewDays, Key, Months


def months_after(day: date, months: int) -> date:
    """Return the same day so many months later, or the last one of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first_of_next = date(year + (month == 11), 1 if month == 11 else month + 2, 1)
    return min(date(year, month + 1, 1) + timedelta(day.day - 1), first_of_next - timedelta(1))


class RecognitionDays(Piece):
    """The days of a request for recognition."""

    request_within: Annotated[
        Months, Key(_("Recognition is asked for within so many months of the first application"), "12")
    ] = 12
    warned: Annotated[
        tuple[FewDays, ...], Key(_("So many days before that is over its authors are warned"), "[60, 30, 7]")
    ] = (60, 30, 7)
    answered_within: Annotated[
        Months, Key(_("The office says within so many months whether a request is complete"), "1")
    ] = 1
    decided_within: Annotated[
        Months, Key(_("It is decided within so many months of the day on which it was complete"), "3")
    ] = 3
    watched: Annotated[
        tuple[FewDays, ...], Key(_("So many days before those limits the office is reminded of them"), "[14, 3]")
    ] = (14, 3)
    supplement: Annotated[
        FewDays, Key(_("So many working days are proposed for what the office asks to be added"), "10")
    ] = 10
    supplement_warned: Annotated[
        tuple[FewDays, ...],
        Key(_("So many working days before that day is over whoever has to add it is reminded: 0 on it"), "[3, 0]"),
    ] = (3, 0)

    def request_until(self, applied: date) -> date:
        """Return the last day on which recognition may be asked for."""
        return months_after(applied, self.request_within)

    def answer_until(self, asked: date) -> date:
        """Return the day until which the office says whether a request is complete."""
        return months_after(asked, self.answered_within)

    def decide_until(self, complete: date) -> date:
        """Return the day until which it is decided."""
        return months_after(complete, self.decided_within)
