"""`demo` and `run`: start the application behind the web chat, keep its loops going, stop it at a signal."""

import asyncio
import gc
import os
import signal
import socket
import threading
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress

from bot.channels.web.server import Server, WebError
from bot.language import Words, _
from bot.office.clock_doubt import named
from bot.server import logs
from bot.server.addresses import HERE, Address
from bot.server.app import App
from bot.server.cli import Failure
from bot.server.control_socket import Control, address_of
from bot.server.demo.office import keep_time
from bot.server.loops import keep_going
from bot.server.web_chat import WebChat

ENDING = 40.0
"""Seconds after SIGTERM at which the process ends in any case; systemd would kill it after 90."""
Perform = Callable[[App, Sequence[str], str], Awaitable[tuple[str, int]]]


async def serve(
    app: App,
    at: Address,
    words: Words,
    perform: Perform,
    demo: bool = False,
    movable: bool = False,
    notes: Sequence[str] = (),
) -> int:
    """Serve until SIGINT or SIGTERM; a loop that dies ends the process with its error."""
    stop = _until_signal()  # a stop during start-up waits until it is over: nothing is left half begun
    if not at.port:
        at = Address(at.host, _free_port(at.host))
    logs.begin()
    control = address_of(app.lock.path)
    page = WebChat(app, demo, demo or movable)
    hosts = frozenset({at.named(), at.named("localhost"), at.named(HERE)})
    server = Server(page, words, hosts)
    await app.start(control, connect=False)
    listening = Control(control, lambda argv, language: perform(app, argv, language))
    try:
        try:
            await server.start(at.host, at.port)
        except WebError as error:
            raise Failure(error.why) from None
        await listening.start()
        _greet(app, at, words, notes)
        await app.connect()
        _freeze_gc()
        return await keep_going(stop, app)
    finally:
        await listening.stop()
        await server.stop()
        if demo:
            with suppress(Exception):
                await keep_time(app.db, app.now())
        await app.stop()


def _greet(app: App, at: Address, words: Words, notes: Sequence[str]) -> None:
    """Print where the page is, and what whoever holds the server should know."""
    print(words.say(_("The assistant is at http://{address} (Ctrl+C ends it).", address=at.named())), flush=True)
    for note in notes:
        print(note, flush=True)
    if app.doubt.since is not None:
        print(words.say(named(app.doubt.since, app.now())), flush=True)
    if not at.here:
        warning = _("⚠️ Other machines reach it there too, without encryption: put a reverse proxy with TLS before it.")
        print(words.say(warning), flush=True)


def _free_port(host: str) -> int:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.create_server((host, 0), family=family) as free:
        return int(free.getsockname()[1])


def _freeze_gc() -> None:
    """Freeze start-up objects for the garbage collector: rescanning them cost about 10 % of a message."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def _until_signal() -> asyncio.Event:
    """Return what is set once somebody ends the process."""
    loop, stop = asyncio.get_running_loop(), asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, _end, stop)
    return stop


def _end(stop: asyncio.Event) -> None:
    """Stop in order; what has not stopped in time is killed, which loses nothing that was accepted."""
    stop.set()
    last = threading.Timer(ENDING, os._exit, (1,))
    last.daemon = True
    last.start()
