"""The tasks of a unit's plan are its key tasks: registered when it is sent, received with it, changed and cancelled with it."""

import pytest

from storage import deadlines
from tests.conftest import PLAN_TEXT, Office, OpenOffice
from tests.sheets import FIGURES

HEAD, DRAFTER, OFFICER, DEPUTY = "Đàm Thị Ước Lệ", "Hoàng Văn Nhập Vai", "Lý Thị Phân Vai", "Nông Thị Minh Chứng"
"""Of a unit that has sent no plan of the year yet."""
PLAN = "KH-2027-TTQH"
BEGUN = ("/kehoach 2027", "20/01/2027", "1", "bỏ qua", "bỏ qua")
SCAN, MAPS = "Số hóa xong 1.200 hồ sơ quy hoạch", "Lập bản đồ số các đồ án quy hoạch"
LIST = f"1. {SCAN}; 30/11; {OFFICER}\n- {MAPS}; quý IV; tôi; II.3"
TASKS = (
    "SELECT code, title, charge.name, state FROM initiative LEFT JOIN person AS charge ON charge.id = charge"
    " WHERE initiative.unit = 'TTQH' AND initiative.kind = 'nv' AND year = 2027 ORDER BY code"
)


async def sent(office: Office, tasks: str = LIST) -> str:
    """The head sends a plan with tasks."""
    await office.says(HEAD, *BEGUN, tasks)
    return await office.says(HEAD, "2", "gửi")


async def opened(office: Office) -> None:
    """The plan was received, and is open once more."""
    await office.says("office", f"/tiepnhan {PLAN}", f"mở lại {PLAN} đến 29/10 vì điều chỉnh nhiệm vụ", "gửi")


async def due(office: Office, code: str) -> object:
    """The day of a task as it is registered."""
    return await office.value(
        f"SELECT value FROM item_answer JOIN initiative ON id = item WHERE code = '{code}' AND field = 'due'"
        " ORDER BY item_answer.version DESC LIMIT 1"
    )


async def test_the_tasks_of_a_plan_are_the_key_tasks_of_the_year(office: Office) -> None:
    asked = await office.says(HEAD, *BEGUN)
    assert "việc; ngày hoàn thành; người phụ trách" in asked
    assert "[Không liệt kê]" in asked
    said = await office.says(HEAD, LIST)
    assert f"(1) {SCAN}; 30/11/2027; {OFFICER}" in said
    assert f"(2) {MAPS}; 31/12/2027; {HEAD}; II.3" in said
    assert "phục vụ nội dung nào" in said
    assert "là nhiệm vụ trọng tâm năm 2027" in await office.says(HEAD, "2")
    done = await office.says(HEAD, "gửi")
    assert "Đã đăng ký nhiệm vụ (02): NV-2027-003, NV-2027-004" in done
    assert await office.rows(TASKS) == [
        ("NV-2027-003", SCAN, OFFICER, "confirmed"),
        ("NV-2027-004", MAPS, HEAD, "confirmed"),
    ]
    assert await office.rows("SELECT area FROM initiative WHERE unit = 'TTQH' AND kind = 'nv' AND year = 2027") == [
        ("II.2",),
        ("II.3",),
    ]
    assert await due(office, "NV-2027-004") == '"2027-12-31"'
    told = await office.says(OFFICER, ":wait 1m")
    assert "Kế hoạch năm 2027 của Trung tâm Quy hoạch xây dựng giao đồng chí Vai phụ trách 01 nhiệm vụ" in told
    assert f"NV-2027-003 «{SCAN}»: hoàn thành" in told
    assert "phụ trách 01" not in await office.says(HEAD, ":wait 1m"), "what somebody has done by hand they are not told"
    shown = await office.says(HEAD, "/kehoach")
    assert "Nhiệm vụ của kế hoạch (02)" in shown
    assert "✅" in await office.says(OFFICER, "cập nhật NV-2027-003 đang làm", "gửi")
    assert "đang làm" in await office.says(HEAD, "/kehoach")


async def test_they_are_received_with_the_plan_and_given_back_with_it(office: Office) -> None:
    await sent(office)
    listed = await office.says("office", "/tiepnhan")
    assert "NV-2027-003" not in listed
    assert "KH-2027-TTQH kế hoạch năm, Trung tâm Quy hoạch xây dựng (02 nhiệm vụ)" in listed
    all_of_them = ("/tiepnhan tatca", ":tap Tiếp nhận 05 mục này")
    assert "Hoàn tác" in await office.says("office", *all_of_them, ":tap Hoàn tác")
    assert [row[3] for row in await office.rows(TASKS)] == ["confirmed", "confirmed"]
    await office.says("office", *all_of_them)
    assert [row[3] for row in await office.rows(TASKS)] == ["received", "received"]
    assert "Văn phòng Sở đã tiếp nhận" in await office.says(OFFICER, "quá trình NV-2027-003")


async def test_what_was_not_seen_is_not_received(office: Office) -> None:
    await sent(office)
    seen = await office.says("office", "/tiepnhan", look="plain")
    version = seen.partition(f"/tiepnhan {PLAN} v")[2].split()[0] if f"/tiepnhan {PLAN} v" in seen else "1"
    await office.says(HEAD, "/kehoach sua 2027", "sửa nhiệm vụ bỏ 2", "gửi")
    late = await office.says("office", f"/tiepnhan {PLAN} v{version}")
    assert "đã được sửa" in late or "thay đổi" in late
    assert [row[3] for row in await office.rows(TASKS)] == ["confirmed", "cancelled"]


async def test_a_task_goes_with_its_plan(office: Office) -> None:
    await sent(office)
    for who, line in ((HEAD, "/cuatoi sua NV-2027-003"), (HEAD, "/cuatoi rut NV-2027-003")):
        assert f"là nhiệm vụ nêu trong kế hoạch {PLAN}" in await office.says(who, line)
    for line in ("/xetphieu bosung NV-2027-003", "/xetphieu tuchoi NV-2027-003"):
        assert f"là nhiệm vụ nêu trong kế hoạch {PLAN}" in await office.says("office", line)
    assert "Không có hồ sơ" in await office.says("office", "/tiepnhan NV-2027-003")


async def test_what_changes_in_the_plan_changes_its_tasks_and_keeps_what_was_noted(office: Office) -> None:
    await sent(office)
    await office.says(OFFICER, "cập nhật NV-2027-003 đang làm", "gửi")
    said = await office.says(
        HEAD, "/kehoach sua 2027", f"sửa nhiệm vụ thay 1: 15/12; {DEPUTY}", "sửa nhiệm vụ bỏ 2", "gửi"
    )
    assert "Nhiệm vụ có thay đổi (01): NV-2027-003" in said
    assert "Không còn trong kế hoạch, đã hủy (01): NV-2027-004" in said
    assert await office.rows(TASKS) == [
        ("NV-2027-003", SCAN, DEPUTY, "confirmed"),
        ("NV-2027-004", MAPS, HEAD, "cancelled"),
    ]
    assert await office.value("SELECT reason FROM initiative WHERE code = 'NV-2027-004'") == "không còn trong kế hoạch"
    assert await due(office, "NV-2027-003") == '"2027-12-15"'
    assert await office.value("SELECT COUNT(*) FROM item_progress") == 1
    assert "không còn phụ trách" in await office.says(OFFICER, ":wait 20m")
    assert await office.value("SELECT COUNT(*) FROM outbox WHERE news = 'plan_tasks'") == 3
    assert "Số hóa" in await office.says(HEAD, f"/xemban {PLAN} v1")


async def test_who_is_in_charge_changes_and_a_day_that_was_put_off_stays(office: Office) -> None:
    await sent(office)
    await office.says(OFFICER, "cập nhật NV-2027-003 chậm", "Chờ máy quét", "15/12/2027", "gửi")
    noted = await office.value("SELECT MAX(day) FROM item_progress")
    assert noted == "2027-12-15"
    await office.says(HEAD, "/kehoach sua 2027", f"sửa nhiệm vụ thay 1: {DEPUTY}", "gửi")
    assert await office.value("SELECT day FROM item_progress ORDER BY id DESC LIMIT 1") == noted


async def test_a_list_told_anew_one_by_one_keeps_the_sheets(office: Office) -> None:
    await sent(office)
    await office.says(OFFICER, "cập nhật NV-2027-003 đang làm", "gửi")
    await office.says(HEAD, "/kehoach sua 2027", "sửa nhiệm vụ", "nhập từng việc")
    await office.says(HEAD, f"{SCAN} và bản vẽ; 15/12; {OFFICER}; II.3", "hết nhiệm vụ")
    done = await office.says(HEAD, "gửi")
    assert "Nhiệm vụ có thay đổi (01): NV-2027-003" in done
    assert "đã hủy (01): NV-2027-004" in done
    assert await office.value("SELECT COUNT(*) FROM item_progress") == 1
    assert [row[3] for row in await office.rows(TASKS)] == ["confirmed", "cancelled"]


async def test_a_corrected_plan_counts_once_it_is_received(office: Office) -> None:
    await sent(office)
    await opened(office)
    add = f"sửa nhiệm vụ thêm: Tổ chức hội nghị tham vấn đồ án; 20/12; {DEPUTY}; II.1"
    review = await office.says(HEAD, "/kehoach sua 2027", "sửa nhiệm vụ bỏ 2", "sửa nhiệm vụ thay 1: 15/12", add)
    assert "Thay đổi (03):" in review
    assert f"- Nhiệm vụ NV-2027-004: {MAPS}; 31/12/2027; {HEAD}; II.3 → không còn trong kế hoạch" in review
    assert (
        f"- Nhiệm vụ NV-2027-003: {SCAN}; 30/11/2027; {OFFICER}; II.2 → {SCAN}; 15/12/2027; {OFFICER}; II.2" in review
    )
    assert "- Nhiệm vụ mới: không có → Tổ chức hội nghị tham vấn đồ án" in review
    await office.says(HEAD, "gửi")
    assert [row[3] for row in await office.rows(TASKS)] == ["received", "received"], "what was received counts"
    look = await office.says("office", f"/tiepnhan {PLAN}")
    assert "không còn trong kế hoạch" in look
    assert "✅" in await office.says("office", "tiếp nhận bản đính chính")
    assert await office.rows(TASKS) == [
        ("NV-2027-003", SCAN, OFFICER, "received"),
        ("NV-2027-004", MAPS, HEAD, "cancelled"),
        ("NV-2027-005", "Tổ chức hội nghị tham vấn đồ án", DEPUTY, "received"),
    ]
    assert await due(office, "NV-2027-003") == '"2027-12-15"'
    assert "phụ trách 01 nhiệm vụ" in await office.says(DEPUTY, ":wait 1m")
    listed = await office.says("office", f"/xemban {PLAN}")
    assert "Bản 2, Giám đốc Đàm Thị Ước Lệ, 08:30 ngày 18/10/2027: đang được tính" in listed
    first = await office.says("office", f"/xemban {PLAN} v1")
    assert f"(2) {MAPS}; 31/12/2027" in first
    assert "Bản đang được tính khác ở (01): Nhiệm vụ" in first
    second = await office.says("office", f"/xemban {PLAN} v2")
    assert MAPS not in second and "Tổ chức hội nghị" in second


async def test_a_task_that_is_registered_already_has_one_sheet(office: Office) -> None:
    await office.says(OFFICER, "/dangky nv", "Số hóa xong 1200 hồ sơ về quy hoạch", "3", OFFICER, "30/11/2027", "gửi")
    asked = await office.says(HEAD, *BEGUN, LIST)
    assert "Đơn vị đã đăng ký việc gần giống (01):" in asked
    assert "NV-2027-003 «Số hóa xong 1200 hồ sơ về quy hoạch»" in asked
    done = await office.says(HEAD, "dùng phiếu đã có", "2", "gửi")
    assert "Dùng phiếu đã đăng ký (01): NV-2027-003" in done
    assert await office.rows(TASKS) == [
        ("NV-2027-003", SCAN, OFFICER, "confirmed"),
        ("NV-2027-004", MAPS, HEAD, "confirmed"),
    ]


async def test_what_was_registered_while_the_plan_was_written_is_no_second_sheet(office: Office) -> None:
    await office.says(HEAD, *BEGUN, LIST, "2")
    await office.says(OFFICER, "/dangky nv", SCAN, "3", OFFICER, "30/11/2027", "gửi")
    assert "Dùng phiếu đã đăng ký (01): NV-2027-003" in await office.says(HEAD, "gửi")
    assert len(await office.rows(TASKS)) == 2
    late = await office.says(OFFICER, "/cuatoi sua NV-2027-003")
    assert f"kế hoạch {PLAN}" in late


async def test_a_sheet_that_was_received_stays_as_it_was_registered(office: Office) -> None:
    await office.says(OFFICER, "/dangky nv", SCAN, "3", OFFICER, "15/11/2027", "gửi")
    await office.says(HEAD, "/xacnhan NV-2027-003 gui")
    await office.says("office", "/tiepnhan NV-2027-003")
    await office.says(HEAD, *BEGUN, LIST, "dùng phiếu đã có", "2")
    done = await office.says(HEAD, "gửi")
    assert "Đã tiếp nhận từ trước nên tính theo nội dung đã đăng ký (01): NV-2027-003" in done
    assert await due(office, "NV-2027-003") == '"2027-11-15"'
    again = await office.says(HEAD, "/kehoach sua 2027", f"sửa nhiệm vụ thay 1: {SCAN} và bản đồ", "gửi")
    assert "có thay đổi" not in again
    assert await due(office, "NV-2027-003") == '"2027-11-15"', "the office has not opened it"


async def test_a_sheet_that_a_corrected_plan_takes_is_received_with_it(office: Office) -> None:
    await sent(office)
    await opened(office)
    title = "Tổ chức hội nghị tham vấn đồ án"
    await office.says(OFFICER, "/dangky nv", title, "3", OFFICER, "15/12/2027", "gửi")
    await office.says(HEAD, "/xacnhan NV-2027-005 gui")
    add = f"thêm: {title}; 15/12/2027; {OFFICER}; II.3"
    await office.says(HEAD, "/kehoach sua 2027", "sửa nhiệm vụ", add, "dùng phiếu đã có", "gửi")
    await office.says("office", f"/tiepnhan {PLAN}", "tiếp nhận bản đính chính")
    assert (await office.rows(TASKS))[2] == ("NV-2027-005", title, OFFICER, "received")
    assert len(await office.rows(TASKS)) == 3


async def test_whoever_is_in_charge_is_reminded(office: Office) -> None:
    await sent(office)
    due_soon = await office.says(OFFICER, ":clock 2027-11-23T08:00", ":wait 1h")
    assert f"NV-2027-003 «{SCAN}» đến đâu rồi? Hoàn thành đến hết ngày 30/11/2027" in due_soon


async def test_what_came_of_a_task_stands_in_the_draft_of_the_report(office: Office) -> None:
    await office.app.db.write(lambda tx: tx.run("DELETE FROM unit_plan WHERE unit = 'QLXD'"))
    await office.says("head", "/kehoach 2027", "20/01/2027", "1", "bỏ qua", f"{SCAN}; 30/11; Nông Văn Mẫu; II.4", "gửi")
    await office.says("officer", "cập nhật NV-2027-003 xong", "hôm nay", "Đã số hóa 1.210 hồ sơ", "gửi")
    draft = await office.says("head", "/baocao 2027", *FIGURES)
    assert f"{SCAN}: hoàn thành ngày 18/10/2027; Đã số hóa 1.210 hồ sơ" in draft


async def test_a_plan_need_not_list_its_tasks(office: Office) -> None:
    done = await office.says(HEAD, *BEGUN, "không liệt kê", "gửi")
    assert "✅ Đã gửi kế hoạch năm 2027" in done
    assert await office.rows(TASKS) == []
    said = await office.says(HEAD, "/kehoach sua 2027", f"sửa nhiệm vụ {SCAN}; 30/11; {OFFICER}; II.1", "gửi")
    assert "Đã đăng ký nhiệm vụ (01): NV-2027-003" in said


async def test_they_are_asked_one_by_one(office: Office) -> None:
    said = await office.says(HEAD, *BEGUN, "nhập từng việc", SCAN)
    assert f"«{SCAN}»: hoàn thành đến ngày nào?" in said
    said = await office.says(HEAD, "30/11/2027")
    assert "ai trong đơn vị phụ trách" in said
    said = await office.says(HEAD, OFFICER)
    assert "Việc tiếp theo là gì? Đã có 01 việc." in said
    assert "Việc này đã có trong danh sách." in await office.says(HEAD, SCAN)
    await office.says(HEAD, f"{MAPS}; 31/12; tôi")
    done = await office.says(HEAD, "hết nhiệm vụ", "3", "gửi")
    assert "Đã đăng ký nhiệm vụ (02)" in done
    assert [row[1:3] for row in await office.rows(TASKS)] == [(SCAN, OFFICER), (MAPS, HEAD)]


async def test_the_tasks_of_the_year_before_are_taken_over(open_office: OpenOffice) -> None:
    office = await open_office()
    await sent(office)
    await office.app.db.write(lambda tx: tx.run("UPDATE person SET unit = 'QLN' WHERE name = :name", name=OFFICER))
    await office.says(HEAD, "/kehoach sua 2027", "sửa nhiệm vụ thay 2: 15/02/2028", "gửi")
    await office.says("office", ":clock 2028-01-10T09:00")
    await office.app.db.write(lambda tx: deadlines.open_year(tx, year=2028, quiet=False, now=office.app.now()))
    asked = await office.says(HEAD, "/kehoach 2028", "05/01/2028", "1", "bỏ qua", "bỏ qua")
    assert "[Lấy 02 việc của năm 2027]" in asked
    said = await office.says(HEAD, "lấy 02 việc của năm 2027")
    assert f"(1) {SCAN}; 30/11/2028; {HEAD}" in said, "who has left: the head"
    assert f"(2) {MAPS}; 15/02/2029; {HEAD}" in said, "what was due in the year after is due a year later, too"
    assert "Đã đăng ký nhiệm vụ (02): NV-2028-001, NV-2028-002" in await office.says(HEAD, "gửi")


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        (f"{SCAN}; 30/02; {OFFICER}", "Dòng 1: «30/02» không phải là ngày, cũng không có trong danh sách nhân sự"),
        (f"{SCAN}; 30/11; Trần Văn Lạ", "«Trần Văn Lạ» không phải là ngày"),
        (f"{SCAN}; 30/11/2029; {OFFICER}", "ngày 30/11/2029 không thuộc năm 2027 hoặc năm sau"),
        (f"{SCAN}; 30/11", "Dòng 1: cần thêm người phụ trách."),
        (f"{SCAN}; {OFFICER}", "Dòng 1: cần thêm ngày hoàn thành."),
        (SCAN, "Dòng 1: cần thêm ngày hoàn thành và người phụ trách."),
        (f"Số hóa; 30/11; {OFFICER}", "đề nghị ghi tên việc ít nhất 10 chữ"),
        (f"{SCAN}; 30/11; tôi\n{SCAN.upper()}; 30/12; tôi", "Dòng 2: việc này đã có trong danh sách."),
        ("\n".join(f"Nhiệm vụ trọng tâm số {n} của năm; 30/11; tôi" for n in range(31)), "nhiều nhất 30 nhiệm vụ"),
        (f"{'Số hóa ' * 60}; 30/11; tôi", "đề nghị ghi tên việc ngắn hơn 300 chữ"),
    ],
)
async def test_what_cannot_be_taken_is_said_with_its_line(office: Office, typed: str, answer: str) -> None:
    said = await office.says(HEAD, *BEGUN, typed)
    assert answer in said.split("---\n")[-2]
    assert "việc; ngày hoàn thành; người phụ trách" in said.split("---\n")[-2]


async def test_a_list_is_changed_word_by_word_or_written_anew(office: Office) -> None:
    await office.says(HEAD, *BEGUN, LIST, "2")
    asked = await office.says(HEAD, f"sửa nhiệm vụ thêm mới 200 hồ sơ vào kho dữ liệu; 30/11; {OFFICER}; II.3")
    assert "Thêm việc này vào danh sách 02 việc đang có, hay đây là cả danh sách?" in asked
    assert "03 việc" in await office.says(HEAD, "thêm vào danh sách")
    assert "Không có việc số 9; danh sách đang có 03 việc." in await office.says(HEAD, "sửa nhiệm vụ bỏ 9")
    assert "Không có việc số 4" in await office.says(HEAD, "thay 4: 30/11")
    said = await office.says(HEAD, f"thay 3: {SCAN} và bản đồ; II.2")
    assert f"(3) {SCAN} và bản đồ; 30/11/2027; {OFFICER}; II.2" in said
    assert "không phải là ngày" in await office.says(HEAD, "sửa nhiệm vụ thay 3: Trần Văn Lạ"), "nobody is a task"
    assert "không phải là ngày" in await office.says(HEAD, f"thay 3: {'số hóa hồ sơ ' * 40}")
    assert "01 việc" in await office.says(HEAD, "bỏ 1, 3")
    assert "nhiều nhất 30" in await office.says(
        HEAD, "sửa nhiệm vụ", "thêm: " + "\n".join(f"Nhiệm vụ số {n} của năm; 30/11; tôi" for n in range(30))
    )


async def test_a_draft_goes_to_the_head_with_its_tasks(office: Office) -> None:
    await office.says(DRAFTER, *BEGUN, LIST.replace("tôi", HEAD), "2", "gửi")
    assert await office.rows(TASKS) == [], "nobody has sent it yet"
    await office.app.db.write(lambda tx: tx.run("UPDATE person SET unit = 'QLN' WHERE name = :name", name=OFFICER))
    done = await office.says(HEAD, ":wait 1m", "/kehoach 2027", "gửi")
    assert "Đã đăng ký nhiệm vụ (02)" in done
    assert {row[2] for row in await office.rows(TASKS)} == {HEAD}, "in charge of what nobody of the unit is: its head"


async def test_the_office_lists_the_tasks_of_a_plan_on_paper(office: Office) -> None:
    paper = ("/nhapthay TTQH kehoach 2027", "văn bản", "Kế hoạch 05/KH-TTQH", "20/01/2027", "bỏ qua")
    done = await office.says(
        "office", *paper, "20/01/2027", "1", "05/KH-TTQH", "bỏ qua", LIST.replace("tôi", HEAD), "2", "gửi"
    )
    assert "✅ Đã nhập thay Trung tâm Quy hoạch xây dựng" in done
    assert [row[3] for row in await office.rows(TASKS)] == ["confirmed", "confirmed"]
    assert "phụ trách 01 nhiệm vụ" in await office.says(OFFICER, ":wait 1m")
    fixed = await office.says(HEAD, ":wait 1m", "/kehoach sua 2027", "sửa nhiệm vụ bỏ 2", "gửi")
    assert "đã hủy (01): NV-2027-004" in fixed


async def test_a_task_that_its_unit_has_cancelled_does_not_come_back(office: Office) -> None:
    await sent(office)
    await office.says(HEAD, "/huyphieu NV-2027-004", "việc chuyển cho đơn vị khác", "gửi")
    assert "Nhiệm vụ của kế hoạch (01)" in await office.says(HEAD, "/kehoach")
    await office.says(HEAD, "/kehoach sua 2027", "sửa 1 21/01/2027", "gửi")
    assert [row[3] for row in await office.rows(TASKS)] == ["confirmed", "cancelled"]


async def test_a_movement_whose_plans_have_no_tasks_asks_for_none(open_office: OpenOffice) -> None:
    office = await open_office()
    office.app.set_plan(PLAN_TEXT.replace("from_plan = true", "from_plan = false"))
    said = await office.says(HEAD, *BEGUN)
    assert "Xem lại trước khi gửi" in said
    assert "Nhiệm vụ" not in said.split("---\n")[-2]
