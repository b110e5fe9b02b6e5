"""A past year taken over from paper: an office that begins in November 2026 has 2026 complete."""

from pathlib import Path

import pytest

from tests.conftest import PLAN_TEXT
from tests.past_years import BEGINS, KNOWN, PLAN, YEAR, begun, founded_late, taken, workbook


@pytest.fixture
async def path(tmp_path: Path) -> Path:
    """The file of an office that begins in November 2026."""
    file = tmp_path / "office.db"
    await founded_late(file)
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
