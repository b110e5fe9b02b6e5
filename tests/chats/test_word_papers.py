"""Papers of single records in Word: whose they are, what stands in them, told by the record itself; on both plans."""

from typing import Any

import pytest

from tests.chats.test_awards import CONVERSATIONS as AWARDS
from tests.chats.test_item_transcripts import ASKED, CONFIRMED, RECEIVED, REGISTERED, SENT
from tests.chats.test_requests import ASK
from tests.chats.test_word_report import mm, papers, texts
from tests.conftest import Office, OpenOffice
from tests.sheets import CANDID, CANDID_REPORT
from tests.transcribing import FOLDER, LOOKS, Conversation, transcribe

ABOVE = AWARDS["to_the_level_above"][0][1][:11]
HOSTILE = "{{ 7*7 }} {% if x %} =cmd|' /C calc'!A0 <b>đậm</b> & \u202etrái {#x#} {_{ " + "dài " * 1200
LEADER, ELSEWHERE = "Đinh Văn Cao Kỳ", "Triệu Văn Phỏng"
CONVERSATIONS: dict[str, Conversation] = {
    "unit_report": [
        (
            "head",
            [
                *CANDID,
                "/banword baocao nhap 2027",
                "gửi",
                "/baocao xem 2027",
                "/banword BC-2027-QLXD",
                "/banword baocao nhap 2027",
                "/banword baocao",
                "/banword gì đó",
            ],
        ),
        ("office", ["/xembaocao 2027 QLXD", "/banword BC-2027-QLXD", "/banword"]),
        ("officer", ["/banword BC-2027-QLXD"]),
    ],
    "request": [
        ("officer", REGISTERED),
        CONFIRMED,
        RECEIVED,
        ("officer", [":wait 15m", *ASKED, f"/banword don {SENT}", f"/banword {SENT}", f"/banword phieu {SENT}"]),
        ("Lý Thị Ví Dụ", [f"/banword don {SENT}"]),
        ("office", [f"/banword don {SENT}", "/banword KH-2027-QLXD"]),
        (ELSEWHERE, [f"/banword don {SENT}"]),
    ],
    "office_papers": [
        ("office", ["/banword totrinh 2027", *ABOVE, "/khenthuong", "/banword totrinh 2027", "/banword bienban 2027"]),
        ("office", [*ASK, "gửi", "/yeucau YC-2027-01 traloi", "/banword traloi YC-2027-01"]),
        ("office", ["/chuagui 2027", "/banword dondoc 2027", "/banword giaoban 2027"]),
        ("officer", ["/cuatoi", "/banword thanhtich 2027", "/banword totrinh 2027", "/banword giaoban 2027"]),
        (LEADER, ["/banword giaoban 2027", "/banword totrinh 2027", "/banword dondoc 2027"]),
    ],
}


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", CONVERSATIONS)
async def test_a_paper_is_made_as_it_was_agreed(name: str, look: str, open_office: OpenOffice, record: bool) -> None:
    await transcribe(await open_office(), CONVERSATIONS[name], look, FOLDER / f"papers/{name}.{look}.txt", record)


async def paper(office: Office, who: str, *lines: str) -> Any:
    """The one Word file that somebody has got for these lines."""
    (found,) = await papers(office, who, *lines)
    return found


def tops(of: Any) -> list[str]:
    """What stands in the top margins of every section."""
    return [each.header.paragraphs[0].text + each.first_page_header.paragraphs[0].text for each in of.sections]


def feet(of: Any) -> str:
    """What stands in the bottom margins."""
    return " ".join(each.footer.paragraphs[0].text + each.first_page_footer.paragraphs[0].text for each in of.sections)


def signed_page(of: Any) -> None:
    """Whether it is a page of NĐ 30/2020/NĐ-CP, Phụ lục I."""
    first = of.sections[0]
    assert (mm(first.page_width), mm(first.page_height)) == (210, 297)
    margins = [mm(each) for each in (first.top_margin, first.bottom_margin, first.left_margin, first.right_margin)]
    assert margins == [20, 20, 30, 15]
    assert first.different_first_page_header_footer
    assert "PAGE" in first.header._element.xml and "PAGE" not in first.first_page_header._element.xml
    assert (of.styles["Normal"].font.name, of.styles["Normal"].font.size.pt) == ("Times New Roman", 14)


def rows(of: Any, head: str) -> list[list[str]]:
    """The rows of the table with this column."""
    table = next(each for each in of.tables if head in [cell.text for cell in each.rows[0].cells])
    return [[cell.text for cell in row.cells] for row in table.rows[1:]]


# A unit's yearly report -------------------------------------------------------------------------


async def test_the_head_sees_the_draft_and_what_was_sent_says_the_same(open_office: OpenOffice) -> None:
    office = await open_office()
    draft = await paper(office, "head", *CANDID, "/banword baocao nhap 2027")
    assert all("DỰ THẢO" in each for each in tops(draft))
    assert "BC-2027-QLXD, bản 1" in feet(draft)
    assert not await office.rows("SELECT 1 FROM report_version WHERE code = 'BC-2027-QLXD'"), "looking sends nothing"
    await office.says("head", "gửi")
    sent = await paper(office, "head", "/banword BC-2027-QLXD")
    assert not any("DỰ THẢO" in each for each in tops(sent))
    assert feet(sent).strip() == ""
    assert texts(draft) == texts(sent)
    signed_page(sent)


async def test_its_figures_and_words_are_those_on_record(open_office: OpenOffice) -> None:
    office = await open_office()
    await office.says("head", *CANDID_REPORT)
    of = await paper(office, "head", "/banword BC-2027-QLXD")
    said = {row[0]: row[2] for row in rows(of, "Chỉ tiêu")}
    figures = await office.rows(
        """
        SELECT target, numerator, denominator FROM figure JOIN report_version ON report_version.id = result
         WHERE code = 'BC-2027-QLXD' AND state = 'counted'
        """
    )
    checked = 0
    for target, n, all_of in figures:
        if target in said:
            told = f"{n}/{all_of}" if all_of else str(n).replace(".", ",")
            assert said[target].startswith(told)
            checked += 1
    assert checked >= 4
    kept = await office.rows(
        "SELECT text FROM narrative JOIN report_version ON report_version.id = result WHERE code = 'BC-2027-QLXD' AND text <> ''"
    )
    whole = "\n".join(texts(of))
    for (text,) in kept:
        for line in text.splitlines():
            assert line.strip().lstrip("- ").rstrip(".;") in whole
    sheets = await office.rows("SELECT code FROM initiative WHERE unit = 'QLXD' AND year = 2027 AND state = 'received'")
    assert sheets and {code for (code,) in sheets} <= {row[1] for table in of.tables[2:] for row in _cells(table)}


def _cells(table: Any) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


async def test_a_unit_with_a_seal_has_its_own_form(open_office: OpenOffice) -> None:
    office = await open_office()
    room = texts(await paper(office, "office", "/banword BC-2026-QLXD"))
    centre = texts(await paper(office, "office", "/banword BC-2026-TTKD"))
    assert any(each.startswith("SỞ XÂY DỰNG\nPHÒNG QUẢN LÝ XÂY DỰNG") for each in room)
    assert "Kính gửi: Văn phòng Sở." in room and any("TRƯỞNG PHÒNG" in each for each in room)
    assert not any("Số:" in each for each in room), "a unit without a seal numbers no papers"
    assert any("Số:        /BC-TTKD" in each for each in centre)
    assert "Kính gửi: Sở Xây dựng tỉnh Lạng Sơn." in centre and any("GIÁM ĐỐC" in each for each in centre)


async def test_whoever_sees_the_report_may_have_its_paper_and_nobody_else(open_office: OpenOffice) -> None:
    office = await open_office()
    await office.says("head", *CANDID)
    for who in ("office", LEADER, ELSEWHERE, "officer"):
        assert not await papers(office, who, "/banword baocao nhap 2027"), f"{who} sees no draft of the unit"
    await office.says("head", "gửi")
    for who, may in (("office", 1), (LEADER, 1), ("head", 1), (ELSEWHERE, 0), ("officer", 0)):
        assert len(await papers(office, who, "/banword BC-2027-QLXD")) == may, who


async def test_what_the_unit_types_comes_out_as_it_was_typed(open_office: OpenOffice) -> None:
    office = await open_office()
    await office.says("head", *CANDID_REPORT)
    await office.app.db.write(
        lambda tx: tx.run("UPDATE narrative SET text = :text WHERE section = 'chi_dao'", text=HOSTILE)
    )
    of = await paper(office, "head", "/banword BC-2027-QLXD")
    (said,) = [each for each in texts(of) if "{{ 7*7 }}" in each]
    assert HOSTILE.strip() in said.replace("\u2060", "")


async def test_a_school_has_its_own_report(open_school: OpenOffice) -> None:
    office = await open_school()
    code = await office.value("SELECT code FROM report_version WHERE state = 'counted' ORDER BY id LIMIT 1")
    said = texts(await paper(office, "office", f"/banword {code}"))
    assert "Kính gửi: Ban Giám hiệu." in said
    assert "Sở" not in " ".join(said)


# One registered item ----------------------------------------------------------------------------


async def asked_for(office: Office) -> None:
    """Recognition is asked for, by one of two authors."""
    for who, lines in (("officer", REGISTERED), CONFIRMED, RECEIVED, ("officer", [":wait 15m", *ASKED])):
        await office.says(who, *lines)


async def test_the_request_has_every_item_of_the_form_and_names_what_is_missing(open_office: OpenOffice) -> None:
    """TT 18/2013/TT-BKHCN, Phụ lục I: seventeen items; what nobody has answered is a gap with its name."""
    office = await open_office()
    await asked_for(office)
    of = await paper(office, "officer", f"/banword don {SENT}")
    signed_page(of)
    said = texts(of)
    whole = "\n".join(said)
    form = (
        "Kính gửi: Hội đồng sáng kiến",
        "Ngày tháng năm sinh",
        "Nơi công tác",
        "Chức danh",
        "Trình độ chuyên môn",
        "Tỷ lệ (%) đóng góp",
        "đề nghị xét công nhận sáng kiến: ",
        "Chủ đầu tư tạo ra sáng kiến",
        "Lĩnh vực áp dụng sáng kiến",
        "được áp dụng lần đầu hoặc áp dụng thử",
        "Mô tả bản chất của sáng kiến",
        "Những thông tin cần được bảo mật",
        "Các điều kiện cần thiết để áp dụng",
        "theo ý kiến của tác giả",
        "theo ý kiến của tổ chức, cá nhân đã tham gia áp dụng",
        "Danh sách những người đã tham gia áp dụng thử",
        "xin cam đoan",
        "NGƯỜI NỘP ĐƠN",
    )
    assert not [each for each in form if each not in whole]
    (essence,) = [each for each in said if "Mô tả bản chất" in each]
    kept = await office.value("SELECT value FROM item_answer WHERE field = 'essence' ORDER BY version DESC LIMIT 1")
    assert str(kept).strip('"') in essence
    marked = [run.text for par in of.paragraphs for run in par.runs if run.font.highlight_color and run.text]
    assert marked == ["[Chưa có: Lợi ích theo ý kiến của nơi áp dụng]", "[Chưa có: Người tham gia áp dụng lần đầu]"]


async def test_a_birth_date_is_read_by_the_office_and_by_whose_it_is(open_office: OpenOffice) -> None:
    office = await open_office()
    await asked_for(office)
    assert await office.value("SELECT born FROM author_detail") == "1985-11-05"
    for who, sees in (("office", True), ("officer", True), ("Lý Thị Ví Dụ", False), ("head", False)):
        of = await paper(office, who, f"/banword don {SENT}")
        (mine,) = [row for row in rows(of, "Họ và tên") if row[1] == "Nông Văn Mẫu"]
        assert (mine[2] == "05/11/1985") == sees, who
        assert mine[6] == "60%"
    assert not [about for (about,) in await office.rows("SELECT about FROM job") if "1985" in about], "no job keeps it"


async def test_whoever_sees_the_sheet_may_have_its_papers_and_nobody_else(open_office: OpenOffice) -> None:
    office = await open_office()
    await asked_for(office)
    for who, may in (("office", 1), (LEADER, 1), ("head", 1), ("Lý Thị Ví Dụ", 1), (ELSEWHERE, 0)):
        for which in ("don", "phieu"):
            assert len(await papers(office, who, f"/banword {which} {SENT}")) == may, (who, which)


async def test_the_sheet_says_what_is_on_record_as_it_was_typed(open_office: OpenOffice) -> None:
    office = await open_office()
    await asked_for(office)
    await office.app.db.write(
        lambda tx: tx.run("UPDATE initiative SET title = :it WHERE code = :of", it=HOSTILE, of=SENT)
    )
    for which in ("don", "phieu"):
        said = texts(await paper(office, "officer", f"/banword {which} {SENT}"))
        assert any(HOSTILE.strip() in each.replace("\u2060", "") for each in said), which


async def test_the_plan_lists_its_tasks(open_office: OpenOffice) -> None:
    office = await open_office()
    ((code, unit),) = await office.rows(
        "SELECT unit_plan.code, unit_plan.unit FROM unit_plan WHERE year = 2027 AND unit = 'QLXD'"
    )
    of = await paper(office, "head", f"/banword {code}")
    signed_page(of)
    said = texts(of)
    assert "Lạng Sơn, ngày 16 tháng 01 năm 2027" in "\n".join(said)
    tasks = await office.rows(
        f"SELECT title FROM plan_task JOIN initiative ON initiative.id = item WHERE initiative.unit = '{unit}' AND initiative.year = 2027"
    )
    if tasks:
        assert [row[1] for row in rows(of, "Nhiệm vụ")] == [title for (title,) in tasks]
    else:
        assert "[Chưa có: nhiệm vụ của kế hoạch]" in said
    for who, may in ((ELSEWHERE, 0), ("officer", 0), ("office", 1)):
        assert len(await papers(office, who, f"/banword {code}")) == may


async def test_a_school_has_its_own_request(open_school: OpenOffice) -> None:
    office = await open_school()
    code = await office.value(
        "SELECT code FROM initiative WHERE kind = 'sk' AND state IN ('received', 'recognised') LIMIT 1"
    )
    said = texts(await paper(office, "office", f"/banword don {code}"))
    assert any("Hội đồng sáng kiến Trường" in each for each in said)
    assert "Sở" not in " ".join(said)


# The office's other papers ----------------------------------------------------------------------


async def test_the_proposal_and_the_minutes_list_what_was_proposed(open_office: OpenOffice) -> None:
    office = await open_office()
    await office.says("office", *ABOVE)
    letter, minutes = await papers(office, "office", "/banword totrinh 2027", "/banword bienban 2027")
    ((whom, form, merit),) = await office.rows("SELECT name, form_name, merit FROM award WHERE above")
    for of in (letter, minutes):
        signed_page(of)
        (row,) = rows(of, "Tập thể, cá nhân")
        assert row[1] == whom and row[3] == form
    assert merit in texts(letter)[-1] or any(merit in row for row in rows(letter, "Thành tích"))
    assert "Kính gửi: Chủ tịch Ủy ban nhân dân tỉnh Lạng Sơn." in texts(letter)
    assert any("Số:        /TTr-SXD" in each for each in texts(letter))
    assert any("khen thưởng 01 cá nhân có thành tích" in each for each in texts(letter))
    for who, may in ((LEADER, 2), ("head", 0), ("officer", 0)):
        assert len(await papers(office, who, "/banword totrinh 2027", "/banword bienban 2027")) == may, who


async def test_a_merit_comes_out_as_it_was_typed(open_office: OpenOffice) -> None:
    office = await open_office()
    await office.says("office", *ABOVE)
    await office.app.db.write(lambda tx: tx.run("UPDATE award SET merit = :it", it=HOSTILE))
    said = texts(await paper(office, "office", "/banword totrinh 2027"))
    assert any(HOSTILE.strip() in each.replace("\u2060", "") for each in said)


async def test_the_letter_names_the_late_units_and_no_person(open_office: OpenOffice) -> None:
    office = await open_office("2027-11-12T09:00")
    shown = await office.says("office", "/banword dondoc 2027")
    of = await paper(office, "office", "/banword dondoc 2027")
    signed_page(of)
    missing = await office.rows(
        """
        SELECT name FROM unit WHERE active AND kind <> 'doan_the' AND code NOT IN
               (SELECT unit FROM report_version WHERE year = 2027 AND state = 'counted')
        """
    )
    listed = rows(of, "Quá hạn")
    assert {row[1] for row in listed} == {name for (name,) in missing} and len(listed) == len(missing)
    assert {row[2] for row in listed} == {"03 ngày"}, "the last day was 09/11"
    assert all(name in shown for (name,) in missing), "the text for a group names them too"
    heads = await office.rows("SELECT name FROM person WHERE role = 'head'")
    whole = "\n".join(texts(of)) + shown
    assert not [name for (name,) in heads if name in whole]
    for who in (LEADER, "head", "officer"):
        assert not await papers(office, who, "/banword dondoc 2027"), who


async def test_the_page_for_the_leaders_says_what_the_summary_says(open_office: OpenOffice) -> None:
    office = await open_office()
    of = await paper(office, LEADER, "/banword giaoban 2027")
    said = texts(of)
    sent = await office.value("SELECT COUNT(*) FROM report_version WHERE year = 2027 AND state = 'counted'")
    assert any(each.startswith(f"Đã gửi: {sent:02}/14 đơn vị") for each in said)
    assert not [each for each in said if "Triệu Văn Phỏng" in each], "units by name, never a person"
    assert not await papers(office, "officer", "/banword giaoban 2027")


async def test_answers_stand_question_by_question_and_who_waits_is_named(open_office: OpenOffice) -> None:
    office = await open_office()
    await office.says("office", *ASK, "gửi")
    await office.says("head", "/traloi YC-2027-01", "120", "Đang làm", "gửi")
    of = await paper(office, "office", "/banword traloi YC-2027-01")
    assert "[Chưa trả lời: Phòng Quản lý nhà và Thị trường bất động sản]" in texts(of)
    assert all("DỰ THẢO" in each for each in tops(of))
    told = [row[1:] for table in of.tables[1:3] for row in _cells(table)[1:]]
    assert told == [["Phòng Quản lý xây dựng", "120 văn bản"], ["Phòng Quản lý xây dựng", "Đang làm"]]
    for who in ("head", "officer", LEADER):
        assert not await papers(office, who, "/banword traloi YC-2027-01"), who


async def test_everybody_has_their_own_achievements_and_nobody_elses(open_office: OpenOffice) -> None:
    office = await open_office()
    said = "\n".join(texts(await paper(office, "officer", "/banword thanhtich 2027")))
    decided = await office.rows(
        """
        SELECT initiative.code, initiative.title, recognition.decision, share FROM recognition
          JOIN initiative ON initiative.id = recognition.initiative JOIN author ON author.initiative = initiative.id
          JOIN person ON person.id = author.person WHERE person.name = 'Nông Văn Mẫu' AND recognition.day LIKE '2027%'
        """
    )
    assert decided
    for code, title, decision, _share in decided:
        assert f"“{title}” ({code})" in said and decision in said
    others = "\n".join(texts(await paper(office, ELSEWHERE, "/banword thanhtich 2027")))
    assert not [code for code, *_rest in decided if code in others]


async def test_a_year_without_anything_is_said_in_a_sentence(open_school: OpenOffice) -> None:
    office = await open_school()
    for which in ("totrinh", "bienban", "dondoc"):
        shown = await office.says("office", f"/banword {which} 2026")
        assert "2026" in shown and ".docx" not in shown
    assert "Chưa ghi nhận." in texts(await paper(office, "office", "/banword thanhtich 2026"))
    for which in ("giaoban 2027",):
        assert "Sở" not in " ".join(texts(await paper(office, "office", f"/banword {which}")))
