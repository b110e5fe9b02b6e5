"""Where a record comes from: one source counts, what it came from before stays whole, what it says makes the day."""

from collections.abc import AsyncIterator
from datetime import date, datetime
from pathlib import Path

import pytest

from storage import closed_lists, deadlines, paper_sources, results
from storage.db import Database, Tx
from storage.paper_sources import Origin, PaperWay
from storage.values import ZONE

NOW = datetime(2027, 11, 20, 9, 0, tzinfo=ZONE)
PAPER = date(2027, 11, 4)
REPORT = "BC-2027-QLXD"


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    database = Database(tmp_path / "t.db")
    await database.open()

    def begin(tx: Tx) -> None:
        tx.run("INSERT INTO unit (code, name, kind, place) VALUES ('QLXD', 'Quản lý xây dựng', 'phong', 1)")
        tx.run("INSERT INTO plan (hash, text, since) VALUES ('p', '', '2026')")
        tx.run(
            """INSERT INTO person (id, name, name_fold, unit, role)
               VALUES (1, 'Mẫu Thị Minh', 'mau thi minh', 'QLXD', 'office')"""
        )

    await database.write(begin)
    yield database
    await database.close()


def put(tx: Tx, record: str, **more: object) -> None:
    of = {"unit": "QLXD", "year": 2027, "origin": Origin.PAPER, "way": PaperWay.DOCUMENT, "by": 1, "now": NOW}
    paper_sources.put(tx, record=record, **{**of, **more})  # type: ignore[arg-type]  # as it takes them


async def test_a_newer_paper_counts_and_the_one_before_stays(database: Database) -> None:
    def work(tx: Tx) -> None:
        put(tx, REPORT, number="12/QLXD", day=PAPER, answers={"II.1": "Một"})
        put(tx, REPORT, number="15/QLXD", day=PAPER, answers={"II.1": "Hai"})

    await database.write(work)
    reader = await database.reader()
    now = await reader.one(paper_sources.COUNTS, record=REPORT)
    assert now is not None
    assert (now.version, now.number, now.answers, now.replaced) == (2, "15/QLXD", {"II.1": "Hai"}, None)
    all = await reader.all(paper_sources.OF_RECORD, record=REPORT)
    assert [(each.number, each.answers, each.replaced) for each in all] == [
        ("12/QLXD", {"II.1": "Một"}, NOW),
        ("15/QLXD", {"II.1": "Hai"}, None),
    ]
    assert await database.write(lambda tx: paper_sources.replace(tx, record=REPORT, now=NOW))
    assert await reader.one(paper_sources.COUNTS, record=REPORT) is None
    assert not await database.write(lambda tx: paper_sources.replace(tx, record=REPORT, now=NOW))


async def test_a_duty_is_fulfilled_on_the_day_of_the_paper(database: Database) -> None:
    def work(tx: Tx) -> None:
        closed_lists.close(tx, unit="QLXD", year=2027, reason="", by=1, now=NOW)
        put(tx, paper_sources.list_record("QLXD", 2027), day=PAPER)
        results.send(tx, unit="QLXD", year=2027, code=REPORT, late=0, by=1, now=NOW, plan_hash="p", given=PAPER)
        put(tx, REPORT, day=PAPER)

    def mine(tx: Tx) -> None:
        paper_sources.replace(tx, record=REPORT, now=NOW)

    async def days() -> dict[str, date]:
        filed = await (await database.reader()).all(deadlines.FILED_OF_UNIT, unit="QLXD")
        return {each.duty: each.at.date() for each in filed}

    await database.write(work)
    assert await days() == {":list": PAPER, ":results": PAPER}
    sent = await (await database.reader()).one(results.BY_CODE, code=REPORT)
    assert sent is not None
    assert sent.given == PAPER
    await database.write(mine)
    assert (await days())[":results"] == PAPER, "the unit has put it right: it answered on that day all the same"
