"""Every way in which a duty is done: one declaration a way, and all that is asked of any duty.

Its name, its dates, its clause and its ladder stand in the plan file. Here stands where it is written, what exactly
is missing of it, and how its task is said. A new way is one `DutyKind` more, its line in `bot.movement.plan.ways`,
and whatever says that it is done (`storage.deadlines.FILED`, or `Case`s that wait).
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.conversation import Visit
from bot.language import Count, Joined, Part, Text, _
from bot.movement import Case, Duty, How, Obligation, Plan, senders
from storage import drafts, initiatives, people
from storage.initiatives import READY, UNCONFIRMED, WaitingSheet

BEFORE_A_YEAR = " năm"
"""What a name ends with that a year can follow: «báo cáo năm» 2027, «báo cáo sáu tháng đầu năm» 2027."""


def of_year(duty: Duty) -> Part:
    """Return what a duty is called right before a year: «báo cáo quý I năm»."""
    called = duty.called
    return called if called.endswith(BEFORE_A_YEAR) else _("{duty_of_the_year}", duty_of_the_year=called)


@dataclass(frozen=True, slots=True)
class DutyKind:
    """A way in which a duty is done."""

    task: Callable[[Obligation], Text] = lambda owed: _(
        "sending the {what} of {year}", what=of_year(owed.duty), year=owed.year
    )
    """What is to be done: «gửi báo cáo năm 2027»."""
    listed: Callable[[Obligation], Text] = lambda owed: _(
        "Send the {what} of {year}", what=of_year(owed.duty), year=owed.year
    )
    """The same at the head of a line."""
    form: str = ""
    """The form in which it is written, where it has one."""
    missing: Callable[[Visit, Obligation], Part | None] = lambda visit, owed: None
    """What exactly is missing, seen from now."""
    open: Callable[[Obligation], Text] = lambda owed: _("Open the {what}", what=owed.duty.called)
    """What opening it is called on a button."""

    def opening(self, owed: Obligation) -> str:
        """Return the command that opens it at its very place."""
        command = f"/{owed.duty.opened_by}"
        if owed.subject:
            return f"{command} {owed.subject}"
        return command if owed.duty.how == "list" else f"{command} {owed.year}"


# A unit's one draft of a duty and year ----------------------------------------------------------


def subject_of(unit: str, year: int) -> str:
    """Return the subject of a unit's draft: «QLXD:2027»."""
    return f"{unit}:{year}"


def draft_of(owed: Obligation) -> str:
    """Return the subject of the draft of a duty; duties of one form are told apart by their code."""
    of = subject_of(owed.unit, owed.year)
    return of if owed.duty.way.once else f"{owed.duty.code}:{of}"


def read_subject(subject: str) -> tuple[str, int]:
    """Return the unit and the year of a draft's subject."""
    unit, _colon, year = subject.rpartition(":")
    return unit, int(year)


@dataclass(frozen=True, slots=True)
class Written:
    """How far the form of a duty is."""

    all: int
    known: int
    """Answers that stand already, typed or known."""
    missing: tuple[Part, ...]
    """The labels of the others."""
    begun: bool = False
    """Whether somebody has answered anything."""
    writers: tuple[drafts.DraftWriter, ...] = ()
    """Who has typed answers, and how many each; who typed most first."""


def begun(visit: Visit, owed: Obligation) -> drafts.Head | None:
    """Return the open draft of a duty, whoever writes it."""
    form = kind_of(owed).form
    return visit.tx.one(drafts.OPEN_OF_SUBJECT, form=form, subject=draft_of(owed))


def written(visit: Visit, owed: Obligation) -> Written | None:
    """Return how far a duty's form is: its answers, and what is known without asking; None where it has no form."""
    conversation = visit.office.features.forms.get(kind_of(owed).form)
    if conversation is None:
        return None
    head = begun(visit, owed)
    answered = drafts.fields(visit.tx, head.id) if head is not None else frozenset()
    scene = visit.scene(conversation.facts(visit, draft_of(owed)))
    answers: dict[str, Any] = {}
    missing = []
    fields = conversation.form(visit.plan).fields
    for field in fields:
        value = field.prefill(answers, scene) if field.prefill is not None else None
        if value is not None:
            answers[field.code] = value
    asked = [field for field in fields if field.visible(answers, scene) or field.code in answered]
    missing = [field.label for field in asked if field.code not in answers and field.code not in answered]
    writers = () if head is None else tuple(visit.tx.all(drafts.WRITERS, draft=head.id))
    return Written(len(asked), len(asked) - len(missing), tuple(missing), bool(answered), writers)


NAMED = 4
"""So many missing answers are named; more are counted."""


def _answers(visit: Visit, owed: Obligation) -> Part | None:
    """Return what of a form still has to be typed, by name where that is short."""
    found = written(visit, owed)
    if found is None or not found.known:
        return None
    if not found.missing:
        return _("All {all} answers are there; {you_name} only has to confirm.", all=Count(found.all))
    others = [each for each in found.writers if each.person != visit.me.id]
    who = visit.tx.one(people.BY_ID, id=others[0].person) if others else None
    unit = visit.tx.all(people.OF_UNIT, unit=owed.unit)
    sends = any(person.id == visit.me.id for person in senders(unit, visit.now.date()))
    counts = {"n": Count(found.known), "all": Count(found.all), "left": Count(len(found.missing))}
    if who is not None:
        said = _(
            "{n} of {all} answers are ready, {typed} of them by {who}; {left} are to be typed.",
            typed=Count(others[0].answers),
            who=f"{who.position} {who.name}".strip(),
            **counts,
        )
    elif not sends:
        said = _("{n} of {all} answers are ready; {left} are to be typed.", **counts)
    else:
        said = _(
            "The assistant has drafted {n} of {all} answers for {you_name} to look over and confirm; {left} are to be typed.",
            **counts,
        )
    if len(found.missing) > NAMED:
        return said
    return _("{said} Missing: {missing}.", said=said, missing=Joined(found.missing))


def _list(visit: Visit, owed: Obligation) -> Part | None:
    """Return what of the unit's registrations is not decided yet."""
    items = visit.tx.all(initiatives.OF_UNIT, unit=owed.unit, year=owed.year)
    waiting = sum(item.state in UNCONFIRMED for item in items)
    confirmed = sum(item.state in READY for item in items)
    if waiting:
        return _(
            "{confirmed} sheets are confirmed, {waiting} are not yet; then the list is closed.",
            confirmed=Count(confirmed),
            waiting=Count(waiting),
        )
    if confirmed:
        return _("{confirmed} sheets are confirmed; the list only has to be closed.", confirmed=Count(confirmed))
    return _("No sheet has been registered yet.")


def _sheet(visit: Visit, owed: Obligation) -> Part | None:
    """Return which sheet it is."""
    item = visit.tx.one(initiatives.BY_CODE, code=owed.subject)
    return _("«{title}», sent on {day}", title=item.title, day=owed.opens) if item is not None else None


KINDS: Mapping[How, DutyKind] = {
    "plan": DutyKind(form="unit_plan", missing=_answers),
    "list": DutyKind(missing=_list),
    "results": DutyKind(form="report", missing=_answers),
    "sheet": DutyKind(
        missing=_sheet,
        task=lambda owed: _("confirming sheet {code}", code=owed.subject),
        listed=lambda owed: _("Confirm sheet {code}", code=owed.subject),
        open=lambda owed: _("Confirm {code}", code=owed.subject),
    ),
    "narrative": DutyKind(
        form="union_account",
        listed=lambda owed: _("Invited: {what} of {year}", what=of_year(owed.duty), year=owed.year),
    ),
    "supplement": DutyKind(form="supplement"),
    "review": DutyKind(form="review"),
    "paper": DutyKind(form="provincial"),
}
"""By how it is done."""


def duty_named(plan: Plan, word: str) -> str | None:
    """Return the duty that a command's word names: «baocao», or the code that other buttons carry."""
    said = word.casefold()
    named = {duty.code.casefold(): duty.code for duty in plan.all_duties}
    return (named | {duty.word: duty.code for duty in plan.all_duties if duty.word != duty.code}).get(said)


def named(owed: Obligation) -> str:
    """Return an obligation as a command names it: «baocao 2027», «phieu 2027 SK-2027-012»."""
    return f"{owed.duty.word} {owed.year} {owed.subject}".rstrip()


def kind_of(owed: Obligation) -> DutyKind:
    """Return the declaration of the way in which an obligation is done."""
    return KINDS[owed.duty.how]


def what(plan: Plan, code: str) -> Part:
    """Return what a duty is called right before a year; its code where the plan has it no longer."""
    duty = plan.known_duty(code)
    return code if duty is None else of_year(duty)


def cases_of(plan: Plan, waiting: Iterable[WaitingSheet]) -> list[Case]:
    """Return sheets that wait, as the rules see them; none where the plan asks for no confirmation in time."""
    duty = plan.done_by("sheet")
    if duty is None:
        return []
    return [Case(duty.code, each.code, each.unit, each.year, each.at.date(), each.involved) for each in waiting]


def undated(plan: Plan, year: int, given: Collection[tuple[str, int]] = ()) -> list[Part]:
    """Say that nobody has given a date yet to some duties of a year; nothing when all have one."""
    without = [
        duty.called
        for duty in plan.all_duties
        if duty.owed_in(year)
        and not duty.way.on_call
        and duty.last_day(year) is None
        and (duty.code, year) not in given
    ]
    if not without:
        return []
    return [_("No date given yet for: {duties}. Nobody is reminded of them until then.", duties=Joined(without))]
