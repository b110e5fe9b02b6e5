"""The head asks to correct what was received, leaves it as it was sent, or does not ask any more."""

from functools import cached_property

from bot.conversation import HOME, MY_TASKS, WHO, Command, Conversation, Feature, Visit, allowed, notice_codes, whose
from bot.dialogue import Answers, Button, Facts, Field, Form, Line, Say
from bot.language import _, fold, read_years
from bot.movement import May
from bot.office import desk
from bot.office.duties import reopening, reopening_lists, reopening_typed, submissions
from bot.office.duties import reopening_texts as texts
from bot.office.duties.reopening import RecordNamed
from storage import reopenings
from storage.reopenings import Reopening, ReopeningState

LIST = Button(_("What can be corrected"), "/dinhchinh")
SHORTEST = 5
"""Characters of a reason, at least."""


def run(visit: Visit, args: str) -> Say:
    """Answer «/dinhchinh BC-2027-QLXD vì sai mục 4»; «giu» leaves it as it was sent, «rut» asks no more."""
    verb, _space, rest = args.strip().partition(" ")
    if not verb:
        return reopening_lists.of_unit(visit)
    if fold(verb) in ("giu", "rut"):
        sure = fold(rest).endswith(" co")
        return _end(visit, fold(verb), rest[: -len(" co")] if sure else rest, sure)
    typed = reopening_typed.read(args)
    record = _mine(visit, typed.record)
    if record is None:
        return _unknown(visit, typed.record)
    if (no := _why_not(visit, record)) is not None:
        return no
    return visit.open(ASK, record.code, {"why": typed.why} if len(typed.why) >= SHORTEST else None)


def _mine(visit: Visit, said: str) -> RecordNamed | None:
    """Return the record that a code names, or the name of a duty with its year, where it is my unit's."""
    years = read_years(said, visit.said.date())
    found = reopening.named(visit, said) or reopening.in_words(visit, years.rest, next(iter(years.years), None))
    return found if found is not None and found.unit == visit.me.unit else None


def _unknown(visit: Visit, said: str) -> Say:
    why = _(
        "{unit} has no record «{said}». Please give its tracking code, for example: correct BC-2027-{code} because a figure is wrong",
        unit=visit.me.unit_name,
        said=said[:60],
        code=visit.me.unit,
    )
    return Say([why], buttons=(LIST, HOME))


def _why_not(visit: Visit, record: RecordNamed) -> Say | None:
    """Say why nothing has to be asked; None where it has."""
    found = reopening.live(visit, record.code)
    if found is not None and not _over(visit, found):
        buttons = [texts.corrects(visit, found), texts.keeps(found)]
        if found.state == ReopeningState.ASKED:
            buttons = [Button(_("Do not ask any more"), f"/dinhchinh rut {record.code}")]
        return Say([texts.under_way(visit, found, record)], buttons=(*buttons, HOME))
    shut = reopening.closed_now(visit, record)
    if shut:
        return None
    if shut is None:
        return Say([_("{record} can still be sent: it is not locked.", record=record.name)], buttons=(MY_TASKS, HOME))
    why = _("{record} was not received yet, so {you} can change it right away.", record=record.name)
    return Say([why], buttons=(MY_TASKS, HOME))


def _over(visit: Visit, found: Reopening) -> bool:
    """Whether its last day has passed without anything being sent, and nobody has marked it yet."""
    return found.state == ReopeningState.OPEN and found.day is not None and found.day < visit.said.date()


# The form -------------------------------------------------------------------------------------


class AskFacts(Facts):
    """The record that is to be corrected."""

    def __init__(self, visit: Visit, subject: str) -> None:
        self._visit, self._subject = visit, subject

    @cached_property
    def record(self) -> RecordNamed:
        """What it is."""
        return reopening.record_of(self._visit, self._subject)


FORM = Form(
    "ask_correction",
    title=lambda answers, scene: _("Ask to correct: {record}", record=AskFacts.of(scene).record.name),
    fields=(
        Field(
            "why",
            _("Reason"),
            _("What is to be corrected, and why? The office reads it."),
            Line(shortest=SHORTEST, longest=300),
            example=_("target 2: it is 17/18, 16/18 was given"),
        ),
    ),
    send=lambda answers, scene: _("Send to the office"),
    review=lambda answers, scene: [
        texts.counts_until(AskFacts.of(scene).record),
        _("Who can read it: the office, the leaders."),
    ],
)


def file(visit: Visit, subject: str, answers: Answers) -> Say:
    """Ask the office; everybody of it is told."""
    record = reopening.record_of(visit, subject)
    if (no := _why_not(visit, record)) is not None:
        return no
    if (over := reopening.live(visit, subject)) is not None:
        reopening.end(visit, over, ReopeningState.PASSED)
    id = reopenings.ask(
        visit.tx,
        record=record.code,
        what=record.what,
        unit=record.unit,
        year=record.year,
        why=answers["why"],
        by=visit.me.id,
        now=visit.said,
    )
    visit.note("correction_asked", record.code)
    for person in desk.people_of(visit.tx):
        visit.tell(person.id, notice_codes.REOPENING_ASKED, id=id)
    return Say(
        [
            _("✅ The office was asked to open {record}.", record=record.name),
            _("{You} are told once as soon as it has answered; until then what was sent counts."),
        ],
        buttons=(Button(_("Do not ask any more"), f"/dinhchinh rut {record.code}"), HOME),
    )


# Leaving it, asking no more ----------------------------------------------------------------------


def _end(visit: Visit, verb: str, said: str, sure: bool) -> Say:
    record = _mine(visit, said)
    found = None if record is None else reopening.live(visit, record.code)
    if record is None or found is None or (found.state == ReopeningState.ASKED) != (verb == "rut"):
        if record is not None and found is not None:
            return Say([texts.under_way(visit, found, record)], buttons=(LIST, HOME))
        return Say(
            [_("Nothing is open or asked for under the code {code}.", code=said[:60] or "?")], buttons=(LIST, HOME)
        )
    if not sure and verb == "giu":
        ask = [_("Leave {record} as it was sent? What was begun as a correction is put away.", record=record.name)]
        yes = Button(_("Yes, leave it so"), f"/dinhchinh giu {record.code} co")
        return Say(ask, buttons=(yes, texts.corrects(visit, found), HOME))
    reopening.end(visit, found, ReopeningState.KEPT if verb == "giu" else ReopeningState.WITHDRAWN)
    for person in desk.people_of(visit.tx):
        visit.tell(person.id, notice_codes.REOPENING_ENDED, id=found.id)
    done = _("✅ {You} do not ask any more to correct {record}.", record=record.name)
    if verb == "giu":
        done = _("✅ Noted: {record} stays as it was sent; what counted goes on counting.", record=record.name)
    return Say([done, _("The office is told once.")], buttons=(MY_TASKS, HOME))


def _theirs(visit: Visit, subject: str | None) -> bool:
    """Whether a record is of the unit that this person sends for."""
    record = None if subject is None else reopening.named(visit, subject)
    return submissions.sends(visit) and (subject is None or (record is not None and record.unit == visit.me.unit))


ASK = Conversation(
    "ask_correction",
    title=lambda plan, subject: _("Asking to correct {code}", code=subject),
    form=lambda plan: FORM,
    file=file,
    serves=whose(WHO[May.SEND], _theirs),
    facts=AskFacts,
)
COMMAND = Command(
    "dinhchinh",
    _("Ask to correct"),
    _("correct|ask to correct"),
    run,
    allowed(May.SEND, submissions.sends),
    listed=False,
    seldom=True,
    acts=("rut", "giu"),
)
FEATURE = Feature(__name__, commands=(COMMAND,), forms=(ASK,))
