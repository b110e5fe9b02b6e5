"""2026 to 2030 played through the real core: every figure of every summary is worked out beforehand, in tables.

Fourteen units and 120 people; 2026 is taken over from paper, two units answer on paper ever after, heads change by
«/nhansu», reports are corrected after they were received, two come late every so often and one never. Between all that every
other room is open: awards, difficulties, classes, skills, requests, announcements, inspections, reviews.
`tests/five_years` has the tables and the arithmetic over them.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter

import pytest

from tests.five_years import rooms
from tests.five_years.playing import MERGER, begin
from tests.five_years.rooms import WholeYear
from tests.five_years.table import YEARS
from tests.five_years.whole import WholePlay

pytestmark = pytest.mark.slow


@pytest.mark.timeout(900)
async def test_every_figure_of_five_years_is_what_the_tables_say(tmp_path: Path) -> None:
    began, years = perf_counter(), {year: WholeYear(year) for year in YEARS}
    played = WholePlay(tmp_path / "five.db")
    try:
        await begin(played, years[2026])
        await played.begins()
        wrong = await played.agrees(years[2026])
        for year in list(YEARS)[1:]:
            wrong += await lived(played, years, year)
        wrong += await played.lists(years)
        assert not wrong, "\n".join(wrong)
    finally:
        await played.stop()
    print(f"{played.turns} messages, {perf_counter() - began:.0f} s")


async def lived(played: WholePlay, years: Mapping[int, WholeYear], year: int) -> list[str]:
    """Play a year; every year so far has to be as it was once it is over."""
    of = years[year]
    await (await played.at(date(year, 1, 6))).dates(year)
    await (await played.at(date(year, 1, 20))).plans(of)
    await (await played.at(date(year, 2, 25))).registers(of)
    await (await played.at(date(year, 6, 15))).heads_change(year)
    if year == 2028:
        await (await played.at(MERGER)).merges()
    await (await played.at(date(year, 9, 20))).recognises(of)
    due = date(year, 11, 9)
    for late in sorted({int(row["late"]) for row in of.reports.values() if row["late"]}):
        await played.at(due + timedelta(days=late) if late else date(year, 10, 25))
        for unit, row in of.reports.items():
            if row["late"] == str(late) and unit not in of.papers:
                await played.reports(of, unit, row)
    await played.at(date(year, 11, 25))
    for unit, paper in of.papers.items():
        await played.on_paper(of, unit, of.reports[unit], paper)
    desk = await played.who("office")
    for unit in of.sent:
        assert "✅" in str((await played.says(desk, f"/tiepnhan BC-{year}-{unit}"))["text"])
    for unit, change in of.corrections.items():
        await played.corrects(of, unit, change)
    await played.at(date(year + 1, 1, 4))
    rooms.today(years, date(year + 1, 1, 4))
    return [line for each in range(2026, year + 1) for line in await played.agrees(years[each])]
