"""Sheets being written: whose each one is now, and why somebody may not go on with one. Inside the transaction.

A sheet belongs to one person and one unit. What a person may not go on with is kept where it may be theirs
again or a colleague's, and closed when they have left its unit.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.conversation.buttons import HOME, MY_TASKS
from bot.conversation.context import Visit
from bot.dialogue import Say
from bot.language import Part, _
from bot.movement import titled
from storage import chats, drafts, people
from storage.drafts import DraftState, Head

BACK = (MY_TASKS, HOME)


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a sheet is not this person's to go on with."""

    lines: Sequence[Part]
    left: bool = False
    """Whether they have left the unit it belongs to."""

    def say(self) -> Say:
        """Make an answer of it."""
        return Say(self.lines, buttons=BACK)


def refused(visit: Visit, head: Head) -> Refused | None:
    """Say why this person may not go on with this sheet now; None when they may."""
    if visit.person is None:
        return Refused([_("This sheet has been sent or deleted.")])
    conversation = visit.office.features.forms.get(head.form)
    if head.state is not DraftState.OPEN:
        return Refused([_("This sheet has been sent or deleted.")])
    changed = head.plan_hash != visit.office.plan_hash
    if conversation is None or (changed and conversation.of(visit.plan) is None):
        return Refused([_("The plan has changed and has no such sheet any more. Every answer is kept.")])
    if head.person != visit.me.id:
        writer = visit.tx.one(people.BY_ID, id=head.person) if head.person is not None else None
        if writer is not None and writer.unit == visit.me.unit:
            return Refused([_("This sheet lies with {who} now; every answer is kept.", who=titled(writer))])
        # Whose it is, is nobody's business elsewhere; who has written in it hears that it stayed behind.
        if visit.me.id not in [each.person for each in visit.tx.all(drafts.WRITERS, draft=head.id)]:
            return Refused([_("This sheet has been sent or deleted.")])
    if head.unit != visit.me.unit:
        return Refused(_left_behind(visit, head), left=head.person == visit.me.id)
    if not conversation.serves.holds(visit, head.subject):
        return Refused(
            [
                _("This is done by {who} now, so nothing was taken.", who=conversation.serves.who),
                _("Every answer so far is kept."),
            ]
        )
    if (over := conversation.over(visit, head.subject)) is not None:
        return Refused([over, _("Every answer so far is kept.")])
    return None


def _left_behind(visit: Visit, head: Head) -> Sequence[Part]:
    unit = visit.tx.one(people.UNIT, code=head.unit)
    name = unit.name if unit else head.unit
    return [
        _("This sheet belongs to {unit}. {You} belong to another unit now, so it is closed here.", unit=name),
        _("What was written is kept for {unit}; please tell its head, or begin a new sheet.", unit=name),
    ]


def put_down(visit: Visit) -> Refused | None:
    """Close the question that is open here when this person may not go on with its sheet, and say why; else None."""
    head = visit.focused
    if head is None or head.state is not DraftState.OPEN or (why := refused(visit, head)) is None:
        return None
    chats.focus(visit.tx, chat=visit.chat.id, draft=None)
    close(visit, head, why)
    return why


def close(visit: Visit, head: Head, why: Refused) -> None:
    """Archive a sheet of a unit that its writer has left, unless it is the unit's own: a colleague goes on with that."""
    if why.left and not visit.office.features.forms[head.form].shared:
        drafts.put_away(visit.tx, id=head.id)


def mine(visit: Visit) -> list[Head]:
    """Return the sheets that this person has begun and may go on with now, the newest first."""
    return [head for head in visit.tx.all(drafts.BEGUN_OF_PERSON, person=visit.me.id) if refused(visit, head) is None]


def without(visit: Visit) -> Visit:
    """Return the same turn with no question open."""
    return replace(visit, chat=replace(visit.chat, focus=None))
