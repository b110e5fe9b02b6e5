"""The office files for a unit that answered on paper or by telephone: marked so, in time by its day, put right by the head."""

import json

import pytest

from tests.conftest import Office, OpenOffice
from tests.sheets import FIGURES

PAPER = ("văn bản", "Công văn 12/QLXD", "15/10/2027", "không có tệp")
REPORT = (*FIGURES, "đồng ý dự thảo", *["không có"] * 4, "giữ nguyên", *["không có"] * 2)
FILED = ("/nhapthay QLXD baocao 2027", *PAPER, *REPORT, "gửi")
CHIEF = "Hà Văn Thí Dụ"
SAID = "Văn phòng Sở nhập thay theo Công văn 12/QLXD ngày 15/10/2027"
LAST_YEAR = (*REPORT[:6], "đồng ý dự thảo", *["không có"] * 7, "giữ nguyên", *["không có"] * 3)
RESULT = "SELECT {} FROM result WHERE code = 'BC-2027-QLXD'"
SOURCES = (
    "SELECT version, number, day, replaced IS NULL FROM paper_source WHERE record = 'BC-2027-QLXD' ORDER BY version"
)


async def empty(office: Office, *tables: str) -> None:
    for table in tables:
        await office.app.db.write(lambda tx: tx.run(f"DELETE FROM {table} WHERE unit = 'QLXD' AND year = 2027"))  # noqa: B023  # awaited at once


# The report -----------------------------------------------------------------------------------


async def test_a_report_on_paper_is_filed_and_marked_wherever_it_stands(office: Office) -> None:
    said = await office.says("office", *FILED)
    assert "✅ Đã nhập thay Phòng Quản lý xây dựng: báo cáo năm 2027" in said
    assert "Tính theo ngày 15/10/2027: trước hạn 25 ngày" in said
    told = await office.says("head", ":wait 1m")
    assert "Văn phòng Sở đã nhập thay Phòng Quản lý xây dựng: báo cáo năm 2027" in told
    assert "<Sửa lại>" in told
    assert f"({SAID})" in await office.says("head", "/donvi")
    assert f"{SAID}." in await office.says("head", "/baocao")
    assert f"{SAID}." in await office.says("head", "/baocao xem 2027")
    assert f"{SAID}." in await office.says("office", "/xembaocao 2027 QLXD")
    assert f"({SAID})" in await office.says("office", "/tiepnhan")
    for asked in ("/tonghop", "/chuagui"):
        shown = await office.says("office", asked, ":wait 1m")
        assert f"- Phòng Quản lý xây dựng: {SAID}" in shown
        assert "- Phòng Quản lý xây dựng (" not in shown, "it has answered"


async def test_in_time_goes_by_the_day_of_the_paper(open_office: OpenOffice) -> None:
    office = await open_office("2027-11-15T09:00")
    said = await office.says("office", *FILED)
    assert "Đúng hạn hay quá hạn tính theo ngày này, không theo ngày nhập vào đây." in said
    assert await office.value(RESULT.format("late")) == 0
    assert await office.value(RESULT.format("given")) == "2027-10-15"
    again = await office.says("office", "/nhapthay QLXD baocao 2027", "sửa 3 11/11/2027", "gửi")
    assert "✅ Đã sửa báo cáo năm 2027 nhập thay Phòng Quản lý xây dựng" in again
    assert "Tính theo ngày 11/11/2027: gửi sau hạn 02 ngày" in again
    assert await office.value(RESULT.format("late")) == 2
    assert await office.rows(SOURCES) == [
        (1, "Công văn 12/QLXD", "2027-10-15", 0),
        (2, "Công văn 12/QLXD", "2027-11-11", 1),
    ]


async def test_the_head_puts_it_right_and_both_are_kept(office: Office) -> None:
    await office.says("office", *FILED)
    asked = await office.says("head", ":wait 1m", ":tap Sửa lại", "sửa 5 31")
    assert "✏️ Đây là báo cáo đã gửi" in asked
    await office.says("head", "gửi")
    shown = await office.says("head", "/baocao xem 2027")
    assert "Chỉ tiêu 5 (Giấy sử dụng): 31 ram" in shown
    assert f"Trước đó: {SAID}. Từ 08:" in shown
    assert "cả hai bản đều được giữ" in shown
    kept = await office.says("office", "/nhapthay xem BC-2027-QLXD")
    assert "Giấy sử dụng: 30,5 ram" in kept
    assert "bản này không còn được tính" in kept
    refused = await office.says("office", "/nhapthay QLXD baocao 2027")
    assert "Phòng Quản lý xây dựng đã tự gửi báo cáo năm 2027" in refused
    assert SAID not in await office.says("office", "/tonghop", ":wait 1m")


async def test_whoever_is_told_hears_nothing_more_of_it(open_office: OpenOffice) -> None:
    office = await open_office("2027-10-20T09:00")
    await office.says("head", "/viechan giao results 2027 nông văn mẫu", "/viechan hen results 2027", "1")
    await office.says("office", *FILED)
    said = await office.says("head", ":wait 1m", *[":wait 24h"] * 24)
    assert "báo cáo năm 2027: còn" not in said
    assert "Giao chuyên viên" not in said, "no reminder of it"
    todo = await office.says("officer", ":wait 1m", "việc")
    assert "báo cáo năm 2027" not in todo.split("---\n")[-2]


# The unit has begun, or has sent ----------------------------------------------------------------


async def test_what_the_unit_is_writing_is_said_and_stays(office: Office) -> None:
    await office.says("head", "/baocao", "đúng số liệu", "4/5", "thoát")
    asked = await office.says("office", "/nhapthay QLXD baocao 2027")
    assert "⚠️ Đơn vị đang soạn việc này: Trưởng phòng Hoàng Văn Thử, đã có 03 mục" in asked
    assert await office.value("SELECT COUNT(*) FROM draft WHERE form = 'for_results'") == 0
    filed = ("/nhapthay QLXD baocao 2027", ":tap Vẫn nhập thay", *PAPER, *REPORT, "gửi")
    done = await office.says("office", *filed)
    assert "Bản đơn vị đang soạn được giữ nguyên" in done
    drafts = await office.rows(
        "SELECT value FROM answer JOIN draft ON draft.id = draft WHERE form = 'report' AND field = '2'"
    )
    assert [json.loads(value) for (value,) in drafts] == [{"n": 4, "d": 5}]


async def test_what_the_unit_has_sent_meanwhile_is_not_replaced(office: Office) -> None:
    await office.says("office", *FILED[:-1])
    await office.says("head", "/baocao", *REPORT, "gửi")
    before = await office.rows("SELECT * FROM figure")
    said = await office.says("office", "gửi")
    assert "Phòng Quản lý xây dựng đã tự gửi báo cáo năm 2027" in said
    assert "không nhập đè lên" in said
    assert await office.rows("SELECT * FROM figure") == before
    assert await office.value("SELECT COUNT(*) FROM paper_source") == 0


async def test_two_of_the_office_file_the_same(office: Office) -> None:
    await office.says("office", *FILED[:-1])
    await office.says(CHIEF, "/nhapthay QLXD baocao 2027", "điện thoại", "1", "15/10/2027", "bỏ qua", *REPORT, "gửi")
    said = await office.says("office", "gửi")
    assert "Chánh Văn phòng Hà Văn Thí Dụ đã nhập thay báo cáo năm 2027 cho Phòng Quản lý xây dựng" in said
    assert await office.value("SELECT way FROM paper_source WHERE replaced IS NULL") == "phone"
    assert await office.value(RESULT.format("version")) == 1


async def test_what_was_received_is_locked(office: Office) -> None:
    await office.says("office", *FILED, "/tiepnhan BC-2027-QLXD")
    assert "Văn phòng Sở đã tiếp nhận báo cáo năm BC-2027-QLXD" in await office.says("head", ":wait 20m")
    assert "đã được tiếp nhận lúc" in await office.says("office", "/nhapthay QLXD baocao 2027")


# The others ---------------------------------------------------------------------------------


async def test_a_plan_by_hand_with_the_file_of_its_paper(office: Office) -> None:
    await empty(office, "unit_plan")
    said = await office.says(
        "office", "/nhapthay QLXD kehoach 2027", "trực tiếp", "Kế hoạch 05/KH-QLXD", "1", "20/01/2027", "bỏ qua"
    )
    assert "Đã ghi" in said
    said = await office.says("office", "20/01/2027", "1", "bỏ qua", "bỏ qua", "gửi")
    assert "theo Kế hoạch 05/KH-QLXD do Trưởng phòng Hoàng Văn Thử đưa trực tiếp ngày 20/01/2027" in said
    shown = await office.says("head", "/kehoach xem 2027")
    assert "Văn phòng Sở nhập thay theo Kế hoạch 05/KH-QLXD" in shown
    await office.says("head", "/kehoach sua 2027", "sửa 1 21/01/2027", "gửi")
    assert "Trước đó: Văn phòng Sở nhập thay" in await office.says("head", "/kehoach xem 2027")
    kept = json.loads(str(await office.value("SELECT answers FROM paper_source")))
    assert kept["day"] == "2027-01-20"


async def test_nothing_registered_by_telephone(office: Office) -> None:
    await empty(office, "closed_list")
    call = ("/nhapthay QLXD danhsach 2027", "điện thoại", "1", "15/10/2027", "bỏ qua")
    said = await office.says("office", *call, "2", "Phòng tập trung hai nhiệm vụ chuyển tiếp", "gửi")
    assert "Văn phòng Sở nhập thay theo điện thoại của Trưởng phòng Hoàng Văn Thử ngày 15/10/2027" in said
    board = await office.says("head", "/donvi")
    assert "(Văn phòng Sở nhập thay theo điện thoại ngày 15/10/2027)" in board, "a board names nobody"
    shown = await office.says("head", "/xacnhan chot", ":tap Chốt và gửi")
    assert "năm 2027 đơn vị không đăng ký, lý do «Phòng tập trung hai nhiệm vụ chuyển tiếp»" in shown
    assert await office.value("SELECT reason FROM closed_list WHERE unit = 'QLXD' AND year = 2027") == ""
    assert await office.value("SELECT COUNT(*) FROM paper_source WHERE replaced IS NULL") == 0


ITEM = (
    "/nhapthay QLXD sk 2027",
    *PAPER,
    "Nhật ký giám sát công trình bằng ảnh có tọa độ",
    "3",
    "Nông Văn Mẫu 60, Lý Thị Ví Dụ 40",
)


async def test_a_sheet_on_paper_is_registered_for_its_authors(office: Office) -> None:
    said = await office.says("office", *ITEM, "gửi")
    assert "✅ Đã nhập thay Phòng Quản lý xây dựng: phiếu sáng kiến" in said
    (code, state, unit), *_more = await office.rows(
        "SELECT code, state, unit FROM initiative WHERE title LIKE 'Nhật ký giám sát%'"
    )
    assert (state, unit) == ("confirmed", "QLXD")
    told = await office.says("officer", ":wait 1m", f"/cuatoi {code}")
    assert "Văn phòng Sở đã nhập thay Phòng Quản lý xây dựng: phiếu sáng kiến" in told
    assert f"{SAID}." in told.split("---\n")[-2]
    fixed = await office.says(
        "head", ":wait 1m", f"/cuatoi sua {code}", "sửa 1 Nhật ký giám sát công trình bằng ảnh", "gửi"
    )
    assert "được tính thay bản nhập thay" in fixed
    assert await office.rows(f"SELECT state, title FROM initiative WHERE code = '{code}'") == [
        ("confirmed", "Nhật ký giám sát công trình bằng ảnh")
    ]
    kept = await office.says("office", f"/nhapthay xem {code}")
    assert "Nhật ký giám sát công trình bằng ảnh có tọa độ" in kept
    assert "không còn được tính" in kept


async def filed_code(office: Office) -> str:
    await office.says("office", *ITEM, "gửi")
    return str(await office.value("SELECT code FROM initiative WHERE title LIKE 'Nhật ký giám sát%'"))


async def test_a_sheet_filed_wrongly_is_filed_again_and_both_are_kept(office: Office) -> None:
    code = await filed_code(office)
    assert "<Sửa>" in await office.says("office", f"/nhapthay xem {code}")
    opened = await office.says("office", f"nhập thay sửa {code}")
    assert "✏️ Đây là bản đã nhập thay" in opened
    done = await office.says(
        "office",
        "sửa 2 Công văn 14/QLXD",
        "sửa tên Nhật ký giám sát bằng ảnh có tọa độ",
        "sửa tác giả Nông Văn Mẫu 100",
        "gửi",
    )
    assert "✅ Đã sửa phiếu sáng kiến năm 2027 nhập thay Phòng Quản lý xây dựng" in done
    rows = await office.rows(f"SELECT code, state, title FROM initiative WHERE code = '{code}'")
    assert rows == [(code, "confirmed", "Nhật ký giám sát bằng ảnh có tọa độ")]
    assert await office.rows(
        f"SELECT version, number, replaced IS NULL FROM paper_source WHERE record = '{code}' ORDER BY version"
    ) == [(1, "Công văn 12/QLXD", 0), (2, "Công văn 14/QLXD", 1)]
    kept = await office.says("office", f"/nhapthay xem {code}")
    assert "Nhật ký giám sát công trình bằng ảnh có tọa độ" in kept and "Nhật ký giám sát bằng ảnh có tọa độ" in kept
    assert "Nhật ký giám sát công trình" in await office.says("office", f"/xemban {code} v1")
    assert "Công văn 14/QLXD" in await office.says("head", ":wait 20m"), "told of what counts now"


async def test_what_the_unit_has_put_right_or_the_office_received_is_not_filed_again(office: Office) -> None:
    code = await filed_code(office)
    await office.says("office", f"/nhapthay sua {code}")
    await office.says(CHIEF, f"/nhapthay sua {code}", "sửa tên Nhật ký giám sát bằng ảnh của phòng", "gửi")
    late = await office.says("office", "sửa tên Nhật ký giám sát khác hẳn", "gửi")
    assert f"Chánh Văn phòng {CHIEF} đã nhập thay" in late, late
    assert (
        await office.value(f"SELECT title FROM initiative WHERE code = '{code}'")
        == "Nhật ký giám sát bằng ảnh của phòng"
    )
    await office.says("office", "thoát", f"tiếp nhận {code}")
    received = await office.says("office", f"/nhapthay sua {code}")
    assert f"phiếu {code} năm 2027" in received and "<Mở lại để đính chính>" in received
    own = await filed_again_by_unit(office)
    assert "Bản đơn vị tự gửi được giữ nguyên" in await office.says("office", f"/nhapthay sua {own}")
    assert "Chưa có nội dung nào nhập thay với mã SK-2027-001" in await office.says(
        "office", "/nhapthay sua SK-2027-001"
    )


async def filed_again_by_unit(office: Office) -> str:
    """A sheet that the office has filed and its head has put right since."""
    again = tuple(each.replace("Nhật ký giám sát công trình", "Sổ tay nghiệm thu công trình") for each in ITEM)
    await office.says("office", *again, "gửi")
    code = str(await office.value("SELECT code FROM initiative WHERE title LIKE 'Sổ tay nghiệm thu%'"))
    await office.says("head", f"/cuatoi sua {code}", "sửa 1 Sổ tay nghiệm thu công trình bằng ảnh", "gửi")
    return code


async def test_whoever_types_for_a_unit_is_no_author_of_it(office: Office) -> None:
    asked = await office.says("office", *ITEM[:-1], "tôi 100")
    assert "«tôi»" in asked.split("---\n")[-2]
    assert "[Một mình tôi]" not in asked
    shown = await office.says("office", "xem phiếu")
    assert "Lương Thị Nháp" not in shown


# A year before ------------------------------------------------------------------------------


@pytest.mark.parametrize("at", ["2026-11-25T09:00", "2027-03-10T09:00"])
async def test_a_year_before_is_opened_and_nobody_is_reminded(open_office: OpenOffice, at: str) -> None:
    office = await open_office(at)
    await office.app.db.write(lambda tx: tx.run("DELETE FROM year WHERE year = 2026"))
    await office.app.db.write(lambda tx: tx.run("DELETE FROM report_version WHERE year = 2026"))
    said = await office.says("office", "/nhapthay QLXD baocao 2026", "văn bản", "không có số", "09/11/2026", "bỏ qua")
    assert "báo cáo năm 2026" in said
    said = await office.says("office", *LAST_YEAR)

    assert "Xem lại trước khi nhập thay" in said
    done = await office.says("office", "gửi")
    assert "Năm 2026 đã được mở để nhập bổ sung; Trợ lý không nhắc ai về năm này." in done
    assert await office.rows("SELECT quiet FROM year WHERE year = 2026") == [(1,)]
    shown = await office.says("office", "/tonghop 2026", ":wait 1m")
    assert "- Phòng Quản lý xây dựng: Văn phòng Sở nhập thay theo văn bản không số ngày 09/11/2026" in shown


async def test_what_cannot_be_filed_has_its_reason(office: Office) -> None:
    for said, why in (
        ("nhập thay báo cáo 2031 của QLXD", "2031"),
        ("nhập thay báo cáo 2027 của phòng Không Có", "Trợ lý chưa biết đơn vị «phòng Không Có»"),
        ("/nhapthay QLXD baocao 2028", "2028"),
        ("/nhapthay xem BC-2027-ABC", "Chưa có nội dung nào nhập thay với mã BC-2027-ABC"),
        ("/nhapthay QLXD tuyentruyen 2027", "không phải gửi"),
    ):
        assert why in await office.says("office", said), said
    said = await office.says("office", "/nhapthay QLXD baocao 2027", "văn bản", "Công văn 12/QLXD", "30/10/2027")
    assert "Ngày 30/10/2027 chưa đến" in said
    own = await office.says(CHIEF, "/nhapthay VP baocao 2027")
    assert "mời" in own
    assert "không cần nhập thay" in own


# Opened once more -----------------------------------------------------------------------------


async def test_a_correction_counts_in_the_place_of_the_paper_once_it_is_received(office: Office) -> None:
    await office.says("office", *FILED, "/tiepnhan BC-2027-QLXD", "/molai BC-2027-QLXD đến 25/10 vì sai số liệu mục 5")
    await office.says("office", "gửi")
    await office.says("head", ":wait 1m", "/baocao sua 2027", "sửa 5 31", "gửi")
    shown = await office.says("office", "/tonghop", ":wait 1m")
    assert f"- Phòng Quản lý xây dựng: {SAID}" in shown, "until it is received the paper counts"
    await office.says("office", "/tiepnhan BC-2027-QLXD", "tiếp nhận bản đính chính")
    assert SAID not in await office.says("office", "/tonghop", ":wait 1m")
    assert f"Trước đó: {SAID}" in await office.says("head", "/baocao xem 2027")
    assert await office.value(RESULT.format("version")) == 2
