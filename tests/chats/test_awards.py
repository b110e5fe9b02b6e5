"""Awards: suggested to the head, proposed to the office, decided, put right, praised; the list that stays."""

import pytest

from storage.people import join
from tests.conftest import Office, OpenOffice
from tests.transcribing import FOLDER, LOOKS, Conversation, transcribe

pytestmark = pytest.mark.slow

PROPOSAL = [
    "khen thưởng",
    "/khenthuong denghi",
    "Nông Văn Mẫu",
    "hằng năm",
    "giấy khen",
    "1",
    "Rút quy trình thẩm định từ 7 bước xuống 5 bước, giảm 30% thời gian xử lý mỗi hồ sơ",
    "1, 2",
    "Biên bản 05/BB-QLXD ngày 15/10/2027",
    "gửi",
]
CONVERSATIONS: dict[str, Conversation] = {
    "suggested": [
        (
            "officer",
            [
                "khen thuong",
                "/khenthuong goiy",
                "Lục Thị Minh Họa",
                "Hướng dẫn 03 đồng nghiệp ký số thành thạo trong một tuần, không ai phải in thêm",
                "gửi",
            ],
        ),
        (
            "head",
            [
                ":wait 20m",
                "khen thưởng",
                "/khenthuong goiy 1 nhan",
                "đột xuất",
                "biểu dương",
                "Có thành tích tiêu biểu trong chuyển đổi số của phòng",
                "không kèm hồ sơ",
                "không có biên bản",
                "gửi",
            ],
        ),
        ("officer", [":wait 20m", "/khenthuong goiy", "tập thể", "Cả phòng hoàn thành số hóa hồ sơ trước hạn", "gửi"]),
        ("head", ["/khenthuong goiy 2 khong", "sẽ đề nghị vào dịp cuối năm", "gửi"]),
        ("officer", [":wait 20m", "/khenthuong"]),
    ],
    "decided": [
        ("head", PROPOSAL),
        (
            "office",
            [
                ":wait 20m",
                "khen thưởng",
                "/khenthuong KT-2027-001",
                "/khenthuong quyetdinh 001",
                "như đã đề nghị",
                "12/BB-SXD",
                "18/10/2027",
                "Quyết định số 125/QĐ-SXD",
                "18/10/2027",
                "gửi",
                "/khenthuong bieuduong KT-2027-001",
                "dùng câu soạn sẵn",
                "1",
                "gửi",
            ],
        ),
        ("officer", [":wait 20m", "/khenthuong danhsach 2026-2030"]),
        ("head", [":wait 20m"]),
        (
            "office",
            [
                "/khenthuong sua KT-2027-001",
                "1",
                "126/QĐ-SXD",
                "18/10/2027",
                "ghi nhầm số quyết định",
                "gửi",
                "/tonghop 2027",
            ],
        ),
        ("head", [":wait 20m"]),
    ],
    "to_the_level_above": [
        (
            "office",
            [
                "de nghi khen thuong",
                "/khenthuong denghi",
                "Phòng Quản lý nhà",
                "Triệu Văn Phỏng",
                "sơ kết",
                "bằng khen",
                "Hoàn thành xuất sắc các chỉ tiêu của phong trào thi đua",
                "Cùng phòng hoàn thành cơ sở dữ liệu nhà ở xã hội trước hạn 02 tháng",
                "không kèm hồ sơ",
                "không có biên bản",
                "gửi",
            ],
        ),
        (
            "head",
            [
                "/khenthuong denghi",
                "tập thể phòng",
                "sơ kết",
                "bằng khen",
                "1",
                "Giảm 30% thời gian thẩm định so với năm trước",
                "1",
                "không có biên bản",
                "gửi",
            ],
        ),
        (
            "head",
            [
                "/khenthuong denghi",
                "Lục Thị Minh Họa",
                "sơ kết",
                "giấy khen",
                "1",
                "Thẩm định 02 dự án bằng BIM",
                "không kèm hồ sơ",
                "không có biên bản",
                "gửi",
            ],
        ),
        (
            "office",
            [
                ":wait 20m",
                "/khenthuong trinh",
                "001, 002",
                "như đã đề nghị",
                "15/BB-SXD",
                "18/10/2027",
                "Tờ trình số 45/TTr-SXD",
                "18/10/2027",
                "gửi",
                "/khenthuong khongchon KT-2027-003",
                "không có biên bản",
                "không nêu lý do",
                "gửi",
                "/khenthuong quyetdinh 001",
                "1",
                "không có biên bản",
                "210/QĐ-UBND",
                "18/10/2027",
                "gửi",
                "khen thuong danhsach 2027",
                "/tonghop 2027",
            ],
        ),
        ("head", [":wait 20m", "/khenthuong"]),
    ],
    "answer_day": [
        (
            "head",
            [
                "/khenthuong denghi",
                "một nhóm trong đơn vị",
                "Nhóm số hóa hồ sơ: Nông Văn Mẫu, Lục Thị Minh Họa",
                "đột xuất",
                "1",
                "2",
                "Số hóa 400 hồ sơ hoàn công trong 02 tuần",
                "1",
                "1",
                "gửi",
            ],
        ),
        (
            "office",
            [":clock 2027-10-28T09:35", "việc", "/khenthuong KT-2027-001", ":clock 2027-11-03T09:35", "/khenthuong"],
        ),
        ("head", ["/khenthuong rut KT-2027-001", "/khenthuong rut KT-2027-001 co", "/khenthuong rut KT-2027-001 co"]),
    ],
}


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", CONVERSATIONS)
async def test_the_conversation_is_as_it_was_agreed(
    name: str, look: str, open_office: OpenOffice, record: bool
) -> None:
    folder = FOLDER / "awards"
    await transcribe(await open_office(), CONVERSATIONS[name], look, folder / f"{name}.{look}.txt", record)


async def proposed(office: Office, whom: str = "Nông Văn Mẫu", kind: str = "hằng năm", form: str = "2") -> str:
    """The head of QLXD proposes somebody."""
    lines = (
        whom,
        kind,
        form,
        "1",
        "Rút quy trình thẩm định từ 7 bước xuống 5 bước",
        "không kèm hồ sơ",
        "không có biên bản",
    )
    return await office.says("head", "/khenthuong denghi", *lines, "gửi")


DECIDED = ("như đã đề nghị", "không có biên bản", "125/QĐ-SXD", "18/10/2027")


async def test_one_decision_for_many_stays_in_the_list_of_the_years(open_office: OpenOffice) -> None:
    office = await open_office()
    assert "Đã gửi đề nghị KT-2027-001" in await proposed(office)
    assert "Đã gửi đề nghị KT-2027-002" in await proposed(office, "Lục Thị Minh Họa")
    said = await office.says("office", "/khenthuong quyetdinh", "tất cả đề nghị đang chờ: 02", *DECIDED, "gửi")
    assert "Đã ghi: 02 đề nghị được khen thưởng theo Quyết định số 125/QĐ-SXD" in said
    await office.app.db.write(
        lambda tx: tx.run("UPDATE person SET active = 0, name = 'Ai Khác' WHERE name = 'Nông Văn Mẫu'")
    )
    listed = await office.says("head", "/khenthuong danhsach 2026-2030")
    assert "Chuyên viên Nông Văn Mẫu, Phòng Quản lý xây dựng: Giấy khen của Giám đốc Sở Xây dựng" in listed
    assert "Khen thưởng từ 2026 đến 2030 (02)" in listed
    one = await office.says("head", "/khenthuong danhsach 2027-2027")
    assert "Khen thưởng năm 2027 (02)\n- " in one, "a span of one year is said as one year, once"
    assert "Chưa ghi nhận khen thưởng nào trong năm 2028." in await office.says("head", "/khenthuong danhsach 2028")


async def test_a_proposal_is_changed_by_whoever_proposes_until_it_is_decided(open_office: OpenOffice) -> None:
    office = await open_office()
    await proposed(office)
    assert "Sửa KT-2027-001" in await office.says("head", "/khenthuong KT-2027-001")
    shown = await office.says("head", "/khenthuong sua KT-2027-001", "sửa 4 Rút quy trình từ 7 xuống 4 bước trong năm")
    assert "Rút quy trình từ 7 xuống 4 bước trong năm" in shown
    assert "✅ Đã gửi đề nghị KT-2027-001" in await office.says("head", "gửi")
    assert "Rút quy trình từ 7 xuống 4 bước trong năm" in await office.says("office", "/khenthuong KT-2027-001")
    assert await office.value("SELECT COUNT(*) FROM award") == 1
    await office.says("head", "/khenthuong sua KT-2027-001", "sửa 4 Một lý do khác hẳn lúc trước")
    await office.says("office", "/khenthuong quyetdinh KT-2027-001", *DECIDED, "gửi")
    assert "vừa được xét" in await office.says("head", "gửi")
    assert await office.value("SELECT reason FROM award") == "Rút quy trình từ 7 xuống 4 bước trong năm"


async def test_nobody_else_changes_a_proposal(open_office: OpenOffice) -> None:
    office = await open_office()
    await proposed(office)
    for who in ("officer", "Triệu Văn Phỏng", "office"):
        assert "Sửa đề nghị" not in await office.says(who, "/khenthuong sua KT-2027-001")


async def test_an_award_is_listed_by_the_year_of_its_decision_with_that_of_the_proposal(
    open_office: OpenOffice,
) -> None:
    office = await open_office()
    await proposed(office)
    await office.says("office", ":clock 2028-01-10T09:00", "/khenthuong quyetdinh KT-2027-001", *DECIDED[:3])
    await office.says("office", "05/01/2028", "gửi")
    assert "đề nghị năm 2027" in await office.says("head", "/khenthuong danhsach 2028")
    assert "Chưa ghi nhận khen thưởng nào trong năm 2027." in await office.says("head", "/khenthuong danhsach 2027")


async def test_the_level_above_is_an_outcome_of_its_own(open_office: OpenOffice) -> None:
    office = await open_office()
    await proposed(office, form="bằng khen")
    await office.says(
        "office", "/khenthuong trinh 001", "1", "không có biên bản", "Tờ trình 45/TTr-SXD", "18/10/2027", "gửi"
    )
    assert await office.rows("SELECT state, letter, decision FROM award") == [("forwarded", "45/TTr-SXD", "")]
    await office.says(
        "office", "/khenthuong quyetdinh 001", "1", "không có biên bản", "210/QĐ-UBND", "18/10/2027", "gửi"
    )
    assert await office.rows("SELECT state, letter, decision FROM award") == [("awarded", "45/TTr-SXD", "210/QĐ-UBND")]
    said = await office.says("office", "/khenthuong sua KT-2027-001", "ghi nhầm kết quả", "chưa có quyết định", "gửi")
    assert "Đã sửa" in said
    assert await office.rows("SELECT state, letter, decision FROM award") == [("forwarded", "45/TTr-SXD", "")]


async def test_a_proposal_at_any_time_has_an_answer_day_that_reminds(open_office: OpenOffice) -> None:
    office = await open_office()
    assert "trả lời đến hết ngày 01/11/2027" in await proposed(office, kind="đột xuất", form="biểu dương")
    told = await office.says("office", ":clock 2027-10-28T09:35")
    assert "Đề nghị khen thưởng cần trả lời (01)" in told
    assert "Trả lời 01 đề nghị khen thưởng" in await office.says("office", "việc")
    await office.says("office", "/khenthuong khongchon 001", "không có biên bản", "không nêu lý do", "gửi")
    assert "cần trả lời" not in await office.says("office", ":clock 2027-11-01T09:35")
    assert "Trả lời 01 đề nghị" not in await office.says("office", "việc")


async def test_nobody_proposes_themselves_in_another_post(open_office: OpenOffice) -> None:
    office = await open_office()
    people = dict(await office.rows("SELECT name, id FROM person"))
    post, human = people["Nông Văn Mẫu"], people["Hoàng Văn Thử"]
    assert "Nông Văn Mẫu" in await office.says("head", "/khenthuong denghi")
    await office.app.db.write(lambda tx: join(tx, post=post, human=human))
    said = await office.says("head", "/thoat", "/khenthuong denghi")
    assert "Lục Thị Minh Họa" in said
    assert "Nông Văn Mẫu" not in said
    await proposed(office)
    assert await office.rows("SELECT code FROM award") == []


async def test_two_who_decide_the_same_hear_one_true_sentence(open_office: OpenOffice) -> None:
    office = await open_office()
    await proposed(office)
    await office.says("Hà Văn Thí Dụ", "/khenthuong quyetdinh 001", *DECIDED)
    await office.says("office", "/khenthuong khongchon 001", "không có biên bản", "không nêu lý do", "gửi")
    said = await office.says("Hà Văn Thí Dụ", "gửi")
    assert "Chưa ghi kết quả nào vì đề nghị đã có kết quả trong lúc này: KT-2027-001 chưa được chọn đợt này." in said
    assert await office.value("SELECT state FROM award") == "not_chosen"
    await proposed(office, "Lục Thị Minh Họa")
    await office.says(
        "office",
        "/khenthuong quyetdinh 002",
        *DECIDED,
        "gửi",
        "/khenthuong sua 002",
        "1",
        "9/QĐ",
        "18/10/2027",
        "ghi nhầm số quyết định",
    )
    await office.says("Hà Văn Thí Dụ", "/khenthuong sua 002", "ghi nhầm", "ghi nhầm người", "gửi")
    assert "KT-2027-002 đã thay đổi trong lúc này nên chưa sửa" in await office.says("office", "gửi")
    assert await office.rows("SELECT state FROM award WHERE code = 'KT-2027-002'") == [("proposed",)]


async def test_whoever_has_left_meanwhile_is_not_proposed(open_office: OpenOffice) -> None:
    office = await open_office()
    lines = (
        "Nông Văn Mẫu",
        "hằng năm",
        "2",
        "1",
        "Rút quy trình thẩm định còn 5 bước",
        "không kèm hồ sơ",
        "không có biên bản",
    )
    await office.says("head", "/khenthuong denghi", *lines)
    await office.app.db.write(lambda tx: tx.run("UPDATE person SET unit = 'QLN' WHERE name = 'Nông Văn Mẫu'"))
    said = await office.says("head", "gửi")
    assert "Cần trả lời lại «Đề nghị khen» vì nội dung liên quan đã thay đổi" in said
    assert await office.value("SELECT COUNT(*) FROM award") == 0


async def test_over_the_quota_is_said_and_not_refused(open_office: OpenOffice) -> None:
    office = await open_office()
    for whom in ("Nông Văn Mẫu", "Lục Thị Minh Họa", "Nông Thị Phác Thảo"):
        assert "Đã gửi đề nghị" in await proposed(office, whom)
    assert "⚠️ Phòng Quản lý xây dựng: đề nghị 03, định mức 02" in await office.says("office", "/khenthuong")


async def test_a_suggestion_is_read_by_the_head_alone(open_office: OpenOffice) -> None:
    office = await open_office()
    await office.says("officer", "/khenthuong goiy", "Lục Thị Minh Họa", "Hướng dẫn cả phòng ký số", "gửi")
    for other in ("office", "Hà Văn Thí Dụ", "Đinh Văn Cao Kỳ", "Nông Thị Phác Thảo", "Triệu Văn Phỏng"):
        assert "Hướng dẫn cả phòng" not in await office.says(other, "/khenthuong", "/khenthuong goiy 1")
    assert "Hướng dẫn cả phòng" in await office.says("head", "/khenthuong goiy 1")
    assert "Đã rút gợi ý số 1" in await office.says("officer", "/khenthuong goiy 1 rut")
    assert "Gợi ý này đã có trả lời" in await office.says("head", "/khenthuong goiy 1 nhan")


async def test_praise_goes_to_whom_the_office_says_and_not_once_it_was_taken_back(open_office: OpenOffice) -> None:
    office = await open_office()
    await proposed(office)
    await office.says("office", "/khenthuong quyetdinh 001", *DECIDED, "gửi")
    sent = await office.says("office", "/khenthuong bieuduong 001", "dùng câu soạn sẵn", "cả đơn vị", "gửi")
    assert "Đang gửi đến 05 người" in sent
    assert "được khen thưởng, hình thức Giấy khen" in await office.says("Nông Thị Phác Thảo", ":wait 20m")
    assert "được khen thưởng" not in await office.says("Triệu Văn Phỏng", ":wait 20m")
    spread = await office.says("office", "/khenthuong bieuduong SK-2027-001", "dùng câu soạn sẵn", "3", "gửi")
    assert "Đang gửi đến" in spread
    assert "giới thiệu cách làm hay" in await office.says("Triệu Văn Phỏng", ":wait 20m")


async def test_the_school_proposes_by_its_own_plan(open_school: OpenOffice) -> None:
    school = await open_school()
    lines = (
        "Đinh Thị Phân Số",
        "cuối năm học",
        "giấy khen của hiệu trưởng",
        "1",
        "Dạy phân số bằng trò chơi, 90% đạt yêu cầu",
        "1",
        "không có biên bản",
    )
    said = await school.says("head", "/khenthuong denghi", *lines, "gửi")
    assert "Đã gửi đề nghị KT-2027-001: Giấy khen của Hiệu trưởng" in said
    assert not [word for word in ("Sở", "Phòng ", "UBND tỉnh") if word in said]


async def test_leaders_hear_the_next_day_of_what_went_to_the_level_above(open_office: OpenOffice) -> None:
    office = await open_office()
    await proposed(office, form="bằng khen")
    letter = ("1", "không có biên bản", "Tờ trình 45/TTr-SXD", "18/10/2027", "gửi")
    await office.says("office", "/khenthuong trinh 001", *letter)
    told = await office.says("Đinh Văn Cao Kỳ", ":clock 2027-10-19T09:35")
    assert "Khen thưởng đã đề nghị cấp có thẩm quyền (01)" in told
    assert "KT-2027-001" in await office.says("Đinh Văn Cao Kỳ", "/khenthuong KT-2027-001")
