"""A sheet that was sent and is refused: it stays open, nothing of it is lost. Inside the transaction."""

from dataclasses import replace

from bot.conversation import Visit
from bot.dialogue import Say
from bot.language import _
from storage import drafts


def keep_open(visit: Visit, say: Say) -> Say:
    """Keep the sheet open that was sent just now and is refused, and say so; without one return what is said."""
    if visit.draft is None:
        return say
    drafts.reopen(visit.tx, id=visit.draft)
    return replace(say, lines=(*say.lines, _("What {you} have written is kept as a sheet that has not been sent.")))
