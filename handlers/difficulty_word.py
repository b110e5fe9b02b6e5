"""A word about a difficulty: answer it, pass it on to the office, say what is still open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.conversation import HOME, Conversation, Feature, Visit, whose
from bot.dialogue import Answers, Button, Choice, Field, Form, Paragraph, Say, Scene
from bot.language import Part, Text, _
from bot.office.difficulties import difficulty_doing, difficulty_texts
from bot.office.difficulties.difficulty_facts import DifficultyFacts
from bot.office.difficulties.difficulty_moves import MOVES, holds
from bot.office.duties.refused_sheets import keep_open
from bot.office.unit_tasks.task_texts import short

LIST = Button(_("Difficulties"), "/vuongmac ds")
LONGEST = 2000


@dataclass(frozen=True, slots=True)
class MoveWords:
    """How what goes with a move is asked for."""

    title: Text
    question: Text
    example: Text
    send: Text
    done: Text


WORDS: Mapping[str, MoveWords] = {
    word: MoveWords(
        _("Answer a difficulty"),
        _("What is the answer? Whoever raised it reads it."),
        _("the licence is in the list of purchases of the third quarter"),
        _("Send this answer"),
        _("✅ Answered; whoever raised it says whether that solves it."),
    )
    for word in ("traloi", "dap")
} | {
    "chuyen": MoveWords(
        _("Pass a difficulty on"),
        _("What does the unit say to it? {Desk} and whoever raised it read it."),
        _("the unit agrees; the work waits since May"),
        _("Pass it on"),
        _("✅ Passed on to {desk}."),
    ),
    "chua": MoveWords(
        _("Not solved yet"),
        _("What is still open?"),
        _("one licence of two has come"),
        _("Send it back"),
        _("✅ Sent back to whoever answered."),
    ),
}


def _words(scene: Scene) -> MoveWords:
    return WORDS[DifficultyFacts.of(scene).word]


def _about(answers: Answers, scene: Scene) -> Sequence[Part]:
    raised = DifficultyFacts.of(scene).raised
    if raised is None:
        return [_words(scene).question]
    about = _("{code} «{text}»", code=raised.code, text=short(raised.text))
    return [about, _words(scene).question]


def _ready(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Offer one word to whoever passes it on."""
    agrees = scene.words.say(_("The unit agrees with it."))
    return [Choice(agrees, agrees)] if DifficultyFacts.of(scene).word == "chuyen" else []


WORD_FORM = Form(
    "difficulty_word",
    title=lambda answers, scene: _words(scene).title,
    fields=(
        Field(
            "text",
            _("Text"),
            _about,
            Paragraph(longest=LONGEST, shortest=5),
            example=lambda answers, scene: _words(scene).example,
            choices=_ready,
            echo=lambda value, answers, scene: (),
            long=True,
        ),
    ),
    send=lambda answers, scene: _words(scene).send,
)


def say_word(visit: Visit, subject: str, answers: Answers) -> Say:
    """Move it on with what was said; somebody else may have been faster."""
    facts = DifficultyFacts(visit, subject)
    raised = facts.raised
    assert raised is not None
    now = difficulty_doing.move(visit, raised, facts.word, answers["text"]) if facts.current else None
    if now is None:
        why = [difficulty_doing.since(visit, raised), *difficulty_texts.whole(visit, raised)]
        return keep_open(visit, Say(why, buttons=(*difficulty_texts.buttons(visit, raised), LIST, HOME)))
    return Say(
        [WORDS[facts.word].done, difficulty_texts.line(visit, now)],
        buttons=(Button(_("See {code}", code=now.code), f"/vuongmac {now.code}"), LIST, HOME),
    )


def _in_hand(visit: Visit, subject: str) -> bool:
    facts = DifficultyFacts(visit, subject or "")
    rule = MOVES.get(facts.word)
    return rule is not None and facts.raised is not None and holds(visit, facts.raised, rule.hand)


WORD = Conversation(
    "difficulty_word",
    title=lambda plan, subject: _("A word about {code}", code=subject.partition(":")[2].partition(":")[0]),
    form=lambda plan: WORD_FORM,
    file=say_word,
    serves=whose(_("whoever has it in hand"), _in_hand),
    facts=DifficultyFacts,
)
FEATURE = Feature(__name__, forms=(WORD,))
