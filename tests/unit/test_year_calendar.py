"""The picture of a year: each day in its place with its number, whatever stands in it."""

import re
import struct
from datetime import date, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest

from bot.documents import year_calendar
from bot.documents.svg import RED, wide
from tests import pixels

GROUND = "#f6f3ec"


def picture(year: int = 2027, **more: Any) -> dict[str, Any]:
    """A year without a message, with its Saturdays and Sundays off."""
    off, day = {}, date(year, 1, 1)
    while day.year == year:
        if day.weekday() > 4:
            off[day.isoformat()] = ""
        day += timedelta(days=1)
    return {
        "title": "Chạy thử",
        "subtitle": "Chưa gửi tin nào",
        "year": year,
        "days": {},
        "off": off,
        "months": [f"Tháng {n}" for n in range(1, 13)],
        "weekdays": ["T2", "T3", "T4", "T5", "T6", "T7", "CN"],
        "marks": [],
        "legend": [],
        "totals": [],
        "note": "",
        **more,
    }


def texts(svg: str) -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(svg).iter() if element.tag.endswith("text")]


def cell(svg: str, day: str) -> tuple[float, float]:
    """Where a day's cell begins: found by walking the months in order."""
    wanted = date.fromisoformat(day)
    months = re.split(r"Tháng \d+<", svg)[1:]
    boxes = re.findall(
        rf'<rect x="([\d.]+)" y="([\d.]+)" width="{year_calendar.CELL}" height="{year_calendar.HIGH}" rx="7" fill="[^"]+" '
        r'stroke="[^"]+" stroke-opacity',
        months[wanted.month - 1],
    )
    return float(boxes[wanted.day - 1][0]), float(boxes[wanted.day - 1][1])


def seen(svg: str, day: str) -> pixels.Pixels:
    """The cell of a day, as it is drawn."""
    return pixels.of(svg, *cell(svg, day), year_calendar.CELL, year_calendar.HIGH)


def test_a_day_has_the_colour_of_its_messages_and_their_number() -> None:
    given = {"2027-03-01": 1, "2027-03-02": 5, "2027-03-03": 15, "2027-03-04": 50, "2027-03-05": 300}
    svg = year_calendar.svg(picture(days=given))
    for (day, n), (least, fill, _ink) in zip(given.items(), year_calendar.LEVELS[1:], strict=True):
        assert least <= n
        assert seen(svg, day).at(52, 8) == fill
        number = pixels.of(svg, cell(svg, day)[0] + 10, cell(svg, day)[1] + 26, 40, 20)
        assert len(number.colours) > 1, "its number, drawn with the font of the package"
        assert str(n) in texts(svg)
    assert seen(svg, "2027-03-08").at(30, 45) == year_calendar.LEVELS[0][1]


@pytest.mark.slow
def test_the_same_year_is_the_same_pixels() -> None:
    shown = picture(days={"2027-11-09": 14})
    assert year_calendar.draw(shown) == year_calendar.draw(shown)
    assert year_calendar.draw(shown) != year_calendar.draw(picture(days={"2027-11-09": 15}))


def test_days_off_are_hatched_and_last_days_outlined() -> None:
    svg = year_calendar.svg(picture(marks=[{"day": "2027-11-09", "label": "Hạn gửi báo cáo"}]))
    x, y = cell(svg, "2027-11-13")
    hatched = pixels.of(svg, x + 8, y + 26, 44, 24).colours
    assert GROUND in hatched
    assert len(hatched) > 3, "hatching, not one colour"
    outlined = seen(svg, "2027-11-09")
    assert outlined.at(30, 1) == outlined.at(1, 28) == RED
    assert seen(svg, "2027-11-10").at(30, 1) != RED
    assert "Hạn gửi báo cáo" in texts(svg)


def test_a_message_on_a_day_off_is_seen() -> None:
    svg = year_calendar.svg(picture(days={"2027-11-13": 2}))
    assert texts(svg).count("2") == 13, "twelve seconds of a month, and the number"
    assert svg.count(year_calendar.LEVELS[1][1]) == 1


@pytest.mark.parametrize(("year", "days"), [(2026, 365), (2027, 365), (2028, 366)])
def test_a_year_has_all_its_days_each_under_its_weekday(year: int, days: int) -> None:
    svg = year_calendar.svg(picture(year))
    assert svg.count('stroke-opacity="0.12"') == days
    columns: dict[Any, set[Any]] = {}
    for month in range(1, 13):
        day = date(year, month, 17)
        x, _y = cell(svg, day.isoformat())
        columns.setdefault((day.weekday(), month % 2), set()).add(x)
    assert all(len(each) == 1 for each in columns.values())


def test_leap_day() -> None:
    assert (
        seen(year_calendar.svg(picture(2028, days={"2028-02-29": 7})), "2028-02-29").at(52, 8)
        == year_calendar.LEVELS[2][1]
    )


@pytest.mark.parametrize("n", [1, 28, 300, 999, 12345])
def test_a_number_stays_in_its_cell(n: int) -> None:
    svg = year_calendar.svg(picture(days={"2027-10-15": n}))
    found = re.search(rf'font-size="(\d+)" font-weight="600"[^>]*>{n}<', svg)
    assert found is not None
    assert wide(str(n), int(found[1])) <= year_calendar.CELL + 4


@pytest.mark.slow
def test_an_empty_year_is_drawn() -> None:
    svg = year_calendar.svg(picture())
    assert not any(fill in svg for _least, fill, _ink in year_calendar.LEVELS[1:])
    width, height = struct.unpack(">II", year_calendar.draw(picture())[16:24])
    assert width == 1080
    assert height > 2000


def test_texts_are_escaped() -> None:
    said = "A & B <b> «x»"
    shown = picture(
        title=said,
        subtitle=said,
        note=said,
        months=[said] * 12,
        weekdays=["&"] * 7,
        off={"2027-01-01": said},
        marks=[{"day": "2027-01-04", "label": said}],
        legend=[{"kind": kind, "label": said} for kind in ("messages", "off", "mark")],
        totals=[{"value": "&", "label": said}],
    )
    assert texts(year_calendar.svg(shown)).count(said) == 3 + 12 + 1 + 3 + 1
    assert year_calendar.draw(shown)


def test_holidays_are_named_from_first_to_last() -> None:
    off = picture()["off"]
    off |= {"2027-02-04": "Tết", "2027-02-05": "Tết", "2027-02-08": "Tết", "2027-09-02": "Quốc khánh"}
    assert year_calendar.runs(off) == [("04/02", "08/02", "Tết"), ("02/09", "02/09", "Quốc khánh")]
    assert year_calendar.runs({"2027-02-04": "Tết", "2027-02-08": "Tết"}) == [
        ("04/02", "04/02", "Tết"),
        ("08/02", "08/02", "Tết"),
    ]


def test_long_words_are_broken_into_lines() -> None:
    shown = picture(marks=[{"day": "2027-01-04", "label": "Hạn gửi kế hoạch triển khai " * 8}])
    for element in ElementTree.fromstring(year_calendar.svg(shown)).iter():
        if element.tag.endswith("text") and (element.text or "").startswith("Hạn"):
            assert float(element.attrib["x"]) + wide(element.text or "", 27) <= 1030
