"""What an office calls each role, and which further words of its lists mean it. Pure."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Annotated

from bot.language import Joined, _, fold
from bot.movement.plan.pieces import Piece
from bot.movement.plan.rules import Key, MaybeShort, Short
from bot.movement.roles import Role

REST = "…"
"""At the end of a word: whatever follows; «phó …» means «phó phòng» and «phó trưởng ban»."""


class RoleName(Piece):
    """What one role is called."""

    name: Annotated[Short, Key(_("What the office calls it, with a small letter"), '"chuyên viên"')]
    words: Annotated[
        tuple[Short, ...],
        Key(
            _("What else a list may call it, with or without marks; at the end «…» stands for any words"),
            '["nhân viên", "cán bộ", "phó …"]',
        ),
    ] = ()
    choice: Annotated[
        MaybeShort,
        Key(_("How whoever invites somebody chooses it; without it by its name"), '"đầu mối (soạn, không gửi)"'),
    ] = ""

    @property
    def offered(self) -> str:
        """What stands on the button that chooses it."""
        return self.choice or self.name


class RoleNames(Piece):
    """The roles in the words of an office; what each may do is the assistant's own."""

    officer: Annotated[RoleName, Key(_("Who registers, and does the work of a unit"), '{ name = "chuyên viên" }')]
    drafter: Annotated[RoleName, Key(_("Who drafts for a unit and sends nothing"), '{ name = "đầu mối" }')]
    head: Annotated[RoleName, Key(_("Who heads a unit: confirms and sends"), '{ name = "thủ trưởng đơn vị" }')]
    deputy: Annotated[RoleName, Key(_("Who stands in for the head"), '{ name = "cấp phó", words = ["phó …"] }')]
    office: Annotated[RoleName, Key(_("Who runs the movement at the desk"), '{ name = "văn phòng" }')]
    chief: Annotated[RoleName, Key(_("Who heads the desk, and its unit"), '{ name = "chánh văn phòng" }')]
    union: Annotated[RoleName, Key(_("Who speaks for a union"), '{ name = "đoàn thể" }')]
    leader: Annotated[RoleName, Key(_("Who leads the office, and reads"), '{ name = "lãnh đạo sở" }')]
    admin: Annotated[RoleName, Key(_("Who looks after the installation"), '{ name = "quản trị" }')]

    def of(self, role: str) -> RoleName:
        """Return what is said of a role."""
        found: RoleName = getattr(self, Role(role).value)
        return found

    def word(self, role: str) -> str:
        """Return a role in the office's own word."""
        return self.of(role).name

    @property
    def names(self) -> tuple[str, ...]:
        """The words of all roles, in their order."""
        return tuple(self.word(role) for role in Role)

    @property
    def listed(self) -> Joined:
        """Every role in words, as a hint."""
        return Joined(self.names)

    def called(self) -> Iterator[tuple[Role, tuple[str | int, ...], str]]:
        """Yield by what each role is told in a list, in any case and without marks, and where that stands."""
        for role in Role:
            said = self.of(role)
            yield role, ("name",), fold(said.name)
            yield from ((role, ("words", n), folded(word)) for n, word in enumerate(said.words))

    @cached_property
    def _meant(self) -> Mapping[str, Role]:
        return {**{role.value: role for role in Role}, **{word: role for role, _way, word in self.called()}}

    def exactly(self, said: str) -> Role | None:
        """Return the role of which this is a name or a word."""
        return self._meant.get(fold(said))

    def beginning(self, said: str) -> Role | None:
        """Return the role that has a word with «…» which this begins with, the longest first."""
        words, begins = fold(said), (word for word in self._meant if word.endswith(REST))
        found = max((word for word in begins if words.startswith(word[: -len(REST)])), key=len, default="")
        return self._meant.get(found)


def folded(word: str) -> str:
    """Return a word as lists are looked up: «Phó …» and «Phó...» are «pho …»."""
    plain = fold(word).replace("...", REST)
    return f"{plain.removesuffix(REST).rstrip()} {REST}" if plain.endswith(REST) else plain
