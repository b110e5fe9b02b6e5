"""Every door has its limits: what is more is refused in one kind sentence, and nothing else is lost."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.channels import limits
from bot.channels.limits import Buckets, Rate
from bot.channels.messages import Incoming
from bot.language.text import file_name
from tests.channels.test_web import Web, persona, served
from tests.conftest import Office
from tests.messenger import Messenger, at_the_desk

LONG = "Báo cáo tình hình thực hiện. " * 300


@pytest.fixture
async def demo(demo_file: Path) -> AsyncIterator[Web]:
    async with served(demo_file, demo=True) as web:
        yield web


@pytest.fixture
async def real(demo_file: Path) -> AsyncIterator[Web]:
    async with served(demo_file, demo=False) as web:
        yield web


async def let_in(web: Web, name: str = "Nông Văn Mẫu", unit: str = "QLXD") -> str:
    """Somebody's device, with its data notice agreed to; its chat."""
    from bot.office.roster import onboarding

    made = await web.app.db.write(
        lambda tx: onboarding.invite(
            tx, plan=web.app.plan, name=name, unit=unit, role="officer", position="", now=web.app.now()
        )
    )
    assert (await web.post("/login", {"code": made.code}))[0] == 200
    me = str(json.loads((await web.get("/me"))[1])["people"][0]["id"])
    assert (await web.post("/say", {"as": me, "id": "agree", "text": "/batdau dongy"}))[0] == 200
    return me


# A text ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("look", ["web", "keyboard", "plain"])
async def test_a_text_that_is_too_long_is_refused_and_the_open_question_stays(office: Office, look: str) -> None:
    said = await office.says("officer", "/dangky sk", LONG, look=look)
    assert "dài 8.699 ký tự" in said
    assert "8.000" in said
    assert said.count("Câu 1/3") == 2, "the question is asked once more"
    assert await office.value("SELECT COUNT(*) FROM answer") == 0
    assert "Câu 2/3" in await office.says("officer", "Kho bản vẽ hoàn công dùng chung", look=look)


async def test_a_text_just_within_the_limit_is_taken(office: Office) -> None:
    said = await office.says("officer", "/dangky sk", "Kho bản vẽ", "3", "sửa tóm tắt", "a" * limits.TEXT)
    assert "ký tự nên Trợ lý chưa nhận" not in said


async def test_marks_that_are_typed_apart_are_not_counted_twice(office: Office) -> None:
    said = await office.says("officer", "/trogiup " + "e\u0302\u0301" * (limits.TEXT - 100))
    assert "ký tự nên Trợ lý chưa nhận" not in said


async def test_of_a_text_that_is_too_long_only_the_beginning_is_kept(office: Office) -> None:
    await office.says("officer", "x" * 5_000_000)
    kept = await office.value("SELECT body FROM inbox ORDER BY id DESC LIMIT 1")
    assert isinstance(kept, str)
    assert len(kept) < 400


async def test_a_secret_in_what_is_cut_off_is_not_kept_either(office: Office) -> None:
    said = await office.says("officer", LONG + "\nTUYỆT MẬT\n")
    assert "bí mật nhà nước" in said
    assert await office.value("SELECT body FROM inbox ORDER BY id DESC LIMIT 1") is None


async def test_an_edit_that_is_too_long_leaves_the_answer_as_it_was(office: Office) -> None:
    said = await office.says("officer", "/dangky sk", "Kho bản vẽ dùng chung", f":edit {LONG}", "xem phiếu")
    assert "nhiều nhất 8.000 ký tự" in said
    assert "Kho bản vẽ dùng chung" in said.rsplit("---", 2)[-2]


async def test_a_stranger_who_sends_much_hears_no_more_than_one_who_sends_little(office: Office) -> None:
    assert await office.says("stranger:1", LONG) == await office.says("stranger:2", "xin chào")


# How fast ----------------------------------------------------------------------------------------


def test_a_bucket_fills_again_with_time_and_forgets_who_is_long_gone() -> None:
    bucket = Buckets(Rate(3, 0.5), most=2)
    assert [bucket.take("a", 0.0) for _ in range(4)] == [0, 0, 0, 2.0]
    assert bucket.take("a", 2.0) == 0
    assert bucket.take("a", 2.0) == 2.0
    for key in "bc":
        bucket.take(key, 2.0)
    assert bucket.take("a", 2.0) == 0
    assert bucket.take("a", 1.0) == 0, "a clock that goes back gives and takes nothing"


async def test_a_flood_in_a_messenger_is_refused_in_one_sentence_and_others_go_on(
    demo_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "CHAT", Rate(20, 1.0))
    messenger = Messenger()
    async with at_the_desk(demo_file, messenger) as desk:
        receive, mine = desk.app.intake.of(messenger), await desk.seat("officer", messenger)

        def message(n: int, at: float, address: str = mine) -> Incoming:
            return Incoming(address, f"m{address}-{n}", "/menu", said=at)

        for n in range(200):
            await receive(message(n, 1_000.0))
        await receive(message(1, 1_000.0, "8"))
        await desk.app.dispatcher.idle()
        rows = await Office(desk.app, demo_file).rows(
            f"SELECT SUM(body IS NULL), COUNT(*) FROM inbox JOIN chat ON chat.id = inbox.chat WHERE address = '{mine}'"
        )
        assert rows == [(179, 200)], "of what is too much nothing is kept but that it came"
        assert await Office(desk.app, demo_file).rows(
            "SELECT COUNT(*) FROM inbox JOIN chat ON chat.id = inbox.chat WHERE address = '8' AND state = 'done'"
        ) == [(1,)]
        assert not await receive(message(150, 1_000.0)), "what was refused is known when it is brought again"


async def test_what_waited_at_the_messenger_over_a_stop_is_no_flood(
    demo_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "CHAT", Rate(20, 1.0))
    messenger = Messenger()
    async with at_the_desk(demo_file, messenger) as desk:
        receive, mine = desk.app.intake.of(messenger), await desk.seat("officer", messenger)
        for n in range(60):
            await receive(Incoming(mine, f"m{n}", "/menu", said=1_000.0 + 60 * n))
        await desk.app.dispatcher.idle()
        assert await Office(desk.app, demo_file).rows("SELECT COUNT(*) FROM inbox WHERE body IS NULL") == [(0,)]


async def test_a_page_that_says_too_much_is_told_to_wait_and_loses_nothing(
    demo_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "CHAT", Rate(5, 0.01))
    async with served(demo_file, demo=False) as web:
        me = await let_in(web)
        for n in range(4):
            assert (await web.post("/say", {"as": me, "id": f"m{n}", "text": "việc"}))[0] == 200
        async with web.session.post(web.address + "/say", json={"as": me, "id": "m9", "text": "việc"}) as reply:
            assert reply.status == 429
            assert 1 <= int(reply.headers["Retry-After"]) <= 100
            assert (await reply.json())["error"].endswith("thử lại sau một phút.")


async def test_one_piece_of_work_waits_for_a_chat_whatever_is_asked(office: Office) -> None:
    talk = await office.chat("office")
    for n in range(30):
        await office.app.receive(talk._chat, f"j{n}", {"text": "/lichnhac"})
    await office.app.receive(talk._chat, "k1", {"text": "/tonghop 2027"})
    await office.app.receive(talk._chat, "k2", {"text": "/tonghop 2026"})
    await office.app.dispatcher.idle()
    jobs = await office.rows("SELECT work, COUNT(*) FROM job GROUP BY work ORDER BY work")
    assert jobs == [("reminders", 1), ("summary", 1)]
    answers = await office.rows("SELECT json_extract(body, '$.text') FROM outbox WHERE kind = 'answer'")
    assert "đang làm việc đồng chí yêu cầu trước đó" in answers[-1][0]


# Files -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("bao cao\u202efdp.exe", "bao cao fdp.exe"),
        ("../../minh chứng.pdf", "minh chứng.pdf"),
        ("a\x00b\nc.docx", "a b c.docx"),
        ("", "tep"),
        ("...", "tep"),
    ],
)
def test_a_files_name_is_shown_as_it_is(given: str, kept: str) -> None:
    assert file_name(given) == kept


@pytest.mark.parametrize("length", [149, 150, 151, 5_000, 500_000])
def test_a_files_name_is_never_long_and_keeps_its_ending(length: int) -> None:
    name = file_name("ă" * (length - 5) + ".xlsx")
    assert len(name) <= 150
    assert name.endswith(".xlsx")


async def test_files_have_one_total_and_come_one_message_at_a_time(demo: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MESSAGE", 100_000)
    monkeypatch.setattr(limits, "FILE", 50_000)
    officer = await persona(demo, "Nông Văn Mẫu")
    await demo.post("/say", {"as": officer, "id": "t1", "text": "/dangky sk"})

    async def send(id: str, *sizes: int) -> tuple[int, Any]:
        form = aiohttp.FormData()
        for name, value in {"as": officer, "id": id, "text": ""}.items():
            form.add_field(name, value)
        for n, size in enumerate(sizes):
            form.add_field("file", b"x" * size, filename=f"{n}.pdf")
        async with demo.session.post(demo.address + "/say", data=form) as reply:
            return reply.status, await reply.json()

    for sizes in ([50_001], [40_000] * 3, [10] * (limits.FILES + 1)):
        status, body = await send("big", *sizes)
        assert status == 413
        assert "quá lớn" in body["error"]
    assert await asyncio.gather(*(send(f"f{n}", 40_000) for n in range(6))) == [(200, {"ok": True})] * 6
    assert "Câu 1/3" in (await demo.hears(officer))[-1]["text"]


async def test_a_long_text_is_called_a_text_and_not_files(demo: Web) -> None:
    officer = await persona(demo, "Nông Văn Mẫu")
    form = aiohttp.FormData({"as": officer, "id": "long", "text": "ă" * 60_000})
    form.add_field("file", b"x", filename="a.pdf")
    async with demo.session.post(demo.address + "/say", data=form) as reply:
        assert reply.status == 413
        said = (await reply.json())["error"]
    assert "mỗi tin nhận nhiều nhất 8.000 ký tự" in said
    assert "tệp" not in said


# What nobody who is known has sent -----------------------------------------------------------------


async def test_nothing_of_a_body_is_read_before_it_is_known_who_sends_it(real: Web) -> None:
    host, port = real.address.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(
        f"POST /say HTTP/1.1\r\nHost: {host}:{port}\r\nContent-Type: multipart/form-data; boundary=x\r\n"
        "Content-Length: 900000000\r\n\r\n--x\r\n".encode()
    )
    head = await asyncio.wait_for(reader.read(400), 5)
    assert head.startswith(b"HTTP/1.1 401")
    writer.close()


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/login", "[]"),
        ("/login", "{"),
        ("/login", '{"code": []}'),
        ("/login", "\xff"),
        ("/login", "[" * 50_000),
        ("/seen", "{}"),
        ("/seen", '{"as": "x"}'),
        ("/seen", '{"seq": 1e999}'),
        ("/say", "null"),
        ("/say", '"x"'),
        ("/say", '{"as": {"a": 1}}'),
        ("/say", '{"id": ' + "9" * 6000 + "}"),
        ("/language", "[]"),
        ("/language", '{"language": "fr"}'),
        ("/clock", "[]"),
        ("/clock", "{}"),
        ("/clock", '{"to": "9999-99-99"}'),
    ],
)
async def test_what_makes_no_sense_is_said_to_make_none(demo: Web, path: str, body: str) -> None:
    officer = await persona(demo, "Nông Văn Mẫu")
    body = body.replace('"x"', json.dumps(officer))
    async with demo.session.post(
        demo.address + path, data=body.encode("latin-1"), headers={"Content-Type": "application/json"}
    ) as reply:
        assert reply.status in (400, 403), await reply.text()
        assert len((await reply.json())["error"]) > 10


@pytest.mark.parametrize(
    "path",
    [
        "/shared/1/1/%C4%91/x",
        f"/shared/1/{'9' * 30}/ab/x",
        f"/shared/{'9' * 30}/1/ab/x",
        f"/file/{'9' * 30}?as=ME",
        "/file/%C2%B2?as=ME",
        "/file/-1?as=ME",
        "/events",
        "/static/..%5c",
        "/health%00",
    ],
)
async def test_no_address_makes_a_fault(demo: Web, path: str) -> None:
    officer = await persona(demo, "Nông Văn Mẫu")
    status, _text = await demo.get(path.replace("ME", officer))
    assert status in (400, 403, 404)


@pytest.mark.parametrize("seq", ["9" * 30, "-1", "²", "1.5", ""])
async def test_a_place_that_no_chat_has_is_refused(demo: Web, seq: str) -> None:
    officer = await persona(demo, "Nông Văn Mẫu")
    assert (await demo.post("/seen", {"as": officer, "seq": seq}))[0] == 400
    async with demo.session.get(f"{demo.address}/events", params={officer: seq}) as events:
        assert events.status == 200, "a page that has lost its place begins at the first"


async def test_a_body_that_is_packed_small_is_counted_unpacked(demo: Web) -> None:
    import gzip

    body = gzip.compress(b'{"as": "' + b"x" * 5_000_000 + b'"}')
    headers = {"Content-Encoding": "gzip", "Content-Type": "application/json"}
    async with demo.session.post(demo.address + "/say", data=body, headers=headers) as reply:
        assert reply.status == 413


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"--x\r\n",
        b"--x\r\n\r\n",
        b"--x\r\nContent-Disposition: form-data; name=a\r\n\r\n\xff\r\n--x--",
        b"x" * 1000,
    ],
)
async def test_a_broken_multipart_is_refused(demo: Web, body: bytes) -> None:
    for kind in ("multipart/form-data; boundary=x", "multipart/form-data", "multipart/mixed; boundary=x"):
        async with demo.session.post(demo.address + "/say", data=body, headers={"Content-Type": kind}) as reply:
            assert reply.status in (400, 403), (kind, await reply.text())


async def test_an_address_that_asks_and_asks_is_held_back(demo_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "ANONYMOUS", Rate(10, 0.01))
    async with served(demo_file, demo=False) as web:
        for _ in range(10):
            assert (await web.post("/login", {"code": "ABCD2345"}))[0] == 403
        status, body = await web.post("/login", {"code": "ABCD2345"})
        assert status == 429
        assert "thử lại" in body["error"]
        other = {"X-Forwarded-For": "203.0.113.7"}
        assert (await web.post("/login", {"code": "ABCD2345"}, headers=other))[0] == 403
        assert (await web.get("/health"))[0] in (200, 503), "a monitor is not held back"


# What is around it -----------------------------------------------------------------------------


async def test_the_health_is_told_to_this_machine_only(demo: Web) -> None:
    for path in ("/health", "/metrics"):
        assert (await demo.get(path))[0] in (200, 503)
        assert (await demo.get(path, headers={"Host": "evil.example"}))[0] == 403


async def test_the_cookie_goes_by_https_only_where_the_page_does(demo_file: Path) -> None:
    for public, secure in (("https://thidua.example", True), ("", False)):
        async with served(demo_file, demo=False, public=public) as web:
            from bot.office.roster import onboarding

            made = await web.app.db.write(
                lambda tx: onboarding.invite(
                    tx,
                    plan=web.app.plan,
                    name="Nông Văn Mẫu",
                    unit="QLXD",
                    role="officer",
                    position="",
                    now=web.app.now(),
                )
            )
            async with web.session.post(web.address + "/login", json={"code": made.code}) as reply:
                assert reply.status == 200
                assert ("Secure" in reply.headers["Set-Cookie"]) is secure


async def test_a_form_goes_nowhere_else(demo: Web) -> None:
    async with demo.session.get(demo.address + "/") as reply:
        assert "form-action 'self'" in reply.headers["Content-Security-Policy"]


async def test_a_connection_on_which_nothing_is_asked_ends(demo_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SLOW", 0.3)
    async with served(demo_file, demo=True) as web:
        host, port = web.address.removeprefix("http://").split(":")
        for begin in (b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: x\r\n"):
            reader, writer = await asyncio.open_connection(host, int(port))
            writer.write(begin)
            assert await asyncio.wait_for(reader.read(), 5) == b""
            writer.close()


async def test_for_one_connection_too_many_an_idle_one_gives_way(
    demo_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.web.server.room", lambda: 5)
    async with served(demo_file, demo=True) as web:
        officer = await persona(web, "Nông Văn Mẫu")
        host, port = web.address.removeprefix("http://").split(":")
        async with web.session.get(f"{web.address}/events?{officer}=0") as events:
            assert events.status == 200
            held = [await asyncio.open_connection(host, int(port)) for _ in range(20)]
            async with aiohttp.ClientSession() as another, another.get(web.address + "/") as reply:
                assert reply.status == 200
            await web.post("/say", {"as": officer, "id": "m1", "text": "việc"})
            assert b"event: " in await asyncio.wait_for(events.content.readline(), 5), "an open page stays open"
            for _reader, writer in held:
                writer.close()


def test_every_sentence_of_refusal_says_what_to_do_next() -> None:
    from bot.language.i18n import Text, Words

    words = Words("vi")
    said = [words.say(each) for each in vars(limits).values() if isinstance(each, Text)]
    assert len(said) >= 8
    for sentence in [*said, words.say(limits.too_long(9_000))]:
        assert re.search(r"gửi lại|thử lại|mở lại|yêu cầu lại|nhập mã", sentence), sentence


@pytest.mark.parametrize(
    ("url", "fetched"),
    [
        ("https://f21-zpc.zdn.vn/jpg/1.jpg", True),
        ("https://photo.zadn.vn/a.png", True),
        ("http://127.0.0.1:8081/cdn/1", True),
        ("http://169.254.169.254/latest", False),
        ("http://127.0.0.1:8080/health", False),
        ("https://zdn.vn.evil.example/1", False),
        ("https://evilzdn.vn/1", False),
        ("http://f21.zdn.vn/1", False),
        ("file:///etc/passwd", False),
        ("https://[::1", False),
        ("https://a@evil.example/.zdn.vn", False),
        ("https://x.zdn.vn:22/1", False),
        ("", False),
    ],
)
def test_a_picture_is_fetched_from_zalo_and_from_nowhere_else(url: str, fetched: bool) -> None:
    from bot.channels.zalo.client import is_zalos

    assert is_zalos(url, "http://127.0.0.1:8081") is fetched
