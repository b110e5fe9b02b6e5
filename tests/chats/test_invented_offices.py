"""The demo's invented offices: each lives by its shipped plan, tells its own story and knows no word of another's."""

import json
import re
from pathlib import Path

import pytest

from bot.movement import Plan
from bot.server.clock import at_office
from bot.server.demo import office as demo_office
from bot.server.demo.tables import InventedOffice, names, office_of
from storage import people, settings
from storage.db import Database
from tests.conftest import SCHOOL, OpenOffice

STRANGE = re.compile(r"\b(Sở|SXD|UBND tỉnh|Trưởng phòng|Chánh|công chức|chuyên viên|giấy|ram|Lạng Sơn)\b")
"""Words of the first plan's office, which a school has no use for."""


def test_every_office_has_a_shipped_plan() -> None:
    assert {"langson-sxd-2026-2030", SCHOOL.name} == set(names())
    assert all(office_of(name).plan.exists() for name in names())
    assert office_of("co-quan-toi") == demo_office.FIRST, "any other plan is tried with the first office's people"


@pytest.mark.parametrize("name", names())
def test_a_story_tells_of_its_own_people_alone(name: str) -> None:
    told = office_of(name)
    everybody = [row["name"] for row in told.rows("people")]
    assert len(set(everybody)) == len(everybody)
    assert {*told.personae.values(), told.story["unreached"]} <= set(everybody)
    others = {row["name"] for other in names() if other != name for row in office_of(other).rows("people")}
    assert not others & set(everybody)


@pytest.mark.parametrize("name", names())
def test_its_units_are_of_the_kinds_of_its_plan(name: str) -> None:
    told = office_of(name)
    plan = Plan.parse(told.plan.read_text(encoding="utf-8"))
    assert {row["kind"] for row in told.rows("units")} <= {kind.code for kind in plan.unit_kinds}


async def test_a_visitor_can_be_three_people_of_the_school(open_school: OpenOffice) -> None:
    school = await open_school()
    async with school.app.db.snapshot() as snapshot:
        everybody = {person.name: person.role for person in await snapshot.all(people.EVERYBODY)}
    assert [everybody[name] for name in SCHOOL.personae.values()] == ["officer", "head", "office"]
    for who in SCHOOL.personae:
        assert "Đổi mới, sáng tạo trong dạy và học" in await school.says(who, "menu")


async def test_the_file_says_whose_office_it_is(open_school: OpenOffice) -> None:
    school = await open_school()
    assert await demo_office.told_in(await school.app.db.reader()) == SCHOOL


async def test_a_demo_made_before_there_were_two_is_the_first(demo_file: Path) -> None:
    db = Database(demo_file)
    await db.open()
    await db.write(lambda tx: settings.put(tx, demo_office.MARK, "1"))
    told: InventedOffice | None = await demo_office.told_in(await db.reader())
    await db.close()
    assert told == demo_office.FIRST
    assert await demo_office.time_of(demo_file) == at_office(demo_office.BEGINS)


async def test_the_school_reads_no_word_of_another_office(open_school: OpenOffice) -> None:
    """On its first morning, and of what comes by itself until its reports are overdue."""
    school = await open_school()
    for who, lines in {
        "officer": ("menu", "việc", "của tôi", "trợ giúp", "/dangky", "tiến độ"),
        "head": ("việc", "/donvi", "/xacnhan", "/baocao 2027", "thoát", "lịch nhắc"),
        "office": ("việc", "/tonghop 2027", "/tonghop 2026", "/chuagui", "/tiepnhan", "/thoihan", "lịch nhắc"),
    }.items():
        await school.says(who, *lines)
    await school.says("head", ":clock 2027-06-04T08:00", ":clock 2027-06-09T10:30")
    rows = await school.rows("SELECT body FROM outbox WHERE body IS NOT NULL")
    said = [json.dumps(json.loads(body), ensure_ascii=False) for (body,) in rows]
    assert len(said) > 40
    assert not [each for each in said if STRANGE.search(each)]
