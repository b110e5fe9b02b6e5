"""Roles, and who may do what: one table. Pure."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Protocol, TypeVar

from bot.language import Part, _, person_names


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


KIND_WORDS: Mapping[str, str] = {
    "cong chuc": "cong_chuc",
    "cong_chuc": "cong_chuc",
    "cc": "cong_chuc",
    "vien chuc": "vien_chuc",
    "vien_chuc": "vien_chuc",
    "vc": "vien_chuc",
    "nguoi lao dong": "nguoi_lao_dong",
    "nguoi_lao_dong": "nguoi_lao_dong",
    "nld": "nguoi_lao_dong",
    "hop dong": "nguoi_lao_dong",
    "hop dong lao dong": "nguoi_lao_dong",
}


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
    KEEP = "keep"
    """Look after the installation: its clock, its backups."""
    READ = "read"


_R = Role
_HEADS = frozenset({_R.HEAD, _R.CHIEF, _R.UNION})
DESK_ROLES = (_R.OFFICE, _R.CHIEF)
"""Who runs the movement, in the order in which they are spoken to."""
_DESK = frozenset(DESK_ROLES)
_STAFF = frozenset({_R.OFFICER, _R.DRAFTER, _R.HEAD, _R.DEPUTY, _R.OFFICE, _R.CHIEF, _R.UNION})
"""Those who work in a unit or speak for a union."""

TABLE: Mapping[May, frozenset[Role]] = {
    May.REGISTER: _STAFF,
    May.CONFIRM: _HEADS | {_R.DEPUTY, _R.OFFICE},
    May.DRAFT: _HEADS | {_R.DEPUTY, _R.DRAFTER},
    May.SEND: _HEADS,
    May.DELEGATE: _HEADS | {_R.DEPUTY},
    May.RECEIVE: _DESK,
    May.SUMMARISE: _DESK | {_R.LEADER},
    May.FORWARD: frozenset({_R.CHIEF}),
    May.SETTLE: _DESK,
    May.INVITE: _DESK | {_R.ADMIN},
    May.KEEP: _DESK | {_R.ADMIN},
    May.READ: _STAFF | {_R.LEADER},
}


BY_CODE_ONLY = frozenset({_R.OFFICE, _R.CHIEF, _R.LEADER, _R.ADMIN})
"""Whose post no telephone number opens: it takes a code."""


def may(role: str, what: May) -> bool:
    """Whether a role allows this."""
    return role in TABLE[what]


def heads(role: str) -> bool:
    """Whether somebody with this role heads a unit: confirms, sends, gets its pings."""
    return role in _HEADS


class Somebody(Protocol):
    """What these rules need to know of a person of the roster."""

    @property
    def id(self) -> int:
        """Their number."""

    @property
    def name(self) -> str:
        """Their full name."""

    @property
    def position(self) -> str:
        """What they are: «Trưởng phòng»."""

    @property
    def role(self) -> str:
        """Their role in the movement."""

    @property
    def stands_in(self) -> int | None:
        """Who acts for them, if anybody."""

    @property
    def away_from(self) -> date | None:
        """The first day of their leave or journey."""

    @property
    def away_until(self) -> date | None:
        """Its last day."""

    @property
    def away_to(self) -> int | None:
        """Who acts for them meanwhile."""


P = TypeVar("P", bound=Somebody)


def away(person: Somebody, today: date) -> bool:
    """Whether somebody is on leave or on a journey today, and so is not spoken to unasked."""
    return (
        person.away_from is not None
        and person.away_until is not None
        and person.away_from <= today <= person.away_until
    )


def acting(head: P, unit: Sequence[P], today: date) -> list[P]:
    """Return who acts for a head today: whoever was named; while the head is away, if nobody was, the deputies."""
    if not away(head, today):
        return [person for person in unit if person.id == head.stands_in]
    there = [person for person in unit if not away(person, today)]
    named = [person for person in there if person.id in (head.away_to, head.stands_in)]
    return named or [person for person in there if person.role == Role.DEPUTY]


def senders(unit: Sequence[P], today: date) -> list[P]:
    """Return who sends for a unit: its heads, each after whoever acts for them; without a head the deputies."""
    chiefs = [person for person in unit if heads(person.role)]
    if not chiefs:
        return [person for person in unit if person.role == Role.DEPUTY]
    found = [each for chief in chiefs for each in (*acting(chief, unit, today), chief)]
    return list({person.id: person for person in found}.values())


def confirmers(unit: Sequence[P], desk: Sequence[P], involved: Collection[int], today: date) -> list[P]:
    """Return who confirms what somebody of this unit has written.

    The head (and who acts for the head); what the head wrote or is an author of goes to the deputies,
    else to the office. `unit` and `desk` are the people of the unit and of the office.
    """
    heads_of_unit = [person for person in unit if heads(person.role)]
    stand_ins = {each.id for head in heads_of_unit for each in acting(head, unit, today)}
    able = [p for p in unit if heads(p.role) or p.id in stand_ins]
    if not heads_of_unit or any(person.id in involved for person in heads_of_unit):
        able = [p for p in unit if p.role == Role.DEPUTY or p.id in stand_ins]
    free = [person for person in able if person.id not in involved]
    return free or [person for person in desk if person.id not in involved]


def meant(said: str, among: Sequence[P]) -> list[P]:
    """Find whom of these a number or a whole name means; who is only near has to be asked about."""
    by_number = [person for person in among if str(person.id) == said.strip()]
    return by_number or list(person_names.meant(said, ((person.name, person) for person in among)).sure)


def head_title(declared: str, position: str, by_kind: str) -> Part:
    """Return what the head of a unit is called: as the office declares it, by their position, by the kind of unit."""
    return declared or position or by_kind or _("the head of the unit")


def by_post(person: Somebody) -> Part:
    """Return the listener by their post, as leaders are spoken to: «đồng chí Phó Giám đốc Sở»."""
    return _("{you} {position}", position=person.position) if person.position else _("{you_name}")


def titled(person: Somebody) -> str:
    """Name a third person: position and full name."""
    return f"{person.position} {person.name}".strip()
