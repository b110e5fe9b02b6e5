"""How long what was received is opened once more for, and when the unit is reminded of it. Pure."""

from typing import Annotated

from bot.language import _
from bot.movement.plan.pieces import Piece
from bot.movement.plan.rules import FewDays, Key, Steps


class Corrections(Piece):
    """What holds where the office opens a record once more."""

    workdays: Annotated[
        FewDays, Key(_("So many working days are proposed for a correction, counted from the next one on"), "5")
    ] = 5
    remind: Annotated[
        tuple[Steps, ...],
        Key(_("So many working days from its last working day the unit is reminded: -2 before it, 0 on it"), "[-2, 0]"),
    ] = (-2, 0)
