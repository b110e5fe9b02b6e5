"""What happens in the year, each row of the tables as an act of somebody in their chat on its day."""

import re
from collections.abc import Awaitable, Callable, Iterator
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path

from bot.channels import LOCAL
from bot.office.roster import personnel, personnel_steps
from bot.server.clock import OFFICE, at_office
from storage import chats
from storage.db import Tx
from tests.five_years.people import NAMES
from tests.five_years.playing import PLAN, Played
from tests.five_years.table import Fields
from tests.scripted_year.table import PAPER, SILENT, Scripted, rows

Act = Callable[[], Awaitable[object]]
DUE = date(2027, 11, 9)
LABOURER = "UPDATE person SET kind = 'nguoi_lao_dong' WHERE id = :id"


def _is_labourer(id: int, tx: Tx) -> None:
    tx.run(LABOURER, id=id)


def on(said: str) -> str:
    """A day of a table as people type it."""
    return f"{date.fromisoformat(said):%d/%m/%Y}"


class ScriptedPlay(Played):
    """The office in the year, from its first moment to its last."""

    def __init__(self, path: Path, of: Scripted) -> None:
        super().__init__(path)
        self.of = of
        self.by_machine = set[int]()
        """Rows of the outbox that no turn of anybody has filed."""
        self.codes = dict[int, str]()

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

    async def of_table(self, person: str) -> int:
        """Somebody whom a table calls «unit/number»."""
        unit, _slash, n = person.partition("/")
        found = await self.office.rows(f"SELECT id FROM person WHERE unit = '{unit}' AND role <> 'admin' ORDER BY id")
        return int(found[int(n)][0])

    async def typed(self, said: str) -> str:
        """«TTr QLXD/3» as it is typed into a list: units by their code, people by their name with their unit."""
        lines = list[str]()
        for each in said.split():
            unit, slash, _n = each.partition("/")
            called = (
                await self.office.value(f"SELECT name FROM person WHERE id = {await self.of_table(each)}")
                if slash
                else ""
            )
            lines.append(f"{called} - {unit}" if slash else unit)
        return "\n".join(lines)

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
        yield from self._reporting()
        for n, row in enumerate(rows("awards")):
            yield row["day"], partial(self._proposes, n, row)
            if row["end"] == "withdrawn":
                yield row["decided"], partial(self._withdraws, n, row)
        for end in ("awarded", "forwarded", "not_chosen"):
            for day in sorted({row["decided"] for row in rows("awards") if row["end"] == end}):
                yield day, partial(self._decides, end, day)
        for n, row in enumerate(rows("difficulties")):
            yield row["day"], partial(self._raises, n, row)
            if row["moved"]:
                yield row["moved"], partial(self._moves, n, row)
        yield from self._lists()
        yield from self._asking()
        yield from self._rest()

    def _reporting(self) -> Iterator[tuple[str, Act]]:
        for late in sorted({int(row["late"]) for row in self.of.reports.values() if row["late"]}):
            day = DUE + timedelta(days=late) if late else date(2027, 10, 26)
            for unit, row in self.of.reports.items():
                if row["late"] == str(late) and row["by"] == "head":
                    yield str(day), partial(self.sends_report, unit, row)
        yield "2027-11-11", self._on_paper
        yield "2027-11-22", self._receives

    def _lists(self) -> Iterator[tuple[str, Act]]:
        for n, row in enumerate(rows("classes")):
            yield row["day"], partial(self._opens_class, n, row)
            if row["declines"]:
                yield row["last"], partial(self._declines, n, row)
            if row["end"] == "cancelled":
                yield row["day"], partial(self._cancels, n)
        for row in rows("skills"):
            yield row["day"], partial(self._marks, row)
            if row["withdrawn"]:
                yield row["day"], partial(self._unmarks, row)
        for row in rows("people"):
            if row["what"] == "leaves":
                yield row["day"], partial(self._leaves, row)

    def _asking(self) -> Iterator[tuple[str, Act]]:
        for row in rows("requests"):
            if row["title"]:
                yield row["day"], partial(self._asks, row)
        for row in rows("answers"):
            yield row["day"], partial(self._answers, row)

    def _rest(self) -> Iterator[tuple[str, Act]]:
        for n, row in enumerate(rows("announcements")):
            yield row["day"], partial(self._announces, n, row)
            if row["seen"]:
                yield row["seen_on"], partial(self._sees, n, row)
        for n, row in enumerate(rows("inspections")):
            yield row["day"], partial(self._inspects, row)
            if row["done"]:
                yield row["done"], partial(self._puts_right, n, row)
        for row in rows("notes"):
            yield row["day"], partial(self._notes, row)

    # The acts ---------------------------------------------------------------------------------

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

    async def _proposes(self, n: int, row: Fields) -> None:
        who = await self.who(row["by"], "VP" if row["by"] == "office" else row["unit"])
        whom = (
            "tập thể"
            if "/" not in row["whom"]
            else str(await self.office.value(f"SELECT name FROM person WHERE id = {await self.of_table(row['whom'])}"))
        )
        answers = {
            "unit": NAMES[row["unit"]],
            "whom": whom,
            "kind": row["kind"],
            "form": row["form"],
            "merit": "Rút quy trình còn 5 bước",
        }
        said = await self.fills(who, "/khenthuong denghi", answers)
        found = re.search(r"KT-2027-\d{3}", said)
        assert found is not None, said
        self.codes[n] = found[0]  # inspections are numbered along with awards

    async def _withdraws(self, n: int, row: Fields) -> None:
        await self.talks(await self.who("head", row["unit"]), f"/khenthuong rut {self.codes[n]} co")

    async def _decides(self, end: str, day: str) -> None:
        """One decision for all that are decided alike on a day."""
        those = [self.codes[n] for n, row in enumerate(rows("awards")) if (row["end"], row["decided"]) == (end, day)]
        word, number = {
            "awarded": ("quyetdinh", "125/QĐ-SXD"),
            "forwarded": ("trinh", "45/TTr-SXD"),
            "not_chosen": ("khongchon", ""),
        }[end]
        answers = {
            "items": ", ".join(those),
            "minutes": "12/BB-SXD",
            "minutes_day": on(day),
            "decision": number,
            "day": on(day),
        }
        said = await self.fills(await self.who("office"), f"/khenthuong {word}", answers)
        assert "✅" in said, said

    async def _raises(self, n: int, row: Fields) -> None:
        way = {"head": "1", "desk": "2"}[row["way"]]
        said = await self.fills(
            await self.of_table(row["who"]), "/vuongmac", {"text": row["text"], "area": row["area"], "way": way}
        )
        assert f"VM-2027-{n + 1:03}" in said, said

    async def _moves(self, n: int, row: Fields) -> None:
        code, asker, desk = f"VM-2027-{n + 1:03}", await self.of_table(row["who"]), await self.who("office")
        head = await self.who("head", row["who"].partition("/")[0])
        match row["end"]:
            case "solved_in_unit":
                await self.talks(head, f"/vuongmac {code} traloi", "Phòng bố trí máy dùng chung từ tuần sau", "gửi")
                await self.talks(asker, f"/vuongmac {code} xong")
            case "solved":
                await self.talks(desk, f"/vuongmac {code} dap", "Đã thay bộ chuyển mạch ở tầng 3", "gửi")
                await self.talks(asker, f"/vuongmac {code} xong")
            case "opinion":
                await self.talks(desk, f"/vuongmac {code} trinh")
                lines = (
                    "1",
                    on(row["moved"]),
                    "12/TB-SXD",
                    "Bố trí kinh phí trong quý III",
                    "Phòng Kế hoạch - Tài chính",
                )
                await self.talks(
                    desk, f"/vuongmac {code} ykien", *lines, "Bố trí kinh phí thay biển báo", "30/09/2027", "gửi"
                )
                await self.talks(
                    await self.who("head", "KHTC"), "/viecgiao 2 xong", "Đã bố trí trong dự toán bổ sung", "gửi"
                )
            case "passed_on":
                await self.talks(head, f"/vuongmac {code} chuyen", "Phòng thống nhất với kiến nghị", "gửi")
                await self.talks(desk, f"/vuongmac {code} dap", "Từ tháng 10 chỉ lấy ý kiến một lần", "gửi")
            case _:
                await self.talks(asker, f"/vuongmac {code} rut", "rút")

    async def _opens_class(self, n: int, row: Fields) -> None:
        who = await self.who("office") if row["by"] == "VP" else await self.who("head", row["by"])
        lines = (row["topic"], row["name"], on(row["first"]), on(row["last"]), "bỏ qua")
        said = await self.talks(who, "/taphuan moi", *lines, await self.typed(row["people"]), "gửi")
        assert f"LH-2027-{n + 1:03}" in said, said

    async def _declines(self, n: int, row: Fields) -> None:
        for each in row["declines"].split():
            await self.talks(await self.of_table(each), f"/taphuan LH-2027-{n + 1:03} khongdu co")

    async def _cancels(self, n: int) -> None:
        await self.talks(await self.who("office"), f"/taphuan LH-2027-{n + 1:03} huy co")

    async def _marks(self, row: Fields) -> None:
        who = await self.who("office") if row["by"] == "VP" else await self.who("head", row["by"])
        await self.talks(who, "/thanhthao ghi", await self.typed(row["people"]), row["test"], on(row["on"]), "gửi")

    async def _unmarks(self, row: Fields) -> None:
        await self.talks(await self.who("head", row["by"]), "/thanhthao rut", await self.typed(row["withdrawn"]), "gửi")

    async def _leaves(self, row: Fields) -> None:
        id = await self.of_table(row["person"])

        def leave(tx: Tx) -> None:
            found = personnel.plan_change(tx, PLAN, personnel_steps.WantedChange(f"#{id}", end=True))
            assert found.why is None, found.why
            personnel.make_change(tx, found, self.office.app.office, self.office.app.now())

        await self.office.app.db.write(leave)

    async def _asks(self, row: Fields) -> None:
        whom = ("Một số đơn vị", row["to"]) if row["to"] else ("Tất cả đơn vị",)
        question = ("Số lượng của đơn vị", "Số", "văn bản", "Hết câu hỏi")
        said = await self.talks(
            await self.who("office"),
            f"/yeucau moi {row['title']}",
            *whom,
            on(row["due"]),
            row["every"],
            "1",
            *question,
            "gửi",
        )
        assert f"YC-2027-{int(row['code']):02}" in said, said

    async def _answers(self, row: Fields) -> None:
        code = f"YC-2027-{int(row['request']):02}"
        await self.talks(await self.who("head", row["unit"]), f"/traloi {code}", row["n"], "gửi")

    async def _announces(self, n: int, row: Fields) -> None:
        desk = await self.who("office")
        lines = ("Toàn thể các đơn vị", row["roles"].replace("tất cả", "Mọi người"), row["text"], "bỏ qua")
        await self.talks(desk, "/thongbao moi", *lines, row["when"] or "Gửi ngay", "gửi")
        if row["end"] == "recalled":
            await self.talks(desk, f"/thongbao {n + 1} rut")

    async def _sees(self, n: int, row: Fields) -> None:
        for each in row["seen"].split():
            await self.talks(await self.of_table(each), f"/danhan {n + 1}")

    async def _inspects(self, row: Fields) -> None:
        found = (row["found"], on(row["until"])) if row["found"] else ("không có tồn tại",)
        await self.talks(
            await self.who("office"), "/kiemtra moi", row["unit"], on(row["on"]), row["number"], *found, "gửi"
        )

    async def _puts_right(self, n: int, row: Fields) -> None:
        await self.talks(await self.who("head", row["unit"]), f"/viecgiao {n + 1} xong", "Đã ký số đủ các hồ sơ", "gửi")

    async def _notes(self, row: Fields) -> None:
        who = await self.of_table(row["who"])
        await self.talks(who, f"/ghi {row['text']}")
        if row["put"]:
            id = await self.office.value("SELECT MAX(id) FROM note")
            await self.talks(who, f"/ghi dua {id} {row['area']}")
