"""A past year's workbook given again, put right, beside what was sent in the chat; odd but good files; other plans, other years."""

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import date
from pathlib import Path

import pytest

from bot.documents.past_year_sheets import KnownUnit
from bot.movement import Plan
from bot.server.clock import at_office
from storage import results
from storage.db import Tx
from tests.conftest import PLAN_TEXT, SCHOOL, Office
from tests.past_years import (
    BEGINS,
    KNOWN,
    PEOPLE,
    PLAN,
    UNITS,
    YEAR,
    Cells,
    begun,
    figures,
    founded,
    founded_late,
    item,
    taken,
    workbook,
)
from tests.workbooks import book, sheet

Lines = Mapping[str, Sequence[Cells]]
SCHOOL_TEXT = SCHOOL.plan.read_text(encoding="utf-8")


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    """An office that begins in November 2026."""
    path = tmp_path / "office.db"
    await founded_late(path)
    async with begun(path, PLAN_TEXT, BEGINS) as office:
        yield office


async def take(office: Office, lines: Lines, year: int = 2026) -> str:
    """Take a workbook over; what is said."""
    said, code = await taken(office, year, workbook(PLAN, year, KNOWN, lines), "--apply")
    assert code == 0, said
    return said


async def refused(office: Office, data: bytes, year: int = 2026) -> str:
    """What is said of a workbook that cannot be taken; nothing is written."""
    said, code = await taken(office, year, data, "--apply")
    assert code == 1, said
    assert await office.value("SELECT COUNT(*) FROM report_version") == 0
    assert "Traceback" not in said
    return said


# Again ----------------------------------------------------------------------------------------


async def test_a_corrected_file_changes_what_was_taken_over(office: Office) -> None:
    await take(office, YEAR)
    first, *others = YEAR["items"]
    better = {**YEAR["results"][1], "2|n": 18, "number": "9/BC-QLXD", "day": "02/11/2026"}
    corrected = {
        "results": (better,),
        "items": (
            {**first, "authors": "Nông Văn Mẫu 60; Lý Thị Ví Dụ 40", "decision": "46/QĐ-SXD"},
            others[0],
            {**others[1], "level": None, "decision": None, "decided": None},
            {**others[2], "code": "SK-2026-004", "title": "Bản đồ số các tuyến đường huyện"},
        ),
        "plans": ({**YEAR["plans"][0], "number": "10/KH-VP"}, *YEAR["plans"][1:]),
        "lists": ({"unit": "QLXD", "state": "đã chốt", "day": "14/03/2026"},),
        "baselines": ({**YEAR["baselines"][0], "ten_months": 61},),
    }
    said = await take(office, corrected)
    assert (
        "Thay đổi: 01 báo cáo, 05 số liệu, 01 kế hoạch, 01 danh sách đăng ký, 03 nội dung đăng ký, 01 mốc so sánh."
        in said
    )
    assert "Không đổi: 02 kế hoạch, 01 nội dung đăng ký" in said
    assert await office.rows("SELECT version, state FROM report_version WHERE unit = 'QLXD' ORDER BY version") == [
        (1, "past"),
        (2, "counted"),
    ]
    assert await office.rows("SELECT decision FROM recognition ORDER BY id") == [("46/QĐ-SXD",), ("45/QĐ-SXD",)]
    assert await office.rows("SELECT code, title, state FROM initiative WHERE id > 2 ORDER BY id") == [
        ("SK-2026-003", "Sổ theo dõi kiến nghị sau thanh tra", "received"),
        ("SK-2026-004", "Bản đồ số các tuyến đường huyện", "received"),
    ]
    assert await office.rows("SELECT share FROM author WHERE initiative = 1 ORDER BY place") == [("60",), ("40",)]
    assert await office.value("SELECT ten_months FROM baseline WHERE unit = 'VP'") == "61"
    summary = await office.says("Vi Thị Văn", "/tonghop 2026")
    assert "- Phòng Quản lý xây dựng: Đường truyền yếu" in summary, "a workbook without a line of it says nothing of it"
    assert "4. Sáng kiến được công nhận: 02" in summary
    assert "40/41" in summary
    assert "Tệp không làm thay đổi gì" in await take(office, corrected)


async def test_what_a_file_does_not_name_stays_and_is_named(office: Office) -> None:
    await take(office, YEAR)
    said = await take(office, {"items": YEAR["items"][:3]})
    assert "SK-2026-004 «Bản đồ số các tuyến đường tỉnh» đã nhận lần trước nhưng không có trong tệp này" in said
    said = await take(office, {"items": (*YEAR["items"][:3], {**YEAR["items"][3], "state": "rút"})})
    assert "Thay đổi: 01 nội dung đăng ký" in said
    assert await office.value("SELECT state FROM initiative WHERE code = 'SK-2026-004'") == "withdrawn"


async def test_what_was_sent_in_the_chat_stays(office: Office) -> None:
    """The unit sends in the opened year, the office enters a baseline: the file changes neither, and takes the rest."""
    await take(office, {"results": YEAR["results"][:1], "baselines": YEAR["baselines"][:1]})
    await office.says("Nông Văn Mẫu", "/kehoach 2026", "12/01/2026", "1", "bỏ qua", "bỏ qua", "gửi")
    sent = await office.rows("SELECT code, number, received FROM unit_plan")
    assert sent == [("KH-2026-QLXD", "", None)]
    await office.says("Vi Thị Văn", "/moc QLXD", "2025", "50", "60", "gửi")
    assert await office.rows("SELECT ten_months FROM baseline WHERE unit = 'QLXD'") == [("50",)]
    said = await take(office, YEAR)
    assert "Kế hoạch của Phòng Quản lý xây dựng (KH-2026-QLXD) đã được gửi hoặc nhập trong hội thoại" in said
    assert "Mốc so sánh (5, Phòng Quản lý xây dựng, 2025) đã được gửi hoặc nhập" in said
    assert await office.rows("SELECT code, number, received FROM unit_plan WHERE unit = 'QLXD'") == sent
    assert await office.rows("SELECT ten_months FROM baseline WHERE unit = 'QLXD'") == [("50",)]
    assert await office.value("SELECT COUNT(*) FROM result") == 4


async def test_a_correction_that_the_unit_has_sent_stays(office: Office) -> None:
    """One that waits to be received, and one that counts: a file given again changes neither."""
    await take(office, YEAR)
    changed = {"results": ({**YEAR["results"][1], "2|n": 18},)}

    def correct(tx: Tx) -> None:
        results.send(
            tx,
            unit="QLXD",
            year=2026,
            code="BC-2026-QLXD",
            late=0,
            by=4,
            now=office.app.now(),
            plan_hash=office.app.office.plan_hash,
            kind="correction",
            counts=False,
        )

    await office.app.db.write(correct)
    states = "SELECT version, state FROM report_version WHERE unit = 'QLXD' ORDER BY version"
    for expected in ([(1, "counted"), (2, "waiting")], [(1, "past"), (2, "counted")]):
        assert await office.rows(states) == expected
        said = await take(office, changed)
        assert "Báo cáo của Phòng Quản lý xây dựng (BC-2026-QLXD) đã được gửi hoặc nhập trong hội thoại" in said
        assert "Giữ nguyên bản trong hội thoại: 01 báo cáo" in said
        assert await office.rows(states) == expected
        await office.app.db.write(lambda tx: results.receive(tx, code="BC-2026-QLXD", now=office.app.now()))


async def test_what_was_taken_over_is_locked_and_nobody_hears_of_it(office: Office) -> None:
    await take(office, YEAR)
    said = await office.says("Nông Văn Mẫu", "/baocao sua 2026", "/baocao xem 2026")
    assert "đã tiếp nhận báo cáo BC-2026-QLXD lúc 09:00 ngày 28/11/2026 nên không sửa trực tiếp được" in said
    assert "Số liệu đến hết ngày 31/10/2026" in said
    for who in ("Tô Văn Tạm", "Chu Thị Nháp", "Vi Thị Văn", "Lý Thị Ví Dụ"):
        await office.says(who, "/viec")
    for day in ("2026-12-07T11:00", "2027-01-04T11:00", "2027-02-08T11:00"):
        await office.app.move(at_office(day))
    told = await office.rows("SELECT person, news, about FROM outbox WHERE kind <> 'answer'")
    assert told, "of the coming year they hear"
    assert not [about for *_, about in told if "2026" in about], told


# Odd but good -----------------------------------------------------------------------------------


async def test_odd_but_good_cells(office: Office) -> None:
    odd = {
        "results": (
            {
                **figures(
                    "Phòng Kết cấu hạ tầng",
                    ("17/18", None),
                    (40, 42.0),
                    ("18 người", "18"),
                    ("1.234", 1300.0),
                    paper=30.5,
                ),
                "day": date(2026, 11, 5),
            },
            {**figures("ttr", (9, 9), ("không áp dụng", None), (9, 9), (100, 100), paper="1,234.5")},
            {**figures("QLXD", (17, 18), (40, 42), (18, 18), (400, 410), paper=12.345), "5|until": "31/10/2026"},
        ),
        "items": (
            item(
                "QLXD",
                "Rút gọn quy trình thẩm định",
                "ThS. Nông Văn Mẫu: 62,5%; đồng chí Lý Thị Ví Dụ (37,5%)",
                day="15.03.2026",
            ),
            item("KTHT", "Bản đồ số các tuyến đường", "Hoàng Thị Trùng (KTHT)", day="Tháng 3/2026", kind="giải pháp"),
            item("TTr", "Mô hình tổ tự học", "cả đơn vị", kind="mô hình", area="Chuyển đổi số", day=46096),
            item(
                "TTr",
                "Số hóa hồ sơ thanh tra",
                "Tô Văn Tạm",
                kind="Nhiệm vụ trọng tâm",
                **{"field:Hoàn thành": "30/10/2026"},
            ),
        ),
    }
    await take(office, odd)
    assert await office.rows(
        "SELECT numerator, denominator FROM figure JOIN result ON result.id = figure.result WHERE unit = 'KTHT' ORDER BY target"
    ) == [("17", "18"), ("40", "42"), ("30.5", None), ("18", "18"), ("1234", "1300")]
    papers = await office.rows(
        "SELECT unit, numerator FROM figure JOIN result ON result.id = figure.result WHERE target = '5' ORDER BY unit"
    )
    assert papers == [("KTHT", "30.5"), ("QLXD", "12.345"), ("TTr", "1234.5")]
    assert await office.rows("SELECT person, share FROM author WHERE initiative = 1 ORDER BY place") == [
        (4, "62.5"),
        (5, "37.5"),
    ]
    days = await office.rows("SELECT day FROM paper_source WHERE record LIKE '__-2026-0%' ORDER BY record")
    assert sorted(str(day) for (day,) in days) == ["2026-03-15", "2026-03-15", "2026-03-31", "None"]
    assert await office.value("SELECT value FROM item_answer WHERE field = 'due'") == '"2026-10-30"'
    assert await office.value("SELECT collective FROM initiative WHERE kind = 'mh'") == 1


async def test_a_number_that_only_looks_like_one_of_ours_is_read_as_the_workbook_has_it(office: Office) -> None:
    """12.345 of the workbook's own is twelve and a bit; «12.345» typed as text is twelve thousand."""
    await take(
        office,
        {"baselines": ({"target": "5", "unit": "VP", "year": 2025, "ten_months": 12.345, "whole_year": "12.345"},)},
    )
    assert await office.rows("SELECT ten_months, whole_year FROM baseline") == [("12.345", "12345")]


# Broken -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "Tệp trống"),
        (b"%PDF-1.7", "không phải bảng tính"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "Tệp Excel có mật khẩu"),
        ((Path("tests/rosters") / "29e-good.xlsm").read_bytes(), "Tệp không có trang nào của mẫu"),
        (b"PK\x03\x04" + b"x" * 100, "Tệp Excel đã hỏng"),
        ("Mã;Tên\nA;B\n".encode(), "Tệp không có trang nào của mẫu"),
        (book({"Trang lạ": sheet([("a", "b")])}), "Tệp không có trang nào của mẫu"),
        (book({"Kết quả": sheet([("Phòng", "Tỷ lệ"), ("QLXD", 5)])}), "Kết quả: Không thấy tên các cột: «Mã đơn vị»"),
    ],
    ids=["empty", "pdf", "password", "macros of another list", "torn", "csv", "other sheets", "other columns"],
)
async def test_a_broken_file_is_one_sentence(office: Office, data: bytes, words: str) -> None:
    assert words in await refused(office, data)


async def test_a_workbook_of_another_year(office: Office) -> None:
    said = await refused(office, workbook(PLAN, 2025, KNOWN, {"results": ({"unit": "VP", "2|n": 8, "2|d": 8},)}))
    assert "Tệp là của năm 2025, không phải năm 2026" in said


async def test_a_workbook_of_another_plan_names_the_targets_that_differ(office: Office) -> None:
    other = Plan.parse(
        PLAN_TEXT.replace('unit = "ram"\nunits', 'unit = "tờ"\nunits').replace(
            '{ "tờ" = "1/500" }', '{ "ram" = "500" }'
        )
    )
    said = await refused(office, workbook(other, 2026, KNOWN, {"results": YEAR["results"][:1]}))
    assert "Chỉ tiêu khác nhau: 5 (trong tệp: mức giảm tờ; trong kế hoạch: mức giảm ram)" in said
    school = Plan.parse(SCHOOL_TEXT)
    data = workbook(school, 2026, KNOWN, {"results": ({"unit": "VP", "1|n": 3},)})
    said = await refused(office, data)
    assert "Tệp lập theo một kế hoạch khác" in said
    assert "1 (trong tệp: tổng tiết; trong kế hoạch: đếm đơn vị có kế hoạch)" in said


@pytest.mark.parametrize(
    ("year", "words"),
    [(2024, "không nhận số liệu năm 2024"), (2031, "từ năm 2026 đến năm 2030"), (2027, "Năm 2027 chưa bắt đầu")],
)
async def test_a_year_outside_is_refused_by_name(office: Office, year: int, words: str) -> None:
    said, code = await taken(office, year, b"", "--apply")
    assert code == 1
    assert words in said


# Before the movement, another plan ----------------------------------------------------------------


async def test_the_year_before_the_movement_is_compared_with_and_in_no_summary(office: Office) -> None:
    lines = {"results": ({"unit": "QLXD", "2|n": 15, "2|d": 18, "3|n": 30, "3|d": 42},), "baselines": YEAR["baselines"]}
    said = await take(office, lines, 2025)
    assert "Năm 2025 trước khi phong trào bắt đầu (2026 - 2030) nên không vào tổng hợp" in said
    assert "là mốc so sánh đến năm 2030 của chỉ tiêu: 5" in said
    assert await office.rows("SELECT year FROM year") == [(2027,)]
    await take(office, {"results": YEAR["results"]})
    assert "5. Giấy sử dụng: giảm 20,3%" in await office.says("Vi Thị Văn", "/tonghop 2026")
    assert (
        await office.value("SELECT COUNT(*) FROM figure JOIN result ON result.id = figure.result WHERE year = 2025")
        == 2
    )


async def test_a_school_takes_its_year_over(tmp_path: Path) -> None:
    plan, path = Plan.parse(SCHOOL_TEXT), tmp_path / "school.db"
    units = (("KHTN", "Tổ Khoa học tự nhiên", "to"), ("KHXH", "Tổ Khoa học xã hội", "to"))
    people = (
        ("Đỗ Thị Văn", "Tổ trưởng", "VP", "chief"),
        ("Hồ Văn Nam Châm", "Tổ trưởng", "KHTN", "head"),
        ("Mai Thị Đồ Thị", "Giáo viên", "KHTN", "officer"),
        ("Phan Thị Sử", "Tổ trưởng", "KHXH", "head"),
    )
    await founded(path, SCHOOL_TEXT, BEGINS, 2027, units, people)
    known = [KnownUnit("VP", "Văn phòng nhà trường"), *(KnownUnit(code, name) for code, name, _kind in units)]
    lines: dict[str, Sequence[Cells]] = {
        "results": (
            {"unit": "KHTN", "1|n": 40, "3|n": 8, "3|d": 8},
            {"unit": "KHXH", "1|n": "25 tiết", "3|n": 9, "3|d": 10},
            {"unit": "VP", "1|na": "x", "3|na": "x"},
        ),
        "items": (
            item(
                "KHTN",
                "Nhật ký thí nghiệm tại nhà",
                "Hồ Văn Nam Châm 50; Mai Thị Đồ Thị 50",
                area="II.1",
                level="cơ sở",
                decision="12/QĐ-THCSVD",
                decided="20/05/2026",
                **{"field:Môn học": "Toán"},
            ),
            item(
                "KHTN",
                "Bộ 20 bài giảng điện tử Toán 7",
                "Mai Thị Đồ Thị",
                kind="học liệu số",
                area="II.2",
                **{"field:Kinh phí": "2,5 triệu"},
            ),
            item(
                "KHXH",
                "Chủ đề Nước",
                "cả tổ",
                kind="chuyên đề",
                area="II.1",
                **{"field:Khối lớp": "Lớp 6", "field:Số tiết": 3},
            ),
        ),
    }
    lines["papers"] = tuple(
        {"paper": f"báo cáo sơ kết {part}", "unit": unit, "number": f"{n}/BC", "day": day}
        for n, (part, unit, day) in enumerate(
            (part, unit, day)
            for part, day in (("học kỳ I", "12/01/2026"), ("học kỳ II", "25/05/2026"))
            for unit in ("VP", "KHTN", "KHXH")
        )
    )
    lines["plans"] = tuple(
        {"unit": unit, "day": "20/01/2026", "signer": "Đỗ Thị Văn"} for unit in ("VP", "KHTN", "KHXH")
    )
    lines["lists"] = (
        *tuple({"unit": unit, "state": "đã chốt"} for unit in ("KHTN", "KHXH")),
        {"unit": "VP", "state": "không đăng ký"},
    )
    async with begun(path, SCHOOL_TEXT, BEGINS) as office:
        said, code = await taken(office, 2026, workbook(plan, 2026, known, lines), "--apply")
        assert code == 0, said
        summary = await office.says("Đỗ Thị Văn", "/tonghop 2026")
        for line in (
            "1. Tiết dạy đổi mới: 65",
            "2. Sáng kiến được công nhận: 01",
            "17/18, 94,4%",
            "4. Học liệu số dùng chung: 01",
        ):
            assert line in summary, summary
        answers = await office.rows("SELECT field, value FROM item_answer ORDER BY field")
        assert answers == [("khoi", '"Lớp 6"'), ("kinh_phi", '"2500000"'), ("mon_hoc", '"Toán"'), ("so_tiet", '"3"')]
        assert (
            "Mới: 03 báo cáo, 06 số liệu, 03 kế hoạch, 03 danh sách đăng ký, 06 văn bản, 03 nội dung đăng ký, 01 quyết định công nhận."
            in said
        )
        unsent = await office.says("Đỗ Thị Văn", "/chuagui 2026")
        assert "Đã gửi: 03/03 tổ. Chưa gửi: 00" in unsent
        assert "Chưa gửi " not in unsent.replace("Chưa gửi: 00", "")
        assert "Đã gửi đủ báo cáo sơ kết học kỳ II: 03/03 tổ" in unsent
        said, code = await taken(office, 2026, workbook(plan, 2026, known, lines), "--apply")
        assert "Tệp không làm thay đổi gì" in said


async def test_amounts_of_the_whole_office(tmp_path: Path) -> None:
    path, text = tmp_path / "office.db", PLAN_TEXT.replace('asked_of = "units"', 'asked_of = "office"')
    text = text.replace('[[radar]]\ntarget = "5"\non = "09-01"', "")
    plan = Plan.parse(text)
    assert plan.target("5").of_office
    await founded(path, text, BEGINS, 2027, UNITS, PEOPLE)
    whole = {"target": "5", "unit": "toàn cơ quan"}
    lines = {
        "baselines": (
            {**whole, "year": 2025, "ten_months": 150, "whole_year": 180},
            {**whole, "year": 2026, "ten_months": "119,5"},
        )
    }
    async with begun(path, text, BEGINS) as office:
        said, code = await taken(office, 2026, workbook(plan, 2026, KNOWN, lines), "--apply")
        assert code == 0, said
        assert "Mới: 02 mốc so sánh." in said
        assert "5. Giấy sử dụng: giảm 20,3%" in await office.says("Vi Thị Văn", "/tonghop 2026")
        of_unit = {"baselines": ({**whole, "unit": "QLXD", "year": 2025, "ten_months": 150},)}
        said, code = await taken(office, 2026, workbook(plan, 2026, KNOWN, of_unit))
        assert code == 1
        assert "Mốc so sánh!B3: Chỉ tiêu 5 tính chung một số: đề nghị ghi «toàn cơ quan»" in said


async def test_more_than_an_office_registers_is_refused_at_once(office: Office) -> None:
    many = [item("QLXD", f"Một việc trên giấy số {n}", "Nông Văn Mẫu") for n in range(1001)]
    said, code = await taken(office, 2026, workbook(PLAN, 2026, KNOWN, {"items": many}))
    assert code == 1
    assert "Trang có 1001 dòng; mỗi lần chỉ nhận đến 1000 dòng" in said
