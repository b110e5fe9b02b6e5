"""A part of a whole as people type it: «390/400, 97,5%», «khoảng 390/400», «tất cả», «100%», «không ai». Pure."""

import re
from dataclasses import dataclass
from decimal import Decimal

from bot.language.number_words import with_digits
from bot.language.numbers import MOST, read_fraction
from bot.language.text import clean_line, fold

_LEAD = re.compile(
    r"(?:(?:da|duoc|dat|la|co|khoang|tam|chung|co khoang|uoc|uoc chung|hien|hien co|tong cong|ket qua|so luong|so lieu)[: ] *|[~≈] *)+"
)
_PERCENT = re.compile(r"(?<![0-9.,/-])([0-9]{1,3}(?:[.,][0-9]{1,2})?) ?(?:%|phan tram\b)")
_BESIDE_PERCENT = re.compile(
    r"[ ,;:(\[=–-]*(?:\b(?:dat|tuc|tuc la|tuong ung|tuong duong|ty le|ti le|bang|chiem|hay|tren|la)\b[ :]*)*$"
)
_EVERY = re.compile(
    r"(?:tat ca(?: moi nguoi)?|toan bo|ca|du ca|het|toan the|moi nguoi deu)"
    r"(?: (?:deu|da|roi|xong|het|dat|cac|so|moi|don vi|phong|can bo|cong chuc|vien chuc|nguoi|dong chi|ho so|thu tuc|a|nhe))*"
)
_EVERY_OF = re.compile(r"(?:(?:du )?(?:tat ca|toan bo|ca|het|toan the)|du)(?: so| cac)? (?=[0-9])")
_EVERY_WORDS = re.compile(r"(?:tat ca|toan bo|toan the)((?: [a-z]+){1,8})")
_WORDS_BEFORE = re.compile(r"(?:[a-z]+[ :,(]+){1,6}(?=[0-9])")
"""Words before the numbers, which whoever asks has to know: «xử lý 390/400»."""
_OF_A_PAPER = re.compile(r"(?<!tong )\bso[ :]+\Z")
"""What stands before the number of something, which is no amount of it: «thông báo số 02»."""
_NOBODY = re.compile(
    r"(?:hien )?(?:khong|ko|chua|k) (?:co )?(?:ai|nguoi nao|dong chi nao|truong hop nao)(?: (?:ca|het|a))*"
)


@dataclass(frozen=True, slots=True)
class TypedShare:
    """What was said of a part: the two numbers, a percentage, that it is the whole; each as far as it was said."""

    part: int | None = None
    whole: int | None = None
    percent: Decimal | None = None
    every: bool = False
    beside: str = ""
    """The numbers with the words that stand between and behind them, folded."""

    @property
    def agrees(self) -> bool:
        """Whether the percentage is that of the two numbers, as it may be rounded; where it was not said, it does."""
        if self.percent is None or self.part is None or not self.whole:
            return True
        apart = abs(Decimal(self.part) * 100 / Decimal(self.whole) - self.percent)
        return apart <= (Decimal("0.1") if self.percent % 1 else Decimal("0.5"))


def read_typed_share(text: str) -> TypedShare | None:
    """Read how many of how many; None for what tells of no part."""
    said = fold(with_digits(clean_line(text))).strip(" .,;").replace("d/c", "dong chi")
    if len(said) > MOST:
        return None
    if (lead := _LEAD.match(said)) is not None:
        said = said[lead.end() :]
    if _NOBODY.fullmatch(said):
        return TypedShare(0)
    percents = _PERCENT.findall(said)
    if len(percents) > 1:
        return None
    percent = Decimal(percents[0].replace(",", ".")) if percents else None
    rest = _without_percent(said) if percents else said
    if percents and not rest.strip(" .,;()"):
        return TypedShare(percent=percent, every=percent == 100)
    if _EVERY.fullmatch(rest.strip(" .,;()")):
        return TypedShare(percent=percent, every=True) if percent in (None, 100) else None
    if (told := _EVERY_WORDS.fullmatch(rest.strip(" .,;()"))) is not None and percent in (None, 100):
        return TypedShare(percent=percent, every=True, beside=told[1])
    every = _EVERY_OF.match(rest)
    core = rest[every.end() :] if every else rest
    words = _WORDS_BEFORE.match(core)
    if words is not None and _OF_A_PAPER.search(words[0]):
        return None
    found = read_fraction(core[words.end() :] if words else core)
    if found is None:
        return None
    part, whole = found
    if percent is not None and whole is None and re.match(r"\W*(?:cua|tren|trong|of|/)\b", said.partition("%")[2]):
        return TypedShare(None, part, percent, beside=core)
    return TypedShare(part, whole, percent, every=every is not None and whole is None, beside=core)


def _without_percent(said: str) -> str:
    """Return what was said without its percentage, and without what joins that: «, đạt 97,5%», «(97,5%)», «97,5% (…)»."""
    found = _PERCENT.search(said)
    assert found is not None
    before, after = said[: found.start()], said[found.end() :]
    before = _BESIDE_PERCENT.sub("", before)
    after = re.sub(
        r"^[ ,;:)\]=–-]*(?:(?:tuc|tuc la|tuong ung|cua|tren|trong tong so|trong|la)\b)?[ ,;:(\[]*", "", after
    )
    return " ".join(each.strip(" ()[]") for each in (before, after)).strip(" .,;()")
