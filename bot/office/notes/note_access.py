"""Whose a note is, and whether it may go into a report, as its writer and its unit are now. Inside the transaction."""

from bot.conversation import Visit
from bot.language import Text, Time, _
from bot.office import head_titles
from bot.office.duties import submissions
from storage import notes, people, results
from storage.notes import NoteState, YearNote


def posts(visit: Visit) -> list[int]:
    """Return every post of this person: a note stays its writer's, whatever post they hold."""
    return visit.tx.all(people.EVERY_POST, person=visit.me.id)


def mine(visit: Visit, id: int) -> YearNote | None:
    """Return a note of this person by its number; None for any other."""
    note = visit.tx.one(notes.BY_ID, id=id)
    return note if note is not None and note.person in posts(visit) else None


def of_record(visit: Visit, code: str) -> YearNote | None:
    """Return the note that files were sent for, by its code: «GN-12»."""
    prefix, _dash, id = code.partition("-")
    return visit.tx.one(notes.BY_ID, id=int(id)) if prefix == "GN" and id.isdecimal() else None


def reads(visit: Visit, note: YearNote) -> bool:
    """Whether this person reads a note: who wrote it; once it stands in the report, who drafts that."""
    if note.person in posts(visit):
        return True
    return note.state is NoteState.TAKEN and note.unit == visit.me.unit and drafts(visit, note.day.year)


def drafts(visit: Visit, year: int) -> bool:
    """Whether this person drafts the report of their unit."""
    return reports(visit, visit.me.unit) and submissions.drafts_for(visit, visit.plan.reports.code, year)


def reports(visit: Visit, unit: str) -> bool:
    """Whether a unit sends a yearly report."""
    found = visit.tx.one(people.UNIT, code=unit)
    duty = visit.plan.reports
    return found is not None and found.kind not in visit.plan.unions and duty.by == "unit" and duty.owed_by(found.kind)


def by_area(visit: Visit) -> bool:
    """Whether the report tells of areas, so that a note needs one."""
    return any(page.areas for page in visit.plan.pages)


def why_not(visit: Visit, note: YearNote) -> Text | None:
    """Return why a note cannot go into the report, or out of it, now; None where it can."""
    if note.unit != visit.me.unit:
        return (
            _(
                "{code} was written in {unit}, which {you} have left. It stays {you}r own; for the report of {now}, please note it anew.",
                code=note.code,
                unit=note.unit_name,
                now=visit.me.unit_name,
            )
            if note.state is NoteState.OWN
            else _(
                "{code} stands in the report of {unit}, which {you} have left, so it stays with that unit.",
                code=note.code,
                unit=note.unit_name,
            )
        )
    if not reports(visit, note.unit):
        return _(
            "{unit} sends no yearly report of this kind, so {code} stays {you}r own.",
            unit=note.unit_name,
            code=note.code,
        )
    sent = visit.tx.one(results.OF_UNIT, unit=note.unit, year=note.day.year)
    if sent is not None:
        return _(
            "The report of {year} of {unit} was sent at {at}, so notes do not change it any more. Please tell the {head}.",
            year=note.day.year,
            unit=note.unit_name,
            at=Time(sent.at),
            head=head_titles.of_unit(visit, note.unit),
        )
    return None
