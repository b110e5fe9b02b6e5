"""The picture of the targets: bars as long as their share, marks as shapes, texts escaped."""

from typing import Any

from bot.documents import chart
from bot.documents.svg import GREEN, LEFT, RED, TRACK
from tests import pixels


def picture(**more: Any) -> dict[str, Any]:
    bar = {
        "number": "6",
        "name": "Tập huấn kỹ năng số",
        "value_text": "9/18, 50%",
        "goal_text": "mục tiêu 100%",
        "share": "0.5",
        "verdict": "met",
        "verdict_text": "Đạt",
        "provisional": False,
    }
    return {"title": "Chỉ tiêu", "subtitle": "13/14", "note": "Số liệu", "bars": [{**bar, **more}]}


def bar_of(svg: str) -> pixels.Pixels:
    """The row of pixels through the middle of the one bar."""
    top = int(svg.split(f'<rect x="{LEFT}" y="')[1].split('"')[0])
    return pixels.of(svg, LEFT, top + 13, TRACK, 1)


def test_a_bar_is_as_long_as_its_share() -> None:
    seen = bar_of(chart.svg(picture()))
    assert seen.at(TRACK / 2 - 20, 0) == GREEN
    assert seen.at(TRACK / 2 + 2, 0) == "#e2dccd"
    assert bar_of(chart.svg(picture(verdict="not_met"))).at(20, 0) == RED


def test_a_provisional_bar_is_striped() -> None:
    assert len(bar_of(chart.svg(picture(provisional=True))).colours) > len(bar_of(chart.svg(picture())).colours)


def test_texts_are_escaped() -> None:
    said = "A & B <b>"
    assert chart.draw({**picture(name=said, value_text=said, goal_text=said), "title": said, "note": said})
