"""`thidua summary YEAR --out DIR` writes the report in Word: of a year, of several, of one unit."""

from pathlib import Path
from typing import Any

import pytest

from tests.process.test_bad_input import thidua

pytestmark = pytest.mark.slow


def written(folder: Path, name: str) -> Any:
    from docx import Document

    return Document(str(folder / name))


def test_the_report_is_written_into_a_folder(demo_file: Path, tmp_path: Path) -> None:
    out = tmp_path / "van-ban"
    several = thidua("summary", "2026", "--to", "2027", "--db", str(demo_file), "--out", str(out))
    assert several.returncode == 0, several.stderr
    assert several.stdout.strip() == str(out / "Bao-cao-tong-hop-2026-2027.docx")
    table = written(out, "Bao-cao-tong-hop-2026-2027.docx").tables[1]
    assert [cell.text for cell in table.rows[0].cells] == ["TT", "Chỉ tiêu", "Năm 2026", "Năm 2027", "Đánh giá"]
    unit = thidua("summary", "2026", "--unit", "qlxd", "--db", str(demo_file), "--out", str(out))
    assert unit.returncode == 0, unit.stderr
    paper = written(out, "Bao-cao-QLXD-2026.docx")
    heading, _motto = paper.tables[0].rows[0].cells
    assert heading.text.splitlines()[:2] == ["SỞ XÂY DỰNG", "PHÒNG QUẢN LÝ XÂY DỰNG"], "a unit without a seal"
    said = "\n".join(par.text for par in paper.paragraphs)
    assert "Kính gửi: Văn phòng Sở." in said
    assert "Thanh tra" not in said
    nobody = thidua("summary", "2026", "--unit", "XX", "--db", str(demo_file), "--out", str(out))
    assert nobody.returncode != 0
    assert "Không có mã XX; có: BQLBT" in nobody.stderr
