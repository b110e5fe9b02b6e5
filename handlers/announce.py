"""An announcement by somebody's hand to many: filed once a receiver, said once."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from bot.conversation import EVERYBODY, MY_TASKS, Feature, Notice, Visit
from bot.dialogue import Say
from bot.language import _
from bot.movement import titled
from storage import outbox, people
from storage.db import Tx
from storage.outbox import NoticeCode


def announce(tx: Tx, *, key: str, by: int, to: Iterable[int], text: str, now: datetime) -> None:
    """File it for everybody of these; the same key is filed once, however often this is called."""
    for person in to:
        outbox.file_notice(
            tx,
            person=person,
            news=ANNOUNCEMENT,
            about={"by": by, "text": text},
            due=now,
            now=now,
            key=f"{key}:{person}",
            by=by,
        )


def announcement(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Tell a receiver: who says it, and what."""
    sender = visit.tx.one(people.BY_ID, id=about["by"])
    if sender is None:
        return None
    return Say(
        [_("Announcement of {who}, {unit}", who=titled(sender), unit=sender.unit_name), about["text"]],
        buttons=(MY_TASKS,),
    )


ANNOUNCEMENT = NoticeCode("announcement")
FEATURE = Feature(__name__, notices=(Notice(ANNOUNCEMENT, announcement, EVERYBODY),))
