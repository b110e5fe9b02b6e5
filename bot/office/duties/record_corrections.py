"""Correct a unit's plan or a registered sheet that was received: the new one waits, whole, until it is received.

What counts stands in its own table all the time; whatever it was before is kept. Inside the transaction.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any

from bot.conversation import Conversation, Visit
from bot.dialogue import Answers
from bot.language import Part, _
from bot.office.duties import item_sheet, plan_tasks, registering, reopening, unit_plan
from bot.office.duties.registering import RegisterFacts
from bot.office.duties.unit_plan import UnitPlanFacts
from bot.office.report.differences import Difference, between, lines
from storage import initiatives, record_versions, reopenings, unit_plans
from storage.initiatives import AT_OFFICE, Initiative
from storage.record_versions import RecordVersion
from storage.reopenings import Reopening
from storage.unit_plans import UnitPlan


class CorrectedSheetFacts(RegisterFacts):
    """What a sheet looks at, with what counts of it where the office has opened it once more."""

    @cached_property
    def before(self) -> Answers | None:
        """The answers that count, while they may be corrected."""
        if self.item is None or self.item.state not in AT_OFFICE or reopening.lets(self._visit, self.item.code) is None:
            return None
        return item_sheet.answers_of(self._visit, self.kind, self.item)


class CorrectedPlanFacts(UnitPlanFacts):
    """What a unit's plan looks at, with what counts of it where the office has opened it once more."""

    @cached_property
    def before(self) -> Answers | None:
        """The answers that count, while they may be corrected."""
        counted = self._tx.one(unit_plans.OF_UNIT, unit=self._unit, year=self.year)
        if counted is None or reopening.lets(self._visit, counted.code) is None:
            return None
        return unit_plan.answers_of(self._visit, counted)


@dataclass(frozen=True, slots=True)
class CountedRecord:
    """What counts of a record: the form it is an answer to, and its answers."""

    what: str
    form: str
    subject: str
    answers: Answers
    by: int | None
    at: datetime


def counted(visit: Visit, code: str) -> CountedRecord | None:
    """Return what counts of a plan or a sheet; None where there is none."""
    plan = visit.tx.one(unit_plans.BY_CODE, code=code)
    if plan is not None:
        told = unit_plan.answers_of(visit, plan)
        return CountedRecord("plan", "unit_plan", f"{plan.unit}:{plan.year}", told, plan.by, plan.changed)
    item = visit.tx.one(initiatives.BY_CODE, code=code)
    if item is None:
        return None
    kind = item_sheet.kind_of(visit, item.kind)
    answers = item_sheet.answers_of(visit, kind, item)
    return CountedRecord("initiative", registering.FORM.format(kind=kind.code), code, answers, item.by, item.changed)


def _changes(visit: Visit, of: CountedRecord, before: Answers, after: Answers) -> list[Difference]:
    conversation: Conversation | None = visit.office.features.forms.get(of.form)
    form = None if conversation is None else conversation.of(visit.plan)
    if conversation is None or form is None:  # the plan has dropped it meanwhile
        return []
    return list(between(form, before, after, visit.scene(conversation.facts(visit, of.subject))))


def keep_past(visit: Visit, code: str) -> None:
    """Store what counts of a record as a version of the past, before something else takes its place."""
    found = counted(visit, code)
    if found is not None:
        record_versions.keep(visit.tx, record=code, what=found.what, answers=found.answers, by=found.by, at=found.at)


def same(visit: Visit, code: str, answers: Answers) -> bool:
    """Whether the answers are what was sent last."""
    found, waits = counted(visit, code), visit.tx.one(record_versions.WAITING, record=code)
    before = waits.answers if waits is not None else found.answers if found is not None else {}
    return found is not None and not _changes(visit, found, before, answers)


def send(visit: Visit, found: Reopening, what: str, answers: Answers) -> int:
    """Store a correction; it waits to be received. Return its version."""
    version = record_versions.keep(
        visit.tx, record=found.record, what=what, answers=answers, by=visit.me.id, at=visit.said, waits=True
    )
    for value in answers.values():
        if isinstance(value, dict) and "files" in value:
            visit.keep_files(value["files"], record=found.record)
    reopenings.sent(visit.tx, id=found.id)
    visit.note("correction_sent", found.record)
    return version


def newest(visit: Visit, code: str, counted: Answers) -> Answers:
    """Return the answers that were sent last: of what waits, else of what counts."""
    waits = visit.tx.one(record_versions.WAITING, record=code)
    return counted if waits is None else waits.answers


def apply(visit: Visit, code: str) -> None:
    """Store a correction in the place of what counts, which is kept."""
    waits, found = visit.tx.one(record_versions.WAITING, record=code), counted(visit, code)
    if waits is None or found is None:
        return
    record_versions.take(visit.tx, record=code)
    keep_past(visit, code)
    plan, item = visit.tx.one(unit_plans.BY_CODE, code=code), visit.tx.one(initiatives.BY_CODE, code=code)
    if plan is not None:
        _apply_plan(visit, plan, waits)
    elif item is not None:
        _apply_item(visit, item, waits.answers, waits.by)


def _apply_plan(visit: Visit, plan: UnitPlan, waits: RecordVersion) -> None:
    sent = waits.answers.get("file")
    kept = sent["files"] if isinstance(sent, dict) else []
    unit_plans.put(
        visit.tx,
        unit=plan.unit,
        year=plan.year,
        code=plan.code,
        day=date.fromisoformat(waits.answers["day"]),
        signer=waits.answers["signer"],
        number=waits.answers.get("number") or "",
        file=kept[0] if kept else None,
        by=waits.by,
        now=waits.at,
    )
    told = UnitPlanFacts(visit, f"{plan.unit}:{plan.year}").whole(waits.answers)
    plan_tasks.keep(visit, replace(plan, by=waits.by), told)


def _apply_item(visit: Visit, item: Initiative, answers: Answers, by: int | None) -> None:
    kind = item_sheet.kind_of(visit, item.kind)
    registering.rewrite(visit, kind, item, answers, by or item.by, item.state)


# What both sides read ---------------------------------------------------------------------------


def waiting_version(visit: Visit, code: str) -> int | None:
    """Return the number of the version that waits to be received."""
    waits = visit.tx.one(record_versions.WAITING, record=code)
    return None if waits is None else waits.version


def before_receiving(visit: Visit, code: str) -> list[Part]:
    """Return what whoever receives a correction reads before; nothing where none waits."""
    waits, found = visit.tx.one(record_versions.WAITING, record=code), counted(visit, code)
    if waits is None or found is None:
        return []
    head = _(
        "Correction of {record}, sent on {day}.", record=reopening.record_of(visit, code).name, day=waits.at.date()
    )
    return [head, *lines(_changes(visit, found, found.answers, waits.answers))]


def after_receiving(visit: Visit, code: str) -> list[Part]:
    """Return what both sides read once a correction was received; nothing where there was none."""
    last, found = visit.tx.one(record_versions.LAST, record=code), counted(visit, code)
    if last is None or found is None:
        return []
    head = _(
        "From now on {record} counts as corrected; what it was before is kept.",
        record=reopening.record_of(visit, code).name,
    )
    return [head, *lines(_changes(visit, found, last.answers, found.answers))]


def standing(visit: Visit, code: str) -> Sequence[Part]:
    """Say what counts of a record, where something else may."""
    if visit.tx.one(record_versions.WAITING, record=code) is not None:
        return [_("⏳ A correction waits to be received; until then what is shown here counts.")]
    found: Any = reopening.lets(visit, code)
    if found is None:
        return []
    return [_("⏳ Opened once more until the end of {day}, to be corrected.", day=found.day)]
