"""«/nhansu» against what goes wrong: things change between a look and a yes, two answer at once, nobody acts on what is not theirs."""

import json

import pytest

from bot.office.roster import personnel
from bot.office.roster.personnel_steps import WantedChange
from storage import audit
from storage.db import Tx
from tests.conftest import Office, OpenOffice

pytestmark = pytest.mark.slow

MAU, THU, THAO, HOA, BAN = "Nông Văn Mẫu", "Hoàng Văn Thử", "Nông Thị Phác Thảo", "Lục Thị Minh Họa", "Lộc Văn Bản Mẫu"
CHIEF, LEADER, SECOND, ADMIN, DESK = (
    "Hà Văn Thí Dụ",
    "Đinh Văn Cao Kỳ",
    "Tô Thị Thượng Lệ",
    "La Văn Thử Nghiệm",
    "Lương Thị Nháp",
)


async def number(office: Office, name: str) -> int:
    return int(str(await office.value(f"SELECT id FROM person WHERE name = '{name}' AND human IS NULL")))


async def post(office: Office, name: str) -> tuple[object, ...]:
    """The role, the unit, the position of somebody, and whether they are active."""
    return (await office.rows(f"SELECT role, unit, position, active FROM person WHERE name = '{name}'"))[0]


async def run(office: Office, sql: str) -> None:
    await office.app.db.write(lambda tx: tx.run(sql))


async def button(office: Office, who: str, begins: str) -> str:
    """What a button of the newest reply says."""
    rows = await office.rows(
        f"SELECT chat.menu FROM chat JOIN person ON person.id = chat.person WHERE person.name = '{who}'"
    )
    found = [says for (menu,) in rows for _label, says in json.loads(menu) if says and says.startswith(begins)]
    assert found, f"{who} is offered nothing that begins with {begins}: {rows}"
    return str(found[0])


async def server(office: Office, wanted: WantedChange) -> None:
    """A change at the server."""

    def work(tx: Tx) -> None:
        found = personnel.plan_change(tx, office.app.plan, wanted, personnel.Wish(office.app.office, office.app.now()))
        assert found.why is None, found.why
        personnel.make_change(tx, found, office.app.office, office.app.now())

    await office.app.db.write(work)
    office.app.woken()


# Who is meant ---------------------------------------------------------------------------------


async def test_two_of_one_name_are_asked_apart_and_what_was_said_goes_along(office: Office) -> None:
    other = await number(office, "Bế Thị Giả Định")
    await run(office, f"UPDATE person SET name = '{MAU}', name_fold = 'nong van mau', born = 1985 WHERE id = {other}")
    asked = await office.says(DESK, "nhân sự Nông Văn Mẫu chuyển sang TTr")
    assert "Có 02 người phù hợp" in asked
    assert "sinh năm 1985" in asked
    assert f"#{other}" in asked
    says = await button(office, DESK, f"/nhansu #{other}")
    assert says == f"/nhansu #{other} chuyển sang TTr"
    shown = await office.says(DESK, says, "giữ vai trò hiện nay", "bỏ qua", "không chỉ định, thủ trưởng đơn vị nhận")
    assert "Phòng Quản lý nhà và Thị trường bất động sản → Thanh tra Sở" in shown


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Nông Văn Mẫu nghỉ hưu", "kết thúc"),
        ("nong van mau nghi", "kết thúc"),
        ("Nông Văn Mẫu làm phó trưởng phòng", "vai trò: chuyên viên → cấp phó"),
        ("Nông Văn Mẫu chức vụ Chuyên viên chính", "chức vụ: Chuyên viên → Chuyên viên chính"),
        ("Nông Văn Mẫu kiêm trưởng phòng", "Chuyển đến đơn vị nào?"),
        ("Nông Văn Mẫu chuyển sang Thanh tra Sở làm đầu mối", "Chức vụ từ nay là gì?"),
        ("Nông Văn Mẫu chuyển sang Sao Hỏa", "Không có đơn vị «Sao Hỏa»"),
        ("Nông Văn Mẫu làm sếp", "Trợ lý chưa hiểu vai trò «sếp»"),
        ("Nông Văn Mẫu nghỉ phép", "Trợ lý chưa hiểu «phép»"),
        ("Nông Văn Mẫu trở lại", "vẫn đang làm việc"),
        ("Không Có Ai", "Không có ai tên «Không Có Ai»"),
        ("#999999999999", "Không có ai tên"),
        ("QLXD", "Phòng Quản lý xây dựng (05 người)"),
        ("ghi 1 v1", "Không có thay đổi này để ghi"),
        ("rut x", "Không có ai tên"),
        ("ơ" * 7_000, "Không có ai tên"),
        ("ơ" * 50_000, "mỗi tin nhận nhiều nhất"),
    ],
)
async def test_a_line_is_read_or_said_to_be_unread(office: Office, said: str, shown: str) -> None:
    told = await office.says(DESK, f"/nhansu {said}")
    if "Ai nhận các việc" in told:
        told = await office.says(DESK, "không chỉ định, thủ trưởng đơn vị nhận")
    assert shown in told
    assert (await post(office, MAU)) == ("officer", "QLXD", "Chuyên viên", 1)


async def test_a_position_is_not_longer_than_a_line_of_the_list(office: Office) -> None:
    told = await office.says(DESK, f"/nhansu {BAN}", "đổi chức vụ, vai trò giữ nguyên", "x" * 300, "Chuyên viên chính")
    assert "80" in told
    assert "chức vụ: Chuyên viên → Chuyên viên chính" in told


# Between the look and the yes ------------------------------------------------------------------


async def test_what_has_changed_since_is_shown_anew_and_nothing_is_done(office: Office) -> None:
    await office.says(DESK, f"nhân sự {BAN} làm phó trưởng phòng")
    says = await button(office, DESK, "/nhansu ghi")
    await server(office, WantedChange(BAN, unit="TTr"))
    told = await office.says(DESK, says)
    assert "chưa ghi gì" in told
    assert (await post(office, BAN))[:2] == ("officer", "TTr")
    assert "Đã ghi thay đổi nhân sự" in await office.says(DESK, await button(office, DESK, "/nhansu ghi"))
    assert (await post(office, BAN))[:2] == ("deputy", "TTr")


async def test_a_second_tap_and_a_second_person_hear_one_true_sentence(office: Office) -> None:
    await office.says(DESK, f"nhân sự {BAN} làm phó trưởng phòng")
    says = await button(office, DESK, "/nhansu ghi")
    await office.says(CHIEF, f"nhân sự {BAN} làm phó trưởng phòng")
    of_chief = await button(office, CHIEF, "/nhansu ghi")
    await office.says(DESK, says)
    await office.says(DESK, "/viec")
    assert "đã được ghi lúc" in await office.says(DESK, says)
    assert "Hiện đã đúng như vậy" in await office.says(CHIEF, of_chief)
    assert await office.value("SELECT COUNT(*) FROM audit WHERE what = 'person_changed'") == 1


async def test_who_has_lost_the_list_writes_nothing(office: Office) -> None:
    await office.says(DESK, f"nhân sự {BAN} làm phó trưởng phòng")
    says = await button(office, DESK, "/nhansu ghi")
    await server(office, WantedChange(DESK, role="chuyên viên"))
    assert "Việc này do" in await office.says(DESK, says)
    assert (await post(office, BAN))[0] == "officer"


async def test_an_end_in_the_middle_leaves_nothing_half_done(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    await office.says(THU, f"/viechan giao results 2027 {MAU}")
    await office.says(DESK, f"nhân sự {MAU} nghỉ", BAN)
    says = await button(office, DESK, "/nhansu ghi")

    def broken(*_args: object, **_more: object) -> None:
        raise OSError("no room")

    monkeypatch.setattr("storage.post_changes.hand", broken)
    await office.says(DESK, says)
    monkeypatch.undo()
    assert (await post(office, MAU))[3] == 1
    assert await office.value("SELECT person FROM delegate") == await number(office, MAU)
    assert await office.value("SELECT COUNT(*) FROM post_change WHERE state = 'done'") == 0


async def test_nobody_changes_their_own_post_nor_takes_it_over_as_head(office: Office) -> None:
    assert "Không ai tự thay đổi" in await office.says(CHIEF, f"nhân sự {CHIEF} nghỉ")
    await run(office, f"UPDATE person SET unit = 'QLXD' WHERE name = '{DESK}'")
    told = await office.says(DESK, f"nhân sự {THU} nghỉ", f"Chuyên viên {DESK}", "có")
    assert "Không ai tự thay đổi" in told
    assert (await post(office, DESK))[0] == "office"


async def test_the_last_administrator_stays(office: Office) -> None:
    assert "quản trị viên cuối cùng" in await office.says(CHIEF, f"nhân sự {ADMIN} nghỉ")


# What goes to whom -----------------------------------------------------------------------------


async def test_all_that_a_head_held_goes_over_in_one_step_and_is_told(office: Office) -> None:
    mau, thu, thao = [await number(office, name) for name in (MAU, THU, THAO)]
    await office.says(THU, "/baocao 2027", "đúng số liệu", "5/5", "thoát", "/hen 20/10", f"/xulythay {thao}")
    await office.says(MAU, "/dangky sk", "Kho bản vẽ hoàn công dùng chung cho cả Sở", "3", "một mình tôi", "gửi")
    at = "'2027-10-10T02:00:00.000000Z'"
    columns = "code, kind, year, unit, title, title_fold, area, state, by, charge, at, changed, plan_hash"
    for code, state, by, charge in (("NV-2027-901", "received", thu, thu), ("SK-2027-902", "returned", thu, "NULL")):
        kind = code[:2].lower()
        await run(
            office,
            f"INSERT INTO initiative ({columns}) VALUES "
            f"('{code}', '{kind}', 2027, 'QLXD', 'Bí mật của phòng', 'x', 'II.1', '{state}', {by}, {charge}, {at}, {at}, 'x')",
        )
    told = await office.says(ADMIN, f"nhân sự {THU} nghỉ", f"Phó Trưởng phòng {THAO}", "có")
    assert "NV-2027-901: Phó Trưởng phòng Nông Thị Phác Thảo phụ trách" in told
    assert "SK-2027-902 đang trả lại để bổ sung: Phó Trưởng phòng Nông Thị Phác Thảo hoàn thiện" in told
    assert "01 phiếu chờ xác nhận: Phó Trưởng phòng Nông Thị Phác Thảo xác nhận" in told
    assert "đã hẹn gửi ngày 20/10/2027: giữ lời hẹn" in told
    assert "không xử lý thay Hoàng Văn Thử nữa" in told
    assert "«Báo cáo năm 2027» đang soạn: Phó Trưởng phòng Nông Thị Phác Thảo soạn tiếp" in told
    assert "Bí mật" not in told, "the administrator sees no title"
    await office.says(ADMIN, await button(office, ADMIN, "/nhansu ghi"))
    assert await office.rows("SELECT charge FROM initiative WHERE code = 'NV-2027-901'") == [(thao,)]
    assert await office.rows("SELECT by FROM initiative WHERE code = 'SK-2027-902'") == [(thao,)]
    assert await office.value("SELECT person FROM draft WHERE form = 'report' AND state = 'open'") == thao
    assert await post(office, THAO) == ("head", "QLXD", "Trưởng phòng", 1)
    assert await office.value(f"SELECT stands_in FROM person WHERE id = {thu}") is None
    heard = await office.says(THAO, ":wait 15m")
    assert "Nhận bàn giao từ đồng chí Trưởng phòng Hoàng Văn Thử" in heard
    assert "NV-2027-901: phụ trách" in heard
    assert "Bí mật" in await office.says(THAO, "/cuatoi SK-2027-902")
    item = await office.value("SELECT code FROM initiative WHERE state = 'sent' AND unit = 'QLXD'")
    assert "Đã xác nhận" in await office.says(THAO, f"/xacnhan {item} gui")
    assert mau


async def test_who_moves_leaves_the_units_sheets_and_takes_none_along(office: Office) -> None:
    await office.says(HOA, "/baocao 2027", "đúng số liệu", "5/5", "thoát")
    await office.says(
        DESK, f"nhân sự {HOA} chuyển sang TTr làm chuyên viên", "bỏ qua", "không chỉ định, thủ trưởng đơn vị nhận"
    )
    await office.says(DESK, await button(office, DESK, "/nhansu ghi"))
    assert (await post(office, HOA))[:2] == ("officer", "TTr")
    assert await office.value("SELECT person FROM draft WHERE form = 'report' AND state = 'open'") == await number(
        office, THU
    )
    assert "đã chuyển sang Thanh tra Sở" in await office.says(THU, ":wait 5m")
    assert "Báo cáo" not in await office.says(HOA, "việc")


async def test_who_leaves_with_two_posts_leaves_both_and_one_post_can_end_alone(office: Office) -> None:
    await server(office, WantedChange(THU, post="QLN:đầu mối"))
    ended = await office.says(DESK, f"nhân sự {THU} thôi vị trí này")
    assert "Có 02 người phù hợp" in ended
    second = await office.value(f"SELECT id FROM person WHERE name = '{THU}' AND unit = 'QLN'")
    asked = await office.says(DESK, f"/nhansu #{second} nghỉ")
    if "Ai nhận" in asked:
        await office.says(DESK, "không chỉ định, thủ trưởng đơn vị nhận")
    told = await office.says(DESK, await button(office, DESK, "/nhansu ghi"))
    assert "Đã ghi" in told
    assert await office.rows(f"SELECT active FROM person WHERE name = '{THU}'") == [(0,), (0,)]


async def test_who_comes_back_gets_a_code_and_nothing_else(office: Office) -> None:
    await server(office, WantedChange(MAU, end=True))
    told = await office.says(DESK, f"/nhansu {MAU}")
    assert "trở lại với vai trò chuyên viên" in told
    done = await office.says(DESK, await button(office, DESK, "/nhansu ghi"))
    assert "Tạo mã mời" in done
    assert (await post(office, MAU))[3] == 1
    assert "✅" in await office.says(DESK, await button(office, DESK, "/moinguoi"))


# The second yes --------------------------------------------------------------------------------


async def ask_for(office: Office, role: str = "quản trị", name: str = BAN) -> None:
    """The desk proposes a role that takes two."""
    await office.says(DESK, f"nhân sự {name} làm {role}", "bỏ qua")
    await office.says(DESK, await button(office, DESK, "/nhansu ghi"))
    assert await office.value("SELECT COUNT(*) FROM post_change WHERE state = 'asked'") == 1


async def agreeing(office: Office, who: str) -> str:
    """What this person is shown when they agree."""
    await office.says(who, ":wait 5m", "/ykiennhansu xem 1")
    return await office.says(who, await button(office, who, "/ykiennhansu dongy 1"))


async def test_the_first_answer_counts_and_the_second_hears_whose_it_was(office: Office) -> None:
    await ask_for(office)
    await office.says(SECOND, ":wait 1m", "/ykiennhansu xem 1")
    late = await button(office, SECOND, "/ykiennhansu dongy 1")
    assert "thay đổi đã được ghi" in await agreeing(office, LEADER)
    assert (await post(office, BAN))[0] == "admin"
    assert "Đinh Văn Cao Kỳ đã đồng ý" in await office.says(SECOND, late)
    assert "Đinh Văn Cao Kỳ đã đồng ý" in await office.says(DESK, ":wait 5m")
    assert await office.value("SELECT COUNT(*) FROM audit WHERE what = 'post_change_agreed'") == 1


async def test_the_post_changes_meanwhile(office: Office) -> None:
    await ask_for(office)
    await office.says(LEADER, ":wait 1m", "/ykiennhansu xem 1")
    late = await button(office, LEADER, "/ykiennhansu dongy 1")
    await server(office, WantedChange(BAN, end=True))
    assert "Đề nghị đã kết thúc" in await office.says(LEADER, late)
    assert (await post(office, BAN))[0] == "officer"
    assert "không thực hiện" in await office.says(DESK, ":wait 5m")


async def test_who_proposed_it_keeps_the_list_no_more(office: Office) -> None:
    await ask_for(office)
    await server(office, WantedChange(DESK, role="chuyên viên"))
    told = await office.says(LEADER, ":wait 1m", "/ykiennhansu", "/ykiennhansu dongy 1")
    assert "không còn phụ trách danh sách nhân sự" in told
    assert (await post(office, BAN))[0] == "officer"
    assert await office.value("SELECT state FROM post_change WHERE id = 1") == "over"


async def test_who_was_asked_is_something_else_now(office: Office) -> None:
    await ask_for(office)
    await office.says(LEADER, ":wait 1m", "/ykiennhansu xem 1")
    late = await button(office, LEADER, "/ykiennhansu dongy 1")
    await server(office, WantedChange(LEADER, role="chuyên viên"))
    assert "Việc này do" in await office.says(LEADER, late)
    assert (await post(office, BAN))[0] == "officer"
    assert await office.value("SELECT state FROM post_change WHERE id = 1") == "asked"


async def test_the_days_pass(office: Office) -> None:
    await ask_for(office)
    told = await office.says(LEADER, ":clock 2027-10-26T09:00", "/ykiennhansu", "/ykiennhansu dongy 1")
    assert "Không có đề nghị nhân sự nào chờ" in told
    assert "đã hết vào cuối ngày 25/10/2027" in told
    assert (await post(office, BAN))[0] == "officer"
    await ask_for(office)


async def test_it_is_taken_back(office: Office) -> None:
    await ask_for(office)
    assert "Đã rút đề nghị" in await office.says(DESK, "/nhansu rut 1")
    assert "Đề nghị đã được rút" in await office.says(DESK, "/nhansu rut 1")
    assert "Đề nghị đã được rút" in await office.says(LEADER, ":wait 5m", "/ykiennhansu dongy 1")
    assert (await post(office, BAN))[0] == "officer"


async def test_no_second_proposal_beside_one_that_waits(office: Office) -> None:
    await ask_for(office)
    await office.says(CHIEF, f"nhân sự {BAN} làm lãnh đạo sở", "bỏ qua")
    told = await office.says(CHIEF, await button(office, CHIEF, "/nhansu ghi"))
    assert "đang có một đề nghị chờ" in told


async def test_a_no_with_two_words_left_open_while_another_agrees(office: Office) -> None:
    await ask_for(office)
    await office.says(SECOND, ":wait 1m", "/ykiennhansu lydo 1")
    await agreeing(office, LEADER)
    assert "Đinh Văn Cao Kỳ đã đồng ý" in await office.says(SECOND, "Chưa có quyết định phân công")
    assert await office.value("SELECT state FROM post_change WHERE id = 1") == "done"


async def test_where_nobody_can_agree_the_server_is_the_second(office: Office) -> None:
    await run(office, f"UPDATE person SET active = 0 WHERE role IN ('leader', 'chief') OR name = '{ADMIN}'")
    told = await office.says(DESK, f"nhân sự {BAN} làm quản trị", "bỏ qua")
    assert "Cần thêm xác nhận trên máy chủ" in told
    command = f'thidua person "#{await number(office, BAN)}" --role admin --apply'
    assert command in told
    await office.says(DESK, await button(office, DESK, "/nhansu ghi"))
    assert (await post(office, BAN))[0] == "officer"
    await server(office, WantedChange(BAN, role="admin"))
    assert await office.value("SELECT state FROM post_change WHERE id = 1") == "done"
    assert "đã được ghi lúc" in await office.says(DESK, ":wait 5m")


async def test_the_audit_says_who_and_no_words(office: Office) -> None:
    await ask_for(office)
    await office.says(LEADER, ":wait 1m", "/ykiennhansu lydo 1", "Lý do riêng không ghi vào sổ")
    noted = await (await office.app.db.reader()).all(audit.ABOUT, about=str(await number(office, BAN)))
    assert [each.what for each in noted] == ["post_change_asked", "post_change_declined"]
    assert "riêng" not in str(noted)


async def test_a_school_calls_everything_its_own(open_school: OpenOffice) -> None:
    school = await open_school()
    desk = (await school.rows("SELECT name FROM person WHERE role = 'office'"))[0][0]
    head = (await school.rows("SELECT name FROM person WHERE role = 'head' ORDER BY id"))[0][0]
    told = await school.says(str(desk), f"/nhansu {head}", "3")
    assert "tổ trưởng" in told or "giáo viên" in told
    for word in ("Sở", "Trưởng phòng", "Chánh Văn phòng"):
        assert word not in told


async def test_nobody_is_entered_in_a_role_that_takes_two(office: Office) -> None:
    told = await office.says(
        DESK, "/moinguoi", "Hứa Thị Mới Toanh", "Văn phòng Sở", "bỏ qua", "công chức", "Lãnh đạo Sở (xem)", "gửi"
    )
    assert "chưa có hiệu lực" in told
    assert (await post(office, "Hứa Thị Mới Toanh"))[:2] == ("officer", "VP")
    assert "thay đổi đã được ghi" in await agreeing(office, LEADER)
    assert (await post(office, "Hứa Thị Mới Toanh"))[:2] == ("leader", "VP")


async def test_a_sheet_that_stayed_behind_says_so_and_nothing_about_whose_it_is(office: Office) -> None:
    await office.says(HOA, "/baocao 2027", "đúng số liệu", "5/5")
    draft = await office.value("SELECT id FROM draft WHERE form = 'report' AND state = 'open'")
    await server(office, WantedChange(HOA, unit="TTr", role="officer"))
    told = await office.says(HOA, "12/12")
    assert "Phòng Quản lý xây dựng" in told
    assert THU not in told
    assert await office.value(f"SELECT COUNT(DISTINCT field) FROM answer WHERE draft = {draft}") == await office.value(
        f"SELECT COUNT(DISTINCT field) FROM answer WHERE draft = {draft} AND field NOT LIKE '%zzz'"
    )
    assert await office.value(f"SELECT person FROM draft WHERE id = {draft}") == await number(office, THU)
    assert "đã gửi hoặc" in await office.says("Vi Thị Tạm", f"/viec tiep {draft}")


async def test_the_menu_of_a_messenger_follows_the_role(office: Office) -> None:
    assert "Mời người" not in await office.says(BAN, "menu")
    await ask_for(office)
    await agreeing(office, LEADER)
    told = await office.says(BAN, ":wait 15m", "menu")
    assert "Mời người" in told
    assert "Nhân sự" in told
