"""Numbers written in words: «hai mươi triệu», «bốn trên năm». Pure."""

import re

from bot.language.text import clean_line, fold, has_marks

_ONES = {
    "không": 0,
    "một": 1,
    "mốt": 1,
    "hai": 2,
    "ba": 3,
    "bốn": 4,
    "tư": 4,
    "năm": 5,
    "lăm": 5,
    "nhăm": 5,
    "sáu": 6,
    "bảy": 7,
    "bẩy": 7,
    "tám": 8,
    "chín": 9,
}
_TENS = {"mươi", "mười"}
_HUNDRED = "trăm"
_BETWEEN = {"linh", "lẻ"}
_KNOWN = {*_ONES, *_TENS, *_BETWEEN, _HUNDRED}
_FOLDED = {fold(word): word for word in sorted(_KNOWN, key=lambda word: word == "không")} | {
    "nam": "năm",
    "muoi": "mười",
    "mot": "một",
    "bay": "bảy",
}
_YEAR_BEFORE = frozenset(fold("cả trong hết mỗi từng hằng hàng cuối đầu giữa nửa trọn các nhiều mấy như với").split())
_YEAR_AFTER = frozenset(fold("nay ngoái trước sau tới qua nào rồi học cũ").split())
_WORD = re.compile(r"[^\W\d_]+")


def with_digits(text: str) -> str:
    """Return a text with digits for numbers up to 999 in words; one that has any digit, as it is.

    «năm» is the number five only where it is no year: «năm người», «bốn trên năm», not «như năm ngoái».
    """
    said = clean_line(text).lower()
    if not said or len(said) > 200 or re.search(r"\d", said):
        return text
    words = said.split()
    plain = not has_marks(said)
    meant = [_meant(word, plain) for word in words]
    out: list[str] = []
    place = 0
    while place < len(words):
        end = place
        while end < len(words) and meant[end]:
            end += 1
        value = _value(meant[place:end]) if end > place else None
        if value is None or _a_year(words, place, end):
            end = max(end, place + 1)
            out += words[place:end]
            place = end
            continue
        out.append(str(value))
        place = end
    return " ".join(out)


def _meant(word: str, plain: bool) -> str:
    word = word.strip(".,;:")
    if word == "không" or (plain and word == "khong"):
        return ""  # «không» alone is no figure
    if word in _KNOWN:
        return word
    return _FOLDED.get(word, "") if plain else ""


def _a_year(words: list[str], first: int, end: int) -> bool:
    if end - first != 1 or fold(words[first]).strip(".,;:") != "nam":
        return False
    before = fold(words[first - 1]) if first else ""
    after = fold(words[end]).strip(".,;:") if end < len(words) else ""
    return before in _YEAR_BEFORE or after in _YEAR_AFTER or not _WORD.search(before + after)


def _value(words: list[str]) -> int | None:
    """Return the number of its words; None for what is no number: «hai ba»."""
    total, rest = 0, list(words)
    if _HUNDRED in rest:
        at = rest.index(_HUNDRED)
        if at != 1 or rest[0] not in _ONES:
            return None
        total, rest = _ONES[rest[0]] * 100, rest[2:]
        if rest and rest[0] in _BETWEEN:
            rest = rest[1:]
            return total + _ONES[rest[0]] if len(rest) == 1 and rest[0] in _ONES else None
        if len(rest) == 1 and rest[0] in _ONES:
            return None  # «hai trăm ba» is 230 to one and 203 to another
    if not rest:
        return total if words else None
    if rest[0] in _TENS:
        rest, tens = rest[1:], 10
    elif len(rest) > 1 and rest[0] in _ONES and rest[1] in _TENS:
        rest, tens = rest[2:], _ONES[rest[0]] * 10
    else:
        return total + _ONES[rest[0]] if len(rest) == 1 and rest[0] in _ONES else None
    if not rest:
        return total + tens
    return total + tens + _ONES[rest[0]] if len(rest) == 1 and rest[0] in _ONES else None
