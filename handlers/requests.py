"""«/yeucau»: what the office asks beside the plan: its list, who has answered one, the answers, closing it."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.conversation import DESK, HOME, Command, Feature, JobContext, JobKind, JobResult, Visit
from bot.dialogue import Button, Say
from bot.documents.request_sheet import workbook
from bot.language import Count, Part, _, fold, read_code, record_codes
from bot.office.duties import record_files
from bot.office.reminding.reminder_sheet import XLSX
from bot.office.requests import answers_collated, asked_words, asking
from handlers import requests_ask, requests_end
from storage import people, request_answers, requests
from storage.requests import AskedState, OfficeRequest

LIST = Button(_("All requests"), "/yeucau")
NEW = Button(_("Ask for something new"), "/yeucau moi")
SHOWN = 12
"""Requests that are listed."""


def run(visit: Visit, args: str) -> Say | None:
    """Answer «/yeucau»: the list; «moi» asks; with a code how it stands; «YC-2027-03 traloi», «dong», «giahan» …"""
    words = args.split()
    if not words:
        return _list(visit)
    if fold(words[0]) in ("moi", "tao"):
        return requests_ask.begin(visit, " ".join(words[1:]))
    request, rest = _meant(visit, args)
    if request is None:
        why = _(
            "There is no request {code}. Please give its code, for example: {example}",
            code=args[:40],
            example=_example(visit),
        )
        return Say([why], buttons=(LIST, NEW, HOME))
    verb, _space, more = rest.partition(" ")
    do = VERBS.get(fold(verb))
    return _one(visit, request) if do is None else do(visit, request, more.strip())


def _example(visit: Visit) -> str:
    return next(iter(visit.tx.all(requests.CODES)), f"YC-{visit.said.year}-01")


def _meant(visit: Visit, said: str) -> tuple[OfficeRequest | None, str]:
    """Return the request that is named, and what follows: «YC-2027-03 dong», «yc 3», «3 giahan»."""
    words, codes = said.split(), visit.tx.all(requests.CODES)
    for n in range(min(len(words), 3), 0, -1):
        head = " ".join(words[:n])
        found = [each for each in codes if record_codes.same(head, each)]
        code = read_code(head)
        if not found and code is not None and code.prefix in ("", "YC"):
            found = code.among(codes, visit.said.year)
        if len(found) == 1:
            return visit.tx.one(requests.BY_CODE, code=found[0]), " ".join(words[n:])
    return None, ""


def _list(visit: Visit) -> Say:
    found, tallies = (
        visit.tx.all(requests.RECENT),
        {each.request: each for each in visit.tx.all(request_answers.TALLIES)},
    )
    if not found:
        return Say([_("{desk} has asked for nothing beside the plan yet.")], buttons=(NEW, HOME))
    today = visit.now.date()
    lines: list[Part] = [_("Requests ({n} open)", n=Count(sum(each.open for each in found)))]
    for each in found[:SHOWN]:
        tally = tallies[each.id]
        lines.append(
            _(
                "- {request}: {state}, answered {done} of {of}",
                request=asked_words.named(each),
                state=asked_words.state(each, today),
                done=tally.answered,
                of=tally.receivers,
            )
        )
    if len(found) > SHOWN:
        lines.append(_("… and {n} more; give a code to see one.", n=Count(len(found) - SHOWN)))
    return Say(lines, buttons=(NEW, *(Button(each.code, f"/yeucau {each.code}") for each in found[:8]), HOME))


def _one(visit: Visit, request: OfficeRequest) -> Say:
    """Show who has answered, with what can be done now."""
    return Say(answers_collated.standing(answers_collated.of(visit, request)), buttons=_buttons(visit, request))


def _buttons(visit: Visit, request: OfficeRequest) -> tuple[Button, ...]:
    says = f"/yeucau {request.code}"
    buttons: list[Button] = []
    if visit.tx.all(request_answers.ANSWERS, request=request.id):
        buttons += [Button(_("The answers"), f"{says} traloi"), Button(_("As a table"), f"{says} bang")]
    if request.state is not AskedState.RECALLED:
        buttons.append(Button(_("Put off"), f"{says} giahan"))
    if request.open:
        buttons += [Button(_("Change the questions"), f"{says} sua"), Button(_("Close"), f"{says} dong")]
    if request.state is not AskedState.RECALLED:
        buttons.append(Button(_("Recall"), f"{says} thuhoi"))
    if request.every and not request.stopped:
        buttons.append(Button(_("Do not repeat any more"), f"{says} dunglap"))
    return (*buttons, LIST, HOME)


def _answers(visit: Visit, request: OfficeRequest, said: str) -> Say:
    table = Button(_("As a table"), f"/yeucau {request.code} bang")
    paper = Button(_("As a Word file"), f"/banword traloi {request.code}")
    back = Button(_("Who has answered"), f"/yeucau {request.code}")
    found = answers_collated.of(visit, request)
    codes = [f"{request.code}-{receiver.receiver}" for receiver, _answer in found.done]
    return Say(
        answers_collated.by_question(found), buttons=(*record_files.buttons(visit, codes)[:8], table, paper, back, HOME)
    )


def _table(visit: Visit, request: OfficeRequest, said: str) -> Say | None:
    return visit.start_job(TABLE, id=request.id)


def _close(visit: Visit, request: OfficeRequest, said: str) -> Say:
    """Close it once it was seen who has not answered; what has changed meanwhile is shown first."""
    if not request.open:
        return _one(visit, request).after(_("{request} is not open any more.", request=asked_words.named(request)))
    found = answers_collated.of(visit, request)
    stamp = f"v{len(found.done)}.{request.asks}"
    if fold(said) != f"{stamp} co":
        changed = [_("⚠️ Meanwhile something has come in, so nothing was closed.")] if said else []
        left = [each.name for each in found.open]
        ask = _("Close {request}? From then on no answer is taken.", request=asked_words.named(request))
        lines = [*changed, ask, _("Answered: {done} of {of}", done=len(found.done), of=len(found.receivers))]
        if left:
            lines.append(_("Not answered yet, and told that it is closed: {names}", names="; ".join(left)))
        yes = Button(_("Close the request"), f"/yeucau {request.code} dong {stamp} co")
        return Say(lines, buttons=(yes, Button(_("Who has answered"), f"/yeucau {request.code}"), HOME))
    asking.end(visit, request, AskedState.CLOSED)
    return _again(visit, request, _("✅ {request} is closed.", request=asked_words.named(request)))


def _stop(visit: Visit, request: OfficeRequest, said: str) -> Say:
    """End a series: what is open stays open."""
    if not requests.stop(visit.tx, series=request.series):
        return _again(visit, request, _("{request} does not come again.", request=asked_words.named(request)))
    visit.note("request_stopped", request.code)
    return _again(
        visit,
        request,
        _("✅ {request} does not come again. What is open stays open.", request=asked_words.named(request)),
    )


def _again(visit: Visit, request: OfficeRequest, *lines: Part) -> Say:
    now = visit.tx.one(requests.BY_ID, id=request.id)
    assert now is not None
    return _one(visit, now).after(*lines)


VERBS: Mapping[str, Callable[[Visit, OfficeRequest, str], Say | None]] = {
    "traloi": _answers,
    "bang": _table,
    "xlsx": _table,
    "dong": _close,
    "dunglap": _stop,
    "giahan": requests_end.put_off,
    "thuhoi": requests_end.recall,
    "sua": requests_ask.change,
}


async def table(context: JobContext, about: Mapping[str, Any]) -> JobResult:
    """Return the answers as a workbook."""
    found = await answers_collated.read(context, int(about["id"]))
    assert found is not None
    names = {each.id: each.name for each in await context.snapshot.all(people.EVER)}
    sheet = await context.make(workbook, answers_collated.table(found, names))
    line = _("The answers to {request}: {n}", request=asked_words.named(found.request), n=Count(len(found.done)))
    back = Button(_("Who has answered"), f"/yeucau {found.request.code}")
    return JobResult(Say([line], buttons=(back, HOME)), [(f"{found.request.code}.xlsx", XLSX, sheet)])


COMMAND = Command("yeucau", _("Ask for a report"), _("requests|ask for a report"), run, DESK)
TABLE = JobKind("request_table", table, DESK)
FEATURE = Feature(__name__, commands=(COMMAND,), jobs=(TABLE,))
