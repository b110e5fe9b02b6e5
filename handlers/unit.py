"""«/donvi»: the head's board, how everything stands that the unit sends."""

from bot.conversation import Command, Feature, Visit, allowed
from bot.dialogue import Say
from bot.language import _
from bot.movement import May
from bot.office.status_board import board, sees


def run(visit: Visit, args: str) -> Say:
    """The board; where the channel can, this very message goes on telling the truth."""
    return board(visit)


COMMAND = Command("donvi", _("My unit"), _("my unit|our unit"), run, allowed(May.DELEGATE, sees))
FEATURE = Feature(__name__, commands=(COMMAND,))
