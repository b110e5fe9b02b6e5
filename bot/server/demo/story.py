"""Tells what an invented office has done so far, from its tables. Runs in one transaction."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from bot.language import fold
from bot.movement import FieldType, Plan
from bot.office.report.kept_numbers import cutoff
from bot.server.clock import OFFICE, at_office
from bot.server.demo.tables import InventedOffice
from storage import (
    baselines,
    closed_lists,
    deadlines,
    initiatives,
    item_answers,
    item_authors,
    people,
    receiving,
    recognitions,
    results,
    unit_plans,
)
from storage.db import Tx
from storage.initiatives import ItemContent, ItemState
from storage.people import Person

Row = Mapping[str, str]


def tell(tx: Tx, plan: Plan, plan_hash: str, told: InventedOffice) -> None:
    """Store the story in an office of which only the people are known."""
    office = tx.all(people.OF_ROLE, role="office")[0]
    for year in told.story["years"]:
        deadlines.open_year(tx, year=year["year"], quiet=year["quiet"], now=_on(year["opened"]))
    for year in told.story["years"]:
        for duty, day in year.get("last_days", {}).items():
            now, basis = _on(year["said"]), year["basis"]
            deadlines.set_last_day(tx, duty=duty, year=year["year"], day=day, basis=basis, by=office.id, now=now)
    for row in told.rows("items"):
        _item(tx, plan, plan_hash, row, office)
    for row in told.rows("baselines"):
        baselines.put(
            tx,
            target=row["target"],
            unit=row["unit"],
            year=int(row["year"]),
            ten_months=Decimal(row["same_period"]),
            whole_year=Decimal(row["whole_year"]),
            kept_as=plan.target(row["target"]).kept_as,
            until=cutoff(plan),
            by=office.id,
            now=_on(told.story["baselines"]["said"]),
        )
    for row in told.rows("filed"):
        _filed(tx, plan, plan_hash, row, told)


def _on(day: date) -> datetime:
    return datetime.combine(day, time(9, 12), OFFICE)


def _filed(tx: Tx, plan: Plan, plan_hash: str, row: Row, told: InventedOffice) -> None:
    """File what a unit's head sent; the office received it the day after."""
    unit, year, now = row["unit"], int(row["year"]), at_office(row["at"])
    head = next(person for person in tx.all(people.OF_UNIT, unit=unit) if person.role in ("head", "chief"))
    if row["what"] == "list":
        closed_lists.close(tx, unit=unit, year=year, reason="", by=head.id, now=now)
        return
    if row["what"] not in ("plan", "results"):
        duty, day, number = row["what"], date.fromisoformat(row["day"]), row["number"]
        deadlines.fulfil(tx, duty=duty, unit=unit, year=year, day=day, number=number, by=head.id, now=now)
        return
    code = f"{'KH' if row['what'] == 'plan' else 'BC'}-{year}-{unit}"
    if row["what"] == "plan":
        unit_plans.put(
            tx,
            unit=unit,
            year=year,
            code=code,
            day=date.fromisoformat(row["day"]),
            signer=head.name,
            number=row["number"],
            file=None,
            by=head.id,
            now=now,
        )
    else:
        late = int(row["late"] or 0)
        id = results.send(tx, unit=unit, year=year, code=code, late=late, by=head.id, now=now, plan_hash=plan_hash)
        _figures(
            tx,
            plan,
            id,
            [each for each in told.rows("figures") if each["year"] == row["year"] and each["unit"] == unit],
        )
        _narrative(tx, id, unit, told)
    receiving.receive(tx, code=code, what=row["what"], now=now + timedelta(days=1))


def _figures(tx: Tx, plan: Plan, id: int, rows: list[Row]) -> None:
    for row in rows:
        numerator, denominator = (Decimal(row[key]) if row[key] else None for key in ("numerator", "denominator"))
        results.put_figure(
            tx,
            result=id,
            target=row["target"],
            numerator=numerator,
            denominator=denominator,
            na=numerator is None,
            estimate=False,
            note="",
            source="typed",
            kept_as=plan.target(row["target"]).kept_as,
        )


def _narrative(tx: Tx, id: int, unit: str, told: InventedOffice) -> None:
    unsaid = {
        section: each["mark"]
        for each in told.story.get("unsaid", ())
        for section in each["sections"]
        if unit in each["units"]
    }
    for section, text in told.story["narrative"].items():
        mark = unsaid.get(section, "")
        said = "" if mark else text
        results.put_narrative(tx, result=id, section=section, text=said, mark=mark, source="confirmed")


def _item(tx: Tx, plan: Plan, plan_hash: str, row: Row, office: Person) -> None:
    year, sent, kind = int(row["year"]), at_office(row["sent"]), plan.kind(row["kind"])
    id = initiatives.add(
        tx,
        ItemContent(
            title=row["title"],
            title_fold=fold(row["title"]),
            area=row["area"],
            collective=False,
            charge=_named(tx, row["charge"]) if row["charge"] else None,
        ),
        code=initiatives.next_code(tx, prefix=kind.prefix, year=year),
        kind=row["kind"],
        year=year,
        unit=row["unit"],
        by=_named(tx, row["by"]),
        now=sent,
        plan_hash=plan_hash,
    )
    shares = [each.rpartition(" ") for each in row["authors"].split(", ") if each]
    if shares:
        item_authors.put(tx, id=id, shares=[(_named(tx, name), share) for name, _space, share in shares])
    for field in kind.asked:
        if field != kind.whose and (said := row.get(field.code)):
            person = _named(tx, said) if field.type is FieldType.PERSON else None
            item_answers.put(tx, id=id, version=1, field=field.code, value=person or said, person=person)
    for days, state in _path(ItemState(row["state"])):
        now = sent + timedelta(days=days)
        initiatives.move(tx, id=id, state=state, now=now, reason=row["reason"])
        if state == ItemState.RECOGNISED:
            decision, level = row["decision"], row["level"]
            recognitions.put(tx, id=id, level=level, decision=decision, day=now.date(), by=office.id, now=now)


def _named(tx: Tx, name: str) -> int:
    return {person.name: person.id for person in tx.all(people.EVERYBODY)}[name]


def _path(state: ItemState) -> Iterator[tuple[int, ItemState]]:
    """Yield how an item came to its state: (days after it was sent, state)."""
    if state in (ItemState.RETURNED, ItemState.WITHDRAWN):
        yield 2, state
        return
    for days, step in ((1, ItemState.CONFIRMED), (6, ItemState.RECEIVED), (70, ItemState.RECOGNISED)):
        if state == ItemState.SENT:
            return
        yield days, step
        if step == state:
            return
