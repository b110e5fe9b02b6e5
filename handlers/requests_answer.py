"""«/traloi»: a unit, or somebody, answers what the office asks."""

from bot.conversation import EVERYBODY, HOME, MY_TASKS, WHO, Command, Conversation, Feature, Visit, whose
from bot.dialogue import Answers, Button, Say
from bot.language import Count, Joined, Part, Time, Weekday, _, read_code, record_codes
from bot.movement import Ladders, May, titled
from bot.office import desk
from bot.office.duties import submissions
from bot.office.duties.refused_sheets import keep_open
from bot.office.requests import answer_sheet, answers_collated, asked_ladder, asked_receivers, asked_words, asking
from bot.office.requests.answer_sheet import AnswerFacts
from handlers import requests_told
from storage import people, request_answers, requests
from storage.requests import OfficeRequest

ALL = Button(_("What {desk} asks"), "/traloi")


def run(visit: Visit, args: str) -> Say:
    """Answer «/traloi YC-2027-03»: open its sheet, or show what was answered; without a code what waits."""
    words = args.split()
    if not words:
        return _waiting(visit)
    request = _meant(visit, args)
    receiver = None if request is None else asked_receivers.mine(visit, request)
    if request is None or receiver is None:
        return Say([_("No request {code} was sent to {you_name}.", code=args[:40])], buttons=(ALL, HOME))
    if words[-1] == "visao":
        return _why(visit, request)
    answer = visit.tx.one(request_answers.ANSWER, request=request.id, receiver=receiver.receiver)
    subject = asked_receivers.key(request, receiver.receiver)
    if (why := answer_sheet.closed(request)) is not None:
        return Say(
            [why, *(answers_collated.own(visit, request, answer) if answer is not None else [])], buttons=(ALL, HOME)
        )
    if not asked_receivers.drafts(visit, receiver):
        return Say([_("It is answered by {who}.", who=WHO[May.DRAFT])], buttons=(MY_TASKS, HOME))
    if answer is not None and answer.asks == request.asks and words[-1] != "sua":
        edit = Button(_("Correct the answer"), f"/traloi {request.code} sua")
        return Say(
            [*answers_collated.own(visit, request, answer), _("It can be corrected until {desk} closes the request.")],
            buttons=(edit, ALL, HOME),
        )
    before = {} if answer is None else {code: value for code, value in answer.answers.items() if value is not None}
    opened = [_("By the end of {due} ({weekday}).", due=request.due, weekday=Weekday(request.due))]
    return submissions.take_over(visit, SHEET, subject, before, *opened)


def _why(visit: Visit, request: OfficeRequest) -> Say:
    """Answer «Vì sao tôi nhận tin này»: who asked when, on which days it is reminded of."""
    by = visit.tx.one(people.BY_ID, id=request.by)
    ladders = Ladders(visit.plan, visit.office.calendar)
    days = [f"{each.day:%d/%m}" for each in asked_ladder.rungs_of(request, ladders)]
    lines: list[Part] = [
        _("Why {you_name} gets this message"),
        _("{who} of {desk} asked for it on {day}.", who="" if by is None else titled(by), day=request.at.date()),
        _("{request}. It is not in the plan's own duties.", request=asked_words.dated(request, visit.now.date())),
    ]
    lines += [_("Its days: {rungs}.", rungs=Joined(days))] if days else []
    lines.append(_("At most one message a day, in office hours of working days. Once it is done, it stops."))
    return Say(lines, buttons=(Button(_("Answer {code}", code=request.code), f"/traloi {request.code}"), HOME))


def _meant(visit: Visit, said: str) -> OfficeRequest | None:
    codes = visit.tx.all(requests.CODES)
    said = said.removesuffix(" sua").removesuffix(" visao").strip()
    found = [each for each in codes if record_codes.same(said, each)]
    code = read_code(said)
    if not found and code is not None and code.prefix in ("", "YC"):
        found = code.among(codes, visit.said.year)
    return visit.tx.one(requests.BY_CODE, code=found[0]) if len(found) == 1 else None


def _waiting(visit: Visit) -> Say:
    """List what this person, or the unit, is asked."""
    found = visit.tx.all(requests.OF_RECEIVER, unit=visit.me.unit, person=visit.me.id)
    lines: list[Part] = []
    buttons: list[Button] = []
    for each in found:
        receiver = asked_receivers.mine(visit, each)
        if receiver is None or not asked_receivers.drafts(visit, receiver):
            continue
        answer = visit.tx.one(request_answers.ANSWER, request=each.id, receiver=receiver.receiver)
        line = asked_words.dated(each, visit.now.date())
        if answer is not None and answer.asks == each.asks:
            line = _("{request}: answered at {at}", request=asked_words.named(each), at=Time(answer.at))
        lines.append(_("- {request}", request=line))
        buttons.append(Button(each.code, f"/traloi {each.code}"))
    if not lines:
        return Say([_("{desk} asks {you_name} for nothing beside the plan now.")], buttons=(MY_TASKS, HOME))
    return Say([_("What {desk} asks ({n})", n=Count(len(lines))), *lines], buttons=(*buttons[:8], HOME))


def file(visit: Visit, subject: str, answers: Answers) -> Say:
    """Send the answer; a drafter passes it on to whoever sends it."""
    facts = AnswerFacts(visit, subject)
    if (why := answer_sheet.over(visit, subject)) is not None:
        return keep_open(visit, Say([why], buttons=(ALL, HOME)))
    request, again = facts.request, facts.before is not None
    if not facts.sends:
        head = submissions.pass_on(visit, requests_told.DRAFTED, subject, request.due.year, subject=subject)
        return submissions.passed_on(visit, head, f"/traloi {request.code}")
    answer_sheet.keep(visit, facts, answers)
    for writer in submissions.writers(visit, subject):
        visit.tell(writer, requests_told.SENT_ON, key=f"request_passed:{subject}:{writer}", subject=subject)
    _all_in(visit, request)
    done = _("✅ The answer to {request} was sent at {at}.", request=asked_words.named(request), at=Time(visit.said))
    if again:
        done = _(
            "✅ The answer to {request} was corrected at {at}.", request=asked_words.named(request), at=Time(visit.said)
        )
    late = (
        [_("It came {n} days after the last day and is marked so.", n=Count(facts.late))]
        if facts.late and not again
        else []
    )
    rest = _(
        "It can be corrected until {desk} closes the request. From now on the assistant no longer reminds {you} of it."
    )
    edit = Button(_("Correct the answer"), f"/traloi {request.code} sua")
    return Say([done, *late, rest], buttons=(edit, MY_TASKS, HOME))


def _all_in(visit: Visit, request: OfficeRequest) -> None:
    """Tell the office once when nobody is left who has not answered."""
    if asking.unanswered(visit, request):
        return
    for person in desk.people_of(visit.tx):
        if person.id != visit.me.id:
            visit.tell(
                person.id,
                requests_told.FULL,
                key=f"request_full:{request.id}:{request.asks}:{person.id}",
                id=request.id,
            )


SHEET = Conversation(
    asking.ANSWER,
    title=lambda plan, subject: _("Answer to {code}", code="-".join(subject.split("-")[:3])),
    form=lambda plan: answer_sheet.FORM,
    shaped=answer_sheet.form_of,
    over=answer_sheet.over,
    file=file,
    serves=whose(WHO[May.DRAFT], answer_sheet.theirs),
    facts=AnswerFacts,
    shared=True,
)
COMMAND = Command(
    "traloi", _("Answer the office"), _("answer the office|what the office asks"), run, EVERYBODY, listed=False
)
FEATURE = Feature(__name__, commands=(COMMAND,), forms=(SHEET,))
