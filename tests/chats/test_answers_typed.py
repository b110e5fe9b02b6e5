"""Answers as people write them, in whole conversations: what is recorded, what is asked back, what an edit changes."""

import json
from typing import Any

from tests.conftest import Office

TITLE = "Số hóa và công khai quy hoạch phân khu của TP.HCM trên bản đồ"
WHOLE = "Số hóa và công khai quy hoạch phân khu của Thành phố Hồ Chí Minh trên bản đồ"
ANSWERS = "SELECT field, value FROM answer JOIN draft ON draft.id = draft WHERE form = '{}' ORDER BY field"


async def answers(office: Office, form: str = "register_sk") -> dict[str, Any]:
    return {field: json.loads(value) for field, value in await office.rows(ANSWERS.format(form))}


async def registered(office: Office) -> None:
    """A sheet of that title is sent and confirmed: from then on other units' titles are compared with it."""
    await office.says("officer", "/dangky sk", WHOLE, "cđs", "tôi", "gửi")
    await office.says("head", "/xacnhan SK-2027-017 gui")


async def test_a_title_that_is_written_short_is_known_again(office: Office) -> None:
    await registered(office)
    asked = await office.says("Lý Thị Ví Dụ", "/dangky sk", TITLE)
    assert f"«{WHOLE}»" in asked
    assert "[Đăng ký tiếp]" in asked


async def test_a_title_that_is_edited_is_compared_too(office: Office) -> None:
    await registered(office)
    talk = await office.chat("Lý Thị Ví Dụ")
    await talk.says("/dangky sk", "Vá ổ gà trong mùa mưa bằng bê tông nguội")
    talk.out.truncate(talk.out.seek(0))
    await talk.says(f":edit {TITLE}")
    assert f"«{WHOLE}»" in talk.out.getvalue()
    kept = [value for field, value in await office.rows(ANSWERS.format("register_sk")) if field == "title"]
    assert json.dumps(TITLE, ensure_ascii=False) not in kept
    await talk.says("Đăng ký tiếp")
    kept = [json.loads(value) for field, value in await office.rows(ANSWERS.format("register_sk")) if field == "title"]
    assert TITLE in kept


async def test_an_edit_of_several_answers_changes_each(office: Office) -> None:
    talk = await office.chat("officer")
    await talk.says("/dangky sk", f"Tên: {TITLE}\nNội dung: cđx\nTác giả: tôi và Lý Thị Ví Dụ chia đều")
    assert (await answers(office))["area"] == "II.4"
    talk.out.truncate(talk.out.seek(0))
    await talk.says(f":edit Tên: {WHOLE}\nNội dung: số hoá\nTác giả: tôi và chị nào đó")
    now = await answers(office)
    assert (now["title"], now["area"]) == (WHOLE, "II.3")
    assert [share for _id, share, _name in now["authors"]] == ["50", "50"], "what cannot be read leaves the old one"
    said = talk.out.getvalue()
    assert "Đã ghi 02 câu trả lời: Tên, Nội dung." in said
    assert "Chưa ghi Tác giả: «tôi và chị nào đó»" in said


async def test_a_promise_keeps_its_day_where_several_duties_wait(office: Office) -> None:
    said = await office.says("head", "hẹn 3/11")
    assert "03/11/2027" in said


async def test_codes_are_joined_as_people_say_it(office: Office) -> None:
    said = await office.says("office", "/congnhan", "3 và 14")
    assert "VA-" not in said


async def test_who_signed_and_the_number_of_a_plan_are_no_guesses(office: Office) -> None:
    await office.app.db.write(lambda tx: tx.run("DELETE FROM unit_plan WHERE unit = 'TTQH'"))
    asked = await office.says("Đàm Thị Ước Lệ", "/kehoach 2027", "20/01/2027", "chưa nhớ")
    assert "«chưa nhớ»" in asked
    assert "signer" not in await answers(office, "unit_plan")
    asked = await office.says("Đàm Thị Ước Lệ", "1", "16/01/2027")
    assert "«16/01/2027» là ngày tháng" in asked
    assert "number" not in await answers(office, "unit_plan")
    await office.says("Đàm Thị Ước Lệ", "05/KH-TTQH")
    assert (await answers(office, "unit_plan"))["number"] == "05/KH-TTQH"


async def test_a_narrative_as_last_year_is_shown_and_never_stored_in_these_words(office: Office) -> None:
    await office.says("head", "/baocao", "đúng số liệu", "5/5", "12/12", "30", "5/5", "400/400", "đồng ý dự thảo")
    asked = await office.says("head", "lấy lại nội dung năm ngoái")
    assert "Báo cáo năm 2026 ghi: «Đã phổ biến tại họp phòng hằng quý.». Năm nay ghi như vậy?" in asked
    await office.says("head", "Ghi như năm 2026")
    assert (await answers(office, "report"))["tuyen_truyen"] == "Đã phổ biến tại họp phòng hằng quý."


async def test_an_answer_that_names_its_question_is_taken_at_the_review(office: Office) -> None:
    await office.says("officer", "/dangky sk", WHOLE, "cđs", "bỏ qua", "tôi", "bỏ qua", "t12")
    said = await office.says("officer", "Áp dụng: tháng tới\nTóm tắt: Đưa bản đồ lên trang thông tin của cơ quan.")
    assert "Đã ghi 02 câu trả lời: Áp dụng, Tóm tắt." in said
    said = await office.says("officer", "nội dung: cđx")
    assert "2. Nội dung: Thực hiện chuyển đổi xanh" in said
    said = await office.says("officer", "áp dụng: chưa biết")
    assert "Chưa ghi Áp dụng: «chưa biết»" in said
    now = await answers(office)
    assert (now["starts"], now["area"]) == ("2027-11", "II.4")
    said = await office.says("officer", "câu này: là gì")
    assert "Đã ghi" not in said
