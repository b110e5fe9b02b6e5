"""What has become of an item, its first application, and a copy of it for the next year."""

from datetime import date

from bot.conversation import EVERYBODY, HOME, MY_TASKS, Command, Conversation, Feature, Visit, allowed, whose
from bot.dialogue import Answers, Button, Form, Say
from bot.language import _
from bot.movement import May
from bot.office.duties import item_access, item_texts, registering
from bot.office.items import copying, item_movers, item_moves, requesting, timeline
from bot.office.items.item_moves import ItemMove
from bot.office.items.request_form import application_fields
from storage import initiatives
from storage.initiatives import Initiative


def _named(visit: Visit, said: str) -> Initiative | Say:
    item = item_texts.find(visit, said, lambda item: item_access.may_see(visit, item))
    if item is None or not item_access.may_see(visit, item):
        example = f"{visit.plan.kinds[0].prefix}-{visit.now.year}-012"
        return Say(
            [_("Which sheet is meant? Please give its tracking code, for example: {code}", code=example)],
            buttons=(Button(_("My sheets"), "/cuatoi"), MY_TASKS, HOME),
        )
    return item


def history(visit: Visit, args: str) -> Say:
    """Answer «/quatrinh SK-2027-012»: every step."""
    item = _named(visit, args)
    if isinstance(item, Say):
        return item
    return Say(timeline.lines(visit, item), buttons=(Button(_("See the sheet"), f"/cuatoi {item.code}"), HOME))


def copy(visit: Visit, args: str) -> Say:
    """Answer «/chepphieu SK-2027-012»: a new sheet for the next year, with what still holds."""
    item = _named(visit, args)
    if isinstance(item, Say):
        return item
    if (why := copying.why_not(visit, item)) is not None:
        return Say([why], buttons=(Button(_("See the sheet"), f"/cuatoi {item.code}"), HOME))
    conversation = visit.office.features.forms[registering.FORM.format(kind=item.kind)]
    year = copying.year_of(visit, item)
    visit.note("copied", item.code)
    said = _(
        "Copied from {code}: what still holds is filled in, what belongs to {year} is asked.", code=item.code, year=year
    )
    return visit.open(conversation, str(year), copying.answers(visit, item), said)


# The first application --------------------------------------------------------------------------

FORM = Form(
    "first_application",
    title=lambda answers, scene: _("First application"),
    fields=application_fields(asked=True),
    send=lambda answers, scene: _("Note it"),
)


def apply(visit: Visit, args: str) -> Say:
    """Answer «/apdung SK-2027-012»: when and where it was applied first."""
    item = _named(visit, args)
    if isinstance(item, Say):
        return item
    if (why := item_moves.why_not(visit, item, ItemMove.APPLY)) is not None:
        return Say([why], buttons=(Button(_("See the sheet"), f"/cuatoi {item.code}"), HOME))
    return visit.open(APPLICATION, item.code)


def file(visit: Visit, subject: str, answers: Answers) -> Say:
    """Store it, if it may still be put down."""
    item = visit.tx.one(initiatives.BY_CODE, code=subject)
    assert item is not None
    see = Button(_("See the sheet"), f"/cuatoi {subject}")
    if (why := item_moves.why_not(visit, item, ItemMove.APPLY)) is not None:
        return Say([why], buttons=(see, HOME))
    requesting.keep_application(visit, item, answers)
    last = visit.plan.recognition.request_until(date.fromisoformat(answers["day"]))
    lines = [_("✅ Noted: {code} was applied first on {day}.", code=subject, day=date.fromisoformat(answers["day"]))]
    buttons = [see]
    if any(kind.code == item.kind and kind.recognised for kind in visit.plan.kinds):
        lines.append(_("Its recognition may be asked for until the end of {day}.", day=last))
    if item_moves.can(visit, item, ItemMove.REQUEST):
        buttons.append(Button(_("Ask for recognition"), f"/yeucaucongnhan {subject}"))
    return Say(lines, buttons=(*buttons, HOME))


def _authors(visit: Visit, subject: str) -> bool:
    item = visit.tx.one(initiatives.BY_CODE, code=subject)
    return item is not None and item_movers.is_author(visit, item)


APPLICATION = Conversation(
    "first_application",
    title=lambda plan, subject: _("First application of {code}", code=subject),
    form=lambda plan: FORM,
    file=file,
    serves=whose(item_moves.AUTHORS, _authors),
    facts=requesting.facts_of,
)
HISTORY = Command(
    "quatrinh", _("What has become of a sheet"), _("what has become of"), history, EVERYBODY, listed=False
)
COPY = Command(
    "chepphieu", _("Copy a sheet to the next year"), _("copy a sheet"), copy, allowed(May.REGISTER), listed=False
)
APPLY = Command("apdung", _("First application"), _("first application"), apply, EVERYBODY, listed=False)
FEATURE = Feature(__name__, commands=(HISTORY, COPY, APPLY), forms=(APPLICATION,))
