"""Duties that the plan file alone tells of: papers of some units twice a year, of the office every quarter, in two years only."""

import pytest

from bot.movement.plan import Plan
from tests.conftest import PLAN_TEXT, Office, OpenOffice
from tests.transcribing import FOLDER, LOOKS, transcribe

pytestmark = pytest.mark.slow

DUTIES = """[[duties]]
code = "nua"
name = "báo cáo"
how = "paper"
basis = "office"
of = ["phong"]
every = "half"
parts = [
    { name = "sáu tháng đầu năm", opens = "06-01", before = "06-21", locks = "07-31" },
    { name = "sáu tháng cuối năm", opens = "10-20", before = "11-21", locks = "12-31" },
]

[[duties]]
code = "quy"
name = "báo cáo"
how = "paper"
basis = "office"
by = "office"
every = "quarter"
ladder = "office"
parts = [
    { name = "quý I", opens = "03-15", before = "04-05", locks = "04-30" },
    { name = "quý II", opens = "06-15", before = "07-05", locks = "07-31" },
    { name = "quý III", opens = "09-15", before = "10-05", locks = "10-15" },
    { name = "quý IV", opens = "12-15", before = "01-08", locks = "01-31" },
]

[[duties]]
code = "ky"
name = "báo cáo sơ kết, tổng kết phong trào"
how = "paper"
clause = "IV"
by = "office"
years = [2027, 2030]
opens = "10-01"
ladder = "office"

"""
TEXT = PLAN_TEXT.replace("[[duties]]", DUTIES + "[[duties]]", 1)
LAST = "báo cáo sáu tháng cuối năm 2027"


@pytest.fixture
async def planned(open_office: OpenOffice) -> Office:
    """The demo's office on the morning on which the second half opens."""
    office = await open_office(at="2027-10-20T07:00")
    Plan.parse(TEXT, office.app.office.features.commands)
    office.app.set_plan(TEXT)
    return office


async def report_is_sent(office: Office) -> None:
    """The head's unit has nothing else to send."""
    sent = (
        "INSERT INTO report_version (unit, year, code, by, at, plan_hash) "
        "VALUES ('QLXD', 2027, 'BC-2027-QLXD', 1, '2027-10-18T02:00:00.000000Z', '')"
    )
    await office.app.db.write(lambda tx: tx.run(sent))


# A paper of some units, twice a year ------------------------------------------------------------


async def test_a_part_opens_is_reminded_of_and_recorded(planned: Office) -> None:
    await report_is_sent(planned)
    said = await planned.says("head", ":clock 2027-10-20T08:05")
    assert f"Mở kỳ gửi {LAST}" in said
    assert "Theo quy định của Văn phòng Sở, thời hạn đến hết ngày 20/11/2027" in said
    assert f"Nhắc gửi {LAST}" in await planned.says("head", ":clock 2027-11-10T08:05")
    assert f"Gửi {LAST}: đến hết ngày 20/11/2027" in await planned.says("head", "việc")
    done = await planned.says("head", "/vanban nua.2", "10/11/2027", "15/BC-QLXD", "gửi")
    assert "Báo cáo sáu tháng cuối năm 2027 · Câu 1/2" in done
    assert f"{LAST} gửi ngày 10/11/2027, trước hạn 10 ngày." in done
    again = await planned.says("head", "/vanban NUA.2 2027")
    assert "Báo cáo sáu tháng cuối năm 2027 đã được ghi là gửi ngày 10/11/2027." in again
    assert LAST not in await planned.says("head", "việc", ":clock 2027-11-19T08:05")


async def test_what_is_sent_late_is_said_to_be_late(planned: Office) -> None:
    await report_is_sent(planned)
    said = await planned.says("head", ":clock 2027-11-22T08:05")
    assert f"Đã quá hạn gửi {LAST}" in said or f"gửi {LAST} đã quá hạn" in said
    done = await planned.says("head", "/vanban nua.2 2027", "22/11/2027", "bỏ qua", "gửi")
    assert "gửi sau hạn 02 ngày" in done


async def test_what_was_sent_in_time_is_in_time_whenever_it_is_recorded(planned: Office) -> None:
    await planned.says("head", ":clock 2027-11-24T09:00")
    assert "trong ngày cuối của thời hạn" in await planned.says("head", "/vanban nua.2", "20/11", "bỏ qua", "gửi")
    assert f"Đã gửi {LAST}: ngày 20/11/2027" in await planned.says("head", "/donvi")


async def test_a_wrong_day_is_corrected_until_it_is_locked(planned: Office) -> None:
    await planned.says("head", ":clock 2027-10-21T09:00", "/vanban nua.2", "21/10", "bỏ qua", "gửi")
    again = await planned.says("head", "/vanban nua.2", "/vanban nua.2 2027 sua")
    assert "Sửa" in again
    assert "Xem lại trước khi ghi là đã gửi" in again
    await planned.says("head", "sửa 1 20/10/2027", "sửa 2 15/BC-QLXD", "gửi")
    assert await planned.rows("SELECT day, number FROM fulfilment WHERE duty = 'nua.2'") == [
        ("2027-10-20", "15/BC-QLXD")
    ]
    locked = await planned.says("head", ":clock 2028-01-04T09:00", "/vanban nua.2 2027 sua")
    assert "đã kết thúc ngày 31/12/2027" in locked


async def test_a_part_is_promised_and_comes_back_when_the_day_is_over(planned: Office) -> None:
    await planned.says("head", ":clock 2027-11-12T09:00")
    said = await planned.says("head", "/hen nua.2 2027 17/11")
    assert "✅ Đã ghi" in said
    assert await planned.value("SELECT duty FROM promise WHERE unit = 'QLXD'") == "nua.2"
    assert LAST not in await planned.says("head", ":clock 2027-11-17T08:05")
    assert LAST in await planned.says("head", ":clock 2027-11-18T08:05")


async def test_an_officer_writes_it_down_and_the_head_records_it(planned: Office) -> None:
    await planned.says("head", ":clock 2027-10-21T09:00")
    given = await planned.says("head", "/giao nua.2 2027 Nông Văn Mẫu")
    assert f"soạn {LAST}" in given
    passed = await planned.says("Nông Văn Mẫu", "/vanban nua.2 2027", "21/10", "bỏ qua", "gửi")
    assert "Đã chuyển dự thảo" in passed
    assert await planned.rows("SELECT * FROM fulfilment WHERE duty = 'nua.2'") == []
    told = await planned.says("head", ":wait 2h")
    assert "đã có dự thảo ghi nhận việc gửi" in told
    assert "✅ Đã ghi" in await planned.says("head", "/vanban nua.2 2027", "gửi")
    assert "đã được ghi là gửi ngày 21/10/2027" in await planned.says("Nông Văn Mẫu", ":wait 2h")


async def test_only_units_of_that_kind_owe_it(planned: Office) -> None:
    """The demo's quality centre is a unit of another kind."""
    (head,) = await planned.rows(
        "SELECT person.name FROM person JOIN unit ON unit.code = person.unit"
        " WHERE unit.kind = 'don_vi' AND person.role = 'head' AND person.active LIMIT 1"
    )
    assert "sáu tháng" not in await planned.says(head[0], ":clock 2027-10-20T08:05", "việc", "/donvi")
    assert "không thuộc diện gửi báo cáo sáu tháng cuối năm" in await planned.says(head[0], "/vanban nua.2 2027")


async def test_a_unit_of_another_kind_since_owes_it_no_more(planned: Office) -> None:
    await planned.says("head", ":clock 2027-10-20T08:05")
    await planned.app.db.write(lambda tx: tx.run("UPDATE unit SET kind = 'don_vi' WHERE code = 'QLXD'"))
    assert "sáu tháng" not in await planned.says("head", "việc", "/donvi", ":clock 2027-11-10T08:05")
    listed = await planned.says("office", "chưa gửi 2027", ":wait 1m")
    assert "sáu tháng cuối năm" in listed
    of_it = next(line for line in listed.split("\n") if "sáu tháng cuối năm" in line)
    assert "Phòng Quản lý xây dựng" not in of_it


async def test_the_office_moves_one_part_and_no_other(planned: Office) -> None:
    said = await planned.says("office", "/thoihan nua.2 2027", "30/11/2027", "Công văn số 40/SXD-VP", "gửi")
    assert f"✅ Đã ghi thời hạn {LAST}: đến hết ngày 30/11/2027" in said
    dates = await planned.says("office", "/thoihan")
    assert "Thời hạn báo cáo sáu tháng đầu năm 2027: đến hết ngày 20/06/2027, theo quy định của Văn phòng Sở" in dates
    assert f"Thời hạn {LAST}: đến hết ngày 30/11/2027, theo Công văn số 40/SXD-VP" in dates
    said = await planned.says("head", ":clock 2027-11-15T08:05", "/visao nua.2 2027")
    assert f"Theo quy định của Văn phòng Sở, việc gửi {LAST}" in said or LAST in said
    assert "30/11/2027" in said


async def test_why_says_by_which_rule_and_how_many_others(planned: Office) -> None:
    await planned.says("head", ":clock 2027-11-10T08:05")
    said = await planned.says("head", "/visao nua.2 2027")
    assert LAST in said
    assert "Văn phòng Sở" in said
    units = int(str(await planned.value("SELECT COUNT(*) FROM unit WHERE active AND kind = 'phong'")))
    assert f"{units - 1:02} đơn vị khác chưa gửi" in said


async def test_the_office_sees_who_has_not_sent_and_may_urge(planned: Office) -> None:
    await planned.says("office", ":clock 2027-11-10T14:00")
    listed = await planned.says("office", "chưa gửi 2027", ":wait 1m")
    assert "Chưa gửi báo cáo sáu tháng cuối năm (10)" in listed
    assert "Chưa gửi báo cáo sáu tháng đầu năm (10)" in listed, "what is locked was not sent by all"
    assert "/10 đơn vị, hạn hết ngày 20/11/2027" in await planned.says("office", ":clock 2027-11-15T09:35")
    said = await planned.says("office", "đôn đốc báo cáo sáu tháng cuối năm", ":tap Dùng câu soạn sẵn", "1")
    assert f"Đôn đốc {LAST} · Câu 1/2" in said
    assert f"đang tổng hợp {LAST}. Đề nghị đồng chí gửi báo cáo sáu tháng cuối năm của đơn vị" in said


async def test_the_calendar_says_which_last_day_it_moves(planned: Office) -> None:
    said = await planned.says("office", "/lich nghi", "19/11/2027", "nghỉ", "văn bản 15/SXD")
    assert f"gửi {LAST}: 19/11/2027 (thứ Sáu) → 18/11/2027 (thứ Năm)" in said


async def test_what_is_not_open_yet_is_not_said_to_be_missing(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-10-19T09:00")
    office.app.set_plan(TEXT)
    listed = await office.says("office", "chưa gửi 2027", ":wait 1m")
    assert "báo cáo sáu tháng cuối năm: gửi được từ ngày 20/10/2027" in listed


async def test_a_year_is_rehearsed_with_its_parts(planned: Office) -> None:
    said = await planned.says("head", "/lichnhac")
    assert LAST in said
    said = await planned.says("office", "/chaythu 2027", ":wait 1m")
    assert "Chạy thử" in said


# The office's own -------------------------------------------------------------------------------


async def test_the_last_quarter_ends_in_the_next_year(planned: Office) -> None:
    said = await planned.says("office", ":clock 2027-12-28T08:05")
    assert "Nhắc gửi báo cáo quý IV năm 2027" in said or "báo cáo quý IV năm 2027" in said
    await planned.says("office", ":clock 2028-01-04T09:00")
    assert "Gửi báo cáo quý IV năm 2027: đến hết ngày 07/01/2028" in await planned.says("office", "việc")
    done = await planned.says("office", "/vanban quy.4", "04/01/2028", "01/BC-SXD", "gửi")
    assert "báo cáo quý IV năm 2027 gửi ngày 04/01/2028." in done
    assert "quý IV năm 2027" not in await planned.says("office", "việc", ":clock 2028-01-07T08:05")


async def test_what_was_not_recorded_locks(planned: Office) -> None:
    said = await planned.says("office", "/vanban quy.3 2027")
    assert "Thời gian gửi báo cáo quý III năm 2027 đã kết thúc ngày 15/10/2027" in said


async def test_a_duty_of_two_years_waits_for_its_date_in_those_alone(planned: Office) -> None:
    listed = await planned.says("office", "/thoihan")
    assert "Chưa có thời hạn: báo cáo sơ kết, tổng kết phong trào năm 2027" in listed
    assert "phong trào năm 2026" not in listed
    assert "Nhập thời hạn báo cáo sơ kết, tổng kết phong trào năm 2027" in await planned.says("office", "việc")
    said = await planned.says("office", "/thoihan ky 2027", "15/12/2027", "Công văn số 41/SXD-VP", "gửi")
    assert "✅ Đã ghi thời hạn báo cáo sơ kết, tổng kết phong trào năm 2027" in said
    why = await planned.says("office", ":clock 2027-12-06T08:05", "/visao ky 2027")
    assert "mục IV" in why
    assert "2027, 2030" in await planned.says("office", "/vanban ky 2026")


async def test_an_undated_part_is_asked_for_when_it_opens_soon(open_office: OpenOffice) -> None:
    """Though it opens in the year after the one it is of."""
    office = await open_office(at="2027-12-27T07:00")
    office.app.set_plan(TEXT.replace('opens = "12-15", before = "01-08", locks = "01-31"', 'opens = "01-04"'))
    said = await office.says("office", ":clock 2028-01-04T09:35")
    assert "báo cáo quý IV năm 2027" in said


async def test_a_command_without_a_code_asks_which_paper(planned: Office) -> None:
    said = await planned.says("head", ":clock 2027-10-20T09:00", "/vanban")
    assert "Văn bản nào đã gửi?" in said
    assert f"Gửi {LAST}" in said
    assert "quý" not in said


# Another plan in mid-year -----------------------------------------------------------------------


async def test_a_plan_that_changes_how_often_it_is_owed_loses_nothing_and_raises_nothing(planned: Office) -> None:
    await planned.says("head", ":clock 2027-10-21T09:00", "/vanban nua.2", "21/10", "bỏ qua", "gửi")
    await planned.says("Hà Văn Thí Dụ", "/vanban nua.2", "21/10")
    yearly = TEXT.replace('every = "half"\n', "").replace(
        DUTIES[DUTIES.index('parts = [\n    { name = "sáu') : DUTIES.index('[[duties]]\ncode = "quy"')],
        'before = "11-21"\n\n',
    )
    Plan.parse(yearly, planned.app.office.features.commands)
    planned.app.set_plan(yearly)
    said = await planned.says("head", "việc", "/donvi", "/vanban nua.2 2027", "/visao nua.2 2027", "/hen nua.2 2027")
    said += await planned.says("Hà Văn Thí Dụ", "bỏ qua", "gửi", "việc")
    said += await planned.says("office", "/thoihan nua.2 2027", "chưa gửi 2027", ":wait 1m", ":clock 2027-11-10T08:05")
    assert "chưa trả lời được" not in said
    assert len(await planned.rows("SELECT * FROM fulfilment WHERE duty = 'nua.2' AND unit = 'QLXD'")) == 1
    planned.app.set_plan(TEXT)
    assert f"Đã gửi {LAST}: ngày 21/10/2027" in await planned.says("head", "/donvi")


# The same ways under other codes ----------------------------------------------------------------


async def test_a_report_of_another_code_is_a_report(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-11-03T09:00")
    text = PLAN_TEXT
    for code in ("plan", "registration", "results", "confirmation", "provincial", "narrative"):
        text = text.replace(f'[[duties]]\ncode = "{code}"', f'[[duties]]\ncode = "viec-{code[:3]}"')
    office.app.set_plan(text)
    before = await office.says("head", ":clock 2027-11-04T08:05", "/visao baocao 2027", "việc", "/donvi")
    assert "Nhắc gửi báo cáo năm 2027" in before
    assert "Đã gửi kế hoạch năm 2027" in before
    assert "Đơn vị chưa gửi báo cáo năm 2027" in await office.says("office", "chưa gửi 2027", ":wait 1m")
    assert "Đôn đốc" in await office.says("office", "đôn đốc", "thoát")
    said = await office.says("office", "/thoihan viec-res 2027", "19/11/2027", "Công văn số 231/SXD-VP", "gửi")
    assert "✅ Đã ghi thời hạn báo cáo năm 2027" in said
    assert str(await office.value("SELECT COUNT(*) FROM deadline WHERE duty = 'viec-res'")) == "1"
    assert "chưa trả lời được" not in before + said


@pytest.mark.parametrize(
    ("code", "words", "who", "typed"),
    [
        ("plan", "Kế hoạch không giao việc này", "head", "/kehoach 2027"),
        ("registration", "Kế hoạch không giao việc này", "head", "/xacnhan chot"),
        ("provincial", "chưa được mở", "office", "/baocaotinh 2027"),
        ("confirmation", "chờ", "head", "/xacnhan"),
    ],
)
async def test_a_command_whose_duty_the_plan_has_not_says_so(
    office: Office, code: str, words: str, who: str, typed: str
) -> None:
    start = PLAN_TEXT.index(f'[[duties]]\ncode = "{code}"')
    office.app.set_plan(PLAN_TEXT[:start] + PLAN_TEXT[start:].partition("\n\n")[2])
    said = await office.says(who, typed)
    assert words in said
    assert "chưa trả lời được" not in said + await office.says(who, "việc", "/menu", ":clock 2027-10-25T08:05")


# As it was agreed -------------------------------------------------------------------------------

CONVERSATIONS: dict[str, list[tuple[str, list[str]]]] = {
    "paper_of_a_unit": [
        ("head", [":clock 2027-10-20T08:05", "/visao nua.2 2027", "/giao nua.2 2027 Nông Văn Mẫu"]),
        ("Nông Văn Mẫu", [":wait 2h", "/vanban", "/vanban nua.2 2027", "20/10/2027", "15/BC-QLXD", "gửi"]),
        ("head", [":wait 2h", "/vanban nua.2 2027", "gửi", "/vanban nua.2 2027", "/donvi"]),
        ("Nông Văn Mẫu", [":wait 2h"]),
        ("Phùng Văn Hình Dung", ["/hen nua.2 2027 12/11", "/visao nua.2 2027", "việc"]),
    ],
    "paper_of_the_office": [
        (
            "office",
            [
                "/thoihan ky 2027",
                "15/12/2027",
                "Công văn số 41/SXD-VP",
                "gửi",
                "/visao ky 2027",
                "/vanban ky 2027",
                "19/10/2027",
                "01/BC-SXD",
                "gửi",
                "/vanban ky 2027",
                "/vanban quy.3 2027",
                "/vanban quy.4 2027",
                "/vanban",
                "việc",
            ],
        )
    ],
}


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", CONVERSATIONS)
async def test_the_conversation_is_as_it_was_agreed(name: str, look: str, planned: Office, record: bool) -> None:
    await transcribe(planned, CONVERSATIONS[name], look, FOLDER / "papers" / f"{name}.{look}.txt", record)
