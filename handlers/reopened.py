"""What both sides are told of what was opened once more: asked, opened, nearly over, sent, ended."""

from collections.abc import Mapping
from typing import Any

from bot.conversation import DESK, WHO, Feature, Notice, Visit, notice_codes, whose
from bot.dialogue import Button, Say
from bot.language import Part, _
from bot.movement import May
from bot.office import corrections
from bot.office.duties import reopening, submissions
from bot.office.duties import reopening_texts as texts
from bot.office.reminding import daily_extras
from storage import reopenings
from storage.reopenings import Reopening, ReopeningState


def _of(visit: Visit, about: Mapping[str, Any]) -> Reopening | None:
    return visit.tx.one(reopenings.BY_ID, id=about["id"])


def opened(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Tell the unit: the office has opened something once more. Pointless once that is over."""
    found = _of(visit, about)
    if found is None or found.state != ReopeningState.OPEN:
        return None
    keeps = [texts.keeps(found)] if submissions.sends(visit) else []
    return Say(texts.opened(visit, found), buttons=(texts.corrects(visit, found), *keeps))


def asked(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Tell the office: a unit asks to correct something. Pointless once it is answered."""
    found = _of(visit, about)
    if found is None or found.state != ReopeningState.ASKED:
        return None
    record = reopening.record_of(visit, found.record)
    lines: list[Part] = [
        _("{who} asks to correct {record}.", who=texts.who(visit, found.asked_by), record=record.name),
        _("Reason: «{reason}»", reason=found.why),
    ]
    buttons = (
        Button(_("Open {code}", code=found.record), f"/molai {found.record}"),
        Button(_("Decline {code}", code=found.record), f"/molai tuchoi {found.record}"),
    )
    return Say(lines, buttons=buttons)


def ended(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Tell either side how it has ended."""
    found = _of(visit, about)
    if found is None or found.ended is None:
        return None
    buttons: tuple[Button, ...] = ()
    if found.state in (ReopeningState.PASSED, ReopeningState.DECLINED) and reopening.answers(visit, found):
        buttons = (Button(_("Ask to correct it"), f"/dinhchinh {found.record}"),)
    return Say([texts.ended(visit, found)], buttons=buttons)


def corrected(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Tell the office: a correction was sent, and what it changes. Pointless once it was received."""
    if corrections.waiting_version(visit, about["code"]) != about["version"]:
        return None
    return Say(
        corrections.before_receiving(visit, about["code"]),
        buttons=(Button(_("Receive {code}", code=about["code"]), f"/tiepnhan {about['code']} v{about['version']}"),),
    )


def nearly_over(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Remind the unit that what was opened once more is open for a little while only."""
    mine = [visit.tx.one(reopenings.BY_ID, id=id) for id in about.get(daily_extras.REOPENED, ())]
    left = [e for e in mine if e is not None and e.state == ReopeningState.OPEN and reopening.answers(visit, e)]
    lines: list[Part] = []
    buttons: list[Button] = []
    for each in left:
        record = reopening.record_of(visit, each.record)
        last = each.day == visit.now.date()
        said = _("Today is the last day to correct {record}.", record=record.name)
        if not last:
            said = _("{record} may be corrected until the end of {day}.", record=record.name, day=each.day)
        lines += [said, _("If nothing is sent, what was sent before stays.")]
        buttons += [texts.corrects(visit, each), texts.keeps(each)]
    return Say(lines, buttons=buttons) if lines else None


def _theirs(visit: Visit, about: Mapping[str, Any]) -> bool:
    found = _of(visit, about)
    return found is not None and reopening.answers(visit, found)


def _either(visit: Visit, about: Mapping[str, Any]) -> bool:
    return _theirs(visit, about) or DESK.holds(visit)


FEATURE = Feature(
    __name__,
    notices=(
        Notice(notice_codes.REOPENED, opened, whose(WHO[May.SEND], _theirs)),
        Notice(notice_codes.REOPENING_ASKED, asked, DESK),
        Notice(notice_codes.REOPENING_ENDED, ended, whose(WHO[May.SEND], _either)),
        Notice(notice_codes.CORRECTED, corrected, DESK),
    ),
    day_parts=(Notice(daily_extras.REOPENED, nearly_over, whose(WHO[May.SEND], lambda visit, about: True)),),
)
