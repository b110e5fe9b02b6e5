"""Answer thanks, greetings, anger, «bạn là ai» where no question is open: one kind sentence that leads on. Reads only."""

from bot.conversation.buttons import DIFFICULTY, HOME, MY_TASKS
from bot.conversation.context import Visit
from bot.dialogue import Aside, Button, Said, Say, aside, asides
from bot.language import Part, _

NEXT = _("Type «tasks» to see what waits for {you}, or «help».")


def answer(visit: Visit, said: Said) -> Say | None:
    """Return the kind sentence for a message that is nothing else; None for anything that may mean more."""
    meant = None if said.files else aside(said.text)
    if meant is None:
        return None
    kind: Part = asides.ANSWERS.get(meant, _("No question is open at the moment."))
    first: tuple[Button, ...] = (DIFFICULTY,) if meant is Aside.ANGER else ()
    return Say([kind, NEXT], buttons=(*first, MY_TASKS, HOME))
