"""A unit's yearly plan: issued when, signed by whom, with its file; target III.1 counts it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.conversation import Command, Conversation, Feature, Notice, Visit, allowed
from bot.dialogue import Answers, Button, Choice, Day, Field, Files, Form, Line, Say, Scene
from bot.language import Part, _
from bot.movement import May, titled
from bot.office import corrections, head_titles, opened_years, plan_clauses
from bot.office.duties import (
    papers,
    plan_task_fields,
    record_corrections,
    reopening,
    reopening_texts,
    submissions,
    unit_plan,
    unit_plan_texts,
)
from bot.office.duties.duty_kinds import read_subject
from bot.office.duties.record_corrections import CorrectedPlanFacts
from bot.office.duties.refused_sheets import keep_open
from bot.office.duties.unit_plan import UnitPlanFacts
from bot.office.report import differences
from bot.office.report.pages import pass_on
from storage import people, unit_plans


def run(visit: Visit, args: str) -> Say:
    """Answer «/kehoach [year]»; «sua» changes what was sent, «xem» shows it, its file a tap away."""
    asked = opened_years.with_verb(visit, args, ("sua", "xem"), "/kehoach {year}")
    if isinstance(asked, Say):
        return asked
    verb, said = asked
    duty = visit.plan.done_by("plan")
    if duty is None:
        return submissions.nobody_does(visit)
    found = submissions.obligation(visit, duty.code, said)
    if found is not None and (plan := unit_plan.of(visit, found.year)) is not None:
        reopened = reopening.lets(visit, plan.code)
        changes = verb == "sua" and submissions.sends(visit) and (reopened is not None or not plan.received)
        if changes and not submissions.locked(found, visit.said.date()):
            answers = record_corrections.newest(visit, plan.code, unit_plan.answers_of(visit, plan))
            return submissions.open_shared(visit, PLAN, found.year, answers)
        return unit_plan_texts.shown(visit, plan)
    not_yours = _(
        "The yearly plan is sent by the {head}; whoever the head names drafts it.",
        head=head_titles.of_unit(visit, visit.me.unit),
    )
    return submissions.write(visit, duty.code, said, found, PLAN, not_yours)


# What is asked --------------------------------------------------------------------------------


def signers(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Offer who signs for the unit."""
    return [Choice(titled(person), titled(person), person=person.name) for person in UnitPlanFacts.of(scene).signers]


def like(answers: Answers, scene: Scene) -> Part:
    """Return who signs as an example, as the paper names them."""
    return next((titled(person) for person in UnitPlanFacts.of(scene).signers), "")


FORM: Form = Form(
    "unit_plan",
    title=lambda answers, scene: _("Plan of {year}", year=UnitPlanFacts.of(scene).year),
    fields=(
        Field(
            "day",
            _("Date of issue"),
            _("On which date was the plan signed?"),
            Day(ahead=False, believed=unit_plan.ITS_YEAR),
            example="20/01/2027",
            refuse=unit_plan.not_its_year,
        ),
        Field(
            "signer",
            _("Signer"),
            _("Who signed it?"),
            Line(shortest=5, longest=120),
            choices=signers,
            example=like,
            refuse=papers.no_name,
        ),
        Field(
            "number",
            _("Number"),
            _("What is the number of the plan?"),
            Line(longest=40),
            example="05/KH-TTGS",
            refuse=papers.a_day,
            skip=_("Add later"),
            when=lambda answers, scene: UnitPlanFacts.of(scene).unit.seal,
        ),
        Field(
            "file",
            _("File"),
            _("Please send the file of the plan (PDF or Word)."),
            Files(words=False),
            files=True,
            skip=_("Add later"),
        ),
        *plan_task_fields.FIELDS,
    ),
    send=lambda answers, scene: (
        _("Send to the office") if UnitPlanFacts.of(scene).sends else pass_on(UnitPlanFacts.of(scene).head_title)
    ),
    sheet_head=lambda answers, scene: _(
        "Plan of {year} by {unit}", year=UnitPlanFacts.of(scene).year, unit=UnitPlanFacts.of(scene).unit.name
    ),
    review=lambda answers, scene: [
        *differences.review(FORM, UnitPlanFacts.of(scene).before, UnitPlanFacts.of(scene).whole(answers), scene),
        *unit_plan_texts.before_sending(answers, scene),
        _("Who can read it: the office, the leaders."),
    ],
    why=plan_clauses.by_duty("plan"),
)


# Sending --------------------------------------------------------------------------------------


def file(visit: Visit, subject: str, answers: Answers) -> Say:
    """Send it for the head; pass it on for whoever drafts it."""
    (unit, year), answers = read_subject(subject), UnitPlanFacts(visit, subject).whole(answers)
    code = f"KH-{year}-{unit}"
    duty = visit.plan.done_by("plan")
    found = None if duty is None else submissions.obligation(visit, duty.code, str(year))
    before = unit_plan.of(visit, year)
    reopened = reopening.lets(visit, code)
    if before is not None and before.received and reopened is None:
        return keep_open(visit, reopening_texts.too_late(visit, code) or unit_plan_texts.shown(visit, before))
    if duty is None or found is None or submissions.locked(found, visit.said.date()):
        return submissions.not_now(visit, "" if duty is None else duty.code, str(year), found) or Say([])
    if not submissions.sends(visit):
        head = submissions.pass_on(visit, DRAFTED, code, year)
        return submissions.passed_on(visit, head, f"/kehoach {year}")
    if before is not None and reopened is not None:
        return corrections.correct(visit, reopened, "plan", answers, f"/kehoach xem {year}")
    if before is not None:
        record_corrections.keep_past(visit, code)
    changed, tasks = unit_plan.keep(visit, subject, code, answers)
    for writer in submissions.writers(visit, code):
        visit.tell(writer, SENT, key=f"plan_sent:{code}:{writer}", code=code)
    first = unit_plan.sent_line(visit, found.due, year, changed)
    see = Button(_("See the plan"), f"/kehoach xem {year}")
    said = submissions.receipt(first, code, see, Button(_("Edit"), f"/kehoach sua {year}"))
    return replace(said, lines=(*said.lines, *unit_plan_texts.tasks_kept(visit, tasks)))


# What others are told -------------------------------------------------------------------------


def drafted(visit: Visit, about: Any) -> Say | None:
    """Tell the head: the plan lies ready. Pointless once it has been sent."""
    writer = visit.tx.one(people.BY_ID, id=about["by"])
    if writer is None or unit_plan.of(visit, about["year"]) is not None:
        return None
    return Say(
        [
            _("The plan of {year} is ready to be sent", year=about["year"]),
            _("{who} has drafted it; {you_name} looks it over and sends it.", who=titled(writer)),
        ],
        buttons=(Button(_("Look over and send"), f"/kehoach {about['year']}"),),
    )


def sent(visit: Visit, about: Any) -> Say | None:
    """Tell whoever drafted it: the head has sent it."""
    plan = visit.tx.one(unit_plans.BY_CODE, code=about["code"])
    if plan is None:
        return None
    return Say(
        [_("✅ The plan of {year} that {you_name} drafted was sent to the office.", year=plan.year)],
        buttons=(Button(_("See the plan"), f"/kehoach xem {plan.year}"),),
    )


PLAN = Conversation(
    "unit_plan",
    title=lambda plan, subject: _("Plan of {year}", year=read_subject(subject)[1]),
    form=lambda plan: FORM,
    file=file,
    serves=submissions.writes("plan"),
    facts=CorrectedPlanFacts,
    shared=True,
)
COMMAND = Command(
    "kehoach", _("Yearly plan"), _("plan|yearly plan|send the plan"), run, allowed(May.DRAFT, submissions.helps("plan"))
)
DRAFTED = Notice("plan_drafted", drafted, submissions.SENDER)
SENT = Notice("plan_sent", sent, submissions.OF_UNIT)
FEATURE = Feature(__name__, commands=(COMMAND,), forms=(PLAN,), notices=(DRAFTED, SENT))
