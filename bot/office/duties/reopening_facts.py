"""What the forms look at by which a record is opened once more, declined or closed again."""

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import Any

from bot.conversation import Visit
from bot.dialogue import Answers, Choice, Facts, Scene
from bot.language import Part, Weekday, _
from bot.office.duties import reopening
from bot.office.told import told
from storage.reopenings import Reopening

SHORTEST = 5
"""Characters of a reason, at least."""


class ReopenFacts(Facts):
    """The record, who asks for it, until when it may be opened, who hears of it."""

    def __init__(self, visit: Visit, subject: str) -> None:
        self._visit = visit
        self.record = reopening.record_of(visit, subject)
        self.bound, self.proposed = reopening.last_bound(visit), reopening.proposed_day(visit)

    @cached_property
    def asked(self) -> Reopening | None:
        """What the unit asks."""
        return reopening.live(self._visit, self.record.code)

    @cached_property
    def told(self) -> Sequence[Part]:
        """Who hears of it."""
        hear = reopening.hear(self._visit, self.record.code, self.record.what, self.record.unit)
        if not hear:
            return [_("⚠️ Nobody can send for {unit}; please enter its head first.", unit=self.record.unit_name)]
        return told(
            self._visit,
            [each.id for each in hear],
            _("Whoever sends for {unit} is told at once.", unit=self.record.unit_name),
        )


def days(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Offer the day that the plan proposes."""
    day = ReopenFacts.of(scene).proposed
    return [Choice(day.isoformat(), _("Until the end of {weekday}, {day}", weekday=Weekday(day), day=day))]


def outside(value: Any, answers: Answers, scene: Scene) -> Part | None:
    """Refuse a day beyond what the plan knows."""
    bound = ReopenFacts.of(scene).bound
    if date.fromisoformat(value) <= bound:
        return None
    return _("The last day can be {bound} at the latest: the plan ends then.", bound=bound)


def reasons(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Offer what the unit has given as its reason."""
    asked = ReopenFacts.of(scene).asked
    return [] if asked is None or not asked.why else [Choice(asked.why, asked.why)]
