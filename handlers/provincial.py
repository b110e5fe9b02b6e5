"""Reports of the office itself, such as the one to UBND tỉnh: written and signed outside of here; that they were sent is recorded."""

from datetime import date
from typing import Any

from bot.conversation import HOME, MY_TASKS, Command, Conversation, Feature, Visit, allowed
from bot.dialogue import Answers, Day, Facts, Field, Form, Line, Say, Scene, Window
from bot.language import Part, Text, Time, _
from bot.movement import May, Plan
from bot.office.duties import submissions
from bot.office.duties.duty_kinds import draft_of, is_paper, read_subject, what
from storage import deadlines

DUTY = "provincial"


def run(visit: Visit, args: str) -> Say:
    """Answer «/baocaotinh 2027»: record that the report was sent."""
    return _record(visit, DUTY, args)


def paper(visit: Visit, args: str) -> Say:
    """Answer «/vanban CODE 2027»: the same of a report that the plan alone names."""
    said, _space, rest = args.partition(" ")
    codes = (each.code for each in visit.plan.duties if is_paper(visit.plan, each.code))
    code = next((code for code in codes if code.casefold() == said.casefold()), None)
    if code is None:
        return Say([_("This task has not been opened.")], buttons=(MY_TASKS, HOME))
    return _record(visit, code, rest)


def _record(visit: Visit, duty: str, args: str) -> Say:
    words = args.split()
    said = words[0] if words else ""
    found = submissions.obligation(visit, duty, said)
    if (no := submissions.not_now(visit, duty, said, found)) is not None:
        return no
    assert found is not None
    if found.fulfilled is not None:
        was = {"year": found.year, "day": found.fulfilled}
        sent = (
            _("The report of {year} to the provincial committee was sent on {day}.", **was)
            if duty == DUTY
            else _("The {what} of {year} was recorded as sent on {day}.", what=what(visit.plan, duty), **was)
        )
        return Say([sent], buttons=(MY_TASKS, HOME))
    return visit.open(CONVERSATION, draft_of(found))


def _read(subject: str) -> tuple[str, str, int]:
    """Return the duty, the unit and the year of a draft's subject: «VP:2027», «half:VP:2027»."""
    of, year = read_subject(subject)
    duty, _colon, unit = of.rpartition(":")
    return duty or DUTY, unit, year


def _title(plan: Plan, subject: str) -> Text:
    duty, _unit, year = _read(subject)
    if duty == DUTY:
        return _("Report to the provincial committee of {year}", year=year)
    return _("Sent: the {what} of {year}", what=what(plan, duty), year=year)


class ProvincialFacts(Facts):
    """The title and the year of the report, and from when on it may have been sent."""

    def __init__(self, visit: Visit, subject: str) -> None:
        duty, _unit, self.year = _read(subject)
        self.title = _title(visit.plan, subject)
        of_plan = (each.opening(self.year) for each in visit.plan.duties if each.code == duty != DUTY)
        self.opens = next(of_plan, date(self.year, 10, 1))  # a plan may have dropped it while the sheet was open


def has_come(value: Any, answers: Answers, scene: Scene) -> Part | None:
    """Refuse a day that has not come, or of the wrong year: the paper was sent."""
    day, year = date.fromisoformat(value), ProvincialFacts.of(scene).year
    if day > scene.today or day.year < year:
        return _("The day of the report lies between the first day of {year} and today.", year=year)
    return None


ITS_YEAR = Window(
    lambda answers, scene: ProvincialFacts.of(scene).opens,
    lambda answers, scene: date(ProvincialFacts.of(scene).year + 1, 3, 31),
)
FORM = Form(
    "provincial",
    title=lambda answers, scene: ProvincialFacts.of(scene).title,
    fields=(
        Field(
            "day",
            _("Day of the report"),
            _("On which day was the report sent?"),
            Day(believed=ITS_YEAR),
            example="12/11/2027",
            refuse=has_come,
        ),
        Field(
            "number",
            _("Number and sign"),
            _("Which number and sign does it bear?"),
            Line(shortest=1, longest=60),
            example=_("231/BC-{sign}"),
            skip=_("Later"),
        ),
    ),
    send=lambda answers, scene: _("Record it as sent"),
    review=lambda answers, scene: [_("Seen by: the office and the leaders.")],
)


def file(visit: Visit, subject: str, answers: Answers) -> Say:
    """Store that it was sent; the reminders stop."""
    duty, unit, year = _read(subject)
    day = date.fromisoformat(answers["day"])
    deadlines.fulfil(
        visit.tx,
        duty=duty,
        unit=unit,
        year=year,
        day=day,
        number=answers.get("number") or "",
        by=visit.me.id,
        now=visit.said,
    )
    visit.note("provincial_sent", str(year) if duty == DUTY else f"{duty}:{year}", day=answers["day"])
    when = {"at": Time(visit.said), "year": year, "day": day}
    done = (
        _("✅ Recorded at {at}: the report of {year} to the provincial committee was sent on {day}.", **when)
        if duty == DUTY
        else _("✅ Recorded at {at}: the {what} of {year} was sent on {day}.", what=what(visit.plan, duty), **when)
    )
    return Say([done, _("The assistant no longer reminds the office of it.")], buttons=(MY_TASKS, HOME))


CONVERSATION = Conversation(
    DUTY, title=_title, form=lambda plan: FORM, file=file, serves=allowed(May.RECEIVE), facts=ProvincialFacts
)
COMMAND = Command(
    "baocaotinh",
    _("Report to the provincial committee"),
    _("report to the province"),
    run,
    allowed(May.RECEIVE),
    listed=False,
)
ANOTHER = Command(
    "vanban",
    _("Another report of the office"),
    _("another report of the office"),
    paper,
    allowed(May.RECEIVE),
    listed=False,
)
FEATURE = Feature(__name__, commands=(COMMAND, ANOTHER), forms=(CONVERSATION,))
