"""Three ways in which an item is not gone on with, each for a reason: the unit cancels, the office rejects or does not recognise."""

from collections.abc import Mapping
from typing import Any

from bot.conversation import HOME, Command, Conversation, Feature, Notice, Visit, allowed, whose
from bot.dialogue import Answers, Button, Field, Form, Line, Say, Scene
from bot.language import Part, _
from bot.movement import May, titled
from bot.office.duties import item_access, item_texts, submissions
from bot.office.items import deciding, item_moves
from bot.office.items.deciding import MOVED, DecisionFacts, RefusalWords
from bot.office.items.item_moves import ItemMove
from bot.office.told import told
from storage import initiatives, item_requests, people


def cancel(visit: Visit, args: str) -> Say:
    """Answer «/huyphieu SK-2027-012»: the unit does not go on with what it has confirmed."""
    item = item_texts.find(visit, args, lambda item: item_moves.can(visit, item, ItemMove.CANCEL))
    if item is None or not item_access.may_see(visit, item):
        example = f"{visit.plan.kinds[0].prefix}-{visit.now.year}-012"
        return Say(
            [
                _(
                    "Which registration of the unit is cancelled? Please give its tracking code, for example: {code}",
                    code=example,
                )
            ],
            buttons=(Button(_("My unit"), "/donvi"), HOME),
        )
    if (why := item_moves.why_not(visit, item, ItemMove.CANCEL)) is not None:
        return Say([why], buttons=(Button(_("See the sheet"), f"/cuatoi {item.code}"), HOME))
    return visit.open(REFUSAL, f"{ItemMove.CANCEL}:{item.code}")


def _words(scene: Scene) -> RefusalWords:
    return deciding.REFUSALS[DecisionFacts.of(scene).move]


FORM = Form(
    deciding.REFUSAL,
    title=lambda answers, scene: _("{what}: {code}", what=_words(scene).title, code=DecisionFacts.of(scene).code),
    fields=(
        Field(
            "reason",
            _("Reason"),
            lambda answers, scene: [_words(scene).question],
            Line(shortest=5, longest=500),
            example=lambda answers, scene: _words(scene).example,
        ),
        Field(
            "paper",
            _("Paper"),
            _("By which paper was it said? Its number and date."),
            Line(shortest=3, longest=120),
            example=_("45/TB-{sign} of 20/10/2027"),
            when=lambda answers, scene: DecisionFacts.of(scene).move is ItemMove.DECLINE,
            skip=_("No paper yet"),
        ),
    ),
    send=lambda answers, scene: _words(scene).send,
    review=lambda answers, scene: _review(scene),
)


def _review(scene: Scene) -> list[Part]:
    item = DecisionFacts.of(scene).item
    title: list[Part] = [] if item is None else [_("«{title}»", title=item.title)]
    return [*title, _words(scene).effect]


def file(visit: Visit, subject: str, answers: Answers) -> Say:
    """Cancel, reject or decline it, if it still can be; those concerned are told."""
    facts = DecisionFacts(visit, subject)
    item = facts.item
    assert item is not None
    if (why := item_moves.why_not(visit, item, facts.move)) is not None:
        return Say([why], buttons=(Button(_("See the sheet"), f"/cuatoi {item.code}"), HOME))
    reason = str(answers["reason"])
    if answers.get("paper"):
        reason = visit.words.say(_("{reason} ({paper})", reason=reason, paper=answers["paper"]))
    whom = deciding.refuse(visit, item, facts.move, reason)
    done = _("✅ {code}: {done}.", code=item.code, done=deciding.REFUSALS[facts.move].done)
    return Say(
        [done, *told(visit, whom, _("Its authors are told, with the reason."))],
        buttons=(Button(_("See the sheet"), f"/cuatoi {item.code}"), HOME),
    )


def moved(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Tell whoever it concerns what became of an item; pointless once something else has."""
    item = visit.tx.one(initiatives.BY_CODE, code=about["code"])
    move = ItemMove(about["move"])
    if item is None or item.state is not item_moves.TABLE[move].after:
        return None
    by = visit.tx.one(people.BY_ID, id=about["by"])
    lines: list[Part] = [deciding.said(visit, item, move), _("«{title}»", title=item.title)]
    supplement = visit.tx.one(item_requests.SUPPLEMENT, id=item.id)
    if supplement is not None:
        lines.append(_("To be added until the end of {day}: «{what}»", day=supplement.due, what=supplement.what))
    elif item.reason:
        lines.append(_("Reason: «{reason}»", reason=item.reason))
    if by is not None:
        lines.append(_("By {who}.", who=titled(by)))
    buttons = []
    if move is ItemMove.SEND_BACK and item_texts.writes(visit, item):
        buttons.append(Button(_("Complete the sheet"), f"/cuatoi sua {item.code}"))
    if move is ItemMove.ASK_SUPPLEMENT and item_moves.can(visit, item, ItemMove.REQUEST):
        buttons.append(Button(_("Complete the request"), f"/yeucaucongnhan {item.code}"))
    return Say(lines, buttons=(*buttons, Button(_("See the sheet"), f"/cuatoi {item.code}")))


def _concerned(visit: Visit, about: Mapping[str, Any]) -> bool:
    item = visit.tx.one(initiatives.BY_CODE, code=about["code"])
    if item is None:
        return False
    involved = visit.me.id in item_texts.involved(visit, item)
    return involved or visit.may(May.RECEIVE) or (item.unit == visit.me.unit and item_texts.sends_for(visit))


REFUSAL = Conversation(
    deciding.REFUSAL,
    title=lambda plan, subject: _("Not going on with {code}", code=subject.partition(":")[2]),
    form=lambda plan: FORM,
    file=file,
    serves=whose(_("the head of the unit, or the office"), deciding.may),
    facts=DecisionFacts,
)
CANCEL = Command(
    "huyphieu",
    _("Cancel a registration"),
    _("cancel a registration"),
    cancel,
    allowed(May.SEND, submissions.sends),
    listed=False,
)
FEATURE = Feature(
    __name__,
    commands=(CANCEL,),
    forms=(REFUSAL,),
    notices=(Notice(MOVED, moved, whose(_("those whom it concerns"), _concerned)),),
)
