"""Every doubt of a past year's workbook has its sheet, line and cell: what blocks all in one go, what is odd beside it."""

from collections.abc import AsyncIterator, Mapping, Sequence
from pathlib import Path

import pytest

from tests.conftest import PLAN_TEXT, Office
from tests.past_years import BEGINS, KNOWN, PLAN, YEAR, Cells, begun, figures, founded_late, item, taken, workbook

Lines = Mapping[str, Sequence[Cells]]


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    """An office that begins in November 2026."""
    path = tmp_path / "office.db"
    await founded_late(path)
    async with begun(path, PLAN_TEXT, BEGINS) as office:
        yield office


async def looked_at(office: Office, lines: Lines) -> tuple[str, int]:
    """What is said of a workbook; nothing was written when something in it blocks."""
    said, code = await taken(office, 2026, workbook(PLAN, 2026, KNOWN, lines), "--apply")
    if code:
        assert await office.value("SELECT COUNT(*) FROM report_version") == 0
        assert await office.value("SELECT COUNT(*) FROM initiative") == 0
        assert await office.value("SELECT COUNT(*) FROM year") == 1
        assert "Chưa ghi gì. Đề nghị sửa các ô nêu trên rồi nhập lại tệp." in said
    return said, code


def of_qlxd(**more: object) -> Lines:
    """A workbook in which one unit says something else: keys of columns, «t2» for target 2."""
    cells = {key.replace("__", "|").replace("t", "", 1) if key.startswith("t") else key: v for key, v in more.items()}
    return {"results": ({**figures("QLXD", (17, 18), (40, 42), (18, 18), (400, 410), paper=31), **cells},)}


def registered(**more: object) -> Lines:
    """A workbook with one item that says something else."""
    return {"items": ({**item("QLXD", "Rút gọn quy trình thẩm định", "Nông Văn Mẫu"), **more},)}


BLOCKS: Sequence[tuple[Lines, str]] = (
    (of_qlxd(t2__n=19), "Kết quả!E4: Số công chức, viên chức sử dụng thành thạo (19) đang lớn hơn"),
    (of_qlxd(t2__d=None), "Kết quả!E4: Chỉ tiêu 2 cần đủ hai số"),
    (of_qlxd(t2__n="97,5%"), "Kết quả!E4: «97,5%» là tỷ lệ phần trăm"),
    (of_qlxd(t2__n=0.975), "Kết quả!E4: 0,975 không phải số nguyên"),
    (of_qlxd(t2__n="khá nhiều"), "Kết quả!E4: Ô này cần một con số, không phải «khá nhiều»"),
    (of_qlxd(t2__n=-1), "Kết quả!E4: Số -1 nhỏ hơn 0"),
    (of_qlxd(t2__n="=1/0"), "Kết quả!E4: Ô có công thức nhưng chưa lưu kết quả"),
    (of_qlxd(t2__d=0, t2__n=0), "Kết quả!F4: Tổng số công chức, viên chức không thể là 0"),
    (of_qlxd(t3__d=0, t3__n=0), "Nếu đơn vị không có nội dung này, đề nghị chọn «không áp dụng»"),
    (of_qlxd(t3__na="x"), "Chỉ tiêu 3 vừa có số liệu vừa ghi «không áp dụng»"),
    (of_qlxd(t2__n="không áp dụng"), "chỉ tiêu 2 áp dụng với mọi đơn vị"),
    (of_qlxd(t5__n="30 thùng"), "«30 thùng»"),
    (of_qlxd(t5__n="1,500"), "«1,500» có thể là 1,5 hoặc 1.500"),
    (of_qlxd(t5__n="giảm nhiều"), "Ô này cần một con số, không phải «giảm nhiều»"),
    (of_qlxd(t5__until="30/9"), "«30/9» không thuộc các giá trị: 31/10; cả năm"),
    (of_qlxd(unit="QLXDD"), "Không có đơn vị «QLXDD»"),
    (of_qlxd(unit="Phòng Quản lý"), "Có phải là QLXD (Phòng Quản lý xây dựng)?"),
    (of_qlxd(day="31/02/2026"), "Không đọc được ngày «31/02/2026»"),
    (of_qlxd(day="05/11/2025"), "Kết quả!D4: Ngày 05/11/2025 không thuộc năm 2026"),
    (of_qlxd(day="05/12/2026"), "Kết quả!D4: Ngày 05/12/2026 chưa đến"),
    (
        registered(kind="sáng chế"),
        "Đăng ký!B3: «sáng chế» không thuộc các giá trị: sáng kiến; mô hình; nhiệm vụ trọng tâm",
    ),
    (registered(kind=None), "Đăng ký!A3: Dòng này chưa ghi loại"),
    (registered(area="II.9"), "Đăng ký!D3: «II.9» không thuộc"),
    (registered(title=None), "Đăng ký!A3: Dòng này chưa có tên"),
    (registered(title="Dài" * 200), "Đăng ký!C3: Nội dung có 600 ký tự"),
    (registered(unit=None), "Dòng này chưa ghi đơn vị"),
    (registered(authors=None), "Dòng này chưa ghi tác giả"),
    (registered(authors="Nông Văn Mậu"), "Đăng ký!F3: Danh bạ không có «Nông Văn Mậu». Có phải là Nông Văn Mẫu"),
    (registered(authors="Đỗ Văn Không"), "Đăng ký!F3: Danh bạ không có «Đỗ Văn Không»"),
    (registered(authors="Hoàng Thị Trùng"), "Có nhiều người tên «Hoàng Thị Trùng»"),
    (registered(authors="Nông Văn Mẫu 70; Lý Thị Ví Dụ"), "Mỗi tác giả cần có tỷ lệ"),
    (registered(authors="Nông Văn Mẫu 70; Lý Thị Ví Dụ 20"), "90%"),
    (registered(authors="Nông Văn Mẫu 70; Nông Văn Mẫu 30"), "hai lần"),
    (registered(level="cơ sở", decision="45/QĐ-SXD"), "Quyết định chưa có ngày"),
    (registered(level="cơ sở", decided="20/10/2026"), "Quyết định chưa có số"),
    (registered(decision="45/QĐ-SXD", decided="20/10/2026"), "Quyết định chưa có cấp công nhận"),
    (registered(level="vũ trụ", decision="45/QĐ-SXD", decided="20/10/2026"), "«vũ trụ» không thuộc các giá trị"),
    (
        registered(level="cơ sở", decision="45/QĐ-SXD", decided="20/10/2025"),
        "Đăng ký!K3: Ngày 20/10/2025 không thuộc năm 2026",
    ),
    (registered(state="được công nhận"), "Nội dung được công nhận cần có cấp công nhận"),
    (registered(state="rút", level="cơ sở", decision="45/QĐ-SXD", decided="20/10/2026"), "không ghi «rút»"),
    (
        registered(kind="nhiệm vụ trọng tâm", level="cơ sở", decision="4/QĐ-SXD", decided="20/10/2026"),
        "không có quyết định công nhận",
    ),
    (registered(code="SK-2026-077"), "Không có mã theo dõi SK-2026-077"),
    ({"items": (*YEAR["items"], YEAR["items"][0])}, "Đăng ký!C7: Dòng này trùng với Đăng ký!C3"),
    ({"plans": ({"unit": "VP", "number": "1/KH"},)}, "Kế hoạch chưa có ngày ban hành"),
    ({"plans": ({"unit": "VP", "day": "01/02/2025"},)}, "Ngày 01/02/2025 không thuộc năm 2026"),
    ({"lists": ({"unit": "VP", "state": "rồi"},)}, "«rồi» không thuộc các giá trị: đã chốt; không đăng ký"),
    ({"lists": ({"unit": "VP", "state": "đã chốt", "reason": "bận"},)}, "Lý do chỉ ghi khi đơn vị không đăng ký"),
    ({**YEAR, "lists": ({"unit": "QLXD", "state": "không đăng ký"},)}, "có 2 nội dung của đơn vị"),
    (
        {"baselines": ({"target": "2", "unit": "VP", "year": 2025, "ten_months": 1},)},
        "Mốc so sánh!A3: «2» không phải chỉ tiêu có mốc",
    ),
    (
        {"baselines": ({"target": "5", "unit": "VP", "year": 2024, "ten_months": 1},)},
        "«2024» không phải năm lấy làm mốc",
    ),
    (
        {"baselines": ({"target": "5", "unit": "VP", "year": 2025, "ten_months": 9, "whole_year": 8},)},
        "Số cả năm (8) không thể nhỏ hơn",
    ),
    (
        {"baselines": ({"target": "5", "unit": "VP", "year": 2025, "ten_months": 9, "measure": "kWh"},)},
        "không tính bằng «kWh»",
    ),
)


@pytest.mark.parametrize(("lines", "words"), BLOCKS, ids=[words[:50] for _lines, words in BLOCKS])
async def test_what_blocks_is_said_with_its_place(office: Office, lines: Lines, words: str) -> None:
    said, code = await looked_at(office, lines)
    assert code == 1
    assert words in said, said


ODD: Sequence[tuple[Lines, str]] = (
    (
        registered(level="cơ sở", decision="QĐ 45", decided="20/10/2026"),
        "Đăng ký!J3: Số quyết định «QĐ 45» khác cách ghi thường dùng (45/QĐ-SXD)",
    ),
    (registered(day="Tháng 3/2026"), "Đăng ký!G3: «Tháng 3/2026» chưa có ngày; tạm ghi ngày 31/03/2026"),
    (
        registered(day="01/11/2026", level="cơ sở", decision="45/QĐ-SXD", decided="20/10/2026"),
        "trước ngày đăng ký (01/11/2026)",
    ),
    (
        {"items": (*YEAR["items"], item("QLXD", "Rút gọn quy trình thẩm định.", "Lý Thị Ví Dụ"))},
        "Tên gần giống dòng Đăng ký!C3",
    ),
    (
        {**YEAR, "results": (*YEAR["results"][:1], {**YEAR["results"][1], "4|count": 3})},
        "Phòng Quản lý xây dựng báo cáo 3 ở chỉ tiêu 4, còn theo nội dung đăng ký và quyết định công nhận là 2",
    ),
    (of_qlxd(t2__n=None, t2__d=None), "Phòng Quản lý xây dựng chưa có số liệu chỉ tiêu: 2"),
    (of_qlxd(), "Đơn vị chưa có số liệu trong tệp: Văn phòng Sở; Thanh tra Sở; Phòng Kết cấu hạ tầng"),
    (of_qlxd(), "Chỉ tiêu 5 chưa có mốc so sánh của: Phòng Quản lý xây dựng"),
)


@pytest.mark.parametrize(("lines", "words"), ODD, ids=[words[:50] for _lines, words in ODD])
async def test_what_is_odd_is_said_and_taken(office: Office, lines: Lines, words: str) -> None:
    said, code = await looked_at(office, lines)
    assert code == 0, said
    assert words in said, said
    assert "✅ Đã ghi nhận theo hồ sơ giấy." in said


async def test_all_that_blocks_is_said_in_one_go(office: Office) -> None:
    wrong = [
        item("QLXDD", "Rút gọn quy trình thẩm định", "Nông Văn Mẫu"),
        item("QLXD", "Dán mã QR tại nơi tiếp nhận", "Đỗ Văn Không"),
        item("TTr", "Sổ theo dõi kiến nghị", "Lương Văn Thí", level="cơ sở", decision="9/QĐ-SXD", decided="20/10/2024"),
    ]
    said, code = await looked_at(office, {**YEAR, **of_qlxd(t2__n=19), "items": wrong})
    assert code == 1
    assert "Cần sửa trước khi ghi (04):" in said
    for place in ("Kết quả!E4:", "Đăng ký!E3:", "Đăng ký!F4:", "Đăng ký!K5:"):
        assert place in said
