"""Tell what a number, a label or a tap means: a button of the newest reply, of a notice, or the same tap twice. Reads only."""

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from bot.conversation.context import Visit
from bot.dialogue import Button, Said, Say, SteeringWord, steering
from bot.language import _, fold, number
from storage import chat_texts, invites, outbox
from storage.chats import Chat
from storage.inbox import Message

_COMMA = re.compile(r"[,;\s]+(?:va\s+)?")
LATELY = timedelta(days=3)
"""So long a label that is typed may mean a button of a notice that came before the newest reply."""


def says(visit: Visit, text: str) -> str | None:
    """Return what a number or a label says when it is typed or tapped now, by the newest reply."""
    meant = button(visit, text)
    return None if meant is None else meant[1]


def button(visit: Visit, text: str) -> tuple[str, str] | None:
    """Return label and words of the button that a number or a label means; a question keeps the numbers for itself."""
    actions = [(label, says) for label, says in visit.chat.menu if says]
    said = _bare(text)
    asks = len(actions) < len(visit.chat.menu)
    place = None if asks else number(said)
    if place is not None and 1 <= place <= len(actions):
        return actions[place - 1]
    return next(((label, says) for label, says in actions if _bare(label) == said), None)


def several(visit: Visit, text: str) -> str | None:
    """Return what «1,2,4» says below a list of whose lines several may be named at once; None elsewhere."""
    pieces = [piece for piece in _COMMA.split(fold(text).strip(" .")) if piece]
    if len(pieces) < 2 or any(number(piece) is None for piece in pieces):
        return None
    first = next((says for _label, says in visit.chat.menu if says), "")
    command = visit.office.features.commands.get(first.partition(" ")[0].removeprefix("/"))
    return f"/{command.name} {','.join(pieces)}" if command is not None and command.several else None


def of_notice(visit: Visit, text: str) -> str | Say | None:
    """Return what a label says that stands below a notice: one come since the newest reply, else lately; ask which of several."""
    newest = visit.tx.one(chat_texts.NEWEST_ANSWER, chat=visit.chat.id)
    seq = 0 if newest is None else newest.seq or 0
    found = _below_notices(visit, text, seq) or _below_notices(visit, text, 0)
    if len(found) <= 1:
        return next(iter(found), None)
    lines = [f"{n}. {about}" for n, (_label, about) in enumerate(found.values(), 1)]
    choices = [Button(f"{n}. {label}", says) for n, (says, (label, _about)) in enumerate(found.items(), 1)]
    return Say([_("Which of these does «{label}» mean?", label=text.strip()), *lines], buttons=choices)


def _below_notices(visit: Visit, text: str, after: int) -> dict[str, tuple[str, str]]:
    """Return what a label says below the notices that came after a place: with it, and what each is about."""
    said, found = _bare(text), dict[str, tuple[str, str]]()
    if not said:
        return found
    for row in visit.tx.all(chat_texts.UNASKED, chat=visit.chat.id, after=after, since=visit.now - LATELY):
        body = row.body or {}
        for label, says in (*body.get("buttons", ()), *body.get("typed", ())):
            if _bare(label) == said:
                found.setdefault(says, (label, str(body["text"]).partition("\n")[0]))
    return found


def _bare(text: str) -> str:
    """Strip what may stand around a label where it is shown or typed: «[Xem]», «Xem.»."""
    return fold(text).strip(" .«»[]")


def tap_of(body: Mapping[str, Any]) -> str:
    """Return a key of the button that was tapped: its words, and its message where the messenger says which."""
    return f"tap {fold(str(body.get('text', '')))} {body.get('of', '')}".rstrip()


def compared(chat: Chat, body: Mapping[str, Any]) -> str:
    """Return what the next message is compared with, to know a double tap."""
    said = fold(str(body.get("text", "")))
    if said and invites.looks_like_code(said.split()[-1]):  # a code is kept nowhere, a slip of one neither
        return ""
    return tap_of(body) if said and on_the_menu(chat, said) else said


def on_the_menu(chat: Chat, said: str) -> bool:
    """Whether folded words are a label of the newest reply, or what it says."""
    return any(said in (fold(label), fold(says)) for label, says in chat.menu)


def same_tap(visit: Visit, message: Message, said: Said) -> bool:
    """Whether a button was tapped twice, before the next question, which may bear the same label, could be seen."""
    assert message.body is not None
    if said.files or visit.chat.last != tap_of(message.body):
        return False
    newest = visit.tx.one(chat_texts.NEWEST_ANSWER, chat=visit.chat.id)
    if newest is None or newest.state not in outbox.NOT_THERE_YET:
        return False
    left = visit.office.left(newest.id)
    seen = left is not None and left < message.came
    return not (seen and on_the_menu(visit.chat, fold(said.text)))


def said_again(visit: Visit, message: Message, said: Said) -> bool:
    """Whether «Gửi» is said once more after the end: its receipt is repeated, nothing is done twice."""
    text = fold(said.text)
    tapped = message.body is not None and visit.chat.last == tap_of(message.body)
    steered = visit.chat.last == text and steering(visit.words).get(text) is SteeringWord.SEND
    return bool(text) and (tapped or steered)
