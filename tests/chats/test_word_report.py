"""The office's report in Word: what stands in it, what is missing, whose it is; on the invented office's years."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Office, OpenOffice
from tests.sheets import CANDID_REPORT
from tests.transcribing import FOLDER, LOOKS, Conversation, transcribe

EDITED = "tests/attachments/Bao-cao-tong-hop-2027-du-thao-1-da-sua.docx"
CONVERSATIONS: dict[str, Conversation] = {
    "word_report": [
        (
            "office",
            [
                "tổng hợp năm 2026 bản word",
                "/tonghop word 2027",
                "/tonghop word 2027 TL",
                "tong hop 2026-2027 ban word",
            ],
        )
    ],
    "gaps": [
        (
            "office",
            [
                "tổng hợp 2027 phần chưa có",
                "/tonghop khongcho 2027:report:TTQH",
                "khong",
                "đơn vị không gửi",
                "gửi",
                "/tonghop khongcho 2027:report:TTQH",
                "/tonghop word 2027",
                "/tonghop cholai 2027:report:TTQH",
                "/tonghop cholai 2027:report:TTQH",
                "/tonghop khongcho 2027:report:TTr",
                "/tonghop khongcho gì đó",
            ],
        )
    ],
    "edited_and_signed": [
        (
            "office",
            [
                "/tonghop banvp 2027",
                "/tonghop word 2027",
                "/tonghop banvp 2027",
                ":file tests/attachments/Thuyết minh mã QR.pdf",
                "xong",
                "gửi",
                f":file {EDITED}",
                "xong",
                "gửi",
                "tổng hợp 2027 bản word",
            ],
        ),
        ("head", [*CANDID_REPORT]),
        (
            "office",
            [
                "tổng hợp 2027 bản word",
                "/tonghop 2027",
                "/tonghop daky 2027",
                "231/BC-SXD",
                "ngày mai",
                "18/10/2027",
                "Để sau",
                "gửi",
                "/tonghop 2027",
                "tổng hợp 2027 bản word",
                "/tonghop daky 2027",
                "thoát",
            ],
        ),
    ],
}


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", CONVERSATIONS)
async def test_the_report_is_as_it_was_agreed(name: str, look: str, open_office: OpenOffice, record: bool) -> None:
    await transcribe(await open_office(), CONVERSATIONS[name], look, FOLDER / f"papers/{name}.{look}.txt", record)


async def papers(office: Office, who: str, *lines: str) -> list[Any]:
    """The Word files that somebody has got for these lines, opened."""
    from docx import Document

    before = await office.value("SELECT MAX(id) FROM file") or 0
    await office.says(who, *lines)
    rows = await office.rows(
        f"SELECT content.bytes FROM file JOIN content USING (sha256) WHERE file.id > {before} AND name LIKE '%.docx' ORDER BY file.id"
    )
    return [Document(io.BytesIO(data)) for (data,) in rows]


def texts(paper: Any) -> list[str]:
    """Every paragraph and cell."""
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return [*(each.text for each in paper.paragraphs), *cells]


def mm(value: Any) -> float:
    """A length of Word in millimetres."""
    return round(float(value.mm), 1)


async def test_the_page_is_laid_out_as_the_decree_says(open_office: OpenOffice) -> None:
    """NĐ 30/2020/NĐ-CP, Phụ lục I: A4, margins, typeface, page numbers in the top margin but not on page 1."""
    (paper,) = await papers(await open_office(), "office", "/tonghop word 2027")
    first = paper.sections[0]
    assert (mm(first.page_width), mm(first.page_height)) == (210, 297)
    margins = [mm(each) for each in (first.top_margin, first.bottom_margin, first.left_margin, first.right_margin)]
    assert margins == [20, 20, 30, 15]
    assert first.different_first_page_header_footer
    assert "PAGE" in first.header._element.xml
    assert "PAGE" not in first.first_page_header._element.xml
    normal = paper.styles["Normal"]
    assert (normal.font.name, normal.font.size.pt) == ("Times New Roman", 14)
    fonts = {run.font.name for par in paper.paragraphs for run in par.runs} | {
        run.font.name
        for table in paper.tables
        for row in table.rows
        for cell in row.cells
        for par in cell.paragraphs
        for run in par.runs
    }
    assert fonts == {None}, "everything in the one typeface"
    left, right = paper.tables[0].rows[0].cells
    assert [mm(each.width) for each in paper.tables[0].columns] == [65, 100]
    said = {par.text: par for cell in (left, right) for par in cell.paragraphs if par.text}
    state, motto, above, mine = (
        said[each]
        for each in (
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Độc lập - Tự do - Hạnh phúc",
            "UBND TỈNH LẠNG SƠN",
            "SỞ XÂY DỰNG",
        )
    )
    assert [(par.runs[0].bold, par.runs[0].font.size.pt) for par in (state, motto, above, mine)] == [
        (True, 13),
        (True, 14),
        (None, 12),
        (True, 13),
    ]
    line = right.paragraphs[2]
    assert "w:top" in line._p.xml
    length = 100 - mm(line.paragraph_format.left_indent) - mm(line.paragraph_format.right_indent)
    assert 60 <= length <= 61, "as long as the motto"
    assert "Số:        /BC-SXD" in said
    assert "Lạng Sơn, ngày      tháng      năm 2027" in said
    numbers = [each._sectPr.xml.count('w:start="1"') for each in paper.sections[1:]]
    assert numbers == [1] * 6, "each annex counts its own pages"
    assert all(mm(each.page_width) == 297 for each in paper.sections[1:])


async def test_gaps_stand_in_their_place_and_every_page_is_a_draft(open_office: OpenOffice) -> None:
    office = await open_office()
    whole, missing = await papers(office, "office", "/tonghop word 2026", "/tonghop word 2027")
    for paper, draft in ((whole, False), (missing, True)):
        said = [
            section.header.paragraphs[0].text + section.first_page_header.paragraphs[0].text
            for section in paper.sections
        ]
        assert all(("DỰ THẢO" in each) == draft for each in said), said
        marked = [par.text for par in paper.paragraphs if any(run.font.highlight_color for run in par.runs)]
        assert bool(marked) == draft
    assert "[Chưa có báo cáo năm 2027 của: Văn phòng Sở; Phòng Quy hoạch - Kiến trúc; " in "\n".join(texts(missing))
    assert not [each for each in texts(missing) if "Triệu Văn Phỏng" in each], "units are named, never who is late"


async def test_the_figures_are_those_of_the_summary(open_office: OpenOffice) -> None:
    office = await open_office()
    (paper,) = await papers(office, "office", "/tonghop word 2026")
    summary = await office.says("office", "/tonghop 2026")
    table = next(each for each in paper.tables if each.rows[0].cells[1].text == "Chỉ tiêu")
    assert [cell.text for cell in table.rows[0].cells] == ["TT", "Chỉ tiêu", "Năm 2026", "Đánh giá"]
    for row in table.rows[1:]:
        n, _name, value, verdict = (cell.text for cell in row.cells)
        (line,) = [each for each in summary.splitlines() if each.startswith(f"{n}. ")]
        assert value.removesuffix(" (tạm tính)") in line
        assert line.endswith(verdict)


async def test_what_people_type_comes_out_as_it_was_typed(open_office: OpenOffice) -> None:
    """Tags, formulas, marks of direction, long texts: nothing of it is read as anything."""
    office = await open_office()
    hostile = "{{ 7*7 }} {% if x %} =cmd|' /C calc'!A0 <b>đậm</b> & \u202etrái {#x#} {_{ " + "dài " * 1200
    await office.app.db.write(
        lambda tx: tx.run("UPDATE narrative SET text = :text WHERE section = 'chi_dao'", text=hostile)
    )
    (paper,) = await papers(office, "office", "/tonghop word 2027")
    (said,) = [each for each in texts(paper) if "{{ 7*7 }}" in each]
    assert said.replace("\u2060", "").endswith(hostile.strip() + ".")


async def test_units_that_share_a_gap_are_named_once(open_office: OpenOffice) -> None:
    office = await open_office()
    (paper,) = await papers(office, "office", "/tonghop word 2027")
    said = [par.text for par in paper.paragraphs]
    (first,) = [n for n, text in enumerate(said) if text.startswith("[Chưa có báo cáo năm 2027 của: ")]
    assert said[first].count(";") == 10 and "Thanh tra" not in said[first]
    assert first < next(n for n, text in enumerate(said) if text.startswith("I. "))
    later = [text for text in said if "11 đơn vị đã nêu ở đầu báo cáo" in text]
    assert len(later) > 3, "each section still has its gap in its place"
    assert sum("Phòng Quản lý nhà" in text for text in said if text.startswith("[")) == 1
    waiting = "UPDATE unit SET active = 0 WHERE code NOT IN ('TTr', 'KHTC', 'TTKD', 'QLXD', 'TTQH')"
    await office.app.db.write(lambda tx: tx.run(waiting))
    (paper,) = await papers(office, "office", "/tonghop word 2027")
    said = [par.text for par in paper.paragraphs if par.text.startswith("[")]
    assert not any("đã nêu ở đầu" in text for text in said)
    assert sum("Phòng Quản lý xây dựng" in text for text in said) > 3, "few are named where they are waited for"


async def test_the_annex_of_figures_says_where_each_is_from_as_the_chat_does(open_office: OpenOffice) -> None:
    office = await open_office()
    (paper,) = await papers(office, "office", "/tonghop word 2026")
    rows = [row for table in paper.tables for row in table.rows if row.cells[1].text == "Phòng Quản lý xây dựng"]
    notes = {row.cells[3].text for row in rows if len(row.cells) == 4}
    (note,) = {each for each in notes if each.startswith("BC-2026-QLXD")}
    told = await office.says("office", "/nguon 5 2026 QLXD")
    person = await office.value("SELECT name FROM person WHERE unit = 'QLXD' AND role = 'head'")
    assert note.rpartition(" lúc ")[2] in told and "gửi lúc" in note
    assert str(person) not in note, "the annex names no people"


async def test_the_office_sees_where_its_report_stands(open_office: OpenOffice) -> None:
    office = await open_office("2027-11-20T08:00")
    assert "Báo cáo tổng hợp năm 2027: chưa lập dự thảo" in await office.says("office", "/viec")
    assert "Báo cáo tổng hợp" not in await office.says("head", "/viec"), "it is the office's"
    await office.says("office", "/tonghop word 2027")
    assert "Báo cáo tổng hợp năm 2027: dự thảo 1, còn 11 phần chưa có" in await office.says("office", "/viec")
    await office.app.db.write(lambda tx: tx.run("UPDATE office_paper SET gaps = 0"))
    assert "Báo cáo tổng hợp năm 2027: dự thảo 1, chưa ký" in await office.says("office", "/viec")
    await office.app.db.write(lambda tx: tx.run("UPDATE office_paper SET stage = 'signed'"))
    assert "Báo cáo tổng hợp" not in await office.says("office", "/viec")


async def test_out_of_season_nothing_is_said_of_it(open_office: OpenOffice) -> None:
    assert "Báo cáo tổng hợp" not in await (await open_office()).says("office", "/viec")


async def test_only_the_desk_gets_it(open_office: OpenOffice) -> None:
    office = await open_office()
    for who in ("officer", "head", "Đinh Văn Cao Kỳ"):
        assert not await papers(office, who, "/tonghop word 2027")
    assert not await office.rows("SELECT 1 FROM office_paper")


async def test_a_school_has_its_own_paper(open_school: OpenOffice) -> None:
    office = await open_school()
    (paper,) = await papers(office, "office", "/tonghop word 2027")
    said = texts(paper)
    assert {"UBND XÃ VÍ DỤ\nTRƯỜNG TRUNG HỌC CƠ SỞ VÍ DỤ\n\nSố:        /BC-THCSVD"} <= set(said)
    assert "Sở" not in " ".join(said)


def test_the_template_is_what_its_script_makes() -> None:
    """Whoever changes the layout in code makes the file anew: `python -m docs.paper_templates`."""
    from docs import paper_templates

    for name, make in paper_templates.MADE.items():
        kept, made = Path(f"bot/documents/templates/{name}.docx"), io.BytesIO()
        make().save(made)
        with zipfile.ZipFile(kept) as old, zipfile.ZipFile(made) as new:
            assert old.read("word/document.xml") == new.read("word/document.xml")


async def changed(office: Office) -> dict[str, str]:
    """What the list of changes says, by place: what is done, to which text."""
    (listed,) = await papers(office, "office", "tổng hợp 2027 bản word")
    rows = [[cell.text for cell in row.cells] for row in listed.tables[0].rows[1:]]
    found = {place: f"{how}: {text}" for _n, place, how, text, _was in rows}
    assert len(found) == len(rows), "every place is named so that it is found"
    return found


async def test_a_late_report_never_overwrites_what_the_clerk_wrote(open_office: OpenOffice, tmp_path: Path) -> None:
    """Three gaps: two are filled, one is settled. Her text stays, the list says exactly what is to be changed."""
    office = await open_office()
    await office.app.db.write(
        lambda tx: tx.run("UPDATE unit SET active = 0 WHERE code NOT IN ('TTr', 'KHTC', 'TTKD', 'QLXD', 'TTQH')")
    )
    (draft,) = await papers(office, "office", "/tonghop word 2027")
    draft.paragraphs[2].insert_paragraph_before("Câu này do Văn phòng viết.")
    draft.save(tmp_path / "Bao-cao-tong-hop-2027-du-thao-1-sua.docx")
    await office.says(
        "office", "/tonghop banvp 2027", f":file {tmp_path}/Bao-cao-tong-hop-2027-du-thao-1-sua.docx", "xong", "gửi"
    )
    assert "không có thay đổi" in await office.says("office", "tổng hợp 2027 bản word")
    await office.says("head", *CANDID_REPORT)
    first = await changed(office)
    assert (
        first["Phần II, mục 4 (Thực hiện chuyển đổi xanh), Phòng Quản lý xây dựng"]
        == "Chèn: In hai mặt toàn bộ tài liệu nội bộ"
    )
    assert first["Phụ lục I, Phòng Quản lý xây dựng"].startswith("Thay: 17/01/2027")
    assert not [place for place in first if "Thanh tra" in place], "what has not changed is not named"
    before = await office.value("SELECT sha256 FROM file WHERE record = 'TH-2027' AND replaced IS NULL")
    await office.says("office", "/tonghop khongcho 2027:report:TTQH", "đơn vị không gửi", "gửi")
    assert await changed(office) == first, "nothing else has changed; a settled gap is a sentence of the opening"
    assert await office.value("SELECT sha256 FROM file WHERE record = 'TH-2027' AND replaced IS NULL") == before
    kept = io.BytesIO(
        bytes((await office.rows("SELECT bytes FROM content JOIN file USING (sha256) WHERE record = 'TH-2027'"))[0][0])
    )
    from docx import Document

    assert "Câu này do Văn phòng viết." in texts(Document(kept))


async def test_her_next_version_has_the_changes_she_says_it_has(open_office: OpenOffice) -> None:
    office = await open_office()
    await office.says("office", "/tonghop word 2027", "/tonghop banvp 2027", f":file {EDITED}", "xong", "gửi")
    await office.says("head", *CANDID_REPORT)
    first = await changed(office)
    await office.says("office", "/tonghop banvp 2027", f":file {EDITED}", "xong", "chưa, hoặc chưa đủ", "gửi")
    assert await changed(office) == first
    await office.says("office", "/tonghop banvp 2027", f":file {EDITED}", "xong", "1", "gửi")
    assert "không có thay đổi" in await office.says("office", "tổng hợp 2027 bản word")


async def test_what_was_signed_stays_and_later_changes_stand_beside_it(open_office: OpenOffice) -> None:
    office = await open_office()
    await office.says("office", "/tonghop word 2027", "/tonghop daky 2027", "231/BC-SXD", "18/10/2027", "để sau", "gửi")
    assert "Báo cáo tổng hợp: đã ký, số 231/BC-SXD ngày 18/10/2027\n" in await office.says("office", "/tonghop 2027")
    await office.says("head", *CANDID_REPORT)
    n = len(await changed(office))
    assert f"số 231/BC-SXD ngày 18/10/2027; sau đó có {n:02} chỗ thay đổi" in await office.says(
        "office", "/tonghop 2027"
    )
    assert await office.value("SELECT COUNT(*) FROM office_paper") == 2, "a list beside what was signed is no draft"


async def test_the_second_of_two_hears_what_the_first_did(open_office: OpenOffice) -> None:
    office, chief = await open_office(), "Hà Văn Thí Dụ"
    await office.says("office", "/tonghop word 2027")
    gap = "/tonghop khongcho 2027:report:TTQH"
    for line in (gap, "đơn vị không gửi"):
        await office.says("office", line)
        await office.says(chief, line)
    await office.says("office", "gửi")
    assert "đã ghi không chờ, lý do" in await office.says(chief, "gửi")
    for line in ("/tonghop daky 2027", "231/BC-SXD", "18/10/2027", "để sau"):
        await office.says("office", line)
        await office.says(chief, line)
    await office.says("office", "gửi")
    assert "Đã ghi số 231/BC-SXD" in await office.says(chief, "gửi")
    assert await office.value("SELECT COUNT(*) FROM office_paper WHERE stage = 'signed'") == 1


@pytest.mark.parametrize(
    ("name", "parts", "said"),
    [
        ("rong.docx", {}, "không phải văn bản Word"),
        ("bang.docx", {"xl/workbook.xml": b""}, "không phải văn bản Word"),
        ("macro.docx", {"word/document.xml": b"", "word/vbaProject.bin": b""}, "có macro"),
        ("lon.docx", {"word/document.xml": bytes(1) * 61_000_000}, "quá lớn"),
    ],
)
async def test_a_file_that_is_no_word_file_is_not_kept(
    name: str, parts: dict[str, bytes], said: str, open_office: OpenOffice, tmp_path: Path
) -> None:
    office = await open_office()
    with zipfile.ZipFile(tmp_path / name, "w", zipfile.ZIP_DEFLATED) as made:
        for part, data in parts.items():
            made.writestr(part, data)
    shown = await office.says(
        "office", "/tonghop word 2027", "/tonghop banvp 2027", f":file {tmp_path}/{name}", "xong", "gửi"
    )
    assert said in shown
    assert not await office.rows("SELECT 1 FROM office_paper WHERE stage = 'edited'")


async def test_on_the_first_working_day_after_the_last_the_office_is_told_of_the_draft(open_office: OpenOffice) -> None:
    """As part of the day's one message, with its list; not once there is a version of the office's own."""
    office = await open_office("2027-11-09T16:50")
    assert "dự thảo Word" not in await office.says("office", ":wait 5m")
    told = await office.says("office", ":wait 18h")
    assert "Đã hết hạn gửi báo cáo năm 2027; có thể lập bản dự thảo Word của báo cáo tổng hợp." in told
    assert "<Bản Word>" in told
    assert ".docx" not in told, "nothing else comes unasked that day"
    assert "file: Bao-cao-tong-hop-2027-du-thao-1.docx" in await office.says("office", "/tonghop word 2027")
    assert "Sau hạn" in told or "quá hạn" in told, "in the same message as the list"
    other = await office.says("head", ":wait 5m")
    assert "dự thảo Word" not in other


async def test_the_kept_version_is_opened_by_the_desk_alone(open_office: OpenOffice) -> None:
    office = await open_office()
    await office.says("office", "/tonghop word 2027", "/tonghop banvp 2027", f":file {EDITED}", "xong", "gửi")
    assert Path(EDITED).name in await office.says("Hà Văn Thí Dụ", "/tep TH-2027")
    for who in ("head", "officer", "Đinh Văn Cao Kỳ"):
        assert Path(EDITED).name not in await office.says(who, "/tep TH-2027")
