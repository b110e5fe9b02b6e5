"""A form as a value: its fields, their questions, and how an answer is read and shown. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Protocol, get_type_hints

from pydantic import BaseModel

from bot.dialogue.turn import Answers, Button, Choice, Scene
from bot.language import Part, Text, _


@dataclass(frozen=True, slots=True)
class Wrong:
    """An answer that cannot be taken, and why; the question is repeated after it."""

    why: Part


@dataclass(frozen=True, slots=True)
class Unclear:
    """An answer that has to be asked back; it has any number of meanings, one among them («do you mean this?»)."""

    question: Part
    meanings: Sequence[Choice]


@dataclass(frozen=True, slots=True)
class Value:
    """An answer understood, as JSON."""

    value: Any


Reading = Value | Wrong | Unclear


class Kind(Protocol):
    """How the words of an answer become a value, and a value words."""

    free: bool
    """Whether any text may be an answer: then menu words are not taken for commands."""

    text: bool
    """Whether any words at all are an answer: then nothing else may be read into them."""

    digits: bool
    """Whether digits are an answer here, never the number of a choice."""

    def read(self, text: str, answers: Answers, scene: Scene) -> Reading:
        """Read what the person's words mean."""

    def show(self, value: Any, scene: Scene) -> Part:
        """Say the value as it stands on the sheet."""


Asked = Part | Callable[[Answers, Scene], Sequence[Part]]
"""A question: a sentence, or lines made from the answers so far."""
Reason = Callable[[Answers, Scene], Sequence[Part]]
"""Why something is asked, in lines; none where there is nothing to say."""


@dataclass(frozen=True)
class Field:
    """One question of a form and everything about its answer. All functions are pure."""

    code: str
    label: Part
    """Its name on the sheet."""
    ask: Asked
    kind: Kind
    example: Part | Callable[[Answers, Scene], Part] = ""
    also: Part = ""
    """Another name that people type for it: «II.4»."""
    choices: Callable[[Answers, Scene], Sequence[Choice]] | None = None
    when: Callable[[Answers, Scene], bool] | None = None
    """Whether it is asked at all, seen from the other answers."""
    prefill: Callable[[Answers, Scene], Any] | None = None
    """A value already known, to be confirmed with one tap; None when nothing is known."""
    refuse: Callable[[Any, Answers, Scene], Part | None] | None = None
    """Why this value cannot be: the reason, with what to do."""
    ask_again: Callable[[Any, Answers, Scene], Part | None] | None = None
    """A warning that the person may confirm; it asks and never blocks."""
    beside: Callable[[Any, Answers, Scene], Sequence[Button]] | None = None
    """What can be looked at before that warning is confirmed; the sheet stays open."""
    keep: Text = field(default_factory=lambda: _("Keep it"))
    """What confirming that warning is called."""
    why: Reason | None = None
    """Why it is asked: the clause of the plan behind it; said to whoever asks."""
    skip: Text | Callable[[Answers, Scene], Text | None] | None = None
    """What leaving it empty is called; None when it must be answered."""
    later: bool = False
    """Whether nobody is asked it before the sheet was sent, unless they open it: it may be added afterwards."""
    flag: Callable[[Any, Scene], Part | None] | None = None
    """A remark beside the value on the sheet: «chưa có dấu»."""
    echo: Callable[[Any, Answers, Scene], Sequence[Part]] | None = None
    """What the next message says was understood, beyond a choice's own label; its first line not where the review follows."""
    note: Callable[[Answers, Scene], Part | None] | None = None
    """What stands beside a known value on its page: last year's figure, where it comes from."""
    heading: Part | None = None
    """What the question is called instead of «Câu 3/7»: «Chỉ tiêu 5: Giấy sử dụng»."""
    page: str = ""
    unknown: Part = field(default_factory=lambda: _("asked after this page"))
    """What stands on its page while nothing is known."""
    rest: Callable[[Answers, Scene], Any] | None = None
    """What it is where its page is said to have nothing else; None where it has to be asked all the same."""
    long: bool = False
    """Whether a long answer may come in several messages."""
    files: bool = False
    """Whether files may be an answer."""

    def skipping(self, answers: Answers, scene: Scene) -> Text | None:
        """Name the button that leaves it empty, as the sheet stands; None when it must be answered."""
        return self.skip(answers, scene) if callable(self.skip) else self.skip

    def doubt(self, value: Any, answers: Answers, scene: Scene) -> Part | None:
        """Ask back before this value is taken: by its kind's window, then by the field's own warning."""
        by_kind: Callable[[Any, Answers, Scene], Part | None] | None = getattr(self.kind, "doubt", None)
        if by_kind is not None and (asked := by_kind(value, answers, scene)) is not None:
            return asked
        return self.ask_again(value, answers, scene) if self.ask_again is not None else None

    def looks(self, value: Any, answers: Answers, scene: Scene) -> Sequence[Button]:
        """Return the buttons that stand below a doubt."""
        return self.beside(value, answers, scene) if self.beside is not None else ()

    def holds(self, value: Any) -> bool:
        """Whether a kept value is still an answer to it: a plan may have changed what is asked."""
        fits: Callable[[Any], bool] | None = getattr(self.kind, "fits", None)
        return fits is None or value is None or fits(value)

    def visible(self, answers: Answers, scene: Scene) -> bool:
        """Whether this field belongs to the sheet as it stands."""
        return self.when is None or self.when(answers, scene)


def _numbered(n: int, label: Part, value: Part) -> Part:
    return _("{n}. {label}: {value}", n=n, label=label, value=value)


@dataclass(frozen=True)
class Page:
    """Several known values shown together and confirmed with one tap."""

    title: Callable[[Scene], Part]
    accept: Text
    intro: Callable[[Scene], Sequence[Part]] = lambda scene: ()
    outro: Callable[[Scene], Sequence[Part]] = lambda scene: ()
    buttons: Callable[[Scene], Sequence[Button]] = lambda scene: ()
    """What can be done elsewhere about what stands on it; the sheet is kept."""
    rest: Text | None = None
    """What saying that there is nothing else for what nobody knows is called; None where each is asked."""
    line: Callable[[int, Part, Part], Part] = _numbered
    """How a value stands on it, from its number on the sheet, its label and itself."""


@dataclass(frozen=True)
class Form:
    """A form: made from a pydantic class by `Form.of`, or from data (the plan's targets)."""

    code: str
    title: Callable[[Answers, Scene], Part]
    fields: tuple[Field, ...]
    send: Callable[[Answers, Scene], Text]
    """What sending it is called: «Gửi Trưởng phòng xác nhận»."""
    pages: Mapping[str, Page] = field(default_factory=dict)
    head: Callable[[Answers, Scene], Part] | None = None
    """The first line of its first question, when it says more than the title (the year)."""
    sheet_head: Callable[[Answers, Scene], Part] | None = None
    """What the sheet is called at the review: «Phiếu đăng ký sáng kiến năm 2027»."""
    review: Callable[[Answers, Scene], Sequence[Part]] | None = None
    """What stands under the sheet before it is sent: who will read it."""
    looks: Callable[[Answers, Scene], Sequence[Button]] | None = None
    """What can be looked at before it is sent; the sheet stays open."""
    why: Reason | None = None
    """Why its questions are asked, where a question does not say so itself."""
    brief: bool = False
    """Whether the review says only what `review` says; the whole sheet is one word away."""
    at_once: bool = False
    """Whether the last answer sends it, without a review: for a single question."""
    model: type[BaseModel] | None = None

    @cached_property
    def _by_code(self) -> Mapping[str, Field]:
        return {field.code: field for field in self.fields}

    @cached_property
    def measured(self) -> bool:
        """Whether any of its answers may come to mean something else: the others are not looked at again."""
        return any(hasattr(field.kind, "fits") for field in self.fields)

    def __getitem__(self, code: str) -> Field:
        return self._by_code[code]

    def __contains__(self, code: str) -> bool:
        return code in self._by_code

    @classmethod
    def of(cls, model: type[BaseModel], **rest: Any) -> "Form":
        """Make the form of a pydantic class whose fields are Annotated[type, Field(...)].

        What is sent is then a checked instance of the class, not a dict.
        """
        hints = get_type_hints(model, include_extras=True)
        fields = []
        for name in model.model_fields:
            asked = next(m for m in hints[name].__metadata__ if isinstance(m, Field))
            fields.append(asked if asked.code else replace(asked, code=name))
        return cls(fields=tuple(fields), model=model, **rest)
