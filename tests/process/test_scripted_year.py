"""The year 2027 in the real core, 1 January to 31 December on one moving clock: fourteen units, 120 people, all of it.

`tests/scripted_year` has what happens, in tables, and the arithmetic over them. Every total that the office can ask for
has to be the tables'; nobody hears more than one unasked message of the machine's own on a day, and a head who does
nothing at most 24 in the year.
"""

import json
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path
from time import perf_counter

import pytest

from bot.server.clock import OFFICE
from storage.values import read_stored
from tests.five_years.people import NAMES
from tests.five_years.playing import begin
from tests.five_years.table import Year
from tests.scripted_year import table
from tests.scripted_year.in_word import in_word
from tests.scripted_year.in_workbook import in_workbook
from tests.scripted_year.playing import ScriptedPlay
from tests.scripted_year.table import SILENT, Scripted, rows

pytestmark = pytest.mark.slow
MOST = 24
"""What a head who does nothing hears of the machine's own in the year."""


@pytest.mark.timeout(900)
async def test_the_year_is_what_the_tables_say(tmp_path: Path) -> None:
    began, of = perf_counter(), Scripted()
    played = ScriptedPlay(tmp_path / "year.db", of)
    try:
        await begin(played, Year(2026))
        await played.begins()
        await played.plays()
        wrong = [*await heard(played), *await totals(played, of)]
        await played.at(date(2028, 1, 4))
        wrong += [*await played.agrees(of), *await in_word(played, of), *await in_workbook(played, of)]
    finally:
        await played.stop()
    print(f"{played.turns} messages, {perf_counter() - began:.0f} s")
    assert not wrong, "\n".join(wrong)


async def totals(played: ScriptedPlay, of: Scripted) -> list[str]:
    """What of the lists beside the summary is not as the tables have it."""
    desk, wrong = await played.who("office"), list[str]()

    async def says(command: str, *wanted: str) -> None:
        said = str((await played.says(desk, command))["text"])
        wrong.extend(f"{command}: «{each}» is not in\n{said}" for each in wanted if each not in said)

    given = [each.split("|") for each in table.awarded()]
    await says("/khenthuong danhsach 2027", f"Khen thưởng năm 2027 ({len(given):02})", *(name for name, _form in given))
    for row in rows("requests"):
        n, asked, total = table.answered(row["code"])
        code = f"YC-2027-{int(row['code']):02}"
        await says(f"/yeucau {code}", f"Đã trả lời: {n}/{asked}")
        await says(f"/yeucau {code} traloi", f"Tổng cộng: {total:,} văn bản".replace(",", "."))
    for n, row in enumerate(rows("classes"), 1):
        if row["end"] == "held":
            await says(f"/taphuan LH-2027-{n:03}", f"Danh sách ({table.of_class(row):02}):")
        else:
            await says(f"/taphuan LH-2027-{n:03}", "đã hủy")
    for n, row in enumerate(rows("announcements"), 1):
        if row["end"] == "sent":
            known = len(row["seen"].split())
            await says(f"/thongbao {n}", f"{known:02}/{table.receivers(row):02} người báo đã nhận")
        else:
            await says(f"/thongbao {n}", "đã thu hồi")
    for row in rows("notes"):
        unit = row["who"].partition("/")[0]
        said = str((await played.says(desk, f"/xembaocao 2027 {unit}"))["text"])
        if (row["text"] in said) != bool(row["put"]):
            wrong.append(f"«{row['text']}», put into the report: {row['put'] or 'no'}, in\n{said}")
    return wrong


async def heard(played: ScriptedPlay) -> list[str]:
    """Print what was said unasked; return where somebody heard too much."""
    of_machine: dict[int, list[tuple[str, str]]] = defaultdict(list)
    by_hand = Counter[str]()
    for id, person, shown, news, body in await played.office.rows(
        "SELECT id, person, shown, COALESCE(news, ''), body FROM outbox WHERE kind <> 'answer' AND state IN ('ready', 'sent')"
        " AND why NOT LIKE 'merged into%' AND shown >= '2026-12-31T17' ORDER BY id"
    ):
        day = str(read_stored(shown).astimezone(OFFICE).date())
        if id in played.by_machine:
            of_machine[person].append((day, str(json.loads(body)["text"]) if body else ""))
        else:
            by_hand[news] += 1
    wrong = [
        f"{person} heard {n} on {day}"
        for person, said in of_machine.items()
        for day, n in Counter(day for day, _text in said).items()
        if n > 1
    ]
    silent = of_machine[await played.who("head", SILENT)]
    print(f"The head of {NAMES[SILENT]} did nothing and heard {len(silent)}:")
    for day, text in silent:
        print(f"  {day} {text.partition(chr(10))[0]}")
    most = Counter({person: len(said) for person, said in of_machine.items()}).most_common(6)
    print(f"Most of the machine's own: {most}; by the hand of colleagues: {by_hand.most_common()}")
    if len(silent) > MOST:
        wrong.append(f"a head who does nothing hears {len(silent)}")
    return wrong
