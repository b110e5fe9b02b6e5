"""Who leaves, moves or gets another post: shown first, done on the server, told to the person, never to nobody's cost."""

import sqlite3
from pathlib import Path

import pytest

from bot.language.i18n import Words
from bot.office.roster import personnel
from bot.office.roster.personnel_steps import WantedChange
from storage.db import Tx
from tests.conftest import Office
from tests.process.test_bad_input import thidua
from tests.server import Server

pytestmark = pytest.mark.slow

MAU = "Nông Văn Mẫu"


async def shown(office: Office, wanted: WantedChange, apply: bool = False) -> str:
    """What the command says; done with `apply`."""

    def work(tx: Tx) -> str:
        words = Words("vi", terms=office.app.plan.terms)
        change = personnel.plan_change(tx, office.app.plan, wanted, personnel.Wish(office.app.office, office.app.now()))
        if change.why is not None:
            return words.say(change.why)
        if apply:
            personnel.make_change(tx, change, office.app.office, office.app.now())
        return "\n".join(words.say(line) for line in change.lines)

    said = await office.app.db.write(work)
    office.app.woken()
    return said


async def post(office: Office, name: str = MAU) -> object:
    """The role and the unit of somebody, and whether they are active."""
    return (await office.rows(f"SELECT role, unit, active FROM person WHERE name = '{name}'"))[0]


async def test_a_role_is_shown_first_then_changed_noted_and_told(office: Office) -> None:
    await office.says("officer", "/viec")
    said = await shown(office, WantedChange(MAU, role="phó trưởng phòng"))
    assert "vai trò: chuyên viên → cấp phó" in said
    assert await post(office) == ("officer", "QLXD", 1)
    await shown(office, WantedChange(MAU, role="phó trưởng phòng"), apply=True)
    assert await post(office) == ("deputy", "QLXD", 1)
    assert await office.value("SELECT COUNT(*) FROM audit WHERE what = 'person_changed'") == 1
    heard = await office.says("officer", ":wait 1m", "/viec")
    assert "được quản trị thay đổi trên máy chủ" in heard
    assert "vai trò «cấp phó»" in heard


async def test_who_moves_takes_nothing_of_the_unit_along(office: Office) -> None:
    head = "Hoàng Văn Thử"
    id = await office.value(f"SELECT id FROM person WHERE name = '{MAU}'")
    await office.says("head", f"/xulythay {id}")
    said = await shown(office, WantedChange(MAU, unit="Thanh tra Sở"), apply=True)
    assert "đơn vị: Phòng Quản lý xây dựng → Thanh tra Sở" in said
    assert "không xử lý thay" in said
    assert await post(office) == ("officer", "TTr", 1)
    assert await office.value(f"SELECT stands_in FROM person WHERE name = '{head}'") is None


async def test_who_leaves_is_a_stranger_at_once_and_keeps_the_name_on_what_was_filed(office: Office) -> None:
    await office.says("officer", "/viec")
    authors = "SELECT COUNT(*) FROM author JOIN person ON person.id = author.person WHERE person.name = 'Nông Văn Mẫu'"
    before = await office.value(authors)
    said = await shown(office, WantedChange(MAU, end=True), apply=True)
    assert "từ nay Trợ lý coi như người lạ" in said
    assert await post(office) == ("officer", "QLXD", 0)
    assert (
        await office.value("SELECT COUNT(*) FROM chat JOIN person ON person.id = chat.person WHERE NOT person.active")
        == 0
    )
    assert await office.value(authors) == before
    code_before = await office.value("SELECT COUNT(*) FROM invite WHERE used IS NULL")
    assert code_before == 0
    assert "--back" in await shown(office, WantedChange(MAU, role="trưởng phòng"))
    await shown(office, WantedChange(MAU, back=True), apply=True)
    assert await post(office) == ("officer", "QLXD", 1)


@pytest.mark.parametrize(
    "wanted", [WantedChange("La Văn Thử Nghiệm", end=True), WantedChange("La Văn Thử Nghiệm", role="chuyên viên")]
)
async def test_the_last_administrator_stays(office: Office, wanted: WantedChange) -> None:
    assert "quản trị viên cuối cùng" in await shown(office, wanted, apply=True)
    assert await post(office, "La Văn Thử Nghiệm") == ("admin", "VP", 1)
    await shown(office, WantedChange(MAU, role="quản trị"), apply=True)
    await shown(office, wanted, apply=True)
    assert await post(office, "La Văn Thử Nghiệm") != ("admin", "VP", 1)


async def test_a_wrong_mark_is_mended_and_a_like_name_means_nobody(office: Office) -> None:
    assert "#" in await shown(office, WantedChange("Nong Van Mau", end=True), apply=True)
    assert "#" in await shown(office, WantedChange("Nông Văn Mâu", end=True), apply=True)
    assert await post(office) == ("officer", "QLXD", 1)
    assert "họ tên: Nông Văn Mẫu → Nông Văn Mậu" in await shown(
        office, WantedChange(MAU, name="Nông Văn  Mậu"), apply=True
    )
    assert await post(office, "Nông Văn Mậu") == ("officer", "QLXD", 1)


async def test_two_of_one_name_are_told_apart_by_what_is_typed(office: Office) -> None:
    def work(tx: Tx) -> None:
        tx.run(
            "UPDATE person SET name = 'Nông Văn Mẫu', phone = '+84912000077', number = '17', unit = 'TTr' WHERE id = 33"
        )

    await office.app.db.write(work)
    assert "#33 Nông Văn Mẫu (TTr" in await shown(office, WantedChange(MAU, end=True))
    for who, of in ((MAU, "ttr"), ("#33", None), ("0912 000 077", None), ("17", None)):
        assert "Thanh tra" in await shown(office, WantedChange(who, of, end=True))


async def test_a_second_head_and_a_unit_without_one_are_said(office: Office) -> None:
    assert "đã có người đứng đầu: " in await shown(office, WantedChange(MAU, role="trưởng phòng"))
    assert "không còn người đứng đầu" in await shown(office, WantedChange("Hoàng Văn Thử", role="chuyên viên"))
    assert "Các vai trò: chuyên viên" in await shown(office, WantedChange(MAU, role="sếp"))
    assert "Không có đơn vị KHONG" in await shown(office, WantedChange(MAU, unit="KHONG"))
    assert "Không có gì thay đổi" in await shown(office, WantedChange(MAU, role="chuyên viên"))


def test_the_command_shows_and_writes(demo_file: Path) -> None:
    db = ("--db", str(demo_file))
    first = thidua("person", MAU, "--role", "trưởng phòng", *db)
    assert first.returncode == 0, first.stderr
    assert "Chưa ghi gì" in first.stdout
    assert thidua("person", MAU, "--role", "trưởng phòng", "--apply", *db).returncode == 0
    with sqlite3.connect(demo_file) as file:
        assert file.execute(f"SELECT role FROM person WHERE name = '{MAU}'").fetchone() == ("head",)
    file.close()


async def test_an_import_and_a_change_beside_a_running_server_are_done_by_it(demo_file: Path) -> None:
    import asyncio

    server, db = Server(demo_file), ("--db", str(demo_file))
    await server.start()
    try:
        await server.ready()
        roster = Path(__file__).parents[1] / "rosters/44a-eth.xlsx"
        done = await asyncio.to_thread(thidua, "import", str(roster), "--apply", *db)
        assert done.returncode == 0, done.stdout + done.stderr
        bad = await asyncio.to_thread(thidua, "import", str(roster.with_name("05-old.xls")), "--apply", *db)
        assert "kiểu cũ (.xls)" in bad.stdout
        ended = await asyncio.to_thread(thidua, "person", "Đào Văn Mẫu", "--end", "--apply", *db)
        assert ended.returncode == 0, ended.stdout + ended.stderr
    finally:
        await server.kill()
    with sqlite3.connect(demo_file) as file:
        assert file.execute("SELECT active FROM person WHERE name = 'Đào Văn Mẫu'").fetchall() == [(0,)]
    file.close()
