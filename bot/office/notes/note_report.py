"""Tying a note to an area, putting it into the report of its unit, taking it out again. Inside the transaction."""

from bot.conversation import HOME, Visit
from bot.dialogue import Say
from bot.language import _, fold
from bot.movement import Area, Section
from bot.office.notes import note_access, note_areas, note_keeping, note_texts
from storage import notes
from storage.notes import NoteState, YearNote


def _meant(visit: Visit, code: str) -> Area | Section | None:
    parts: list[Area | Section] = [*visit.plan.areas, *note_areas.sections(visit.plan)]
    return next((part for part in parts if fold(part.code) == fold(code)), None)


def tie(visit: Visit, note: YearNote, code: str) -> Say:
    """Set the area of a note, while it is its writer's own."""
    area = _meant(visit, code)
    if note.state is not NoteState.OWN:
        return note_texts.shown(
            visit, note, _("{code} stands in the report, so it is not changed here.", code=note.code)
        )
    if area is None:
        return Say([_("Which area is it about?")], buttons=(*note_texts.areas(visit, note, "linhvuc"), HOME))
    note = note_keeping.change(visit, note, area=area.code)
    done = _("✅ {code} is tied to {area}.", code=note.code, area=note_texts.area_of(visit, note))
    return Say([done, note_texts.reader(note)], buttons=(*note_texts.doable(visit, note), note_texts.LIST, HOME))


def take(visit: Visit, note: YearNote, code: str) -> Say:
    """Give a note to the report of its unit: from then on whoever drafts that reads it."""
    if note.state is NoteState.TAKEN:
        return note_texts.shown(visit, note, _("{code} stands in the report already.", code=note.code))
    if (why := note_access.why_not(visit, note)) is not None:
        return note_texts.shown(visit, note, why)
    if not note.text:
        empty = _("{code} has no words yet; please say in a sentence what was brought about.", code=note.code)
        return note_texts.shown(visit, note, empty)
    area = _meant(visit, code or note.area)
    if area is None and note_access.by_area(visit):
        ask = _("In which area of the report is {code} to stand?", code=note.code)
        return Say(
            [ask, note_texts.quoted(note)], buttons=(*note_texts.areas(visit, note, "dua"), note_texts.LIST, HOME)
        )
    if area is not None and area.code != note.area:
        note = note_keeping.change(visit, note, area=area.code)
    notes.take(visit.tx, id=note.id, now=visit.said)
    visit.note("note_taken", note.code)
    note = note_keeping.again(visit, note.id)
    about = {"code": note.code, "year": note.day.year, "unit": note.unit_name}
    done = _("✅ {code} was put into the report of {year} of {unit}.", **about)
    if note.area:
        where = note_texts.area_of(visit, note)
        done = _("✅ {code} was put into the report of {year} of {unit}, area {area}.", area=where, **about)
    who = _(
        "Whoever drafts the report reads it, and its source beside it: note of {day}, {who}.",
        day=note.day,
        who=note.writer,
    )
    return Say([done, who], buttons=(*note_texts.doable(visit, note), note_texts.LIST, HOME))


def give_back(visit: Visit, note: YearNote) -> Say:
    """Take a note out of the report again, until that is sent."""
    if note.state is NoteState.OWN:
        return note_texts.shown(visit, note, _("{code} does not stand in the report.", code=note.code))
    if (why := note_access.why_not(visit, note)) is not None:
        return note_texts.shown(visit, note, why)
    notes.give_back(visit.tx, id=note.id)
    visit.note("note_taken_back", note.code)
    done = _(
        "✅ {code} was taken out of the report. What was written into the draft by then stays there.", code=note.code
    )
    return note_texts.shown(visit, note_keeping.again(visit, note.id), done)
