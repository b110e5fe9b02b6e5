"""«Kế hoạch nói gì»: what the plan says, word for word, of a clause or a topic. Everybody of the office may ask."""

from collections.abc import Sequence

from bot.conversation import EVERYBODY, HOME, Command, Feature, Visit
from bot.dialogue import Button, Say
from bot.language import Count, Part, _
from bot.office import plan_clauses
from bot.office.plan_clauses import PlanClause

MOST = 3000
"""Characters that are quoted in one message: a long plan is read clause by clause."""
BUTTONS = 8


def run(visit: Visit, args: str) -> Say:
    """Answer «kế hoạch nói gì», «/kehoachnoi VI.4», «kế hoạch nói gì về chữ ký số»."""
    every, asked = plan_clauses.clauses(visit.plan), args.strip()
    if not every:
        return Say([_("The plan file does not have the words of the plan.")], buttons=(HOME,))
    if not asked:
        return _contents(every, _("What the plan says, by clauses:"))
    found = plan_clauses.meant(visit.plan, asked)
    if not found:
        return _contents(every, _("Nothing in the plan speaks of «{topic}». Its clauses:", topic=asked[:60]))
    return _quotes(visit, found)


def _contents(every: Sequence[PlanClause], head: Part) -> Say:
    lines = [head, *(_("- {clause}: {text}", clause=each.code, text=each.beginning) for each in every)]
    some = every[-1].code
    return Say([*lines, _("To read one, type for example: /kehoachnoi {clause}", clause=some)], buttons=(HOME,))


def _quotes(visit: Visit, found: Sequence[PlanClause]) -> Say:
    """Say what they say, the first one whole in any case; the others are named, with a button each."""
    lines: list[Part] = [_("The plan «{plan}» says:", plan=visit.plan.name)]
    left, length = list(found), 0
    while left and (not length or length + left[0].length <= MOST):
        lines += left[0].lines
        length += left.pop(0).length
    if left:
        named = ", ".join(each.code for each in left)
        lines.append(_("It stands in {n} other clauses too: {clauses}.", n=Count(len(left)), clauses=named))
    buttons = [Button(_("Clause {clause}", clause=each.code), f"/kehoachnoi {each.code}") for each in left[:BUTTONS]]
    return Say(lines, buttons=(*buttons, HOME))


COMMAND = Command(
    "kehoachnoi",
    _("What the plan says"),
    _("what does the plan say|what does the plan say about|plan says"),
    run,
    EVERYBODY,
    side=True,
    listed=False,
    seldom=True,
)
FEATURE = Feature(__name__, commands=(COMMAND,))
