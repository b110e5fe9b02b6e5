"""Makes the demo's database: 14 units, some 60 plainly invented people, 2026 filed, 2027 under way."""

import csv
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from bot.channels import LOCAL
from bot.language import fold
from bot.movement import Plan
from bot.server.clock import Clock, at_office
from bot.server.demo import story
from bot.server.office import plan_hash
from storage import chats, people, plans, settings
from storage.db import Database, Reader, Tx

HERE = Path(__file__).parent
BEGINS = "2027-10-18T08:30"
"""A Monday: the reporting period opened on Friday, and the visitor sees what the morning brings."""
MARK, TIME = "demo", "demo_time"

PERSONAE: Mapping[str, str] = {"officer": "Nông Văn Mẫu", "head": "Hoàng Văn Thử", "office": "Lương Thị Nháp"}
"""The three people a visitor can be."""

UNREACHED = "Đàm Thị Ước Lệ"
"""One head has no chat: the office's list has to say so."""

KINDS = {"công chức": "cong_chuc", "viên chức": "vien_chuc", "người lao động": "nguoi_lao_dong"}


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of one of the demo's tables."""
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


async def make(path: Path, plan_text: str) -> None:
    """Make the file; it appears under its name only when it is whole."""
    part = path.with_name(path.name + ".part")
    for old in path.parent.glob(part.name + "*"):
        old.unlink()
    db = Database(part)
    await db.open()
    try:
        plan, hash = Plan.parse(plan_text), plan_hash(plan_text)
        await db.write(lambda tx: plans.take(tx, hash=hash, text=plan_text, now=at_office(BEGINS)))
        await db.write(_people)
        await db.write(lambda tx: story.tell(tx, plan, hash, rows("titles.csv")))
        await db.write(lambda tx: settings.put(tx, MARK, "1"))
        await db.write(lambda tx: settings.put(tx, TIME, BEGINS))
        await db.write(settings.allow_stepping)
    finally:
        await db.close()
    part.replace(path)


def _people(tx: Tx) -> None:
    for row in rows("units.csv"):
        seal = row["code"] == "CCGD" or row["kind"] == "don_vi"
        people.add_unit(
            tx, code=row["code"], name=row["name"], kind=row["kind"], seal=seal, head_title=row["head_title"]
        )
    for row in rows("people.csv"):
        id = people.add_person(
            tx,
            name=row["name"],
            name_fold=fold(row["name"]),
            position=row["position"],
            kind=KINDS[row["kind"]],
            unit=row["unit"],
            role=row["role"],
        )
        if row["name"] != UNREACHED:
            chat = chats.at(tx, channel=LOCAL, address=f"person:{id}", look="web")
            chats.link(tx, chat=chat.id, person=id)


# The demo's own time --------------------------------------------------------------------------


async def is_demo(path: Path) -> bool:
    """Whether this is a demo's database."""
    async with Reader.opened(path) as reader:
        return await reader.one(settings.NAMED, name=MARK) is not None


async def time_of(path: Path) -> datetime:
    """Return where a database's time stands: the demo keeps its own, any other has the office's."""
    async with Reader.opened(path) as reader:
        kept = await reader.one(settings.NAMED, name=TIME)
    return at_office(kept.value) if kept is not None else Clock().now()


async def keep_time(db: Database, now: datetime) -> None:
    """Store where the demo's time stands for the next visit."""
    await db.write(lambda tx: settings.put(tx, TIME, now.isoformat(timespec="seconds")))
