"""Targets of every measure: asked in the plan's own words, answered in several units, summed up, said, looked ahead at."""

import sqlite3
from collections.abc import AsyncIterator, Callable
from decimal import Decimal
from pathlib import Path

import pytest

from bot.language.i18n import Words
from bot.movement.plan import BadPlan, Plan
from bot.office.report import forecast_data, forecast_words, summaries, summary_picture
from bot.server.office import plan_hash
from storage.db import Tx
from tests.chats.test_figures import line_of
from tests.conftest import PLAN_TEXT, Office, running
from tests.measures import MEASURES
from tests.sheets import FILLED

Work = Callable[[Tx], int]
VIETNAMESE = Words("vi")
YEAR = 2027
PAGE = ("/baocao", "đúng số liệu")
ANSWERED = (*PAGE, "5/5", "12/12")
"""The head's report, up to its question about trees."""


def put_in_force(path: Path, text: str) -> None:
    """The file runs on another plan."""
    with sqlite3.connect(path) as file:
        file.execute("INSERT INTO plan VALUES (?, ?, '2027-01-01T00:00:00.000000Z')", (plan_hash(text), text))
        file.execute("UPDATE setting SET value = ? WHERE name = 'plan'", (plan_hash(text),))
    file.close()


@pytest.fixture
async def measured(demo_file: Path) -> AsyncIterator[Office]:
    """The demo's office under the plan of every measure."""
    put_in_force(demo_file, MEASURES)
    async with running(demo_file, "2027-10-18T08:15") as office:
        yield office


async def by_hand(office: Office, sql: str) -> int:
    """A number counted beside the product."""
    (row,) = await office.rows(sql)
    return int(row[0])


# Asked and answered ---------------------------------------------------------------------------


async def test_what_is_counted_is_shown_and_not_asked(measured: Office) -> None:
    page = await measured.says("head", "/baocao")
    confirmed = await by_hand(
        measured,
        "SELECT COUNT(*) FROM initiative WHERE year = 2027 AND unit = 'QLXD' AND state IN ('confirmed', 'received', 'recognised')",
    )
    people = await by_hand(
        measured, "SELECT COUNT(*) FROM person WHERE unit = 'QLXD' AND active AND kind <> 'nguoi_lao_dong'"
    )
    taking = await by_hand(
        measured,
        """SELECT COUNT(DISTINCT person.id) FROM author JOIN initiative ON initiative.id = author.initiative
             JOIN person ON person.id = author.person WHERE initiative.kind = 'sk' AND initiative.year = 2027
              AND initiative.state <> 'withdrawn' AND person.unit = 'QLXD'""",
    )
    assert "Mô hình cấp tỉnh: 00 của đơn vị" in page
    assert f"Phiếu được xác nhận: {confirmed:02} của đơn vị" in page
    assert f"Người có sáng kiến: {taking}/{people} người của đơn vị" in page
    assert "Tiết kiệm chi thường xuyên" not in page, "the office alone is asked"
    for word in ("giấy A4", "ram", "Giấy sử dụng"):
        assert word not in page


async def test_an_amount_is_asked_for_in_the_plans_words(measured: Office) -> None:
    asked = await measured.says("head", *ANSWERED)
    assert "Từ 01/01 đến hết ngày 18/10/2027 đơn vị đã trồng bao nhiêu cây xanh (1 chục cây = 10 cây)?" in asked
    assert "Ví dụ: 12 cây" in asked
    assert "ước" not in asked.split("trồng bao nhiêu")[1]
    power = await measured.says("head", "25 cây")
    assert "đơn vị đã dùng bao nhiêu kWh điện (1 MWh = 1.000 kWh)?" in power
    assert "chưa nhập mốc so sánh" in power
    assert "Ví dụ: 5.200 kWh; nếu là số ước thì gõ: ước cả năm 6.240 kWh" in power


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("25", "25"),
        ("25 cây", "25"),
        ("2,5 chục cây", "25"),
        ("2.5 chục cây xanh", "25"),
        ("dạ khoảng 1.200 cây ạ", "1200"),
        ("0 cây", "0"),
        ("ba chục cây", "30"),
    ],
)
async def test_an_amount_of_a_sum_is_read_in_every_unit_of_the_plan(measured: Office, said: str, kept: str) -> None:
    answer = await measured.says("head", *ANSWERED, said)
    assert f"Đã ghi chỉ tiêu 7: {VIETNAMESE.say(Decimal(kept))} cây." in answer
    value = str(await measured.value("SELECT value FROM answer WHERE field = '7' ORDER BY draft DESC LIMIT 1"))
    assert f'"n":"{kept}"' in value
    assert '"in":"cây"' in value


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("-3 cây", "không thể nhỏ hơn 0"),
        ("3 kWh", "số lượng ghi theo cây, chục cây"),
        ("3 cây 2 chục cây", "số lượng ghi theo cây, chục cây"),
        ("gần 30 cây", "số lượng ghi theo cây, chục cây"),
        ("ước cả năm 40 cây", "không tính số ước"),
    ],
)
async def test_what_is_no_amount_of_it_is_asked_back_and_not_kept(measured: Office, said: str, why: str) -> None:
    assert why in await measured.says("head", *ANSWERED, said)
    assert await measured.value("SELECT value FROM answer WHERE field = '7'") is None


async def test_where_it_does_not_apply_a_unit_says_so_and_is_out_of_the_sum(measured: Office) -> None:
    answer = await measured.says("head", *PAGE, "5/5", "Không áp dụng", "Không áp dụng", "1,5 MWh")
    assert "Đã ghi chỉ tiêu 7: không áp dụng." in answer
    assert "Đã ghi chỉ tiêu 12: 1.500 kWh" in answer


# Summed up ------------------------------------------------------------------------------------


async def report(office: Office, unit: str, figures: dict[str, str]) -> None:
    """A unit's amounts of the year, as its report kept them: in what unit, how much."""
    await office.app.db.write(
        lambda tx: [
            tx.run(
                """INSERT OR REPLACE INTO figure (result, target, numerator, kept_as, source)
                   SELECT id, :target, :n, :kept_as, 'typed' FROM result WHERE unit = :unit AND year = 2027""",
                target=target,
                n=n.split(" ", 1)[0],
                kept_as=n.split(" ", 1)[1],
                unit=unit,
            )
            for target, n in figures.items()
        ]
    )


async def test_the_year_is_summed_up(measured: Office) -> None:
    await report(measured, "TTr", {"7": "120.5 sum cây", "12": "900 reduction kWh"})
    await report(measured, "KHTC", {"7": "30 sum cây", "12": "700 reduction kWh"})
    await measured.says("office", "/moc 12 TTr", "2026", "1 MWh", "bỏ qua", "gửi")
    await measured.says("office", "/moc 8 2027", "1,2 tỷ đồng", "2.600 triệu đồng", "gửi")
    said = await measured.says("office", f"tổng hợp {YEAR}")
    assert "7. Trồng cây xanh: 150,5 cây (chỉ tiêu: ít nhất 200 cây) (tạm tính, có số liệu của 02/14 đơn vị)" in said
    assert (
        "8. Tiết kiệm chi thường xuyên: 2.600 triệu đồng (chỉ tiêu: ít nhất 2.500 triệu đồng) (số liệu chung của cơ quan) · Đạt"
        in said
    )
    assert "12. Điện năng: giảm 10% so với cùng kỳ năm mốc; mục tiêu giảm 15% đến năm 2030" in said
    assert "Chưa có mốc so sánh nên chưa tính: Phòng Kế hoạch - Tài chính" in said
    confirmed = await by_hand(
        measured,
        "SELECT COUNT(*) FROM initiative WHERE year = 2027 AND state IN ('confirmed', 'received', 'recognised')",
    )
    waiting = await by_hand(
        measured, "SELECT COUNT(*) FROM initiative WHERE year = 2027 AND state IN ('sent', 'returned')"
    )
    assert (
        f"10. Phiếu được xác nhận: {confirmed} (chỉ tiêu: ít nhất 40); đã gửi, chưa xác nhận: {waiting:02}; còn cần {40 - confirmed}"
        in said
    )
    assert "9. Mô hình cấp tỉnh: 00 (chỉ tiêu: ít nhất 01)" in said
    everybody = await by_hand(
        measured,
        """SELECT COUNT(*) FROM person JOIN unit ON unit.code = person.unit
            WHERE person.active AND person.kind <> 'nguoi_lao_dong' AND unit.active AND unit.kind <> 'doan_the'""",
    )
    taking = await by_hand(
        measured,
        """SELECT COUNT(DISTINCT author.person) FROM author JOIN initiative ON initiative.id = author.initiative
             JOIN person ON person.id = author.person AND person.kind <> 'nguoi_lao_dong'
            WHERE initiative.kind = 'sk' AND initiative.year = 2027 AND initiative.state <> 'withdrawn'""",
    )
    assert line_of(said, "11. Người có sáng kiến").startswith(f"11. Người có sáng kiến: {taking}/{everybody}, ")


async def test_a_level_counts_from_itself_on(measured: Office) -> None:
    """A mô hình that was recognised at a higher level counts, a sáng kiến does not."""

    def recognise(kind: str, level: str) -> Work:
        return lambda tx: tx.run(
            """INSERT INTO recognition (initiative, level, decision, day, at)
               SELECT id, :level, '1/QĐ', '2027-06-01', '2027-06-01T00:00:00.000000Z' FROM initiative
                WHERE kind = :kind AND year = 2027 ORDER BY id LIMIT 1 ON CONFLICT DO NOTHING""",
            kind=kind,
            level=level,
        )

    for kind, level, n in (
        ("mh", "co_so", "00"),
        ("sk", "tinh", "00"),
        ("mh", "toan_quoc", "01"),
        ("mh", "tinh", "01"),
    ):
        await measured.app.db.write(recognise(kind, level))
        assert f"9. Mô hình cấp tỉnh: {n} " in await measured.says("office", f"tổng hợp {YEAR}")


async def test_the_picture_has_every_measure(measured: Office) -> None:
    await report(measured, "TTr", {"7": "50 sum cây"})
    async with measured.app.db.snapshot() as snapshot:
        found = await summaries.read(snapshot, measured.app.office, YEAR, measured.app.now())
    bars = {bar["number"]: bar for bar in summary_picture.bars(found, VIETNAMESE)["bars"]}  # type: ignore[attr-defined]  # the picture is a JSON object
    assert (bars["7"]["goal_text"], bars["7"]["share"]) == ("mục tiêu 200 cây", "0.25")
    assert bars["8"]["share"] is None, "nothing was entered"
    assert bars["10"]["goal_text"] == "mục tiêu 40"
    assert bars["11"]["goal_text"] == "mục tiêu 30%"
    assert bars["12"]["goal_text"] == "mục tiêu giảm 15% đến năm 2030"


# What the office enters -----------------------------------------------------------------------


async def test_what_is_entered_is_listed_by_target(measured: Office) -> None:
    listed = await measured.says("office", "/moc")
    assert "Nhập số liệu của chỉ tiêu nào?" in listed
    assert "Tiết kiệm chi thường xuyên" in listed
    power = await measured.says("office", "Điện năng")
    assert "Mốc so sánh điện năng của các đơn vị" in power
    assert "Thanh tra Sở: chưa nhập" in power, "what is known of paper is nothing of power"
    asked = await measured.says("office", "/moc 12 TTr", "2026")
    assert "Mốc so sánh điện: Thanh tra Sở" in asked
    assert "Từ 01/01 đến hết ngày 31/10 năm đó đơn vị dùng bao nhiêu kWh điện?" in asked
    due = await measured.says("office", "việc")
    assert "Nhập mốc so sánh điện năng: Văn phòng Sở, " in due
    assert "Nhập số liệu của toàn cơ quan: tiết kiệm chi thường xuyên" in due


async def test_a_baseline_begun_when_there_could_be_one_goes_on(demo_file: Path) -> None:
    """Its sheet named the unit alone, and its amounts were bare numbers."""
    async with running(demo_file, "2027-10-18T08:15") as office:
        await office.says("office", "/mocgiay KTVL", "2026", "30")
    with sqlite3.connect(demo_file) as file:
        file.execute("UPDATE draft SET subject = 'KTVL' WHERE form = 'baseline'")
        file.execute("UPDATE answer SET value = '\"30\"' WHERE field = 'ten_months'")
    file.close()
    async with running(demo_file, "2027-10-18T09:15") as office:
        said = await office.says("office", "36 ram", "gửi")
        assert "Mười tháng: 30 ram" in said
        assert "✅ Đã ghi mốc so sánh của Phòng Kinh tế và Vật liệu xây dựng." in said
        assert await office.rows(
            "SELECT target, ten_months, whole_year, kept_as, until FROM baseline WHERE unit = 'KTVL'"
        ) == [("5", "30", "36", "reduction ram", "10-31")]


async def test_a_figure_of_the_day_of_sending_says_so(demo_file: Path) -> None:
    put_in_force(demo_file, MEASURES.replace('unit = "người"\n', 'unit = "người"\nas_of = "sent"\n', 1))
    async with running(demo_file, "2027-11-05T09:00") as office:
        asked = await office.says("head", *PAGE)
        assert "(số liệu đến hết ngày 05/11/2027)?" in asked
        asked = await office.says("head", "5/5")
        assert "(số liệu đến hết ngày 31/10/2027)?" in asked, "the others end on the cut-off"
        said = await office.says("office", f"tổng hợp {YEAR}")
        assert ", tính đến ngày gửi" in line_of(said, "2. Sử dụng thành thạo")
        assert "(tính đến ngày gửi)" in line_of(await office.says("office", "/xembaocao 2027 TTr"), "Chỉ tiêu 2")


# Looking ahead --------------------------------------------------------------------------------


async def ahead(office: Office) -> dict[str, list[str]]:
    """What the radar says to the office, by target."""
    async with office.app.db.snapshot() as snapshot:
        outlook = await forecast_data.read(snapshot, office.app.office, YEAR, office.app.now())
    said = {w.target.code: forecast_words.for_office(office.app.plan, outlook, w) for w in outlook.warnings}
    for warning in outlook.warnings:
        for unit in warning.units:
            for line in forecast_words.for_head(office.app.plan, unit, warning):
                VIETNAMESE.say(line)
    return {code: [VIETNAMESE.say(line) for line in lines] for code, lines in said.items()}


async def test_the_radar_looks_at_every_measure(measured: Office) -> None:
    found = await ahead(measured)
    assert "7" not in found, "of whom nothing is known, nothing is said"
    assert "9" not in found, "a mô hình is on the way"
    assert found["10"][0].startswith("10. Phiếu được xác nhận: đã xác nhận ")
    assert " theo số liệu mới nhất; còn " in found["11"][0]
    assert found["11"][0].split(" tại ")[0].endswith(" người")


async def test_a_sum_that_every_unit_has_given_and_that_is_short_is_told_to_the_office(measured: Office) -> None:
    def sends(unit: str) -> Work:
        return lambda tx: tx.run(
            """INSERT INTO report_version (unit, year, code, at, given, plan_hash)
               SELECT :unit, 2027, 'BC-2027-' || :unit, '2027-10-15T01:00:00.000000Z', '2027-10-15', ''
                WHERE NOT EXISTS (SELECT 1 FROM result WHERE unit = :unit AND year = 2027)""",
            unit=unit,
        )

    units = await measured.rows("SELECT code FROM unit WHERE active AND kind <> 'doan_the'")
    for (unit,) in units:
        await measured.app.db.write(sends(unit))
        await report(measured, unit, {"7": "10 sum cây"})
    total = 10 * len(units)
    assert (await ahead(measured))["7"] == [
        f"7. Trồng cây xanh: {total} cây theo số liệu mới nhất; cần thêm {200 - total} cây để đạt mục tiêu 200 cây."
    ]
    await report(measured, "TTr", {"7": "90 sum cây"})
    assert "7" not in await ahead(measured)


# Another measure in mid-year ------------------------------------------------------------------


IN_SHEETS = PLAN_TEXT.replace('unit = "ram"\n', 'unit = "tờ"\n').replace(
    'units = { "tờ" = "1/500" }', 'units = { "ram" = "500" }'
)
IN_POWER = (
    PLAN_TEXT.replace('unit = "ram"\n', 'unit = "kWh"\n')
    .replace('units = { "tờ" = "1/500" }', "")
    .replace("dùng bao nhiêu ram giấy A4", "dùng bao nhiêu kWh điện")
)
AS_SUM = (
    IN_POWER.replace('measure = "reduction"', 'measure = "sum"')
    .replace("by_year = 2030\n", "")
    .replace('unit = "kWh"\n', 'unit = "ram"\n')
)


async def line_under(path: Path, text: str) -> tuple[str, str]:
    """The summary's line of target 5 with what stands below it, and the report of a unit, under a plan."""
    put_in_force(path, text)
    async with running(path, "2027-10-18T08:15") as office:
        said = await office.says("office", f"tổng hợp {YEAR}")
        sent = await office.says("office", "/xembaocao 2027 TTr")
    line = line_of(said, "5. Giấy sử dụng")
    below = said.split(line)[1].lstrip("\n").split("\n")[0]
    return f"{line}\n{below}", line_of(sent, "Chỉ tiêu 5")


async def test_a_figure_is_said_in_todays_unit_or_not_at_all(demo_file: Path) -> None:
    plain, as_sent = await line_under(demo_file, PLAN_TEXT + "\n")
    assert "ram" in as_sent
    in_sheets, still = await line_under(demo_file, IN_SHEETS)
    assert in_sheets.split("\n")[0] == plain.split("\n")[0], "500 sheets are a ram"
    assert still.startswith(as_sent.split(",")[0]), "the report is shown as it was sent"
    for other in (IN_POWER, AS_SUM):
        line, sent = await line_under(demo_file, other)
        assert line.startswith("5. Giấy sử dụng: chưa có số liệu")
        assert "Gửi số liệu theo cách tính cũ nên chưa tính: Thanh tra Sở" in line
        assert sent == as_sent.split(", giảm")[0]


async def test_an_answer_begun_in_another_unit_is_asked_for_anew(demo_file: Path) -> None:
    async with running(demo_file, "2027-10-18T08:15") as office:
        await office.says("head", "/baocao", "đúng số liệu", "5/5", "12/12", "31 ram")
    put_in_force(demo_file, IN_SHEETS)
    async with running(demo_file, "2027-10-18T09:15") as office:
        sheet = await office.says("head", "/baocao", "xem phiếu")
        assert "31" not in line_of(sheet, "5. Giấy sử dụng")
        assert "15.500 tờ" in await office.says("head", "sửa 5 15.500")
        assert await office.value("SELECT COUNT(*) FROM answer WHERE field = '2'") == 1


async def test_a_sheet_ready_to_be_sent_is_not_sent_without_what_is_asked_anew(demo_file: Path) -> None:
    async with running(demo_file, "2027-10-18T08:15") as office:
        await office.says("head", *FILLED)
    put_in_force(demo_file, IN_POWER)
    async with running(demo_file, "2027-10-18T09:15") as office:
        asked = await office.says("head", "gửi")
        assert await office.value("SELECT COUNT(*) FROM result WHERE unit = 'QLXD' AND year = 2027") == 0
        assert "dùng bao nhiêu kWh điện" in asked
        await office.says("head", "1.500 kWh", "gửi")
        assert await office.rows(
            """SELECT numerator, kept_as FROM figure JOIN result ON result.id = figure.result
                WHERE unit = 'QLXD' AND year = 2027 AND target = '5'"""
        ) == [("1500", "reduction kWh")]


async def test_what_was_kept_before_numbers_had_a_name_is_named_once(demo_file: Path) -> None:
    async with running(demo_file, "2027-10-18T08:15") as office:
        before = await office.says("office", f"tổng hợp {YEAR}")
    with sqlite3.connect(demo_file) as file:
        file.execute("UPDATE figure SET kept_as = ''")
        file.execute("UPDATE baseline SET target = '', kept_as = '', until = ''")
    file.close()
    async with running(demo_file, "2027-10-18T08:15") as office:
        after = await office.says("office", f"tổng hợp {YEAR}")
        assert after.split("/tmp")[0] == before.split("/tmp")[0]
        assert await office.rows("SELECT DISTINCT target, kept_as, until FROM baseline") == [
            ("5", "reduction ram", "10-31")
        ]
        assert await office.rows("SELECT COUNT(*) FROM figure WHERE kept_as = ''") == [(0,)]


async def test_a_baseline_in_another_unit_hides_no_newer_one(demo_file: Path) -> None:
    put_in_force(demo_file, IN_POWER)
    async with running(demo_file, "2027-10-18T08:15") as office:
        await office.app.db.write(lambda tx: tx.run("UPDATE baseline SET year = 2025"))
        assert "Thanh tra Sở: chưa nhập" in await office.says("office", "/mocgiay")
        await office.says("office", "/mocgiay TTr", "2026", "900 kWh", "bỏ qua", "gửi")
        assert "Thanh tra Sở: năm 2026, mười tháng 900 kWh" in await office.says("office", "/mocgiay")
        await report(office, "TTr", {"5": "450 reduction kWh"})
        assert "giảm 50%" in line_of(await office.says("office", f"tổng hợp {YEAR}"), "5. Giấy sử dụng")


async def test_another_cut_off_does_not_compare_different_times(demo_file: Path) -> None:
    later = PLAN_TEXT.replace('cutoff = "10-31"', 'cutoff = "10-15"').replace("# figures of", "#")
    line, _sent = await line_under(demo_file, later)
    assert "chưa có mốc so sánh" in line


# The checker ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ('code = "10"', 'code = "10"\nunit = "phiếu"', "unit"),
        (
            'counted = { what = "confirmed" }',
            'counted = { what = "recognised", kinds = ["mh"], level = "tinh" }',
            "measure",
        ),
        ('counted = { what = "confirmed" }', 'counted = { what = "recognised", kinds = ["nv"] }', "counted"),
        ('question = "trồng bao nhiêu cây xanh"', 'question = "dùng bao nhiêu kWh điện"', ""),
        ('asked_of = "office"\n', 'asked_of = "office"\nmay_not_apply = true\n', "may_not_apply"),
        (
            'question = "tiết kiệm bao nhiêu triệu đồng chi thường xuyên"',
            'question = "trồng  bao nhiêu cây xanh"',
            "measure",
        ),
        ("goal = 40", "goal = 40.5", "goal"),
        ('[[radar]]\ntarget = "7"', '[[radar]]\ntarget = "8"', "target"),
    ],
)
def test_what_cannot_be_run_is_refused(was: str, now: str, said: str) -> None:
    assert MEASURES.count(was) == 1, was
    if not said:
        Plan.parse(MEASURES.replace(was, now))
        return
    with pytest.raises(BadPlan) as raised:
        Plan.parse(MEASURES.replace(was, now))
    assert any(said in problem.where for problem in raised.value.problems)


def test_kinds_named_and_all_kinds_are_the_same_where_they_are() -> None:
    """Left out, `kinds` are all that may be: two targets of them are one number."""
    twice = MEASURES.replace(
        'counted = { what = "recognised", kinds = ["mh"], level = "tinh" }',
        'counted = { what = "confirmed", kinds = ["nv", "mh", "sk"] }',
    )
    with pytest.raises(BadPlan) as raised:
        Plan.parse(twice)
    assert [problem.where for problem in raised.value.problems] == ["[[targets]] «10» measure"]
