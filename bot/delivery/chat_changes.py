"""Lets whoever shows a chat wait until something new may be in it: a page that is open, say. Runs on the event loop."""

import asyncio
from collections import defaultdict
from collections.abc import Sequence


class ChatChanges:
    """Who waits for which chats."""

    def __init__(self) -> None:
        self._waiting: dict[int, set[asyncio.Event]] = defaultdict(set)

    def ring(self, chat: int) -> None:
        """Wake whoever shows this chat."""
        for event in self._waiting[chat]:
            event.set()

    async def wait(self, chats: Sequence[int]) -> None:
        """Wait until something new may be in one of these chats."""
        event = asyncio.Event()
        for chat in chats:
            self._waiting[chat].add(event)
        try:
            await event.wait()
        finally:
            for chat in chats:
                self._waiting[chat].discard(event)
