"""What can be done with a sheet now, by whoever looks at it: a button for every move that the table allows them. Inside the transaction."""

from collections.abc import Mapping, Sequence

from bot.conversation import Visit
from bot.dialogue import Button
from bot.language import Text, _
from bot.office.duties import item_texts
from bot.office.items import author_words, copying, item_moves, progressing, requesting
from bot.office.items.item_moves import ItemMove
from storage import item_requests
from storage.initiatives import Initiative, ItemState

WORDS: Mapping[Text, str] = {
    _("change the sheet|edit the sheet|edit it"): "sua {item}",
    _("add to the sheet|add to it"): "bosung {item}",
    _("withdraw|withdraw it|withdraw the sheet"): "rut {item}",
}
"""What is said of the own sheet in view, with what the command then says of it."""


def buttons(visit: Visit, item: Initiative) -> Sequence[Button]:
    """Return the buttons of a sheet besides editing and withdrawing it."""
    code, v = item.code, f"{item.code} v{item.version}"
    found = list(_of_author(visit, item))
    if progressing.why_not(visit, item) is None:
        found.append(Button(_("Note its progress"), f"/capnhat {code}"))
    if item_moves.can(visit, item, ItemMove.CANCEL):
        found.append(Button(_("Cancel the registration"), f"/huyphieu {code}"))
    desk = [
        (ItemMove.SEND_BACK, Button(_("Send it back to be completed"), f"/xetphieu bosung {v}")),
        (ItemMove.REJECT, Button(_("Reject the sheet"), f"/xetphieu tuchoi {v}")),
        (ItemMove.ASK_SUPPLEMENT, Button(_("Look at the request"), f"/xetphieu {code}")),
    ]
    found += [button for move, button in desk if item_moves.can(visit, item, move)]
    found += as_word(visit, item)
    found.append(Button(_("What has become of it"), f"/quatrinh {code}"))
    if copying.why_not(visit, item) is None:
        found.append(Button(_("Copy it to {year}", year=copying.year_of(visit, item)), f"/chepphieu {code}"))
    return found


def as_word(visit: Visit, item: Initiative) -> Sequence[Button]:
    """Return the button of its paper: of the request where recognition is asked for, else of the sheet."""
    if visit.tx.one(item_requests.REQUEST, id=item.id) is not None:
        return [Button(_("Request as a Word file"), f"/banword don {item.code}")]
    return [Button(_("As a Word file"), f"/banword phieu {item.code}")]


def _of_author(visit: Visit, item: Initiative) -> Sequence[Button]:
    code, found = item.code, list[Button]()
    part = author_words.mine(visit, item)
    if (
        part is not None
        and author_words.why_not(visit, item) is None
        and item.state in author_words.ASKED_IN
        and not item_texts.filed_for(visit, item)
    ):
        if not part.agrees:
            found.append(Button(_("Agree to {share}%", share=part.share), f"/dongy {code} v{item.version}"))
        if part.agrees is not False:
            found.append(Button(_("Do not agree to {share}%", share=part.share), f"/khongdongy {code} v{item.version}"))
    if item_moves.can(visit, item, ItemMove.REQUEST):
        label = _("Complete the request") if item.state is ItemState.INCOMPLETE else _("Ask for recognition")
        found.append(Button(label, f"/yeucaucongnhan {code}"))
    elif _unapplied(visit, item) and item_moves.can(visit, item, ItemMove.APPLY):
        found.append(Button(_("Note the first application"), f"/apdung {code}"))
    if item_moves.can(visit, item, ItemMove.TAKE_REQUEST_BACK):
        found.append(Button(_("Take the request for recognition back"), f"/yeucaucongnhan rut {code}"))
        if requesting.needs_details(visit, item):
            found.append(Button(_("Give birth date and degree"), f"/thongtintacgia {code}"))
    return found


def _unapplied(visit: Visit, item: Initiative) -> bool:
    recognised = any(kind.code == item.kind and kind.recognised for kind in visit.plan.kinds)
    return recognised and visit.tx.one(item_requests.APPLIED, id=item.id) is None
