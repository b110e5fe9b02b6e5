"""«Đã có ai làm chưa?»: search over what is registered, for everybody of the office, with what everybody may see."""

from collections.abc import Sequence

from bot.conversation import EVERYBODY, HOME, Command, Feature, Visit, calling
from bot.dialogue import Button, Say
from bot.language import Count, Part, _, fold, number
from bot.movement import May
from bot.office.duties import item_access, item_search, item_texts, record_files
from bot.office.duties.item_search import ItemsFound
from bot.office.duties.title_said import FROM_MESSAGE
from storage import inbox, initiatives

PAGE = 10
SHEET, MORE = "phieu", "tiep"
"""What buttons say: one sheet; the next page of what was asked in a message."""


def run(visit: Visit, args: str) -> Say:
    """Answer «/tim số hóa hồ sơ năm 2027 của QLXD»; «phieu CODE» opens one, «tiep MESSAGE PAGE» goes on."""
    words = args.split()
    if words[:1] == [MORE] and len(words) == 3 and all(number(word) is not None for word in words[1:]):
        return _more(visit, int(words[1]), int(words[2]))
    code = " ".join(words[1:] if fold(" ".join(words[:1])) == SHEET else words)
    if words and (one := _one(visit, code, named=len(words) > 1 or "-" in code)) is not None:
        return one
    return _found(visit, args, visit.message or 0, 1)


def _more(visit: Visit, message: int, page: int) -> Say:
    """Show the next page of what was asked in an earlier message of this chat, as it is found now."""
    asked = visit.tx.one(inbox.SAID_IN, id=message, chat=visit.chat.id)
    text = str((asked.body or {}).get("text", "")) if asked is not None else ""
    called = None if text.startswith("/") else calling(visit, text)
    said = text.partition(" ")[2] if text.startswith("/") else called.args if called is not None else ""
    if not said:
        again = _("What was searched for is not kept so long. Please search again. Example: search digital records")
        return Say([again], buttons=(HOME,))
    return _found(visit, said, message, max(1, page))


def _found(visit: Visit, said: str, message: int, page: int) -> Say:
    found = item_search.search(visit, said)
    if not found.query.words and not found.query.narrow:
        return _what(visit)
    if not found.ids:
        return _nothing(visit, found)
    first = (page - 1) * PAGE
    if first >= len(found.ids):
        first, page = 0, 1
    shown = [item for id in found.ids[first : first + PAGE] if (item := visit.tx.one(initiatives.BY_ID, id=id))]
    lines = [*_head(found, first, len(shown)), *(item_search.line(visit, n, item) for n, item in enumerate(shown, 1))]
    buttons = [Button(item.code, f"/tim {SHEET} {item.code}") for item in shown]
    left = len(found.ids) - first - len(shown)
    if left:
        buttons.append(Button(_("Go on ({n} more)", n=Count(left)), f"/tim {MORE} {message} {page + 1}"))
    return Say(lines, buttons=(*buttons, *_register(visit, found), HOME))


def _head(found: ItemsFound, first: int, n: int) -> Sequence[Part]:
    """Say what was searched for and how it was found."""
    lines: list[Part] = []
    if found.wider:
        lines.append(_("Nothing fits all that was asked for; these are of all years and units."))
    if found.titles.read_as:
        lines.append(_("No title has exactly these words; these have «{words}».", words=found.titles.read_as))
    elif not found.titles.whole:
        lines.append(_("No title has all of these words; these have most of them."))
    about = {"asked": found.query.asked, "total": Count(len(found.ids))}
    if len(found.ids) <= PAGE:
        lines.append(_("Registered: {asked} ({total})", **about))
    else:
        lines.append(_("Registered: {asked}, {first} to {last} of {total}", first=first + 1, last=first + n, **about))
    return lines


def _what(visit: Visit) -> Say:
    """Say what can be searched for."""
    return Say(
        [
            _("What is registered, of all units and years, is found by words of its title."),
            _("Example: search digital records, year {year}, of {unit}", year=visit.said.year, unit=visit.me.unit),
        ],
        buttons=(HOME,),
    )


def _nothing(visit: Visit, found: ItemsFound) -> Say:
    return Say(
        [
            _("No registered sheet was found for {asked}.", asked=found.query.asked),
            _("Only sheets that the head of a unit has confirmed are searched. Fewer words find more."),
            *([_("If it is new, {you} may register it.")] if visit.may(May.REGISTER) else []),
        ],
        buttons=(*_register(visit, found), HOME),
    )


def _register(visit: Visit, found: ItemsFound) -> Sequence[Button]:
    """Offer to register it, where nothing like it is there."""
    offered = visit.may(May.REGISTER) and (not found.ids or not found.titles.whole or bool(found.titles.read_as))
    says = "/dangky" if visit.message is None or not found.query.words else f"/dangky {FROM_MESSAGE} {visit.message}"
    return (Button(_("Register"), says),) if offered else ()


def _one(visit: Visit, code: str, named: bool) -> Say | None:
    """Return what everybody may see of one sheet, with the door to the whole for whom it is open; None for no code."""
    item = item_texts.find(visit, code, item_search.public)
    if item is None or not named:
        return None
    mine = item_access.may_see(visit, item)
    if not mine and not item_search.public(item):
        return Say([_("Sheet {code} is not among those that everybody may see.", code=item.code)], buttons=(HOME,))
    whole = (Button(_("See the whole sheet"), f"/cuatoi {item.code}"),) if mine and visit.may(May.READ) else ()
    return Say(item_search.lines(visit, item), buttons=(*whole, *record_files.button(visit, item.code), HOME))


SEARCH = Command(
    "tim", _("Search what is registered"), _("search|find|has anybody done|look up"), run, EVERYBODY, side=True
)
FEATURE = Feature(__name__, commands=(SEARCH,))
