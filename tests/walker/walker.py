"""The walker: thousands of steps drawn by a seed, and after each of them every law."""

import logging
from collections import Counter, defaultdict, deque
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from bot.channels import Channel
from bot.channels.messages import Attachment, Outcome, Receive, Result
from bot.channels.rate_limit import Pace
from bot.server.app import App, Setup
from bot.server.clock import Clock
from storage.db import Tx
from storage.files import Content
from storage.values import stored
from tests.conftest import Office
from tests.walker import laws
from tests.walker.happened import Happened, Standing, gathered, standing, watch
from tests.walker.invented import Seat, make_invented
from tests.walker.laws import Deed, Tally
from tests.walker.steps import Choosing, Step
from tests.walker.tongue import CODE
from tests.walking import TakenBack, Walk


class Fault(AssertionError):
    """A law that was broken, with the steps that led there."""


class Screen:
    """A messenger that takes everything; what it was given stands in the outbox."""

    quota: int | None = None
    pace: Pace | None = None
    good: float | None = 0.0

    def __init__(self, name: str, look: str, codes: list[str]) -> None:
        self.name, self.look, self._codes = name, look, codes

    async def send(self, address: str, body: Any, files: Sequence[Attachment], skip: int = 0) -> Result:
        self._codes += CODE.findall(str(body["text"]))
        return Result(Outcome.SENT, parts=1, message="m1")

    async def listen(self, receive: Receive) -> None: ...

    async def hang_up(self) -> None: ...


@dataclass
class Walker:
    """One walk through one office."""

    path: Path
    plan: str
    seed: int
    begins: datetime
    seats: list[Seat] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)
    done: Counter[str] = field(default_factory=Counter)
    """How often each kind of step was gone, each form sent, each command run."""
    trace: deque[str] = field(default_factory=lambda: deque(maxlen=16))
    codes: list[str] = field(default_factory=list)
    steps: int = 0
    found: list[str] | None = None
    """Where faults collect instead of ending the walk."""

    def __post_init__(self) -> None:
        self.dice = Random(self.seed)
        self.now = self.begins
        self.chosen: dict[Seat, list[str]] = defaultdict(list)
        self.raised: list[logging.LogRecord] = []
        self.ids: dict[Seat, list[tuple[str, str]]] = defaultdict(list)
        """Messages of each seat, to be edited: their names and words."""
        self.edits: Counter[tuple[Seat, str]] = Counter()
        self.choosing = Choosing(self.dice)
        self.seat: Seat | None = None

    async def run(self, steps: int) -> None:
        """Walk so many steps, then see that everything comes to an end."""
        self.seats = await make_invented(self.path, self.plan, self.begins)
        try:
            await self._start()
            while self.steps < steps:
                self.steps += 1
                await self._step()
            await self._ends()
        finally:
            with suppress(Exception):
                await self.app.stop()

    async def _start(self) -> None:
        made: Sequence[Channel] = [Screen("telegram", "keyboard", self.codes), Screen("zalo", "plain", self.codes)]
        self.app = App(Setup(self.path, self.plan, Clock(standing=self.now), lambda: made))
        await self.app.start()
        self.office = Office(self.app, self.path.parent)
        await self.app.db.write(watch)
        await self.app.drain()

    async def _step(self) -> None:
        self.seat = self.seat if self.seat and self.dice.random() < 0.9 else self.dice.choice(self.seats)
        before = await self._looks(self.seat)
        step = self.choosing.next(self, before)
        self.done[step.deed.name] += 1
        who = f"{before.me['role']} {before.me['unit']} {before.me['id']}" if before.me else "a stranger"
        self.trace.append(
            f"{self.steps} {self.now:%Y-%m-%d %H:%M} {who} ({self.seat.look}, {before.asking or '-'}) {step}"
        )
        by = _ACTS[step.deed.name] if step.deed.name in _ACTS else Walker._said
        await by(self, step)
        await self.app.drain()
        self.now = self.app.now()
        await self._holds(step.deed, before)

    async def _looks(self, seat: Seat) -> Standing:
        at = (seat.channel, seat.address)
        return await self.app.db.write(lambda tx: standing(Walk(self.office, tx), at))

    # What is done ---------------------------------------------------------------------------------

    async def says(
        self, seat: Seat, text: str, label: str = "", message: str = "", files: Sequence[Content] = ()
    ) -> None:
        """Say something in a chat."""
        name, edit = message or f"w{self.steps}-{len(self.ids[seat])}", 0
        if message:
            self.edits[seat, message] += 1
            edit = self.edits[seat, message]
        else:
            self.ids[seat].append((name, text))
        body = {"text": text, **({"label": label} if label else {})}
        await self.app.dispatcher.receive(
            channel=seat.channel,
            address=seat.address,
            look=seat.look,
            message=name,
            body=body,
            edit=edit,
            contents=files,
        )

    async def _said(self, step: Step) -> None:
        assert self.seat is not None
        files = [Content("minh-chung.pdf", "application/pdf", b"%PDF-1.4 x")] if step.file else []
        await self.says(self.seat, step.deed.text, step.label, files=files)

    async def _twice(self, step: Step) -> None:
        assert self.seat is not None
        await self.says(self.seat, step.deed.text, step.label)
        await self.says(self.seat, step.deed.text, step.label)

    async def _edited(self, step: Step) -> None:
        assert self.seat is not None
        await self.says(self.seat, step.deed.text, message=step.message)

    async def _waits(self, step: Step) -> None:
        await self.app.move(self.app.now() + step.span)

    async def _restarts(self, step: Step) -> None:
        await self.app.stop()
        self.now = self.now + step.span
        await self._start()
        await self.app.heartbeat.beat()

    async def _changes(self, step: Step) -> None:
        assert step.change is not None
        change = step.change
        await self.app.db.write(lambda tx: change(tx, self.app.office, self.app.now()))
        self.app.woken()

    # What must hold ---------------------------------------------------------------------------------

    async def _holds(self, deed: Deed, before: Standing) -> None:
        assert self.seat is not None
        at = (self.seat.channel, self.seat.address)

        def work(tx: Tx) -> tuple[Happened, list[str]]:
            walk = Walk(self.office, tx)
            happened = gathered(walk, at)
            plan = self.app.plan
            found = [
                *laws.language(deed, happened, self.tally),
                *laws.answered(deed, before, happened),
                *laws.kept(deed, before, happened, self.tally),
                *laws.untouched(walk, deed, before, happened),
                *laws.filed(walk, before, happened),
                *laws.filed_at_all(before, happened),
                *laws.allowed(walk, deed, before, happened),
                *laws.one_a_day(walk, happened),
                *laws.in_hours(plan, happened),
                *laws.not_done_yet(walk, plan, happened),
                *(laws.on_their_way(walk, stored(self.app.now())) if not deed.by_person else ()),
            ]
            return happened, found

        happened, found = await self.app.db.write(work)
        for table, was, now in happened.changes:
            if table == "draft" and was and now and was["state"] != now["state"]:
                self.done[f"{now['state']} {now['form']}"] += 1
        for each in happened.shown:
            if each.chat is not None and each.text:
                self.trace.append(f"      [{each.chat}] {each.kind} {each.text[:160]!r}")
        self.choosing.seen(happened, self.codes)
        after = happened.after
        if (
            before.me is not None
            and after is not None
            and after.me is not None
            and (after.focus or self.steps % 4 == 0)
        ):
            found += await self._way_out(at)
        found += [f"raised: {record.getMessage()} {record.exc_info}" for record in self.raised]
        self.raised.clear()
        if found:
            fault = "\n".join([f"seed {self.seed}, step {self.steps}:", *found[:5], "---", *self.trace])
            if self.found is None:
                raise Fault(fault)
            self.found.append(fault)

    async def _way_out(self, at: tuple[str, str]) -> list[str]:
        """«Thoát» leaves whatever is open, and the menu answers: looked at, and taken back."""
        found: list[str] = []

        def work(tx: Tx) -> None:
            walk = Walk(self.office, tx)
            chat = standing(walk, at).chat
            walk._n = 10**6
            walk.says(chat, "thoát")
            if standing(walk, at).focus is not None:
                found.append("dead end: «thoát» leaves the sheet open")
            if not walk.says(chat, "/menu"):
                found.append("dead end: the menu does not answer")
            raise TakenBack

        with suppress(TakenBack):
            await self.app.db.write(work)
        return found

    async def _ends(self) -> None:
        """Everybody leaves their sheets, three weeks go by, and nothing is on its way any more."""
        for seat in self.seats:
            self.steps += 1
            await self.says(seat, "/thoat")
        await self.app.drain()
        await self.app.move(self.app.now() + timedelta(days=21))
        left = await self.office.rows(
            f"SELECT id, kind, state, why, due FROM outbox WHERE state = 'sending' OR (state = 'waiting' AND due < '{stored(self.app.now() - timedelta(days=14))}')"
        )
        if left:
            raise Fault(f"seed {self.seed}: these rows have come to no end: {left[:5]}")
        if found := laws.stuck(self.tally):
            raise Fault(f"seed {self.seed}: no answer satisfies {found}")


_ACTS: dict[str, Callable[[Walker, Step], Awaitable[None]]] = {
    "tap twice": Walker._twice,
    "edit": Walker._edited,
    "wait": Walker._waits,
    "restart": Walker._restarts,
    "change": Walker._changes,
}
