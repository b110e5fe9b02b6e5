"""Changing a note, and deleting it: its writer's alone, until it stands in the report."""

from datetime import date
from functools import cached_property

from bot.conversation import HOME, Conversation, Feature, Visit, whose
from bot.dialogue import (
    Answers,
    Button,
    Choice,
    Day,
    Facts,
    Field,
    Form,
    OneOf,
    Paragraph,
    Say,
    Scene,
    Window,
    start_of_movement,
)
from bot.language import Part, _, number
from bot.office.notes import note_access, note_areas, note_keeping, note_texts
from storage import files, forgetting, notes
from storage.notes import NoteState, YearNote


class NoteFacts(Facts):
    """The note that is changed."""

    def __init__(self, visit: Visit, subject: str) -> None:
        self._visit, self._id = visit, number(subject) or 0

    @cached_property
    def note(self) -> YearNote | None:
        """The note as it stands; None where it is gone."""
        return note_access.mine(self._visit, self._id)


def change(visit: Visit, note: YearNote) -> Say:
    """Open a note to be changed; one that stands in the report is taken out first."""
    if note.state is not NoteState.OWN:
        return note_texts.shown(visit, note, _stands(note))
    answers: Answers = {"area": note.area or None, "day": note.day.isoformat()}
    return visit.open(CHANGE, str(note.id), {**answers, **({"text": note.text} if note.text else {})})


def _stands(note: YearNote) -> Part:
    return _("{code} stands in the report, so it is changed only after it was taken out of it.", code=note.code)


def delete(visit: Visit, note: YearNote, tail: str) -> Say:
    """Delete a note with its files, once that was asked about it as it is."""
    if note.state is not NoteState.OWN:
        return note_texts.shown(visit, note, _stands(note))
    if tail != f"v{note.version} co":
        ask: list[Part] = [_("Delete {code} with its files? It cannot be brought back.", code=note.code)]
        if tail:
            ask.insert(0, _("{code} has changed meanwhile.", code=note.code))
        yes = Button(_("Delete it"), f"/ghi xoa {note.id} v{note.version} co")
        no = Button(_("Keep the note as it is"), f"/ghi xem {note.id}")
        return Say([*ask, note_texts.quoted(note)], buttons=(yes, no))
    notes.drop(visit.tx, id=note.id)
    return Say([_("✅ {code} was deleted.", code=note.code)], buttons=(note_texts.LIST, HOME))


# The form -------------------------------------------------------------------------------------


def _areas(answers: Answers, scene: Scene) -> list[Choice]:
    text = str(note_keeping.parts_of(answers.get("text"))[0])
    areas = [
        Choice(area.code, _("{code} {name}", code=area.code, name=area.short), also=area.code)
        for area in note_areas.likely(scene.plan, text)
    ]
    return [*areas, *(Choice(section.code, section.name) for section in note_areas.sections(scene.plan))]


FORM = Form(
    "note_change",
    title=lambda answers, scene: _("Note {code}", code=_code(scene)),
    fields=(
        Field(
            "text",
            _("What was done that day"),
            _("What was brought about? More pictures or documents can come with it."),
            Paragraph(longest=note_keeping.LONGEST),
            example=_("30 trees were planted at the office, with the youth union"),
            files=True,
        ),
        Field(
            "area",
            _("Area of the note"),
            _("Which area is it about?"),
            OneOf(_areas),
            choices=_areas,
            skip=_("Leave it open"),
        ),
        Field(
            "day",
            _("Day of the note"),
            _("On which day was it?"),
            Day(ahead=False, believed=Window(start_of_movement)),
            example=_("{day}", day=date(2027, 3, 12)),
        ),
    ),
    send=lambda answers, scene: _("Keep the note"),
    review=lambda answers, scene: [_("Only {you} read it until {you} put it into the report.")],
)


def _code(scene: Scene) -> str:
    note = NoteFacts.of(scene).note
    return "" if note is None else note.code


def file(visit: Visit, subject: str, answers: Answers) -> Say:
    """Change the note; the sheet keeps nothing of it. One that is gone, or stands in the report now, stays as it is."""
    note = note_access.mine(visit, number(subject) or 0)
    text, more = note_keeping.parts_of(answers["text"])
    if note is None:
        _forget(visit)
        return Say([_("This note was deleted meanwhile, so nothing was changed.")], buttons=(note_texts.LIST, HOME))
    if note.state is not NoteState.OWN:
        _forget(visit)
        return note_texts.shown(visit, note, _stands(note))
    for id in more:
        files.claim(visit.tx, id=id, record=note.code)
    kept = text or note.text if more else text
    day = date.fromisoformat(answers["day"])
    note = note_keeping.change(visit, note, day=day, area=answers["area"] or "", text=kept)
    _forget(visit)
    return note_texts.shown(visit, note, _("✅ {code} was changed.", code=note.code))


def _forget(visit: Visit) -> None:
    if visit.draft is not None:
        forgetting.dropped(visit.tx, visit.draft)


def _theirs(visit: Visit, subject: str | None) -> bool:
    return subject is None or note_access.mine(visit, number(subject) or 0) is not None


CHANGE = Conversation(
    "note_change",
    title=lambda plan, subject: _("Note {code}", code=f"GN-{subject}"),
    form=lambda plan: FORM,
    file=file,
    serves=whose(_("whoever wrote the note"), _theirs),
    facts=NoteFacts,
)
FEATURE = Feature(__name__, forms=(CHANGE,))
