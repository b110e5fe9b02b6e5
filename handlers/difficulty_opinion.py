"""Record what the leaders say about a difficulty: whose word, when, by which document; and the task that follows of it."""

from collections.abc import Sequence
from datetime import date

from bot.conversation import DESK, HOME, Conversation, Feature, Visit
from bot.dialogue import Answers, Button, Choice, Day, Field, Form, Line, OneOf, Paragraph, Say, Scene
from bot.language import Part, _
from bot.office.difficulties import difficulty_doing, difficulty_texts
from bot.office.difficulties.difficulty_facts import DifficultyFacts
from bot.office.duties.refused_sheets import keep_open
from bot.office.unit_tasks import tasks_doing
from storage.difficulties import Opinion

LIST = Button(_("Difficulties"), "/vuongmac ds")
LONGEST = 2000
NO_TASK = ""


def leaders(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Offer the leaders by name."""
    return [Choice(name, name) for name in DifficultyFacts.of(scene).leaders]


def _example_of_leader(answers: Answers, scene: Scene) -> Part:
    return next(iter(DifficultyFacts.of(scene).leaders), "")


def units(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Offer no task, then the units, that of whoever raised it first."""
    return [
        Choice(NO_TASK, _("No task")),
        *(Choice(unit.code, unit.name, also=unit.code) for unit in DifficultyFacts.of(scene).units),
    ]


def _given(answers: Answers, scene: Scene) -> bool:
    return bool(answers.get("unit"))


OPINION_FORM = Form(
    "difficulty_opinion",
    title=lambda answers, scene: _("Opinion of {leaders} · {code}", code=DifficultyFacts.of(scene).code),
    fields=(
        Field(
            "whose",
            _("Whose"),
            _("Whose opinion is it?"),
            Line(shortest=3, longest=120),
            choices=leaders,
            example=_example_of_leader,
        ),
        Field("day", _("Date"), _("On which date was it given?"), Day(ahead=False), example="12/08/2027"),
        Field(
            "number",
            _("Number of the document"),
            _("What is the number of the document that says it?"),
            Line(shortest=3, longest=80),
            example=_("125/TB-{sign}"),
            skip=_("No document"),
        ),
        Field(
            "text",
            _("Opinion"),
            _("What does it say? Whoever raised the difficulty reads it word for word."),
            Paragraph(longest=LONGEST, shortest=5),
            example=_("two licences are to be bought in the third quarter"),
            long=True,
        ),
        Field("unit", _("Task of"), _("Does a unit get something to do out of it?"), OneOf(units), choices=units),
        Field(
            "task",
            _("Task"),
            _("What is the unit to do?"),
            Line(shortest=5, longest=300),
            example=_("buy two licences of the software"),
            when=_given,
        ),
        Field(
            "until", _("Last day"), _("Until the end of which day?"), Day(past=False), example="30/09/2027", when=_given
        ),
    ),
    send=lambda answers, scene: _("Record the opinion"),
    review=lambda answers, scene: [_("Who reads it: whoever raised it, those who have read it until now, {leaders}.")],
)


def record(visit: Visit, subject: str, answers: Answers) -> Say:
    """Store the opinion, and the task that follows of it."""
    facts = DifficultyFacts(visit, subject)
    raised = facts.raised
    assert raised is not None
    until = date.fromisoformat(answers["until"]) if answers.get("until") else None
    if until is not None and until < visit.said.date():
        return keep_open(visit, Say([_("{day} has passed meanwhile; please give a later day.", day=until)]))
    opinion = Opinion(answers["whose"], date.fromisoformat(answers["day"]), answers.get("number") or "")
    now = difficulty_doing.move(visit, raised, facts.word, answers["text"], opinion) if facts.current else None
    if now is None:
        why = [difficulty_doing.since(visit, raised), *difficulty_texts.whole(visit, raised)]
        return keep_open(visit, Say(why, buttons=(*difficulty_texts.buttons(visit, raised), LIST, HOME)))
    lines: list[Part] = [_("✅ The opinion is recorded."), difficulty_texts.line(visit, now)]
    if answers.get("unit") and until is not None:
        lines += tasks_doing.give(visit, now.code, answers["unit"], answers["task"], until)
    return Say(lines, buttons=(Button(_("See {code}", code=now.code), f"/vuongmac {now.code}"), LIST, HOME))


OPINION = Conversation(
    "difficulty_opinion",
    title=lambda plan, subject: _("Opinion about {code}", code=subject.partition(":")[2].partition(":")[0]),
    form=lambda plan: OPINION_FORM,
    file=record,
    serves=DESK,
    facts=DifficultyFacts,
)
FEATURE = Feature(__name__, forms=(OPINION,))
