"""The sheet of registered items, read against the plan: each with whose work it is and what has recognised it. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from bot.documents.past_year_reader import PastYearFile, YearLine
from bot.documents.past_year_sheets import RECOGNISED, REGISTERED, WITHDRAWN, fields_of_kinds
from bot.language import MONEY, Joined, Text, Units, _, fold, read_period, signs
from bot.movement import FieldType, ItemField, ItemKind
from bot.office.duties.alike_titles import most_alike
from bot.office.past_year.given_authors import GivenDoers, doers, someone
from bot.office.past_year.year_cells import YearSieve
from bot.office.past_year.year_given import GivenDecision, GivenItem

_DECISION = re.compile(r"(?:số )?\d+[a-z]?/(?:\d{4}/)?qđ-[\w.&/-]+", re.IGNORECASE)
SHORTEST_TITLE = 5
MOST_ITEMS = 1000


def items(file: PastYearFile, sieve: YearSieve) -> list[GivenItem]:
    """Read what was registered; lines of one item that name several decisions are one."""
    found: dict[tuple[str, str, str], GivenItem] = {}
    lines = file.lines.get("items", ())
    if len(lines) > MOST_ITEMS:
        what = _(
            "The sheet has {n} lines; up to {most} are taken at once. Please give the units in several files.",
            n=len(lines),
            most=MOST_ITEMS,
        )
        sieve.wrong(lines[0].place, what)
        return []
    for line in lines:
        item = _item(line, sieve)
        if item is None:
            continue
        key = item.kind, item.unit, fold(item.title)
        before = found.get(key)
        if before is None:
            found[key] = item
            continue
        levels = {each.level for each in before.decisions}
        if item.decisions and before.decisions and not levels & {each.level for each in item.decisions}:
            found[key] = replace(before, decisions=(*before.decisions, *item.decisions))
        else:
            sieve.wrong(
                line.at("title"), _("This line repeats {place}. Please keep one of the two lines.", place=before.place)
            )
    _alike(list(found.values()), sieve)
    return list(found.values())


def _alike(items: Sequence[GivenItem], sieve: YearSieve) -> None:
    """Warn of items of one unit that are almost called alike."""
    table = sieve.known.plan.abbreviations
    for number, item in enumerate(items):
        for other in items[:number]:
            same = (item.unit, item.kind) == (other.unit, other.kind)
            if same and most_alike(item.title, [other.title], table) is not None:
                sieve.warn(item.place, _("Almost the same title stands at {place}. Both are taken.", place=other.place))
                break


def _item(line: YearLine, sieve: YearSieve) -> GivenItem | None:
    known = len(sieve.doubts)
    kind, unit, title = _kind(line, sieve), sieve.unit(line), sieve.line(line, "title")
    area = _area(line, sieve)
    if len(title) < SHORTEST_TITLE and "title" in line.cells:
        sieve.wrong(line.at("title"), _("«{title}» is too short for a title.", title=title))
    elif not title:
        sieve.wrong(line.at("title"), _("The line has no title."))
    if kind is None or unit is None:
        return None
    of = doers(line, kind, unit, sieve)
    day = sieve.day(line, "day", date(sieve.known.year - 1, 10, 1), date(sieve.known.year, 12, 31))
    decisions, withdrawn = _decisions(line, kind, day, sieve), _withdrawn(line, sieve)
    if withdrawn and decisions:
        sieve.wrong(
            line.at("state"), _("A sheet that a decision recognises is not withdrawn. Please keep one of the two.")
        )
    answers = _answers(line, kind, unit, sieve)
    if of is None or any(doubt.blocks for doubt in sieve.doubts[known:]):
        return None
    return _made(line, kind, unit, (title, area), of, day, withdrawn, decisions, answers)


def _made(
    line: YearLine,
    kind: ItemKind,
    unit: str,
    said: tuple[str, str],
    of: GivenDoers,
    day: date | None,
    withdrawn: bool,
    decisions: tuple[GivenDecision, ...],
    answers: Mapping[str, Any],
) -> GivenItem:
    code = line.text("code").upper()
    return GivenItem(
        line.at("title"),
        code,
        kind.code,
        *said,
        unit,
        of.shares,
        of.collective,
        of.charge,
        day,
        withdrawn,
        decisions,
        answers,
    )


def _kind(line: YearLine, sieve: YearSieve) -> ItemKind | None:
    kinds = sieve.known.plan.kinds
    words = {word: kind.code for kind in kinds for word in (*kind.words, kind.code, kind.name, kind.short)}
    if not line.text("kind"):
        sieve.wrong(
            line.at("kind"),
            _("The line does not say what is registered: {kinds}.", kinds=Joined([kind.short for kind in kinds], "; ")),
        )
        return None
    code = sieve.choice(line, "kind", words, [kind.short for kind in kinds])
    return sieve.known.plan.kind(code) if code else None


def _area(line: YearLine, sieve: YearSieve) -> str:
    areas = sieve.known.plan.areas
    words = {
        word: each.code for each in areas for word in (each.code, each.short, each.name, f"{each.code} {each.short}")
    }
    shown = [f"{each.code} ({each.short})" for each in areas]
    if not line.text("area"):
        sieve.wrong(line.at("area"), _("Which area does it serve: {areas}?", areas=Joined(shown, "; ")))
        return ""
    return sieve.choice(line, "area", words, shown)


def _withdrawn(line: YearLine, sieve: YearSieve) -> bool:
    said = {
        REGISTERED: "registered",
        "đã xác nhận": "registered",
        "đã tiếp nhận": "registered",
        RECOGNISED: "recognised",
        "đã công nhận": "recognised",
        "công nhận": "recognised",
        WITHDRAWN: "withdrawn",
        "đã rút": "withdrawn",
    }
    state = sieve.choice(line, "state", said, (REGISTERED, RECOGNISED, WITHDRAWN))
    if state == "recognised" and not line.text("decision"):
        sieve.wrong(
            line.at("decision"), _("A recognised sheet needs the level, the number and the day of its decision.")
        )
    return state == "withdrawn"


# Decisions ------------------------------------------------------------------------------------


def _decisions(line: YearLine, kind: ItemKind, day: date | None, sieve: YearSieve) -> tuple[GivenDecision, ...]:
    """Read the decision that recognises an item; none where the line names none."""
    said = [key for key in ("level", "decision", "decided") if line.text(key)]
    if not said:
        return ()
    if not kind.recognised:
        sieve.wrong(
            line.at(said[0]), _("A {kind} is not recognised by a decision. Please empty these cells.", kind=kind.short)
        )
        return ()
    levels = sieve.known.plan.levels
    words = {word: each.code for each in levels for word in (each.name, f"cấp {each.name}", each.code)}
    level = sieve.choice(line, "level", words, [each.name for each in levels])
    number, year = sieve.line(line, "decision", 120), sieve.known.year
    decided = sieve.day(line, "decided", date(year, 1, 1), date(year + 1, 12, 31))
    for key, what in _lacking(line).items():
        sieve.wrong(line.at(key), what)
    if number and not _DECISION.fullmatch(signs(number)):
        sieve.warn(
            line.at("decision"),
            _(
                "«{number}» is not written as numbers of decisions are: 45/QĐ-{sign}. It is recorded as it stands.",
                number=number,
                sign=sieve.known.plan.office.sign,
            ),
        )
    if decided is None or not (level and number):
        return ()
    if decided.year != year:
        sieve.warn(
            line.at("decided"),
            _(
                "The decision is of {day}: it counts for {year}, not for {this}.",
                day=decided,
                year=decided.year,
                this=year,
            ),
        )
    if day is not None and decided < day:
        sieve.warn(
            line.at("decided"),
            _("The decision ({day}) is older than the registration ({registered}).", day=decided, registered=day),
        )
    return (GivenDecision(level, number, decided),)


def _lacking(line: YearLine) -> dict[str, Text]:
    what = {
        "level": _("The decision has no level."),
        "decision": _("The decision has no number."),
        "decided": _("The decision has no day."),
    }
    return {key: text for key, text in what.items() if not line.text(key)}


# What else a sheet says -----------------------------------------------------------------------


def _answers(line: YearLine, kind: ItemKind, unit: str, sieve: YearSieve) -> dict[str, Any]:
    """Read the questions of the kind, by their codes."""
    found: dict[str, Any] = {}
    asked = {field.code: field for field in kind.asked}
    for label, of in fields_of_kinds(sieve.known.plan).items():
        key = f"field:{label}"
        if key not in line.cells:
            continue
        code = dict(of).get(kind.code)
        if code is None:
            sieve.warn(
                line.at(key), _("A {kind} has no «{label}»; the cell was passed over.", kind=kind.short, label=label)
            )
        elif (value := _answer(line, key, asked[code], unit, sieve)) is not None:
            found[code] = value
    return found


def _answer(line: YearLine, key: str, field: ItemField, unit: str, sieve: YearSieve) -> Any:
    cell = line.cells[key]
    match field.type:
        case FieldType.NUMBER | FieldType.MONEY:
            units = MONEY if field.type is FieldType.MONEY else Units(field.unit)
            number = sieve.number(cell, units, field.example or "30")
            return None if number is None else format(number, "f")
        case FieldType.DATE:
            plan = sieve.known.plan
            ahead = replace(sieve.known, today=date(plan.last_year, 12, 31))
            inner = YearSieve(ahead, sieve.doubts)
            day = inner.day(line, key, date(plan.first_year - 1, 1, 1), date(plan.last_year, 12, 31))
            return None if day is None else day.isoformat()
        case FieldType.PERIOD:
            return _period(line, key, sieve)
        case FieldType.CHOICE:
            return sieve.choice(line, key, {each: each for each in field.choices}) or None
        case FieldType.PERSON:
            person = someone(line.text(key), unit, line.at(key), sieve)
            return None if person is None else person.id
        case FieldType.PARAGRAPH:
            return sieve.paragraph(line, key) or None
        case _:
            return sieve.line(line, key) or None


def _period(line: YearLine, key: str, sieve: YearSieve) -> str | None:
    cell, year = line.cells[key], sieve.known.year
    period = None if cell.number else read_period(cell.text, date(year, 12, 31))
    if period is None:
        sieve.wrong(
            cell.place,
            _(
                "«{said}» is no time. Please write it like: 01/07/{year} or tháng 7/{year}",
                said=cell.text[:40],
                year=year,
            ),
        )
        return None
    return period.to_json()
