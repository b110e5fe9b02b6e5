"""A minimal channel: a folder in which a file is a message. «in/AN.1.txt» is Mr An's first; answers grow in «out/AN.txt».

To try it: this file to `bot/channels/folder/__init__.py`, a setting `folder: Path | None = None` in
`bot/server/settings.py`, and two lines in `messengers` of `bot/server/run_commands.py`.
`tests/process/test_added.py` does just that. Runs on the event loop; the capabilities that a folder lacks (editing,
menus, links) are left out.
"""

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.channels.messages import Attachment, Incoming, Outcome, Receive, Result
from bot.channels.protocol import Channel
from bot.channels.rate_limit import Pace


class Folder(Channel):
    """Messages as files."""

    name, look = "folder", "plain"
    pace: Pace | None = None
    quota: int | None = None

    def __init__(self, path: Path) -> None:
        self._in, self._out = path / "in", path / "out"
        for each in (self._in, self._out):
            each.mkdir(parents=True, exist_ok=True)

    async def listen(self, receive: Receive) -> None:
        """Take files in for ever: each is gone only when its message is committed, so that none is lost."""
        while True:
            for file in sorted(self._in.glob("*.txt")):
                address = file.stem.partition(".")[0]
                # The file's name is the message's: whatever comes twice is answered once.
                await receive(Incoming(address, message=file.stem, text=file.read_text(encoding="utf-8").strip()))
                file.unlink()
            await asyncio.sleep(0.1)

    async def send(self, address: str, body: Mapping[str, Any], files: Sequence[Attachment], skip: int = 0) -> Result:
        """Write an answer; what goes wrong is an outcome, never an exception."""
        try:
            with (self._out / f"{address}.txt").open("a", encoding="utf-8") as out:
                out.write(f"{body['text']}\n---\n")
        except OSError as error:
            return Result(Outcome.LATER, wait=5.0, why=str(error))
        return Result(Outcome.SENT, parts=1)
