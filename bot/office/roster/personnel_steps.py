"""The changes of somebody's post, one by one: what each would do, in words, and the step that does it.

Looking runs in a transaction, so does each step; nothing is written before.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.language import Joined, Part, Phone, Text, _, clean_line, fold, name_of, person_names, read_phone, shown
from bot.movement import Plan, Role, heads, titled
from storage import chats, deadlines, drafts, invites, outbox, people
from storage.db import Tx
from storage.outbox import NoticeCode
from storage.people import Person

LONGEST_POSITION = 80
CHANGED = NoticeCode("post_changed")
"""The notice to whoever is concerned."""
Found = tuple[Sequence[Part], Callable[[Tx, datetime], None]] | Text | None
"""What would be done and the step that does it; why it cannot be; None where it is not wanted."""


@dataclass(frozen=True, slots=True)
class WantedChange:
    """What is to be changed of somebody; None for what stays."""

    who: str
    of: str | None = None
    """Their unit, where the name alone means several."""
    role: str | None = None
    unit: str | None = None
    name: str | None = None
    phone: str | None = None
    post: str | None = None
    """One more post: «TTr:thủ trưởng đơn vị»."""
    end: bool = False
    back: bool = False
    position: str | None = None
    everywhere: bool = False
    """Whether all their posts end, not this one alone."""
    to: int | None = None
    """Who takes over what they held; None for the head of the unit."""
    heads: bool = False
    """Whether that is the new head of the unit."""
    sheets: bool = False
    """Whether registrations that they are writing go along."""
    old: str | None = None
    """What the head of before is from then on, where somebody becomes head; None: stays head too."""


def _last_administrator(tx: Tx, person: Person) -> Text | None:
    """Say why not, where nobody could invite or repair anything any more."""
    admins = tx.all(people.OF_ROLE, role=Role.ADMIN)
    if person.role != Role.ADMIN or any(other.id != person.id for other in admins):
        return None
    return _("{name} is the last administrator; make somebody else one first.", name=person.name)


def change_role(tx: Tx, plan: Plan, person: Person, wanted: WantedChange) -> Found:
    """Set another role."""
    if wanted.role is None:
        return None
    role = plan.role_meant(wanted.role)
    if role is None:
        return _("«{role}» is not a role. Roles: {roles}.", role=wanted.role, roles=plan.roles.listed)
    if role == person.role:
        return None
    if role != Role.ADMIN and (why := _last_administrator(tx, person)) is not None:
        return why
    lines: list[Part] = [
        _("role: {before} → {after}", before=plan.roles.word(person.role), after=plan.roles.word(role))
    ]
    unit = _unit_code(tx, wanted.unit) or person.unit
    if heads(role) and (others := [] if wanted.old else _other_heads(tx, unit, person)):
        names = Joined([titled(each) for each in others])
        lines.append(_("⚠️ {unit} has a head already: {names}.", unit=unit_name(tx, unit), names=names))
    if heads(person.role) and not heads(role) and wanted.unit is None:
        lines += _without_head(tx, person, wanted)
    return lines, lambda tx, now: people.set_role(tx, id=person.id, role=role)


def _other_heads(tx: Tx, unit: str, person: Person) -> list[Person]:
    return [each for each in tx.all(people.OF_UNIT, unit=unit) if heads(each.role) and each.id != person.id]


def _without_head(tx: Tx, person: Person, wanted: WantedChange) -> Sequence[Part]:
    if wanted.heads or _other_heads(tx, person.unit, person):
        return []
    if any(p.role == Role.DEPUTY and p.id != person.id for p in tx.all(people.OF_UNIT, unit=person.unit)):
        return [_("⚠️ {unit} has no head any more; its deputies send.", unit=person.unit_name)]
    return [
        _("⚠️ {unit} has no head any more and no deputy: nobody can send. Please name a head.", unit=person.unit_name)
    ]


def _unit_code(tx: Tx, said: str | None) -> str | None:
    units = person_names.unit_meant(said or "", tx.all(people.UNITS))
    return units.sure[0].code if len(units.sure) == 1 else None


def unit_name(tx: Tx, code: str) -> str:
    """Return what a unit is called."""
    unit = tx.one(people.UNIT, code=code)
    return unit.name if unit is not None else code


def change_unit(tx: Tx, plan: Plan, person: Person, wanted: WantedChange) -> Found:
    """Move somebody to another unit."""
    if wanted.unit is None:
        return None
    unit = _unit_code(tx, wanted.unit)
    if unit is None:
        codes = ", ".join(each.code for each in tx.all(people.UNITS))
        return _("There is no unit {unit}. Units: {codes}.", unit=wanted.unit, codes=codes)
    if unit == person.unit:
        return None
    lines: list[Part] = [_("unit: {before} → {after}", before=person.unit_name, after=unit_name(tx, unit))]
    if heads(person.role):
        lines += _without_head(tx, person, wanted)

    def move(tx: Tx, now: datetime) -> None:
        people.move(tx, id=person.id, unit=unit)
        _release(tx, person)

    return lines, move


def change_position(tx: Tx, plan: Plan, person: Person, wanted: WantedChange) -> Found:
    """Set what somebody is called beside their role: «Phó Trưởng phòng»."""
    if wanted.position is None or wanted.post is not None:  # that is what the new post is called
        return None
    position = clean_line(wanted.position)
    if len(position) > LONGEST_POSITION:
        return _(
            "This has {n} characters; a position has {most} at most. An example: {head_title}.",
            n=len(position),
            most=LONGEST_POSITION,
        )
    if position == person.position:
        return None
    return [_("position: {before} → {after}", before=person.position or "…", after=position or "…")], (
        lambda tx, now: people.set_position(tx, id=person.id, position=position)
    )


def change_name(tx: Tx, plan: Plan, person: Person, wanted: WantedChange) -> Found:
    """Set another name."""
    if wanted.name is None:
        return None
    name = name_of(wanted.name)
    if len(name.split()) < 2 or any(c.isdigit() for c in name):
        return _("«{name}» is not a full name.", name=name)
    if name == person.name:
        return None
    return [_("name: {before} → {after}", before=person.name, after=name)], lambda tx, now: people.set_name(
        tx, id=person.id, name=name, name_fold=fold(name)
    )


def change_phone(tx: Tx, plan: Plan, person: Person, wanted: WantedChange) -> Found:
    """Set or delete the telephone."""
    if wanted.phone is None:
        return None
    phone: Phone | Text | None = read_phone(wanted.phone) if wanted.phone.strip() else None
    if isinstance(phone, Text):
        return phone
    if phone == person.phone:
        return None
    before, after = shown(person.phone or "") or "…", shown(phone or "") or "…"
    return [_("telephone: {before} → {after}", before=before, after=after)], lambda tx, now: people.set_details(
        tx, person.id, position=person.position, kind=person.kind, phone=phone, number=person.number, born=person.born
    )


def change_post(tx: Tx, plan: Plan, person: Person, wanted: WantedChange) -> Found:
    """Add a post in another unit; the chats of the person serve it too."""
    if wanted.post is None:
        return None
    said, _colon, words = wanted.post.rpartition(":")
    unit, role = _unit_code(tx, said), plan.role_meant(words)
    if unit is None or role is None:
        return _(
            "«{post}» is no post: write unit and role, like {unit}:«{role}».",
            post=wanted.post,
            unit=person.unit,
            role=plan.roles.word(Role.HEAD),
        )
    if any(post.unit == unit for post in tx.all(people.POSTS, person=person.id)):
        return _(
            "{name} has a post in {unit} already; its role can be changed.", name=person.name, unit=unit_name(tx, unit)
        )

    def add(tx: Tx, now: datetime) -> None:
        id = people.add_person(
            tx,
            name=person.name,
            name_fold=fold(person.name),
            position=clean_line(wanted.position or "")[:LONGEST_POSITION],
            kind=person.kind,
            unit=unit,
            role=role,
            phone=person.phone,
            number=person.number,
            born=person.born,
        )
        people.join(tx, post=id, human=person.id)
        outbox.file_notice(
            tx, person=id, news=CHANGED, about={"role": role, "unit": unit, "name": person.name}, due=now, now=now
        )

    return [
        _(
            "one more post: {role}, {unit}; the same chats serve both",
            role=plan.roles.word(role),
            unit=unit_name(tx, unit),
        )
    ], add


def held(tx: Tx, person: Person) -> Sequence[Part]:
    """Say in short what somebody holds by their post in the unit, and loses with it."""
    lines: list[Part] = []
    if others := tx.all(people.STOOD_IN_BY, id=person.id):
        lines.append(_("acts no longer for {names}", names=Joined([titled(each) for each in others])))
    if given := tx.all(deadlines.DELEGATED_TO, person=person.id):
        lines.append(_("drafts no longer for the unit: {n} duties", n=len(given)))
    if open_sheets := tx.all(drafts.OPEN_OF_PERSON, person=person.id):
        lines.append(_("⚠️ unfinished sheets that stay unsent: {n}", n=len(open_sheets)))
    return lines


def _release(tx: Tx, person: Person) -> None:
    people.clear_stand_in(tx, id=person.id)
    deadlines.take_back(tx, person=person.id)


def change_end(tx: Tx, plan: Plan, person: Person, wanted: WantedChange) -> Found:
    """End somebody's post: log their chats out, or turn these to another post of theirs."""
    if not wanted.end:
        return None
    if (why := _last_administrator(tx, person)) is not None:
        return why
    left = (
        [] if wanted.everywhere else [each for each in tx.all(people.POSTS, person=person.id) if each.id != person.id]
    )
    places = [] if left else tx.all(chats.EVER_ALL_OF_PERSON, person=person.id)
    lines: list[Part] = [_("leaves: is a stranger from now on; what was filed keeps the name")]
    if left:
        lines = [_("ends this post; the other one stays: {posts}", posts=Joined([each.unit_name for each in left]))]
    if places:
        lines.append(_("chats and devices logged out: {n}", n=len(places)))
    if heads(person.role):
        lines += _without_head(tx, person, wanted)

    def leave(tx: Tx, now: datetime) -> None:
        for each in tx.all(chats.EVER_ALL_OF_PERSON, person=person.id):
            if not left:
                chats.end(tx, chat=each.id)
            elif each.person == person.id:
                chats.serve(tx, chat=each.id, post=left[0].id)
        invites.withdraw(tx, person=person.id)
        _release(tx, person)
        people.set_active(tx, id=person.id, active=False)

    return lines, leave


def change_back(tx: Tx, plan: Plan, person: Person, wanted: WantedChange) -> Found:
    """Open the post of somebody again who has left."""
    if not wanted.back:
        return None
    return [
        _(
            "comes back as {role} of {unit}; a new code opens the chat",
            role=plan.roles.word(person.role),
            unit=person.unit_name,
        )
    ], (lambda tx, now: people.set_active(tx, id=person.id, active=True))


STEPS = (change_role, change_unit, change_position, change_name, change_phone, change_post, change_end, change_back)
"""In the order in which they are said and done."""


def listed(some: Sequence[Person]) -> Joined:
    """Name some people so that each can be chosen by number."""
    return Joined([f"#{p.id} {p.name} ({p.unit}{', ' if p.position else ''}{p.position})" for p in some[:8]], "; ")
