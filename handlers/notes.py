"""«Ghi nhanh»: a note all year, of words or of what comes unasked; its writer's own until it goes into the report."""

import re

from bot.conversation import EVERYBODY, HOME, Command, Conversation, Feature, Visit
from bot.dialogue import Answers, Button, Field, Form, Paragraph, Say
from bot.language import Count, _, fold
from bot.office.notes import note_access, note_keeping, note_report, note_texts
from handlers.notes_change import change, delete
from storage import drafts, forgetting, inbox, notes

OF_ONE = re.compile(r"(nhanh|xem|sua|xoa|dua|rut|linhvuc|tu) (\d{1,9})((?: v\d+)?(?: co)?)(?: ([a-z0-9._]{1,32}))?")
"""What a button says of one note; anything else is a note itself: «sửa 12 hồ sơ …»."""
LISTED = ("xem", "cua toi", "chep cua toi", "list", "mine")
PAGE = 10
"""So many notes one list shows."""


def run(visit: Visit, args: str) -> Say:
    """Answer «/ghi Đã dán mã QR ở bộ phận một cửa», «/ghi»: asked for; «/ghi xem», «/ghi sua 12»: what buttons say."""
    said = args.strip()
    if fold(said) in LISTED:
        return _list(visit, 1)
    if fold(said) == "donvi":
        return _of_unit(visit)
    if (of_one := OF_ONE.fullmatch(fold(said))) is not None:
        return _one(visit, of_one[1], int(of_one[2]), of_one[3].strip(), of_one[4] or "")
    message = None if visit.message is None else visit.tx.one(inbox.SAID_IN, chat=visit.chat.id, id=visit.message)
    files = tuple((message.body or {}).get("files", ())) if message is not None else ()
    if not said and not files:
        return visit.open(NOTE)
    note = note_keeping.write(visit, said, visit.message, files, newest=visit.message)
    return note_texts.kept(visit, note)


def _one(visit: Visit, verb: str, id: int, tail: str, code: str) -> Say:
    """Do what a button says with one note."""
    if verb == "nhanh":
        return _quick(visit, id)
    if verb == "tu":
        return _list(visit, id)
    note = note_access.mine(visit, id)
    if note is None:
        other = visit.tx.one(notes.BY_ID, id=id)
        if verb == "xem" and other is not None and note_access.reads(visit, other):
            return note_texts.shown(visit, other)
        return Say([_("There is no note GN-{id} of {you_name}.", id=id)], buttons=(note_texts.LIST, HOME))
    if verb == "linhvuc":
        return note_report.tie(visit, note, code)
    if verb == "dua":
        return note_report.take(visit, note, code)
    if verb == "rut":
        return note_report.give_back(visit, note)
    if verb == "sua":
        return change(visit, note)
    if verb == "xoa":
        return delete(visit, note, tail)
    return note_texts.shown(visit, note)


def _quick(visit: Visit, message: int) -> Say:
    """Make a note of what came unasked; tapped twice, it is shown."""
    note, new = note_keeping.of_messages(visit, message)
    if note is None:
        gone = _("What was to be noted is not kept any more. Please write it or send the file once more.")
        return Say([gone], buttons=(Button(_("Write a note"), "/ghi"), HOME))
    return note_texts.kept(visit, note) if new else note_texts.shown(visit, note, _("This is noted already."))


def _list(visit: Visit, first: int) -> Say:
    mine = list(note_keeping.listed(visit))
    if not mine:
        none = _("{You} have no notes yet. To write one type for example: note 30 trees were planted at the office")
        return Say([none], buttons=(Button(_("Write a note"), "/ghi"), *_unit_button(visit), HOME))
    first = min(max(first, 1), len(mine))
    page = mine[first - 1 : first - 1 + PAGE]
    lines = [_("Notes of {you_name} ({n})", n=Count(len(mine))), *(note_texts.line(visit, note) for note in page)]
    buttons = [Button(note.code, f"/ghi xem {note.id}") for note in page]
    if (rest := len(mine) - first + 1 - len(page)) > 0:
        buttons.append(Button(_("Older ones ({n})", n=Count(rest)), f"/ghi tu {first + PAGE}"))
    return Say(lines, buttons=(*buttons, Button(_("Write a note"), "/ghi"), *_unit_button(visit), HOME))


def _unit_button(visit: Visit) -> list[Button]:
    if not note_access.drafts(visit, visit.said.year):
        return []
    return [Button(_("Notes for the unit's report"), "/ghi donvi")]


def _of_unit(visit: Visit) -> Say:
    """List what stands in the report of the unit, for whoever drafts it."""
    year = visit.said.year
    if not note_access.drafts(visit, year):
        who = _("Only whoever drafts the report of the unit sees the notes that were put into it.")
        return Say([who], buttons=(note_texts.LIST, HOME))
    found = note_keeping.taken(visit, visit.me.unit, year)
    if not found:
        none = _("No notes have been put into the report of {year} of {unit} yet.", year=year, unit=visit.me.unit_name)
        return Say([none], buttons=(note_texts.LIST, HOME))
    head = _("Notes in the report of {year} of {unit} ({n})", year=year, unit=visit.me.unit_name, n=Count(len(found)))
    lines = [_("{note}, by {who}", note=note_texts.line(visit, note), who=note.writer) for note in found[:PAGE]]
    buttons = [Button(note.code, f"/ghi xem {note.id}") for note in found[:PAGE]]
    if len(found) > PAGE:
        lines.append(_("… and {n} more: they stand in the report's pages.", n=Count(len(found) - PAGE)))
    return Say([head, *lines], buttons=(*buttons, Button(_("Open the report"), f"/baocao {year}"), HOME))


# The form -------------------------------------------------------------------------------------

FORM = Form(
    "note",
    title=lambda answers, scene: _("Quick note"),
    fields=(
        Field(
            "text",
            _("What was done that day"),
            _(
                "What was brought about? A sentence, pictures or documents; only {you} read it until {you} put it into the report."
            ),
            Paragraph(longest=note_keeping.LONGEST),
            example=_("30 trees were planted at the office, with the youth union"),
            files=True,
        ),
    ),
    send=lambda answers, scene: _("Keep the note"),
    at_once=True,
)


def file(visit: Visit, subject: str, answers: Answers) -> Say:
    """Keep what was written as a note of today; the sheet keeps nothing of it."""
    text, files = note_keeping.parts_of(answers["text"])
    message = visit.message
    if visit.draft is not None:
        message = next(
            (part.message for part in visit.tx.all(drafts.PARTS, draft=visit.draft) if part.message), message
        )
    note = note_keeping.write(visit, text, message, files)
    if visit.draft is not None:
        forgetting.dropped(visit.tx, visit.draft)
    return note_texts.kept(visit, note)


NOTE = Conversation(
    "note", title=lambda plan, subject: _("Quick note"), form=lambda plan: FORM, file=file, serves=EVERYBODY
)
COMMAND = Command("ghi", _("Quick note"), _("note|quick note"), run, EVERYBODY, rank=1, acts=("*",))
FEATURE = Feature(__name__, commands=(COMMAND,), forms=(NOTE,))
