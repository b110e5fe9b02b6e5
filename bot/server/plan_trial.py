"""A plan played before it is said to be right: an office of six people, in a file of a moment, lives through one year.

Every form is opened and sent, every question asked and answered, every target summed, every reminder said. What
raises, what has no words and what no answer satisfies is found. Runs on the event loop of a command.
"""

import logging
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from traceback import extract_tb
from typing import Any
from uuid import uuid4

from bot.channels import LOCAL
from bot.dialogue import Files, SteeringWord, first_word, steering
from bot.language import Count, Part, Words, _, fold
from bot.movement import Plan, moments, rungs
from bot.office.reminding import unit_context
from bot.office.report import entered, summaries, summary_words
from bot.server.app import App, Setup
from bot.server.caught_errors import caught
from bot.server.clock import OFFICE, Clock
from bot.server.office import make_calendar, plan_hash
from storage import chat_texts, chats, deadlines, drafts, people, plans, settings
from storage.chats import Chat
from storage.db import Database, Tx
from storage.files import Content

WORDS = Words("vi")
ANSWERS = ("3/3", "5", "28/12/{year}", "quý 4/{year}", "Nội dung chạy thử kế hoạch")
"""What is answered where nothing is offered, in this order, until the form goes on."""
FILE = Content("chay-thu.txt", "text/plain", b"x")
MOST = 150
"""So many messages a form may take until it is sent."""
PEOPLE = {
    "head": ("Nguyễn Văn Trưởng", "CHAYTHU1"),
    "officer": ("Nguyễn Thị Viên", "CHAYTHU1"),
    "union": ("Lê Thị Đoàn", "CHAYTHU3"),
    "chief": ("Phạm Văn Minh", ""),
    "office": ("Phạm Thị Thường", ""),
    "silent": ("Trần Văn Lặng", "CHAYTHU2"),
}
"""Invented, by their role; "" is the desk's own unit; a union only where the plan has one. The silent head does nothing and is reminded of all."""
LOOKS = ("menu", "viec", "donvi", "cuatoi", "tiendo", "chuagui", "moc", "thoihan", "visao", "trogiup")
"""Commands that show what is known."""
BACK = ("tralai", "khongdangky", "hoantac", "rut", "sua", "xem")
"""Words of buttons that lead back: they are not pressed."""

STEERING = steering(WORDS)
AWAY = (SteeringWord.BACK, SteeringWord.SHEET, SteeringWord.LEAVE, SteeringWord.CANCEL, SteeringWord.EDIT)
"""What steers a form and answers nothing."""


@dataclass(frozen=True)
class Tried:
    """What a year of a plan came to."""

    year: int
    questions: int
    found: Sequence[Part]
    """What went wrong."""

    @property
    def lines(self) -> list[Part]:
        """What is printed of it."""
        if not self.found:
            return [
                _(
                    "Played {year} with an invented office: {n} questions were asked and answered, every reminder was said.",
                    year=self.year,
                    n=Count(self.questions),
                )
            ]
        head = _("The assistant cannot live through {year} with this plan:", year=self.year)
        return [head, *(_("- {what}", what=each) for each in self.found)]


async def trial(text: str) -> Tried:
    """Play the plan's first year."""
    plan = Plan.kept(text)
    with TemporaryDirectory() as folder, caught() as raised:
        async with _office(Path(folder) / "trial.db", plan, text) as app:
            played = _Year(app, plan.first_year, raised)
            try:
                await played.play()
            except Exception as error:
                played.failed(error)
    return Tried(plan.first_year, played.questions, list(dict.fromkeys(played.found)))


@asynccontextmanager
async def _office(path: Path, plan: Plan, text: str) -> AsyncIterator[App]:
    begins = datetime.combine(make_calendar().next_workday(date(plan.first_year, 1, 4)), time(8, 30), OFFICE)
    db = Database(path)
    await db.open()
    await db.write(lambda tx: _found(tx, plan, text, begins))
    await db.close()
    app = App(Setup(path, text, Clock(standing=begins)))
    await app.start()
    try:
        yield app
    finally:
        await app.stop()


def _found(tx: Tx, plan: Plan, text: str, now: datetime) -> None:
    """Make the office, with a date for every duty that has none."""
    plans.take(tx, hash=plan_hash(text), text=text, now=now)
    settings.allow_stepping(tx)
    owing = [kind for kind in plan.unit_kinds if not kind.union]
    kinds = [owing[0], owing[-1], *(kind for kind in plan.unit_kinds if kind.union)]
    units = {f"CHAYTHU{n}": kind for n, kind in enumerate(kinds, 1)}
    people.add_unit(tx, code=plan.office.desk_unit, name=plan.office.desk, kind=owing[0].code)
    for code, kind in units.items():
        people.add_unit(tx, code=code, name=f"{kind.name} {code}", kind=kind.code, seal=kind.seal)
    for role, (name, unit) in PEOPLE.items():
        if unit and unit not in units:
            continue
        post = {"unit": unit or plan.office.desk_unit, "role": "head" if role == "silent" else role}
        id = people.add_person(
            tx, name=name, name_fold=fold(name), position="", kind="cong_chuc", unit=post["unit"], role=post["role"]
        )
        chats.link(tx, chat=chats.at(tx, channel=LOCAL, address=role, look="web").id, person=id)
    deadlines.open_year(tx, year=plan.first_year, quiet=False, now=now)
    for duty in plan.all_duties:
        if duty.owed_in(plan.first_year) and not duty.way.on_call and duty.last_day(plan.first_year) is None:
            opens, locks = duty.opening(plan.first_year), duty.locking(plan.first_year)
            day, basis = min(opens + timedelta(days=30), locks), "Chạy thử"
            deadlines.set_last_day(tx, duty=duty.code, year=plan.first_year, day=day, basis=basis, by=id, now=now)


@dataclass
class _Year:
    app: App
    year: int
    raised: list[logging.LogRecord]
    found: list[Part] = field(default_factory=list)
    questions: int = 0
    doing: str = ""
    """What is said, to be named where it fails."""

    async def play(self) -> None:
        """Play the year; on the day after a duty opens whoever owes it does it."""
        plan = self.app.plan
        await self._looks()
        for kind in plan.kinds:
            await self._does("officer", f"/dangky {kind.code}")
        await self._does("head", "/xacnhan")
        await self._does("office", "/tiepnhan")
        if any(kind.recognised for kind in plan.kinds):
            await self._does("office", "/congnhan")
        for target in entered.entered_at_all(plan):
            of = self.year if target.of_office else "CHAYTHU1"
            await self._does("office", f"{entered.list_of(plan, target)} {of}")
        by = {"unit": "head", "office": "office", "union": "union"}
        owed = [each for each in plan.all_duties if each.owed_in(self.year)]
        for duty in sorted(owed, key=lambda each: each.opening(self.year)):
            day = self.app.office.calendar.next_workday(duty.opening(self.year))
            await self._move(datetime.combine(day, time(9), OFFICE))
            await self._does(by[duty.by], f"/{duty.opened_by}")
            if duty.by == "unit":
                await self._does("chief", f"/{duty.opened_by}")
                await self._does("office", "/tiepnhan")
        await self._move(datetime(self.year, 12, 31, 17, tzinfo=OFFICE))
        await self._looks()
        await self._sums()

    async def _looks(self) -> None:
        for role in PEOPLE:
            for command in LOOKS:
                if self.app.office.features.commands.get(command) is not None:
                    await self._says(role, f"/{command}")

    async def _sums(self) -> None:
        """Say every target's sum."""
        self.doing = "/tonghop"
        async with self.app.db.snapshot() as snapshot:
            found = await summaries.read(snapshot, self.app.office, self.year, self.app.now())
        for line in summary_words.lines(found, self.app.office):
            WORDS.say(line)

    async def _does(self, role: str, text: str) -> None:
        """Say a command, fill in what it opens, and press what leads on."""
        body, pressed = await self._filled(role, await self._says(role, text)), {text}
        while True:
            command = text.partition(" ")[0]
            on = [says for _label, says in body.get("buttons", ()) if says.partition(" ")[0] == command]
            on = [says for says in on if says not in pressed and not set(says.split()).intersection(BACK)]
            if not on or len(pressed) > MOST:
                return
            pressed.add(on[0])
            body = await self._filled(role, await self._says(role, on[0]))

    async def _filled(self, role: str, body: dict[str, Any]) -> dict[str, Any]:
        """Answer every question of the form that is open, until it is sent."""
        tried = defaultdict[str, set[str]](set)
        while (head := await self._open(role)) is not None:
            left = (each for each in self._answers(role, body, head) if each not in tried[head.asking])
            answer = next(left, None)
            if answer is None:
                self.found.append(_("no answer satisfies the question «{question}»", question=body["text"][:200]))
                return await self._says(role, "/thoat")
            tried[head.asking].add(answer)
            body = await self._says(role, answer)
        self.questions += len(tried)
        return body

    def _answers(self, role: str, body: dict[str, Any], head: drafts.Head) -> Iterator[str]:
        if head.asking.partition(":")[0] in ("review", "sheet", "page", "again", "doubt"):
            yield from body["steering"][:1]
        form = self.app.office.features.forms[head.form].form(self.app.plan)
        field = form[head.asking] if head.asking in form else None
        if field is not None and field.kind.digits and role == "head":
            yield from ANSWERS[:2]  # the others take what is offered
        yield from body["choices"][:1]
        if field is not None and isinstance(field.kind, Files):
            yield from (FILE.name, first_word(SteeringWord.DONE, WORDS))
        if field is not None and isinstance(field.example, str) and field.example:
            yield field.example
        yield from (f"{self.app.now():%d/%m/%Y}", *(each.format(year=self.year) for each in ANSWERS))
        yield from (label for label in body["steering"] if STEERING.get(fold(label)) not in AWAY)

    async def _open(self, role: str) -> drafts.Head | None:
        chat = await self._chat(role)
        if chat.focus is None:
            return None
        return await (await self.app.db.reader()).one(drafts.BY_ID, id=chat.focus)

    async def _chat(self, role: str) -> Chat:
        return await self.app.db.write(lambda tx: chats.at(tx, channel=LOCAL, address=role, look="web"))

    async def _says(self, role: str, text: str) -> dict[str, Any]:
        """Say something; the last message that came back."""
        self.doing = text
        chat = await self._chat(role)
        sent = [FILE] if text == FILE.name else []
        await self.app.receive(chat, uuid4().hex, {"text": "" if sent else text}, contents=sent)
        await self._settled()
        row = await (await self.app.db.reader()).one(chat_texts.NEWEST_ANSWER, chat=chat.id)
        return dict(row.body or {}) if row is not None else {"text": "", "choices": [], "steering": [], "buttons": []}

    async def _move(self, to: datetime) -> None:
        """Move the clock on, and say what is due on the way."""
        self.doing, to = "", max(self.app.now(), min(to, datetime(self.year, 12, 31, 17, tzinfo=OFFICE)))
        office = self.app.office
        async with self.app.db.snapshot() as snapshot:
            of = await unit_context.opened(snapshot, office)
        notable = {rung.day for period in of if period.due for rung in rungs(period, office.plan, office.calendar)}
        notable |= {period.due for period in of if period.due}
        notable |= {office.calendar.next_workday(watch.day(self.year)) for watch in office.plan.radar}
        for each in moments(office.plan, office.calendar, self.app.now(), to):
            if each.at.date() in notable and each.kind != "opening":
                self.app.clock.move_to(each.at)
                await self.app.heartbeat.beat()
                await self._settled()
        self.app.clock.move_to(to)

    async def _settled(self) -> None:
        await self.app.dispatcher.idle()
        await self.app.sender.drain()
        await self.app.sender.idle()
        for record in self.raised:
            self.failed(record.exc_info[1] if record.exc_info else None)
        self.raised.clear()

    def failed(self, error: BaseException | None) -> None:
        """Record that the assistant could not do what was asked for, where, and why."""
        place = extract_tb(error.__traceback__)[-1] if error is not None and error.__traceback__ else None
        why = (
            type(error).__name__
            if place is None
            else f"{type(error).__name__}, {Path(place.filename).name}:{place.lineno}"
        )
        doing = self.doing or _("the reminders of {day}", day=self.app.now().date())
        self.found.append(
            _(
                "«{doing}» could not be answered ({why}); please send the plan file to whoever maintains the program",
                doing=doing,
                why=why,
            )
        )
