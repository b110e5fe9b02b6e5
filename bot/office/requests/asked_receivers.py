"""Whom a request goes to: units or people as they are now, who of them is told, who answers, whom nothing reaches."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.conversation import Visit
from bot.language import Count, Joined, Part, _
from bot.movement import May, Plan, roles
from bot.office.duties import submissions
from storage import chats, people, request_answers, requests
from storage.db import Tx
from storage.people import Person, Unit
from storage.request_answers import RequestReceiver
from storage.requests import OfficeRequest

NAMED = 40
"""So many are named in one line."""


@dataclass(frozen=True, slots=True)
class Addressees:
    """Whom a request goes to."""

    units: Sequence[Unit] = ()
    persons: Sequence[Person] = ()

    def __len__(self) -> int:
        return len(self.units) + len(self.persons)


@dataclass(frozen=True)
class AskableRoster:
    """The units and people there are, read once: who of them sends for a unit, whom no message reaches."""

    units: Sequence[Unit]
    everybody: Sequence[Person]
    unions: Sequence[str]
    """The kinds of unit that are unions."""
    silent: Collection[int]
    today: date

    def chosen(self, whom: str, named: Sequence[Any]) -> Addressees:
        """Return whom a request goes to as the office has chosen, of those there are now."""
        if whom == "people":
            known = {each.id: each for each in self.everybody}
            return Addressees(persons=[known[id] for id in named if id in known])
        if whom == "all":
            return Addressees([each for each in self.units if each.kind not in self.unions])
        if whom == "kinds":
            return Addressees([each for each in self.units if each.kind in named])
        return Addressees([each for each in self.units if each.code in named])

    def senders(self, unit: str) -> list[Person]:
        """Return who sends for a unit today."""
        return roles.senders([each for each in self.everybody if each.unit == unit], self.today)

    def lines(self, audience: Addressees) -> list[Part]:
        """Say who gets it, and by name whom no message reaches."""
        said: list[Part] = []
        if audience.units:
            units = [each.name for each in audience.units]
            said.append(_("Goes to {n} units: {names}.", n=Count(len(units)), names=_some(units)))
        if audience.persons:
            names = [_("{who} ({unit})", who=each.name, unit=each.unit_name) for each in audience.persons]
            said.append(_("Goes to {n} people: {names}.", n=Count(len(names)), names=_some(names)))
        told = {unit.code: self.senders(unit.code) for unit in audience.units}
        nobody = [unit.name for unit in audience.units if not told[unit.code]]
        left = {
            each.id: each for those in (*told.values(), audience.persons) for each in those if each.id in self.silent
        }
        silent = [_("{who} ({unit})", who=each.name, unit=each.unit_name) for each in left.values()]
        if nobody:
            said.append(_("⚠️ Nobody on the list of people sends for: {units}.", units=_some(nobody)))
        if silent:
            n = Count(len(silent))
            said.append(_("⚠️ Without a chat, so please tell them ({n}): {names}.", n=n, names=_some(silent)))
        return said


def roster(visit: Visit) -> AskableRoster:
    """Read the units and people there are."""
    return roster_of(visit.tx, visit.plan, visit.now.date())


def roster_of(tx: Tx, plan: Plan, today: date) -> AskableRoster:
    """Read the same where nobody speaks."""
    silent = frozenset(tx.all(chats.WITHOUT_PLACE, first="", last="\U0010ffff", today=today))
    return AskableRoster(tx.all(people.UNITS), tx.all(people.EVERYBODY), plan.unions, silent, today)


# One of them ----------------------------------------------------------------------------------


def key(request: OfficeRequest, receiver: str) -> str:
    """Return the subject of the sheet that a receiver fills in, which is also what the files of it are kept under."""
    return f"{request.code}-{receiver}"


def read(visit: Visit, subject: str) -> tuple[OfficeRequest | None, RequestReceiver | None]:
    """Return the request and the receiver of a subject."""
    code, receiver = "-".join(subject.split("-")[:3]), "-".join(subject.split("-")[3:])
    request = visit.tx.one(requests.BY_CODE, code=code)
    found = None if request is None else visit.tx.one(request_answers.RECEIVER, request=request.id, receiver=receiver)
    return request, found


def mine(visit: Visit, request: OfficeRequest) -> RequestReceiver | None:
    """Return as whom this person answers a request: for themselves, or for their unit; None where it is not theirs."""
    own = visit.tx.one(request_answers.RECEIVER, request=request.id, receiver=f"@{visit.me.id}")
    return own or visit.tx.one(request_answers.RECEIVER, request=request.id, receiver=visit.me.unit)


def drafts(visit: Visit, receiver: RequestReceiver) -> bool:
    """Whether this person may fill in the sheet of a receiver."""
    if receiver.person is not None:
        return receiver.person == visit.me.id
    return receiver.unit == visit.me.unit and (visit.may(May.DRAFT) or submissions.sends(visit))


def sends(visit: Visit, receiver: RequestReceiver) -> bool:
    """Whether this person sends it, and does not only draft it."""
    if receiver.person is not None:
        return receiver.person == visit.me.id
    return receiver.unit == visit.me.unit and submissions.sends(visit)


def senders(visit: Visit, receiver: RequestReceiver) -> list[Person]:
    """Return who sends it: whoever is told of a request."""
    if receiver.unit is not None:
        return submissions.senders(visit, receiver.unit) if receiver.active else []
    found = visit.tx.one(people.SPEAKER, id=receiver.person)
    return [] if found is None else [found]


def _some(names: Sequence[Part]) -> Part:
    shown = Joined(list(names[:NAMED]), "; ")
    if len(names) <= NAMED:
        return _("{names}", names=shown)
    return _("{names} and {n} more", names=shown, n=Count(len(names) - NAMED))
