"""What is said of a past year that is, or would be, taken over from its workbook. Pure."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from bot.documents.past_year_reader import YearDoubt
from bot.documents.past_year_sheets import measured_before
from bot.language import Count, Joined, Part, Text, _
from bot.office.past_year.taking_over import TakenYear
from bot.office.past_year.year_ledger import Kept, TakenRecord

MOST_DOUBTS = 200


def lines(taken: TakenYear, notes: Sequence[Text], apply: bool) -> list[Part]:
    """Say what was read, each doubt with its place, and what is or would be written."""
    wrong = [doubt for doubt in taken.doubts if doubt.blocks]
    odd = [doubt for doubt in taken.doubts if not doubt.blocks]
    said: list[Part] = [*notes]
    if wrong:
        said.append(_("To be put right first ({n}):", n=Count(len(wrong))))
        said += _listed(wrong)
    if odd:
        said.append(_("⚠️ To be looked at ({n}):", n=Count(len(odd))))
        said += _listed(odd)
    if taken.given_anything:
        said += [_("Year {year}, by the file:", year=str(taken.ledger.known.year)), *_counted(taken), *_uses(taken)]
    return [*said, _end(taken, apply)]


def _listed(doubts: Sequence[YearDoubt]) -> Iterator[Part]:
    for doubt in doubts[:MOST_DOUBTS]:
        yield (
            _("- {place}: {what}", place=doubt.place, what=doubt.what)
            if doubt.place
            else _("- {what}", what=doubt.what)
        )
    if len(doubts) > MOST_DOUBTS:
        yield _("- … and {n} more.", n=Count(len(doubts) - MOST_DOUBTS))


_NAMES: Mapping[TakenRecord, Callable[[int], Text]] = {
    TakenRecord.REPORT: lambda n: _("{n} reports", n=Count(n)),
    TakenRecord.FIGURE: lambda n: _("{n} figures", n=Count(n)),
    TakenRecord.PLAN: lambda n: _("{n} plans", n=Count(n)),
    TakenRecord.LIST: lambda n: _("{n} closed lists", n=Count(n)),
    TakenRecord.PAPER: lambda n: _("{n} papers", n=Count(n)),
    TakenRecord.ACCOUNT: lambda n: _("{n} accounts of unions", n=Count(n)),
    TakenRecord.ITEM: lambda n: _("{n} registered items", n=Count(n)),
    TakenRecord.RECOGNITION: lambda n: _("{n} recognitions", n=Count(n)),
    TakenRecord.BASELINE: lambda n: _("{n} amounts of before", n=Count(n)),
}


_OUTCOMES: Mapping[Kept, Callable[[Joined], Text]] = {
    Kept.NEW: lambda what: _("New: {what}.", what=what),
    Kept.CHANGED: lambda what: _("Changed: {what}.", what=what),
    Kept.SAME: lambda what: _("As it was: {what}.", what=what),
    Kept.LEFT: lambda what: _("Kept as it was sent in the chat: {what}.", what=what),
}


def _counted(taken: TakenYear) -> Iterator[Part]:
    """Say of each kind of record how many there are, and how many are new, changed, as they were, left alone."""
    n = taken.ledger.n
    for outcome, said in _OUTCOMES.items():
        if named := [name(n(what, outcome)) for what, name in _NAMES.items() if n(what, outcome)]:
            yield said(Joined(named))


def _uses(taken: TakenYear) -> Iterator[Part]:
    """Say what a year is used for: one of the movement whole, one before it to be compared with."""
    plan, year = taken.ledger.known.plan, taken.ledger.known.year
    if year >= plan.first_year:
        if not taken.opened and not taken.blocked:
            yield _(
                "The year {year} is opened for this quietly: nobody is reminded of it, nobody is told.", year=str(year)
            )
        return
    yield _(
        "The year {year} is before the movement ({first} to {last}): it is in no summary. Its figures are shown beside those of {first}.",
        year=str(year),
        first=plan.first_year,
        last=plan.last_year,
    )
    if against := [target.code for target in measured_before(plan) if target.reduces]:
        yield _(
            "Its amounts are what these targets are measured against until {last}: {codes}.",
            last=plan.last_year,
            codes=Joined(against),
        )


def _end(taken: TakenYear, apply: bool) -> Text:
    if taken.blocked:
        return _("Nothing was written: please put the cells right and give the file again.")
    if not taken.given_anything:
        return _("The file has no lines filled in; nothing was written.")
    if not taken.ledger.written:
        return _("The file changes nothing: all of it is there already.")
    if apply:
        return _("✅ Taken over from paper.")
    return _("Nothing was written. Add --apply to write it.")
