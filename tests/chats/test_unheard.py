"""What nobody understood is kept for the office to learn from: of people who agreed, without names and digits, for 30 days."""

import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from bot.language import struck
from bot.language.i18n import Words
from bot.server.settings import Settings
from storage.db import Tx
from tests.conftest import Office, OpenOffice
from tests.sheets import REGISTER

KEPT = "SELECT words FROM unheard ORDER BY id"
STRANGE = "gà gáy sáng nay ở nhà kho"
"""Words that call nothing."""
NAMES = ["Nông Văn Mẫu", "Lương Thị Nháp", "Hoàng Văn Thử", "Lý Thị Ví Dụ"]


async def agrees(office: Office, name: str = "Nông Văn Mẫu", answer: str = "agreed", version: str = "") -> None:
    """The person's newest answer to the data notice."""
    notice = version or office.app.plan.notice

    def work(tx: Tx) -> None:
        tx.run(
            """
            INSERT INTO consent (person, chat, version, answer, at)
            SELECT person.id, chat.id, :version, :answer, '2027-10-18T01:00:00.000000Z'
              FROM person JOIN chat ON chat.person = person.id WHERE name = :name LIMIT 1
            """,
            name=name,
            version=notice,
            answer=answer,
        )

    await office.app.db.write(work)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Nhờ Nông Văn Mẫu gửi 12 tệp ngày 3/11", "nho … gui # tep ngay #/#"),
        ("gap chi nhap o dau", "gap chi … o dau"),
        ("chị Nháp với anh Thử nghỉ đến bao giờ", "chi … voi anh … nghi den bao gio"),
        ("gọi 0912 345 678 hoặc mau.nv@vidu.vn nhé", "goi # # # hoac @ nhe"),
        ("xem SK-2027-001 của Phòng Quản lý xây dựng", "xem sk-#-# cua phong quan ly xay dung"),
        ("văn thư để ở đâu", "van thu de o dau"),
        ("mẫu phiếu nằm ở đâu", "mau phieu nam o dau"),
        ("Lý Thị Ví Dụ và Lương Thị Nháp đổi chỗ", "… va … doi cho"),
        ("nháp ơi xem hộ", "… oi xem ho"),
        ("xem https://vidu.vn/a?b=1 hộ", "xem @ ho"),
    ],
)
def test_who_and_how_much_is_meant_is_struck_out(said: str, kept: str) -> None:
    assert struck(said, NAMES) == kept


async def test_what_is_not_understood_is_kept_folded_of_who_agreed(office: Office) -> None:
    await office.says("officer", STRANGE)
    assert await office.rows(KEPT) == [], "nobody has agreed here"
    await agrees(office)
    heard = await office.says("officer", "Gà gáy 5 giờ sáng nay ở nhà kho của Nông Văn Mẫu")
    assert "chưa hiểu" in heard or "Ý đồng chí là" in heard
    assert await office.rows(KEPT) == [("ga gay # gio sang nay o nha kho cua …",)]


async def test_who_agreed_to_an_older_notice_or_withdrew_is_not_listened_to(office: Office) -> None:
    await office.says("officer", "menu")
    await agrees(office, version="2020-01")
    await office.says("officer", STRANGE)
    await agrees(office)
    await agrees(office, answer="declined")
    await office.says("officer", STRANGE)
    assert await office.rows(KEPT) == []


async def test_what_is_understood_or_asks_for_nothing_is_not_kept(office: Office) -> None:
    await office.says("officer", "menu")
    await agrees(office)
    await office.says("officer", "việc", "cảm ơn", "chán quá", "ví dụ?", "👍", "gửi", "…", "123", "TUYỆT MẬT: gà gáy")
    assert await office.rows(KEPT) == []


async def test_beside_an_open_sheet_nothing_is_kept(office: Office) -> None:
    await office.says("officer", "menu")
    await agrees(office)
    await office.says("officer", *REGISTER[:2], "gà gáy", "/khongco", "xem phiếu", "gà gáy sáng nay")
    assert await office.rows(KEPT) == []


async def test_strangers_are_not_listened_to(office: Office) -> None:
    await office.says("stranger:x", STRANGE, STRANGE)
    assert await office.rows(KEPT) == []


async def test_it_is_shown_to_whoever_said_it_and_to_nobody_else(office: Office) -> None:
    await office.says("officer", "menu")
    await agrees(office)
    await office.says("officer", STRANGE)
    said = await office.says("officer", "/dulieucuatoi đủ")
    assert "Câu Trợ lý chưa hiểu, lưu không kèm tên người và số liệu (01): ga gay sang nay o nha kho" in said
    assert "lưu 30 ngày, không kèm tên người" in await office.says("officer", "/dulieucuatoi")
    assert "ga gay" not in await office.says("head", "/dulieucuatoi đủ")


async def test_it_is_gone_after_thirty_days(office: Office) -> None:
    await office.says("officer", "menu")
    await agrees(office)
    await office.says("officer", STRANGE)
    for days in range(1, 30):
        await office.app.move(office.app.now() + timedelta(days=1))
        assert len(await office.rows(KEPT)) == 1, days
    await office.app.move(office.app.now() + timedelta(days=2))
    assert await office.rows(KEPT) == []


async def test_it_is_gone_when_they_withdraw(office: Office) -> None:
    await office.says("officer", "menu")
    await agrees(office)
    await office.says("head", "menu")
    await agrees(office, "Hoàng Văn Thử")
    await office.says("officer", STRANGE)
    await office.says("head", "mèo kêu trưa nay")
    await office.says("officer", "/rutdongy co")
    assert await office.rows(KEPT) == [("meo keu trua nay",)], "what others said stays"


async def test_a_copy_that_is_put_back_loses_it_again(office: Office, tmp_path: Path) -> None:
    from storage.erasures import Erasure, erase_again

    await office.says("officer", "menu")
    await agrees(office)
    await office.says("officer", STRANGE)
    copy = tmp_path / "copy.db"
    with sqlite3.connect(office.app.db.path) as source, sqlite3.connect(copy) as to:
        source.backup(to)
        id, at, mark = source.execute("SELECT id, at, (SELECT mark FROM identity) FROM unheard").fetchone()
    with sqlite3.connect(copy, isolation_level=None) as put_back:
        known = put_back.execute("SELECT MAX(seq) FROM sqlite_sequence WHERE name = 'erasure'").fetchone()[0] or 0
        assert erase_again(put_back, [Erasure(mark, known + 1, at, "unheard", "deleted", f"{id}@{at}")]) == 1
        assert put_back.execute("SELECT COUNT(*) FROM unheard").fetchone() == (0,)


async def test_the_command_line_counts_it_most_often_first_beside_the_server(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    from argparse import Namespace

    from bot.server.look_commands import unheard

    options = Namespace(db=office.app.db.path)
    assert await unheard(options, Settings(), Words("vi")) == 0
    assert "chưa lưu câu nào" in capsys.readouterr().out
    await office.says("officer", "menu")
    await agrees(office)
    await office.says("officer", "mèo kêu 3 lần", STRANGE, "meo keu 5 lan")
    assert await unheard(options, Settings(), Words("vi")) == 0
    counted = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert [line[:2] for line in counted] == [["2", "meo keu # lan"], ["1", "ga gay sang nay o nha kho"]]
    offered = await office.rows("SELECT DISTINCT words, offered FROM unheard")
    assert {line[1]: ", ".join(line[2:]) or None for line in counted} == dict(offered), "with what was offered instead"
    assert await unheard(options, Settings(), Words("en")) == 0


async def test_another_office_keeps_it_too(open_school: OpenOffice) -> None:
    school = await open_school()
    name = str(await school.value("SELECT name FROM person WHERE active AND role = 'officer' ORDER BY id"))
    await school.says(name, "menu")
    await agrees(school, name)
    await school.says(name, STRANGE)
    assert await school.rows(KEPT) == [("ga gay sang nay o nha kho",)]
