"""The yearly report: what is a fact of this year, who drafted what, and what falls short."""

import re

import pytest

from bot.movement.plan import BadPlan, Plan
from tests.chats.test_figures import line_of
from tests.conftest import PLAN_TEXT, Office, OpenOffice
from tests.sheets import FILLED

SOURCES = (
    "SELECT target, source FROM figure JOIN result ON result.id = figure.result WHERE year = 2027 AND unit = 'QLXD'"
)


async def test_one_tap_does_not_make_last_years_figures_this_years(office: Office) -> None:
    page = await office.says("head", "/baocao")
    assert "3. Thủ tục hành chính trực tuyến: hỏi ở câu sau (năm 2026: 12/12)" in page
    asked = await office.says("head", "đúng số liệu")
    assert "Chỉ tiêu 2" in asked.split("\n")[0]
    answered = await office.rows("SELECT field FROM answer JOIN draft ON draft.id = draft WHERE form = 'report'")
    assert sorted(field for (field,) in answered) == ["1", "4"], "only what this year's records say"


async def test_last_years_figure_is_kept_by_a_tap_that_names_it(office: Office) -> None:
    asked = await office.says("head", "/baocao", "đúng số liệu")
    assert "[Giữ như năm 2026: 5/5]" in asked
    said = await office.says("head", "Giữ như năm 2026: 5/5", "như năm ngoái")
    assert "Năm 2026: 12/12, 100%. Năm nay ghi như vậy?" in said
    said = await office.says("head", "Ghi như năm 2026", "30,5", "4/5")
    assert "Đã ghi chỉ tiêu 3: 12/12, 100%" in said
    await office.says("head", "400/400", "đồng ý dự thảo", "đã họp", *["không có"] * 3, "giữ nguyên", *["không có"] * 3)
    review = await office.says("head", "xem phiếu", "tiếp tục")
    assert "03 mục giữ như năm 2026" in review
    await office.says("head", "gửi")
    sources = dict(await office.rows(SOURCES))
    assert sources["2"] == sources["3"] == "confirmed"
    assert sources["5"] == sources["6"] == "typed"


async def test_a_share_of_other_people_than_last_year_is_asked_anew(office: Office) -> None:
    await office.app.db.write(
        lambda tx: tx.run("UPDATE person SET active = 0 WHERE name = 'Lục Thị Minh Họa' AND unit = 'QLXD'")
    )
    asked = await office.says("head", "/baocao", "đúng số liệu")
    assert "ngày 18/10/2027 có 04 người" in asked
    assert "Giữ như năm 2026" not in asked


async def test_difficulties_and_proposals_are_asked_of_somebody(office: Office) -> None:
    said = await office.says("head", *FILLED[: FILLED.index("giữ nguyên")])
    page = said[said.index("Phần 3/3") :]
    for name in ("Khó khăn, vướng mắc", "Đề xuất, kiến nghị"):
        assert f"- {name}: hỏi ở câu sau" in page
    asked = await office.says("head", "giữ nguyên")
    assert "Khó khăn, vướng mắc" in asked.split("\n")[0]


async def test_more_paper_and_a_missing_plan_stand_among_the_weaknesses(office: Office) -> None:
    await office.app.db.write(lambda tx: tx.run("DELETE FROM unit_plan WHERE unit = 'QLXD' AND year = 2027"))
    said = await office.says("head", "/baocao", "đúng số liệu", "5/5", "12/12", "48,5", "5/5", "400/400")
    assert "tăng 38,6%" in said
    said = await office.says("head", "đồng ý dự thảo", *["không có"] * 5)
    weak = line_of(said[said.index("Phần 3/3") :], "- Tồn tại, hạn chế")
    assert "Chỉ tiêu 1 (Đơn vị có kế hoạch): chưa gửi kế hoạch năm 2027" in weak
    assert "Chỉ tiêu 5 (Giấy sử dụng): 48,5 ram, tăng 38,6% so với cùng kỳ năm 2026" in weak
    review = await office.says("head", "giữ nguyên", *["không có"] * 4)
    assert "⚠️ Chỉ tiêu 1: chưa gửi kế hoạch năm 2027" in review
    assert "⚠️ Chỉ tiêu 5: 48,5 ram, tăng 38,6%" in review


async def test_less_paper_is_no_weakness(office: Office) -> None:
    said = await office.says("head", *FILLED)
    assert "Tồn tại, hạn chế: không có" in said
    assert "⚠️" not in said


async def test_whoever_only_opened_a_report_has_drafted_nothing(open_office: OpenOffice) -> None:
    office = await open_office("2027-10-20T09:00")
    await office.says("head", "/viechan giao results 2027 nông văn mẫu")
    await office.says("officer", "/baocao 2027", "đúng số liệu", "5/5", "12/12", "31", "thoát")
    opened = await office.says("head", "/baocao 2027", "thoát")
    assert "Chuyên viên Nông Văn Mẫu đã soạn 03 mục" in opened
    again = await office.says("officer", "/baocao 2027", "5/5", "400/400", "thoát")
    assert "Hoàng Văn Thử đã soạn" not in again
    assert "Chuyên viên Nông Văn Mẫu đã soạn 05 mục" in await office.says("head", "/baocao 2027")


async def test_a_review_says_how_much_was_known_and_how_much_is_new(office: Office) -> None:
    said = await office.says("head", *FILLED)
    found = re.search(
        r"Đã có (\d+)/(\d+) mục: (\d+) mục theo số liệu sẵn có, (\d+) mục giữ như năm 2026, (\d+) mục nhập mới", said
    )
    assert found is not None, said
    given, of_all, known, kept, typed = map(int, found.groups())
    assert given == of_all == known + kept + typed
    assert "đồng chí nhập" not in said


# By which clause, and what the plan says ------------------------------------------------------


async def test_a_duty_without_a_clause_is_asked_for_by_the_office(office: Office) -> None:
    plan = office.app.plan
    assert plan.duty("plan").clause == "III.1"
    assert {duty.code for duty in plan.duties if duty.basis == "office"} == {
        "confirmation",
        "provincial",
        "narrative",
        "supplement",
    }
    await office.says("office", "/thoihan provincial 2027", "30/11/2027", "công văn 12/SXD-VP", "gửi")
    why = await office.says("office", "/viechan visao provincial 2027")
    assert "Theo quy định của Văn phòng Sở" in why
    assert "mục VI" not in why


def test_a_clause_goes_with_a_duty_of_the_plan_only() -> None:
    for wrong in (
        PLAN_TEXT.replace('clause = "III.1"', ""),
        PLAN_TEXT.replace('clause = "III.1"', 'clause = "III.1"\nbasis = "office"'),
    ):
        with pytest.raises(BadPlan):
            Plan.parse(wrong)


async def test_the_aims_of_the_plan_are_quoted_whole(office: Office) -> None:
    said = await office.says("head", *FILLED[: FILLED.index("không phát sinh")], "không phát sinh")
    assert "- Khuyến khích công trình xanh, công trình tiết kiệm năng lượng." in said
    assert "- Tăng cường quản lý chất thải xây dựng, bảo vệ môi trường đô thị." in said
    assert "- Khuyến khích tự học tập, nghiên cứu khoa học, đề xuất sáng kiến." in said


def test_a_short_name_keeps_what_its_target_is_about() -> None:
    plan = Plan.parse(PLAN_TEXT)
    assert plan.target("2").short.endswith("quản lý văn bản điện tử")


async def test_where_figures_are_the_answer_no_choice_has_a_number(office: Office) -> None:
    asked = await office.says("head", "/baocao", "đúng số liệu", look="plain")
    assert " - Giữ như năm 2026: 5/5" in asked
    assert "1. Giữ như" not in asked
    assert "Trả lời bằng số liệu, hoặc gõ lại một dòng trên." in asked


# How it is asked ------------------------------------------------------------------------------

TO_PAPER = ("/baocao", "đúng số liệu", "5/5", "12/12")


async def test_a_share_is_asked_for_as_people_count(office: Office) -> None:
    asked = await office.says("head", "/baocao", "đúng số liệu", "5/5")
    assert "Có bao nhiêu thủ tục cung cấp trực tuyến, trong tổng số bao nhiêu thủ tục đủ điều kiện (" in asked
    assert "Năm 2026 đơn vị báo cáo: 12/12." in asked


async def test_what_the_unit_reported_is_not_said_again_beside_the_same_baseline(office: Office) -> None:
    asked = (await office.says("head", *TO_PAPER)).split("---\n")[-2]
    assert "Cùng kỳ năm 2026 (mốc so sánh): 35 ram." in asked
    assert "đơn vị báo cáo" not in asked


async def test_what_the_unit_reported_is_said_where_it_is_another_amount(office: Office) -> None:
    await office.app.db.write(
        lambda tx: tx.run(
            "UPDATE figure SET numerator = '41' WHERE target = '5' AND result = (SELECT id FROM result WHERE unit = 'QLXD' AND year = 2026)"
        )
    )
    assert "Năm 2026 đơn vị báo cáo: 41 ram." in (await office.says("head", *TO_PAPER)).split("---\n")[-2]


async def test_as_much_paper_as_before_is_no_change(office: Office) -> None:
    said = await office.says("head", *TO_PAPER, "35", *FILLED[5:])
    assert "Đã ghi chỉ tiêu 5: 35 ram, bằng cùng kỳ năm 2026." in said
    shown = await office.says("head", "gửi", "/baocao xem 2027")
    assert "(Giấy sử dụng): 35 ram, bằng cùng kỳ năm 2026" in shown
    assert "0%" not in line_of(shown, "Chỉ tiêu 5")


@pytest.mark.parametrize(
    ("lines", "example"),
    [
        (["/baocao", "đúng số liệu", "3/5"], "Có 02 công chức mới"),
        ([*TO_PAPER, "10"], "Từ tháng 3 chuyển sang ký số nên lượng giấy in giảm"),
        ([*TO_PAPER, "60"], "lượng giấy in tăng"),
        ([*TO_PAPER, "chưa có số liệu"], "có số liệu trước ngày 20/11"),
    ],
)
async def test_the_example_of_an_explanation_answers_its_question(
    office: Office, lines: list[str], example: str
) -> None:
    keep = [] if "chưa có số liệu" in lines else ["giữ số này và ghi giải thích"]
    asked = await office.says("head", *lines, *keep)
    assert example in line_of(asked.split("---\n")[-2], "Ví dụ: ")


async def test_a_draft_to_be_signed_names_decisions_and_no_codes_of_the_office(office: Office) -> None:
    await office.app.db.write(
        lambda tx: tx.run(
            "UPDATE recognition SET decision = 'Số 120/QĐ-SXD' WHERE initiative = (SELECT id FROM initiative WHERE code = 'SK-2027-001')"
        )
    )
    said = await office.says("head", *FILLED, "gửi", "/baocao xem 2027")
    shown = said.split("---\n")[-2].split("\n", 2)[2]
    assert not re.search(r"\b(?:SK|MH|NV)-\d{4}-", shown)
    strengths = line_of(shown, "Ưu điểm")
    assert "Có 01 sáng kiến, giải pháp được công nhận: Rút gọn quy trình nội bộ" in strengths
    assert "(Quyết định số 120/QĐ-SXD ngày 11/05/2027)" in strengths


async def test_every_narrative_question_names_its_part_with_an_example(office: Office) -> None:
    said = await office.says("head", *FILLED)
    asked = [each for each in said.split("---\n") if "nguyên văn vào báo cáo" in each]
    named = [match[1] for each in asked if (match := re.search(r" về «([^»]+)»", each)) and "Ví dụ: " in each]
    assert named == [
        "Công tác tuyên truyền",
        "Công tác kiểm tra",
        "Chuyển đổi xanh",
        "Phát triển nguồn nhân lực",
        "Khó khăn, vướng mắc",
        "Đề xuất, kiến nghị",
    ]


async def test_an_area_is_called_by_its_name_and_found_by_its_code(office: Office) -> None:
    page = await office.says("head", *FILLED[: FILLED.index("đồng ý dự thảo")])
    assert "II.4 Chuyển đổi xanh: chưa có ghi nhận" in page
    assert "II.4:" not in page
    for said in ("II.4", "ii.4", "chuyển đổi xanh", "II.4 Chuyển đổi xanh"):
        opened = await office.says("head", "xem phiếu", said)
        assert "Nội dung II.4: Thực hiện chuyển đổi xanh" in opened, said
    heard = await office.says("head", "In hai mặt tài liệu")
    assert "Đã ghi «II.4 Chuyển đổi xanh»." in heard
