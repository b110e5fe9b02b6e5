"""An office goes on under a plan that asks for less: what its records say of the rest troubles nobody."""

import logging
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.movement import Plan
from bot.server.clock import at_office
from bot.server.plan_trial import LOOKS
from tests.conftest import PLAN_TEXT, running
from tests.old_files import put_in_force, without

LESS = PLAN_TEXT
for _table, _code, _key in (
    ("figures", "II.3.1", "code"),
    ("targets", "6", "code"),
    ("radar", "6", "target"),
    ("sections", "uu_diem", "code"),
    ("sections", "vuong_mac", "code"),
    ("sections", "kien_nghi", "code"),
    ("review_sections", "kho_khan", "code"),
    ("review_sections", "thoi_gian_toi", "code"),
    ("union_sections", "van_dong", "code"),
    ("duties", "provincial", "code"),
):
    LESS = without(LESS, _table, _code, _key)
"""Without a figure, a target that is watched, sections that the summary speaks of, and a report of the office's own."""
SAYS = (
    *(f"/{look}" for look in LOOKS),
    *(
        "/tonghop 2026",
        "/tonghop 2027",
        "/xembaocao 2026 QLXD",
        "/xembaocao 2027 KHTC",
        "/lichnhac tatca",
        "/chaythu 2027",
    ),
    *("/congnhan", "/tiepnhan", "/dulieucuatoi", "/dondoc", "/baocao 2026", "/baocaotinh", "/menu"),
)


@pytest.mark.slow
@pytest.mark.timeout(300)
async def test_everybody_goes_on_to_the_end_of_the_year(demo_file: Path, caplog: pytest.LogCaptureFixture) -> None:
    Plan.parse(LESS)
    now = "2027-10-17T00:00:00.000000Z"
    async with running(demo_file, "2027-10-18T08:30") as office:
        await office.says("head", "/baocao 2027", "Đúng số liệu")
        await office.says("office", "/baocaotinh")
    with closing(sqlite3.connect(demo_file)) as file, file:
        person = file.execute("SELECT id FROM person WHERE name = 'Hoàng Văn Thử'").fetchone()[0]
        file.execute("INSERT INTO deadline VALUES ('provincial', 2027, '2027-12-01', 'QĐ', ?, ?, NULL)", (person, now))
        file.execute("INSERT INTO promise VALUES ('VP', 'provincial', 2027, '2027-12-02', ?, ?)", (person, now))
        file.execute("INSERT INTO delegate VALUES ('VP', 'provincial', 2027, ?, ?, ?)", (person, person, now))
        file.execute(
            "INSERT INTO fulfilment (duty, unit, year, day, at) VALUES ('provincial', 'VP', 2026, '2026-12-01', ?)",
            (now,),
        )
    put_in_force(demo_file, LESS)
    caplog.set_level(logging.ERROR)
    async with running(demo_file, "2027-10-18T09:30") as office:
        for who in ("officer", "head", "office", "Nông Thị Tượng Trưng"):
            for text in SAYS:
                said = await office.says(who, text)
                assert "van_dong" not in said
                assert "kien_nghi" not in said
        await office.says("head", "/baocao 2027", "xem phiếu", "tiếp tục", "quay lại")
        await office.app.move(at_office("2027-12-31T17:00"))
        assert await office.value("SELECT COUNT(*) FROM inbox WHERE state = 'parked'") == 0
        assert "2027" in await office.says("office", "/tonghop 2027")
    assert [record.getMessage() for record in caplog.records] == []


async def test_a_sheet_of_a_kind_that_is_gone_is_kept(demo_file: Path) -> None:
    """Nobody has sent one of it, so that the plan may drop it; whoever was writing one is told, and it comes back."""
    with closing(sqlite3.connect(demo_file)) as file, file:
        file.execute("DELETE FROM author WHERE initiative IN (SELECT id FROM initiative WHERE kind = 'mh')")
        file.execute("DELETE FROM recognition WHERE initiative IN (SELECT id FROM initiative WHERE kind = 'mh')")
        file.execute("DELETE FROM initiative WHERE kind = 'mh'")
    async with running(demo_file, "2027-10-18T08:30") as office:
        await office.says("officer", "/dangky mh", "Tổ tự học trí tuệ nhân tạo của phòng", "3")
    kind = PLAN_TEXT.index('[[kinds]]\ncode = "mh"')
    put_in_force(demo_file, PLAN_TEXT[:kind] + PLAN_TEXT[PLAN_TEXT.index('[[kinds]]\ncode = "nv"') :])
    async with running(demo_file, "2027-10-18T09:30") as office:
        assert "không còn phiếu này" in await office.says("officer", "Mỗi tuần một giờ")
        assert "Tổ tự học" not in await office.says("officer", "/viec")
        mine = await office.says("officer", "/dulieucuatoi")
        assert "Tổ tự học trí tuệ nhân tạo của phòng" in mine
        assert await office.value("SELECT COUNT(*) FROM inbox WHERE state = 'parked'") == 0
    put_in_force(demo_file, PLAN_TEXT)
    async with running(demo_file, "2027-10-18T10:30") as office:
        assert "Tổ tự học trí tuệ nhân tạo của phòng" in await office.says("officer", "/dangky mh", "xem phiếu")
