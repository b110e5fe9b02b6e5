"""The tasks of units' plans: who makes an item one, and who in charge is told."""

from collections.abc import Mapping

from tests.authority.items import TASK, item_of
from tests.authority.notices import Notified
from tests.authority.rules import DESK, Rule, sends
from tests.walking import Row, Walk


def plan_task(walk: Walk, me: Row, before: Row | None, after: Row | None) -> bool:
    item = item_of(walk, after or before or {})
    return me["role"] in DESK or (item["unit"] == me["unit"] and sends(walk, me))


def in_charge(walk: Walk, me: Row) -> bool:
    """Whoever is in charge as long as they are of the unit; whoever was, that it is theirs no more."""
    return bool(me["unit"] == "QLXD")


RULES: Mapping[str, Rule] = {"plan_task": plan_task}
NOTICES: Mapping[str, Notified] = {"plan_tasks": ({"unit": "QLXD", "year": 2027, "codes": [TASK]}, in_charge)}
HEARD = {"plan_tasks"}
