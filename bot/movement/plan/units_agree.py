"""Whether the kinds of unit of a plan can be told apart, and whether somebody owes and somebody is invited. Pure."""

from collections.abc import Iterator

from bot.language import _
from bot.movement.plan.as_read import AsRead
from bot.movement.plan.places import Path
from bot.movement.plan.problems import Clash


def words(found: AsRead) -> Iterator[Clash]:
    """Yield what two kinds of unit are told by in a list."""
    seen = dict[str, str]()
    for kind in found.plan.unit_kinds:
        for n, word in enumerate(kind.called):
            if seen.setdefault(word, kind.code) != kind.code:
                place: Path = ("code",) if n == 0 else ("name",) if n == 1 else ("words", n - 2)
                yield Clash(
                    found.way(kind, *place),
                    _("a list of units calls kind «{code}» so already", code=seen[word]),
                    _("a word that only one kind of unit has"),
                )


def sides(found: AsRead) -> Iterator[Clash]:
    """Yield where every kind is a union, or none is and unions are invited to write."""
    kinds = found.plan.unit_kinds
    if kinds and all(kind.union for kind in kinds):
        yield Clash(
            found.way(kinds[0], "union"),
            _("every kind of unit is a union, so that no unit owes anything"),
            _("a kind of unit without union = true"),
        )
    if kinds and found.plan.union_sections and not any(kind.union for kind in kinds):
        yield Clash(
            ("union_sections",),
            _("unions are invited to write, and no kind of unit is a union"),
            _("a kind of unit with union = true"),
        )
