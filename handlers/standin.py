"""Somebody acts for the head: confirms and sends in the head's place, on the assistant only."""

from collections.abc import Mapping
from typing import Any

from bot.conversation import EVERYBODY, HOME, MY_TASKS, Command, Feature, Notice, Visit, allowed
from bot.dialogue import Button, Say
from bot.language import Part, _, clean_line, fold
from bot.movement import May, meant, titled
from storage import people
from storage.people import Person

SIGNING = _("This holds in the assistant only and does not take the place of a written authorisation to sign.")


def run(visit: Visit, args: str) -> Say:
    """Answer «/xulythay»: who it is; a name or number of a colleague: name them; «thoi»: end it."""
    me, tx = visit.me, visit.tx
    said = clean_line(args)
    colleagues = [
        p for p in tx.all(people.OF_UNIT, unit=me.unit) if p.id != me.id and p.role not in ("leader", "admin")
    ]
    if not said:
        return _ask(visit, colleagues)
    if fold(said) in ("thoi", "het"):
        people.stand_in(tx, person=me.id, by=None)
        visit.note("standin_ended")
        return Say([_("✅ Nobody acts for {you_name} any more.")], buttons=(HOME,))
    chosen = meant(said, colleagues)
    if len(chosen) != 1:
        return _ask(visit, colleagues, _("«{name}» is not one colleague of the unit. Please choose below.", name=said))
    person = chosen[0]
    people.stand_in(tx, person=me.id, by=person.id)
    visit.note("standin", person.name)
    visit.tell(person.id, NAMED, by=me.id)
    return Say(
        [_("✅ {who} acts for {you_name} from now on: confirms, writes and sends.", who=titled(person)), SIGNING],
        buttons=(Button(_("End it"), "/xulythay thoi"), HOME),
    )


def _ask(visit: Visit, colleagues: list[Person], why: Part = "") -> Say:
    lines: list[Part] = [why] if why else []
    now = visit.tx.one(people.BY_ID, id=visit.me.stands_in) if visit.me.stands_in else None
    if now is not None:
        lines.append(_("{who} acts for {you_name} now.", who=titled(now)))
    lines += [_("Who acts for {you_name} in the assistant?"), SIGNING]
    buttons = [Button(titled(person), f"/xulythay {person.id}") for person in colleagues[:8]]
    if now is not None:
        buttons.append(Button(_("End it"), "/xulythay thoi"))
    return Say(lines, buttons=(*buttons, HOME))


def standin(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Tell whoever acts for somebody: from now on."""
    head = visit.tx.one(people.BY_ID, id=about["by"])
    if head is None or head.stands_in != visit.me.id:
        return None
    return Say(
        [
            _("{who} asks {you_name} to act in the assistant: confirm sheets, write and send.", who=titled(head)),
            SIGNING,
        ],
        buttons=(MY_TASKS,),
    )


STANDIN = Command("xulythay", _("Who acts for me"), _("act for me|stand in"), run, allowed(May.DELEGATE), acts=("*",))
NAMED = Notice("standin", standin, EVERYBODY)
FEATURE = Feature(__name__, commands=(STANDIN,), notices=(NAMED,))
