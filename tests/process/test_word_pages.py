"""The office's report as pages: opened and laid out by another program than Word, once."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import NEED_WRITER, OpenOffice

WRITER = shutil.which("soffice") if shutil.which("pdftotext") else None


def run(folder: Path, *command: str) -> str:
    """What a program prints about the report."""
    where = {**os.environ, "HOME": str(folder)}
    return subprocess.run(command, cwd=folder, env=where, check=True, capture_output=True).stdout.decode()


@pytest.mark.slow
@pytest.mark.skipif(
    WRITER is None and not NEED_WRITER,
    reason="no LibreOffice: sudo apt-get install -y --no-install-recommends libreoffice-writer-nogui poppler-utils",
)
async def test_every_page_is_as_the_decree_says(open_office: OpenOffice, tmp_path: Path) -> None:
    assert WRITER, "LibreOffice and poppler-utils are needed (THIDUA_NEED_WRITER=1)"
    office = await open_office()
    await office.says("office", "/tonghop word 2027")
    ((data,),) = await office.rows("SELECT bytes FROM content JOIN file USING (sha256) WHERE name LIKE '%.docx'")
    (tmp_path / "bao-cao.docx").write_bytes(data)
    run(tmp_path, WRITER, "--headless", "--convert-to", "pdf", "bao-cao.docx")
    pages = run(tmp_path, "pdftotext", "-layout", "bao-cao.pdf", "-").rstrip("\f").split("\f")
    tops = [next(line.split() for line in page.splitlines() if line.strip()) for page in pages]
    assert all(top[-2:] == ["DỰ", "THẢO"] for top in tops), "every page of a draft says so"
    annexes = [n for n, page in enumerate(pages) if re.search(r"^\s*Phụ lục [IV]+$", page, re.MULTILINE)]
    assert len(annexes) == 6
    begins = {0, *annexes}
    for n, top in enumerate(tops):
        own = n - max(each for each in begins if each <= n) + 1
        assert top[:-2] == ([] if n in begins else [str(own)]), f"page {n + 1} is numbered {top}"
    assert "Nơi nhận:" in pages[annexes[0] - 1] and "PHÓ GIÁM ĐỐC" in pages[annexes[0] - 1]
    found = re.findall(r"size:\s+([\d.]+) x ([\d.]+)", run(tmp_path, "pdfinfo", "-l", "-1", "bao-cao.pdf"))
    assert [(round(float(a)), round(float(b))) for a, b in found] == [
        (595, 842) if n < annexes[0] else (842, 595) for n in range(len(pages))
    ]
