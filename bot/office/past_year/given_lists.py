"""The sheets of plans and closed lists, read against the plan; and the whole workbook. Pure."""

from collections import Counter
from datetime import date
from typing import TypeVar

from bot.documents.past_year_reader import PastYearFile, YearLine
from bot.documents.past_year_sheets import CLOSED, NONE_REGISTERED, papers_of, targets_said
from bot.language import Joined, Part, _
from bot.movement import Plan
from bot.office.past_year.given_accounts import accounts
from bot.office.past_year.given_items import items
from bot.office.past_year.given_reports import baselines, reports
from bot.office.past_year.year_cells import YearSieve
from bot.office.past_year.year_given import GivenItem, GivenList, GivenPaper, GivenPlan, GivenYear

G = TypeVar("G", GivenPlan, GivenList)


def given_year(file: PastYearFile, sieve: YearSieve) -> GivenYear:
    """Read all that a workbook gives; what is doubtful is noted in the sieve."""
    _same_plan(file, sieve)
    told, counted = reports(file, sieve)
    registered = items(file, sieve)
    lists = _lists(file, sieve)
    _nothing_registered(lists, registered, sieve)
    return GivenYear(
        told,
        _plans(file, sieve),
        lists,
        _papers(file, sieve),
        registered,
        baselines(file, sieve),
        counted,
        accounts(file, sieve),
    )


def _same_plan(file: PastYearFile, sieve: YearSieve) -> None:
    """Refuse a workbook made for another year or from another plan, and say which targets differ."""
    known = sieve.known
    if file.year is not None and file.year != known.year:
        sieve.wrong(
            "",
            _(
                "The workbook is of {year}, not of {this}: thidua import-year {year}",
                year=str(file.year),
                this=str(known.year),
            ),
        )
    if file.targets is None:
        return
    own = targets_said(known.plan)
    said = {code: file.targets.get(code) for code in dict.fromkeys([*own, *file.targets])}
    differ = [_differs(known.plan, code, given) for code, given in said.items() if given != own.get(code)]
    if differ:
        what = _(
            "The workbook was made from another plan. Targets that differ: {targets}. Please take a new template.",
            targets=Joined(differ, "; "),
        )
        sieve.wrong("", what)


def _differs(plan: Plan, code: str, given: tuple[str, str] | None) -> Part:
    own = targets_said(plan).get(code)
    if given is None:
        return _("{code} (not in the workbook)", code=code)
    if own is None:
        return _("{code} (not in the plan)", code=code)
    return _(
        "{code} (workbook: {given}; plan: {own})",
        code=code,
        given=" ".join(filter(None, given)),
        own=" ".join(filter(None, own)),
    )


def _plans(file: PastYearFile, sieve: YearSieve) -> list[GivenPlan]:
    found = []
    year = sieve.known.year
    for line in file.lines.get("plans", ()):
        unit = sieve.unit(line)
        day = sieve.day(line, "day", date(year - 1, 10, 1), date(year, 12, 31))
        if "day" not in line.cells:
            sieve.wrong(
                line.at("day"), _("The plan has no day of issue. Please write it like: 20/01/{year}", year=year)
            )
        number, signer = sieve.line(line, "number", 60), sieve.line(line, "signer", 120)
        if unit is not None and day is not None:
            found.append(GivenPlan(line.place, unit, number, day, signer))
    return _once(found, sieve)


def _lists(file: PastYearFile, sieve: YearSieve) -> list[GivenList]:
    found = []
    year = sieve.known.year
    words = {
        CLOSED: CLOSED,
        "chốt": CLOSED,
        "đã đăng ký": CLOSED,
        NONE_REGISTERED: NONE_REGISTERED,
        "không": NONE_REGISTERED,
    }
    for line in file.lines.get("lists", ()):
        unit, state = sieve.unit(line), _state(line, words, sieve)
        day = sieve.day(line, "day", date(year - 1, 10, 1), date(year, 12, 31))
        reason = sieve.line(line, "reason")
        if unit is None or not state:
            continue
        if state == CLOSED and reason:
            sieve.wrong(
                line.at("reason"),
                _(
                    "A reason is given only where nothing is registered. Please empty the cell, or choose «{none}».",
                    none=NONE_REGISTERED,
                ),
            )
        if state == NONE_REGISTERED and not reason:
            reason = f"Theo hồ sơ giấy năm {year}"
        found.append(GivenList(line.place, unit, day, reason if state == NONE_REGISTERED else ""))
    return _once(found, sieve)


def _state(line: YearLine, words: dict[str, str], sieve: YearSieve) -> str:
    if line.text("state"):
        return sieve.choice(line, "state", words, (CLOSED, NONE_REGISTERED))
    sieve.wrong(
        line.at("state"),
        _("Is the list closed? Please choose «{closed}» or «{none}».", closed=CLOSED, none=NONE_REGISTERED),
    )
    return ""


def _papers(file: PastYearFile, sieve: YearSieve) -> list[GivenPaper]:
    found: dict[tuple[str, str], GivenPaper] = {}
    year, papers = sieve.known.year, papers_of(sieve.known.plan, sieve.known.year)
    for line in file.lines.get("papers", ()):
        called = sieve.choice(line, "paper", {name: name for name in papers}) if line.text("paper") else ""
        if not line.text("paper"):
            sieve.wrong(line.at("paper"), _("The line does not say which paper it is."))
        unit = sieve.unit(line, owes=True)
        day = sieve.day(line, "day", date(year, 1, 1), date(year + 1, 12, 31))
        if "day" not in line.cells:
            sieve.wrong(line.at("day"), _("The paper has no day. Please write it like: 12/01/{year}", year=year))
        number = sieve.line(line, "number", 60)
        if not called or unit is None or day is None:
            continue
        given = GivenPaper(line.place, unit, papers[called].code, number, day)
        before = found.setdefault((given.duty, unit), given)
        if before is not given:
            sieve.wrong(
                line.place, _("This line repeats {place}. Please keep one of the two lines.", place=before.place)
            )
    return list(found.values())


def _once(found: list[G], sieve: YearSieve) -> list[G]:
    """Return the lines of each unit once; a second one has to be put right."""
    seen: dict[str, G] = {}
    for each in found:
        before = seen.setdefault(each.unit, each)
        if before is not each:
            name = sieve.known.name_of(each.unit)
            sieve.wrong(
                each.place,
                _("{unit} stands at {place} already. Please keep one of the two lines.", unit=name, place=before.place),
            )
    return list(seen.values())


def _nothing_registered(lists: list[GivenList], registered: list[GivenItem], sieve: YearSieve) -> None:
    """Refuse «không đăng ký» of a unit that has registered something."""
    count = Counter(item.unit for item in registered if not item.withdrawn)
    for each in lists:
        if each.reason and count[each.unit]:
            name = sieve.known.name_of(each.unit)
            sieve.wrong(
                each.place,
                _(
                    "{unit} is said to register nothing, but {n} of its items stand in the workbook.",
                    unit=name,
                    n=count[each.unit],
                ),
            )
