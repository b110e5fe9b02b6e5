"""Who asks: the device behind a cookie, the chats it may speak for, and how often somebody unknown may ask.

Runs in the event loop; reads sessions through the core and keeps the counters of unknown addresses in memory.
"""

import asyncio
from collections.abc import Sequence

from aiohttp import web

from bot.channels import limits
from bot.channels.web.core import PageCore, Persona
from bot.channels.web.requests import RequestRefused, address_of

COOKIE = "thidua"
SESSION_DAYS = 30
"""How long a session lasts."""


class Visitors:
    """Tell whose device a request comes from; refuse what it may not ask."""

    def __init__(self, core: PageCore) -> None:
        self._core = core
        self._anonymous = limits.Buckets(limits.ANONYMOUS)

    async def people(self, request: web.Request) -> Sequence[Persona]:
        """List the people this device may speak as: one, none, or all of the demo's."""
        if self._core.demo:
            return await self._core.people()
        person = await self._core.session(token_of(request))
        if person is None:
            self.count(request)
        return [person] if person else []

    async def device(self, request: web.Request) -> str:
        """Return the address of the device's chat, before the request is read: a stranger's body never is."""
        if self._core.demo:
            return "demo"
        device = await self._core.device(token_of(request))
        if device is None:
            self.count(request)
            raise RequestRefused(401, limits.NOT_LET_IN)
        return device

    def count(self, request: web.Request) -> None:
        """Count a request of somebody unknown; raise Refused after too many from one address."""
        if wait := self._anonymous.take(address_of(request), asyncio.get_running_loop().time()):
            raise RequestRefused(429, limits.ASKED_TOO_OFTEN, wait)

    async def chat(self, device: str, named: str) -> str:
        """Return the chat that the request names; raise Refused where the device may not speak for it."""
        if self._core.demo:
            allowed = named in [person.id for person in await self._core.people()]
        else:
            allowed = named == device
        if not allowed:
            raise RequestRefused(403, limits.NOT_LET_IN)
        return named

    def let_in(self, response: web.StreamResponse, token: str) -> None:
        """Set the cookie of a new session."""
        response.set_cookie(
            COOKIE, token, max_age=SESSION_DAYS * 86400, httponly=True, samesite="Strict", secure=self._core.secure
        )


def token_of(request: web.Request) -> str:
    """Return the session's token in the cookie; empty without one."""
    return request.cookies.get(COOKIE, "")
