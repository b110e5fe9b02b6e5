"""Public holidays of Viet Nam, from the library `holidays`; loaded when first asked for."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache

from bot.workdays import Override


def vietnam(years: Iterable[int]) -> Mapping[date, str]:
    """Every public holiday of these years with its Vietnamese name."""
    return _vietnam(tuple(sorted(years)))


@cache
def _vietnam(years: tuple[int, ...]) -> Mapping[date, str]:
    # Imported here: it costs a start more than everything else that a start may do without.
    from holidays import country_holidays

    return dict(country_holidays("VN", years=years, language="vi").items())


def read_overrides(text: str) -> dict[date, Override]:
    """The override list of a file: `day;kind;note;source`, kind nghi (off) or lam_bu (worked)."""
    overrides = {}
    for line in text.splitlines()[1:]:
        if line.strip():
            day, kind, note, source = line.split(";")
            at = date.fromisoformat(day)
            overrides[at] = Override(at, {"nghi": True, "lam_bu": False}[kind], note, source)
    return overrides
