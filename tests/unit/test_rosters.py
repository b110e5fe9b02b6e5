"""A table is read as its program shows it, wherever it stands in the file; else one sentence says what to do."""

import io
import random
import re
import resource
import time
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.documents.roster import Sheet, read
from bot.documents.roster_template import template
from bot.documents.tables import put_right
from bot.language.i18n import Words
from bot.movement import Plan
from tests.conftest import PLAN_TEXT
from tests.workbooks import DU, HEADER, MAU, STRICT, UNITS, book, roster, sheet

ROSTERS = Path(__file__).parents[1] / "rosters"
GOOD = ["Nông Văn Mẫu", "Lý Thị Ví Dụ"]


def said(found: Sheet) -> str:
    """All that is said of a file."""
    return "\n".join(Words("vi").say(line) for line in (*put_right(found.problems), *found.notes))


def names(found: Sheet) -> list[str]:
    """The people read, each without a problem."""
    assert not found.problems, said(found)
    return [person.name for person in found.people]


@pytest.mark.parametrize(
    ("file", "people"),
    [
        ("00-good.xlsx", 3),
        ("01-dimension-a1.xlsx", 3),
        ("03-strict.xlsx", 3),
        ("07-unicode-text.txt", 1),
        ("07b-tab.csv", 1),
        ("08-title-rows.xlsx", 3),
        ("15-notes-sheet.xlsx", 3),
        ("17-usual-headers.xlsx", 1),
        ("19-unit-by-name.xlsx", 2),
        ("29c-good-named.xls", 3),
        ("29e-good.xlsm", 3),
        ("31-blank-first-row-col.xlsx", 3),
        ("40-hung.xlsx", 2),
        ("44a-eth.xlsx", 1),
        ("51-unit-case.csv", 0),
    ],
)
def test_a_good_file_is_read_whatever_its_name_and_its_program(file: str, people: int) -> None:
    assert len(names(read(file, (ROSTERS / file).read_bytes()))) == people


@pytest.mark.parametrize(
    ("file", "what"),
    [
        ("05-old.xls", "kiểu cũ (.xls)"),
        ("30-empty.xlsx", "Không đọc được trang tính nào"),
        ("42-phone-forms.xlsx", "«Nhân sự» · Dòng 4: «01680000003» là số cũ"),
        ("46-titles-in-names.xlsx", "Dòng 5: «Vi Văn Nháp 1» có chữ số"),
    ],
)
def test_what_is_not_read_says_what_to_do(file: str, what: str) -> None:
    assert what in said(read(file, (ROSTERS / file).read_bytes()))


def test_titles_and_remarks_are_no_part_of_a_name() -> None:
    found = read("46.xlsx", (ROSTERS / "46-titles-in-names.xlsx").read_bytes())
    assert [person.name for person in found.people] == ["Nông Văn Mẫu", "Hứa Văn Thử", "Lý Thị Ví Dụ"]
    assert "dòng 4: «nghỉ thai sản» không thuộc họ tên Lý Thị Ví Dụ" in said(found)
    kept = read("x.xlsx", roster(("Ông Thị Thu Mẫu", *MAU[1:])))
    assert names(kept) == ["Ông Thị Thu Mẫu"], "a surname"


# As offices keep them ----------------------------------------------------------------------------


def test_a_unit_written_once_in_a_merged_cell_is_everybodys() -> None:
    data = roster(MAU, (*DU[:3], None, *DU[4:]), merged=["D2:D3"])
    found = read("x.xlsx", data)
    assert names(found) == GOOD
    assert [person.unit for person in found.people] == ["QLXD", "QLXD"]


def test_a_line_with_the_name_of_a_unit_stands_above_its_people() -> None:
    rows = [
        ("STT", *HEADER[:3], "Điện thoại"),
        ("I", "Văn phòng Mẫu"),
        (1, *DU[:3], DU[5]),
        ("II. Phòng Quản lý xây dựng Mẫu",),
        (1, *MAU[:3], MAU[5]),
    ]
    found = read("x.xlsx", book({"DS": sheet(rows)}))
    assert [(person.name, person.unit) for person in found.people] == [
        ("Lý Thị Ví Dụ", "Văn phòng Mẫu"),
        ("Nông Văn Mẫu", "Phòng Quản lý xây dựng Mẫu"),
    ]


def test_titles_above_signatures_below_and_a_table_far_off_are_no_trouble() -> None:
    rows = [
        ("SỞ XÂY DỰNG MẪU", None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("DANH SÁCH",),
        (),
        HEADER,
        ("(1)", "(2)", "(3)", "(4)", "(5)", "(6)"),
        MAU,
        HEADER,
        DU,
        ("Tổng số: 2 người",),
        (None, None, None, "Lạng Sơn, ngày 05 tháng 01 năm 2027"),
        ("NGƯỜI LẬP BIỂU",),
    ]
    found = read("x.xlsx", book({"DS": sheet(rows, top=3, left=4, merged=["D3:I3"])}))
    assert names(found) == GOOD
    assert found.people[0].line == 8, "as Excel counts it"
    assert "được bỏ qua: 11, 12, 13" in said(found)


def test_sums_and_signatures_in_any_column_below_the_last_name_are_no_lines_of_the_list() -> None:
    below = [
        ("Tổng cộng", None, None, None, None, "2 người"),
        (None, None, None, "TRƯỞNG BAN MẪU"),
        (None, None, None, "Chu Thị Nháp"),
    ]
    found = read("x.xlsx", roster(MAU, DU, *below))
    assert names(found) == GOOD
    assert not found.problems
    nameless = read("x.xlsx", roster(MAU, DU, (None, *MAU[1:])))
    assert [each.line for each in nameless.problems] == [4], "somebody whose name was forgotten is asked about"


def test_names_of_columns_may_take_two_lines() -> None:
    rows = [
        ("STT", "Họ và tên", "Thông tin", None, "Đơn vị", "Vai trò"),
        (None, None, "Chức vụ", "Số ĐT (di động)"),
        (1, "Nông Văn Mẫu", "Trưởng phòng", "0912 000 001", "QLXD", "trưởng phòng"),
    ]
    found = read("x.xlsx", book({"DS": sheet(rows, merged=["A1:A2", "B1:B2", "C1:D1", "E1:E2"])}))
    assert names(found) == ["Nông Văn Mẫu"]
    assert (found.people[0].phone, found.people[0].position) == ("+84912000001", "Trưởng phòng")


def test_numbers_that_excel_keeps_as_figures_are_read_as_it_shows_them() -> None:
    styles = '<styleSheet><numFmts><numFmt numFmtId="170" formatCode="dd\\/mm\\/yyyy"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="170"/></cellXfs></styleSheet>'
    rows: list[Sequence[str | int | float | None]] = [
        (*HEADER, "Ngày sinh", "Mã số"),
        (*MAU[:5], 912000001, '< s="1"|<v>29280</v>', 17),
        (*DU[:5], 8.4912000002e10, "02/1985", "CB-018"),
    ]
    found = read("x.xlsx", book({"DS": sheet(rows)}, styles=styles))
    assert names(found) == GOOD
    assert [(p.phone, p.born, p.number) for p in found.people] == [
        ("+84912000001", 1980, "17"),
        ("+84912000002", 1985, "CB-018"),
    ]


def test_a_formula_without_a_result_is_said_where_it_matters_alone() -> None:
    bare = "<|<f>A1&amp;B1</f>"
    found = read("x.xlsx", roster(MAU, (bare, *DU[1:])))
    assert "Trang tính «Nhân sự» · Dòng 3: có ô công thức chưa lưu kết quả" in said(found)
    rows = [("STT", *HEADER), (bare, *MAU), ('< t="e"|<v>#REF!</v>', *DU)]
    assert names(read("x.xlsx", book({"DS": sheet(rows)}))) == GOOD, "nobody reads that column"
    kept = read("x.xlsx", roster(('< t="str"|<f>"Nông"</f><v>Nông Văn Mẫu</v>', *MAU[1:])))
    assert names(kept) == ["Nông Văn Mẫu"]


def test_an_error_in_a_cell_is_named() -> None:
    found = read("x.xlsx", roster((*MAU[:5], '< t="e"|<v>#N/A</v>')))
    assert "Dòng 2: có ô báo lỗi #N/A" in said(found)


def test_hidden_sheets_and_lines_are_named_and_not_taken() -> None:
    data = book({"Nhân sự": sheet([HEADER, MAU, DU], hidden=[3]), "Cũ": sheet([HEADER, DU])}, hidden=["Cũ"])
    found = read("x.xlsx", data)
    assert names(found) == ["Nông Văn Mẫu"]
    told = said(found)
    assert "Trang tính «Nhân sự»: các dòng đang ẩn 3 chưa được đọc" in told
    assert "Trang tính «Cũ» đang ẩn" in told


def test_strict_workbooks_and_those_of_other_programs_are_read() -> None:
    data = book({"DS": sheet([HEADER, MAU, DU], namespaces=STRICT)}, namespaces=STRICT)
    assert names(read("x.xlsx", data)) == GOOD
    rich = '< t="inlineStr"|<is><r><t>Nông </t></r><r><t>Văn Mẫu</t></r><rPh><t>x</t></rPh></is>'
    assert names(read("x", roster((rich, *MAU[1:])))) == ["Nông Văn Mẫu"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("mark", [";", ",", "\t"])
def test_a_text_table_is_read_in_every_encoding_and_with_every_mark(encoding: str, mark: str) -> None:
    text = "\r\n".join(mark.join(row) for row in (HEADER, MAU, DU))
    assert names(read("bang.txt", text.encode(encoding))) == GOOD
    assert names(read("bang.csv", f"sep={mark}\r\n{text}".encode(encoding))) == GOOD


def test_a_text_table_of_an_old_windows_is_read_and_said_to_be() -> None:
    old = unicodedata.normalize("NFC", "\n".join(";".join(row) for row in (HEADER, MAU, DU)))
    data = _with_loose_tones(old).encode("cp1258")
    found = read("x.xlsx", data)
    assert names(found) == GOOD
    assert "Windows-1258" in said(found)


def _with_loose_tones(text: str) -> str:
    """Letters with their shapes, tones behind them: what Windows-1258 can write."""
    loose = unicodedata.normalize("NFD", text)
    return re.sub(
        "([aeouAEOU])([\u0323\u0300\u0301\u0303\u0309]?)([\u0302\u0306\u031b])",
        lambda m: unicodedata.normalize("NFC", m[1] + m[3]) + m[2],
        loose,
    )


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "Tệp trống"),
        (b"\xef\xbb\xbf\r\n;;;\r\n", "Tệp trống"),
        (b"%PDF-1.7 ...", "không phải bảng tính"),
        (b"<html><table><tr><td>Ma", "trang web"),
        (b'<?xml version="1.0"?><Workbook>', "trang web"),
        (b"PK\x05\x06" + bytes(18), "không phải bảng tính"),
        (b"PK\x03\x04 broken", "đã hỏng"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"), "mật khẩu"),
        (b"ho ten\xff\xfe", "UTF-8"),
        ("Họ và tên;Đơn vị\n".encode(), "không có gì để nhập"),
        ("Một;Hai\n1;2\n".encode(), "Chưa thấy dòng tên cột"),
        ("Họ và tên;Đơn vị\n" + "a;b\n" * 20_001, "quá dài"),
        ('Họ và tên;Đơn vị\n"' + "a" * 140_000, "đã hỏng"),
    ],
)
def test_every_file_that_is_not_read_is_told_what_to_do(data: bytes | str, what: str) -> None:
    assert what in said(read("x.xlsx", data.encode() if isinstance(data, str) else data))


def test_other_kinds_of_files_in_a_zip_are_named() -> None:
    for parts, what in (
        ({"xl/workbook.bin": b""}, ".xlsb"),
        ({"content.xml": b""}, ".ods"),
        ({"word/document.xml": b""}, "không phải bảng tính"),
    ):
        assert what in said(read("x.xlsx", book({}, more=parts)))


def test_sheets_without_our_columns_are_passed_over_unless_none_has_them() -> None:
    notes = sheet([("Ghi chú",), ("số liệu đến 01/10",)])
    found = read("x.xlsx", book({"Nhân sự": sheet([HEADER, MAU, DU]), "Ghi chú": notes, "Trống": sheet([])}))
    assert names(found) == GOOD
    assert "Trang tính «Ghi chú» không có tên cột nào" in said(found)
    assert "Trống" not in said(found)
    assert "Trang tính «Ghi chú»: Chưa thấy dòng tên cột" in said(read("x.xlsx", book({"Ghi chú": notes})))


def test_the_template_and_its_hints_speak_as_the_office_does() -> None:
    import openpyxl

    made = openpyxl.load_workbook(io.BytesIO(template(Plan.parse(PLAN_TEXT))))
    shown = " ".join(str(c.value) for s in made.worksheets for row in s.iter_rows() for c in row if c.value)
    shown += " ".join(str(v.formula1) for s in made.worksheets for v in s.data_validations.dataValidation)
    shown += said(read("x.csv", b"Mot;Hai\n1;2\n"))
    for word in ("officer", "drafter", "head", "deputy", "chief", "leader", "admin", "don_vi", "position", "phone"):
        assert word not in shown
    for row in (UNITS[1:], [MAU]):
        assert row
    people = made["Nhân sự"]
    people.append(["Nông Văn Mẫu", "Chuyên viên", "công chức", "QLXD", "văn phòng", "0912000001", "17", 1980])
    out = io.BytesIO()
    made.save(out)
    found = read("x.xlsx", out.getvalue())
    assert [(p.role, p.number, p.born) for p in found.people] == [("văn phòng", "17", 1980)]


# As nobody should send them ----------------------------------------------------------------------


def _taken() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


@pytest.mark.parametrize("bomb", ["cells", "text", "lines", "merge", "entities", "zeros", "sheets"])
def test_a_workbook_made_to_hurt_is_refused_soon(bomb: str) -> None:
    """A second and a few megabytes each, and a sentence."""
    if bomb == "cells":
        data = book(
            {"DS": f"<worksheet><sheetData>{'<row>' + '<c><v>1</v></c>' * 400_000 + '</row>'}</sheetData></worksheet>"}
        )
    elif bomb == "text":
        data = book({"DS": sheet([HEADER])}, more={"xl/media/x.bin": bytes(60_000_000)})
    elif bomb == "lines":
        data = book({"DS": sheet([("a", "b")] * 25_000)})
    elif bomb == "merge":
        data = roster(MAU, DU, merged=["A1:XFD1048576"] * 50)
    elif bomb == "entities":
        more = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><worksheet>&b;</worksheet>'
        data = book({"DS": more})
    elif bomb == "zeros":
        data = book({"DS": sheet([HEADER])}, more={f"x/{n}": b"" for n in range(2_500)})
    else:
        data = book({f"T{n}": sheet([HEADER, MAU]) for n in range(100)})
    before, began = _taken(), time.process_time()
    found = read("x.xlsx", data)
    assert time.process_time() - began < 5
    assert _taken() - before < 150
    assert found.problems or bomb == "merge"
    assert said(found) or bomb == "merge"


def test_whatever_is_changed_in_a_workbook_is_read_or_refused_in_a_sentence() -> None:
    chance = random.Random(7)
    whole = (ROSTERS / "00-good.xlsx").read_bytes()
    for _ in range(60):
        data = bytearray(whole)
        for _n in range(chance.randrange(1, 30)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        found = read("x.xlsx", bytes(data[: chance.randrange(len(data) // 2, len(data) + 1)]))
        assert found.people or found.units or said(found)
    for _ in range(60):
        part = bytearray(sheet([HEADER, MAU, DU]).encode())
        for _n in range(chance.randrange(1, 12)):
            part[chance.randrange(len(part))] = chance.randrange(32, 127)
        found = read("x.xlsx", book({"DS": part.decode("utf-8", "replace")}))
        assert found.people or said(found)


def test_reading_has_a_limit_of_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    from bot.documents import memory_bound

    before = resource.getrlimit(resource.RLIMIT_AS)
    monkeypatch.setattr(memory_bound, "MORE", 64 * 1024 * 1024)
    with pytest.raises(MemoryError):
        memory_bound.within_memory(bytearray, 512 * 1024 * 1024)
    assert resource.getrlimit(resource.RLIMIT_AS) == before
