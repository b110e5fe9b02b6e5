"""Raise a difficulty: what it is, what it is about, by which way it goes; who will read it is said before it is sent."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.conversation import EVERYBODY, HOME, Conversation, Feature, Visit
from bot.dialogue import Answers, Button, Choice, Field, Form, OneOf, Paragraph, Say, Scene
from bot.language import Part, _
from bot.office.difficulties import difficulty_doing, difficulty_texts
from bot.office.difficulties.difficulty_facts import RaiseFacts, sheet_beside
from bot.office.difficulties.difficulty_moves import last_day, owners
from bot.office.duties.refused_sheets import keep_open
from bot.office.told import told
from storage.difficulties import DifficultyState

LIST = Button(_("Difficulties"), "/vuongmac ds")
SHORTEST, LONGEST = 10, 2000


def areas(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Offer the contents of the movement, and none of them."""
    named = [Choice(each.code, each.short, each.name, each.code) for each in scene.plan.areas]
    return [*named, Choice("", _("None of these"))]


def ways(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Offer by way of the head, or straight to the office."""
    facts = RaiseFacts.of(scene)
    labels: Mapping[DifficultyState, Part] = {
        DifficultyState.HEAD: _("By way of the {head}", head=facts.head_title),
        DifficultyState.DESK: _("Straight to {desk}"),
    }
    return [Choice(str(way), labels[way]) for way in facts.ways]


def read_by(answers: Answers, scene: Scene) -> Sequence[Part]:
    """Say who will read it, before it is sent."""
    facts = RaiseFacts.of(scene)
    if answers.get("way") == DifficultyState.HEAD:
        return [
            _("Who reads it: {head}; where it is passed on, {desk} and {leaders} too.", head=facts.head),
            _("The draft of the unit's yearly report tells of it and of what came of it."),
        ]
    if len(facts.ways) == 1 or not facts.apart:
        lines: list[Part] = [_("Who reads it: {desk}, {leaders}.")]
        report = _("The draft of the unit's yearly report tells of it and of what came of it.")
        return [*lines, report] if facts.leads else lines
    return [
        _("Who reads it: {desk}, {leaders}; the {head} of the unit does not.", head=facts.head_title),
        _("The summary of {desk} tells of it with the unit's name, without {you}rs."),
    ]


def without_words(value: Any, answers: Answers, scene: Scene) -> Part | None:
    """Refuse files alone: whoever answers needs to read what stands in the way."""
    if not isinstance(value, dict) or len(value["note"].strip()) >= SHORTEST:
        return None
    return _("The files need a few words beside them: what stands in the way, and what is proposed.")


RAISE_FORM = Form(
    "difficulty",
    title=lambda answers, scene: _("Report a difficulty"),
    fields=(
        Field(
            "text",
            _("Difficulty"),
            _("What stands in the way, and what does {you_name} propose?"),
            Paragraph(longest=LONGEST, shortest=SHORTEST),
            example=_("there is no licence for the software yet; proposal: two licences in the third quarter"),
            long=True,
            files=True,
            refuse=without_words,
        ),
        Field("area", _("Content"), _("Which content of the movement is it about?"), OneOf(areas), choices=areas),
        Field(
            "way",
            _("Goes to"),
            _("How is it to go?"),
            OneOf(ways),
            choices=ways,
            when=lambda answers, scene: len(RaiseFacts.of(scene).ways) > 1,
        ),
    ),
    send=lambda answers, scene: _("Send the difficulty"),
    review=read_by,
)


def send(visit: Visit, subject: str, answers: Answers) -> Say:
    """Store it, and tell whoever has it now; a head may have come or gone since it was asked."""
    ways_now = RaiseFacts(visit, subject).ways
    way = DifficultyState(answers.get("way") or DifficultyState.DESK)
    if way not in ways_now or (way is DifficultyState.DESK and "way" not in answers and len(ways_now) > 1):
        return keep_open(visit, Say([_("Who reads it has changed meanwhile, so nothing was sent. Please look again.")]))
    said = answers["text"]
    text, sent = (said["note"], said["files"]) if isinstance(said, dict) else (said, ())
    raised = difficulty_doing.send(visit, text, answers["area"], way)
    visit.keep_files(sent, raised.code)
    due = last_day(visit.plan, visit.office.calendar, raised, visit.now.tzinfo)
    who = difficulty_texts.whose_turn(visit, raised)
    return Say(
        [
            _("✅ Sent. Code: {code} (no number of a document).", code=raised.code),
            _("{who} answers by the end of {day}.", who=who, day=due),
            *told(visit, [each.id for each in owners(visit, raised)], _("Whoever answers is told at once.")),
        ],
        buttons=(Button(_("See {code}", code=raised.code), f"/vuongmac {raised.code}"), LIST, HOME),
    )


RAISE = Conversation(
    "difficulty",
    title=lambda plan, subject: _("Report a difficulty"),
    form=lambda plan: RAISE_FORM,
    file=send,
    serves=EVERYBODY,
    facts=RaiseFacts,
    beside=sheet_beside,
)
FEATURE = Feature(__name__, forms=(RAISE,))
