"""Copy an item to the next year: its title, area, authors and words; days and files are asked anew. Inside the transaction."""

from bot.conversation import Visit
from bot.dialogue import Answers
from bot.language import Part, _
from bot.movement import FieldType
from bot.office import opened_years
from bot.office.duties import item_sheet, item_texts, registering
from storage import drafts
from storage.initiatives import READY, Initiative

ASKED_ANEW = frozenset({FieldType.DATE, FieldType.PERIOD, FieldType.FILES})
"""What belongs to the year of a sheet."""


def year_of(visit: Visit, item: Initiative) -> int:
    """Return the year that a copy is for: the one after the sheet's, at least this one."""
    return max(item.year + 1, visit.now.year)


def why_not(visit: Visit, item: Initiative) -> Part | None:
    """Return why this person cannot copy it now; None where they can."""
    if item.unit != visit.me.unit or not (
        item_texts.writes(visit, item) or visit.me.id in item_texts.involved(visit, item)
    ):
        return _(
            "A sheet is copied by its authors, for their own unit; {code} belongs to {unit}.",
            code=item.code,
            unit=item.unit_name,
        )
    if not any(kind.code == item.kind for kind in visit.plan.kinds):
        return _("What {code} is is not registered any more, so it is not copied.", code=item.code)
    if item.state not in READY:
        return _(
            "Sheet {code} is {state}; what the unit has confirmed is copied to the next year.",
            code=item.code,
            state=item_texts.STATES[item.state],
        )
    year = year_of(visit, item)
    if year > visit.plan.last_year:
        return _("The movement ends with {year}, so nothing is copied to the next year.", year=visit.plan.last_year)
    if not opened_years.can_show(visit.plan, year, visit.now.date()):
        return opened_years.not_yet(visit.plan, year)
    form = registering.FORM.format(kind=item.kind)
    begun = visit.tx.one(drafts.OPEN, person=visit.me.id, form=form, subject=str(year))
    if begun is not None:
        return _("A sheet for {year} is being written already; please send or drop it first (/viec).", year=year)
    return None


def answers(visit: Visit, item: Initiative) -> Answers:
    """Return what of a sheet still holds in the next year."""
    kind = item_sheet.kind_of(visit, item.kind)
    anew = {field.code for field in kind.asked if field.type in ASKED_ANEW}
    found = item_sheet.answers_of(visit, kind, item)
    return {
        code: value
        for code, value in found.items()
        if code not in anew and value is not None and not (isinstance(value, dict) and value.get("files"))
    }
