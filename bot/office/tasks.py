"""«Tôi còn nợ gì?»: what waits for one person, each task opened at exactly its question."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from bot.conversation import Visit, load_draft
from bot.dialogue import asked_of
from bot.language import Count, Inside, Joined, Part, _
from bot.movement import May, State
from bot.office.announcements.unanswered import unanswered
from bot.office.awards import award_tasks
from bot.office.difficulties import difficulty_waits
from bot.office.duties import item_texts, reopening, reopening_texts
from bot.office.duties.duty_kinds import begun, kind_of, what
from bot.office.duties.submissions import opens, owed, sends
from bot.office.items import item_waiting
from bot.office.papers import report_tasks
from bot.office.reminding.deadline_texts import how, how_long
from bot.office.report import entered, sharing, supplement
from bot.office.requests import asked_waits
from storage import data_requests, deadlines, drafts, initiatives, receiving, reopenings
from storage.initiatives import ItemState
from storage.reopenings import ReopeningState


class Claim(IntEnum):
    """What a task has to do with whoever sees it, in the order of «/viec»."""

    OWED = 0
    """They or their unit owe it."""
    AWAITED = 1
    """Somebody waits for them."""
    OPEN = 2
    """They may do it."""


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do: its line, its button, the command that opens it."""

    text: Part
    label: Part = ""
    says: str = ""
    late: bool = False
    draft: int | None = None
    """The draft in which it is being written already."""


def mine(visit: Visit) -> list[tuple[Claim, Task]]:
    """Return everything that waits for this person: what they owe, what waits for them, what they may do; of each the overdue first."""
    found = [(claim, task) for claim, gives in GIVEN for give in gives for task in give(visit)]
    return sorted(found, key=lambda each: (each[0], not each[1].late))


def shortened(tasks: Sequence[tuple[Claim, Task]], most: int) -> list[tuple[Claim, Task]]:
    """Return the first of a long list, at most so many, with all that is overdue among them; in their order."""
    late = [each for each in tasks if each[1].late]
    rest = [each for each in tasks if not each[1].late][: max(most - len(late), 0)]
    return [each for each in tasks if each in late or each in rest]


def _owed(visit: Visit) -> Iterator[Task]:
    """Yield what the unit owes, for whoever sends or drafts it."""
    today = visit.now.date()
    waiting = [each for each in owed(visit, on=today) if each.speaks and not each.subject]
    for each in sorted(waiting, key=lambda each: each.due or each.locks):
        if not opens(visit, each):
            continue
        assert each.due is not None
        kind = kind_of(each)
        text = _("{task}: {how}", task=kind.listed(each), how=how(each, today))
        head = begun(visit, each)
        if head is not None and (n := drafts.count(visit.tx, head.id)):
            text = _("{task}; {n} answers are written", task=text, n=Count(n))
        yield Task(
            text, kind.open(each), kind.opening(each), late=each.state is State.OVERDUE, draft=head.id if head else None
        )


def _reopened(visit: Visit) -> Iterator[Task]:
    """Yield what the unit may correct, for whoever sends it."""
    for each in visit.tx.all(reopenings.LIVE_OF_UNIT, unit=visit.me.unit):
        if each.state == ReopeningState.OPEN and each.day is not None and reopening.answers(visit, each):
            record = reopening.record_of(visit, each.record)
            task = _("Correct {record}, until the end of {day}", record=record.name, day=each.day)
            button = reopening_texts.corrects(visit, each)
            yield Task(task, button.label, button.says, late=each.day < visit.now.date())


def _asked_to_reopen(visit: Visit) -> Iterator[Task]:
    """Yield for the office what units ask to correct."""
    if not visit.may(May.RECEIVE):
        return
    asked = [each for each in visit.tx.all(reopenings.ALL_LIVE) if each.state == ReopeningState.ASKED]
    if asked:
        yield Task(_("Answer {n} units that ask to correct", n=Count(len(asked))), _("Answer"), "/molai")


def _supplement(visit: Visit) -> Iterator[Task]:
    """Yield the figures that the office may ask for once more."""
    for year in supplement.openable(visit) if visit.may(May.RECEIVE) else ():
        day = supplement.day_of(visit.plan, year)
        yield Task(
            _("Ask for the figures to the end of {day}, where they are wanted", day=day),
            _("Ask for them"),
            f"/bosung mo {year}",
        )


def _to_settle(visit: Visit) -> Iterator[Task]:
    """Yield dates that the plan does not name and nobody has entered: shown, and pinging nobody."""
    if not visit.may(May.SETTLE):
        return
    given = {(row.duty, row.year) for row in visit.tx.all(deadlines.DEADLINES)}
    for year in visit.tx.all(deadlines.YEARS):
        for duty in visit.plan.all_duties:
            named = not duty.owed_in(year.year) or duty.way.on_call or duty.last_day(year.year) is not None
            if not (year.quiet or named or (duty.code, year.year) in given):
                yield Task(
                    _(
                        "Enter the date of the {what} of {year}: no date given yet",
                        what=what(visit.plan, duty.code),
                        year=year.year,
                    ),
                    _("Enter the date"),
                    f"/thoihan {duty.code} {year.year}",
                )


def _without_baseline(visit: Visit) -> Iterator[Task]:
    """Yield what cannot be measured yet: units without a baseline, the office without an amount of its own."""
    if not visit.may(May.SETTLE):
        return
    for target in entered.entered_at_all(visit.plan):
        says = entered.list_of(visit.plan, target)
        if target.of_office:
            if not entered.office_years(visit, target):
                yield Task(
                    _("Enter of the whole office: {what}", what=Inside(target.short)), _("Enter the amounts"), says
                )
        elif units := [unit.name for unit in entered.without(visit, target)]:
            yield Task(
                _(
                    "Enter what the units are measured against, {what}: {units}",
                    what=Inside(target.short),
                    units=Joined(units),
                ),
                _("Enter the baselines"),
                says,
            )


def _returned(visit: Visit) -> Iterator[Task]:
    for item in visit.tx.all(initiatives.OF_PERSON, person=visit.me.id, since=visit.now.year - 1):
        if item.state == ItemState.RETURNED and item.by == visit.me.id:
            yield Task(
                _("Complete sheet {code}: «{reason}»", code=item.code, reason=item.reason),
                _("Complete {code}", code=item.code),
                f"/cuatoi sua {item.code}",
            )


def _to_confirm(visit: Visit) -> Iterator[Task]:
    if not ((visit.may(May.CONFIRM) or sends(visit)) and (items := item_texts.to_confirm(visit))):
        return
    dates = {each.subject: each for each in owed(visit, on=visit.now.date()) if each.subject}
    waiting = [dates[item.code] for item in items if item.code in dates]
    text = _("Confirm {n} sheets", n=Count(len(items)))
    late = False
    if first := min(waiting, key=lambda each: each.due or each.locks, default=None):
        text = _("{task}: {how}", task=text, how=how(first, visit.now.date()))
        late = first.state is State.OVERDUE
    yield Task(text, _("Confirm"), f"/xacnhan {items[0].code}" if len(items) == 1 else "/xacnhan", late=late)


def _to_receive(visit: Visit) -> Iterator[Task]:
    if visit.may(May.RECEIVE) and (waiting := visit.tx.all(receiving.ALL)):
        yield Task(_("Receive {n} that were sent", n=Count(len(waiting))), _("Receive"), "/tiepnhan")


def _to_answer(visit: Visit) -> Iterator[Task]:
    """Yield requests about people's data, the next last day first: the law names it."""
    waiting = visit.tx.all(data_requests.WAITING) if visit.may(May.RECEIVE) else []
    if waiting:
        today, first = visit.now.date(), min(each.due for each in waiting)
        text = _("Answer {n} requests about personal data", n=Count(len(waiting)))
        yield Task(
            _("{task}: {how}", task=text, how=how_long(first, today)),
            _("Requests about data"),
            "/yeucaudulieu" if len(waiting) > 1 else f"/yeucaudulieu {waiting[0].id}",
            late=first < today,
        )


def _announced(visit: Visit) -> Iterator[Task]:
    """Yield announcements that wait for «have read it»."""
    waiting = unanswered(visit)
    if len(waiting) > 1:
        text = _("Say that {you} have read {n} announcements", n=Count(len(waiting)))
        yield Task(text, _("Announcements to me"), "/danhan")
    for each in waiting if len(waiting) == 1 else ():
        text = _("Say that {you} have read the announcement of {day}", day=each.due.date())
        yield Task(text, _("See announcement {n}", n=each.id), f"/danhan xem {each.id}")


def draft_line(visit: Visit, head: drafts.Head) -> Part:
    """Return how far a sheet that is being written is, and since when it has been kept."""
    conversation = visit.office.features.forms.get(head.form)
    if conversation is None:
        return _("Sheet being written, kept on {day}", day=head.touched.date())
    draft, facts = load_draft(visit.tx, head), conversation.facts(visit, head.subject)
    fields = asked_of(conversation.asks(visit.plan, facts), draft, visit.scene(facts))
    line = _(
        "⏳ Sheet being written «{title}»: {filled} of {all} answered, kept on {day}",
        title=conversation.title(visit.plan, head.subject),
        filled=Count(sum(field.code in draft.parts for field in fields)),
        all=Count(len(fields)),
        day=head.touched.date(),
    )
    warning = conversation.warning(head.subject, visit.now.date())
    return line if warning is None else _("{line}\n{warning}", line=line, warning=warning)


def _difficulties(visit: Visit) -> Iterator[Task]:
    """Yield the difficulties that this person answers, or says of whether they are solved."""
    yield from (Task(*each) for each in difficulty_waits.to_answer(visit))


def _given(visit: Visit) -> Iterator[Task]:
    """Yield what the unit was given to do until a day."""
    yield from (Task(*each) for each in difficulty_waits.to_do(visit))


def _done(visit: Visit) -> Iterator[Task]:
    """Yield for the office what units say is done."""
    yield from (Task(*each) for each in difficulty_waits.to_close(visit))


def _awards(visit: Visit) -> Iterator[Task]:
    """Yield proposals that the office answers, suggestions that the head reads."""
    yield from (Task(*each) for each in award_tasks.tasks(visit))


def _items_owed(visit: Visit) -> Iterator[Task]:
    """Yield what this person is to add to items, to ask for and to have done."""
    yield from (Task(*each) for each in item_waiting.owed(visit))


def _items_awaited(visit: Visit) -> Iterator[Task]:
    """Yield the shares and requests that wait for this person."""
    yield from (Task(*each) for each in item_waiting.awaited(visit))


def _parts(visit: Visit) -> Iterator[Task]:
    """Yield the parts of a report that the head has given this person to write."""
    yield from (Task(*each) for each in sharing.tasks(visit))


def _requests(visit: Visit) -> Iterator[Task]:
    """Yield what the office asks beside the plan."""
    yield from (Task(*each) for each in asked_waits.to_answer(visit))


def _collated(visit: Visit) -> Iterator[Task]:
    """Yield for the office the requests that are over."""
    yield from (Task(*each) for each in asked_waits.to_collate(visit))


def _report(visit: Visit) -> Iterator[Task]:
    """Yield for the office where its yearly report stands."""
    yield from (Task(*each) for each in report_tasks.tasks(visit))


GIVEN: Sequence[tuple[Claim, Sequence[Callable[[Visit], Iterable[Task]]]]] = (
    (Claim.OWED, (_owed, _reopened, _returned, _given, _items_owed, _parts, _requests)),
    (
        Claim.AWAITED,
        (
            _asked_to_reopen,
            _to_confirm,
            _to_receive,
            _report,
            _to_answer,
            _difficulties,
            _done,
            _items_awaited,
            _announced,
            _awards,
            _collated,
        ),
    ),
    (Claim.OPEN, (_to_settle, _supplement, _without_baseline)),
)
"""What gives tasks, under what they are to whoever sees them; a room adds its own function to one of the rows."""
