"""However many wait in the outbox, each of them costs the same."""

from pathlib import Path
from typing import Any

import pytest

from storage import sending
from storage.db import Query, Snapshot
from tests.messenger import Messenger, at_the_desk

MANY = 1200


@pytest.mark.slow
async def test_each_row_that_waits_is_read_once(demo_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is lined up already is not read again to find the next ones."""
    messenger, read = Messenger(), 0
    everything = Snapshot.all

    async def counted(self: Snapshot, query: Query[Any], **params: Any) -> list[Any]:
        nonlocal read
        found = await everything(self, query, **params)
        read += len(found) if query == sending.DUE_UNASKED else 0
        return found

    async with at_the_desk(demo_file, messenger) as desk:
        people = await desk.crowd(MANY, messenger)
        await desk.hands(people, "Họp lúc 14 giờ.")
        monkeypatch.setattr(Snapshot, "all", counted)
        await desk.app.drain()
    assert len(messenger.shown) == MANY
    assert read < 2 * MANY, f"{read} rows were read for {MANY}"


async def test_what_is_set_down_for_an_earlier_time_is_found(demo_file: Path) -> None:
    """It is looked for behind what was lined up last, and in time from the beginning again."""
    messenger = Messenger()
    async with at_the_desk(demo_file, messenger) as desk:
        first, second = await desk.seat("officer", messenger), await desk.seat("head", messenger)
        await desk.hands([first], "Họp lúc 14 giờ.")
        await desk.app.drain()
        await desk.hands([second], "Họp lúc 15 giờ.")
        await desk.app.db.write(
            lambda tx: tx.run("UPDATE outbox SET due = '2027-01-01T00:00:00.000000Z' WHERE state = 'waiting'")
        )
        await desk.app.drain()
        assert "15 giờ" in messenger.told(second)
