"""The control socket: a second command line hands its work to the process that holds the file."""

import asyncio
import json
import os
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from hashlib import sha256
from pathlib import Path

Perform = Callable[[Sequence[str], str], Awaitable[tuple[str, int]]]
"""Runs a command line in a language; what it printed, and its exit code."""

LONGEST = 100
"""The kernel takes 107 bytes for the path of a Unix socket."""


def address_of(db: Path) -> str:
    """Where the control socket of a database lies."""
    beside = str(db.absolute()) + ".control"
    if len(beside.encode()) <= LONGEST:
        return beside
    name = sha256(beside.encode()).hexdigest()[:16]
    return str(Path(tempfile.gettempdir()) / f"thidua-{os.getuid()}-{name}.control")


class Control:
    """The listening side, in the server."""

    def __init__(self, address: str, perform: Perform) -> None:
        self._address, self._perform = address, perform
        self._server: asyncio.Server | None = None

    async def start(self) -> None:
        """Listen; only this user may speak to it."""
        Path(self._address).unlink(missing_ok=True)
        mask = os.umask(0o177)
        try:
            self._server = await asyncio.start_unix_server(self._serve, self._address)
        finally:
            os.umask(mask)

    async def stop(self) -> None:
        """Stop listening."""
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()
            Path(self._address).unlink(missing_ok=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            asked = json.loads(await reader.readline())
            output, code = await self._perform(asked["argv"], asked["language"])
            writer.write(json.dumps({"output": output, "code": code}).encode() + b"\n")
            await writer.drain()
        finally:
            writer.close()


async def ask(address: str, argv: Sequence[str], language: str) -> tuple[str, int]:
    """Let the server perform a command line; raises OSError when nobody listens."""
    reader, writer = await asyncio.open_unix_connection(address)
    try:
        writer.write(json.dumps({"argv": list(argv), "language": language}).encode() + b"\n")
        await writer.drain()
        answer = json.loads(await reader.readline())
    finally:
        writer.close()
    return str(answer["output"]), int(answer["code"])
