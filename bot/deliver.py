"""Filing a reply: drawn for its chat, in the transaction that made it."""

from dataclasses import replace

from bot.channel import LOCAL
from bot.commands import Visit, words_for
from bot.dialogue.turn import Say
from bot.render import LOOKS, render
from storage import chats, outbox, people


def deliver(visit: Visit, say: Say, said: str) -> None:
    """File a reply to the person's own message, drawn for this chat."""
    chat, person = _listener(visit)
    drawn = render(say, LOOKS[chat.look], words_for(person, chat))
    seq = chats.replied(
        visit.tx, chat=chat.id, menu=[list(entry) for entry in drawn.menu], last=said, now=visit.now
    )
    outbox.answer(
        visit.tx, chat=chat.id, local=chat.channel == LOCAL, body=drawn.to_json(),
        now=visit.now, seq=seq,
    )  # fmt: skip
    if chat.channel != LOCAL:
        visit.woken.append("outbox")


def repeat(visit: Visit) -> None:
    """Say the newest reply once more."""
    newest = visit.tx.one(outbox.NEWEST_ANSWER, chat=visit.chat.id)
    if newest is not None and newest.body is not None:
        seq = chats.next_seq(visit.tx, visit.chat.id)
        outbox.answer(
            visit.tx, chat=visit.chat.id, local=visit.chat.channel == LOCAL, body=newest.body,
            now=visit.now, seq=seq,
        )  # fmt: skip
        if visit.chat.channel != LOCAL:
            visit.woken.append("outbox")


def _listener(visit: Visit) -> tuple[chats.Chat, people.Person | None]:
    """The chat and its person as this turn has left them (just linked to each other, say)."""
    chat, person = visit.chat, visit.person
    if "chat" in visit.woken:
        fresh = visit.tx.one(chats.BY_ID, id=chat.id)
        assert fresh is not None
        chat = replace(chat, person=fresh.person, language=fresh.language)
    if (person.id if person else None) != chat.person:
        person = visit.tx.one(people.BY_ID, id=chat.person) if chat.person else None
    return chat, person
