"""What could be read of a plan file, beside its mistakes: enough to see what else does not agree. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.language import Text, _
from bot.movement.plan.declared import near
from bot.movement.plan.places import Path
from bot.movement.plan.problems import Clash

if TYPE_CHECKING:
    from bot.movement.plan.plan import Plan


@dataclass(frozen=True)
class AsRead:
    """A plan, without the pieces that are wrong, and everything as it is written."""

    plan: "Plan"
    data: Mapping[str, Any]
    unread: frozenset[str]
    """Names of the file's own whose value is wrong or missing: the plan does not have them."""
    ways: Mapping[int, Path]
    """Where a piece stands, by its id."""

    def way(self, piece: object, *more: str | int) -> Path:
        """Return the way to something in a piece."""
        return (*self.ways[id(piece)], *more)

    def written(self, name: str, key: str = "code") -> Iterator[tuple[int, str]]:
        """Yield the texts of a key in the entries of a list with their numbers, whatever else is wrong there."""
        entries = self.data.get(name)
        for n, entry in enumerate(entries if isinstance(entries, list) else ()):
            said = entry.get(key) if isinstance(entry, dict) else None
            if isinstance(said, str):
                yield n, said

    def codes(self, *names: str) -> list[str]:
        """Return the codes of the entries of some lists."""
        return [code for name in names for _n, code in self.written(name)]


def not_among(way: Path, what: Text, said: str, known: Sequence[str]) -> Clash:
    """Say that a code names nothing that stands in the file, with the one that was probably meant."""
    meant = near(said, list(known))
    if meant:
        what = _("{what} (is «{near}» meant?)", what=what, near=meant)
    return Clash(way, what, _("one of {words}", words=", ".join(known)), word=meant)
