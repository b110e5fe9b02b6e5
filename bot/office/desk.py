"""The desk, and who looks after the installation beside it: who they are, and a notice to each. Inside a transaction."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.movement import DESK_ROLES, Role
from storage import outbox, people
from storage.db import Tx
from storage.outbox import NoticeCode
from storage.people import Person

KEEPERS = (*DESK_ROLES, Role.ADMIN)
"""Who is told of the clock and the copies: whoever may do something about them."""


def people_of(tx: Tx, roles: Sequence[Role] = DESK_ROLES) -> list[Person]:
    """Return everybody of these roles, role by role."""
    return [person for role in roles for person in tx.all(people.OF_ROLE, role=role)]


def tell(
    tx: Tx, roles: Sequence[Role], news: NoticeCode, *, about: dict[str, Any], due: datetime, now: datetime, key: str
) -> None:
    """File a notice for everybody of these roles, once to each under this key."""
    for person in people_of(tx, roles):
        outbox.file_notice(tx, person=person.id, news=news, about=about, due=due, now=now, key=f"{key}:{person.id}")
