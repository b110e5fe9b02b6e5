"""Sets the messenger's own menu in every chat: what its person may do, in both languages. Runs on the event loop."""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from hashlib import sha256

from bot.channels import Channel, Entries, HasMenu
from bot.conversation import Command, Feature, Office, gather
from bot.language import Terms, Words
from bot.movement import Role
from storage import chats
from storage.chats import ChatMenu
from storage.db import Database

LANGUAGES = ("vi", "en")
NEUTRAL = Terms()
"""What is said where no office is known yet."""
EVERY = 60.0
"""Seconds between two looks: a role may have changed in the roster."""


def entries(commands: Iterable[Command], role: str | None, terms: Terms = NEUTRAL) -> dict[str, Entries]:
    """Return the menu of a role, by language; nobody's is empty."""
    shown = [c for c in commands if c.listed and role and c.serves.by_role(role)]
    return {language: [(c.name, Words(language, terms=terms).say(c.title)) for c in shown] for language in LANGUAGES}


def everybodys(features: Iterable[Feature]) -> dict[str, Entries]:
    """Return what stands behind the menu button where nobody is known yet."""
    return entries(gather(features).commands.values(), Role.OFFICER)


class Menus:
    """Sets menus that differ from what their person may do."""

    def __init__(self, db: Database, office: Callable[[], Office], channels: Mapping[str, Channel]) -> None:
        self._db, self._office, self._channels = db, office, channels
        self._awake = asyncio.Event()

    def wake(self) -> None:
        """Wake the loop: somebody has come or gone."""
        self._awake.set()

    async def run(self) -> None:
        """Set menus for ever."""
        while True:
            self._awake.clear()
            await self.look()
            with suppress(TimeoutError):
                async with asyncio.timeout(EVERY):
                    await self._awake.wait()

    async def look(self) -> None:
        """Set every menu that differs; what fails is tried at the next look."""
        reader = await self._db.reader()
        for channel in list(self._channels.values()):
            if not isinstance(channel, HasMenu):
                continue
            for chat in await reader.all(chats.MENUS, channel=channel.name):
                if not await self._set_menu(channel, chat):
                    break

    async def _set_menu(self, channel: HasMenu, chat: ChatMenu) -> bool:
        office = self._office()
        menus = entries(office.features.commands.values(), chat.role, office.plan.terms)
        mark = sha256(repr(menus).encode()).hexdigest()[:12] if chat.role else ""
        if mark == chat.menu:
            return True
        if not await channel.set_menu(chat.address, menus):
            return False
        await self._db.write(lambda tx: chats.set_menu(tx, chat=chat.id, menu=mark))
        return True
