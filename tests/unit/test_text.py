"""Vietnamese text: cleaning, folding, given names, and the text that is asked about or refused."""

import unicodedata
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.garbled import looks_legacy, looks_unmarked
from bot.language.person_names import given_name
from bot.language.text import clean, clean_line, fold
from bot.server.demo.tables import names, office_of

TITLES = (
    "Rút gọn quy trình nội bộ thẩm định báo cáo nghiên cứu khả thi từ 7 bước xuống 5 bước",
    "Áp dụng mô hình thông tin công trình (BIM) để kiểm tra xung đột kết cấu khi thẩm định",
    "Bảng tra cứu giá vật liệu xây dựng theo tháng bằng mã QR",
    "Vá ổ gà bằng bê tông nhựa nguội trong mùa mưa trên các tuyến đường tỉnh",
    "Cảnh báo sớm điểm sạt lở ta luy dương trên đường tỉnh ĐT.229",
    "Họp không giấy tờ: gửi tài liệu qua mã QR và biểu quyết điện tử",
    "Lịch công tác tuần tự động nhắc việc qua tin nhắn",
    "Siêu âm bê tông kết hợp súng bật nảy để rút ngắn thời gian kiểm tra hiện trường",
    "Sơn kẻ vạch phản quang thi công ban đêm không dừng xe",
)


# TCVN3 as it shows when its bytes are read as Latin-1; capitals have no code of their own.
TCVN3 = dict(
    zip(
        map(ord, "ăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"),
        bytes.fromhex(
            "a8a9aaabacadae b5b6b7b8b9 bbbcbdbec6 c7c8c9cacb cccecfd0d1 d2d3d4d5d6 d7d8dcddde"
            "dfe1e2e3e4 e5e6e7e8e9 eaebecedee eff1f2f3f4 f5f6f7f8f9 fafbfcfdfe"
        ).decode("latin-1"),
        strict=True,
    )
)
VNI_TONE = {"\u0300": "ø", "\u0309": "û", "\u0303": "õ", "\u0301": "ù", "\u0323": "ï"}
VNI_SHAPED = {
    "\u0302": {"": "â", "\u0300": "à", "\u0309": "å", "\u0303": "ã", "\u0301": "á", "\u0323": "ä"},
    "\u0306": {"": "ê", "\u0300": "è", "\u0309": "ú", "\u0303": "ü", "\u0301": "é", "\u0323": "ë"},
}


def in_vni(text: str) -> str:
    """The text as VNI shows it: the vowel, then a letter that carries its marks."""
    said = ""
    for letter in unicodedata.normalize("NFC", text.lower()):
        base, *marks = list(unicodedata.normalize("NFD", letter))
        tone = next((mark for mark in marks if mark in VNI_TONE), "")
        shape = next((mark for mark in marks if mark in VNI_SHAPED), "")
        horn = {"o": "ô", "u": "ö"}[base] if "\u031b" in marks else ""
        if letter == "đ":
            said += "ñ"
        elif shape:
            said += base + VNI_SHAPED[shape][tone]
        else:
            said += (horn or base) + VNI_TONE.get(tone, "")
    return said


def in_tcvn3(text: str) -> str:
    """The text as TCVN3 shows it."""
    return text.lower().translate(TCVN3)


def test_a_decomposed_letter_with_invisible_characters_in_it_is_kept_composed() -> None:
    assert clean("e\u200b\u0302\u0323\ufeff") == "ệ"


def test_lines_are_kept_and_blanks_within_them_collapse() -> None:
    assert clean("  một \u00a0\t hai \r\n\u2003ba\x07 \n") == "một hai\nba"
    assert clean_line("một\nhai  ba") == "một hai ba"


@given(st.text(alphabet=st.characters(codec=None)))
def test_what_is_cleaned_can_be_stored_and_is_clean(text: str) -> None:
    kept = clean(text)
    kept.encode()
    assert clean(kept) == kept
    assert unicodedata.is_normalized("NFC", kept)
    assert "\x00" not in kept


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_folding_takes_off_every_mark_however_it_is_composed(form: Literal["NFC", "NFD"]) -> None:
    said = unicodedata.normalize(form, "  Đăng KÝ\u00a0 Ủy quyền xử lý ở đường Ỷ Ỡ ")
    assert fold(said) == "dang ky uy quyen xu ly o duong y o"


def test_a_person_is_called_by_the_last_of_their_names() -> None:
    assert given_name(" Nông Văn  Mẫu ") == "Mẫu"
    assert given_name(" ") == ""


@pytest.mark.parametrize("title", TITLES)
def test_a_title_with_marks_is_not_asked_about_and_without_them_it_is(title: str) -> None:
    assert not looks_unmarked(title)
    assert looks_unmarked(fold(title))
    assert looks_unmarked(fold(title).upper())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "QR",
        "Synology NAS File Server",
        "Google Form Excel",
        "BIM for smart cities",
        "Lan Anh mua xe",
        "ISO 9001:2015",
        "SK-2027-012",
        "Internet of Things platform",
    ],
)
def test_brands_codes_and_words_that_have_no_marks_are_not_asked_about(text: str) -> None:
    assert not looks_unmarked(text)


@pytest.mark.parametrize("title", TITLES)
def test_a_title_in_tcvn3_or_vni_is_refused_and_the_same_in_unicode_is_not(title: str) -> None:
    assert not looks_legacy(title)
    assert not looks_legacy(title.upper())
    assert looks_legacy(in_tcvn3(title)), in_tcvn3(title)
    assert looks_legacy(in_vni(title)), in_vni(title)
    assert looks_legacy(in_vni(title).upper()), in_vni(title).upper()
    assert looks_legacy(f"Nội dung như sau:\n{in_tcvn3(title)}")


@pytest.mark.parametrize("text", ["BOÄ GIAO THOÂNG VAÄN TAÛI", "Uû ban nh©n d©n", "nh©n viªn"])
def test_legacy_text_seen_in_public_pages_is_refused(text: str) -> None:
    assert looks_legacy(text)


@pytest.mark.parametrize(
    "text",
    [
        "mật độ xây dựng",
        "Nhân viên liên hoan",
        "Toà nhà Hoà",
        "hoà, uỷ, thuý, khoá, quý, quá",
        "Citroën",
        "Citroën và Raphaël",
        "xe Citroën của ông Raphaël Noël",
        "phần mềm Windows®",
        "Bảo trì hệ thống Windows® và Office®",
        "©2027 Sở Xây dựng",
        "kWh/m², 25 °C, 5 µm",
        "«gửi», «xong»",
        "Dài×rộng: 3×4 m",
        "tri\xadển khai chuy\xadển đổi số",
        "TP.HCM – Đà Nẵng",
        "✅ Đã gửi",
        "Café Paris Île-de-France",
    ],
)
def test_ordinary_text_is_not_taken_for_a_legacy_font(text: str) -> None:
    assert not looks_legacy(text)


def test_titles_are_taken_as_they_are() -> None:
    titles = [row["title"] for name in names() for row in office_of(name).rows("items")]
    assert not [title for title in titles if looks_legacy(title) or looks_unmarked(title)]
    assert sum(looks_unmarked(fold(title)) for title in titles) >= 0.9 * len(titles)
