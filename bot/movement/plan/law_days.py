"""How soon the office answers what people ask about their own data. Pure.

Bounds: Decree 356/2025/NĐ-CP, which carries out Law 91/2025/QH15.
"""

from typing import Annotated

from bot.language import _
from bot.movement.plan.pieces import Piece
from bot.movement.plan.rules import SOME, DataDays, Key, LongerDays, ReplyDays, Steps


class LawDays(Piece):
    """Until when a request about one's own data is answered and done."""

    reply: Annotated[ReplyDays, Key(_("The office says within so many working days that it has the request"), "2")] = 2
    correct: Annotated[DataDays, Key(_("A correction is done, or declined, within so many days"), "10")] = 10
    erase: Annotated[DataDays, Key(_("An erasure is done, or declined, within so many days"), "15")] = 15
    longer: Annotated[LongerDays, Key(_("It may be put off once, with a reason, by so many days"), "15")] = 15
    reminded: Annotated[
        tuple[Steps, ...],
        SOME,
        Key(_("The office is reminded so many working days before (below zero) or after the last day"), "[-3, 0, 1]"),
    ] = (-3, -1, 0, 1, 3)
