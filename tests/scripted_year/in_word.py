"""The year in Word: its figures are those of the tables."""

import io
import re
from typing import Any

from tests.five_years.people import NAMES
from tests.scripted_year import table
from tests.scripted_year.playing import ScriptedPlay
from tests.scripted_year.table import Scripted, rows


async def in_word(played: ScriptedPlay, of: Scripted) -> list[str]:
    """What of the office's report in Word is not as the tables have it."""
    from docx import Document

    desk, wrong = await played.who("office"), list[str]()
    await played.says(desk, "/tonghop word 2027")
    found = await played.office.rows(
        "SELECT bytes FROM content JOIN file USING (sha256) WHERE name LIKE '%.docx' ORDER BY file.id DESC LIMIT 1"
    )
    paper = Document(io.BytesIO(bytes(found[0][0])))
    targets, *annexes = [_cells(each) for each in paper.tables if each.style and each.style.name == "Table Grid"]
    said = {line.partition(". ")[0]: line for line in of.lines(played.names) if line[0].isdigit() or line[:2] == "II"}
    for n, _name, _before, value, verdict in targets[1:]:
        line = said[n]
        if value.removesuffix(" (tạm tính)") not in line or not line.endswith(verdict):
            wrong.append(f"target {n} in Word: {value}, {verdict}; the tables: {line}")
    duties, items, decided, _figures, raised, given = annexes
    whole = "\n".join(row[1] for row in duties)
    wrong += [f"{name} is not in annex I" for name in NAMES.values() if name not in whole]
    if (count := len([row for row in items if row[1][:2] in ("SK", "MH", "NV")])) != len(of.items):
        wrong.append(f"annex II has {count} items, the tables {len(of.items)}")
    recognised = sum(item["end"] == "recognised" for item in of.items)
    if (count := len([row for row in decided if "-2027-" in row[1]])) != recognised:
        wrong.append(f"annex III has {count}, the tables {recognised}")
    reached = [row for row in rows("difficulties") if row["way"] == "desk" or row["end"] == "passed_on"]
    reached = [row for row in reached if row["end"] != "withdrawn"]
    if (count := len([row for row in raised if re.search(r"\(VM-2027-\d+\)$", row[2])])) != len(reached):
        wrong.append(f"annex V has {count} difficulties, the tables {len(reached)}")
    for each in table.awarded():
        name, form = each.split("|")
        if not any(name in row[1] and row[3] == form and row[4].startswith("Đã khen thưởng") for row in given):
            wrong.append(f"{each} is not in annex VI: {given}")
    return wrong


def _cells(of: Any) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in of.rows]
