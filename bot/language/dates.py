"""Days and stretches of days as people type them: 9/11, thứ Năm, 4 - 10/2/2027. Day first, always. Pure."""

import re
from calendar import monthrange
from datetime import date, timedelta

from bot.language.lunar import read_lunar
from bot.language.text import fold

FIRST_YEAR, LAST_YEAR = 1900, 2199
LONGEST = 160
"""Characters of a day, a period or a stretch of days, at most: what is longer is none, and is not looked at."""

_NEAR = {
    "hom nay": 0,
    "bua nay": 0,
    "today": 0,
    "mai": 1,
    "ngay mai": 1,
    "hom sau": 1,
    "tomorrow": 1,
    "ngay kia": 2,
    "ngay mot": 2,
    "hom qua": -1,
    "bua qua": -1,
    "yesterday": -1,
    "hom kia": -2,
    "bua kia": -2,
}
_LEADING = re.compile(
    r"(?:(?:em|minh|xin|se|vao|gui|hen|den het|den|truoc|sang|chieu|trua|on|du kien|luc|trong|cham nhat|muon nhat|[0-9]{1,2} ?(?:h|gio|:)(?: ?[0-9]{2})?),?(?: |$))+"
)
"""What may stand before a day and changes nothing of it: «em hẹn thứ Năm», «sáng mai», «17h ngày 9/11»."""
_TRAILING = re.compile(r"(?:,? (?:a|nhe|nha|nhe anh|nhe chi|em|luon|nhe em))+$")
"""What may stand behind it: «9/11 nhé»."""
_LAST_DAY = re.compile(r"^(?:ngay )?cuoi cung (?:cua )?(?=thang|quy|nam)|^ngay cuoi (?:cua )?(?=thang|quy|nam)")
LONG_PAST = 300
"""A day without a year that lies so many days back, or ahead, is the next year's, or the last one's."""
_WEEKDAYS = {
    "thu hai": 0,
    "thu 2": 0,
    "t2": 0,
    "monday": 0,
    "thu ba": 1,
    "thu 3": 1,
    "t3": 1,
    "tuesday": 1,
    "thu tu": 2,
    "thu 4": 2,
    "t4": 2,
    "wednesday": 2,
    "thu nam": 3,
    "thu 5": 3,
    "t5": 3,
    "thursday": 3,
    "thu sau": 4,
    "thu 6": 4,
    "t6": 4,
    "friday": 4,
    "thu bay": 5,
    "thu 7": 5,
    "t7": 5,
    "saturday": 5,
    "chu nhat": 6,
    "cn": 6,
    "sunday": 6,
}
_WEEKS = {
    "tuan nay": 0,
    "nay": 0,
    "tuan sau nua": 2,
    "tuan toi nua": 2,
    "tuan sau": 1,
    "tuan toi": 1,
    "tuan truoc": -1,
    "next week": 1,
    "this week": 0,
}
MONTHS = {
    "jan": 1,
    "feb": 2,
    "mar": 3,
    "apr": 4,
    "may": 5,
    "jun": 6,
    "jul": 7,
    "aug": 8,
    "sep": 9,
    "oct": 10,
    "nov": 11,
    "dec": 12,
}
MONTH_WORDS = {
    "mot": 1,
    "hai": 2,
    "ba": 3,
    "tu": 4,
    "nam": 5,
    "sau": 6,
    "bay": 7,
    "tam": 8,
    "chin": 9,
    "muoi": 10,
    "muoi mot": 11,
    "muoi hai": 12,
}

_COUNTED = "|".join(sorted(MONTH_WORDS, key=len, reverse=True))
_AHEAD = re.compile(rf"(?:sau )?([0-9]{{1,3}}|{_COUNTED}) (ngay|hom|tuan|thang|nam)(?: (?:nua|sau|toi))?")
_AGO = re.compile(rf"(?:cach day )?([0-9]{{1,3}}|{_COUNTED}) (ngay|hom|tuan|thang|nam)(?: truoc)?")
_OF_MONTH = re.compile(r"(?:ngay|mung|mong) ([0-9]{1,2})(?: (?:thang (nay|sau|toi|truoc)|(?:cua )?thang nay))?")
_END_OF_MONTH = re.compile(
    rf"(?:cuoi|het)(?: cua)? (?:thang|t(?= ?[0-9]))(?: ?(?:(nay|sau|toi|truoc)|([0-9]{{1,2}}|{_COUNTED})(?:(?: ?[/.-] ?| nam )([0-9]{{4}}))?))?"
)
_END_OF_QUARTER = re.compile(
    r"(?:cuoi|het)(?: cua)? (?:quy|q) ?(nay|sau|toi|iv|i{1,3}|[1-4])(?:(?: ?[/.-] ?| nam | )([0-9]{4}))?"
)
QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "mot": 1, "hai": 2, "ba": 3, "tu": 4}
_END_OF_YEAR = re.compile(r"(?:cuoi|het)(?: cua)? nam(?: ([0-9]{4}))?")
_OF_YEAR = re.compile(
    r"(.*(?:thang|thg|quy|[0-9][/.-]|\bt ?[0-9]|\bq ?[0-9]|cuoi|dau|giua|het|mung|mong).*?),? (?:cua )?"
    r"(?:(sang) nam|nam (nay|toi|sau|ngoai|truoc))"
)
_YEARS_ON = {"nay": 0, "toi": 1, "sau": 1, "sang": 1, "ngoai": -1, "truoc": -1}
_MONTHS_ON = {None: 0, "nay": 0, "sau": 1, "toi": 1, "truoc": -1}

_WEEKDAY = "(?:" + "|".join(_WEEKDAYS) + ")"
ENGLISH = "(" + "|".join(MONTHS) + ")[a-z]*"
YEAR = r"(?:(?: ?[/.-] ?|,? (?:nam |of )?)([0-9]{4}))?"
_DATE = re.compile(
    rf"(?:{_WEEKDAY},? )?(?:(?:ngay|mung|mong) )?([0-9]{{1,2}})(?: ?(?P<mark>[/.-]) ?| (?:thang|thg)[ .]*)"
    rf"([0-9]{{1,2}}|{_COUNTED})(?:(?: ?(?(mark)(?P=mark)|[/.-]) ?| nam )([0-9]{{4}}|[0-9]{{2}}))?"
    rf"(?:,? \(?{_WEEKDAY}\)?)?"
)
"""Day and month, with or without a year behind the same mark: «8-10/11» is no day but three of them."""
_ENGLISH_DATE = re.compile(rf"([0-9]{{1,2}}) {ENGLISH}{YEAR}")
_ISO = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})")
_WEEKDAY_ALONE = re.compile(rf"({_WEEKDAY})(?: ({'|'.join(_WEEKS)}))?")
WEEKDAY_BESIDE = re.compile(rf"(?<![a-z0-9])({_WEEKDAY})(?![a-z0-9])")
"""The day of the week that stands beside a date, in folded text."""


def read_day(text: str, today: date, year: int | None = None) -> date | None:
    """Return the date meant, day first; without a year it is in `year`, else in the current one.

    A weekday is the next one, today included. None when it is no day, or contradicts itself: «thứ Hai,
    09/11/2027» where that is a Tuesday.
    """
    said = with_year(_bare(text), today)
    if len(said) > LONGEST:
        return None
    if (spoken := _spoken(said, today)) is not None:
        return spoken
    if found := _WEEKDAY_ALONE.fullmatch(said):
        ahead = _WEEKDAYS[found[1]] - today.weekday()
        return today + timedelta(days=ahead + 7 * _WEEKS[found[2]] if found[2] else ahead % 7)
    if found := _ISO.fullmatch(said):
        return day_of(int(found[1]), int(found[3]), int(found[4]))
    if found := _DATE.fullmatch(said):
        month, given = _counted(found[3]), found[4]
    elif found := _ENGLISH_DATE.fullmatch(said):
        month, given = MONTHS[found[2]], found[3]
    else:
        return None
    day = day_of(full_year(given, year or today.year), month, int(found[1]))
    if day is not None and given is None and year is None and abs((day - today).days) > LONG_PAST:
        day = day_of(day.year + (1 if day < today else -1), month, int(found[1])) or day
    named = WEEKDAY_BESIDE.search(said)
    return None if day is not None and named and _WEEKDAYS[named[1]] != day.weekday() else day


def with_year(said: str, today: date) -> str:
    """Return folded words with a year in digits: «tháng 3 năm sau» becomes «tháng 3 năm 2028»."""
    found = _OF_YEAR.fullmatch(said) if len(said) <= LONGEST else None
    return said if found is None else f"{found[1]} nam {today.year + _YEARS_ON[found[2] or found[3]]}"


def _bare(text: str) -> str:
    """Return what was said, without the words that may stand before any day."""
    said = fold(text).strip(" .,;")
    lead = _LEADING.match(said)
    bare = _LAST_DAY.sub("cuoi ", _TRAILING.sub("", said[lead.end() :] if lead else said))
    return bare.removeprefix("ngay ") if bare.startswith("ngay hom ") else bare


def _spoken(said: str, today: date) -> date | None:
    """Return a day told from today: «mai», «3 tuần sau», «mùng 5 tháng sau»."""
    if said in _NEAR:
        return today + timedelta(days=_NEAR[said])
    counted = said.endswith((" nua", " sau", " toi")) or said.startswith("sau ")
    if counted and (found := _AHEAD.fullmatch(said)) and not _a_day_of_next_month(said, found):
        return _on(today, _counted(found[1]), found[2])
    if said.endswith(" truoc") and (found := _AGO.fullmatch(said)):
        return _on(today, -_counted(found[1]), found[2])
    if found := _OF_MONTH.fullmatch(said):
        year, month = divmod(today.year * 12 + today.month - 1 + _MONTHS_ON[found[2]], 12)
        return day_of(year, month + 1, int(found[1]))
    if found := _END_OF_MONTH.fullmatch(said):
        place = today.year * 12 + today.month - 1 + _MONTHS_ON[found[1]]
        if found[2] and not 1 <= _counted(found[2]) <= 12:
            return None
        if found[2]:
            place = full_year(found[3], today.year) * 12 + _counted(found[2]) - 1
        year, month = divmod(place, 12)
        first = day_of(year, month + 1, 1)
        return first and first.replace(day=monthrange(year, month + 1)[1])
    if (found := _END_OF_YEAR.fullmatch(said)) is not None:
        return day_of(full_year(found[1], today.year), 12, 31)
    if (found := _END_OF_QUARTER.fullmatch(said)) is not None:
        return _end_of_quarter(found[1], found[2], today)
    return read_lunar(said, today)


def _end_of_quarter(which: str, year: str | None, today: date) -> date | None:
    place = full_year(year, today.year) * 4 + (today.month - 1) // 3
    if which in _MONTHS_ON:
        place += _MONTHS_ON[which]
    else:
        place = full_year(year, today.year) * 4 + (QUARTERS.get(which) or int(which)) - 1
    first = day_of(place // 4, place % 4 * 3 + 1, 1)
    return first and date(first.year, first.month + 2, monthrange(first.year, first.month + 2)[1])


def _a_day_of_next_month(said: str, found: re.Match[str]) -> bool:
    """Whether it may be a day of the next month as well as so many months: «15 tháng sau»; then it is neither."""
    return found[2] == "thang" and _counted(found[1]) > 12 and not said.endswith(" nua")


def _counted(said: str) -> int:
    return MONTH_WORDS.get(said) or int(said)


def _on(today: date, n: int, unit: str) -> date | None:
    """Return so many days, weeks, months or years from today; a month without that day ends earlier."""
    if unit in ("ngay", "hom", "tuan"):
        return today + timedelta(days=n * (7 if unit == "tuan" else 1))
    year, month = divmod(today.year * 12 + today.month - 1 + n * (12 if unit == "nam" else 1), 12)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))


_TO = re.compile(r",? (?:cho )?(?:den|toi|to|until) (?:het (?!thang|quy|nam|t ?[0-9]|q ?[0-9]))?| ?[-–—] ?")
_DAY_ALONE = re.compile(r"(?:ngay )?([0-9]{1,2})")
_NOW = frozenset(("nay", "bay gio", "gio", "now"))
_BEGINNING = re.compile(rf"dau (?:thang|t(?= ?[0-9])) ?([0-9]{{1,2}}|{_COUNTED})(?:(?: ?[/.-] ?| nam )([0-9]{{4}}))?")


def read_span(text: str, today: date) -> tuple[date, date] | None:
    """Return the first and the last day meant: «04/02/2027 đến 10/02/2027», «4 - 10/2/2027», or one day twice.

    What the first day does not say it takes from the last. None when it is no stretch of days.
    """
    said = fold(text).strip(" .,;").removeprefix("tu ")
    if len(said) > LONGEST or said.startswith(("den ", "truoc ")):  # only its end
        return None
    if (day := read_day(said, today)) is not None:
        return day, day
    for between in _TO.finditer(said):
        last = read_day(said[between.end() :], today)
        first = _first_day(said[: between.start()], last, today) if last is not None else None
        if first is not None and last is not None:
            return first, last
    return None


def _first_day(said: str, last: date, today: date) -> date | None:
    if said in _NOW:
        return today
    if alone := _DAY_ALONE.fullmatch(said):
        return day_of(last.year, last.month, int(alone[1]))
    if begins := _BEGINNING.fullmatch(said):
        return day_of(full_year(begins[2], last.year), _counted(begins[1]), 1)
    day = read_day(said, today, last.year)
    before = read_day(said, today, last.year - 1)
    over_new_year = day is not None and before is not None and before < day and day > last
    return before if over_new_year else day


def full_year(said: str | None, default: int) -> int:
    """Read a year of two or four digits; the default where none was said."""
    if said is None:
        return default
    return int(said) if len(said) > 2 else 2000 + int(said)


def day_of(year: int, month: int, day: int) -> date | None:
    """Make a date; None where there is no such day."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
