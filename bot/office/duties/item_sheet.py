"""The sheet of a registered item: its answers by the plan's questions, to be read or to be changed. Inside the transaction.

A plan may have dropped a kind, a question or changed its type since: what was answered is said as it was asked then.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from bot.conversation import Visit
from bot.dialogue import Answers, Draft, Scene, engine
from bot.language import Joined, Part, Percent, _
from bot.movement import BadPlan, FieldType, ItemField, ItemKind, Plan, titled
from bot.office.duties import item_empty
from bot.office.duties.item_fields import SHAPES, field_of
from bot.office.duties.item_texts import state
from bot.office.duties.registering import RegisterFacts
from bot.office.items import sheet_lines
from bot.office.onbehalf import sources
from storage import files, item_answers, item_authors, people, plans, recognitions
from storage.initiatives import Initiative
from storage.values import dumps


def sheet(visit: Visit, item: Initiative) -> Sequence[Part]:
    """Return the whole sheet of an item, with its state."""
    kind = kind_of(visit, item.kind)
    area = next((area.name for area in visit.plan.areas if area.code == item.area), "")
    lines: list[Part] = [
        _("Sheet {code} · {kind}, year {year}", code=item.code, kind=kind.short, year=item.year),
        _("Title: {value}", value=item.title),
        _("Area: {value}", value=_("{code} {name}", code=item.area, name=area)),
    ]
    lines += [_("{label}: {value}", label=label, value=value) for label, value in _answers(visit, kind, item)]
    lines += item_empty.line(visit, item)
    attached = visit.tx.all(files.OF_RECORD, record=item.code)
    if attached:
        lines.append(_("📎 Files: {names}", names=Joined([file.name for file in attached])))
    lines.append(state(item))
    lines += sheet_lines.lines(visit, item)
    lines += sources.mark(visit.tx, item.code)
    for found in visit.tx.all(recognitions.OF_ITEM, id=item.id):
        level = next((level.name for level in visit.plan.levels if level.code == found.level), found.level)
        lines.append(
            _(
                "✅ Recognised at {level} level, decision {decision} of {day}",
                level=level,
                decision=found.decision,
                day=found.day,
            )
        )
    return lines


def answers_of(visit: Visit, kind: ItemKind, item: Initiative) -> Answers:
    """Return the item as answers of its form, to be changed and sent again; what does not fit is asked again."""
    given = item_answers.of(visit.tx, item.id)
    if kind.whose is not None:
        given[kind.whose.code] = _doers(visit, kind, item)
    scene, draft = visit.scene(RegisterFacts(kind.code, visit, item.code)), Draft("")
    answers: dict[str, Any] = {"title": item.title, "area": item.area}
    then = _asked_then(visit, item)
    for asked in kind.asked:
        value = given.get(asked.code)
        if value is not None and _alike(asked, then) and engine.fits(field_of(kind, asked), value, draft, scene):
            answers[asked.code] = value
        elif value is None and not asked.required:
            answers[asked.code] = None
    return answers


def _doers(visit: Visit, kind: ItemKind, item: Initiative) -> Any:
    if kind.authors == "charge":
        return item.charge
    if item.collective and kind.authors == "people_or_unit":
        return "unit"
    authors = () if item.collective else visit.tx.all(item_authors.OF_ITEM, id=item.id)
    return [[author.person, str(author.share), author.name] for author in authors] or None


def answered(visit: Visit, item: Initiative) -> Iterator[tuple[Part, Part]]:
    """Yield every answer of an item with its label, as its sheet shows it."""
    yield from _answers(visit, kind_of(visit, item.kind), item)


def answer(visit: Visit, item: Initiative, code: str) -> Part | None:
    """Return what answers one question of its kind, files by their names; None where nothing does."""
    kind, value = kind_of(visit, item.kind), item_answers.of(visit.tx, item.id).get(code)
    asked = next((each for each in kind.fields if each.code == code), None)
    if asked is None or not _alike(asked, _asked_then(visit, item)):
        return None
    if isinstance(value, dict):
        return _names(visit, value) if value.get("files") or value.get("note") else None
    return _said(visit, kind, asked, value, visit.scene(RegisterFacts(kind.code, visit, item.code))) or None


def _answers(visit: Visit, kind: ItemKind, item: Initiative) -> Iterator[tuple[Part, Part]]:
    """Yield what is answered, each with its label: first what the plan asks now, then what it asked before."""
    given = item_answers.of(visit.tx, item.id)
    scene = visit.scene(RegisterFacts(kind.code, visit, item.code))
    whose, then = kind.whose, _asked_then(visit, item)
    for asked in (*kind.asked, *kind.asked_at("request"), *kind.asked_at("result")):
        if asked == whose:
            yield from _people(visit, item, asked.label)
        elif not _alike(asked, then):
            continue
        elif (said := _said(visit, kind, asked, given.get(asked.code), scene)) is not None:
            del given[asked.code]
            if said != "":
                yield asked.label, said
    if whose is None:
        yield from _people(visit, item, _("Authors"))
    for code, value in given.items():
        asked_then = then.get(code)
        said = None if asked_then is None else _said(visit, kind, asked_then, value, scene)
        if asked_then is not None and said is not None:
            yield asked_then.label, said
        else:
            yield _former(visit, kind.code, code, value, scene)


def who(visit: Visit, item: Initiative) -> Part:
    """Say whose work it is."""
    return next((value for _label, value in _people(visit, item, "")), "")


def _people(visit: Visit, item: Initiative, label: Part) -> Iterator[tuple[Part, Part]]:
    """Yield whose work it is."""
    if item.charge:
        charge = visit.tx.one(people.BY_ID, id=item.charge)
        if charge is not None:
            yield label, titled(charge)
    elif item.collective:
        yield label, _("the collective of {unit}", unit=item.unit_name)
    else:
        authors = visit.tx.all(item_authors.OF_ITEM, id=item.id)
        said = [_("{name} {share}", name=each.name, share=Percent(each.share)) for each in authors]
        yield label, _("{authors}", authors=Joined(said, "; "))


def _said(visit: Visit, kind: ItemKind, asked: ItemField, value: Any, scene: Scene) -> Part | None:
    """Say a kept answer; "" where it says nothing, None where there is none or it is of another type."""
    if not isinstance(value, SHAPES[asked.type]):
        return None
    if value == "":  # a time that is not decided yet
        return ""
    match asked.type:
        case FieldType.PERSON:
            person = visit.tx.one(people.BY_ID, id=value)
            return None if person is None else titled(person)
        case FieldType.PARAGRAPH if isinstance(value, dict):
            return str(value.get("note", ""))
        case FieldType.FILES:
            return _names(visit, value)
    return engine.worded(field_of(kind, asked), value, scene)


def _names(visit: Visit, value: Any) -> Part:
    found = [visit.tx.one(files.BY_ID, id=id) for id in value.get("files", ())]
    names: list[Part] = [file.name for file in found if file is not None]
    return _("{names}", names=Joined([*names, *([value["note"]] if value.get("note") else [])]))


# What plans before have asked -------------------------------------------------------------------


def kind_of(visit: Visit, code: str) -> ItemKind:
    """Return a kind by its code: of the plan in force, else of the newest plan before that had it."""
    known = (kind for plan in (visit.plan, *_before(visit)) for kind in plan.kinds if kind.code == code)
    return next(known, None) or ItemKind(
        code=code, prefix=code[:2].upper(), name=code, short=code, authors="people", recognised=False
    )


def _asked_then(visit: Visit, item: Initiative) -> Mapping[str, ItemField]:
    """Return what was asked under the plan that an item was sent under; nothing where that is the plan in force."""
    if item.plan_hash == visit.office.plan_hash:
        return {}
    kept = visit.tx.one(plans.MARKED, mark=item.plan_hash)
    plan = None if kept is None else _read(kept.text)
    kinds = plan.kinds if plan is not None else ()
    return {asked.code: asked for kind in kinds if kind.code == item.kind for asked in kind.asked}


def _alike(asked: ItemField, then: Mapping[str, ItemField]) -> bool:
    """Whether a question means the same as when it was answered: 20 million đồng are no 20 million hours."""
    was = then.get(asked.code, asked)
    return (was.type, was.unit) == (asked.type, asked.unit)


def _former(visit: Visit, kind: str, code: str, value: Any, scene: Scene) -> tuple[Part, Part]:
    """Return an answer with its label as the newest plan says it that asked it so; else as it is kept."""
    for plan in _before(visit):
        for each in plan.kinds:
            asked = next((asked for asked in each.fields if asked.code == code), None)
            if each.code == kind and asked is not None and (said := _said(visit, each, asked, value, scene)):
                return asked.label, said
    if isinstance(value, dict):
        value = value.get("note", "")
    return code, value if isinstance(value, str) else dumps(value)


def _before(visit: Visit) -> Iterator[Plan]:
    """Yield the plans that this office ran on before, the newest first."""
    for kept in reversed(visit.tx.all(plans.KEPT)):
        if kept.hash != visit.office.plan_hash and (plan := _read(kept.text)) is not None:
            yield plan


@lru_cache(16)
def _read(text: str) -> Plan | None:
    try:
        return Plan.kept(text)
    except BadPlan:
        return None
