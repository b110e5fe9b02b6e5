"""Papers in Word say what is on record and what the chat would show, no more and no less, wherever they are made."""

import io
from typing import Any

import pytest

from bot.office.leaving.export import ExportedOffice, files
from bot.office.papers import templates
from storage.db import Tx
from tests.chats.test_item_transcripts import SENT
from tests.chats.test_plan_tasks import HEAD, PLAN
from tests.chats.test_word_papers import ABOVE, asked_for, paper, rows
from tests.chats.test_word_report import papers, texts
from tests.conftest import Office, OpenOffice
from tests.sheets import CANDID_REPORT

BORN, DEPUTY = "05/11/1985", "Nông Thị Minh Chứng"
HEADED = "TRƯỞNG PHÒNG"


def signed(of: Any) -> tuple[str, str]:
    """Title and name at the end of a paper."""
    lines = [line.strip() for line in of.tables[-1].rows[0].cells[-1].text.splitlines() if line.strip()]
    return " ".join(line for line in lines if line.isupper()), " ".join(line for line in lines if not line.isupper())


async def test_a_birth_date_given_for_one_sheet_is_in_no_request_that_nobody_has_made(open_office: OpenOffice) -> None:
    office = await open_office()
    await asked_for(office)
    mine = await office.rows(
        """
        SELECT code FROM initiative JOIN author ON initiative = initiative.id JOIN person ON person.id = author.person
         WHERE person.name = 'Nông Văn Mẫu' AND initiative.kind = 'sk'
           AND initiative.id NOT IN (SELECT item FROM recognition_request) ORDER BY code
        """
    )
    assert mine
    for (code,) in mine:
        assert "1985" not in await office.says("office", f"/xetphieu {code}")
        assert BORN not in "\n".join(texts(await paper(office, "office", f"/banword don {code}"))), code
    assert BORN in "\n".join(texts(await paper(office, "officer", f"/banword don {mine[0][0]}"))), "their own"
    assert BORN in "\n".join(texts(await paper(office, "office", f"/banword don {SENT}")))


async def recorded_as(office: Office, signer: str) -> None:
    """The plan has this signer."""
    await office.app.db.write(
        lambda tx: tx.run("UPDATE unit_plan SET signer = :said WHERE code = :code", said=signer, code=PLAN)
    )


async def test_a_plan_is_signed_by_whom_the_record_names(open_office: OpenOffice) -> None:
    office = await open_office()
    await office.says(HEAD, "/kehoach 2027", "20/01/2027", "1", "bỏ qua", "bỏ qua", "không liệt kê", "gửi")
    assert await office.value(f"SELECT 1 FROM unit_plan WHERE code = '{PLAN}'")
    for recorded, title, name in (
        (f"Trưởng phòng {HEAD}", HEADED, HEAD),
        (f"Phó Trưởng phòng {DEPUTY}", f"PHÓ {HEADED}", DEPUTY),
        ("Phó Trưởng phòng: Hoàng Văn B", f"PHÓ {HEADED}", "Hoàng Văn B"),
        ("Q. Trưởng phòng Tô Văn Đã Nghỉ", "", "Q. Trưởng phòng Tô Văn Đã Nghỉ"),
    ):
        await recorded_as(office, recorded)
        assert signed(await paper(office, HEAD, f"/banword {PLAN}")) == (title, name), recorded


async def test_what_took_years_to_be_recognised_is_an_achievement_of_the_year_of_its_decision(
    open_office: OpenOffice,
) -> None:
    office = await open_office("2028-05-15T09:00")
    code = "SK-2027-001"

    def of_long_ago(tx: Tx) -> None:
        tx.run("UPDATE initiative SET year = 2026 WHERE code = :code", code=code)
        tx.run("UPDATE recognition SET day = '2028-04-01'")

    await office.app.db.write(of_long_ago)
    assert code in "\n".join(texts(await paper(office, "officer", "/banword thanhtich 2028")))


async def test_a_letter_to_the_level_above_has_what_no_letter_has_had(open_office: OpenOffice) -> None:
    office = await open_office()
    await office.says("office", *ABOVE)
    ((code, first),) = await office.rows("SELECT code, name FROM award WHERE above")
    written = ("1", "không có biên bản", "Tờ trình 45/TTr-SXD", "18/10/2027", "gửi")
    await office.says("office", f"/khenthuong trinh {code}", *written)
    assert await office.value("SELECT state FROM award WHERE above") == "forwarded"
    assert not await papers(office, "office", "/banword totrinh 2027")
    second = [line.replace("Triệu Văn Phỏng", "tập thể phòng") for line in ABOVE]
    await office.says("office", *second)
    ((name,),) = await office.rows("SELECT name FROM award WHERE above AND state = 'proposed'")
    listed = rows(await paper(office, "office", "/banword totrinh 2027"), "Tập thể, cá nhân")
    assert [row[1] for row in listed] == [name] and name != first


async def of_export(office: Office, unit: str, year: int) -> Any:
    """The report of a unit as the export has it."""
    from docx import Document

    app = office.app
    async with app.db.snapshot() as snapshot:
        taken = ExportedOffice(app.office, app.clock.now(), "", (), app.jobs.worker.make)
        async for path, data in files(snapshot, taken):
            if path.endswith(f"Bao-cao-{unit}-{year}.docx"):
                return Document(io.BytesIO(data))
    raise AssertionError("no report of the unit")


async def test_a_units_report_is_the_same_in_the_chat_and_in_the_export(open_office: OpenOffice) -> None:
    office = await open_office()
    await office.says("head", *CANDID_REPORT)
    chat = rows(await paper(office, "head", "/banword BC-2027-QLXD"), "Chỉ tiêu")
    counted = {target.code for target in office.app.plan.targets if not target.asked and not target.of_office}
    assert counted and counted <= {row[0] for row in chat}
    assert any("so với cùng kỳ năm 2026" in cell for row in chat for cell in row)
    assert rows(await of_export(office, "QLXD", 2027), "Chỉ tiêu") == chat


async def test_a_schools_report_is_the_same_in_the_chat_and_in_the_export(open_school: OpenOffice) -> None:
    office = await open_school()
    ((code, unit, year),) = await office.rows(
        "SELECT code, unit, year FROM report_version WHERE state = 'counted' ORDER BY id LIMIT 1"
    )
    chat = rows(await paper(office, "office", f"/banword {code}"), "Chỉ tiêu")
    assert rows(await of_export(office, unit, year), "Chỉ tiêu") == chat


async def test_whoever_is_not_what_they_were_when_it_was_read_does_not_get_the_paper(
    open_office: OpenOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The office reads the birth dates of all authors; one of them belongs to it no more when the paper is made."""
    office = await open_office()
    await asked_for(office)
    await office.app.db.write(lambda tx: tx.run("UPDATE person SET role = 'office' WHERE name = 'Lý Thị Ví Dụ'"))
    made = templates.made

    async def meanwhile(*given: Any) -> Any:
        await office.app.db.write(lambda tx: tx.run("UPDATE person SET role = 'officer' WHERE name = 'Lý Thị Ví Dụ'"))
        return await made(*given)

    monkeypatch.setattr(templates, "made", meanwhile)
    before = await office.value("SELECT COUNT(*) FROM file")
    told = await office.says("Lý Thị Ví Dụ", f"/banword don {SENT}")
    assert "đã thay đổi trong lúc trợ lý làm việc này" in told and ".docx" not in told
    assert await office.value("SELECT COUNT(*) FROM file") == before
    assert not await office.value("SELECT COUNT(*) FROM outbox WHERE news = 'work_failed'"), "nothing is broken"
    monkeypatch.undo()
    assert BORN not in "\n".join(texts(await paper(office, "Lý Thị Ví Dụ", f"/banword don {SENT}"))), "as what they are"


async def test_of_a_report_that_nobody_has_begun_no_paper_is_begun(open_office: OpenOffice) -> None:
    office = await open_office()
    for said in ("baocao 2027", "baocao nhap 2027", "baocao"):
        told = await office.says(HEAD, f"/banword {said}")
        assert "không còn" not in told and ".docx" not in told, told
    assert not await office.value("SELECT COUNT(*) FROM job")
