"""The bot as a process on a messenger, killed at random: nothing lost, no effect twice, order kept.

Telegram keeps what is not confirmed; Zalo forgets what it has handed out, so there only what was accepted counts.
"""

import asyncio
import os
import random
import signal
import sqlite3
import sys
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bot.channels.telegram import draw as telegram_draw
from bot.channels.zalo import draw as zalo_draw
from bot.delivery.lines import UNASKED
from bot.office.announcements.announcing import announce
from storage.db import Database
from tests.conftest import FAR
from tests.fakes import telegram, zalo
from tests.fakes.telegram import FakeTelegram
from tests.fakes.zalo import FakeZalo
from tests.phones import Fake
from tests.processes import free_port, spawn
from tests.server import ROOT
from tests.sheets import sheet

pytestmark = pytest.mark.slow

CHATS, KILLS, MESSAGES = (20, 20, 320) if FAR else (8, 8, 128)
EACH = MESSAGES // KILLS
"""What is typed between two kills: the bot is killed while it works on it."""
TAKEN = "SELECT COUNT(*) FROM inbox"
UNANSWERED = "SELECT COUNT(*) FROM inbox WHERE state = 'new'"
SENDING = "SELECT COUNT(*) FROM outbox WHERE state = 'sending'"
FORM = sheet("{title}", "nv", "17/12/2027")
CHANNEL = {"telegram": ("telegram", "keyboard"), "zalo": (f"zalo:{zalo.TOKEN.partition(':')[0]}", "plain")}

BELOW = "Trả lời ở tin dưới đây."
"""What a message says that took a keyboard away and may stay after a kill."""
PARTS = {"telegram": telegram_draw.parts, "zalo": zalo_draw.parts}


def seat(path: Path, messenger: str, most: int = CHATS) -> list[int]:
    """People with a chat each."""
    name, look = CHANNEL[messenger]
    with sqlite3.connect(path) as file:
        found = [
            row[0]
            for row in file.execute(
                "SELECT id FROM person WHERE role IN ('officer', 'drafter') ORDER BY id LIMIT ?", (most,)
            )
        ]
        for id in found:
            file.execute("UPDATE chat SET person = NULL WHERE person = ?", (id,))
            file.execute(
                "INSERT INTO chat (channel, address, person, look) VALUES (?, ?, ?, ?)",
                (name, str(id + 1000), id, look),
            )
    file.close()
    return [id + 1000 for id in found]


def title(dice: random.Random) -> str:
    return " ".join("".join(dice.choice(part) for part in ("bcdghklmn", "aeiou", "cmnpt")) for _ in range(9))


class Killed:
    """The bot as a process on a fake, started again whenever it has been killed."""

    def __init__(self, db: Path, server: Fake) -> None:
        tokens = (
            {
                "THIDUA_TELEGRAM_TOKEN": telegram.TOKEN,
                "THIDUA_TELEGRAM_API": server.address,
                "THIDUA_TELEGRAM_PACE": "none",
            }
            if isinstance(server, FakeTelegram)
            else {"THIDUA_ZALO_TOKEN": zalo.TOKEN, "THIDUA_ZALO_API": server.address}
        )
        self._env = {**os.environ, "THIDUA_DB": str(db), "THIDUA_HTTP": f"127.0.0.1:{free_port()}", **tokens}
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        self._process = await spawn(
            sys.executable,
            "-m",
            "bot",
            "run",
            "--now",
            "2027-10-18T08:30",
            cwd=ROOT,
            env=self._env,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )

    async def end(self, how: signal.Signals = signal.SIGKILL) -> None:
        assert self._process is not None
        self._process.send_signal(how)
        await self._process.wait()


@pytest.mark.timeout(300)
@pytest.mark.parametrize("messenger", ["telegram", "zalo"])
async def test_messages_and_kills(demo_file: Path, messenger: str) -> None:
    dice = random.Random(20271109)
    server: Fake = FakeTelegram() if messenger == "telegram" else FakeZalo()
    if isinstance(server, FakeTelegram):
        server.slow = 0.02
    await server.start()
    seated = seat(demo_file, messenger)
    said = {
        chat: [line.format(title=title(dice)) for _ in range(3) for line in FORM][: MESSAGES // CHATS]
        for chat in seated
    }

    typed = [(chat, said[chat][n]) for n in range(MESSAGES // CHATS) for chat in seated]
    bot, busy, sending = Killed(demo_file, server), 0, 0
    for kill in range(KILLS):
        taken = counted(demo_file, TAKEN)
        await bot.start()
        for chat, line in typed[kill * EACH : (kill + 1) * EACH]:
            server.types(chat, line)
        await until(partial(has_taken_more, demo_file, taken))
        await asyncio.sleep(dice.random() * 0.03)
        await bot.end()
        on_the_way = counted(demo_file, SENDING)
        sending += on_the_way
        busy += bool(on_the_way or server.updates or counted(demo_file, UNANSWERED))
    assert busy > KILLS / 2, "the kills fell into work"
    await bot.start()
    for _ in range(400):
        await asyncio.sleep(0.1)
        if not server.updates and settled(demo_file):
            break
    await bot.end(signal.SIGTERM)
    await server.stop()
    with sqlite3.connect(demo_file) as file:

        def value(sql: str) -> Any:
            return file.execute(sql).fetchone()[0]

        inbox = f"FROM inbox JOIN chat ON chat.id = inbox.chat WHERE chat.channel = '{CHANNEL[messenger][0]}'"
        accepted = value(f"SELECT COUNT(*) {inbox}")
        assert accepted == MESSAGES or messenger == "zalo"
        assert accepted > MESSAGES / 2
        assert value(f"SELECT COUNT(*) {inbox} AND inbox.state <> 'done'") == 0, "accepted and not answered"
        assert value("SELECT COUNT(*) FROM outbox WHERE kind = 'answer' AND state NOT IN ('sent', 'cancelled')") == 0
        filed = Counter(row[0] for row in file.execute("SELECT title FROM initiative WHERE code LIKE 'NV-2027-%'"))
        assert sum(filed.values()) > CHATS / 2
        doubled = 0
        for chat in seated:
            kept = [
                row[0]
                for row in file.execute(
                    f"SELECT json_extract(body, '$.text') {inbox} AND chat.address = ? ORDER BY inbox.id", (str(chat),)
                )
            ]
            if messenger == "telegram":
                assert kept == said[chat], "the order within a chat was broken"
            else:
                rest = iter(said[chat])
                assert all(line in rest for line in kept), "the order within a chat was broken"
            for task in (said[chat][1], said[chat][len(FORM) + 1]):
                assert filed[task] == 1 if kept == said[chat] else filed[task] <= 1
            bodies = file.execute(
                "SELECT kind = 'answer', json_extract(body, '$.text') FROM outbox JOIN chat ON chat.id = outbox.chat "
                "WHERE chat.address = ? AND body IS NOT NULL ORDER BY outbox.id",
                (str(chat),),
            ).fetchall()
            drawn = [(asked, part) for asked, text in bodies for part in PARTS[messenger](text)]
            unasked = {part for asked, part in drawn if not asked}
            last = server.shown.get(str(chat), [])[-1:]
            assert not any(each.text == BELOW for each in last), "nothing stands below"
            doubled += repeated(
                [each.text for each in server.shown.get(str(chat), []) if each.text not in {*unasked, BELOW}],
                [part for asked, part in drawn if asked],
            )
        assert doubled <= sending, "only what was on its way at a kill is said twice"
    file.close()


def repeated(shown: list[str], answers: list[str]) -> int:
    """How many were shown twice in a row; every answer must be there, in its order, and nothing else."""
    place = twice = 0
    for text in shown:
        if place < len(answers) and text == answers[place]:
            place += 1
        else:
            assert place and text == answers[place - 1], f"not in its order: {text}"
            twice += 1
    assert place == len(answers), f"never shown: {answers[place:]}"
    return twice


async def until(done: Callable[[], bool]) -> None:
    for _ in range(1500):
        if done():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it does not come")


def counted(path: Path, sql: str) -> int:
    """Looked at from outside, whoever has the file open."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as file:
        return int(file.execute(sql).fetchone()[0])


def has_taken_more(path: Path, than: int) -> bool:
    return counted(path, TAKEN) > than


def settled(path: Path) -> bool:
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as file:
        waiting = """
            SELECT (SELECT COUNT(*) FROM inbox WHERE state = 'new')
                 + (SELECT COUNT(*) FROM outbox WHERE kind = 'answer' AND state IN ('waiting', 'sending'))
        """
        found = file.execute(waiting).fetchone()[0]
    file.close()
    return bool(found == 0)


@pytest.mark.timeout(120)
async def test_an_announcement_to_three_hundred_killed_half_way(demo_file: Path) -> None:
    """Nobody hears it twice; whom it may not have reached is listed to the sender; everybody else has it once."""
    server = FakeTelegram()
    server.slow = 0.06
    await server.start()
    with sqlite3.connect(demo_file) as file:
        for n in range(300):
            file.execute(
                "INSERT INTO person (name, name_fold, unit, role) VALUES (?, ?, 'QLXD', 'officer')",
                (f"Người Nhận {n}", f"nguoi nhan {n}"),
            )
    file.close()
    seated = seat(demo_file, "telegram", most=1000)[-300:]
    with sqlite3.connect(demo_file) as file:
        sender = file.execute("SELECT id FROM person WHERE name = 'Lương Thị Nháp'").fetchone()[0]
        file.execute("UPDATE chat SET person = NULL WHERE person = ?", (sender,))
        file.execute(
            "INSERT INTO chat (channel, address, person, look) VALUES ('telegram', '9', ?, 'keyboard')", (sender,)
        )
    file.close()
    db = Database(demo_file)
    await db.open()
    now = datetime(2027, 10, 18, 1, 30, tzinfo=UTC)
    receivers = [chat - 1000 for chat in seated]
    for _ in range(2):  # filed twice under one key: once
        await db.write(
            lambda tx: announce(
                tx, key="họp", by=sender, to=receivers, about={"by": sender, "text": "Họp lúc 14 giờ."}, now=now
            )
        )
    await db.close()

    def reached() -> Counter[str]:
        found = Counter[str]()
        for chat, shown in server.shown.items():
            found[chat] += sum("Họp lúc 14 giờ." in each.text for each in shown)
        return found

    bot = Killed(demo_file, server)
    await bot.start()
    for _ in range(1000):
        await asyncio.sleep(0.02)
        if sum(reached().values()) >= 150:
            break
    await bot.end()
    on_the_way = counted(demo_file, SENDING)
    assert 0 < on_the_way <= UNASKED, "the kill fell into sending"
    await asyncio.sleep(0.2)  # what had left arrives
    assert 150 <= sum(reached().values()) < 300, "half-way"
    await bot.start()
    listed = ""
    for _ in range(200):
        await asyncio.sleep(0.1)
        listed = "".join(each.text for each in server.shown.get("9", []) if "Chưa chắc đã đến" in each.text)
        if listed and sum(reached().values()) + listed.count("\n- ") >= 300:
            break
    await asyncio.sleep(0.5)
    await bot.end(signal.SIGTERM)
    await server.stop()
    got = reached()
    with sqlite3.connect(demo_file) as file:
        unsure = [
            row[0]
            for row in file.execute(
                "SELECT person.name FROM outbox JOIN person ON person.id = outbox.person WHERE outbox.state = 'unsure'"
            )
        ]
        names = {str(id + 1000): name for id, name in file.execute("SELECT id, name FROM person")}
    file.close()
    assert max(got.values()) == 1, "somebody heard it twice"
    assert len(unsure) == on_the_way
    told = {line.removeprefix("- ").partition(",")[0] for line in listed.splitlines() if line.startswith("- ")}
    assert {name for name in unsure if any(each.endswith(name) for each in told)} == set(unsure), (
        "the sender knows whom it may not have reached"
    )
    assert len(told) == len(set(unsure)), "and nobody else is listed"
    missed = {names[str(chat)] for chat in seated if got[str(chat)] == 0}
    assert missed <= set(unsure), "somebody did not hear it and nobody was told"
    assert sum(got.values()) == 300 - len(missed)
