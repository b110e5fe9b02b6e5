"""A past year taken over from paper: an office that begins in November 2026 has 2026 complete."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from bot.documents.past_year_sheets import KnownUnit
from bot.movement import Plan
from tests.conftest import PLAN_TEXT
from tests.past_years import Cells, begun, founded, taken, workbook

BEGINS = "2026-11-28T09:00"
PLAN = Plan.parse(PLAN_TEXT)
UNITS = (
    ("QLXD", "Phòng Quản lý xây dựng", "phong"),
    ("TTr", "Thanh tra Sở", "phong"),
    ("KTHT", "Phòng Kết cấu hạ tầng", "phong"),
)
PEOPLE = (
    ("Vi Thị Văn", "Chánh Văn phòng", "VP", "chief"),
    ("Hứa Thị Thử", "Chuyên viên", "VP", "office"),
    ("Nông Văn Mẫu", "Trưởng phòng", "QLXD", "head"),
    ("Lý Thị Ví Dụ", "Chuyên viên", "QLXD", "officer"),
    ("Tô Văn Tạm", "Chánh Thanh tra", "TTr", "head"),
    ("Lương Văn Thí", "Chuyên viên", "TTr", "officer"),
    ("Chu Thị Nháp", "Trưởng phòng", "KTHT", "head"),
)
KNOWN = [KnownUnit("VP", "Văn phòng Sở"), *(KnownUnit(code, name) for code, name, _kind in UNITS)]


def figures(unit: str, *shares: tuple[object, object] | None, paper: object, **more: object) -> Cells:
    """A line of results: the shares of targets 2, 3, 6 and the files; reams."""
    line: dict[str, object] = {"unit": unit, "5|n": paper, **more}
    for code, share in zip(("2", "3", "6", "II.3.1"), shares, strict=True):
        if share is None:
            line[f"{code}|na"] = "x"
        else:
            line[f"{code}|n"], line[f"{code}|d"] = share
    return line


def item(unit: str, title: str, authors: str, **more: object) -> Cells:
    """A line of a registered initiative."""
    return {"kind": "sáng kiến", "title": title, "area": "II.3", "unit": unit, "authors": authors, **more}


YEAR: Mapping[str, Sequence[Cells]] = {
    "results": (
        figures("VP", (8, 8), None, (8, 8), (50, 50), paper=45),
        figures("QLXD", (17, 18), (40, 42), (18, 18), (400, 410), paper="30,5"),
        figures("TTr", (9, 9), None, (9, 9), (100, 100), paper="20 ram", number="15/BC-TTr", day="05/11/2026"),
        figures("KTHT", (5, 6), (12, 12), (6, 6), ("1.234", "1.300"), paper="12.000 tờ"),
    ),
    "report": (
        {"unit": "QLXD", "II.3": "Số hóa 400 hồ sơ", "II.6": "không thuộc chức năng", "vuong_mac": "Đường truyền yếu"},
    ),
    "baselines": tuple(
        {"target": "5", "unit": unit, "year": 2025, "ten_months": n, "whole_year": n * 1.2}
        for unit, n in (("VP", 60), ("QLXD", 40), ("TTr", 20), ("KTHT", 30))
    ),
    "items": (
        item(
            "QLXD",
            "Rút gọn quy trình thẩm định",
            "Nông Văn Mẫu 70; Lý Thị Ví Dụ 30",
            level="cơ sở",
            decision="45/QĐ-SXD",
            decided="20/10/2026",
        ),
        item(
            "QLXD",
            "Dán mã QR tại nơi tiếp nhận hồ sơ",
            "Lý Thị Ví Dụ",
            level="cơ sở",
            decision="45/QĐ-SXD",
            decided="20/10/2026",
        ),
        item(
            "TTr",
            "Sổ theo dõi kiến nghị sau thanh tra",
            "Lương Văn Thí",
            level="tỉnh",
            decision="1204/QĐ-UBND",
            decided="05/11/2026",
        ),
        item("KTHT", "Bản đồ số các tuyến đường tỉnh", "Chu Thị Nháp"),
    ),
    "plans": tuple(
        {"unit": unit, "number": f"0{n}/KH-{unit}", "day": f"1{n}/01/2026", "signer": who}
        for n, (unit, who) in enumerate((("VP", "Vi Thị Văn"), ("QLXD", "Nông Văn Mẫu"), ("TTr", "Tô Văn Tạm")))
    ),
    "lists": ({"unit": "QLXD", "state": "đã chốt", "day": "15/03/2026"}, {"unit": "VP", "state": "không đăng ký"}),
}


@pytest.fixture
async def path(tmp_path: Path) -> Path:
    """The file of an office that begins in November 2026."""
    file = tmp_path / "office.db"
    await founded(file, PLAN_TEXT, BEGINS, 2027, UNITS, PEOPLE)
    return file


TABLE = (
    "Đã gửi: 04/04 đơn vị. Chưa gửi: 00",
    "1. Đơn vị có kế hoạch: 3/4, 75%",  # VP, QLXD, TTr
    "2. Sử dụng thành thạo hệ thống quản lý văn bản điện tử: 39/41, 95,1%",  # 8+17+9+5 of 8+18+9+6
    "3. Thủ tục hành chính trực tuyến: 52/54, 96,3%",  # 40+12 of 42+12; two have none
    "4. Sáng kiến được công nhận: 03 (chỉ tiêu: ít nhất 03); đã tiếp nhận, chưa có quyết định công nhận: 01 · Đạt",
    "5. Giấy sử dụng: giảm 20,3% so với cùng kỳ năm mốc",  # 45 + 30,5 + 20 + 24 = 119,5 against 60 + 40 + 20 + 30 = 150
    "6. Tập huấn kỹ năng số: 41/41, 100% · Đạt",
    "II.3. Hồ sơ công việc xử lý trên môi trường mạng: 1.784/1.860, 95,9%",  # 50+400+100+1234 of 50+410+100+1300
    "- II.3 Chuyển đổi số: 04, trong đó đã công nhận 03, chưa xác nhận 00",
    "Đơn vị đã chốt danh sách, không đăng ký: Văn phòng Sở",
    "- Phòng Quản lý xây dựng: Đường truyền yếu",
)
"""The summary of that year, worked out by hand."""


async def test_an_office_that_begins_late_has_its_year_complete(path: Path) -> None:
    data = workbook(PLAN, 2026, KNOWN, YEAR)
    async with begun(path, PLAN_TEXT, BEGINS) as office:
        said, code = await taken(office, 2026, data)
        assert code == 0, said
        assert "Mới: 04 báo cáo, 20 số liệu, 03 kế hoạch, 02 danh sách đăng ký, 04 nội dung đăng ký" in said
        assert "Chưa ghi gì. Thêm --apply để ghi." in said
        assert await office.value("SELECT COUNT(*) FROM result") == 0
        assert await office.rows("SELECT year FROM year ORDER BY year") == [(2027,)]

        said, code = await taken(office, 2026, data, "--apply")
        assert (code, said.splitlines()[-1]) == (0, "✅ Đã ghi nhận theo hồ sơ giấy.")
        assert await office.rows("SELECT year, quiet FROM year ORDER BY year") == [(2026, 1), (2027, 0)]
        summary = await office.says("Vi Thị Văn", "/tonghop 2026")
        for line in TABLE:
            assert line in summary
        assert "Chưa gửi: 00" in await office.says("Vi Thị Văn", "/chuagui 2026")
        assert await office.value("SELECT COUNT(*) FROM paper_source WHERE origin = 'taken_over'") == 4 + 3 + 2 + 4
        assert await office.value("SELECT COUNT(*) FROM outbox WHERE kind <> 'answer'") == 0

        before = await office.rows("SELECT * FROM figure ORDER BY result, target")
        said, code = await taken(office, 2026, data, "--apply")
        assert "Tệp không làm thay đổi gì" in said
        assert "Mới:" not in said
        assert await office.rows("SELECT * FROM figure ORDER BY result, target") == before
        assert await office.value("SELECT MAX(version) FROM result") == 1


async def test_the_year_after_shows_what_was_taken_over(path: Path) -> None:
    async with begun(path, PLAN_TEXT, BEGINS) as office:
        assert (await taken(office, 2026, workbook(PLAN, 2026, KNOWN, YEAR), "--apply"))[1] == 0
    async with begun(path, PLAN_TEXT, "2027-10-20T09:00") as office:
        asked = await office.says("Nông Văn Mẫu", "/baocao 2027")
    for line in ("(năm 2026: 17/18)", "(năm 2026: 40/42)", "Giấy sử dụng: hỏi ở câu sau (năm 2026: 30,5 ram)"):
        assert line in asked
