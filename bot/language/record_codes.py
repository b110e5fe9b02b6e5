"""Codes of records as people type them: «SK-2027-012», «SK–2027–12», «sk 2027 012», «sk12», «012»."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.language.text import fold, signs


@dataclass(frozen=True, slots=True)
class Code:
    """What was said of a code: its number, and its kind and year where they were given."""

    prefix: str
    year: int | None
    number: int

    def means(self, code: str) -> bool:
        """Whether a record's whole code may be what was meant."""
        prefix, _dash, rest = code.upper().partition("-")
        year, _dash, number = rest.partition("-")
        if not (year.isdecimal() and number.isdecimal()):
            return False
        return (
            int(number) == self.number and self.prefix in ("", prefix) and (self.year is None or int(year) == self.year)
        )

    def among(self, codes: Iterable[str], year: int) -> list[str]:
        """Return the codes that are meant; without a year, this year's where there are any: numbers begin anew."""
        found = [code for code in codes if self.means(code)]
        return [code for code in found if f"-{year}-" in code] or found

    def __str__(self) -> str:
        parts = (self.prefix, str(self.year or ""), f"{self.number:03}")
        return "-".join(part for part in parts if part)


def same(said: str, code: str) -> bool:
    """Whether what was said is this very code, of whatever make: «bc 2027 qlxd» is BC-2027-QLXD."""
    return _parts(said) == _parts(code)


def _parts(code: str) -> list[str]:
    words = re.split(r"[^a-z0-9]+", fold(signs(code[:_LONGEST])).strip(" .«»\"'()#-"))
    return [word.lstrip("0") if word.isdecimal() else word for word in words]


_GAP = r"[- ./]{0,3}"
_CODE = re.compile(
    rf"(?<![a-z0-9])(?:([a-z]{{2}}){_GAP})?(?:(20[0-9]{{2}})(?:[- ./]{{1,3}}))?([0-9]{{1,4}})(?![a-z0-9])"
)
_LONGEST = 400
_AND = re.compile(r"(?<=[0-9]) (?:va|voi|cung|and)(?= )")
"""Between two codes it is no letters of a code: «12 và 14»."""


def read_all(said: str) -> list[Code]:
    """Return every code in what was said, in its order."""
    text = _AND.sub(",", fold(signs(said[:_LONGEST])))
    return [
        Code(prefix.upper(), int(year) if year else None, int(number)) for prefix, year, number in _CODE.findall(text)
    ]


def read_code(said: str) -> Code | None:
    """Return the one code that was said; None when it is something else, or several."""
    text = fold(signs(said[:_LONGEST])).strip(" .«»\"'()#")
    whole = _CODE.fullmatch(text)
    if whole is None:
        return None
    prefix, year, number = whole.groups()
    return Code((prefix or "").upper(), int(year) if year else None, int(number))
