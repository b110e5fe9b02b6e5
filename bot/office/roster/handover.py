"""What somebody holds by a post that they lose, and to whom each of it goes. Looking changes nothing; inside the transaction."""

from collections.abc import Iterator

from bot.language import Count, Joined, Part, _
from bot.movement import May, heads, may, titled
from bot.office.duties.duty_kinds import what
from bot.office.roster import held_difficulties, held_items, held_notes, held_shares
from bot.office.roster.posts_left import Hand, Holding, Post, who
from storage import deadlines, drafts, holdings, initiatives, people
from storage.drafts import Head
from storage.people import Person

REGISTERING = "register"
"""How the forms of registrations begin: such a sheet is its writer's, not the unit's."""


def held(post: Post) -> list[Holding]:
    """Return all that hangs on a post, each with what becomes of it."""
    if post.stays:
        return [*_sheets(post), *_waiting(post), *held_difficulties.of(post), *_own_stand_in(post)]
    return [
        *_sheets(post),
        *_duties(post),
        *held_items.of(post),
        *_waiting(post),
        *held_difficulties.of(post),
        *_promises(post),
        *_replacing(post),
        *_own_stand_in(post),
        *_parts(post),
        *held_items.authored(post),
        *held_notes.of_unit(post),
        *held_shares.of_unit(post),
    ]


def writes_registrations(post: Post) -> bool:
    """Whether somebody has begun a registration that is not sent."""
    begun = post.tx.all(drafts.BEGUN_OF_PERSON, person=post.person.id)
    return any(head.form.startswith(REGISTERING) and head.unit == post.person.unit for head in begun)


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
    line = _("«{sheet}», being written: {who} goes on with it, every answer is kept", sheet=title, who=who(to))
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
                "writing the {what} of {year}: back with {who}", what=called, year=each.year, who=who(post.receiver)
            )
            yield Holding(line)
        else:
            line = _("writing the {what} of {year}: {who}", what=called, year=each.year, who=who(to))
            yield Holding(line, _delegating(post, each, to.id), to.id, "duty", f"{each.duty}:{each.year}")
    if post.tx.all(deadlines.DELEGATED_TO, person=post.person.id):
        yield Holding("", lambda tx, now: deadlines.take_back(tx, person=post.person.id))


def _delegating(post: Post, each: deadlines.Delegate, to: int) -> Hand:
    return lambda tx, now: deadlines.delegate(
        tx, unit=each.unit, duty=each.duty, year=each.year, person=to, by=post.by, now=now
    )


def _waiting(post: Post) -> Iterator[Holding]:
    """Return what waits for them to confirm."""
    if not heads(post.person.role):
        return
    waiting = post.tx.all(initiatives.WAITING_OF_UNIT, unit=post.person.unit)
    if not waiting:
        return
    able = who(post.head) if post.head is not None else post.plan.office.desk
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
                who=who(post.head),
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
            yield Holding(_("parts of «{sheet}»: stay in it, {who} goes on", sheet=title, who=who(writer)))
