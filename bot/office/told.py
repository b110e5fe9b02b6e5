"""Who hears of something in the assistant, and who has no chat and has to be told by somebody else."""

from collections.abc import Iterable

from bot.conversation import Visit
from bot.language import Joined, Part, Text, _
from storage import chats, people


def told(visit: Visit, whom: Iterable[int], all_are: Text) -> list[Part]:
    """Say what is true of these people: `all_are` where each has a chat, else who has one and who has none, by name."""
    found = [
        person for id in dict.fromkeys(whom) if id != visit.me.id and (person := visit.tx.one(people.BY_ID, id=id))
    ]
    with_chat = {person.id for person in found if visit.tx.all(chats.PLACES, person=person.id)}
    reached = [person.name for person in found if person.id in with_chat]
    left = [person.name for person in found if person.id not in with_chat]
    if not left:
        return [all_are] if reached else []
    lines: list[Part] = [_("The assistant tells: {names}.", names=Joined(reached))] if reached else []
    return [*lines, _("Without a chat, so please tell them: {names}.", names=Joined(left))]
