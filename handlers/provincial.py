"""The office's own report to UBND tỉnh: written and signed outside of here; that it was sent is recorded."""

from datetime import date
from typing import Any

from bot.conversation import HOME, MY_TASKS, Command, Conversation, Feature, Visit, allowed
from bot.dialogue import Answers, Day, Facts, Field, Form, Line, Say, Scene, Window
from bot.language import Part, Time, _
from bot.movement import May
from bot.office.duties import submissions
from bot.office.duties.duty_kinds import read_subject, subject_of
from storage import deadlines

DUTY = "provincial"


def run(visit: Visit, args: str) -> Say:
    """Answer «/baocaotinh 2027»: record that the report was sent."""
    words = args.split()
    said = words[0] if words else ""
    found = submissions.obligation(visit, DUTY, said)
    if (no := submissions.not_now(visit, DUTY, said, found)) is not None:
        return no
    assert found is not None
    if found.fulfilled is not None:
        return Say(
            [
                _(
                    "The report of {year} to the provincial committee was sent on {day}.",
                    year=found.year,
                    day=found.fulfilled,
                )
            ],
            buttons=(MY_TASKS, HOME),
        )
    return visit.open(CONVERSATION, subject_of(found.unit, found.year))


class ProvincialFacts(Facts):
    """The year of the report."""

    def __init__(self, visit: Visit, subject: str) -> None:
        self.year = read_subject(subject)[1]


def has_come(value: Any, answers: Answers, scene: Scene) -> Part | None:
    """Refuse a day that has not come, or of the wrong year: the paper was sent."""
    day, year = date.fromisoformat(value), ProvincialFacts.of(scene).year
    if day > scene.today or day.year < year:
        return _("The day of the report lies between the first day of {year} and today.", year=year)
    return None


ITS_YEAR = Window(
    lambda answers, scene: date(ProvincialFacts.of(scene).year, 10, 1),
    lambda answers, scene: date(ProvincialFacts.of(scene).year + 1, 3, 31),
)
FORM = Form(
    "provincial",
    title=lambda answers, scene: _("Report to the provincial committee of {year}", year=ProvincialFacts.of(scene).year),
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
    """Keep that it was sent; the reminders stop."""
    unit, year = read_subject(subject)
    deadlines.fulfil(
        visit.tx,
        duty=DUTY,
        unit=unit,
        year=year,
        day=date.fromisoformat(answers["day"]),
        number=answers.get("number") or "",
        by=visit.me.id,
        now=visit.said,
    )
    visit.note("provincial_sent", str(year), day=answers["day"])
    return Say(
        [
            _(
                "✅ Recorded at {at}: the report of {year} to the provincial committee was sent on {day}.",
                at=Time(visit.said),
                year=year,
                day=date.fromisoformat(answers["day"]),
            ),
            _("The assistant no longer reminds the office of it."),
        ],
        buttons=(MY_TASKS, HOME),
    )


CONVERSATION = Conversation(
    DUTY,
    title=lambda plan, subject: _("Report to the provincial committee of {year}", year=read_subject(subject)[1]),
    form=lambda plan: FORM,
    file=file,
    serves=allowed(May.RECEIVE),
    facts=ProvincialFacts,
)
COMMAND = Command(
    "baocaotinh",
    _("Report to the provincial committee"),
    _("report to the province"),
    run,
    allowed(May.RECEIVE),
    listed=False,
)
FEATURE = Feature(__name__, commands=(COMMAND,), forms=(CONVERSATION,))
