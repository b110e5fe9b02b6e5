"""«Tất cả dữ liệu về tôi» of one's own data: every table that can name somebody is shown, or says why it is not."""

import ast
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from bot.office.roster import held_data as words
from bot.office.roster.doings import DOINGS
from storage import held_data
from storage.migrating import migrations, statements
from tests.conftest import Office
from tests.sheets import sheet

ROOT = Path(__file__).parents[2]


def named_in() -> Iterator[str]:
    """Every column that refers to a person or to a chat."""
    connection = sqlite3.connect(":memory:")
    for _number, script in sorted(migrations().items()):
        for statement in statements(script):
            connection.execute(statement)
    for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        for key in connection.execute(f"PRAGMA foreign_key_list({table})").fetchall():
            if key[2] in ("person", "chat"):
                yield f"{table}.{key[3]}"


def test_every_column_that_can_name_somebody_is_shown_or_says_why_not() -> None:
    known = held_data.HELD.keys() | held_data.TOLD_OTHERWISE | held_data.OF_A_CHAT
    assert set(named_in()) == known, "a new table says in storage/held_data.py how whoever it names sees it"


def test_everything_that_is_read_is_said() -> None:
    assert words.LABELS.keys() | words.COUNTED.keys() | {"audit.person"} == held_data.HELD.keys()


def noted() -> Iterator[str]:
    """Every code that is noted in the audit."""
    for folder in ("bot", "handlers", "storage"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "note":
                    what = [key.value for key in node.keywords if key.arg == "what"] or node.args[:1]
                    for each in (found for arg in what for found in ast.walk(arg)):
                        if isinstance(each, ast.Constant) and isinstance(each.value, str):
                            yield each.value


def test_every_code_of_the_audit_has_its_words() -> None:
    assert {code for code in noted() if code.isidentifier() and not code.endswith("_")} - DOINGS.keys() == set()


async def test_what_somebody_has_written_and_what_was_noted_of_it_is_there(office: Office) -> None:
    await office.says("officer", *sheet("Kho bản vẽ hoàn công dùng chung toàn phòng"))
    said = await office.says("officer", "/dulieucuatoi đủ")
    code = str(await office.value("SELECT MAX(code) FROM initiative"))
    assert "Phiếu đã viết (02): SK-2027-001" in said
    assert f"{code} 100%" in said
    assert "đăng ký: 01, gần nhất lúc" in said
    assert "Tin nhắn của đồng chí còn lưu nội dung" in said
    assert code not in await office.says("Lục Thị Minh Họa", "/dulieucuatoi đủ"), "nobody else's"


async def test_every_query_runs_for_whoever_asks(office: Office) -> None:
    for who in ("office", "head", "Hà Văn Thí Dụ", "Đinh Văn Cao Kỳ"):
        assert "Toàn bộ dữ liệu lưu về" in await office.says(who, "/dulieucuatoi du")
