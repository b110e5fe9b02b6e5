"""What a change of the units would do: who goes where, who owes what, what ends. Reads in the transaction, writes nothing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from bot.conversation import Visit
from bot.movement import Duty, Obligation, Role, Span, State, Target, counted_on, heads, obligations, periods
from bot.movement import Year as OpenYear
from bot.office.report.entered import against_before
from bot.office.roster.unit_wanted import UnitAct, WantedUnits
from storage import baselines, deadlines, difficulties, inspections, people, unit_changes, unit_tasks
from storage.baselines import UnitBaseline
from storage.deadlines import Delegate, Promise
from storage.people import Person, Unit
from storage.unit_changes import HeldDraft, UnitItem


@dataclass(frozen=True, slots=True)
class Move:
    """Somebody who goes to another unit, or becomes something else in it."""

    person: Person
    unit: str
    role: str
    ends: bool = False
    """Whether the post ends: they hold one in that unit already."""


@dataclass(frozen=True, slots=True)
class NewBaseline:
    """What a unit is measured against from the day on: the sum of its parts, or something the office has to enter."""

    target: Target
    unit: str
    rows: Sequence[UnitBaseline]
    """By year, the sums; none where they are not all known."""
    lacking: Sequence[str] = ()
    """The units of which nothing is known."""


class Effects:
    """What a change would do, looked up piece by piece."""

    def __init__(self, visit: Visit, wanted: WantedUnits) -> None:
        self._visit, self._tx, self.wanted = visit, visit.tx, wanted

    @cached_property
    def units(self) -> Mapping[str, Unit]:
        """The units it begins with, and the one they go into where it is there."""
        found = [self._tx.one(people.UNIT, code=code) for code in dict.fromkeys((*self.wanted.units, self.wanted.into))]
        return {unit.code: unit for unit in found if unit is not None}

    def name(self, code: str) -> str:
        """Return what a unit is called, one that is made among them."""
        made = {each.code: each.name for each in self.wanted.made}
        if code in self.units and self.wanted.act is not UnitAct.RENAMED:
            return self.units[code].name
        return made.get(code, code)

    @property
    def successors(self) -> Sequence[str]:
        """Return the units that go on afterwards with what these did."""
        if self.wanted.act in (UnitAct.NEW, UnitAct.RENAMED):
            return [each.code for each in self.wanted.made]
        return [each for each in dict.fromkeys((self.wanted.into, *self.wanted.there)) if each]

    # People -----------------------------------------------------------------------------------

    @cached_property
    def people(self) -> Sequence[Person]:
        """Everybody of the units it begins with, and of the successor."""
        return [person for code in self.units for person in self._tx.all(people.OF_UNIT, unit=code)]

    @cached_property
    def moves(self) -> Sequence[Move]:
        """Who goes where as what; those for whom nothing changes are left out."""
        if self.wanted.act in (UnitAct.NEW, UnitAct.RENAMED):
            return []
        there = {id: unit for unit, ids in self.wanted.there.items() for id in ids}
        found = []
        for person in self.people:
            unit = there.get(person.id, self.wanted.into) if person.unit in self.wanted.units else person.unit
            unit = unit or person.unit
            role = self._role(person, unit)
            posts = self._tx.all(people.POSTS, person=person.id) if unit != person.unit else []
            if (unit, role) != (person.unit, person.role):
                found.append(Move(person, unit, role, any(post.unit == unit for post in posts)))
        return found

    def _role(self, person: Person, unit: str) -> str:
        """Return what somebody is afterwards: one head a unit, the others its deputies; who loses a unit, an officer."""
        head = self.wanted.heads.get(unit)
        if head == person.id:
            return person.role if heads(person.role) else Role.HEAD
        moves = unit != person.unit
        if self.wanted.act is UnitAct.ENDED and moves and person.role in (Role.HEAD, Role.DEPUTY, Role.DRAFTER):
            return Role.OFFICER
        if person.role == Role.HEAD and (head is not None or moves):
            return Role.DEPUTY
        return person.role

    def head(self, unit: str) -> Person | None:
        """Return who heads a unit afterwards."""
        after = {move.person.id: move for move in self.moves}
        for person in self.people:
            move = after.get(person.id)
            if heads(move.role if move else person.role) and (move.unit if move else person.unit) == unit:
                return person
        return None

    # What they owe ------------------------------------------------------------------------------

    @cached_property
    def _years(self) -> Sequence[OpenYear]:
        return [OpenYear(row.year, row.quiet) for row in self._tx.all(deadlines.YEARS) if not row.quiet]

    @cached_property
    def _given(self) -> Mapping[tuple[str, int], date]:
        return {(row.duty, row.year): row.day for row in self._tx.all(deadlines.DEADLINES)}

    def owed(self, unit: Unit | None, code: str, kind: str) -> list[Obligation]:
        """Return the yearly duties of a unit that end on the day of the change or later, or are open still."""
        plan, day = self._visit.plan, self.wanted.day
        filed = {
            (plan.filed.get(row.duty, row.duty), code, row.year): row.at
            for row in self._tx.all(deadlines.FILED_OF_UNIT, unit=code)
        }
        of = periods(plan, self._years, self._given, self._visit.office.calendar)
        span = Span(unit.since, unit.ended) if unit is not None else Span(day)
        unions = [code] if kind in plan.unions else []
        found = obligations(
            plan,
            [code],
            of,
            filed,
            self._visit.now.date(),
            self._visit.office.calendar,
            unions=unions,
            kinds={code: kind},
            spans={code: span},
        )
        return [
            each
            for each in found
            if each.duty.by != "office" and (each.year >= day.year or each.owed) and each.state is not State.LOCKED
        ]

    def ends_with_it(self, each: Obligation) -> bool:
        """Whether a duty is not owed any more: its last day comes when the unit is not there."""
        return each.fulfilled is None and each.period.counted_on >= self.wanted.day

    def early(self, unit: str, duty: Duty, year: int) -> bool:
        """Whether a successor has sent a duty already that would have to cover more."""
        filed = self._tx.all(deadlines.FILED_OF_UNIT, unit=unit)
        return any(row.duty == duty.filed_as and row.year == year for row in filed)

    # What ends and what is taken along ----------------------------------------------------------

    @cached_property
    def items(self) -> Sequence[tuple[UnitItem, str]]:
        """The items of this year and later with the unit for which they count from now on."""
        if self.wanted.act in (UnitAct.NEW, UnitAct.RENAMED):
            return []
        goes = {move.person.id: move.unit for move in self.moves}
        found = []
        for unit in self.wanted.units:
            rest = self.wanted.into or unit
            for item in self._tx.all(unit_changes.ITEMS, unit=unit, year=self.wanted.day.year):
                to = goes.get(item.by, rest) if self.wanted.act is UnitAct.SPLIT else rest
                if to != unit:
                    found.append((item, to))
        return found

    @cached_property
    def carried(self) -> Sequence[tuple[str, int, str, str, str]]:
        """What goes along besides: of which table, its number, code, unit and the unit it has from now on."""
        if self.wanted.act in (UnitAct.NEW, UnitAct.RENAMED):
            return []
        goes = {move.person.id: move.unit for move in self.moves}
        found = list[tuple[str, int, str, str, str]]()
        for unit in self.wanted.units:
            rest, since = self.wanted.into or unit, self.wanted.day.year
            for raised in self._tx.all(difficulties.GOES_ALONG, unit=unit, year=since):
                to = goes.get(raised.by, rest) if self.wanted.act is UnitAct.SPLIT else rest
                found.append(("difficulty", raised.id, raised.code, unit, to))
            for each in self._tx.all(inspections.GOES_ALONG, unit=unit, year=since):
                found.append(("inspection", each.id, each.code, unit, rest))
            for task in self._tx.all(unit_tasks.LIVE_OF_UNIT, unit=unit):
                found.append(("unit_task", task.id, task.source, unit, rest))
        return [each for each in found if each[3] != each[4]]

    @cached_property
    def drafts(self) -> Sequence[tuple[HeldDraft, str, str]]:
        """Sheets being written, with the unit and the state they have afterwards: the unit's own end with it."""
        goes = {move.person.id: move.unit for move in self.moves}
        forms, ending = self._visit.office.features.forms, set(self.wanted.ending)
        found = []
        for unit in self.wanted.units:
            for draft in self._tx.all(unit_changes.DRAFTS, unit=unit):
                known = forms.get(draft.form)
                if known is not None and known.shared:
                    if unit in ending and draft.state == "open":
                        found.append((draft, unit, "archived"))
                elif (to := goes.get(draft.person, unit)) != unit:
                    found.append((draft, to, draft.state))
        return found

    @cached_property
    def delegates(self) -> Sequence[Delegate]:
        """Who drafts for these units, and does not any more."""
        moved = {move.person.id for move in self.moves if move.unit != move.person.unit}
        ending = set(self.wanted.ending)
        rows = [row for unit in self.wanted.units for row in self._tx.all(deadlines.DELEGATES_OF_UNIT, unit=unit)]
        return [row for row in rows if row.unit in ending or row.person in moved]

    @cached_property
    def promises(self) -> Sequence[Promise]:
        """Days that units have promised that are no more."""
        rows = [row for unit in self.wanted.ending for row in self._tx.all(deadlines.PROMISES_OF_UNIT, unit=unit)]
        return [row for row in rows if row.year >= self.wanted.day.year]

    @cached_property
    def acting(self) -> Sequence[tuple[Person, Person]]:
        """Who acts for whom, and does not any more."""
        moved, found = {move.person.id for move in self.moves if move.unit != move.person.unit}, []
        for person in self.people:
            for id in dict.fromkeys((person.stands_in, person.away_to)):
                other = self._tx.one(people.BY_ID, id=id) if id is not None else None
                if other is not None and (person.id in moved or other.id in moved):
                    found.append((other, person))
        return found

    # Baselines ------------------------------------------------------------------------------------

    @cached_property
    def baselines(self) -> Sequence[NewBaseline]:
        """What the successors are measured against from the day on, where anything was."""
        if self.wanted.act not in (UnitAct.MERGED, UnitAct.SPLIT):
            return []
        return [new for target in against_before(self._visit.plan) for new in self._of_target(target)]

    def _of_target(self, target: Target) -> Iterator[NewBaseline]:
        parts = [*self.wanted.units, *([self.wanted.into] if self.wanted.into in self.units else [])]
        parts = [code for code in dict.fromkeys(parts) if self.units[code].kind not in self._visit.plan.unions]
        known = {code: self._kept(target, code) for code in parts}
        if not any(known.values()):
            return
        lacking = [code for code in parts if not known[code]]
        if self.wanted.act is UnitAct.SPLIT:
            yield from (NewBaseline(target, unit, ()) for unit in self.successors)
            return
        years = sorted(set.intersection(*(set(rows) for rows in known.values()))) if not lacking else []
        sums = [sum_of([known[code][year] for code in parts]) for year in years]
        yield NewBaseline(target, self.wanted.into, [each for each in sums if each is not None], lacking)

    def _kept(self, target: Target, unit: str) -> dict[int, UnitBaseline]:
        kept = self._tx.all(baselines.EVER_OF_UNIT, unit=unit, day=self.wanted.day)
        rows = [row for row in kept if row.target == target.code]
        return {row.year: row for row in rows if row.ten_months is not None or row.whole_year is not None}

    def report_day(self, year: int) -> date:
        """Return the last day of a year's reports."""
        return counted_on(self._visit.plan, self._visit.plan.reports, year, self._given)


def sum_of(rows: Sequence[UnitBaseline]) -> UnitBaseline | None:
    """Add up amounts of one year that mean the same; None where they do not, or where none is known of all."""
    if len({(row.kept_as, row.until) for row in rows}) != 1:
        return None
    ten, whole = added([row.ten_months for row in rows]), added([row.whole_year for row in rows])
    if ten is None and whole is None:
        return None
    first = rows[0]
    return UnitBaseline(first.target, "", "", first.year, ten, whole, first.kept_as, first.until, None, first.at)


def added(amounts: Sequence[Decimal | None]) -> Decimal | None:
    """Add up amounts; None where one of them is not known: it is never guessed."""
    known = [each for each in amounts if each is not None]
    return sum(known, Decimal(0)) if len(known) == len(amounts) else None
