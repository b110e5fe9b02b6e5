"""A correction of whatever record, as both sides read it before and after it is received. Inside the transaction."""

from bot.conversation import Visit, notice_codes
from bot.dialogue import Answers, Button, Say
from bot.language import Part, Time, _
from bot.office import desk
from bot.office.duties import record_corrections, reopening, reopening_texts
from bot.office.report import correcting
from storage.reopenings import Reopening


def before_receiving(visit: Visit, code: str) -> list[Part]:
    """Return what changes if a correction is received; nothing where none waits."""
    return correcting.before_receiving(visit, code) or record_corrections.before_receiving(visit, code)


def after_receiving(visit: Visit, code: str) -> list[Part]:
    """Return what has changed by a correction that was received; nothing where there was none."""
    return correcting.after_receiving(visit, code) or record_corrections.after_receiving(visit, code)


def waiting_version(visit: Visit, code: str) -> int | None:
    """Return the number of the version that waits to be received."""
    found = correcting.pending(visit, code)
    return record_corrections.waiting_version(visit, code) if found is None else found[1].version


def tell_desk(visit: Visit, code: str, version: int) -> None:
    """Tell the office that a correction waits to be received."""
    for person in desk.people_of(visit.tx):
        visit.tell(person.id, notice_codes.CORRECTED, code=code, version=version)


def correct(visit: Visit, found: Reopening, what: str, answers: Answers, look: str) -> Say:
    """Send a correction of a plan or a sheet; say what becomes of it."""
    if record_corrections.same(visit, found.record, answers):
        return reopening_texts.nothing_changed(visit, found)
    tell_desk(visit, found.record, record_corrections.send(visit, found, what, answers))
    return _receipt(visit, found, look)


def _receipt(visit: Visit, found: Reopening, look: str) -> Say:
    """Return what whoever sent a correction gets: when, what changes, what counts until it is received."""
    record = reopening.record_of(visit, found.record)
    done = _("✅ The correction of {record} was sent at {at}.", record=record.name, at=Time(visit.said))
    counts = _("What was sent before counts until the office has received a correction.")
    changed = record_corrections.before_receiving(visit, found.record)[1:]
    return Say([done, *changed, counts], buttons=(Button(_("Look"), look),))
