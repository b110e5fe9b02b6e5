"""Registered items of a past year with their recognitions, compared with what is kept and stored. Inside the transaction."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from bot.documents.past_year_sheets import fields_of_kinds
from bot.language import _, fold
from bot.movement import CountedSheet, FieldType, ItemKind
from bot.office.duties.alike_titles import most_alike
from bot.office.past_year.year_given import GivenDecision, GivenItem
from bot.office.past_year.year_ledger import Kept, TakenRecord, YearLedger
from storage import initiatives, item_answers, item_authors, recognitions
from storage.initiatives import LEFT, READY, Initiative, ItemContent, ItemState
from storage.recognitions import Recognition


def keep_items(ledger: YearLedger, given: Sequence[GivenItem]) -> None:
    """Compare every item, and store what is new or different."""
    known = ledger.tx.all(initiatives.OF_YEAR, year=ledger.known.year)
    met = dict[str, str]()
    for item in given:
        before = _met(ledger, item, known)
        if before is not None and before.code in met:
            what = _(
                "{code} is meant at {place} too. Please keep one of the two lines.",
                code=before.code,
                place=met[before.code],
            )
            ledger.sieve.wrong(item.place, what)
        elif before is None and item.code:
            ledger.sieve.wrong(
                item.place,
                _(
                    "There is no sheet {code} of {year}. Please empty the code of a new one.",
                    code=item.code,
                    year=str(ledger.known.year),
                ),
            )
        elif before is None:
            _keep(ledger, item, None)
            _warn_alike(ledger, item, known)
        else:
            met[before.code] = item.place
            _keep(ledger, item, before)
    if given and (
        left := [each for each in known if each.code not in met and ledger.own(each.code) and each.state not in LEFT]
    ):
        for each in left:
            what = _(
                "{code} «{title}» was taken over before and is not in this file. It stays; to take it out, write it with «rút».",
                code=each.code,
                title=each.title,
            )
            ledger.sieve.warn("", what)


def _met(ledger: YearLedger, item: GivenItem, known: Sequence[Initiative]) -> Initiative | None:
    """Return the item that a line is: by its code, else by kind, unit and title."""
    if item.code:
        return next((each for each in known if each.code == item.code), None)
    same = [
        each for each in known if (each.kind, each.unit, each.title_fold) == (item.kind, item.unit, fold(item.title))
    ]
    return next(iter(sorted(same, key=lambda each: each.state in LEFT)), None)


def _warn_alike(ledger: YearLedger, item: GivenItem, known: Sequence[Initiative]) -> None:
    for each in known:
        same = (each.unit, each.kind) == (item.unit, item.kind) and each.state not in LEFT
        if same and most_alike(item.title, [each.title], ledger.known.plan.abbreviations) is not None:
            what = _(
                "Almost the same title is registered as {code}: «{title}». If it is that one, please write its code in front.",
                code=each.code,
                title=each.title,
            )
            ledger.sieve.warn(item.place, what)
            return


def _keep(ledger: YearLedger, item: GivenItem, before: Initiative | None) -> None:
    if before is None:
        ledger.count(TakenRecord.RECOGNITION, Kept.NEW, len(item.decisions))
        if ledger.count(TakenRecord.ITEM, Kept.NEW):
            _add(ledger, item)
        return
    if (before.kind, before.unit) != (item.kind, item.unit):
        what = _(
            "{code} is a {kind} of {unit}; kind and unit do not change. Please check the code.",
            code=before.code,
            kind=ledger.known.plan.kind(before.kind).short,
            unit=before.unit_name,
        )
        ledger.sieve.wrong(item.place, what)
        return
    same, decided = _same(ledger, item, before), _decided(ledger, item, before)
    if not ledger.own(before.code):
        if same and not decided[0] and item.withdrawn == (before.state in LEFT):
            ledger.count(TakenRecord.ITEM, Kept.SAME)
        else:
            ledger.left(item.place, TakenRecord.ITEM, before.code, _("«{title}»", title=before.title))
        return
    withdrawn = before.state in LEFT
    kept = Kept.SAME if same and not any(decided) and withdrawn == item.withdrawn else Kept.CHANGED
    ledger.count(TakenRecord.RECOGNITION, Kept.NEW, len(decided[0]))
    ledger.count(TakenRecord.RECOGNITION, Kept.SAME, len(item.decisions) - len(decided[0]))
    if ledger.count(TakenRecord.ITEM, kept):
        _change(ledger, item, before, same)


# What is different ----------------------------------------------------------------------------


def _content(item: GivenItem) -> ItemContent:
    return ItemContent(item.title, fold(item.title), item.area, item.collective, item.charge)


def _answers(ledger: YearLedger, item: GivenItem) -> Mapping[str, Any]:
    """Return what an item answers to every question that the workbook asks of its kind."""
    asked = [dict(of).get(item.kind) for of in fields_of_kinds(ledger.known.plan).values()]
    return {code: item.answers.get(code) for code in asked if code is not None}


def _same(ledger: YearLedger, item: GivenItem, before: Initiative) -> bool:
    """Whether an item says what a line says, its authors among it."""
    tx, new = ledger.tx, _content(item)
    if (before.title, before.area, before.collective, before.charge) != (
        new.title,
        new.area,
        new.collective,
        new.charge,
    ):
        return False
    shares = [(each.person, each.share) for each in tx.all(item_authors.OF_ITEM, id=before.id)]
    if not item.collective and shares != [(person, Decimal(share)) for person, share in item.shares]:
        return False
    kept = item_answers.of(tx, before.id)
    same_day = ledger.paper_of(before.code)[1] == item.day or not ledger.own(before.code)
    return same_day and all(kept.get(code) == value for code, value in _answers(ledger, item).items())


def _decided(ledger: YearLedger, item: GivenItem, before: Initiative) -> tuple[list[GivenDecision], list[Recognition]]:
    """Return the decisions that a line adds or changes, and those taken over before that it lacks."""
    kept = {each.level: each for each in ledger.tx.all(recognitions.OF_ITEM, id=before.id)}
    new = [each for each in item.decisions if _other(each, kept.get(each.level))]
    levels = {each.level for each in item.decisions}
    gone = [each for each in ledger.tx.all(recognitions.TAKEN_OVER, id=before.id) if each.level not in levels]
    return new, gone


def _other(said: GivenDecision, kept: Recognition | None) -> bool:
    return kept is None or (kept.decision, kept.day) != (said.number, said.day)


# Storing --------------------------------------------------------------------------------------


def _add(ledger: YearLedger, item: GivenItem) -> None:
    tx, known = ledger.tx, ledger.known
    kind, at = known.plan.kind(item.kind), ledger.moment(_since(item))
    code = initiatives.next_code(tx, prefix=kind.prefix, year=known.year)
    by = item.charge if item.charge is not None else item.shares[0][0]
    id = initiatives.add(
        tx,
        _content(item),
        code=code,
        kind=item.kind,
        year=known.year,
        unit=item.unit,
        by=by,
        now=at,
        plan_hash=ledger.plan_hash,
    )
    item_authors.put(tx, id=id, shares=item.shares)
    for field, value in item.answers.items():
        _put_answer(ledger, kind, id, 1, field, value)
    ledger.mark(code, item.unit, "", item.day)
    _decide(ledger, item, id, [])


def _since(item: GivenItem) -> date | None:
    """Return the day on which it was registered, as far as is known: no later than a decision about it."""
    days = [each.day for each in item.decisions]
    return item.day or min(days, default=None)


def _change(ledger: YearLedger, item: GivenItem, before: Initiative, same: bool) -> None:
    tx, at = ledger.tx, ledger.moment(_since(item))
    if not same:
        version = initiatives.change(tx, _content(item), id=before.id, now=at, plan_hash=ledger.plan_hash)
        item_authors.put(tx, id=before.id, shares=item.shares)
        was = item_answers.of(tx, before.id)
        for field, value in _answers(ledger, item).items():
            if was.get(field) != value:
                _put_answer(ledger, ledger.known.plan.kind(item.kind), before.id, version, field, value)
    ledger.mark(before.code, item.unit, "", item.day, Kept.CHANGED)
    _decide(ledger, item, before.id, _decided(ledger, item, before)[1])


def _put_answer(ledger: YearLedger, kind: ItemKind, id: int, version: int, field: str, value: Any) -> None:
    asked = next(each for each in kind.asked if each.code == field)
    person = value if asked.type is FieldType.PERSON else None
    item_answers.put(ledger.tx, id=id, version=version, field=field, value=value, person=person)


def _decide(ledger: YearLedger, item: GivenItem, id: int, gone: Sequence[Recognition]) -> None:
    """Store the decisions about an item, and its state by them; what was recorded in the chat stays."""
    tx = ledger.tx
    for each in gone:
        recognitions.take_back(tx, id=id, level=each.level)
    own = {each.level for each in tx.all(recognitions.TAKEN_OVER, id=id)}
    kept = {each.level for each in tx.all(recognitions.OF_ITEM, id=id)}
    for said in item.decisions:
        if said.level in own or said.level not in kept:
            recognitions.put(tx, id=id, level=said.level, decision=said.number, day=said.day, by=None, now=ledger.now)
    state = ItemState.RECOGNISED if tx.all(recognitions.OF_ITEM, id=id) else ItemState.RECEIVED
    initiatives.move(tx, id=id, state=ItemState.WITHDRAWN if item.withdrawn else state, now=ledger.moment(_since(item)))


# Counting -------------------------------------------------------------------------------------


def counted_sheets(ledger: YearLedger, given: Sequence[GivenItem]) -> list[CountedSheet]:
    """Return what targets will count of the year: the lines of the workbook, and what stands beside them."""
    year, known = ledger.known.year, ledger.tx.all(initiatives.OF_YEAR, year=ledger.known.year)
    met = {before.id for item in given if (before := _met(ledger, item, known)) is not None}
    found = [
        CountedSheet(
            item.unit,
            item.kind,
            registered=not item.withdrawn,
            confirmed=not item.withdrawn,
            received=not item.withdrawn and not item.decisions,
            levels=frozenset(each.level for each in item.decisions if each.day.year == year),
        )
        for item in given
    ]
    for item in known:
        if item.id not in met:
            decided = ledger.tx.all(recognitions.OF_ITEM, id=item.id)
            levels = frozenset(each.level for each in decided if each.day.year == year)
            stands = item.state not in LEFT
            found.append(CountedSheet(item.unit, item.kind, stands, item.state in READY, False, levels))
    return found
