"""Authority belongs to the turn: whoever was somebody when a thing began and is somebody else now is refused."""

import pytest

from tests.chats.test_confirm import state
from tests.conftest import Office, OpenOffice
from tests.sheets import REGISTER

DRAFTER = "Lục Thị Minh Họa"
DATES = "SELECT COUNT(*) FROM deadline WHERE basis = 'công văn 12/SXD-VP'"


async def becomes(office: Office, name: str, **values: object) -> None:
    """The roster says something else of somebody from now on."""
    sets = ", ".join(f"{column} = :{column}" for column in values)
    await office.app.db.write(lambda tx: tx.run(f"UPDATE person SET {sets} WHERE name = :name", name=name, **values))


async def test_who_left_the_office_sets_no_date_that_was_begun_before(office: Office) -> None:
    await office.says("office", "/thoihan registration 2027", "31/10/2027", "công văn 12/SXD-VP")
    await becomes(office, "Lương Thị Nháp", role="officer")
    said = await office.says("office", "gửi")
    assert "do Văn phòng Sở thực hiện" in said
    assert "vẫn được lưu" in said
    assert await office.value(DATES) == 0
    assert "Đặt thời hạn" not in await office.says("office", "/viec"), "what cannot be gone on with is not offered"
    await becomes(office, "Lương Thị Nháp", role="office")
    draft = await office.value("SELECT id FROM draft WHERE form = 'deadline'")
    await office.says("office", f"/viec tiep {draft}", "gửi")
    assert await office.value(DATES) == 1, "every answer was kept"


async def test_who_left_the_office_takes_up_no_sheet_of_it(office: Office) -> None:
    await office.says("office", "/thoihan registration 2027", "31/10/2027", "công văn 12/SXD-VP", "/thoat")
    draft = await office.value("SELECT id FROM draft WHERE form = 'deadline'")
    await becomes(office, "Lương Thị Nháp", role="officer")
    said = await office.says("office", f"/viec tiep {draft}", "gửi")
    assert "do Văn phòng Sở thực hiện" in said
    assert await office.value(DATES) == 0


async def test_a_former_head_closes_no_list(office: Office) -> None:
    await office.says("head", "/xacnhan khongdangky co", "Phòng tập trung hai nhiệm vụ chuyển tiếp")
    await becomes(office, "Hoàng Văn Thử", unit="QLN")
    said = await office.says("head", "gửi")
    assert "Phòng Quản lý xây dựng" in said
    assert await office.value("SELECT COUNT(*) FROM closed_list WHERE unit IN ('QLXD', 'QLN') AND reason <> ''") == 0


async def no_plan(office: Office) -> None:
    """The plan of the unit has not been sent yet."""
    await office.app.db.write(lambda tx: tx.run("DELETE FROM unit_plan WHERE unit = 'QLXD'"))


async def test_the_plan_of_a_unit_left_behind_stays_there_for_a_colleague(office: Office) -> None:
    await no_plan(office)
    await office.says("head", "/kehoach 2027", "20/01/2027")
    await becomes(office, "Hoàng Văn Thử", unit="QLN")
    said = await office.says("head", "1", "bỏ qua", "bỏ qua", "gửi")
    assert "đã chuyển đơn vị" in said
    assert (
        await office.value(
            "SELECT COUNT(*) FROM unit_plan WHERE unit = 'QLN' AND by = (SELECT id FROM person WHERE name = 'Hoàng Văn Thử')"
        )
        == 0
    )
    await becomes(office, "Nông Thị Phác Thảo", role="head")
    assert "đã soạn 01 mục" in await office.says("Nông Thị Phác Thảo", "/kehoach 2027")


async def test_a_command_is_still_a_command_when_the_open_sheet_is_closed(office: Office) -> None:
    await office.says("officer", "/dangky sk", "Kho bản vẽ hoàn công dùng chung")
    await becomes(office, "Nông Văn Mẫu", unit="QLN")
    said = await office.says("officer", "/viec")
    assert "đã chuyển đơn vị" in said
    assert "Việc của đồng chí Mẫu" in said
    fresh = await office.says("officer", "/dangky sk")
    assert "Kho bản vẽ" not in fresh, "a new sheet is begun for the new unit"
    assert "Câu 1" in fresh


async def test_a_sheet_sent_by_somebody_who_moved_stays_with_its_unit(office: Office) -> None:
    await office.says("officer", *REGISTER)
    await becomes(office, "Nông Văn Mẫu", unit="QLN")
    said = await office.says("officer", "/cuatoi sua SK-2027-017", "/cuatoi rut SK-2027-017 co")
    assert "thuộc Phòng Quản lý xây dựng" in said
    assert await state(office) == "sent"


async def test_what_is_given_away_while_the_question_is_open_is_given_away(office: Office) -> None:
    await becomes(office, "Nông Văn Mẫu", role="officer")
    await office.says("head", "/viechan giao results 2027 Nông Văn Mẫu")
    begun = await office.says("officer", "/baocao 2027")
    assert "Báo cáo năm 2027" in begun
    await office.says("head", f"/viechan giao results 2027 {DRAFTER}")
    said = await office.says("officer", "1")
    assert "do thủ trưởng đơn vị hoặc người được giao thực hiện" in said


async def test_a_sheet_handed_over_is_not_changed_by_editing_an_old_message(office: Office) -> None:
    await no_plan(office)
    talk = await office.chat(DRAFTER)
    await talk.says("/kehoach 2027", "20/01/2027", "Trưởng phòng Hoàng Văn Thử")
    await office.says("head", "/kehoach 2027")
    before = await office.rows("SELECT field, value FROM answer ORDER BY field")
    talk.out.truncate(talk.out.seek(0))
    await talk.says(":edit Trưởng phòng Ai Khác Đó")
    assert await office.rows("SELECT field, value FROM answer ORDER BY field") == before
    assert "hiện do Trưởng phòng Hoàng Văn Thử soạn" in talk.out.getvalue()
    assert "Ngày" not in talk.out.getvalue(), "nothing of the sheet is shown"
    focus = "SELECT COUNT(*) FROM chat JOIN person ON person.id = chat.person WHERE focus IS NOT NULL AND name = '{}'"
    assert await office.value(focus.format("Hoàng Văn Thử")) == 1


async def test_news_of_the_night_reaches_only_whom_it_still_concerns(open_office: OpenOffice) -> None:
    office = await open_office("2027-10-18T19:00")
    await office.says("officer", *REGISTER)
    await becomes(office, "Hoàng Văn Thử", role="officer")
    assert "Có phiếu chờ xác nhận" not in await office.says("head", ":clock 2027-10-19T09:00")
    assert await office.value("SELECT why FROM outbox WHERE news = 'to_confirm'") == "no longer theirs to know"


async def test_the_offices_digest_is_for_the_office(open_office: OpenOffice) -> None:
    office = await open_office("2027-10-18T07:00")
    from storage import outbox
    from storage.people import NAMED

    person = await (await office.app.db.reader()).one(NAMED, fold="luong thi nhap")
    assert person is not None
    await office.says("office", ":clock 2027-10-18T07:30")
    about = {"digests": [{"duty": "results", "year": 2027, "occasion": "weekly", "day": "2027-10-18"}]}
    await office.app.db.write(
        lambda tx: outbox.file_daily(
            tx, person=person.id, day=office.app.now().date(), about=about, due=office.app.now(), now=office.app.now()
        )
    )
    await becomes(office, "Lương Thị Nháp", role="officer")
    assert "đơn vị" not in (await office.says("office", ":clock 2027-10-18T10:00")).replace("Việc của", "")


async def test_why_is_told_to_whoever_confirms_and_nobody_else(office: Office) -> None:
    await office.says("officer", *REGISTER)
    asked = "/viechan visao confirmation 2027 SK-2027-017"
    assert "nhận tin này" in await office.says("head", asked)
    for who in ("Triệu Văn Phỏng", "office", "officer", DRAFTER, "Bế Thị Giả Định"):
        said = await office.says(
            who, asked, "/viechan visao confirmation 2027", "/viechan hen confirmation 2027 SK-2027-017"
        )
        assert said.count("Việc này chưa được mở") == 3, said


# Inactive is a stranger ------------------------------------------------------------------------


async def test_who_is_inactive_is_a_stranger(office: Office) -> None:
    talk = await office.chat("officer")
    await talk.says("/dangky sk", "Kho bản vẽ hoàn công dùng chung")
    await becomes(office, "Nông Văn Mẫu", active=0)
    talk.out.truncate(talk.out.seek(0))
    await talk.says("3", ":edit 4", "/viec", "/cuatoi", "gửi", "/thietbi")
    said = talk.out.getvalue()
    assert said.count("---") == 1, said
    assert "đề nghị đồng chí liên hệ Văn phòng Sở nhận mã mời" in said
    assert await office.value("SELECT COUNT(*) FROM answer") == 1
    await becomes(office, "Nông Văn Mẫu", active=1)
    assert "Câu 2" in await office.says("officer", "9")


async def test_the_answer_to_what_somebody_inactive_has_asked_is_not_given(office: Office) -> None:
    talk = await office.chat("officer")
    chat = talk._chat
    await office.app.receive(chat, "j1", {"text": "/lichnhac"})
    await office.app.dispatcher.idle()
    await becomes(office, "Nông Văn Mẫu", active=0)
    await talk.says()
    await office.app.drain()
    assert await office.value("SELECT state FROM job") == "failed"
    assert await office.value(f"SELECT COUNT(*) FROM outbox WHERE chat = {chat.id}") == 0


@pytest.mark.parametrize(
    ("asked", "role"), [("/tonghop 2027", "officer"), ("/chuagui 2027", "leader"), ("/lichnhac tatca", "officer")]
)
async def test_an_answer_that_takes_time_is_for_who_may_have_it_when_it_comes(
    office: Office, asked: str, role: str
) -> None:
    chat = (await office.chat("office"))._chat
    await office.app.receive(chat, "j1", {"text": asked})
    await office.app.dispatcher.idle()
    await becomes(office, "Lương Thị Nháp", role=role)
    await office.app.drain()
    said = str(await office.value(f"SELECT body FROM outbox WHERE chat = {chat.id} ORDER BY id DESC LIMIT 1"))
    assert "thực hiện" in said, said


# What changes nothing is nothing ---------------------------------------------------------------


async def test_an_edit_that_changes_nothing_is_nothing(office: Office) -> None:
    talk = await office.chat("officer")
    await talk.says(
        "/dangky sk", "Kho bản vẽ hoàn công dùng chung", "/thoat", "/dangky mh", "Mô hình một cửa số ba đêm"
    )
    rows = await office.rows("SELECT message, body FROM inbox WHERE body LIKE '%Kho bản vẽ%'")
    focus = await office.value(f"SELECT focus FROM chat WHERE id = {talk._chat.id}")
    told = await office.value(f"SELECT COUNT(*) FROM outbox WHERE chat = {talk._chat.id}")
    await office.app.receive(talk._chat, rows[0][0], {"text": "Kho bản vẽ hoàn công dùng chung"}, edit=1)
    await office.app.drain()
    assert await office.value(f"SELECT COUNT(*) FROM outbox WHERE chat = {talk._chat.id}") == told
    assert await office.value(f"SELECT focus FROM chat WHERE id = {talk._chat.id}") == focus
    await office.app.receive(talk._chat, rows[0][0], {"text": "Kho bản vẽ hoàn công số hóa chung"}, edit=2)
    await office.app.drain()
    assert await office.value(f"SELECT focus FROM chat WHERE id = {talk._chat.id}") == focus
    said = str(await office.value(f"SELECT body FROM outbox WHERE chat = {talk._chat.id} ORDER BY id DESC LIMIT 1"))
    assert "Đã sửa câu 1" in said
    assert "sáng kiến" in said.lower()
    assert "Câu 2/3" in said, "the question that was open is asked again"
    assert "số hóa" in str(await office.value("SELECT value FROM answer WHERE value LIKE '%Kho bản vẽ%'"))


async def test_who_is_no_administrator_any_more_makes_none(office: Office) -> None:
    await becomes(office, "Lương Thị Nháp", role="admin")
    said = await office.says(
        "office", "/moinguoi", "Chu Thị Bản Nháp", "văn phòng sở", "bỏ qua", "công chức", "quản trị"
    )
    assert "Xem lại" in said.split("---\n")[-2], said
    await becomes(office, "Lương Thị Nháp", role="office")
    assert "Cần trả lời lại «Vai trò»" in await office.says("office", "gửi")
    assert await office.value("SELECT COUNT(*) FROM person WHERE name = 'Chu Thị Bản Nháp'") == 0
