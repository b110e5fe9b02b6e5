"""How far tasks and models are: «đang làm», «xong», «chậm vì …», with its day; what the plan asks of a result when it is done."""

from collections.abc import Sequence
from datetime import date
from functools import cache, partial

from bot.conversation import HOME, MY_TASKS, Command, Conversation, Feature, Visit, allowed, whose
from bot.dialogue import Answers, Button, Say
from bot.language import Count, Part, _
from bot.movement import May, Plan
from bot.office.duties import item_texts
from bot.office.duties.refused_sheets import keep_open
from bot.office.items import progress_form, progress_words, progressing, requesting
from storage import initiatives
from storage.initiatives import Initiative
from storage.item_progress import ProgressState

LIST = Button(_("Tasks and models of the unit"), "/capnhat")


def run(visit: Visit, args: str) -> Say:
    """Answer «/capnhat NV-2027-003 xong», «… chậm vì chờ kinh phí»: a list, the form, or the form with its answer."""
    said = progress_words.read(args, visit.words)
    if not said.code:
        return _list(visit)
    item = item_texts.find(visit, said.code, lambda item: progressing.why_not(visit, item) is None)
    if item is None:
        return Say([_("There is no sheet {code}.", code=said.code)], buttons=(LIST, HOME))
    if (why := progressing.why_not(visit, item)) is not None:
        return Say([why], buttons=(LIST, HOME))
    given: dict[str, str] = {} if said.state is None else {"state": str(said.state)}
    if said.state is ProgressState.LATE and len(said.reason) >= progress_form.SHORTEST:
        given["reason"] = said.reason
    return visit.open(_conversation(item.kind), item.code, given)


def _list(visit: Visit) -> Say:
    items = progressing.followed(visit)
    if not items:
        return Say(
            [_("No task or model of {you_name} is followed. What the unit has confirmed stands here.")],
            buttons=(MY_TASKS, HOME),
        )
    lines: list[Part] = [_("Tasks and models: how far each is ({n})", n=Count(len(items)))]
    lines += [progressing.line(visit, item) for item in items[:15]]
    if len(items) > 15:
        lines.append(_("… and {n} more", n=Count(len(items) - 15)))
    return Say(lines, buttons=(*(Button(item.code, f"/capnhat {item.code}") for item in items[:10]), HOME))


def file(code: str, visit: Visit, subject: str, answers: Answers) -> Say:
    """Store how far it is, and what the plan asks of its result."""
    item = visit.tx.one(initiatives.BY_CODE, code=subject)
    assert item is not None
    see = Button(_("See the sheet"), f"/cuatoi {subject}")
    if (why := progressing.why_not(visit, item)) is not None:
        return keep_open(visit, Say([why], buttons=(see, HOME)))
    state = ProgressState(answers["state"])
    said = answers.get("done") if state is ProgressState.DONE else answers.get("due")
    if state is ProgressState.DONE:
        requesting.keep_answers(visit, item, visit.plan.kind(code).asked_at("result"), answers, item.version)
    progressing.note(visit, item, state, str(answers.get("reason") or ""), date.fromisoformat(said) if said else None)
    return Say(
        [
            _("✅ Noted: {line}", line=progressing.line(visit, item)),
            _("It stands in the draft of the yearly report of {unit}.", unit=item.unit_name),
        ],
        buttons=(see, LIST, HOME),
    )


def _may_note(visit: Visit, subject: str) -> bool:
    item: Initiative | None = visit.tx.one(initiatives.BY_CODE, code=subject)
    return item is not None and progressing.may_note(visit, item)


@cache
def _conversation(code: str) -> Conversation:
    return Conversation(
        progress_form.FORM.format(kind=code),
        title=lambda plan, subject: _("Progress of {code}", code=subject),
        form=partial(progress_form.form_of, code),
        file=partial(file, code),
        serves=whose(_("whoever is in charge of it, or the head of the unit"), _may_note),
        facts=partial(progress_form.ProgressFacts, code),
    )


def conversations(plan: Plan) -> Sequence[Conversation]:
    """Return the forms of the kinds whose progress is followed."""
    return [_conversation(kind.code) for kind in plan.kinds if kind.progress]


COMMAND = Command(
    "capnhat",
    _("Progress of tasks and models"),
    _("progress of tasks|update progress"),
    run,
    allowed(May.REGISTER),
    acts=("*",),
)
FEATURE = Feature(__name__, commands=(COMMAND,), plan_forms=conversations)
