"""Files that were sent for a record: who may open them, asked of the person as they are now. Inside the transaction.

One function decides, `closed`: it is asked when a file is opened in a chat, when the page fetches it, and when a link is used.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.conversation import Visit
from bot.dialogue import Button
from bot.language import Count, Part, Text, Time, _, number, record_codes
from bot.movement import May
from bot.office.difficulties import difficulty_moves
from bot.office.duties import item_access, item_texts, submissions
from bot.office.notes import note_access
from storage import (
    announcements,
    difficulties,
    files,
    initiatives,
    item_answers,
    office_papers,
    people,
    request_answers,
    requests,
    results,
    unit_plans,
)
from storage.announcements import Announcement
from storage.files import File
from storage.initiatives import LEFT


@dataclass(frozen=True, slots=True)
class FiledRecord:
    """Something that files were sent for."""

    code: str
    called: Part
    """Its title, or what it is."""
    unit_name: str


def named(visit: Visit, said: str) -> str | None:
    """Return the code of the record that was said: «SK-2027-012», «sk 12», «kh 2027 qlxd»; None for none."""
    item = item_texts.find(visit, said, lambda item: item_access.may_see(visit, item))
    if item is not None:
        return item.code
    return next((code for code in visit.tx.all(files.CODES) if record_codes.same(said, code)), None)


def of(visit: Visit, code: str) -> FiledRecord | None:
    """Return a record by its code; None where there is none."""
    if (item := visit.tx.one(initiatives.BY_CODE, code=code)) is not None:
        return FiledRecord(code, _("«{title}»", title=item.title), item.unit_name)
    if (announced := _announcement(visit, code)) is not None:
        sender = visit.tx.one(people.BY_ID, id=announced.by)
        return FiledRecord(code, _("announcement"), "" if sender is None else sender.unit_name)
    if (note := note_access.of_record(visit, code)) is not None:
        return FiledRecord(code, _("note of {day}", day=note.day), note.unit_name)
    if (raised := visit.tx.one(difficulties.BY_CODE, code=code)) is not None:
        return FiledRecord(code, _("difficulty"), raised.unit_name)
    if (asked := _asked(visit, code)) is not None:
        return asked
    if code.startswith(f"{office_papers.RECORD}-"):
        return FiledRecord(code, _("the office's report"), visit.plan.office.desk)
    unit = visit.tx.one(people.UNIT, code=_unit_of(code))
    if unit is None:
        return None
    return FiledRecord(code, _called(visit, code), unit.name)


def _asked(visit: Visit, code: str) -> FiledRecord | None:
    """Return the answer to a request of the office: «YC-2027-01-QLXD»."""
    request = visit.tx.one(requests.BY_CODE, code="-".join(code.split("-")[:3]))
    receiver = "-".join(code.split("-")[3:])
    found = None if request is None else visit.tx.one(request_answers.RECEIVER, request=request.id, receiver=receiver)
    if request is None or found is None:
        return None
    return FiledRecord(code, _("the answer to {code} «{title}»", code=request.code, title=request.title), found.name)


def _called(visit: Visit, code: str) -> Part:
    plan = visit.tx.one(unit_plans.BY_CODE, code=code)
    if plan is not None and (duty := visit.plan.done_by("plan")) is not None:
        return _("{what} of {year}", what=duty.called, year=plan.year)
    report = visit.tx.one(results.BY_CODE, code=code)
    if report is not None:
        return _("{what} of {year}", what=visit.plan.reports.called, year=report.year)
    return _("what was sent")


def _unit_of(code: str) -> str:
    """Return the unit of a plan or a report: «KH-2027-QLXD»."""
    return "-".join(code.split("-")[2:])


def closed(visit: Visit, code: str) -> Text | None:
    """Return why this person may not open the files of a record, as they and the record are now; None where they may."""
    none = _("There is no record {code} whose files {you_name} may open.", code=code)
    if visit.person is None or not visit.person.active:
        return none
    if (announced := _announcement(visit, code)) is not None:
        return None if _announced_to(visit, announced) else none
    if (note := note_access.of_record(visit, code)) is not None:
        return None if note_access.reads(visit, note) else none
    if (raised := visit.tx.one(difficulties.BY_CODE, code=code)) is not None:
        return None if difficulty_moves.sees(visit, raised) else none
    item = visit.tx.one(initiatives.BY_CODE, code=code)
    if item is None:
        return None if _of_unit(visit, code) else none
    if not item_access.may_see(visit, item):
        return none
    if item.state in LEFT and not item_access.theirs(visit, item):
        return _(
            "Sheet {code} is {state} since {at}; since then only its authors open its files.",
            code=code,
            state=item_texts.STATES[item.state],
            at=Time(item.changed),
        )
    return None


def unreadable(visit: Visit, file: File) -> Text | None:
    """Return why a file that was shown in this chat may not be read in it now; None where it may.

    What somebody has sent themselves stays theirs where they have sent it.
    """
    if not file.record:
        return None
    if file.replaced is not None:
        return _(
            "This file of {code} was replaced at {at}. To open what stands there now: file {code}",
            code=file.record,
            at=Time(file.replaced),
        )
    if visit.person is not None and file.chat == visit.chat.id and file.person in _posts(visit):
        return None
    return closed(visit, file.record)


def _posts(visit: Visit) -> list[int]:
    return visit.tx.all(people.EVERY_POST, person=visit.me.id)


def _announcement(visit: Visit, code: str) -> Announcement | None:
    """Return the announcement that files were sent for: «TB-12»."""
    prefix, _dash, n = code.partition("-")
    id = number(n) if prefix == announcements.PREFIX else None
    return None if id is None else visit.tx.one(announcements.BY_ID, id=id)


def _announced_to(visit: Visit, announced: Announcement) -> bool:
    """Whether it has gone to this person, is theirs, or is the desk's that they are of."""
    if announced.by in _posts(visit) or (announced.of_union is None and visit.may(May.RECEIVE)):
        return True
    return bool(visit.tx.all(announcements.RECEIVED_BY, id=announced.id, posts=_posts(visit)))


def _of_unit(visit: Visit, code: str) -> bool:
    """Whether a plan, a report or a paper is theirs to see: the office's, the unit's; the leaders' once it was received."""
    if visit.may(May.RECEIVE):
        return True
    if _asked(visit, code) is not None:
        receiver = "-".join(code.split("-")[3:])
        sends = receiver in item_access.units(visit) and (visit.may(May.DRAFT) or submissions.sends(visit))
        return visit.may(May.SUMMARISE) or receiver == f"@{visit.me.id}" or sends
    plan, report = visit.tx.one(unit_plans.BY_CODE, code=code), visit.tx.one(results.BY_CODE, code=code)
    if visit.may(May.SUMMARISE):
        return any(each is not None and each.received is not None for each in (plan, report))
    if _unit_of(code) not in item_access.units(visit):
        return False
    duty = visit.plan.done_by("plan") if plan is not None else visit.plan.reports if report is not None else None
    year = plan.year if plan is not None else report.year if report is not None else 0
    if duty is None:
        return submissions.sends(visit)
    return submissions.drafts_for(visit, duty.code, year)


def erased(visit: Visit, code: str) -> int:
    """Return how many files an item names that are there no more: they were erased."""
    item = visit.tx.one(initiatives.BY_CODE, code=code)
    answers = {} if item is None else item_answers.of(visit.tx, item.id)
    named = [id for value in answers.values() if isinstance(value, dict) for id in value.get("files", ())]
    return sum(visit.tx.one(files.BY_ID, id=id) is None for id in named)


def button(visit: Visit, code: str) -> Sequence[Button]:
    """Return the button that opens the files of a record; none where it has none, or where they are not theirs to open."""
    n = len(visit.tx.all(files.OF_RECORD, record=code))
    if not n or closed(visit, code) is not None:
        return ()
    return (Button(_("Open the files ({n})", n=n), f"/tep {code}"),)


def buttons(visit: Visit, codes: Sequence[str]) -> list[Button]:
    """Return a button for each of several records that has files."""
    return [Button(_("Files of {code}", code=code), f"/tep {code}") for code in codes if button(visit, code)]


def line(n: int, file: File) -> Part:
    """Return a file in one line of a list."""
    return _("{n}. 📎 {name} ({size}), sent at {at}", n=n, name=file.name, size=size(file.size), at=Time(file.at))


def size(of: int) -> Part:
    """Say how large a file is."""
    if of < 1_000_000:
        return _("{n} KB", n=Decimal(max(1, round(of / 1000))))
    return _("{n} MB", n=Decimal(round(of / 100_000)) / 10)


def note_opened(visit: Visit, code: str, opened: Sequence[File]) -> None:
    """Note in the audit that somebody has opened what others have sent."""
    mine = _posts(visit)
    others = [file.id for file in opened if file.person not in mine]
    if others:
        visit.note("file_opened", code, files=others)


def recent(visit: Visit, most: int) -> list[tuple[str, Part]]:
    """Return the newest records whose files this person may open, each with a line for a list."""
    found: list[tuple[str, Part]] = []
    for code in visit.tx.all(files.RECORDS):
        if closed(visit, code) is None and (record := of(visit, code)) is not None:
            n = Count(len(visit.tx.all(files.OF_RECORD, record=code)))
            found.append((code, _("{code} {called}: {n} files", code=code, called=record.called, n=n)))
        if len(found) == most:
            break
    return found
