"""When whoever has not answered an announcement is reminded. Pure."""

from typing import Annotated

from bot.language import _
from bot.movement.plan.pieces import Piece
from bot.movement.plan.rules import FewDays, Key


class AnnouncementRules(Piece):
    """What holds for announcements."""

    remind: Annotated[
        FewDays,
        Key(_("So many working days after it was sent whoever is silent is reminded once; 0: by hand alone"), "3"),
    ] = 3
