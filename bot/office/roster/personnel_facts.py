"""What the form of a change of somebody's post looks at, and the change that its answers mean. Inside the transaction."""

from collections.abc import Sequence
from functools import cached_property

from bot.conversation import Visit
from bot.dialogue import Answers, Facts
from bot.movement import May as Allowed
from bot.movement import Role, heads, may
from bot.office.roster import handover
from bot.office.roster.old_and_new_heads import usual_position
from bot.office.roster.personnel_steps import WantedChange
from bot.office.roster.posts_left import Post
from storage import people
from storage.people import Person, Unit

KEEP = "same"
"""The role of somebody who moves and stays what they are."""
NOBODY = 0
"""Nobody was named to take over: the head does."""
LEAVING = ("leave", "end", "move")
"""What takes somebody out of their unit."""


class PersonnelFacts(Facts):
    """Whose post it is, their colleagues, and what they hold."""

    def __init__(self, visit: Visit, subject: str) -> None:
        self._visit = visit
        self._id = int(subject) if subject.isdecimal() and len(subject) < 16 else 0

    @cached_property
    def person(self) -> Person | None:
        """Whose post is changed."""
        return self._visit.tx.one(people.BY_ID, id=self._id)

    @cached_property
    def posts(self) -> Sequence[Person]:
        """All their posts."""
        return self._visit.tx.all(people.POSTS, person=self._id)

    @cached_property
    def units(self) -> Sequence[Unit]:
        """The units of the office, their own not among them."""
        mine = [post.unit for post in self.posts]
        return [unit for unit in self._visit.tx.all(people.UNITS) if unit.code not in mine]

    @cached_property
    def colleagues(self) -> Sequence[Person]:
        """Who could take over: those who lead first."""
        if self.person is None:
            return []
        among = self._visit.tx.all(people.OF_UNIT, unit=self.person.unit)
        able = [each for each in among if each.id != self._id and each.role not in (Role.LEADER, Role.ADMIN)]
        return sorted(able, key=lambda each: not may(each.role, Allowed.DELEGATE))

    @cached_property
    def holds(self) -> bool:
        """Whether anything of theirs goes to somebody else."""
        return self.person is not None and any(each.line for each in handover.held(self._post))

    @cached_property
    def registers(self) -> bool:
        """Whether they are writing a registration."""
        if self.person is None:
            return False
        return handover.writes_registrations(self._post)

    @property
    def _post(self) -> Post:
        assert self.person is not None
        return Post(self._visit.tx, self._visit.office, self.person, None, False, False)

    def heads_of(self, unit: str) -> Sequence[Person]:
        """Return who else heads a unit."""
        among = self._visit.tx.all(people.OF_UNIT, unit=unit)
        return [each for each in among if heads(each.role) and each.id != self._id]

    def usual(self, answers: Answers) -> str:
        """Return what somebody of the role that was answered is mostly called; empty where nobody tells."""
        role, unit = answers.get("role"), self.unit_of(answers)
        return usual_position(self._visit.tx, unit, role) if role not in (None, KEEP) and unit else ""

    def unit_of(self, answers: Answers) -> str:
        """Return the unit that a role which was answered is in."""
        own = self.person.unit if self.person is not None else ""
        return str(answers.get("unit") or "") if answers.get("what") in ("move", "post") else own


def wanted_by(person: Person, posts: int, answers: Answers) -> WantedChange:
    """Return the change that the answers mean."""
    what, role, to = answers["what"], answers.get("role"), answers.get("to")
    role = None if role == KEEP else role
    position = answers.get("position") or None
    ends = what in ("leave", "end")
    return WantedChange(
        f"#{person.id}",
        role=role if what in ("role", "move") else None,
        unit=answers["unit"] if what == "move" else None,
        post=f"{answers['unit']}:{role}" if what == "post" else None,
        end=ends,
        back=what == "back",
        position=position if not ends else None,
        everywhere=what == "leave" and posts > 1,
        to=to or None,
        heads=bool(answers.get("heads")) and bool(to),
        sheets=bool(answers.get("sheets")) and bool(to),
        old=answers.get("old") or None,
    )
