"""How many connections the web chat's server holds: one more closes the oldest idle one. Runs in the event loop."""

import asyncio
import resource
from collections.abc import Iterator
from contextlib import contextmanager

from aiohttp import web

from bot.channels import limits

OTHER_FILES = 100
"""Open files that the process needs beside its connections: the database, messengers, the worker."""


class Connections:
    """Make the protocol of each connection, as long as there is room."""

    def __init__(self, server: web.Server, most: int) -> None:
        self._server, self._most = server, most
        self._asked: set[asyncio.BaseProtocol] = set()

    def __call__(self) -> asyncio.BaseProtocol:
        """Return the protocol of one more connection."""
        held = self._server.connections
        if len(held) < self._most:
            return self._server()
        idle = next((each for each in held if each not in self._asked), None)
        if idle is None:
            return _Closed()
        idle.force_close()
        return self._server()

    @contextmanager
    def asked(self, request: web.Request) -> Iterator[None]:
        """Keep the connection open while its request is being answered."""
        self._asked.add(request.protocol)
        try:
            yield
        finally:
            self._asked.discard(request.protocol)


class _Closed(asyncio.Protocol):
    """A connection for which there is no room: the client tries again a moment later."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Close it at once."""
        transport.close()


def room() -> int:
    """Return how many connections this process may hold: as many as we want, or as its open files allow."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = limits.CONNECTIONS + OTHER_FILES
    if soft < wanted and hard > soft:
        soft = min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return max(16, min(limits.CONNECTIONS, soft - OTHER_FILES))
