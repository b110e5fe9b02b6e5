"""A unit's yearly plan: what its form looks at, and how it is kept. Inside the transaction."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from typing import Any

from bot.conversation import Visit
from bot.dialogue import Answers, Scene, Window
from bot.language import Part, Text, Time, _
from bot.movement import ItemKind
from bot.office.duties import plan_task_lists, plan_tasks, submissions
from bot.office.duties.duty_kinds import read_subject
from bot.office.duties.plan_task_lists import PlanTask
from bot.office.duties.plan_tasks import TaskChanges
from bot.office.onbehalf import sources
from bot.office.report.facts import YearFacts
from storage import people, unit_plans
from storage.initiatives import Initiative
from storage.people import Person
from storage.unit_plans import UnitPlan


def of(visit: Visit, year: int, unit: str = "") -> UnitPlan | None:
    """Return the plan of a unit (mine) for a year."""
    return visit.tx.one(unit_plans.OF_UNIT, unit=unit or visit.me.unit, year=year)


def answers_of(visit: Visit, plan: UnitPlan) -> dict[str, Any]:
    """Return a plan as answers of its form, to be changed and sent again."""
    kept = {"files": [plan.file], "note": ""} if plan.file else None
    return {
        "day": plan.day.isoformat(),
        "signer": plan.signer,
        "number": plan.number or None,
        "file": kept,
        **plan_tasks.answers_of(visit, plan.unit, plan.year),
    }


class UnitPlanFacts(YearFacts):
    """The unit and its year, who may have signed, and when its plan was sent before."""

    @cached_property
    def before(self) -> Answers | None:
        """What counts of it, while it may be corrected: nothing unless somebody has looked."""
        return None

    @cached_property
    def sent(self) -> datetime | None:
        """When it was sent before."""
        before = self._tx.one(unit_plans.OF_UNIT, unit=self._unit, year=self.year)
        return before.at if before is not None else None

    @cached_property
    def signers(self) -> Sequence[Person]:
        """Who may have signed it."""
        return submissions.senders(self._visit, self._unit)[:4]

    @cached_property
    def task_kind(self) -> ItemKind | None:
        """Of which kind the tasks of a plan are; None where plans have none."""
        return plan_tasks.kind_of(self._visit.plan)

    @cached_property
    def people(self) -> Sequence[Person]:
        """The people of the unit: one of them is in charge of each task."""
        return self._tx.all(people.OF_UNIT, unit=self._unit)

    @cached_property
    def names(self) -> Mapping[int, str]:
        """Everybody by name."""
        return {person.id: person.name for person in self._tx.all(people.EVERYBODY)}

    @cached_property
    def registered(self) -> Sequence[Initiative]:
        """What the unit has registered beside its plan that a task of it may be."""
        return plan_tasks.registered(self._visit, self._unit, self.year)

    @cached_property
    def standing(self) -> Sequence[PlanTask]:
        """The tasks of the plan as they stand."""
        return plan_tasks.standing(self._visit, self._unit, self.year)

    @cached_property
    def last_tasks(self) -> Sequence[PlanTask]:
        """The tasks of the year before, as those of this one."""
        return plan_tasks.last_year(self._visit, self._unit, self.year)

    @cached_property
    def head(self) -> int | None:
        """Who is in charge of what nobody of the unit is any more."""
        return next((person.id for person in submissions.senders(self._visit, self._unit)), None)

    def whole(self, answers: Answers) -> dict[str, Any]:
        """Return the answers as they are kept: the tasks as one list."""
        return plan_task_lists.whole(answers, self.standing, [person.id for person in self.people], self.head)


def not_its_year(value: Any, answers: Answers, scene: Scene) -> Part | None:
    """Refuse a plan that was issued neither in its year nor late in the year before."""
    day, year = date.fromisoformat(value), UnitPlanFacts.of(scene).year
    if not date(year - 1, 10, 1) <= day <= date(year, 12, 31):
        return _("{day} is not a date for a plan of {year}. Please check it.", day=day, year=year)
    return None


ITS_YEAR = Window(
    lambda answers, scene: date(UnitPlanFacts.of(scene).year - 1, 12, 1),
    lambda answers, scene: date(UnitPlanFacts.of(scene).year, 12, 31),
)


def keep(visit: Visit, subject: str, code: str, answers: Answers, by_office: bool = False) -> tuple[bool, TaskChanges]:
    """Store the plan with its file and its tasks; return whether it was changed, and not sent for the first time, and what became of them.

    What the unit sends itself counts from now on, whatever the office has filed for it before.
    """
    unit, year = read_subject(subject)
    before = of(visit, year, unit)
    changed = before is not None
    if not by_office:
        sources.put_right(visit.tx, code, visit.said)
    sent = answers.get("file")
    kept = sent["files"] if isinstance(sent, dict) else []
    unit_plans.put(
        visit.tx,
        unit=unit,
        year=year,
        code=code,
        day=date.fromisoformat(answers["day"]),
        signer=answers["signer"],
        number=answers.get("number") or "",
        file=kept[0] if kept else None,
        by=visit.me.id,
        now=visit.said,
    )
    visit.keep_files(kept, code)
    visit.replace_files([before.file] if before is not None and before.file else [], kept, code)
    visit.note("plan_changed" if changed else "plan_sent", code)
    plan = of(visit, year, unit)
    assert plan is not None
    return changed, plan_tasks.keep(visit, plan, answers)


def sent_line(visit: Visit, due: date | None, year: int, changed: bool) -> Text:
    """Say that it was sent, when, and whether in time."""
    at, when = Time(visit.said), submissions.timing(due, visit.said.date())
    if changed:
        return _("✅ The plan of {year} was changed at {at}.", year=year, at=at)
    if when is None:
        return _("✅ The plan of {year} was sent at {at}.", year=year, at=at)
    return _("✅ The plan of {year} was sent at {at}, {when}.", year=year, at=at, when=when)
