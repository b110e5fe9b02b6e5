"""Sharing out a yearly report: parts that colleagues write, and that flow into the sheet of whoever sends. Inside the transaction."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.conversation import HOME, Visit, notice_codes
from bot.dialogue import Answers, Button, Say, Source
from bot.language import Joined, Part, _
from bot.movement import May, Role
from bot.office.duties import submissions
from bot.office.duties.duty_kinds import read_subject, subject_of
from bot.office.duties.refused_sheets import keep_open
from bot.office.report.report_parts import parts_of
from storage import drafts, people, report_shares
from storage.people import Person
from storage.report_shares import ReportShare, ShareState
from storage.values import dumps, loads

REPORT, WRITTEN = "report", "report_part"
"""The forms: of the whole report, and of the parts that one colleague writes."""
WRITERS = (Role.OFFICER, Role.DRAFTER, Role.DEPUTY, Role.OFFICE)


def shares_out(visit: Visit) -> bool:
    """Whether this person gives parts of the unit's report to colleagues."""
    return visit.may(May.DELEGATE) or submissions.sends(visit)


def colleagues(visit: Visit) -> list[Person]:
    """Return who may be given a part."""
    unit = visit.tx.all(people.OF_UNIT, unit=visit.me.unit)
    return [person for person in unit if person.id != visit.me.id and person.role in WRITERS]


def live(visit: Visit, unit: str, year: int) -> list[ReportShare]:
    """Return the parts that are given or written, as their writers and the report are now."""
    return visit.tx.all(report_shares.LIVE, unit=unit, year=year)


def mine(visit: Visit, year: int | None = None) -> list[ReportShare]:
    """Return the parts that this person is to write."""
    return [each for each in visit.tx.all(report_shares.OF_PERSON, person=visit.me.id) if year in (None, each.year)]


def names(visit: Visit, parts: Sequence[str]) -> Joined:
    """Name parts; what the plan has no more keeps its code."""
    known = parts_of(visit.plan)
    return Joined([known[code].name if code in known else code for code in parts], "; ")


def code_of(unit: str, year: int) -> str:
    """Return the code of the report that parts belong to."""
    return f"BC-{year}-{unit}"


# Written ----------------------------------------------------------------------------------------


def finish(visit: Visit, subject: str, answers: Answers) -> tuple[list[ReportShare], list[ReportShare]]:
    """Hand what this person has written over to the sheet; return those parts, and which the sheet has otherwise already."""
    unit, year = read_subject(subject)
    known, flowed, kept = parts_of(visit.plan), list[ReportShare](), list[ReportShare]()
    for share in mine(visit, year):
        part = known.get(share.part)
        value = {code: answers[code] for code in (part.fields if part else ()) if code in answers}
        report_shares.finish(visit.tx, id=share.id, value=value, now=visit.said)
        (flowed if put(visit, unit, year, value, visit.me.id) else kept).append(share)
    visit.note("report_part_written", code_of(unit, year))
    return flowed, kept


def put(visit: Visit, unit: str, year: int, value: Mapping[str, Any], by: int, over: bool = False) -> bool:
    """Store answers in the unit's sheet; return False, and store none, where it has others and they are not to be replaced."""
    id = _sheet(visit, unit, year)
    kept = {part.field: part for part in visit.tx.all(drafts.PARTS, draft=id)}
    others = [
        code
        for code, answer in value.items()
        if code in kept and kept[code].source != Source.SKIPPED and loads(kept[code].value) != answer
    ]
    if others and not over:
        return False
    for code, answer in value.items():
        written = [(dumps(answer), Source.TYPED.value, None)]
        drafts.put(visit.tx, draft=id, field=code, parts=written, first=code not in kept, by=by)
    return True


def stands(visit: Visit, share: ReportShare) -> bool:
    """Whether the unit's sheet has what was written of a part."""
    head = visit.tx.one(drafts.OPEN_OF_SUBJECT, form=REPORT, subject=subject_of(share.unit, share.year))
    kept = {part.field: loads(part.value) for part in visit.tx.all(drafts.PARTS, draft=head.id)} if head else {}
    return all(code in kept and kept[code] == value for code, value in share.value.items())


def _sheet(visit: Visit, unit: str, year: int) -> int:
    """Return the unit's open sheet of the report, begun for whoever sends it where there is none."""
    head = visit.tx.one(drafts.OPEN_OF_SUBJECT, form=REPORT, subject=subject_of(unit, year))
    if head is not None:
        return head.id
    sender = next(iter(submissions.senders(visit, unit)), visit.me)
    return drafts.start(
        visit.tx,
        person=sender.id,
        unit=unit,
        form=REPORT,
        subject=subject_of(unit, year),
        plan_hash=visit.office.plan_hash,
        now=visit.now,
    )


# Taken back, sent -------------------------------------------------------------------------------


def take_back(visit: Visit, share: ReportShare) -> None:
    """End a part that is not written: whoever sends writes it, and is asked for it again."""
    report_shares.end(visit.tx, id=share.id, state=ShareState.BACK, now=visit.said)
    visit.note("report_part_back", code_of(share.unit, share.year), who=share.person)
    ask_again(visit, share.unit, share.year, [share.part])


def ask_again(visit: Visit, unit: str, year: int, parts: Sequence[str]) -> None:
    """Delete from the unit's sheet that parts of it are waited for."""
    head = visit.tx.one(drafts.OPEN_OF_SUBJECT, form=REPORT, subject=subject_of(unit, year))
    known = parts_of(visit.plan)
    codes = {code for part in parts if part in known for code in known[part].fields}
    for answer in visit.tx.all(drafts.PARTS, draft=head.id) if head is not None else ():
        if answer.field in codes and answer.source == Source.SKIPPED:
            drafts.put(visit.tx, draft=head.id, field=answer.field, parts=(), first=False, by=None)  # type: ignore[union-attr]


def unfinished(visit: Visit, subject: str, answers: Answers) -> Say | None:
    """Say which parts the report waits for, before it is sent; None where it is whole."""
    unit, year = read_subject(subject)
    open_codes = [code for code, value in answers.items() if value is None]
    parts = [part.code for part in parts_of(visit.plan).values() if any(code in open_codes for code in part.fields)]
    if not parts:
        return None
    waits = [each for each in live(visit, unit, year) if each.state is ShareState.GIVEN and each.part in parts]
    left = [part for part in parts if part not in [each.part for each in waits]]
    if left:  # nobody writes them any more
        keep_open(visit, Say([]))
        ask_again(visit, unit, year, left)
        line = _("Nobody writes this part any more: {parts}. It is asked now.", parts=names(visit, left))
        return visit.open(visit.office.features.forms[REPORT], subject, None, line)
    return keep_open(visit, Say(_waiting(visit, waits), buttons=(*take_back_buttons(visit, waits), _board(year), HOME)))


def _waiting(visit: Visit, waits: Sequence[ReportShare]) -> list[Part]:
    lines: list[Part] = [_("The report is not sent yet, since parts of it are still being written:")]
    lines += [_("- {part}: {who}", part=names(visit, [each.part]), who=each.who) for each in waits]
    return [*lines, _("Please wait for them, or take a part back and write it.")]


def take_back_buttons(visit: Visit, shares: Sequence[ReportShare]) -> list[Button]:
    """Return a button for each part that can be taken back."""
    return [
        Button(_("Take back: {part}", part=names(visit, [each.part])), f"/chia rut {each.id}") for each in shares[:8]
    ]


def _board(year: int) -> Button:
    return Button(_("Who writes what"), f"/chia {year}")


def close(visit: Visit, unit: str, year: int) -> set[int]:
    """End the parts of a report that is being sent, tell whose parts are wanted no more; return who has written some."""
    wrote, spared = set[int](), dict[int, list[str]]()
    for share in live(visit, unit, year):
        if share.state is ShareState.DONE:
            wrote.add(share.person)
        else:
            report_shares.end(visit.tx, id=share.id, state=ShareState.OVER, now=visit.said)
            spared.setdefault(share.person, []).append(share.part)
    for person, parts in spared.items():
        visit.tell(person, notice_codes.REPORT_PART_BACK, unit=unit, year=year, parts=parts, over=True)
    return wrote - {visit.me.id}


def tasks(visit: Visit) -> Iterator[tuple[Part, Part, str]]:
    """Yield for «/viec» what this person is to write of a report: its line, its button, the command."""
    for year in sorted({each.year for each in mine(visit)}):
        parts = [each.part for each in mine(visit, year)]
        text = _("Write parts of the report of {year}: {parts}", year=year, parts=names(visit, parts))
        yield text, _("Write the parts"), f"/phancuatoi {year}"
