"""Ask for one's own data to be corrected or erased, see how that stands, take it back (Law 91/2025/QH15, article 4)."""

from collections.abc import Mapping
from typing import Any

from bot.conversation import EVERYBODY, HOME, Command, Conversation, Feature, Notice, Visit, whose
from bot.dialogue import Answers, Button, Field, Form, Line, OneOf, Say
from bot.language import Count, Part, _, fold, number
from bot.office import desk
from bot.office.duties.refused_sheets import keep_open
from bot.office.roster import data_requests as requests
from bot.office.roster.data_request_fields import (
    ask_value,
    example,
    may_be_corrected,
    may_be_erased,
    not_that,
    value_of,
)
from bot.office.roster.data_requests import ANSWERED, request_line
from bot.office.told import told
from storage import data_requests, people
from storage.data_requests import DataRequest, DataWish, RequestState

MY_DATA = Button(_("My data"), "/dulieucuatoi")


def correct(visit: Visit, args: str) -> Say:
    """Answer «/suadulieu»: the form; «rút 12» takes a request back."""
    return _begin(visit, args, CORRECT_FORM)


def erase(visit: Visit, args: str) -> Say:
    """Answer «/xoadulieu»: what may be erased beside withdrawing agreement."""
    return _begin(visit, args, ERASE_FORM)


def _begin(visit: Visit, args: str, form: Conversation) -> Say:
    verb, _space, rest = args.strip().partition(" ")
    return _take_back(visit, rest) if fold(verb) == "rut" else visit.open(form)


def _take_back(visit: Visit, said: str) -> Say:
    request = visit.tx.one(data_requests.BY_ID, id=number(said) or 0)
    if request is None or request.person not in visit.tx.all(people.EVERY_POST, person=visit.me.id):
        return Say([_("{You} have no request {n}.", n=said[:20] or "?")], buttons=(MY_DATA, HOME))
    if not requests.take_back(visit, request):
        return Say([_("This has been answered already:"), request_line(visit, request)], buttons=(MY_DATA, HOME))
    return Say([_("✅ Request {n} is taken back.", n=request.id)], buttons=(MY_DATA, HOME))


# The two forms --------------------------------------------------------------------------------


CORRECTING = Form(
    "data_correct",
    title=lambda answers, scene: _("Correct my data"),
    fields=(
        Field("part", _("What"), _("What is to be corrected?"), OneOf(may_be_corrected), choices=may_be_corrected),
        Field("text", _("Should be"), ask_value, Line(), example=example, refuse=not_that),
    ),
    send=lambda answers, scene: _("Send the request"),
    review=lambda answers, scene: [
        _(
            "{desk} says within {reply} working days that it has it, and corrects or declines within {n} days.",
            desk=scene.plan.office.desk,
            reply=Count(scene.plan.law_days.reply),
            n=Count(scene.plan.law_days.correct),
        )
    ],
)
ERASING = Form(
    "data_erase",
    title=lambda answers, scene: _("Erase my data"),
    fields=(
        Field("part", _("What"), _("What is to be erased?"), OneOf(may_be_erased), choices=may_be_erased),
        Field(
            "text",
            _("Which"),
            _("Which data, and why?"),
            Line(),
            when=lambda answers, scene: answers.get("part") == "other",
        ),
    ),
    send=lambda answers, scene: _("Send the request"),
    review=lambda answers, scene: [
        _(
            "{desk} says within {reply} working days that it has it, and erases or declines within {n} days.",
            desk=scene.plan.office.desk,
            reply=Count(scene.plan.law_days.reply),
            n=Count(scene.plan.law_days.erase),
        ),
        _("What the law on archives has the office keep is not erased; «withdraw agreement» ends everything else."),
    ],
)


def file_correction(visit: Visit, subject: str, answers: Answers) -> Say:
    """Store the request to correct something."""
    value = value_of(answers["part"], answers["text"])
    return _filed(visit, DataWish.CORRECT, answers["part"], value if isinstance(value, str) else answers["text"])


def file_erasure(visit: Visit, subject: str, answers: Answers) -> Say:
    """Store the request to erase something."""
    return _filed(visit, DataWish.ERASE, answers["part"], answers.get("text") or "")


def _filed(visit: Visit, what: DataWish, part: str, text: str) -> Say:
    waits = requests.open_one(visit, what, part)
    if waits is not None:
        say = Say(
            [_("{You} have asked for this already; it waits:"), request_line(visit, waits)],
            buttons=(_take_back_button(waits), MY_DATA, HOME),
        )
        return say if waits.text == text else keep_open(visit, say)
    request = requests.ask(visit, what, part, text)
    return Say(
        [
            _("✅ Sent: request {n}.", n=request.id),
            request_line(visit, request),
            *told(visit, [each.id for each in desk.people_of(visit.tx)], _("The office is told once.")),
        ],
        buttons=(_take_back_button(request), MY_DATA, HOME),
    )


def _take_back_button(request: DataRequest) -> Button:
    return Button(_("Take the request back"), f"/suadulieu rut {request.id}")


# What the office answers ----------------------------------------------------------------------


def answered(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Tell whoever asked how the request stands now."""
    request = visit.tx.one(data_requests.BY_ID, id=about["id"])
    if request is None or request.state is RequestState.WITHDRAWN:
        return None
    lines: list[Part] = [_("{You}r request about {you}r data"), request_line(visit, request)]
    if request.waits and request.extended:
        lines.append(_("It takes longer because: «{reason}»", reason=request.extended))
    elif request.reason:
        lines.append(_("«{reason}»", reason=request.reason))
    if request.state is RequestState.DECLINED:
        lines.append(_("{You} may complain to {leaders}.", leaders=visit.plan.office.leaders))
    return Say(lines, buttons=(MY_DATA, HOME))


def _theirs(visit: Visit, about: Mapping[str, Any]) -> bool:
    request = visit.tx.one(data_requests.BY_ID, id=about["id"])
    return request is not None and request.person in visit.tx.all(people.EVERY_POST, person=visit.me.id)


CORRECT_FORM = Conversation(
    "data_correct",
    title=lambda plan, subject: _("Correct my data"),
    form=lambda plan: CORRECTING,
    file=file_correction,
    serves=EVERYBODY,
)
ERASE_FORM = Conversation(
    "data_erase",
    title=lambda plan, subject: _("Erase my data"),
    form=lambda plan: ERASING,
    file=file_erasure,
    serves=EVERYBODY,
)
CORRECT = Command(
    "suadulieu", _("Correct my data"), _("correct my data"), correct, EVERYBODY, listed=False, acts=("rut",)
)
ERASE = Command("xoadulieu", _("Erase my data"), _("erase my data"), erase, EVERYBODY, listed=False, acts=("rut",))
FEATURE = Feature(
    __name__,
    commands=(CORRECT, ERASE),
    forms=(CORRECT_FORM, ERASE_FORM),
    notices=(Notice(ANSWERED, answered, whose(_("whoever asked"), _theirs)),),
)
