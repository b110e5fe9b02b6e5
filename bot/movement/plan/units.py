"""Kinds of unit: what each is called, what its head and deputy are called, which of them are unions. Pure."""

from collections.abc import Iterable
from typing import Annotated

from pydantic import Field

from bot.language import _, fold
from bot.movement.plan.pieces import Piece
from bot.movement.plan.rules import Code, Key, MaybeShort, Short, YesNo
from bot.movement.roles import Role


class UnitKind(Piece):
    """A kind of unit, as the office's list of units names it."""

    code: Annotated[Code, Key(_("Its code, kept with every unit; stays for ever"), '"phong"')]
    name: Annotated[Short, Key(_("What the list of units calls it"), '"phòng"')]
    words: Annotated[
        tuple[Short, ...], Key(_("What else a list may call it, with or without marks"), '["phòng ban", "thanh tra"]')
    ] = ()
    head: Annotated[
        MaybeShort,
        Key(_("The title of whoever heads one; without it by the unit's name, then in general"), '"Trưởng phòng"'),
    ] = ""
    heads: Annotated[
        dict[str, Short],
        Key(
            _("Titles of those who head a unit whose name begins with these words"),
            '{ "Thanh tra" = "Chánh Thanh tra" }',
        ),
    ] = Field(default_factory=dict)
    deputy: Annotated[MaybeShort, Key(_("The title of the deputies"), '"Phó Trưởng phòng"')] = ""
    seal: Annotated[YesNo, Key(_("Whether its units write papers with numbers of their own"), "true")] = False
    union: Annotated[YesNo, Key(_("true: a union; it is invited to write, owes nothing and is in no sum"), "true")] = (
        False
    )

    def title_of(self, name: str) -> str:
        """Return what the head of a unit of this name is called; nothing where the plan does not say."""
        said, begins = f"{name} ".casefold(), [start for start in self.heads if start]
        found = max((start for start in begins if said.startswith(f"{start} ".casefold())), key=len, default="")
        return self.heads[found] if found else self.head

    @property
    def called(self) -> list[str]:
        """By what it is told in a list, in any case and without marks."""
        return [fold(word) for word in (self.code, self.name, *self.words)]


def titled_role(kinds: Iterable[UnitKind], said: str) -> Role | None:
    """Return the role of whoever bears a title that the plan gives to heads or deputies of units."""
    title = fold(said)
    for kind in kinds:
        if title in {fold(each) for each in (kind.head, *kind.heads.values()) if each}:
            return Role.UNION if kind.union else Role.HEAD
        if kind.deputy and title == fold(kind.deputy):
            return Role.DEPUTY
    return None
