"""Keeping notes: of what was typed, of messages and files that came unasked, changed while they are their writer's own."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from bot.channels import limits
from bot.conversation import Visit
from bot.language import secret_mark
from bot.office.notes import note_access
from storage import files, inbox, notes
from storage.inbox import Message
from storage.notes import NoteState, YearNote

LONGEST = limits.TEXT
"""Characters of a note: no more than one message has."""
TOGETHER = timedelta(minutes=2)
"""So soon after each other pictures come that belong together; an album is one message a picture."""
MOST = 20
"""Messages that are looked back at, at most."""


def write(
    visit: Visit, text: str, message: int | None, attached: Sequence[int] = (), newest: int | None = None
) -> YearNote:
    """Store a note of this person and unit, dated today; its files go with it."""
    known = visit.tx.one(notes.OF_MESSAGE, message=message) if message is not None else None
    id = notes.add(
        visit.tx,
        person=visit.me.id,
        unit=visit.me.unit,
        day=visit.said.date(),
        area="",
        text=text,
        message=message if known is None else None,
        newest=newest if attached else None,
        now=visit.said,
    )
    return _with(visit, id, attached)


def _with(visit: Visit, id: int, attached: Sequence[int]) -> YearNote:
    for file in attached:
        files.claim(visit.tx, id=file, record=f"GN-{id}")
    return again(visit, id)


def again(visit: Visit, id: int) -> YearNote:
    """Return a note as it stands now."""
    note = visit.tx.one(notes.BY_ID, id=id)
    assert note is not None
    return note


def change(
    visit: Visit, note: YearNote, *, day: date | None = None, area: str | None = None, text: str | None = None
) -> YearNote:
    """Change what a note says; one that stands in a report stays as it is."""
    notes.change(
        visit.tx,
        id=note.id,
        day=note.day if day is None else day,
        area=note.area if area is None else area,
        text=note.text if text is None else text,
    )
    return again(visit, note.id)


# What came unasked ----------------------------------------------------------------------------


def bundle(visit: Visit, id: int) -> list[Message]:
    """Return a message of this chat with those right before it whose files belong to it, the first one first."""
    found: list[Message] = []
    message = visit.tx.one(inbox.SAID_IN, chat=visit.chat.id, id=id)
    while message is not None and message.body is not None and len(found) < MOST:
        if found and not (_loose(visit, message) and found[0].said - message.said <= TOGETHER):
            break
        found.insert(0, message)
        if not _files(message):
            break
        message = _before(visit, message.id)
    return found


def _before(visit: Visit, id: int) -> Message | None:
    return visit.tx.one(inbox.JUST_BEFORE, chat=visit.chat.id, id=id)


def _files(message: Message) -> Sequence[int]:
    found: Sequence[int] = (message.body or {}).get("files", ())
    return found


def _loose(visit: Visit, message: Message) -> list[int]:
    """Return the files of a message that may still become a note."""
    return [file for id in _files(message) if (file := visit.tx.one(notes.OFFERED, id=id)) is not None]


def loose(visit: Visit, messages: Sequence[Message]) -> list[int]:
    """Return the files of several messages that may still become a note."""
    return [file for message in messages for file in _loose(visit, message)]


def said_in(messages: Sequence[Message]) -> str:
    """Return what stands beside the files of several messages, or is the message."""
    return "\n".join(filter(None, (str((message.body or {}).get("text", "")).strip() for message in messages)))


def offer(visit: Visit, ids: Sequence[int]) -> list[Message]:
    """Hold files that came unasked until the next day; return the messages that one tap makes a note of."""
    assert visit.message is not None
    for id in ids:
        notes.offer(visit.tx, file=id, now=visit.now)
    return bundle(visit, visit.message)


def joined(visit: Visit, ids: Sequence[int]) -> YearNote | None:
    """Add files to the note that the message right before was made into: an album is one note. None where it was not."""
    before = None if visit.message is None else _before(visit, visit.message)
    note = None if before is None else _ending_at(visit, before)
    if before is None or note is None or visit.said - before.said > TOGETHER or visit.message is None:
        return None
    if note.state is not NoteState.OWN or note.unit != visit.me.unit or note.person != visit.me.id:
        return None
    notes.grow(visit.tx, id=note.id, newest=visit.message)
    return _with(visit, note.id, ids)


def _ending_at(visit: Visit, before: Message) -> YearNote | None:
    note = visit.tx.one(notes.ENDING_AT, message=before.id)
    return note if note is not None and note.person in note_access.posts(visit) else None


def of_messages(visit: Visit, id: int) -> tuple[YearNote | None, bool]:
    """Make a note of a message that was offered; return it, and whether it is new. None where the message is gone."""
    known = _known(visit, id)
    if known is not None:
        return known, False
    messages = bundle(visit, id)
    text, attached = said_in(messages), loose(visit, messages)
    if not messages or (not text and not attached) or secret_mark(text) or text.startswith("/"):
        return None, False
    if attached and (before := _before(visit, messages[0].id)) is not None:
        note = _ending_at(visit, before)
        if note is not None and note.state is NoteState.OWN and messages[0].said - before.said <= TOGETHER:
            notes.grow(visit.tx, id=note.id, newest=messages[-1].id)
            return _with(visit, note.id, attached), True
    spoken = next((message.id for message in messages if str((message.body or {}).get("text", "")).strip()), id)
    return write(visit, text, spoken, attached, newest=messages[-1].id), True


def _known(visit: Visit, id: int) -> YearNote | None:
    """Return the note that a message has become already."""
    message = visit.tx.one(inbox.SAID_IN, chat=visit.chat.id, id=id)
    if message is None:
        return None
    found = visit.tx.one(notes.OF_MESSAGE, message=id)
    for file in _files(message):
        kept = visit.tx.one(files.BY_ID, id=file)
        found = found or (None if kept is None else note_access.of_record(visit, kept.record))
    return found if found is not None and found.person in note_access.posts(visit) else None


def edited(visit: Visit, message: int, text: str) -> tuple[YearNote, bool] | None:
    """Change a note by the edit of the message that it was made of; return it, and whether it was its writer's own still."""
    note = visit.tx.one(notes.OF_MESSAGE, message=message)
    if note is None or note.person not in note_access.posts(visit):
        return None
    if note.state is not NoteState.OWN:
        return note, False
    return change(visit, note, text=text), True


def listed(visit: Visit) -> Iterator[YearNote]:
    """Yield the notes of this person, the newest first."""
    yield from visit.tx.all(notes.OF_PERSON, posts=note_access.posts(visit))


def taken(visit: Visit, unit: str, year: int) -> list[YearNote]:
    """Return what a unit has for its report of a year, by day."""
    return visit.tx.all(notes.TAKEN, unit=unit, first=date(year, 1, 1), last=date(year, 12, 31))


def parts_of(value: Any) -> tuple[str, Sequence[int]]:
    """Return the words and the files of an answer that may have both."""
    if isinstance(value, dict):
        return str(value.get("note", "")), value.get("files", ())
    return str(value or ""), ()
