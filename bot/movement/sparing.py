"""Whoever does not answer is spared: what the plan does not order then comes along with what it does. Pure."""

from bot.movement.reminders import SHEETS, WEEK, ToSay

OF_THE_PLAN = frozenset({WEEK, "radar", "reopened_until"})
"""Parts of the day's message that speak of the plan's own duties and targets."""


def alone(to_say: ToSay) -> bool:
    """Whether a message speaks of nothing that comes by the plan's own dates: of sheets, requests, tasks, announcements.

    So is a review: the office opens it by a letter, with a day of its own, and tells of it by hand.
    """
    ordered = (not each.obligation.subject and not each.obligation.duty.way.told for each in to_say.reminders)
    if to_say.digests or any(ordered):
        return False
    of_plan = OF_THE_PLAN.intersection(to_say.notes)
    return not of_plan or (of_plan == {WEEK} and SHEETS in to_say.notes)


def spared(to_say: ToSay, told: int, most: int) -> bool:
    """Whether it waits for another message, or for a word of theirs: so many in a year have had no answer."""
    return alone(to_say) and told >= most
