"""Inspections: the office records what it has found in a unit and until when it is put right; the unit says that it is."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bot.conversation import DESK, HOME, WHO, Command, Conversation, Feature, Notice, Visit, allowed, whose
from bot.dialogue import Answers, Button, Choice, Day, Field, Form, Line, OneOf, Paragraph, Say, Scene
from bot.language import Count, Part, _, fold
from bot.movement import May
from bot.office.duties import submissions
from bot.office.duties.refused_sheets import keep_open
from bot.office.inspections import inspecting
from bot.office.inspections.inspecting import INSPECTED, InspectionFacts, find, sees, whole
from bot.office.report.raised_words import put_right
from bot.office.unit_tasks import task_texts
from storage import inspections, unit_tasks
from storage.inspections import Inspection

LIST = Button(_("Inspections"), "/kiemtra")
NEW = Button(_("Record an inspection"), "/kiemtra moi")
MOST = 20


def run(visit: Visit, args: str) -> Say:
    """Answer «/kiemtra»: the list; «moi» records one; with a code one, «bo» takes it out."""
    said, _space, rest = args.strip().partition(" ")
    if not said:
        return _list(visit)
    if fold(said) == "moi":
        return visit.open(RECORD)
    found = find(visit, said)
    if found is None:
        why = _("There is no inspection {code} for {you} to see.", code=said[:40])
        return Say([why], buttons=(LIST, HOME))
    word, _space, sure = fold(rest.strip()).partition(" ")
    if word != "bo" or not visit.may(May.RECEIVE):
        return one(visit, found)
    if found.withdrawn is None and sure != "co":
        return Say(
            [
                _("Take out {code}, as recorded by mistake?", code=found.code),
                *whole(visit, found),
                _("What the unit was to put right is not asked for any more."),
            ],
            buttons=(
                Button(_("Take it out"), f"/kiemtra {found.code} bo co"),
                Button(_("Leave it"), f"/kiemtra {found.code}"),
            ),
        )
    done = _("{code} was taken out already.", code=found.code)
    if inspecting.take_out(visit, found):
        done = _("✅ {code} is taken out.", code=found.code)
    return Say([done], buttons=(LIST, HOME))


def _list(visit: Visit) -> Say:
    found, desk = inspecting.mine(visit), visit.may(May.RECEIVE)
    new = (NEW,) if desk else ()
    if not found:
        return Say([_("No inspection is recorded.")], buttons=(*new, HOME))
    lines: list[Part] = [_("Inspections ({n})", n=Count(len(found)))]
    for each in found[:MOST]:
        about = {"code": each.code, "day": each.day, "how": put_right(each, visit.now.tzinfo)}
        if desk:
            lines.append(_("- {code}, {unit}, {day}: {how}", unit=each.unit_name, **about))
        else:
            lines.append(_("- {code}, {day}: {how}", **about))
    if len(found) > MOST:
        lines.append(_("… and {n} more", n=Count(len(found) - MOST)))
    return Say(lines, buttons=(*(Button(each.code, f"/kiemtra {each.code}") for each in found[:8]), *new, HOME))


def one(visit: Visit, inspection: Inspection) -> Say:
    """Show one, with what the unit or the office may do about what was found."""
    if inspection.withdrawn is not None:
        return Say([_("{code} was taken out already.", code=inspection.code)], buttons=(LIST, HOME))
    found = list[Button]()
    for task in visit.tx.all(unit_tasks.OF_SOURCE, source=inspection.code):
        found += task_texts.buttons(visit, task)
    if visit.may(May.RECEIVE):
        found.append(Button(_("Take it out, recorded by mistake"), f"/kiemtra {inspection.code} bo"))
    return Say(whole(visit, inspection), buttons=(*found, LIST, HOME))


# Recording one ------------------------------------------------------------------------------------


def units(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Offer the units."""
    return [Choice(unit.code, unit.name, also=unit.code) for unit in InspectionFacts.of(scene).units]


def _found(answers: Answers, scene: Scene) -> bool:
    return bool(answers.get("found"))


FORM = Form(
    "inspection",
    title=lambda answers, scene: _("Record an inspection"),
    fields=(
        Field("unit", _("Unit"), _("Which unit was inspected?"), OneOf(units), choices=units),
        Field("day", _("Date"), _("On which date was the inspection?"), Day(ahead=False), example="12/05/2027"),
        Field(
            "number",
            _("Minutes"),
            _("What is the number of the minutes?"),
            Line(shortest=2, longest=80),
            example=_("12/BB-KT"),
            skip=_("No minutes"),
        ),
        Field(
            "found",
            _("Found"),
            _("What has to be put right? The unit reads it word for word."),
            Paragraph(longest=2000, shortest=5),
            example=_("three files have no digital signature"),
            skip=_("Nothing to put right"),
            long=True,
        ),
        Field(
            "until",
            _("Put right by"),
            _("By the end of which day is it to be put right?"),
            Day(past=False),
            example="30/06/2027",
            when=_found,
        ),
    ),
    send=lambda answers, scene: _("Record it and tell the unit"),
    review=lambda answers, scene: [_("Who reads it: the unit, {desk}, {leaders} in the summary.")],
)


def file(visit: Visit, subject: str, answers: Answers) -> Say:
    """Store it; what is to be put right becomes a task of the unit."""
    until = date.fromisoformat(answers["until"]) if answers.get("until") else None
    if until is not None and until < visit.said.date():
        return keep_open(visit, Say([_("{day} has passed meanwhile; please give a later day.", day=until)]))
    if answers["unit"] not in [unit.code for unit in InspectionFacts(visit, subject).units]:
        return keep_open(visit, Say([_("This unit is there no more; please choose another one.")]))
    code, told = inspecting.record(
        visit,
        answers["unit"],
        date.fromisoformat(answers["day"]),
        answers.get("number") or "",
        answers.get("found") or "",
        until,
    )
    see = Button(_("See {code}", code=code), f"/kiemtra {code}")
    return Say([_("✅ Recorded: {code}.", code=code), *told], buttons=(see, LIST, HOME))


RECORD = Conversation(
    "inspection",
    title=lambda plan, subject: _("Record an inspection"),
    form=lambda plan: FORM,
    file=file,
    serves=DESK,
    facts=InspectionFacts,
)


def inspected(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Tell the unit of an inspection that has found nothing. Pointless once it was taken out."""
    found = visit.tx.one(inspections.BY_CODE, code=about["code"])
    if found is None or found.withdrawn is not None:
        return None
    return Say([_("An inspection of the unit was recorded"), *whole(visit, found)], buttons=(LIST,))


def _theirs(visit: Visit, about: Mapping[str, Any]) -> bool:
    found = visit.tx.one(inspections.BY_CODE, code=about["code"])
    return found is not None and sees(visit, found)


COMMAND = Command(
    "kiemtra",
    _("Inspections"),
    _("inspection|inspections"),
    run,
    allowed(May.RECEIVE, submissions.sends),
    listed=False,
    seldom=True,
)
FEATURE = Feature(
    __name__,
    commands=(COMMAND,),
    forms=(RECORD,),
    notices=(Notice(INSPECTED, inspected, whose(WHO[May.SEND], _theirs)),),
)
