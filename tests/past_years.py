"""Offices that begin late, and the workbooks in which they write a past year down."""

import io
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from openpyxl import load_workbook

from bot.documents.past_year_sheets import KnownUnit, sheets
from bot.documents.past_year_template import past_year_template
from bot.language import fold
from bot.movement import Plan
from bot.office import clock_doubt
from bot.office.roster import onboarding
from bot.server.clock import at_office
from bot.server.held_commands import perform
from bot.server.office import plan_hash
from storage import people, plans
from storage.db import Database, Tx
from tests.conftest import Office, running

Person = tuple[str, str, str, str]
"""Name, position, unit, role."""
Cells = Mapping[str, object]
"""The cells of a line, by column."""


async def founded(
    path: Path, plan_text: str, at: str, year: int, units: Sequence[tuple[str, str, str]], everybody: Sequence[Person]
) -> None:
    """Make the file of an office that has just begun: units (code, name, kind), people."""
    plan, now, db = Plan.parse(plan_text), at_office(at), Database(path)

    def work(tx: Tx) -> None:
        plans.take(tx, hash=plan_hash(plan_text), text=plan_text, now=now)
        clock_doubt.confirm(tx, now)
        onboarding.init(tx, plan=plan, name="Hà Văn Quản Trị", year=year, now=now)
        for code, name, kind in units:
            people.add_unit(tx, code=code, name=name, kind=kind)
        for name, position, unit, role in everybody:
            people.add_person(
                tx, name=name, name_fold=fold(name), position=position, kind="cong_chuc", unit=unit, role=role
            )

    await db.open()
    await db.write(work)
    await db.close()


@asynccontextmanager
async def begun(path: Path, plan_text: str, at: str) -> AsyncIterator[Office]:
    """The same office, running."""
    async with running(path, at, plan_text) as office:
        yield office


def workbook(plan: Plan, year: int, units: Sequence[KnownUnit], lines: Mapping[str, Sequence[Cells]]) -> bytes:
    """The template with these lines filled in, by sheet; a line of a unit fills the unit's own."""
    book = load_workbook(io.BytesIO(past_year_template(plan, year, units)))
    for sheet in sheets(plan, year):
        columns = {column.key: number for number, column in enumerate(sheet.columns, 1)}
        place = {
            str(row[columns["unit"] - 1].value): number
            for number, row in enumerate(book[sheet.title].iter_rows(min_row=3), 3)
        }
        free = 3 if not place else max(place.values()) + 1
        if sheet.key == "baselines":
            place, free = {}, 3
            for row in book[sheet.title].iter_rows(min_row=3):
                for cell in row:
                    cell.value = None
        for line in lines.get(sheet.key, ()):
            at = place.get(str(line.get("unit"))) if sheet.by_unit else None
            if at is None:
                at, free = free, free + 1
            for key, value in line.items():
                book[sheet.title].cell(at, columns[key]).value = value  # type: ignore[assignment]  # what people write into cells
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


async def taken(office: Office, year: int, data: bytes, *more: str) -> tuple[str, int]:
    """What `import-year` says of a workbook, and its exit code."""
    path = office.folder.parent / "year.xlsx"
    path.write_bytes(data)
    return await perform(office.app, ["import-year", str(year), str(path), *more], "vi")
