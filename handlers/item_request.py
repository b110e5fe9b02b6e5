"""Ask for the recognition of what was applied: what is missing is asked, the request goes to the office."""

from collections.abc import Mapping, Sequence
from functools import cache, partial
from typing import Any

from bot.conversation import DESK, HOME, Command, Conversation, Feature, Notice, Visit, allowed, whose
from bot.dialogue import Answers, Button, Form, Say
from bot.language import Count, Part, Time, _, fold
from bot.movement import May, Plan
from bot.office.duties import item_texts
from bot.office.duties.refused_sheets import keep_open
from bot.office.items import deciding, item_movers, item_moves, request_form, requesting, sheet_buttons, sheet_lines
from bot.office.items.item_moves import ItemMove
from bot.office.items.requesting import REQUESTED, RecognitionRequestFacts
from storage import initiatives, item_requests
from storage.initiatives import UNDECIDED, Initiative, ItemState

MINE = Button(_("My requests"), "/yeucaucongnhan")


def run(visit: Visit, args: str) -> Say:
    """Answer «/yeucaucongnhan»: what may be asked for; with a code the form; «rut» takes a request back."""
    words, version = item_texts.versioned(args)
    if not words:
        return _list(visit)
    verb = fold(words[0]) if fold(words[0]) in ("rut",) else ""
    sure = len(words) > 1 and words[-1] == "co"
    said = " ".join(words[bool(verb) : len(words) - sure])
    item = item_texts.find(visit, said, lambda item: item_movers.is_author(visit, item))
    if item is None or not item_movers.is_author(visit, item):
        return Say([_("There is no sheet {code} of which {you_name} are an author.", code=said)], buttons=(MINE, HOME))
    move = ItemMove.TAKE_REQUEST_BACK if verb else ItemMove.REQUEST
    if (why := item_moves.why_not(visit, item, move)) is not None:
        return Say([why], buttons=(Button(_("See the sheet"), f"/cuatoi {item.code}"), MINE, HOME))
    if verb:
        return _take_back(visit, item, version if sure else None)
    return visit.open(_conversation(item.kind), item.code, requesting.known(visit, visit.plan.kind(item.kind), item))


def _list(visit: Visit) -> Say:
    items = visit.tx.all(initiatives.OF_PERSON, person=visit.me.id, since=visit.now.year - 2)
    ready = [item for item in items if item_moves.can(visit, item, ItemMove.REQUEST)]
    asked = [item for item in items if item.state in UNDECIDED - {ItemState.RECEIVED}]
    lines: list[Part] = []
    if ready:
        lines.append(_("Recognition may be asked for ({n})", n=Count(len(ready))))
        lines += [_("- {code} «{title}»", code=item.code, title=item.title) for item in ready[:10]]
    if asked:
        lines.append(_("Asked for already ({n})", n=Count(len(asked))))
        for item in asked[:10]:
            lines.append(item_texts.line(item))
            lines += sheet_lines.request_lines(visit, item)
    if not lines:
        return Say(
            [_("Nothing of {you_name} can be asked for now: recognition is asked for what the office has received.")],
            buttons=(Button(_("My sheets"), "/cuatoi"), HOME),
        )
    buttons = [Button(_("Ask for {code}", code=item.code), f"/yeucaucongnhan {item.code}") for item in ready[:8]]
    buttons += [Button(_("See {code}", code=item.code), f"/cuatoi {item.code}") for item in asked[:4]]
    return Say(lines, buttons=(*buttons, HOME))


def _take_back(visit: Visit, item: Initiative, version: int | None) -> Say:
    if version != item.version:
        return Say(
            [
                _("Take the request for {code} back?", code=item.code),
                _("«{title}»", title=item.title),
                _("The sheet stays registered; recognition may be asked for anew within its time."),
            ],
            buttons=(
                Button(_("Take it back now"), f"/yeucaucongnhan rut {item.code} v{item.version} co"),
                Button(_("Keep the request"), f"/cuatoi {item.code}"),
            ),
        )
    deciding.take_request_back(visit, item)
    return Say(
        [_("✅ The request for {code} has been taken back; the office is told.", code=item.code)], buttons=(MINE, HOME)
    )


# The form ---------------------------------------------------------------------------------------


@cache
def form_of(code: str, plan: Plan) -> Form:
    """Return the request of a kind; StopIteration where the plan does not have it."""
    return request_form.form_of(plan.kind(code), requesting.FORM.format(kind=code))


def file(code: str, visit: Visit, subject: str, answers: Answers) -> Say:
    """Send the request to the office."""
    why = requesting.file(visit, visit.plan.kind(code), subject, answers)
    see = Button(_("See the sheet"), f"/cuatoi {subject}")
    if why is not None:
        return keep_open(visit, Say([why], buttons=(see, HOME)))
    item = visit.tx.one(initiatives.BY_CODE, code=subject)
    assert item is not None
    lines: list[Part] = [
        _("✅ The request for {code} was sent to the office at {at}.", code=subject, at=Time(visit.said)),
        *sheet_lines.request_lines(visit, item),
    ]
    if left := requesting.others_without(visit, item):
        lines.append(_("{n} co-authors are asked for birth date and degree in their own chats.", n=Count(len(left))))
    paper = sheet_buttons.as_word(visit, item)
    return Say(lines, buttons=(see, *paper, Button(_("What has become of it"), f"/quatrinh {subject}"), HOME))


def _may_ask(visit: Visit, subject: str) -> bool:
    item = visit.tx.one(initiatives.BY_CODE, code=subject)
    return item is not None and item_movers.is_author(visit, item)


@cache
def _conversation(code: str) -> Conversation:
    return Conversation(
        requesting.FORM.format(kind=code),
        title=lambda plan, subject: _("Request for recognition of {code}", code=subject),
        form=partial(form_of, code),
        file=partial(file, code),
        serves=whose(item_moves.AUTHORS, _may_ask),
        facts=partial(RecognitionRequestFacts, code),
    )


def conversations(plan: Plan) -> Sequence[Conversation]:
    """Return the requests of the kinds that a decision may recognise."""
    return [_conversation(kind.code) for kind in plan.kinds if kind.recognised]


# What is told -----------------------------------------------------------------------------------


def requested(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Tell the office that recognition is asked for; pointless once it is answered."""
    item = visit.tx.one(initiatives.BY_CODE, code=about["code"])
    request = None if item is None else visit.tx.one(item_requests.REQUEST, id=item.id)
    if item is None or request is None or item.state is not ItemState.REQUESTED:
        return None
    by = item_texts.who(visit, about["by"])
    head = _("{who} asks for the recognition of {code}.", who=by, code=item.code)
    if about.get("again"):
        head = _("{who} has completed the request for {code}.", who=by, code=item.code)
    return Say(
        [head, _("«{title}»", title=item.title), *sheet_lines.request_lines(visit, item)],
        buttons=(Button(_("Look at the request"), f"/xetphieu {item.code}"),),
    )


COMMAND = Command(
    "yeucaucongnhan",
    _("Ask for recognition"),
    _("ask for recognition|request recognition"),
    run,
    allowed(May.REGISTER),
    acts=("rut",),
)
FEATURE = Feature(
    __name__, commands=(COMMAND,), plan_forms=conversations, notices=(Notice(REQUESTED, requested, DESK),)
)
