"""An invented office of any plan: thirty posts in six units, each with a chat on one of three looks."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from bot.channels import LOCAL
from bot.language.text import fold
from bot.movement import Plan
from bot.server.office import plan_hash
from storage import chats, deadlines, people, plans, settings
from storage.db import Database, Tx

UNITS = {
    "": ("chief", "deputy", "office", "office", "drafter", "leader", "admin"),
    "WA": ("head", "deputy", "drafter", "officer", "officer", "officer"),
    "WB": ("head", "deputy", "officer", "officer", "drafter"),
    "WC": ("deputy", "officer", "officer", "drafter", "officer"),
    "WD": ("head", "officer", "officer", "admin"),
    "WU": ("union", "officer", "head"),
}
"""Roles by unit; "" is the desk's own; WC has no head; WU is of a union where the plan has one."""
GIVEN = (
    *("An", "Bình", "Chi", "Dung", "Giang", "Hà", "Khánh", "Lan", "Minh", "Nga", "Oanh", "Phúc", "Quý", "Sơn", "Tâm"),
    *("Uyên", "Vân", "Xuân", "Yến", "Đạt", "Hùng", "Hưng", "Linh", "Thảo", "Hải", "Lan", "Đức", "Mai", "Tuấn", "Bảo"),
)
"""One a post; two that differ by a mark are in one unit, two are called alike in two units."""
SAME = {("WD", "head"): ("WB", "head"), ("WU", "officer"): ("WA", "officer")}
"""Posts of somebody who holds another one already."""
PLACES = (("telegram", "keyboard"), ("zalo", "plain"), (LOCAL, "web"))


@dataclass(frozen=True, slots=True)
class Seat:
    """A chat as the walker finds it: where it is, and on which look."""

    channel: str
    address: str
    look: str


async def make_invented(path: Path, text: str, begins: datetime) -> list[Seat]:
    """Make the office's file; the seats of its people."""
    db = Database(path)
    await db.open()
    try:
        return await db.write(lambda tx: list(_people(tx, text, begins)))
    finally:
        await db.close()


def _people(tx: Tx, text: str, begins: datetime) -> Iterator[Seat]:
    plan = Plan.kept(text)
    plans.take(tx, hash=plan_hash(text), text=text, now=begins)
    settings.allow_stepping(tx)
    owing, unions = ([kind for kind in plan.unit_kinds if kind.union is union] for union in (False, True))
    names, first = iter(GIVEN), dict[tuple[str, str], tuple[int, str]]()
    for place, (unit, roles) in enumerate(UNITS.items()):
        code = unit or plan.office.desk_unit
        kind = unions[0] if unit == "WU" and unions else owing[place % len(owing)]
        people.add_unit(tx, code=code, name=f"{kind.name.capitalize()} Ví Dụ {place + 1}", kind=kind.code)
        for role in roles:
            human, name = first.get(SAME.get((unit, role), ("", "")), (None, ""))
            name = name or f"Trần Ví {next(names)}"
            id = people.add_person(
                tx, name=name, name_fold=fold(name), position="", kind="cong_chuc", unit=code, role=role
            )
            first.setdefault((unit, role), (id, name))
            if human is not None:
                people.join(tx, post=id, human=human)
                continue
            for seat in _seats(id):
                chat = chats.at(tx, channel=seat.channel, address=seat.address, look=seat.look)
                chats.link(tx, chat=chat.id, person=id)
                yield seat
    _years(tx, plan, begins)


def _seats(id: int) -> Iterator[Seat]:
    """Yield where somebody is spoken with: one messenger or the page, of every fifth person two."""
    for n in (id, *([id + 1] if id % 5 == 0 else [])):
        channel, look = PLACES[n % len(PLACES)]
        yield Seat(channel, f"{7000 + id}", look)


def _years(tx: Tx, plan: Plan, begins: datetime) -> None:
    """Open the year that is, and the one before quietly; half of the dates that the office has to set are set."""
    for year in (begins.year - 1, begins.year):
        if plan.first_year <= year <= plan.last_year:
            deadlines.open_year(tx, year=year, quiet=year < begins.year, now=begins)
    unset = [duty for duty in plan.all_duties if duty.owed_in(begins.year) and duty.last_day(begins.year) is None]
    for duty in unset[::2]:
        day: date = duty.opening(begins.year) + timedelta(days=40)
        deadlines.set_last_day(tx, duty=duty.code, year=begins.year, day=day, basis="Công văn số 12", by=1, now=begins)
