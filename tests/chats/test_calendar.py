"""The office's working calendar: the years of the movement, what the office sets itself, and who sees it."""

import io
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.conversation.context import Visit
from bot.dialogue.turn import Say
from bot.documents.roster import read
from bot.documents.roster_template import template
from bot.language.dates import read_span
from bot.language.i18n import Words
from bot.movement import Plan
from bot.movement.calendar import Override, days
from bot.office.calendar_listing import lines_of_year
from bot.server.control_socket import Control, address_of, ask
from bot.server.held_commands import perform
from bot.server.office import make_calendar
from handlers.calendar import next_year
from storage import chats, people
from storage.db import Tx
from tests.conftest import PLAN_TEXT, Office, OpenOffice
from tests.process.test_bad_input import thidua

pytestmark = pytest.mark.slow

CALENDAR = make_calendar()

# The years of the movement ----------------------------------------------------------------------

WEEKDAYS_OFF = {
    2026: "01/01 02/01 16/02 17/02 18/02 19/02 20/02 27/04 30/04 01/05 31/08 01/09 02/09 24/11",
    2027: "01/01 04/02 05/02 08/02 09/02 10/02 16/04 30/04 03/05 02/09 03/09 24/11",
    2028: "03/01 24/01 25/01 26/01 27/01 28/01 04/04 01/05 02/05 01/09 04/09 24/11",
    2029: "01/01 12/02 13/02 14/02 15/02 16/02 23/04 30/04 01/05 03/09 04/09 26/11",
    2030: "01/01 31/01 01/02 04/02 05/02 06/02 12/04 30/04 01/05 02/09 03/09 25/11",
}
WORKED_WEEKENDS = {2026: "10/01 22/08", 2027: "", 2028: "", 2029: "", 2030: ""}


@pytest.mark.parametrize("year", WEEKDAYS_OFF)
def test_the_days_off_of_a_year_are_these_and_no_others(year: int) -> None:
    all_of_it = list(days(date(year, 1, 1), date(year, 12, 31)))
    off = [day for day in all_of_it if day.weekday() < 5 and not CALENDAR.works(day)]
    worked = [day for day in all_of_it if day.weekday() >= 5 and CALENDAR.works(day)]
    assert " ".join(f"{day:%d/%m}" for day in off) == WEEKDAYS_OFF[year]
    assert " ".join(f"{day:%d/%m}" for day in worked) == WORKED_WEEKENDS[year]


@pytest.mark.parametrize(
    ("year", "after", "allowed", "worked"),
    [
        (2026, "Tue", "Mon", "Mon 09/11"),
        (2027, "Wed", "Tue", "Tue 09/11"),
        (2028, "Fri", "Thu", "Thu 09/11"),
        (2029, "Sat", "Fri", "Fri 09/11"),
        (2030, "Sun", "Sat", "Fri 08/11"),
    ],
)
def test_before_the_tenth_of_november_ends_on_the_ninth(year: int, after: str, allowed: str, worked: str) -> None:
    assert f"{date(year, 11, 10):%a}" == after
    assert f"{date(year, 11, 9):%a}" == allowed
    assert f"{CALENDAR.previous_workday(date(year, 11, 9)):%a %d/%m}" == worked


def test_a_year_is_a_list_of_stretches_each_with_its_name_and_document() -> None:
    own = [Override(day, True, "Nghỉ bão", "Công văn 1") for day in days(date(2026, 10, 8), date(2026, 10, 9))]
    said = [Words("vi").say(line) for line in lines_of_year(CALENDAR.setting(own), 2026, "Văn phòng Sở")]
    assert said == [
        "Ngày nghỉ:",
        "- 01/01/2026 (thứ Năm): Tết Dương lịch",
        "- 02/01/2026 (thứ Sáu): Nghỉ Tết Dương lịch, hoán đổi (căn cứ: Văn bản 12729/VPCP-KGVX ngày 25/12/2025)",
        "- 16/02/2026 (thứ Hai) đến 20/02/2026 (thứ Sáu), 05 ngày: Tết Nguyên đán",
        "- 26/04/2026 (Chủ nhật) đến 27/04/2026 (thứ Hai), 02 ngày: Ngày Giỗ Tổ Hùng Vương",
        "- 30/04/2026 (thứ Năm) đến 01/05/2026 (thứ Sáu), 02 ngày: Ngày Chiến thắng; Ngày Quốc tế Lao động",
        "- 31/08/2026 (thứ Hai) đến 02/09/2026 (thứ Tư), 03 ngày: Ngày nghỉ (thay cho ngày 22/08/2026); Quốc khánh",
        "- 08/10/2026 (thứ Năm) đến 09/10/2026 (thứ Sáu), 02 ngày: Nghỉ bão (Văn phòng Sở ghi, căn cứ: Công văn 1)",
        "- 24/11/2026 (thứ Ba): Ngày Văn hóa Việt Nam",
        "Ngày làm bù:",
        "- 10/01/2026 (thứ Bảy): Làm bù cho ngày 02/01/2026 (căn cứ: Văn bản 12729/VPCP-KGVX ngày 25/12/2025)",
        "- 22/08/2026 (thứ Bảy): Làm bù cho ngày 31/08/2026 (căn cứ: Lịch nghỉ Quốc khánh năm 2026)",
    ]


def test_a_weekend_inside_a_feast_belongs_to_it() -> None:
    said = [Words("vi").say(line) for line in lines_of_year(CALENDAR, 2027, "Văn phòng Sở")]
    assert "- 04/02/2027 (thứ Năm) đến 10/02/2027 (thứ Tư), 07 ngày: Tết Nguyên đán" in said


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ("04/02/2027 đến 10/02/2027", "2027-02-04", "2027-02-10"),
        ("Từ ngày 4/2 đến hết ngày 10/2/2028", "2028-02-04", "2028-02-10"),
        ("4 - 10/2/2028", "2028-02-04", "2028-02-10"),
        ("04/02/2028–10/02/2028", "2028-02-04", "2028-02-10"),
        ("28/12 đến 02/01/2029", "2028-12-28", "2029-01-02"),
        ("2028-02-04 đến 2028-02-10", "2028-02-04", "2028-02-10"),
        ("thứ Năm tới thứ Sáu", "2027-10-21", "2027-10-22"),
        ("30-4-2028", "2028-04-30", "2028-04-30"),
        ("24/11", "2027-11-24", "2027-11-24"),
    ],
)
def test_stretches_of_days_as_people_type_them(said: str, first: str, last: str) -> None:
    assert read_span(said, date(2027, 10, 18)) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize("said", ["", "đến", "hai ngày", "31/02/2028", "04/02/2028 đến", "đến 04/02/2028"])
def test_what_is_no_stretch_of_days(said: str) -> None:
    assert read_span(said, date(2027, 10, 18)) is None


# By hand ----------------------------------------------------------------------------------------

STORM = ("/lich nghi", "09/11/2027", "Nghỉ bão số 5", "Công văn 99/UBND-KT")


async def test_a_day_off_shows_what_it_changes_before_it_is_set(office: Office) -> None:
    said = await office.says("office", *STORM)
    assert "09/11/2027 (thứ Ba) → 08/11/2027 (thứ Hai)" in said
    assert await office.rows("SELECT * FROM holiday") == []
    assert office.app.office.calendar.works(date(2027, 11, 9))
    assert "✅ Đã ghi ngày nghỉ 09/11/2027" in await office.says("office", "gửi")
    assert not office.app.office.calendar.works(date(2027, 11, 9))
    assert await office.rows("SELECT day, off, note, source FROM holiday") == [
        ("2027-11-09", 1, "Nghỉ bão số 5", "Công văn 99/UBND-KT")
    ]
    assert await office.rows("SELECT what, about, person IS NOT NULL FROM audit WHERE what LIKE 'calendar%'") == [
        ("calendar_set", "2027-11-09", 1)
    ]


async def test_the_next_turn_and_the_next_beat_go_by_the_new_calendar(open_office: OpenOffice) -> None:
    """Three working days before the last one are 04/11; with 05/11 off they are 03/11."""
    office = await open_office(at="2027-11-02T09:00")
    assert "03/11" not in await office.says("head", "/viechan visao results 2027")
    await office.says("office", "/lich nghi", "05/11/2027", "Nghỉ bão số 5", "Công văn 99/UBND-KT", "gửi")
    assert "03/11" in await office.says("head", "/viechan visao results 2027")
    assert "Nhắc gửi báo cáo năm 2027" in await office.says("head", ":clock 2027-11-03T08:05")


async def test_nobody_is_reminded_on_a_day_that_has_become_free(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-11-08T15:00")
    assert "Nhắc gửi báo cáo" in await office.says("head", ":wait 1m")
    await office.says("office", *STORM, "gửi")
    assert await office.says("head", ":clock 2027-11-09T17:00") == ""


async def test_a_date_that_the_office_has_given_moves_too(office: Office) -> None:
    await office.says("office", "/thoihan plan 2027", "5/2/2027", "ghi ngày này", "Công văn số 20/SXD-VP", "gửi")
    said = await office.says("office", "/lich nghi", "03/02/2027", "vẫn ghi", "Nghỉ Tết sớm", "Công văn 1")
    assert "kế hoạch năm 2027: 03/02/2027 (thứ Tư) → 02/02/2027 (thứ Ba)" in said


async def test_a_restart_keeps_the_calendar(open_office: OpenOffice) -> None:
    first = await open_office()
    await first.says("office", *STORM, "gửi")
    await first.app.stop()
    second = await open_office(path=first.app.db.path)
    assert "Nghỉ bão số 5 (Văn phòng Sở ghi" in await second.says("office", "ngay nghi")


async def test_what_makes_no_sense_is_refused_with_an_example(office: Office) -> None:
    said = await office.says(
        "office",
        "/lich lambu",
        "08/11/2027",
        "01/01/2035",
        "10/11/2027 đến 09/11/2027",
        "01/11/2027 đến 02/12/2027",
        "mai mốt",
    )
    assert "08/11/2027 (thứ Hai) vốn là ngày làm việc" in said
    assert "ví dụ: 13/11/2027 (thứ Bảy)" in said
    assert "Lịch nhận các ngày từ 01/01/2026 đến 31/12/2031" in said
    assert "Ngày cuối (09/11/2027) đang đứng trước ngày đầu" in said
    assert "32 ngày" in said
    assert "chưa đọc được ngày này" in said
    assert "· Câu 2/3" not in said


async def test_a_day_off_that_is_off_already_is_harmless(office: Office) -> None:
    said = await office.says("office", "/lich nghi", "24/11/2027", "Ngày Văn hóa", "Nghị quyết 80", "gửi")
    assert "Không có ngày nào chuyển giữa làm việc và nghỉ" in said
    assert not office.app.office.calendar.works(date(2027, 11, 24))


async def test_a_make_up_saturday_is_worked_and_may_be_noted_anew(office: Office) -> None:
    await office.says("office", "/lich làm bù", "13/11/2027", "Làm bù cho ngày 09/11", "Công văn 99", "gửi")
    assert office.app.office.calendar.works(date(2027, 11, 13))
    await office.says("office", "/lich lambu", "13/11/2027", "Làm bù cho ngày 12/11", "Công văn 100", "gửi")
    assert office.app.office.calendar.own[date(2027, 11, 13)].note == "Làm bù cho ngày 12/11"


async def test_a_day_that_is_over_is_asked_about(office: Office) -> None:
    said = await office.says("office", "/lich nghi", "4/2 đến 10/2")
    assert "Ngày 10/02/2027 cách nay 08 tháng." in said
    assert "Ngày 10/02/2027 có đúng không?" in said


async def test_a_day_is_taken_back_after_a_look(office: Office) -> None:
    await office.says("office", "/lich nghi", "09/11/2027 đến 10/11/2027", "Nghỉ bão số 5", "Công văn 99", "gửi")
    said = await office.says("office", "/lich", ":tap Bỏ ngày đã ghi: 09/11/2027 đến 10/11/2027")
    assert "08/11/2027 (thứ Hai) → 09/11/2027 (thứ Ba)" in said
    assert not office.app.office.calendar.works(date(2027, 11, 9))
    await office.says("office", "/lich bo 10/11/2027 co")
    assert office.app.office.calendar.works(date(2027, 11, 10))
    assert not office.app.office.calendar.works(date(2027, 11, 9)), "only one day was taken back"
    await office.says("office", "/lich", ":tap Bỏ ngày đã ghi: 09/11/2027", ":tap Bỏ khỏi lịch")
    assert office.app.office.calendar.works(date(2027, 11, 9))
    said = await office.says("office", "/lich bo 09/11/2027-10/11/2027 co")
    assert "Không có ngày nào trong khoảng này do Văn phòng Sở ghi" in said
    assert await office.value("SELECT COUNT(*) FROM audit WHERE what = 'calendar_taken_back'") == 2


async def test_a_shipped_day_comes_back_when_the_offices_word_is_taken_back(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-10-18T08:30")
    saturday = date(2026, 8, 22)
    await office.says("office", "/lich nghi", "22/08/2026", "vẫn ghi", "Không làm bù", "Công văn 1", "gửi")
    assert not office.app.office.calendar.works(saturday)
    await office.says("office", "/lich bo 22/08/2026 co")
    assert office.app.office.calendar.works(saturday)


async def test_only_the_office_sets_the_calendar(office: Office) -> None:
    for who in ("officer", "head"):
        said = await office.says(who, "/lich", "/lich nghi", "/lich xacnhan 2028", "/lich ghi 1")
        assert said.count("Việc này do Văn phòng Sở thực hiện") == 4, said
    assert await office.rows("SELECT * FROM holiday") == []


async def test_the_bare_word_belongs_to_another_command(office: Office) -> None:
    assert "Lịch ngày nghỉ, ngày làm bù" in await office.says("office", "lich nghi")
    for said in ("lịch", "lịch nhắc"):
        assert "Thêm ngày làm bù" not in await office.says("office", said)


# The year's list --------------------------------------------------------------------------------


async def december(office: Office, year: int) -> Say | None:
    """What the office is shown of a year, made as the heartbeat will."""

    def work(tx: Tx) -> Say | None:
        person = tx.one(people.NAMED, fold="luong thi nhap")
        assert person is not None
        chat = tx.all(chats.OF_PERSON, person=person.id)[0]
        return next_year(Visit(tx, office.app.office, chat, person, office.app.now()), year)

    return await office.app.db.write(work)


async def test_the_next_years_list_is_confirmed_once(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-12-06T09:00")
    await office.says("office", "/lich")
    say = await december(office, 2028)
    assert say is not None
    lines = [Words("vi").say(line) for line in say.lines]
    assert lines[0] == "Lịch ngày nghỉ, ngày làm bù năm 2028, đề nghị Văn phòng Sở xác nhận"
    assert "- 24/01/2028 (thứ Hai) đến 29/01/2028 (thứ Bảy), 06 ngày: Tết Nguyên đán" in lines
    assert [button.says for button in say.buttons] == ["/lich xacnhan 2028", "/lich 2028"]
    said = await office.says("office", "/lich xacnhan 2028", ":wait 1d", "/lich xacnhan 2028", "/lich 2028")
    assert said.count("✅ Chuyên viên Lương Thị Nháp đã xác nhận lịch năm 2028 lúc 09:00 ngày 06/12/2027") == 3
    assert "[Xác nhận lịch năm 2028]" not in said
    assert await december(office, 2028) is None
    assert await december(office, 2031) is None, "the movement is over"
    assert await office.value("SELECT COUNT(*) FROM audit WHERE what = 'calendar_confirmed'") == 1


# By file ----------------------------------------------------------------------------------------

HEAD = "ngày;loại;ghi chú;nguồn\n"
GOOD = (
    HEAD + "08/11/2027 đến 09/11/2027;nghỉ;Nghỉ bão;Công văn 99\n"
    "13/11/2027;làm bù;Làm bù cho ngày 08/11;Công văn 99\n2026-08-22;nghỉ;Không làm bù;Công văn 1\n"
)
WRONG = (
    HEAD + "30/02/2027;nghỉ;Tết;Công văn 1\n11/11/2027;làm bù;Làm bù;Công văn 1\n12/11/2027;lễ;Lễ;Công văn 1\n"
    "15/11/2027;nghỉ;Bão;\n16/11/2027;nghỉ;Bão;CV 1\n16/11/2027;nghỉ;Bão;CV 1\n16/11;nghỉ;Bão;CV 1\n"
    "16/11/2099;nghỉ;Bão;CV 1\n01/01/2028 đến 01/06/2028;nghỉ;Bão;CV 1\n"
)


def sheet(text: str) -> bytes:
    """The same lines as a workbook, with its dates as Excel keeps them."""
    import openpyxl

    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for line in text.splitlines():
        first, *rest = line.split(";")
        page.append([_excel(first), *rest])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _excel(text: str) -> object:
    span = read_span(text, date(2000, 1, 1))
    return span[0] if span is not None and span[0] == span[1] else text


FILES: dict[str, Callable[[str], bytes]] = {"lich.csv": str.encode, "lich.xlsx": sheet}


@pytest.mark.parametrize("name", FILES)
def test_import_shows_first_and_writes_with_apply(demo_file: Path, tmp_path: Path, name: str) -> None:
    path, db = tmp_path / name, ("--db", str(demo_file))
    path.write_bytes(FILES[name](GOOD))
    before = demo_file.read_bytes()
    shown = thidua("import", str(path), *db)
    assert shown.returncode == 0, shown.stderr
    assert "Ngày nghỉ mới: 02; ngày làm bù mới: 01; thay đổi: 01; giữ nguyên: 00." in shown.stdout
    assert "~ 22/08/2026 (thứ Bảy): làm bù, Làm bù cho ngày 31/08/2026 → nghỉ, Không làm bù" in shown.stdout
    assert "báo cáo năm 2027: 09/11/2027 (thứ Ba) → 05/11/2027 (thứ Sáu)" in shown.stdout
    assert "Đơn vị mới" not in shown.stdout
    assert demo_file.read_bytes() == before
    assert thidua("import", str(path), "--apply", *db).returncode == 0
    assert "giữ nguyên: 04." in thidua("import", str(path), *db).stdout


@pytest.mark.parametrize("name", FILES)
def test_import_names_every_line_that_is_wrong(demo_file: Path, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(FILES[name](WRONG))
    said = thidua("import", str(path), "--apply", "--db", str(demo_file))
    assert said.returncode == 1
    for line in (2, 3, 4, 5, 7, 8, 9, 10):
        assert f"Dòng {line}:" in said.stdout, said.stdout
    assert "Dòng 6:" not in said.stdout
    assert "«30/02/2027» chưa đúng dạng ngày" in said.stdout
    assert "«lễ» không phải loại ngày: nghỉ, làm bù" in said.stdout
    assert "Dòng này lặp lại dòng 6." in said.stdout
    assert "Có 08 dòng cần sửa trước; chưa ghi gì." in said.stdout


async def test_an_import_beside_the_server_is_in_force_at_once(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "lich.csv"
    path.write_text(GOOD, encoding="utf-8")
    address = address_of(tmp_path / "server.db")
    control = Control(address, lambda argv, language: perform(office.app, argv, language))
    await control.start()
    try:
        _out, code = await ask(address, ["import", str(path), "--apply"], "vi")
    finally:
        await control.stop()
    assert code == 0
    assert not office.app.office.calendar.works(date(2027, 11, 9))
    assert "Nghỉ bão (Văn phòng Sở ghi" in await office.says("office", "/lich")


@pytest.mark.parametrize("name", FILES)
async def test_a_file_sent_in_the_chat_is_shown_then_written(office: Office, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(FILES[name](GOOD))
    said = await office.says("office", "/lich tep", "đây", f":file {path}", "xong")
    assert "Đề nghị gửi tệp CSV hoặc XLSX; nếu chưa có tệp, gõ «thoát»" in said
    assert "Ngày nghỉ mới: 02; ngày làm bù mới: 01; thay đổi: 01" in said
    assert await office.rows("SELECT * FROM holiday") == []
    write = said.rpartition("<Ghi tệp vào lịch>")
    assert write[1]
    id = await office.value("SELECT MAX(id) FROM file")
    said = await office.says("office", f"/lich ghi {id}")
    assert "✅ Đã ghi tệp vào lịch" in said
    assert not office.app.office.calendar.works(date(2027, 11, 9))
    assert office.app.office.calendar.works(date(2027, 11, 13))
    said = await office.says("office", f"/lich ghi {id}")
    assert "Chưa ghi gì" in said
    assert "giữ nguyên: 04" in said
    assert await office.value("SELECT COUNT(*) FROM audit WHERE what = 'calendar_set' AND person > 0") == 4


async def test_a_wrong_file_in_the_chat_is_not_written(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "lich.csv"
    path.write_text(WRONG, encoding="utf-8")
    said = await office.says("office", "/lich tep", f":file {path}", "xong")
    assert "Dòng 2: «30/02/2027»" in said
    assert "<Ghi tệp vào lịch>" not in said
    assert "<Gửi tệp khác>" in said
    said = await office.says("office", f"/lich ghi {await office.value('SELECT MAX(id) FROM file')}")
    assert "Chưa ghi gì" in said
    assert await office.rows("SELECT * FROM holiday") == []


async def test_a_roster_sent_as_a_calendar_says_so(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "units.csv"
    path.write_text("code;name;kind\nMOI;Trung tâm Mới;don_vi\n", encoding="utf-8")
    said = await office.says("office", "/lich tep", f":file {path}", "xong")
    assert "Phần đơn vị và nhân sự trong tệp không được đọc ở đây" in said
    assert await office.value("SELECT COUNT(*) FROM unit WHERE code = 'MOI'") == 0


async def test_a_file_of_another_chat_is_not_read(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "lich.csv"
    path.write_text(GOOD, encoding="utf-8")
    await office.says("officer", f":file {path}")
    said = await office.says("office", f"/lich ghi {await office.value('SELECT MAX(id) FROM file')}")
    assert "không gửi trong hội thoại này" in said
    assert await office.rows("SELECT * FROM holiday") == []


def test_the_third_sheet_of_the_template_is_the_calendar() -> None:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(template(Plan.parse(PLAN_TEXT))))
    page = book.worksheets[2]
    assert [cell.value for cell in page[1]] == ["Ngày", "Loại", "Ghi chú", "Nguồn"]
    page.append(["09/11/2027", "nghỉ", "Nghỉ bão", "Công văn 99"])
    out = io.BytesIO()
    book.save(out)
    found = read("lich.xlsx", out.getvalue())
    assert [(row.first, row.off) for row in found.days] == [(date(2027, 11, 9), True)]
    assert found.problems == []


def test_a_long_time_off_does_not_stop_the_counting() -> None:
    month = [Override(day, True, "Bão", "CV") for day in days(date(2027, 10, 20), date(2027, 11, 19))]
    assert CALENDAR.setting(month).previous_workday(date(2027, 11, 9)) == date(2027, 10, 19)
    assert CALENDAR.setting(month).without(set(days(date(2027, 10, 20), date(2027, 11, 19)))) == CALENDAR
    assert CALENDAR.setting(month).shift(date(2027, 10, 19), 1) - date(2027, 11, 19) == timedelta(days=3)
