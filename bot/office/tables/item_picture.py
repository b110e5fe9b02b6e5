"""Registered items by area and state as a picture and its text. Pure."""

from collections import Counter
from collections.abc import Mapping, Sequence

from bot.language import Count, First, Joined, Part, Text, Time, Words, _
from bot.movement import Plan
from bot.office.report.summaries import Summary
from storage.initiatives import UNCONFIRMED, UNDECIDED, ItemState

STATES: Sequence[tuple[str, frozenset[ItemState], Text]] = (
    ("recognised", frozenset({ItemState.RECOGNISED}), _("recognised by a decision")),
    ("deciding", UNDECIDED, _("received, being decided")),
    ("confirmed", frozenset({ItemState.CONFIRMED}), _("confirmed, not received yet")),
    ("waiting", UNCONFIRMED, _("not confirmed yet")),
    ("declined", frozenset({ItemState.DECLINED}), _("not recognised by a decision")),
)
"""What items are told apart by, in the order in which they stand in a bar."""


def counted(summary: Summary, area: str) -> Mapping[str, int]:
    """Return how many items of an area stand where; what was withdrawn or cancelled counts nowhere."""
    found = Counter[str]()
    for row in summary.tally:
        if row.area == area and row.stands:
            found[next(name for name, states, _said in STATES if row.state in states)] += row.n
    return found


def value(parts: Mapping[str, int]) -> Part:
    """Say an area's figures before anything else: how many, of which how many stand where."""
    if not parts:
        return _("no item yet")
    each = [_("{n} {state}", n=Count(parts[name]), state=said) for name, _of, said in STATES if parts.get(name)]
    return _("{n}: {parts}", n=Count(sum(parts.values())), parts=Joined(each, "; "))


def bars(summary: Summary, plan: Plan, words: Words) -> dict[str, object]:
    """Return the picture's contents."""
    say = words.say
    areas = [(area, counted(summary, area.code)) for area in plan.areas]
    total = Counter[str]()
    for _area, parts in areas:
        total.update(parts)
    return {
        "title": say(_("Registered in {year}, by area", year=summary.year)),
        "subtitle": say(
            _("{whose} · {at} · {n} in all", whose=plan.office.name, at=Time(summary.now), n=Count(sum(total.values())))
        ),
        "bars": [
            {
                "name": f"{area.code} {area.short}",
                "parts": [(name, parts[name]) for name, _states, _said in STATES if parts.get(name)],
                "value_text": say(First(value(parts))),
            }
            for area, parts in areas
        ],
        "legend": [
            {"state": name, "label": say(_("{what}: {n}", what=First(said), n=Count(total[name])))}
            for name, _states, said in STATES
        ],
        "note": say(_("From the sheets that units have registered in the assistant; a block is one sheet.")),
    }


def told(summary: Summary, plan: Plan) -> list[Part]:
    """Say the same in words."""
    lines: list[Part] = [_("Registered in {year}, by area · {at}", year=summary.year, at=Time(summary.now))]
    for area in plan.areas:
        lines.append(
            _("- {code} {area}: {value}", code=area.code, area=area.short, value=value(counted(summary, area.code)))
        )
    return lines
