"""Changes of somebody's post on the server: what each would do, in words, and doing it.

Role, unit and leaving are changed here alone, by whoever holds the server: shown first, kept in the audit,
told to the person, and never so that nobody could administer any more.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.conversation import Office
from bot.language import Joined, Part, Phone, Text, _, exact, fold, name_of, person_names, read_phone, shown
from bot.movement import ROLE_WORD, Role, heads, read_role
from storage import audit, chats, deadlines, drafts, invites, outbox, people
from storage.db import Tx
from storage.outbox import NoticeCode
from storage.people import Person

CHANGED = NoticeCode("post_changed")
"""The notice to whoever is concerned."""


@dataclass(frozen=True, slots=True)
class Wanted:
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


@dataclass(frozen=True)
class Change:
    """What would be done, in words; or why it is not."""

    lines: Sequence[Part] = ()
    why: Text | None = None
    person: Person | None = None
    steps: Sequence[Callable[[Tx, datetime], None]] = field(default=())


def plan_change(tx: Tx, wanted: Wanted) -> Change:
    """What the change comes to; nothing is written."""
    person = _find(tx, wanted)
    if isinstance(person, Text):
        return Change(why=person)
    if person.active == wanted.back:
        known = _("{name} has not left.", name=person.name) if wanted.back else None
        gone = _('{name} has left. To bring them back: thidua person "{name}" --back', name=person.name)
        return Change(why=known or gone)
    lines: list[Part] = [
        _("{name} ({place}): {role}", name=person.name, place=person_names.apart(person), role=ROLE_WORD[person.role])
    ]
    steps: list[Callable[[Tx, datetime], None]] = []
    for part in (_role, _unit, _name, _phone, _post, _end, _back):
        found = part(tx, person, wanted)
        if isinstance(found, Text):
            return Change(why=found)
        if found is not None:
            lines += found[0]
            steps.append(found[1])
    if not steps:
        return Change(why=_("Nothing would change. Give --role, --unit, --add-post, --name, --phone, --end or --back."))
    return Change(lines, person=person, steps=steps)


def make_change(tx: Tx, change: Change, office: Office, now: datetime) -> None:
    """Write it, note it, and let the person know in every application."""
    person = change.person
    assert person is not None
    audit.note(tx, now=now, person=None, what="person_changed", about=str(person.id), was=[person.role, person.unit])
    for step in change.steps:
        step(tx, now)
    after = tx.one(people.SPEAKER, id=person.id)
    if after is not None and (after.role, after.unit, after.name) != (person.role, person.unit, person.name):
        due = now if office.hours.open(now, office.calendar) else office.hours.next_opening(now, office.calendar)
        outbox.file_notice(
            tx,
            person=person.id,
            news=CHANGED,
            about={"role": after.role, "unit": after.unit, "name": after.name},
            due=due,
            now=now,
        )


# Whom -------------------------------------------------------------------------------------------


def _find(tx: Tx, wanted: Wanted) -> Person | Text:
    """The one person meant: by whole name, «#12», telephone or the office's own number."""
    everybody, said = tx.all(people.EVER), wanted.who.strip()
    if wanted.of is not None:
        units = person_names.unit_meant(wanted.of, tx.all(people.UNITS))
        if len(units.sure) != 1:
            return _("There is no unit {unit}.", unit=wanted.of)
        everybody = [person for person in everybody if person.unit == units.sure[0].code]
    phone = read_phone(said) if any(c.isdigit() for c in said) else None
    found = [p for p in everybody if said in (f"#{p.id}", p.number) or (isinstance(phone, str) and p.phone == phone)]
    near: Sequence[Person] = ()
    if not found:
        meant = person_names.meant(said, ((person.name, person) for person in everybody))
        found = [person for person in meant.sure if exact(person.name) == exact(said)]
        near = [*meant.sure, *meant.near]
    if len(found) > 1 and wanted.back is False:
        found = [person for person in found if person.active] or found
    if len(found) == 1:
        return found[0]
    if found or near:
        return _(
            "Whom do you mean? {people}. Give the whole name, or its number as «#12».", people=_listed(found or near)
        )
    return _("There is nobody called «{name}» in the list of people.", name=said)


def _listed(some: Sequence[Person]) -> Joined:
    return Joined([f"#{p.id} {p.name} ({p.unit}{', ' if p.position else ''}{p.position})" for p in some[:8]], "; ")


# What -------------------------------------------------------------------------------------------

Found = tuple[Sequence[Part], Callable[[Tx, datetime], None]] | Text | None


def _last_administrator(tx: Tx, person: Person) -> Text | None:
    """Nobody could invite or mend anything any more."""
    admins = tx.all(people.OF_ROLE, role=Role.ADMIN)
    if person.role != Role.ADMIN or any(other.id != person.id for other in admins):
        return None
    return _("{name} is the last administrator; make somebody else one first.", name=person.name)


def _role(tx: Tx, person: Person, wanted: Wanted) -> Found:
    if wanted.role is None:
        return None
    role = read_role(wanted.role)
    if role is None:
        return _("«{role}» is not a role. Roles: {roles}.", role=wanted.role, roles=Joined(list(ROLE_WORD.values())))
    if role == person.role:
        return None
    if role != Role.ADMIN and (why := _last_administrator(tx, person)) is not None:
        return why
    lines: list[Part] = [_("role: {before} → {after}", before=ROLE_WORD[person.role], after=ROLE_WORD[role])]
    unit = _unit_code(tx, wanted.unit) or person.unit
    if heads(role) and (
        others := [p for p in tx.all(people.OF_UNIT, unit=unit) if heads(p.role) and p.id != person.id]
    ):
        lines.append(_("⚠️ {unit} has a head already: {names}.", unit=unit, names=_listed(others)))
    if heads(person.role) and not heads(role):
        lines += _without_head(tx, person)
    return lines, lambda tx, now: people.give_role(tx, id=person.id, role=role)


def _without_head(tx: Tx, person: Person) -> Sequence[Part]:
    others = [p for p in tx.all(people.OF_UNIT, unit=person.unit) if heads(p.role) and p.id != person.id]
    return [] if others else [_("⚠️ {unit} has no head any more; its deputies send.", unit=person.unit)]


def _unit_code(tx: Tx, said: str | None) -> str | None:
    units = person_names.unit_meant(said or "", tx.all(people.UNITS))
    return units.sure[0].code if len(units.sure) == 1 else None


def _unit(tx: Tx, person: Person, wanted: Wanted) -> Found:
    if wanted.unit is None:
        return None
    unit = _unit_code(tx, wanted.unit)
    if unit is None:
        codes = ", ".join(each.code for each in tx.all(people.UNITS))
        return _("There is no unit {unit}. Units: {codes}.", unit=wanted.unit, codes=codes)
    if unit == person.unit:
        return None
    lines: list[Part] = [_("unit: {before} → {after}", before=person.unit, after=unit)]
    if heads(person.role):
        lines += _without_head(tx, person)

    def move(tx: Tx, now: datetime) -> None:
        people.move(tx, id=person.id, unit=unit)
        _let_go(tx, person)

    return [*lines, *_held(tx, person)], move


def _name(tx: Tx, person: Person, wanted: Wanted) -> Found:
    if wanted.name is None:
        return None
    name = name_of(wanted.name)
    if len(name.split()) < 2 or any(c.isdigit() for c in name):
        return _("«{name}» is not a full name.", name=name)
    if name == person.name:
        return None
    return [_("name: {before} → {after}", before=person.name, after=name)], lambda tx, now: people.rename(
        tx, id=person.id, name=name, name_fold=fold(name)
    )


def _phone(tx: Tx, person: Person, wanted: Wanted) -> Found:
    if wanted.phone is None:
        return None
    phone: Phone | Text | None = read_phone(wanted.phone) if wanted.phone.strip() else None
    if isinstance(phone, Text):
        return phone
    if phone == person.phone:
        return None
    before, after = shown(person.phone or "") or "…", shown(phone or "") or "…"
    return [_("telephone: {before} → {after}", before=before, after=after)], lambda tx, now: people.describe(
        tx, person.id, position=person.position, kind=person.kind, phone=phone, number=person.number, born=person.born
    )


def _post(tx: Tx, person: Person, wanted: Wanted) -> Found:
    """One more post, in another unit; the chats of the person serve it from now on."""
    if wanted.post is None:
        return None
    said, _colon, words = wanted.post.rpartition(":")
    unit, role = _unit_code(tx, said), read_role(words)
    if unit is None or role is None:
        return _("«{post}» is no post: write unit and role, like TTr:«thủ trưởng đơn vị».", post=wanted.post)
    if any(post.unit == unit for post in tx.all(people.POSTS, person=person.id)):
        return _(
            "{name} has a post in {unit} already; change its role with --of {unit} --role.", name=person.name, unit=unit
        )

    def add(tx: Tx, now: datetime) -> None:
        id = people.add_person(
            tx,
            name=person.name,
            name_fold=fold(person.name),
            position="",
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

    return [_("one more post: {role}, {unit}; the same chats serve both", role=ROLE_WORD[role], unit=unit)], add


def _held(tx: Tx, person: Person) -> Sequence[Part]:
    """What somebody holds by their post in the unit, and ends with it."""
    lines: list[Part] = []
    if others := tx.all(people.STOOD_IN_BY, id=person.id):
        lines.append(_("acts no longer for {names}", names=_listed(others)))
    if given := tx.all(deadlines.DELEGATED_TO, person=person.id):
        lines.append(_("drafts no longer for the unit: {n} duties", n=len(given)))
    return lines


def _let_go(tx: Tx, person: Person) -> None:
    people.act_for_nobody(tx, id=person.id)
    deadlines.take_back(tx, person=person.id)


def _end(tx: Tx, person: Person, wanted: Wanted) -> Found:
    if not wanted.end:
        return None
    if (why := _last_administrator(tx, person)) is not None:
        return why
    left = [post for post in tx.all(people.POSTS, person=person.id) if post.id != person.id]
    places = [] if left else tx.all(chats.EVER_ALL_OF_PERSON, person=person.id)
    open_sheets = tx.all(drafts.OPEN_OF_PERSON, person=person.id)
    lines: list[Part] = [_("leaves: is a stranger from now on; what was filed keeps the name"), *_held(tx, person)]
    if places:
        lines.append(_("chats and devices logged out: {n}", n=len(places)))
    if open_sheets:
        lines.append(_("⚠️ unfinished sheets that stay unsent: {n}", n=len(open_sheets)))
    if heads(person.role):
        lines += _without_head(tx, person)

    def leave(tx: Tx, now: datetime) -> None:
        for each in tx.all(chats.EVER_ALL_OF_PERSON, person=person.id):
            if not left:
                chats.end(tx, chat=each.id)
            elif each.person == person.id:
                chats.serve(tx, chat=each.id, post=left[0].id)
        invites.withdraw(tx, person=person.id)
        _let_go(tx, person)
        people.activate(tx, id=person.id, active=False)

    return lines, leave


def _back(tx: Tx, person: Person, wanted: Wanted) -> Found:
    if not wanted.back:
        return None
    return [
        _("comes back as {role} of {unit}; a new code opens the chat", role=ROLE_WORD[person.role], unit=person.unit)
    ], (lambda tx, now: people.activate(tx, id=person.id, active=True))
