"""Vietnamese text: the door it comes in by, folding, order, and what is not readable text."""

import re
import unicodedata

_NOT_TEXT = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # control characters that are no white space
    "\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"  # invisible joins and directions
    "\ud800-\udfff]"  # half a character: cannot be stored
)
_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_BLANKS = re.compile(r"[^\S\n]+")


def clean(text: str) -> str:
    """What a person sent, made fit to keep: NFC, no invisible characters, single blanks, lines kept."""
    text = _LINE_END.sub("\n", _NOT_TEXT.sub("", text))
    text = _BLANKS.sub(" ", unicodedata.normalize("NFC", text))
    return "\n".join(line.strip(" ") for line in text.split("\n")).strip("\n")


def clean_line(text: str) -> str:
    """`clean`, and on one line: titles, names, labels."""
    return " ".join(clean(text).split())


def _folding() -> dict[int, str | None]:
    table: dict[int, str | None] = dict.fromkeys(range(0x300, 0x370))
    table |= dict.fromkeys([*range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, 0xFEFF])
    for code in (*range(0xC0, 0x250), *range(0x370, 0x530), *range(0x1E00, 0x2000)):
        parts = unicodedata.normalize("NFD", chr(code))
        base = "".join(part for part in parts if unicodedata.category(part) != "Mn")
        if base != chr(code):
            table[code] = base
    table[ord("đ")] = "d"
    return table


_FOLDING = _folding()


def fold(text: str) -> str:
    """The text without marks, in lower case, single blanks: for search and commands, not for identity.

    «bản» and «bán» become equal; so do the two ways of composing a letter.
    """
    text = text.lower()
    if not text.isascii():
        text = text.translate(_FOLDING)
    return " ".join(text.split())


_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_FIRST_LETTER = 100
_AFTER_LETTERS = 200
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}

Key = tuple[tuple[int, ...], tuple[int, ...], str]


def vi_key(text: str) -> Key:
    """Sort key of the Vietnamese dictionary: by syllable, letters first, then tones; digits lead."""
    letters: list[int] = []
    tones: list[int] = []
    text = unicodedata.normalize("NFC", text)
    for syllable in text.lower().split():
        for letter in syllable:
            place, tone = _PLACES.get(letter, (_AFTER_LETTERS + ord(letter), 0))
            letters.append(place)
            tones.append(tone)
        letters.append(0)
        tones.append(0)
    return tuple(letters), tuple(tones), text


def _places() -> dict[str, tuple[int, int]]:
    places = {digit: (1 + int(digit), 0) for digit in "0123456789"}
    for place, letter in enumerate(_ALPHABET):
        for mark, tone in [("", 0), *_TONES.items()]:
            composed = unicodedata.normalize("NFC", letter + mark)
            if len(composed) == 1:
                places[composed] = (_FIRST_LETTER + place, tone)
    return places


_PLACES = _places()


def given_name(full: str) -> str:
    """The name a person is called by, «Mẫu» of «Nông Văn Mẫu»; empty when there is no name."""
    return full.split()[-1] if full.split() else ""


def name_key(name: str) -> tuple[Key, Key]:
    """Sort key of a list of people: by given name, then by the whole name."""
    return vi_key(given_name(name)), vi_key(name)


def looks_unmarked(text: str) -> bool:
    """Whether this is Vietnamese typed without its marks: a title would be printed so."""
    words = re.findall(r"[^\W\d_]+", text)
    ordinary = [word for word in words if not word.isupper() and len(word) > 1]
    return len(ordinary) >= 3 and all(word.isascii() for word in words)


_TCVN3 = re.compile(r"[¡-¿×÷©®­¸µ¶·¹]")
_VNI = re.compile(r"[AEIOUYaeiouy][ÄÂÙØÛÕÏÊÔÖÁÀÅÃÉÈËÚÜÓÒäâùøûõïêôöáàåãéèëúüóò]")
_ONLY_UNICODE = re.compile(r"[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")


def looks_legacy(text: str) -> bool:
    """Whether this is TCVN3 or VNI text never converted: «BOÄ GIAO THOÂNG», «Uû ban nh©n d©n»."""
    if text.isascii() or _ONLY_UNICODE.search(text):
        return False
    odd = len(_TCVN3.findall(text))
    return (odd >= 2 and odd * 3 >= len(text.split())) or len(_VNI.findall(text)) >= 2


_SECRET = re.compile(r"(?<![\w-])(TUYỆT MẬT|TỐI MẬT|MẬT)(?![\w-])")


def secret_mark(text: str) -> bool:
    """Whether a mark of state secrecy stands alone in capitals (Law 117/2025/QH15, article 5).

    «bảo mật», «mật độ xây dựng» are ordinary words here, also in a line all in capitals.
    """
    found = _SECRET.search(unicodedata.normalize("NFC", text))
    if found is None:
        return False
    return text.strip(" .[]()«»") == found[0] or not text.isupper()
