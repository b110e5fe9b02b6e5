"""What was put before the leaders: they hear of it once, in the message of the next working day."""

from collections.abc import Mapping
from typing import Any

from bot.conversation import Feature, Notice, Visit, whose
from bot.dialogue import Button, Say
from bot.language import Count, Part, _
from bot.movement import Role
from bot.office.awards import award_texts
from bot.office.difficulties import difficulty_texts
from bot.office.reminding.dated_notes import BEFORE_LEADERS
from storage import difficulties
from storage.awards import AwardState
from storage.difficulties import DifficultyState

MOST = 10
"""Lines of each kind."""


def told(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Tell a leader what is before them now; what was decided meanwhile is left out."""
    codes = list(about.get(BEFORE_LEADERS, ()))
    raised = [visit.tx.one(difficulties.BY_CODE, code=code) for code in codes]
    waiting = [each for each in raised if each is not None and each.state is DifficultyState.LEADERS]
    awards = [award_texts.find(visit, code) for code in codes]
    above = [each for each in awards if each is not None and each.state is AwardState.FORWARDED]
    lines: list[Part] = []
    if waiting:
        lines.append(_("Difficulties put before {you_name} ({n})", n=Count(len(waiting))))
        lines += [_("- {line}", line=difficulty_texts.line(visit, each)) for each in waiting[:MOST]]
        lines.append(_("{Desk} records the opinion; nothing has to be typed here."))
    if above:
        lines.append(_("Proposals for awards sent to the level above ({n})", n=Count(len(above))))
        lines += [_("- {line}", line=award_texts.line(visit, each)) for each in above[:MOST]]
    if not lines:
        return None
    rest = len(waiting[MOST:]) + len(above[MOST:])
    if rest:
        lines.append(_("… and {n} more", n=Count(rest)))
    see = [Button(_("Difficulties that are before {leaders}"), "/vuongmac lanhdao")] if waiting else []
    return Say(lines, buttons=(*see, *(Button(each.code, f"/khenthuong {each.code}") for each in above[:5])))


FEATURE = Feature(
    __name__,
    day_parts=(
        Notice(BEFORE_LEADERS, told, whose(_("the leaders"), lambda visit, about: visit.me.role == Role.LEADER)),
    ),
)
