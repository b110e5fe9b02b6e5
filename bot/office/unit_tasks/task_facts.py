"""What the forms of unit tasks look at."""

from functools import cached_property

from bot.conversation import Visit
from bot.dialogue import Facts
from bot.language import Part, number
from bot.office.unit_tasks import task_texts
from storage import unit_tasks
from storage.unit_tasks import UnitTask


class TaskFacts(Facts):
    """One task as it was shown: «3:1» names which, and at which step."""

    def __init__(self, visit: Visit, subject: str) -> None:
        self._visit = visit
        self._id, _colon, self._step = subject.partition(":")

    @cached_property
    def task(self) -> UnitTask | None:
        """The task as it is now."""
        return self._visit.tx.one(unit_tasks.BY_ID, id=number(self._id) or 0)

    @cached_property
    def told(self) -> list[Part]:
        """What it is, above the question."""
        return [] if self.task is None else [task_texts.line_of_unit(self._visit, self.task)]

    @property
    def current(self) -> bool:
        """Whether nothing has happened to it since it was shown."""
        return self.task is not None and self.task.step == (number(self._step) or 0)
