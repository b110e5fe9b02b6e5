"""Somebody with posts in two units: one chat serves both, each message says for which, nothing is lost to either."""

import pytest

from bot.office.roster import personnel
from bot.office.roster.personnel_steps import WantedChange
from storage import chats
from storage.db import Tx
from tests.chats.test_forgetting import where
from tests.chats.test_start import invited
from tests.conftest import Office, OpenOffice

pytestmark = pytest.mark.slow

THU = "Hoàng Văn Thử"


async def two_posts(office: Office) -> int:
    """The demo's head also heads another unit; the number of that post."""

    def work(tx: Tx) -> None:
        tx.run("UPDATE person SET role = 'officer' WHERE unit = 'QLN' AND role = 'head'")
        change = personnel.plan_change(tx, office.app.plan, WantedChange(THU, post="QLN:thủ trưởng đơn vị"))
        assert change.why is None, change.why
        personnel.make_change(tx, change, office.app.office, office.app.now())

    await office.app.db.write(work)
    office.app.woken()
    return int(str(await office.value(f"SELECT id FROM person WHERE name = '{THU}' AND unit = 'QLN'")))


async def test_one_chat_serves_both_posts_and_each_says_for_which(office: Office) -> None:
    await office.says("head", "/viec")
    post = await two_posts(office)
    heard = await office.says("head", ":wait 1m", "/viec")
    assert "Với vị trí Phòng Quản lý nhà và Thị trường bất động sản:" in heard, (
        "the notice of the new post comes to the chat there is"
    )
    assert "Với vị trí Trưởng phòng, Phòng Quản lý xây dựng:" in heard
    assert "Sang Phòng Quản lý nhà và Thị trường bất động sản" in heard
    there = await office.says("head", f"/vitri {post}")
    assert "Với vị trí Phòng Quản lý nhà và Thị trường bất động sản:" in there
    assert "<Sang Trưởng phòng, Phòng Quản lý xây dựng>" in there
    assert (
        await office.value(
            "SELECT COUNT(*) FROM chat JOIN person ON person.id = chat.person WHERE person.name = 'Hoàng Văn Thử'"
        )
        == 1
    )


async def test_a_reminder_for_either_post_arrives_and_its_buttons_act_as_that_post(office: Office) -> None:
    post = await two_posts(office)
    await office.says("head", "/viec")
    heard = await office.says("head", ":wait 3d")
    assert "Với vị trí Phòng Quản lý nhà và Thị trường bất động sản:" in heard
    assert (
        await office.value(f"SELECT COUNT(*) FROM outbox WHERE person = {post} AND kind = 'daily' AND state = 'failed'")
        == 0
    )
    shown = await office.value(
        f"SELECT body FROM outbox WHERE person = {post} AND kind = 'daily' AND body IS NOT NULL ORDER BY id DESC LIMIT 1"
    )
    assert f"/vitri {post} " in str(shown)


async def spoken(office: Office) -> list[str]:
    """The machine's messages to the head of two units, by the day."""
    rows = await office.rows(
        f"SELECT outbox.day FROM outbox JOIN person ON person.id = outbox.person WHERE person.name = '{THU}' "
        "AND outbox.kind = 'daily' AND outbox.body IS NOT NULL AND outbox.state IN ('ready', 'sent') ORDER BY outbox.id"
    )
    return [str(day) for (day,) in rows]


async def test_both_posts_are_reminded_in_one_message(office: Office) -> None:
    post = await two_posts(office)
    heard = await office.says("head", ":clock 2027-12-31T16:30")
    days = await spoken(office)
    assert len(days) == len(set(days)) >= 7
    last_day = next(part for part in heard.split("---\n") if "Hôm nay là ngày cuối" in part)
    assert last_day.count("Hôm nay là ngày cuối gửi báo cáo năm 2027") == 2
    assert last_day.index("Với vị trí Trưởng phòng, Phòng Quản lý xây dựng:") < last_day.index(
        "Với vị trí Phòng Quản lý nhà và Thị trường bất động sản:"
    )
    assert f"/vitri {post} " in str(
        await office.value("SELECT body FROM outbox WHERE day = '2027-11-09' AND body LIKE '%/vitri%'")
    )


async def test_who_has_heard_in_one_post_hears_for_the_other_on_the_next_day(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-11-04T07:55")
    await office.says("head", ":clock 2027-11-04T08:30")
    post = await two_posts(office)
    await office.says("head", ":clock 2027-11-04T16:30")
    assert (await spoken(office)).count("2027-11-04") == 1
    heard = await office.says("head", ":clock 2027-11-05T08:05")
    assert "Với vị trí Phòng Quản lý nhà và Thị trường bất động sản:" in heard
    assert "Nhắc gửi báo cáo năm 2027" in heard
    said = f"SELECT COUNT(*) FROM rung WHERE person = {post} AND key LIKE 'results:2027:%'"
    assert await office.value(said) == 1


async def test_what_the_office_is_told_later_today_takes_the_other_post_along(open_office: OpenOffice) -> None:
    """Somebody of the office who drafts in another unit: at 08:00 a reminder, at 09:30 the list, in one message."""
    office = await open_office(at="2027-11-04T07:55")

    def work(tx: Tx) -> None:
        change = personnel.plan_change(tx, office.app.plan, WantedChange("Lương Thị Nháp", post="QLN:đầu mối"))
        assert change.why is None, change.why
        personnel.make_change(tx, change, office.app.office, office.app.now())

    await office.app.db.write(work)
    assert "Nhắc gửi báo cáo" not in await office.says("office", ":clock 2027-11-04T09:25")
    heard = await office.says("office", ":clock 2027-11-04T16:30")
    (together,) = [part for part in heard.split("---\n") if "Tình hình gửi báo cáo năm 2027" in part]
    assert "Nhắc gửi báo cáo năm 2027" in together


async def test_who_is_on_leave_is_so_in_every_post(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-11-03T09:00")
    await two_posts(office)
    await office.says("head", "nghỉ phép đến 8/11", "bỏ qua", "ghi lại", ":clock 2027-11-08T16:30")
    assert [day for day in await spoken(office) if day > "2027-11-03"] == []
    deputy = "La Thị Biểu Mẫu"
    assert "Nhắc gửi báo cáo năm 2027" in await office.says(deputy, ":wait 1m")


async def test_an_open_sheet_of_one_post_is_not_interrupted_for_the_other(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-11-04T07:55")
    post = await two_posts(office)
    heard = await office.says(
        "head",
        f"/vitri {post} dangky sk",
        "Đặt lịch kiểm định cầu bằng phiếu điện tử",
        ":clock 2027-11-04T08:30",
        "3",
        ":clock 2027-11-04T10:00",
    )
    before, _three, after = heard.partition("· Câu 3/")
    assert "Nhắc gửi báo cáo" not in before
    assert after.count("Nhắc gửi báo cáo năm 2027") == 2


async def test_a_sheet_begun_as_one_post_waits_while_the_other_speaks(office: Office) -> None:
    post = await two_posts(office)
    first = await office.value(f"SELECT id FROM person WHERE name = '{THU}' AND unit = 'QLXD'")
    await office.says("head", "/dangky sk", "Đặt lịch kiểm định cầu bằng phiếu điện tử")
    other = await office.says("head", f"/vitri {post} viec")
    assert "đã có 01/03 câu" not in other
    assert "đã có 01/03 câu" in await office.says("head", f"/vitri {first} viec")


async def test_nobody_takes_a_post_that_is_not_theirs(office: Office) -> None:
    post = await two_posts(office)
    said = await office.says("officer", f"/vitri {post} " * 700 + "viec")
    assert "Với vị trí" not in said
    assert "Việc của đồng chí Mẫu" in said


async def test_a_code_for_the_second_post_adds_it_to_the_chat_there_is(office: Office) -> None:
    await office.app.db.write(
        lambda tx: tx.run(
            "INSERT INTO person (name, name_fold, unit, role) VALUES (:name, 'hoang van thu', 'QLN', 'deputy')",
            name=THU,
        )
    )
    shown = await office.says(
        "office", "/moinguoi Hoàng Văn Thử", "Hoàng Văn Thử (Phòng Quản lý nhà và Thị trường bất động sản)", "gửi"
    )
    code = next(line for line in shown.splitlines() if len(line) > 7 and line.isalnum() and line.isupper())
    said = await office.says("head", f"/batdau {code}", "/batdau dongy", "/viec")
    assert "Mã này thêm một vị trí" in said
    assert "Với vị trí Phòng Quản lý nhà và Thị trường bất động sản:" in said
    assert "Sang Trưởng phòng, Phòng Quản lý xây dựng" in said
    assert await office.value(f"SELECT COUNT(DISTINCT COALESCE(human, id)) FROM person WHERE name = '{THU}'") == 1


async def test_a_code_of_somebody_else_still_takes_the_chat_over(office: Office) -> None:
    shown = await office.says("office", "/moinguoi Nông Văn Mẫu")
    code = next(line for line in shown.splitlines() if len(line) > 7 and line.isalnum() and line.isupper())
    await office.says("head", f"/batdau {code}", "/batdau dongy")
    assert await office.value("SELECT COUNT(*) FROM person WHERE human IS NOT NULL") == 0


async def test_who_leaves_one_post_keeps_the_other(office: Office) -> None:
    post = await two_posts(office)
    await office.says("head", f"/vitri {post} viec")

    def work(tx: Tx) -> None:
        change = personnel.plan_change(tx, office.app.plan, WantedChange(f"#{post}", end=True))
        assert change.why is None
        personnel.make_change(tx, change, office.app.office, office.app.now())

    await office.app.db.write(work)
    said = await office.says("head", "/viec")
    assert "Việc của đồng chí Thử" in said
    assert "Với vị trí" not in said


@pytest.mark.parametrize("wrong", ["QLN", "QLN:sếp", "KHONG:trưởng phòng", "QLXD:trưởng phòng"])
async def test_a_post_that_is_none_is_refused(office: Office, wrong: str) -> None:
    def work(tx: Tx) -> bool:
        return personnel.plan_change(tx, office.app.plan, WantedChange(THU, post=wrong)).why is not None

    assert await office.app.db.write(work)


# What concerns the person and not the post -------------------------------------------------------


async def test_who_withdraws_is_forgotten_in_every_post(office: Office) -> None:
    post = await two_posts(office)
    await office.app.db.write(
        lambda tx: tx.run("UPDATE person SET phone = '+84912345678' WHERE name = :name", name=THU)
    )
    await office.says("head", f"/vitri {post} dangky sk", "Lịch kiểm định cầu Thạch sùng", "thoát", "/viec")
    first = await office.value(f"SELECT id FROM person WHERE name = '{THU}' AND unit = 'QLXD'")
    await office.says("head", f"/vitri {first} viec", "/rutdongy co", ":wait 1d")
    assert await where(office, "Thạch sùng") == {}
    assert await where(office, "+84912345678") == {}
    assert (
        await office.value(f"SELECT COUNT(*) FROM outbox WHERE person IN ({first}, {post}) AND state = 'waiting'") == 0
    )


async def test_an_intruder_who_changes_the_post_is_logged_out_all_the_same(office: Office) -> None:
    await office.says("head", "/viec")
    post = await two_posts(office)
    code = await invited(office, f"/moinguoi {THU}", f"{THU} (Phòng Quản lý xây dựng)", "gửi")
    new = "stranger:máy lạ"
    await office.says(new, f"/batdau {code}", "/batdau dongy", f"/vitri {post} viec")
    said = await office.says("head", ":wait 1m", ":tap Không phải tôi")
    assert "vừa được mở" in said
    assert "Đã đăng xuất máy ở trang web" in said
    assert "Việc của" not in await office.says(new, "việc")


async def test_a_telephone_number_opens_no_post_beside_which_there_is_a_greater_one(office: Office) -> None:
    post = await two_posts(office)

    def work(tx: Tx) -> None:
        tx.run(
            "UPDATE person SET phone = '+84912345678', role = 'officer' WHERE name = :name AND id <> :post",
            name=THU,
            post=post,
        )
        tx.run("UPDATE person SET role = 'chief', phone = NULL WHERE id = :post", post=post)

    await office.app.db.write(work)
    chat = (await office.chat("stranger:điện thoại"))._chat
    await office.app.receive(chat, "p1", {"text": "", "phone": "84912345678"})
    await office.app.drain()
    said = str(await office.value(f"SELECT body FROM outbox WHERE chat = {chat.id}"))
    assert "dongy" not in said
    assert "mã mời" in said


async def test_a_namesake_who_has_a_chat_is_not_taken_for_one_more_post(office: Office) -> None:
    def work(tx: Tx) -> None:
        id = tx.value(
            "INSERT INTO person (name, name_fold, unit, role) VALUES (:name, 'hoang van thu', 'QLN', 'deputy') RETURNING id",
            name=THU,
        )
        chat = chats.at(tx, channel="local", address="web:namesake", look="web")
        chats.link(tx, chat=chat.id, person=id)

    await office.app.db.write(work)
    code = await invited(office, f"/moinguoi {THU}", f"{THU} (Phòng Quản lý nhà và Thị trường bất động sản)", "gửi")
    said = await office.says("head", f"/batdau {code}", "/batdau dongy")
    assert "thêm một vị trí" not in said
    assert await office.value("SELECT COUNT(*) FROM person WHERE human IS NOT NULL") == 0
    told = await office.value("SELECT COUNT(*) FROM outbox WHERE news = 'new_device'")
    assert told == 1, "whoever has that post learns of it"


async def test_what_was_asked_as_one_post_is_answered_when_the_other_speaks(office: Office) -> None:
    post = await two_posts(office)
    chat = (await office.chat("head"))._chat
    await office.app.receive(chat, "j1", {"text": "/tiendo 2027"})
    await office.app.dispatcher.idle()
    assert await office.value("SELECT COUNT(*) FROM job WHERE state = 'waiting'") == 1
    await office.app.receive(chat, "j2", {"text": f"/vitri {post} viec"})
    await office.app.drain()
    assert await office.value("SELECT state FROM job") == "done"


async def test_my_data_names_every_post_and_the_numbers_of_each(office: Office) -> None:
    post = await two_posts(office)
    await office.app.db.write(lambda tx: tx.run(f"UPDATE person SET phone = '+84912345678' WHERE id = {post}"))
    shown = await office.says("head", "/dulieucuatoi")
    assert shown.count("Danh sách: ") == 2
    assert "Điện thoại: 0912345678" in shown
