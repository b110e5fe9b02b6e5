"""A second message urged by hand on one day: the office asks the Chánh Văn phòng, who agrees or does not."""

from collections.abc import Mapping
from typing import Any

from bot.conversation import DESK, HOME, MY_TASKS, Feature, Notice, Visit, allowed
from bot.dialogue import Button, Say
from bot.language import Count, Part, _
from bot.movement import May, titled
from bot.office.duties.duty_kinds import what
from bot.office.reminding import manual_reminder_filing as filing
from bot.office.reminding.manual_reminder_texts import again
from bot.office.reminding.manual_reminders import ASKED, DECLINED
from storage import people, urgings
from storage.urgings import UrgingState


def asked(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Tell the head of the office: who asks, the text, how many."""
    found = visit.tx.one(urgings.BY_ID, id=about["id"])
    by = visit.tx.one(people.BY_ID, id=found.by) if found is not None else None
    if found is None or by is None or found.state is not UrgingState.ASKED:
        return None
    lines: list[Part] = [
        _(
            "{who} asks to urge {n} receivers once more today for the {what} of {year}",
            who=titled(by),
            n=Count(about["n"]),
            what=what(visit.plan, found.duty),
            year=found.year,
        ),
        _("«{text}»", text=found.text),
        _("They have had one message today already."),
    ]
    agree, decline = f"/dondoc dongy {found.id}", f"/dondoc khong {found.id}"
    return Say(lines, buttons=(Button(_("Agree"), agree), Button(_("Not today"), decline)))


def decide(visit: Visit, agreed: bool, id: int) -> Say:
    """Take the answer of the head of the office: a second message on this day, or none."""
    if not visit.may(May.FORWARD):
        said = _("Only the head of the office decides about a second message on one day.")
    elif (done := filing.decide(visit, id, agreed=agreed)) is None:
        said = _("This has been decided already.")
    elif done.state is UrgingState.AGREED and done.told:
        said = _("✅ Agreed: {n} receivers get it now.", n=Count(done.told))
    elif done.state is UrgingState.AGREED:
        said = _("Nobody is left to be urged: all have sent, promised a day, or gone away since.")
    elif agreed:
        said = _(
            "The office hours of {day} are over, so nothing is sent to them for that day; {desk} can urge on another one.",
            day=done.day,
            desk=visit.plan.office.desk,
        )
    else:
        said = _("✅ Noted: no second message is sent today.")
    return Say([said], buttons=(HOME,))


def declined(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Tell whoever asked: not on that day, and why."""
    found = visit.tx.one(urgings.BY_ID, id=about["id"])
    if found is None:
        return None
    day = found.at.date()
    said = _("The head of the office has not agreed to a second message on {day}.", day=day)
    if about["over"]:
        said = _(
            "The head of the office agreed after the hours of {day}, so no second message was sent on that day.",
            day=day,
        )
    return Say([said], buttons=(again(visit.plan, found.duty, found.year), MY_TASKS))


FEATURE = Feature(__name__, notices=(Notice(ASKED, asked, allowed(May.FORWARD)), Notice(DECLINED, declined, DESK)))
