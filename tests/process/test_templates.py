"""`thidua template`: a template edited in Word comes back, is tried on the records, taken; the old one stays in force until then."""

import io
import shutil
import sqlite3
import zipfile
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot.documents.papers.template_check import tried
from bot.office.papers import templates
from bot.server.worker import Worker
from tests.conftest import NEED_WRITER, OpenOffice
from tests.process.test_bad_input import one_sentence, thidua
from tests.process.test_word_pages import WRITER, run
from tests.server import Server
from tests.unit.test_template_check import LIST, ROWS, replaced

pytestmark = pytest.mark.slow
MARKED = "MẪU CỦA CƠ QUAN"


def edited(folder: Path, data: bytes | None = None) -> Path:
    """A template as a clerk sends it back: with a line of her own."""
    path = folder / "mau-bao-cao.docx"
    path.write_bytes(data or replaced("{{ kind }}", f"{MARKED} {{{{ kind }}}}"))
    return path


def texts(data: bytes) -> list[str]:
    """Every paragraph that says something, tables too, in its order."""
    from docx import Document

    found = []
    for par in Document(io.BytesIO(data)).element.body.iter():
        if par.tag.endswith("}p"):
            said = "".join(text.text or "" for text in par.iter() if text.tag.endswith("}t")).strip()
            found += [said] if said else []
    return found


def value(path: Path, sql: str) -> Any:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as file:
        return file.execute(sql).fetchone()[0]


def test_out_edited_checked_used_and_back(demo_file: Path, tmp_path: Path) -> None:
    db = ("--db", str(demo_file))
    shipped = templates.mark_of(templates.shipped("office_report"))
    assert f"office_report  {shipped}  kèm chương trình, đang dùng" in thidua("template", "list", *db).stdout
    out = thidua("template", "export", "office_report", str(tmp_path / "mau.docx"), *db)
    assert out.returncode == 0, out.stderr
    assert (tmp_path / "mau.docx").read_bytes() == templates.shipped("office_report")
    path = edited(tmp_path)
    looked = thidua("template", "check", "office_report", str(path), *db)
    assert looked.returncode == 0, looked.stderr
    tried = tmp_path / "mau-bao-cao-thu-tren-so-lieu.docx"
    assert str(tried) in looked.stdout
    said = texts(tried.read_bytes())
    assert f"{MARKED} BÁO CÁO" in said and any("Phòng Quản lý xây dựng" in each for each in said), "real records"
    seen = thidua("template", "use", "office_report", str(path), *db)
    assert "Chưa thay đổi gì" in seen.stdout and (tmp_path / "mau-bao-cao-2-thu-tren-so-lieu.docx").exists()
    assert value(demo_file, "SELECT COUNT(*) FROM paper_template") == 0, "the old one is in force until it is taken"
    done = thidua("template", "use", "office_report", str(path), "--apply", "--by", "Người Thử", *db)
    assert done.returncode == 0, done.stdout + done.stderr
    mark = templates.mark_of(path.read_bytes())
    assert f"{mark}  mẫu riêng, đang dùng" in (listed := thidua("template", "list", *db).stdout)
    assert "Người Thử" in listed and f"{shipped}  kèm chương trình; số bản đã lập: 00" in listed
    papers = tmp_path / "van-ban"
    assert thidua("summary", "2027", *db, "--out", str(papers)).returncode == 0
    assert f"{MARKED} BÁO CÁO" in texts((papers / "Bao-cao-tong-hop-2027.docx").read_bytes())
    assert thidua("export", *db, "--out", str(tmp_path / "ra")).returncode == 0
    (copy,) = (tmp_path / "ra" / "co-so-du-lieu").glob("*.db")
    assert value(copy, "SELECT mark FROM paper_template") == mark, "copies and exports hold it"
    assert f"{MARKED} BÁO CÁO" in texts(next((tmp_path / "ra").rglob("Bao-cao-tong-hop-2027.docx")).read_bytes())
    back = thidua("template", "use", "office_report", "--shipped", "--apply", *db)
    assert back.returncode == 0, back.stderr
    assert "dùng lại từ" in thidua("template", "list", *db).stdout
    again = thidua("template", "export", "office_report", str(tmp_path / "cu.docx"), "--mark", mark, *db)
    assert again.returncode == 0 and (tmp_path / "cu.docx").read_bytes() == path.read_bytes()


def test_what_cannot_be_used_changes_nothing(demo_file: Path, tmp_path: Path) -> None:
    db = ("--db", str(demo_file))
    one_sentence(thidua("template", "check", "bao_cao", "x.docx", *db), "office_report")
    one_sentence(thidua("template", "check", "office_report", *db), "tệp Word")
    one_sentence(thidua("template", "check", "office_report", str(tmp_path / "không.docx"), *db), "không.docx")
    one_sentence(thidua("template", "export", "office_report", str(tmp_path / "a"), "--mark", "abc", *db), "abc")
    path = edited(tmp_path, replaced("{{ subject }}", "{{ subjet }}"))
    one_sentence(thidua("template", "check", "office_report", str(path), "--year", "2031", *db), "2031")
    for data in (path.read_bytes(), b"not a Word file", replaced("{{ subject }}", "{{ body[0].years.x.y }}")):
        path.write_bytes(data)
        done = thidua("template", "use", "office_report", str(path), "--apply", *db)
        assert done.returncode == 1, done.stdout
        assert "mẫu trước vẫn dùng" in done.stdout and "Traceback" not in done.stderr
    assert value(demo_file, "SELECT COUNT(*) FROM paper_template") == 0
    assert not list(tmp_path.glob("*-thu-*")), "what cannot be filled in leaves no paper"


async def test_one_that_never_ends_is_ended() -> None:
    loop = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"
    endless, worker = replaced("{{ head }}", loop, data=LIST), Worker()
    try:
        with pytest.raises(BrokenProcessPool):
            await worker.make(tried, endless, ROWS, 1)
        made = await worker.make(tried, LIST, ROWS)
        assert isinstance(made, bytes), "the next one begins in a new process"
    finally:
        worker.close()


async def test_beside_a_server_the_next_paper_is_made_with_it(demo_file: Path, tmp_path: Path) -> None:
    server, path = Server(demo_file), edited(tmp_path)
    await server.start()
    await server.ready()
    try:
        done = thidua("template", "use", "office_report", str(path), "--apply", "--db", str(demo_file))
        assert done.returncode == 0 and "Từ nay" in done.stdout, done.stdout + done.stderr
    finally:
        await server.kill()
    assert value(demo_file, "SELECT mark FROM paper_template") == templates.mark_of(path.read_bytes())
    assert value(demo_file, "SELECT COUNT(*) FROM audit WHERE what = 'template_taken'") == 1


async def test_which_template_made_a_draft_is_known(open_office: OpenOffice, demo_file: Path, tmp_path: Path) -> None:
    path = edited(tmp_path)
    done = thidua("template", "use", "office_report", str(path), "--apply", "--db", str(demo_file))
    assert done.returncode == 0, done.stdout + done.stderr
    office = await open_office(path=demo_file)
    await office.says("office", "/tonghop word 2027")
    ((data,),) = await office.rows("SELECT bytes FROM content JOIN file USING (sha256) WHERE name LIKE '%.docx'")
    assert f"{MARKED} BÁO CÁO" in texts(data)
    assert await office.value("SELECT template FROM office_paper") == templates.mark_of(path.read_bytes())
    assert "số bản đã lập: 01" in thidua("template", "list", "--db", str(demo_file)).stdout


async def test_one_that_cannot_be_filled_in_any_more_holds_up_nobody(open_office: OpenOffice, caplog: Any) -> None:
    """Of before another version of the program: whoever asks gets a paper, the log says why it looks otherwise."""
    office = await open_office()
    broken = replaced("{{ subject }}", "{{ subject_of_before }}")
    await office.app.db.write(
        lambda tx: tx.run(
            "INSERT INTO paper_template (name, mark, bytes, by, at) VALUES ('office_report', 'x', :data, 'y', '2027-01-01T00:00:00')",
            data=broken,
        )
    )
    await office.says("office", "/tonghop word 2027")
    ((data,),) = await office.rows("SELECT bytes FROM content JOIN file USING (sha256) WHERE name LIKE '%.docx'")
    assert "BÁO CÁO" in texts(data)
    assert "office_report" in caplog.text


@pytest.mark.skipif(
    WRITER is None and not NEED_WRITER,
    reason="no LibreOffice: sudo apt-get install -y --no-install-recommends libreoffice-writer-nogui poppler-utils",
)
def test_through_another_program_and_back_it_says_the_same(demo_file: Path, tmp_path: Path) -> None:
    assert WRITER, "LibreOffice is needed (THIDUA_NEED_WRITER=1)"
    db, before, after = ("--db", str(demo_file)), tmp_path / "truoc", tmp_path / "sau"
    assert thidua("summary", "2027", *db, "--out", str(before)).returncode == 0
    for name in ("office_report", "report_changes", "unit_report"):
        thidua("template", "export", name, str(tmp_path / f"{name}.docx"), *db)
        run(tmp_path, WRITER, "--headless", "--convert-to", "docx", "--outdir", "lo", f"{name}.docx")
        back = tmp_path / "lo" / f"{name}.docx"
        assert back.read_bytes() != templates.shipped(name), "another program has written it"
        done = thidua("template", "use", name, str(back), "--apply", *db)
        assert done.returncode == 0, done.stdout + done.stderr
        assert "⚠️" not in done.stdout, done.stdout
        tried = next((tmp_path / "lo").glob(f"{name}-thu-*.docx")).read_bytes()
        names = zipfile.ZipFile(io.BytesIO(tried)).namelist()
        assert len(names) == len(set(names)), "a part that stood in it twice would not open in Word"
    assert thidua("summary", "2027", *db, "--out", str(after)).returncode == 0
    name = "Bao-cao-tong-hop-2027.docx"
    assert texts((after / name).read_bytes()) == texts((before / name).read_bytes())
    shutil.copy(after / name, tmp_path / "mo.docx")
    run(tmp_path, WRITER, "--headless", "--convert-to", "pdf", "mo.docx")
    assert (tmp_path / "mo.pdf").exists()
