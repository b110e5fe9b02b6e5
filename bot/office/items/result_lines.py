"""What the draft of a yearly report says of how far a task or a model is, with its source. Pure."""

from dataclasses import dataclass

from bot.language import Part, _
from storage.initiatives import Initiative
from storage.item_progress import ItemProgress, ProgressState


@dataclass(frozen=True, slots=True)
class ItemResult:
    """How far an item is, and what the plan asks of its result."""

    progress: ItemProgress
    outcome: str = ""


def said(item: Initiative, result: ItemResult) -> Part:
    """Return the sentence of an item whose progress was noted, as the report has it."""
    title, outcome = item.title.rstrip(". "), result.outcome.rstrip(". ")
    progress = result.progress
    if progress.state is ProgressState.DONE and outcome:
        return _("{title}: done on {day}; {outcome}.", title=title, day=progress.day, outcome=outcome)
    if progress.state is ProgressState.DONE:
        return _("{title}: done on {day}.", title=title, day=progress.day)
    reason = progress.reason.rstrip(". ")
    if progress.state is ProgressState.LATE and progress.day is not None:
        return _("{title}: late because {reason}; to be done by {day}.", title=title, reason=reason, day=progress.day)
    if progress.state is ProgressState.LATE:
        return _("{title}: late because {reason}.", title=title, reason=reason)
    return _("{title}: under way.", title=title)


def source(item: Initiative, result: ItemResult) -> Part:
    """Say where the sentence comes from."""
    return _("progress of {code}, noted on {day}", code=item.code, day=result.progress.at.date())
