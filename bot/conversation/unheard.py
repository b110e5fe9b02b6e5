"""Keep what nobody understood, for the office to add to its phrases: of people who agreed, outside of forms. Inside the transaction."""

from collections.abc import Sequence

from bot.conversation.context import Visit
from bot.dialogue import Said
from bot.language import secret_mark, struck
from storage import consents, people, unheard
from storage.consents import ConsentAnswer


def keep(visit: Visit, said: Said, offered: Sequence[str] = ()) -> None:
    """Store the words without names of people and digits; `offered` are the commands that were offered for them."""
    if visit.chat.focus is not None or secret_mark(said.text) or not _agreed(visit):
        return
    words = struck(said.text, [each.name for each in visit.tx.all(people.EVER)])
    if any(letter.isalpha() for letter in words):
        unheard.add(visit.tx, person=visit.me.id, words=words, offered=", ".join(offered) or None, now=visit.now)


def _agreed(visit: Visit) -> bool:
    """Whether the person's newest answer to the data notice as it is now is that they agree."""
    if visit.person is None:
        return False
    posts = visit.tx.all(people.EVERY_POST, person=visit.person.id)
    answers = [each for post in posts for each in visit.tx.all(consents.OF_PERSON, person=post)]
    newest = max(answers, key=lambda each: each.at, default=None)
    return newest is not None and newest.answer is ConsentAnswer.AGREED and newest.version == visit.plan.notice
