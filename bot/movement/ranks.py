"""Who may give a role to whom, or take it: one table. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from bot.movement.roles import BY_CODE_ONLY, DESK_ROLES, Role


@dataclass(frozen=True, slots=True)
class Rank:
    """How a role is given and taken."""

    proposed_by: frozenset[Role]
    agreed_by: frozenset[Role]
    """Who has to agree as the second person; nobody where one is enough."""


_PROPOSE = frozenset({*DESK_ROLES, Role.ADMIN})
_SECOND = frozenset({Role.CHIEF, Role.LEADER, Role.ADMIN})
_BY_ONE, _BY_TWO = Rank(_PROPOSE, frozenset()), Rank(_PROPOSE, _SECOND)
RANKS: Mapping[Role, Rank] = {role: _BY_TWO if role in BY_CODE_ONLY else _BY_ONE for role in Role}
"""A role that opens more than a unit of one's own is given and taken by two people, the second of them above the desk."""
AGREE = tuple(role for role in Role if any(role in rank.agreed_by for rank in RANKS.values()))
"""Whoever may be asked to agree."""


def proposes(role: str, touched: Collection[str]) -> bool:
    """Whether somebody with this role may propose a change that touches these roles."""
    return all(role in RANKS[Role(each)].proposed_by for each in touched)


def second(touched: Collection[str]) -> frozenset[Role]:
    """Return the roles one of which has to agree; none where one person is enough."""
    needed = [RANKS[Role(each)].agreed_by for each in touched if RANKS[Role(each)].agreed_by]
    return frozenset.intersection(*needed) if needed else frozenset()
