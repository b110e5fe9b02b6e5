"""Classes and skills: people of a class, what they feed, «tôi không dự», totals of a unit's own, files, cancelling."""

import json
from pathlib import Path

from tests.conftest import Office, OpenOffice

OFFICE, HEAD, AUTHOR, ELSEWHERE = "Lương Thị Nháp", "Hoàng Văn Thử", "Nông Văn Mẫu", "Triệu Văn Phỏng"
LISTED = "SELECT COUNT(*) FROM training_person WHERE ended IS NULL"
OPEN = ("/taphuan moi", "Kỹ năng số cơ bản", "Kỹ năng số cơ bản, đợt 1", "12/03/2027", "14/03/2027", "bỏ qua")


async def test_a_class_is_recorded_with_its_people_and_feeds_the_target(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-04-05T09:00")
    said = await office.says(OFFICE, *OPEN, f"{AUTHOR}, {ELSEWHERE}", "gửi")
    assert "Đã ghi lớp LH-2027-001, danh sách có 02 người" in said
    shown = await office.says(OFFICE, "lớp tập huấn", "/taphuan 1")
    assert "Kỹ năng số cơ bản, đợt 1" in shown and AUTHOR in shown and "12/03/2027 đến 14/03/2027" in shown
    told = await office.says(OFFICE, "/tonghop 2027")
    assert "6. Tập huấn kỹ năng số: 2/" in told and "Theo danh sách từng người: 02 đơn vị" in told
