"""Telephone numbers: one form for each (E.164), or the sentence that says why no phone can have it."""

import re
import unicodedata
from typing import NewType

from bot.language.i18n import Text, _
from bot.language.text import clean_line

Phone = NewType("Phone", str)
"""A whole number with its country: «+84912345678»."""

HOME = "+84"
# What may stand between the digits, and what people write before a number.
_BETWEEN = re.compile(r"[\s.()\-\u2010-\u2015\u2212\u00b7_]")
_BEFORE = re.compile(
    r"^(?:tel|phone|mobile|di động|zalo|sđt|số đt|đt|đtdđ|dđ|điện thoại|số điện thoại)\s*[:.]?\s*(?=[+(\d])",
    re.IGNORECASE,
)
_REMARK = re.compile(r"\s*\([^\W\d_][^()\d]{0,20}\)$")
_TENTHS = re.compile(r"(?<=\d{9})[.,]0{1,2}$")
"""What a table adds to a number that it takes for a figure: «912345678.00»."""
_IN_THREES = re.compile(r"0?\d{3},\d{3},\d{3}")
_SEVERAL = re.compile(r"[/;,|&\n]| - |\b(?:và|hoặc|hay)\b")
_ABROAD = re.compile(r"\+[1-9]\d{7,14}")
_MOBILE, _LANDLINE = re.compile(r"[35789]\d{8}"), re.compile(r"2\d{9}")
# The prefixes of eleven digits that became ten in 2018.
_RENAMED = {
    "120": "70",
    "121": "79",
    "122": "77",
    "126": "76",
    "128": "78",
    "123": "83",
    "124": "84",
    "125": "85",
    "127": "81",
    "129": "82",
    "162": "32",
    "163": "33",
    "164": "34",
    "165": "35",
    "166": "36",
    "167": "37",
    "168": "38",
    "169": "39",
    "186": "56",
    "188": "58",
    "199": "59",
}
_LONGEST = 60


def read_phone(said: str) -> Phone | Text:
    """Return the number a person or a table gives; a sentence when no phone can have it.

    «0912 345 678», «+84 (0)912…», «84912…», «0084912…» and Excel's «912345678» are one number.
    """
    said = unicodedata.normalize("NFKC", clean_line(said[: _LONGEST + 1])).strip().strip("'\u2018\u2019`")
    bare = _TENTHS.sub("", _REMARK.sub("", _BEFORE.sub("", said)).rstrip(" .;"))
    if _IN_THREES.fullmatch(bare):
        bare = bare.replace(",", "")
    number = _whole(_BETWEEN.sub("", _figure(bare)))
    if number is None:
        return _why(said)
    if not number.startswith(HOME):
        return _(
            "«{phone}» is a number abroad, which opens no chat here: please leave it out; a code does it.", phone=said
        )
    return number


def _figure(said: str) -> str:
    """Return what a table has made of a number, «9.12345678E8», as the number, where no digit of it is lost."""
    found = re.fullmatch(r"(\d)[.,](\d{1,11})E\+?(\d{1,2})", said, re.IGNORECASE)
    return found[1] + found[2] if found is not None and len(found[2]) == int(found[3]) else said


def vouched(said: str) -> Phone | None:
    """Return the number of a card whose messenger vouches for it: with its country, with or without a plus."""
    digits = _BETWEEN.sub("", said)
    if digits.startswith("0"):
        return _whole(digits)
    number = digits if digits.startswith("+") else f"+{digits}"
    return _whole(number)


def shown(phone: str) -> str:
    """Return it as people here write it: «0912345678»; with its country when that is another one."""
    return f"0{phone.removeprefix(HOME)}" if phone.startswith(HOME) else phone


def _whole(digits: str) -> Phone | None:
    if not re.fullmatch(r"\+?\d{8,17}", digits, re.ASCII):
        return None
    if digits.startswith(("+84", "0084")):
        return _here(digits.removeprefix("00").removeprefix("+").removeprefix("84").removeprefix("0"))
    if digits.startswith("00") and not _MOBILE.fullmatch(digits[2:]):
        digits = f"+{digits[2:]}"
    if digits.startswith("+"):
        return Phone(digits) if _ABROAD.fullmatch(digits) else None
    if digits.startswith("0"):
        return _here(digits.lstrip("0"))
    # A table that takes numbers for figures loses the first 0.
    return _here(digits) or (_here(digits.removeprefix("84").removeprefix("0")) if digits.startswith("84") else None)


def _here(digits: str) -> Phone | None:
    fits = _MOBILE.fullmatch(digits) or _LANDLINE.fullmatch(digits)
    return Phone(HOME + digits) if fits else None


def _why(said: str) -> Text:
    if len(said) > _LONGEST:
        return _("«{phone}» is not a telephone number.", phone=f"{said[:20]}…")
    parts = [each for each in map(str.strip, _SEVERAL.split(said)) if each]
    if len(parts) > 1 and all(sum(c.isdigit() for c in each) > 2 for each in parts):
        return _("«{phone}» are several numbers; please keep one.", phone=said)
    digits = _BETWEEN.sub("", said)
    old = re.fullmatch(r"(?:\+?84|0)?(1\d\d)(\d{7})", digits)
    if old is not None and old[1] in _RENAMED:
        now = f"0{_RENAMED[old[1]]}{old[2]}"
        return _("«{phone}» has the old eleven digits; since 2018 it is {now}.", phone=said, now=now)
    if re.search(r"[^\W\d_]", said) and sum(c.isdigit() for c in said) > 7:
        return _("«{phone}» has words beside the number; please keep the number alone.", phone=said)
    return _(
        "«{phone}» cannot be a telephone number: a mobile one has 10 digits (03, 05, 07, 08, 09), a landline 11 (02).",
        phone=said,
    )
