"""How long things are kept or good for: messages, codes of invitation, drafts. Pure."""

from typing import Annotated

from bot.language import _
from bot.movement.plan.pieces import Piece
from bot.movement.plan.rules import Days, Key


class Keeping(Piece):
    """How long things are kept, in days."""

    bodies: Annotated[Days, Key(_("The texts of messages"), "30")] = 30
    unheard: Annotated[
        Days, Key(_("What was not understood, without names and figures, for the office to learn from"), "30")
    ] = 30
    keys: Annotated[Days, Key(_("What has been said already, so that it is not said twice"), "400")] = 400
    invitations: Annotated[Days, Key(_("A code of invitation is good for so long"), "7")] = 7
    nudge: Annotated[Days, Key(_("A sheet nobody has touched for so long is spoken of, once"), "7")] = 7
    drafts: Annotated[Days, Key(_("Then it is put away; it can be taken up again"), "365")] = 365
