"""What is dropped, withdrawn, put aside or said by strangers is gone from every table within a day; what is filed stays."""

import gc
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.channels.messages import Incoming, Unreadable
from bot.language.text import fold
from storage import forgetting
from storage.db import Tx
from tests.conftest import Office, OpenOffice, running
from tests.messenger import Messenger, at_the_desk
from tests.sheets import sheet

PLANTED = "Thạch sùng vàng óng"
DAY = timedelta(days=1)


async def where(office: Office, planted: str = PLANTED) -> dict[str, int]:
    """In which columns a text stands, as it was typed or folded."""
    found: dict[str, int] = {}
    for (table,) in await office.rows(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    ):
        for (column,) in await office.rows(f"SELECT name FROM pragma_table_info('{table}')"):
            texts = " OR ".join(f"INSTR(CAST(\"{column}\" AS TEXT), '{text}')" for text in (planted, fold(planted)))
            if n := (await office.rows(f'SELECT COUNT(*) FROM "{table}" WHERE {texts}'))[0][0]:
                found[f"{table}.{column}"] = n
    return found


async def after_a_day(office: Office) -> None:
    await office.app.move(office.app.now() + DAY)


def in_the_file(path: Path, planted: str) -> list[str]:
    """In which files beside the database the bytes of a text are left."""
    return [each.name for each in path.parent.glob(path.name + "*") if planted.encode() in each.read_bytes()]


@pytest.fixture
async def closed(demo_file: Path) -> AsyncIterator[list[str]]:
    """Planted texts that must not be left in the file once it is closed."""
    planted: list[str] = []
    yield planted
    gc.collect()
    for text in planted:
        assert in_the_file(demo_file, text) == []


FORM = ("/dangky sk", PLANTED, "3")


@pytest.mark.slow
async def test_a_sheet_that_is_dropped_leaves_no_word(closed: list[str], office: Office) -> None:
    await office.says("officer", *FORM, "sửa 1", PLANTED + " hai", "quay lại", "xem phiếu")
    assert "answer.value" in await where(office)
    await office.says("officer", "hủy", "xóa phiếu")
    assert not {"answer.value", "draft.notes"} & set(await where(office)), "answers go at once"
    await after_a_day(office)
    assert await where(office) == {}
    assert await office.value("SELECT COUNT(*) FROM draft WHERE state = 'dropped'") == 0
    closed.append(PLANTED)


async def test_files_of_a_dropped_sheet_go_with_it(closed: list[str], office: Office) -> None:
    path = office.folder.parent / "minh chung.pdf"
    path.write_bytes(b"%PDF " + PLANTED.encode())
    await office.says("officer", "/dangky sk", "Kho bản vẽ dùng chung", "3", "sửa tóm tắt", f":file {path}", "xong")
    assert await office.value("SELECT COUNT(*) FROM content") == 1
    await office.says("officer", "hủy", "xóa phiếu")
    assert await office.value("SELECT COUNT(*) FROM content") == 0
    closed.append(PLANTED)


async def test_a_sheet_that_is_only_left_is_kept(office: Office) -> None:
    await office.says("officer", *FORM, "thoát")
    await after_a_day(office)
    assert "answer.value" in await where(office)


@pytest.mark.slow
async def test_who_withdraws_is_forgotten_but_for_what_the_office_must_keep(closed: list[str], office: Office) -> None:
    officer = await office.value("SELECT id FROM person WHERE name = 'Nông Văn Mẫu'")
    await office.app.db.write(lambda tx: tx.run("UPDATE person SET phone = '+84912345678' WHERE id = :id", id=officer))
    await office.says("officer", *sheet("Rà soát quy trình một cửa", "nv", "17/12/2027"))
    filed = await office.value(f"SELECT COUNT(*) FROM initiative WHERE by = {officer}")
    await office.says("officer", *FORM, "thoát", PLANTED)
    said = await office.says("officer", "/rutdongy")
    assert "phiếu đã đăng ký, báo cáo đã gửi kèm tên tác giả" in said
    said = await office.says("officer", "/rutdongy co")
    assert "được xóa trong vòng một ngày" in said
    await after_a_day(office)
    assert await where(office) == {}
    assert await where(office, "+84912345678") == {}
    assert await office.value(f"SELECT COUNT(*) FROM initiative WHERE by = {officer}") == filed
    assert await office.value(f"SELECT COUNT(*) FROM author WHERE person = {officer}")
    closed += [PLANTED, "+84912345678"]


@pytest.mark.slow
async def test_where_somebody_was_on_a_messenger_is_forgotten_and_they_come_back_as_strangers(demo_file: Path) -> None:
    messenger = Messenger()
    async with at_the_desk(demo_file, messenger) as desk:
        office = Office(desk.app, demo_file)
        address = await desk.seat("officer", messenger, Messenger("second"))
        receive = desk.app.intake.of(messenger)
        for n, text in enumerate([*FORM, "/rutdongy co"]):
            await receive(Incoming(address, f"m{n}", text))
            await desk.app.dispatcher.idle()
        await desk.app.drain()
        assert (await where(office, address))["chat.address"] == 1, "the other one is forgotten at once"
        await desk.app.move(desk.app.now() + DAY)
        assert "chat.address" not in await where(office, address)
        assert await where(office) == {}
        await receive(Incoming(address, "again", "xin chào"))
        await desk.app.dispatcher.idle()
        assert await office.rows(f"SELECT person FROM chat WHERE address = '{address}'") == [(None,)]


async def test_of_strangers_and_groups_no_word_is_kept(closed: list[str], office: Office) -> None:
    await office.says("stranger:9", PLANTED, "/viec " + PLANTED, PLANTED)
    assert await where(office) == {}
    closed.append(PLANTED)


@pytest.mark.slow
async def test_what_could_not_be_answered_or_read_is_there_for_a_day(
    closed: list[str], demo_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    messenger = Messenger()
    async with at_the_desk(demo_file, messenger) as desk:
        office = Office(desk.app, demo_file)
        address = await desk.seat("officer", messenger)
        receive = desk.app.intake.of(messenger)

        def bad(*_: object) -> None:
            raise RuntimeError("a bug")

        with monkeypatch.context() as broken:
            broken.setattr("bot.delivery.turn.answer", bad)
            await receive(Incoming(address, "m1", PLANTED))
            await desk.app.dispatcher.idle()
        await receive(Unreadable("u1", {"odd": PLANTED}))
        assert (await where(office))["inbox.body"] == 2
        await desk.app.move(desk.app.now() + DAY)
        assert await where(office) == {}
        assert await office.value("SELECT COUNT(*) FROM inbox WHERE state = 'parked'") == 0
    closed.append(PLANTED)


async def test_what_is_erased_is_counted_by_table(office: Office) -> None:
    await office.says("officer", *FORM, "hủy", "xóa phiếu")

    def sweep(tx: Tx) -> dict[str, int]:
        return forgetting.sweep(tx, said_before=office.app.now(), aside_before=office.app.now())

    counts = await office.app.db.write(sweep)
    assert counts["draft"] >= 1
    assert counts["inbox"] >= 4
    assert counts["outbox"] >= 4
    assert (await office.app.db.write(sweep)).get("inbox", 0) == 0, "nothing is left for a second time"


async def test_a_conversation_that_goes_on_is_not_touched(open_office: OpenOffice) -> None:
    office = await open_office()
    await office.says("head", "/viec")
    before = await office.value("SELECT COUNT(*) FROM inbox WHERE body IS NOT NULL")
    await office.says("officer", *FORM, "hủy", "xóa phiếu", "/viec")
    await after_a_day(office)
    heads = "SELECT COUNT(*) FROM inbox JOIN chat ON chat.id = inbox.chat JOIN person ON person.id = chat.person WHERE body IS NOT NULL AND person.name = 'Hoàng Văn Thử'"
    assert await office.value(heads) == before


# What others have written, and what has not been answered yet --------------------------------------


async def test_colleagues_keep_what_they_wrote_in_a_sheet_of_the_unit(office: Office) -> None:
    await office.says("head", "/baocao 2027", "đúng số liệu", "5/5", "12/12", "30,5")
    assert "đã soạn" in await office.says("Nông Thị Phác Thảo", "/baocao 2027", "5/5")
    await office.says("Nông Thị Phác Thảo", "/rutdongy co")
    head = await office.value("SELECT id FROM person WHERE name = 'Hoàng Văn Thử'")
    assert await office.rows("SELECT DISTINCT by FROM answer") == [(head,)]
    assert await office.rows("SELECT person, state FROM draft") == [(head, "open")]
    assert "Chỉ tiêu 6" in (await office.says("head", "/baocao 2027")).split("\n")[0]


async def test_a_message_of_a_second_device_that_waits_is_over_when_its_writer_withdraws(demo_file: Path) -> None:
    async with running(demo_file, "2027-10-18T08:30") as office:

        def waits(tx: Tx) -> None:
            tx.run(
                "INSERT INTO chat (channel, address, look, person) SELECT 'local', 'web:b', 'web', id FROM person WHERE name = 'Nông Văn Mẫu'"
            )
            tx.run(
                """INSERT INTO inbox (chat, message, edit, body, at, state)
                   SELECT id, 'w1', 0, '{"text": "chào"}', '2027-10-18T01:00:00.000000Z', 'new' FROM chat WHERE address = 'web:b'"""
            )

        await office.app.db.write(waits)
        await office.says("officer", "/rutdongy co")
    async with running(demo_file, "2027-10-18T08:40") as office:
        await office.app.drain()
        assert await office.rows("SELECT state, body FROM inbox WHERE message = 'w1'") == [("done", None)]
