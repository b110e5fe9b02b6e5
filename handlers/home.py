"""Home: what waits for me and for my unit, the whole of an answer that was said in short, and leaving a form."""

from bot.conversation import (
    EVERYBODY,
    HOME,
    MY_TASKS,
    Command,
    Feature,
    Visit,
    allowed,
    job_progress,
    open_sheets,
    posts,
)
from bot.dialogue import Button, Say
from bot.language import Count, Part, Weekday, _, number
from bot.movement import May
from bot.office.status_board import board, sees
from bot.office.tasks import Claim, Task, draft_line, shortened
from bot.office.tasks import mine as duties_of
from storage import chat_texts, chats, drafts, jobs, people

MOST = 12
"""Tasks that are read at one look."""


def tasks(visit: Visit, args: str) -> Say:
    """Answer «Tôi còn nợ gì?»: the first twelve tasks, each opened at exactly its question; «/viec du»: all of them."""
    words = args.split()
    if words and words[0] == "tiep":
        return _go_on(visit, (number(words[1]) if len(words) > 1 else None) or 0)
    if words and words[0] == "cu":
        return _put_away(visit, words[1] if len(words) > 1 else "")
    today = visit.now.date()
    found = duties_of(visit)
    listed = {task.draft for _claim, task in found}
    begun = [head for head in open_sheets.mine(visit)[:5] if head.id not in listed]
    found += [(Claim.OPEN, Task(draft_line(visit, head), _("Go on"), f"/viec tiep {head.id}")) for head in begun]
    shown = found if words == ["du"] else shortened(found, MOST)
    lines: list[Part] = []
    buttons: list[Button] = []
    for _claim, task in shown:
        lines.append(_("{n}. {task}", n=len(lines) + 1, task=task.text))
        if task.says:
            buttons.append(Button(_("{n}. {task}", n=len(lines), task=task.label), task.says))
    if len(shown) < len(found):
        buttons.append(Button(_("See all ({n})", n=Count(len(found))), "/viec du"))
    late = sum(task.late for _claim, task in found)
    buttons += posts.buttons(visit)
    if visit.tx.one(drafts.ARCHIVED, person=visit.me.id, unit=visit.me.unit) is not None:
        buttons.append(Button(_("Sheets put away"), "/viec cu"))
    head_line = _("Tasks of {you_name} · {weekday}, {day}", weekday=Weekday(today), day=today)
    if not lines:
        if visit.may(May.REGISTER):
            buttons.insert(0, Button(_("Register"), "/dangky"))
        lines = [*_post(visit), head_line, _("Nothing waits for {you_name} today.")]
        return Say(lines, buttons=(*buttons, HOME))
    count = (
        _("To do ({n}), nothing overdue:", n=Count(len(found)))
        if not late
        else _("To do ({n}), overdue ({late}):", n=Count(len(found)), late=Count(late))
    )
    return Say([*_post(visit), head_line, count, *lines], buttons=(*buttons, HOME))


def _post(visit: Visit) -> list[Part]:
    """Say for which of several posts these are."""
    return [_("As {post}:", post=posts.named(visit.me))] if posts.others(visit, visit.me) else []


def _go_on(visit: Visit, id: int) -> Say:
    head = visit.tx.one(drafts.BY_ID, id=id)
    if head is None:
        return open_sheets.Refused([_("This sheet has been sent or deleted.")]).say()
    if (why := open_sheets.refused(visit, head)) is not None:
        open_sheets.close(visit, head, why)
        return why.say()
    return visit.open(visit.office.features.forms[head.form], head.subject)


def _put_away(visit: Visit, said: str) -> Say:
    """Answer «/viec cu»: sheets put away after a year; with a number, one is taken up again."""
    kept = visit.tx.all(drafts.ARCHIVED, person=visit.me.id, unit=visit.me.unit)
    chosen = next((head for head in kept if str(head.id) == said), None)
    if chosen is not None and drafts.restore(visit.tx, id=chosen.id, now=visit.now):
        return _go_on(visit, chosen.id)
    lines: list[Part] = [_("Sheets put away ({n})", n=Count(len(kept)))]
    if chosen is not None:
        lines.append(_("Another sheet of this kind is open; please finish or delete it first."))
    lines += [draft_line(visit, head) for head in kept]
    buttons = [Button(_("{n}. Take it up again", n=n), f"/viec cu {head.id}") for n, head in enumerate(kept, 1)]
    return Say(lines, buttons=(*buttons, HOME))


def unit(visit: Visit, args: str) -> Say:
    """Answer «/donvi»: the unit's board; where the channel can, this very message goes on telling the truth."""
    return board(visit)


def leave(visit: Visit, args: str) -> Say:
    """Answer «/thoat»: leave an open form and keep it."""
    chats.focus(visit.tx, chat=visit.chat.id, draft=None)
    begun = visit.tx.one(drafts.BEGUN_OF_PERSON, person=visit.me.id) is not None
    kept = _("{You} are out of every form; sheets that were begun are kept.")
    return Say([kept if begun else _("{You} are out of every form.")], buttons=(MY_TASKS, HOME))


def whole(visit: Visit, args: str) -> Say:
    """Answer «/xemdu 12» with that answer as it was, without a number the newest that was shortened."""
    seq = number(args.strip()) if args.strip() else None
    row = (
        visit.tx.one(chat_texts.NEWEST_SHORTENED, chat=visit.chat.id)
        if seq is None
        else visit.tx.one(chat_texts.SHORTENED, chat=visit.chat.id, seq=seq)
    )
    body = {} if row is None or row.body is None else row.body
    if not body.get("full"):
        return Say([_("That answer is kept no more. Please ask for it once more.")], buttons=(HOME,))
    again = [Button(label, says) for label, says in body["buttons"] if not says.startswith("/xemdu ")]
    return Say(body["full"].split("\n"), buttons=tuple(again), files=body["files"], whole=True)


def stop(visit: Visit, args: str) -> Say:
    """Answer «/dunglap 12», «dừng lập»: stop long work of this chat that is not finished, the newest where none is named."""
    asked, me = number(args), visit.tx.all(people.EVERY_POST, person=visit.me.id)
    mine = [each for each in visit.tx.all(jobs.OPEN_OF_CHAT, chat=visit.chat.id) if each.person in me]
    found = next((each for each in reversed(mine) if asked in (None, each.id)), None)
    if found is None:
        return Say([_("Nothing of this is being made any more.")], buttons=(MY_TASKS, HOME))
    kind = visit.office.features.jobs[found.work]
    job_progress.stop(visit, found, kind)
    return Say([_("Stopped: {what}. Nothing was changed.", what=job_progress.called(kind))], buttons=(MY_TASKS, HOME))


TASKS = Command("viec", _("My tasks"), _("tasks|my tasks|what do i owe"), tasks, EVERYBODY)
LEAVE = Command("thoat", _("Leave"), _("leave everything"), leave, EVERYBODY, listed=False)
UNIT = Command("donvi", _("My unit"), _("my unit|our unit"), unit, allowed(May.DELEGATE, sees))
WHOLE = Command("xemdu", _("See all of an answer"), _("see all|all of it|the whole"), whole, EVERYBODY, listed=False)
STOP = Command(
    "dunglap", _("Stop long work"), _("stop the work"), stop, EVERYBODY, side=True, listed=False, acts=("*", "")
)
FEATURE = Feature(__name__, commands=(TASKS, UNIT, WHOLE, LEAVE, STOP))
