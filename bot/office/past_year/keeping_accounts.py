"""What unions tell of a past year, compared with what is kept and stored. Inside the transaction."""

from bot.language import _
from bot.office.past_year.keeping_reports import last_day
from bot.office.past_year.year_given import GivenAccount
from bot.office.past_year.year_ledger import Kept, TakenRecord, YearLedger
from storage import paper_sources, unions


def keep_account(ledger: YearLedger, given: GivenAccount) -> None:
    """Compare a union's account, and store it; a section that the workbook says nothing of stays as it was taken over."""
    tx, known = ledger.tx, ledger.known
    code = paper_sources.account_record(given.unit, known.year)
    before = tx.one(unions.OF_UNIT, unit=given.unit, year=known.year)
    told = {} if before is None else dict(before.answers)
    sections = {**told, **given.sections}
    same = sections == told
    if before is not None and not ledger.own(code):
        if same:
            ledger.count(TakenRecord.ACCOUNT, Kept.SAME)
        else:
            title = _("What {unit} tells", unit=known.name_of(given.unit))
            ledger.left(given.place, TakenRecord.ACCOUNT, code, title)
        return
    day = given.day or ledger.in_time(last_day(ledger, known.plan.done_by("narrative")))
    kept = Kept.NEW if before is None else Kept.CHANGED
    if same and ledger.paper_of(code) == (given.number, day):
        kept = Kept.SAME
    if ledger.count(TakenRecord.ACCOUNT, kept):
        unions.put(tx, unit=given.unit, year=known.year, answers=sections, by=None, now=ledger.now)
        ledger.mark(code, given.unit, given.number, day, kept)
