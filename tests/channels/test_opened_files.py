"""Files that are opened, each messenger in its way; and who may still read them when a link or a page asks for them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from bot.channels.web.server import Server
from bot.language.i18n import Words
from bot.server.web_chat import WebChat
from tests.chats.test_open_files import AUTHOR, CODE, HEAD, registered, written
from tests.conftest import Office
from tests.fakes.telegram import FakeTelegram
from tests.fakes.zalo import FakeZalo
from tests.phones import Phones, listening, on_zalo
from tests.processes import free_port

Got = tuple[int, str]


@pytest.fixture
async def zalo() -> AsyncIterator[FakeZalo]:
    server = FakeZalo()
    await server.start()
    yield server
    await server.stop()


@asynccontextmanager
async def on_a_site(demo_file: Path, zalo: FakeZalo) -> AsyncIterator[Phones]:
    """The office on Zalo, its files behind a public address."""
    port = free_port()
    async with listening(demo_file, zalo, on_zalo(zalo), public=f"http://127.0.0.1:{port}/") as phones:
        site = Server(WebChat(phones.app, False, False), Words("vi"), frozenset())
        await site.start("127.0.0.1", port)
        try:
            yield phones
        finally:
            await site.stop()


async def got(url: str) -> Got:
    async with aiohttp.ClientSession() as session, session.get(url) as reply:
        return reply.status, await reply.text()


def urls(said: str) -> list[str]:
    return [line for line in said.splitlines() if line.startswith("http://127.0.0.1")]


async def change(phones: Phones, what: str, **values: object) -> None:
    await phones.app.db.write(lambda tx: tx.run(f"UPDATE person SET {what} WHERE name = :who", **values))


async def test_zalo_brings_links_in_one_message_that_say_until_when(
    demo_file: Path, zalo: FakeZalo, tmp_path: Path
) -> None:
    async with on_a_site(demo_file, zalo) as phones:
        await registered(Office(phones.app, tmp_path), tmp_path, "Bản vẽ.pdf", "Ảnh.jpg")
        said = await phones.says(HEAD, f"tệp {CODE}", "tất cả")
        assert said.count("Liên kết dùng được đến 08:30 ngày 25/10/2027 và chỉ dành cho đồng chí") == 1
        document, picture = urls(said)
        assert "📎 Bản vẽ.pdf\n" + document in said and "📎 Ảnh.jpg\n" + picture in said
        assert await got(document) == (200, "nội dung của Bản vẽ.pdf")
        assert await got(picture) == (200, "nội dung của Ảnh.jpg")


async def test_a_link_says_one_true_sentence_once_it_is_nobodys_to_use(
    demo_file: Path, zalo: FakeZalo, tmp_path: Path
) -> None:
    async with on_a_site(demo_file, zalo) as phones:
        await registered(Office(phones.app, tmp_path), tmp_path, "Bản vẽ.pdf")
        (url,) = urls(await phones.says(HEAD, f"tệp {CODE}"))
        assert (await got(url))[0] == 200
        await change(phones, "unit = 'QLN'", who=HEAD)
        assert await got(url) == (403, f"Không tìm thấy hồ sơ {CODE} trong số hồ sơ mà đồng chí Thử được mở tệp.")
        await change(phones, "unit = 'QLXD'", who=HEAD)
        assert (await got(url))[0] == 200
        await change(phones, "active = 0", who=HEAD)
        assert (await got(url))[0] == 403
        await change(phones, "active = 1", who=HEAD)
        assert (await got(url.replace("/shared/", "/shared/1")))[0] == 404, "another file"
        head, file, chat, *rest = url.partition("/shared/")[0], *url.partition("/shared/")[2].split("/")
        other = int(chat) + 1
        assert (await got("/".join((f"{head}/shared", file, str(other), *rest))))[0] == 404, "another chat's"
        old = f"{head}/shared/{file}/{rest[0]}/{phones.app.links._signed(int(file), int(rest[0]), None)}/x"
        status, why = await got(old)
        assert status == 403 and "Đề nghị mở lại tệp" in why
        await Office(phones.app, tmp_path).says(AUTHOR, f"/cuatoi rut {CODE} co")
        status, why = await got(url)
        assert status == 403 and "đã rút lúc" in why
        await phones.says(HEAD, ":wait 8d")
        status, why = await got(url)
        assert status == 403 and "đã hết hạn" in why


async def test_a_link_to_what_was_replaced_or_erased_says_so(demo_file: Path, zalo: FakeZalo, tmp_path: Path) -> None:
    async with on_a_site(demo_file, zalo) as phones:
        office = Office(phones.app, tmp_path)
        await registered(office, tmp_path, "Bản vẽ.pdf")
        (url,) = urls(await phones.says(HEAD, f"tệp {CODE}"))
        await office.says(AUTHOR, f"/cuatoi sua {CODE}", "4", *written(tmp_path, "Bản đúng.pdf"), "xong", "gửi")
        status, why = await got(url)
        assert (
            status == 403
            and why
            == f"Tệp này của hồ sơ {CODE} đã được thay lúc 08:30 ngày 18/10/2027. Muốn mở tệp hiện có, gõ: tệp {CODE}"
        )
        (url,) = urls(await phones.says(HEAD, f"tệp {CODE}"))
        assert await got(url) == (200, "nội dung của Bản đúng.pdf")
        await office.app.db.write(lambda tx: tx.run("DELETE FROM file"))
        assert await got(url) == (403, "Tệp này đã được xóa.")


async def test_telegram_sends_by_its_own_name_what_came_from_there(phones: Phones, server: FakeTelegram) -> None:
    title = "Tra cứu thành phần hồ sơ cấp giấy phép bằng mã QR"
    await phones.says(AUTHOR, "/dangky sk", title, "3", "sửa tóm tắt")
    author = await phones.chat(AUTHOR)
    server.attaches(author, "Thuyết minh.pdf", b"%PDF thuyet minh")
    await phones.settled()
    server.sends_album(author, 1)
    await phones.settled()
    await phones.says(AUTHOR, "xong", "1", "gửi")
    named = sorted(server.stored)
    said = await phones.says(HEAD, f"tệp {CODE}", "tất cả")
    brought = [line.removeprefix("file: ") for line in said.splitlines() if line.startswith("file: ")]
    assert len(brought) == 2 and set(brought) <= set(named) and not server.uploads, "nothing was uploaded"
    for name in named:  # a bot with another token knows none of them
        server.stored.pop(name)
    said = await phones.says(HEAD, f"tệp {CODE}", "tất cả")
    assert server.uploads["Thuyết minh.pdf"] == b"%PDF thuyet minh" and len(server.uploads) == 2
    assert "file: Thuyết minh.pdf" in said
    assert server.calls[-1] == "sendDocument", "a picture comes back unreduced"


async def test_what_came_over_the_page_is_uploaded_to_telegram(
    phones: Phones, server: FakeTelegram, tmp_path: Path
) -> None:
    await registered(Office(phones.app, tmp_path), tmp_path, "Bản vẽ.pdf", "Ảnh.jpg")
    await phones.says(HEAD, f"tệp {CODE}", "tất cả")
    assert server.uploads == {name: f"nội dung của {name}".encode() for name in ("Bản vẽ.pdf", "Ảnh.jpg")}
    assert "sendPhoto" not in server.calls


async def test_in_a_group_no_file_is_opened_and_nothing_is_searched(
    phones: Phones, server: FakeTelegram, tmp_path: Path
) -> None:
    await registered(Office(phones.app, tmp_path), tmp_path, "Bản vẽ.pdf")
    head = await phones.chat(HEAD)
    for said in (f"/tep {CODE}", f"@thidua_bot mở tệp {CODE}", "/tim BIM"):
        server.types(-100_500, said, "supergroup", head)
        await phones.settled()
    shown = server.shown.get("-100500", [])
    assert not any(each.file or "Bản vẽ" in each.text or "SK-2027" in each.text for each in shown)
    assert not server.uploads


async def test_without_a_public_address_zalo_says_where_to_open_it(
    demo_file: Path, zalo: FakeZalo, tmp_path: Path
) -> None:
    async with listening(demo_file, zalo, on_zalo(zalo)) as phones:
        await registered(Office(phones.app, tmp_path), tmp_path, "Bản vẽ.pdf", "Ảnh.jpg")
        said = await phones.says(HEAD, f"tệp {CODE}", "tất cả")
        for name in ("Bản vẽ.pdf", "Ảnh.jpg"):
            assert f"📎 {name}: mời mở trên trang web hoặc trên Telegram." in said


async def test_the_page_asks_at_every_fetch_too(office: Office, tmp_path: Path) -> None:
    await registered(office, tmp_path, "Bản vẽ.pdf")
    await office.says(HEAD, f"/tep {CODE}")
    page = WebChat(office.app, False, False)
    head, author = [
        f"person:{await office.value(f'SELECT id FROM person WHERE name = {name!r}')}" for name in (HEAD, AUTHOR)
    ]
    id = int(str(await office.value(f"SELECT id FROM file WHERE record = '{CODE}'")))
    assert await page.file(head, id) == ("Bản vẽ.pdf", "application/octet-stream", "nội dung của Bản vẽ.pdf".encode())
    await office.app.db.write(
        lambda tx: tx.run("UPDATE person SET unit = 'QLN' WHERE name IN (:a, :b)", a=HEAD, b=AUTHOR)
    )
    assert await page.file(head, id) == f"Không tìm thấy hồ sơ {CODE} trong số hồ sơ mà đồng chí Thử được mở tệp."
    assert isinstance(await page.file(author, id), tuple), "what somebody has sent stays in the chat where it was sent"
