"""2026 to 2030 in the real process: its clock is driven, it is killed and left off, people file, block, promise.

Afterwards the file and the messenger are held against rules worked out here: every ping that was owed while
the process ran is there once or accounted for, none came after the thing was done, outside hours, or as the
second of a day; what colleagues sent by hand is counted apart.
"""

import asyncio
import json
import os
import random
import signal
import sqlite3
import sys
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.channels.telegram.draw import parts
from bot.language.text import fold
from bot.movement.escalation import rungs
from bot.movement.obligations import Period, Year, periods
from bot.movement.plan import Plan
from bot.movement.roles import Role, heads
from bot.server.clock import OFFICE, at_office
from bot.server.demo import office as demo_office
from bot.server.office import make_calendar, plan_hash
from storage import chats, deadlines, people, plans, settings
from storage.db import Database, Tx
from storage.values import read_stored, stored
from tests.conftest import FAR, PLAN_TEXT
from tests.fakes.telegram import TOKEN, FakeTelegram
from tests.processes import free_port, spawn
from tests.server import ROOT

pytestmark = pytest.mark.slow

TEXT = PLAN_TEXT.replace("bodies = 30\n", "bodies = 3650\n")
PLAN = Plan.parse(TEXT)
CALENDAR = make_calendar()
BEGINS, ENDS = at_office("2026-01-05T07:50"), at_office("2031-01-02T12:00")
STARTS = 38 if FAR else 12
"""How often the process is started."""


@dataclass
class Story:
    """What happened, as the rules below need it."""

    ran: list[tuple[datetime, datetime, dict[tuple[str, int], date], frozenset[int]]] = field(default_factory=list)
    """From when to when the process certainly ran, with the dates that were entered then, and who had shut the chat."""
    filed: dict[tuple[str, str, int], datetime] = field(default_factory=dict)
    promised: list[tuple[tuple[str, str, int], datetime, date]] = field(default_factory=list)
    """(what, when it was promised, the day)."""


async def make(path: Path) -> dict[int, tuple[str, str]]:
    """The demo's units and people, each on Telegram; id → (unit, role)."""
    db = Database(path)
    await db.open()

    def work(tx: Tx) -> dict[int, tuple[str, str]]:
        plans.keep(tx, hash=plan_hash(TEXT), text=TEXT, now=BEGINS)
        settings.allow_stepping(tx)
        for row in demo_office.FIRST.rows("units"):
            people.add_unit(tx, code=row["code"], name=row["name"], kind=row["kind"])
        everybody = {}
        for row in demo_office.FIRST.rows("people"):
            id = people.add_person(
                tx,
                name=row["name"],
                name_fold=fold(row["name"]),
                position=row["position"],
                kind="cong_chuc",
                unit=row["unit"],
                role=row["role"],
            )
            chat = chats.at(tx, channel="telegram", address=str(1000 + id), look="keyboard")
            chats.link(tx, chat=chat.id, person=id)
            everybody[id] = (row["unit"], row["role"])
        deadlines.open_year(tx, year=2026, quiet=False, now=BEGINS)
        return everybody

    found = await db.write(work)
    await db.close()
    return found


class Process:
    """`thidua run` with a clock that is driven, on a fake messenger."""

    def __init__(self, folder: Path, db: Path, server: FakeTelegram) -> None:
        plan = folder / "plan.toml"
        plan.write_text(TEXT, encoding="utf-8")
        self._port = free_port()
        self._env = {
            **os.environ,
            "THIDUA_DB": str(db),
            "THIDUA_PLAN": str(plan),
            "THIDUA_HTTP": f"127.0.0.1:{self._port}",
            "THIDUA_TELEGRAM_TOKEN": TOKEN,
            "THIDUA_TELEGRAM_API": server.address,
            "THIDUA_TELEGRAM_PACE": "none",
            "THIDUA_BACKUP_AT": "none",
        }

    async def start(self, now: datetime) -> None:
        self._process = await spawn(
            sys.executable,
            "-m",
            "bot",
            "run",
            "--now",
            f"{now:%Y-%m-%dT%H:%M:%S}",
            cwd=ROOT,
            env=self._env,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
        async with aiohttp.ClientSession() as session:
            for _ in range(400):
                await asyncio.sleep(0.05)
                try:
                    async with session.get(f"http://127.0.0.1:{self._port}/health") as reply:
                        if "telegram" in (await reply.json())["loops"]:
                            return
                except aiohttp.ClientError:
                    pass
        raise AssertionError("the process does not come up")

    async def move(self, to: datetime) -> None:
        """Move its clock; returns when all that came on the way is delivered."""
        timeout = aiohttp.ClientTimeout(total=400)
        async with (
            aiohttp.ClientSession(timeout=timeout) as session,
            session.post(f"http://127.0.0.1:{self._port}/clock", json={"to": f"{to:%Y-%m-%dT%H:%M}"}) as reply,
        ):
            assert reply.status == 200, await reply.text()

    async def end(self, how: signal.Signals) -> None:
        if self._process.returncode is None:
            self._process.send_signal(how)
        await self._process.wait()


class World:
    """Everything that goes on around the process, by dice."""

    def __init__(self, path: Path, everybody: dict[int, tuple[str, str]], dice: random.Random) -> None:
        self._path, self._everybody, self._dice = path, everybody, dice
        self.story = Story()
        self.entered: dict[tuple[str, int], date] = {}
        self._units = sorted({unit for unit, role in everybody.values() if heads(role) and role != Role.UNION})

    def file(self) -> sqlite3.Connection:
        return sqlite3.connect(self._path)

    def trace(self) -> datetime:
        """The last moment of which the file knows that the process ran."""
        with self.file() as file:
            found = [row[0] for row in file.execute("SELECT MAX(at) FROM rung UNION ALL SELECT MAX(shown) FROM outbox")]
        file.close()
        return max([read_stored(each).astimezone(OFFICE) for each in found if each], default=BEGINS)

    def goes_on(self, now: datetime) -> None:
        """While nothing runs: dates are set and changed, units file, heads promise a day."""
        dice = self._dice
        with self.file() as file:
            for duty, day in (("plan", (1, 31)), ("registration", (3, 31))):
                key = (duty, now.year)
                if key not in self.entered and now.date() < date(now.year, *day) and dice.random() < 0.8:
                    self._enter(file, key, date(now.year, *day), now)
            moved = date(now.year, 11, dice.choice((5, 9, 12, 19)))
            if dice.random() < 0.4 and now.date() < moved - timedelta(days=3):
                self._enter(file, ("results", now.year), moved, now)
            for unit in self._units:
                for duty in ("plan", "registration", "results"):
                    if dice.random() < 0.12:
                        self._files(file, (duty, unit, now.year), now)
                if dice.random() < 0.1:
                    self._promises(
                        file, ("results", unit, now.year), now, now.date() + timedelta(days=dice.randint(1, 20))
                    )
        file.close()

    def _enter(self, file: sqlite3.Connection, key: tuple[str, int], day: date, now: datetime) -> None:
        self.entered[key] = day
        file.execute(
            "INSERT OR REPLACE INTO deadline (duty, year, day, basis, by, at) VALUES (?, ?, ?, 'Công văn', NULL, ?)",
            (*key, day.isoformat(), stored(now)),
        )

    def _files(self, file: sqlite3.Connection, key: tuple[str, str, int], now: datetime) -> None:
        duty, unit, year = key
        opened = file.execute("SELECT 1 FROM year WHERE year = ?", (year,)).fetchone()
        if key in self.story.filed or not opened or (duty == "results" and now.date() < date(year, 10, 15)):
            return
        by, at = 1, stored(now)
        if duty == "plan":
            file.execute(
                "INSERT INTO unit_plan (unit, year, code, day, signer, by, at) VALUES (?, ?, ?, ?, 'x', ?, ?)",
                (unit, year, f"KH-{year}-{unit}", now.date().isoformat(), by, at),
            )
        elif duty == "registration":
            file.execute("INSERT INTO closed_list VALUES (?, ?, '', ?, ?)", (unit, year, by, at))
        else:
            file.execute(
                "INSERT INTO report_version (unit, year, code, by, at, plan_hash) VALUES (?, ?, ?, ?, ?, '')",
                (unit, year, f"BC-{year}-{unit}", by, at),
            )
        self.story.filed[key] = now

    def _promises(self, file: sqlite3.Connection, key: tuple[str, str, int], now: datetime, day: date) -> None:
        duty, unit, year = key
        file.execute(
            "INSERT OR REPLACE INTO promise VALUES (?, ?, ?, ?, 1, ?)", (unit, duty, year, day.isoformat(), stored(now))
        )
        self.story.promised.append((key, now, day))


@pytest.mark.timeout(900)
async def test_five_years_of_the_real_process(tmp_path: Path) -> None:
    dice = random.Random(20260105)
    path = tmp_path / "five.db"
    everybody = await make(path)
    server = FakeTelegram()
    await server.start()
    process, world = Process(tmp_path, path, server), World(path, everybody, dice)
    blocked = set[int]()
    now, starts = BEGINS, 0
    while now < ENDS:
        world.goes_on(now)
        await process.start(now)
        starts += 1
        for person in dice.sample(sorted(everybody), 2):
            blocked ^= {person}
            server.blocks(1000 + person, blocked=person in blocked)
        to = (
            ENDS
            if starts == STARTS
            else min(ENDS, now + timedelta(days=dice.randint(10, 75), hours=dice.randint(0, 23)))
        )
        moving = asyncio.create_task(process.move(to))
        if dice.random() < 0.5 and to < ENDS:  # killed somewhere on the way
            await asyncio.wait([moving], timeout=dice.random() * 1.5)
            await process.end(signal.SIGKILL)
            await asyncio.gather(moving, return_exceptions=True)
            reached = to if moving.done() and not moving.cancelled() and moving.exception() is None else world.trace()
        else:
            await moving
            await process.end(signal.SIGTERM)
            reached = to
        reached = max(reached, now)
        world.story.ran.append((now, reached, dict(world.entered), frozenset(blocked)))
        off = dice.choice(
            (timedelta(minutes=5), timedelta(hours=3), timedelta(days=2), timedelta(days=dice.randint(3, 21)))
        )
        now = reached + off
    await server.stop()
    assert starts <= 40
    held_against(path, everybody, world.story, server)


# The rules ------------------------------------------------------------------------------------


def held_against(path: Path, everybody: dict[int, tuple[str, str]], story: Story, server: FakeTelegram) -> None:
    file = sqlite3.connect(path)
    file.row_factory = sqlite3.Row
    out: list[Any] = file.execute(
        "SELECT outbox.*, chat.address FROM outbox LEFT JOIN chat ON chat.id = outbox.chat WHERE kind <> 'answer'"
    ).fetchall()
    said = {(row["key"], row["person"]): row["outbox"] for row in file.execute("SELECT * FROM rung")}
    file.close()
    spoken = [row for row in out if row["state"] in ("sent", "unsure") and row["shown"]]  # not what was merged
    assert len([row for row in spoken if row["kind"] == "daily"]) > 500, "the story is too thin to show anything"
    assert not [
        row for row in out if row["state"] in ("waiting", "sending") and row["day"] and row["day"] < "2030-12-01"
    ]
    once_each(spoken, server)
    in_hours(spoken)
    once_a_day(spoken)
    none_after_it_was_done(said, {row["id"]: row for row in spoken}, story)
    nothing_forgotten(said, out, everybody, story)


def once_each(spoken: list[Any], server: FakeTelegram) -> None:
    """On the phones stands what the file says was sent, as often; what is unsure stands at most once."""
    for address in {row["address"] for row in spoken}:
        # What was merged into another message has no text of its own.
        mine = [row for row in spoken if row["address"] == address and row["body"] is not None]
        on_the_phone = Counter(shown.text for shown in server.shown.get(address, []))
        sent = Counter(part for row in mine if row["state"] == "sent" for part in parts(text_of(row["body"])))
        unsure = Counter(part for row in mine if row["state"] == "unsure" for part in parts(text_of(row["body"])))
        lost, doubled = sent - on_the_phone, on_the_phone - sent - unsure
        about = [
            (row["id"], row["kind"], row["state"], row["shown"])
            for row in mine
            if lost.keys() & parts(text_of(row["body"]))
        ]
        assert not lost, f"sent, and not on the phone of {address}: {about}: {lost}; there and not sent: {doubled}"
        assert not doubled, f"came twice to {address}: {doubled}"


def text_of(body: str) -> str:
    return str(json.loads(body)["text"])


def in_hours(spoken: list[Any]) -> None:
    for row in spoken:
        at = read_stored(row["shown"]).astimezone(OFFICE)
        assert CALENDAR.works(at.date()), f"row {row['id']} on a day off: {at}"
        minute = at.time().replace(second=0, microsecond=0)
        assert any(first <= minute <= last for first, last in PLAN.speaking.windows), f"row {row['id']} at {at}"


def once_a_day(spoken: list[Any]) -> None:
    days = Counter(
        (row["person"], read_stored(row["shown"]).astimezone(OFFICE).date()) for row in spoken if row["kind"] == "daily"
    )
    assert max(days.values()) == 1
    by_hand = Counter(row["news"] for row in spoken if row["kind"] == "hand")
    assert set(by_hand) <= {"year_opened", "astray", "unsure", "quota", "blocked", "reached"}, by_hand


def none_after_it_was_done(said: dict[tuple[str, int], int], spoken: dict[int, Any], story: Story) -> None:
    checked = 0
    for (key, _person), outbox in said.items():
        duty, year, rung, due, unit, *_rest = [*key.split(":"), "", "", "", ""][:6]
        if duty not in ("plan", "registration", "results") or outbox not in spoken:
            continue
        at = read_stored(spoken[outbox]["shown"]).astimezone(OFFICE)
        done = story.filed.get((duty, unit, int(year)))
        assert done is None or at < done, f"{key} was said at {at}, done at {done}"
        if rung == "opens" or rung.startswith("-"):
            assert at.date() <= date.fromisoformat(due), f"{key} came at {at}, after its day"
        checked += 1
    assert checked > 500


def nothing_forgotten(
    said: dict[tuple[str, int], int], out: list[Any], everybody: dict[int, tuple[str, str]], story: Story
) -> None:
    """Every rung whose day lay in a time in which the process ran has been said to all whom it speaks to."""
    heard = {(row["person"], row["day"]) for row in out if row["kind"] == "daily"}
    owed = 0
    for first, last, entered, shut in story.ran:
        years = [Year(year) for year in range(2026, 2031)]
        for period in periods(PLAN, years, entered, CALENDAR):
            if period.duty.by != "unit":
                continue
            for rung in rungs(period, PLAN, CALENDAR):
                at = datetime.combine(rung.day, rung.at, OFFICE)
                if not rung.rung.here or not (first < at and datetime.combine(rung.day, time(23, 59), OFFICE) <= last):
                    continue
                for person, (unit, role) in everybody.items():
                    if (
                        person in shut
                        or (period.duty.code == "registration" and not speaks_to(role, ("head", "deputy")))
                        or not speaks_to(role, rung.rung.to)
                        or fulfilled(story, period, unit, at)
                        or not opened(story, period, at)
                    ):
                        continue
                    key = f"{period.duty.code}:{period.year}:{rung.code}:{period.due}:{unit}:"
                    owed += 1
                    assert (key, person) in said or (person, rung.day.isoformat()) in heard, (
                        f"{key} was never said to {person}"
                    )
    assert owed > 500, owed


def speaks_to(role: str, to: tuple[str, ...]) -> bool:
    mine = {"head": heads(role) and role != Role.UNION, "deputy": role == Role.DEPUTY, "person": role == Role.DRAFTER}
    return any(mine.get(each, False) for each in to)


def fulfilled(story: Story, period: Period, unit: str, at: datetime) -> bool:
    """Done, or silenced by a promise that lies ahead."""
    key = (period.duty.code, unit, period.year)
    promises = [(when, day) for what, when, day in story.promised if what == key and when <= at]
    silent = bool(promises) and max(promises)[1] >= at.date()
    return silent or (key in story.filed and story.filed[key] <= at)


def opened(story: Story, period: Period, at: datetime) -> bool:
    """A year opens itself at the first beat in it."""
    began = next((first for first, last, _entered, _shut in story.ran if last.year >= period.year), ENDS)
    return period.year == 2026 or max(began, datetime(period.year, 1, 1, tzinfo=OFFICE)) < at
