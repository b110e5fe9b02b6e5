"""The pictures beside the targets: marks are told apart without colour, no bar is longer than its items."""

import re
from itertools import combinations
from typing import Any

import pytest

from bot.documents import area_bars, duty_grid, year_columns
from bot.documents.svg import TRACK
from tests import pixels

SIDE = 2 * duty_grid.RADIUS + 8
HOSTILE = "<b>&amp; " + "Phòng " * 40 + "‮x"


def grid(*kinds: str) -> dict[str, Any]:
    return {
        "title": "Nhiệm vụ",
        "subtitle": "Sở",
        "columns": [{"head": "1", "label": "Kế hoạch"}],
        "rows": [
            {"name": f"Phòng {kind}", "cells": [{"kind": kind, "n": "7" if kind == "late" else ""}]} for kind in kinds
        ],
        "legend": [],
        "note": "Nguồn",
    }


def greys(seen: pixels.Pixels) -> list[bool]:
    """Which pixels are dark, when there is no colour."""
    found = list[bool]()
    for y in range(0, seen.height, 2):
        for x in range(0, seen.width, 2):
            red, green, blue = (int(seen.at(x, y)[n : n + 2], 16) for n in (1, 3, 5))
            found.append(0.3 * red + 0.59 * green + 0.11 * blue < 150)
    return found


def test_every_mark_of_a_duty_is_told_apart_without_colour() -> None:
    shapes = {}
    for kind in duty_grid.MARKS:
        svg = duty_grid.svg(grid(kind))
        found = re.search(r'<g transform="translate\(([\d.]+) ([\d.]+)\)">', svg)
        assert found is not None
        x, y = float(found[1]), float(found[2])
        shapes[kind] = greys(pixels.of(svg, x - SIDE / 2, y - SIDE / 2, SIDE, SIDE))
    for one, other in combinations(shapes, 2):
        unlike = sum(a != b for a, b in zip(shapes[one], shapes[other], strict=True))
        assert unlike > len(shapes[one]) / 50, f"{one} looks like {other}"


def blocks(svg: str) -> list[float]:
    """How wide the blocks of items are: what is drawn as high as a bar."""
    return [float(each) for each in re.findall(rf'width="([\d.]+)" height="{area_bars.HIGH}" rx="4" fill="#', svg)]


@pytest.mark.parametrize("most", [7, 60, 900])
def test_no_bar_is_longer_than_its_items(most: int) -> None:
    picture = {
        "title": "Đăng ký",
        "subtitle": "Sở",
        "bars": [
            {"name": "II.1", "parts": [("recognised", 1), ("waiting", most - 1)], "value_text": f"{most}"},
            {"name": "II.2", "parts": [("declined", 3)], "value_text": "3"},
        ],
        "legend": [],
        "note": "Nguồn",
    }
    found = blocks(area_bars.svg(picture))
    one_by_one = TRACK / most >= 14
    assert len(found) == (most + 3 if one_by_one else 3)
    longer, shorter = (sum(found[:-3]), sum(found[-3:])) if one_by_one else (sum(found[:-1]), found[-1])
    assert shorter / longer == pytest.approx(3 / most, rel=0.35), "a bar is as long as it has items"
    assert longer <= TRACK


def test_a_column_is_as_high_as_its_value_and_what_is_unknown_is_no_column() -> None:
    years = [("2026", "15"), ("2027", "30"), ("2028", None), ("2029", "-4")]
    target = {
        "name": "5. Giấy",
        "goal": "30",
        "goal_text": "30%",
        "told": [],
        "years": [{"year": y, "value": v, "value_text": str(v), "provisional": False} for y, v in years],
    }
    svg = year_columns.svg({"title": "Các năm", "subtitle": "Sở", "targets": [target], "note": "Nguồn"})
    highs = [float(each) for each in re.findall(r'height="([\d.]+)" fill="#0d5c54"/>', svg)]
    assert year_columns.HIGH in highs
    assert year_columns.HIGH / 2 in highs
    assert len([each for each in highs if each not in (year_columns.HIGH, year_columns.HIGH / 2, 12.0)]) == 0
    assert svg.count("stroke-dasharray") == 2, "the goal, and the year without figures"


def test_whatever_people_write_breaks_no_picture() -> None:
    picture = grid("sent", "none")
    picture |= {"title": HOSTILE, "note": HOSTILE, "rows": [{"name": HOSTILE, "cells": [{"kind": "sent"}]}]}
    assert duty_grid.draw(picture).startswith(b"\x89PNG")
    assert "<b>" not in duty_grid.svg(picture)
    assert duty_grid.draw({**picture, "rows": [], "columns": []}).startswith(b"\x89PNG"), "a year without anything"
