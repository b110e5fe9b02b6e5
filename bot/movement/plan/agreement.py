"""Whether the parts of a plan agree with each other; raise ValueError «where: what» for the first that does not. Pure."""

from collections.abc import Iterable
from datetime import time
from typing import TYPE_CHECKING

from bot.movement.plan.targets import Measure

if TYPE_CHECKING:
    from bot.movement.plan.plan import Plan


def check(plan: "Plan") -> None:
    """Look at all parts of a plan together."""
    for part in (_codes, _figures, _duties, _hours, _ladders, _watches):
        part(plan)


def _once(where: str, codes: Iterable[str], what: str = "a code") -> None:
    found = list(codes)
    if len(set(found)) < len(found):
        raise ValueError(f"{where}: {what} stands twice: {', '.join(found)}")


def _codes(plan: "Plan") -> None:
    for name in ("areas", "kinds", "levels", "sections", "union_sections", "duties", "ladders"):
        _once(name, (piece.code for piece in getattr(plan, name)))
    _once("targets, figures", (target.code for target in plan.asked_about))
    if plan.first_year > plan.last_year:
        raise ValueError("first_year: it comes after last_year")


def _figures(plan: "Plan") -> None:
    for each in plan.asked_about:
        if each.asked_of == "office" and (each.measure is not Measure.REDUCTION or not each.asked):
            raise ValueError(f'targets {each.code}: asked_of = "office" goes with an amount that is asked for')
        if each.counts == "paper" and not each.unit.strip():
            raise ValueError(f"targets {each.code}: an amount has a unit")
    areas = {area.code for area in plan.areas}
    for figure in plan.figures:
        if figure.area not in areas:
            raise ValueError(f"figures {figure.code}: there is no area {figure.area}")


def _duties(plan: "Plan") -> None:
    ladders = {ladder.code for ladder in plan.ladders}
    for duty in plan.duties:
        if (duty.code == "narrative") != (duty.by == "union") or (duty.by == "union" and not plan.union_sections):
            raise ValueError(f'duties {duty.code}: by = "union" goes with the narrative and with union_sections')
        if bool(duty.clause) != (duty.basis == "plan"):
            raise ValueError(f'duties {duty.code}: a clause goes with basis = "plan" and only with it')
        if duty.ladder not in ladders:
            raise ValueError(f"duties {duty.code}: there is no ladder {duty.ladder}")
        if duty.before is not None and duty.until is not None:
            raise ValueError(f"duties {duty.code}: both before and until")
        if duty.yearly == bool(duty.workdays):
            raise ValueError(f'duties {duty.code}: workdays go with each = "sheet" and only with it')
        last = duty.last_day(plan.first_year)
        if last is not None and not duty.opening(plan.first_year) <= last <= duty.locking(plan.first_year):
            raise ValueError(f"duties {duty.code}: its last day is not between opens and locks")


def _hours(plan: "Plan") -> None:
    spoken: dict[str, time] = {f"ladders {ladder.code} at": ladder.at for ladder in plan.ladders}
    for name in ("digest_at", "last_list_at", "list_at"):
        spoken[f"speaking {name}"] = getattr(plan.speaking, name)
    for where, at in spoken.items():
        if not any(first <= at <= last for first, last in plan.speaking.windows):
            raise ValueError(f"{where}: {at:%H:%M} lies in none of the windows")
    latest = max(ladder.at for ladder in plan.ladders)
    for where, at in spoken.items():
        # Somebody of the office who also owes something hears both in one message, at the later hour.
        if where.startswith("speaking") and at < latest:
            raise ValueError(f"{where}: {at:%H:%M} comes before a ladder's hour, {latest:%H:%M}")


def _ladders(plan: "Plan") -> None:
    for ladder in plan.ladders:
        _once(f"ladders {ladder.code}", (rung.code for rung in ladder.rungs), "a rung")


def _watches(plan: "Plan") -> None:
    watched = [watch.target for watch in plan.radar]
    for code in watched:
        target = next((target for target in plan.asked_about if target.code == code), None)
        if target is None:
            raise ValueError(f"radar {code}: there is no target {code}")
        if target.of_office:
            raise ValueError(f"radar {code}: the office alone gives this figure, so no unit can be told")
        if target.measure is Measure.UNITS_WITH_PLAN:
            raise ValueError(f"radar {code}: the ladder of its duty reminds of it already")
        if watched.count(code) > 1:
            raise ValueError(f"radar {code}: it stands twice")
