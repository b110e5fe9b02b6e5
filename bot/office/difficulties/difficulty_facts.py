"""What the forms of difficulties look at, read in the turn's transaction when it is first looked at."""

from collections.abc import Sequence
from functools import cached_property

from bot.conversation import Visit, open_sheets
from bot.dialogue import Facts
from bot.language import Joined, Part, _, number
from bot.movement import DESK_ROLES, Role, titled
from bot.office import head_titles
from bot.office.difficulties.difficulty_moves import open_to
from bot.office.duties import submissions
from storage import difficulties, drafts, people
from storage.difficulties import DifficultyState, Raised
from storage.people import Unit


class RaiseFacts(Facts):
    """By which ways somebody may raise a difficulty, and who reads it."""

    def __init__(self, visit: Visit, subject: str) -> None:
        self._visit = visit

    @cached_property
    def ways(self) -> Sequence[DifficultyState]:
        """The ways, that by the head first."""
        return open_to(self._visit)

    @cached_property
    def head_title(self) -> Part:
        """What the head of the unit is called."""
        return head_titles.of_unit(self._visit, self._visit.me.unit)

    @cached_property
    def apart(self) -> bool:
        """Whether the head does not read what goes straight to the office: nobody who acts for the unit is of the office."""
        readers = (*DESK_ROLES, Role.LEADER)
        return all(each.role not in readers for each in submissions.senders(self._visit, self._visit.me.unit))

    @cached_property
    def leads(self) -> bool:
        """Whether they act for the unit themselves."""
        return submissions.sends(self._visit)

    @cached_property
    def head(self) -> Part:
        """Who reads it by way of the head, with position and name: the head, and whoever acts in their place."""
        senders = submissions.senders(self._visit, self._visit.me.unit)
        return _("{names}", names=Joined([titled(each) for each in senders]))


class DifficultyFacts(Facts):
    """One difficulty as it was shown: «traloi:VM-2027-004:1» names what is to be done, which, and at which step."""

    def __init__(self, visit: Visit, subject: str) -> None:
        self._visit = visit
        self.word, _colon, rest = subject.partition(":")
        self.code, _colon, step = rest.partition(":")
        self.step = number(step) or 0

    @cached_property
    def raised(self) -> Raised | None:
        """The difficulty as it is now."""
        return self._visit.tx.one(difficulties.BY_CODE, code=self.code)

    @property
    def current(self) -> bool:
        """Whether nothing has happened to it since it was shown."""
        return self.raised is not None and self.raised.step == self.step

    @cached_property
    def leaders(self) -> Sequence[str]:
        """The leaders by position and name."""
        return [titled(person) for person in self._visit.tx.all(people.OF_ROLE, role=Role.LEADER)]

    @cached_property
    def units(self) -> Sequence[Unit]:
        """The units that may be given something to do: the one that raised it first."""
        units = self._visit.tx.all(people.UNITS)
        own = self.raised.unit if self.raised is not None else ""
        return sorted(units, key=lambda unit: unit.code != own)


def sheet_beside(subject: str) -> int | None:
    """Return the sheet from which a difficulty is raised, by the subject of its form."""
    return number(subject) or None


def subject_from(visit: Visit) -> str:
    """Return the subject of the form that raises one: the sheet that is open here, to come back to it."""
    head = visit.tx.one(drafts.BY_ID, id=visit.chat.focus) if visit.chat.focus is not None else None
    if head is None or open_sheets.refused(visit, head) is not None:
        return ""
    return head.subject if head.form == "difficulty" else str(head.id)
