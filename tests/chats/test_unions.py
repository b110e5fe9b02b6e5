"""Unions: invited to a short account of their own, never late, asked for nothing else."""

import pytest

from bot.movement.plan import BadPlan, Plan
from storage import people, unions
from storage.db import Tx
from tests.chats.test_figures import line_of
from tests.conftest import PLAN_TEXT, Office, OpenOffice
from tests.transcribing import FOLDER, LOOKS, Conversation, transcribe

pytestmark = pytest.mark.slow

SECRETARY = "Chu Thị Đoàn Viên"


async def with_union(office: Office) -> Office:
    """The office with a Youth Union, whose secretary has agreed to the data notice."""

    def add(tx: Tx) -> None:
        people.add_unit(tx, code="DTN", name="Đoàn Thanh niên", kind="doan_the")
        people.add_person(
            tx,
            name=SECRETARY,
            name_fold="chu thi doan vien",
            position="Bí thư",
            kind="cong_chuc",
            unit="DTN",
            role="union",
        )

    await office.app.db.write(add)
    return office


async def sent(office: Office) -> str:
    return await office.says(
        SECRETARY,
        "/baocao",
        "Phổ biến Kế hoạch cho 45 đoàn viên",
        "Vận động 12 đoàn viên đăng ký sáng kiến",
        "Số hóa 300 hồ sơ hoàn công",
        "gửi",
    )


async def test_a_union_is_invited_to_its_own_account_and_to_nothing_else(office: Office) -> None:
    await with_union(office)
    tasks = await office.says(SECRETARY, "việc")
    assert "Mời gửi phần tuyên truyền, vận động năm 2027" in tasks
    assert "nothing overdue" not in tasks
    assert "không có việc quá hạn" in tasks
    for other in ("kế hoạch năm", "danh sách đăng ký", "báo cáo năm"):
        assert other not in tasks
    opened = await office.says(SECRETARY, "/baocao")
    assert "Tuyên truyền" in opened.split("\n")[0]
    assert "Chỉ tiêu" not in opened


@pytest.mark.parametrize("at", ["2027-11-20T09:00", "2027-12-30T09:00"])
async def test_a_union_is_never_overdue(open_office: OpenOffice, at: str) -> None:
    office = await with_union(await open_office(at))
    for words in ("việc", "/donvi"):
        said = await office.says(SECRETARY, words)
        assert "quá hạn" not in said.replace("không có việc quá hạn", "").lower()
        assert "vẫn tiếp nhận đến hết ngày 31/12/2027" in said


async def test_what_a_union_does_not_owe_is_said_when_it_asks(office: Office) -> None:
    await with_union(office)
    for command in ("/kehoach", "/kehoach 2027"):
        assert "Đoàn thể không phải gửi kế hoạch năm" in await office.says(SECRETARY, command)


async def test_the_summary_shows_what_unions_tell_and_counts_them_in_no_sum(office: Office) -> None:
    before = await office.says("office", "tổng hợp 2027")
    await with_union(office)
    waiting = await office.says("office", "tổng hợp 2027")
    assert line_of(waiting, "Đã gửi:") == line_of(before, "Đã gửi:")
    assert "- Đoàn Thanh niên: chưa gửi (được mời, không phải báo cáo)" in waiting
    said = await sent(office)
    assert "✅ Đã gửi phần tuyên truyền, vận động năm 2027" in said
    assert "Sửa được đến hết ngày 31/12/2027" in said
    after = await office.says("office", "tổng hợp 2027")
    assert "Đoàn thể, phần tuyên truyền, vận động: đã gửi 01/01" in after
    assert "Tuyên truyền: Phổ biến Kế hoạch cho 45 đoàn viên" in after
    assert "Công trình, phần việc thanh niên: Số hóa 300 hồ sơ hoàn công" in after
    for line in ("Đã gửi:", "1. Đơn vị có kế hoạch", "2. Sử dụng", "5. Giấy", "6. Tập huấn"):
        assert line_of(after, line) == line_of(before, line)
    assert "Mời gửi" not in await office.says(SECRETARY, "việc")


async def test_an_account_that_was_sent_can_be_looked_at_and_changed(office: Office) -> None:
    await with_union(office)
    await sent(office)
    assert "45 đoàn viên" in await office.says(SECRETARY, "/baocao")
    await office.says(SECRETARY, "/baocao sua 2027", "sửa 1 Phổ biến cho 50 đoàn viên", "gửi")
    assert "50 đoàn viên" in await office.says(SECRETARY, "/baocao xem 2027")
    assert await office.value("SELECT version FROM union_account") == 2


async def test_a_union_hears_an_invitation_at_the_opening_and_once_before_the_end(office: Office) -> None:
    await with_union(office)
    heard = await office.says(SECRETARY, ":wait 1h", ":clock 2027-11-04T09:00", ":clock 2027-12-30T16:00")
    assert heard.count("Mời Đoàn Thanh niên gửi phần tuyên truyền, vận động năm 2027") == 2
    assert "quá hạn" not in heard.lower()
    assert "Nhắc" not in heard


async def test_whoever_has_told_is_not_invited_again(office: Office) -> None:
    await with_union(office)
    await sent(office)
    assert "Mời" not in await office.says(SECRETARY, ":clock 2027-11-04T09:00", ":clock 2027-12-30T16:00")


async def test_nobody_asks_for_a_unions_baseline(office: Office) -> None:
    await with_union(office)
    assert "Đoàn Thanh niên" not in await office.says("office", "việc", "/mocgiay")
    assert "Câu 1" not in await office.says("office", "/mocgiay DTN")


async def test_a_union_has_no_list_to_close(office: Office) -> None:
    await with_union(office)
    assert "Chốt danh sách" not in await office.says(SECRETARY, "/xacnhan")
    for said in ("/xacnhan chot", "/xacnhan chot co", "/xacnhan khongdangky"):
        assert "Tổ chức đoàn thể không phải chốt danh sách đăng ký." in await office.says(SECRETARY, said)
    assert await office.value("SELECT COUNT(*) FROM closed_list WHERE unit = 'DTN'") == 0


def test_a_plan_invites_unions_with_sections_to_fill() -> None:
    with pytest.raises(BadPlan):
        Plan.parse(PLAN_TEXT.replace('by = "union"', 'by = "unit"'))


async def test_as_last_year_means_what_the_union_wrote_then(office: Office) -> None:
    await with_union(office)
    said = await office.says(SECRETARY, "/baocao", "như năm ngoái")
    assert "Báo cáo năm 2026 không có nội dung ở mục này" in said

    def wrote(tx: Tx) -> None:
        by = tx.value("SELECT id FROM person WHERE unit = 'DTN'")
        unions.put(tx, unit="DTN", year=2026, answers={"tuyen_truyen": "Ra quân"}, by=by, now=office.app.now())

    await office.app.db.write(wrote)
    assert "«Ra quân»" in await office.says(SECRETARY, "như năm ngoái")


# As it was agreed ---------------------------------------------------------------------------------

AGREED: Conversation = [
    (
        SECRETARY,
        [
            "viec",
            "báo cáo",
            "Phổ biến Kế hoạch cho 45 đoàn viên tại sinh hoạt tháng Chín",
            "quay lại",
            "Phổ biến Kế hoạch cho 45 đoàn viên tại sinh hoạt tháng Mười",
            "Vận động 12 đoàn viên đăng ký sáng kiến; mở 02 buổi tự học trí tuệ nhân tạo",
            "Số hóa 300 hồ sơ hoàn công, xong ngày 20/9",
            "gui",
            "bao cao",
        ],
    ),
    ("office", [":wait 20m", "/tonghop 2027"]),
]


@pytest.mark.parametrize("look", LOOKS)
async def test_the_conversation_is_as_it_was_agreed(office: Office, look: str, record: bool) -> None:
    await with_union(office)
    await transcribe(office, AGREED, look, FOLDER / f"union_account.{look}.txt", record)
