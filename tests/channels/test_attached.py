"""Files that people send: fetched beside everything else, in order within a chat; what may not be kept is gone."""

import asyncio
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.channels.telegram import request
from bot.delivery import attachments
from storage import chats, files
from storage.db import Database
from tests.conftest import Office
from tests.fakes.telegram import HANG, STUCK, FakeTelegram
from tests.phones import Phones, listening, on_telegram, until


@pytest.fixture(autouse=True)
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attachments, "PAUSE", 0.05)


async def shown(server: FakeTelegram, chat: int, text: str, within: float = 3.0) -> None:
    """Wait until a phone shows this."""
    await until(lambda: any(text in each.text for each in server.shown.get(str(chat), ())), within)


async def files_of(phones: Phones, what: str = "COUNT(*)") -> object:
    return await phones.app.db.write(
        lambda tx: tx.value(f"SELECT {what} FROM file JOIN content USING (sha256) WHERE kind <> 'image/png'")
    )


async def at_the_files(phones: Phones, who: str = "officer") -> int:
    """Somebody whose sheet asks for files."""
    assert "Câu 4/6" in await phones.says(who, "/dangky sk", "Kho bản vẽ hoàn công dùng chung", "3", "sửa tóm tắt")
    return await phones.chat(who)


# Beside everything else ---------------------------------------------------------------------------


async def test_a_slow_file_holds_up_its_own_chat_only(phones: Phones, server: FakeTelegram) -> None:
    officer, head = await at_the_files(phones), await phones.chat("head")
    server.files_come.clear()
    server.attaches(officer, "ban ve.pdf", b"%PDF")
    server.types(officer, "xong")
    await asyncio.sleep(0.2)
    server.types(head, "/viec")
    await shown(server, head, "Việc của đồng chí Thử")
    assert not server.updates, "polls go on and confirm"
    before = len(server.shown[str(officer)])
    assert "Câu 4/6" in server.shown[str(officer)][-1].text
    server.files_come.set()
    await phones.settled()
    after = [each.text for each in server.shown[str(officer)][before:]]
    assert len(after) == 1
    assert "Câu 3/3" in after[0], "«xong» was taken after the file, in the order they were sent"
    assert await files_of(phones) == 1


async def test_a_file_that_was_being_fetched_is_fetched_after_a_restart(demo_file: Path, server: FakeTelegram) -> None:
    async with listening(demo_file, server, on_telegram(server)) as phones:
        officer = await at_the_files(phones)
        server.files_come.clear()
        server.attaches(officer, "ban ve.pdf", b"%PDF")
        await until(lambda: "getFile" in server.calls)
        await until(lambda: not server.updates)
    server.files_come.set()
    async with listening(demo_file, server, on_telegram(server)) as phones:
        assert "Câu 3/3" in await phones.says("officer", "xong")
        assert await files_of(phones) == 1


async def test_what_was_committed_is_not_fetched_twice(phones: Phones, server: FakeTelegram) -> None:
    officer = await at_the_files(phones)
    server.attaches(officer, "ban ve.pdf", b"%PDF")
    update = dict(server.updates[-1])
    await phones.settled()
    for n in (50, 51):
        server.push_raw({**update, "update_id": update["update_id"] + n})
        await phones.settled()
    assert server.calls.count("getFile") == 1
    assert (
        await phones.app.db.write(lambda tx: tx.value("SELECT COUNT(*) FROM file WHERE kind = 'application/pdf'")) == 1
    )


async def test_a_tap_that_cannot_be_answered_holds_up_nothing(phones: Phones, server: FakeTelegram) -> None:
    await phones.says("officer", "/viec")
    server.faults.append(("answerCallbackQuery", STUCK, {}))
    officer = await phones.chat("officer")
    server.taps(officer, "Trang đầu")
    await until(lambda: "answerCallbackQuery" in server.calls)
    server.types(officer, "/dangky sk")
    await shown(server, officer, "Câu 1/3")


async def test_every_tap_is_answered(phones: Phones, server: FakeTelegram) -> None:
    await phones.says("officer", "/viec", ":tap Trang đầu")
    await until(lambda: "answerCallbackQuery" in server.calls)


@pytest.mark.parametrize(
    ("method", "status", "faults", "kept"),
    [
        ("getFile", 502, 1, 1),
        ("getFile", 502, 2, 1),
        ("getFile", 502, 3, 0),
        ("getFile", 404, 1, 1),
        ("getFile", 429, 1, 1),
        ("getFile", HANG, 1, 1),
        ("getFile", 400, 1, 0),
        ("file", 502, 1, 1),
        ("file", 404, 1, 1),
        ("file", HANG, 2, 1),
        ("file", 502, 3, 0),
    ],
)
async def test_a_file_is_asked_for_again(
    phones: Phones, server: FakeTelegram, method: str, status: int, faults: int, kept: int
) -> None:
    officer = await at_the_files(phones)
    more = {"parameters": {"retry_after": 1}} if status == 429 else {}
    server.faults.extend([(method, status, {"description": "no", **more})] * faults)
    server.attaches(officer, "ban ve.pdf", b"%PDF")
    await phones.settled()
    said = await phones.says("officer", ":wait 1m")
    assert ("Đã nhận 01 tệp" in said, "Chưa nhận được tệp" in said) == (bool(kept), not kept)
    assert await files_of(phones) == kept


@pytest.mark.slow
async def test_a_file_may_take_its_time_but_not_stand_still(
    phones: Phones, server: FakeTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(request, "STALLED", 0.4)
    officer = await at_the_files(phones)
    server.trickle = 0.1
    server.attaches(officer, "ban ve.pdf", b"%PDF" * 2000)
    await phones.settled()
    assert await files_of(phones, "LENGTH(bytes)") == 8000, "it took longer than the line may stand still"
    server.files_come.clear()
    server.attaches(officer, "khac.pdf", b"%PDF")
    await phones.settled()
    assert "Chưa nhận được tệp" in await phones.says("officer", ":wait 1m")


@pytest.mark.slow
@pytest.mark.parametrize("group", [True, False])
async def test_files_sent_together_have_one_receipt_however_slow_they_are(
    phones: Phones, server: FakeTelegram, group: bool
) -> None:
    officer = await at_the_files(phones)
    server.trickle = 0.4
    before = len(server.shown[str(officer)])
    if group:
        server.sends_album(officer, 3)
    else:
        for n in range(3):
            server.attaches(officer, f"{n}.pdf", bytes([n]) * 1900)
    while server.updates or phones.app.dispatcher.busy:
        await asyncio.sleep(0.1)
        phones.app.clock.move_to(phones.app.now() + timedelta(seconds=0.4))
        await phones.app.sender.drain()
    await phones.says("officer", ":wait 1m")
    receipts = [each.text for each in server.shown[str(officer)][before:]]
    assert len(receipts) == 1, receipts
    assert "Đã nhận 03 tệp" in receipts[0]


async def test_an_album_with_a_stop_in_its_midst_is_one_answer(demo_file: Path, server: FakeTelegram) -> None:
    async with listening(demo_file, server, on_telegram(server)) as phones:
        officer = await at_the_files(phones)
        server.sends_album(officer, 4, "Cách làm ở bốn ảnh này")
        late = [server.updates.pop() for _ in range(2)]
        await phones.settled()
        assert "Đã nhận 02 tệp" in await phones.says("officer", ":wait 1m")
        now = phones.app.now()
    server.updates.extend(reversed(late))
    async with listening(demo_file, server, on_telegram(server), at=f"{now:%Y-%m-%dT%H:%M:%S}") as phones:
        await phones.settled()
        assert "Đã nhận 04 tệp" in await phones.says("officer", ":wait 1m")
        assert "04 tệp: Cách làm ở bốn ảnh này" in await phones.says("officer", "xem phiếu")


# What may not be kept -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["TỐI MẬT ban ve.pdf", "ban ve.pdf"])
async def test_what_is_marked_secret_is_not_even_fetched(phones: Phones, server: FakeTelegram, name: str) -> None:
    officer = await at_the_files(phones)
    server.attaches(officer, name, b"%PDF", caption="" if "MẬT" in name else "Công văn TỐI MẬT")
    await phones.settled()
    assert "Luật số 117/2025/QH15" in await phones.says("officer", ":wait 1m")
    assert "getFile" not in server.calls
    assert await files_of(phones) == 0


async def test_what_strangers_send_is_not_fetched(phones: Phones, server: FakeTelegram) -> None:
    server.attaches(88, "a.pdf", b"%PDF")
    await phones.settled()
    assert "mã mời" in server.shown["88"][-1].text
    server.attaches(88, "b.pdf", b"%PDF")
    await phones.settled()
    assert len(server.shown["88"]) == 1, "one help message a day"
    assert "getFile" not in server.calls


SECRET = bytes(range(256)) * 40


async def test_what_no_question_takes_is_gone_from_the_disk_within_days(demo_file: Path, server: FakeTelegram) -> None:
    async with listening(demo_file, server, on_telegram(server)) as phones:
        officer = await phones.chat("officer")
        server.attaches(officer, "a.pdf", SECRET)
        await phones.settled()
        assert "chưa có câu hỏi nào đang nhận tệp" in await phones.says("officer", ":wait 1m")
        assert await files_of(phones) == 1, "one tap makes a note of it"
        await phones.says("officer", "/dangky sk")
        server.attaches(officer, "a.pdf", SECRET)
        await phones.settled()
        assert "không nhận tệp" in await phones.says("officer", ":wait 1m")
        assert await files_of(phones) == 1
        await phones.says("officer", ":wait 2h", ":wait 1d", ":wait 1d", ":wait 1d")
        assert await files_of(phones) == 0
    assert SECRET[:600] not in demo_file.read_bytes()


async def test_what_is_marked_secret_on_the_page_is_never_written(office: Office, demo_file: Path) -> None:
    folder = demo_file.parent
    (folder / "TỐI MẬT a.pdf").write_bytes(SECRET)
    assert "Luật số 117/2025/QH15" in await office.says("officer", f":file {folder / 'TỐI MẬT a.pdf'}", ":again")
    for file in folder.glob("demo.db*"):
        assert SECRET[:600] not in file.read_bytes(), file.name


async def test_a_message_of_the_page_that_comes_again_adds_no_file(office: Office, demo_file: Path) -> None:
    picture = demo_file.parent / "a.jpg"
    picture.write_bytes(b"1")
    await office.says("officer", "/dangky sk", "Kho bản vẽ hoàn công dùng chung", "3", "sửa tóm tắt")
    await office.says("officer", f":file {picture}", ":again", ":again")
    assert await office.value("SELECT COUNT(*) FROM file WHERE name = 'a.jpg'") == 1


async def test_what_nothing_refers_to_is_pruned(office: Office, demo_file: Path) -> None:
    for n, title in enumerate(("Kho bản vẽ hoàn công dùng chung", "Phiếu hẹn điện tử tại bộ phận một cửa")):
        picture = demo_file.parent / f"{n}.jpg"
        picture.write_bytes(bytes([n]) * 50)
        await office.says("officer", f"/dangky {('sk', 'mh')[n]}", title, "3", "sửa tóm tắt", f":file {picture}")
    await office.says("officer", "/dangky sk", "hủy", "xóa phiếu", ":wait 3d")
    assert await office.rows("SELECT name FROM file WHERE name LIKE '_.jpg'") == [("1.jpg",)]
    assert await office.value("SELECT COUNT(*) FROM content WHERE sha256 NOT IN (SELECT sha256 FROM file)") == 0


async def test_what_is_deleted_is_overwritten(tmp_path: Path) -> None:
    db = Database(tmp_path / "a.db")
    await db.open()
    chat = await db.write(lambda tx: chats.at(tx, channel="telegram", address="1", look="keyboard"))
    now = datetime(2027, 10, 18, tzinfo=UTC)
    id = await db.write(
        lambda tx: files.keep(tx, chat=chat.id, person=None, name="a", kind="a/b", data=SECRET, now=now)
    )
    with sqlite3.connect(db.path) as outside:
        outside.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    outside.close()
    assert SECRET[:600] in db.path.read_bytes()
    await db.write(lambda tx: files.drop(tx, id))
    await db.close()
    assert SECRET[:600] not in db.path.read_bytes()
