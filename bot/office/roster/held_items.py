"""What registered items hang on a post that somebody loses: who is in charge, named, writes. Inside the transaction."""

from collections.abc import Iterator

from bot.language import Count, _
from bot.movement import FieldType, Plan, Role
from bot.office.roster.posts_left import Hand, Holding, Post, who
from storage import holdings
from storage.people import Person


def question(plan: Plan, code: str, field: str) -> str:
    """Return what the plan calls a question about somebody of the unit; "" where it asks that no more."""
    kinds = [kind for kind in plan.kinds if code.startswith(f"{kind.prefix}-")]
    asked = [each for kind in kinds for each in kind.asked if each.type is FieldType.PERSON and each.code == field]
    return asked[0].label if asked else ""


def of(post: Post) -> Iterator[Holding]:
    """Yield every item that hangs on a post."""
    yield from _in_charge(post)
    yield from _named(post)
    yield from _unconfirmed(post)


def _in_charge(post: Post) -> Iterator[Holding]:
    """Return the tasks they are in charge of."""
    to = post.receiver
    for item in post.tx.all(holdings.IN_CHARGE, person=post.person.id, unit=post.person.unit, since=post.since):
        if to is None:
            yield Holding(_("{code}: nobody is there to be in charge; the name stays", code=item.code))
        else:
            line = _("{code}: {who} is in charge", code=item.code, who=who(to))
            yield Holding(line, _charging(item.id, to.id), to.id, "charge", item.code)


def _named(post: Post) -> Iterator[Holding]:
    """Return the items in whose answers they are named: a plan of an office may ask for somebody of the unit."""
    to = post.receiver
    for item in post.tx.all(holdings.NAMED, person=post.person.id, unit=post.person.unit, since=post.since):
        label = question(post.plan, item.code, item.field)
        if not label:
            continue
        if to is None:
            yield Holding(
                _("{code}, «{question}»: nobody is there instead; the name stays", code=item.code, question=label)
            )
        else:
            line = _("{code}, «{question}»: {who}", code=item.code, question=label, who=who(to))
            yield Holding(line, _naming(item.id, item.field, to.id), to.id, "named", f"{item.code}:{item.field}")


def _charging(item: int, to: int) -> Hand:
    return lambda tx, now: holdings.set_charge(tx, id=item, person=to)


def _naming(item: int, field: str, to: int) -> Hand:
    return lambda tx, now: holdings.set_named(tx, id=item, field=field, person=to)


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
                "{code}, returned to be completed: {who} completes it; its authors stay", code=item.code, who=who(to)
            )
            yield Holding(line, _writing(item.id, to.id), to.id, "returned", item.code)
        else:
            line = _(
                "{code}, waits to be confirmed: {who} may change it meanwhile; its authors stay",
                code=item.code,
                who=who(to),
            )
            yield Holding(line, _writing(item.id, to.id), to.id, "written", item.code)


def _only_writes(post: Post, to: Person) -> bool:
    """Whether somebody does not confirm in this unit: who has a sheet in hand does not confirm it."""
    return not post.heads and to.role in (Role.OFFICER, Role.DRAFTER)


def authored(post: Post) -> Iterator[Holding]:
    items = post.tx.one(holdings.AUTHORED, person=post.person.id, since=post.since) or 0
    if items:
        yield Holding(_("author of {n} sheets: stays so", n=Count(items)))
