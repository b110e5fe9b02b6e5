"""What another plan would change in an office that runs, and what of its records stands against it."""

from collections.abc import Sequence
from datetime import datetime

from bot.conversation import Office
from bot.language import Count, Part, _
from bot.movement import Plan, broken_codes, changes, dropped_codes
from bot.office.taking import questions
from bot.office.taking.questions import GivenAnswers
from storage import deadlines, people, plans
from storage.db import Snapshot, Tx


async def preview(snapshot: Snapshot, before: Office, after: Office, now: datetime) -> list[Part]:
    """Say everything that would change, from the dates of the opened years to the answers that are asked for no more."""
    old, new = before.plan, after.plan
    given = GivenAnswers(
        await snapshot.all(plans.ANSWERED),
        await snapshot.all(plans.RECORDED),
        await snapshot.all(plans.STANDING),
        await snapshot.all(plans.AMOUNTS),
    )
    opened = {each.year for each in await snapshot.all(deadlines.YEARS)}
    years = sorted(year for year in opened | {now.year, now.year + 1} if new.first_year <= year <= new.last_year)
    lines = changes(old, new, years)
    found: list[Part] = [
        _("What this plan would change ({n}):", n=Count(len(lines)))
        if lines
        else _("Only the wording of the file differs."),
        *lines,
    ]
    if of_sheets := questions.changed(old, new, {**before.features.forms, **after.features.forms}, given, now.year):
        found += [_("Sheets and questions:"), *of_sheets]
    used = _codes(await snapshot.all(plans.USED))
    dropped = [_("⚠️ {what}", what=each) for each in dropped_codes(new, used)]
    if of_records := [*questions.figures(old, new, given), *dropped]:
        found += [_("Records that were made under the plan of before (all are kept):"), *of_records]
    return found


async def unfit(snapshot: Snapshot, before: Plan | None, new: Plan) -> list[Part]:
    """Return what stands in records and cannot be said under a plan."""
    units = [unit.code for unit in await snapshot.all(people.UNITS)]
    return _unfit(before, new, await snapshot.all(plans.USED), units, await snapshot.all(plans.AMOUNTS))


def still_unfit(tx: Tx, before: Plan | None, new: Plan) -> list[Part]:
    """Return the same in the very transaction that would take the plan."""
    return _unfit(before, new, tx.all(plans.USED), [unit.code for unit in tx.all(people.UNITS)], tx.all(plans.AMOUNTS))


def _unfit(
    before: Plan | None, new: Plan, used: Sequence[plans.Used], units: Sequence[str], amounts: Sequence[plans.Recorded]
) -> list[Part]:
    found = broken_codes(new, _codes(used), units)
    if before is not None:
        found += questions.misread(before, new, GivenAnswers((), (), (), amounts))
    return [_("- {what}", what=each) for each in found]


def _codes(used: Sequence[plans.Used]) -> list[tuple[str, str, int]]:
    return [(each.what, each.code, each.n) for each in used]
