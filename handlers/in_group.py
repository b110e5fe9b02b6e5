"""What is said where many read: counts of a year, units by name where the office has ticked it; never a person.

Whoever reads in a group may be anybody, and so may whoever joins it tomorrow: nothing is answered there that is
somebody's own, and every other command is asked for in the private chat.
"""

from collections.abc import Mapping
from typing import Any

from bot.conversation import Feature, JobContext, JobKind, JobResult, Visit, allowed
from bot.dialogue import Say
from bot.language import Count, Joined, _, fold
from bot.movement import May
from bot.office.report import summaries
from bot.office.report.letting_out import IN_GROUPS
from handlers.summary import TONGHOP, of_year, targets
from storage import settings


def group(visit: Visit, text: str) -> Say | None:
    """Answer «/tonghop» in a group, as counts; everything else belongs into the private chat."""
    name, _space, args = text[1:].partition(" ")
    if fold(name).split("@")[0] == TONGHOP.name:
        return of_year(visit, args, COUNTS, "/tonghop {year}")
    return Say([_("The assistant answers this in the private chat: please write to it there.")])


async def counts(context: JobContext, about: Mapping[str, Any]) -> JobResult:
    """Return the targets for a group: counts only, units by name where the office has ticked it, never a person."""
    made = await targets(context, about)
    ticked = await context.snapshot.one(settings.NAMED, name=IN_GROUPS)
    lines = list(made.say.lines)
    if ticked is not None and ticked.value == "1":
        found = await summaries.read(context.snapshot, context.office, about["year"], context.now)
        if missing := found.names_of(found.missing):
            lines.append(_("Not sent ({n}): {units}", n=Count(len(missing)), units=Joined(missing, "; ")))
    return JobResult(Say(lines))


COUNTS = JobKind("counts", counts, allowed(May.READ), in_group=True)
FEATURE = Feature(__name__, jobs=(COUNTS,), group=group)
