"""The web chat's server over its own socket: who may speak, files, events, and login by code."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.channels.web.server import Server
from bot.language.i18n import Words
from bot.server.app import App, Setup
from bot.server.clock import Clock, at_office
from bot.server.demo import office as demo_office
from bot.server.web_chat import WebChat
from tests.conftest import PLAN_TEXT
from tests.processes import free_port


class Web:
    """A server, its core, and a client."""

    def __init__(self, app: App, session: aiohttp.ClientSession, address: str) -> None:
        self.app, self.session, self.address = app, session, address

    async def post(self, path: str, body: Any, **more: Any) -> tuple[int, Any]:
        async with self.session.post(self.address + path, json=body, **more) as reply:
            text = await reply.text()
            return reply.status, json.loads(text) if text.startswith("{") else text

    async def get(self, path: str, **more: Any) -> tuple[int, str]:
        async with self.session.get(self.address + path, **more) as reply:
            return reply.status, await reply.text()

    async def hears(self, who: str, after: int = 0) -> list[dict[str, Any]]:
        """What stands in a chat."""
        await self.app.drain()
        found: list[dict[str, Any]] = []
        async with self.session.get(f"{self.address}/events?{who}={after}") as events:
            assert events.status == 200
            try:
                async with asyncio.timeout(0.4):
                    async for line in events.content:
                        if line.startswith(b"data: ") and b'"seq"' in line:
                            found.append(json.loads(line[6:]))
            except TimeoutError:
                pass
        return found


@asynccontextmanager
async def served(path: Path, demo: bool, public: str = "") -> AsyncIterator[Web]:
    app = App(Setup(path, PLAN_TEXT, Clock(standing=at_office(demo_office.BEGINS)), public=public))
    await app.start()
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    server = Server(WebChat(app, demo, demo), Words("vi"), frozenset({f"127.0.0.1:{port}"}))
    await server.start("127.0.0.1", port)
    jar = aiohttp.CookieJar(unsafe=True)
    try:
        async with aiohttp.ClientSession(cookie_jar=jar) as session:
            yield Web(app, session, address)
    finally:
        await server.stop()
        await app.stop()


@pytest.fixture
async def demo(demo_file: Path) -> AsyncIterator[Web]:
    async with served(demo_file, demo=True) as web:
        yield web


@pytest.fixture
async def real(demo_file: Path) -> AsyncIterator[Web]:
    async with served(demo_file, demo=False) as web:
        yield web


async def persona(web: Web, name: str) -> str:
    _status, text = await web.get("/me")
    return next(str(p["id"]) for p in json.loads(text)["people"] if p["name"] == name)


async def test_a_message_is_answered_once_however_often_it_is_sent(demo: Web) -> None:
    officer = await persona(demo, "Nông Văn Mẫu")
    for _ in range(3):
        status, _body = await demo.post("/say", {"as": officer, "id": "m1", "text": "việc"})
        assert status == 200
    heard = await demo.hears(officer)
    assert [m["from"] for m in heard] == ["me", "bot"]
    assert "Việc của đồng chí Mẫu" in heard[1]["text"]
    assert heard[1]["buttons"]


async def test_another_site_may_not_speak(demo: Web) -> None:
    officer = await persona(demo, "Nông Văn Mẫu")
    body = {"as": officer, "id": "m1", "text": "việc"}
    status, _ = await demo.post("/say", body, headers={"Origin": "https://evil.example"})
    assert status == 403
    status, _text = await demo.get("/me", headers={"Host": "evil.example"})
    assert status == 403
    headers = {"Origin": "https://thidua.example", "Sec-Fetch-Site": "same-origin"}
    status, _ = await demo.post("/say", body, headers=headers)
    assert status == 200, "behind a proxy the browser says that it is the same site"


async def test_nobody_speaks_for_somebody_else(demo: Web, tmp_path: Path) -> None:
    status, _ = await demo.post("/say", {"as": "person:1", "id": "m1", "text": "việc"})
    assert status == 403
    for path in ("/events?person:1=0", "/file/1?as=person:1"):
        assert (await demo.get(path))[0] == 403


@pytest.mark.parametrize(
    "path", ["/static/../server.py", "/static/server.py", "/font/..%2f..%2fx", "/static/%2e%2e/words.py"]
)
async def test_only_the_pages_own_files_are_served(demo: Web, path: str) -> None:
    status, text = await demo.get(path)
    assert status in (403, 404)
    assert "import" not in text


async def test_the_page_names_no_outside_address(demo: Web) -> None:
    for path in ("/", "/static/chat.js", "/static/phone.js", "/static/line.js", "/static/feed.js", "/static/chat.css"):
        _status, text = await demo.get(path)
        outside = [w for w in text.split('"') if "://" in w and "www.w3.org" not in w]
        assert outside == [], outside


async def test_a_file_comes_and_goes_back_whole(demo: Web) -> None:
    officer = await persona(demo, "Nông Văn Mẫu")
    for n, text in enumerate(["/dangky sk", "Tra cứu hồ sơ bằng mã QR ở một cửa", "3", "sửa tóm tắt"]):
        await demo.post("/say", {"as": officer, "id": f"t{n}", "text": text})
    form = aiohttp.FormData(quote_fields=False)
    for name, value in {"as": officer, "id": "f1", "text": ""}.items():
        form.add_field(name, value)
    form.add_field("file", b"%PDF nguyen ban", filename="../../minh chứng.pdf", content_type="text/html")
    async with demo.session.post(demo.address + "/say", data=form) as reply:
        assert reply.status == 200
    heard = await demo.hears(officer)
    assert "Đã nhận 01 tệp" in heard[-1]["text"]
    file = next(m for m in heard if m["files"])["files"][0]
    assert file["name"] == "minh chứng.pdf"
    async with demo.session.get(demo.address + file["url"]) as reply:
        assert await reply.read() == b"%PDF nguyen ban"
        assert reply.headers["Content-Type"] == "application/octet-stream"
        assert reply.headers["Content-Disposition"].startswith("attachment")
        assert reply.headers["X-Content-Type-Options"] == "nosniff"


async def test_a_file_that_no_question_takes_is_offered_as_a_note(demo: Web) -> None:
    officer = await persona(demo, "Nông Văn Mẫu")
    form = aiohttp.FormData(quote_fields=False)
    for name, value in {"as": officer, "id": "f1", "text": ""}.items():
        form.add_field(name, value)
    form.add_field("file", b"rieng", filename="rieng.pdf")
    async with demo.session.post(demo.address + "/say", data=form) as reply:
        assert reply.status == 200
    mine, answer = (await demo.hears(officer))[-2:]
    assert (mine["text"], [file["name"] for file in mine["files"]]) == ("", ["rieng.pdf"])
    assert "Bấm «Ghi nhanh» để giữ lại" in answer["text"]


async def test_a_file_of_another_chat_is_not_given(demo: Web) -> None:
    officer, head = await persona(demo, "Nông Văn Mẫu"), await persona(demo, "Hoàng Văn Thử")
    for n, text in enumerate(["/dangky sk", "Tra cứu hồ sơ bằng mã QR ở một cửa", "3", "sửa tóm tắt"]):
        await demo.post("/say", {"as": officer, "id": f"t{n}", "text": text})
    form = aiohttp.FormData(quote_fields=False)
    for name, value in {"as": officer, "id": "f1", "text": ""}.items():
        form.add_field(name, value)
    form.add_field("file", b"rieng", filename="rieng.pdf")
    async with demo.session.post(demo.address + "/say", data=form) as reply:
        assert reply.status == 200
    await demo.hears(officer)
    assert (await demo.get(f"/file/1?as={officer}"))[0] == 200
    assert (await demo.get(f"/file/1?as={head}"))[0] == 404


async def test_a_code_opens_a_device_for_its_own_chat(real: Web) -> None:
    status, text = await real.get("/me")
    assert json.loads(text)["people"] == []
    status, body = await real.post("/login", {"code": "ABCD2345"})
    assert status == 403
    assert "Mã" in body["error"]
    from bot.office.roster import onboarding

    def work(tx: Any) -> onboarding.Invited:
        return onboarding.invite(
            tx, plan=real.app.plan, name="Nông Văn Mẫu", unit="QLXD", role="officer", position="", now=real.app.now()
        )

    made = await real.app.db.write(work)
    status, _ = await real.post("/login", {"code": made.code})
    assert status == 200
    _status, text = await real.get("/me")
    me = json.loads(text)["people"][0]["id"]
    heard = await real.hears(me)
    assert "Tôi đã đọc và đồng ý" in [b["label"] for b in heard[-1]["buttons"]]
    await real.post("/say", {"as": me, "id": "1", "text": "/batdau dongy"})
    await real.post("/say", {"as": me, "id": "2", "text": "việc"})
    assert "Việc của đồng chí Mẫu" in (await real.hears(me))[-1]["text"]
    assert (await real.post("/say", {"as": "person:1", "id": "9", "text": "x"}))[0] == 403
    assert (await real.post("/clock", {"to": "day"}))[0] == 404, "a real office's clock is not moved"


@pytest.mark.parametrize("body", [{}, {"as": "x"}, {"id": "1"}])
async def test_a_broken_request_is_refused(demo: Web, body: dict[str, str]) -> None:
    status, _ = await demo.post("/say", body)
    assert status in (400, 403)


@pytest.mark.slow
async def test_the_clock_moves_to_the_next_event(demo: Web) -> None:
    head = await persona(demo, "Hoàng Văn Thử")
    before = len(await demo.hears(head))
    status, body = await demo.post("/clock", {"to": "event"})
    assert status == 200
    for _ in range(6):
        status, body = await demo.post("/clock", {"to": "event"})
    assert body["now"] > "2027-10-18"
    assert len(await demo.hears(head)) > before
    assert (await demo.post("/clock", {"to": "2027-10-01T08:00"}))[0] == 400
