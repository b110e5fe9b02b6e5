"""Units that merge, split, end, come and change their names: what is shown before, what is done, what the figures say after."""

import re
import sqlite3
from collections.abc import AsyncIterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from bot.server.clock import at_office
from storage import baselines, deadlines, people, results, unit_plans
from storage.db import Tx
from tests.chats.test_figures import line_of
from tests.conftest import Office, OpenOffice, running
from tests.sheets import sheet

MERGE = ("/sapnhap KTVL vào QLXD từ {day}", "Hoàng Văn Thử", "bỏ qua", "gửi")
"""What the office says to have a merger shown."""
DESK, HEAD = "Lương Thị Nháp", "Hoàng Văn Thử"


async def merged(office: Office, day: str, who: str = "office") -> str:
    """What is answered when the merger is done from a day on."""
    return await office.says(who, *(line.format(day=day) for line in MERGE), "Thực hiện")


# Figures, by hand -----------------------------------------------------------------------------------


@pytest.fixture
async def in_2028(demo_file: Path) -> AsyncIterator[Office]:
    """The office on 03/07/2028 with three units whose figures are known, and nothing else reported.

                        baseline 2026     paper 2027   users 2027
    QLXD                      30               27          5/5
    KTVL                      20               19          4/4
    TTr                       10                8          4/4
                              60               54, 10% less 13/13
    """
    with sqlite3.connect(demo_file) as file:
        file.execute("PRAGMA foreign_keys = OFF")
        for table in ("figure", "narrative", "report_version", "baseline", "unit_plan", "closed_list"):
            file.execute(f"DELETE FROM {table}")
        file.execute("DELETE FROM deadline WHERE duty = 'plan'")
        for year in (2028,):
            file.execute("INSERT INTO year VALUES (?, 0, '2028-01-03T01:00:00.000000Z')", (year,))
    async with running(demo_file, "2028-07-03T09:00") as office:
        await office.app.db.write(before_the_merger)
        yield office


def before_the_merger(tx: Tx) -> None:
    for unit, ten, whole in (("QLXD", 30, 36), ("KTVL", 20, 24), ("TTr", 10, 12)):
        baselines.put(
            tx,
            target="5",
            unit=unit,
            year=2026,
            ten_months=Decimal(ten),
            whole_year=Decimal(whole),
            kept_as="reduction ram",
            until="10-31",
            by=1,
            now=at_office("2027-01-12T09:00"),
        )
    for unit, paper, users in (("QLXD", 27, 5), ("KTVL", 19, 4), ("TTr", 8, 4)):
        reported(tx, 2027, unit, paper, users, users)
    for unit in ("QLXD", "KTVL"):
        unit_plans.put(
            tx,
            unit=unit,
            year=2028,
            code=f"KH-2028-{unit}",
            day=date(2028, 1, 20),
            signer="Hoàng Văn Thử",
            number="",
            file=None,
            by=1,
            now=at_office("2028-01-21T09:00"),
        )


def reported(tx: Tx, year: int, unit: str, paper: int, users: int, officials: int) -> None:
    """A unit's report with two of its figures."""
    now = at_office(f"{year}-11-02T09:00")
    id = results.send(tx, unit=unit, year=year, code=f"BC-{year}-{unit}", late=0, by=1, now=now, plan_hash="x")
    for target, n, of, kept in (("5", paper, None, "reduction ram"), ("2", users, officials, "share")):
        results.put_figure(
            tx,
            result=id,
            target=target,
            numerator=Decimal(n),
            denominator=None if of is None else Decimal(of),
            na=False,
            estimate=False,
            note="",
            source="typed",
            kept_as=kept,
        )


def figures(said: str) -> list[str]:
    """Who has sent, and the lines of the three targets of the table."""
    return [line_of(said, "Đã gửi: "), *(line_of(said, f"{n}. ") for n in (1, 2, 5))]


@pytest.mark.slow
async def test_years_before_a_merger_stay_and_the_year_of_it_is_of_one_unit_fewer(in_2028: Office) -> None:
    before = await in_2028.says("office", "/tonghop 2027")
    assert figures(before)[0] == "Đã gửi: 03/14 đơn vị. Chưa gửi: 11"
    assert "13/13, 100%" in figures(before)[2]
    assert "giảm 10%" in figures(before)[3]
    assert "số liệu của 03/14 đơn vị" in figures(before)[3]
    of_2028 = await in_2028.says("office", "/tonghop 2028")
    assert figures(of_2028)[0].startswith("Đã gửi: 00/14 đơn vị")
    assert "2/14" in figures(of_2028)[1]

    said = await merged(in_2028, "01/07/2028")
    assert "✅ Đã thực hiện" in said
    assert "cộng các mốc năm 2026, mười tháng 50 ram, cả năm 60 ram" in said
    after = await in_2028.says("office", "/tonghop 2027")
    assert figures(after) == figures(before)
    assert after.count("Phòng Kinh tế và Vật liệu xây dựng") == after.count("(đến 30/06/2028)")
    of_2028 = await in_2028.says("office", "/tonghop 2028")
    assert figures(of_2028)[0].startswith("Đã gửi: 00/13 đơn vị")
    assert "2/14" in figures(of_2028)[1], "KTVL has sent its plan of 2028 while it was there"

    def one_for_both(tx: Tx) -> None:
        reported(tx, 2028, "QLXD", 40, 8, 9)
        reported(tx, 2028, "TTr", 7, 4, 4)

    await in_2028.app.db.write(one_for_both)
    of_2028 = await in_2028.says("office", "/tonghop 2028")
    sent, _plans, users, paper = figures(of_2028)
    assert sent.startswith("Đã gửi: 02/13 đơn vị")
    assert "12/13, 92,3%" in users
    assert "giảm 21,7%" in paper, "47 of 60: the successor against what both used"
    assert "số liệu của 02/13 đơn vị" in paper
    assert figures(await in_2028.says("office", "/tonghop 2027")) == figures(before)


@pytest.mark.slow
async def test_a_baseline_that_is_not_known_of_both_is_asked_for_and_never_guessed(in_2028: Office) -> None:
    with sqlite3.connect(in_2028.app.db.path) as file:
        file.execute("DELETE FROM baseline WHERE unit = 'KTVL'")
    said = await merged(in_2028, "01/07/2028")
    assert "chưa có của Phòng Kinh tế và Vật liệu xây dựng nên không cộng" in said
    listed = await in_2028.says("office", "/mocgiay")
    assert "Phòng Quản lý xây dựng: chưa nhập" in listed
    assert "Phòng Kinh tế" not in listed
    await in_2028.app.db.write(lambda tx: reported(tx, 2028, "QLXD", 40, 8, 9))
    paper = line_of(await in_2028.says("office", "/tonghop 2028"), "5. ")
    assert "chưa có số để so sánh" in paper or "chưa có" in paper
    await in_2028.says("office", "/mocgiay QLXD", "1", "55", "66", "gửi")
    assert "giảm 27,3%" in line_of(await in_2028.says("office", "/tonghop 2028"), "5. "), "40 of 55"
    assert "giảm 12,5%" in line_of(await in_2028.says("office", "/tonghop 2027"), "5. "), "27 + 8 of 30 + 10, as before"


# What is shown, done, undone --------------------------------------------------------------------------


async def test_nothing_changes_before_it_is_done(office: Office) -> None:
    before = await office.rows("SELECT id, unit, role, active FROM person")
    said = await office.says("office", *(line.format(day="18/10/2027") for line in MERGE))
    assert "Chưa thay đổi gì. Nếu thực hiện:" in said
    assert "Trưởng phòng Lâm Thị Mục Lục (thủ trưởng đơn vị → cấp phó)" in said
    assert "gửi một báo cáo, gồm cả kết quả từ 01/01/2027 của: Phòng Kinh tế và Vật liệu xây dựng." in said
    assert await office.rows("SELECT id, unit, role, active FROM person") == before
    assert await office.value("SELECT active FROM unit WHERE code = 'KTVL'") == 1
    await office.says("office", "Không thực hiện")
    assert await office.value("SELECT state FROM unit_change") == "dropped"
    assert "đã được Lương Thị Nháp bỏ" in await office.says("office", "/tochuc lam 1 v1")


async def test_everybody_and_what_they_have_registered_goes_to_the_successor(office: Office) -> None:
    items = await office.rows("SELECT code, unit FROM initiative WHERE year = 2026 ORDER BY id")
    await merged(office, "18/10/2027")
    assert await office.value("SELECT COUNT(*) FROM person WHERE unit = 'KTVL' AND active") == 0
    assert await office.value("SELECT COUNT(*) FROM person WHERE unit = 'QLXD' AND active") == 9
    assert await office.rows("SELECT code FROM initiative WHERE year = 2027 AND unit = 'KTVL'") == []
    assert await office.rows("SELECT code, unit FROM initiative WHERE year = 2026 ORDER BY id") == items
    roles = dict(await office.rows("SELECT name, role FROM person WHERE unit = 'QLXD' AND role IN ('head', 'deputy')"))
    assert roles["Hoàng Văn Thử"] == "head"
    assert roles["Lâm Thị Mục Lục"] == "deputy"
    assert (await office.value("SELECT what FROM audit WHERE what = 'units_changed'")) == "units_changed"


@pytest.mark.slow
async def test_nobody_hears_for_a_unit_that_is_no_more_and_the_successor_hears_once(office: Office) -> None:
    await merged(office, "18/10/2027")
    said = await office.says(HEAD, ":wait 20m")
    assert said.count("Từ ngày 18/10/2027, Phòng Quản lý xây dựng nhận người và nhiệm vụ của") == 1
    assert "Gửi báo cáo năm 2027, đến hết ngày 09/11/2027" in said
    assert "thuộc Phòng Quản lý xây dựng (trước đó: Phòng Kinh tế và Vật liệu xây dựng (đến 17/10/2027))" in (
        await office.says("Lâm Thị Mục Lục", "việc")
    )
    for day in ("2027-11-04T08:05", "2027-11-09T08:05", "2027-11-10T08:05"):
        await office.says("office", f":clock {day}")
    assert await office.rows("SELECT key FROM rung WHERE key LIKE '%KTVL%' AND at > '2027-10-18T02'") == []
    listed = await office.says("office", "/chuagui 2027")
    assert "Phòng Kinh tế và Vật liệu xây dựng" not in listed


async def test_a_change_is_undone_on_its_day(office: Office) -> None:
    tables = {
        "person": "SELECT id, unit, role, active, stands_in, away_to FROM person ORDER BY id",
        "unit": "SELECT code, name, active, ended, since FROM unit ORDER BY code",
        "initiative": "SELECT id, unit, state FROM initiative ORDER BY id",
        "delegate": "SELECT unit, duty, year, person FROM delegate",
        "promise": "SELECT unit, duty, year, day FROM promise",
        "baseline": "SELECT target, unit, since, year FROM baseline",
        "draft": "SELECT id, unit, state FROM draft WHERE person <> (SELECT id FROM person WHERE name = 'Lương Thị Nháp')",
    }
    await office.says(
        "Lâm Thị Mục Lục", "/xulythay Tô Văn Tập Dượt", "/hen baocao 2027", "1", "/giao baocao 2027 Hà Văn Đối Chiếu"
    )
    await office.says("Lường Thị Ẩn Dụ", "/dangky sk", "Kho bản vẽ hoàn công dùng chung")
    await office.says("Lâm Thị Mục Lục", "/baocao", "đúng số liệu", "4/4")
    before = {name: await office.rows(sql) for name, sql in tables.items()}
    said = await merged(office, "18/10/2027")
    assert "Bản đang soạn được cất lại, không gửi" in said
    assert "Hết hiệu lực: giao Hà Văn Đối Chiếu soạn" in said
    assert "hẹn gửi báo cáo năm 2027" in said
    assert "Hết hiệu lực: Phó Trưởng phòng Tô Văn Tập Dượt xử lý thay" in said
    assert "Phiếu đang soạn chuyển theo người soạn: 01" in said
    assert {name: await office.rows(sql) for name, sql in tables.items()} != before
    assert "✅ Đã hoàn tác" in await office.says("office", "Hoàn tác")
    assert {name: await office.rows(sql) for name, sql in tables.items()} == before
    assert "đã được hoàn tác trước đó" in await office.says("office", "/tochuc hoantac 1")


@pytest.mark.slow
async def test_what_came_in_since_or_another_day_keeps_a_change(office: Office) -> None:
    await merged(office, "18/10/2027")
    await office.says("Lường Thị Ẩn Dụ", ":wait 30m")
    await office.says("officer", *sheet("Rà soát hồ sơ mẫu của toàn phòng"))
    assert "đã gửi nội dung mới nên không hoàn tác được" in await office.says("office", "/tochuc hoantac 1")
    await office.says("office", ":clock 2027-10-19T09:00")
    assert "chỉ hoàn tác được trong ngày thực hiện" in await office.says("office", "/tochuc hoantac 1")


async def test_the_second_to_decide_gets_one_true_sentence(office: Office) -> None:
    await office.says("office", *(line.format(day="18/10/2027") for line in MERGE))
    stamp = re.search(
        r"/tochuc lam 1 v(\d+)", str(await office.rows("SELECT body FROM outbox ORDER BY id DESC LIMIT 1"))
    )
    assert stamp is not None
    with sqlite3.connect(office.app.db.path) as file:
        file.execute("UPDATE person SET active = 0 WHERE name = 'Hà Văn Đối Chiếu'")
    said = await office.says("Hà Văn Thí Dụ", f"/tochuc lam 1 v{stamp[1]}")
    assert "⚠️ Đơn vị, nhân sự hoặc hồ sơ đã thay đổi sau tin trước nên chưa thực hiện" in said
    assert await office.value("SELECT active FROM unit WHERE code = 'KTVL'") == 1
    assert "✅ Đã thực hiện" in await office.says("Hà Văn Thí Dụ", "Thực hiện")
    again = await office.says("office", f"/tochuc lam 1 v{stamp[1]}")
    assert "Thay đổi này đã được Hà Văn Thí Dụ thực hiện" in again


@pytest.mark.parametrize("who", ["officer", "head", "Đinh Văn Cao Kỳ"])
async def test_only_the_office_and_the_administrator_change_units(office: Office, who: str) -> None:
    for line in ("/tochuc", "/sapnhap KTVL vào QLXD", "/donvimoi", "/doiten QLXD", "/giaithe QLXD", "/tachdonvi QLXD"):
        assert "Văn phòng Sở hoặc người quản trị" in await office.says(who, line)


async def test_the_administrator_sees_no_amounts(office: Office) -> None:
    said = await office.says("La Văn Thử Nghiệm", "/sapnhap TTr vào QLXD từ 18/10/2027", "1", "bỏ qua", "gửi")
    assert "cộng các mốc năm 2026." in said
    assert "ram" not in said


# The other kinds ------------------------------------------------------------------------------------


@pytest.mark.slow
async def test_a_renamed_unit_is_called_in_past_years_as_it_was(office: Office) -> None:
    said = await office.says(
        "office", "/doiten qln", "Phòng Nhà ở và Đô thị mới", "18/10/2027", "bỏ qua", "gửi", "Thực hiện"
    )
    assert "Đổi tên Phòng Quản lý nhà và Thị trường bất động sản thành Phòng Nhà ở và Đô thị mới" in said
    assert "Phòng Nhà ở và Đô thị mới" in await office.says("office", "/tonghop 2027")
    of_2026 = await office.says("office", "/tonghop 2026", "/xembaocao QLN 2026")
    assert "Phòng Nhà ở và Đô thị mới" not in of_2026
    assert "Từ ngày 18/10/2027, đơn vị của đồng chí mang tên Phòng Nhà ở" in await office.says(
        "Triệu Văn Phỏng", ":wait 20m"
    )
    assert "✅ Đã hoàn tác" in await office.says("office", "/tochuc hoantac 1")
    assert (
        await office.value("SELECT name FROM unit WHERE code = 'QLN'") == "Phòng Quản lý nhà và Thị trường bất động sản"
    )


async def test_a_new_unit_owes_what_ends_after_its_first_day(office: Office) -> None:
    said = await office.says(
        "office",
        "/donvimoi",
        "CDS",
        "Phòng Chuyển đổi số",
        "1",
        "18/10/2027",
        "Phòng Quản lý xây dựng",
        "bỏ qua",
        "gửi",
    )
    assert "- Phòng Chuyển đổi số: gửi báo cáo năm 2027, đến hết ngày 09/11/2027" in said
    assert "kế hoạch năm 2027" not in said, "its last day was in January"
    await office.says("office", "Thực hiện")
    places = [row[0] for row in await office.rows("SELECT code FROM unit ORDER BY place")]
    assert places.index("CDS") == places.index("QLXD") + 1
    of_2027 = await office.says("office", "/tonghop 2027")
    assert "/15 đơn vị" in line_of(of_2027, "Đã gửi: ")
    assert "14" in line_of(of_2027, "1. ")
    assert "/14 đơn vị" in line_of(await office.says("office", "/tonghop 2026"), "Đã gửi: ")
    assert "✅ Đã hoàn tác" in await office.says("office", "/tochuc hoantac 1")
    assert await office.value("SELECT COUNT(*) FROM unit WHERE code = 'CDS'") == 0


@pytest.mark.slow
async def test_a_change_of_a_coming_day_waits_for_it(office: Office) -> None:
    said = await merged(office, "01/11/2027")
    assert "Ngày 01/11/2027 chưa đến" in said
    assert await office.value("SELECT active FROM unit WHERE code = 'KTVL'") == 1
    assert "Chưa thay đổi gì" in await office.says("office", "/tochuc lam 1 v1")
    assert "Đã nhập, chờ đến ngày:" in await office.says("office", "/tochuc")
    asked = "Thay đổi tổ chức đã nhập cho ngày 01/11/2027 đang chờ thực hiện."
    assert asked not in await office.says("office", ":clock 2027-10-29T09:35")
    assert asked in await office.says("office", ":clock 2027-11-01T09:35")
    assert "✅ Đã thực hiện" in await office.says("office", "/tochuc xem 1", "Thực hiện")
    assert asked not in await office.says("office", ":clock 2027-11-08T09:35")


# Bad input --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (["/sapnhap XYZ vào QLXD"], "Trong danh sách không có đơn vị «XYZ»."),
        (["/sapnhap QLXD vào QLXD"], "không sáp nhập vào chính mình"),
        (["/sapnhap VP vào QLXD"], "Văn phòng Sở là bộ phận thường trực của phong trào"),
        (["/giaithe VP"], "Văn phòng Sở là bộ phận thường trực của phong trào"),
        (["/giaithe"], "Đơn vị nào?"),
        (["/sapnhap QLXD vào đơn vị mới"], "Một đơn vị hoạt động tiếp dưới tên mới là đổi tên: /doiten QLXD"),
        (["/donvimoi", "qlxd"], "Mã QLXD đã dùng cho Phòng Quản lý xây dựng."),
        (["/donvimoi", "QLXĐ"], "Mã «QLXĐ» chưa đúng dạng"),
        (["/donvimoi", "x" * 100_000], "Tin này dài"),
        (["/donvimoi", "CDS", "1. Phòng Chuyển đổi số"], "chưa phải tên đầy đủ của một đơn vị"),
        (["/donvimoi", "CDS", "Phòng Quản lý xây dựng"], "đang mang tên này; đề nghị ghi tên khác"),
        (["/doiten QLXD", "Phòng Quản lý xây dựng"], "hiện đã có tên này; đề nghị ghi tên mới"),
        (
            ["/tachdonvi QLXD", "A1", "Phòng Thẩm định xây dựng", "1", "1, Nguyễn Không Ai"],
            "một người duy nhất ứng với «Nguyễn Không Ai»",
        ),
        (["/tachdonvi QLXD", "A1", "Phòng Thẩm định xây dựng", "1", "1 2 99"], "một người duy nhất"),
        (
            ["/tachdonvi QLXD", "A1", "Phòng Thẩm định xây dựng", "1", "1,2,3,4,5"],
            "Như vậy đơn vị còn lại không có ai.",
        ),
        (["/sapnhap KTVL vào QLXD", "1", "31/12/2025"], "Phong trào bắt đầu từ năm 2026"),
        (["/sapnhap KHTC vào QLXD", "1", "01/07/2027"], "Phòng Kế hoạch - Tài chính đã gửi"),
        (["/sapnhap KTVL vào QLXD", "1", "32/13/2027"], "Trợ lý chưa đọc được ngày này. Đề nghị gõ dạng 05/11/2027."),
        (["/tochuc lam 99 v1"], "Không có thay đổi này."),
        (["/tochuc lam"], "Tổ chức bộ máy: 14 đơn vị"),
    ],
)
async def test_what_cannot_be_has_its_sentence(office: Office, lines: list[str], sentence: str) -> None:
    assert sentence in await office.says("office", *lines)
    assert await office.rows("SELECT code FROM unit WHERE NOT active") == []


@pytest.mark.parametrize(
    "said",
    [
        "01/10/2027",
        "1/10",
        "1-10-2027",
        "01.10.2027",
        "ngày 01 tháng 10 năm 2027",
        "1 tháng 10",
        "2027-10-01",
        "ngày 1/10/2027",
        "1/10/27",
        "01-10-27",
        "1.10",
        "01/10",
    ],
)
async def test_a_day_in_the_forms_that_people_write(office: Office, said: str) -> None:
    answer = await office.says("office", "/doiten QLXD", "Phòng Xây dựng và Đô thị", said)
    assert "Đã ghi: 01/10/2027" in answer


@pytest.mark.slow
async def test_a_unit_that_has_ended_is_over(office: Office) -> None:
    await merged(office, "18/10/2027")
    for line in ("/doiten KTVL", "/giaithe KTVL", "/tachdonvi KTVL", "/sapnhap KTVL vào TTr", "/sapnhap TTr vào KTVL"):
        assert "đã kết thúc hoạt động từ ngày 18/10/2027" in await office.says("office", line, "thoát")
    assert "Mã KTVL đã dùng cho Phòng Kinh tế và Vật liệu xây dựng (đến 17/10/2027)" in await office.says(
        "office", "/donvimoi", "ktvl"
    )


@pytest.mark.slow
async def test_another_plan_has_its_units_too(open_school: OpenOffice) -> None:
    office = await open_school()
    units = [row[0] for row in await office.rows("SELECT code FROM unit ORDER BY place")]
    desk = office.app.plan.office.desk_unit
    gone, into = [unit for unit in units if unit != desk][:2]
    admin = str(await office.value("SELECT name FROM person WHERE role IN ('office', 'chief') LIMIT 1"))
    now = office.app.now().strftime("%d/%m/%Y")
    said = await office.says(admin, f"/sapnhap {gone} vào {into}", "1", now, "bỏ qua", "gửi", "Thực hiện")
    assert "✅ Đã thực hiện" in said
    assert "Sở" not in said
    assert await office.value(f"SELECT active FROM unit WHERE code = '{gone}'") == 0


async def test_people_keep_what_a_deadline_needs(office: Office) -> None:
    """A file of the roster does not bring a unit back that has ended."""
    await merged(office, "18/10/2027")
    await office.app.db.write(lambda tx: people.add_unit(tx, code="KTVL", name="Phòng Kinh tế", kind="phong"))
    assert await office.value("SELECT active FROM unit WHERE code = 'KTVL'") == 0
    assert await office.app.db.write(lambda tx: tx.all(deadlines.FILED_OF_UNIT, unit="KTVL")) != []


async def test_a_correction_that_waits_in_a_unit_that_ends_is_warned_of(open_office: OpenOffice) -> None:
    office = await open_office("2027-10-18T08:30")
    await office.says("Triệu Thị Tạm Tính", "/dinhchinh KH-2027-KHTC", "ghi nhầm ngày ban hành", "gửi")
    shown = await office.says("office", "/sapnhap KHTC vào QLXD từ 18/10/2027", "1", "bỏ qua", "gửi")
    assert "⚠️ Việc đính chính KH-2027-KHTC chưa xong; đề nghị trả lời hoặc tiếp nhận trước" in shown
