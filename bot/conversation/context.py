"""What a handler may look at and do in one turn."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache, cached_property
from typing import Any

from bot.channels import InviteLink, limits
from bot.conversation.authority import refused
from bot.conversation.buttons import HOME, MY_TASKS
from bot.conversation.feature import Conversation, Features, JobKind, Notice
from bot.conversation.woken import JobsWaiting, OutboxFilled, Woken
from bot.dialogue import Answer, Answers, Draft, End, Facts, Say, Scene, Source, Turn, engine
from bot.language import Part, Words, _, given_name
from bot.movement import Calendar, Hours, May, Plan, may
from storage import audit, chats, drafts, files, jobs, outbox
from storage.chats import Chat
from storage.db import Tx
from storage.drafts import DraftState
from storage.outbox import NoticeCode
from storage.people import Person
from storage.values import dumps, loads

ENDED = {End.FILED: DraftState.FILED, End.DROPPED: DraftState.DROPPED}
"""What a form that has ended makes of its draft; one that is left stays open."""


@dataclass(frozen=True)
class Office:
    """What all turns share: the movement, its hash, the working calendar, and what the assistant does."""

    plan: Plan
    plan_hash: str
    calendar: Calendar
    features: Features = field(default_factory=Features)
    """What it does: every command, form, notice and job by its code."""
    left: Callable[[int], float | None] = lambda row: None
    """Since when an answer is on its way to its messenger (monotonic seconds); None while it has not left."""
    drawn: "Callable[[Visit, Chat, int, Say, Mapping[str, Any]], None]" = lambda visit, chat, row, say, body: None
    """Called when an answer was drawn and filed, in its transaction, with its chat and its row of the outbox."""
    invite_links: Callable[[str], Sequence[InviteLink]] = lambda code: ()
    """Links that open the chat of each messenger with an invitation's code."""

    @property
    def hours(self) -> Hours:
        """When the machine may speak unasked."""
        return self.plan.hours


@dataclass
class Visit:
    """One turn as a handler sees it: who speaks, where, when, and the transaction it happens in."""

    tx: Tx
    office: Office
    chat: Chat
    person: Person | None
    now: datetime
    message: int | None = None
    draft: int | None = None
    """The draft that has just been sent, for what hangs on it."""
    said: datetime = None  # type: ignore[assignment]  # without a message the same as now, from the start
    """When the message was written: days that a person names, and whether they are in time, go by this."""
    earliest: bool = False
    """Whether nobody knows when it was written: `said` is the earliest that it can have been."""
    noted: bool = False
    """Whether anything has been recorded in this turn."""
    woken: list[Woken] = field(default_factory=list)
    """What the loops have to look at after the commit."""

    def __post_init__(self) -> None:
        self.said = self.said or self.now

    @property
    def plan(self) -> Plan:
        """The movement."""
        return self.office.plan

    @property
    def me(self) -> Person:
        """The person; only handlers of commands for known people ask."""
        if self.person is None:
            raise RuntimeError("a stranger reached a handler for people of the office")
        return self.person

    @cached_property
    def words(self) -> Words:
        """How this person is spoken to."""
        return words_for(self.person, self.chat, self.plan)

    @cached_property
    def focused(self) -> drafts.Head | None:
        """The draft whose question was open here when the turn began."""
        return None if self.chat.focus is None else self.tx.one(drafts.BY_ID, id=self.chat.focus)

    def may(self, what: May) -> bool:
        """Whether this person may do this."""
        return self.person is not None and may(self.person.role, what)

    def scene(self, facts: Facts | None = None) -> Scene:
        """Return what a form may look at."""
        return Scene(self.person, self.now, self.plan, self.words, facts or Facts(), self.said)

    def open(
        self,
        conversation: Conversation,
        subject: str = "",
        answers: Answers | None = None,
        *lines: Part,
        typed: Answers | None = None,
    ) -> Say:
        """Open a form here, or the draft of it that is open already; answers fill what is empty.

        `answers` are known to be right; `typed` came with the command, and what is hardly meant is asked back. Where
        the draft says something else than `typed`, another sheet is meant: it is put away, so that none is mixed of two.
        """
        if not conversation.serves.holds(self, subject):
            return refused(conversation.serves)
        head, away = self._kept(conversation, subject, typed)
        lines = (*lines, *away)
        if head is None:
            id = drafts.start(
                self.tx,
                person=self.me.id,
                unit=self.me.unit,
                form=conversation.code,
                subject=subject,
                plan_hash=self.office.plan_hash,
                now=self.now,
            )
            draft = Draft(conversation.code, subject)
        else:
            id, draft = head.id, load_draft(self.tx, head)
            warning = conversation.warning(subject, self.now.date()) if draft.parts else None
            lines = lines if warning is None else (warning, *lines)
        was = draft
        for code, value in (answers or {}).items():
            if code not in draft.parts:
                source = Source.SKIPPED if value is None else Source.TYPED
                draft = draft.answer(code, Answer(value, source, self.message))
        self._put(id, was, draft, None)  # what is known already has not been typed by whoever opens it
        was = draft
        facts = conversation.facts(self, subject)
        form, scene = conversation.asks(self.plan, facts), self.scene(facts)
        if head is not None and (
            conversation.shaped is not None
            or head.plan_hash != self.office.plan_hash
            or not engine.fitting(form, draft)
        ):
            draft = was = engine.refitted(form, draft, scene)
        if typed:
            turn = engine.fill(form, scene, draft, typed, self.message, *lines)
        else:
            turn = engine.begin(form, scene, draft, *lines)
        self.keep(id, was, turn)
        chats.focus(self.tx, chat=self.chat.id, draft=id)
        return turn.say

    def _kept(
        self, conversation: Conversation, subject: str, typed: Answers | None
    ) -> tuple[drafts.Head | None, Sequence[Part]]:
        """Return the draft that is open and meant, and what to say of one that is not, which is put away."""
        head = self.tx.one(drafts.OPEN, person=self.me.id, form=conversation.code, subject=subject)
        if head is None:
            return None, ()
        if head.unit != self.me.unit:  # begun for a unit that was left
            drafts.put_away(self.tx, id=head.id)
            return None, ()
        if not _says_other(load_draft(self.tx, head), typed):
            return head, ()
        drafts.put_away(self.tx, id=head.id)
        sheet = conversation.title(self.plan, subject)
        return None, [_("What {you} had begun before of «{sheet}» was put away; it stands in «tasks».", sheet=sheet)]

    def keep(self, id: int, was: Draft, turn: Turn) -> None:
        """Store what a turn changed in a draft."""
        now = turn.draft
        self._put(id, was, now, self.person.id if self.person else None)
        state = DraftState.OPEN if turn.end is None else ENDED.get(turn.end, DraftState.OPEN)
        drafts.save(self.tx, id=id, asking=now.asking, notes=now.notes, state=state, now=self.now)

    def _put(self, id: int, was: Draft, now: Draft, by: int | None) -> None:
        for code in was.parts.keys() | now.parts.keys():
            parts = now.parts.get(code, ())
            if was.parts.get(code, ()) != parts:
                kept = [(dumps(part.value), part.source, part.message) for part in parts]
                drafts.put(
                    self.tx,
                    draft=id,
                    field=code,
                    parts=kept,
                    first=code not in was.parts and code not in was.unfit,
                    by=by,
                )

    def tell(
        self,
        person: int,
        notice: Notice | NoticeCode,
        /,
        key: str | None = None,
        after: timedelta = timedelta(),
        **about: Any,
    ) -> None:
        """File a notice for somebody: due at once (or `after` a while) in office hours, else at the next opening."""
        due = self.now + after
        if not self.office.hours.open(due, self.office.calendar):
            due = self.office.hours.next_opening(due, self.office.calendar)
        by = self.person.id if self.person else None
        news = notice if isinstance(notice, NoticeCode) else NoticeCode(notice.code)
        outbox.file_notice(self.tx, person=person, news=news, about=about, due=due, now=self.now, key=key, by=by)
        self.woken.append(OutboxFilled())

    def start_job(self, kind: JobKind, **about: Any) -> Say | None:
        """File a job for the worker process; its answer comes to this chat.

        The same work is done once for all who wait for it here; what is more than may wait is refused.
        """
        waiting = self.tx.all(jobs.WAITING_OF_CHAT, chat=self.chat.id)
        started = self.tx.all(jobs.OPEN_OF_CHAT, chat=self.chat.id)
        if any((job.work, job.about) == (kind.code, about) for job in started):
            return None
        if len(waiting) >= limits.JOBS or any(job.work == kind.code for job in waiting):
            return Say([limits.ANOTHER_WAITS], buttons=(MY_TASKS, HOME))
        jobs.add(
            self.tx,
            work=kind.code,
            about=about,
            chat=self.chat.id,
            person=self.person.id if self.person else None,
            now=self.now,
        )
        self.woken.append(JobsWaiting())
        return None

    def keep_files(self, ids: Sequence[int], record: str) -> None:
        """Bind files that answered a form to a record."""
        for id in ids:
            files.claim(self.tx, id=id, record=record)

    def replace_files(self, before: Collection[int], now: Collection[int], record: str) -> None:
        """Mark files that stood in a record before and stand there no more."""
        files.replace(self.tx, ids=[id for id in before if id not in now], record=record, now=self.said)

    def note(self, what: str, about: str = "", **detail: Any) -> None:
        """Note in the audit who did this."""
        by = self.person.id if self.person else None
        if self.earliest:
            detail["earliest"] = True
        self.noted = True
        audit.note(self.tx, now=self.said, person=by, what=what, about=about, **detail)


def words_for(person: Person | None, chat: Chat, plan: Plan) -> Words:
    """Return the language and form of address of a listener, and the plan's terms."""
    return _words(chat.language, "comrade", "", plan.terms) if person is None else words_of(person, plan)


def words_of(person: Person, plan: Plan) -> Words:
    """Return the language and form of address of somebody of the roster, and the plan's terms."""
    return _words(person.language, person.address, given_name(person.name), plan.terms)


_words = cache(Words)


def load_draft(tx: Tx, head: drafts.Head) -> Draft:
    """Return a draft with its answers, as the engine sees it."""
    parts: dict[str, tuple[Answer, ...]] = {}
    for part in tx.all(drafts.PARTS, draft=head.id):
        answer = Answer(loads(part.value), Source(part.source), part.message)
        parts[part.field] = (*parts.get(part.field, ()), answer)
    return Draft(head.form, head.subject, parts, head.asking, head.notes)


def _says_other(kept: Draft, typed: Answers | None) -> bool:
    """Whether what came with a command is something else than what a draft says."""
    return any(code in kept.parts and kept.values()[code] != value for code, value in (typed or {}).items())
