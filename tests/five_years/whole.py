"""The five years with every room open: what stands in the tables of the rooms happens on its day, between all else."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from pathlib import Path

from tests.five_years import rooms
from tests.five_years.playing import answers_of
from tests.five_years.rooms import WholeYear, rows
from tests.five_years.table import Fields, Year
from tests.scripted_year.acts import Act, RoomsPlay
from tests.scripted_year.table import people_of

REPORTED = {"skilled": "2", "trained": "6"}
"""Questions of the report about the lists of people."""


class WholePlay(RoomsPlay):
    """The office of the tables with all of its rooms."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.ids = dict[str, int]()
        """Everybody by what the tables call them, whatever unit they are in now."""
        self._coming = sorted(((day, n, act) for n, (day, act) in enumerate(self._acts())), key=lambda each: each[:2])

    async def at(self, day: date, hour: int = 9) -> "WholePlay":
        """Live through what the tables have until a day, then go on to that day."""
        while self._coming and self._coming[0][0] <= str(day) and hasattr(self, "office"):
            on, _n, act = self._coming.pop(0)
            if str(self.office.app.now().date()) != on:
                await super().at(date.fromisoformat(on))
            await act()
        await super().at(day, hour)
        return self

    async def begins(self) -> None:
        """Remember who is who."""
        for id, unit in await self.office.rows("SELECT id, unit FROM person WHERE role <> 'admin' ORDER BY id"):
            n = sum(each.startswith(f"{unit}/") for each in self.ids)
            self.ids[f"{unit}/{n}"] = int(id)

    async def of_table(self, person: str) -> int:
        """Somebody whom a table calls «unit/number», by the unit in which they began."""
        return self.ids[person]

    async def typed(self, said: str) -> str:
        """Units by their code, people by their name with the unit in which they are now."""
        lines = list[str]()
        for each in said.split():
            if "/" in each:
                found = await self.office.rows(f"SELECT name, unit FROM person WHERE id = {self.ids[each]}")
                lines.append(" - ".join(map(str, found[0])))
            else:
                lines.append(each)
        return "\n".join(lines)

    async def reports(self, of: Year, unit: str, row: Mapping[str, str]) -> None:
        """Send a report: what a list says stays, unless the unit has a total of its own."""
        assert isinstance(of, WholeYear)
        own = [
            f"sửa {code} {row[column]}"
            for column, code in REPORTED.items()
            if unit in of.listed(column) and unit in of.own(column) and not (unit in of.corrections and code == "2")
        ]
        said = await self.fills(await self.who("head", unit), f"/baocao {of.year}", answers_of(row), *own)
        assert "✅" in said, said

    # What happens -----------------------------------------------------------------------------

    def _acts(self) -> Iterator[tuple[str, Act]]:
        yield from self._awards()
        yield from self.acts_of(rows)
        for row in rows("skills"):
            yield row["day"], partial(self.marks if row["people"] else self.unmarks, row)
        for row in rows("people"):
            yield row["day"], partial(self.leaves, row)
        yield "2028-04-03", self._ends_series
        for year, day in ((2027, "2027-11-26"), (2030, "2030-11-26")):
            yield day, partial(self._opens_review, year)
        for row in rows("reviews"):
            yield row["day"], partial(self._reviews, row)

    def _awards(self) -> Iterator[tuple[str, Act]]:
        those = list(enumerate(rows("awards")))
        for n, row in those:
            yield row["day"], partial(self.proposes, n, row)
            if row["end"] == "withdrawn":
                yield row["decided"], partial(self.withdraws, n, row)
        for day in sorted({row["forwarded"] for _n, row in those if row["forwarded"]}):
            yield day, partial(self.decides, "forwarded", day, [n for n, row in those if row["forwarded"] == day])
        for end in ("awarded", "not_chosen"):
            for day in sorted({row["decided"] for _n, row in those if row["end"] == end}):
                of = [n for n, row in those if (row["end"], row["decided"]) == (end, day)]
                yield day, partial(self.decides, end, day, of)

    async def _ends_series(self) -> None:
        said = str((await self.says(await self.who("office"), "/yeucau YC-2028-01 dunglap"))["text"])
        assert "không tự mở lại nữa" in said, said

    async def _opens_review(self, year: int) -> None:
        lines = (f"/giaidoan mo {year}", "45/SXD-VP", f"20/11/{year}", f"20/12/{year}", "gửi")
        await self.talks(await self.who("office"), *lines)

    async def _reviews(self, row: Fields) -> None:
        head = await self.who("head", row["unit"])
        said = await self.fills(head, f"/giaidoan {row['year']}", {"bai_hoc": row["lesson"]})
        assert "✅ Đã gửi" in said, said

    # What has to be ---------------------------------------------------------------------------

    async def lists(self, years: Mapping[int, WholeYear]) -> list[str]:
        """What of the lists beside the summaries is not as the tables have it, at the end."""
        desk, wrong = await self.who("office"), list[str]()

        async def says(command: str, *wanted: str) -> None:
            said = str((await self.says(desk, command))["text"])
            wrong.extend(f"{command}: «{each}» is not in\n{said}" for each in wanted if each not in said)

        names = {year: each.awarded() for year, each in years.items()}
        total = sum(map(len, names.values()))
        for year, those in names.items():
            await says(f"/khenthuong danhsach {year}", f"({len(those):02})", *those)
        by_year = [f"Năm {year} ({len(those):02}):" for year, those in names.items()]
        await says("/khenthuong danhsach 2026-2030", f"từ 2026 đến 2030 ({total:02})", *by_year)
        for row in rows("requests"):
            n, asked, summed = rooms.answered(row["year"], row["code"])
            code = f"YC-{row['year']}-{int(row['code']):02}"
            await says(f"/yeucau {code}", f"Đã trả lời: {n}/{asked}")
            await says(f"/yeucau {code} traloi", f"Tổng cộng: {summed} văn bản")
        for n, row in enumerate(rows("classes")):
            there = len(people_of(row["people"])) - len(row["declines"].split())
            held = row["end"] == "held"
            await says(f"/taphuan {self.codes['class', n]}", f"Danh sách ({there:02}):" if held else "đã hủy")
        for n, row in enumerate(rows("announcements"), 1):
            known = f"{len(row['seen'].split()):02}/{row['receivers']} người báo đã nhận"
            await says(f"/thongbao {n}", known if row["end"] == "sent" else "đã thu hồi")
        await says("/tonghop 2026-2030", *rooms.cumulative(years))
        said = str((await self.says(desk, "/tonghop 2026-2030"))["text"])
        return [*wrong, *(f"«{each}» in\n{said}" for each in (".;", "..") if each in said)]
