"""Whether duties of a plan can be owed as often as it says, and whether the parts of a year follow each other. Pure."""

from collections.abc import Iterator, Mapping, Sequence

from bot.language import _
from bot.movement.plan.as_read import AsRead
from bot.movement.plan.duties import Duty
from bot.movement.plan.problems import Clash

_ANY_YEAR = 2027
PARTS: Mapping[str, int] = {"year": 0, "half": 2, "quarter": 4}
"""How many parts a year has."""


def often(found: AsRead) -> Iterator[Clash]:
    """Yield duties that are owed more often, or more seldom, than their way allows; parts that do not follow."""
    plan = found.plan
    for duty in plan.duties:
        if duty.every != "year" and not duty.way.parts:
            yield Clash(
                found.way(duty, "every"),
                _(
                    'how = "{how}" is kept once a year, so it cannot be owed every {every}',
                    how=duty.how,
                    every=duty.every,
                ),
                _("one of {words}", words='every = "year"'),
            )
        elif len(duty.parts) != PARTS[duty.every]:
            if len(_written(found, duty)) != len(duty.parts):
                continue  # a part could not be read, and that is said already
            yield Clash(
                found.way(duty, "parts"),
                _(
                    'every = "{every}" has {n} parts, not {told}',
                    every=duty.every,
                    n=PARTS[duty.every],
                    told=len(duty.parts),
                ),
                _("{n} parts, each with its name and its days", n=PARTS[duty.every])
                if duty.every != "year"
                else _("{key} left out", key="parts"),
            )
        else:
            yield from _parts(found, duty)
        yield from _named_years(found, duty)


def _written(found: AsRead, duty: Duty) -> Sequence[object]:
    """Return the parts as they are written."""
    _list, n = found.way(duty)
    parts = found.data["duties"][n].get("parts", ())
    return parts if isinstance(parts, list | tuple) else ()


def _named_years(found: AsRead, duty: Duty) -> Iterator[Clash]:
    plan = found.plan
    if duty.years and not duty.way.years:
        yield Clash(
            found.way(duty, "years"),
            _('how = "{how}" is needed every year', how=duty.how),
            _("{key} left out", key="years"),
        )
    for n, year in enumerate(duty.years):
        if {"first_year", "last_year"}.isdisjoint(found.unread) and not plan.first_year <= year <= plan.last_year:
            yield Clash(
                found.way(duty, "years", n),
                _("{year} is not a year of the movement", year=year),
                _("a year from {first} to {last}", first=plan.first_year, last=plan.last_year),
            )


def _parts(found: AsRead, duty: Duty) -> Iterator[Clash]:
    for key in ("opens", "before", "until", "locks") if duty.parts else ():
        if key in duty.model_fields_set:
            yield Clash(found.way(duty, key), _("each part has its own days"), _("{key} left out", key=key))
    last = None
    for n, each in enumerate(duty.in_parts() if duty.parts else ()):
        part, opens, ends = duty.parts[n], each.opening(_ANY_YEAR), each.last_day(_ANY_YEAR)
        if part.before is not None and part.until is not None:
            yield Clash(
                found.way(duty, "parts", n, "until"),
                _("both before and until say which day is the last one"),
                _("one of {words}", words="before, until"),
            )
        if last is not None and opens <= last:
            yield Clash(
                found.way(duty, "parts", n, "opens"),
                _("it would open before the part ahead of it is over, on {day}", day=f"{last:%d/%m}"),
                _("a day after {day}", day=f"{last:%d/%m}"),
            )
        last = ends or opens
        again = next(duty.in_parts()).opening(_ANY_YEAR + 1)
        if last >= again:
            yield Clash(
                found.way(duty, "parts", n),
                _("it would last until the first part opens again, on {day}", day=f"{again:%d/%m}"),
                _("parts in the order of the year, each after the one ahead of it"),
            )
        if each.locking(_ANY_YEAR) >= each.opening(_ANY_YEAR + 1):
            yield Clash(
                found.way(duty, "parts", n, "locks"),
                _("it would be open still when it opens again, on {day}", day=f"{each.opening(_ANY_YEAR + 1):%d/%m}"),
                _("an earlier day, or {key} left out", key="locks"),
            )
