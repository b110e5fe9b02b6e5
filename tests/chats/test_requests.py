"""What the office asks beside the plan: asked, answered, corrected, late, put off, changed, closed, recalled, repeated."""

from tests.conftest import OpenOffice

OFFICE, CHIEF, HEAD, DRAFTER, OTHER = (
    "Lương Thị Nháp",
    "Hà Văn Thí Dụ",
    "Hoàng Văn Thử",
    "Lục Thị Minh Họa",
    "Lộc Văn Bản Mẫu",
)
ASK = (
    "/yeucau moi Báo cáo tình hình sử dụng chữ ký số quý III",
    "Một số đơn vị",
    "QLXD, QLN",
    "29/10/2027",
    "Một lần",
    "1",
    "Số văn bản đã ký số",
    "Số",
    "văn bản",
    "Tình hình triển khai",
    "Chọn một trong các phương án",
    "Đã xong; Đang làm; Chưa làm",
    "Hết câu hỏi",
)
CODE = "YC-2027-01"


async def test_it_is_asked_answered_and_seen(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-10-18T09:00")
    preview = await office.says(OFFICE, *ASK)
    assert "Gửi tới 02 đơn vị" in preview and "Thời hạn: đến hết ngày 29/10/2027" in preview
    assert CODE in await office.says(OFFICE, "gửi")
    heard = await office.says(HEAD, ":wait 1m")
    assert "chữ ký số" in heard and "1. Số văn bản đã ký số" in heard
    done = await office.says(HEAD, f"/traloi {CODE}", "120", "Đang làm", "gửi")
    assert "Đã gửi câu trả lời" in done
    seen = await office.says(OFFICE, f"/yeucau {CODE}")
    assert "Đã trả lời: 1/2" in seen and "Chưa trả lời (01)" in seen
    assert "Tổng cộng: 120 văn bản" in await office.says(OFFICE, f"/yeucau {CODE} traloi")
