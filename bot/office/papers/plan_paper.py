"""A unit's yearly plan as a paper: the targets of the movement, its tasks with days and people, as the unit has sent them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.conversation import WHO, Visit, whose
from bot.dialogue import Button
from bot.language import Count, Part, _, number
from bot.movement import May
from bot.office.duties import item_sheet, plan_tasks, record_files, reopening
from bot.office.items import progressing
from bot.office.papers import paper_heads
from bot.office.papers.paper_kinds import FilledPaper, PaperKind, words_of
from storage import people, unit_plans
from storage.unit_plans import UnitPlan


def named(visit: Visit, said: str) -> str | None:
    """Return the code of the plan that is meant: «KH-2027-QLXD»; a year alone is my unit's."""
    year = number(said or str(visit.said.year))
    if year is not None:
        mine = visit.tx.one(unit_plans.OF_UNIT, unit=visit.me.unit, year=year)
        return None if mine is None else mine.code
    record = reopening.named(visit, said)
    return record.code if record is not None and record.what == "plan" else None


def sees(visit: Visit, about: Mapping[str, Any]) -> bool:
    """Whether this person may see the plan: as its files."""
    plan = visit.tx.one(unit_plans.BY_CODE, code=about["subject"])
    return plan is not None and record_files.closed(visit, plan.code) is None


def read(visit: Visit, about: Mapping[str, Any]) -> FilledPaper | None:
    """Read the plan that counts."""
    plan = visit.tx.one(unit_plans.BY_CODE, code=about["subject"])
    unit = None if plan is None else visit.tx.one(people.UNIT, code=plan.unit)
    if plan is None or unit is None:
        return None
    words, text = words_of(visit.words), visit.plan.papers.of("kehoach", unit.kind)
    say, tasks = words.say, _tasks(visit, plan)
    intro = _(
        "{unit} carries the movement “{name}” out in {year} as follows:",
        unit=unit.name,
        name=visit.plan.name,
        year=plan.year,
    )
    targets, work = say(_("Targets")).upper(), say(_("Tasks")).upper()
    body: list[dict[str, Any]] = [{"kind": "text", "text": say(intro)}, {"kind": "chapter", "text": f"I. {targets}"}]
    body += [
        {"kind": "text", "text": f"{n}. {target.name.rstrip('.;')}."} for n, target in enumerate(visit.plan.targets, 1)
    ]
    body.append({"kind": "chapter", "text": f"II. {work}"})
    if tasks:
        body.append({"kind": "table", "text": "", "rows": tasks})
    else:
        body.append({"kind": "gap", "text": say(_("[Not there yet: the tasks of the plan]"))})
    head = paper_heads.of_unit(visit.plan, unit, text, "KH", words, plan.year)
    if plan.number:
        head["number"] = say(_("No.: {number}", number=plan.number))
    head["copies"] = list(text.copies) or [visit.plan.office.desk, *head["copies"][1:]]
    closing: Part = text.closing or _("This is the plan of {unit} for {year}.", unit=unit.name, year=plan.year)
    values = {
        **head,
        "place_and_day": _dated(visit.plan.papers.place, plan.day, say),
        "kind": say(_("PLAN")),
        "subject": say(_("Movement “{name}” in {year}", name=visit.plan.name, year=plan.year)),
        "body": body,
        "closing": paper_heads.closed(closing, words),
        **_signed(visit, plan, head["signer"]),
        "draft": False,
        "footer": "",
    }
    said: list[Part] = [
        _("📎 Plan of {year} by {unit}, tasks: {n}", year=plan.year, unit=unit.name, n=Count(len(tasks))),
        _("Issued on {day}, signed by {signer}.", day=plan.day, signer=plan.signer),
    ]
    return FilledPaper(
        values, f"Ke-hoach-{plan.year}-{plan.unit}", said, (Button(_("Versions"), f"/xemban {plan.code}"),)
    )


def _tasks(visit: Visit, plan: UnitPlan) -> list[dict[str, str]]:
    """Return the tasks, each with its day and who is in charge."""
    say, rows = words_of(visit.words).say, list[dict[str, str]]()
    for n, item in enumerate(plan_tasks.items(visit.tx, plan.unit, plan.year), 1):
        kind = progressing.kind_of(visit.plan, item)
        due = None if kind is None else progressing.due(visit.tx, kind, item)
        rows.append(
            {
                "n": str(n),
                "what": item.title,
                "due": "" if due is None else f"{due:%d/%m/%Y}",
                "who": say(item_sheet.who(visit, item)),
                "missing": say(_("[to be filled in]")),
            }
        )
    return rows


def _signed(visit: Visit, plan: UnitPlan, head: list[str]) -> dict[str, Any]:
    """Return title and name of whoever has signed, as it was recorded; the head's lines only where the head did."""
    title, colon, name = (each.strip() for each in plan.signer.rpartition(":"))
    if not colon:
        names = [person.name for person in visit.tx.all(people.OF_UNIT, unit=plan.unit)]
        name = max((each for each in names if plan.signer.endswith(each)), key=len, default=plan.signer)
        title = plan.signer.removesuffix(name).strip()
    return {"signer": head if title.upper() in head else [title.upper()], "signer_name": name}


def _dated(place: str, day: date, say: Any) -> str:
    """Return place and day of issue: 0 before days below 10 and the months 1 and 2, as the decree has it."""
    month = f"{day.month:02}" if day.month in (1, 2) else f"{day.month}"
    said: str = say(_("day {d} month {m} year {year}", d=f"{day.day:02}", m=month, year=day.year))
    return f"{place}, {said}" if place else said


PLAN = PaperKind(
    "plan_paper",
    _("the plan in Word"),
    "unit_plan",
    whose(WHO[May.DRAFT], sees),
    typed="kehoach",
    named=named,
    read=read,
)
