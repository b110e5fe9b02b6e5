"""What every paper in Word is: a template, who may have it, what is read of the record, the values that fill it in."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

from bot.conversation import HOME, JobContext, JobKind, JobResult, Serves, Visit
from bot.dialogue import Button, Say
from bot.documents.papers.filling import WORD
from bot.language import Part, Text, Words, _
from bot.office.papers import templates

GAVE_WAY = _(
    "⚠️ The office's own template cannot be used for this paper, so it has the look that comes with the program. Please tell the administrator."
)


@dataclass(frozen=True)
class FilledPaper:
    """A paper before it is made: what its template's fields say, its name, and what is said in the chat beside it."""

    values: Mapping[str, Any] | None
    """None where there is nothing to make a file of; then only the lines are said."""
    name: str
    lines: Sequence[Part]
    buttons: Sequence[Button] = ()
    write: Callable[[Visit], None] | None = None
    """What is kept of it, in the transaction that stores the answer."""


Lay = Callable[[JobContext, Mapping[str, Any]], Awaitable[FilledPaper | None]]


async def as_read(context: JobContext, about: Mapping[str, Any]) -> FilledPaper | None:
    """Return the paper as it was read in the transaction; None where it was not to be read any more."""
    given: FilledPaper | None = context.given
    return given


@dataclass(frozen=True)
class PaperKind:
    """One paper: a line of the table of papers."""

    code: str
    called: Text
    template: str
    serves: Serves[Any]
    """By what it is about: whoever may see the record may have its paper; asked again when it is done."""
    typed: str = ""
    """The word behind «/banword»; nothing where it is asked for elsewhere."""
    named: Callable[[Visit, str], str | None] = lambda visit, said: None
    """The record that is meant by what is said behind that word: None where there is none."""
    read: Callable[[Visit, Mapping[str, Any]], Any] | None = None
    """Reads the record, with the functions that the chat shows it by."""
    lay: Lay = as_read
    """Lays it down as values; by itself what was read."""

    @cached_property
    def job(self) -> JobKind:
        """The long work that makes it."""
        return JobKind(self.code, partial(made, self), self.serves, called=self.called, read=self.read)


async def made(kind: PaperKind, context: JobContext, about: Mapping[str, Any]) -> JobResult:
    """Make a paper: laid down as values here, filled in by the worker process."""
    paper = await kind.lay(context, about)
    if paper is None:
        return JobResult(Say([_("This record is no longer there, so nothing was made.")], buttons=(HOME,)))
    buttons = (*paper.buttons, HOME)
    if paper.values is None:
        return JobResult(Say(paper.lines, buttons=buttons), write=paper.write)
    file = await templates.made(context, kind.template, paper.values)
    context.steps.done()
    lines = [*paper.lines, GAVE_WAY] if file.gave_way else paper.lines
    return JobResult(Say(lines, buttons=buttons), [(f"{paper.name}.docx", WORD, file.data)], write=paper.write)


def words_of(words: Words) -> Words:
    """Return the language of papers: Vietnamese, with the office's own terms."""
    return Words("vi", terms=words.terms)
