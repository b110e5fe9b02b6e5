"""Several posts of one person: one chat serves them all; every message says for which it is. Inside the transaction."""

from collections.abc import Sequence
from dataclasses import replace

from bot.conversation.context import Visit
from bot.conversation.woken import ChatLinked
from bot.dialogue import Button, Say
from bot.language import Part, Text, _, exact, fold, person_names
from storage import chats, people
from storage.people import Person

COMMAND = "/vitri"
"""«/vitri 12 viec»: as the post 12, run the rest. Behind buttons; nobody has to type it."""


def switched(visit: Visit, text: str) -> tuple[Visit, str]:
    """Switch the turn to the post that a button was drawn for, and return what else it says; any other text stays."""
    name, _space, rest = text.partition(" ")
    if fold(name) != COMMAND or visit.person is None:
        return visit, text
    said, _space, rest = rest.strip().partition(" ")
    wanted = [post for post in others(visit, visit.person) if str(post.id) == said]
    if wanted:
        visit = serve(visit, wanted[0])
    rest = rest.strip().removeprefix("/")
    return visit, f"/{rest if rest and not fold(rest).startswith('vitri') else 'viec'}"


def serve(visit: Visit, post: Person) -> Visit:
    """Set for which post of its person this chat speaks; an open sheet stays with its own post."""
    chats.serve(visit.tx, chat=visit.chat.id, post=post.id)
    visit.woken.append(ChatLinked(visit.chat.id))
    return replace(visit, person=post, chat=replace(visit.chat, person=post.id, focus=None, went=None, menu=[]))


def others(visit: Visit, person: Person) -> list[Person]:
    """Return a person's other posts."""
    return [post for post in visit.tx.all(people.POSTS, person=person.id) if post.id != person.id]


def named(person: Person) -> Text:
    """Name a post: «Trưởng phòng, Phòng Quản lý xây dựng»."""
    if person.position:
        return _("{position}, {unit}", position=person.position, unit=person.unit_name)
    return _("{unit}", unit=person.unit_name)


def buttons(visit: Visit) -> Sequence[Button]:
    """Return buttons to the other posts, from the one that speaks now."""
    return [Button(_("As {post}", post=named(post)), f"{COMMAND} {post.id}") for post in others(visit, visit.me)]


def unasked(visit: Visit, say: Say) -> Say:
    """Add to an unasked message the post it is about, and let its buttons act as that post."""
    if visit.person is None or not others(visit, visit.person):
        return say
    lines: list[Part] = [_("As {post}:", post=named(visit.person)), *say.lines]
    return replace(say, lines=lines, buttons=[_as(visit.person, button) for button in say.buttons])


def _as(person: Person, button: Button) -> Button:
    if not button.says.startswith("/"):
        return button
    return replace(button, says=f"{COMMAND} {person.id} {button.says.removeprefix('/')}")


def joins(visit: Visit, person: Person) -> bool:
    """Whether a code typed in this chat opens one more post of whoever it is: the same name, and nothing against it.

    Whoever uses that post in a chat of their own already is a namesake, as far as anybody can tell.
    """
    me = visit.person
    if me is None or me.id == person.id:
        return False
    if person.id in visit.tx.all(people.EVERY_POST, person=me.id):
        return True
    alone = not [each for each in visit.tx.all(chats.EVER_ALL_OF_PERSON, person=person.id) if each.id != visit.chat.id]
    return alone and exact(me.name) == exact(person.name) and not person_names.against(me, person)
