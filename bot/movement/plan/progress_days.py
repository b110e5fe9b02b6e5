"""When whoever is in charge of a task or a model is reminded of its day, and the head of the unit. Pure."""

from typing import Annotated

from bot.language import _
from bot.movement.plan.pieces import Piece
from bot.movement.plan.rules import Key, Steps


class ProgressDays(Piece):
    """The ladder of what is to be done until a day."""

    in_charge: Annotated[
        tuple[Steps, ...],
        Key(
            _(
                "So many working days before (below zero) or after its day whoever is in charge is asked how far something is"
            ),
            "[-5, 0, 3]",
        ),
    ] = (-5, 0, 3)
    head: Annotated[
        tuple[Steps, ...], Key(_("So many working days after its day the head of the unit hears of it"), "[5]")
    ] = (5,)
