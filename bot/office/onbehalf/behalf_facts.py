"""What the forms look at that the office fills in for a unit: those of the unit's own forms, and who may have spoken for it."""

from collections.abc import Sequence
from datetime import date
from functools import cached_property

from bot.conversation import Visit
from bot.dialogue import Facts
from bot.office.duties import submissions
from bot.office.duties.registering import RegisterFacts
from bot.office.duties.unions import AccountFacts
from bot.office.duties.unit_plan import UnitPlanFacts
from bot.office.onbehalf import standing
from bot.office.onbehalf.standing import Filing
from bot.office.report.facts import ReportFacts, YearFacts
from storage import initiatives, people
from storage.initiatives import READY
from storage.people import Person, Unit


class BehalfFacts(Facts):
    """What every form for a unit looks at: the unit, its year, and who may have spoken for it."""

    what: Filing
    _visit: Visit
    _unit: str
    year: int

    @cached_property
    def for_unit(self) -> Unit:
        """The unit it is filed for."""
        unit = self._visit.tx.one(people.UNIT, code=self._unit)
        assert unit is not None
        return unit

    @cached_property
    def speakers(self) -> Sequence[Person]:
        """Who may have said it for the unit."""
        return submissions.senders(self._visit, self._unit)[:4]

    @cached_property
    def locks(self) -> date | None:
        """The last day of its time; None where the year takes everything."""
        return standing.locks(self._visit, self.what, self._unit, self.year)


class _OfYear(BehalfFacts, YearFacts):
    """A duty of a unit and year, filed by the office."""

    def __init__(self, visit: Visit, subject: str) -> None:
        unit, year, _seen = standing.read_seen(subject)
        YearFacts.__init__(self, visit, f"{unit}:{year}")

    @cached_property
    def sends(self) -> bool:
        """Whether it is sent and not only drafted: whoever may open the form files it."""
        return True


class ForReport(_OfYear, ReportFacts):
    """What the report looks at, filed for a unit."""

    what = Filing("results")

    def __init__(self, visit: Visit, subject: str) -> None:
        unit, year, _seen = standing.read_seen(subject)
        ReportFacts.__init__(self, visit, f"{unit}:{year}")


class ForPlan(_OfYear, UnitPlanFacts):
    """What the plan looks at, filed for a unit."""

    what = Filing("plan")


class ForAccount(_OfYear, AccountFacts):
    """What a union's account looks at, filed for it."""

    what = Filing("narrative")


class ForList(_OfYear):
    """What the end of registering looks at, filed for a unit."""

    what = Filing("list")

    @cached_property
    def ready(self) -> int:
        """How many confirmed sheets the unit has."""
        items = self._visit.tx.all(initiatives.OF_UNIT, unit=self._unit, year=self.year)
        return sum(item.state in READY for item in items)


class ForItem(BehalfFacts, RegisterFacts):
    """What a sheet looks at that is filed for a unit: nobody of the office is its author by «tôi»."""

    def __init__(self, kind: str, visit: Visit, subject: str) -> None:
        unit, year, _seen = standing.read_seen(subject)
        RegisterFacts.__init__(self, kind, visit, standing.item_seen(subject) or str(year))
        self.what, self._unit = Filing(None, kind), unit

    @cached_property
    def writer(self) -> Person | None:
        """Nobody of the unit writes it here."""
        return None

    @cached_property
    def unit_code(self) -> str:
        """The unit it is filed for."""
        return self._unit

    @cached_property
    def unit_name(self) -> str:
        """What that unit is called."""
        return self.for_unit.name
