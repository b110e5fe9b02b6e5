"""What a change of the units would do, in words: who goes where, who owes what from which day, what ends. In the transaction."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from zlib import crc32

from bot.conversation import Visit
from bot.language import Count, Inside, Joined, Part, _
from bot.movement import May, titled
from bot.office.duties.duty_kinds import of_year
from bot.office.report import kept_numbers
from bot.office.report.entered import amount_said, list_of, until_cutoff
from bot.office.roster.roster_changes import role_name
from bot.office.roster.unit_duties import duty_lines
from bot.office.roster.unit_effects import Effects, Move, NewBaseline
from bot.office.roster.unit_wanted import UnitAct
from storage import reopenings

MOST = 12
"""So many names are said of a list."""


def head(effects: Effects) -> Part:
    """Say what is wanted, in one line."""
    wanted, day = effects.wanted, effects.wanted.day
    names = Joined([effects.name(code) for code in wanted.units])
    into = _named(effects, wanted.into)
    match wanted.act:
        case UnitAct.NEW:
            made = wanted.made[0]
            return _("New unit: {name} ({code}), from {day} on", name=made.name, code=made.code, day=day)
        case UnitAct.RENAMED:
            before = effects.units[wanted.units[0]].name
            return _("{before} is called {after} from {day} on", before=before, after=wanted.made[0].name, day=day)
        case UnitAct.ENDED:
            return _("{unit} ends; from {day} on it is no more", unit=names, day=day)
        case UnitAct.MERGED:
            return _("{units} merge into {into}, from {day} on", units=names, into=into, day=day)
        case UnitAct.SPLIT:
            parts = Joined([_named(effects, code) for code in effects.successors], " · ")
            return _("{unit} is split into {parts}, from {day} on", unit=names, parts=parts, day=day)


def _named(effects: Effects, code: str) -> Part:
    return _("{name} ({code})", name=effects.name(code), code=code) if code else ""


def lines(visit: Visit, effects: Effects) -> list[Part]:
    """Say everything that a change would do."""
    wanted = effects.wanted
    found: list[Part] = [head(effects)]
    if wanted.basis:
        found.append(_("Basis: {basis}", basis=wanted.basis))
    if wanted.act is UnitAct.RENAMED:
        unit, last = effects.units[wanted.units[0]], wanted.day - timedelta(days=1)
        return [
            *found,
            _("Code, people, duties and records stay as they are."),
            _("Years that ended by {day} show the name of before: {name}.", day=last, name=unit.name),
        ]
    return [
        *found,
        *_people(visit, effects),
        *duty_lines(effects),
        *_baselines(visit, effects),
        *_items(visit, effects),
        *_carried(effects),
        *_corrections(visit, effects),
        *_ended(visit, effects),
        *_past(effects),
    ]


def stamp(said: Sequence[Part]) -> int:
    """Return a number for what was shown, so that nothing else is done."""
    return crc32(repr(said).encode()) % 1_000_000


# People -------------------------------------------------------------------------------------------


def _people(visit: Visit, effects: Effects) -> Iterator[Part]:
    going = [move for move in effects.moves if move.unit != move.person.unit]
    for code in effects.successors:
        mine = [move for move in going if move.unit == code]
        if mine:
            yield _(
                "To {unit} ({n}): {people}", unit=effects.name(code), n=Count(len(mine)), people=_listed(visit, mine)
            )
    if staying := [move for move in effects.moves if move.unit == move.person.unit]:
        yield _("Stay and become something else: {people}", people=_listed(visit, staying))
    if effects.wanted.act in (UnitAct.MERGED, UnitAct.SPLIT):
        for code in effects.successors:
            if (person := effects.head(code)) is not None:
                yield _("Head of {unit}: {who}", unit=effects.name(code), who=titled(person))
            else:
                yield _("⚠️ {unit} has no head yet; until one is entered its deputies send.", unit=effects.name(code))


def _listed(visit: Visit, moves: Sequence[Move]) -> Joined:
    said = [_moved(visit, move) for move in moves[:MOST]]
    if len(moves) > MOST:
        said.append(_("… and {n} more", n=Count(len(moves) - MOST)))
    return Joined(said, "; ")


def _moved(visit: Visit, move: Move) -> Part:
    if move.ends:
        return _("{who} (holds a post there already; this one ends)", who=titled(move.person))
    if move.role == move.person.role:
        return titled(move.person)
    return _(
        "{who} ({before} → {after})",
        who=titled(move.person),
        before=role_name(visit.plan, move.person.role),
        after=role_name(visit.plan, move.role),
    )


# Baselines ------------------------------------------------------------------------------------------


def _baselines(visit: Visit, effects: Effects) -> Iterator[Part]:
    for each in effects.baselines:
        yield from _baseline(visit, effects, each)


def _baseline(visit: Visit, effects: Effects, new: NewBaseline) -> Iterator[Part]:
    what, unit = Inside(new.target.short), effects.name(new.unit)
    says = f"{list_of(visit.plan, new.target)} {new.unit}"
    if not new.rows:
        names = Joined([effects.name(code) for code in new.lacking])
        if new.lacking:
            yield _(
                "What {unit} is measured against, {what}: not known of {names}, so it is not added up; {desk} enters it anew: {says}",
                unit=unit,
                what=what,
                names=names,
                desk=visit.plan.office.desk,
                says=says,
            )
        else:
            yield _(
                "What {unit} is measured against, {what}: it does not follow from what was entered; {desk} enters it anew: {says}",
                unit=unit,
                what=what,
                desk=visit.plan.office.desk,
                says=says,
            )
    for row in new.rows:
        if not visit.may(May.SETTLE):
            yield _("What {unit} is measured against, {what}: the sum of {year}.", unit=unit, what=what, year=row.year)
            continue
        amounts = kept_numbers.baseline(visit.plan, new.target, row)
        yield _(
            "What {unit} is measured against, {what}: the sum of {year}, {span} {until}, whole year {whole}.",
            unit=unit,
            what=what,
            year=row.year,
            span=Inside(until_cutoff(visit.plan)),
            until=amount_said(new.target, amounts.ten_months),
            whole=amount_said(new.target, amounts.whole_year),
        )


# What else ------------------------------------------------------------------------------------------


def _items(visit: Visit, effects: Effects) -> Iterator[Part]:
    for code in effects.successors:
        mine = [item for item, to in effects.items if to == code]
        if mine:
            yield _(
                "Registered for {year} ({n}), under their codes, counted for {unit} from now on: {codes}",
                year=effects.wanted.day.year,
                n=Count(len(mine)),
                unit=effects.name(code),
                codes=_some([item.code for item in mine]),
            )
        if waiting := [item for item in mine if item.state == "sent"]:
            yield _(
                "- of these wait for confirmation ({n}): the head of {unit} confirms them.",
                n=Count(len(waiting)),
                unit=effects.name(code),
            )


def _carried(effects: Effects) -> Iterator[Part]:
    for code in effects.successors:
        mine = [record for _table, _id, record, _unit, to in effects.carried if to == code]
        if mine:
            yield _(
                "Difficulties, inspections and tasks that {unit} goes on with ({n}): {codes}",
                unit=effects.name(code),
                n=Count(len(dict.fromkeys(mine))),
                codes=_some(list(dict.fromkeys(mine))),
            )


def _corrections(visit: Visit, effects: Effects) -> Iterator[Part]:
    """Warn of what was asked or opened to be corrected in a unit that ends: afterwards nobody of it sends."""
    if effects.wanted.act in (UnitAct.NEW, UnitAct.RENAMED):
        return
    for code in effects.wanted.units:
        if code in effects.successors:
            continue
        for each in visit.tx.all(reopenings.LIVE_OF_UNIT, unit=code):
            yield _(
                "⚠️ A correction of {code} is under way; please answer or receive it first: afterwards {unit} sends nothing.",
                code=each.record,
                unit=effects.name(code),
            )


def _ended(visit: Visit, effects: Effects) -> Iterator[Part]:
    forms = visit.office.features.forms
    away = [draft for draft, _to, state in effects.drafts if state == "archived" and draft.state == "open"]
    for draft in away:
        yield _(
            "Put away unsent: {what} ({n} answers).",
            what=Inside(forms[draft.form].title(visit.plan, draft.subject)),
            n=Count(draft.answers),
        )
    going = [draft for draft, to, state in effects.drafts if to != draft.unit and draft.state == "open"]
    if going:
        yield _("Sheets being written that go with their writers: {n}.", n=Count(len(going)))
    for row in effects.delegates:
        duty = visit.plan.known_duty(row.duty)
        yield _(
            "Ends: {who} drafts the {what} of {year} for {unit}.",
            who=row.name,
            what=row.duty if duty is None else of_year(duty),
            year=row.year,
            unit=effects.name(row.unit),
        )
    for promise in effects.promises:
        duty = visit.plan.known_duty(promise.duty)
        yield _(
            "Ends: {unit} has promised the {what} of {year} by {day}.",
            unit=effects.name(promise.unit),
            what=promise.duty if duty is None else of_year(duty),
            year=promise.year,
            day=promise.day,
        )
    for one, other in effects.acting:
        yield _("Ends: {one} acts for {other}.", one=titled(one), other=titled(other))


def _past(effects: Effects) -> Iterator[Part]:
    last = effects.wanted.day - timedelta(days=1)
    for code in effects.wanted.ending:
        name = effects.units[code].name
        yield _("Years before stay as they were, under the name: {name} (until {day}).", name=name, day=last)


def _some(codes: Sequence[str]) -> Joined:
    left = len(codes) - MOST
    return Joined([*codes[:MOST], *([_("… and {n} more", n=Count(left))] if left > 0 else [])])
