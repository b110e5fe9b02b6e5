"""A rehearsal held against the year itself: who is told what, at which minute, and nothing else."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from bot.channels.messages import LOCAL
from bot.language.text import fold
from bot.movement.calendar import days
from bot.office.reminding import rehearsal
from bot.server.clock import at_office
from bot.server.heartbeat import about
from bot.server.office import plan_hash
from storage import chats, deadlines, people, plans, reopenings, settings
from storage.db import Database, Tx
from storage.values import loads, read_stored
from tests.conftest import PLAN_TEXT, Office, running

pytestmark = pytest.mark.slow

UNITS = ("VP", "QLXD", "QLN", "KTVL", "TTr", "CCGD")
PEOPLE: Sequence[tuple[str, str, str]] = (
    ("Chánh Văn phòng", "VP", "chief"),
    ("Chuyên viên một", "VP", "office"),
    ("Chuyên viên hai", "VP", "office"),
    ("Giám đốc", "VP", "leader"),
    ("Quản trị", "VP", "admin"),
    ("Trưởng một", "QLXD", "head"),
    ("Phó một", "QLXD", "deputy"),
    ("Soạn một", "QLXD", "drafter"),
    ("Trưởng hai", "QLN", "head"),
    ("Viên hai", "QLN", "officer"),
    ("Trưởng ba", "KTVL", "head"),
    ("Phó ba", "KTVL", "deputy"),
    ("Trưởng bốn", "TTr", "head"),
    ("Thay bốn", "TTr", "officer"),
    ("Phó bốn", "TTr", "deputy"),
    ("Viên năm", "CCGD", "officer"),
    ("Bí thư", "DTN", "union"),
)
"""Heads with and without a deputy, without a chat, with a stand-in, on leave; a unit of officers alone; a union."""
SILENT = "Trưởng ba"
COUNTS = ("Đã gửi: ", " đơn vị, hạn hết ngày ")
"""What stands in Monday's counts and in no list of who has not sent a plan."""

Told = tuple[str, str, str]
"""Who, at which minute, what."""


async def made(path: Path, plan: str = PLAN_TEXT) -> None:
    db = Database(path)
    await db.open()

    def work(tx: Tx) -> None:
        now = at_office("2026-12-01T09:00")
        plans.take(tx, hash=plan_hash(plan), text=plan, now=now)
        settings.allow_stepping(tx)
        settings.put(tx, "began", "")
        settings.put(tx, "digest_to_leaders", "1")
        for code in UNITS:
            people.add_unit(tx, code=code, name=f"Phòng {code}", kind="phong")
        people.add_unit(tx, code="DTN", name="Đoàn Thanh niên", kind="doan_the")
        ids = {}
        for name, unit, role in PEOPLE:
            ids[name] = people.add_person(
                tx,
                name=name,
                name_fold=fold(name),
                position="Trưởng phòng" if role == "head" else "",
                kind="cong_chuc",
                unit=unit,
                role=role,
            )
            if name != SILENT:
                chat = chats.at(tx, channel=LOCAL, address=f"person:{ids[name]}", look="web")
                chats.link(tx, chat=chat.id, person=ids[name])
        tx.run(
            "UPDATE person SET away_from = '2027-10-20', away_until = '2027-11-10', away_to = :to WHERE id = :id",
            to=ids["Thay bốn"],
            id=ids["Trưởng bốn"],
        )
        tx.run(
            "UPDATE person SET away_from = '2027-11-01', away_until = '2027-11-05' WHERE id = :id", id=ids["Trưởng hai"]
        )
        for year in (2026, 2027):
            deadlines.open_year(tx, year=year, quiet=False, now=now)
            for duty, month, day in (("plan", 1, 31), ("registration", 3, 31)):
                deadlines.set_last_day(
                    tx,
                    duty=duty,
                    year=year,
                    day=date(year, month, day),
                    basis="Công văn",
                    by=ids["Chuyên viên một"],
                    now=now,
                )

    await db.write(work)
    await db.close()


def entries(said: Mapping[str, Any], text: str | None = None) -> str:
    """What a day's message is about, as one word for each thing; of Monday's counts only what they say."""
    found = [f"{e['unit']}/{e['duty']}/{e['year']}/{e['rung']}" for e in said.get("reminders", ())]
    found += [
        f"{e['duty']}/{e['year']}/{e['occasion']}"
        for e in said.get("digests", ())
        if text is None or e["occasion"] != "weekly" or any(head in text for head in COUNTS)
    ]
    found += [name for name in ("week", "calendar", "undated", "reopened_until") if said.get(name)]
    return " ".join(sorted(found))


async def came(office: Office) -> list[Told]:
    """What was said, but for targets in danger: they depend on what is filed."""
    rows = await office.rows(
        "SELECT person.name, outbox.shown, outbox.about, outbox.body FROM outbox JOIN person ON person.id = outbox.person "
        "WHERE outbox.kind = 'daily' AND outbox.shown IS NOT NULL ORDER BY outbox.shown"
    )
    zone = office.app.now().tzinfo
    found = [
        (name, f"{read_stored(at).astimezone(zone):%Y-%m-%d %H:%M}", entries(loads(said), loads(body)["text"]))
        for name, at, said, body in rows
    ]
    return [each for each in found if each[2]]


def foretold(stage: rehearsal.RehearsalStage[Any], start: datetime, end: datetime) -> list[Told]:
    names = {p.id: p.name for circle in stage.circles for p in circle.people}
    names |= {p.id: p.name for p in (*stage.desk.people, *stage.desk.leaders)}
    return [
        (names[ping.to_say.person], f"{ping.at:%Y-%m-%d %H:%M}", entries(about(ping.to_say)))
        for ping in rehearsal.rehearse(stage, start, end)
    ]


async def lived(office: Office, until: datetime, at: Sequence[str]) -> None:
    """Let the year go by: at these minutes and at the end of every working day the machine looks at what is due.

    Whatever is said at another minute than those is said then, and found.
    """
    app, now = office.app, office.app.now()
    minutes = {now, *(at_office(each.replace(" ", "T")) for each in at)}
    calendar = app.office.calendar
    ends = {
        datetime.combine(day, time(16, 30), now.tzinfo) for day in days(now.date(), until.date()) if calendar.works(day)
    }
    for moment in sorted(each for each in minutes | ends if now <= each <= until):
        app.clock.move_to(moment)
        await app.heartbeat.beat()
        await app.drain()


async def compared(office: Office, until: str) -> list[Told]:
    """Rehearse from now on, live until then, and hold one against the other; what was said."""
    now, before = office.app.now(), Counter(await came(office))
    reader = await office.app.db.reader()
    async with reader.snapshot() as snapshot:
        stage = await rehearsal.read(snapshot, office.app.office, now)
    expected = foretold(stage, now, at_office(until))
    await lived(office, at_office(until), [at for _who, at, _what in expected])
    real = Counter(await came(office)) - before
    assert sorted(real - Counter(expected)) == [], "came, and was not foretold"
    assert sorted(Counter(expected) - real) == [], "was foretold, and did not come"
    return list(real.elements())


async def test_a_quiet_year_is_as_it_was_rehearsed(tmp_path: Path) -> None:
    path = tmp_path / "office.db"
    await made(path)
    async with running(path, "2026-12-31T23:59") as office:
        real = await compared(office, "2027-12-31T23:59")
    assert len(real) > 150
    assert ("Giám đốc", "2027-01-04 10:00", "results/2027/weekly") in real, "the first counts of a year"
    assert ("Phó ba", "2027-03-15 08:00", "week") in real, "for a head whom nobody reaches"
    asked = {at[:10] for who, at, what in real if who == "Chuyên viên một" and "undated" in what}
    assert {"2027-01-04", "2027-03-01", "2027-10-04"} <= asked, "each Monday: the review of 2027 has no day yet"


async def test_what_is_filed_and_promised_changes_a_rehearsal_as_it_changes_the_year(tmp_path: Path) -> None:
    path = tmp_path / "office.db"
    await made(path, PLAN_TEXT.replace('desk = "Văn phòng Sở"', 'desk = "Phòng Tổng hợp"'))
    async with running(path, "2027-10-26T14:10") as office:
        first = await compared(office, "2027-11-03T12:00")
        assert any("QLXD/results" in what for _who, _at, what in first)

        def acted(tx: Tx) -> None:
            now = office.app.now()
            for unit in ("QLXD", "VP"):
                tx.run(
                    "INSERT INTO report_version (unit, year, code, by, at, plan_hash) VALUES (:unit, 2027, :code, 1, :now, '')",
                    unit=unit,
                    code=f"BC-2027-{unit}",
                    now=now,
                )
            by = tx.value("SELECT id FROM person WHERE name = 'Trưởng hai'")
            deadlines.promise(tx, unit="QLN", duty="results", year=2027, day=date(2027, 11, 8), by=by, now=now)
            id = tx.value("SELECT id FROM person WHERE name = 'Trưởng ba'")
            chats.link(tx, chat=chats.at(tx, channel=LOCAL, address=f"person:{id}", look="web").id, person=id)

        await office.app.db.write(acted)
        rest = await compared(office, "2027-12-31T23:59")
    assert not any("QLXD/results" in what for _who, _at, what in rest)
    assert not any("QLN" in what for _who, at, what in rest if "2027-11-03 12" < at < "2027-11-09")
    assert any(who == SILENT for who, _at, _what in rest)
    said = [row[0] for row in await office.rows("SELECT body FROM outbox WHERE kind = 'daily' AND body IS NOT NULL")]
    assert any("Phòng Tổng hợp" in body for body in said)
    assert not any("Văn phòng Sở" in body for body in said), "the desk is called what the plan calls it"


async def test_what_was_opened_once_more_is_reminded_of_as_it_was_rehearsed(tmp_path: Path) -> None:
    path = tmp_path / "office.db"
    await made(path)
    async with running(path, "2027-10-14T14:10") as office:

        def opened(tx: Tx) -> None:
            now = office.app.now()
            for unit in ("QLXD", "KTVL"):
                code = f"BC-2026-{unit}"
                tx.run(
                    "INSERT INTO report_version (unit, year, code, by, at, plan_hash) VALUES (:unit, 2026, :code, 1, :now, '')",
                    unit=unit,
                    code=code,
                    now=now,
                )
                day = date(2027, 10, 23)
                reopenings.open_again(
                    tx, record=code, what="results", unit=unit, year=2026, day=day, reason="số giấy", by=1, now=now
                )

        await office.app.db.write(opened)
        real = await compared(office, "2027-10-30T12:00")
    again = {(who, at[:10]) for who, at, what in real if "reopened_until" in what}
    assert again == {("Trưởng một", "2027-10-20"), ("Trưởng một", "2027-10-22")}, (
        "two working days before Friday, and on it"
    )
