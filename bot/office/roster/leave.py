"""Leave, journeys and courses: which days are meant, who acts meanwhile, and keeping it. Inside the transaction."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cached_property

from bot.conversation import Visit
from bot.dialogue import Facts
from bot.language import Part, Weekday, _, fold, read_span, read_stretch
from bot.movement import May, Role, titled
from storage import people
from storage.people import Person

FAR = timedelta(days=180)
"""So far ahead a day without a year may lie."""
_UNTIL = re.compile(r"(?:den|toi|het|until|to) ")
"""What stands before a last day alone."""


def read_days(text: str, today: date) -> tuple[date, date] | None:
    """Read the first and the last day: «đến 15/11», «đến hết tháng 11» are from today on; None where there are none. Pure."""
    if not text:
        return None
    from_today = read_span(f"{today:%d/%m/%Y} {text}", today)
    if (until := _UNTIL.match(fold(text))) is None:
        said = read_stretch(text, today) or from_today
    elif from_today is None and (stretch := read_stretch(fold(text)[until.end() :], today)) is not None:
        said = (today, stretch[1])
    else:
        said = from_today or read_span(text, today)
    if said is not None and said[1] < today and not re.search(r"\d{4}", text):
        return _next_year(said, today)
    return said


def _next_year(said: tuple[date, date], today: date) -> tuple[date, date]:
    """Read «đến 5/1» in December as January; a day that has long passed stays what it is."""
    first, last = (day if day >= today else day.replace(year=day.year + 1) for day in said)
    return (first, last) if last - today <= FAR else said


def begin(visit: Visit, first: date, last: date, to: int | None) -> Person:
    """Store when this person is away, and who acts meanwhile; return them as they stand now."""
    people.set_away(visit.tx, person=visit.me.id, first=first, last=last, to=to)
    visit.note("leave", first=first.isoformat(), last=last.isoformat())
    person = visit.tx.one(people.BY_ID, id=visit.me.id)
    assert person is not None
    return person


def end(visit: Visit) -> None:
    """Store that this person is back."""
    people.set_away(visit.tx, person=visit.me.id, first=None, last=None, to=None)
    visit.note("leave_ended")


def _goes_on(visit: Visit, person: Person) -> bool:
    """Whether what is due goes on without them: a head's does, to somebody named or to the deputies."""
    return visit.may(May.DELEGATE) and person.role != Role.DEPUTY


def _deputies(among: Sequence[Person]) -> list[Person]:
    return [person for person in among if person.role == Role.DEPUTY]


def lines(visit: Visit, person: Person) -> list[Part]:
    """Say from when to when somebody is away, and whom what is due goes to."""
    assert person.away_from is not None and person.away_until is not None
    lines: list[Part] = [
        _(
            "{You_name} are away from {first} to the end of {last} ({weekday}).",
            first=person.away_from,
            last=person.away_until,
            weekday=Weekday(person.away_until),
        )
    ]
    acting = visit.tx.one(people.BY_ID, id=person.away_to) if person.away_to else None
    if acting is not None:
        lines.append(_("What is due in this time goes to {who}.", who=titled(acting)))
    elif _goes_on(visit, person):
        if _deputies(visit.tx.all(people.OF_UNIT, unit=person.unit)):
            lines.append(_("Nobody was named, so what is due in this time goes to the deputies of the unit."))
        else:
            lines.append(
                _(
                    "⚠️ Nobody was named and the unit has no deputy: what is due in this time reaches nobody. Please name somebody."
                )
            )
    else:
        lines.append(_("The assistant reminds {you} of nothing in this time."))
    return lines


class LeaveFacts(Facts):
    """What the form looks at: the colleagues, and whether anything has to be handed over."""

    def __init__(self, visit: Visit, subject: str) -> None:
        self._visit = visit
        self.hands_over = visit.may(May.DELEGATE)
        self.goes_on = _goes_on(visit, visit.me)

    @cached_property
    def colleagues(self) -> Sequence[Person]:
        """Who could act."""
        me = self._visit.me
        among = self._visit.tx.all(people.OF_UNIT, unit=me.unit)
        return [person for person in among if person.id != me.id and person.role not in (Role.LEADER, Role.ADMIN)]

    @property
    def deputies(self) -> Sequence[Person]:
        """Who of them acts where nobody is named."""
        return _deputies(self.colleagues)
