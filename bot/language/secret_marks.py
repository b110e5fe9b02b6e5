"""The mark of a state secret (Mật, Tối mật, Tuyệt mật) in a text, a caption or a file's name.

Law 117/2025/QH15, article 5: such documents may not be kept on a machine on a network. A mark is seen as an
eye sees it: through invisible characters, letters of other alphabets, wide and spaced ones. Ordinary words
with «mật» («bảo mật», «mật độ») are none, in capitals either; what can be read both ways is taken for a mark.
"""

import re
import unicodedata

from bot.language.text import unheaped

_IGNORED = (
    (0x00AD, 0x00AD),
    (0x034F, 0x034F),
    (0x061C, 0x061C),
    (0x115F, 0x1160),
    (0x17B4, 0x17B5),
    (0x180B, 0x180F),
    (0x200B, 0x200F),
    (0x202A, 0x202E),
    (0x2060, 0x206F),
    (0x3164, 0x3164),
    (0xFE00, 0xFE0F),
    (0xFEFF, 0xFEFF),
    (0xFFA0, 0xFFA0),
    (0xFFF0, 0xFFF8),
    (0x1BCA0, 0x1BCA3),
    (0x1D173, 0x1D17A),
    (0xE0000, 0xE0FFF),
)
"""Characters that are not shown: Default_Ignorable_Code_Point of Unicode."""
_MARKS = "\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323"
"""The marks of Vietnamese letters; others (a line through, dots) are looked through."""
_ALIKE = {
    "A": "АΑᎪᴀ",
    "a": "аα",
    "M": "МΜϺᎷᴍ",
    "m": "м",
    "T": "ТΤᎢᴛ",
    "t": "тτ",
    "O": "ОΟՕᴏ",
    "o": "оο",
    "I": "ІΙӀᏆɪǀ",
    "i": "іι",
    "U": "Սᴜ",
    "u": "υս",
    "Y": "УΥҮᎩʏ",
    "y": "уγү",
    "E": "ЕΕᎬᴇ",
    "e": "еε",
}


def _seen_as() -> dict[int, str | None]:
    table: dict[int, str | None] = {}
    for first, last in _IGNORED:
        table |= dict.fromkeys(range(first, last + 1))
    table |= {ord(odd): letter for letter, odds in _ALIKE.items() for odd in odds}
    for first in (0x1F150, 0x1F170, 0x1F1E6):  # letters in a circle, in a box, of flags
        table |= {first + n: chr(ord("A") + n) for n in range(26)}
    table |= dict.fromkeys([code for code in range(0x300, 0x370) if chr(code) not in _MARKS])
    table[0x2800] = " "  # a pattern of Braille without dots
    return table


_SEEN_AS = _seen_as()


def _seen(text: str) -> str:
    """Return the text as an eye sees it."""
    if text.isascii():
        return text
    loose = unicodedata.normalize("NFKD", unheaped(text.translate(_SEEN_AS))).translate(_SEEN_AS)
    return unicodedata.normalize("NFC", unheaped(loose))


_L = r"[^\W\d_]"
_GAP = r"[\W_]{0,4}"
_ALONE_BEFORE, _ALONE_AFTER = rf"(?<!{_L})", rf"(?!{_L})"


def _spaced(word: str) -> str:
    return _GAP.join(word)


_MARK = re.compile(rf"{_ALONE_BEFORE}{_spaced('MẬT')}{_ALONE_AFTER}", re.IGNORECASE)
_HIGHER = re.compile(
    rf"{_ALONE_BEFORE}(?:{_spaced('TỐI')}|{_spaced('TUYỆT')}){_GAP}{_spaced('MẬT')}{_ALONE_AFTER}", re.IGNORECASE
)
_UNMARKED = re.compile(
    rf"{_ALONE_BEFORE}(?:{_spaced('TOI')}|{_spaced('TUYET')}){_GAP}{_spaced('MAT')}{_ALONE_AFTER}(?!{_GAP}(?:DO|MA|KHAU){_ALONE_AFTER})",
    re.IGNORECASE,
)
"""In the name of a file, where marks are often left out; in a text it is «tôi mất»."""
_UNMARKED_HIGHEST = re.compile(
    rf"{_ALONE_BEFORE}(?:{_spaced('TUYET')}){_GAP}{_spaced('MAT')}{_ALONE_AFTER}(?!{_GAP}(?:DO|MA|KHAU){_ALONE_AFTER})",
    re.IGNORECASE,
)
"""In a text: nothing else is written so."""
_DEGREE = re.compile(
    rf"{_ALONE_BEFORE}(?:độ|mức|cấp)(?: độ)?(?: bí)? mật ?[:=.\-–—\n] ?[\W_]{{0,3}}(?:mật|tối|tuyệt){_ALONE_AFTER}(?! (?:độ|thiểu|đa|đối))",
    re.IGNORECASE,
)
"""«Độ mật: Mật», «Độ bí mật: Tối»."""
_ALONE = re.compile(
    r"(?:^|[\n\[({<«“\"'|]|[:\-–—] )[ \t.*_=~\-–—]{0,40}(?P<mark>MẬT|Mật)[ \t.*_=~\-–—]{0,40}(?=[\n\])}>»”\"'|]| [\-–—]|$)"
)
"""A line or a part of one that is nothing else."""
_NAMED = re.compile(
    rf"{_ALONE_BEFORE}(?i:cv|công văn|vb|văn bản|tờ trình|ttr|báo cáo|bc|kế hoạch|kh|quyết định|qđ|tài liệu|hồ sơ|thông báo|"
    rf"biên bản|điện|dấu|độ|loại|mức)[ _\-]{{1,2}}Mật{_ALONE_AFTER}"
)
"""What is called so: «văn bản Mật»; a person is called «Văn Mật»."""

# What stands before or after «mật» in ordinary words, folded to lower case.
_BEFORE = frozenset(
    [
        "bảo",
        "bí",
        "cơ",
        "thân",
        "giải",
        "trọng",
        "túi",
        "sỏi",
        "đường",
        "ong",
        "số",
        "độ",
        "gan",
        "ống",
        "dịch",
        "nước",
        "lộ",
        "cẩn",
        "nghiêm",
        "chu",
        "tiết",
        "tuyến",
        "hũ",
        "chai",
        "lấy",
        "lọ",
        "quay",
        "hút",
        "khoai",
        "cây",
        "vị",
        "kín",
        "trích",
        "rỉ",
        "rỏ",
        "ngọt",
        "đậm",
        "dây",
        "hồng",
        "nấu",
        "giọt",
    ]
)
_AFTER = frozenset(
    [
        "độ",
        "khẩu",
        "mã",
        "ong",
        "thiết",
        "báo",
        "vụ",
        "thư",
        "hiệu",
        "gấu",
        "hoa",
        "mía",
        "ngọt",
        "tập",
        "tông",
        "thám",
        "phái",
        "ngữ",
        "ước",
        "danh",
        "khu",
        "cứ",
        "đạo",
        "phục",
        "nghị",
        "kế",
        "chỉ",
        "rỉ",
        "cá",
        "lợn",
        "heo",
        "vịt",
        "bò",
        "trăn",
        "tình",
        "đàm",
        "nhân",
        "thất",
        "gỗ",
        "mỡ",
        "rắn",
        "đường",
        "sắc",
        "dừa",
    ]
)
_OVER_LINES = (frozenset(["bảo", "bí", "cơ", "thân", "giải"]), frozenset(["độ", "khẩu", "mã", "thiết"]))
"""The few of them that are still read as one word when a line ends between."""
_NOT_AFTER = {
    "độ": "khẩn",
    "báo": "cáo",
    "kế": "hoạch",
    "chỉ": "thị đạo",
    "nghị": "quyết định",
    "thư": "mời ngỏ ký viện",
    "mã": "số hồ",
    "khẩu": "hiệu",
    "đường": "dây",
    "cá": "nhân",
    "khu": "vực",
    "tập": "huấn thể trung",
    "tình": "hình",
    "nhân": "sự",
    "danh": "sách mục",
    "đạo": "đức",
    "ước": "tính",
    "hiệu": "quả lực",
    "vụ": "việc",
}
"""These begin another word then: «MẬT ĐỘ KHẨN», «MẬT BÁO CÁO»."""
_WORD_BEFORE = re.compile(rf"({_L}+)([ \-_\n\t]{{1,4}})\Z")
_WORDS_AFTER = re.compile(rf"([ \-_\n\t]{{1,4}})({_L}+)(?:[ \-_\n\t]{{1,4}}({_L}+))?")
_FILE = re.compile(r"\.[A-Za-z][A-Za-z0-9]{1,4}\Z")
_DOCUMENT = re.compile(
    rf"{_ALONE_BEFORE}(?:cv|công văn|vb|văn bản|tờ trình|báo cáo|bc|kế hoạch|quyết định|tài liệu|hồ sơ|thông báo|biên bản"
    rf"|cong van|van ban|to trinh|bao cao|ke hoach|quyet dinh|tai lieu|ho so|thong bao|bien ban)"
    rf"[ _\-]{{1,2}}(?:(?:số|so)?[ _\-]?\d{{1,5}}[ _\-]{{1,2}})?m(?:ậ|a)t[ _\-()\d]*\.\w+\Z",
    re.IGNORECASE,
)
_LONGEST_WORD = 12


def secret_mark(text: str) -> bool:
    """Whether the mark of a state secret stands in it."""
    if not text.strip():
        return False
    text = re.sub(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]", "\n", _seen(text))
    text = re.sub(r"[^\S\n]+", " ", text)
    name = _FILE.search(text) if "\n" not in text else None
    if name is not None and _in_a_name(text, text[: name.start()]):
        return True
    if _DEGREE.search(text) or _NAMED.search(text) or _UNMARKED_HIGHEST.search(text):
        return True
    if any(not _ordinary(text, *found.span(found.lastgroup or 0)) for found in _ALONE.finditer(text)):
        return True
    if any(not _ordinary_after(text, *found.span()) for found in _HIGHER.finditer(text)):
        return True
    return any(_stands_out(found[0]) and not _ordinary(text, *found.span()) for found in _MARK.finditer(text))


def _in_a_name(name: str, stem: str) -> bool:
    alone = re.sub(r"[\W\d_]+", "", stem)
    return (
        alone in ("MAT", "MẬT", "Mật", "mật")
        or _UNMARKED.search(stem) is not None
        or _DOCUMENT.search(name) is not None
        or re.search(r"[\[(]MAT[\])]", stem) is not None
    )


def _stands_out(word: str) -> bool:
    """Whether a «mật» looks like a mark: in capitals, or with its letters apart."""
    apart = len(re.findall(rf"{_L}+", word)) == len("MẬT")
    return sum(letter.isupper() for letter in word) > 1 or (apart and word.islower())


def _ordinary(text: str, start: int, end: int) -> bool:
    """Whether this «mật» is part of an ordinary word."""
    return _ordinary_before(text, start, end) or _ordinary_after(text, start, end)


def _ordinary_before(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - 40) : start]
    if (word := _WORD_BEFORE.search(before)) is not None:
        known = _OVER_LINES[0] if "\n" in word[2] else _BEFORE
        if word[1].lower() in known:
            return True
    if end - start > len("MẬT"):  # its letters stand apart: so may those before it
        return re.sub(r"[\W\d_]+", "", before).lower().endswith(tuple(_OVER_LINES[0]))
    return False


def _ordinary_after(text: str, start: int, end: int) -> bool:
    words = _WORDS_AFTER.match(text, end, end + 4 + 2 * (_LONGEST_WORD + 4))
    if words is None:
        return False
    known = _OVER_LINES[1] if "\n" in words[1] else _AFTER
    word, then = words[2].lower(), (words[3] or "").lower()
    if word in known:
        return then not in _NOT_AFTER.get(word, "").split()
    if end - start > len("MẬT"):
        letters = re.sub(r"[\W\d_]+", "", text[end : end + 24]).lower()
        return letters.startswith(("độ", "khẩu", "mã")) and not letters.startswith("độkhẩn")
    return False
