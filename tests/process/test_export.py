"""`thidua export`: a folder that is whole or not there, leads to all, and gives nobody a key."""

import hashlib
import html
import io
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import unquote

import pytest

from bot.documents.export_page import PageSection, PageTable, page
from bot.office.leaving.file_names import FileNames, plain
from bot.server.export_commands import _new_folder
from storage import taken_along
from storage.db import Reader
from tests.browsing import NEEDS_BROWSER, chromium
from tests.process.test_bad_input import one_sentence, thidua
from tests.server import ROOT

KEY, SESSION, CODE, PHONE, SAID = "a1b2c3d4e5f6" * 5, "5e55" * 16, "c0de" * 16, "0987654321", "câu nói riêng trong chat"
HOSTILE = '<script>alert("x")</script>{{ 7*7 }} & =cmd|\u202e'
slow = pytest.mark.slow


def lived_in(path: Path) -> sqlite3.Connection:
    """The demo with keys, secrets and files; a connection that leaves what was written last in the log."""
    file = sqlite3.connect(path, isolation_level=None)
    file.execute("PRAGMA wal_autocheckpoint=0")
    chat = file.execute("SELECT id FROM chat ORDER BY id LIMIT 1").fetchone()[0]
    file.execute("INSERT OR REPLACE INTO setting (name, value) VALUES ('link_key', ?)", (KEY,))
    file.execute(
        "INSERT INTO session (hash, chat, at, expires) VALUES (?, ?, '2027-10-01', '2028-10-01')", (SESSION, chat)
    )
    file.execute("INSERT INTO invite (hash, person, at, expires) VALUES (?, 1, '2027-10-01', '2028-10-01')", (CODE,))
    file.execute("UPDATE person SET phone = ? WHERE id = 1", (PHONE,))
    file.execute(
        "INSERT INTO inbox (chat, message, body, at, state) VALUES (?, 'm', ?, '2027-10-01', 'done')", (chat, SAID)
    )
    (report,) = file.execute("SELECT code FROM report_version WHERE year = 2027 ORDER BY id LIMIT 1").fetchone()
    codes = [code for (code,) in file.execute("SELECT code FROM initiative ORDER BY id LIMIT 2")]
    file.execute("UPDATE initiative SET title = ? WHERE code = ?", (HOSTILE, codes[0]))
    file.execute("UPDATE initiative SET state = 'withdrawn' WHERE code = ?", (codes[1],))
    for n, (record, name) in enumerate(
        (
            (report, "Minh chứng.pdf"),
            (report, "minh chứng.PDF"),
            (report, "Minh chứng.pdf"),
            (report, "../../<b>x</b>\u202efdp.exe"),
            (report, "CON.txt"),
            (report, "ảnh" * 90 + ".jpg"),
            (codes[0], "Thuyết minh.docx"),
            (codes[1], "đã rút.docx"),
            ("GN-1", "ghi chú riêng.jpg"),
            ("", "chưa gửi.jpg"),
        )
    ):
        data = f"nội dung {n}".encode()
        of = hashlib.sha256(data).hexdigest()
        file.execute("INSERT INTO content (sha256, bytes) VALUES (?, ?)", (of, data))
        file.execute(
            "INSERT INTO file (chat, name, kind, size, sha256, record, at) VALUES (?, ?, 'x/y', ?, ?, ?, '2027-10-01T01:00:00')",
            (chat, name, len(data), of, record),
        )
    return file


def counts(file: sqlite3.Connection) -> dict[str, int]:
    names = file.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").fetchall()
    return {name: file.execute(f'SELECT COUNT(*) FROM "{name}"').fetchone()[0] for (name,) in names}


def links(folder: Path) -> list[str]:
    said = re.findall(r'href="([^"#][^"]*)"', (folder / "index.html").read_text(encoding="utf-8"))
    return [unquote(html.unescape(each)) for each in said]


def readable(folder: Path) -> Iterator[tuple[Path, str]]:
    """Every text that somebody reads who has not the database."""
    for path in folder.rglob("*"):
        if path.is_file() and path.suffix != ".db":
            data = path.read_bytes()
            if zipfile.is_zipfile(io.BytesIO(data)):
                with zipfile.ZipFile(path) as parts:
                    data = b"".join(parts.read(name) for name in parts.namelist())
            yield path, data.decode("utf-8", "replace")


@slow
def test_everything_leads_to_a_file_and_every_row_is_there(demo_file: Path, tmp_path: Path) -> None:
    out = tmp_path / "xuất ra"
    out.mkdir()
    with closing(lived_in(demo_file)) as file:
        done = thidua("export", "--db", str(demo_file), "--out", str(out))
        assert done.returncode == 0, done.stderr
        assert str(out / "index.html") in done.stdout
        before = counts(file)
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith(".thidua")] == []
    files = {str(each.relative_to(out)) for each in out.rglob("*") if each.is_file()}
    assert sorted([*links(out), "index.html"]) == sorted(files), "each file has its link, each link its file, once"
    (copy,) = out.glob("co-so-du-lieu/*.db")
    with closing(sqlite3.connect(copy)) as taken:
        assert taken.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        after = counts(taken)
        assert after == {**before, "session": 0, "invite": 0}, (
            "what was written last stands in the log, and is taken too"
        )
        held = taken.execute("SELECT COUNT(*) FROM sqlite_schema WHERE type = 'trigger'").fetchone()[0]
    with closing(sqlite3.connect(demo_file)) as file:
        assert held == file.execute("SELECT COUNT(*) FROM sqlite_schema WHERE type = 'trigger'").fetchone()[0]
    said = (out / "index.html").read_text(encoding="utf-8")
    for table, n in after.items():
        assert re.search(rf"<code>{table}</code> <bdi>–</bdi> <bdi>[^<]+</bdi> <bdi>\({n} dòng\)</bdi>", said), table
    back = thidua("restore", str(copy), "--db", str(tmp_path / "sau" / "thidua.db"))
    assert back.returncode == 0, back.stderr


@slow
def test_names_and_titles_that_mean_harm_are_only_texts(demo_file: Path, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    out = tmp_path / "out"
    lived_in(demo_file).close()
    done = thidua("export", "--db", str(demo_file), "--out", str(out))
    assert done.returncode == 0, done.stderr
    said = (out / "index.html").read_text(encoding="utf-8")
    assert "<script" not in said and "<b>" not in said
    assert "../../&lt;b&gt;x&lt;/b&gt;" in said, "shown as it was sent"
    sent = sorted(str(each.relative_to(out / "tep-da-gui")) for each in (out / "tep-da-gui").rglob("*.*"))
    report = next(each.partition("/")[0] for each in sent if each.startswith("BC-"))
    mine = [each.partition("/")[2] for each in sent if each.startswith(report)]
    assert {"Minh chứng.pdf", "minh chứng (2).PDF", "Minh chứng (3).pdf", "_CON.txt"} < set(mine)
    assert len(mine) == 6 and all(len(each.encode()) < 230 and "\u202e" not in each for each in mine)
    assert not any("rút" in each or "riêng" in each or "chưa gửi" in each for each in sent)
    assert len({(out / "tep-da-gui" / each).read_bytes() for each in sent}) == 7, (
        "files of one name keep what is in each"
    )
    of = {path.name: load_workbook(path) for path in (out / "bang-excel").glob("*.xlsx")}
    cells = [cell for book in of.values() for sheet in book for row in sheet.iter_rows() for cell in row]
    assert any(isinstance(cell.value, str) and cell.value.startswith("<script>") for cell in cells)
    assert not any(cell.data_type == "f" for cell in cells)


@slow
def test_nobody_gets_a_key_with_it(demo_file: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    lived_in(demo_file).close()
    assert thidua("export", "--db", str(demo_file), "--out", str(out)).returncode == 0
    for path in (each for each in out.rglob("*") if each.is_file()):
        data = path.read_bytes()
        assert not any(secret.encode() in data for secret in (KEY, SESSION, CODE)), path
        assert path.stat().st_mode & 0o077 == 0, path
    for path, text in readable(out):
        assert PHONE not in text and SAID not in text, path
    with closing(sqlite3.connect(demo_file)) as file:
        assert file.execute("SELECT COUNT(*) FROM session").fetchone()[0] == 1, "the office itself keeps what it had"


@slow
def test_what_is_there_is_not_touched(demo_file: Path, tmp_path: Path) -> None:
    full, file, link = tmp_path / "full", tmp_path / "tệp", tmp_path / "lối"
    full.mkdir()
    (full / "của tôi.txt").write_text("giữ", encoding="utf-8")
    file.write_text("giữ", encoding="utf-8")
    link.symlink_to(full)
    for out in (full, file, link):
        one_sentence(thidua("export", "--db", str(demo_file), "--out", str(out)), "không trống", str(out))
    assert (full / "của tôi.txt").read_text(encoding="utf-8") == "giữ"
    one_sentence(thidua("export", "--db", str(demo_file), "--out", str(file / "trong")), str(file / "trong"))
    one_sentence(thidua("export", "--db", str(tmp_path / "không.db"), "--out", str(tmp_path / "out")), "không.db")
    assert not (tmp_path / "out").exists()


@slow
async def test_files_that_have_not_reached_the_office_are_not_among_those_passed_on(demo_file: Path) -> None:
    with closing(sqlite3.connect(demo_file)) as db, db:
        for n, way in ((801, "head"), (802, "head"), (803, "desk")):
            db.execute(
                "INSERT INTO difficulty (id, code, year, unit, by, at, text, way, state, since) "
                "VALUES (?, 'VM-2027-' || ?, 2027, 'QLXD', 1, '2027-10-01', 'x', ?, ?, '2027-10-01')",
                (n, n, way, way),
            )
        db.execute(
            "INSERT INTO difficulty_step VALUES (802, 1, 'passed_on', 'head', 1, '2027-10-01', '', '', NULL, '')"
        )
        for n, union in ((901, None), (902, "QLXD")):
            db.execute(
                "INSERT INTO announcement (id, by, of_union, text, due, at) VALUES (?, 1, ?, 'x', '2027-10-01', '2027-10-01')",
                (n, union),
            )
        db.execute("INSERT INTO content (sha256, bytes) VALUES ('x', x'78')")
        for record in ("VM-2027-801", "VM-2027-802", "VM-2027-803", "TB-901", "TB-902"):
            db.execute(
                "INSERT INTO file (chat, name, kind, size, sha256, record, at) VALUES (1, 'a', 'x/y', 1, 'x', ?, '2027-10-01')",
                (record,),
            )
    async with Reader.opened(demo_file) as reader:
        sent = {each.record for each in await reader.all(taken_along.SENT)}
    assert {each for each in sent if each[:2] in ("VM", "TB")} == {"VM-2027-802", "VM-2027-803", "TB-901"}


@slow
def test_killed_half_way_it_is_not_there(demo_file: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "export", "--db", str(demo_file), "--out", str(out)], cwd=ROOT, env=os.environ
    )
    part = tmp_path / f".thidua-export-{process.pid}"
    until = time.monotonic() + 30
    while not list(part.glob("bang-excel/*")) and time.monotonic() < until:
        time.sleep(0.005)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert part.exists() and not out.exists()
    (tmp_path / ".thidua-export-khác").mkdir()
    done = thidua("export", "--db", str(demo_file), "--out", str(out))
    assert done.returncode == 0, done.stderr
    assert (out / "index.html").exists() and not part.exists()
    assert (tmp_path / ".thidua-export-khác").exists(), "what is not ours stays"


@pytest.mark.parametrize("whose", ["ours", "another's"])
def test_what_a_killed_one_has_left_goes_whoever_has_its_number_now(whose: str, tmp_path: Path) -> None:
    """In a container every export is the same number; elsewhere it is given again."""
    rest = tmp_path / f".thidua-export-{os.getpid() if whose == 'ours' else os.getppid()}"
    (rest / "co-so-du-lieu").mkdir(parents=True)
    (rest / "co-so-du-lieu" / "thidua.db").write_bytes(b"all of it")
    with _new_folder(tmp_path / "out") as part:
        (part / "index.html").write_text("x")
        assert not list(tmp_path.rglob("thidua.db"))
        with _new_folder(tmp_path / "khac") as other:
            assert part.exists() and other != part, "one that is being written stays, and holds up nobody"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["khac", "out"]


@slow
def test_a_new_office_has_a_page_too(tmp_path: Path) -> None:
    db, out = tmp_path / "thidua.db", tmp_path / "out"
    done = thidua("init", "--db", str(db), "--name", "Nông Văn Mẫu", "--year", "2027", "--yes")
    assert done.returncode == 0, done.stderr
    done = thidua("export", "--db", str(db), "--out", str(out))
    assert done.returncode == 0, done.stderr
    assert "Chưa có tệp nào" in (out / "index.html").read_text(encoding="utf-8")
    assert all((out / each).is_file() for each in links(out))


@slow
@NEEDS_BROWSER
async def test_the_page_opens_without_a_network(demo_file: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    lived_in(demo_file).close()
    assert thidua("export", "--db", str(demo_file), "--out", str(out)).returncode == 0
    async with chromium() as browser:
        tab, wrong = await browser.new_page(), list[str]()
        await tab.context.set_offline(True)
        tab.on("console", lambda each: wrong.append(each.text))
        tab.on("request", lambda each: None if each.url.startswith("file://") else wrong.append(each.url))
        tab.on("dialog", lambda each: wrong.append(each.message))
        await tab.set_viewport_size({"width": 360, "height": 800})
        await tab.goto((out / "index.html").as_uri())
        assert await tab.locator("h2").all_inner_texts() == [
            "Bảng Excel",
            "Báo cáo Word",
            "Tệp đã gửi",
            "Nội dung từng bảng Excel",
            "Cơ sở dữ liệu, từng bảng",
            "Ai được nhận thư mục này",
        ]
        assert await tab.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing runs off a phone"
        table = tab.locator("details", has_text="author –").first
        assert not await table.get_by_text("initiative.id").is_visible()
        await table.locator("summary").click()
        assert await table.get_by_text("initiative.id").is_visible()
    assert wrong == []


def test_a_name_is_one_that_every_system_takes() -> None:
    assert plain("a/b\\c:d*?.pdf") == "a_b_c_d__.pdf"
    assert plain(" .. ") == "_"
    assert plain("") == "_"
    assert plain("nul.tar.gz") == "_nul.tar.gz"
    assert plain("e\u0302\u0301.txt") == "ế.txt"
    names = FileNames()
    assert [names.given(each) for each in ("x/A.txt", "x/a.TXT", "y/A.txt", "x/A.txt")] == [
        "x/A.txt",
        "x/a (2).TXT",
        "y/A.txt",
        "x/A (3).txt",
    ]


def test_whatever_is_written_stays_a_text() -> None:
    said = page("<i>", ["&amp;"], [PageSection("</h2>", ["\x00\ud800"], [PageTable(["<th>"], [["</td>"]], ("<",))])])
    assert "<i>" not in said and "</h2></h2>" not in said and "\x00" not in said
    said.encode()
