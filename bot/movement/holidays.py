"""Public holidays of Viet Nam: years that are written down, and the library `holidays` for all others. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache

from bot.movement.calendar import Override


class Holidays(Mapping[date, str]):
    """The holidays of any year, each year that is not written down read when one of its days is first asked about."""

    def __init__(self, written: Mapping[date, str]) -> None:
        self._written, self._years = written, {day.year for day in written}

    def __getitem__(self, day: date) -> str:
        return self._of(day.year)[day]

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and day in self._of(day.year)

    def __iter__(self) -> Iterator[date]:
        raise TypeError("the holidays of all years have no end; ask vietnam(years)")

    def __len__(self) -> int:
        raise TypeError("the holidays of all years have no end; ask vietnam(years)")

    def _of(self, year: int) -> Mapping[date, str]:
        return self._written if year in self._years else _vietnam((year,))


def vietnam(years: Iterable[int]) -> Mapping[date, str]:
    """Return every public holiday of these years with its Vietnamese name, as the library has them."""
    return _vietnam(tuple(sorted(years)))


@cache
def _vietnam(years: tuple[int, ...]) -> Mapping[date, str]:
    # Imported here: 10 MB and 0.13 s of processor, which a server spends in no year that is written down.
    from holidays import country_holidays

    # «tết Nguyên đán»: Decree 30/2020/NĐ-CP, annex II; the library writes both words with capitals.
    found = country_holidays("VN", years=years, language="vi")
    return {day: name.replace("Nguyên Đán", "Nguyên đán") for day, name in found.items()}


def read_holidays(text: str) -> dict[date, str]:
    """Read whole years of holidays that are written down: `day;name`."""
    lines = (line.split(";", 1) for line in text.splitlines()[1:])
    return {date.fromisoformat(day): name for day, name in lines}


def read_overrides(text: str) -> dict[date, Override]:
    """Read the override list of a file: `day;kind;note;source`, kind nghi (off) or lam_bu (worked)."""
    overrides = {}
    for line in text.splitlines()[1:]:
        if line.strip():
            day, kind, note, source = line.split(";")
            at = date.fromisoformat(day)
            overrides[at] = Override(at, {"nghi": True, "lam_bu": False}[kind], note, source)
    return overrides
