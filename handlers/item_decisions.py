"""The office looks at registrations and requests: asks for more until a day, finds complete, rejects, does not recognise."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from bot.conversation import DESK, HOME, Command, Conversation, Feature, Visit
from bot.dialogue import Answers, Button, Choice, Day, Field, Form, Line, Say, Scene, Window, in_days
from bot.language import Count, Part, Weekday, _, fold
from bot.office.duties import item_sheet, item_texts, record_files
from bot.office.duties.refused_sheets import keep_open
from bot.office.items import deciding, item_moves, request_details, sheet_buttons, sheet_lines
from bot.office.items.deciding import DecisionFacts
from bot.office.items.item_moves import ItemMove
from bot.office.told import told
from storage import initiatives, item_requests
from storage.initiatives import Initiative, ItemState

LIST = Button(_("Requests for recognition"), "/xetphieu")
VERBS = {
    "du": ItemMove.COMPLETE,
    "bosung": ItemMove.ASK_SUPPLEMENT,
    "tuchoi": ItemMove.REJECT,
    "khong": ItemMove.DECLINE,
}
"""Behind the buttons; of a registration «bosung» sends it back."""


def run(visit: Visit, args: str) -> Say:
    """Answer «/xetphieu»: what is asked for; with a code that one; «du», «bosung», «tuchoi», «khong» decide."""
    words, version = item_texts.versioned(args)
    if not words:
        return _list(visit)
    move = VERBS.get(fold(words[0]))
    said = " ".join(words[move is not None :])
    item = item_texts.find(visit, said, lambda item: item.state in OPEN)
    if item is None:
        return Say([_("There is no sheet {code}.", code=said or "?")], buttons=(LIST, HOME))
    if move is None:
        return look(visit, item)
    if move is ItemMove.ASK_SUPPLEMENT and item.state is ItemState.CONFIRMED:
        move = ItemMove.SEND_BACK
    if (why := item_moves.why_not(visit, item, move)) is not None:
        return Say([why], buttons=(Button(_("See the sheet"), f"/cuatoi {item.code}"), LIST, HOME))
    if version not in (None, item.version):
        return look(visit, item).after(item_texts.changed(item))
    if move is ItemMove.COMPLETE:
        return _complete(visit, item)
    if move in deciding.REFUSALS:
        return visit.open(visit.office.features.forms[deciding.REFUSAL], f"{move}:{item.code}")
    return visit.open(SUPPLEMENT, f"{move}:{item.code}")


OPEN = frozenset(
    {ItemState.CONFIRMED, ItemState.RECEIVED, ItemState.REQUESTED, ItemState.INCOMPLETE, ItemState.COMPLETE}
)


def _list(visit: Visit) -> Say:
    """Return what is asked for, the nearest limit first, and how many registrations wait."""
    lines: list[Part] = []
    buttons: list[Button] = []
    for request in visit.tx.all(item_requests.ALL_REQUESTS)[:20]:
        item = visit.tx.one(initiatives.BY_ID, id=request.item)
        if item is None:
            continue
        lines.append(_("{code} «{title}», {unit}: {state}", **_line(item)))
        lines += sheet_lines.request_lines(visit, item)[1:]
        buttons.append(Button(item.code, f"/xetphieu {item.code}"))
    head = _("Requests for recognition ({n})", n=Count(len(buttons)))
    waiting = visit.tx.all(initiatives.IN_STATE, state=ItemState.CONFIRMED, since=visit.now.year - 1)
    if waiting:
        lines.append(
            _("Registrations that wait to be received ({n}): they may be rejected or sent back.", n=Count(len(waiting)))
        )
        buttons += [Button(each.code, f"/xetphieu {each.code}") for each in waiting[:8]]
    if not lines:
        return Say([_("No request waits, and no registration.")], buttons=(HOME,))
    return Say([head, *lines], buttons=(*buttons[:12], HOME))


def _line(item: Initiative) -> dict[str, Any]:
    return {"code": item.code, "title": item.title, "unit": item.unit_name, "state": item_texts.STATES[item.state]}


def look(visit: Visit, item: Initiative) -> Say:
    """Return a sheet with what its request needs, and what the office can do with it now."""
    lines = [*item_sheet.sheet(visit, item), *request_details.lines(visit, item)]
    return Say(
        lines,
        buttons=(
            *buttons_of(visit, item),
            *record_files.button(visit, item.code),
            *sheet_buttons.as_word(visit, item),
            LIST,
            HOME,
        ),
    )


def buttons_of(visit: Visit, item: Initiative) -> list[Button]:
    """Return what the office can do with an item now."""
    v = f"{item.code} v{item.version}"
    found = [
        (ItemMove.RECEIVE, Button(_("Receive"), f"/tiepnhan {v}")),
        (ItemMove.COMPLETE, Button(_("The request is complete"), f"/xetphieu du {v}")),
        (ItemMove.SEND_BACK, Button(_("Send it back to be completed"), f"/xetphieu bosung {v}")),
        (ItemMove.ASK_SUPPLEMENT, Button(_("Ask for a supplement"), f"/xetphieu bosung {v}")),
        (ItemMove.RECOGNISE, Button(_("Record its recognition"), f"/congnhan {item.code}")),
        (ItemMove.DECLINE, Button(_("Not recognised"), f"/xetphieu khong {v}")),
        (ItemMove.REJECT, Button(_("Reject the sheet"), f"/xetphieu tuchoi {v}")),
    ]
    decided = (ItemState.RECOGNISED,)
    return [b for move, b in found if item.state not in decided and item_moves.can(visit, item, move)]


def _complete(visit: Visit, item: Initiative) -> Say:
    whom = deciding.complete(visit, item)
    now = visit.tx.one(initiatives.BY_ID, id=item.id)
    assert now is not None
    return Say(
        [
            _("✅ The request for {code} is noted as complete.", code=item.code),
            *sheet_lines.request_lines(visit, now)[1:],
            *told(visit, whom, _("Its authors are told.")),
        ],
        buttons=(LIST, HOME),
    )


# What is to be added ----------------------------------------------------------------------------


def days(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Offer the day that the plan proposes."""
    day = DecisionFacts.of(scene).proposed
    return [Choice(day.isoformat(), _("Until the end of {weekday}, {day}", weekday=Weekday(day), day=day))]


FORM = Form(
    "item_supplement",
    title=lambda answers, scene: _("Ask for a supplement to {code}", code=DecisionFacts.of(scene).code),
    fields=(
        Field(
            "what",
            _("To be added"),
            _("What is to be added? Its authors read it."),
            Line(shortest=5, longest=500),
            example=_("a confirmation of whoever took part in the first application"),
        ),
        Field(
            "due",
            _("Until"),
            _("Until the end of which day?"),
            Day(past=False, believed=Window(in_days(0), in_days(92))),
            choices=days,
            example="20/11/2027",
        ),
    ),
    send=lambda answers, scene: _("Ask for it"),
    review=lambda answers, scene: [_("The assistant reminds of it before that day; what was sent stays as it is.")],
)


def file(visit: Visit, subject: str, answers: Answers) -> Say:
    """Ask for a supplement; its authors are told."""
    facts, due = DecisionFacts(visit, subject), date.fromisoformat(answers["due"])
    item = facts.item
    assert item is not None
    if (why := item_moves.why_not(visit, item, facts.move)) is not None:
        return Say([why], buttons=(LIST, HOME))
    if due < visit.now.date():
        return keep_open(
            visit, Say([_("{day} has passed meanwhile; please give a later day.", day=due)], buttons=(HOME,))
        )
    whom = deciding.ask_supplement(visit, item, facts.move, answers["what"], due)
    done = _("✅ Asked for: a supplement to {code} until the end of {day}.", code=item.code, day=due)
    return Say([done, *told(visit, whom, _("Its authors are told."))], buttons=(LIST, HOME))


SUPPLEMENT = Conversation(
    "item_supplement",
    title=lambda plan, subject: _("Asking for a supplement to {code}", code=subject.partition(":")[2]),
    form=lambda plan: FORM,
    file=file,
    serves=DESK,
    facts=DecisionFacts,
)
COMMAND = Command(
    "xetphieu", _("Requests for recognition"), _("requests for recognition|look at a request"), run, DESK, acts=("du",)
)
FEATURE = Feature(__name__, commands=(COMMAND,), forms=(SUPPLEMENT,))
