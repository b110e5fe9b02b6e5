"""What is said of a record that was opened once more: to the unit that corrects it, to the office that has opened it."""

from bot.conversation import HOME, Visit
from bot.dialogue import Button, Say
from bot.language import Part, Weekday, _
from bot.movement import titled
from bot.office.duties import item_texts, reopening
from bot.office.duties.reopening import RecordNamed
from storage import initiatives, people
from storage.reopenings import Reopening, ReopeningState


def who(visit: Visit, person: int | None) -> Part:
    """Name somebody by their post; the office where nobody is known."""
    found = None if person is None else visit.tx.one(people.BY_ID, id=person)
    return _("the office") if found is None else titled(found)


def corrects(visit: Visit, found: Reopening) -> Button:
    """Offer to open the record where it is corrected."""
    label = _("Open it to correct")
    if found.what == "results":
        return Button(label, f"/baocao sua {found.year}")
    if found.what == "plan":
        return Button(label, f"/kehoach sua {found.year}")
    if found.what == "list":
        return Button(label, f"/xacnhan chot {found.year}")
    item = visit.tx.one(initiatives.BY_CODE, code=found.record)
    if item is None or not item_texts.writes(visit, item):  # whoever wrote it corrects it
        return Button(_("See the sheet"), f"/cuatoi {found.record}")
    return Button(label, f"/cuatoi sua {found.record}")


def way_on(visit: Visit, code: str) -> Button:
    """Offer whoever sends for the unit what can be done with a record that is received: correct it, or ask to."""
    found = reopening.lets(visit, code)
    return Button(_("Ask to correct it"), f"/dinhchinh {code}") if found is None else corrects(visit, found)


def counts_until(record: RecordNamed) -> Part:
    """Say what counts until a record has been corrected: a list is corrected by being closed again."""
    if record.what == "list":
        return _("The list as it was closed counts until the head of the unit closes it again.")
    return _("What was sent before counts until the office has received a correction.")


def keeps(found: Reopening) -> Button:
    """Offer to leave it as it was sent."""
    return Button(_("Leave it as it was sent"), f"/dinhchinh giu {found.record}")


def under_way(visit: Visit, found: Reopening, record: RecordNamed) -> Part:
    """Say that a record is opened, or that it is asked for: a second time does nothing."""
    if found.state == ReopeningState.ASKED:
        return _(
            "{who} asked on {day} to correct {record}: «{why}». The office has not answered yet.",
            who=who(visit, found.asked_by),
            day=found.asked.date() if found.asked else "",
            record=record.name,
            why=found.why,
        )
    if found.state == ReopeningState.SENT:
        return _("A correction of {record} was sent and waits to be received.", record=record.name)
    assert found.day is not None
    assert found.at is not None
    return _(
        "{record} was opened on {at} by {who}, until the end of {day}: «{reason}».",
        record=record.name,
        at=found.at.date(),
        who=who(visit, found.by),
        day=found.day,
        reason=found.reason,
    )


def opened(visit: Visit, found: Reopening) -> list[Part]:
    """Say to the unit: what is open once more, why, until when, by whom."""
    assert found.day is not None
    record = reopening.record_of(visit, found.record)
    head: list[Part] = [
        _("{who} has opened {record} once more, to be corrected.", who=who(visit, found.by), record=record.name),
        _("Reason: «{reason}»", reason=found.reason),
    ]
    if found.what == "list":
        until = _(
            "Sheets may be added, and the list closed again, until the end of {day} ({weekday}). The list as it was closed counts until then.",
            day=found.day,
            weekday=Weekday(found.day),
        )
        return [*head, until]
    return [
        *head,
        _(
            "It may be sent until the end of {day} ({weekday}). What was sent before counts until the office has received the correction.",
            day=found.day,
            weekday=Weekday(found.day),
        ),
    ]


def too_late(visit: Visit, code: str) -> Say | None:
    """Say that the time for a correction is over; None where none was open."""
    found = reopening.live(visit, code)
    if found is None or found.day is None or visit.said.date() <= found.day:
        return None
    record = reopening.record_of(visit, code)
    return Say(
        [
            _(
                "The time to correct {record} was over at the end of {day}; what was sent before stays. If it is still needed, please ask for another day.",
                record=record.name,
                day=found.day,
            )
        ],
        buttons=(Button(_("Ask to correct it"), f"/dinhchinh {code}"), HOME),
    )


def nothing_changed(visit: Visit, found: Reopening) -> Say:
    """Say that what would be sent is what was sent: that is an answer of its own."""
    record = reopening.record_of(visit, found.record)
    return Say(
        [
            _(
                "Nothing has changed in {record}, so nothing was sent. If it is right as it was sent, please choose «Leave it as it was sent».",
                record=record.name,
            )
        ],
        buttons=(keeps(found), corrects(visit, found), HOME),
    )


def ended(visit: Visit, found: Reopening) -> Part:
    """Say how a reopening has ended, seen from either side."""
    record = reopening.record_of(visit, found.record).name
    by = who(visit, found.ended_by)
    match found.state:
        case ReopeningState.KEPT:
            return _("{who} leaves {record} as it was sent; what counted goes on counting.", who=by, record=record)
        case ReopeningState.CLOSED:
            return _(
                "{who} has closed {record} again: «{said}». What was sent before stays.",
                who=by,
                record=record,
                said=found.said,
            )
        case ReopeningState.DECLINED:
            return _("{who} does not open {record}: «{said}».", who=by, record=record, said=found.said)
        case ReopeningState.WITHDRAWN:
            return _("{who} does not ask any more to correct {record}.", who=by, record=record)
        case ReopeningState.PASSED:
            assert found.day is not None
            return _(
                "The time to correct {record} was over at the end of {day} and nothing was sent; what was sent before stays.",
                record=record,
                day=found.day,
            )
    if found.what == "list":  # its head closes it again, and that counts at once
        return _("{who} has closed the {record} again.", who=by, record=record)
    return _("A correction of {record} was received.", record=record)
