"""What somebody holds by a post that they lose, and to whom each of it goes. Looking changes nothing; inside the transaction."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from bot.conversation import Office
from bot.language import Count, Joined, Part, _
from bot.movement import May, Plan, Role, heads, may, titled
from bot.office.duties.duty_kinds import what
from storage import deadlines, drafts, holdings, initiatives, people
from storage.db import Tx
from storage.drafts import Head
from storage.people import Person

Hand = Callable[[Tx, datetime], None]
REGISTERING = "register"
"""How the forms of registrations begin: such a sheet is its writer's, not the unit's."""


@dataclass(frozen=True, slots=True)
class Holding:
    """One thing that hangs on a post, and what becomes of it."""

    line: Part
    hand: Hand | None = None
    """What gives it away; None where it stays as it is."""
    to: int | None = None
    """To whom it comes, who is told."""
    kind: str = ""
    what: str = ""


@dataclass(frozen=True)
class Post:
    """A post that somebody loses, and who comes after them in it."""

    tx: Tx
    office: Office
    person: Person
    to: Person | None
    """Who was named to take over."""
    heads: bool
    """Whether that is the new head too."""
    sheets: bool
    """Whether registrations that are being written go along."""
    role: str | None = None
    """What they are from then on in the same unit; None where they leave it."""
    by: int | None = None

    @property
    def stays(self) -> bool:
        """Whether they stay in the unit and only do not head it any more."""
        return self.role is not None

    @property
    def plan(self) -> Plan:
        """The movement."""
        return self.office.plan

    @cached_property
    def left(self) -> Sequence[Person]:
        """Who is in the unit without them."""
        return [each for each in self.tx.all(people.OF_UNIT, unit=self.person.unit) if each.id != self.person.id]

    @cached_property
    def head(self) -> Person | None:
        """Who sends for the unit from then on."""
        if self.heads and self.to is not None:
            return self.to
        deputies = [each for each in self.left if each.role == Role.DEPUTY]
        return next((each for each in self.left if heads(each.role)), deputies[0] if deputies else None)

    @property
    def receiver(self) -> Person | None:
        """Who takes over what somebody has to do; the head where nobody was named."""
        return self.to or self.head

    @cached_property
    def since(self) -> int:
        """The newest year that was opened: what belongs to earlier ones stays as it was."""
        years = self.tx.all(deadlines.YEARS)
        return years[-1].year if years else self.plan.first_year

    @cached_property
    def filed(self) -> frozenset[tuple[str, int]]:
        """What the unit has sent already, by duty and year."""
        done = self.tx.all(deadlines.FILED_OF_UNIT, unit=self.person.unit)
        return frozenset((self.plan.filed.get(each.duty, each.duty), each.year) for each in done)


def held(post: Post) -> list[Holding]:
    """Return all that hangs on a post, each with what becomes of it."""
    if post.stays:
        return [*_sheets(post), *_waiting(post), *_own_stand_in(post)]
    return [
        *_sheets(post),
        *_duties(post),
        *_in_charge(post),
        *_unconfirmed(post),
        *_waiting(post),
        *_promises(post),
        *_replacing(post),
        *_own_stand_in(post),
        *_parts(post),
        *_authored(post),
    ]


def writes_registrations(post: Post) -> bool:
    """Whether somebody has begun a registration that is not sent."""
    begun = post.tx.all(drafts.BEGUN_OF_PERSON, person=post.person.id)
    return any(head.form.startswith(REGISTERING) and head.unit == post.person.unit for head in begun)


def _who(person: Person | None) -> Part:
    return titled(person) if person is not None else _("nobody yet")


def _title(post: Post, head: Head) -> Part | None:
    conversation = post.office.features.forms.get(head.form)
    return None if conversation is None else conversation.title(post.plan, head.subject)


def _sheets(post: Post) -> Iterator[Holding]:
    """Return the sheets that are being written: the unit's go on with somebody else, one's own where that is wanted."""
    for head in post.tx.all(drafts.BEGUN_OF_PERSON, person=post.person.id):
        conversation, title = post.office.features.forms.get(head.form), _title(post, head)
        if conversation is None or title is None or head.unit != post.person.unit:
            continue
        if conversation.shared:
            if post.role is not None and may(post.role, May.DRAFT):
                continue
            yield _sheet(post, head, title, _writer(post))
        elif head.form.startswith(REGISTERING) and not post.stays:
            yield _sheet(post, head, title, post.to if post.sheets else None)


def _writer(post: Post) -> Person | None:
    """Return who goes on with the unit's own sheets: whoever was named, if they may write them; else who heads it."""
    to = post.to
    if to is not None and not post.heads and not may(to.role, May.DRAFT) and not _given(post, post.person):
        return post.head
    return post.receiver


def _given(post: Post, person: Person) -> list[deadlines.Delegate]:
    given = [each for each in post.tx.all(deadlines.DELEGATED_TO, person=person.id) if each.unit == post.person.unit]
    return [each for each in given if (each.duty, each.year) not in post.filed]


def _sheet(post: Post, head: Head, title: Part, to: Person | None) -> Holding:
    if to is None or post.tx.one(drafts.OPEN, person=to.id, form=head.form, subject=head.subject) is not None:
        line = _("«{sheet}», being written: kept as it is, goes to nobody", sheet=title)
        return Holding(line, lambda tx, now: drafts.put_away(tx, id=head.id))
    line = _("«{sheet}», being written: {who} goes on with it, every answer is kept", sheet=title, who=_who(to))
    id = to.id
    return Holding(
        line, lambda tx, now: drafts.hand_over(tx, id=head.id, person=id, now=now), id, "draft", str(head.id)
    )


def _duties(post: Post) -> Iterator[Holding]:
    """Return what the head has given them to write."""
    for each in _given(post, post.person):
        called, to = what(post.plan, each.duty), post.to
        if to is None or post.heads or heads(to.role):
            line = _(
                "writing the {what} of {year}: back with {who}", what=called, year=each.year, who=_who(post.receiver)
            )
            yield Holding(line)
        else:
            line = _("writing the {what} of {year}: {who}", what=called, year=each.year, who=_who(to))
            yield Holding(line, _delegating(post, each, to.id), to.id, "duty", f"{each.duty}:{each.year}")
    if post.tx.all(deadlines.DELEGATED_TO, person=post.person.id):
        yield Holding("", lambda tx, now: deadlines.take_back(tx, person=post.person.id))


def _delegating(post: Post, each: deadlines.Delegate, to: int) -> Hand:
    return lambda tx, now: deadlines.delegate(
        tx, unit=each.unit, duty=each.duty, year=each.year, person=to, by=post.by, now=now
    )


def _in_charge(post: Post) -> Iterator[Holding]:
    """Return the tasks they are in charge of."""
    to = post.receiver
    for item in post.tx.all(holdings.IN_CHARGE, person=post.person.id, unit=post.person.unit, since=post.since):
        if to is None:
            yield Holding(_("{code}: nobody is there to be in charge; the name stays", code=item.code))
        else:
            line = _("{code}: {who} is in charge", code=item.code, who=_who(to))
            yield Holding(line, _charging(item.id, to.id), to.id, "charge", item.code)


def _charging(item: int, to: int) -> Hand:
    return lambda tx, now: holdings.set_charge(tx, id=item, person=to)


def _writing(item: int, to: int) -> Hand:
    return lambda tx, now: holdings.set_writer(tx, id=item, person=to)


def _unconfirmed(post: Post) -> Iterator[Holding]:
    """Return what they have sent and is not confirmed: what was returned is completed by somebody else."""
    to = post.receiver
    for item in post.tx.all(holdings.UNCONFIRMED, person=post.person.id, unit=post.person.unit):
        if to is None or not (item.returned or _only_writes(post, to)):
            yield Holding(_("{code}, waits to be confirmed: stays as it is", code=item.code))
        elif item.returned:
            line = _(
                "{code}, returned to be completed: {who} completes it; its authors stay", code=item.code, who=_who(to)
            )
            yield Holding(line, _writing(item.id, to.id), to.id, "returned", item.code)
        else:
            line = _(
                "{code}, waits to be confirmed: {who} may change it meanwhile; its authors stay",
                code=item.code,
                who=_who(to),
            )
            yield Holding(line, _writing(item.id, to.id), to.id, "written", item.code)


def _only_writes(post: Post, to: Person) -> bool:
    """Whether somebody does not confirm in this unit: who has a sheet in hand does not confirm it."""
    return not post.heads and to.role in (Role.OFFICER, Role.DRAFTER)


def _waiting(post: Post) -> Iterator[Holding]:
    """Return what waits for them to confirm."""
    if not heads(post.person.role):
        return
    waiting = post.tx.all(initiatives.WAITING_OF_UNIT, unit=post.person.unit)
    if not waiting:
        return
    able = _who(post.head) if post.head is not None else post.plan.office.desk
    line = _("{n} sheets wait to be confirmed: by {who}", n=Count(len(waiting)), who=able)
    told = post.head.id if post.head is not None else None
    yield Holding(line, None, told, "confirm", str(len(waiting)))


def _promises(post: Post) -> Iterator[Holding]:
    for each in post.tx.all(holdings.PROMISED, unit=post.person.unit, person=post.person.id):
        if (each.duty, each.year) not in post.filed:
            line = _(
                "the {what} of {year} is promised for {day}: the promise stays, {who} sends",
                what=what(post.plan, each.duty),
                year=each.year,
                day=each.day,
                who=_who(post.head),
            )
            told = post.head.id if post.head is not None else None
            yield Holding(line, None, told, "promise", f"{each.duty}:{each.year}:{each.day.isoformat()}")


def _replacing(post: Post) -> Iterator[Holding]:
    if others := post.tx.all(holdings.REPLACING, id=post.person.id):
        line = _("acts no longer for {names}", names=Joined([titled(each) for each in others]))
        yield Holding(line, lambda tx, now: people.clear_stand_in(tx, id=post.person.id))


def _own_stand_in(post: Post) -> Iterator[Holding]:
    acting = [id for id in (post.person.stands_in, post.person.away_to) if id is not None]
    named = [each for id in dict.fromkeys(acting) if (each := post.tx.one(people.BY_ID, id=id)) is not None]
    if named:
        line = _(
            "{names} acts no longer for {name}", names=Joined([titled(each) for each in named]), name=post.person.name
        )
        yield Holding(line, lambda tx, now: holdings.end_own_stand_in(tx, person=post.person.id))


def _parts(post: Post) -> Iterator[Holding]:
    for head in post.tx.all(holdings.HELPED, unit=post.person.unit, person=post.person.id):
        title = _title(post, head)
        writer = post.tx.one(people.BY_ID, id=head.person) if head.person is not None else None
        if title is not None and writer is not None:
            yield Holding(_("parts of «{sheet}»: stay in it, {who} goes on", sheet=title, who=_who(writer)))


def _authored(post: Post) -> Iterator[Holding]:
    items = post.tx.one(holdings.AUTHORED, person=post.person.id, since=post.since) or 0
    if items:
        yield Holding(_("author of {n} sheets: stays so", n=Count(items)))
