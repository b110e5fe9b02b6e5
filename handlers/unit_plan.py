"""A unit's yearly plan: issued when, signed by whom, with its file; target III.1 counts it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from bot.conversation import HOME, Command, Conversation, Facts, Feature, Notice, Visit, allowed
from bot.dialogue import Answers, Button, Choice, Day, Field, Form, Line, Paragraph, Say, Scene, Window
from bot.language import Part, Text, Time, _
from bot.movement import May, titled
from bot.office import head_titles, opened_years
from bot.office.duties import submissions
from bot.office.duties.duty_kinds import read_subject
from bot.office.report.pages import pass_on
from storage import files, people, unit_plans
from storage.unit_plans import UnitPlan

DUTY = "plan"


def run(visit: Visit, args: str) -> Say:
    """Answer «/kehoach [year]»; «sua» changes what was sent, «xem» shows it with its file."""
    asked = opened_years.with_verb(visit, args, ("sua", "xem"), "/kehoach {year}")
    if isinstance(asked, Say):
        return asked
    verb, said = asked
    found = submissions.obligation(visit, DUTY, said)
    if found is not None and (plan := _of(visit, found.year)) is not None:
        changes = verb == "sua" and submissions.sends(visit) and not plan.received
        if changes and not submissions.locked(found, visit.said.date()):
            return submissions.open_shared(visit, PLAN, found.year, _answers(plan))
        return _sent(visit, plan)
    not_yours = _(
        "The yearly plan is sent by the {head}; whoever the head names drafts it.",
        head=head_titles.of_unit(visit, visit.me.unit),
    )
    return submissions.write(visit, DUTY, said, found, PLAN, not_yours)


def _of(visit: Visit, year: int) -> UnitPlan | None:
    return visit.tx.one(unit_plans.OF_UNIT, unit=visit.me.unit, year=year)


def _answers(plan: UnitPlan) -> dict[str, Any]:
    kept = {"files": [plan.file], "note": ""} if plan.file else None
    return {"day": plan.day.isoformat(), "signer": plan.signer, "number": plan.number or None, "file": kept}


def _sent(visit: Visit, plan: UnitPlan) -> Say:
    """Return what the office has, and whether it can still be changed."""
    lines: list[Part] = [
        _("Plan of {year} by {unit}", year=plan.year, unit=visit.me.unit_name),
        _("Issued on {day}, signed by {signer}.", day=plan.day, signer=plan.signer),
        _("Sent at {at}. Tracking code: {code}.", at=Time(plan.at), code=plan.code),
    ]
    if plan.number:
        lines.insert(2, _("Number: {number}", number=plan.number))
    buttons: list[Button] = []
    if plan.received:
        lines.append(_("The office received it at {at}.", at=Time(plan.received)))
    elif submissions.sends(visit):
        lines.append(_("It can be changed until the office has received it."))
        buttons.append(Button(_("Edit"), f"/kehoach sua {plan.year}"))
    kept = [file.id for file in visit.tx.all(files.OF_RECORD, record=plan.code)]
    return Say(lines, buttons=(*buttons, HOME), files=kept)


# What is asked --------------------------------------------------------------------------------


def signers(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Return who signs for the unit."""
    return [Choice(titled(person), titled(person), person=person.name) for person in scene.facts["signers"]]


def not_yet(value: Any, answers: Answers, scene: Scene) -> Part | None:
    """Return a plan is of this year: issued in it, or late in the year before."""
    day, year = date.fromisoformat(value), scene.facts["year"]
    if not date(year - 1, 10, 1) <= day <= date(year, 12, 31):
        return _("{day} is not a date for a plan of {year}. Please check it.", day=day, year=year)
    return None


ITS_YEAR = Window(
    lambda answers, scene: date(scene.facts["year"] - 1, 12, 1),
    lambda answers, scene: date(scene.facts["year"], 12, 31),
)
FORM = Form(
    "unit_plan",
    title=lambda answers, scene: _("Plan of {year}", year=scene.facts["year"]),
    fields=(
        Field(
            "day",
            _("Date of issue"),
            _("On which date was the plan signed?"),
            Day(ahead=False, believed=ITS_YEAR),
            example="20/01/2027",
            refuse=not_yet,
        ),
        Field(
            "signer",
            _("Signer"),
            _("Who signed it?"),
            Line(shortest=5, longest=120),
            choices=signers,
            example=_("Head Hoàng Văn Thử"),
        ),
        Field(
            "number",
            _("Number"),
            _("What is the number of the plan?"),
            Line(longest=40),
            example="05/KH-TTGS",
            skip=_("Add later"),
            when=lambda answers, scene: scene.facts["unit"].seal,
        ),
        Field(
            "file",
            _("File"),
            _("Please send the file of the plan (PDF or Word)."),
            Paragraph(),
            files=True,
            long=True,
            skip=_("Add later"),
        ),
    ),
    send=lambda answers, scene: _("Send to the office") if scene.facts["sends"] else pass_on(scene.facts["head_title"]),
    sheet_head=lambda answers, scene: _(
        "Plan of {year} by {unit}", year=scene.facts["year"], unit=scene.facts["unit"].name
    ),
    review=lambda answers, scene: [_("Who can read it: the office, the leaders.")],
)


def facts(visit: Visit, subject: str) -> Facts:
    """Return the unit, its heads, and whether this person sends for it."""
    unit, year = read_subject(subject)
    before = visit.tx.one(unit_plans.OF_UNIT, unit=unit, year=year)
    return Facts(
        sent=lambda: before.at if before is not None else None,
        year=lambda: year,
        unit=lambda: visit.tx.one(people.UNIT, code=unit),
        signers=lambda: submissions.senders(visit, unit)[:4],
        sends=lambda: submissions.sends(visit),
        head_title=lambda: head_titles.of_unit(visit, visit.me.unit),
    )


# Sending --------------------------------------------------------------------------------------


def file(visit: Visit, subject: str, answers: Answers) -> Say:
    """Return the head sends it; whoever drafts it passes it on."""
    unit, year = read_subject(subject)
    code = f"KH-{year}-{unit}"
    found = submissions.obligation(visit, DUTY, str(year))
    before = _of(visit, year)
    if before is not None and before.received:
        return _sent(visit, before)
    if found is None or submissions.locked(found, visit.said.date()):
        return submissions.not_now(visit, DUTY, str(year), found) or Say([])
    if not submissions.sends(visit):
        head = submissions.pass_on(visit, DRAFTED, code, year)
        return submissions.passed_on(visit, head, f"/kehoach {year}")
    sent = answers.get("file")
    kept = sent["files"] if isinstance(sent, dict) else []
    unit_plans.put(
        visit.tx,
        unit=unit,
        year=year,
        code=code,
        day=date.fromisoformat(answers["day"]),
        signer=answers["signer"],
        number=answers.get("number") or "",
        file=kept[0] if kept else None,
        by=visit.me.id,
        now=visit.said,
    )
    visit.keep_files(kept, code)
    visit.note("plan_changed" if before else "plan_sent", code)
    for writer in submissions.writers(visit, code):
        visit.tell(writer, SENT, key=f"plan_sent:{code}:{writer}", code=code)
    first = _sent_line(visit, found.due, year, changed=before is not None)
    see = Button(_("See the plan"), f"/kehoach xem {year}")
    return submissions.receipt(first, code, see, Button(_("Edit"), f"/kehoach sua {year}"))


def _sent_line(visit: Visit, due: date | None, year: int, changed: bool) -> Text:
    at, when = Time(visit.said), submissions.timing(due, visit.said)
    if changed:
        return _("✅ The plan of {year} was changed at {at}.", year=year, at=at)
    if when is None:
        return _("✅ The plan of {year} was sent at {at}.", year=year, at=at)
    return _("✅ The plan of {year} was sent at {at}, {when}.", year=year, at=at, when=when)


# What others are told -------------------------------------------------------------------------


def drafted(visit: Visit, about: Any) -> Say | None:
    """Tell the head: the plan lies ready. Pointless once it has been sent."""
    writer = visit.tx.one(people.BY_ID, id=about["by"])
    if writer is None or _of(visit, about["year"]) is not None:
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
    serves=submissions.writes(DUTY),
    facts=facts,
    shared=True,
)
COMMAND = Command(
    "kehoach", _("Yearly plan"), _("plan|yearly plan|send the plan"), run, allowed(May.DRAFT, submissions.helps(DUTY))
)
DRAFTED = Notice("plan_drafted", drafted, submissions.SENDER)
SENT = Notice("plan_sent", sent, submissions.OF_UNIT)
FEATURE = Feature(__name__, commands=(COMMAND,), forms=(PLAN,), notices=(DRAFTED, SENT))
