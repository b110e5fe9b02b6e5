"""Which year somebody means: the year that was typed is the year that is shown, or it is refused by name."""

import re
from collections.abc import Collection
from datetime import date

from bot.conversation import HOME, Visit
from bot.dialogue import Button, Say
from bot.language import Joined, Part, _, fold, read_years, whole_years
from bot.movement import Plan
from storage import deadlines, reopenings

_FILLING = re.compile(
    "cho|cua|toi|giup|nhe|di|a|voi|xem|nam|phong|trao|thi|dua|ket|qua|bao|cao|tinh|hinh|ca|toan|so|don|vi|vay|the|nhi|ha|nha|oi|roi|chua"
)


def unclear(text: str, today: date) -> str:
    """Return what of a question about a year is neither its year nor filling: it was not understood."""
    words = read_years(text, today).rest.split()
    return " ".join(word for word in words if not _FILLING.fullmatch(fold(word).strip(".,?:")))


def one(visit: Visit, text: str, default: int, shows: str) -> int | Say:
    """Return the one year meant, else the default; a sentence where it cannot be shown.

    `shows` is the command that shows one year, for the buttons: «/tonghop {year}».
    """
    said = read_years(text, visit.said.date()).years
    if not said:
        return default
    can = [year for year in said if can_show(visit.plan, year, visit.now.date())]
    if len(said) == 1 and can:
        return said[0]
    return Say(
        _why(visit, said, can),
        buttons=(*(Button(_("Year {year}", year=year), shows.format(year=year)) for year in can[:6]), HOME),
    )


def collecting(visit: Visit) -> int:
    """Return the opened year whose reports are being collected now."""
    today = visit.said.date()
    current = today.year if today.month > 2 else today.year - 1
    opened = [year.year for year in visit.tx.all(deadlines.YEARS)] or [visit.plan.first_year]
    return max((year for year in opened if year <= current), default=min(opened))


def with_verb(visit: Visit, args: str, verbs: Collection[str], shows: str) -> tuple[str, str] | Say:
    """Return a verb of a button («sua», «xem») and the year that was said, as it stands in commands; "" for neither."""
    first, _blank, rest = args.partition(" ")
    verb, rest = (first, rest) if first in verbs else ("", args)
    year = one(visit, rest, 0, shows)
    return year if isinstance(year, Say) else (verb, str(year or ""))


def can_show(plan: Plan, year: int, today: date) -> bool:
    """Whether anything can be known of a year: it is one of the movement, and may be registered for."""
    return plan.first_year <= year <= plan.last_year and plan.registers_from(year) <= today


def _why(visit: Visit, said: tuple[int, ...], can: list[int]) -> list[Part]:
    plan = visit.plan
    outside = [year for year in said if not plan.first_year <= year <= plan.last_year]
    ahead = [year for year in said if year not in can and year not in outside]
    lines: list[Part] = []
    if outside:
        lines.append(
            _(
                "The movement runs from {first} to {last}; it has no year {years}.",
                first=plan.first_year,
                last=plan.last_year,
                years=Joined([str(y) for y in outside]),
            )
        )
    if ahead:
        lines.append(not_yet(plan, ahead[0]))
    if len(said) > 1:
        lines.append(
            _("One year is shown at a time; please choose one.") if can else _("None of these years can be shown.")
        )
    return lines


def not_yet(plan: Plan, year: int) -> Part:
    """Return why a coming year cannot be shown or registered for, and from when on it can."""
    return _("Year {year} is not open yet: registering begins on {day}.", year=year, day=plan.registers_from(year))


def to_register(visit: Visit, text: str) -> tuple[int, str] | Say:
    """Return the year a registration is for and what else was said; only words at the beginning name a year.

    A title may speak of years: «số hóa hồ sơ giai đoạn 2015 - 2020» is for this year.
    """
    today, plan = visit.said.date(), visit.plan
    head, colon, title = text.partition(":")
    folded = re.sub(r"^(?:cho|cua|trong)\s+", "", fold(head).strip())
    years = whole_years(folded, today)
    if not years:
        return today.year, text
    if len(years) == 1 and _registers(visit, years[0]):
        return years[0], title.strip() if colon else ""
    lines: list[Part] = []
    for year in years[:1]:
        if not plan.first_year <= year <= plan.last_year:
            lines = _why(visit, (year,), [])
        elif year > today.year:
            lines = [not_yet(plan, year)]
        else:
            lines = [_("Year {year} is over, so nothing is registered for it any more.", year=year)]
    return Say(lines, buttons=(Button(_("Register for {year}", year=today.year), "/dangky"), HOME))


def _registers(visit: Visit, year: int) -> bool:
    """Whether something can be registered for a year today: this one, the coming one, one opened afterwards."""
    today = visit.said.date()
    if not can_show(visit.plan, year, today):
        return False
    quiet = {each.year for each in visit.tx.all(deadlines.YEARS) if each.quiet}
    return year >= today.year or year in quiet or _opened_once_more(visit, year)


def _opened_once_more(visit: Visit, year: int) -> bool:
    """Whether the office has opened the unit's list of a year once more."""
    found = visit.tx.one(reopenings.LIVE, record=f"DS-{year}-{visit.me.unit}")
    return found is not None and found.day is not None and visit.said.date() <= found.day
