"""An office of the tables, played through the real core: founded, taken over from paper, talked to, its time moved."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from bot.channels import LOCAL
from bot.documents.past_year_sheets import KnownUnit
from bot.movement import Plan
from bot.server.clock import OFFICE
from storage import chat_texts, chats, settings
from storage.db import Tx
from tests.conftest import PLAN_TEXT, Office, running
from tests.five_years.people import NAMES, UNITS, everybody
from tests.five_years.table import MERGED, Fields, Year, read, said_of
from tests.past_years import founded, taken, workbook

PLAN = Plan.parse(PLAN_TEXT)
BEGINS = "2026-11-28T09:00"
MERGER = date(2028, 7, 3)
"""From this day on one unit is part of another."""


WHOLE = "/xemdu"


class Played:
    """The office between two moments."""

    def __init__(self, path: Path) -> None:
        self.path, self.turns = path, 0
        self.office: Office

    async def at(self, day: date, hour: int = 9) -> "Played":
        """Stop the process and start it again on another day; what is due there is said."""
        await self.stop()
        self._running = running(self.path, datetime(day.year, day.month, day.day, hour, tzinfo=OFFICE))
        self.office = await self._running.__aenter__()
        await self.office.app.move(self.office.app.now())
        return self

    async def stop(self) -> None:
        if hasattr(self, "office"):
            await self._running.__aexit__(None, None, None)

    async def says(self, person: int, text: str) -> dict[str, Any]:
        """Say something as somebody; the newest answer, whole where only its most important lines came."""
        self.turns += 1

        def seat(tx: Tx) -> chats.Chat:
            chat = chats.at(tx, channel=LOCAL, address=f"person:{person}", look="web")
            if chat.person is None:
                chats.link(tx, chat=chat.id, person=person)
            return chat

        app = self.office.app
        chat = await app.db.write(seat)
        await app.receive(chat, uuid4().hex, {"text": text})
        await app.drain()
        row = await (await app.db.reader()).one(chat_texts.NEWEST_ANSWER, chat=chat.id)
        assert row is not None and row.body is not None, text
        seq = row.seq or 0
        await app.db.write(lambda tx: chat_texts.mark_seen(tx, chat=chat.id, seq=seq))  # the page has shown it
        shortened = text != WHOLE and any(says.startswith(f"{WHOLE} ") for _label, says in row.body.get("buttons", ()))
        return await self.says(person, WHOLE) if shortened else row.body

    async def talks(self, person: int, *lines: str) -> str:
        """Say these lines one after the other; the newest answer, which has to be a receipt."""
        for line in lines:
            body = await self.says(person, line)
        said = str(body["text"])
        assert "✅" in said or "⏳" in said, f"{lines}: {said}"
        return said

    async def fills(self, person: int, command: str, answers: Mapping[str, str], *changes: str) -> str:
        """Fill in the form that a command opens, question by question, and send it; the receipt."""
        for text in (command, *changes):
            body = await self.says(person, text)
        for _ in range(80):
            asking = await self.office.value(
                f"SELECT asking FROM draft JOIN chat ON chat.focus = draft.id WHERE chat.address = 'person:{person}' AND state = 'open'"
            )
            if asking is None:
                return str(body["text"])
            body = await self.says(person, self._answer(str(asking), body, answers))
        raise AssertionError(f"{command} never ends: {body['text']}")

    def _answer(self, asking: str, body: Mapping[str, Any], answers: Mapping[str, str]) -> str:
        step = asking.partition(":")[0]
        if asking in answers:
            return answers[asking]
        if step == "review":
            return "gửi"
        if step in ("page", "again", "sheet"):
            return str(body["steering"][0])
        if asking.endswith(".note"):
            return "Số liệu đã được đơn vị rà soát"
        return str(body["choices"][0]) if body["choices"] else "Đã thực hiện theo kế hoạch của đơn vị"

    async def who(self, role: str, unit: str = "VP", n: int = 0) -> int:
        """Somebody of a role in a unit."""
        roles = "'head', 'chief'" if role == "head" else f"'{role}'"
        rows = await self.office.rows(
            f"SELECT id FROM person WHERE unit = '{unit}' AND role IN ({roles}) AND active ORDER BY id"
        )
        return int(rows[n][0])

    # The parts of a year ------------------------------------------------------------------------

    async def dates(self, year: int) -> None:
        desk = await self.who("office")
        for duty, day in (("plan", f"31/01/{year}"), ("registration", f"31/03/{year}")):
            said = await self.fills(
                desk, f"/thoihan {duty} {year}", {"day": day, "basis": "Công văn hướng dẫn của Văn phòng"}
            )
            assert "✅" in said, said

    async def plans(self, of: Year) -> None:
        for unit, row in of.plans.items():
            if row["plan"]:
                said = await self.fills(
                    await self.who("head", unit),
                    f"/kehoach {of.year}",
                    {
                        "day": f"15/01/{of.year}",
                        "number": f"05/KH-{unit}",
                        "file": "Bổ sung sau",
                        "tasks": "Không liệt kê",
                    },
                )
                assert "✅" in said, said

    async def registers(self, of: Year) -> None:
        desk = await self.who("office")
        for n, item in enumerate(of.items):
            answers = {
                "title": item["title"],
                "area": item["area"],
                "summary": "Làm thử trong một quý rồi áp dụng",
                "authors": "Một mình tôi",
                "result": "Giảm thời gian xử lý hồ sơ",
                "starts": f"quý IV/{of.year}",
                "due": f"15/12/{of.year}",
            }
            said = await self.fills(await self.who("officer", item["unit"], n % 2), f"/dangky {item['kind']}", answers)
            assert "✅" in said, said
            code = str(
                await self.office.value(
                    f"SELECT code FROM initiative WHERE title = '{item['title']}' AND year = {of.year}"
                )
            )
            item["code"] = code
            if item["end"] != "sent":
                said = str((await self.says(await self.who("head", item["unit"]), f"/xacnhan {code} gui"))["text"])
                assert "✅" in said, said
            if item["end"] in ("received", "recognised"):
                assert "✅" in str((await self.says(desk, f"/tiepnhan {code}"))["text"])

    async def recognises(self, of: Year) -> None:
        those = ", ".join(item["code"] for item in of.items if item["end"] == "recognised")
        answers = {"items": those, "level": "1", "decision": "125/QĐ-SXD", "day": f"15/09/{of.year}"}
        said = await self.fills(await self.who("office"), "/congnhan", answers)
        assert "✅" in said, said

    async def reports(self, of: Year, unit: str, row: Mapping[str, str]) -> None:
        said = await self.fills(await self.who("head", unit), f"/baocao {of.year}", answers_of(row))
        assert "✅" in said, said

    async def on_paper(self, of: Year, unit: str, row: Mapping[str, str], paper: Fields) -> None:
        """The office files what came on paper; the head is told, and puts it right where the table says so."""
        desk, head, code = await self.who("office"), await self.who("head", unit), f"BC-{of.year}-{unit}"
        source = {
            "paper_way": "văn bản",
            "paper_number": paper["number"],
            "paper_day": paper["day"],
            "paper_file": "không có tệp",
        }
        answers = {**source, **answers_of(row), "5": paper["paper"].replace(".", ",")}
        said = await self.fills(desk, f"/nhapthay {unit} baocao {of.year}", answers)
        assert "✅ Đã nhập thay" in said, said
        told = await self.office.rows(f"SELECT about FROM outbox WHERE person = {head} AND news = 'filed_for'")
        assert any(code in about for (about,) in told), f"the head of {unit} is not told of {code}: {told}"
        if paper["put_right"]:
            change = f"sửa 5 {paper['put_right'].replace('.', ',')}"
            assert "✅" in await self.fills(head, f"/baocao sua {of.year}", {}, change)
            kept = str((await self.says(desk, f"/nhapthay xem {code}"))["text"])
            assert f"Giấy sử dụng: {paper['paper'].replace('.', ',')} ram" in kept, kept
            counts = str((await self.says(head, f"/baocao xem {of.year}"))["text"])
            assert f"Trước đó: {said_of(paper)}" in counts and "cả hai bản đều được giữ" in counts, counts

    async def corrects(self, of: Year, unit: str, change: Fields) -> None:
        """What was received is opened once more; until the correction is received the first one counts."""
        desk, code = await self.who("office"), f"BC-{of.year}-{unit}"
        said = await self.fills(desk, f"/molai {code}", {"reason": "Số liệu chưa khớp với hồ sơ của đơn vị"})
        assert "✅" in said, said
        changes = f"sửa 2 {change['skilled']}", f"sửa 5 {change['paper'].replace('.', ',')}"
        said = await self.fills(await self.who("head", unit), f"/baocao sua {of.year}", {}, *changes)
        assert "✅" in said, said
        assert "theo bản 1" in str((await self.says(desk, f"/tonghop {of.year}"))["text"])
        said = str((await self.says(desk, f"/tiepnhan {code} co"))["text"])
        assert "✅" in said, said

    async def heads_change(self, year: int) -> None:
        """In one unit the deputy becomes head, and the head an officer, by the chat of the office."""
        unit = ("TTr", "KHTC", "QLXD", "KCHT")[year - 2027]
        desk, head, deputy = await self.who("office"), await self.who("head", unit), await self.who("deputy", unit)
        body = await self.says(desk, f"/nhansu #{deputy} làm {PLAN.roles.word('head')}")
        for _n in range(6):
            yes = next((says for label, says in body["buttons"] if label == "Ghi thay đổi"), None)
            if yes is not None:
                break
            of_the_old = [label for label in body["choices"] if "chuyên môn" in label]
            body = await self.says(desk, (of_the_old or body["choices"])[0])
        assert yes is not None, body["text"]
        said = str((await self.says(desk, yes))["text"])
        assert "✅ Đã ghi thay đổi nhân sự" in said, said
        roles = await self.office.rows(f"SELECT id, role FROM person WHERE id IN ({head}, {deputy}) ORDER BY role")
        assert roles == [(deputy, "head"), (head, "officer")], roles

    async def merges(self) -> None:
        """A unit goes into another."""
        (old, new), *_others = MERGED.items()
        desk, head = await self.who("office"), await self.who("head", new)
        name = await self.office.value(f"SELECT name FROM person WHERE id = {head}")
        for text in (f"/sapnhap {old} vào {new} từ {MERGER:%d/%m/%Y}", str(name), "bỏ qua", "gửi"):
            body = await self.says(desk, text)
        says = next(says for label, says in body["buttons"] if label == "Thực hiện")
        said = str((await self.says(desk, says))["text"])
        assert "✅" in said, said

    @property
    def names(self) -> dict[str, str]:
        """What the units are called: one that has ended with its last day."""
        ended = self.office.app.now().date() >= MERGER
        last = MERGER - timedelta(days=1)
        return {**NAMES, **({unit: f"{NAMES[unit]} (đến {last:%d/%m/%Y})" for unit in MERGED} if ended else {})}

    async def agrees(self, of: Year) -> list[str]:
        """What of the lines that had to be said the summary does not say; verdicts come when the year is over."""
        desk = await self.who("office")
        said = str((await self.says(desk, f"/tonghop {of.year}"))["text"])
        over = self.office.app.now().year > of.year
        lines = said.splitlines() if over else [line.partition(" · ")[0] for line in said.splitlines()]
        wanted = [line if over else line.partition(" · ")[0] for line in of.lines(self.names)]
        wrong = [f"{of.year}: «{line}» is not in\n{said}" for line in wanted if line not in lines]
        listed = str((await self.says(desk, f"/chuagui {of.year}"))["text"])
        missing = [NAMES[unit] for unit in of.reports if unit not in of.sent]
        if f"Chưa gửi: {len(missing):02}" not in listed or not all(name in listed for name in missing):
            wrong.append(f"{of.year}: {missing} not in\n{listed}")
        return wrong


def answers_of(row: Mapping[str, str]) -> dict[str, str]:
    """The figures of a line of the table, by the questions of the report."""
    return {
        "2": row["skilled"],
        "3": "Không áp dụng" if row["online"] == "na" else row["online"],
        "5": row["paper"].replace(".", ","),
        "6": row["trained"],
        "II.3.1": row["files"],
    }


def of_paper(of: Year) -> dict[str, list[dict[str, object]]]:
    """The lines of the workbook in which 2026 was written down."""
    return {
        "results": [
            {
                "unit": unit,
                "5|n": row["paper"].replace(".", ","),
                **{
                    f"{code}|{part}": n
                    for code, column in (("2", "skilled"), ("6", "trained"), ("II.3.1", "files"))
                    for part, n in zip("nd", map(int, row[column].split("/")), strict=True)
                },
                **(
                    {"3|na": "x"}
                    if row["online"] == "na"
                    else dict(zip(("3|n", "3|d"), map(int, row["online"].split("/")), strict=True))
                ),
                "day": f"{9 + int(row['late']):02}/11/{of.year}",
            }
            for unit, row in of.reports.items()
        ],
        "baselines": [
            {
                "target": "5",
                "unit": row["unit"],
                "year": 2025,
                "ten_months": int(row["ten_months"]),
                "whole_year": int(row["whole_year"]),
            }
            for row in read("baselines")
        ],
        "items": [
            {
                "kind": {"sk": "sáng kiến", "mh": "mô hình", "nv": "nhiệm vụ trọng tâm"}[item["kind"]],
                "title": item["title"],
                "area": item["area"],
                "unit": item["unit"],
                "authors": next(
                    name for name, _p, unit, role in everybody() if (unit, role) == (item["unit"], "officer")
                ),
                **(
                    {"level": "cơ sở", "decision": "45/QĐ-SXD", "decided": "20/10/2026"}
                    if item["end"] == "recognised"
                    else {}
                ),
            }
            for item in of.items
        ],
        "plans": [
            {"unit": unit, "number": f"05/KH-{unit}", "day": "15/06/2026", "signer": "Lãnh đạo đơn vị"}
            for unit, row in of.reports.items()
            if row["plan"]
        ],
        "lists": [],
    }


async def begin(played: Played, of: Year) -> None:
    """The office begins in November and takes over its first year from paper."""
    units = [(code, row["name"], row["kind"]) for code, row in UNITS.items() if code != "VP"]
    await founded(played.path, PLAN_TEXT, BEGINS, of.year + 1, units, everybody())
    await played.at(date(of.year, 11, 28))
    await played.office.app.db.write(settings.allow_stepping)
    known = [KnownUnit(code, name) for code, name in NAMES.items()]
    said, code = await taken(played.office, of.year, workbook(PLAN, of.year, known, of_paper(of)), "--apply")
    assert code == 0, said
