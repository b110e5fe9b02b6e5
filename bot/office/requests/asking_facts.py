"""What the forms look at by which the office asks: units, people, figures, and the request that is changed."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any

from bot.language import Part, Weekday, _
from bot.office.requests import asked_figures, asked_receivers, asked_words
from bot.office.requests.asked_figures import KnownFigure
from bot.office.requests.asked_receivers import AskableRoster
from bot.office.roster.unit_answers import UnitFacts
from storage import request_answers, requests
from storage.people import Person
from storage.request_answers import AnswerTally
from storage.requests import AskedQuestion, OfficeRequest


class AskingFacts(UnitFacts):
    """The people and units that may be asked; a request and its questions, where one is changed."""

    @property
    def code(self) -> str:
        """The code of the request that the sheet is about; the last day that its writer saw may follow."""
        return self.subject.partition("/")[0]

    @cached_property
    def request(self) -> OfficeRequest | None:
        """The request that the sheet is about."""
        return self.visit.tx.one(requests.BY_CODE, code=self.code)

    @cached_property
    def questions(self) -> Sequence[AskedQuestion]:
        """What it asks now."""
        request = self.request
        if request is None:
            return ()
        return self.visit.tx.all(requests.QUESTIONS, request=request.id, asks=request.asks)

    @cached_property
    def tally(self) -> AnswerTally:
        """How many got it, and how many have answered."""
        found = self.visit.tx.all(request_answers.TALLIES)
        id = 0 if self.request is None else self.request.id
        return next((each for each in found if each.request == id), AnswerTally(id, 0, 0))

    @cached_property
    def roster(self) -> AskableRoster:
        """The units and people there are."""
        return asked_receivers.roster(self.visit)

    @property
    def everybody(self) -> Sequence[Person]:
        """The people there are."""
        return self.roster.everybody

    @cached_property
    def figures(self) -> Sequence[KnownFigure]:
        """The figures that are known under this plan."""
        return asked_figures.known(self.visit.plan)

    @cached_property
    def bound(self) -> date:
        """The last day on which anything may be due."""
        return date(self.visit.plan.last_year, 12, 31)

    @cached_property
    def last_days(self) -> Sequence[date]:
        """Working days that are offered as a last one."""
        calendar, today = self.visit.office.calendar, self.visit.said.date()
        return [calendar.shift(today, n) for n in (5, 10)]

    def reached(self, answers: Mapping[str, Any]) -> Sequence[Part]:
        """Say who gets the request as it is filled in, and by name whom nothing reaches."""
        whom = str(answers.get("whom"))
        return self.roster.lines(self.roster.chosen(whom, named_in(answers)))

    def dues(self, answers: Mapping[str, Any]) -> Sequence[Part]:
        """Say the last day, and when the next one of a series is opened."""
        if not answers.get("due"):
            return []
        day = date.fromisoformat(answers["due"])
        last = _("Last day: {due} ({weekday})", due=day, weekday=Weekday(day))
        return [last, *asked_words.comes_again(self.visit, answers.get("every") or "", day)]


def named_in(answers: Mapping[str, Any]) -> list[Any]:
    """Return the kinds, units or people that a sheet names."""
    match answers.get("whom"):
        case "kinds":
            return [answers.get("kind")]
        case "units":
            return list(answers.get("units") or ())
        case "people":
            return list(answers.get("people") or ())
    return []
