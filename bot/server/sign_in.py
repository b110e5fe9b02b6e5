"""Sign a device in by a one-time code, and count the wrong codes of each address. Runs in the event loop."""

import secrets
from datetime import datetime, timedelta

from bot.channels import LOCAL, limits
from bot.channels.web.requests import RequestRefused
from bot.channels.web.visitors import SESSION_DAYS
from bot.conversation import Guesses, code_guesses
from bot.server.app import App
from storage import audit, chats, invites, sessions
from storage.chats import Chat
from storage.db import Tx


class SignIn:
    """Opens sessions by codes."""

    def __init__(self, app: App) -> None:
        self._app, self._guesses = app, Guesses()

    def may_try(self, address: str) -> float:
        """Return 0, or in how many seconds a code may be tried from this address; a try counts as wrong until it was right."""
        return self._guesses.take(address, self._app.now())

    async def login(self, code: str, address: str) -> str | None:
        """Return the token of a new device for a valid code; its chat begins with the data notice.

        A wrong code costs the writer no more than to be counted.
        """
        now = self._app.now()
        reader = await self._app.db.reader()
        since, hash = now - code_guesses.HOUR, invites.hashed(code)
        wrong = await reader.one(invites.WRONG, since=since) or 0
        here = await reader.one(invites.WRONG_FROM, since=since, address=address) or 0
        if wrong >= code_guesses.OVER_ALL or here >= code_guesses.PER_ADDRESS:  # an earlier process counted them
            self._guesses.give_back(address, now)
            raise RequestRefused(429, limits.TOO_MANY_CODES, code_guesses.HOUR.total_seconds())
        if not invites.looks_like_code(code) or await reader.one(invites.GOOD, hash=hash, now=now) is None:
            await self._app.db.write(lambda tx: _missed(tx, address, now))
            return None
        self._guesses.give_back(address, now)
        token = secrets.token_urlsafe(32)
        chat_address = f"web:{sessions.hashed(token)[:20]}"

        def work(tx: Tx) -> Chat | None:
            if not invites.good(tx, code=code, now=now):
                return None
            chat = chats.at(tx, channel=LOCAL, address=chat_address, look="web")
            expires = now + timedelta(days=SESSION_DAYS)
            sessions.open_session(tx, token=token, chat=chat.id, now=now, expires=expires)
            return chat

        chat = await self._app.db.write(work)
        if chat is None:
            return None
        await self._app.receive(chat, "login", {"text": f"/batdau {code}", "label": "/batdau"})
        return token


def _missed(tx: Tx, address: str, now: datetime) -> None:
    """Count a wrong code; note in the audit that an address has used up its tries."""
    invites.missed(tx, address=address, now=now)
    if tx.one(invites.WRONG_FROM, since=now - code_guesses.HOUR, address=address) == code_guesses.PER_ADDRESS:
        audit.note(tx, now=now, person=None, what="codes_guessed", about="login")
