"""Words that mean the record in view: «trả lại» below an open sheet returns that one, and asks the reason. Reads only."""

import re

from bot.conversation.context import Visit
from bot.language import Text, Words, fold
from storage import chat_texts

_CODE = re.compile(r"(?<![\w-])[A-Z]{2}-20[0-9]{2}-[A-Z0-9.]+(?![\w-])")


def says(visit: Visit, text: str) -> str | None:
    """Return the command that words mean of the one record that the newest reply shows; None for any other words."""
    said = fold(text).strip(" .?,;:«»")
    for command in visit.office.features.commands.values():
        for words, behind in command.of_record.items():
            if said not in _spoken(words) or not command.serves.holds(visit) or (code := _code(visit)) is None:
                continue
            if "{code}" in behind or code.partition("-")[0] in {kind.prefix for kind in visit.plan.kinds}:
                return f"/{command.name} {behind.format(code=code, item=code)}"
    return None


def _code(visit: Visit) -> str | None:
    """Return the code of the one record that the newest reply is about: by its first line, else by its buttons."""
    newest = visit.tx.one(chat_texts.NEWEST_ANSWER, chat=visit.chat.id)
    first = "" if newest is None or newest.body is None else str(newest.body.get("text", "")).partition("\n")[0]
    below = " ".join(says for _label, says in visit.chat.menu)
    for place in (first, below):
        if codes := set(_CODE.findall(place)):
            return codes.pop() if len(codes) == 1 else None
    return None


def _spoken(words: Text) -> frozenset[str]:
    return frozenset(fold(each) for spoken in (Words("vi"), Words("en")) for each in spoken.say(words).split("|"))
