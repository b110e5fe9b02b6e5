"""What the invented office has done so far: 2026 filed by all, 2027 in every state. Runs in one transaction."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

from bot.language import fold
from bot.movement import Plan
from bot.server.clock import OFFICE
from bot.server.demo.story_data import (
    AREAS,
    BASIS,
    GIVEN,
    KINDS,
    LAST_YEAR,
    LATE_2026,
    NO_BASELINE,
    NO_LIST,
    NO_PLAN,
    PAPER,
    RESULTS,
    SECTIONS,
    SENT_EARLY,
    STATES,
    SUMMARIES,
    WITH_PROCEDURES,
)
from storage import (
    baselines,
    closed_lists,
    deadlines,
    initiatives,
    item_authors,
    people,
    receiving,
    recognitions,
    results,
    unit_plans,
)
from storage.db import Tx
from storage.initiatives import ItemContent, ItemState
from storage.people import Person, Unit


def tell(tx: Tx, plan: Plan, plan_hash: str, titles: Sequence[Mapping[str, str]]) -> None:
    """Store the story in an empty office."""
    units = [unit for unit in tx.all(people.UNITS) if unit.kind != "doan_the"]
    office = tx.all(people.OF_ROLE, role="office")[0]
    heads = {unit.code: _head(tx, unit) for unit in units}
    deadlines.open_year(tx, year=2026, quiet=True, now=at(2026, 5, 4))
    deadlines.open_year(tx, year=2027, quiet=False, now=at(2027, 1, 4))
    for year in (2026, 2027):
        for duty, month, day in GIVEN:
            deadlines.set_last_day(
                tx,
                duty=duty,
                year=year,
                day=date(year, month, day) if year == 2027 else date(2026, 6, 30),
                basis=BASIS,
                by=office.id,
                now=at(year, 1, 5) if year == 2027 else at(2026, 5, 5),
            )
    _plans(tx, units, heads)
    _items(tx, plan, plan_hash, titles, heads, office)
    for unit in units:
        paper = Decimal(PAPER[unit.code])
        if unit.code not in NO_BASELINE:
            baselines.put(
                tx,
                unit=unit.code,
                year=2026,
                ten_months=paper,
                whole_year=paper * 6 / 5,
                by=office.id,
                now=at(2027, 1, 12),
            )
    for n, unit in enumerate(units):
        _report(tx, plan_hash, unit, heads[unit.code], 2026, n)
        if unit.code in SENT_EARLY:
            _report(tx, plan_hash, unit, heads[unit.code], 2027, n)


def at(year: int, month: int, day: int, hour: int = 9, minute: int = 12) -> datetime:
    """Return a moment of the office's past."""
    return datetime(year, month, day, hour, minute, tzinfo=OFFICE)


def _head(tx: Tx, unit: Unit) -> Person:
    return next(p for p in tx.all(people.OF_UNIT, unit=unit.code) if p.role in ("head", "chief"))


def _plans(tx: Tx, units: Sequence[Unit], heads: Mapping[str, Person]) -> None:
    for year, month in ((2026, 6), (2027, 1)):
        for n, unit in enumerate(units):
            head = heads[unit.code]
            now = at(year, month, 11 + n)
            if not (year == 2027 and unit.code in NO_PLAN):
                unit_plans.put(
                    tx,
                    unit=unit.code,
                    year=year,
                    code=f"KH-{year}-{unit.code}",
                    day=(now - timedelta(days=1)).date(),
                    signer=head.name,
                    number=f"{n + 3:02}/KH-{unit.code}" if unit.seal else "",
                    file=None,
                    by=head.id,
                    now=now,
                )
                receiving.receive(tx, code=f"KH-{year}-{unit.code}", what="plan", now=now + timedelta(days=1))
            if not (year == 2027 and unit.code in NO_LIST):
                closed_lists.close(
                    tx, unit=unit.code, year=year, reason="", by=head.id, now=at(year, 3 if year == 2027 else 6, 25)
                )


def _items(
    tx: Tx, plan: Plan, plan_hash: str, titles: Sequence[Mapping[str, str]], heads: Mapping[str, Person], office: Person
) -> None:
    for n, row in enumerate(titles):
        year = 2026 if n >= len(titles) - LAST_YEAR else 2027
        kind = next((kind for kind, places in KINDS.items() if n in places), "sk")
        colleagues = [p for p in tx.all(people.OF_UNIT, unit=row["unit"]) if p.role in ("officer", "drafter")]
        writer = colleagues[n % len(colleagues)] if colleagues else heads[row["unit"]]
        sent = at(year, 3 if year == 2027 else 6, 2 + n % 20, 8 + n % 3, 10 + n)
        code = initiatives.next_code(tx, prefix=plan.kind(kind).prefix, year=year)
        id = initiatives.add(
            tx,
            ItemContent(
                title=row["title"],
                title_fold=fold(row["title"]),
                area=row["area"],
                summary=SUMMARIES[row["area"]],
                result=RESULTS[n % len(RESULTS)],
                starts="" if kind == "nv" else f"{year}-Q{2 + n % 3}",
                collective=False,
                charge=writer.id if kind == "nv" else None,
                due=date(year, 10, 29) if kind == "nv" else None,
            ),
            code=code,
            kind=kind,
            year=year,
            unit=row["unit"],
            by=writer.id,
            now=sent,
            plan_hash=plan_hash,
        )
        if kind != "nv":
            other = next((p for p in colleagues if p.id != writer.id), None)
            shared = [(writer.id, "60"), (other.id, "40")] if other and n % 3 == 0 else [(writer.id, "100")]
            item_authors.put(tx, id=id, shares=shared)
        for days, state in _path(STATES[n] if year == 2027 else ItemState.RECOGNISED):
            reason = "Chưa rõ kết quả, lợi ích" if state == ItemState.RETURNED else ""
            initiatives.move(tx, id=id, state=state, now=sent + timedelta(days=days), reason=reason)
            if state == ItemState.RECOGNISED:
                recognitions.put(
                    tx,
                    id=id,
                    level="co_so",
                    decision=f"{120 + n}/QĐ-SXD",
                    day=(sent + timedelta(days=days)).date(),
                    by=office.id,
                    now=sent + timedelta(days=days),
                )


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


def _report(tx: Tx, plan_hash: str, unit: Unit, head: Person, year: int, n: int) -> None:
    late = LATE_2026.get(unit.code, 0) if year == 2026 else 0
    day = date(2026, 11, 3 + n % 5) if year == 2026 else date(2027, 10, 15)
    if late:
        day = date(2026, 11, 9) + timedelta(days=late)
    now = at(day.year, day.month, day.day, 9 + n % 2, 5 + n)
    id = results.send(
        tx,
        unit=unit.code,
        year=year,
        code=f"BC-{year}-{unit.code}",
        late=late,
        by=head.id,
        now=now,
        plan_hash=plan_hash,
    )
    _figures(tx, id, unit, year, n)
    _narrative(tx, id, unit, n)
    receiving.receive(tx, code=f"BC-{year}-{unit.code}", what="results", now=now + timedelta(days=1))


def _figures(tx: Tx, id: int, unit: Unit, year: int, n: int) -> None:
    people_of = sum(person.kind in ("cong_chuc", "vien_chuc") for person in tx.all(people.OF_UNIT, unit=unit.code))
    trained = people_of - (n % 3 if year == 2026 else n % 2)
    skilled = people_of - (1 if year == 2026 and n % 4 == 0 else 0)
    procedures = WITH_PROCEDURES.get(unit.code)
    given: list[tuple[str, int | None, int | None]] = [
        ("2", skilled, people_of),
        ("6", trained, people_of),
        ("II.3.1", 380 + 9 * n, 400 + 9 * n),
        ("3", procedures and procedures - (1 if year == 2026 and n % 2 else 0), procedures),
    ]
    for target, numerator, denominator in given:
        results.put_figure(
            tx,
            result=id,
            target=target,
            na=numerator is None,
            estimate=False,
            note="",
            source="typed",
            numerator=None if numerator is None else Decimal(numerator),
            denominator=None if denominator is None else Decimal(denominator),
        )
    used = Decimal(PAPER[unit.code]) if year == 2026 else (Decimal(PAPER[unit.code]) * 88 // 100)
    results.put_figure(
        tx, result=id, target="5", numerator=used, denominator=None, na=False, estimate=False, note="", source="typed"
    )


def _narrative(tx: Tx, id: int, unit: Unit, n: int) -> None:
    transport = unit.code in ("KCHT", "VTPT", "BQLBT", "VP", "TTr")
    for area, text in AREAS.items():
        outside = area == "II.6" and not transport
        results.put_narrative(
            tx,
            result=id,
            section=area,
            text="" if outside else text,
            mark="outside" if outside else "",
            source="confirmed",
        )
    for section, text in SECTIONS.items():
        said = text if section not in ("vuong_mac", "kien_nghi") or n % 5 == 2 else ""
        results.put_narrative(
            tx, result=id, section=section, text=said, mark="" if said else "nothing", source="confirmed"
        )
