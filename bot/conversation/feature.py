"""What a handler file gives to the office: its commands, forms, notices and jobs; and the tables of all features. Pure."""

from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from bot.conversation.authority import Serves
from bot.dialogue import Facts, Form, Said, Say
from bot.language import Part, Text
from bot.movement import Plan
from storage.db import Snapshot

if TYPE_CHECKING:
    from bot.conversation.context import Office, Visit
    from bot.conversation.jobs import JobContext, JobResult

Run = Callable[["Visit", str], Say | None]
"""None when a job answers."""
Offer = Callable[["Visit", Said], Say | None]
Edited = Callable[["Visit", int, str], Say | None]
Coded = Callable[["Visit", str], str | None]
Saying = Callable[["Visit", Mapping[str, Any]], Say | None]
Read = Callable[[Snapshot, "Office", Mapping[str, Any], datetime], Awaitable[Mapping[str, Any]]]


@dataclass(frozen=True)
class Command:
    """One entry of the menu: «/viec», the words that mean it, who may use it, what it does."""

    name: str
    title: Text
    """Its line in the menu."""
    words: Text
    """Plain words that call it, separated by "|"; they live in the catalogue."""
    run: Run
    serves: "Serves[Visit]"
    side: bool = False
    """A side question: an open form stays open and its question is repeated."""
    listed: bool = True
    """Whether the menu shows it, a messenger's own too."""
    seldom: bool = False
    """Whether help and the headings of a long menu have it though it is not listed."""
    acts: Collection[str] = ()
    """With which first words behind it it records at once, "" for it alone, "*" for any: what was only recognised is asked first."""
    several: bool = False
    """Whether numbers below its list mean several of what it lists: «1,2,4»."""
    reads: "Callable[[Visit, str], tuple[str, str] | None]" = lambda visit, sentence: None
    """What more it reads out of a sentence than its facts: as it is typed behind the command, and in words."""
    of_record: Mapping[Text, str] = field(default_factory=dict)
    """Words that mean it of the one record in view, with what is said behind it: «trả lại» is «{item} tralai».

    «{item}» is the code of what is registered, «{code}» that of any record.
    """
    rank: int = 0
    """The menu shows greater ones later, equal ones as their features stand."""


@dataclass(frozen=True)
class Conversation:
    """A form with what surrounds it: the facts it looks at, and what happens when it is sent."""

    code: str
    title: Callable[[Plan, str], Part]
    """What its draft is called in a list, by its subject."""
    form: Callable[[Plan], Form]
    file: Callable[["Visit", str, Any], Say | None]
    """Given the subject and the answers (the form's model, or a dict where it has none); None when a job answers."""
    serves: "Serves[Visit]"
    """By its subject: asked when it is opened, at every message into it, and so before it is sent."""
    facts: "Callable[[Visit, str], Facts]" = lambda visit, subject: Facts()
    shared: bool = False
    """Whether its draft is the unit's: whoever of it may write takes it over."""
    warning: Callable[[str, date], Part | None] = lambda subject, today: None
    """What has changed for whoever comes back to it, by its subject."""
    beside: Callable[[str], int | None] = lambda subject: None
    """The sheet it was opened from, by its subject: its question comes back when this one was sent or dropped."""
    shaped: Callable[[Plan, Facts], Form] | None = None
    """Makes the form of what its facts ask, where that is not the plan's: the questions of a request."""
    over: "Callable[[Visit, str], Part | None]" = lambda visit, subject: None
    """Why nobody may go on with it, by its subject: what it answers is closed."""

    def asks(self, plan: Plan, facts: Facts) -> Form:
        """Return the form as it is filled in: the plan's, or that of what its facts ask."""
        return self.form(plan) if self.shaped is None else self.shaped(plan, facts)

    def of(self, plan: Plan) -> Form | None:
        """Return the form under a plan; None where the plan has nothing that it is the form of."""
        try:
            return self.form(plan)
        except (LookupError, StopIteration):
            return None


@dataclass(frozen=True)
class Notice:
    """Something said unasked: its text is made when it is sent, for whom it then still serves."""

    code: str
    """What rows of the outbox call it; of a part of the day's message, its name in the row."""
    say: Saying
    """None when it has become pointless."""
    serves: "Serves[Visit]"
    """By what the row is about."""
    read: Read | None = None
    """What its text needs of the whole office: read beside the writer, just before it is sent."""
    at_once: bool = False
    """Whether it waits for nothing: it is said outside office hours too, beside an open form, and by itself."""
    urgent: bool = False
    """Whether it goes out although a channel's quota of the month runs low."""


@dataclass(frozen=True)
class JobKind:
    """A kind of long work: what it does, and whom its answer serves: asked once more when it is answered."""

    code: str
    do: "Callable[[JobContext, Mapping[str, Any]], Awaitable[JobResult]]"
    serves: Serves[Any]
    """By what the job is about."""
    in_group: bool = False
    """Whether many may read its answer, and so nobody is asked for."""
    called: Text | None = None
    """What is made, as it is said while it takes long; None for what was asked for, whatever it is."""
    read: "Callable[[Visit, Mapping[str, Any]], Any] | None" = None
    """Reads what it needs of one record as whoever asked may read it, in a transaction of its own before the work."""


@dataclass(frozen=True)
class Feature:
    """What one handler file gives."""

    module: str
    """Where it stands: its `__name__`."""
    heading: Text | None = None
    """Under which heading the menu has its commands; None for those that always stand in it."""
    commands: Sequence[Command] = ()
    forms: Sequence[Conversation] = ()
    plan_forms: Callable[[Plan], Sequence[Conversation]] | None = None
    """Makes the forms that the plan declares; always the same ones of one plan."""
    notices: Sequence[Notice] = ()
    day_parts: Sequence[Notice] = ()
    """What the day's one message says besides duties and digests; each looks whether it is in the row."""
    jobs: Sequence[JobKind] = ()
    group: Run | None = None
    """What is said where many read; one feature at most gives it, as the next two."""
    stranger: Run | None = None
    """What is said to a chat that nobody knows; None for silence."""
    recognise: Run | None = None
    """What is said to somebody unknown who shares their own telephone number, given that number."""
    offer: "Offer | None" = None
    """What is offered for a message outside of a form that is not understood: its lines replace the reason, if it has any."""
    edited: "Edited | None" = None
    """What the edit of a message changes that was no answer, given the message's row and its new words; None for nothing."""
    coded: "Coded | None" = None
    """The command, as it is typed with a slash, that shows the record whose code is all that was said."""


def _silent(visit: "Visit", said: str) -> Say | None:
    return None


def _no_offer(visit: "Visit", said: Said) -> Say | None:
    return None


def _no_code(visit: "Visit", said: str) -> str | None:
    return None


def _unchanged(visit: "Visit", message: int, text: str) -> Say | None:
    return None


@dataclass(frozen=True)
class Features:
    """All features as tables, by the codes that messages and rows carry."""

    commands: Mapping[str, Command] = field(default_factory=dict)
    """In the order of the menu."""
    headings: Mapping[str, Text] = field(default_factory=dict)
    """Of commands that the menu has under a heading."""
    forms: Mapping[str, Conversation] = field(default_factory=dict)
    notices: Mapping[str, Notice] = field(default_factory=dict)
    day_parts: Mapping[str, Notice] = field(default_factory=dict)
    jobs: Mapping[str, JobKind] = field(default_factory=dict)
    group: Run = _silent
    stranger: Run = _silent
    recognise: Run = _silent
    offer: "Offer" = _no_offer
    edited: "Edited" = _unchanged
    coded: "Coded" = _no_code


class Twice(Exception):
    """Two features give the same thing."""


V = TypeVar("V")


def _table(what: str, given: Iterable[tuple[str, str, V]]) -> dict[str, V]:
    """Return entries by code; `given` says where each stands."""
    found: dict[str, V] = {}
    places: dict[str, str] = {}
    for place, code, value in given:
        if code in found:
            raise Twice(f"{what} «{code}» is given by {places[code]} and by {place}")
        found[code], places[code] = value, place
    return found


def gather(features: Iterable[Feature], plan: Plan | None = None) -> Features:
    """Make tables of the features, with the forms that a plan declares; raise Twice."""
    all = list(features)
    forms = [(each.module, form.code, form) for each in all for form in each.forms]
    if plan is not None:
        forms += [(each.module, form.code, form) for each in all if each.plan_forms for form in each.plan_forms(plan)]
    commands = [(each.module, command.name, command) for each in all for command in each.commands]
    alone: dict[str, dict[str, Any]] = {
        name: _table(name, [(each.module, name, run) for each in all if (run := getattr(each, name)) is not None])
        for name in ("group", "stranger", "recognise", "offer", "edited", "coded")
    }
    return Features(
        commands=_table("command", sorted(commands, key=lambda given: given[2].rank)),
        headings={command.name: each.heading for each in all if each.heading for command in each.commands},
        forms=_table("form", forms),
        notices=_table("notice", [(each.module, notice.code, notice) for each in all for notice in each.notices]),
        day_parts=_table("day part", [(each.module, part.code, part) for each in all for part in each.day_parts]),
        jobs=_table("job", [(each.module, job.code, job) for each in all for job in each.jobs]),
        **{name: run for found in alone.values() for name, run in found.items()},
    )
