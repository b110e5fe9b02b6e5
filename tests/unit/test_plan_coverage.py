"""docs/plan-coverage.md is true: every sentence of the plan has its row, and what a row names exists."""

import ast
import re
from pathlib import Path

import pytest

import handlers
from bot.conversation import gather
from bot.movement import Plan

ROOT = Path(__file__).parents[2]
PLAN = Plan.parse((ROOT / "bot/plans/langson-sxd-2026-2030.toml").read_text(encoding="utf-8"))
COMMANDS = gather(handlers.FEATURES, PLAN).commands
OPEN = 0
"""Sentences without a door as yet; this number may only go down."""


def sentences() -> dict[str, str]:
    """Every sentence of the plan by clause and place: «VI.2 3»."""
    areas = {area.code: " ".join(area.aims) for area in PLAN.areas}
    return {
        f"{code} {n}": sentence
        for code, text in {**PLAN.clauses, **areas}.items()
        for n, sentence in enumerate(re.split(r"(?<=[.;])\s+(?=\w)", text), 1)
    }


def rows() -> dict[str, list[str]]:
    """The rows of the page by sentence: what it says, door, chat, test."""
    text = (ROOT / "docs/plan-coverage.md").read_text(encoding="utf-8")
    found = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line[:1] == "|"]
    return {cells[0]: cells[1:] for cells in found[2:]}


def test_every_sentence_has_its_row_and_no_row_is_left_over() -> None:
    assert sorted(rows()) == sorted(sentences())
    for key, (says, *_rest) in rows().items():
        assert sentences()[key].startswith(says), f"{key}: the plan says «{sentences()[key]}»"


def test_doors_still_to_be_built_become_fewer() -> None:
    without = [key for key, cells in rows().items() if "–" in cells[1:]]
    assert len(without) == OPEN, without
    assert all(rows()[key][1:] == ["–"] * 3 for key in without), "a row is whole or open"


@pytest.mark.parametrize("key", [key for key, cells in rows().items() if "–" not in cells])
def test_what_a_row_names_exists(key: str) -> None:
    _says, door, chat, test = rows()[key]
    if door.startswith("section "):
        known = {section.code for section in PLAN.sections} | {area.code for area in PLAN.areas}
        assert door.removeprefix("section ").strip("`") in known
    else:
        assert door.strip("`/") in COMMANDS
    assert (ROOT / f"tests/transcripts/{chat.strip('`')}.plain.txt").exists()
    file, _colons, name = test.strip("`").partition("::")
    tree = ast.parse((ROOT / "tests/chats" / file).read_text(encoding="utf-8"))
    assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
