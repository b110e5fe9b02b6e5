"""The tables of five years and the arithmetic over them: nothing of the product is imported here.

The rules: sums over sums, never averages; one decimal, half up, and never at a goal that is missed; a unit that has
not sent is in no sum; a correction that was received replaces what it corrects; a report on paper is in time by the day of its
paper, and what its head puts right replaces it; of a merged unit nothing moves in the years before.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from pathlib import Path

FOLDER = Path(__file__).parent
YEARS = range(2026, 2031)
AREAS = {
    "II.1": "Đổi mới sáng tạo trong quản lý nhà nước",
    "II.2": "Phát triển khoa học, công nghệ",
    "II.3": "Chuyển đổi số",
    "II.4": "Chuyển đổi xanh",
    "II.5": "Phát triển nguồn nhân lực",
    "II.6": "Giao thông vận tải",
}
SHARES = {
    "skilled": ("2", "Sử dụng thành thạo hệ thống quản lý văn bản điện tử"),
    "online": ("3", "Thủ tục hành chính trực tuyến"),
    "trained": ("6", "Tập huấn kỹ năng số"),
    "files": ("II.3", "Hồ sơ công việc xử lý trên môi trường mạng"),
}
ENDED = "ended"
MERGED = {"QLN": "PTDT"}
"""Units that end on 30/06/2028, and what they go into: it is measured against the sum of both."""
Fields = dict[str, str]


def read(table: str, folder: Path = FOLDER) -> list[Fields]:
    """The rows of a table."""
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


@dataclass
class Year:
    """One year of the tables."""

    year: int
    folder: Path = FOLDER

    def __post_init__(self) -> None:
        rows = {row["unit"]: row for row in read("reports", self.folder) if row["year"] == str(self.year)}
        self.plans = rows
        """Of every unit that there was when plans were due."""
        self.reports = {unit: row for unit, row in rows.items() if row["late"] != ENDED}
        self.items = [row for row in read("items", self.folder) if row["year"] == str(self.year)]
        self.corrections = {
            row["unit"]: row for row in read("corrections", self.folder) if row["year"] == str(self.year)
        }
        papers = read("papers", self.folder) if (self.folder / "papers.csv").exists() else ()
        self.papers = {row["unit"]: row for row in papers if row["year"] == str(self.year)}
        """What came on paper and was filed by the office; where its head has put it right, that counts and both are kept."""

    @property
    def sent(self) -> Mapping[str, Fields]:
        """The reports that came, as corrected."""
        found = {unit: dict(row) for unit, row in self.reports.items() if row["late"]}
        for unit, change in self.corrections.items():
            found[unit] |= {"skilled": change["skilled"], "paper": change["paper"]}
        return found

    def lines(self, names: Mapping[str, str]) -> Iterator[str]:
        """What the summary has to say once the year is over."""
        of = len(self.reports)
        yield f"Đã gửi: {len(self.sent):02}/{of:02} đơn vị. Chưa gửi: {of - len(self.sent):02}"
        for unit, row in self.sent.items():
            if int(row["late"]):
                yield f"- {names[unit]}: sau hạn {int(row['late']):02} ngày"
        for unit, paper in self.papers.items():
            if not paper["put_right"]:
                yield f"- {names[unit]}: {said_of(paper)}"
        with_plan, owed = sum(bool(row["plan"]) for row in self.plans.values()), len(self.plans)
        left = f"; còn cần {owed - with_plan:02} đơn vị" if with_plan < owed else ""
        said = f"{with_plan}/{owed}, {percent(with_plan, owed)}{left}"
        yield f"1. Đơn vị có kế hoạch: {said} · {_verdict(with_plan == owed)}"
        for column in SHARES:
            yield self._share(column)
        yield self._recognised()
        yield self._paper()
        yield f"Đã đăng ký: {len(self.items):02} mô hình, sáng kiến, nhiệm vụ trọng tâm"
        for area, name in AREAS.items():
            those = [item for item in self.items if item["area"] == area]
            done, waits = (sum(item["end"] == end for item in those) for end in ("recognised", "sent"))
            how = f"{len(those):02}, trong đó đã công nhận {done:02}, chưa xác nhận {waits:02}"
            yield f"- {area} {name}: {how if those else 'chưa có đăng ký'}"

    def told(self, column: str) -> Mapping[str, str]:
        """What is known of the units: what they have sent."""
        return {unit: row[column] for unit, row in self.sent.items()}

    def _share(self, column: str) -> str:
        number, name = SHARES[column]
        known = self.told(column)
        concerned = [unit for unit in self.reports if known.get(unit) != "na"]
        told = [tuple(map(int, known[unit].split("/"))) for unit in concerned if unit in known]
        n, d = sum(each[0] for each in told), sum(each[1] for each in told)
        said = f"{_number(n)}/{_number(d)}, {percent(n, d)}"
        if len(told) < len(concerned):
            said += f" (tạm tính, có số liệu của {len(told):02}/{len(concerned):02} đơn vị)"
        if n < d:
            said += f"; còn cần {d - n:02}"
        verdict = "Chưa đủ số liệu" if len(told) < len(concerned) and n == d else _verdict(n == d)
        return f"{number}. {name}: {said} · {verdict}"

    def _recognised(self) -> str:
        own = [item for item in self.items if item["kind"] == "sk"]
        n = sum(item["end"] == "recognised" for item in own)
        waits = sum(item["end"] == "received" for item in own)
        said = f"{n:02} (chỉ tiêu: ít nhất 03)"
        said += f"; đã tiếp nhận, chưa có quyết định công nhận: {waits:02}" if waits else ""
        said += f"; còn cần {3 - n:02}" if n < 3 else ""
        return f"4. Sáng kiến được công nhận: {said} · {_verdict(n >= 3)}"

    def _paper(self) -> str:
        base = {row["unit"]: Decimal(row["ten_months"]) for row in read("baselines")}
        now = sum((Decimal(row["paper"]) for row in self.sent.values()), Decimal(0))
        for old, new in MERGED.items() if self.year >= 2028 else ():
            base[new] += base.pop(old)
        before = sum((base[unit] for unit in self.sent), Decimal(0))
        exact = (before - now) * 100 / before
        less = _rounded(exact, Decimal(30))
        said = f"giảm {_number(less)}% so với cùng kỳ năm mốc; mục tiêu giảm 30% đến năm 2030"
        whole = len(self.sent) == len(self.reports)
        if not whole:
            said += f" (tạm tính, có số liệu của {len(self.sent):02}/{len(self.reports):02} đơn vị)"
        if less < 30:
            said += f"; còn cần {_number(30 - less)} điểm phần trăm"
        if less >= 30 and whole:
            return f"5. Giấy sử dụng: {said} · Đạt"
        if self.year < 2030:
            return f"5. Giấy sử dụng: {said} · Đang thực hiện"
        return f"5. Giấy sử dụng: {said} · {'Chưa đạt' if whole else 'Chưa đủ số liệu'}"


def said_of(paper: Mapping[str, str]) -> str:
    """Where a report comes from that its unit has not sent itself."""
    return f"Văn phòng Sở nhập thay theo {paper['number']} ngày {paper['day']}"


def _rounded(exact: Decimal, goal: Decimal) -> Decimal:
    said = exact.quantize(Decimal("0.1"), ROUND_HALF_UP)
    for least in (goal, Decimal(100)):
        if exact < least <= said:
            said = (least - Decimal("0.1")).quantize(Decimal("0.1"), ROUND_CEILING)
    return said


def percent(n: int, d: int) -> str:
    """How many of how many, as the office says it."""
    return f"{_number(_rounded(Decimal(n) * 100 / d, Decimal(100)))}%"


def _number(n: Decimal | int) -> str:
    whole, _dot, rest = f"{Decimal(n).normalize():f}".partition(".")
    return f"{int(whole):,}".replace(",", ".") + (f",{rest}" if rest else "")


def _verdict(met: bool) -> str:
    return "Đạt" if met else "Chưa đạt"
