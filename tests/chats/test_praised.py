"""What units write of whom to praise stands in the office's summary under a heading of its own, where the plan says so."""

import sqlite3
from pathlib import Path

from bot.server.office import plan_hash
from tests.conftest import PLAN_TEXT, running

PRAISING = PLAN_TEXT.replace('role = "proposal"', 'role = "praise"')


async def test_what_is_to_be_praised_is_no_difficulty(demo_file: Path) -> None:
    with sqlite3.connect(demo_file) as file:
        file.execute("INSERT INTO plan VALUES (?, ?, '2027-01-01T00:00:00.000000Z')", (plan_hash(PRAISING), PRAISING))
        file.execute("UPDATE setting SET value = ? WHERE name = 'plan'", (plan_hash(PRAISING),))
        file.execute("UPDATE narrative SET text = 'Khen <b>tổ số hóa</b>' WHERE section = 'kien_nghi' AND text <> ''")
    async with running(demo_file, "2027-10-18T08:30") as office:
        said = await office.says("office", "/tonghop 2026")
    hard, good = said.partition("Đề nghị biểu dương, khen thưởng (03):")[::2]
    assert hard.count("Chưa có bản quyền phần mềm BIM") == 3
    assert "kiến nghị (03):" in hard
    assert "Khen" not in hard
    assert good.count("Khen <b>tổ số hóa</b>") == 3
