"""What goes into a turn and what comes out of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any, Literal

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
    """Another name that is understood and never shown: «II.4»."""
    person: str = ""
    """The full name of whom it means, if anybody: a name without its marks finds them and proposes, never identifies."""


@dataclass(frozen=True, slots=True)
class Steer:
    """A word that moves about in the form; never numbered, so "2" stays an answer."""

    code: str
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
        """The same message with these lines put before its own."""
        return replace(self, lines=(*lines, *self.lines))


@dataclass(frozen=True, slots=True)
class Said:
    """What a person said: text that is clean (NFC, no stray marks), and stored files."""

    text: str = ""
    files: tuple[int, ...] = ()
    message: int | None = None
    """The inbox row: an edit of this very message changes the answer it gave."""


Source = Literal["typed", "confirmed", "skipped"]


@dataclass(frozen=True, slots=True)
class Answer:
    """One part of an answer, where it came from, and the message that gave it."""

    value: Any
    source: Source = "typed"
    message: int | None = None


@dataclass(frozen=True)
class Draft:
    """An answer sheet that is being filled in: everything a turn needs to go on after a restart."""

    form: str
    subject: str = ""
    parts: Mapping[str, tuple[Answer, ...]] = field(default_factory=dict)
    asking: str = ""
    notes: Mapping[str, Any] = field(default_factory=dict)

    def values(self) -> Answers:
        """The answers by field: long ones joined, files gathered, skipped ones None."""
        return self._values

    @cached_property
    def _values(self) -> Answers:
        return {code: _value(parts) for code, parts in self.parts.items()}

    def answer(self, code: str, *parts: Answer) -> "Draft":
        """The draft with this field's answer; without parts, unanswered again."""
        kept = {name: old for name, old in self.parts.items() if name != code}
        return replace(self, parts={**kept, code: parts} if parts else kept)

    def ask(self, asking: str, **notes: Any) -> "Draft":
        """The draft with another question open; notes replace the old ones."""
        return replace(self, asking=asking, notes=notes)


def _value(parts: tuple[Answer, ...]) -> Any:
    first = parts[0].value
    files = [part.value["file"] for part in parts if isinstance(part.value, dict) and "file" in part.value]
    if files:
        notes = [part.value for part in parts if isinstance(part.value, str)]
        return {"files": files, "note": "\n".join(notes)}
    return first if len(parts) == 1 else "\n".join(str(part.value) for part in parts)


@dataclass(frozen=True)
class Scene:
    """What a turn may look at: who speaks, when, under which plan, and the facts loaded for it."""

    person: Any
    now: datetime
    plan: Any
    words: Words
    facts: Mapping[str, Any] = field(default_factory=dict)
    said: datetime | None = None
    """When the person wrote what is answered; None for now."""

    @property
    def today(self) -> date:
        """The office's date when the person wrote: what they say of a day goes by it."""
        return (self.said or self.now).date()


@dataclass(frozen=True, slots=True)
class Turn:
    """What a turn comes to: a message, the draft as it is now, and whether it has ended."""

    say: Say
    draft: Draft
    end: Literal["", "filed", "left", "dropped"] = ""
    values: Answers = field(default_factory=dict)
    """When filed: the answers, ready for the handler."""
