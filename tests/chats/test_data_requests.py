"""Requests about one's own data: asked, heard of, done or declined within the law's days, told, and never by two at once."""

import pytest

from tests.chats.test_outages import move, said_to
from tests.conftest import Office, OpenOffice

OFFICE, CHIEF, AUTHOR = "Lương Thị Nháp", "Hà Văn Thí Dụ", "Nông Văn Mẫu"
PHONE = "SELECT phone FROM person WHERE name = 'Nông Văn Mẫu'"
STATE = "SELECT state FROM data_request WHERE id = 1"
ASK = ("/suadulieu", "Số điện thoại", "0912 345 678", "gửi")


async def test_a_correction_is_asked_heard_of_done_and_told(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-03-03T09:00")
    asked = await office.says(AUTHOR, *ASK)
    assert "Đã gửi yêu cầu số 1" in asked and "chậm nhất ngày 05/03/2027" in asked
    assert "Có yêu cầu về dữ liệu cá nhân" in await office.says(OFFICE, ":wait 1m", "/yeucaudulieu 1")
    done = await office.says(OFFICE, "/yeucaudulieu 1 làm")
    assert "Đã sửa theo yêu cầu số 1" in done
    assert await office.value(PHONE) == "+84912345678"
    heard = await office.says(AUTHOR, ":wait 1m", "/dulieucuatoi")
    assert "đã thực hiện ngày 03/03/2027" in heard and "0912345678" in heard


async def test_two_answer_at_once_and_the_second_is_told(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-03-03T09:00")
    await office.says(AUTHOR, *ASK)
    await office.says(CHIEF, "/yeucaudulieu 1 từ chối", "Số này không phải của đồng chí Mẫu")
    assert "Đã sửa" in await office.says(OFFICE, "/yeucaudulieu 1 lam")
    late = await office.says(CHIEF, "gửi")
    assert "Yêu cầu số 1" in late and "đã thực hiện" in late
    assert await office.value(STATE) == "done"


async def test_it_is_declined_with_a_reason_and_may_be_complained_about(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-03-03T09:00")
    await office.says(AUTHOR, *ASK)
    await office.says(OFFICE, "/yeucaudulieu 1 tu choi", "Số máy này do cơ quan cấp", "gửi")
    assert await office.value(PHONE) != "+84912345678"
    heard = await office.says(AUTHOR, ":wait 1m", "/dulieucuatoi")
    assert "Số máy này do cơ quan cấp" in heard and "khiếu nại" in heard


async def test_it_is_put_off_once(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-03-03T09:00")
    await office.says(AUTHOR, *ASK)
    said = await office.says(OFFICE, "/yeucaudulieu 1 gia hạn", "Phải đối chiếu với hồ sơ cán bộ", "gửi")
    assert "28/03/2027" in said
    again = await office.says(OFFICE, "/yeucaudulieu 1")
    assert "Gia hạn" not in again.split("---\n")[-2]
    await office.says(OFFICE, "/yeucaudulieu 1 gia hạn", "Một lần nữa cho chắc", "gửi")
    assert await office.value("SELECT done_by FROM data_request") == "2027-03-28"


async def test_the_office_is_reminded_until_it_has_answered(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-03-03T09:00")
    await office.says(AUTHOR, *ASK)
    await move(office, "2027-03-10T16:00")
    heard = [each for each in await said_to(office, OFFICE, "2027-03-04") if "Yêu cầu về dữ liệu cá nhân" in each]
    assert len(heard) == 4, "a day before the last, on it, a day and three days after"
    assert "quá hạn" in heard[-1]
    assert "quá hạn" in await office.says(OFFICE, "/viec")
    await office.says(OFFICE, "/yeucaudulieu 1 nhận")
    assert "15/03/2027" not in heard[-1] and "13/03/2027" in await office.says(OFFICE, "/viec")
    await office.says(OFFICE, "/yeucaudulieu 1 lam")
    await move(office, "2027-03-31T16:00")
    later = [each for each in await said_to(office, OFFICE, "2027-03-11") if "Yêu cầu về dữ liệu cá nhân" in each]
    assert later == []


async def test_sheets_are_erased_and_what_was_filed_stays(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-03-03T09:00")
    await office.says(AUTHOR, "/dangky sk", "Một sáng kiến đang soạn dở của tôi", "thoát")
    sent = await office.value("SELECT COUNT(*) FROM initiative")
    await office.says(AUTHOR, "/xoadulieu", "Phiếu đang soạn", "gửi")
    assert "Đã xóa" in await office.says(OFFICE, "/yeucaudulieu 1 lam")
    assert await office.value("SELECT COUNT(*) FROM draft JOIN person ON person.id = draft.person WHERE name = 'Nông Văn Mẫu' AND state = 'open'") == 0  # fmt: skip
    assert await office.value("SELECT COUNT(*) FROM initiative") == sent
    assert "Việc của đồng chí Mẫu" in await office.says(AUTHOR, "/viec"), "the agreement stands"


async def test_what_is_asked_for_twice_is_one_request_and_can_be_taken_back(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-03-03T09:00")
    await office.says(AUTHOR, *ASK)
    assert "đã gửi yêu cầu này" in await office.says(AUTHOR, *ASK)
    assert await office.value("SELECT COUNT(*) FROM data_request") == 1
    assert "Đã rút yêu cầu số 1" in await office.says(AUTHOR, "/suadulieu rut 1")
    assert "đã được trả lời" in await office.says(AUTHOR, "/suadulieu rút 1")
    assert "đã được trả lời" in await office.says(OFFICE, "/yeucaudulieu 1 lam")
    assert await office.value(STATE) == "withdrawn"


@pytest.mark.parametrize(
    ("part", "wrong", "why"),
    [
        ("Số điện thoại", "abc", "Ví dụ: 0912 345 678"),
        ("Họ và tên", "Mẫu", "chưa phải họ và tên"),
        ("Họ và tên", "Nông Văn Mẫu", "Hiện đã ghi đúng như vậy"),
        ("Năm sinh", "85", "bốn chữ số"),
    ],
)
async def test_what_cannot_be_is_said_with_an_example(office: Office, part: str, wrong: str, why: str) -> None:
    assert why in await office.says(AUTHOR, "/suadulieu", part, wrong)
    assert await office.value("SELECT COUNT(*) FROM data_request") == 0


async def test_nobody_sees_or_takes_back_what_is_anothers(office: Office) -> None:
    await office.says(AUTHOR, *ASK)
    assert "không có yêu cầu số 1" in await office.says("head", "/suadulieu rut 1")
    assert "Văn phòng" in await office.says("head", "/yeucaudulieu 1 lam")
    assert await office.value(STATE) == "open"


async def test_nobody_answers_their_own_while_there_is_somebody_else(office: Office) -> None:
    await office.says(OFFICE, *ASK)
    assert "do người khác" in await office.says(OFFICE, "/yeucaudulieu 1 lam")
    assert "Đã sửa" in await office.says(CHIEF, "/yeucaudulieu 1 lam")


async def test_withdrawing_agreement_closes_it_and_empties_its_words(office: Office) -> None:
    await office.says(AUTHOR, *ASK, "/rutdongy", ":tap Rút lại")
    assert await office.rows("SELECT state, text FROM data_request") == [("withdrawn", "")]
    assert "Không có yêu cầu" in await office.says(OFFICE, "/yeucaudulieu")


async def test_whoever_loses_the_desk_between_question_and_answer_decides_nothing(office: Office) -> None:
    await office.says(AUTHOR, *ASK)
    await office.says(OFFICE, "/yeucaudulieu 1 tu choi", "Không đúng quy định hiện hành")
    await office.app.db.write(lambda tx: tx.run("UPDATE person SET role = 'officer' WHERE name = 'Lương Thị Nháp'"))
    assert "Văn phòng" in await office.says(OFFICE, "gửi")
    assert await office.value(STATE) == "open"
