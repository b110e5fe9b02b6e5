"""What was not understood: only whoever says it adds it, and nobody changes it."""

from tests.authority.rules import Rule
from tests.walking import Row, Walk


def unheard(walk: Walk, me: Row, before: Row | None, after: Row | None) -> bool:
    return after is None or (before is None and bool(after["person"] == me["id"]))


RULES: dict[str, Rule] = {"unheard": unheard}
