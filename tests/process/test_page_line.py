"""The page's line to its server: proxies that stumble, refusals, sessions that end, and where a chat opens."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress

import aiohttp
import pytest
from aiohttp import web
from playwright.async_api import Browser, Locator, Page, expect

from tests.browsing import NEEDS_BROWSER, WAIT, opened, say
from tests.processes import free_port
from tests.server import Server

pytestmark = [NEEDS_BROWSER, pytest.mark.slow]
Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Proxy:
    """What stands before the server in an office; it stumbles as long as it is told to, by path."""

    def __init__(self, server: Server) -> None:
        self._server, self._streams = server, set[web.StreamResponse]()
        self.stumbles: dict[str, Answer] = {}
        self.asked: list[str] = []
        self.stumbled: list[str] = []
        self._stumbled = asyncio.Condition()
        self.address = ""

    async def start(self) -> None:
        app = web.Application(client_max_size=64 * 1024 * 1024)
        app.router.add_route("*", "/{path:.*}", self._pass)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        port = free_port()
        await web.TCPSite(self._runner, "127.0.0.1", port).start()
        self.address = f"http://127.0.0.1:{port}"

    async def stop(self) -> None:
        self.cut()
        await self._runner.cleanup()

    def cut(self) -> None:
        """End every stream, as a proxy does that is started anew."""
        for response in self._streams:
            if response._req is not None and response._req.transport is not None:
                response._req.transport.close()

    async def hears(self, path: str, times: int) -> None:
        """Wait until a path was asked for so often while it stumbled."""
        async with asyncio.timeout(15), self._stumbled:
            await self._stumbled.wait_for(lambda: self.stumbled.count(path) >= times)

    async def _pass(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(request.path)
        if (stumble := self.stumbles.get(request.path)) is not None:
            async with self._stumbled:
                self.stumbled.append(request.path)
                self._stumbled.notify_all()
            return await stumble(request)
        headers = {n: v for n, v in request.headers.items() if n.lower() not in ("host", "content-length")}
        timeout = aiohttp.ClientTimeout(total=None)
        async with (
            aiohttp.ClientSession(auto_decompress=False, timeout=timeout) as session,
            session.request(
                request.method, self._server.address + request.path_qs, headers=headers, data=await request.read()
            ) as got,
        ):
            response = web.StreamResponse(status=got.status, headers={"Content-Type": got.headers["Content-Type"]})
            await response.prepare(request)
            self._streams.add(response)
            try:
                with suppress(ConnectionError, asyncio.CancelledError):
                    async for chunk in got.content.iter_any():
                        await response.write(chunk)
            finally:
                self._streams.discard(response)
            return response


@pytest.fixture
async def proxy(demo_server: Server) -> AsyncIterator[Proxy]:
    proxy = Proxy(demo_server)
    await proxy.start()
    yield proxy
    await proxy.stop()


def answering(status: int, text: str = "<html>nginx</html>", kind: str = "text/html", **headers: str) -> Answer:
    async def answer(request: web.Request) -> web.StreamResponse:
        body = None if status == 204 else text
        return web.Response(status=status, text=body, content_type=kind, headers=headers)

    return answer


async def as_another_device(server: Server, name: str, text: str) -> None:
    """Say something past the page: the server is well, only the page's line is not."""
    async with aiohttp.ClientSession() as session:
        async with session.get(f"{server.address}/me") as reply:
            who = next(each["id"] for each in (await reply.json())["people"] if each["name"] == name)
        body = {"as": who, "id": f"other {text}", "text": text}
        async with session.post(f"{server.address}/say", json=body) as reply:
            assert reply.status == 200


async def from_its_end(phone: Locator) -> float:
    """How far a chat stands from its newest line, in pixels."""
    return float(await phone.locator(".log").evaluate("log => log.scrollHeight - log.scrollTop - log.clientHeight"))


STUMBLES = {
    "502": answering(502),
    "503": answering(503),
    "500": answering(500),
    "404": answering(404),
    "204": answering(204),
    "a page with 200": answering(200),
    "a page to log in": answering(302, Location="/other"),
    "an empty stream": answering(200, "", "text/event-stream"),
}


@pytest.mark.parametrize("stumble", STUMBLES)
async def test_the_page_hears_again_after_any_answer_of_a_proxy(
    browser: Browser, demo_server: Server, proxy: Proxy, stumble: str
) -> None:
    page, _complaints = await opened(browser, proxy.address)
    officer = page.locator(".phone").first
    await say(officer, "việc", "Việc của đồng chí Mẫu")
    proxy.stumbles["/events"] = STUMBLES[stumble]
    proxy.cut()
    await expect(officer.locator(".note")).to_contain_text("Mất kết nối", timeout=WAIT)
    await proxy.hears("/events", 2)
    proxy.stumbles.clear()
    await as_another_device(demo_server, "Nông Văn Mẫu", "trợ giúp")
    await expect(officer.locator(".theirs").last).to_contain_text("Trợ lý giúp đồng chí Mẫu", timeout=WAIT)
    await expect(officer.locator(".note")).to_be_hidden()
    assert await officer.locator(".theirs").count() == 2, "nothing is shown twice"


async def test_a_stream_that_says_nothing_for_long_is_opened_anew(
    browser: Browser, demo_server: Server, proxy: Proxy
) -> None:
    page = await browser.new_page()
    await page.clock.install()
    await page.goto(proxy.address)
    await page.wait_for_selector(".phone.shown")
    officer = page.locator(".phone").first
    await say(officer, "việc", "Việc của đồng chí Mẫu")
    silent = asyncio.Event()

    async def hang(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        await silent.wait()
        return response

    proxy.stumbles["/events"] = hang
    proxy.cut()
    await page.clock.run_for(2_000)
    proxy.stumbles.clear()
    await as_another_device(demo_server, "Nông Văn Mẫu", "trợ giúp")
    await page.clock.run_for(60_000)
    await expect(officer.locator(".theirs").last).to_contain_text("Trợ lý giúp đồng chí Mẫu", timeout=WAIT)
    silent.set()


async def test_five_tabs_of_one_browser_all_go_on(browser: Browser, demo_server: Server) -> None:
    context = await browser.new_context()
    tabs = [(await opened(context, demo_server.address))[0] for _ in range(5)]
    for n, tab in enumerate(tabs):
        phone = tab.locator(".phone").first
        await say(phone, "việc" if n % 2 else "trợ giúp", "Việc của đồng chí" if n % 2 else "Trợ lý giúp đồng chí")
    await expect(tabs[0].locator(".phone").first.locator(".theirs")).to_have_count(5, timeout=WAIT)
    await context.close()


async def test_a_message_that_is_refused_says_why_and_can_be_sent_again(
    browser: Browser, demo_server: Server, proxy: Proxy
) -> None:
    page, _complaints = await opened(browser, proxy.address)
    officer = page.locator(".phone").first
    why = json.dumps({"error": "Tin này dài quá 8.000 ký tự."})
    proxy.stumbles["/say"] = answering(400, why, "application/json")
    await officer.locator("textarea").fill("việc")
    await officer.locator("textarea").press("Enter")
    mine = officer.locator(".mine").last
    await expect(mine).to_contain_text("Tin này dài quá 8.000 ký tự.", timeout=WAIT)
    await expect(mine).not_to_contain_text("đang thử lại")
    await expect(officer.locator(".typing")).to_be_hidden()
    proxy.stumbles.clear()
    await officer.get_by_role("button", name="Gửi lại").click()
    await expect(officer.locator(".theirs").last).to_contain_text("Việc của đồng chí Mẫu", timeout=WAIT)
    await expect(officer.locator(".mine")).to_have_count(1)
    await expect(officer.locator(".state")).to_have_count(0)


async def test_a_proxys_own_refusal_is_said_in_our_words(browser: Browser, demo_server: Server, proxy: Proxy) -> None:
    page, _complaints = await opened(browser, proxy.address)
    officer = page.locator(".phone").first
    proxy.stumbles["/say"] = answering(413)
    await officer.locator("textarea").fill("việc")
    await officer.locator("textarea").press("Enter")
    await expect(officer.locator(".mine").last).to_contain_text("Trợ lý không nhận được tin này.", timeout=WAIT)


@pytest.mark.parametrize("stumble", [answering(502), answering(429, **{"Retry-After": "1"}), answering(200)])
async def test_a_message_held_up_goes_out_once(
    browser: Browser, demo_server: Server, proxy: Proxy, stumble: Answer
) -> None:
    page, _complaints = await opened(browser, proxy.address)
    officer = page.locator(".phone").first
    proxy.stumbles["/say"] = stumble
    await officer.locator("textarea").fill("việc")
    await officer.locator("textarea").press("Enter")
    await expect(officer.locator(".mine").last).to_contain_text("đang thử lại", timeout=WAIT)
    proxy.stumbles.clear()
    await expect(officer.locator(".theirs").last).to_contain_text("Việc của đồng chí Mẫu", timeout=WAIT)
    await expect(officer.locator(".mine")).to_have_count(1)
    await expect(officer.locator(".state")).to_have_count(0)


async def test_a_session_that_has_ended_asks_for_a_code_and_loses_nothing(
    browser: Browser, demo_server: Server, proxy: Proxy
) -> None:
    page, _complaints = await opened(browser, proxy.address)
    officer = page.locator(".phone").first
    await say(officer, "việc", "Việc của đồng chí Mẫu")
    nobody = json.dumps({"people": []})
    proxy.stumbles |= {"/say": answering(401, "401"), "/me": answering(200, nobody, "application/json")}
    await officer.locator("textarea").fill("trợ giúp")
    await officer.locator("textarea").press("Enter")
    await expect(page.locator("#login")).to_be_visible(timeout=WAIT)
    proxy.stumbles.clear()
    await page.reload()
    await expect(officer.locator(".theirs").last).to_contain_text("Trợ lý giúp đồng chí Mẫu", timeout=WAIT)
    await expect(officer.locator(".mine", has_text="trợ giúp")).to_have_count(1)


async def a_long_chat(page: Page) -> Locator:
    """A chat that is longer than its phone, with messages longer than it, too."""
    head = page.locator(".phone").nth(1)
    for text, answer in (
        ("trợ giúp", "Trợ lý giúp"),
        ("lịch nhắc", "Lịch nhắc"),
        ("trợ giúp", "Trợ lý giúp"),
        ("việc", "Việc của đồng chí"),
    ):
        await say(head, text, answer)
    return head


@pytest.mark.parametrize(("width", "height"), [(360, 640), (1440, 700)])
async def test_a_chat_opens_at_its_newest_message(
    browser: Browser, demo_server: Server, width: int, height: int
) -> None:
    page, complaints = await opened(browser, demo_server.address, width, height)
    if width < 1000:
        await page.get_by_role("tab").nth(1).click()
    head = await a_long_chat(page)
    for _ in range(2):
        await page.reload()
        await expect(head.locator(".theirs").last).to_contain_text("Việc của đồng chí", timeout=WAIT)
        await expect(head.locator(".theirs").last).to_be_in_viewport()
        assert await head.locator(".log").evaluate("log => log.scrollHeight > 2 * log.clientHeight")
        await expect(page.locator(".dot:visible")).to_have_count(0)
        assert await page.locator(".dot").all_text_contents() == ["", "", ""], "nothing that was read is unread"
    await page.get_by_role("button", name="EN").click()
    await expect(page.get_by_role("button", name="Next event")).to_be_visible(timeout=WAIT)
    await expect(head.locator(".theirs").last).to_be_in_viewport()
    assert complaints == []


async def test_new_messages_are_shown_at_a_tap_though_a_picture_comes_late(
    browser: Browser, demo_server: Server, proxy: Proxy
) -> None:
    page, _complaints = await opened(browser, proxy.address, 1440, 700)
    office = page.locator(".phone").nth(2)
    await say(office, "việc", "Việc")
    await say(office, "/menu", "Việc")
    await say(office, "tổng hợp 2026", "Tổng hợp năm 2026")
    await expect(office.locator(".picture img").last).to_have_js_property("naturalWidth", 1080, timeout=WAIT)
    late = asyncio.Event()
    picture = next(path for path in proxy.asked if path.startswith("/file/"))

    async def slow(request: web.Request) -> web.StreamResponse:
        await late.wait()
        proxy.stumbles.pop(picture, None)
        return await proxy._pass(request)

    proxy.stumbles[picture] = slow
    await page.reload()
    await expect(office.locator(".theirs").last).to_contain_text("Tổng hợp năm 2026", timeout=WAIT)
    await office.locator(".log").hover()
    await page.mouse.wheel(0, -3000)
    await expect(office.locator(".log")).to_have_js_property("scrollTop", 0)
    await as_another_device(demo_server, "Lương Thị Nháp", "việc")
    below = office.get_by_role("button", name="Tin mới")
    await below.click(timeout=WAIT)
    late.set()
    await expect(office.locator(".picture img").last).to_have_js_property("naturalWidth", 1080, timeout=WAIT)
    await page.wait_for_timeout(100)
    assert await from_its_end(office) < 2
    await expect(below).to_be_hidden()
