"""The office declines what a unit asks to correct, or closes again what it has opened once more; the unit is told why."""

from bot.conversation import DESK, HOME, Conversation, Feature, Visit, notice_codes
from bot.dialogue import Answers, Button, Field, Form, Line, Say, Scene
from bot.language import _
from bot.office.duties import reopening
from bot.office.duties import reopening_texts as texts
from bot.office.duties.reopening_facts import SHORTEST, ReopenFacts
from storage.reopenings import ReopeningState

LIST = Button(_("What is open once more"), "/molai")


def run(visit: Visit, verb: str, said: str) -> Say:
    """Answer «/molai tuchoi BC-2027-QLXD» and «/molai dong …» with the question why."""
    record = reopening.named(visit, said)
    found = None if record is None else reopening.live(visit, record.code)
    buttons = (LIST, HOME)
    if record is None or found is None:
        return Say([_("Nothing is open or asked for under the code {code}.", code=said[:60] or "?")], buttons=buttons)
    if (found.state == ReopeningState.ASKED) != (verb == "tuchoi"):
        return Say([texts.under_way(visit, found, record)], buttons=buttons)
    return visit.open(END, record.code)


END_FORM = Form(
    "reopening_end",
    title=lambda answers, scene: (
        _("Decline to open: {record}", record=ReopenFacts.of(scene).record.name)
        if _asked(scene)
        else _("Close again: {record}", record=ReopenFacts.of(scene).record.name)
    ),
    fields=(
        Field(
            "reason",
            _("Reason"),
            _("Why? The unit reads it."),
            Line(shortest=SHORTEST, longest=300),
            example=_("the figure is the one in the list"),
        ),
    ),
    send=lambda answers, scene: _("Decline it") if _asked(scene) else _("Close it again"),
    review=lambda answers, scene: [*ReopenFacts.of(scene).told],
)


def _asked(scene: Scene) -> bool:
    found = ReopenFacts.of(scene).asked
    return found is not None and found.state == ReopeningState.ASKED


def end(visit: Visit, subject: str, answers: Answers) -> Say:
    """Refuse what was asked, or close again what is open; the unit is told why."""
    buttons = (LIST, HOME)
    found = reopening.live(visit, subject)
    if found is None:
        return Say([_("Nothing is open or asked for under the code {code}.", code=subject)], buttons=buttons)
    asked = found.state == ReopeningState.ASKED
    state = ReopeningState.DECLINED if asked else ReopeningState.CLOSED
    reopening.end(visit, found, state, answers["reason"])
    for person in reopening.hear(visit, found.record, found.what, found.unit):
        visit.tell(person.id, notice_codes.REOPENING_ENDED, id=found.id)
    record = reopening.record_of(visit, subject)
    done = _("✅ {record} is closed again; what was sent before stays.", record=record.name)
    if asked:
        done = _("✅ {record} is not opened; what was sent before stays.", record=record.name)
    return Say([done, *ReopenFacts(visit, subject).told], buttons=buttons)


END = Conversation(
    "reopening_end",
    title=lambda plan, subject: _("Closing {code} again", code=subject),
    form=lambda plan: END_FORM,
    file=end,
    serves=DESK,
    facts=ReopenFacts,
)
FEATURE = Feature(__name__, forms=(END,))
