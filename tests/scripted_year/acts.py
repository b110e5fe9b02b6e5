"""The acts of the rooms beside registering and reporting: each row of a table as somebody says it in their chat."""

import re
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from bot.office.roster import personnel, personnel_steps
from storage.db import Tx
from tests.five_years.people import NAMES
from tests.five_years.playing import PLAN, Played
from tests.five_years.table import Fields

Act = Callable[[], Awaitable[object]]


def on(said: str) -> str:
    """A day of a table as people type it."""
    return f"{date.fromisoformat(said):%d/%m/%Y}"


class RoomsPlay(Played):
    """An office of which every room is open."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.codes = dict[tuple[str, int], str]()
        """What the rows of a table are called in the office: inspections are numbered along with awards."""

    def acts_of(self, rows: Callable[[str], Sequence[Fields]]) -> Iterator[tuple[str, Act]]:
        """Yield, with its day, what every year of these tables has of the rooms."""
        for n, row in enumerate(rows("difficulties")):
            yield row["day"], partial(self.raises, n, row)
            if row["moved"]:
                yield row["moved"], partial(self.moves, n, row)
        for n, row in enumerate(rows("classes")):
            yield row["day"], partial(self.opens_class, n, row)
            if row["declines"]:
                yield row["last"], partial(self.declines, n, row)
            if row["end"] == "cancelled":
                yield row["day"], partial(self.cancels, n)
        for row in rows("requests"):
            if row["title"]:
                yield row["day"], partial(self.asks, row)
        for row in rows("answers"):
            yield row["day"], partial(self.answers, row)
        for n, row in enumerate(rows("announcements")):
            yield row["day"], partial(self.announces, n, row)
            if row["seen"]:
                yield row["seen_on"], partial(self.sees, n, row)
        for n, row in enumerate(rows("inspections")):
            yield row["day"], partial(self.inspects, n, row)
            if row["done"]:
                yield row["done"], partial(self.puts_right, n, row)

    @property
    def year(self) -> int:
        """The year in which the office is."""
        return self.office.app.now().year

    def _code(self, prefix: str, said: str) -> str:
        found = re.search(rf"{prefix}-{self.year}-\d+", said)
        assert found is not None, said
        return found[0]

    async def newest_task(self) -> int:
        """The task that was given last."""
        return int(str(await self.office.value("SELECT MAX(id) FROM unit_task")))

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

    async def proposes(self, n: int, row: Fields) -> None:
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
        self.codes["award", n] = self._code("KT", said)

    async def withdraws(self, n: int, row: Fields) -> None:
        await self.talks(await self.who("head", row["unit"]), f"/khenthuong rut {self.codes['award', n]} co")

    async def decides(self, end: str, day: str, those: Iterable[int]) -> None:
        """One decision for all of these that are decided alike on a day."""
        word, number = {
            "awarded": ("quyetdinh", "125/QĐ-SXD"),
            "forwarded": ("trinh", "45/TTr-SXD"),
            "not_chosen": ("khongchon", ""),
        }[end]
        answers = {
            "items": ", ".join(self.codes["award", n] for n in those),
            "minutes": "12/BB-SXD",
            "minutes_day": on(day),
            "decision": number,
            "day": on(day),
        }
        said = await self.fills(await self.who("office"), f"/khenthuong {word}", answers)
        assert "✅" in said, said

    async def raises(self, n: int, row: Fields) -> None:
        way = {"head": "1", "desk": "2"}[row["way"]]
        said = await self.fills(
            await self.of_table(row["who"]), "/vuongmac", {"text": row["text"], "area": row["area"], "way": way}
        )
        self.codes["difficulty", n] = self._code("VM", said)

    async def moves(self, n: int, row: Fields) -> None:
        code, asker, desk = self.codes["difficulty", n], await self.of_table(row["who"]), await self.who("office")
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
                    desk,
                    f"/vuongmac {code} ykien",
                    *lines,
                    "Bố trí kinh phí thay biển báo",
                    f"30/09/{self.year}",
                    "gửi",
                )
                await self.talks(
                    await self.who("head", "KHTC"),
                    f"/viecgiao {await self.newest_task()} xong",
                    "Đã bố trí trong dự toán bổ sung",
                    "gửi",
                )
            case "passed_on":
                await self.talks(head, f"/vuongmac {code} chuyen", "Phòng thống nhất với kiến nghị", "gửi")
                await self.talks(desk, f"/vuongmac {code} dap", "Từ tháng 10 chỉ lấy ý kiến một lần", "gửi")
            case _:
                await self.talks(asker, f"/vuongmac {code} rut", "rút")

    async def opens_class(self, n: int, row: Fields) -> None:
        who = await self.who("office") if row["by"] == "VP" else await self.who("head", row["by"])
        lines = (row["topic"], row["name"], on(row["first"]), on(row["last"]), "bỏ qua")
        said = await self.talks(who, "/taphuan moi", *lines, await self.typed(row["people"]), "gửi")
        self.codes["class", n] = self._code("LH", said)

    async def declines(self, n: int, row: Fields) -> None:
        for each in row["declines"].split():
            await self.talks(await self.of_table(each), f"/taphuan {self.codes['class', n]} khongdu co")

    async def cancels(self, n: int) -> None:
        await self.talks(await self.who("office"), f"/taphuan {self.codes['class', n]} huy co")

    async def marks(self, row: Fields) -> None:
        who = await self.who("office") if row["by"] == "VP" else await self.who("head", row["by"])
        await self.talks(who, "/thanhthao ghi", await self.typed(row["people"]), row["test"], on(row["on"]), "gửi")

    async def unmarks(self, row: Fields) -> None:
        await self.talks(await self.who("head", row["by"]), "/thanhthao rut", await self.typed(row["withdrawn"]), "gửi")

    async def leaves(self, row: Fields) -> None:
        id = await self.of_table(row["person"])

        def leave(tx: Tx) -> None:
            found = personnel.plan_change(tx, PLAN, personnel_steps.WantedChange(f"#{id}", end=True))
            assert found.why is None, found.why
            personnel.make_change(tx, found, self.office.app.office, self.office.app.now())

        await self.office.app.db.write(leave)

    async def asks(self, row: Fields) -> None:
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
        assert f"YC-{self.year}-{int(row['code']):02}" in said, said

    async def answers(self, row: Fields) -> None:
        code = f"YC-{row.get('of') or self.year}-{int(row['request']):02}"
        await self.talks(await self.who("head", row["unit"]), f"/traloi {code}", row["n"], "gửi")

    async def announces(self, n: int, row: Fields) -> None:
        desk = await self.who("office")
        lines = ("Toàn thể các đơn vị", row["roles"].replace("tất cả", "Mọi người"), row["text"], "bỏ qua")
        await self.talks(desk, "/thongbao moi", *lines, row["when"] or "Gửi ngay", "gửi")
        if row["end"] == "recalled":
            await self.talks(desk, f"/thongbao {n + 1} rut")

    async def sees(self, n: int, row: Fields) -> None:
        for each in row["seen"].split():
            await self.talks(await self.of_table(each), f"/danhan {n + 1}")

    async def inspects(self, n: int, row: Fields) -> None:
        found = (row["found"], on(row["until"])) if row["found"] else ("không có tồn tại",)
        await self.talks(
            await self.who("office"), "/kiemtra moi", row["unit"], on(row["on"]), row["number"], *found, "gửi"
        )
        if row["found"]:
            self.codes["task", n] = str(await self.newest_task())

    async def puts_right(self, n: int, row: Fields) -> None:
        await self.talks(
            await self.who("head", row["unit"]),
            f"/viecgiao {self.codes['task', n]} xong",
            "Đã ký số đủ các hồ sơ",
            "gửi",
        )

    async def notes(self, row: Fields) -> None:
        who = await self.of_table(row["who"])
        await self.talks(who, f"/ghi {row['text']}")
        if row["put"]:
            id = await self.office.value("SELECT MAX(id) FROM note")
            await self.talks(who, f"/ghi dua {id} {row['area']}")
