"""Say what is not taken, and why: too much, a state secret's mark, a file that did not come. Inside the transaction."""

from collections.abc import Mapping

from bot.channels import Missing, limits
from bot.conversation.beside import with_question
from bot.conversation.buttons import HOME, MY_TASKS
from bot.conversation.context import Visit
from bot.conversation.kind_words import NEXT
from bot.dialogue import Draft, Said, Say
from bot.language import Part, Text, _, secret_mark
from storage import chat_texts, inbox
from storage.inbox import Message

ONLY_WORDS = _(
    "The assistant reads only what {you} have written now, not the message that it replies to. Sheets and tasks are named by their code."
)

WHY: Mapping[str, Text] = {
    Missing.FILE: _(
        "The file could not be taken: it is larger than {mb} MB, or the line broke. Please make it smaller or send it once more.",
        mb=limits.MEGABYTES,
    ),
    Missing.AWAY: _(
        "The file could not be taken: it lies on a server that the assistant may not read. Please tell the administrator; what {you} write is taken."
    ),
    Missing.EMPTY: _(
        "A file came with nothing in it (0 bytes), so it was not kept. Please look at the file and send it again."
    ),
    Missing.STICKER: _("The assistant has seen the sticker, {you_name}."),
    Missing.VOICE: _(
        "The assistant cannot listen to what is spoken. Please write it as a text; the keyboard of a telephone mostly has a key that writes what is spoken."
    ),
    Missing.FILM: _("The assistant cannot watch films. Please send pictures or documents, or write it as a text."),
    Missing.PLACE: _("The assistant does not use places on the map. If a place is meant, please write it as a text."),
    Missing.CARD: _(
        "The assistant records no telephone number that is sent from the contacts. If somebody is meant, please write it as a text: name and unit."
    ),
    Missing.KIND: _("The assistant reads texts, pictures and documents only. Please write it as a text."),
}


def replies_to_another(visit: Visit, message: Message) -> bool:
    """Whether somebody replies to another message than the newest answer: what they mean by that is lost."""
    to = (message.body or {}).get("reply")
    if not to or visit.person is None or str((message.body or {}).get("text", "")).startswith("/"):
        return False
    newest = visit.tx.one(chat_texts.NEWEST_MESSAGE, chat=visit.chat.id)
    return newest is None or newest != to


def too_much(visit: Visit, message: Message) -> Say | None:
    """Refuse more than the assistant takes: nothing of it is done, everything else stays as it was."""
    assert message.body is not None
    if message.body.get("fast"):
        why = limits.TOO_FAST
    elif long := message.body.get("long"):
        why = limits.too_long(int(long))
    else:
        return None
    return Say([why], buttons=(MY_TASKS, HOME))


def secret(visit: Visit, said: Said, message: Message) -> Say | None:
    """Refuse a state secret's mark in a text or a file's name: keep nothing of it, and say why."""
    texts = (said.text, str(message.body.get("label", "")), *message.body.get("names", ()))
    if not message.body.get("secret") and not any(map(secret_mark, texts)):
        return None
    return not_kept(visit, said)


def spelt(before: Draft, after: Draft) -> bool:
    """Whether the parts of one answer together have a secret's mark that none of them has: «Tối», then «mật»."""
    return any(
        secret_mark("\n".join(texts))
        for code, parts in after.parts.items()
        if parts != before.parts.get(code)
        and len(texts := [part.value for part in parts if isinstance(part.value, str)]) > 1
    )


def not_kept(visit: Visit, said: Said) -> Say | None:
    """Blank the message in the inbox, and say why it was not kept."""
    assert said.message is not None
    inbox.blank(visit.tx, said.message)  # its files were not even kept for this turn
    visit.note("secret_refused")
    if visit.person is None:  # a stranger has one help message a day, and nothing else
        return visit.office.features.stranger(visit, "")
    return Say(
        [
            _("This message bears the mark of a state secret, so the assistant has not kept it."),
            _(
                "Such contents may not be kept on a machine on a network (Law 117/2025/QH15, article 5). Please hand them to the records officer in person."
            ),
        ],
        buttons=(MY_TASKS, HOME),
    )


def own_card(visit: Visit, message: Message) -> Missing:
    """Return that somebody who is known already sends their own number: it recognises strangers, and says nothing here."""
    return Missing.CARD if visit.person is not None and (message.body or {}).get("phone") else Missing.NOTHING


def missing_file(visit: Visit, missing: str) -> Say | None:
    """Say at once that a file could not be taken, so that nobody waits for it."""
    if visit.person is None:
        return visit.office.features.stranger(visit, "")
    lines: list[Part] = [WHY[missing]] if visit.chat.focus is not None else [WHY[missing], NEXT]
    return with_question(visit, Say(lines, buttons=(MY_TASKS, HOME)))
