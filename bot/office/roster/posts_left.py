"""A post that somebody loses, who comes after them in it, and one thing that hangs on it. Inside the transaction."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from bot.conversation import Office
from bot.language import Part, _
from bot.movement import Plan, Role, heads, titled
from storage import deadlines, people
from storage.db import Tx
from storage.people import Person

Hand = Callable[[Tx, datetime], None]


@dataclass(frozen=True, slots=True)
class Holding:
    """One thing that hangs on a post, and what becomes of it."""

    line: Part
    hand: Hand | None = None
    """What gives it away; None where it stays as it is."""
    to: int | None = None
    """To whom it comes, who is told."""
    kind: str = ""
    what: str = ""


@dataclass(frozen=True)
class Post:
    """A post that somebody loses, and who comes after them in it."""

    tx: Tx
    office: Office
    person: Person
    to: Person | None
    """Who was named to take over."""
    heads: bool
    """Whether that is the new head too."""
    sheets: bool
    """Whether registrations that are being written go along."""
    role: str | None = None
    """What they are from then on in the same unit; None where they leave it."""
    by: int | None = None

    @property
    def stays(self) -> bool:
        """Whether they stay in the unit and only do not head it any more."""
        return self.role is not None

    @property
    def plan(self) -> Plan:
        """The movement."""
        return self.office.plan

    @cached_property
    def left(self) -> Sequence[Person]:
        """Who is in the unit without them."""
        return [each for each in self.tx.all(people.OF_UNIT, unit=self.person.unit) if each.id != self.person.id]

    @cached_property
    def head(self) -> Person | None:
        """Who sends for the unit from then on."""
        if self.heads and self.to is not None:
            return self.to
        deputies = [each for each in self.left if each.role == Role.DEPUTY]
        return next((each for each in self.left if heads(each.role)), deputies[0] if deputies else None)

    @property
    def receiver(self) -> Person | None:
        """Who takes over what somebody has to do; the head where nobody was named."""
        return self.to or self.head

    @cached_property
    def since(self) -> int:
        """The newest year that was opened: what belongs to earlier ones stays as it was."""
        years = self.tx.all(deadlines.YEARS)
        return years[-1].year if years else self.plan.first_year

    @cached_property
    def filed(self) -> frozenset[tuple[str, int]]:
        """What the unit has sent already, by duty and year."""
        done = self.tx.all(deadlines.FILED_OF_UNIT, unit=self.person.unit)
        return frozenset((self.plan.filed.get(each.duty, each.duty), each.year) for each in done)


def who(person: Person | None) -> Part:
    """Say who somebody is; that nobody is there yet."""
    return titled(person) if person is not None else _("nobody yet")
