"""What has become of an item, step by step: who did what on which day. Inside the transaction; changes nothing."""

from collections.abc import Mapping, Sequence

from bot.conversation import Visit
from bot.language import Part, Text, Time, _
from bot.movement import titled
from bot.office.items.item_moves import ItemMove
from storage import audit, item_requests, people, recognitions
from storage.initiatives import LEFT, Initiative, ItemState

STEPS: Mapping[str, Text] = {
    "registered": _("registered"),
    ItemMove.CHANGE: _("changed and sent again"),
    ItemMove.CONFIRM: _("confirmed for the unit"),
    ItemMove.RETURN: _("returned to be completed"),
    ItemMove.WITHDRAW: _("withdrawn by whoever wrote it"),
    ItemMove.CANCEL: _("cancelled by the unit"),
    ItemMove.RECEIVE: _("received by the office"),
    "receiving_undone": _("the receipt was taken back"),
    ItemMove.SEND_BACK: _("sent back by the office, to be completed"),
    ItemMove.REJECT: _("rejected by the office"),
    ItemMove.APPLY: _("first application noted"),
    ItemMove.REQUEST: _("recognition asked for"),
    ItemMove.TAKE_REQUEST_BACK: _("request taken back"),
    ItemMove.ASK_SUPPLEMENT: _("the office asks for the request to be completed"),
    ItemMove.COMPLETE: _("the request is complete"),
    ItemMove.RECOGNISE: _("recognition recorded"),
    ItemMove.UNRECOGNISE: _("recognition taken back"),
    ItemMove.DECLINE: _("not recognised"),
    "share_agreed": _("agrees to the share"),
    "share_declined": _("does not agree to the share"),
    "progress_noted": _("progress noted"),
    "copied": _("copied to the next year"),
    "filed_for_unit": _("filed by the office for the unit"),
    "taken_over": _("taken over from paper"),
    "reopened": _("opened once more to be corrected"),
    "correction_asked": _("asked to be corrected"),
    "correction_sent": _("correction sent"),
}
"""The audit's words that are steps of an item; what else is noted of it is nobody's business on this page."""
BEGINS = frozenset({"registered", "filed_for_unit", "taken_over"})
"""Steps with which an item begins; what was entered before there was an audit has none."""
MOST = 40
"""Steps that are shown, the newest."""


def lines(visit: Visit, item: Initiative) -> list[Part]:
    """Return the steps of an item, the oldest first, and what comes next."""
    steps = [each for each in visit.tx.all(audit.ABOUT, about=item.code) if each.what in STEPS]
    found: list[Part] = [_("What has become of {code}", code=item.code), _("«{title}»", title=item.title)]
    if not any(each.what in BEGINS for each in steps):
        found.append(_("{at} · registered", at=Time(item.at)))
    if len(steps) > MOST:
        found.append(_("The newest {n} steps:", n=MOST))
    for each in steps[-MOST:]:
        person = None if each.person is None else visit.tx.one(people.BY_ID, id=each.person)
        what = STEPS[each.what]
        if person is None:
            found.append(_("{at} · {what}", at=Time(each.at), what=what))
        else:
            found.append(_("{at} · {what} · {who}", at=Time(each.at), what=what, who=titled(person)))
    for asked in visit.tx.all(item_requests.SUPPLEMENTS, id=item.id):
        found.append(_("To be added until {day}: «{what}»", day=asked.due, what=asked.what))
    for decided in visit.tx.all(recognitions.OF_ITEM, id=item.id):
        level = next((level.name for level in visit.plan.levels if level.code == decided.level), decided.level)
        found.append(
            _(
                "✅ Recognised at {level} level, decision {decision} of {day}",
                level=level,
                decision=decided.decision,
                day=decided.day,
            )
        )
    return [*found, *_next(visit, item)]


def _next(visit: Visit, item: Initiative) -> Sequence[Part]:
    """Say what comes next, and who does it."""
    said: Mapping[ItemState, Part] = {
        ItemState.SENT: _("Next: the unit confirms it."),
        ItemState.RETURNED: _("Next: whoever wrote it completes it."),
        ItemState.CONFIRMED: _("Next: the office receives it."),
        ItemState.RECEIVED: _("Next: it is applied, then its authors ask for recognition."),
        ItemState.REQUESTED: _("Next: the office says whether the request is complete."),
        ItemState.INCOMPLETE: _("Next: its authors complete the request."),
        ItemState.COMPLETE: _("Next: the council looks at it, and the office records the decision."),
        ItemState.DECLINED: _("Reason: «{reason}»", reason=item.reason),
    }
    if item.state is ItemState.RECEIVED and not any(k.code == item.kind and k.recognised for k in visit.plan.kinds):
        return []
    if item.state in LEFT:
        return [_("Reason: «{reason}»", reason=item.reason)] if item.reason else []
    return [said[item.state]] if item.state in said else []
