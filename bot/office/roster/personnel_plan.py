"""Say in words what a change of somebody's post would do, with all that goes to others; change nothing. In a transaction."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from bot.conversation import Office
from bot.language import Part, Text, _, exact, fold, person_names, read_phone
from bot.movement import Plan, heads, titled
from bot.office.roster import handover, old_and_new_heads
from bot.office.roster.old_and_new_heads import Other
from bot.office.roster.personnel_steps import STEPS, WantedChange, held, listed
from bot.office.roster.posts_left import Holding, Post
from storage import people
from storage.db import Tx
from storage.people import Person

Step = Callable[[Tx, datetime], None]
NOTHING = _("Nothing would change. Give --role, --unit, --add-post, --name, --phone, --end or --back.")
"""Of a change that changes nothing."""
NEVER_KEPT = ("who", "of", "name", "phone")
"""What a change is not remembered with: it is found by its post, and names and numbers stand in the roster."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Who wants a change, where and when: nobody at the server."""

    office: Office
    now: datetime
    by: int | None = None


@dataclass(frozen=True)
class Change:
    """What would be done, in words; or why it is not."""

    lines: Sequence[Part] = ()
    why: Text | None = None
    person: Person | None = None
    steps: Sequence[Step] = field(default=())
    posts: Sequence[Person] = ()
    """All whose post changes, as they were."""
    touched: frozenset[str] = frozenset()
    """The roles that are given or taken."""
    holdings: Sequence[Holding] = ()
    """What goes from them to others."""
    wanted: WantedChange | None = None


def plan_change(tx: Tx, plan: Plan, wanted: WantedChange, wish: Wish | None = None) -> Change:
    """Say what would be done, or why it cannot be; change nothing. Only with a wish is everything handed over."""
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
    steps: list[Step] = []
    posts = [*tx.all(people.POSTS, person=person.id)] if wanted.everywhere else [person]
    for post in posts:
        for change in STEPS:
            found = change(tx, plan, post, wanted)
            if isinstance(found, Text):
                return Change(why=found)
            if found is not None:
                lines += [line for line in found[0] if line not in lines]
                steps.append(found[1])
    if not steps:
        return Change(why=NOTHING)
    if isinstance(others := old_and_new_heads.changed(tx, plan, person, wanted), Text):
        return Change(why=others)
    for other in others:
        lines += other.lines
        steps += other.steps
    holdings = [each for post in posts for each in _held(tx, plan, post, wanted, wish)]
    holdings += [each for other in others for each in _of_old_head(tx, other, person, wish)]
    lines += [each.line for each in holdings if each.line]
    if wish is None and (wanted.end or wanted.unit is not None):
        lines += held(tx, person)
    return Change(
        lines,
        person=person,
        steps=[*(each.hand for each in holdings if each.hand is not None), *steps],
        posts=[*posts, *(each.person for each in others)],
        touched=frozenset([*_touched(plan, posts, wanted), *(role for each in others for role in each.touched)]),
        holdings=holdings,
        wanted=wanted,
    )


def _touched(plan: Plan, posts: Sequence[Person], wanted: WantedChange) -> Iterator[str]:
    """Return the roles that are given or taken by what is wanted."""
    role = old_and_new_heads.role_meant(plan, wanted)
    if wanted.end or wanted.back or wanted.unit is not None or (role is not None and wanted.post is None):
        yield from (post.role for post in posts)
    if role is not None:
        yield role


def _held(tx: Tx, plan: Plan, person: Person, wanted: WantedChange, wish: Wish | None) -> Sequence[Holding]:
    role = old_and_new_heads.role_meant(plan, wanted)
    leaves = wanted.end or wanted.unit not in (None, person.unit)
    if wish is None or not (leaves or (heads(person.role) and role is not None and not heads(role))):
        return ()
    to = tx.one(people.BY_ID, id=wanted.to) if wanted.to is not None else None
    post = Post(tx, wish.office, person, to, wanted.heads, wanted.sheets, None if leaves else role, wish.by)
    return handover.held(post)


def _of_old_head(tx: Tx, other: Other, new: Person, wish: Wish | None) -> Sequence[Holding]:
    """Return what goes from whoever was head to whoever is it now."""
    before, after = other.touched
    if wish is None or not heads(before) or heads(after):
        return ()
    return handover.held(Post(tx, wish.office, other.person, new, True, False, after, wish.by))


def kept(wanted: WantedChange) -> dict[str, Any]:
    """Return what is wanted as it is kept, without names and numbers."""
    return {name: value for name, value in asdict(wanted).items() if value and name not in NEVER_KEPT}


_FLAGS: Mapping[str, str] = {
    "role": "--role",
    "unit": "--unit",
    "post": "--add-post",
    "position": "--position",
    "old": "--old-head",
    "to": "--to",
    "heads": "--to-heads",
    "sheets": "--sheets",
    "everywhere": "--everywhere",
    "end": "--end",
    "back": "--back",
}


def as_typed(post: int, kept: Mapping[str, Any]) -> str:
    """Return the command that does the same at the server."""
    words = [f'thidua person "#{post}"']
    for name, flag in _FLAGS.items():
        if value := kept.get(name):
            said = f'"{value}"' if " " in str(value) else str(value)
            words.append(flag if value is True else f"{flag} {said}")
    return " ".join([*words, "--apply"])


def wanted_of(post: int, kept: dict[str, Any]) -> WantedChange:
    """Return what was wanted of a post, as it was kept."""
    return WantedChange(f"#{post}", **kept)


def _find(tx: Tx, wanted: WantedChange) -> Person | Text:
    """Find the one person meant: by whole name, «#12», telephone or the office's own number."""
    units = None
    if wanted.of is not None:
        found_units = person_names.unit_meant(wanted.of, tx.all(people.UNITS))
        if len(found_units.sure) != 1:
            return _("There is no unit {unit}.", unit=wanted.of)
        units = found_units.sure[0].code
    found, near = people_meant(tx, wanted.who, units)
    found = [person for person in found if exact(person.name) == exact(wanted.who) or _numbered(person, wanted.who)]
    if len(found) > 1 and wanted.back is False:
        found = [person for person in found if person.active] or found
    if len(found) == 1:
        return found[0]
    if found or near:
        return _(
            "Whom do you mean? {people}. Give the whole name, or its number as «#12».", people=listed(found or near)
        )
    return _("There is nobody called «{name}» in the list of people.", name=wanted.who.strip())


def _numbered(person: Person, said: str) -> bool:
    said = said.strip()
    phone = read_phone(said) if any(c.isdigit() for c in said) else None
    return said in (f"#{person.id}", person.number) or (isinstance(phone, str) and person.phone == phone)


def people_meant(tx: Tx, said: str, unit: str | None = None) -> tuple[list[Person], list[Person]]:
    """Return who is surely meant by a number or a name, and who may be; those who have left among them."""
    everybody = [each for each in tx.all(people.EVER) if unit in (None, each.unit)]
    if found := [each for each in everybody if _numbered(each, said)]:
        return found, []
    meant = person_names.meant(said, ((each.name, each) for each in everybody))
    near = [each for each in meant.near if fold(each.name) == fold(said)] or list(meant.near)
    return list(meant.sure), [*meant.sure, *near]


def said(person: Person) -> Part:
    """Name somebody of the roster with what tells them apart: «Trưởng phòng Hoàng Văn Thử, Phòng Quản lý xây dựng»."""
    return _("{who}, {unit}", who=titled(person), unit=person.unit_name)
