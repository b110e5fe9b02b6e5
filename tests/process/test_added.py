"""What is added touches few files: a command, a field, a kind, a channel and a duty, each on a copy of the tree that then runs.

What does not count: the migration, the catalogue, and its test and documents.
"""

import asyncio
import os
import shutil
import sqlite3
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.house import FOLDERS, ROOT
from tests.processes import free_port, run, spawn

pytestmark = pytest.mark.slow

EXAMPLES = ROOT / "docs/examples"
COSTS = "02 triệu đồng, tự túc"
TITLE = "Vật liệu không nung cho công trình vùng cao biên giới"
PLAN = "bot/plans/langson-sxd-2026-2030.toml"
SHEET = (
    f"1. Tên: {TITLE}",
    "3. Kinh phí: 1.500.000.000 đồng",
    "4. Bắt đầu: 01/12/2027",
    "5. Phạm vi: Toàn ngành",
    "6. Thời lượng: 120 giờ",
    "8. Người hướng dẫn: ",
    "9. Hoàn thành: quý IV/2027",
)


@dataclass(frozen=True)
class Addition:
    """New files, and pieces of text put before others that stand there once."""

    most: int
    files: Mapping[str, str] = field(default_factory=dict)
    before: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def touched(self) -> list[str]:
        """What counts."""
        return [path for path in [*self.files, *self.before] if not path.startswith(("storage/schema/", "locales/"))]

    def put_into(self, tree: Path) -> None:
        """Add it."""
        for path, text in self.files.items():
            (tree / path).parent.mkdir(parents=True, exist_ok=True)
            (tree / path).write_text(text, encoding="utf-8")
        for path, pieces in self.before.items():
            text = (tree / path).read_text(encoding="utf-8")
            for anchor, piece in pieces.items():
                assert text.count(anchor) == 1, f"{path}: {anchor!r} stands there {text.count(anchor)} times"
                text = text.replace(anchor, piece + anchor)
            (tree / path).write_text(text, encoding="utf-8")


def example(name: str) -> str:
    return (EXAMPLES / name).read_text(encoding="utf-8")


COMMAND = Addition(
    3,
    {"handlers/opinion.py": example("opinion.py"), "locales/vi/opinion.po": example("opinion.po")},
    {
        "handlers/__init__.py": {
            "    promise,\n": "    opinion,\n",
            "            promise.FEATURE,\n": "            opinion.FEATURE,\n",
        }
    },
)
CHANNEL = Addition(
    3,
    {"bot/channels/folder/__init__.py": example("folder.py")},
    {
        "bot/server/settings.py": {'    public_url: str = ""\n': "    folder: Path | None = None\n"},
        "bot/server/run_commands.py": {
            "    return found\n\n\nasync def talk": (
                "    if settings.folder is not None:\n"
                "        from bot.channels.folder import Folder\n\n"
                "        found.append(Folder(settings.folder))\n"
            )
        },
    },
)

FIELD = Addition(
    1,
    before={
        PLAN: {
            """[[kinds]]
code = "mh"
""": """[[kinds.fields]]
code = "cost"
label = "Kinh phí"
question = "Kinh phí bao nhiêu, từ nguồn nào?"
type = "line"

"""
        }
    },
)
"""A question of the registration: the plan file alone tells of it."""
KIND = Addition(
    1,
    before={
        PLAN: {
            '[[levels]]\ncode = "co_so"': """[[kinds]]
code = "de_tai"
prefix = "DT"
name = "Đề tài cấp cơ sở"
short = "đề tài"
words = ["nghien cuu khoa hoc"]
example = "Vật liệu không nung cho công trình vùng cao"
authors = "people"

[[kinds.fields]]
code = "budget"
label = "Kinh phí"
question = "Đề tài cần bao nhiêu kinh phí?"
type = "money"
example = "20 triệu đồng"

[[kinds.fields]]
code = "begun"
label = "Bắt đầu"
question = "Đề tài bắt đầu ngày nào?"
type = "date"
example = "15/01/2027"

[[kinds.fields]]
code = "scope"
label = "Phạm vi"
question = "Đề tài áp dụng ở đâu?"
type = "choice"
choices = ["Trong đơn vị", "Toàn ngành", "Toàn tỉnh"]

[[kinds.fields]]
code = "hours"
label = "Thời lượng"
question = "Dự kiến bao nhiêu giờ nghiên cứu?"
type = "number"
unit = "giờ"

[[kinds.fields]]
code = "team"
label = "Nhóm thực hiện"
question = "Ai thực hiện đề tài, tỷ lệ thế nào?"
type = "authors"

[[kinds.fields]]
code = "adviser"
label = "Người hướng dẫn"
question = "Ai hướng dẫn đề tài?"
type = "person"

[[kinds.fields]]
code = "span"
label = "Hoàn thành"
question = "Đề tài xong trong thời gian nào?"
type = "period"

[[kinds.fields]]
code = "outline"
label = "Đề cương"
question = "Đề nghị gửi tệp đề cương."
type = "files"

"""
        }
    },
)
"""A kind of registration with a question of every other type: the plan file alone tells of it."""
DUTY = Addition(
    1,
    before={
        PLAN: {
            '[[duties]]\ncode = "narrative"': (
                '[[duties]]\ncode = "half"\nname = "báo cáo sáu tháng"\nhow = "paper"\nbasis = "office"\nby = "office"\n'
                'until = "12-01"\nopens = "10-01"\nlocks = "12-31"\nladder = "office"\n\n'
                '[[duties]]\ncode = "quy"\nname = "báo cáo"\nhow = "paper"\nbasis = "office"\nof = ["phong"]\n'
                'every = "quarter"\nparts = [\n'
                '    { name = "quý I", opens = "03-15", before = "04-05" },\n'
                '    { name = "quý II", opens = "06-15", before = "07-05" },\n'
                '    { name = "quý III", opens = "10-01", before = "10-25" },\n'
                '    { name = "quý IV", opens = "12-15", before = "01-05" },\n]\n\n'
            )
        }
    },
)
"""One more report of the office itself, and one that some units send every quarter: the plan file alone tells of them."""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of the product, compiled as it is here: what is added is compiled anew."""
    for folder in (*FOLDERS, "locales"):
        shutil.copytree(ROOT / folder, tmp_path / "tree" / folder)
    return tmp_path / "tree"


def around(tree: Path, **more: str) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "PYTHONPATH": str(tree), "PYTHONSAFEPATH": "1", **more}


def talk(tree: Path, db: Path, who: str, *lines: str) -> str:
    """What somebody is shown by the product of this tree."""
    argv = (sys.executable, "-m", "bot", "talk", "--db", str(db), "--as", who)
    done = run(argv, input="\n".join([*lines, ""]), cwd=tree, env=around(tree), timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_command(tree: Path, demo_file: Path) -> None:
    assert len(COMMAND.touched) <= COMMAND.most
    COMMAND.put_into(tree)
    shown = talk(tree, demo_file, "officer", "góp ý", "Gửi lịch họp sớm hơn một ngày cho các phòng", "gửi")
    assert "Theo đồng chí, Văn phòng nên làm tốt hơn việc gì?" in shown
    assert "✅ Đã gửi góp ý đến Văn phòng." in shown
    assert "Gửi lịch họp sớm hơn một ngày cho các phòng" in talk(tree, demo_file, "office", "/menu")


async def test_a_channel(tree: Path, demo_file: Path, tmp_path: Path) -> None:
    assert len(CHANNEL.touched) <= CHANNEL.most
    CHANNEL.put_into(tree)
    env = around(tree, THIDUA_FOLDER=str(tmp_path / "post"), THIDUA_HTTP=str(free_port()))
    argv = (sys.executable, "-m", "bot", "run", "--db", str(demo_file), "--now", "2027-10-18T09:00")
    server = await spawn(*argv, cwd=tree, env=env)
    answer = tmp_path / "post/out/an.txt"
    try:
        (tmp_path / "post/in").mkdir(parents=True)
        (tmp_path / "post/in/an.1.txt").write_text("xin chào", encoding="utf-8")
        async with asyncio.timeout(60):
            while not answer.exists():
                assert server.returncode is None
                await asyncio.sleep(0.1)
        assert "mã" in answer.read_text(encoding="utf-8")
        assert not list((tmp_path / "post/in").iterdir())
    finally:
        server.terminate()
        await server.wait()


def take(tree: Path, db: Path) -> None:
    """The office runs on the plan file of this tree, which is right."""
    for argv in (("check", PLAN), ("plan", "take", PLAN, "--apply", "--db", str(db))):
        done = run((sys.executable, "-m", "bot", *argv), cwd=tree, env=around(tree), timeout=240)
        assert done.returncode == 0, done.stdout + done.stderr


def newest(db: Path, sql: str) -> tuple[Any, ...]:
    """A row of the file."""
    with sqlite3.connect(db) as file:
        row: tuple[Any, ...] = file.execute(sql).fetchone()
    file.close()
    return row


def test_a_question_of_the_registration(tree: Path, demo_file: Path) -> None:
    assert FIELD.touched == [PLAN]
    FIELD.put_into(tree)
    take(tree, demo_file)
    answers = ("1", "Quét mã thay sổ giao nhận hồ sơ ở bộ phận một cửa", "1", "1")
    shown = talk(tree, demo_file, "officer", "/dangky", *answers, COSTS, "gửi")
    assert "Kinh phí bao nhiêu, từ nguồn nào?" in shown
    (code,) = newest(demo_file, "SELECT code FROM initiative ORDER BY id DESC LIMIT 1")
    (cost,) = newest(demo_file, "SELECT value FROM item_answer WHERE field = 'cost'")
    assert cost == f'"{COSTS}"'
    assert f"Kinh phí: {COSTS}" in talk(tree, demo_file, "officer", f"/cuatoi {code}")


def test_a_kind_of_registration(tree: Path, demo_file: Path, tmp_path: Path) -> None:
    """Registered, shown, changed, confirmed, received and recognised in chats, and known to whom it names."""
    assert KIND.touched == [PLAN]
    KIND.put_into(tree)
    take(tree, demo_file)
    outline = tmp_path / "de-cuong.pdf"
    outline.write_bytes(b"%PDF-1.4 one page")
    asked = talk(tree, demo_file, "officer", "đăng ký", "đăng ký nghiên cứu khoa học", TITLE, "2", "hai chục triệu")
    assert "<Đề tài cấp cơ sở>" in asked
    assert "Đăng ký đề tài cấp cơ sở năm 2027 · Câu 1/10" in asked
    assert "Chưa đọc được «hai chục triệu» là số tiền. Đề nghị ghi như: 20 triệu đồng" in asked
    answers = ("1,5 tỷ", "01/12/2027", "toàn ngành", "120 giờ", "tôi 60, Lý Thị Ví Dụ 40", "Lục Thị Minh Họa")
    review = talk(tree, demo_file, "officer", *answers, "quý IV", "chưa có tệp", f":file {outline}", "xong")
    assert "Câu này cần tệp." in review
    for line in SHEET:
        assert line in review
    assert "7. Nhóm thực hiện: Nông Văn Mẫu 60%; Lý Thị Ví Dụ 40%" in review
    assert "10. Đề cương: 01 tệp" in review
    assert "Người được nêu tên trong phiếu cũng xem được." in review
    assert "Mã theo dõi: DT-2027-001" in talk(tree, demo_file, "officer", "gửi")

    changed = talk(tree, demo_file, "officer", "/cuatoi sua DT-2027-001", "sửa 3 800 triệu", "sửa 5", "1", "gửi")
    assert "Trước: 1.500.000.000 đồng" in changed
    assert "Nay: 800.000.000 đồng" in changed
    sheet = talk(tree, demo_file, "officer", "/cuatoi DT-2027-001")
    for line in ("Kinh phí: 800.000.000 đồng", "Phạm vi: Trong đơn vị", "Thời lượng: 120 giờ", "Bắt đầu: 01/12/2027"):
        assert line in sheet
    assert "Đề cương: de-cuong.pdf" in sheet
    rows = "SELECT value FROM item_answer WHERE field = 'budget' ORDER BY version"
    with sqlite3.connect(demo_file) as file:
        assert file.execute(rows).fetchall() == [('"1500000000"',), ('"800000000"',)]
    file.close()

    named = talk(tree, demo_file, "Lục Thị Minh Họa", "/dulieucuatoi", "/cuatoi DT-2027-001")
    assert "DT-2027-001" in named.split("Dữ liệu")[-1]
    assert "Người hướng dẫn: " in named
    head = talk(tree, demo_file, "head", "/xacnhan DT-2027-001", ":tap Xác nhận")
    assert "Kinh phí: 800.000.000 đồng" in head
    talk(tree, demo_file, "office", "/tiepnhan DT-2027-001", "/tiepnhan DT-2027-001")
    talk(tree, demo_file, "office", "/congnhan DT-2027-001", "cơ sở", "88/QĐ-SXD", "15/12/2027", "gửi")
    assert newest(demo_file, "SELECT state FROM initiative WHERE code = 'DT-2027-001'") == ("received",)
    talk(tree, demo_file, "office", "sửa 4 18/10/2027", "gửi")
    assert newest(demo_file, "SELECT state FROM initiative WHERE code = 'DT-2027-001'") == ("recognised",)


def test_a_duty(tree: Path, demo_file: Path) -> None:
    assert len(DUTY.touched) <= DUTY.most
    DUTY.put_into(tree)
    done = run((sys.executable, "-m", "bot", "check", PLAN), cwd=tree, env=around(tree), timeout=120)
    assert done.returncode == 0, done.stderr
    assert "báo cáo sáu tháng" in done.stdout
    argv = ("plan", "take", PLAN, "--apply", "--db", str(demo_file))
    done = run((sys.executable, "-m", "bot", *argv), cwd=tree, env=around(tree), timeout=120)
    assert done.returncode == 0, done.stderr
    begun = talk(tree, demo_file, "office", "việc", "/vanban half 2027")
    assert "Gửi báo cáo sáu tháng năm 2027" in begun
    assert "Báo cáo được gửi ngày nào?" in begun
    done_with = talk(tree, demo_file, "office", "15/10/2027", "bỏ qua", "gửi", "/vanban half 2027", "việc")
    assert "báo cáo sáu tháng năm 2027 gửi ngày 15/10/2027" in done_with
    assert "Báo cáo sáu tháng năm 2027 đã được ghi là gửi ngày 15/10/2027" in done_with
    assert "Gửi báo cáo sáu tháng" not in done_with
    assert "Gửi báo cáo quý III năm 2027: đến hết ngày 24/10/2027" in talk(tree, demo_file, "head", "việc")
    talk(tree, demo_file, "head", "/vanban quy.3", "15/10/2027", "12/BC-QLXD", "gửi")
    assert "báo cáo quý III" not in talk(tree, demo_file, "head", "việc")
