"""`thidua template`: a template edited in Word comes back, is tried on the records, taken; the old one stays in force until then."""

import io
import os
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot.documents.papers.template_check import tried
from bot.office.papers import templates
from bot.server.worker import Worker
from tests.conftest import NEED_WRITER, Office, OpenOffice
from tests.process.test_bad_input import one_sentence, thidua
from tests.process.test_word_pages import WRITER, run
from tests.server import ROOT, Server
from tests.unit.test_template_check import LIST, ROWS, replaced

pytestmark = pytest.mark.slow
MARKED = "MẪU CỦA CƠ QUAN"
ENDLESS = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"
HUGE = "{{ ('a' * 400000000) | length }}"
PUT = "INSERT INTO paper_template (name, mark, bytes, by, at) VALUES (:name, 'x', :data, 'y', '2027-01-01T00:00:00')"


async def put(office: Office, name: str, data: bytes) -> None:
    """Have a template in force that was never looked at."""
    await office.app.db.write(lambda tx: tx.run(PUT, name=name, data=data))


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


def within(folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    """Run the command line with another folder as its own."""
    whole = [sys.executable, "-m", "bot", *args]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(whole, cwd=folder, env=env, capture_output=True, text=True, timeout=60, check=False)


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


def test_a_paper_of_one_record_is_not_said_to_be_tried(demo_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "to-trinh.docx"
    path.write_bytes(templates.shipped("award_letter"))
    done = thidua("template", "check", "award_letter", str(path), "--db", str(demo_file))
    assert done.returncode == 0, done.stderr
    assert "không lập thử tại đây" in done.stdout and "Chưa có số liệu" not in done.stdout
    assert not list(tmp_path.glob("*-thu-*"))


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
    endless, worker = replaced("{{ head }}", ENDLESS, data=LIST), Worker()
    try:
        with pytest.raises(BrokenProcessPool):
            await worker.make(tried, endless, ROWS, 1)
        made = await worker.make(tried, LIST, ROWS)
        assert isinstance(made, bytes), "the next one begins in a new process"
    finally:
        worker.close()


@pytest.mark.parametrize("bomb", [ENDLESS, HUGE])
async def test_a_template_that_was_never_tried_holds_up_nobody(
    open_office: OpenOffice, monkeypatch: pytest.MonkeyPatch, bomb: str
) -> None:
    """Endless or as big as it likes: whoever asks gets the paper of the program and hears of it, the next job is done."""
    monkeypatch.setattr(templates, "SECONDS", 1)
    office = await open_office()
    data = replaced("{{ kind }}", f"{bomb}{{{{ kind }}}}", data=templates.shipped("leaders_page"))
    await put(office, "leaders_page", data)
    said = await office.says("office", "/banword giaoban 2027", "/tonghop word 2027")
    assert said.count("⚠️ Mẫu riêng không dùng được") == 1, said
    assert await office.rows("SELECT work, state FROM job WHERE state <> 'done'") == []
    assert len(await office.rows("SELECT name FROM file WHERE name LIKE '%.docx'")) == 2


def test_the_terminal_makes_papers_within_bounds_too(demo_file: Path, tmp_path: Path) -> None:
    data = replaced("{{ kind }}", f"{MARKED} {{{{ kind }}}}{HUGE}")
    with closing(sqlite3.connect(demo_file)) as file, file:
        file.execute(PUT, {"name": "office_report", "data": data})
    papers = tmp_path / "van-ban"
    done = thidua("summary", "2027", "--db", str(demo_file), "--out", str(papers))
    assert done.returncode == 0 and "template check" in done.stderr, done.stderr
    said = texts((papers / "Bao-cao-tong-hop-2027.docx").read_bytes())
    assert "BÁO CÁO" in said, "of the program"


async def test_what_the_server_refuses_is_told_by_the_exit_code(demo_file: Path, tmp_path: Path) -> None:
    """A path that leads elsewhere in the server, as in a container of its own."""
    server, path = Server(demo_file), Path("/proc/self/cwd/to-trinh.docx")
    (tmp_path / path.name).write_bytes(templates.shipped("award_letter"))
    await server.start()
    await server.ready()
    try:
        done = within(tmp_path, "template", "use", "award_letter", str(path), "--apply", "--db", str(demo_file))
    finally:
        await server.kill()
    assert done.returncode == 1 and path.name in done.stdout, done.stdout + done.stderr
    assert value(demo_file, "SELECT COUNT(*) FROM paper_template") == 0


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
    await put(office, "office_report", broken)
    said = await office.says("office", "/tonghop word 2027")
    assert "⚠️ Mẫu riêng không dùng được" in said
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
