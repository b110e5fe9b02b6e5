"""The control socket: a second command line hands its work to the process that holds the file."""

import asyncio
import json
import os
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

Perform = Callable[[Sequence[str], str], Awaitable[tuple[str, int]]]
"""Runs a command line in a language; what it printed, and its exit code."""

ANSWER = 2**24
"""Bytes of an answer at most: a preview of a large roster is long."""
LONGEST = 100
"""The kernel takes 107 bytes for the path of a Unix socket."""


def address_of(db: Path) -> str:
    """Return where the control socket of a database lies: in a folder beside it, which only its owner enters."""
    return str(Path(str(db.absolute()) + ".run") / "control")


@contextmanager
def _reachable(address: str) -> Iterator[str]:
    """Return the address in a form that the kernel takes: a long one by way of its open folder."""
    if len(address.encode()) <= LONGEST:
        yield address
        return
    path = Path(address)
    folder = os.open(path.parent, os.O_PATH | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{folder}/{path.name}"
    finally:
        os.close(folder)


class Control:
    """The listening side, in the server."""

    def __init__(self, address: str, perform: Perform) -> None:
        self._address, self._perform = address, perform
        self._server: asyncio.Server | None = None

    async def start(self) -> None:
        """Listen; only this user may speak to it."""
        folder = Path(self._address).parent
        folder.mkdir(mode=0o700, exist_ok=True)
        folder.chmod(0o700)
        Path(self._address).unlink(missing_ok=True)
        mask = os.umask(0o177)
        try:
            with _reachable(self._address) as path:
                self._server = await asyncio.start_unix_server(self._serve, path)
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
    """Have the server run a command line; raise OSError when nobody listens."""
    with _reachable(address) as path:
        reader, writer = await asyncio.open_unix_connection(path, limit=ANSWER)
    try:
        writer.write(json.dumps({"argv": list(argv), "language": language}).encode() + b"\n")
        await writer.drain()
        answer = json.loads(await reader.readline())
    finally:
        writer.close()
    return str(answer["output"]), int(answer["code"])
