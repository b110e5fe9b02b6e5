"""Makes an invented office's database: its people, and its story so far."""

from datetime import datetime
from pathlib import Path

from bot.channels import LOCAL
from bot.language import fold
from bot.movement import Plan
from bot.server.clock import Clock, at_office
from bot.server.demo import story
from bot.server.demo.tables import InventedOffice, office_of
from bot.server.office import plan_hash
from bot.server.settings import PLAN
from storage import chats, people, plans, settings
from storage.db import Database, Reader, Tx

FIRST = office_of(PLAN.stem)
"""The office that the demo plays unless it is told otherwise."""
BEGINS = FIRST.begins
MARK, TIME = "demo", "demo_time"

KINDS = {"công chức": "cong_chuc", "viên chức": "vien_chuc", "người lao động": "nguoi_lao_dong"}


async def make(path: Path, plan_text: str, told: InventedOffice = FIRST) -> None:
    """Make the file; it appears under its name only when it is whole."""
    part = path.with_name(path.name + ".part")
    for old in path.parent.glob(part.name + "*"):
        old.unlink()
    db = Database(part)
    await db.open()
    try:
        plan, hash = Plan.parse(plan_text), plan_hash(plan_text)
        await db.write(lambda tx: plans.take(tx, hash=hash, text=plan_text, now=at_office(told.begins)))
        await db.write(lambda tx: _people(tx, plan, told))
        await db.write(lambda tx: story.tell(tx, plan, hash, told))
        await db.write(lambda tx: settings.put(tx, MARK, told.name))
        await db.write(lambda tx: settings.put(tx, TIME, told.begins))
        await db.write(settings.allow_stepping)
    finally:
        await db.close()
    part.replace(path)


def _people(tx: Tx, plan: Plan, told: InventedOffice) -> None:
    owing = next(kind.code for kind in plan.unit_kinds if not kind.union)
    for row in told.rows("units"):
        people.add_unit(
            tx,
            code=row["code"],
            name=row["name"],
            kind=row["kind"] if plan.unit_kind(row["kind"]) else owing,  # a plan may be tried with these people
            seal=bool(row["seal"]),
            head_title=row["head_title"],
        )
    for row in told.rows("people"):
        id = people.add_person(
            tx,
            name=row["name"],
            name_fold=fold(row["name"]),
            position=row["position"],
            kind=KINDS[row["kind"]],
            unit=row["unit"],
            role=row["role"],
        )
        if row["name"] != told.story["unreached"]:
            chat = chats.at(tx, channel=LOCAL, address=f"person:{id}", look="web")
            chats.link(tx, chat=chat.id, person=id)


async def told_in(reader: Reader) -> InventedOffice | None:
    """Return the invented office of a database; None for a real one's."""
    mark = await reader.one(settings.NAMED, name=MARK)
    return None if mark is None else office_of(mark.value)


# The demo's own time --------------------------------------------------------------------------


async def is_demo(path: Path) -> bool:
    """Whether this is a demo's database."""
    async with Reader.opened(path) as reader:
        return await told_in(reader) is not None


async def time_of(path: Path) -> datetime:
    """Return where a database's time stands: the demo keeps its own, any other has the office's."""
    async with Reader.opened(path) as reader:
        kept = await reader.one(settings.NAMED, name=TIME)
    return at_office(kept.value) if kept is not None else Clock().now()


async def keep_time(db: Database, now: datetime) -> None:
    """Store where the demo's time stands for the next visit."""
    await db.write(lambda tx: settings.put(tx, TIME, now.isoformat(timespec="seconds")))
