"""What the form of an announcement looks at: everybody, who is reached nowhere, the members of a union, the hours."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from bot.conversation import Serves, Visit
from bot.dialogue import Answers, Choice, Facts, Files, Reading, Scene, SteeringWord, Value, steering
from bot.language import Count, Part, _, fold
from bot.movement import DESK_ROLES, titled
from bot.office.announcements.audience import ALL, OFFERED, Audience, receivers
from bot.office.announcements.sending_times import Speaks
from bot.office.duties import submissions, unions
from storage import chats, people, union_members
from storage.announcements import Announcement
from storage.people import Person, Unit

SHOWN = 20
"""Names in one message."""


def speaks_for_union(visit: Visit) -> bool:
    """Whether this person heads a union, or acts for whoever does."""
    return visit.person is not None and unions.concerns(visit) and submissions.sends(visit)


def sends_as(visit: Visit, of_union: str | None) -> bool:
    """Whether this person may send, recall and look after what the desk (or this union) announces."""
    if of_union is None:
        return visit.me.role in DESK_ROLES
    return of_union == visit.me.unit and speaks_for_union(visit)


_WHO = _("the office, or whoever heads a union")
SENDERS: Serves[Visit] = Serves(_WHO, frozenset(DESK_ROLES), speaks_for_union)
"""Whoever may announce at all."""
OF_SUBJECT: Serves[Visit] = Serves(
    _WHO, frozenset(DESK_ROLES), speaks_for_union, lambda visit, subject: sends_as(visit, subject or None)
)
"""Whoever may announce in this name: of a union, of the desk where it says nothing."""


def of_whom(visit: Visit) -> str | None:
    """Return the union in whose name this person announces; None for the desk."""
    return None if visit.me.role in DESK_ROLES else visit.me.unit


def may_look_after(visit: Visit, found: Announcement) -> bool:
    """Whether this person looks after an announcement that is there."""
    return sends_as(visit, found.of_union)


class AnnounceFacts(Facts):
    """Everybody as they are now; the subject is the union that speaks, nothing for the desk."""

    def __init__(self, visit: Visit, subject: str) -> None:
        self._visit, self.of_union = visit, subject or None

    @cached_property
    def everybody(self) -> Sequence[Person]:
        """Whoever works in the office."""
        return self._visit.tx.all(people.EVERYBODY)

    @cached_property
    def units(self) -> Sequence[Unit]:
        """The units there are."""
        return self._visit.tx.all(people.UNITS)

    @cached_property
    def unreached(self) -> frozenset[int]:
        """Whoever is reached in no chat."""
        today = self._visit.now.date()
        return frozenset(self._visit.tx.all(chats.WITHOUT_PLACE, first="", last="\U0010ffff", today=today))

    @cached_property
    def mine(self) -> frozenset[int]:
        """Every post of whoever sends it."""
        return frozenset(self._visit.tx.all(people.EVERY_POST, person=self._visit.me.id))

    @cached_property
    def members(self) -> frozenset[int] | None:
        """The members of the union that speaks; None where the desk does."""
        if self.of_union is None:
            return None
        return frozenset(each.id for each in self._visit.tx.all(union_members.OF_UNIT, unit=self.of_union))

    @cached_property
    def speaks(self) -> Speaks:
        """When the office may be spoken to."""
        return Speaks(self._visit.office.hours, self._visit.office.calendar)

    def audience(self, answers: Answers) -> Audience:
        """Return whom the answers mean so far."""
        return Audience(answers.get("units") or ALL, answers.get("roles") or (), self.members)

    def receivers(self, answers: Answers) -> list[Person]:
        """Return whom it would reach now."""
        kinds: Mapping[str, str] = {unit.code: unit.kind for unit in self.units}
        return receivers(self.audience(answers), self.everybody, kinds, self.mine)

    def without_chat(self, those: Sequence[Person]) -> list[Person]:
        """Return who of these is reached nowhere."""
        return [person for person in those if person.id in self.unreached]


def unit_choices(answers: Answers, scene: Scene) -> list[Choice]:
    """Offer all units, and each kind of which there are some."""
    units = AnnounceFacts.of(scene).units
    kinds = [kind for kind in scene.plan.unit_kinds if any(unit.code and unit.kind == kind.code for unit in units)]
    return [
        Choice(dict(ALL), _("Everybody in all units")),
        *(Choice({"kinds": [kind.code], "units": []}, _("All of the kind {kind}", kind=kind.name)) for kind in kinds),
    ]


def capital(word: str) -> str:
    """Return a word as a button begins with it."""
    return word[:1].upper() + word[1:]


def role_choices(answers: Answers, scene: Scene) -> list[Choice]:
    """Offer everybody there, and each role that somebody there has."""
    facts = AnnounceFacts.of(scene)
    there = [role for role in OFFERED if facts.receivers({**answers, "roles": [role.value]})]
    return [
        Choice([], _("Everybody there")),
        *(Choice([role.value], capital(scene.plan.roles.word(role))) for role in there),
    ]


def nobody(value: Any, answers: Answers, scene: Scene) -> Part | None:
    """Say that nobody is meant."""
    if AnnounceFacts.of(scene).receivers({**answers, "roles": value}):
        return None
    return _("Nobody in these units has such a role. Please choose others.")


NO_FILE: Mapping[str, Any] = {"files": [], "note": ""}


class Enclosed(Files):
    """Files that go with an announcement; none is an answer as well."""

    free = True

    def read(self, text: str, answers: Answers, scene: Scene) -> Reading:
        """Take «bỏ qua», «không» for none; refuse other words."""
        none = {fold(word) for word in scene.words.say(_("no|none|without a file|leave it out")).split("|")}
        if fold(text) in none or steering(scene.words).get(fold(text)) is SteeringWord.SKIP:
            return Value(dict(NO_FILE))
        return super().read(text, answers, scene)

    def show(self, value: Any, scene: Scene) -> Part:
        """Say how many they are, or that there is none."""
        return super().show(value, scene) if value["files"] else _("no file")


def no_file(answers: Answers, scene: Scene) -> list[Choice]:
    """Offer to send it without a file."""
    return [Choice(dict(NO_FILE), _("Without a file"))]


def preview(answers: Answers, scene: Scene) -> list[Part]:
    """Say how many it reaches, whom it does not reach by name, and what the receivers can do."""
    facts = AnnounceFacts.of(scene)
    those = facts.receivers(answers)
    lines: list[Part] = [_("Receivers: {n} people.", n=Count(len(those)))]
    if without := facts.without_chat(those):
        lines.append(_("⚠️ Reached in no chat, so please tell them another way ({n}):", n=Count(len(without))))
        lines += named([(titled(each), each.unit_name) for each in without])
    lines.append(_("Below it stands the button «Have read it»; {you} see who has not pressed it."))
    return lines


def named(those: Sequence[tuple[str, str]], *, every: bool = False) -> list[Part]:
    """Name people with their units, a line each; not too many but where all are wanted."""
    shown = those if every else those[:SHOWN]
    names: list[Part] = [_("- {who} ({unit})", who=who, unit=unit) for who, unit in shown]
    if len(those) > len(shown):
        names.append(_("… and {n} more", n=Count(len(those) - SHOWN)))
    return names
