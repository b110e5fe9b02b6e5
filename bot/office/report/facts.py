"""What the yearly report's form looks at: each fact is read in the turn's transaction when it is first looked at."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property

from bot.conversation import Visit
from bot.dialogue import Answers, Facts
from bot.language import Part
from bot.movement import (
    Baseline,
    CountedSheet,
    Figure,
    Learnt,
    Measure,
    Progress,
    Reported,
    Target,
    counts,
    from_lists,
    learnt_by,
    progress,
    taking_part,
)
from bot.office import head_titles
from bot.office.duties import due_dates, submissions
from bot.office.duties.duty_kinds import read_subject
from bot.office.items.result_lines import ItemResult
from bot.office.report import kept_numbers, raised_words, reported
from bot.office.report.measured_facts import MeasuredFacts
from bot.office.report.report_parts import parts_of
from storage import (
    baselines,
    counted_items,
    difficulties,
    initiatives,
    inspections,
    item_answers,
    item_progress,
    notes,
    people,
    recognitions,
    report_shares,
    results,
    training,
    unit_plans,
)
from storage.initiatives import Initiative, ItemState
from storage.notes import YearNote
from storage.people import Unit
from storage.recognitions import Recognition
from storage.report_shares import ReportShare
from storage.results import Narrative, ReportedFigure
from storage.training import TrainingClass
from storage.unit_plans import UnitPlan


@dataclass(frozen=True)
class Last:
    """Last year's report of the unit: figures by target, narrative parts by section."""

    figures: Mapping[str, ReportedFigure]
    narratives: Mapping[str, Narrative]


class YearFacts(Facts):
    """The unit and the year that something tells of, who sends it, and what was told of the year before."""

    def __init__(self, visit: Visit, subject: str) -> None:
        self._visit, self._tx = visit, visit.tx
        self._unit, self.year = read_subject(subject)

    @cached_property
    def unit(self) -> Unit:
        """The unit."""
        unit = self._tx.one(people.UNIT, code=self._unit)
        assert unit is not None
        return unit

    @cached_property
    def sends(self) -> bool:
        """Whether this person sends it, and does not only draft it."""
        return submissions.sends(self._visit)

    @cached_property
    def head_title(self) -> Part:
        """What the head of the unit is called."""
        return head_titles.of_unit(self._visit, self._unit)

    @cached_property
    def last(self) -> Last:
        """What was told of the year before: nothing."""
        return Last({}, {})


class ReportFacts(YearFacts, MeasuredFacts):
    """What is known of a unit's year: its people, items, plan, baselines, and last year's report."""

    def __init__(self, visit: Visit, subject: str, until: date | None = None) -> None:
        super().__init__(visit, subject)
        self.until = until
        self._baselines: dict[str, tuple[int, Baseline] | None] = {}

    @cached_property
    def sent(self) -> datetime | None:
        """When it was sent before, where it was."""
        before = self._tx.one(results.OF_UNIT, unit=self._unit, year=self.year)
        return before.at if before is not None else None

    def figures_day(self, today: date) -> date:
        """Return the day on which figures end that are given on a day."""
        return self.until or self._visit.plan.figures_day(self.year, today)

    def last_whole(self, target: Target) -> bool:
        """Whether last year's amount is the whole year's."""
        kept = self.last.figures.get(target.code)
        return kept is not None and (kept.estimate or kept.whole)

    @cached_property
    def before(self) -> Answers | None:
        """What counts of it, while it may be corrected: nothing unless somebody has looked."""
        return None

    @cached_property
    def people(self) -> int:
        """How many officials the unit has by the list of people."""
        return sum(p.kind in ("cong_chuc", "vien_chuc") for p in self._tx.all(people.OF_UNIT, unit=self._unit))

    @cached_property
    def plan(self) -> UnitPlan | None:
        """The unit's yearly plan, where it was sent."""
        return self._tx.one(unit_plans.OF_UNIT, unit=self._unit, year=self.year)

    def issued(self) -> date | None:
        """Return the day of the unit's plan; None while there is none."""
        return None if self.plan is None else self.plan.day

    @cached_property
    def last(self) -> Last:
        """Last year's report."""
        of = {"unit": self._unit, "year": self.year - 1}
        return Last(
            {figure.target: figure for figure in self._tx.all(results.FIGURES, **of)},
            {part.section: part for part in self._tx.all(results.NARRATIVES, **of)},
        )

    @cached_property
    def registered(self) -> Sequence[Initiative]:
        """What the unit has registered for the year."""
        return self._tx.all(initiatives.OF_UNIT, unit=self._unit, year=self.year)

    @cached_property
    def decided(self) -> Sequence[tuple[Initiative, Recognition]]:
        """What was recognised in the year, each with the decision of its highest level."""
        known = [*self._tx.all(initiatives.OF_UNIT, unit=self._unit, year=self.year - 1), *self.registered]
        order = [level.code for level in self._visit.plan.levels]
        found = self._tx.all(recognitions.BETWEEN, first=date(self.year, 1, 1), last=date(self.year, 12, 31))
        found.sort(key=lambda by: order.index(by.level) if by.level in order else -1)
        highest = {by.initiative: by for by in found}
        return [(i, highest[i.id]) for i in known if i.state == ItemState.RECOGNISED and i.id in highest]

    @cached_property
    def item_results(self) -> Mapping[int, ItemResult]:
        """How far the unit's tasks and models are, by item, with what the plan asks of a result."""
        kinds = {kind.code: kind for kind in self._visit.plan.kinds if kind.progress}
        found: dict[int, ItemResult] = {}
        for item in self.registered:
            progress = self._tx.one(item_progress.NEWEST, id=item.id) if item.kind in kinds else None
            if progress is not None:
                given = item_answers.of(self._tx, item.id)
                asked = [given.get(field.code) for field in kinds[item.kind].asked_at("result")]
                found[item.id] = ItemResult(progress, "; ".join(each for each in asked if isinstance(each, str)))
        return found

    @cached_property
    def notes(self) -> Sequence[YearNote]:
        """What was noted of the year and put into the report."""
        return self._tx.all(notes.TAKEN, unit=self._unit, first=date(self.year, 1, 1), last=date(self.year, 12, 31))

    @cached_property
    def shares(self) -> Mapping[str, ReportShare]:
        """Which questions belong to a part that a colleague writes or has written; for whoever files for the unit, none."""
        person = self._visit.person
        if person is None or person.unit != self._unit:
            return {}
        found = self._tx.all(report_shares.LIVE, unit=self._unit, year=self.year)
        known = parts_of(self._visit.plan)
        return {code: each for each in found if each.part in known for code in known[each.part].fields}

    def baseline(self, target: Target) -> tuple[int, Baseline] | None:
        """Return the year that an amount is measured against, and its amount; None where nothing can be."""
        if target.code not in self._baselines:
            day = due_dates.counted_on(self._visit, self._visit.plan.reports, self.year)
            kept = self._tx.all(baselines.OF_UNIT, target=target.code, unit=self._unit, year=self.year, day=day)
            self._baselines[target.code] = kept_numbers.first_usable(self._visit.plan, target, kept)
        return self._baselines[target.code]

    def last_figure(self, target: Target) -> Figure | None:
        """Return last year's figure in today's unit of measure; None without one, or where it was of something else."""
        kept = self.last.figures.get(target.code)
        found = None if kept is None else kept_numbers.figure(target, kept)
        return None if found is None or found.otherwise else found

    @cached_property
    def raised(self) -> Sequence[Part]:
        """What the unit's difficulties of the year were, as its head knows them, and what came of each."""
        heads = [person.id for person in submissions.senders(self._visit, self._unit)]
        found = self._tx.all(difficulties.KNOWN_IN_UNIT, unit=self._unit, year=self.year, heads=heads)
        answers = {step.difficulty: step for step in self._tx.all(difficulties.LAST_ANSWERS, year=self.year)}
        return raised_words.of_unit(found, answers, self._visit.now.tzinfo)

    @cached_property
    def inspected(self) -> Sequence[Part]:
        """What the year's inspections of the unit have found, and how far that is put right."""
        found = self._tx.all(inspections.OF_UNIT, unit=self._unit, year=self.year)
        return raised_words.inspected_in_unit(found, self._visit.now.tzinfo)

    def measured(self, today: date) -> Mapping[str, Progress]:
        """Return how far each target is in this unit alone, as seen on a day."""
        plan, unit = self._visit.plan, self._unit
        kept = self._tx.all(results.FIGURES, unit=unit, year=self.year)
        known = Reported(
            self.year,
            [unit],
            kept_numbers.figures(plan, [replace(each, estimate=each.estimate or each.whole) for each in kept]),
            with_plan=[unit] if self.plan is not None else (),
            sheets=[sheet for sheet in self._sheets if sheet.unit == unit],
            roster={unit: self._officials},
            baselines={(t.code, unit): base[1] for t in plan.targets if t.reduces and (base := self.baseline(t))},
            listed=[
                Figure(unit, t.code, Decimal(of[0]), Decimal(of[1]), from_list=True)
                for t in plan.asked_about
                if (of := self.listed(t, self.figures_day(today)))
            ],
        )
        found = {each.target.code: each for each in progress(plan, today, known)}
        taking = progress(plan, today, replace(known, sheets=self._sheets)) if reported.by_people(plan) else ()
        return found | {each.target.code: each for each in taking if each.target.measure is Measure.PEOPLE}

    # What the assistant counts itself -------------------------------------------------------------

    def counted(self, target: Target) -> int:
        """Return how many sheets of the unit a target counts."""
        return sum(counts(self._visit.plan, target, sheet) for sheet in self._sheets if sheet.unit == self._unit)

    def taking_part(self, target: Target) -> tuple[int, int]:
        """Return how many of the unit's officials have a part in a sheet that a target counts, of how many."""
        return taking_part(self._visit.plan, target, self._sheets, {self._unit: self._officials})[self._unit]

    def listed(self, target: Target, day: date) -> tuple[int, int] | None:
        """Return what the list of people says of a target on a day: so many officials, of how many; None without a list."""
        if target.fed_by is None:
            return None
        those = learnt_by(target, self._learnt, day)
        return from_lists({self._unit: self._officials}, those).get(self._unit)

    @cached_property
    def _learnt(self) -> Sequence[Learnt]:
        return reported.learnt(self._tx.all(training.LEARNT))

    @cached_property
    def classes(self) -> Sequence[tuple[TrainingClass, int]]:
        """The year's classes that people of the unit have attended, each with how many of them."""
        span = {"from": date(self.year, 1, 1), "until": min(date(self.year, 12, 31), self._visit.now.date())}
        found = self._tx.all(training.OF_YEAR, unit=self._unit, **span)
        return [
            (each, sum(person.unit == self._unit for person in self._tx.all(training.IN_CLASS, id=each.id)))
            for each in found
        ]

    @cached_property
    def _sheets(self) -> Sequence[CountedSheet]:
        of = reported.span(self.year)
        decided = self._tx.all(recognitions.BETWEEN, first=of["first"], last=of["last"])
        if not reported.by_people(self._visit.plan):  # nobody of this unit counts by a sheet of another
            return reported.counted_sheets(self._tx.all(counted_items.OF_UNIT, unit=self._unit, **of), decided, ())
        parts = self._tx.all(counted_items.PARTS, **of)
        return reported.counted_sheets(self._tx.all(counted_items.OF_YEAR, **of), decided, parts)

    @cached_property
    def _officials(self) -> Collection[int]:
        officials = self._tx.all(counted_items.OFFICIALS, unions=self._visit.plan.unions)
        return reported.on_roster(officials).get(self._unit, ())
