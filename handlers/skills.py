"""«Thành thạo»: who has passed the office's test of a skill, and when; marked by the office and by heads, withdrawn."""

from collections.abc import Sequence
from datetime import date

from bot.conversation import HOME, Command, Conversation, Feature, Visit
from bot.dialogue import Answers, Button, Choice, Day, Field, Form, Line, OneOf, Say, Scene, Window, start_of_movement
from bot.language import Count, Part, _, fold
from bot.movement import Plan, Target
from bot.office.duties.refused_sheets import keep_open
from bot.office.training.class_facts import KEEPERS, ClassFacts
from bot.office.training.class_people import PEOPLE, ClassPeople, everybody
from storage import training
from storage.people import Person

MARK, WITHDRAW = Button(_("Mark people"), "/thanhthao ghi"), Button(_("Withdraw a mark"), "/thanhthao rut")
LIST = Button(_("Who is marked"), "/thanhthao")
MOST = 20


def skills_of(plan: Plan) -> list[Target]:
    """Return the targets that count who has a skill."""
    return [each for each in plan.asked_about if each.fed_by is not None and each.fed_by.what == "skills"]


def run(visit: Visit, args: str) -> Say:
    """Answer «/thanhthao»: who is marked; «ghi» marks people, «rut» withdraws."""
    if not skills_of(visit.plan):
        return Say([_("No target of the plan counts a skill by a list of people.")], buttons=(HOME,))
    match fold(args.strip()):
        case "ghi" | "moi":
            return visit.open(MARKING)
        case "rut" | "bo":
            return visit.open(WITHDRAWING)
        case word:
            return _list(visit, every=word == "du")


def _list(visit: Visit, *, every: bool) -> Say:
    found, lines, n = ClassFacts(visit, "").skilled, list[Part](), 0
    for target in skills_of(visit.plan):
        those = [each for each in found if each.target == target.code]
        n = max(n, len(those))
        lines.append(_("{name}: {n} people are marked", name=target.short, n=Count(len(those))))
        lines += [
            _("- {who} ({unit}): {test}, {day}", who=each.name, unit=each.unit_name, test=each.test, day=each.day)
            for each in (those if every else those[:MOST])
        ]
        if len(those) > MOST and not every:
            lines.append(_("… and {n} more", n=Count(len(those) - MOST)))
    buttons = [MARK, *([WITHDRAW] if found else []), HOME]
    if n > MOST and not every:
        buttons.insert(0, Button(_("See all ({n})", n=Count(n)), "/thanhthao du"))
    return Say(lines, buttons=tuple(buttons))


def targets(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Offer the targets that count a skill."""
    return [Choice(each.code, each.short) for each in skills_of(scene.plan)]


def _several(answers: Answers, scene: Scene) -> bool:
    """Whether there is more than one skill to choose among."""
    return len(skills_of(scene.plan)) > 1


def _target(visit: Visit, answers: Answers) -> str | None:
    """Return the target that is meant, by today's plan; the one there is where nothing was asked."""
    known = [each.code for each in skills_of(visit.plan)]
    said = answers.get("target") or (known[0] if len(known) == 1 else None)
    return said if said in known else None


def marked(scene: Scene) -> Sequence[Person]:
    """Return whoever is marked, of those who may be listed."""
    ids = {each.person for each in ClassFacts.of(scene).skilled}
    return [person for person in ClassFacts.of(scene).able if person.id in ids]


SKILL = Field("target", _("Skill"), _("Which skill?"), OneOf(targets), choices=targets, when=_several)
MARK_FORM = Form(
    "skill_mark",
    title=lambda answers, scene: _("Marking who has passed"),
    fields=(
        SKILL,
        Field(
            "people",
            _("Who has passed"),
            _(
                "Who has passed? Names as in the list of people, a line each or separated by commas; the name of a unit means everybody of it."
            ),
            PEOPLE,
            example="Nông Văn Mẫu, Lý Thị Ví Dụ",
            choices=everybody,
        ),
        Field(
            "test",
            _("Test"),
            _("By which test? As the office calls it."),
            Line(shortest=3, longest=200),
            example=_("test on the document system, round 1/2027"),
        ),
        Field(
            "day",
            _("Date"),
            _("On which date was the test?"),
            Day(ahead=False, believed=Window(start_of_movement)),
            example="12/05/2027",
        ),
    ),
    send=lambda answers, scene: _("Mark them"),
    review=lambda answers, scene: [
        _("Who reads it: the office, the head of the unit, and whoever is marked of themselves.")
    ],
)
WITHDRAW_FORM = Form(
    "skill_withdraw",
    title=lambda answers, scene: _("Withdrawing that somebody has passed"),
    fields=(
        SKILL,
        Field(
            "people",
            _("Who has passed"),
            _("Who is marked by mistake? Names as in the list, a line each or separated by commas."),
            ClassPeople(marked, lambda scene: ClassFacts.of(scene).units),
            example="Nông Văn Mẫu",
        ),
    ),
    send=lambda answers, scene: _("Withdraw the marks"),
)


def _able(visit: Visit, answers: Answers) -> list[int]:
    able = {person.id for person in ClassFacts(visit, "").able}
    return [id for id in dict.fromkeys(answers["people"]) if id in able]


def mark(visit: Visit, subject: str, answers: Answers) -> Say:
    """Mark people as tested; who is marked already stays so."""
    target = _target(visit, answers)
    if target is None:
        return keep_open(visit, Say([_("The plan counts this skill no more; please choose another one.")]))
    able = _able(visit, answers)
    new = sum(
        training.mark_skill(
            visit.tx,
            target=target,
            person=id,
            test=answers["test"],
            day=date.fromisoformat(answers["day"]),
            by=visit.me.id,
            now=visit.said,
        )
        for id in able
    )
    visit.note("skill_marked", target, people=new)
    lines: list[Part] = [_("✅ {n} people are marked.", n=Count(new))]
    if again := len(able) - new:
        lines.append(_("{n} were marked already; their earlier test stays.", n=Count(again)))
    return Say(lines, buttons=(LIST, HOME))


def withdraw(visit: Visit, subject: str, answers: Answers) -> Say:
    """Take the marks of people back."""
    target = _target(visit, answers)
    if target is None:
        return keep_open(visit, Say([_("The plan counts this skill no more; please choose another one.")]))
    gone = sum(
        training.withdraw_skill(visit.tx, target=target, person=id, by=visit.me.id, now=visit.said)
        for id in _able(visit, answers)
    )
    visit.note("skill_withdrawn", target, people=gone)
    return Say([_("✅ {n} people are marked no more.", n=Count(gone))], buttons=(LIST, HOME))


MARKING = Conversation(
    "skill_mark",
    title=lambda plan, subject: _("Marking who has passed"),
    form=lambda plan: MARK_FORM,
    file=mark,
    serves=KEEPERS,
    facts=ClassFacts,
)
WITHDRAWING = Conversation(
    "skill_withdraw",
    title=lambda plan, subject: _("Withdrawing that somebody has passed"),
    form=lambda plan: WITHDRAW_FORM,
    file=withdraw,
    serves=KEEPERS,
    facts=ClassFacts,
)
COMMAND = Command("thanhthao", _("Skills"), _("skills|skilled"), run, KEEPERS, listed=False, seldom=True, acts=("rut",))
FEATURE = Feature(__name__, commands=(COMMAND,), forms=(MARKING, WITHDRAWING))
