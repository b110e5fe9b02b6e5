"""Devices: a new one is told to all the others, any may be ended from any, and what is ended is dead at once."""

import json
from pathlib import Path

import aiohttp
import pytest

from tests.channels.test_web import Web, served
from tests.chats.test_start import invited
from tests.conftest import Office, OpenOffice

NEW = "stranger:máy mới"
IN = ":tap Tôi đã đọc và đồng ý"


async def opened(office: Office, who: str = "Nông Văn Mẫu", at: str = NEW) -> str:
    """A code of this person opens one more chat; what it shows."""
    code = await invited(office, f"/moinguoi {who}")
    return await office.says(at, f"/batdau {code}", IN)


async def test_a_new_device_is_told_to_the_ones_before_and_may_be_refused(office: Office) -> None:
    await opened(office)
    said = await office.says("officer", ":wait 1m", ":tap Không phải tôi")
    assert "vừa được mở cho đồng chí Mẫu ở trang web" in said
    assert "<Không phải tôi>" in said
    assert "Đã đăng xuất máy ở trang web" in said
    assert "Việc của" not in await office.says(NEW, "việc", "/cuatoi")
    told = await office.says("La Văn Thử Nghiệm", ":wait 1m")
    assert "Chuyên viên Nông Văn Mẫu, Phòng Quản lý xây dựng, báo có máy" in told


async def test_the_first_device_of_somebody_is_told_to_nobody(office: Office) -> None:
    await office.app.db.write(lambda tx: tx.run("UPDATE chat SET person = NULL"))
    await opened(office)
    assert await office.value("SELECT COUNT(*) FROM outbox WHERE news = 'new_device'") == 0


async def test_it_is_told_at_night_beside_an_open_form_and_to_every_chat(open_office: OpenOffice) -> None:
    office = await open_office("2027-10-18T16:00")
    await opened(office, at="stranger:máy thứ hai")
    await office.says("officer", "/dangky sk", ":clock 2027-10-18T23:00")
    await opened(office)
    assert "vừa được mở" in await office.says("officer", ":wait 1m")
    second = await office.says("stranger:máy thứ hai", ":wait 1m")
    assert "vừa được mở" in second
    assert "vừa được mở" not in await office.says(NEW, ":wait 1m")


@pytest.mark.slow
async def test_weeks_later_the_button_still_works(office: Office) -> None:
    await opened(office)
    talk = await office.chat("officer")
    await talk.says(":wait 1m", ":clock 2027-11-20T09:00", ":tap Không phải tôi", ":tap Không phải tôi")
    said = talk.out.getvalue()
    assert "Đã đăng xuất máy ở trang web" in said
    assert "Việc của" not in await office.says(NEW, "việc")


async def test_who_was_logged_out_by_the_intruder_still_says_so(office: Office) -> None:
    await opened(office)
    talk = await office.chat("officer")
    await talk.says(":wait 1m")
    assert "Đã đăng xuất" in await office.says(NEW, "/thietbi thoat khac")
    talk.out.truncate(talk.out.seek(0))
    await talk.says("việc", ":tap Không phải tôi")
    said = talk.out.getvalue()
    assert "Việc của" not in said
    assert "Đã đăng xuất máy ở trang web" in said
    assert "Việc của" not in await office.says(NEW, "việc")


async def test_nobody_refuses_a_device_of_somebody_else(office: Office) -> None:
    await opened(office)
    new = await office.value("SELECT MAX(id) FROM chat WHERE address LIKE 'stranger:%'")
    await office.says("officer", ":wait 1m")
    for who in ("head", "stranger:ai đó"):
        await office.says(who, f"/khongphaitoi {new}", "không phải tôi", f"/thietbi thoat {new}")
    assert "Việc của" in await office.says(NEW, "việc")


async def test_devices_are_listed_and_any_is_logged_out(office: Office) -> None:
    await opened(office)
    await opened(office, at="stranger:máy thứ ba")
    said = await office.says("officer", ":wait 1m", "thiết bị của tôi")
    assert "Thiết bị của đồng chí Mẫu (03)" in said
    assert "(máy này)" in said
    assert "mở lúc 08:3" in said
    third = await office.value("SELECT id FROM chat WHERE address = 'stranger:máy thứ ba'")
    await office.says("officer", f"/thietbi thoat {third}")
    assert "Việc của" not in await office.says("stranger:máy thứ ba", "việc")
    assert "Việc của" in await office.says(NEW, "việc")
    assert "Đã đăng xuất" in await office.says("officer", "đăng xuất", "/thietbi thoat khac", "việc")
    assert "Việc của" not in await office.says(NEW, "việc")
    mine = await office.value(
        "SELECT id FROM chat WHERE address LIKE 'person:%' AND person = (SELECT id FROM person WHERE name = 'Nông Văn Mẫu')"
    )
    talk = await office.chat("officer")
    await talk.says(f"/thietbi thoat {mine}", ":tap Đăng xuất máy này", "việc")
    assert "Việc của" not in talk.out.getvalue()


async def test_a_chat_taken_over_shows_and_changes_nothing_of_the_one_before(office: Office) -> None:
    talk = await office.chat("officer")
    await talk.says("/dangky sk", "Kho bản vẽ hoàn công dùng chung")
    code = await invited(office, "/moinguoi Lục Thị Minh Họa")
    await talk.says(f"/batdau {code}", IN)
    held = await office.rows(f"SELECT body FROM inbox WHERE chat = {talk._chat.id}")
    shown = await office.rows(f"SELECT body FROM outbox WHERE chat = {talk._chat.id} ORDER BY id")
    assert not any("Kho bản vẽ" in str(row) for row in (*held, *shown))
    message = await office.value(f"SELECT message FROM inbox WHERE chat = {talk._chat.id} ORDER BY id LIMIT 1 OFFSET 1")
    await office.app.receive(talk._chat, str(message), {"text": "Một tên khác hẳn cho phiếu này"}, edit=1)
    await office.app.drain()
    assert "Kho bản vẽ" in str(await office.value("SELECT value FROM answer"))
    said = str(await office.value(f"SELECT body FROM outbox WHERE chat = {talk._chat.id} ORDER BY id DESC LIMIT 1"))
    assert "Kho bản vẽ" not in said


# The page -------------------------------------------------------------------------------------


async def logged_in(web: Web, name: str = "Nông Văn Mẫu") -> str:
    """A browser of this person; the address of its chat."""
    from bot.office.roster import onboarding
    from storage import people

    def work(tx: object) -> str:
        person = tx.one(people.NAMED, fold="nong van mau")  # type: ignore[attr-defined]  # a transaction
        return onboarding.new_code(tx, plan=web.app.plan, person=person.id, by=None, now=web.app.now())  # type: ignore[arg-type]  # one

    code = await web.app.db.write(work)
    status, _ = await web.post("/login", {"code": code})
    assert status == 200
    _status, text = await web.get("/me")
    me = str(json.loads(text)["people"][0]["id"])
    await web.post("/say", {"as": me, "id": "agree", "text": "/batdau dongy"})
    await web.app.drain()
    return me


async def test_an_ended_session_is_dead_at_its_next_request_and_its_stream_is_closed(demo_file: Path) -> None:
    async with served(demo_file, demo=False) as web:
        first = await logged_in(web)
        async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as other:
            mine, web.session = web.session, other
            second = await logged_in(web)
            web.session = mine
            async with other.get(f"{web.address}/events?{second}=0") as stream:
                assert stream.status == 200
                await web.post("/say", {"as": first, "id": "1", "text": "/thietbi thoat khac"})
                await web.app.drain()
                while await stream.content.readline():
                    pass  # what stood there, then its end
            async with other.post(web.address + "/say", json={"as": second, "id": "2", "text": "việc"}) as reply:
                assert reply.status in (401, 403)
        assert (await web.post("/say", {"as": first, "id": "3", "text": "việc"}))[0] == 200


async def test_the_session_of_somebody_inactive_is_dead(demo_file: Path) -> None:
    async with served(demo_file, demo=False) as web:
        me = await logged_in(web)
        assert (await web.post("/say", {"as": me, "id": "1", "text": "việc"}))[0] == 200
        await web.app.db.write(lambda tx: tx.run("UPDATE person SET active = 0 WHERE name = 'Nông Văn Mẫu'"))
        assert (await web.post("/say", {"as": me, "id": "2", "text": "việc"}))[0] in (401, 403)
        assert json.loads((await web.get("/me"))[1])["people"] == []
