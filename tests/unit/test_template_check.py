"""A template that comes back from Word: what is refused, each with its sentence, and what is only odd."""

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from bot.documents.papers import template_fields, word_package
from bot.documents.papers.template_check import checked, tried
from bot.language import Words
from bot.office.papers import templates

SHIPPED = templates.shipped("office_report")
LIST = templates.shipped("report_changes")
SAY = Words("vi").say
Parts = dict[str, bytes]


def repacked(change: Callable[[Parts], None], data: bytes = SHIPPED) -> bytes:
    """The template with other parts."""
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    change(parts)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name, text in parts.items():
            new.writestr(name, text)
    return made.getvalue()


def replaced(old: str, new: str, part: str = "word/document.xml", data: bytes = SHIPPED) -> bytes:
    def change(parts: Parts) -> None:
        assert old.encode() in parts[part], old
        parts[part] = parts[part].replace(old.encode(), new.encode())

    return repacked(change, data)


def put(name: str, text: bytes) -> bytes:
    return repacked(lambda parts: parts.update({name: text}))


def damaged() -> bytes:
    """The template with a few bytes overwritten in the midst of its text, as a bad copy leaves them."""
    data = bytearray(SHIPPED)
    with zipfile.ZipFile(io.BytesIO(SHIPPED)) as parts:
        start = parts.getinfo("word/document.xml").header_offset + 30 + len("word/document.xml")
    data[start : start + 8] = b"\xff" * 8
    return bytes(data)


def problems(data: bytes, shipped: bytes = SHIPPED) -> list[str]:
    return [SAY(each) for each in checked(data, shipped, None).problems]


def warnings(data: bytes, shipped: bytes = SHIPPED) -> list[str]:
    found = checked(data, shipped, None)
    assert found.problems == []
    return [SAY(each) for each in found.warnings]


def external(type: str) -> Callable[[Parts], None]:
    relation = f'<Relationship Id="rX" Type="http://x/relationships/{type}" Target="http://x.invalid/a" TargetMode="External"/>'

    def change(parts: Parts) -> None:
        name = "word/_rels/document.xml.rels"
        parts[name] = parts[name].replace(b"</Relationships>", relation.encode() + b"</Relationships>")

    return change


@pytest.mark.parametrize("name", templates.names())
def test_what_comes_with_the_program_is_right(name: str) -> None:
    found = checked(templates.shipped(name), templates.shipped(name), None)
    assert (found.problems, found.warnings) == ([], [])
    assert found.data == templates.shipped(name)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "không phải tệp Word"),
        (b"%PDF-1.7 ...", "không phải tệp Word"),
        (b"PK\x03\x04 half", "không phải tệp Word"),
        (SHIPPED[:-300], "không phải tệp Word"),
        (damaged(), "không phải tệp Word"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "mật khẩu"),
        (bytes(10_000_001), "đến 10 MB"),
        (put("word/media/bom.bin", bytes(61_000_000)), "lớn hơn nhiều"),
        (put("word/vbaProject.bin", b"x"), "macro"),
        (put("word/embeddings/oleObject1.bin", b"x"), "word/embeddings/oleObject1.bin"),
        (put("word/settings.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'), "word/settings.xml"),
        (repacked(external("attachedTemplate")), "từ bên ngoài"),
        (repacked(external("image")), "từ bên ngoài"),
        (repacked(lambda parts: parts.__delitem__("word/document.xml")), "không phải tệp Word"),
        (put("word/document.xml", b"<w:document"), "hỏng"),
        (replaced("wordprocessingml.document.main+xml", "wordprocessingml.other+xml", "[Content_Types].xml"), "hỏng"),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_what_cannot_be_opened_is_one_sentence(data: bytes, said: str) -> None:
    (problem,) = problems(data)
    assert said in problem


def test_a_link_to_read_on_is_harmless() -> None:
    assert problems(repacked(external("hyperlink"))) == []


def test_a_field_that_there_is_none_of_is_named_with_what_was_meant() -> None:
    assert problems(replaced("{{ subject }}", "{{ subjet }}")) == ["Không có trường «subjet»; có phải «subject»?"]
    assert problems(replaced("{{ subject }}", "{{ ngay_ky }}")) == ["Không có trường «ngay_ky»."]
    assert problems(replaced("{{ group.title }}", "{{ group.tite }}"))[0].startswith(
        "Không có trường «awards.groups[].tite»; có phải «awards.groups[].title»?"
    )


def test_a_field_that_is_gone_is_a_warning_with_what_it_is() -> None:
    said = warnings(replaced("{{ signer_name }}", ""))
    assert said == ["Mẫu không còn trường «signer_name» (họ tên người ký) nên nội dung này không in ra."]
    header = {name for name in zipfile.ZipFile(io.BytesIO(SHIPPED)).namelist() if "header" in name or "footer" in name}

    def no_draft(parts: Parts) -> None:
        for name in header:
            parts[name] = re.sub(rb"\{%.*?%\}|\{\{.*?\}\}", b"", parts[name])

    assert [each.partition("(")[0] for each in warnings(repacked(no_draft))] == [
        "Mẫu không còn trường «draft» ",
        "Mẫu không còn trường «footer» ",
    ]


def test_a_part_that_is_gone_is_named_once() -> None:
    def change(parts: Parts) -> None:
        text = parts["word/document.xml"].decode()
        text = re.sub(r"\{%p if awards\.groups %\}", "{%p if false %}", text)
        text = re.sub(r"(awards\.\w+)", "none", text.replace("in awards.groups", "in []"))
        text = re.sub(r"group\.rows(?=(?:(?!group\.rows).)*$)", "[]", text, flags=re.DOTALL)
        parts["word/document.xml"] = text.encode()

    assert [each.partition(" (")[0] for each in warnings(repacked(change)) if "«awards" in each] == [
        "Mẫu không còn trường «awards»"
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{{ subject }}", "{{ subject }"),
        ("{{ subject }}", "{{ subject"),
        ("{{ subject }}", "{{ sub ject }}"),
        ("{{ subject }}", "{% if subject %}"),
        ("{{ subject }}", "{{ subject|khong_co }}"),
        ("{{ subject }}", "{% endfor %}"),
    ],
)
def test_a_broken_field_says_where_it_stands(old: str, new: str) -> None:
    (problem,) = problems(replaced(old, new))
    assert problem.startswith("Có trường viết chưa đủ") and "«" in problem, problem


def test_a_field_over_two_paragraphs_is_broken() -> None:
    (problem,) = problems(replaced("{{ subject }}", "{{ subject</w:t></w:r></w:p><w:p><w:r><w:t>}}{{"))
    assert "chưa đủ" in problem


def test_a_field_that_word_has_split_is_whole() -> None:
    """Word splits what it has checked or what was typed twice; quotation marks become curly."""
    split = '{</w:t></w:r><w:proofErr w:type="spellStart"/><w:r><w:t>{ sub</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>ject }</w:t></w:r><w:r><w:t>}'
    data = replaced("{{ subject }}", split)
    assert problems(data) == []
    assert problems(replaced("{{ subject }}", "{{ subject if kind == “A” else ‘B’ }}")) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('w:w="11906" w:h="16838"', 'w:w="12240" w:h="15840"', "Khổ giấy: 216 × 279 mm"),
        ('w:left="1701"', 'w:left="850"', "Lề trái: 15 mm; quy định từ 30 đến 35 mm."),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "CỘNG HÒA", "Chưa có «CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM»."),
        ('<w:sz w:val="26"/>', '<w:rFonts w:ascii="Arial"/><w:sz w:val="26"/>', "Phông chữ: Arial"),
        ('<w:sz w:val="26"/>', '<w:sz w:val="40"/>', "Cỡ chữ: 20"),
        ('<w:sz w:val="26"/>', '<w:color w:val="FF0000"/><w:sz w:val="26"/>', "không phải màu đen"),
    ],
)
def test_what_departs_from_the_decree_is_said_and_taken(old: str, new: str, said: str) -> None:
    found = warnings(replaced(old, new))
    assert any(said in each for each in found), found


@pytest.mark.parametrize("of", [rb"<w:pgMar\b[^>]*/>", rb"<w:pgSz\b[^>]*/>"])
def test_a_page_that_says_no_size_is_only_odd(of: bytes) -> None:
    name = "word/document.xml"
    less = repacked(lambda parts: parts.update({name: re.sub(of, b"", parts[name])}))
    assert any("khổ giấy" in each for each in warnings(less))


def test_a_paper_without_page_numbers() -> None:
    def change(parts: Parts) -> None:
        for name in [name for name in parts if "header" in name]:
            parts[name] = parts[name].replace(b" PAGE ", b" DATE ")

    assert "Chưa có số trang ở lề trên." in warnings(repacked(change))


def test_a_list_is_no_paper_of_the_decree() -> None:
    assert warnings(replaced("{{ head }}", "Danh sách: {{ head }}", data=LIST), LIST) == []


ROWS: Mapping[str, object] = {"head": "Đầu", "rows": [dict.fromkeys(("n", "place", "how", "text", "was"), "x")]}


def test_what_only_real_values_show_is_said_too() -> None:
    made = tried(LIST, ROWS)
    assert isinstance(made, bytes) and zipfile.is_zipfile(io.BytesIO(made))
    for broken in ("{{ rows[7].n }}", "{{ head / 0 }}", "{{ head.__class__.__mro__ }}", "{{ 1 / 0 }}"):
        said = tried(replaced("{{ head }}", broken, data=LIST), ROWS)
        assert not isinstance(said, bytes) and "Không điền được" in SAY(said), broken


def test_paths_follow_loops() -> None:
    assert {"items.groups[].rows[].title", "to[]", "draft", "body[].rows[].cells[]"} <= template_fields.of(SHIPPED)
    assert set(template_fields.within({"a": [{"b": 1}], "c": {"d": []}})) == {"a", "a[]", "a[].b", "c", "c.d", "c.d[]"}


def test_properties_stand_in_a_paper_once() -> None:
    """LibreOffice names the relation otherwise, and the paper would get a second part of the same name."""
    once, twice = word_package._ONCE.decode(), word_package._TWICE.decode()
    data = replaced(once, twice, "_rels/.rels", data=LIST)
    found = checked(data, LIST, None)
    assert checked(data, LIST, None).data == found.data == word_package.repaired(found.data), "one file, one mark"
    paper = tried(found.data, ROWS)
    assert isinstance(paper, bytes)
    names = zipfile.ZipFile(io.BytesIO(paper)).namelist()
    assert len(names) == len(set(names))


def test_the_folder_has_what_is_listed() -> None:
    assert {"office_report", "report_changes"} <= set(templates.names())
    assert all(Path(f"bot/documents/templates/{name}.docx").exists() for name in templates.names())
