"""The only place where the parts meet: plan, storage, menu, dispatcher, sender, scheduler, jobs."""

import asyncio
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, assert_never

from bot.channels import Channel, Closes, InviteLink, Parcel, Result, invite_links
from bot.conversation import CalendarChanged, ClockConfirmed, JobsWaiting, UnitChanged, WokenElsewhere
from bot.delivery import ChatChanges, Dispatcher, Fetching, FollowUp, Intake, Links, Menus, Sender, Turns
from bot.movement import BadPlan, Plan
from bot.office.clock_doubt import ClockDoubt, last_ran
from bot.office.delivery_events import OfficeEvents
from bot.office.nightly_copy import CopyPlaces, Nightly
from bot.office.report import older_numbers
from bot.office.status_board import refresh
from bot.server import wiring
from bot.server.clock import Clock
from bot.server.heartbeat import Heartbeat
from bot.server.jobs import Jobs
from bot.server.monitoring import Figures, Vitals
from bot.server.office import make_calendar, office_under, plan_hash, under_plan
from bot.server.supervisor import Alive
from storage import calendar as calendar_table
from storage import plans, settings
from storage.chats import Chat
from storage.db import Database, Tx, passing
from storage.files import Content
from storage.lock import FileLock
from storage.opening import Trouble, Unusable


@dataclass(frozen=True)
class Setup:
    """What an application is made of: the file, a plan for a file that has none, the clock."""

    db: Path
    plan: str
    clock: Clock
    channels: Callable[[], Sequence[Channel]] = lambda: ()
    """Makes the messengers; called once, outside the event loop, since their libraries take long to load."""
    public: str = ""
    """The public address of the web chat."""
    places: CopyPlaces | None = None
    """Where the nightly copies go; None where none are made."""


class App:
    """One running office: `start`, `stop`, `receive`, `drain`, `move`."""

    def __init__(self, setup: Setup) -> None:
        self.clock = setup.clock
        self.channels: dict[str, Channel] = {}
        self._make_channels = setup.channels
        self.figures = Figures()
        self.alive = Alive(passing=passing)
        self._plan_text = setup.plan
        self.lock = FileLock(setup.db)
        second = None if setup.places is None else setup.places.second
        self.db = Database(setup.db, must_exist=True, second=second)
        self.office = replace(office_under(setup.plan), invite_links=self._invite_links)
        self.changes = ChatChanges()
        events = OfficeEvents()
        self.links = Links(setup.public, self.clock.now)
        self.doubt = ClockDoubt(self.db, self.clock.now, self._wake_sender)
        self.sender = Sender(
            self.db,
            lambda: self.office,
            self.clock.now,
            events,
            self.changes,
            self._sent,
            self.links.of,
            self.doubt.lets_out,
        )
        self.office = replace(self.office, left=self.sender.queues.lines.in_flight_since)
        self.menus = Menus(self.db, lambda: self.office, self.channels)
        follow_up = FollowUp(self.sender, self.menus, self.changes, self._follow)
        turns = Turns(lambda: self.office, self.clock.now, events, self.sender.wake)
        self.fetching = Fetching(self.db, self.channels, self.clock.now)
        self.dispatcher = Dispatcher(self.db, turns, self.clock.now, follow_up, self.fetching.whole)
        self.intake = Intake(self.db, self.dispatcher, self.clock, events, self._heard, self.sender.wake)
        self.vitals = Vitals(self.db, self.clock.now, self.channels, self.figures, self.alive, self.dispatcher.hanging)
        self.jobs = Jobs(self.db, lambda: self.office, self.clock.now, follow_up)
        self.nightly = Nightly(self.db, setup.places, self.clock.now, self.doubt, self.sender.wake)
        self.heartbeat = Heartbeat(self.db, lambda: self.office, self.clock.now, self.sender.wake, self.doubt)

    async def start(self, control: str = "", connect: bool = True) -> None:
        """Take the lock, open the file, restart what was left; raise Taken, Unusable or BadPlan.

        Without `connect` the messengers come later, by `connect`: nothing is delivered before.
        """
        wiring.check(self.office.features)
        if not self.lock.path.exists():  # not even a lock is left beside a name that was mistyped
            raise Unusable(Trouble.MISSING, self.lock.path)
        self.lock.take(control)
        try:
            await self.db.open()
        except BaseException:
            self.lock.release()
            raise
        now = self.clock.now()
        self.set_plan(await self.db.write(lambda tx: _plan_in_force(tx, self._plan_text, now)))
        try:
            wiring.check_plan(self.office.features, self.plan)
        except BadPlan:
            await self.db.close()
            self.lock.release()
            raise
        await self.db.write(lambda tx: older_numbers.name(tx, self.plan))
        if self.links.public:
            self.links.key = await self.db.write(_link_key)
        await self.reload()
        self.intake.stopped = await self.db.write(last_ran)
        await self.doubt.look()
        await self.sender.start()
        await self.jobs.start()
        await self.dispatcher.start()
        if connect:
            await self.connect()

    async def connect(self) -> None:
        """Add every channel; from now on the sender may run."""
        for channel in await asyncio.to_thread(self._make_channels):
            self.add(channel)
        self.fetching.open()
        self.sender.queues.all_open()

    def add(self, channel: Channel) -> None:
        """Add a messenger."""
        self.channels[channel.name] = channel
        self.sender.open(channel)

    async def stop(self) -> None:
        """Finish what waits and close."""
        self.fetching.close()
        await self.dispatcher.close()
        await self.sender.close()
        for channel in [each for each in self.channels.values() if isinstance(each, Closes)]:
            await channel.close()
        await self.jobs.stop()
        await self.db.close()
        self.lock.release()

    @property
    def plan(self) -> Plan:
        """The movement, as the database has it."""
        return self.office.plan

    def set_plan(self, text: str) -> None:
        """Set the plan, from the next turn and the next beat on."""
        if plan_hash(text) != self.office.plan_hash:
            self.office = under_plan(self.office, text)

    async def reload(self) -> None:
        """Read again what the office has set: its calendar."""
        reader = await self.db.reader()
        self._set_calendar(await reader.all(calendar_table.ALL))

    def _set_calendar(self, own: Sequence[calendar_table.SetDay]) -> None:
        """Set the office's own days, from the next turn and the next beat on."""
        self.office = replace(self.office, calendar=make_calendar(own))

    def _invite_links(self, code: str) -> list[InviteLink]:
        return invite_links(self.channels.values(), code)

    def now(self) -> datetime:
        """Return the office's time."""
        return self.clock.now()

    async def receive(
        self, chat: Chat, message: str, body: dict[str, Any], edit: int = 0, contents: Sequence[Content] = ()
    ) -> None:
        """Commit a message of this chat with its files, then have it answered."""
        await self.dispatcher.receive(
            channel=chat.channel,
            address=chat.address,
            look=chat.look,
            message=message,
            body=body,
            edit=edit,
            contents=contents,
        )

    async def listen(self, channel: Channel) -> None:
        """Receive what a messenger brings, for ever."""
        await channel.listen(self.intake.of(channel))

    async def move(self, to: datetime) -> None:
        """Move the clock on: at each moment on the way tick, answer and deliver, then go on."""
        while True:
            stop = await self.next_stop(to)
            self.clock.move_to(max(min(stop or to, to), self.clock.now()))
            await self.heartbeat.beat()
            await self.nightly.look()
            await self.drain()
            if self.clock.now() >= to:
                return

    async def next_stop(self, to: datetime) -> datetime | None:
        """Return the next time, up to `to`, at which something may be done: a moment, or a row that is due."""
        stops = [self.heartbeat.next_moment(to), await self.heartbeat.next_announced(), await self.sender.next_due()]
        return min([at for at in stops if at is not None and self.clock.now() < at <= to], default=None)

    async def drain(self) -> None:
        """Answer and deliver all that is there and due."""
        while True:
            await self.dispatcher.idle()
            worked = await self.jobs.drain()
            await self.sender.drain()
            await self.sender.idle()
            if not worked and not self.dispatcher.busy:
                return

    def woken(self) -> None:
        """Wake menus and sender: somebody's post was changed at the command line."""
        self.menus.wake()
        self.sender.wake()

    def _heard(self, channel: str) -> None:
        self.figures.heard[channel] += 1

    def _sent(self, parcel: Parcel, result: Result) -> None:
        self.figures.sent[parcel.channel, result.outcome.value] += 1

    def _wake_sender(self) -> None:
        self.sender.wake()

    async def _follow(self, woken: Sequence[WokenElsewhere]) -> None:
        """Hand on what a turn has woken, beyond what delivery does."""
        units: list[str] = []
        for each in woken:
            match each:
                case JobsWaiting():
                    self.jobs.wake()
                case ClockConfirmed():
                    self.doubt.since = None
                    self.sender.wake()
                case CalendarChanged(days):
                    self._set_calendar(days)
                case UnitChanged(unit):
                    units.append(unit)
                case _:
                    assert_never(each)
        if units:
            await refresh(self.db, self.office, self.clock.now(), self.sender.wake, units)


def _plan_in_force(tx: Tx, given: str, now: datetime) -> str:
    """Return the plan that the file runs on; the given one where it has none yet."""
    kept = tx.one(plans.NOW)
    if kept is None:
        plans.take(tx, hash=plan_hash(given), text=given, now=now)
        return given
    return kept.text


def _link_key(tx: Tx) -> bytes:
    """Return the key that signs links: made once, stored in the database."""
    if not settings.get(tx, "link_key"):
        settings.put(tx, "link_key", secrets.token_hex(32))
    return bytes.fromhex(settings.get(tx, "link_key"))
