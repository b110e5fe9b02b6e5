"""The office answers requests about people's data: says that it has them, does them, declines, puts one off."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.conversation import DESK, HOME, Command, Conversation, Feature, Notice, Visit
from bot.dialogue import Answers, Button, Field, Form, Line, Say
from bot.language import Count, Part, _, fold, number
from bot.movement import titled
from bot.office.duties.refused_sheets import keep_open
from bot.office.reminding.daily_extras import DATA_DUE
from bot.office.reminding.deadline_texts import how_long
from bot.office.roster import data_requests as requests
from bot.office.roster.data_request_fields import as_shown, held
from bot.office.roster.data_requests import ASKED, DataReply, RequestFacts, request_line
from bot.office.told import told
from storage import data_requests, people
from storage.data_requests import DataRequest, DataWish

LIST = Button(_("Requests about data"), "/yeucaudulieu")


def run(visit: Visit, args: str) -> Say | None:
    """Answer «/yeucaudulieu»: what waits; with a number one; «12 nhận», «12 làm», «12 từ chối», «12 gia hạn»."""
    said, _space, verb = args.strip().partition(" ")
    if not said:
        return _list(visit)
    request = visit.tx.one(data_requests.BY_ID, id=number(said) or 0)
    if request is None:
        return Say([_("There is no request {n}.", n=said[:20])], buttons=(LIST, HOME))
    if (do := VERBS.get(fold(verb))) is None:
        return _one(visit, request)
    if not requests.mine_to_answer(visit, request):
        return Say([_("{You}r own request is answered by somebody else of {desk}.", desk=visit.plan.office.desk)])
    return do(visit, request) if request.waits else _over(visit, request)


def _list(visit: Visit) -> Say:
    waiting = visit.tx.all(data_requests.WAITING)
    if not waiting:
        return Say([_("No request about data waits.")], buttons=(HOME,))
    lines: list[Part] = [_("Requests about data that wait ({n})", n=Count(len(waiting)))]
    lines += [_("{request} · {who}", request=_dated(visit, each), who=_who(visit, each)) for each in waiting[:20]]
    return Say(
        lines,
        buttons=(*(Button(_("Request {n}", n=each.id), f"/yeucaudulieu {each.id}") for each in waiting[:8]), HOME),
    )


def _who(visit: Visit, request: DataRequest) -> Part:
    person = visit.tx.one(people.BY_ID, id=request.person)
    return "" if person is None else _("{who}, {unit}", who=titled(person), unit=person.unit_name)


def _dated(visit: Visit, request: DataRequest) -> Part:
    how = how_long(request.due, visit.now.date())
    return _("{n}. {what}: {how}", n=request.id, what=requests.wish(request), how=how)


def _one(visit: Visit, request: DataRequest) -> Say:
    """Return one request, with what may be done about it now."""
    lines: list[Part] = [_who(visit, request), request_line(visit, request)]
    person = visit.tx.one(people.BY_ID, id=request.person)
    now = "" if person is None else held(person, request.part)
    if now:
        lines.append(_("Kept now: {value}", value=now))
    if request.text:
        lines.append(_("Asked for: «{value}»", value=as_shown(request.part, request.text)))
    if not (request.waits and requests.mine_to_answer(visit, request)):
        return Say(lines, buttons=(LIST, HOME))
    says = f"/yeucaudulieu {request.id}"
    buttons = [Button(_("Do it"), f"{says} lam"), Button(_("Decline"), f"{says} tu choi")]
    if request.state is data_requests.RequestState.OPEN:
        buttons.insert(0, Button(_("Say that we have it"), f"{says} nhan"))
    if not request.extended:
        buttons.append(Button(_("Put it off"), f"{says} gia han"))
    return Say(lines, buttons=(*buttons, LIST, HOME))


def _over(visit: Visit, request: DataRequest) -> Say:
    return Say([_("This has been answered already:"), request_line(visit, request)], buttons=(LIST, HOME))


def _see(visit: Visit, request: DataRequest) -> Say:
    if not requests.see(visit, request):
        return _one(visit, request)
    return _said(visit, request, _("✅ Noted: {desk} has request {n}.", desk=visit.plan.office.desk, n=request.id))


def _do(visit: Visit, request: DataRequest) -> Say:
    """Do it at once where the assistant can; what was done of anything else is asked for."""
    if request.part == "other":
        return _reply(DataReply.DONE)(visit, request)
    if not requests.do(visit, request):
        return _over(visit, request)
    done = _("✅ Corrected, as request {n} asks.", n=request.id)
    if request.what is DataWish.ERASE:
        done = _("✅ Erased, as request {n} asks.", n=request.id)
    return _said(visit, request, done)


def _said(visit: Visit, request: DataRequest, line: Part) -> Say:
    return Say([line, *told(visit, [request.person], _("Whoever asked is told once."))], buttons=(LIST, HOME))


# Why it is declined, put off, what was done ----------------------------------------------------

FORM = Form(
    "data_reply",
    title=lambda answers, scene: requests.REPLIES[RequestFacts.of(scene).how].title,
    fields=(
        Field(
            "reason",
            _("Reason"),
            lambda answers, scene: [requests.REPLIES[RequestFacts.of(scene).how].question],
            Line(shortest=5),
            example=lambda answers, scene: requests.REPLIES[RequestFacts.of(scene).how].example,
        ),
    ),
    send=lambda answers, scene: requests.REPLIES[RequestFacts.of(scene).how].send,
)


def file(visit: Visit, subject: str, answers: Answers) -> Say:
    """Answer with the reason, or with what was done; somebody else may have been faster."""
    facts = RequestFacts(visit, subject)
    request = facts.request
    if request is None or not requests.reply(visit, request, facts.how, answers["reason"]):
        now_is = _list(visit) if request is None else _one(visit, request)
        return keep_open(visit, now_is.after(_("This has been answered already, so nothing was changed.")))
    now = visit.tx.one(data_requests.BY_ID, id=request.id) or request
    return _said(visit, request, _("✅ {request}.", request=request_line(visit, now)))


REPLY = Conversation(
    "data_reply",
    title=lambda plan, subject: _("Answer to a request about data"),
    form=lambda plan: FORM,
    file=file,
    serves=DESK,
    facts=RequestFacts,
)


def _reply(how: DataReply) -> Callable[[Visit, DataRequest], Say]:
    return lambda visit, request: visit.open(REPLY, f"{how}:{request.id}")


VERBS: Mapping[str, Callable[[Visit, DataRequest], Say]] = {
    "nhan": _see,
    "lam": _do,
    "tu choi": _reply(DataReply.DECLINE),
    "gia han": _reply(DataReply.EXTEND),
}


# What the office hears ------------------------------------------------------------------------


def asked(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Tell the office that somebody asks."""
    request = visit.tx.one(data_requests.BY_ID, id=about["id"])
    if request is None or not request.waits:
        return None
    return _one(visit, request).after(_("A request about personal data has come"))


def due(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Remind the office of requests whose day comes or has passed."""
    found = [visit.tx.one(data_requests.BY_ID, id=id) for id in about.get(DATA_DUE, ())]
    waiting = [each for each in found if each is not None and each.waits]
    if not waiting:
        return None
    lines: list[Part] = [_("Requests about personal data ({n})", n=Count(len(waiting)))]
    lines += [_("- {request}", request=_dated(visit, each)) for each in waiting]
    return Say(lines, buttons=(LIST,))


FEATURE = Feature(
    __name__,
    commands=(
        Command(
            "yeucaudulieu", _("Requests about data"), _("requests about data"), run, DESK, listed=False, seldom=True
        ),
    ),
    forms=(REPLY,),
    notices=(Notice(ASKED, asked, DESK),),
    day_parts=(Notice(DATA_DUE, due, DESK),),
)
