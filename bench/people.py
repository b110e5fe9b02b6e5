"""Many people at once: the demo's office with a chat for each, and what they say."""

import json
import os
import shutil
import subprocess
import sys
from itertools import cycle, islice
from pathlib import Path
from random import Random

from bot.movement.roles import May, may
from bot.server.clock import at_office
from bot.server.demo import office
from bot.server.settings import PLAN
from storage import chats, people, sessions
from storage.chats import Chat
from storage.db import Database, Tx

ROOT = Path(__file__).resolve().parent.parent
PLAN_TEXT = PLAN.read_text(encoding="utf-8")
BEGINS = at_office(office.BEGINS)
FORM = ("/dangky nv", "{title}", "3", "1", "17/12/2027", "gửi")


async def made(folder: Path) -> Path:
    """The demo's database, made once in a folder."""
    path = folder / "made.db"
    await office.make(path, PLAN_TEXT)
    return path


def in_tree(tree: Path, code: str, *args: str) -> str:
    """Run some lines in a checkout of this or an earlier commit, whose files of a database may be older; what they print."""
    run = [
        sys.executable,
        "-c",
        f"import asyncio, json, sys\nfrom pathlib import Path\nfrom bench.people import *\n{code}",
    ]
    done = subprocess.run([*run, *args], cwd=tree, env=of_tree(tree), check=True, capture_output=True, text=True)
    return done.stdout


def of_tree(tree: Path) -> dict[str, str]:
    """The environment of a process that runs what a checkout has."""
    return {**os.environ, "PYTHONPATH": str(tree)}


def made_by(tree: Path, folder: Path) -> Path:
    """The demo's database, made in a folder by a checkout."""
    folder.mkdir(exist_ok=True)
    in_tree(tree, "asyncio.run(made(Path(sys.argv[1])))", str(folder))
    return folder / "made.db"


def seated_by(tree: Path, path: Path, n: int) -> list[tuple[str, str]]:
    """A chat for each of n people in a checkout's database: its address, and the token of its device."""
    code = "print(json.dumps([[c.address, t] for c, t in asyncio.run(seated(Path(sys.argv[1]), int(sys.argv[2])))]))"
    return [(address, token) for address, token in json.loads(in_tree(tree, code, str(path), str(n)))]


def copied(path: Path, name: str) -> Path:
    """A fresh copy of it."""
    return Path(shutil.copy(path, path.parent / name))


async def seated(path: Path, n: int) -> list[tuple[Chat, str]]:
    """A chat of its own for each of n people, with the token of its device."""
    database = Database(path)
    await database.open()

    def work(tx: Tx) -> list[tuple[Chat, str]]:
        able = [p for p in tx.all(people.EVERYBODY) if may(p.role, May.REGISTER)]
        made = []
        for number, person in enumerate(able[:n]):
            token = f"token-{number}"
            address = f"web:bench{number}"
            chat = chats.at(tx, channel="local", address=address, look="web")
            chats.link(tx, chat=chat.id, person=person.id)
            sessions.open_session(tx, token=token, chat=chat.id, now=BEGINS, expires=BEGINS.replace(year=2030))
            made.append((chat, token))
        return made

    found = await database.write(work)
    await database.close()
    assert len(found) == n, f"the demo has only {len(found)} people who register"
    return found


def lines(person: int, n: int) -> list[str]:
    """What one person says: n lines of registrations, one after the other."""
    said = islice(cycle(FORM), n)
    return [line.format(title=title(person, k // len(FORM))) for k, line in enumerate(said)]


def title(person: int, k: int) -> str:
    """Titles that are not alike, so that no step is a question about similar ones."""
    dice = Random(person * 10_000 + k)
    syllables = ["".join(dice.choice(part) for part in ("bcdghklmnprstvx", "aeiou", "cmnpt")) for _ in range(9)]
    return " ".join(syllables)
