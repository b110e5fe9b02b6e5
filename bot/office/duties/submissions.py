"""Filing a unit's duties: who drafts and who sends, for which year, by when, and what is late."""

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any

from bot.conversation import HOME, MY_TASKS, WHO, Conversation, Notice, Serves, Visit, whose
from bot.dialogue import Answers, Button, Say
from bot.language import Count, Joined, Part, Text, Time, _, number
from bot.movement import Duty, How, May, Obligation, Period, Span, State, Year, obligations, periods, titled
from bot.movement import roles as people_rules
from bot.office.duties import item_texts
from bot.office.duties.duty_kinds import cases_of, kind_of, of_year, read_subject, subject_of
from bot.office.duties.prolonged import prolonged
from bot.office.duties.refused_sheets import keep_open
from storage import audit, deadlines, drafts, initiatives, people
from storage import unions as unions_of
from storage.people import Person


def senders(visit: Visit, unit: str) -> list[Person]:
    """Return who sends for a unit today, whoever acts for its head first."""
    return people_rules.senders(visit.tx.all(people.OF_UNIT, unit=unit), visit.now.date())


def sends(visit: Visit) -> bool:
    """Whether this person sends for their unit."""
    return any(person.id == visit.me.id for person in senders(visit, visit.me.unit))


def delegated(visit: Visit, duty: str, year: int | None = None) -> bool:
    """Whether the head has named this person to draft a duty (of a year)."""
    return any(
        each.duty == duty and each.unit == visit.me.unit and year in (None, each.year)
        for each in visit.tx.all(deadlines.DELEGATED_TO, person=visit.me.id)
    )


def drafts_for(visit: Visit, duty: str, year: int) -> bool:
    """Whether this person may draft a duty of their unit, or of the office."""
    known = visit.plan.known_duty(duty)
    if known is not None and known.by == "office":
        return visit.may(May.RECEIVE)
    return visit.may(May.DRAFT) or sends(visit) or delegated(visit, duty, year)


def opens(visit: Visit, owed: Obligation) -> bool:
    """Whether this person can do something where it opens: what is refused to them is not shown as theirs."""
    if owed.subject:
        item = visit.tx.one(initiatives.BY_CODE, code=owed.subject)
        return item is not None and item_texts.confirms(visit, item)
    if kind_of(owed).form:
        return drafts_for(visit, owed.duty.code, owed.year)
    return sends(visit)


def helps(how: How) -> Callable[[Visit], bool]:
    """Return whom a command serves beyond their role: those named to draft what is done so, and who acts for the head."""
    return lambda visit: (
        sends(visit) or any(delegated(visit, duty.code) for duty in visit.plan.all_duties if duty.how == how)
    )


def writes(how: How) -> Serves[Visit]:
    """Return whom the form of a duty serves, by its subject: who may draft it, of the unit it belongs to."""

    def theirs(visit: Visit, subject: str) -> bool:
        (unit, year), duty = read_subject(subject), visit.plan.done_by(how)
        return unit == visit.me.unit and duty is not None and drafts_for(visit, duty.code, year)

    return whose(WHO[May.DRAFT], theirs)


def _unit_of(about: Mapping[str, Any]) -> str:
    """Return the unit of a record that a notice is about: «BC-2027-QLXD»."""
    unit: str = about["unit"] if "unit" in about else about["code"].split("-", 2)[2]
    return unit


SENDER: Serves[Visit] = whose(WHO[May.SEND], lambda visit, about: _unit_of(about) == visit.me.unit and sends(visit))
"""What a notice says to whoever sends for the unit it is about."""
OF_UNIT: Serves[Visit] = whose(WHO[May.DRAFT], lambda visit, about: _unit_of(about) == visit.me.unit)


# When -----------------------------------------------------------------------------------------


def owed(visit: Visit, unit: str | None = None, on: date | None = None) -> list[Obligation]:
    """Return the obligations of a unit (mine) in every opened year, the newest year last; then sheets that wait.

    As they stood when the message was written, or as they stand `on` a day.
    """
    tx, plan, calendar = visit.tx, visit.plan, visit.office.calendar
    unit = unit or visit.me.unit
    unions, of_unit = tx.all(unions_of.CODES, unions=plan.unions), tx.one(people.UNIT, code=unit)
    filed = {
        (plan.filed.get(each.duty, each.duty), unit, each.year): each.at
        for each in tx.all(deadlines.FILED_OF_UNIT, unit=unit)
    }
    cases = cases_of(plan, tx.all(initiatives.WAITING_OF_UNIT, unit=unit))
    found = obligations(
        plan,
        [unit],
        _periods(visit),
        filed,
        on or visit.said.date(),
        calendar,
        cases if unit not in unions else (),
        unions,
        {unit: of_unit.kind} if of_unit is not None else {},
        {unit: Span(of_unit.since, of_unit.ended)} if of_unit is not None else {},
    )
    return list(prolonged(tx, unit, list(found)))


def standing(visit: Visit, duty: str) -> list[Obligation]:
    """Return a duty of the units in every opened year, as it stands for who has not done it; the newest year last."""
    today = visit.now.date()
    return [Obligation(each, "", each.state(None, today)) for each in _periods(visit, [duty])]


def _periods(visit: Visit, duties: Collection[str] | None = None) -> list[Period]:
    years = [Year(each.year, each.quiet) for each in visit.tx.all(deadlines.YEARS)]
    entered = {(each.duty, each.year): each.day for each in visit.tx.all(deadlines.DEADLINES)}
    return periods(visit.plan, years, entered, visit.office.calendar, duties)


def obligation(visit: Visit, duty: str, said: str = "") -> Obligation | None:
    """Return the obligation meant: of the year said, else the one now due, else the newest; None if not opened."""
    mine = [each for each in owed(visit) if each.duty.code == duty]
    if number(said) is not None:
        return next((each for each in mine if each.year == int(said)), None)
    mine = [each for each in mine if not each.quiet] or mine
    waiting = [each for each in mine if is_open(each, visit.said.date())]
    return waiting[-1] if waiting else mine[-1] if mine else None


def is_open(each: Obligation, today: date) -> bool:
    """Whether it still has to be done and can be done today; a quiet year does not lock."""
    if each.state is State.FULFILLED:
        return False
    return today >= each.opens and not locked(each, today)


def locked(each: Obligation, today: date) -> bool:
    """Whether its time is over; a year opened for filing afterwards stays open."""
    return today > each.locks and not each.quiet


def not_now(visit: Visit, duty: str, said: str, found: Obligation | None) -> Say | None:
    """Return why it cannot be filed now, and when it can; None when it can."""
    known, today = visit.plan.known_duty(duty), visit.said.date()
    if known is None:
        return Say([_("This task has not been opened.")], buttons=(MY_TASKS, HOME))
    name, year = known.called, number(said)
    union = known.by == "unit" and visit.me.unit in visit.tx.all(unions_of.CODES, unions=visit.plan.unions)
    why: Text
    if found is None and not union and not _of_its_kind(visit, known):
        why = _("{unit} does not have to send the {duty}.", unit=visit.me.unit_name, duty=name)
    elif found is None and year is not None and known.years and year not in known.years:
        why = _("The {duty} is sent in these years only: {years}.", duty=name, years=_years(known))
    elif found is None and year is not None and not union:
        why = _("Year {year} has not been opened for {duty}. The office opens it.", year=year, duty=name)
    elif found is None and union and (told := visit.plan.done_by("narrative")) is None:
        why = _("A union does not send the {duty}.", duty=name)
    elif found is None and union:
        assert told is not None
        why = _(
            "A union does not send the {duty}; it is invited to send the {what} with /baocao.",
            duty=name,
            what=told.called,
        )
    elif found is None:
        why = _("No year has been opened for {duty} yet. The office opens it.", duty=name)
    elif locked(found, today):
        why = _(
            "The {duty} of {year} was locked at the end of {day}, so it cannot be sent or changed here. Please talk to the office.",
            duty=of_year(known),
            year=found.year,
            day=found.locks,
        )
    elif today < found.opens and found.state is not State.FULFILLED:
        why = _(
            "The {duty} of {year} can be sent from {day} on.", duty=of_year(known), year=found.year, day=found.opens
        )
    else:
        return None
    return keep_open(visit, Say([why], buttons=(MY_TASKS, HOME)))


def _of_its_kind(visit: Visit, duty: Duty) -> bool:
    unit = visit.tx.one(people.UNIT, code=visit.me.unit)
    return unit is None or duty.by != "unit" or duty.owed_by(unit.kind)


def _years(duty: Duty) -> Joined:
    return Joined([str(year) for year in duty.years])


def nobody_does(visit: Visit) -> Say:
    """Say that the plan has no duty that a command serves."""
    return Say([_("The plan asks nobody for this.")], buttons=(MY_TASKS, HOME))


def write(
    visit: Visit, duty: str, said: str, found: Obligation | None, conversation: Conversation, not_yours: Part
) -> Say:
    """Open a duty's form for whoever may write it now; else why not."""
    if (no := not_now(visit, duty, said, found)) is not None:
        return no
    assert found is not None
    if not drafts_for(visit, duty, found.year):
        return Say([not_yours], buttons=(MY_TASKS, HOME))
    return open_shared(visit, conversation, found.year)


def receipt(first: Text, code: str, *buttons: Button) -> Say:
    """Return what a head gets for what was sent: when, its tracking code, and how long it can be changed."""
    return Say(
        [
            first,
            _("Tracking code: {code} (not a document number).", code=code),
            _(
                "It can be changed until the office has received it. From now on the assistant no longer reminds {you} of it."
            ),
        ],
        buttons=(*buttons, HOME),
    )


def days_late(due: date | None, day: date) -> int:
    """Return calendar days after the last day allowed; 0 when in time or without a date."""
    return 0 if due is None else max(0, (day - due).days)


def timing(due: date | None, at: date) -> Text | None:
    """Say «trước hạn 05 ngày», «trong ngày cuối của thời hạn», «gửi sau hạn 02 ngày»; None without a date."""
    if due is None:
        return None
    left = (due - at).days
    if left > 0:
        return _("{n} days ahead of time", n=Count(left))
    if left == 0:
        return _("on the last day allowed")
    return _("sent {n} days after the last day", n=Count(-left))


# The one draft of a unit and year --------------------------------------------------------------


def open_shared(
    visit: Visit, conversation: Conversation, year: int, answers: Answers | None = None, *lines: Part
) -> Say:
    """Open the one draft of my unit and this year; what a colleague has begun is taken over."""
    return take_over(visit, conversation, subject_of(visit.me.unit, year), answers, *lines)


def take_over(
    visit: Visit, conversation: Conversation, subject: str, answers: Answers | None = None, *lines: Part
) -> Say:
    """Open the one draft of a subject; what a colleague has begun is taken over."""
    head = visit.tx.one(drafts.OPEN_OF_SUBJECT, form=conversation.code, subject=subject)
    if head is not None and head.person is not None and head.person != visit.me.id:
        drafts.hand_over(visit.tx, id=head.id, person=visit.me.id, now=visit.now)
        for each in visit.tx.all(drafts.WRITERS, draft=head.id):
            writer = visit.tx.one(people.BY_ID, id=each.person)
            if writer is not None and writer.id != visit.me.id:
                lines = (*lines, _("{who} has written {n} answers.", who=titled(writer), n=Count(each.answers)))
    return visit.open(conversation, subject, answers, *lines)


def pass_on(visit: Visit, notice: Notice, code: str, year: int, **about: Any) -> Person | None:
    """Finish for a drafter: the draft lies ready with whoever sends it, who is told once."""
    receiver = next((p for p in senders(visit, visit.me.unit) if p.id != visit.me.id), None)
    if visit.draft is not None:
        drafts.hand_over(visit.tx, id=visit.draft, person=receiver.id if receiver else visit.me.id, now=visit.now)
    visit.note("drafted", code)
    if receiver is not None:
        visit.tell(receiver.id, notice, unit=visit.me.unit, year=year, by=visit.me.id, **about)
    return receiver


def passed_on(visit: Visit, head: Person | None, says: str) -> Say:
    """Return what the drafter is told: with whom the draft lies now, and how to open it again."""
    if head is None:
        lines: list[Part] = [
            _("The draft is kept, but nobody in the list of people can send it. Please talk to the office.")
        ]
    else:
        lines = [
            _("✅ The draft was passed on to {who} at {at}.", who=titled(head), at=Time(visit.said)),
            _("{who} looks it over and sends it; {you} are told once when that is done.", who=titled(head)),
        ]
    return Say(lines, buttons=(*((Button(_("Open the draft again"), says),) if head else ()), HOME))


def writers(visit: Visit, code: str) -> list[int]:
    """Return who has drafted this record and passed it on, other than me."""
    found = [e.person for e in visit.tx.all(audit.ABOUT, about=code) if e.what == "drafted"]
    return [p for p in dict.fromkeys(found) if p is not None and p != visit.me.id]
