"""What happens in the year, each row of the tables as an act of somebody in their chat on its day."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path

from bot.channels import LOCAL
from bot.server.clock import OFFICE, at_office
from storage import chats
from storage.db import Tx
from tests.five_years.table import Fields
from tests.scripted_year.acts import Act, RoomsPlay
from tests.scripted_year.table import PAPER, SILENT, Scripted, rows

DUE = date(2027, 11, 9)
LABOURER = "UPDATE person SET kind = 'nguoi_lao_dong' WHERE id = :id"


def _is_labourer(id: int, tx: Tx) -> None:
    tx.run(LABOURER, id=id)


class ScriptedPlay(RoomsPlay):
    """The office in the year, from its first moment to its last."""

    def __init__(self, path: Path, of: Scripted) -> None:
        super().__init__(path)
        self.of = of
        self.by_machine = set[int]()
        """Rows of the outbox that no turn of anybody has filed."""

    async def begins(self) -> None:
        """Everybody has a chat; two are labourers; the year comes."""
        ids = [int(row[0]) for row in await self.office.rows("SELECT id FROM person WHERE active")]

        def seat(tx: Tx) -> None:
            for id in ids:
                chat = chats.at(tx, channel=LOCAL, address=f"person:{id}", look="web")
                if chat.person is None:
                    chats.link(tx, chat=chat.id, person=id)

        await self.office.app.db.write(seat)
        for row in rows("people"):
            if row["what"] == "labourer":
                id = await self.of_table(row["person"])
                await self.office.app.db.write(partial(_is_labourer, id))
        await self.office.app.move(at_office("2026-12-31T17:00"))

    async def until(self, day: date, at: time = time(9)) -> None:
        """Let the time go by; what is said meanwhile is the machine's own, but for what somebody has set down."""
        before = await self._newest()
        await self.office.app.move(datetime.combine(day, at, OFFICE))
        own = "SELECT id FROM outbox WHERE kind <> 'answer' AND COALESCE(news, '') <> 'announcement'"
        self.by_machine |= {int(row[0]) for row in await self.office.rows(f"{own} AND id > {before}")}

    async def _newest(self) -> int:
        return int(str(await self.office.value("SELECT COALESCE(MAX(id), 0) FROM outbox")))

    async def plays(self) -> None:
        """Everything that stands in the tables, day by day, then the rest of the year."""
        for day, _n, act in sorted((day, n, act) for n, (day, act) in enumerate(self._acts())):
            await self.until(date.fromisoformat(day))
            await act()
        await self.until(date(2027, 12, 31), time(17))

    def _acts(self) -> Iterator[tuple[str, Act]]:
        yield "2027-01-05", partial(self.dates, 2027)
        yield "2027-01-12", self._plans
        for row in self.of.items:
            yield row["day"], partial(self._registers, row)
        yield "2027-03-25", self._closes
        yield "2027-09-15", partial(self.recognises, self.of)
        yield "2027-09-20", self._opens_review
        yield from self._reporting()
        for n, row in enumerate(rows("awards")):
            yield row["day"], partial(self.proposes, n, row)
            if row["end"] == "withdrawn":
                yield row["decided"], partial(self.withdraws, n, row)
        for end in ("awarded", "forwarded", "not_chosen"):
            for day in sorted({row["decided"] for row in rows("awards") if row["end"] == end}):
                those = [n for n, row in enumerate(rows("awards")) if (row["end"], row["decided"]) == (end, day)]
                yield day, partial(self.decides, end, day, those)
        yield from self.acts_of(rows)
        for row in rows("skills"):
            yield row["day"], partial(self.marks, row)
            if row["withdrawn"]:
                yield row["day"], partial(self.unmarks, row)
        for row in rows("people"):
            if row["what"] == "leaves":
                yield row["day"], partial(self.leaves, row)
        for row in rows("notes"):
            yield row["day"], partial(self.notes, row)

    def _reporting(self) -> Iterator[tuple[str, Act]]:
        for late in sorted({int(row["late"]) for row in self.of.reports.values() if row["late"]}):
            day = DUE + timedelta(days=late) if late else date(2027, 10, 26)
            for unit, row in self.of.reports.items():
                if row["late"] == str(late) and row["by"] == "head":
                    yield str(day), partial(self.sends_report, unit, row)
        yield "2027-11-11", self._on_paper
        yield "2027-11-22", self._receives

    # The acts ---------------------------------------------------------------------------------

    async def _opens_review(self) -> None:
        lines = ("/giaidoan mo 2027", "45/SXD-VP", "18/09/2027", "15/10/2027", "gửi")
        assert "✅" in await self.talks(await self.who("office"), *lines)

    async def _plans(self) -> None:
        for unit, row in self.of.plans.items():
            if row["plan"] and unit != PAPER:
                answers = {
                    "day": "11/01/2027",
                    "number": f"05/KH-{unit}",
                    "file": "Bổ sung sau",
                    "tasks": "Không liệt kê",
                }
                assert "✅" in await self.fills(await self.who("head", unit), "/kehoach 2027", answers)
        desk = await self.who("office")
        source = {"paper_way": "văn bản", "paper_number": f"05/KH-{PAPER}", "paper_day": "11/01/2027"}
        answers = {
            **source,
            "paper_file": "bỏ qua",
            "day": "11/01/2027",
            "number": f"05/KH-{PAPER}",
            "file": "Bổ sung sau",
            "tasks": "Không liệt kê",
        }
        assert "✅" in await self.fills(desk, f"/nhapthay {PAPER} kehoach 2027", answers)

    async def _registers(self, row: Fields) -> None:
        of = Scripted()
        of.items = [row]
        await self.registers(of)

    async def _closes(self) -> None:
        registered = {row["unit"] for row in self.of.items}
        for unit in self.of.reports:
            if unit in (SILENT, PAPER):
                continue
            head = await self.who("head", unit)
            if unit in registered:
                body = await self.says(head, "/xacnhan chot")
                says = next(says for label, says in body["buttons"] if label.startswith("Chốt"))
                await self.talks(head, says)
            else:
                await self.talks(head, "/xacnhan khongdangky", "Năm nay đơn vị tập trung việc chuyển tiếp", "gửi")

    async def sends_report(self, unit: str, row: Fields) -> None:
        """The head's report: what a list says stays, unless the unit has a total of its own."""
        changes = [
            f"sửa {code} {row[column]}"
            for code, column in (("2", "skilled"), ("6", "trained"))
            if row[column] and unit in self.of.listed(column)
        ]
        said = await self.fills(await self.who("head", unit), "/baocao 2027", self._sheet(row), *changes)
        assert "✅" in said, said

    def _sheet(self, row: Fields) -> dict[str, str]:
        online = "Không áp dụng" if row["online"] == "na" else row["online"]
        known = {"3": online, "5": row["paper"].replace(".", ","), "II.3.1": row["files"]}
        return known | {code: row[key] for code, key in (("2", "skilled"), ("6", "trained")) if row[key]}

    async def _on_paper(self) -> None:
        source = {"paper_way": "văn bản", "paper_number": f"31/BC-{PAPER}", "paper_day": "05/11/2027"}
        answers = {**source, "paper_file": "bỏ qua", **self._sheet(self.of.reports[PAPER])}
        said = await self.fills(await self.who("office"), f"/nhapthay {PAPER} baocao 2027", answers)
        assert "✅" in said, said

    async def _receives(self) -> None:
        desk = await self.who("office")
        for unit in self.of.sent:
            await self.talks(desk, f"/tiepnhan BC-2027-{unit}")
        for unit, change in self.of.corrections.items():
            await self.corrects(self.of, unit, change)
