"""What the day's message says of items: to ask for recognition in time, to add what is asked, to decide, to say how far it is."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.conversation import EVERYBODY, Feature, Notice, Visit
from bot.dialogue import Button, Say
from bot.language import Count, Part, _
from bot.movement import May
from bot.office.duties import item_texts
from bot.office.items import item_moves, progressing, sheet_lines
from bot.office.items.item_moves import ItemMove
from bot.office.reminding import dated_notes, item_notes
from bot.office.reminding.deadline_texts import how_long
from storage import initiatives, item_requests
from storage.initiatives import Initiative, ItemState
from storage.item_progress import ProgressState

MOST = 10
"""Lines of the part."""
Line = tuple[Part, Button]


def due(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Remind of what still waits for this person as it is now; nothing where nothing does."""
    found: list[Line] = []
    for what, code in about.get(dated_notes.ITEMS, ()):
        item = visit.tx.one(initiatives.BY_CODE, code=code)
        if item is not None:
            found += LINES[what](visit, item)
    found = list({button.says: (line, button) for line, button in found}.values())
    if not found:
        return None
    lines: list[Part] = [_("Registered, and waiting for {you} ({n})", n=Count(len(found)))]
    lines += [_("- {line}", line=line) for line, _button in found[:MOST]]
    return Say(lines, buttons=[button for _line, button in found[:5]])


def _window(visit: Visit, item: Initiative) -> Iterator[Line]:
    applied = visit.tx.one(item_requests.APPLIED, id=item.id)
    if applied is None or item.state is ItemState.INCOMPLETE or not item_moves.can(visit, item, ItemMove.REQUEST):
        return
    left = how_long(visit.plan.recognition.request_until(applied.day), visit.now.date())
    line = _("{code} «{title}»: recognition is asked for {left}", code=item.code, title=item.title, left=left)
    yield line, Button(_("Ask for {code}", code=item.code), f"/yeucaucongnhan {item.code}")


def _supplement(visit: Visit, item: Initiative) -> Iterator[Line]:
    asked = visit.tx.one(item_requests.SUPPLEMENT, id=item.id)
    if asked is None:
        return
    left = how_long(asked.due, visit.now.date())
    line = _("{code}: to be added «{what}», {left}", code=item.code, what=asked.what, left=left)
    if item.state is ItemState.RETURNED and item_texts.writes(visit, item):
        yield line, Button(_("Complete {code}", code=item.code), f"/cuatoi sua {item.code}")
    elif item.state is ItemState.INCOMPLETE and item_moves.can(visit, item, ItemMove.REQUEST):
        yield line, Button(_("Complete {code}", code=item.code), f"/yeucaucongnhan {item.code}")


def _limit(visit: Visit, item: Initiative) -> Iterator[Line]:
    request = visit.tx.one(item_requests.REQUEST, id=item.id)
    last = None if request is None else sheet_lines.limit(visit, item, request)
    if last is None or not visit.may(May.RECEIVE):
        return
    state, left = item_texts.STATES[item.state], how_long(last, visit.now.date())
    line = _("{code} «{title}»: {state}; {left}", code=item.code, title=item.title, state=state, left=left)
    yield line, Button(_("Look at {code}", code=item.code), f"/xetphieu {item.code}")


def _due(visit: Visit, item: Initiative) -> Iterator[Line]:
    kind, progress = progressing.kind_of(visit.plan, item), progressing.newest(visit.tx, item)
    last = None if kind is None else progressing.due(visit.tx, kind, item)
    done = progress is not None and progress.state is ProgressState.DONE
    if last is None or done or progressing.why_not(visit, item) is not None:
        return
    left = how_long(last, visit.now.date())
    line = _("How far is {code} «{title}»? {left}", code=item.code, title=item.title, left=left)
    yield line, Button(_("Note the progress of {code}", code=item.code), f"/capnhat {item.code}")


LINES = {item_notes.WINDOW: _window, item_notes.SUPPLEMENT: _supplement, item_notes.LIMIT: _limit, item_notes.DUE: _due}
FEATURE = Feature(__name__, day_parts=(Notice(dated_notes.ITEMS, due, EVERYBODY),))
