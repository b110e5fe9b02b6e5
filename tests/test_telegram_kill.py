"""The bot as a process on Telegram, killed twenty times: nothing lost, no effect twice, order kept."""

import asyncio
import os
import random
import signal
import sqlite3
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.telegram import TOKEN, FakeTelegram
from tests.server import ROOT
from tests.test_bad_input import free_port

CHATS, KILLS, MESSAGES = 20, 20, 300
FORM = ("/dangky nv", "{title}", "3", "bỏ qua", "1", "bỏ qua", "17/12/2027", "gửi")


def seat(path: Path) -> list[int]:
    """Twenty people with a Telegram chat each."""
    with sqlite3.connect(path) as file:
        found = [row[0] for row in file.execute(
            "SELECT id FROM person WHERE role IN ('officer', 'drafter') ORDER BY id LIMIT ?", (CHATS,)
        )]  # fmt: skip
        for id in found:
            file.execute("UPDATE chat SET person = NULL WHERE person = ?", (id,))
            file.execute(
                "INSERT INTO chat (channel, address, person, look) VALUES ('telegram', ?, ?, 'keyboard')",
                (str(id + 1000), id),
            )
    file.close()
    return [id + 1000 for id in found]


def title(dice: random.Random) -> str:
    return " ".join("".join(dice.choice(part) for part in ("bcdghklmn", "aeiou", "cmnpt")) for _ in range(9))


@pytest.mark.timeout(300)
async def test_three_hundred_messages_and_twenty_kills(demo_file: Path) -> None:
    dice = random.Random(20271109)
    server = FakeTelegram()
    await server.start()
    seated = seat(demo_file)
    said = {chat: [line.format(title=title(dice)) for _ in range(2) for line in FORM][: MESSAGES // CHATS] for chat in seated}  # fmt: skip
    env = {
        **os.environ, "THIDUA_DB": str(demo_file), "THIDUA_HTTP": f"127.0.0.1:{free_port()}",
        "THIDUA_TELEGRAM_TOKEN": TOKEN, "THIDUA_TELEGRAM_API": server.address,
        "THIDUA_TELEGRAM_PACE": "none",
    }  # fmt: skip

    async def start() -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", "--now", "2027-10-18T08:30", cwd=ROOT, env=env,
            stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
        )  # fmt: skip

    async def type_all() -> None:
        for n in range(MESSAGES // CHATS):
            for chat in seated:
                server.types(chat, said[chat][n])
            await asyncio.sleep(1.4)

    typing = asyncio.create_task(type_all())
    process = await start()
    for _ in range(KILLS):
        await asyncio.sleep(0.9 + dice.random() * 0.4)
        process.send_signal(signal.SIGKILL)
        await process.wait()
        process = await start()
    await typing
    for _ in range(300):
        await asyncio.sleep(0.1)
        if not server.updates and settled(demo_file):
            break
    process.terminate()
    await process.wait()
    await server.stop()
    with sqlite3.connect(demo_file) as file:

        def value(sql: str) -> Any:
            return file.execute(sql).fetchone()[0]

        inbox = "FROM inbox JOIN chat ON chat.id = inbox.chat WHERE chat.channel = 'telegram'"
        assert value(f"SELECT COUNT(*) {inbox}") == MESSAGES
        assert value(f"SELECT COUNT(*) {inbox} AND inbox.state <> 'done'") == 0
        assert value("SELECT COUNT(*) FROM outbox WHERE kind = 'answer' AND state <> 'sent'") == 0
        titles = [line for lines in said.values() for line in lines[1::8] if len(lines) >= 8]
        filed = [row[0] for row in file.execute("SELECT title FROM initiative WHERE code LIKE 'NV-2027-%' AND title LIKE '% % % % % % % % %'")]  # fmt: skip
        for each in {lines[1] for lines in said.values()}:
            assert filed.count(each) == 1, f"{each!r} was filed {filed.count(each)} times"
        assert titles
        for chat in seated:
            kept = [row[0] for row in file.execute(
                f"SELECT json_extract(body, '$.text') {inbox} AND chat.address = ? ORDER BY inbox.id", (str(chat),)
            )]  # fmt: skip
            assert kept == said[chat], "the order within a chat was broken"
    file.close()


def settled(path: Path) -> bool:
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as file:
        waiting = "SELECT (SELECT COUNT(*) FROM inbox WHERE state = 'new') + (SELECT COUNT(*) FROM outbox WHERE kind = 'answer' AND state <> 'sent')"
        found = file.execute(waiting).fetchone()[0]
    file.close()
    return bool(found == 0)
