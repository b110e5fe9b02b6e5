"""What an administrator looks at first: is everything there, can everything be reached, is the time right?"""

import shutil
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import aiohttp

from bot.channels import Channel, Examines, Finding, invite_links
from bot.language import Count, Text, Time, _
from bot.movement import BadPlan, Plan
from bot.office.clock_doubt import AHEAD, BEAT
from bot.office.nightly_copy import DAY
from bot.office.roster.invite_links import has_room
from bot.server.clock import Clock
from storage import chats, plans, settings, vitals
from storage.db import Reader
from storage.lock import FileLock
from storage.migrating import copies
from storage.opening import Unusable
from storage.values import read_stored

ROOM = 1_000_000_000
"""Bytes that should be free beside the database."""
ASTRAY = timedelta(seconds=60)
"""How far a clock may be off before somebody should look at it."""


async def examine(
    db: Path, plan: Path, channels: Sequence[Channel], now: datetime, time_from: str
) -> AsyncIterator[Finding]:
    """Yield every finding, as it is made; reads only. `time_from` tells the time with its answer (RFC 9110, 6.6.1)."""
    if not channels:
        yield Finding(None, _("No messenger is set up: only the web chat is open."))
    able = [each for each in channels if isinstance(each, Examines)]
    for channel in able:  # a wrong token is what most often is the matter, and what nobody suspects
        async for found in channel.examine():
            yield found
    async for found in _plan(db, plan):
        yield found
    async for found in _database(db):
        yield found
    if db.parent.exists():
        yield _disk(db.parent)
    yield await _clock(now, time_from)
    yield _fonts()
    async for found in _room(db, channels):
        yield found


async def _plan(db: Path, file: Path) -> AsyncIterator[Finding]:
    """Yield the plan in force, and whether a plan file says something else; without a database only the file."""
    kept = None
    with suppress(Unusable):
        async with Reader.opened(db) as reader:
            kept = await reader.one(plans.NOW)
    if kept is not None:
        yield _read(Plan.kept, kept.text, _("Plan: kept in the database (mark {mark})", mark=kept.hash))
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        yield Finding(False if kept is None else None, _("Plan: {path} cannot be read.", path=str(file)))
        return
    if kept is None:
        yield _read(Plan.parse, text, _("Plan: {path}", path=str(file)))
    elif text != kept.text:
        yield Finding(
            None, _("Plan: {path} says something else and is not used. See it with «thidua plan take».", path=str(file))
        )


def _read(read: Callable[[str], Plan], text: str, well: Text) -> Finding:
    try:
        read(text)
    except BadPlan as bad:
        first = bad.problems[0]
        return Finding(False, _("Plan: {where}: {what}. Run «thidua check».", where=first.place, what=first.what))
    return Finding(True, well)


async def _database(path: Path) -> AsyncIterator[Finding]:
    if not path.exists():
        yield Finding(False, _("Database: there is no {path}. Make it with «thidua init».", path=str(path)))
        return
    try:
        reader = await Reader.open(path)
    except Unusable as why:
        yield Finding(False, _("Database: {path} cannot be opened ({why}).", path=str(path), why=why.detail))
        return
    try:
        whole = await reader.one(vitals.WHOLE)
        version = await reader.one(vitals.VERSION)
        yield Finding(
            whole == "ok",
            _("Database: {path}, version {version}, {whole}", path=str(path), version=version, whole=whole),
        )
        for copy in copies(path):
            yield Finding(
                True,
                _("As it was before it was brought up to date: {path} (once all is well it may go)", path=str(copy)),
            )
        kept = await reader.one(settings.NAMED, name=BEAT)
        copied = await reader.one(settings.NAMED, name=DAY)
        for count in await reader.all(vitals.COUNTS):
            if count.n and count.what in UNWANTED:
                yield Finding(None, UNWANTED[count.what](count.n))
    finally:
        await reader.close()
    yield Finding(
        copied is not None or None,
        _("The newest copy is of {day}", day=date.fromisoformat(copied.value))
        if copied is not None
        else _("No copy has been made at night yet; make one with «thidua backup»."),
    )
    if kept is not None:
        then = read_stored(kept.value)
        yield Finding(
            None if abs(Clock().now() - then) > AHEAD else True, _("The assistant last ran at {at}", at=Time(then))
        )
    lock = FileLock(path)
    pid = lock.holder().get("pid") if lock.held() else None
    yield Finding(True, _("Server: process {pid}", pid=pid) if pid else _("Server: not running"))


async def _room(path: Path, channels: Sequence[Channel]) -> AsyncIterator[Finding]:
    """Yield how many people each bot serves that may serve only so many."""
    limited = [link for link in invite_links(channels, "") if link.most is not None]
    if not limited or not path.exists():
        return
    try:
        async with Reader.opened(path) as reader:
            crowd = {each.channel: each.people for each in await reader.all(chats.CROWDS)}
    except Unusable:
        return
    for link in limited:
        n, most = crowd.get(link.channel, 0), link.most
        yield Finding(
            has_room(link, crowd) or None, _("{channel}: {n}/{most} people", channel=link.channel, n=n, most=most)
        )
    if not any(has_room(link, crowd) for link in limited):
        yield Finding(
            False,
            _("Every Zalo bot is full: whoever is invited now finds no room. Set one more token in THIDUA_ZALO_TOKEN."),
        )


UNWANTED = {
    "inbox_parked": lambda n: _("Messages put aside that could not be answered: {n}", n=Count(n)),
    "outbox_unsure": lambda n: _("Messages that may not have arrived: {n}", n=Count(n)),
}


def _disk(folder: Path) -> Finding:
    free = shutil.disk_usage(folder).free
    megabytes = free // 1_000_000
    return Finding(free > ROOM or None, _("Disk: {n} MB free in {folder}", n=megabytes, folder=str(folder)))


async def _clock(now: datetime, time_from: str) -> Finding:
    try:
        async with (
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=5)) as session,
            session.head(time_from) as answer,
        ):
            there = parsedate_to_datetime(answer.headers["Date"])
    except (aiohttp.ClientError, TimeoutError, KeyError, ValueError):
        return Finding(
            None, _("Clock: nobody was reached to compare it with. It is {now} UTC here.", now=f"{now:%H:%M:%S}")
        )
    off = abs(there - now)
    return Finding(off < ASTRAY, _("Clock: {n} seconds off", n=int(off.total_seconds())))


def _fonts() -> Finding:
    try:
        import fontpkg_be_vietnam_pro
    except ImportError:
        return Finding(False, _("Fonts: Be Vietnam Pro is not installed."))
    found = list(Path(fontpkg_be_vietnam_pro.__file__).parent.rglob("BeVietnamPro-*.ttf"))
    return Finding(bool(found), _("Fonts: Be Vietnam Pro, {n} files", n=len(found)))


def keys(value: Any, path: str = "") -> Iterator[str]:
    """Yield every key inside, with the kind of what stands there, never its contents."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from keys(inner, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list):
        for inner in value[:1]:
            yield from keys(inner, f"{path}[]")
    else:
        yield f"{path}: {type(value).__name__}"
