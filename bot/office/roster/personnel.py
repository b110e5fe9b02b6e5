"""Change somebody's post on the server: say in words what would be done, then do it. Runs in a transaction.

Role, unit and leaving are changed here alone, by whoever holds the server: shown first, kept in the audit,
told to the person, and never so that nobody could administer any more.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.conversation import Office
from bot.language import Part, Text, _, exact, person_names, read_phone
from bot.movement import Plan
from bot.office.roster.personnel_steps import CHANGED, STEPS, WantedChange, listed
from storage import audit, outbox, people
from storage.db import Tx
from storage.people import Person


@dataclass(frozen=True)
class Change:
    """What would be done, in words; or why it is not."""

    lines: Sequence[Part] = ()
    why: Text | None = None
    person: Person | None = None
    steps: Sequence[Callable[[Tx, datetime], None]] = field(default=())


def plan_change(tx: Tx, plan: Plan, wanted: WantedChange) -> Change:
    """Say what would be done, or why it cannot be; change nothing."""
    person = _find(tx, wanted)
    if isinstance(person, Text):
        return Change(why=person)
    if person.active == wanted.back:
        known = _("{name} has not left.", name=person.name) if wanted.back else None
        gone = _('{name} has left. To bring them back: thidua person "{name}" --back', name=person.name)
        return Change(why=known or gone)
    lines: list[Part] = [
        _(
            "{name} ({place}): {role}",
            name=person.name,
            place=person_names.apart(person),
            role=plan.roles.word(person.role),
        )
    ]
    steps: list[Callable[[Tx, datetime], None]] = []
    for change in STEPS:
        found = change(tx, plan, person, wanted)
        if isinstance(found, Text):
            return Change(why=found)
        if found is not None:
            lines += found[0]
            steps.append(found[1])
    if not steps:
        return Change(why=_("Nothing would change. Give --role, --unit, --add-post, --name, --phone, --end or --back."))
    return Change(lines, person=person, steps=steps)


def make_change(tx: Tx, change: Change, office: Office, now: datetime) -> None:
    """Store the change, note it in the audit, and tell the person."""
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


def _find(tx: Tx, wanted: WantedChange) -> Person | Text:
    """Find the one person meant: by whole name, «#12», telephone or the office's own number."""
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
            "Whom do you mean? {people}. Give the whole name, or its number as «#12».", people=listed(found or near)
        )
    return _("There is nobody called «{name}» in the list of people.", name=said)
