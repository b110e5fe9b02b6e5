"""Confirm a sheet, or return it to be completed: what a head does for the unit's registrations."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from bot.conversation import HOME, WHO, Command, Conversation, Feature, Notice, Visit, allowed, whose
from bot.dialogue import Answers, Button, Choice, Field, Form, Line, Say, Scene
from bot.language import Count, Time, _, fold
from bot.movement import May, titled
from bot.office.duties import confirming, item_sheet, item_texts, record_files, several_to_confirm, submissions
from bot.office.items import item_moves
from bot.office.items.item_moves import ItemMove
from bot.office.told import told
from handlers import close_list
from storage.initiatives import READY, Initiative, ItemState

SHEETS = Button(_("Sheets to confirm"), "/xacnhan")


def run(visit: Visit, args: str) -> Say:
    """Answer «/xacnhan» with the list, with a code the sheet; «gui» confirms, «tralai» returns, «chot» closes."""
    words, version = item_texts.versioned(args)
    if not words or fold(args) in several_to_confirm.LIST:
        return several_to_confirm.listed(visit, close_list.way_there(visit))
    if words[0] == several_to_confirm.YES:
        return several_to_confirm.do(visit, " ".join(words[1:]), partial(_tell_writer, visit))
    if (those := several_to_confirm.meant(visit, args)) is not None:
        return several_to_confirm.ask(visit, those, close_list.way_there(visit))
    if words[0] in (close_list.CLOSE, close_list.NOTHING):
        return close_list.close(visit, words[0], sure=words[-1] == "co", said=next(iter(words[1:]), ""))
    verb = words[-1] if words[-1] in ("gui", "tralai") else ""
    code = " ".join(words[: len(words) - bool(verb)])
    item = confirming.meant(visit, code)
    if item is None:
        return Say([_("There is no sheet {code} that {you_name} could confirm.", code=code)], buttons=(SHEETS, HOME))
    if item.state != ItemState.SENT:
        return _what_became(visit, item)
    if not item_texts.confirms(visit, item):
        return _not_mine(visit, item)
    if version not in (None, item.version):
        return _look(visit, item).after(item_texts.changed(item))
    if verb == "gui" and (why := item_moves.why_not(visit, item, ItemMove.CONFIRM)) is not None:
        return Say([why], buttons=(*_answers(item)[1:], HOME))
    if verb == "gui":
        return _confirm(visit, item)
    if verb == "tralai":
        return visit.open(RETURN, item.code, None, _("{code} «{title}»", code=item.code, title=item.title))
    return _look(visit, item)


def _look(visit: Visit, item: Initiative) -> Say:
    return Say(
        [*item_sheet.sheet(visit, item), _("Please confirm the sheet, or return it to be completed.")],
        buttons=(*_answers(item), *record_files.button(visit, item.code), HOME),
        whole=True,
    )


def _answers(item: Initiative) -> tuple[Button, ...]:
    return (
        Button(_("Confirm"), f"/xacnhan {item.code} v{item.version} gui"),
        Button(_("Return it to be completed"), f"/xacnhan {item.code} v{item.version} tralai"),
    )


def _confirm(visit: Visit, item: Initiative) -> Say:
    confirming.confirm(visit, item)
    _tell_writer(visit, item)
    left = item_texts.to_confirm(visit)
    buttons = [Button(_("Next: {code}", code=each.code), f"/xacnhan {each.code}") for each in left[:1]]
    return Say(
        [
            _("✅ Sheet {code} was confirmed at {at} and goes to the office.", code=item.code, at=Time(visit.said)),
            _("Sheets that still wait for {you_name}: {n}.", n=Count(len(left))),
        ],
        buttons=(*buttons, *close_list.way_there(visit), HOME),
    )


def _tell_writer(visit: Visit, item: Initiative) -> None:
    visit.tell(item.by, CONFIRMED, code=item.code, by=visit.me.id)


def _what_became(visit: Visit, item: Initiative) -> Say:
    """Answer an old button: what became of its record, and what can be done now."""
    state, at = item_texts.STATES[item.state], Time(item.changed)
    now = _("Sheet {code} is {state} since {at}.", code=item.code, state=state, at=at)
    return Say([now], buttons=(Button(_("See the sheet"), f"/cuatoi {item.code}"), SHEETS, HOME))


def _not_mine(visit: Visit, item: Initiative) -> Say:
    if visit.me.id in item_texts.involved(visit, item):
        why = _("{You} are an author of sheet {code}, so somebody else confirms it.", code=item.code)
    else:
        why = _("Sheet {code} is confirmed by the head of {unit}.", code=item.code, unit=item.unit_name)
    return Say([why], buttons=(Button(_("See the sheet"), f"/cuatoi {item.code}"), HOME))


# Returning ------------------------------------------------------------------------------------

REASONS = (
    _("The title does not say what the solution is"),
    _("It does not say what is new compared with today's way"),
    _("The result or benefit is not clear"),
    _("Authors and shares need to be agreed again"),
    _("It repeats another registration of the unit; please merge them"),
)


def reasons(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Offer the five reasons that are ready; any other may be typed."""
    return [Choice(scene.words.say(reason), reason) for reason in REASONS]


RETURN_FORM = Form(
    "return",
    title=lambda answers, scene: _("Return a sheet to be completed"),
    fields=(
        Field(
            "reason",
            _("Reason"),
            _("What should be completed? Please choose or type the reason."),
            Line(shortest=5, longest=500),
            example=_("Please give the figures before and after it was applied"),
            choices=reasons,
        ),
    ),
    send=lambda answers, scene: _("Return the sheet"),
    review=lambda answers, scene: [_("Everything already answered stays as it is for the writer.")],
)


def _return(visit: Visit, subject: str, answers: Answers) -> Say:
    item = confirming.of_code(visit, subject)
    assert item is not None
    if item.state != ItemState.SENT:
        return _what_became(visit, item)
    confirming.send_back(visit, item, answers["reason"])
    visit.tell(item.by, RETURNED, code=item.code, by=visit.me.id)
    writer = told(visit, [item.by], _("The writer is told with {you}r words."))
    return Say([_("✅ Sheet {code} was returned.", code=item.code), *writer], buttons=(SHEETS, HOME))


RETURN = Conversation(
    "return",
    title=lambda plan, subject: _("Returning sheet {code}", code=subject),
    form=lambda plan: RETURN_FORM,
    file=_return,
    serves=whose(WHO[May.CONFIRM], confirming.may_return),
)


# What the writer is told ----------------------------------------------------------------------


def confirmed(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Tell the writer: the head has confirmed the sheet."""
    found = confirming.decided(visit, about)
    if found is None or found[0].state not in READY:
        return None
    item, by = found
    return Say(
        [
            _("✅ Sheet {code} was confirmed by {who}.", code=item.code, who=titled(by)),
            _("«{title}»", title=item.title),
            _("It goes to the office now."),
        ],
        buttons=(Button(_("See the sheet"), f"/cuatoi {item.code}"),),
    )


def returned(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Tell the writer: the sheet came back, with the reason."""
    found = confirming.decided(visit, about)
    if found is None or found[0].state != ItemState.RETURNED:
        return None
    item, by = found
    return Say(
        [
            _(
                "Sheet {code} was returned to be completed. {who} writes: «{reason}».",
                code=item.code,
                who=titled(by),
                reason=item.reason,
            ),
            _("What has been answered is kept."),
        ],
        buttons=(Button(_("Complete the sheet"), f"/cuatoi sua {item.code}"),),
    )


MINE, OF_RECORD = allowed(May.CONFIRM, submissions.sends), several_to_confirm.OF_RECORD
CONFIRM = Command("xacnhan", _("Confirm sheets"), _("confirm|return"), run, MINE, several=True, of_record=OF_RECORD)
CONFIRMED = Notice("confirmed", confirmed, item_texts.WRITER)
RETURNED = Notice("returned", returned, item_texts.WRITER)
FEATURE = Feature(__name__, commands=(CONFIRM,), forms=(RETURN,), notices=(CONFIRMED, RETURNED))
