"""A role that takes two people: the second one says yes, or no with or without a reason, in their own chat."""

from collections.abc import Mapping
from typing import Any

from bot.conversation import HOME, MY_TASKS, Command, Conversation, Feature, Notice, Visit, only
from bot.dialogue import Answers, Button, Field, Form, Line, Say
from bot.language import Part, Time, Weekday, _, number
from bot.movement import AGREE, Role, by_post, titled
from bot.office.duties.item_texts import versioned
from bot.office.roster import personnel_asking
from bot.office.roster.personnel_asking import ASKED, Proposal
from storage import people, post_changes
from storage.post_changes import PostChange, PostState

SECOND = only(_("the head of the office itself, a leader or the administrator"), *AGREE)
BACK = (Button(_("What waits for a second yes"), "/ykiennhansu"), MY_TASKS, HOME)


def run(visit: Visit, args: str) -> Say:
    """Answer «/ykiennhansu»: what waits; «dongy 17», «khong 17», «lydo 17» behind its buttons."""
    said, version = versioned(args)
    verb, id = (*said, "", "")[:2]
    row = visit.tx.one(post_changes.BY_ID, id=number(id) or 0)
    if verb not in ("xem", "dongy", "khong", "lydo"):
        return _list(visit)
    if row is None or row.state is PostState.SHOWN:
        return Say([_("There is no such proposal.")], buttons=BACK)
    found = personnel_asking.looked_at_again(visit, row)
    if (why := personnel_asking.why_not(visit, found)) is not None:
        return Say([why], buttons=BACK)
    if verb == "lydo":
        return visit.open(DECLINED, str(row.id))
    if verb == "khong":
        return _decline(visit, row, "")
    if verb == "xem" or version is None:
        return _shown(visit, found)
    if version != personnel_asking.stamp(visit, found.change):
        return _shown(visit, found, _("⚠️ Something has changed since, so nothing was written. This is how it is now:"))
    personnel_asking.agree(visit, found)
    return Say(
        [_("✅ {You_name} agreed at {at}; it is done.", at=Time(visit.said)), *personnel_asking.lines_of(found.change)],
        buttons=BACK,
    )


def _list(visit: Visit) -> Say:
    """Return what waits for this person's yes."""
    lines: list[Part] = []
    buttons = []
    for row in visit.tx.all(post_changes.ASKED):
        found = personnel_asking.looked_at_again(visit, row)
        person = visit.tx.one(people.BY_ID, id=row.post)
        if (
            person is not None
            and visit.me.id in [each.id for each in found.seconds]
            and not personnel_asking.late(visit, row)
        ):
            lines.append(_("{who}, until {day}", who=titled(person), day=row.until))
            buttons.append(Button(titled(person), f"/ykiennhansu xem {row.id}"))
    if not lines:
        return Say([_("Nothing waits for {you_name} to agree to.")], buttons=(MY_TASKS, HOME))
    return Say([_("What waits for a second yes"), *lines], buttons=(*buttons[:8], HOME))


def _shown(visit: Visit, found: Proposal, *first: Part) -> Say:
    """Return what is proposed, by whom, until when, and the three answers."""
    row = found.row
    assert row is not None
    by = visit.tx.one(people.BY_ID, id=row.by) if row.by is not None else None
    lines: list[Part] = [*first]
    if by is not None and visit.me.role == Role.LEADER:
        lines.append(
            _("Reporting to {whom}: {who} proposes a change of personnel.", whom=by_post(visit.me), who=titled(by))
        )
    elif by is not None:
        lines.append(_("{who} proposes a change of personnel that needs the yes of a second person.", who=titled(by)))
    lines += personnel_asking.lines_of(found.change)
    if row.until is not None:
        lines.append(
            _("The answer is awaited until the end of {day} ({weekday}).", day=row.until, weekday=Weekday(row.until))
        )
    agree = f"/ykiennhansu dongy {row.id} v{personnel_asking.stamp(visit, found.change)}"
    return Say(
        lines,
        buttons=(
            Button(_("Agree"), agree),
            Button(_("Do not agree"), f"/ykiennhansu khong {row.id}"),
            Button(_("Do not agree, with a reason"), f"/ykiennhansu lydo {row.id}"),
        ),
    )


def asked(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Tell a second person what is proposed, as it is now; nothing where it has ended."""
    row = visit.tx.one(post_changes.BY_ID, id=about["change"])
    if row is None or row.state is not PostState.ASKED:
        return None
    found = personnel_asking.looked_at_again(visit, row)
    if found.why is not None or visit.me.id not in [each.id for each in found.seconds]:
        return None
    return _shown(visit, found)


# A no with its reason -------------------------------------------------------------------------

FORM = Form(
    "post_declined",
    title=lambda answers, scene: _("Not agreeing to a change of personnel"),
    fields=(
        Field(
            "reason",
            _("Reason"),
            _("Why not? Whoever proposed it reads it."),
            Line(shortest=5, longest=300),
            example=_("The decision has not been signed yet"),
            skip=_("No reason"),
        ),
    ),
    send=lambda answers, scene: _("Send the answer"),
    at_once=True,
)


def decline(visit: Visit, subject: str, answers: Answers) -> Say:
    """Keep the no, if it is still this person's to say."""
    row = visit.tx.one(post_changes.BY_ID, id=number(subject) or 0)
    if row is None:
        return Say([_("There is no such proposal.")], buttons=BACK)
    found = personnel_asking.looked_at_again(visit, row)
    if (why := personnel_asking.why_not(visit, found)) is not None:
        return Say([why], buttons=BACK)
    return _decline(visit, row, str(answers.get("reason") or ""))


def _decline(visit: Visit, row: PostChange, reason: str) -> Say:
    personnel_asking.decline(visit, row, reason)
    return Say([_("✅ Noted: nothing is changed. Whoever proposed it is told once.")], buttons=BACK)


CONSENT = Command("ykiennhansu", _("A second yes"), _("second yes"), run, SECOND, listed=False, acts=("*",))
DECLINED = Conversation(
    "post_declined",
    title=lambda plan, subject: _("Not agreeing to a change of personnel"),
    form=lambda plan: FORM,
    file=decline,
    serves=SECOND,
)
FEATURE = Feature(__name__, commands=(CONSENT,), forms=(DECLINED,), notices=(Notice(ASKED, asked, SECOND),))
