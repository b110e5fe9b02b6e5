"""What a past year's workbook gives, read: reports, plans, lists, registered items, amounts of before. Values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True)
class GivenFigure:
    """A figure of a unit; without a numerator there is none yet."""

    numerator: Decimal | None = None
    denominator: Decimal | None = None
    na: bool = False
    estimate: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class GivenReport:
    """A unit's report: what the workbook says of it, and no more."""

    place: str
    unit: str
    number: str | None
    """The number of its paper; None where the workbook has no line of its figures."""
    day: date | None
    figures: Mapping[str, GivenFigure]
    narratives: Mapping[str, tuple[str, str]]
    """By section: the text and its mark."""


@dataclass(frozen=True, slots=True)
class GivenPlan:
    """A unit's yearly plan."""

    place: str
    unit: str
    number: str
    day: date
    signer: str


@dataclass(frozen=True, slots=True)
class GivenList:
    """A unit's list: closed, or for a reason without anything registered."""

    place: str
    unit: str
    day: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class GivenPaper:
    """A paper that a unit, or the office, has sent."""

    place: str
    unit: str
    duty: str
    number: str
    day: date


@dataclass(frozen=True, slots=True)
class GivenAccount:
    """What a union has told of the year, by section; what the workbook says nothing of is not in it."""

    place: str
    unit: str
    number: str
    day: date | None
    sections: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class GivenBaseline:
    """An amount of a year; without a unit it is the whole office's."""

    place: str
    target: str
    unit: str
    year: int
    ten_months: Decimal | None
    whole_year: Decimal | None


@dataclass(frozen=True, slots=True)
class GivenDecision:
    """A decision that recognises an item."""

    level: str
    number: str
    day: date


@dataclass(frozen=True, slots=True)
class GivenItem:
    """Something registered, with whose work it is."""

    place: str
    code: str
    kind: str
    title: str
    area: str
    unit: str
    shares: tuple[tuple[int, str], ...]
    collective: bool
    charge: int | None
    day: date | None
    withdrawn: bool
    decisions: tuple[GivenDecision, ...]
    answers: Mapping[str, Any]


@dataclass(frozen=True)
class GivenYear:
    """All of it."""

    reports: Sequence[GivenReport] = ()
    plans: Sequence[GivenPlan] = ()
    lists: Sequence[GivenList] = ()
    papers: Sequence[GivenPaper] = ()
    items: Sequence[GivenItem] = ()
    baselines: Sequence[GivenBaseline] = ()
    counted: Mapping[tuple[str, str], tuple[Decimal, str]] = field(default_factory=dict)
    """How many sheets a unit's own report says that a target counts, by target and unit, with its place."""
    accounts: Sequence[GivenAccount] = ()
