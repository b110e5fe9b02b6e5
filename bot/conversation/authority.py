"""Whom the assistant serves with what: declared at every command, form, notice and job, asked at every turn.

A declaration names roles, what opens it beyond a role, and whose record it may be about. It is asked of the
person as they are *now*: what was opened as one is refused as another. Nothing is open by default; what
serves everybody of the office says so.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from bot.conversation.buttons import HOME, MY_TASKS
from bot.dialogue import Say
from bot.language import Text, _
from bot.movement import TABLE, May, Role
from storage import people
from storage.db import Tx
from storage.people import Person


class Asking(Protocol):
    """A turn, as far as authority looks at it."""

    @property
    def person(self) -> Person | None:
        """Who speaks, or is spoken to; None for a stranger."""


V_contra = TypeVar("V_contra", bound=Asking, contravariant=True)


def speaker(tx: Tx, person: int | None) -> Person | None:
    """Return whose chat this is, the one place where that is decided: who is inactive is a stranger."""
    return tx.one(people.SPEAKER, id=person) if person is not None else None


def _never(visit: Any) -> bool:
    return False


def _any(visit: Any, about: Any) -> bool:
    return True


@dataclass(frozen=True)
class Serves(Generic[V_contra]):
    """Whom one entry serves."""

    who: Text
    """Those it serves, as a refusal names them."""
    roles: frozenset[Role]
    also: Callable[[V_contra], bool] = _never
    """Whom it serves beyond their role: somebody the head has named, say."""
    of: Callable[[V_contra, Any], bool] = _any
    """Whether this very record (a form's subject, what a notice or a job is about) is theirs."""

    def by_role(self, role: str) -> bool:
        """Whether the role alone opens it: what a messenger's own menu shows."""
        return role in self.roles

    def holds(self, visit: V_contra, about: Any = None) -> bool:
        """Whether the person of this turn is served, as they are now."""
        person = visit.person
        if person is None or not person.active:
            return False
        return (person.role in self.roles or self.also(visit)) and self.of(visit, about)


WHO: Mapping[May, Text] = {
    May.REGISTER: _("officers of the units"),
    May.CONFIRM: _("the head of the unit"),
    May.DRAFT: _("the head of the unit, or whoever the head names"),
    May.SEND: _("the head of the unit"),
    May.DELEGATE: _("the head of the unit"),
    May.RECEIVE: _("the office"),
    May.SUMMARISE: _("the office"),
    May.FORWARD: _("the head of the office"),
    May.SETTLE: _("the office"),
    May.INVITE: _("the office"),
    May.KEEP: _("the office or the administrator"),
    May.READ: _("officers of the units"),
}

EVERYBODY: Serves[Any] = Serves(_("people of the office"), frozenset(Role))
"""Everybody of the office who is active."""


def allowed(
    what: May, also: Callable[[V_contra], bool] = _never, of: Callable[[V_contra, Any], bool] = _any
) -> Serves[V_contra]:
    """Return those whom the table of roles allows this, and who is named beyond it."""
    return Serves(WHO[what], TABLE[what], also, of)


def only(who: Text, *roles: Role) -> Serves[Any]:
    """Return these roles and nobody else."""
    return Serves(who, frozenset(roles))


def whose(who: Text, of: Callable[[V_contra, Any], bool]) -> Serves[V_contra]:
    """Return whoever the record itself makes theirs, whatever their role."""
    return Serves(who, frozenset(Role), of=of)


ADMINISTRATOR = only(_("the administrator"), Role.ADMIN)
DESK: Serves[Any] = allowed(May.RECEIVE)


def refused(serves: Serves[Any]) -> Say:
    """Return who does this now, and what can be done instead."""
    return Say([_("This is done by {who}.", who=serves.who)], buttons=(MY_TASKS, HOME))
