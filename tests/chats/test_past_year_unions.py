"""What unions tell of a past year: a sheet of its workbook, and the same by the chat for one union; marked, put right by the union."""

import io
from collections.abc import AsyncIterator, Mapping, Sequence
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.documents.past_year_sheets import KnownUnit, sheets
from bot.movement import Plan
from bot.server.past_year_commands import blank_workbook
from tests.conftest import PLAN_TEXT, SCHOOL, Office
from tests.past_years import BEGINS, KNOWN, PEOPLE, PLAN, UNITS, YEAR, Cells, begun, founded, taken, workbook
from tests.transcribing import FOLDER, LOOKS, Conversation, transcribe

UNIONS = (("DTN", "Đoàn Thanh niên", "doan_the"), ("CD", "Công đoàn", "doan_the"))
SECRETARY = "Chu Thị Đoàn Viên"
STANDING = [*KNOWN, *(KnownUnit(code, name, union=True) for code, name, _kind in UNIONS)]
TOLD: Cells = {
    "unit": "DTN",
    "number": "07/BC-DTN",
    "day": "06/11/2026",
    "section:tuyen_truyen": "Phổ biến Kế hoạch cho 45 đoàn viên",
    "section:van_dong": "Vận động 12 đoàn viên đăng ký sáng kiến",
    "section:cong_trinh": "không phát sinh",
}
SOURCE = "Văn phòng Sở nhập từ hồ sơ giấy năm 2026"


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    """An office with two unions that begins in November 2026."""
    path = tmp_path / "office.db"
    people = (*PEOPLE, (SECRETARY, "Bí thư", "DTN", "union"))
    await founded(path, PLAN_TEXT, BEGINS, 2027, (*UNITS, *UNIONS), people)
    async with begun(path, PLAN_TEXT, BEGINS) as office:
        yield office


async def take(office: Office, *lines: Cells, more: Mapping[str, Sequence[Cells]] | None = None) -> tuple[str, int]:
    """Take a workbook over in which unions say this; what is said."""
    return await taken(office, 2026, workbook(PLAN, 2026, STANDING, {**(more or {}), "accounts": lines}), "--apply")


async def test_what_a_union_told_on_paper_stands_in_the_summary_and_is_marked(office: Office) -> None:
    said, code = await take(office, TOLD, more=YEAR)
    assert code == 0, said
    assert "01 báo cáo của đoàn thể" in said
    summary = await office.says("Vi Thị Văn", "/tonghop 2026")
    assert "- Đoàn Thanh niên: Tuyên truyền: Phổ biến Kế hoạch cho 45 đoàn viên; " in summary
    assert "Công trình, phần việc thanh niên: không có" in summary
    assert f"  {SOURCE}" in summary
    assert "- Công đoàn: chưa gửi (được mời, không phải báo cáo)" in summary
    shown = await office.says(SECRETARY, "/baocao 2026")
    assert f"{SOURCE}." in shown and "Vận động 12 đoàn viên" in shown
    assert await office.rows("SELECT number, day FROM paper_source WHERE record = 'TT-2026-DTN'") == [
        ("07/BC-DTN", "2026-11-06")
    ]
    assert await office.value("SELECT COUNT(*) FROM outbox WHERE kind <> 'answer'") == 0, "nobody is told"


async def test_a_file_given_again_changes_only_what_it_says(office: Office) -> None:
    await take(office, TOLD)
    said, code = await take(office, TOLD)
    assert code == 0 and "Tệp không làm thay đổi gì" in said
    said, _code = await take(
        office, {**TOLD, "section:cong_trinh": "Sửa 02 nhà cho hộ khó khăn", "section:van_dong": ""}
    )
    assert "Thay đổi: 01 báo cáo của đoàn thể" in said
    shown = await office.says(SECRETARY, "/baocao 2026")
    assert "Sửa 02 nhà" in shown and "Vận động 12 đoàn viên" in shown, "an empty cell says nothing"
    assert await office.value("SELECT version FROM union_account WHERE unit = 'DTN' AND year = 2026") == 2


async def test_what_the_union_has_put_right_is_not_replaced(office: Office) -> None:
    await take(office, TOLD)
    assert "✅" in await office.says(SECRETARY, "/baocao sua 2026", "sửa 1 Phổ biến cho 60 đoàn viên", "gửi")
    assert f"Trước đó: {SOURCE}" in await office.says(SECRETARY, "/baocao xem 2026")
    said, code = await take(office, TOLD)
    assert code == 0 and "Báo cáo của Đoàn Thanh niên (TT-2026-DTN)" in said
    assert "60 đoàn viên" in await office.says(SECRETARY, "/baocao xem 2026")


BLOCKS: Sequence[tuple[Cells, str]] = (
    ({**TOLD, "unit": "QLXD"}, "!A5: Phòng Quản lý xây dựng không phải đoàn thể"),
    ({**TOLD, "unit": "DTNX"}, "!A5: Không có đơn vị «DTNX»"),
    ({**TOLD, "day": "31/02/2026"}, "!D3: Không đọc được ngày «31/02/2026»"),
    ({**TOLD, "day": "06/11/2025"}, "!D3: Ngày 06/11/2025 không thuộc năm 2026"),
    ({"unit": "DTN", "number": "07/BC-DTN"}, "!A3: Đoàn Thanh niên chưa có nội dung nào ở dòng này"),
    ({**TOLD, "section:van_dong": "a" * 7000}, "!F3: Nội dung có 7000 ký tự"),
    ({**TOLD, "section:van_dong": "=1/0"}, "!F3: Ô có công thức nhưng chưa lưu kết quả"),
)


@pytest.mark.parametrize(("line", "place"), BLOCKS)
async def test_each_doubt_has_its_cell_and_nothing_is_written(office: Office, line: Cells, place: str) -> None:
    said, code = await take(office, line, more=YEAR)
    assert code == 1
    assert f"Đoàn thể{place}" in said, said
    assert await office.value("SELECT COUNT(*) FROM union_account") == 0
    assert await office.value("SELECT COUNT(*) FROM report_version") == 0, "all or nothing"


async def test_two_lines_of_one_union_have_to_become_one(office: Office) -> None:
    said, code = await take(office, TOLD, {**TOLD, "unit": "đoàn thanh niên"})
    assert code == 1 and "đã có ở Đoàn thể!A3" in said, said


async def test_the_template_has_the_unions_in_their_sheet_only(office: Office, tmp_path: Path) -> None:
    data = await blank_workbook(tmp_path / "office.db", PLAN, 2026, office.app.now())
    book = load_workbook(io.BytesIO(data))
    column = {name: [row[0].value for row in book[name].iter_rows(min_row=3)] for name in ("Đoàn thể", "Kết quả")}
    assert column["Đoàn thể"] == ["DTN", "CD"]
    assert "DTN" not in column["Kết quả"]


def test_every_office_has_its_own_sections_and_a_plan_without_unions_no_sheet() -> None:
    school = Plan.parse(SCHOOL.plan.read_text(encoding="utf-8"))
    (sheet,) = [each for each in sheets(school, school.first_year) if each.key == "accounts"]
    assert [each.title for each in sheet.columns[4:]] == [each.name for each in school.union_sections]
    without = PLAN.model_copy(update={"union_sections": ()})
    assert not [each for each in sheets(without, 2026) if each.of_unions]


CHAT: Conversation = [
    (
        "Hứa Thị Thử",
        [
            "nhập thay Đoàn Thanh niên 2026",
            "1",
            "văn bản",
            "Báo cáo 07/BC-DTN",
            "06/11/2026",
            "không có tệp",
            "Phổ biến Kế hoạch cho 45 đoàn viên",
            "Vận động 12 đoàn viên đăng ký sáng kiến",
            "không có",
            "gửi",
            "/tonghop 2026",
        ],
    ),
    (SECRETARY, [":wait 1m", "/baocao xem 2026", "/baocao sua 2026", "sửa 1 Phổ biến cho 60 đoàn viên", "gửi"]),
    ("Hứa Thị Thử", ["/nhapthay DTN 2026"]),
]


@pytest.mark.parametrize("look", LOOKS)
async def test_the_same_by_the_chat_for_one_union(office: Office, look: str, record: bool) -> None:
    await take(office, {**TOLD, "unit": "CD"})
    await transcribe(office, CHAT, look, FOLDER / "new-year" / f"union_of_a_past_year.{look}.txt", record)
