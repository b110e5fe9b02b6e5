"""My sheets: what I have registered, how far each is, and changing or withdrawing it."""

from bot.conversation import HOME, Command, Feature, Visit, allowed
from bot.dialogue import Button, Say
from bot.language import Count, _
from bot.movement import May
from bot.office.duties import (
    item_access,
    item_empty,
    item_sheet,
    item_texts,
    past_versions,
    record_corrections,
    record_files,
    registering,
    reopening,
)
from bot.office.items import item_moves, sheet_buttons
from bot.office.items.item_moves import ItemMove
from storage import initiatives
from storage.initiatives import AT_OFFICE, Initiative


def run(visit: Visit, args: str) -> Say:
    """Answer «/cuatoi»: a list; «/cuatoi SK-2027-012»: that one; «sua», «bosung», «rut»: change, add to it, withdraw."""
    words, version = item_texts.versioned(args)
    if not words:
        return _list(visit)
    verb = words[0].lower() if words[0].lower() in ("sua", "bosung", "rut") else ""
    code = " ".join(w for w in words[bool(verb) :] if w != "co")
    if not code:
        return _list(visit)
    item = item_texts.find(visit, code, lambda item: item_access.theirs(visit, item))
    if item is None or not item_access.may_see(visit, item):
        return Say(
            [_("There is no sheet {code} among {you_name}'s sheets.", code=code)],
            buttons=(Button(_("My sheets"), "/cuatoi"), HOME),
        )
    if not verb:
        return show(visit, item)
    if verb != "rut" and _corrects(visit, item):
        return _edit(visit, item)
    if (why := item_moves.why_not(visit, item, ItemMove.WITHDRAW if verb == "rut" else ItemMove.CHANGE)) is not None:
        return Say([why], buttons=(Button(_("See the sheet"), f"/cuatoi {item.code}"), HOME))
    if version not in (None, item.version):
        return show(visit, item).after(item_texts.changed(item))
    if verb != "rut":
        return _edit(visit, item, adds=verb == "bosung")
    return _withdraw(visit, item, sure=words[-1] == "co")


def _list(visit: Visit) -> Say:
    year = visit.said.year
    mine = visit.tx.all(initiatives.OF_PERSON, person=visit.me.id, since=year - 1)
    if not mine:
        return Say(
            [_("{You} have no sheets in {year} yet.", year=year)], buttons=(Button(_("Register"), "/dangky"), HOME)
        )
    return Say(
        [_("Sheets of {you_name} ({n})", n=Count(len(mine))), *map(item_texts.line, mine)],
        buttons=(
            *(Button(item.code, f"/cuatoi {item.code}") for item in mine[:10]),
            Button(_("What I achieved"), f"/banword thanhtich {year}"),
            HOME,
        ),
    )


def show(visit: Visit, item: Initiative) -> Say:
    """Return the sheet with what can be done with it now."""
    buttons = [*record_files.button(visit, item.code)]
    if item_moves.can(visit, item, ItemMove.CHANGE):
        if item_empty.labels(visit, item):
            buttons.append(Button(_("Add to it"), f"/cuatoi bosung {item.code} v{item.version}"))
        buttons.append(Button(_("Edit"), f"/cuatoi sua {item.code} v{item.version}"))
    if item_moves.can(visit, item, ItemMove.WITHDRAW):
        buttons.append(Button(_("Withdraw"), f"/cuatoi rut {item.code} v{item.version}"))
    if _corrects(visit, item):
        buttons.append(Button(_("Edit"), f"/cuatoi sua {item.code}"))
    buttons += [*sheet_buttons.buttons(visit, item), *past_versions.button(visit, item.code)]
    buttons += [Button(_("My sheets"), "/cuatoi"), HOME]
    lines = [*item_sheet.sheet(visit, item), *record_corrections.standing(visit, item.code)]
    return Say(lines, buttons=tuple(buttons), whole=True)


def _edit(visit: Visit, item: Initiative, adds: bool = False) -> Say:
    """Open the sheet to be changed; whoever `adds` to it is asked what is still empty."""
    kind = item_sheet.kind_of(visit, item.kind)
    conversation = visit.office.features.forms.get(registering.FORM.format(kind=kind.code))
    if conversation is None:
        why = _(
            "The plan does not register {kind} any more, so sheet {code} stays as it is.",
            kind=kind.short,
            code=item.code,
        )
        return Say([why], buttons=(Button(_("See the sheet"), f"/cuatoi {item.code}"), HOME))
    answers = record_corrections.newest(visit, item.code, item_sheet.answers_of(visit, kind, item))
    if adds:
        answers = {code: value for code, value in answers.items() if value is not None}
    return visit.open(conversation, item.code, answers)


def _corrects(visit: Visit, item: Initiative) -> bool:
    """Whether this person may correct a sheet that was received: the office has opened it once more."""
    return item.state in AT_OFFICE and item_texts.writes(visit, item) and reopening.lets(visit, item.code) is not None


def _withdraw(visit: Visit, item: Initiative, sure: bool) -> Say:
    if not sure:
        return Say(
            [
                _("Withdraw sheet {code}?", code=item.code),
                _("«{title}»", title=item.title),
                _("The code is not used again; what was written stays readable for {you}."),
            ],
            buttons=(
                Button(_("Withdraw it"), f"/cuatoi rut {item.code} v{item.version} co"),
                Button(_("Keep it as it is"), f"/cuatoi {item.code}"),
            ),
        )
    item_moves.make(visit, item, ItemMove.WITHDRAW)
    return Say(
        [_("✅ Sheet {code} has been withdrawn.", code=item.code)], buttons=(Button(_("My sheets"), "/cuatoi"), HOME)
    )


MINE = Command("cuatoi", _("My sheets"), _("mine|my sheets"), run, allowed(May.READ), of_record=sheet_buttons.WORDS)
FEATURE = Feature(__name__, commands=(MINE,))
