"""How awards are said: in a line, as a sheet, where they stand, by which papers."""

from collections.abc import Mapping, Sequence
from datetime import date

from bot.conversation import Visit
from bot.language import First, Joined, Part, Text, _, record_codes
from bot.movement import May, titled
from bot.office.awards import award_checks, nominees
from bot.office.reminding.deadline_texts import how_long
from storage import awards, people
from storage.awards import Award, AwardState

STATES: Mapping[AwardState, Text] = {
    AwardState.PROPOSED: _("waits to be decided"),
    AwardState.WITHDRAWN: _("withdrawn"),
    AwardState.FORWARDED: _("proposed to the level above"),
    AwardState.AWARDED: _("awarded"),
    AwardState.NOT_CHOSEN: _("not chosen this time"),
}


def find(visit: Visit, said: str) -> Award | None:
    """Return the proposal that a code names, as people type it: «KT-2027-003», «kt 3», «003» (of this year)."""
    code = record_codes.read_code(said)
    if code is None or code.prefix not in ("", "KT"):
        return None
    year = code.year or visit.said.year
    return visit.tx.one(awards.BY_CODE, code=f"KT-{year}-{code.number:03}")


def may_see(visit: Visit, award: Award) -> bool:
    """Whether this person reads a proposal: the office, the leaders, whoever sends for the unit that proposes."""
    return visit.may(May.SUMMARISE) or nominees.speaks_for(visit, award.by_unit)


def takes_back(visit: Visit, award: Award) -> bool:
    """Whether this person may withdraw a proposal: whoever sends for the unit that proposes, or has proposed it in it."""
    own = award.by == visit.me.id and award.by_unit == visit.me.unit and visit.may(May.RECEIVE)
    return own or nominees.speaks_for(visit, award.by_unit)


def whom(award: Award) -> Part:
    """Name who is proposed, with their unit."""
    if award.what == nominees.UNIT:
        return award.name
    return _("{name}, {unit}", name=award.name, unit=award.unit_name)


def line(visit: Visit, award: Award) -> Part:
    """Return a proposal in one line: code, whom, which form, and where it stands."""
    said = _(
        "{code} {whom}: {form}; {state}", code=award.code, whom=whom(award), form=award.form_name, state=standing(award)
    )
    if award.state is AwardState.PROPOSED and award.answer_by is not None:
        return _("{line}; to be answered: {how}", line=said, how=how_long(award.answer_by, visit.now.date()))
    return said


def standing(award: Award) -> Part:
    """Say where a proposal stands, with its papers."""
    match award.state:
        case AwardState.AWARDED:
            return _("awarded by decision {decision} of {day}", decision=award.decision, day=award.day)
        case AwardState.FORWARDED:
            return _("proposed to the level above by {letter} of {day}", letter=award.letter, day=award.letter_day)
        case AwardState.NOT_CHOSEN if award.why:
            return _("not chosen this time: «{why}»", why=award.why)
    return STATES[award.state]


def sheet(visit: Visit, award: Award) -> list[Part]:
    """Return a whole proposal: who, what, why, on which records, what is on record beside it, what came of it."""
    by = visit.tx.one(people.BY_ID, id=award.by)
    found: list[Part] = [
        _("Award proposal {code}", code=award.code),
        _("For: {whom}", whom=whom(award)),
        _("Occasion: {kind}", kind=award.kind_name),
        _("Form: {form}", form=award.form_name),
        _(
            "Proposed by: {who}, {unit}, on {day}",
            who="" if by is None else titled(by),
            unit=award.by_unit_name,
            day=award.at.date(),
        ),
        _("Reason: {reason}", reason=award.reason),
        _("Merits: {merit}", merit=award.merit),
    ]
    if award.meeting:
        found.append(_("Minutes of the unit: {meeting}", meeting=award.meeting))
    found += links(visit, award)
    found.append(_("State: {state}", state=First(standing(award))))
    if award.minutes and award.minutes_day is not None:
        found.append(_("Minutes of the meeting: {minutes} of {day}", minutes=award.minutes, day=award.minutes_day))
    if award.letter and award.state is AwardState.AWARDED:
        found.append(_("Proposed to the level above by {letter} of {day}", letter=award.letter, day=award.letter_day))
    if award.state is AwardState.PROPOSED and award.answer_by is not None:
        found.append(_("To be answered: {how}", how=how_long(award.answer_by, visit.now.date())))
    return [*found, *award_checks.lines(nominees.on_record(visit), nominees.of_award(visit, award))]


def links(visit: Visit, award: Award) -> list[Part]:
    """Say on which records a proposal rests, each with its source as it is now."""
    codes = visit.tx.all(awards.LINKS, award=award.id)
    if not codes:
        return []
    known = nominees.on_record(visit)
    items = {each.code: award_checks.source(known.plan, each) for each in known.records}
    reports = {
        each.code: award_checks.report_source(known.plan, each)
        for each in visit.tx.all(awards.REPORTS, since=visit.plan.first_year)
    }
    sources: Mapping[str, Part] = {**items, **reports}
    return [_("It rests on:"), *(_("- {source}", source=sources.get(code, code)) for code in codes)]


def day_of(award: Award) -> date | None:
    """Return the day of the paper that has decided a proposal."""
    return award.day or award.letter_day


def codes(those: Sequence[Award]) -> Joined:
    """Name several proposals by their codes."""
    return Joined([each.code for each in those])
