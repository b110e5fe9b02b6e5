"""The menu by what somebody is doing, and help: the same said in words."""

from bot.conversation import EVERYBODY, HOME, MY_TASKS, Command, Feature, Visit, open_sheets
from bot.dialogue import Button, Say
from bot.language import Part, Text, _, number
from bot.office.tasks import draft_line

FLAT = 14
"""Commands that are read at one look: a longer menu has headings."""


def menu(visit: Visit, args: str) -> Say:
    """Return what this person may do now, and how far their open sheets are; «/menu 2»: what stands under a heading."""
    shown = _shown(visit)
    headings = _headings(visit, shown) if len(shown) > FLAT else []
    if (n := number(args)) is not None and 0 < n <= len(headings):
        return _under(visit, headings[int(n) - 1], shown)
    lines: list[Part] = [_("Movement: {name}", name=visit.plan.name), _("What does {you_name} want to do?")]
    lines += [draft_line(visit, head) for head in open_sheets.mine(visit)[:5]]
    if not headings:
        return Say(lines, buttons=tuple(Button(c.title, f"/{c.name}") for c in shown))
    under = [Button(text, f"/menu {n}") for n, text in enumerate(headings, 1)]
    beside = [(c.rank, Button(c.title, f"/{c.name}")) for c in _of(visit, None, shown)]
    first, last = ([button for rank, button in beside if (rank > 0) is later] for later in (False, True))
    return Say(lines, buttons=(*first, *under, *last))


def help(visit: Visit, args: str) -> Say:
    """Return the menu said in words, with the words that always work."""
    shown = [c for c in visit.office.features.commands.values() if c.serves.holds(visit) and (c.listed or c.seldom)]
    lines: list[Part] = [_("What the assistant can do for {you_name}"), *map(_named, _of(visit, None, shown))]
    for heading in _headings(visit, shown):
        lines += ["", _("{heading}:", heading=heading), *map(_named, _of(visit, heading, shown))]
    lines += ["", _("In a form: «back», «see the sheet», «edit 1 new text», «leave» (the sheet is kept), «cancel».")]
    lines.append(_("Plain words work too, with or without marks."))
    return Say(lines, buttons=(MY_TASKS, HOME), whole=True)


def _shown(visit: Visit) -> list[Command]:
    """Return what the menu has for this person: under headings what is seldom wanted too."""
    served = [each for each in visit.office.features.commands.values() if each.serves.holds(visit)]
    listed = [each for each in served if each.listed]
    return listed if len(listed) <= FLAT else [each for each in served if each.listed or each.seldom]


def _under(visit: Visit, heading: Text, shown: list[Command]) -> Say:
    buttons = [Button(c.title, f"/{c.name}") for c in _of(visit, heading, shown)]
    return Say([_("{heading}:", heading=heading)], buttons=(*buttons, HOME))


def _of(visit: Visit, heading: Text | None, shown: list[Command]) -> list[Command]:
    return [each for each in shown if _heading(visit, each) == heading]


def _heading(visit: Visit, command: Command) -> Text | None:
    return visit.office.features.headings.get(command.name)


def _headings(visit: Visit, shown: list[Command]) -> list[Text]:
    """Return the headings under which something stands, in the order of the menu."""
    names = {each.name for each in shown}
    return list(dict.fromkeys(text for name, text in visit.office.features.headings.items() if name in names))


def _named(command: Command) -> Part:
    return _("/{name}: {title}", name=command.name, title=command.title)


MENU = Command("menu", _("Home"), _("menu|home"), menu, EVERYBODY, listed=False)
HELP = Command("trogiup", _("Help"), _("help|?"), help, EVERYBODY, side=True, rank=2)
FEATURE = Feature(__name__, commands=(MENU, HELP))
