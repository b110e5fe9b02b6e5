"""Whether the roles of a plan can be told apart by their words. Pure."""

from collections.abc import Iterator

from bot.language import _
from bot.movement.plan.as_read import AsRead
from bot.movement.plan.problems import Clash
from bot.movement.roles import Role


def words(found: AsRead) -> Iterator[Clash]:
    """Yield where one word means two roles: a list would be read otherwise than it is meant."""
    seen = {role.value: role for role in Role}
    for role, way, word in found.plan.roles.called():
        other = seen.setdefault(word, role)
        if other is not role:
            yield Clash(
                ("roles", role.value, *way),
                _("the word means the role «{role}» already", role=found.plan.roles.word(other)),
                _("a word that only one role has"),
            )
