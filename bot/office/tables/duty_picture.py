"""Units and their duties as a picture and its text: filed, late, owing. Pure."""

from collections import Counter
from collections.abc import Sequence

from bot.language import Count, First, Joined, Part, Text, Time, Words, _
from bot.movement import Duty, Obligation, State
from bot.office.duties.duty_kinds import of_year
from bot.office.report.summaries import Summary

MOST = 24
"""Units of a picture: of a larger office those first of whom most is open."""
KINDS: Sequence[tuple[str, Text]] = (
    ("sent", _("sent in time")),
    ("late", _("sent after the deadline; inside, the days late")),
    ("overdue", _("overdue; inside, the days")),
    ("open", _("not sent yet, still in time")),
    ("ahead", _("not open yet, or without a date")),
    ("none", _("not owed by this unit")),
)
"""The marks, in the order of the legend."""


def kind(owed: Obligation) -> str:
    """Return which mark stands for an obligation."""
    if owed.state is State.FULFILLED:
        return "late" if owed.days_late() else "sent"
    if owed.state in (State.OVERDUE, State.LOCKED):
        return "overdue"
    return "open" if owed.state is State.OPEN else "ahead"


def days(owed: Obligation, summary: Summary) -> int:
    """Count the days late: until it was sent, until the books were closed, or until now."""
    if owed.state is State.FULFILLED:
        return owed.days_late()
    late = owed.state in (State.OVERDUE, State.LOCKED) and owed.due is not None
    return -owed.days_left(min(summary.now.date(), owed.locks)) if late else 0


def of_the_units(summary: Summary) -> list[Obligation]:
    """Return what units owe in the year, without what the office owes itself."""
    return [each for each in summary.standing.owed if each.year == summary.year and each.duty.by == "unit"]


def duties(summary: Summary) -> list[Duty]:
    """Return the duties of the year, in the plan's order."""
    return list(dict.fromkeys(each.duty for each in of_the_units(summary)))


def shown(summary: Summary) -> list[str]:
    """Return the units of the picture, in the office's order; in a large office those of whom something is open."""
    order = [code for code in summary.standing.names if any(e.unit == code for e in of_the_units(summary))]
    if len(order) <= MOST:
        return order
    open_of = Counter(each.unit for each in of_the_units(summary) if kind(each) in ("overdue", "open"))
    first = {code for code, _n in sorted(open_of.items(), key=lambda each: -each[1])[:MOST]}
    return [code for code in order if code in first]


def _count(summary: Summary, duty: Duty) -> tuple[int, int]:
    of = [each for each in of_the_units(summary) if each.duty == duty]
    return sum(each.state is State.FULFILLED for each in of), len(of)


def _columns(summary: Summary) -> list[Part]:
    """Say of each duty how many have sent it, by its number."""
    found: list[Part] = []
    for n, duty in enumerate(duties(summary), 1):
        sent, of = _count(summary, duty)
        due = next((each.due for each in of_the_units(summary) if each.duty == duty), None)
        about = {"n": n, "duty": First(of_year(duty)), "year": summary.year, "sent": Count(sent), "all": Count(of)}
        if due is None:
            found.append(_("{n}. {duty} {year}: {sent}/{all} sent; no date given yet", **about))
        else:
            found.append(_("{n}. {duty} {year}: {sent}/{all} sent; until the end of {day}", day=due, **about))
    return found


def grid(summary: Summary, whose: str, words: Words) -> dict[str, object]:
    """Return the picture's contents."""
    say, of, codes = words.say, {each.key: each for each in of_the_units(summary)}, shown(summary)
    kinds = Counter(kind(each) for each in of.values())
    rows = []
    for code in codes:
        cells = []
        for duty in duties(summary):
            owed = of.get((duty.code, code, summary.year))
            late = 0 if owed is None else days(owed, summary)
            cells.append({"kind": "none" if owed is None else kind(owed), "n": str(late) if late else ""})
        rows.append({"name": say(summary.standing.names[code]), "cells": cells})
    legend = [{"kind": name, "label": say(_legend(label, kinds[name], name))} for name, label in KINDS]
    return {
        "title": say(_("Duties of the units in {year}", year=summary.year)),
        "subtitle": say(_("{whose} · {at}", whose=whose, at=Time(summary.now))),
        "columns": [{"head": str(n), "label": say(line)} for n, line in enumerate(_columns(summary), 1)],
        "rows": rows,
        "legend": [each for each in legend if kinds[str(each["kind"])] or each["kind"] == "sent"],
        "note": say(_note(summary, len(codes))),
    }


def _legend(label: Text, n: int, name: str) -> Part:
    return label if name == "none" else _("{what}: {n}", what=First(label), n=Count(n))


def _note(summary: Summary, n: int) -> Part:
    of = len({each.unit for each in of_the_units(summary)})
    if n < of:
        return _(
            "{n} of {all} units are shown, those of whom most is open. From the records of the assistant.",
            n=Count(n),
            all=Count(of),
        )
    return _("From the records of the assistant: the days on which the units have sent.")


def told(summary: Summary) -> list[Part]:
    """Say the same in words: of each duty how many have sent, and who has not or was late."""
    lines: list[Part] = [_("Duties of the units in {year} · {at}", year=summary.year, at=Time(summary.now))]
    if not of_the_units(summary):
        return [*lines, _("The year {year} is not open.", year=summary.year)]
    for duty, head in zip(duties(summary), _columns(summary), strict=True):
        lines.append(head)
        for name, said in (
            ("overdue", _("  Overdue ({n}): {units}")),
            ("open", _("  Not sent yet ({n}): {units}")),
            ("late", _("  Sent after the deadline ({n}): {units}")),
        ):
            those = [each for each in of_the_units(summary) if each.duty == duty and kind(each) == name]
            if those:
                units = Joined([_unit(summary, each) for each in those], "; ")
                lines.append(Text(said.message, {"n": Count(len(those)), "units": units}))
    return lines


def _unit(summary: Summary, owed: Obligation) -> Part:
    late = days(owed, summary)
    name = summary.standing.names[owed.unit]
    return _("{unit} ({n} days)", unit=name, n=Count(late)) if late else name
