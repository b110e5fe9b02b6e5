"""The documents are true: every command, option, setting and folder is named, and every link leads somewhere."""

import argparse
import ast
import re
from collections import defaultdict
from pathlib import Path

import pytest

from bot.conversation import gather
from bot.language.i18n import Words
from bot.server.options import parser
from bot.server.settings import PREFIX, Settings
from docs import doors, plan_file
from handlers import FEATURES
from tests import house

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), ROOT / "locales/STYLE.vi.md"])


class Anything:
    """Stands for what the commands do."""

    def __getattr__(self, name: str) -> str:
        return name


def rows(heading: str) -> dict[str, str]:
    """The rows of the table under a heading of README: first cell to the whole row."""
    part = README.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
    found = {}
    for line in part.splitlines():
        if line.startswith("| `"):
            found[line.split("`")[1]] = line
    return found


def test_every_chat_command_has_its_row() -> None:
    assert set(rows("Commands in the chat")) == {f"/{command.name}" for command in gather(FEATURES).commands.values()}


def test_every_command_of_the_command_line_has_its_row_with_its_options() -> None:
    subparsers = parser(Words("en"), Anything())._subparsers
    assert subparsers is not None
    commands = subparsers._group_actions[0].choices
    assert isinstance(commands, dict)
    table = rows("Command line")
    assert set(table) == set(commands)
    for name, command in commands.items():
        assert isinstance(command, argparse.ArgumentParser)
        for option in command._option_string_actions:
            if option not in ("-h", "--help"):
                assert f"`{option}`" in table[name], f"{name} {option} is not in README"


def test_every_setting_has_its_row() -> None:
    assert set(rows("Settings")) == {PREFIX + name.upper() for name in Settings.model_fields}


def test_every_folder_has_its_row() -> None:
    named = set(rows("How it is built"))
    there = {
        f"{path.name}/"
        for path in ROOT.iterdir()
        if path.is_dir() and not path.name.startswith((".", "__")) and path.name != "data"
    }
    assert named == there


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_leads_somewhere(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        if "://" not in target:
            assert (document.parent / target).exists(), f"{document.name} links to {target}"


def test_both_readmes_speak_of_the_same_commands() -> None:
    vietnamese = (ROOT / "README.vi.md").read_text(encoding="utf-8")
    known = {f"/{command.name}" for command in gather(FEATURES).commands.values()}
    assert set(re.findall(r"`(/[a-z]+)", vietnamese)) <= known


def test_the_project_names_no_machine_and_no_registry() -> None:
    forbidden = re.compile(r"/work/|/root/|index-url|--hash=.*https?://|\.\./shared", re.IGNORECASE)
    offenders = defaultdict(list)
    for path in ROOT.rglob("*"):
        inside = path.relative_to(ROOT).parts
        if inside[0].startswith(".") or "__pycache__" in inside or path == Path(__file__):
            continue
        if path.suffix in {".py", ".md", ".toml", ".lock", ".po", ".sql", ".csv", ".js", ".css"}:
            for n, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                if forbidden.search(line) and "no-emit-index-url" not in line:
                    offenders[str(path)].append(n)
    assert not offenders


def test_every_dependency_has_its_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    lists = re.findall(r"^(?:dependencies|dev) = \[\n(.*?)^\]", text, re.MULTILINE | re.DOTALL)
    assert len(lists) == 2
    for line in lists[0].splitlines():
        assert re.search(r'",\s+# \S', line), line


def test_every_promise_of_security_has_a_test_that_exists() -> None:
    text = (ROOT / "docs/security.md").read_text(encoding="utf-8")
    table = [line for line in text.splitlines() if line.startswith("| ")][1:]
    for line in table:
        named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", line)
        assert named, f"nothing holds: {line}"
        for path, name in named:
            assert re.search(rf"^(async )?def {name}\(", (ROOT / path).read_text(encoding="utf-8"), re.MULTILINE), name


@pytest.mark.slow
def test_the_picture_of_the_rooms_is_drawn_from_the_imports() -> None:
    _, drawn, _ = house.between((ROOT / house.CONTRIBUTING).read_text(encoding="utf-8"), "rooms")
    assert drawn.strip() == house.picture(house.sources()), "draw it: ./run house --draw"


def test_the_doors_are_drawn_from_the_handlers() -> None:
    _, drawn, _ = house.between((ROOT / house.CONTRIBUTING).read_text(encoding="utf-8"), "doors")
    assert drawn.strip() == doors.table(), "draw it: ./run house --draw"


def test_every_decision_has_a_date_a_status_and_its_row() -> None:
    _, index, _ = house.between((ROOT / house.DECISIONS / "README.md").read_text(encoding="utf-8"), "index")
    assert "no date and status" not in house.decisions(), "begin it as docs/decisions/README.md says"
    assert index.strip() == house.decisions(), "write it: ./run house --draw"


def test_the_reference_of_the_plan_file_is_written_from_the_models() -> None:
    page = plan_file.DOCUMENT.read_text(encoding="utf-8")
    _, keys, _ = house.between(page, "keys")
    assert keys.strip() == plan_file.reference(), "write it: ./run house --draw"
    said = plan_file.told(page)
    assert "Cần: " in said["mistake"]
    assert "Tệp kế hoạch đúng: «Đổi mới, sáng tạo trong dạy và học»" in said["right"]
    for mark, shown in said.items():
        assert house.between(page, mark)[1].strip() == shown, "write it: ./run house --draw"


def test_what_contributing_names_is_there() -> None:
    text = (ROOT / house.CONTRIBUTING).read_text(encoding="utf-8")
    named = re.findall(r"`([\w./-]+)::([^`]+)`", text)
    assert len(named) > 30
    missing = [f"{path}::{symbol}" for path, symbol in named if not _stands(ROOT / path, symbol)]
    missing += [
        path
        for path in re.findall(r"`((?:bot|handlers|storage|tests|docs|locales)/[\w./]+)`", text)
        if not (ROOT / path).exists()
    ]
    assert not missing


def _stands(path: Path, symbol: str) -> bool:
    if not path.is_file():
        return False
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        return symbol in text
    names = set()
    for node in ast.parse(text).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names |= {ast.unparse(each) for each in targets}
    return symbol in names


def test_the_chat_in_the_readme_is_one_that_was_recorded() -> None:
    recorded = {
        line for chat in (ROOT / "tests/transcripts").glob("*.txt") for line in chat.read_text("utf-8").split("\n")
    }
    shown = README.split("```")[1].split("\n")
    said = [line for line in shown if line and not line.startswith((">", "[", "…", "Trợ lý"))]
    assert len(said) > 5
    assert not [line for line in said if line not in recorded]
