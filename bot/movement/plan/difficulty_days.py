"""Until when a difficulty is answered where it lies, and when whoever has it is reminded. Pure."""

from typing import Annotated

from bot.language import _
from bot.movement.plan.pieces import Piece
from bot.movement.plan.rules import SOME, FewDays, Key, Steps


class DifficultyDays(Piece):
    """Working days at each level, and the ladder of reminders around the last one."""

    head: Annotated[FewDays, Key(_("The head of a unit answers, or passes on, within so many working days"), "3")] = 3
    desk: Annotated[FewDays, Key(_("The office answers, or refers, within so many working days"), "5")] = 5
    leaders: Annotated[FewDays, Key(_("The office records the leaders' opinion within so many working days"), "10")] = (
        10
    )
    asker: Annotated[
        FewDays, Key(_("Whoever raised it says within so many working days whether it is solved"), "5")
    ] = 5
    reminded: Annotated[
        tuple[Steps, ...],
        SOME,
        Key(
            _("Whoever has it is reminded so many working days before (below zero) or after the last day"), "[0, 2, 5]"
        ),
    ] = (0, 2, 5, 10)
    tasks: Annotated[
        tuple[Steps, ...],
        SOME,
        Key(
            _("A unit is reminded of a task so many working days before (below zero) or after its last day"),
            "[-3, 0, 2]",
        ),
    ] = (-3, -1, 0, 2, 5)
