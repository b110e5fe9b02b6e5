"""Home: the menu, what waits for me and for my unit, help, and leaving a form."""

from bot.conversation import EVERYBODY, HOME, MY_TASKS, Command, Feature, Visit, allowed, may_use, open_sheets, posts
from bot.dialogue import Button, Say
from bot.language import Count, Part, Weekday, _, number
from bot.movement import May
from bot.office.status_board import board, sees
from bot.office.tasks import draft_line
from bot.office.tasks import mine as duties_of
from storage import chats, drafts


def menu(visit: Visit, args: str) -> Say:
    """Return what this person may do now, and how far their open sheets are."""
    shown = [c for c in visit.office.features.commands.values() if may_use(visit, c) and c.name != "menu"]
    lines: list[Part] = [_("Movement: {name}", name=visit.plan.name), _("What does {you_name} want to do?")]
    lines += [draft_line(visit, head) for head in open_sheets.mine(visit)[:5]]
    return Say(lines, buttons=tuple(Button(c.title, f"/{c.name}") for c in shown))


def tasks(visit: Visit, args: str) -> Say:
    """Answer «Tôi còn nợ gì?»: every duty, each opened at exactly its question."""
    words = args.split()
    if words and words[0] == "tiep":
        return _go_on(visit, (number(words[1]) if len(words) > 1 else None) or 0)
    if words and words[0] == "cu":
        return _put_away(visit, words[1] if len(words) > 1 else "")
    today = visit.now.date()
    lines: list[Part] = []
    buttons: list[Button] = []
    late = 0
    listed = set[int | None]()
    for duty in duties_of(visit):
        listed.add(duty.draft)
        late += duty.late
        lines.append(_("{n}. {task}", n=len(lines) + 1, task=duty.text))
        if duty.says:
            buttons.append(Button(_("{n}. {task}", n=len(lines), task=duty.label), duty.says))
    for head in open_sheets.mine(visit)[:5]:
        if head.id in listed:
            continue
        lines.append(_("{n}. {task}", n=len(lines) + 1, task=draft_line(visit, head)))
        buttons.append(Button(_("{n}. {task}", n=len(lines), task=_("Go on")), f"/viec tiep {head.id}"))
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
        _("To do ({n}), nothing overdue:", n=Count(len(lines)))
        if not late
        else _("To do ({n}), overdue ({late}):", n=Count(len(lines)), late=Count(late))
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


def help(visit: Visit, args: str) -> Say:
    """Return the menu said in words, with the words that always work."""
    lines: list[Part] = [_("What the assistant can do for {you_name}")]
    for command in visit.office.features.commands.values():
        if may_use(visit, command):
            lines.append(_("/{name}: {title}", name=command.name, title=command.title))
    lines.append(_("In a form: «back», «see the sheet», «edit 1 new text», «leave» (the sheet is kept), «cancel»."))
    lines.append(_("Plain words work too, with or without marks."))
    return Say(lines, buttons=(MY_TASKS, HOME))


def leave(visit: Visit, args: str) -> Say:
    """Answer «/thoat»: leave an open form and keep it."""
    chats.focus(visit.tx, chat=visit.chat.id, draft=None)
    return Say([_("{You} are out of every form; sheets that were begun are kept.")], buttons=(MY_TASKS, HOME))


TASKS = Command("viec", _("My tasks"), _("tasks|my tasks|what do i owe"), tasks, EVERYBODY)
MENU = Command("menu", _("Home"), _("menu|home"), menu, EVERYBODY, listed=False)
HELP = Command("trogiup", _("Help"), _("help"), help, EVERYBODY, side=True, rank=2)
LEAVE = Command("thoat", _("Leave"), _("leave everything"), leave, EVERYBODY, listed=False)
UNIT = Command("donvi", _("My unit"), _("my unit|our unit"), unit, allowed(May.DELEGATE, sees))
FEATURE = Feature(__name__, commands=(TASKS, HELP, MENU, LEAVE, UNIT))
