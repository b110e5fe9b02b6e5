"""What is said of notes: a line of the list, a note whole, what can be done with it now. Inside the transaction."""

from collections.abc import Sequence

from bot.conversation import HOME, Visit
from bot.dialogue import Button, Say
from bot.language import Count, Joined, Part, _
from bot.office.notes import note_access, note_areas
from storage import files
from storage.notes import NoteState, YearNote

LIST = Button(_("My notes"), "/ghi xem")
SHOWN = 120
"""Characters of a note that a list shows."""


def area_of(visit: Visit, note: YearNote) -> Part:
    """Name the area of a note; what the plan has no more keeps its code."""
    if not note.area:
        return _("no area yet")
    area = next((area for area in visit.plan.areas if area.code == note.area), None)
    if area is None:
        sections = note_areas.sections(visit.plan)
        return next((section.name for section in sections if section.code == note.area), note.area)
    return _("{code} {name}", code=area.code, name=area.short)


def attached(visit: Visit, note: YearNote) -> int:
    """Return how many files a note has."""
    return len(visit.tx.all(files.OF_RECORD, record=note.code))


def quoted(note: YearNote, most: int = SHOWN) -> Part:
    """Say a note in quotation marks, its beginning where it is long."""
    if not note.text:
        return _("no words yet")
    whole = " ".join(note.text.split()) if most == SHOWN else note.text
    return _("«{text}»", text=whole if len(whole) <= most else f"{whole[:most].rstrip()}…")


def line(visit: Visit, note: YearNote) -> Part:
    """Return a note in one line of a list."""
    about = {"code": note.code, "day": note.day, "area": area_of(visit, note), "text": quoted(note)}
    n = attached(visit, note)
    said = (
        _("- {code}, {day}, {area}: {text} (📎 {n} files)", n=Count(n), **about)
        if n
        else _("- {code}, {day}, {area}: {text}", **about)
    )
    return said if note.state is NoteState.OWN else _("{line}; in the report of {year}", line=said, year=note.day.year)


def lines(visit: Visit, note: YearNote) -> list[Part]:
    """Return a note whole: when, which area, its words, its files, and who reads it."""
    found: list[Part] = [
        _("Note {code} of {day}, {unit}", code=note.code, day=note.day, unit=note.unit_name),
        _("Area of the note: {value}", value=area_of(visit, note)),
        quoted(note, len(note.text)),
    ]
    if sent := visit.tx.all(files.OF_RECORD, record=note.code):
        found.append(_("📎 Files: {names}", names=Joined([file.name for file in sent])))
    return [*found, reader(note)]


def reader(note: YearNote) -> Part:
    """Say who reads a note now."""
    if note.state is NoteState.OWN:
        return _("Only {you} read it until {you} put it into the report.")
    return _(
        "It stands in the report of {year} of {unit}: whoever drafts that reads it.",
        year=note.day.year,
        unit=note.unit_name,
    )


def areas(visit: Visit, note: YearNote, verb: str, most: int = 20) -> Sequence[Button]:
    """Return a button for each area, the likely ones first."""
    sections = [
        Button(section.name, f"/ghi {verb} {note.id} {section.code}") for section in note_areas.sections(visit.plan)
    ]
    return [
        *(
            Button(_("{code} {name}", code=area.code, name=area.short), f"/ghi {verb} {note.id} {area.code}")
            for area in note_areas.likely(visit.plan, note.text)[:most]
        ),
        *sections,
    ]


def doable(visit: Visit, note: YearNote) -> list[Button]:
    """Return what its writer can do with a note now."""
    may = note_access.why_not(visit, note) is None
    if note.state is NoteState.TAKEN:
        return [Button(_("Take {code} out of the report", code=note.code), f"/ghi rut {note.id}")] if may else []
    found = [Button(_("Put {code} into the report", code=note.code), f"/ghi dua {note.id}")] if may else []
    return [
        *found,
        Button(_("Change {code}", code=note.code), f"/ghi sua {note.id}"),
        Button(_("Delete {code}", code=note.code), f"/ghi xoa {note.id}"),
    ]


def shown(visit: Visit, note: YearNote, *before: Part) -> Say:
    """Show a note with what can be done with it."""
    n = attached(visit, note)
    opens = [Button(_("Open the files ({n})", n=n), f"/tep {note.code}")] if n else []
    mine = doable(visit, note) if note.person in note_access.posts(visit) else []
    return Say([*before, *lines(visit, note)], buttons=(*opens, *mine, LIST, HOME))


def kept(visit: Visit, note: YearNote) -> Say:
    """Say that a note is kept, and ask for its area: a tap each, the likely one first; no tap leaves it open."""
    said: list[Part] = [_("✅ Noted as {code}, {day}: {text}", code=note.code, day=note.day, text=quoted(note))]
    if n := attached(visit, note):
        said.append(_("📎 It has {n} files.", n=Count(n)))
    said.append(reader(note))
    if not visit.plan.areas:
        return Say(said, buttons=(*doable(visit, note), LIST, HOME))
    said.append(_("Which area is it about? It can be left open."))
    rest = [button for button in doable(visit, note) if button.says.startswith("/ghi sua")]
    return Say(said, buttons=(*areas(visit, note, "linhvuc"), *rest, LIST, HOME))
