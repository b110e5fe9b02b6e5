"""What comes unasked, and is not understood: offered as a note; an edited message changes the note that it has become."""

import re

from bot.conversation import Feature, Visit
from bot.dialogue import Button, Said, Say, tells
from bot.language import Count, Text, _, fold
from bot.movement import May
from bot.office.duties.title_said import FROM_MESSAGE
from bot.office.notes import note_keeping, note_texts

TITLE = range(6, 41)
"""Words that a title has."""
DONE: Text = _("have|has|we have|today|just|this morning")
"""Words, said by people, with which what was done begins: a note, no title."""


def offer(visit: Visit, said: Said) -> Say | None:
    """Offer to note what is not understood; pictures that follow those of a note go into it at once."""
    if said.message is None or (not said.files and (not tells(said.text) or said.text.startswith("/"))):
        return None
    if said.files and not said.text and (note := note_keeping.joined(visit, said.files)) is not None:
        grown = _("📎 {code} has {n} files now.", code=note.code, n=Count(note_texts.attached(visit, note)))
        return Say([grown], buttons=(Button(_("See {code}", code=note.code), f"/ghi xem {note.id}"), note_texts.LIST))
    quick = Button(_("Quick note"), f"/ghi nhanh {said.message}")
    if not said.files:
        return Say([], buttons=(quick, *_as_title(visit, said)))
    n = len(note_keeping.loose(visit, note_keeping.offer(visit, said.files)))
    held = _("📎 {n} files have come, and no question is open that takes files.", n=Count(n))
    ask = _("«Quick note» keeps them as a note that only {you} read; otherwise they are deleted within two days.")
    return Say([held, ask], buttons=(quick,))


def _as_title(visit: Visit, said: Said) -> tuple[Button, ...]:
    """Offer to register what may be a title: so many words that ask nothing."""
    tells = any(fold(said.text).startswith(f"{word} ") for word in fold(visit.words.say(DONE)).split("|"))
    asks = said.text.rstrip().endswith("?")
    titles = visit.may(May.REGISTER) and len(said.text.split()) in TITLE and not (tells or asks)
    return (Button(_("Register it"), f"/dangky {FROM_MESSAGE} {said.message}"),) if titles else ()


def edited(visit: Visit, message: int, text: str) -> Say | None:
    """Change the note that the edited message was made into, while it is its writer's own."""
    typed = re.sub(r"^/\w+\s*", "", text) if text.startswith("/") else text
    found = note_keeping.edited(visit, message, _bare(visit, typed))
    if found is None:
        return None
    note, own = found
    if own:
        return note_texts.shown(visit, note, _("✏️ {code} was changed as {you} edited the message.", code=note.code))
    stays = _("{code} stands in the report, so editing the message does not change it.", code=note.code)
    return note_texts.shown(visit, note, stays)


def _bare(visit: Visit, typed: str) -> str:
    """Return an edited message without the words that had called the command."""
    for phrase in sorted(
        visit.words.say(visit.office.features.commands["ghi"].words).split("|"), key=len, reverse=True
    ):
        words = typed.split(" ")
        n = len(phrase.split(" "))
        if fold(" ".join(words[:n])).rstrip(":,") == fold(phrase) and len(words) > n:
            return " ".join(words[n:]).lstrip(":, ")
    return typed


FEATURE = Feature(__name__, offer=offer, edited=edited)
