"""Word of a change of personnel: to whose post it is, to whoever took over, to the heads, to whoever asked for it."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from bot.conversation import EVERYBODY, HOME, MY_TASKS, WHO, Feature, Notice, Visit, allowed, whose
from bot.dialogue import Button, Say
from bot.language import Part, Text, _
from bot.movement import May, heads, titled
from bot.office.duties.duty_kinds import what
from bot.office.report import sharing
from bot.office.roster import held_items, personnel_asking
from bot.office.roster.personnel import CHANGED, DECIDED, HANDED, STAFF
from bot.office.roster.personnel_asking import UNANSWERED
from storage import drafts, people, post_changes
from storage.post_changes import PostChange, PostState


def changed(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Tell whoever's post was changed: what it is now; nothing where it has been changed once more."""
    me = visit.me
    if (me.role, me.unit, me.name) != (about["role"], about["unit"], about["name"]):
        return None
    by = visit.tx.one(people.BY_ID, id=about["by"]) if about.get("by") is not None else None
    first = _("{You}r entry in the assistant was changed by the administrator at the server.")
    if by is not None:
        first = _("{who} has changed {you}r entry in the assistant.", who=titled(by))
    now = _(
        "Now: {name}, {unit}, role «{role}».", name=titled(me), unit=me.unit_name, role=visit.plan.roles.word(me.role)
    )
    return Say(
        [first, now, _("If that is not right, please tell {desk}.", desk=visit.plan.office.desk)],
        buttons=(MY_TASKS, HOME),
    )


def _row(visit: Visit, about: Mapping[str, Any]) -> PostChange | None:
    return visit.tx.one(post_changes.BY_ID, id=about["change"])


def _theirs(visit: Visit, about: Mapping[str, Any]) -> bool:
    row = _row(visit, about)
    return row is not None and any(to == visit.me.id for to, _kind, _what in row.handed)


def handed(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Tell whoever took over what came to them."""
    row = _row(visit, about)
    before = visit.tx.one(people.BY_ID, id=row.post) if row is not None else None
    if row is None or before is None:
        return None
    lines = list(_given(visit, row))
    if not lines:
        return None
    first = _("{who} has handed over; from now on {you_name} takes care of:", who=titled(before))
    return Say([first, *lines], buttons=(MY_TASKS, HOME))


def _given(visit: Visit, row: PostChange) -> Iterator[Part]:
    """Yield what came to this person, as far as it is still so."""
    for to, kind, ref in row.handed:
        if to != visit.me.id:
            continue
        if kind == "draft":
            head = visit.tx.one(drafts.BY_ID, id=int(ref))
            conversation = visit.office.features.forms.get(head.form) if head is not None else None
            if head is not None and conversation is not None and head.person == to:
                yield _("- «{sheet}», being written", sheet=conversation.title(visit.plan, head.subject))
        elif kind == "confirm":
            yield _("- sheets that wait to be confirmed")
        elif kind in ("duty", "promise"):
            duty, year, *day = ref.split(":")
            name = what(visit.plan, duty)
            if day:
                yield _(
                    "- the {what} of {year}, promised for {day}", what=name, year=year, day=date.fromisoformat(day[0])
                )
            else:
                yield _("- writing the {what} of {year}", what=name, year=year)
        elif kind == "part":
            part, year = ref.rsplit(":", 1)
            yield _("- «{part}» of the report of {year}", part=sharing.names(visit, [part]), year=int(year))
        else:
            yield _given_item(visit, kind, ref)


def _given_item(visit: Visit, kind: str, ref: str) -> Text:
    code, _colon, field = ref.partition(":")
    if kind == "named":
        return _("- {code}: «{question}»", code=code, question=held_items.question(visit.plan, code, field))
    if kind == "charge":
        return _("- {code}: in charge of it", code=code)
    if kind == "difficulty":
        return _("- {code}: to be answered", code=code)
    if kind == "returned":
        return _("- {code}: returned to be completed", code=code)
    return _("- {code}: waits to be confirmed", code=code)


def _heads_it(visit: Visit, about: Mapping[str, Any]) -> bool:
    return visit.me.unit == about["unit"] and heads(visit.me.role)


def staff(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Tell the head of a unit who has gone, come, or is something else."""
    row = _row(visit, about)
    person = visit.tx.one(people.BY_ID, id=row.post) if row is not None else None
    if row is None or person is None:
        return None
    if not person.active:
        said = _("{who} does not work in the unit any more.", who=titled(person))
    elif person.unit != about["unit"]:
        said = _("{who} is in {unit} now.", who=titled(person), unit=person.unit_name)
    else:
        said = _("{who} is in the unit as «{role}» now.", who=titled(person), role=visit.plan.roles.word(person.role))
    return Say([said], buttons=(MY_TASKS, HOME))


def _asked_it(visit: Visit, about: Mapping[str, Any]) -> bool:
    row = _row(visit, about)
    return row is not None and row.by == visit.me.id and visit.may(May.INVITE)


def decided(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Tell whoever proposed a change what became of it."""
    row = _row(visit, about)
    person = visit.tx.one(people.BY_ID, id=row.post) if row is not None else None
    if row is None or person is None or (said := personnel_asking.how_it_ended(visit, row)) is None:
        return None
    lines: list[Part] = [_("The change of personnel of {who}", who=titled(person)), said]
    if row.state is PostState.DECLINED and row.reason:
        lines.append(_("Reason: «{reason}»", reason=row.reason))
    return Say(lines, buttons=(Button(_("Personnel"), "/nhansu"), HOME))


def unanswered(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Tell whoever proposed a change that nobody has answered in its days; nothing where somebody has."""
    row = _row(visit, about)
    person = visit.tx.one(people.BY_ID, id=row.post) if row is not None else None
    if row is None or person is None or row.state is not PostState.ASKED or not personnel_asking.late(visit, row):
        return None
    lines: list[Part] = [
        _("The change of personnel of {who}", who=titled(person)),
        _("Nobody answered until the end of {day}, so nothing was changed. It can be proposed anew.", day=row.until),
    ]
    return Say(lines, buttons=(Button(_("Personnel"), "/nhansu"), HOME))


FEATURE = Feature(
    __name__,
    notices=(
        Notice(CHANGED, changed, EVERYBODY),
        Notice(HANDED, handed, whose(WHO[May.DRAFT], _theirs)),
        Notice(STAFF, staff, allowed(May.SEND, of=_heads_it)),
        Notice(DECIDED, decided, whose(WHO[May.INVITE], _asked_it)),
        Notice(UNANSWERED, unanswered, whose(WHO[May.INVITE], _asked_it)),
    ),
)
