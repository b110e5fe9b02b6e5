"""The loops of the process, each with how long it may be silent; kept going until somebody ends the process."""

import asyncio
import logging
from typing import Any

from bot.channels import Calls, Channel, Watched
from bot.conversation import learnt
from bot.delivery import sender
from bot.server.app import App
from bot.server.heartbeat import EVERY
from bot.server.supervisor import GaveUp, Loop

log = logging.getLogger(__name__)
LEARN_AFTER = 10.0
"""Seconds after the start until what is known of sentences is read, and the office's own learnt."""
SILENCE = 90.0
"""Seconds without a good poll after which a messenger's connections are made again."""


async def keep_going(stop: asyncio.Event, app: App) -> int:
    """Keep every loop going until somebody ends the process; return 1 when it had to give up."""
    app.alive.loops += loops_of(app)
    alive, waiting = asyncio.create_task(app.alive.run()), asyncio.create_task(stop.wait())
    learning = asyncio.create_task(_learn(app))
    try:
        watched: set[asyncio.Future[Any]] = {waiting, alive, app.db.broken}
        done, _still = await asyncio.wait(watched, return_when=asyncio.FIRST_COMPLETED)
        for each in done:
            each.result()
    except GaveUp as why:
        log.critical("the process ends: %s", why)
        return 1
    finally:
        for task in (alive, waiting, learning):
            task.cancel()
        await asyncio.gather(alive, waiting, learning, return_exceptions=True)
    return 0


async def _learn(app: App) -> None:
    """Make the examples of sentences known while nobody waits, so that the first of them is not answered late."""
    await asyncio.sleep(LEARN_AFTER)
    await asyncio.to_thread(learnt, app.office.plan)


def loops_of(app: App) -> list[Loop]:
    """Return what goes on for ever in this process."""
    return [
        Loop("sender", app.sender.run, heard=lambda: app.sender.looked, silence=4 * sender.EVERY),
        Loop("jobs", app.jobs.run),
        Loop("menus", app.menus.run),
        Loop("backups", app.nightly.run),
        Loop("heartbeat", app.heartbeat.run, heard=lambda: app.heartbeat.beaten, silence=4 * EVERY),
        *(_listening(app, channel) for channel in app.channels.values()),
    ]


def _listening(app: App, channel: Channel) -> Loop:
    if not isinstance(channel, Watched):
        return Loop(channel.name, lambda: app.listen(channel))
    # A channel that is called hears nothing while nobody writes.
    called = isinstance(channel, Calls) and channel.hook(app.intake.of(channel)) is not None
    return Loop(
        channel.name,
        lambda: app.listen(channel),
        heard=lambda: channel.good,
        mend=channel.hang_up,
        silence=0.0 if called else SILENCE,
    )
