"""The office opens once more what it has received or what is locked, for one unit, until a day, for a reason."""

from datetime import date
from typing import Any

from bot.conversation import DESK, HOME, Command, Conversation, Feature, Visit, notice_codes
from bot.dialogue import Answers, Button, Day, Field, Form, Line, Say, Value, Wrong
from bot.language import Part, Weekday, _, fold
from bot.office.duties import reopening, reopening_lists, reopening_typed
from bot.office.duties import reopening_texts as texts
from bot.office.duties.reopening import RecordNamed
from bot.office.duties.reopening_facts import SHORTEST, ReopenFacts, days, outside, reasons
from bot.office.reviews import review_elsewhere
from handlers import reopen_end
from storage import reopenings
from storage.reopenings import ReopeningState

LAST_DAY = Day(past=False)


def run(visit: Visit, args: str) -> Say:
    """Answer «/molai BC-2027-QLXD đến 20/11 vì sai số liệu»; «tuchoi» declines what was asked, «dong» closes again."""
    verb, _space, rest = args.strip().partition(" ")
    if not verb:
        return reopening_lists.of_office(visit)
    if fold(verb) in ("tuchoi", "dong"):
        return reopen_end.run(visit, fold(verb), rest)
    typed = reopening_typed.read(args)
    if (review := review_elsewhere.code_in(visit, typed.record)) is not None:
        return review_elsewhere.reopened(visit, review)
    record = reopening.named(visit, typed.record)
    if record is None:
        return Say(
            [_unknown(typed.record, reopening_lists.example(visit))],
            buttons=(Button(_("What is open once more"), "/molai"), HOME),
        )
    if (why_not := _why_not(visit, record)) is not None:
        return Say([why_not], buttons=(Button(_("What is open once more"), "/molai"), HOME))
    given: dict[str, Any] = {"reason": typed.why} if len(typed.why) >= SHORTEST else {}
    day, wrong = _day(visit, record, typed.day)
    return visit.open(REOPEN, record.code, {**given, **day}, *wrong)


def _day(visit: Visit, record: RecordNamed, said: str) -> tuple[dict[str, Any], list[Part]]:
    """Return the last day that was typed as an answer; or why it cannot be."""
    scene = visit.scene(ReopenFacts(visit, record.code))
    reading = LAST_DAY.read(said, {}, scene) if said else None
    if not isinstance(reading, Value):
        return {}, [reading.why] if isinstance(reading, Wrong) else []
    refused = outside(reading.value, {}, scene)
    return ({"day": reading.value}, []) if refused is None else ({}, [refused])


def _unknown(said: str, code: str) -> Part:
    return _(
        "The assistant does not know the record «{said}». Please give its tracking code, for example: reopen {code} until 20/11 because a figure is wrong",
        said=said[:60],
        code=code,
    )


def _why_not(visit: Visit, record: RecordNamed) -> Part | None:
    """Say why a record is not opened; None where it can be."""
    found = reopening.live(visit, record.code)
    if found is not None and found.state != ReopeningState.ASKED:
        return texts.under_way(visit, found, record)
    if visit.now.date() > reopening.last_bound(visit):
        return _("The movement was over on {day}, so nothing is opened any more.", day=reopening.last_bound(visit))
    shut = reopening.closed_now(visit, record)
    if shut is None:
        return _("{unit} can still send {record}: it is not locked.", unit=record.unit_name, record=record.name)
    if not shut:
        return _("{unit} can still change {record}: it was not received.", unit=record.unit_name, record=record.name)
    return None


# The form -------------------------------------------------------------------------------------

FORM = Form(
    "reopen",
    title=lambda answers, scene: _("Open once more: {record}", record=ReopenFacts.of(scene).record.name),
    fields=(
        Field(
            "day",
            _("Last day"),
            _("Until the end of which day may the unit send its correction?"),
            LAST_DAY,
            choices=days,
            example=_("20/11"),
            refuse=outside,
        ),
        Field(
            "reason",
            _("Reason"),
            _("Why is it opened once more? The unit reads it."),
            Line(shortest=SHORTEST, longest=300),
            choices=reasons,
            example=_("the figure of target 2 is not the one in the list"),
        ),
    ),
    send=lambda answers, scene: _("Open it once more"),
    review=lambda answers, scene: [*ReopenFacts.of(scene).told, texts.counts_until(ReopenFacts.of(scene).record)],
)


def file(visit: Visit, subject: str, answers: Answers) -> Say:
    """Open the record; the unit is told at once."""
    record = reopening.record_of(visit, subject)
    day = date.fromisoformat(answers["day"])
    buttons = (Button(_("What is open once more"), "/molai"), HOME)
    if (why_not := _why_not(visit, record)) is not None:
        return Say([why_not], buttons=buttons)
    if day < visit.now.date():
        return Say([_("{day} has passed meanwhile; please give a later day.", day=day)], buttons=buttons)
    id = reopenings.open_again(
        visit.tx,
        record=record.code,
        what=record.what,
        unit=record.unit,
        year=record.year,
        day=day,
        reason=answers["reason"],
        by=visit.me.id,
        now=visit.said,
    )
    visit.note("reopened", record.code, day=day.isoformat())
    for person in reopening.hear(visit, record.code, record.what, record.unit):
        visit.tell(person.id, notice_codes.REOPENED, id=id)
    done = _(
        "✅ {record} is open once more until the end of {day} ({weekday}).",
        record=record.name,
        day=day,
        weekday=Weekday(day),
    )
    return Say([done, *ReopenFacts(visit, subject).told], buttons=buttons)


REOPEN = Conversation(
    "reopen",
    title=lambda plan, subject: _("Opening {code} once more", code=subject),
    form=lambda plan: FORM,
    file=file,
    serves=DESK,
    facts=ReopenFacts,
)
COMMAND = Command("molai", _("Open once more"), _("reopen|open once more"), run, DESK)
FEATURE = Feature(__name__, commands=(COMMAND,), forms=(REOPEN,))
