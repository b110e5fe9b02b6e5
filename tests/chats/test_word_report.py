"""The office's report in Word: what stands in it, what is missing, whose it is; on the invented office's years."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Office, OpenOffice
from tests.transcribing import FOLDER, LOOKS, Conversation, transcribe

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
    ]
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
    assert "[Chưa có của: Văn phòng Sở; Phòng Quy hoạch - Kiến trúc; " in "\n".join(texts(missing))
    assert not [each for each in texts(missing) if "Triệu Văn Phỏng" in each], "units are named, never who is late"


async def test_the_figures_are_those_of_the_summary(open_office: OpenOffice) -> None:
    office = await open_office()
    (paper,) = await papers(office, "office", "/tonghop word 2026")
    summary = await office.says("office", "/tonghop 2026")
    table = next(each for each in paper.tables if each.rows[0].cells[1].text == "Chỉ tiêu")
    assert [cell.text for cell in table.rows[0].cells] == ["TT", "Chỉ tiêu", "Năm 2025", "Năm 2026", "Đánh giá"]
    for row in table.rows[1:]:
        n, _name, before, value, verdict = (cell.text for cell in row.cells)
        (line,) = [each for each in summary.splitlines() if each.startswith(f"{n}. ")]
        assert value.removesuffix(" (tạm tính)") in line
        assert line.endswith(verdict)
        assert before == "–"


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

    kept = Path("bot/documents/templates/office_report.docx")
    made = io.BytesIO()
    paper_templates.make().save(made)
    with zipfile.ZipFile(kept) as old, zipfile.ZipFile(made) as new:
        assert old.read("word/document.xml") == new.read("word/document.xml")
