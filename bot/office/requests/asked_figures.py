"""Figures that the assistant knows of a unit: a request may have one filled in, its source beside it. Inside the transaction."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal
from typing import Any

from bot.conversation import Visit
from bot.language import Part, Text, _
from bot.movement import Plan, Target
from bot.office.report.facts import ReportFacts
from storage import initiatives, people
from storage.initiatives import ItemState

OFFICIALS = ("cong_chuc", "vien_chuc")
DECIDED = (ItemState.RECOGNISED,)
CONFIRMED = (ItemState.CONFIRMED, ItemState.RECEIVED, ItemState.RECOGNISED)
REGISTERED = (ItemState.SENT, *CONFIRMED)
TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class FigureFound:
    """A figure of a unit, and where it stands."""

    value: Decimal
    source: Mapping[str, Any]
    """As it is kept with the answer: what it is, of which day or year."""


Look = Callable[[Visit, str, int], FigureFound | None]
"""Given the unit and the year."""


@dataclass(frozen=True, slots=True)
class KnownFigure:
    """A figure that is known: what it is called, what it is counted in, how it is looked up."""

    code: str
    name: Part
    unit: Part
    look: Look


def _counted(code: str, states: Sequence[ItemState]) -> Look:
    def look(visit: Visit, unit: str, year: int) -> FigureFound:
        found = [each for each in visit.tx.all(initiatives.OF_UNIT, unit=unit, year=year) if each.state in states]
        return FigureFound(Decimal(len(found)), _today(visit, code, year))

    return look


def _people(code: str, kinds: Sequence[str]) -> Look:
    def look(visit: Visit, unit: str, year: int) -> FigureFound:
        found = [each for each in visit.tx.all(people.OF_UNIT, unit=unit) if not kinds or each.kind in kinds]
        return FigureFound(Decimal(len({each.human or each.id for each in found})), _today(visit, code, year))

    return look


def _today(visit: Visit, code: str, year: int) -> dict[str, Any]:
    return {"figure": code, "day": visit.now.date().isoformat(), "year": year}


def _last(target: Target) -> Look:
    """Return how the newest figure of a target is looked up: of the year, else of the years before it."""

    def look(visit: Visit, unit: str, year: int) -> FigureFound | None:
        for each in range(year, visit.plan.first_year - 2, -1):
            figure = ReportFacts(visit, f"{unit}:{each + 1}").last_figure(target)
            if figure is None or figure.not_applicable or figure.numerator is None:
                continue
            value = figure.numerator
            if not target.amount and figure.denominator:
                value = (100 * figure.numerator / figure.denominator).quantize(TENTH, ROUND_DOWN)
            return FigureFound(value, {"figure": _of_target(target), "year": each})
        return None

    return look


def _of_target(target: Target) -> str:
    return f"target:{target.code}"


def _counts(target: Target) -> Part:
    return target.unit if target.amount and target.unit else "%"


COUNTED: Sequence[KnownFigure] = (
    KnownFigure("people", _("People of the unit"), _("persons"), _people("people", ())),
    KnownFigure(
        "officials", _("Officials and public employees of the unit"), _("persons"), _people("officials", OFFICIALS)
    ),
    KnownFigure(
        "registered", _("What the unit has registered in the year"), _("sheets"), _counted("registered", REGISTERED)
    ),
    KnownFigure(
        "confirmed", _("What its head has confirmed in the year"), _("sheets"), _counted("confirmed", CONFIRMED)
    ),
    KnownFigure("recognised", _("What was recognised of the year"), _("sheets"), _counted("recognised", DECIDED)),
)
"""What is counted of the record as it stands."""


def known(plan: Plan) -> Sequence[KnownFigure]:
    """Return all figures that are known under a plan."""
    targets = [
        KnownFigure(
            _of_target(each),
            _("Last figure of target {code}: {name}", code=each.code, name=each.short),
            _counts(each),
            _last(each),
        )
        for each in plan.targets
        if each.of_units
    ]
    return (*COUNTED, *targets)


def named(plan: Plan, code: str) -> KnownFigure | None:
    """Return a figure by its code; None where the plan has no such target any more."""
    return next((each for each in known(plan) if each.code == code), None)


SOURCES: Mapping[str, Text] = {
    "people": _("by the list of people"),
    "officials": _("by the list of people"),
    "registered": _("by the sheets that were registered"),
    "confirmed": _("by the sheets that were registered"),
    "recognised": _("by the decisions that were recorded"),
}


def source_said(source: Mapping[str, Any]) -> Part:
    """Say where a figure stands: «theo danh sách công chức, ngày 03/03/2027»."""
    code = source["figure"]
    if code in SOURCES:
        return _("{source}, on {day}", source=SOURCES[code], day=date.fromisoformat(source["day"]))
    return _("by the unit's report of {year}", year=source["year"])
