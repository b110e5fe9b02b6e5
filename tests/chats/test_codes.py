"""Codes: read once by whom they are for, kept nowhere, never said twice, and not to be guessed."""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from bot.channels.web.requests import counted_as
from bot.conversation.code_guesses import OVER_ALL, PER_ADDRESS
from storage import invites
from storage.db import Tx
from tests.channels.test_web import Web, served
from tests.chats.test_start import STRANGER, invited
from tests.conftest import Office, OpenOffice
from tests.fakes.telegram import FakeTelegram
from tests.phones import listening, on_telegram

ONCE = "[mã chỉ hiện một lần"
Rows = Callable[[str], Awaitable[list[tuple[Any, ...]]]]


async def kept_anywhere(rows: Rows, code: str) -> list[str]:
    """Tables of the file in which a code can be read."""
    found = []
    for (table,) in await rows("SELECT name FROM sqlite_master WHERE type = 'table'"):
        for row in await rows(f"SELECT * FROM {table}"):
            if code.lower() in str(row).lower():
                found.append(table)
    return found


def test_a_code_has_ten_letters_that_nobody_confuses() -> None:
    assert invites.LENGTH == 10
    assert not set("0O1IL") & set(invites.ALPHABET)


@pytest.mark.parametrize("asked", ["/moinguoi Hứa Văn Ghi Chú", "/batdau ma"])
async def test_a_code_that_was_shown_is_kept_nowhere(office: Office, asked: str) -> None:
    code = await invited(office, asked)
    assert await kept_anywhere(office.rows, code) == []
    assert ONCE in str(await office.rows("SELECT body FROM outbox"))


async def test_a_code_that_was_typed_is_kept_nowhere_right_or_wrong(office: Office) -> None:
    code = await invited(office)
    wrong = code[:-1] + ("A" if code[-1] != "A" else "B")
    await office.says(STRANGER, f"/batdau {wrong}", f"bắt đầu {code.lower()}", "tôi đã đọc và đồng ý")
    assert await kept_anywhere(office.rows, code) == []
    assert await kept_anywhere(office.rows, wrong) == []
    other = await invited(office, "/moinguoi Nông Văn Mẫu")
    said = await office.says("officer", "/dangky sk", other)
    assert "đã mở cho đồng chí Mẫu" in said, "typed at an open question it is no answer"
    assert await kept_anywhere(office.rows, other) == []


async def test_a_code_is_not_said_again(office: Office) -> None:
    chat = (await office.chat("officer"))._chat
    for n, text in enumerate(["/batdau", "2", "2"]):
        await office.app.receive(chat, f"c{n}", {"text": text})
        await office.app.dispatcher.idle()
    bodies = [
        json.loads(row[0])["text"] for row in await office.rows(f"SELECT body FROM outbox WHERE chat = {chat.id}")
    ]
    codes = [each for text in bodies for each in re.findall(rf"\b[{invites.ALPHABET}]{{10}}\b", text)]
    assert len(codes) == len(set(codes)), codes


async def test_a_new_code_ends_the_one_before(office: Office) -> None:
    first = await invited(office)
    second = await invited(office)
    assert "Tôi đã đọc" not in await office.says(STRANGER, f"/batdau {first}")
    assert "Tôi đã đọc" in await office.says(STRANGER, f"/batdau {second}")


async def test_a_code_of_somebody_inactive_opens_nothing(office: Office) -> None:
    code = await invited(office)
    await office.app.db.write(lambda tx: tx.run("UPDATE person SET active = 0 WHERE name = 'Hứa Văn Ghi Chú'"))
    assert "Tôi đã đọc" not in await office.says(STRANGER, f"/batdau {code}")


async def test_a_code_is_not_said_twice_after_a_kill(demo_file: Path, server: FakeTelegram) -> None:
    async with listening(demo_file, server, on_telegram(server)) as phones:
        said = await phones.says("officer", "/batdau ma")
        code = next(line for line in said.splitlines() if re.fullmatch(r"[A-Z2-9]{10}", line))
        officer = str(await phones.chat("officer"))

        async def rows(sql: str) -> list[tuple[Any, ...]]:
            return await phones.app.db.write(lambda tx: tx._connection.execute(sql).fetchall())

        assert await kept_anywhere(rows, code) == []
        body = json.dumps({"text": f"mã:\n{code}", "choices": [], "steering": [], "buttons": [], "files": []})
        await phones.app.db.write(
            lambda tx: tx._connection.execute(
                "UPDATE outbox SET state = 'sending', body = ?, secret = ? WHERE id = (SELECT MAX(id) FROM outbox)",
                (body, f"{code}\n{ONCE}]"),
            )
        )
    before = len(server.shown[officer])
    async with listening(demo_file, server, on_telegram(server)) as phones:
        await phones.settled()
        told = [message.text for message in server.shown[officer][before:]]
        assert len(told) == 1
        assert code not in told[0]
        assert ONCE in told[0]


# Guessing -------------------------------------------------------------------------------------


async def test_over_all_chats_only_so_many_wrong_codes_are_taken(open_office: OpenOffice) -> None:
    office = await open_office()
    code = await invited(office)

    def all_missed(tx: Tx) -> None:
        for n in range(OVER_ALL):
            invites.missed(tx, now=office.app.now(), address=f"10.0.0.{n}")

    await office.app.db.write(all_missed)
    assert "quá nhiều mã sai" in await office.says(STRANGER, f"/batdau {code}")
    assert "Tôi đã đọc" in await office.says(STRANGER, ":wait 61m", f"/batdau {code}")


async def guessed(web: Web, n: int, **more: Any) -> int:
    status, _ = await web.post("/login", {"code": f"ABCDEFGH{n // 8 % 8 + 2}{n % 8 + 2}"}, **more)
    return status


async def test_guessing_on_the_page_is_counted_before_the_writer_is_asked(demo_file: Path) -> None:
    async with served(demo_file, demo=False) as web:
        written = 0
        write = web.app.db.write

        async def counted(*args: Any, **more: Any) -> Any:
            nonlocal written
            written += 1
            return await write(*args, **more)

        web.app.db.write = counted  # type: ignore[assignment,method-assign]  # counted here only
        statuses = await asyncio.gather(*(guessed(web, n) for n in range(60)))
        assert statuses.count(403) == PER_ADDRESS
        assert statuses.count(429) == 60 - PER_ADDRESS
        assert written <= PER_ADDRESS
        web.app.db.write = write  # type: ignore[method-assign]  # as it was
        assert await web.app.db.write(lambda tx: tx.value("SELECT COUNT(*) FROM wrong_code")) == PER_ADDRESS
        assert (
            await web.app.db.write(lambda tx: tx.value("SELECT COUNT(*) FROM audit WHERE what = 'codes_guessed'")) == 1
        )
    async with served(demo_file, demo=False) as web:  # a new start has forgotten none
        assert await guessed(web, 61) in (403, 429)
        assert await web.app.db.write(lambda tx: tx.value("SELECT COUNT(*) FROM wrong_code")) == PER_ADDRESS


@pytest.mark.slow
async def test_many_addresses_guess_no_more_than_so_many_over_all(demo_file: Path) -> None:
    async with served(demo_file, demo=False) as web:
        statuses = []
        for n in range(0, OVER_ALL + 40, 10):
            headers = {"X-Forwarded-For": f"203.0.113.{n % 250}"}
            statuses += [await guessed(web, n + k, headers=headers) for k in range(10)]
        assert statuses.count(403) <= OVER_ALL
        assert statuses[-1] == 429


async def test_nobody_else_is_kept_out_by_guesses_from_elsewhere(demo_file: Path) -> None:
    from tests.chats.test_devices import logged_in

    async with served(demo_file, demo=False) as web:
        for n in range(PER_ADDRESS + 2):
            await guessed(web, n, headers={"X-Forwarded-For": "203.0.113.9"})
        await logged_in(web)


async def test_wrong_codes_in_a_chat_stand_in_the_audit_without_the_codes(office: Office) -> None:
    talk = await office.chat(STRANGER)
    await talk.says(*(f"/batdau ABCDEFGHJ{n}" for n in range(2, 9)))
    rows = await office.rows("SELECT what, detail FROM audit WHERE what = 'codes_guessed'")
    assert len(rows) == 1
    assert "ABCDEFGHJ" not in str(rows)


def test_one_machine_of_many_addresses_is_one() -> None:
    assert counted_as("2001:db8:1:2:3:4:5:6") == counted_as("2001:db8:1:2:ffff::9")
    assert counted_as("2001:db8:1:2::1") != counted_as("2001:db8:1:3::1")
    assert counted_as("::ffff:203.0.113.7") == counted_as("203.0.113.7")


async def test_the_slips_of_a_whole_office_behind_one_address_keep_nobody_out(demo_file: Path) -> None:
    from tests.chats.test_devices import logged_in

    async with served(demo_file, demo=False) as web:
        for n in range(25):
            assert await guessed(web, n) == 403
        await logged_in(web)


async def test_after_a_new_start_a_right_code_is_not_called_wrong(demo_file: Path) -> None:
    async with served(demo_file, demo=False) as web:

        def missed(tx: Tx) -> None:
            for _ in range(PER_ADDRESS):
                invites.missed(tx, now=web.app.now(), address="127.0.0.1")

        await web.app.db.write(missed)
        assert await guessed(web, 1) == 429
