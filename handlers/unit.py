"""«/donvi»: the head's board, how everything stands that the unit sends."""

from bot.authority import allowed
from bot.boards import board, sees
from bot.commands import Command, Visit
from bot.dialogue.turn import Say
from bot.i18n import _
from bot.people import May


def run(visit: Visit, args: str) -> Say:
    """The board; where the channel can, this very message goes on telling the truth."""
    return board(visit)


COMMAND = Command("donvi", _("My unit"), _("my unit|our unit"), run, allowed(May.DELEGATE, sees))
