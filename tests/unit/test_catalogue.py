"""The catalogue is complete: every sentence has its Vietnamese, in the tone that was agreed."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.pofile import read_po

from bot.language import Terms

ROOT = Path(__file__).resolve().parents[2]
SOURCES = [path for name in ("bot", "handlers", "storage") for path in sorted((ROOT / name).rglob("*.py"))]
TERMS = {*vars(Terms())}
ALWAYS = {"you", "You", "you_name", "You_name", *TERMS, *(each.capitalize() for each in TERMS)}
HOLE = re.compile(r"(?<!\{)\{(\w+)\}")
BANNED = re.compile(r"\b(nộp|nợ|thiếu|trễ|vi phạm|bạn|hoà|uỷ|huỷ|thuý)\b", re.IGNORECASE)


def sentences(path: Path) -> Iterator[tuple[str, int]]:
    """Every sentence `_()` says in a source file, with its line."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_":
            assert node.args, f"{path}:{node.lineno} says nothing"
            said = node.args[0]
            assert isinstance(said, ast.Constant) and isinstance(said.value, str), (
                f"{path}:{node.lineno} must say a literal sentence"
            )
            yield said.value, node.lineno


def test_every_sentence_has_one_vietnamese_entry_that_says_the_same_things() -> None:
    said = {message: path for path in SOURCES for message, _line in sentences(path)}
    entries: dict[str, str] = {}
    for po in sorted((ROOT / "locales/vi").glob("*.po")):
        with po.open("rb") as file:
            for entry in read_po(file):
                if not entry.id:
                    continue
                assert entry.id not in entries, f"{po.name}: {entry.id!r} has an entry elsewhere"
                assert not entry.fuzzy, f"{po.name}: {entry.id!r} is fuzzy"
                assert entry.string, f"{po.name}: {entry.id!r} is empty"
                entries[str(entry.id)] = str(entry.string)
    assert sorted(set(said) - set(entries)) == [], "sentences without Vietnamese"
    assert sorted(set(entries) - set(said)) == [], "entries that nothing says"
    for message, vietnamese in entries.items():
        extra = set(HOLE.findall(vietnamese)) - set(HOLE.findall(message)) - ALWAYS
        assert not extra, f"{message!r}: the Vietnamese names {extra} that the sentence does not give"


def test_the_catalogue_keeps_the_tone() -> None:
    understood = {"words", "asides", "home", "confirm", "summary", "report", "unit_plan"}
    for po in sorted((ROOT / "locales/vi").glob("*.po")):
        with po.open("rb") as file:
            for entry in read_po(file):
                vietnamese = str(entry.string)
                if not entry.id or ("|" in vietnamese and po.stem in understood):
                    continue
                assert "!" not in vietnamese, f"{po.name}: {vietnamese}"
                assert not BANNED.search(vietnamese), f"{po.name}: {vietnamese}"


NAMES = re.compile(r"Văn phòng Sở|Lãnh đạo Sở|Chánh Văn phòng|UBND|Sở Xây dựng|SXD|[Tt]rưởng phòng|thủ trưởng")
"""What one office calls its own: the plan says it, and sentences take it from there as `{desk}`, `{leaders}` …"""
EXAMPLES = {"pieces"}
"""Entries that tell whoever writes a plan how such a name looks."""


def test_no_sentence_names_one_office_alone() -> None:
    for po in sorted((ROOT / "locales/vi").glob("*.po")):
        with po.open("rb") as file:
            for entry in read_po(file):
                understood = "|" in str(entry.string) and po.stem in ("noise", "asides")
                if entry.id and not understood and po.stem not in EXAMPLES:
                    assert not NAMES.search(str(entry.string)), f"{po.name}: {entry.string}"


def test_a_catalogue_is_named_like_the_file_that_speaks() -> None:
    stems = {path.parent.name if path.stem == "__init__" else path.stem for path in SOURCES}
    assert {po.stem for po in (ROOT / "locales/vi").glob("*.po")} <= stems


def test_no_sentence_is_said_inside_an_f_string() -> None:
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr):
                calls = [n for n in ast.walk(node) if isinstance(n, ast.Call)]
                names = [n.func.id for n in calls if isinstance(n.func, ast.Name)]
                assert "_" not in names, f"{path}:{node.lineno}"
