"""Roles, and who may do what: one table."""

from collections.abc import Mapping
from enum import StrEnum


class Role(StrEnum):
    """What a person is in the movement."""

    OFFICER = "officer"
    DRAFTER = "drafter"
    """Đầu mối of a unit: drafts everything, sends nothing."""
    HEAD = "head"
    DEPUTY = "deputy"
    OFFICE = "office"
    CHIEF = "chief"
    """Chánh Văn phòng: head of the office, which is also a unit that owes its own report."""
    UNION = "union"
    LEADER = "leader"
    ADMIN = "admin"


class May(StrEnum):
    """What somebody may be allowed to do."""

    REGISTER = "register"
    CONFIRM = "confirm"
    DRAFT = "draft"
    SEND = "send"
    DELEGATE = "delegate"
    RECEIVE = "receive"
    SUMMARISE = "summarise"
    FORWARD = "forward"
    SETTLE = "settle"
    INVITE = "invite"
    READ = "read"


_R = Role
_HEADS = frozenset({_R.HEAD, _R.CHIEF, _R.UNION})
_DESK = frozenset({_R.OFFICE, _R.CHIEF})

TABLE: Mapping[May, frozenset[Role]] = {
    May.REGISTER: frozenset(Role) - {_R.LEADER, _R.ADMIN},
    May.CONFIRM: _HEADS | {_R.DEPUTY, _R.OFFICE},
    May.DRAFT: _HEADS | {_R.DEPUTY, _R.DRAFTER},
    May.SEND: _HEADS,
    May.DELEGATE: _HEADS | {_R.DEPUTY},
    May.RECEIVE: _DESK,
    May.SUMMARISE: _DESK | {_R.LEADER},
    May.FORWARD: frozenset({_R.CHIEF}),
    May.SETTLE: _DESK,
    May.INVITE: _DESK | {_R.ADMIN},
    May.READ: frozenset(Role) - {_R.ADMIN},
}


def may(role: str, what: May) -> bool:
    """Whether a role allows this."""
    return role in TABLE[what]


def heads(role: str) -> bool:
    """Whether somebody with this role heads a unit: confirms, sends, gets its pings."""
    return role in _HEADS
