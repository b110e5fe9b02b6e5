"""What goes into a turn and what comes out of it: values, no behaviour. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from typing import Any, Self

from bot.language import Part, Words

Answers = Mapping[str, Any]
"""What has been answered: field code to JSON value; a skipped field has None."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the answers offered: a tap or its number says its label."""

    value: Any
    label: Part
    full: Part = ""
    """The whole wording, where there is room for it (a list, a wide screen)."""
    also: Part = ""
    """Other names that are understood and never shown, separated by a bar: «II.4»."""
    about: Part = ""
    """What it speaks of, never shown: words that stand in that of one choice alone mean it."""
    person: str = ""
    """The full name of whom it means, if anybody: a name without its marks finds them and proposes, never identifies."""
    brief: bool = False
    """Whether its label says enough in a list, too: the whole wording is said once it is chosen."""


class SteeringWord(StrEnum):
    """What a steering word asks for."""

    BACK = "back"
    SHEET = "sheet"
    LEAVE = "leave"
    CANCEL = "cancel"
    SKIP = "skip"
    SEND = "send"
    EDIT = "edit"
    NEXT = "next"
    PREVIOUS = "previous"
    GO_ON = "go_on"
    DONE = "done"
    ACCEPT = "accept"
    REST = "rest"
    KEEP = "keep"
    DROP = "drop"


@dataclass(frozen=True, slots=True)
class Steer:
    """A word that moves about in the form; never numbered, so "2" stays an answer."""

    code: SteeringWord
    label: Part


@dataclass(frozen=True, slots=True)
class Button:
    """An action that stands on its own: a tap says a whole command, today or in three weeks."""

    label: Part
    says: str


@dataclass(frozen=True, slots=True)
class Say:
    """One message, not yet drawn for any channel."""

    lines: Sequence[Part]
    choices: Sequence[Choice] = ()
    listed: bool = False
    """Whether the lines already number the choices, so that a list need not repeat them."""
    numbers: bool = True
    """Whether a choice is taken by its number; not where digits are the answer."""
    steering: Sequence[Steer] = ()
    opens: bool = False
    """Whether it is the first question of its form: how to steer is said in full."""
    whole: bool = False
    """Whether it was asked for to be seen whole: it is never shortened."""
    buttons: Sequence[Button] = ()
    files: Sequence[int] = ()
    """Ids of stored files that go with it."""
    share: Part | None = None
    """The label of a button that shares the person's own telephone number, where a channel has one."""
    secret: str = ""
    """A code it shows: once it was shown it can be read nowhere, and it is never said twice."""
    board: str = ""
    """The unit whose board this is: kept true in its place where the channel can."""

    def after(self, *lines: Part) -> "Say":
        """Return the same message with these lines before its own."""
        return replace(self, lines=(*lines, *self.lines))


@dataclass(frozen=True, slots=True)
class Said:
    """What a person said: text that is clean (NFC, no stray marks), and stored files."""

    text: str = ""
    files: tuple[int, ...] = ()
    message: int | None = None
    """The inbox row: an edit of this very message changes the answer it gave."""


class Source(StrEnum):
    """How an answer came; kept in the file."""

    TYPED = "typed"
    CONFIRMED = "confirmed"
    SKIPPED = "skipped"


class Step(StrEnum):
    """Where a draft stands when no question of a field is open; kept in the file as «step» or «step:about»."""

    PAGE = "page"
    """A page of known values waits for its confirmation; about its name."""
    SHEET = "sheet"
    REVIEW = "review"
    DOUBT = "doubt"
    """It was asked whether words are the answer; about what is open behind the doubt."""
    UNCLEAR = "unclear"
    """It was asked which of several meanings an answer has; about its field."""
    AGAIN = "again"
    """It was asked whether a value is really meant; about its field."""
    CANCEL = "cancel"
    """It was asked whether to stop; about what is open behind it."""

    def of(self, about: str) -> str:
        """Return what a draft asks at this step of something."""
        return f"{self}:{about}"


_STEPS = {step.value: step for step in Step}


class End(StrEnum):
    """How a form ends."""

    FILED = "filed"
    LEFT = "left"
    """Left for now; the sheet is kept."""
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Answer:
    """One part of an answer, where it came from, and the message that gave it."""

    value: Any
    source: Source = Source.TYPED
    message: int | None = None


@dataclass(frozen=True)
class Draft:
    """An answer sheet that is being filled in: everything a turn needs to go on after a restart."""

    form: str
    subject: str = ""
    parts: Mapping[str, tuple[Answer, ...]] = field(default_factory=dict)
    asking: str = ""
    """The code of the open question, or a step: «review», «page:targets», «doubt:title»."""
    notes: Mapping[str, Any] = field(default_factory=dict)
    unfit: frozenset[str] = frozenset()
    """Fields whose kept answers say nothing in the form as it is now; they stay until they are answered anew."""

    def values(self) -> Answers:
        """Return the answers by field: long ones joined, files gathered, skipped ones None."""
        return self._values

    @cached_property
    def _values(self) -> Answers:
        return {code: _value(parts) for code, parts in self.parts.items()}

    @property
    def step(self) -> Step | None:
        """Where it stands; None while a question of a field is open."""
        return _STEPS.get(self.asking.partition(":")[0])

    @property
    def about(self) -> str:
        """What the step is about: a field, a page, or what is open behind it."""
        return self.asking.partition(":")[2]

    def answer(self, code: str, *parts: Answer) -> "Draft":
        """Return the draft with this field's answer; without parts, unanswered again."""
        kept = {name: old for name, old in self.parts.items() if name != code}
        return replace(self, parts={**kept, code: parts} if parts else kept)

    def ask(self, asking: str, **notes: Any) -> "Draft":
        """Return the draft with another question open; notes replace the old ones."""
        return replace(self, asking=asking, notes=notes)


def _value(parts: tuple[Answer, ...]) -> Any:
    first = parts[0].value
    files = [part.value["file"] for part in parts if isinstance(part.value, dict) and "file" in part.value]
    if files:
        notes = [part.value for part in parts if isinstance(part.value, str)]
        return {"files": files, "note": "\n".join(notes)}
    return first if len(parts) == 1 else "\n".join(str(part.value) for part in parts)


class Facts:
    """What a form may look at; a subclass declares each as a `cached_property`, read in the turn's transaction when first looked at."""

    @cached_property
    def sent(self) -> datetime | None:
        """When what is filled in was sent before; None where it was not, or does not wait any more."""
        return None

    @cached_property
    def adds(self) -> bool:
        """Whether what may be added later is asked now."""
        return False

    @classmethod
    def of(cls, scene: "Scene") -> Self:
        """Return the facts of a turn; raises TypeError where its form is declared with other ones."""
        if not isinstance(scene.facts, cls):
            raise TypeError(f"{cls.__name__} are looked at in a form that has {type(scene.facts).__name__}")
        return scene.facts


@dataclass(frozen=True)
class Scene:
    """What a turn may look at: who speaks, when, under which plan, and the facts loaded for it."""

    person: Any
    now: datetime
    plan: Any
    words: Words
    facts: Facts = field(default_factory=Facts)
    said: datetime | None = None
    """When the person wrote what is answered; None for now."""

    @property
    def today(self) -> date:
        """Return the office's date when the person wrote: what they say of a day goes by it."""
        return (self.said or self.now).date()


@dataclass(frozen=True, slots=True)
class Turn:
    """The result of a turn: a message, the draft as it is now, and how the form has ended, if it has."""

    say: Say
    draft: Draft
    end: End | None = None
    values: Answers = field(default_factory=dict)
    """When filed: the answers, ready for the handler."""
