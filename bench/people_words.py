"""What people read and type until a sheet or a yearly report is sent: `./run bench --words`.

Somebody types as people do, from forty cards, never the exact label of a button, and answers what is asked until it is
sent. What is asked is looked up in the draft, so that no wording of a question is part of the measure.
"""

import csv
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from statistics import mean, median
from typing import Any
from uuid import uuid4

from bench.people import BEGINS, PLAN_TEXT, copied
from bot.movement.plan import Plan
from bot.server.app import App, Setup
from bot.server.clock import Clock
from storage import chat_texts, chats, outbox, people
from storage.chats import Chat
from storage.db import Tx

CARDS = Path(__file__).parent / "cards.csv"
WORD = re.compile(r"[^\W\d_]")
"""A number of a list or a day is no word."""
STANDING = ("quay lại · xem phiếu · thoát", "quay lại · thoát", "Quay lại", "Xem phiếu", "Thoát")
"""What stands below every question alike."""
MOST = 60
"""Messages after which somebody gives up."""
LOOKS = ("keyboard", "plain")
PAUSE = timedelta(seconds=20)
"""What somebody needs to read and type."""


@dataclass
class Walked:
    """One way to its end: what was typed and read."""

    typed: int = 0
    read: int = 0
    asked: list[str] = field(default_factory=list)
    known: int = 0
    fields: int = 0
    done: bool = False


def cards() -> list[Mapping[str, str]]:
    """The forty cards: who registers what, in their own words."""
    with CARDS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


class Reader:
    """Somebody with a chat of their own, who counts what they read and type."""

    def __init__(self, app: App, chat: Chat) -> None:
        self.app, self.chat, self.walked = app, chat, Walked()

    @classmethod
    async def of(cls, app: App, name: str, look: str) -> "Reader":
        """Open a chat for somebody of the roster."""

        def seated(tx: Tx) -> Chat:
            person = next(each for each in tx.all(people.EVERYBODY) if each.name == name)
            chat = chats.at(tx, channel="local", address=f"words:{person.id}:{look}", look=look)
            chats.link(tx, chat=chat.id, person=person.id)
            found = tx.one(chats.BY_ID, id=chat.id)
            assert found is not None
            return found

        reader = cls(app, await app.db.write(seated))
        await reader._reads()
        reader.walked = Walked()
        return reader

    async def says(self, text: str) -> None:
        """Type one message and read the answer."""
        self.walked.typed += 1
        await self.app.receive(self.chat, uuid4().hex, {"text": text})
        await self.app.drain()
        await self._reads()
        await self.app.move(self.app.now() + PAUSE)

    async def _reads(self) -> None:
        def shown(tx: Tx) -> list[outbox.OutboxRow]:
            rows = tx.all(chat_texts.UNSEEN, chat=self.chat.id)
            if rows:
                chat_texts.mark_seen(tx, chat=self.chat.id, seq=max(row.seq or 0 for row in rows))
            return rows

        for row in await self.app.db.write(shown):
            if row.news is None:  # what comes unasked is no part of this way
                self.walked.read += read_of(row.body or {})

    async def asks(self) -> str:
        """The code of the open question, or the step; "" where nothing is open."""

        def open_here(tx: Tx) -> str:
            rows = tx._connection.execute(
                "SELECT draft.asking FROM chat JOIN draft ON draft.id = chat.focus WHERE chat.id = ?", (self.chat.id,)
            ).fetchall()
            return str(rows[0][0]) if rows else ""

        asked = await self.app.db.write(open_here)
        self.walked.asked.append(asked)
        return asked

    async def goes_on(self, answers: Callable[[str, int], str]) -> Walked:
        """Answer what is asked until nothing is asked any more."""
        times: dict[str, int] = {}
        while (asked := await self.asks()) and self.walked.typed < MOST:
            times[asked] = times.get(asked, 0) + 1
            if asked == "review":
                self.walked.known, self.walked.fields = await self.app.db.write(self._sources)
            await self.says(answers(asked, times[asked]))
        return self.walked

    def _sources(self, tx: Tx) -> tuple[int, int]:
        """How many answers of the open sheet came filled in, of how many."""
        rows = tx._connection.execute(
            "SELECT field, MIN(source), MIN(value) FROM answer WHERE draft = (SELECT focus FROM chat WHERE id = ?) GROUP BY field",
            (self.chat.id,),
        ).fetchall()
        return sum(row[1] == "confirmed" and "outside" not in row[2] for row in rows), len(rows)


def read_of(shown: Mapping[str, Any]) -> int:
    """Count the words of a message: its text and its buttons, without those that stand below every question alike."""
    labels = [*shown["choices"], *shown["steering"], *(label for label, _says in shown["buttons"])]
    parts = [part for part in (*shown["text"].split("\n"), *labels) if part not in STANDING]
    return sum(bool(WORD.search(word)) for part in parts for word in part.split())


def registering(card: Mapping[str, str]) -> Callable[[str, int], str]:
    """What somebody types at the questions of a sheet."""
    said = {
        "title": card["title"],
        "area": card["area"],
        "authors": card["authors"],
        "starts": card["starts"],
        "summary": "bỏ qua",
        "result": "bỏ qua",
        "review": "gui",
    }

    def answer(asked: str, times: int) -> str:
        if asked.startswith("again:"):
            return "ok"
        if times > 1 and asked == "starts":
            return "chưa xác định"
        if times > 1 and asked == "area":
            return "3"
        return said.get(asked, "bỏ qua")

    return answer


async def registered(app: App, look: str, card: Mapping[str, str], knows: bool) -> Walked:
    """Register one card, in the guided way or in one message."""
    reader, before = await Reader.of(app, card["by"], look), await _count(app, "initiative")
    if knows:
        await reader.says(f"dk sk: {card['title']}; {card['area']}; {card['authors']}")
    else:
        await reader.says(card["opens"])
        if not await reader.asks():
            await reader.says("1")
    walked = await reader.goes_on(registering(card))
    walked.done = await _count(app, "initiative") == before + 1
    return walked


async def _count(app: App, table: str) -> int:
    """How many rows there are: something was really sent."""
    return int(await app.db.write(lambda tx: tx.value(f"SELECT COUNT(*) FROM {table}")))


LISTED = ("2", "6")
"""Figures that lists of people fill in, where the office keeps them."""
HARDSHIP = "Đường truyền ở trụ sở chưa ổn định"


def reporting(new: bool, last: Mapping[str, str], places: Mapping[str, int]) -> Callable[[str, int], str]:
    """What a head types at the questions of the yearly report."""

    def answer(asked: str, times: int) -> str:
        if asked == "review":
            return "gui"
        if asked == "page:targets" and times == 1:
            return "; ".join(
                f"{places[code]}: {said}"
                for code, said in last.items()
                if code in places and not (new and code in LISTED)
            )
        if asked.startswith("page:") and asked != "page:targets":
            return "còn lại không có"
        if asked.startswith("page:"):
            return "đồng ý"
        if asked.startswith(("again:", "doubt:")):
            return "ok"
        if asked.endswith("_note") or "note" in asked:
            return "số liệu đã đối chiếu với sổ theo dõi của phòng"
        if asked in last:
            return last[asked]
        return HARDSHIP if new and asked == "vuong_mac" else "khong co"

    return answer


async def reported(app: App, look: str, unit: str, head: str, new: bool) -> Walked:
    """Write and send the yearly report of a unit."""
    last = await app.db.write(lambda tx: _figures(tx, unit))
    reader, before = await Reader.of(app, head, look), await _count(app, "report_version")
    await reader.says("bao cao nam")
    walked = await reader.goes_on(reporting(new, last, places()))
    walked.done = await _count(app, "report_version") == before + 1
    return walked


def places() -> Mapping[str, int]:
    """The number of each figure on the sheet, as its first page shows it."""
    plan = Plan.parse(PLAN_TEXT)
    return {target.code: n for n, target in enumerate((t for t in plan.asked_about if not t.of_office), 1)}


def _figures(tx: Tx, unit: str) -> dict[str, str]:
    """Last year's figures of a unit as somebody types this year's: the same share, a little less paper."""
    rows = tx._connection.execute(
        "SELECT target, numerator, denominator, na FROM figure JOIN report_version ON report_version.id = figure.result "
        "WHERE report_version.unit = ?",
        (unit,),
    ).fetchall()
    said = {row[0]: f"{row[1]}/{row[2]}" if row[2] else f"{row[1]}" for row in rows if row[1] is not None}
    return {**said, **{row[0]: "không áp dụng" for row in rows if row[3]}}


NOTES = (
    ("II.1", "Bỏ hai bước trùng khi chuyển hồ sơ giữa các bộ phận"),
    ("II.2", "Dùng phần mềm kiểm tra khối lượng cho 03 công trình"),
    ("II.3", "Số hóa 120 hồ sơ lưu trữ của phòng"),
    ("II.4", "In hai mặt toàn bộ tài liệu nội bộ, điện năng giảm 8%"),
    ("tuyen_truyen", "Phổ biến kế hoạch phong trào tại họp phòng, 12 lượt người"),
    ("II.5", "Cử 03 người dự lớp trí tuệ nhân tạo"),
)
"""What somebody notes in an ordinary year, each for its part of the report."""


async def noted(app: App, by: str) -> None:
    """Write the notes of an ordinary year and put them into the report."""
    reader = await Reader.of(app, by, "plain")
    for code, note in NOTES:
        await reader.says(f"/ghi {note}")
        id = await app.db.write(lambda tx: tx.value("SELECT MAX(id) FROM note"))
        await reader.says(f"/ghi dua {id} {code.lower()}")


def ordinary(tx: Tx) -> None:
    """What the office records in an ordinary year: a class, a test that all have passed, an inspection of each unit."""
    by = tx.value("SELECT id FROM person WHERE role = 'office' ORDER BY id LIMIT 1")
    about = {"by": by, "at": BEGINS, "day": BEGINS.date().replace(month=3, day=12)}
    tx.run(
        """
        INSERT INTO training_class (code, topic, name, first, last, by, at)
        VALUES ('LH-2027-001', 'ky_nang_so', 'Kỹ năng số cơ bản, đợt 1', :day, :day, :by, :at)
        """,
        **about,
    )
    tx.run(
        """
        INSERT INTO training_person (class, person, by, at)
        SELECT training_class.id, person.id, :by, :at FROM training_class, person WHERE person.active
        """,
        **about,
    )
    tx.run(
        """
        INSERT INTO skill (target, person, test, day, by, at)
        SELECT '2', person.id, 'Quản lý văn bản điện tử', :day, :by, :at FROM person WHERE person.active
        """,
        **about,
    )
    tx.run(
        """
        INSERT INTO difficulty (code, year, unit, by, at, text, way, state, since)
        SELECT 'VM-2027-' || printf('%03d', 100 + ROW_NUMBER() OVER ()), 2027, unit.code, MIN(person.id), :at,
               'Đường truyền ở trụ sở chưa ổn định', 'desk', 'desk', :at
          FROM unit JOIN person ON person.unit = unit.code AND person.role = 'head' GROUP BY unit.code
        """,
        **about,
    )
    tx.run(
        """
        INSERT INTO inspection (code, year, unit, day, by, at)
        SELECT 'GS-2027-' || printf('%03d', 100 + ROW_NUMBER() OVER ()), 2027, unit.code, :day, :by, :at FROM unit
        """,
        **about,
    )


def line(name: str, walked: Sequence[Walked], filled: bool = False) -> str:
    """One row of the table."""
    typed, read = [w.typed for w in walked], [w.read for w in walked]
    share = [100 * w.known / w.fields for w in walked if w.fields]
    prefilled = f"{mean(share):.0f} %" if filled and share else "–"
    return (
        f"| {name} | {sum(w.done for w in walked)}/{len(walked)} | {median(typed):.0f} | {max(typed)} "
        f"| {median(read):.0f} | {max(read)} | {prefilled} |"
    )


async def report(made: Path) -> None:
    """Print the table: a row a way and look."""
    print("| Way | sent | messages | most | words read | most | came filled in |\n|---|--:|--:|--:|--:|--:|--:|")
    for look in LOOKS:
        for knows in (False, True):
            walked = []
            app = await _opened(copied(made, f"words-{look}-{knows}.db"))
            for card in cards():
                walked.append(await registered(app, look, card, knows))
            await app.stop()
            print(line(f"registering, {'who knows' if knows else 'guided'}, {look}", walked))
    for look in LOOKS:
        for new in (False, True):
            app = await _opened(copied(made, f"words-report-{look}-{new}.db"))
            walked = []
            if new:
                await app.db.write(ordinary)
            for unit, head, colleague in await app.db.write(_heads):
                if new:
                    await noted(app, colleague)
                walked.append(await reported(app, look, unit, head, new))
            await app.stop()
            print(line(f"yearly report, {'an ordinary year' if new else 'nothing new'}, {look}", walked, filled=True))


def _heads(tx: Tx) -> list[tuple[str, str, str]]:
    """Units that have not reported yet, with whoever leads them and a colleague."""
    sent = {row[0] for row in tx._connection.execute("SELECT unit FROM report_version WHERE year = 2027")}
    found: dict[str, dict[str, str]] = {}
    for person in tx.all(people.EVERYBODY):
        found.setdefault(person.unit, {}).setdefault(person.role, person.name)
    return [
        (unit, of["head"], of["drafter"])
        for unit, of in found.items()
        if {"head", "drafter"} <= of.keys() and unit not in sent
    ]


async def _opened(path: Path) -> App:
    app = App(Setup(path, PLAN_TEXT, Clock(standing=BEGINS)))
    await app.start()
    return app
