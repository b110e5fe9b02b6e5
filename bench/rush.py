"""Three hundred people who write in one moment, behind a server that refuses as Telegram does."""

import sqlite3
from pathlib import Path
from statistics import median, quantiles

from bench.messenger import ask, ours, running, server

PEOPLE, RATE = 300, 29


async def rush(made: Path, api: str) -> tuple[list[float], int]:
    """How long each waited for the answer; how often the server refused."""
    bot = ours(made, api, 8, THIDUA_TELEGRAM_PACE="", LIMITED="1")
    chats = []
    with sqlite3.connect(bot.env["THIDUA_DB"]) as file:
        for n in range(PEOPLE):
            name = f"nguoi {n}"
            id = file.execute(
                "INSERT INTO person (name, name_fold, unit, role) VALUES (?, ?, 'QLXD', 'officer')", (name, name)
            ).lastrowid
            chats.append(str(int(id or 0) + 1000))
            file.execute(
                "INSERT INTO chat (channel, address, person, look) VALUES ('telegram', ?, ?, 'keyboard')",
                (chats[-1], id),
            )
    file.close()
    async with running(bot, api):
        played = await ask(api, "/play", chats={chat: ["/viec"] for chat in chats})
        seen = await ask(api, "/seen")
    return played["took"], seen["refused"]


async def report(made: Path, rounds: int) -> None:
    """Medians of so many rounds, printed as BENCHMARKS.md holds them."""
    async with server() as api:
        runs = [await rush(made, api) for _ in range(rounds)]
    p50, p99 = (median(quantiles(took, n=100)[part] for took, _n in runs) for part in (49, 98))
    print(f"\n{PEOPLE} people write at once, {RATE} places a second: the last place is at {PEOPLE / RATE:.1f} s.")
    print(f"An answer within {p50:.1f} s (p50), {p99:.1f} s (p99); {sum(n for _took, n in runs)} times 429.")
