"""Figures and sentences that are true: their day, their goal, their baseline, and who is named."""

import re

import pytest

from tests.conftest import Office, OpenOffice
from tests.sheets import FILLED


def line_of(text: str, start: str) -> str:
    """The one line that begins so."""
    found = [line for line in text.split("\n") if line.startswith(start)]
    assert len(found) == 1, (start, found, text)
    return found[0]


async def test_figures_are_of_the_day_on_which_they_are_given_until_the_cut_off(open_office: OpenOffice) -> None:
    office = await open_office("2027-10-20T09:00")
    said = await office.says("head", *FILLED)
    assert "Từ 01/01 đến hết ngày 20/10/2027 đơn vị đã dùng" in said
    assert "31/10/2027" not in said
    await office.says("head", "gửi")
    assert "Số liệu đến hết ngày 20/10/2027" in await office.says("head", "/baocao xem 2027")
    assert "số liệu đến hết ngày 20/10/2027" in await office.says("office", "tổng hợp 2027")


async def test_figures_given_after_the_cut_off_are_of_the_cut_off(open_office: OpenOffice) -> None:
    office = await open_office("2027-11-05T09:00")
    said = await office.says("head", *FILLED, "gửi", "/baocao xem 2027")
    assert "Từ 01/01 đến hết ngày 31/10/2027 đơn vị đã dùng" in said
    assert "Số liệu đến hết ngày 31/10/2027" in said
    assert "05/11/2027" not in said.split("Số liệu đến hết ngày")[-1].split("\n")[0]


@pytest.mark.slow
async def test_a_report_sent_anew_is_of_the_day_it_was_sent_anew(open_office: OpenOffice) -> None:
    office = await open_office("2027-10-20T09:00")
    await office.says("head", *FILLED, "gửi")
    await office.says("head", ":clock 2027-10-26T10:00", "/baocao sua 2027", "sửa 5 28")
    await office.says("head", "đúng số liệu", "đồng ý dự thảo", "giữ nguyên", "gửi")
    assert "Số liệu đến hết ngày 26/10/2027" in await office.says("head", "/baocao xem 2027")


@pytest.mark.slow
async def test_a_running_year_has_no_verdict_against_anybody(office: Office) -> None:
    running = await office.says("office", "tổng hợp 2027")
    assert "Chưa đạt" not in running
    assert "còn cần 01 đơn vị · Đang thực hiện" in line_of(running, "1. Đơn vị có kế hoạch")
    assert "Chưa đạt" in await office.says("office", "tổng hợp 2026"), "that year is over"


@pytest.mark.slow
async def test_a_unit_that_says_it_registers_nothing_is_not_called_silent(office: Office) -> None:
    (silent,) = await office.rows(
        """SELECT code, name FROM unit WHERE active AND kind <> 'doan_the' AND code NOT IN
               (SELECT unit FROM closed_list WHERE year = 2027)
             AND code NOT IN (SELECT unit FROM initiative WHERE year = 2027) ORDER BY place LIMIT 1"""
    )
    before = await office.says("office", "tổng hợp 2027")
    assert silent[1] in line_of(before, "Đơn vị chưa đăng ký")
    await office.app.db.write(
        lambda tx: tx.run(
            "INSERT INTO closed_list (unit, year, reason, by, at) VALUES (:unit, 2027, 'Tập trung việc khác', NULL, '2027-03-20T01:00:00.000000Z')",
            unit=silent[0],
        )
    )
    after = await office.says("office", "tổng hợp 2027")
    assert silent[1] in line_of(after, "Đơn vị đã chốt danh sách, không đăng ký")
    assert silent[1] not in "".join(line for line in after.split("\n") if line.startswith("Đơn vị chưa đăng ký"))


async def test_every_area_of_the_plan_stands_in_the_summary(office: Office) -> None:
    await office.app.db.write(lambda tx: tx.run("UPDATE initiative SET area = 'II.1' WHERE year = 2027"))
    said = await office.says("office", "tổng hợp 2027")
    assert re.findall(r"^- (II\.\d) ", said, re.MULTILINE) == [area.code for area in office.app.plan.areas]
    assert "chưa có đăng ký" in line_of(said, "- II.6")


async def test_one_units_baseline_of_another_year_leaves_the_others_alone(office: Office) -> None:
    before = line_of(await office.says("office", "tổng hợp 2027"), "5. Giấy sử dụng")
    await office.app.db.write(
        lambda tx: tx.run(
            """INSERT INTO baseline (target, unit, year, ten_months, whole_year, at)
               SELECT '5', code, 2025, '50', '60', '2027-01-01T00:00:00.000000Z' FROM unit WHERE code = 'TTr'"""
        )
    )
    after = line_of(await office.says("office", "tổng hợp 2027"), "5. Giấy sử dụng")
    figures = await office.rows(
        """SELECT figure.numerator, base.ten_months FROM figure JOIN result ON result.id = figure.result
             JOIN baseline AS base ON base.unit = result.unit AND base.year =
                  (SELECT MIN(year) FROM baseline WHERE unit = result.unit AND year < 2027)
            WHERE result.year = 2027 AND figure.target = '5' AND figure.numerator IS NOT NULL"""
    )
    used, base = sum(float(n) for n, _b in figures), sum(float(b) for _n, b in figures)
    assert f"giảm {round((base - used) * 100 / base, 1)}%".replace(".", ",") in after
    assert "chưa có số liệu" not in after
    assert "giảm" in before


async def test_a_share_of_more_people_than_the_list_has_is_asked_about(open_office: OpenOffice) -> None:
    office = await open_office("2027-10-20T09:00")
    said = await office.says("head", "/baocao", "đúng số liệu", "12/15")
    assert "Danh sách công chức, viên chức của đơn vị ngày 20/10/2027 có 05 người, số liệu vừa ghi là 15 người." in said
    assert "Đã ghi chỉ tiêu" not in said
    assert "ngoài danh sách" in await office.says("head", "Giữ số này và ghi giải thích")
