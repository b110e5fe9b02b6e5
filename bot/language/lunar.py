"""Days told from the lunar new year: «sau Tết», «mùng 10 Tết», «trước Tết». Pure; asked where the year is not known here."""

import re
from datetime import date, timedelta

from bot.language.text import fold

FIRST = 2024
_NEW_YEARS = (
    (2, 10),
    (1, 29),
    (2, 17),
    (2, 6),
    (1, 26),
    (2, 13),
    (2, 2),
    (1, 23),
    (2, 11),
    (1, 31),
    (2, 19),
    (2, 8),
    (1, 28),
    (2, 15),
    (2, 4),
    (1, 24),
    (2, 12),
    (2, 1),
    (1, 22),
    (2, 10),
    (1, 30),
    (2, 17),
    (2, 6),
    (1, 26),
    (2, 14),
    (2, 2),
    (1, 23),
)
"""Month and day of the first day of the lunar year, from `FIRST` on; `tests/unit/test_lunar.py` compares them with the calendar."""
OFF = 5
"""So many days of the new year are days off by law; «sau Tết» is the day after them."""
JUST_PAST = 45
"""So many days after it «sau Tết» may be this year's or the next one's: asked."""
_AFTER = re.compile(
    r"(?:tu )?(?:ngay )?(?:sau|ra|qua|het|an|nghi)(?: (?:xong|ky nghi|dip|nghi|le))* tet(?: (?:nguyen dan|am lich|ta|am))?(?: xong)?"
)
_ON = re.compile(r"(?:ngay )?(?:mung|mong) ([0-9]{1,2})(?: thang (?:gieng|1 am lich))?(?: tet)?")
_SAYS_SO = re.compile(r"\b(?:tet|gieng|am lich)\b")


def new_year(year: int) -> date | None:
    """Return the first day of the lunar year that begins in a year; None for one that is not known here."""
    return date(year, *_NEW_YEARS[year - FIRST]) if 0 <= year - FIRST < len(_NEW_YEARS) else None


def read_lunar(text: str, today: date) -> date | None:
    """Return the day meant: the next one from today on; None for what tells of no such day, or of more than one."""
    said = fold(text).strip(" .,;")
    if len(said) > 60 or _SAYS_SO.search(said) is None:
        return None
    if _AFTER.fullmatch(said):
        count = OFF
    elif (found := _ON.fullmatch(said)) is not None and 1 <= int(found[1]) <= 29:
        count = int(found[1]) - 1
    else:
        return None
    days = [
        first + timedelta(days=count)
        for year in (today.year - 1, today.year, today.year + 1)
        if (first := new_year(year))
    ]
    ahead = [day for day in days if day >= today]
    past = [day for day in days if day < today]
    if not ahead or (past and (today - past[-1]).days <= JUST_PAST):
        return None
    return ahead[0]
