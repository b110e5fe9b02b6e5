"""Numbers that were kept before they said what they mean: named once, by the plan under which they were filed.

Inside a transaction, as the file is opened or another plan is taken: after that nothing could tell.
"""

from collections.abc import Sequence

from bot.movement import BadPlan, Plan, Target
from bot.office.report.kept_numbers import cutoff
from storage import kept_figures, plans
from storage.db import Tx


def name(tx: Tx, in_force: Plan) -> None:
    """Set what every number means that does not say it."""
    if not tx.one(kept_figures.UNNAMED):
        return
    for hash in tx.all(kept_figures.PLANS):
        for target in _targets(tx, hash):
            kept_figures.name_figures(tx, plan_hash=hash, target=target.code, kept_as=target.kept_as)
    asked = [target for target in in_force.targets if target.amount]
    for target in asked:
        kept_figures.name_office_figures(tx, target=target.code, kept_as=target.kept_as, until=cutoff(in_force))
        kept_figures.name_answers(tx, target=target.code, unit=target.unit)
    for target in [each for each in asked if each.reduces][:1]:  # there was one
        kept_figures.name_baselines(tx, target=target.code, kept_as=target.kept_as, until=cutoff(in_force))


def _targets(tx: Tx, hash: str) -> Sequence[Target]:
    """Return the targets of a plan that was in force; none where nobody can read it any more."""
    kept = tx.one(plans.BY_HASH, hash=hash)
    try:
        return () if kept is None else Plan.kept(kept.text).asked_about
    except BadPlan:
        return ()
