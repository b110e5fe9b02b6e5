"""Up to seven questions of a request: what each asks, how it is answered, which known figure is filled in."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.dialogue import Answers, Choice, Field, Line, OneOf, Reading, Scene, Value, Wrong
from bot.language import Part, Text, _, clean_line, fold
from bot.movement import FieldType
from bot.office.requests.asking_facts import AskingFacts
from storage.requests import AskedQuestion

MOST = 7
"""Questions of one request."""
FIRST_EXAMPLE = _("How many documents has the unit signed digitally?")
NEXT_EXAMPLE = _("What stands most in the way of digital signing?")
CHOICES = 10
"""Answers that a question may offer."""
FIGURE = "figure"
TYPES: Mapping[str, Text] = {
    FieldType.NUMBER: _("A number"),
    FieldType.LINE: _("A short text"),
    FieldType.PARAGRAPH: _("a few sentences, files beside them"),
    FieldType.CHOICE: _("one of several answers"),
    FieldType.DATE: _("A day"),
    FieldType.MONEY: _("An amount of money"),
    FieldType.FILES: _("files"),
    FIGURE: _("a figure that the assistant knows"),
}
"""How a question may be answered, as the office chooses it."""


def types(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Offer how a question may be answered; what is known is known of units."""
    return [Choice(code, label) for code, label in TYPES.items() if code != FIGURE or answers.get("whom") != "people"]


def counted_in(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Offer what is often counted."""
    return [Choice(each, each) for each in scene.words.say(_("people|files|meetings|devices")).split("|")]


def figures(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Offer the figures that are known."""
    return [Choice(each.code, each.name) for each in AskingFacts.of(scene).figures]


@dataclass(frozen=True)
class AnswersOffered:
    """The answers that a question offers: «Đã thực hiện; Đang thực hiện; Chưa»; a value is a list of texts."""

    free = True
    text = False
    digits = False

    def read(self, text: str, answers: Answers, scene: Scene) -> Reading:
        """Read two to ten different ones."""
        found = list(dict.fromkeys(clean_line(each).strip(" .") for each in text.replace("\n", ";").split(";")))
        found = [each for each in found if each]
        if not 2 <= len(found) <= CHOICES or len({fold(each) for each in found}) < len(found):
            return Wrong(_("Please write 2 to {n} different answers, separated by semicolons.", n=CHOICES))
        if any(len(each) > 60 for each in found):
            return Wrong(_("One answer has {n} characters at most.", n=60))
        return Value(found)

    def show(self, value: Any, scene: Scene) -> Part:
        """Say them one after the other."""
        return "; ".join(value)


def _asked(n: int) -> Callable[[Answers, Scene], bool]:
    """Whether the n-th question may be asked: all before it are there."""
    return lambda answers, scene: all(answers.get(f"q{each}") for each in range(1, n))


def _is(n: int, *types: str) -> Callable[[Answers, Scene], bool]:
    there = _asked(n + 1)
    return lambda answers, scene: there(answers, scene) and answers.get(f"q{n}_type") in types


def no_more(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Offer to ask no more."""
    return [Choice("", _("No more questions"))]


def _again(n: int) -> Callable[[Any, Answers, Scene], Part | None]:
    def refuse(value: Any, answers: Answers, scene: Scene) -> Part | None:
        others = [answers.get(f"q{each}") for each in range(1, MOST + 1) if each != n]
        if value and fold(value) in [fold(each) for each in others if isinstance(each, str)]:
            return _("This question is asked already. Please ask another one.")
        return None

    return refuse


def _question(n: int) -> tuple[Field, ...]:
    there = _asked(n + 1)
    return (
        Field(
            f"q{n}",
            _("Question {n}", n=n),
            _("What is the first question?")
            if n == 1
            else _("What is the next question? There are {n} of {most} so far.", n=n - 1, most=MOST),
            Line(shortest=4, longest=200),
            heading=_("Question {n}", n=n),
            example=FIRST_EXAMPLE if n == 1 else NEXT_EXAMPLE,
            choices=None if n == 1 else no_more,
            echo=lambda value, answers, scene: (),
            when=_asked(n),
            refuse=_again(n),
        ),
        Field(
            f"q{n}_type",
            _("Answer {n}", n=n),
            lambda answers, scene: [_("How is «{question}» answered?", question=answers.get(f"q{n}") or "")],
            OneOf(types),
            heading=_("Question {n}", n=n),
            choices=types,
            when=there,
        ),
        Field(
            f"q{n}_unit",
            _("Counted in {n}", n=n),
            _("What is it counted in?"),
            Line(longest=30),
            heading=_("Question {n}", n=n),
            choices=counted_in,
            when=_is(n, FieldType.NUMBER),
        ),
        Field(
            f"q{n}_choices",
            _("Offered {n}", n=n),
            _("Which answers are offered? Please separate them by semicolons."),
            AnswersOffered(),
            heading=_("Question {n}", n=n),
            example=_("Done; Under way; Not yet"),
            when=_is(n, FieldType.CHOICE),
        ),
        Field(
            f"q{n}_figure",
            _("Figure {n}", n=n),
            _("Which figure is filled in?"),
            OneOf(figures),
            heading=_("Question {n}", n=n),
            choices=figures,
            when=_is(n, FIGURE),
        ),
    )


QUESTIONS: tuple[Field, ...] = tuple(field for n in range(1, MOST + 1) for field in _question(n))


def questions_in(answers: Answers, scene: Scene) -> list[AskedQuestion]:
    """Return the questions that a sheet has, without their codes."""
    found: list[AskedQuestion] = []
    for n in range(1, MOST + 1):
        text, type = answers.get(f"q{n}"), answers.get(f"q{n}_type")
        if not text or not type:
            break
        unit, figure = str(answers.get(f"q{n}_unit") or ""), ""
        if type == FIGURE:
            figure = str(answers.get(f"q{n}_figure") or "")
            known = next((each for each in AskingFacts.of(scene).figures if each.code == figure), None)
            unit = "" if known is None else scene.words.say(known.unit)
        found.append(
            AskedQuestion(
                "",
                text,
                FieldType.NUMBER if type == FIGURE else type,
                unit if type in (FieldType.NUMBER, FIGURE) else "",
                tuple(answers.get(f"q{n}_choices") or ()) if type == FieldType.CHOICE else (),
                figure,
            )
        )
    return found


def answers_of(questions: Sequence[AskedQuestion]) -> dict[str, Any]:
    """Return questions as a sheet has them."""
    found: dict[str, Any] = {}
    for n, each in enumerate(questions, 1):
        found |= {f"q{n}": each.text, f"q{n}_type": FIGURE if each.figure else each.type}
        if each.figure:
            found[f"q{n}_figure"] = each.figure
        elif each.unit:
            found[f"q{n}_unit"] = each.unit
        if each.choices:
            found[f"q{n}_choices"] = list(each.choices)
    if len(questions) < MOST:
        found[f"q{len(questions) + 1}"] = ""
    return found
