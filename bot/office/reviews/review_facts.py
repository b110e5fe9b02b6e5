"""What the form of a review looks at: every year of its period, read in the turn's transaction when it is first looked at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from bot.conversation import Visit
from bot.language import Part
from bot.movement import Area, Duty, Figure, May, Obligation, ReviewSection, Target, TargetOverYears, YearOf, over_years
from bot.office.duties import papers, submissions
from bot.office.duties.duty_kinds import subject_of
from bot.office.report import kept_numbers, raised_words
from bot.office.report.facts import Last, ReportFacts, YearFacts
from storage import awards, deadlines, difficulties, initiatives, results
from storage.awards import Award, AwardState
from storage.difficulties import Raised, RaisedStep
from storage.initiatives import READY, Initiative
from storage.recognitions import Recognition
from storage.results import Narrative, SentReport

PREFIX = "GD"


def code_of(unit: str, year: int) -> str:
    """Return the code of a unit's review: «GD-2027-QLXD»."""
    return f"{PREFIX}-{year}-{unit}"


@dataclass(frozen=True, slots=True)
class Told:
    """What a yearly report says under an area or a section."""

    year: int
    said: Narrative


class ReviewFacts(YearFacts):
    """The unit, the period, and what is known of each of its years."""

    def __init__(self, visit: Visit, subject: str) -> None:
        self._visit, self._tx = visit, visit.tx
        code, self._unit, self.year = papers.read(subject)
        self.duty: Duty | None = visit.plan.known_duty(code)
        # A plan may have dropped it while the sheet was open: that is no reason to answer nothing.
        self.years: Sequence[int] = range(visit.plan.first_year, self.year + 1)

    @cached_property
    def owed(self) -> Obligation | None:
        """What is owed; None once the office has closed it."""
        if self.duty is None:
            return None
        found = submissions.owed(self._visit, self._unit)
        return next((each for each in found if (each.duty.code, each.year) == (self.duty.code, self.year)), None)

    @cached_property
    def moved_from(self) -> date | None:
        """The last day that the office had set before it moved it."""
        row = self._tx.one(deadlines.DEADLINE, duty=self.duty.code, year=self.year) if self.duty is not None else None
        return None if row is None else row.was

    @cached_property
    def of_years(self) -> Mapping[int, ReportFacts]:
        """What is known of each year."""
        return {year: ReportFacts(self._visit, subject_of(self._unit, year)) for year in self.years}

    @cached_property
    def reports(self) -> Mapping[int, SentReport | None]:
        """The yearly report that counts, of each year."""
        return {year: self._tx.one(results.OF_UNIT, unit=self._unit, year=year) for year in self.years}

    @cached_property
    def basis(self) -> Mapping[str, int | None]:
        """The version of each year's report whose figures stand here."""
        return {str(year): None if sent is None else sent.version for year, sent in self.reports.items()}

    # Figures --------------------------------------------------------------------------------------

    @cached_property
    def _progress(self) -> Mapping[str, Sequence[YearOf]]:
        today = self._visit.now.date()
        of = {year: facts.measured(today) for year, facts in self.of_years.items()}
        return {
            target.code: [YearOf(year, found[target.code], year < today.year) for year, found in of.items()]
            for target in self._visit.plan.asked_about
        }

    def over(self, target: Target) -> TargetOverYears:
        """Return how a target stands in this unit over the years."""
        return over_years(target, self._progress[target.code])

    @cached_property
    def _figures(self) -> Mapping[tuple[str, int], Figure]:
        return {
            (each.target, year): each
            for year in self.years
            for each in kept_numbers.figures(
                self._visit.plan, self._tx.all(results.FIGURES, unit=self._unit, year=year)
            )
        }

    def amount(self, target: Target, year: int) -> Decimal | None:
        """Return what a unit has given of an amount in a year; None where it has not, or of something else."""
        figure = self._figures.get((target.code, year))
        return None if figure is None or figure.otherwise else figure.numerator

    # What was brought about -----------------------------------------------------------------------

    @cached_property
    def recognised(self) -> Sequence[tuple[int, Initiative, Recognition]]:
        """What was recognised in each year, with the decision of its highest level."""
        return [(year, item, by) for year, facts in self.of_years.items() for item, by in facts.decided]

    @cached_property
    def carried_out(self) -> Sequence[Initiative]:
        """Confirmed models and tasks of all years: whatever has progress of its own."""
        kinds = {kind.code for kind in self._visit.plan.kinds if kind.progress}
        items = [each for year in self.years for each in self._tx.all(initiatives.OF_UNIT, unit=self._unit, year=year)]
        return [each for each in items if each.kind in kinds and each.state in READY]

    @cached_property
    def awarded(self) -> Sequence[Award]:
        """Awards of the unit and its people in the period."""
        found = self._tx.all(awards.BETWEEN, first=self.years[0], last=self.year) if self.years else []
        return [each for each in found if each.unit == self._unit and each.state is AwardState.AWARDED]

    @cached_property
    def sees_proposals(self) -> bool:
        """Whether this person reads whom the unit proposes: who sends for it, the office, the leaders."""
        return self._visit.may(May.SUMMARISE) or (self._visit.me.unit == self._unit and self.sends)

    @cached_property
    def proposed(self) -> Sequence[Award]:
        """What the unit has proposed at this review, as it stands."""
        kind = None if self.duty is None else self.duty.award
        found = self._tx.all(awards.PROPOSED_BY, unit=self._unit, since=self.year) if kind else []
        mine = [each for each in found if (each.kind, each.year) == (kind, self.year)]
        return [each for each in reversed(mine) if each.state is not AwardState.WITHDRAWN]

    # What the yearly reports say ------------------------------------------------------------------

    @cached_property
    def _narratives(self) -> Mapping[int, Mapping[str, Narrative]]:
        return {
            year: {part.section: part for part in self._tx.all(results.NARRATIVES, unit=self._unit, year=year)}
            for year in self.years
        }

    def told(self, section: str) -> Sequence[Told]:
        """Return what the yearly reports say under an area or a section, the oldest first."""
        found = [Told(year, said[section]) for year, said in self._narratives.items() if section in said]
        return [each for each in found if each.said.text.strip() or each.said.mark]

    def left_out(self, part: Area | ReviewSection, value: object) -> bool:
        """Whether what the newest report says there does not stand in an answer: it came after the answer was given."""
        code = part.code if isinstance(part, Area) else part.of
        newest = [each for each in self.told(code or "") if each.year == self.year]
        return any(each.said.text and each.said.text not in str(value) for each in newest)

    @cached_property
    def last(self) -> Last:
        """What the report of the year before says."""
        told = dict(self._narratives.get(self.year - 1, {}))
        for section in self._visit.plan.review_sections:
            if section.of is not None and section.of in told:
                told[section.code] = told[section.of]
        return Last({}, told)

    @cached_property
    def raised(self) -> Sequence[tuple[Raised, Part, Part]]:
        """The unit's difficulties, as its head knows them: each as a sentence with what came of it, and that alone."""
        heads, zone = [p.id for p in submissions.senders(self._visit, self._unit)], self._visit.now.tzinfo
        found = list[tuple[Raised, Part, Part]]()
        for year in self.years:
            answers: dict[int, RaisedStep] = {
                step.difficulty: step for step in self._tx.all(difficulties.LAST_ANSWERS, year=year)
            }
            for each in self._tx.all(difficulties.KNOWN_IN_UNIT, unit=self._unit, year=year, heads=heads):
                came = raised_words.came_of(each, answers.get(each.id), zone)
                (sentence,) = raised_words.of_unit([each], answers, zone)
                found.append((each, sentence, came))
        return found
