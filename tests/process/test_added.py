"""What is added touches few files: a command, a field, a channel and a duty, each on a copy of the tree that then runs.

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

import pytest

from tests.house import FOLDERS, ROOT
from tests.processes import free_port, run, spawn

pytestmark = pytest.mark.slow

EXAMPLES = ROOT / "docs/examples"
COSTS = "02 triệu đồng, tự túc"
NEXT = len(list((ROOT / "storage/schema").glob("*.sql"))) + 1
PLAN = "bot/plans/langson-sxd-2026-2030.toml"


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


def entry(*pairs: tuple[str, str]) -> str:
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
    return head + "".join(f'\nmsgid "{said}"\nmsgstr "{vietnamese}"\n' for said, vietnamese in pairs)


COMMAND = Addition(
    3,
    {"handlers/opinion.py": example("opinion.py"), "locales/vi/opinion.po": example("opinion.po")},
    {"handlers/__init__.py": {"    promise,\n": "    opinion,\n", "    promise.FEATURE,\n": "    opinion.FEATURE,\n"}},
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
    3,
    {
        f"storage/schema/{NEXT:04}_cost.sql": "ALTER TABLE initiative ADD COLUMN cost TEXT NOT NULL DEFAULT '';\n",
        "locales/vi/cost.po": entry(
            ("Cost", "Kinh phí"),
            ("What does it cost, and who pays?", "Kinh phí bao nhiêu, từ nguồn nào?"),
            ("Cost: {value}", "Kinh phí: {value}"),
        ),
    },
    {
        "handlers/register.py": {
            "\nFIELDS: Mapping": (
                'COST = Field("cost", _("Cost"), _("What does it cost, and who pays?"), Line(shortest=2))\n'
            ),
            'STARTS),\n    "mh"': "COST, ",
        },
        "storage/initiatives.py": {
            "    starts: str\n    collective: bool\n    charge: int | None\n    due: date | None\n\n": "    cost: str\n",
            "initiative.starts, initiative.collective": "initiative.cost, ",
            "starts, collective, charge, due, state, by, at": "cost, ",
            ":starts, :collective": ":cost, ",
            "starts = :starts": "cost = :cost, ",
        },
        "bot/office/duties/item_texts.py": {
            "    if item.starts:\n": ('    if item.cost:\n        lines.append(_("Cost: {value}", value=item.cost))\n'),
            '"authors": shares, "starts"': '"cost": item.cost, ',
            '        starts=answers.get("starts")': '        cost=answers.get("cost") or "",\n',
        },
    },
)
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
    """A copy of the product."""
    for folder in (*FOLDERS, "locales"):
        shutil.copytree(ROOT / folder, tmp_path / "tree" / folder, ignore=shutil.ignore_patterns("__pycache__"))
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


def test_a_question_of_the_registration(tree: Path, demo_file: Path) -> None:
    assert len(FIELD.touched) <= FIELD.most
    FIELD.put_into(tree)
    answers = ("1", "Quét mã thay sổ giao nhận hồ sơ ở bộ phận một cửa", "1", "bỏ qua", "1", "bỏ qua", COSTS)
    shown = talk(tree, demo_file, "officer", "/dangky", *answers, "chưa xác định", "gửi")
    assert "Kinh phí bao nhiêu, từ nguồn nào?" in shown
    with sqlite3.connect(demo_file) as file:
        ((code, cost),) = file.execute("SELECT code, cost FROM initiative ORDER BY id DESC LIMIT 1").fetchall()
    file.close()
    assert cost == COSTS
    assert f"Kinh phí: {COSTS}" in talk(tree, demo_file, "officer", f"/cuatoi {code}")


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
