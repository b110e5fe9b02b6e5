"""Which registered sheets a target counts, which are on the way to it, and whose they are. Pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from bot.movement.plan import Plan, Target


@dataclass(frozen=True, slots=True)
class CountedSheet:
    """A registered sheet as targets of one year look at it."""

    unit: str
    kind: str
    registered: bool = True
    """Whether it is of this year, and was not withdrawn."""
    confirmed: bool = False
    """Whether it is of this year, and the head has confirmed it."""
    received: bool = False
    """Whether it is of this year, and waits at the office for a decision."""
    levels: Collection[str] = ()
    """At which levels decisions of this year have recognised it."""
    people: Collection[int] = ()
    """Its authors, or whoever is in charge of it."""
    item: int = 0
    """Its number, by which its sheet is found."""


def counts(plan: Plan, target: Target, sheet: CountedSheet) -> bool:
    """Whether a target counts a sheet."""
    by = target.counted
    if by is None or sheet.kind not in kinds_of(plan, target):
        return False
    match by.what:
        case "registered":
            return sheet.registered
        case "confirmed":
            return sheet.confirmed
        case "recognised":
            enough = levels_from(plan, by.level)
            return any(enough is None or level in enough for level in sheet.levels)


def on_the_way(plan: Plan, target: Target, sheet: CountedSheet) -> bool:
    """Whether a sheet waits for the one step after which the target counts it."""
    by = target.counted
    if by is None or counts(plan, target, sheet) or sheet.kind not in kinds_of(plan, target):
        return False
    if by.what == "recognised":
        return sheet.received
    return by.what == "confirmed" and sheet.registered


def kinds_of(plan: Plan, target: Target) -> frozenset[str]:
    """Return the kinds that a target counts: those that it names, else all that may be."""
    by = target.counted
    if by is None:
        return frozenset()
    may = frozenset(kind.code for kind in plan.kinds if kind.recognised or by.what != "recognised")
    return may & frozenset(by.kinds) if by.kinds else may


def levels_from(plan: Plan, level: str) -> frozenset[str] | None:
    """Return a level and those above it; None where any will do."""
    order = [each.code for each in plan.levels]
    return None if not level else frozenset(order[order.index(level) :]) if level in order else frozenset()


def taking_part(
    plan: Plan, target: Target, sheets: Iterable[CountedSheet], roster: Mapping[str, Collection[int]]
) -> dict[str, tuple[int, int]]:
    """Return of each unit how many of its officials have a part in a sheet that the target counts, of how many."""
    named = named_in(plan, target, sheets)
    return {unit: (len(named.intersection(people)), len(set(people))) for unit, people in roster.items()}


def named_in(plan: Plan, target: Target, sheets: Iterable[CountedSheet]) -> frozenset[int]:
    """Return everybody who has a part in a sheet that the target counts."""
    return frozenset(person for sheet in sheets if counts(plan, target, sheet) for person in sheet.people)
