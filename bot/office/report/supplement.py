"""Supplement a report: its figures once more as of a day after the cut-off, beginning with what was sent. Inside the transaction."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache, cached_property

from bot.conversation import Visit
from bot.dialogue import Answers, Field, Form, Scene
from bot.language import Part, Text, _
from bot.movement import Duty, Obligation, Plan
from bot.office.duties.duty_kinds import read_subject
from bot.office.report import differences, sending
from bot.office.report.amounts import Quantity
from bot.office.report.facts import ReportFacts
from bot.office.report.known import note_of
from bot.office.report.pages import SEND, form_of, pass_on
from storage import deadlines, results
from storage.results import SentReport

CODE = "supplement"


def duty_of(plan: Plan) -> Duty | None:
    """Return the plan's supplement; None where it has none."""
    return plan.done_by("supplement")


def day_of(plan: Plan, year: int) -> date | None:
    """Return the day on which the figures of a year's supplement end."""
    duty = duty_of(plan)
    return None if duty is None or duty.figures is None else date(year, *duty.figures)


def openable(visit: Visit) -> list[int]:
    """Return the years whose supplement the office may ask for today and has not."""
    duty, today = duty_of(visit.plan), visit.said.date()
    if duty is None:
        return []
    return [
        each.year
        for each in visit.tx.all(deadlines.YEARS)
        if duty.opening(each.year) <= today <= duty.locking(each.year)
        and visit.tx.one(deadlines.DEADLINE, duty=duty.code, year=each.year) is None
    ]


class SupplementFacts(ReportFacts):
    """What is known of a unit's year, its figures as of the later day, and what was sent."""

    def __init__(self, visit: Visit, subject: str) -> None:
        super().__init__(visit, subject, day_of(visit.plan, read_subject(subject)[1]))

    @cached_property
    def before(self) -> Answers | None:
        """The figures that count."""
        counted = sending.report_of(self._visit, self._unit, self.year)
        return None if counted is None else figures_of(self._visit, counted)


def figures_of(visit: Visit, result: SentReport) -> Answers:
    """Return the figures of a report as answers of the supplement."""
    form = supplement_form(visit.plan)
    return {code: value for code, value in sending.answers_of(visit, result).items() if code in form}


@cache
def supplement_form(plan: Plan) -> Form:
    """Make the form of a supplement from a plan: the questions of its report about figures that end with the cut-off."""
    whole = form_of(plan)
    fields: list[Field] = []
    for target in (each for each in plan.asked_about if each.asked_again):
        field = whole[target.code]
        if target.amount:
            field = replace(
                field, kind=Quantity(target, estimated=False), example=f"{target.example} {target.unit}".strip()
            )
        fields += [replace(field, page=""), whole[note_of(target)]]
    return Form(
        CODE,
        title=_title,
        fields=tuple(fields),
        send=lambda answers, scene: SEND if ReportFacts.of(scene).sends else pass_on(ReportFacts.of(scene).head_title),
        review=lambda answers, scene: _review(plan, answers, scene),
    )


def _title(answers: Answers, scene: Scene) -> Text:
    facts = ReportFacts.of(scene)
    return _("Figures of {year} to the end of {day}, {unit}", year=facts.year, day=facts.until, unit=facts.unit.name)


def _review(plan: Plan, answers: Answers, scene: Scene) -> Sequence[Part]:
    found = differences.lines(
        list(differences.between(supplement_form(plan), ReportFacts.of(scene).before or {}, answers, scene))
    )
    return [
        *(found or [_("All figures stay as they were sent.")]),
        _("What was sent before counts until the office has received this one."),
        _("Who can read it: the office, the leaders."),
    ]


def send(visit: Visit, subject: str, code: str, owed: Obligation, answers: Answers) -> SentReport:
    """Store the supplement; it waits to be received. Return it."""
    unit, year = read_subject(subject)
    counted = sending.report_of(visit, unit, year)
    before: Answers = {} if counted is None else sending.answers_of(visit, counted)
    until = day_of(visit.plan, year)
    id = sending.store(visit, subject, code, owed, {**before, **answers}, kind="supplement", until=until)
    visit.note("supplement_sent", code)
    sent = visit.tx.one(results.VERSION, id=id)
    assert sent is not None
    return sent
