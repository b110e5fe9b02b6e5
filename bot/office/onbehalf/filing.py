"""File what a unit has answered on paper, by telephone or in person: why it cannot be, and how it is kept. Inside the transaction."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.conversation import HOME, Visit
from bot.dialogue import Answers, Button, Say
from bot.language import Count, Part, Time, _
from bot.movement import Obligation, titled
from bot.office.duties import closing, unit_plan
from bot.office.duties import unions as accounts
from bot.office.duties.duty_kinds import read_subject, subject_of
from bot.office.items import item_movers
from bot.office.onbehalf import sources, standing
from bot.office.onbehalf.source_fields import GivenSource
from bot.office.onbehalf.standing import Existing, Filing, record
from bot.office.report import sending
from storage import deadlines, drafts, initiatives, paper_sources, people, results, unions, unit_plans
from storage.drafts import Head
from storage.paper_sources import Origin
from storage.people import Unit

# Why not --------------------------------------------------------------------------------------


def refused(visit: Visit, filing: Filing, unit: Unit, year: int, seen: int | None = None, item: str = "") -> Say | None:
    """Say why this is not filed for the unit now; None when it may be. `seen` is the version that was looked at, of `item`."""
    name = {"what": filing.named(visit.plan), "year": year, "unit": unit.name}
    if not unit.active:
        return _no(visit, unit, year, _("{unit} is no unit of the office any more.", unit=unit.name))
    if filing not in standing.filings(visit.plan, unit):
        return _no(visit, unit, year, _("{unit} does not have to send the {what} of {year}.", **name))
    if not standing.is_opened(visit, year) and not standing.opens_quietly(visit, year):
        return _no(visit, unit, year, _("The year {year} is not open yet; it is opened with /thoihan.", year=year))
    found = standing.owed(visit, filing, unit.code, year)
    if filing.how is not None and found is None:
        return _no(visit, unit, year, _("{unit} does not have to send the {what} of {year}.", **name))
    if found is not None and not found.quiet and visit.said.date() < found.opens:
        return _no(visit, unit, year, _("The {what} of {year} can be filed from {day} on.", day=found.opens, **name))
    if not item:
        there = standing.existing(visit, filing, unit.code, year)
        return None if there is None else _there(visit, filing, unit, year, there, seen)
    there, sheet = standing.existing_item(visit, item), visit.tx.one(initiatives.BY_CODE, code=item)
    if sheet is not None and (why := item_movers.of_no_plan(visit, sheet)) is not None:
        return _no(visit, unit, year, why)
    if there is None:
        return _no(
            visit, unit, year, _("The unit does not go on with sheet {code}, so it is not filed again.", code=item)
        )
    return _there(visit, filing, unit, year, there, seen, item)


def _there(
    visit: Visit, filing: Filing, unit: Unit, year: int, there: Existing, seen: int | None, item: str = ""
) -> Say | None:
    """Say that somebody has sent or filed it: nothing of theirs is replaced unseen."""
    what = _("sheet {code}, year", code=item) if item else filing.named(visit.plan)
    name = {"what": what, "year": year, "unit": unit.name}
    reopens = (item if there.received is not None else "") if item else _reopens(filing, unit, year)
    if there.source is None:
        said = _("{unit} has sent the {what} of {year} itself at {at}.", at=Time(there.at), **name)
        stays = _("What the unit has sent is not replaced by a paper.")
        if filing.how != "narrative" and not (item and there.received is None):  # these they change until it is locked
            stays = _("What the unit has sent is not replaced by a paper; opened once more, the unit puts it right.")
        return _no(visit, unit, year, said, stays, reopens=reopens)
    if there.received is not None:
        said = _(
            "The {what} of {year} of {unit} was received at {at}, so it is locked.", at=Time(there.received), **name
        )
        source = _("{source}.", source=sources.said(there.source))
        return _no(visit, unit, year, said, source, reopens=reopens)
    if seen is None or seen == there.source.version:
        return None
    by = visit.tx.one(people.BY_ID, id=there.source.by) if there.source.by is not None else None
    said = _(
        "{who} has filed the {what} of {year} for {unit} meanwhile, at {at}; nothing of it was replaced.",
        who="" if by is None else titled(by),
        at=Time(there.source.at),
        **name,
    )
    return _no(visit, unit, year, said, _("{source}.", source=sources.said(there.source)))


def locked(visit: Visit, filing: Filing, unit: Unit, year: int, day: date) -> Say:
    """Say that what came was after the lock."""
    said = _(
        "The {what} of {year} was locked at the end of {day}, and this came after it; nothing was filed for {unit}.",
        what=filing.named(visit.plan),
        year=year,
        day=day,
        unit=unit.name,
    )
    return _no(visit, unit, year, said)


def _reopens(filing: Filing, unit: Unit, year: int) -> str:
    """Return the record that can be opened once more; "" for a union's account."""
    return "" if filing.how == "narrative" else record(filing, unit.code, year)


def _no(visit: Visit, unit: Unit, year: int, *lines: Part, reopens: str = "") -> Say:
    others = Button(_("File something else for {unit}", unit=unit.name), f"/nhapthay {unit.code} {year}")
    again = Button(_("Open once more"), f"/molai {reopens}")
    return Say(lines, buttons=(*((again,) if reopens else ()), *((others,) if unit.active else ()), HOME))


def being_written(visit: Visit, head: Head) -> Part:
    """Say that the unit itself is writing: who, and how far."""
    writer = visit.tx.one(people.BY_ID, id=head.person) if head.person is not None else None
    return _(
        "⚠️ {who} is writing it for the unit: {n} answers so far, the last at {at}.",
        who="" if writer is None else titled(writer),
        n=Count(drafts.count(visit.tx, head.id)),
        at=Time(head.touched),
    )


# Keeping --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FiledFor:
    """What was filed for a unit."""

    record: str
    version: int
    changed: bool
    """Whether the office had filed it before."""
    opened: bool
    """Whether its year was opened for it."""
    writing: Head | None
    """What the unit itself is writing."""
    owed: Obligation | None


Keep = Callable[[Visit, str, str, Obligation | None, Answers, GivenSource], str]
"""Given the subject, the record's code, what is owed, the answers and where they come from; return the record's code."""


def _report(visit: Visit, subject: str, code: str, owed: Obligation | None, answers: Answers, of: GivenSource) -> str:
    assert owed is not None
    sending.send(visit, subject, code, owed, answers, of.day)
    return code


def _plan(visit: Visit, subject: str, code: str, owed: Obligation | None, answers: Answers, of: GivenSource) -> str:
    sent = answers.get("file") or ({"files": list(of.files), "note": ""} if of.files else None)
    told = unit_plan.UnitPlanFacts(visit, subject).whole({**answers, "file": sent})
    unit_plan.keep(visit, subject, code, told, by_office=True)
    return code


def _list(visit: Visit, subject: str, code: str, owed: Obligation | None, answers: Answers, of: GivenSource) -> str:
    unit, year = read_subject(subject)
    closing.close(visit, year, answers.get("reason") or "", unit)
    return code


def _account(visit: Visit, subject: str, code: str, owed: Obligation | None, answers: Answers, of: GivenSource) -> str:
    accounts.keep(visit, subject, answers, by_office=True)
    return code


KEEP: Mapping[str, Keep] = {"results": _report, "plan": _plan, "list": _list, "narrative": _account}
"""By how a duty is done, how it is kept."""


def keep(visit: Visit, filing: Filing, unit: str, year: int, answers: Answers, of: GivenSource, by: Keep) -> FiledFor:
    """Store what the unit has answered, where it comes from, and open a past year for it without reminding anybody."""
    opened = not standing.is_opened(visit, year)
    if opened:
        deadlines.open_year(visit.tx, year=year, quiet=True, now=visit.said)
        visit.note("year_opened", str(year))
    owed = standing.owed(visit, filing, unit, year)
    writing = standing.writing(visit, filing, unit, year)
    code = by(visit, subject_of(unit, year), standing.record(filing, unit, year), owed, answers, of)
    paper_sources.put(
        visit.tx,
        record=code,
        unit=unit,
        year=year,
        origin=Origin.PAPER,
        way=of.way,
        number=of.number,
        day=of.day,
        giver=of.giver,
        file=of.files[0] if of.files else None,
        answers=answers,
        by=visit.me.id,
        now=visit.said,
    )
    visit.keep_files(of.files, code)
    source = visit.tx.one(paper_sources.COUNTS, record=code)
    assert source is not None
    visit.note("filed_for_unit", code, version=source.version, way=of.way)
    return FiledFor(code, source.version, source.version > 1, opened, writing, owed)


def answers_of(visit: Visit, filing: Filing, unit: str, year: int) -> dict[str, Any]:
    """Return what the office has filed, as answers of its form."""
    of = {"unit": unit, "year": year}
    if filing.how == "results" and (sent := visit.tx.one(results.OF_UNIT, **of)) is not None:
        return dict(sending.answers_of(visit, sent))
    if filing.how == "plan" and (plan := visit.tx.one(unit_plans.OF_UNIT, **of)) is not None:
        return unit_plan.answers_of(visit, plan)
    if filing.how == "narrative" and (told := visit.tx.one(unions.OF_UNIT, **of)) is not None:
        return dict(told.answers)
    source = visit.tx.one(paper_sources.COUNTS, record=standing.record(filing, unit, year))
    return {} if source is None else dict(source.answers)
