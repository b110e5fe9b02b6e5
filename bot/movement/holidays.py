"""Public holidays of Viet Nam, from the library `holidays`; loaded when first asked for. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache

from bot.movement.calendar import Override


class Holidays(Mapping[date, str]):
    """The holidays of any year, each year read when one of its days is first asked about."""

    def __getitem__(self, day: date) -> str:
        return _vietnam((day.year,))[day]

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and day in _vietnam((day.year,))

    def __iter__(self) -> Iterator[date]:
        raise TypeError("the holidays of all years have no end; ask vietnam(years)")

    def __len__(self) -> int:
        raise TypeError("the holidays of all years have no end; ask vietnam(years)")


def vietnam(years: Iterable[int]) -> Mapping[date, str]:
    """Return every public holiday of these years with its Vietnamese name."""
    return _vietnam(tuple(sorted(years)))


@cache
def _vietnam(years: tuple[int, ...]) -> Mapping[date, str]:
    # Imported here: it costs a start more than everything else that a start may do without.
    from holidays import country_holidays

    # «tết Nguyên đán»: Decree 30/2020/NĐ-CP, annex II; the library writes both words with capitals.
    found = country_holidays("VN", years=years, language="vi")
    return {day: name.replace("Nguyên Đán", "Nguyên đán") for day, name in found.items()}


def read_overrides(text: str) -> dict[date, Override]:
    """Read the override list of a file: `day;kind;note;source`, kind nghi (off) or lam_bu (worked)."""
    overrides = {}
    for line in text.splitlines()[1:]:
        if line.strip():
            day, kind, note, source = line.split(";")
            at = date.fromisoformat(day)
            overrides[at] = Override(at, {"nghi": True, "lam_bu": False}[kind], note, source)
    return overrides
