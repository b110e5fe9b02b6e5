"""Telephone numbers: one form for each, whole; what no phone can have is refused with its reason."""

from pathlib import Path

import pytest

from bot.language.i18n import Text, Words
from bot.language.phone import read_phone, shown, vouched
from tests.fakes.telegram import FakeTelegram
from tests.phones import Phones

MINE = "+84912000001"


@pytest.mark.parametrize(
    "said",
    [
        "0912000001",
        "0912 000 001",
        "0912.000.001",
        "0912-000-001",
        "0912–000–001",
        "+84912000001",
        "+84 912 000 001",
        "84912000001",
        "0084912000001",
        "00 84 912 000 001",
        "+84 (0)912 000 001",
        "+84(0) 912.000.001",
        "(84) 0912000001",
        "(+84) 912000001",
        "840912000001",
        "912000001",
        "912000001.0",
        "00912000001",
        "'0912000001",
        "ĐT: 0912000001",
        "SĐT 0912.000.001",
        " ０９１２０００００１ ",
        "0912\u00a0000\u00a0001",
        "+840912000001",
        "9.12000001E8",
        "9.12000001e+08",
        "0912000001 (Zalo)",
        "\u202a+84912000001\u202c",
        "0912000001 (cơ quan)",
    ],
)
def test_one_number_written_in_many_ways_is_one_number(said: str) -> None:
    assert read_phone(said) == MINE


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("0205 3812 345", "+842053812345"),
        ("(0205) 3812345", "+842053812345"),
        ("2053812345", "+842053812345"),
        ("+84 24 3974 1234", "+842439741234"),
        ("0380000003", "+84380000003"),
        ("0562345678", "+84562345678"),
    ],
)
def test_landlines_and_every_prefix_stay_whole(said: str, number: str) -> None:
    assert read_phone(said) == number


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("091200000", "10 chữ số"),
        ("09120000012", "10 chữ số"),
        ("0412000001", "10 chữ số"),
        ("113", "10 chữ số"),
        ("0612345678", "10 chữ số"),
        ("+84 12", "10 chữ số"),
        ("+84 0412 000 001", "10 chữ số"),
        ("1900 1234", "10 chữ số"),
        ("+0912000001", "10 chữ số"),
        ("0205381234", "10 chữ số"),
        ("9.12E+08", "10 chữ số"),
        ("không có", "10 chữ số"),
        ("33912345678", "10 chữ số"),
        ("+33 9 12 34 56 78", "nước ngoài"),
        ("0033912345678", "nước ngoài"),
        ("+1 202 555 0147", "nước ngoài"),
        ("O912000001", "chỉ ghi số"),
        ("0912xxx001", "10 chữ số"),
        ("+841680000003", "0380000003"),
        ("01680000003", "0380000003"),
        ("0121 234 5678", "0792345678"),
        ("0912000001 / 0912000002", "một số"),
        ("0912000001; 0912000002", "một số"),
        ("0912000001 hoặc 0912000002", "một số"),
        ("0205 3812 345 máy lẻ 12", "chỉ ghi số"),
        ("0" * 9000, "không phải là số"),
    ],
)
def test_what_no_phone_can_have_is_refused_with_its_reason(said: str, why: str) -> None:
    answer = read_phone(said)
    assert isinstance(answer, Text), answer
    assert why in Words("vi").say(answer)


def test_a_number_is_shown_as_people_here_write_it() -> None:
    assert shown(MINE) == "0912000001"
    assert shown("+33912345678") == "+33912345678"


def test_a_card_has_its_country_with_or_without_a_plus() -> None:
    assert vouched("84912000001") == vouched("+84 912 000 001") == vouched("0912000001") == MINE
    assert vouched("33912000001") == "+33912000001"
    assert vouched("912000001") != MINE
    assert vouched("không") is None


# At the door ----------------------------------------------------------------------------------


async def _has(phones: Phones, name: str, phone: str) -> None:
    await phones.app.db.write(
        lambda tx: tx.run("UPDATE person SET phone = :phone WHERE name = :name", phone=phone, name=name)
    )


@pytest.mark.parametrize(
    ("kept", "card"),
    [
        ("0912345678", "+33912345678"),
        ("0912345678", "8613912345678"),
        ("0912345678", "+447912345678"),
        ("0812345678", "+888 1234 5678"),
        ("+84912345678", "912345678"),
        ("+33912345678", "+84912345678"),
    ],
)
async def test_a_foreign_number_that_ends_alike_opens_nobodys_chat(
    phones: Phones, server: FakeTelegram, kept: str, card: str
) -> None:
    await _has(phones, "Nông Văn Mẫu", kept)
    server.shares(88, card)
    await phones.settled()
    assert "xử lý họ tên" not in server.shown["88"][-1].text


@pytest.mark.parametrize("role", ["office", "chief", "leader", "admin"])
async def test_a_number_alone_opens_no_post_that_sees_or_decides_much(
    phones: Phones, server: FakeTelegram, role: str
) -> None:
    await _has(phones, "Nông Văn Mẫu", MINE)
    await phones.app.db.write(
        lambda tx: tx.run("UPDATE person SET role = :role WHERE name = 'Nông Văn Mẫu'", role=role)
    )
    server.shares(88, MINE)
    await phones.settled()
    said = server.shown["88"][-1].text
    assert "xử lý họ tên" not in said
    assert "mã mời" in said


async def test_a_head_comes_in_by_the_number_that_the_roster_has(phones: Phones, server: FakeTelegram) -> None:
    await _has(phones, "Hoàng Văn Thử", MINE)
    server.shares(88, "84912000001")
    await phones.settled()
    assert "xử lý họ tên" in server.shown["88"][-1].text


async def test_ones_data_shows_the_number_as_it_is_dialled(phones: Phones) -> None:
    await _has(phones, "Nông Văn Mẫu", MINE)
    assert "Điện thoại: 0912000001" in await phones.says("officer", "/dulieucuatoi")


def test_numbers_kept_before_are_kept_whole_from_now_on(tmp_path: Path) -> None:
    """A file made before the numbers had one form is brought to it when it is opened."""
    import sqlite3

    from storage.migrating import SCHEMA

    with sqlite3.connect(tmp_path / "old.db") as file:
        for step in sorted(SCHEMA.glob("000[1-5]*.sql")):
            file.executescript(step.read_text("utf-8"))
        file.execute("INSERT INTO unit (code, name, kind, place) VALUES ('A', 'A', 'phong', 1)")
        for n, phone in enumerate(("0912000001", "02053812345", "00912000001", None)):
            file.execute(
                "INSERT INTO person (name, name_fold, unit, role, phone) VALUES (?, '', 'A', 'officer', ?)",
                (str(n), phone),
            )
        file.executescript((next(SCHEMA.glob("*_identity.sql"))).read_text("utf-8"))
        kept = [row[0] for row in file.execute("SELECT phone FROM person ORDER BY id")]
    file.close()
    assert kept == [MINE, "+842053812345", "00912000001", None]
