"""Every version of what was sent: who may look, how each is said, what is another in it than in what counts. Inside the transaction."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.conversation import Visit
from bot.dialogue import Answers, Button, Field, Scene, engine
from bot.language import Count, Joined, Part, Text, Time, _
from bot.movement import May, titled
from bot.office.duties import item_access, item_fields, item_sheet, record_corrections, reopening, submissions
from bot.office.duties.registering import RegisterFacts
from bot.office.duties.reopening import RecordNamed
from bot.office.report import as_sent, differences
from storage import closed_lists, initiatives, people, record_versions, results

STATES: Mapping[str, Text] = {"past": _("counts no more"), "waiting": _("waits to be received"), "counted": _("counts")}


@dataclass(frozen=True, slots=True)
class PastVersion:
    """One version of a record: of a report by its own number, of all else what counts is the last one."""

    number: int
    state: str
    by: int | None
    at: datetime | None
    """When it was sent or last changed; None where only its first version is known to the day."""
    answers: Answers | None = None
    """None for a report, whose figures stand in tables of their own."""


def may_look(visit: Visit, record: RecordNamed) -> bool:
    """Whether this person may read every version: the office and the leaders, who sends or confirms in the unit; of a sheet whoever may see it."""
    item = visit.tx.one(initiatives.BY_CODE, code=record.code)
    if item is not None:
        return item_access.may_see(visit, item)
    if record.unit in item_access.units(visit):
        return visit.may(May.CONFIRM) or submissions.sends(visit)
    return visit.may(May.SUMMARISE)


def button(visit: Visit, code: str) -> list[Button]:
    """Offer the versions of a plan or a sheet, where there is another one than counts."""
    record = reopening.named(visit, code) if visit.tx.all(record_versions.OF_RECORD, record=code) else None
    return [Button(_("Earlier versions"), f"/xemban {code}")] if record is not None and may_look(visit, record) else []


def of(visit: Visit, record: RecordNamed) -> list[PastVersion]:
    """Return every version, the first one first; what waits to be received comes after what counts."""
    if record.what == "results":
        kept = visit.tx.all(results.VERSIONS, unit=record.unit, year=record.year)
        return [PastVersion(each.version, each.state, each.by, each.sent) for each in kept]
    kept_so = visit.tx.all(record_versions.OF_RECORD, record=record.code)
    past = [(each.state, each.by, each.at, each.answers) for each in kept_so if each.state == "past"]
    waiting = [(each.state, each.by, each.at, each.answers) for each in kept_so if each.state == "waiting"]
    found = [*sorted(past, key=lambda each: each[2]), *_counted(visit, record), *waiting]
    return [PastVersion(n, *each) for n, each in enumerate(found, 1)]


def _counted(visit: Visit, record: RecordNamed) -> Iterator[tuple[str, int | None, datetime, Answers]]:
    if record.what == "list":
        closed = visit.tx.one(closed_lists.OF_UNIT, unit=record.unit, year=record.year)
        if closed is not None:
            those = visit.tx.all(initiatives.OF_UNIT, unit=record.unit, year=record.year)
            yield "counted", closed.by, closed.at, {"reason": closed.reason, "items": [each.code for each in those]}
        return
    found = record_corrections.counted(visit, record.code)
    if found is not None:
        yield "counted", found.by, found.at, found.answers


def line(visit: Visit, version: PastVersion) -> Part:
    """Say a version in a line: its number, who has sent it and when, whether it counts."""
    by = visit.tx.one(people.BY_ID, id=version.by) if version.by is not None else None
    state = STATES[version.state]
    who: Part = _("by hand at the server") if by is None else titled(by)
    if version.at is None:
        return _("- Version {n}, {who}: {state}", n=version.number, who=who, state=state)
    return _("- Version {n}, {who}, {at}: {state}", n=version.number, who=who, at=Time(version.at), state=state)


def contents(visit: Visit, record: RecordNamed, version: PastVersion) -> list[Part]:
    """Return what a version says, whole; of another one than counts also what is another in what counts."""
    if record.what == "results":
        kept = visit.tx.all(results.VERSIONS, unit=record.unit, year=record.year)
        return list(as_sent.lines(visit, next(each for each in kept if each.version == version.number)))
    if version.answers is None:
        return []
    if record.what == "list":
        return _list(version.answers)
    fields, scene = _form(visit, record)
    said = [_said(field, version.answers, scene) for field in fields]
    now = next((each.answers for each in of(visit, record) if each.state == "counted"), None)
    others = [
        field.label
        for field in fields
        if now is not None
        and version.state != "counted"
        and differences.another(field, version.answers.get(field.code), now.get(field.code), scene)
    ]
    lines: list[Part] = [each for each in said if each is not None]
    if others:
        lines.append(
            _("Another in the version that counts ({n}): {labels}", n=Count(len(others)), labels=Joined(others))
        )
    return lines


def _list(answers: Answers) -> list[Part]:
    if answers.get("reason"):
        return [_("Nothing was registered: «{reason}»", reason=answers["reason"])]
    codes = answers.get("items") or []
    return [_("The list has {n} sheets: {codes}", n=Count(len(codes)), codes=Joined(codes))]


def _form(visit: Visit, record: RecordNamed) -> tuple[Sequence[Field], Scene]:
    """Return the questions that a record answers, also where the plan registers such a thing no more."""
    item = visit.tx.one(initiatives.BY_CODE, code=record.code)
    if item is not None:
        kind = item_sheet.kind_of(visit, item.kind)
        return item_fields.fields_of(kind), visit.scene(RegisterFacts(kind.code, visit, record.code))
    conversation = visit.office.features.forms["unit_plan"]
    form = conversation.of(visit.plan)
    facts: Any = conversation.facts(visit, f"{record.unit}:{record.year}")
    return (() if form is None else form.fields), visit.scene(facts)


def _said(field: Field, answers: Answers, scene: Scene) -> Part | None:
    value = answers.get(field.code)
    shown = None if value is None or value == "" else engine.worded(field, value, scene)
    return None if shown is None else _("{label}: {value}", label=field.label, value=shown)
