"""Confirm many sheets in one message: which are meant, each named before the one yes, and what was left out. Inside the transaction.

The yes names every sheet with the version that was shown, so that one that has changed since is left out and said.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from bot.conversation import HOME, Visit
from bot.dialogue import Button, Say
from bot.language import Count, Joined, Part, Text, Time, _, fold
from bot.office.duties import confirming, item_empty, item_sheet, item_texts
from bot.office.items import item_moves
from bot.office.items.item_moves import ItemMove
from storage.initiatives import Initiative, ItemState

ALL: frozenset[str] = frozenset(("tatca", "tat ca", "tat ca phieu", "tat ca cac phieu", "het", "toan bo", "all"))
LIST: frozenset[str] = frozenset(("phieu", "cac phieu", "phieu dang ky"))
"""«xác nhận phiếu» asks for the list, whatever else it says."""
OF_RECORD: Mapping[Text, str] = {
    _("return|return it|give it back|do not confirm|do not approve"): "{item} tralai",
    _("confirm|confirm it|approve|approve it"): "{item}",
}
"""What is said of the sheet in view, with what the command then says of it."""
YES = "co"
LONGEST = 64
"""Bytes that a button may say: what has no room is named and confirmed in the next turn."""
_BETWEEN = re.compile(r"[,;\s]+")
_IDLE = frozenset(("va", "phieu", "so", "cac", "&"))
_PLACE = re.compile(r"[1-9]\d?")
_PACKED = re.compile(r"([A-Z]{2})-(20\d\d)-(\d+(?:\.\d+)?(?:,\d+(?:\.\d+)?)*)")


@dataclass
class SheetsMeant:
    """The sheets that words mean, and what of them means none."""

    items: list[Initiative] = field(default_factory=list)
    strange: list[str] = field(default_factory=list)


def meant(visit: Visit, said: str) -> SheetsMeant | None:
    """Return the sheets that «tất cả», «1,2,4» (places in the list) or several codes mean; None for one sheet or none."""
    waiting, folded = item_texts.to_confirm(visit), fold(said).strip(" .")
    if folded in ALL:
        return SheetsMeant(waiting)
    pieces = [piece for piece in _BETWEEN.split(folded) if piece and piece not in _IDLE]
    if len(pieces) < 2 or not all(re.search(r"\d$", piece) for piece in pieces):
        return None
    found = SheetsMeant()
    for piece in pieces:
        if _PLACE.fullmatch(piece):
            one = waiting[int(piece) - 1] if int(piece) <= len(waiting) else None
        else:
            item = item_texts.find(visit, piece, lambda item: item in waiting)
            one = item if item in waiting else None
        if one is None:
            found.strange.append(piece)
        elif one not in found.items:
            found.items.append(one)
    return found


def listed(visit: Visit, ways: Sequence[Button]) -> Say:
    """List the sheets that wait for this person, numbered as their buttons are."""
    items = item_texts.to_confirm(visit)
    lines: list[Part] = [_("Sheets that wait for {you_name} to confirm ({n})", n=Count(len(items)))]
    lines += [_("{n}. {code} «{title}»", n=n, code=item.code, title=item.title) for n, item in enumerate(items, 1)]
    if not items:
        lines = [_("No sheet waits for {you_name} to confirm.")]
    buttons = [Button(item.code, f"/xacnhan {item.code}") for item in items[:10]]
    if len(items) > 1:
        lines.append(_("Several at once: type their numbers, for example 1,2."))
        buttons.append(Button(_("Confirm all"), "/xacnhan tatca"))
    return Say(lines, buttons=(*buttons, *ways, HOME), whole=True)


def ask(visit: Visit, those: SheetsMeant, ways: Sequence[Button]) -> Say:
    """Name each sheet with its authors and what is empty, and ask once; without any, show the list."""
    if not those.items and not those.strange:
        return listed(visit, ways)
    stays = {item.code: why for item in those.items if (why := _why_not(visit, item)) is not None}
    ready = [item for item in those.items if item.code not in stays]
    fits, yes = _packed(ready)
    lines: list[Part] = [_("Confirm these sheets ({n})?", n=Count(len(fits)))]
    if not fits:
        lines = [_("None of these sheets can be confirmed now.")]
    lines += [_line(visit, n, item) for n, item in enumerate(fits, 1)]
    lines += list(stays.values())
    if those.strange:
        lines.append(_("Not in the list of sheets that wait: {said}.", said=Joined(those.strange)))
    if len(fits) < len(ready):
        lines.append(_("{n} more come after these.", n=Count(len(ready) - len(fits))))
    do = [Button(_("Confirm these {n} sheets", n=Count(len(fits))), f"/xacnhan {YES} {yes}")] if fits else []
    return Say(lines, buttons=(*do, Button(_("Sheets to confirm"), "/xacnhan"), HOME), whole=True)


def do(visit: Visit, packed: str, tell: Callable[[Initiative], None]) -> Say:
    """Confirm the sheets that were named, but those that have changed since or wait no more."""
    done, left = list[Initiative](), list[Part]()
    for code, version in _unpacked(packed):
        item = confirming.of_code(visit, code)
        if item is None:
            continue
        if (why := _left_out(visit, item, version)) is not None:
            left.append(why)
            continue
        confirming.confirm(visit, item)
        tell(item)
        done.append(item)
    waiting = item_texts.to_confirm(visit)
    lines: list[Part] = [_("No sheet was confirmed.")]
    if done:
        lines = [
            _("✅ Confirmed at {at}: {n}. They go to the office.", n=Count(len(done)), at=Time(visit.said)),
            *(_("{code} «{title}»", code=item.code, title=item.title) for item in done),
        ]
    lines += left
    lines.append(_("Sheets that still wait for {you_name}: {n}.", n=Count(len(waiting))))
    return Say(lines, buttons=(*_next(waiting), HOME))


def _next(waiting: Sequence[Initiative]) -> list[Button]:
    return [Button(_("Sheets to confirm"), "/xacnhan")] if waiting else []


def _why_not(visit: Visit, item: Initiative) -> Part | None:
    return item_moves.why_not(visit, item, ItemMove.CONFIRM)


def _left_out(visit: Visit, item: Initiative, version: int) -> Part | None:
    """Say why a sheet that was named is not confirmed now; None where it is."""
    if item.state != ItemState.SENT:
        state, at = item_texts.STATES[item.state], Time(item.changed)
        return _("Sheet {code} is {state} since {at}.", code=item.code, state=state, at=at)
    if item.version != version:
        return _(
            "⚠️ {code} was changed after it was shown, so it is left out. Please look at it once more.", code=item.code
        )
    if not item_texts.confirms(visit, item):
        return _("Sheet {code} is confirmed by somebody else.", code=item.code)
    return _why_not(visit, item)


def _line(visit: Visit, n: int, item: Initiative) -> Part:
    about = {"n": n, "code": item.code, "title": item.title, "who": item_sheet.who(visit, item)}
    empty = item_empty.labels(visit, item)
    if not empty:
        return _("{n}. {code} «{title}»; {who}", **about)
    return _("{n}. {code} «{title}»; {who}; still empty: {names}", names=Joined(empty), **about)


def _packed(items: Sequence[Initiative]) -> tuple[list[Initiative], str]:
    """Return as many of the sheets as a button can name, and how it names them: «SK-2027-17,18.2;MH-2027-3»."""
    room = LONGEST - len(f"/xacnhan {YES} ")
    for count in range(len(items), 0, -1):
        shown = sorted(items[:count], key=lambda item: item.code)
        named = ";".join(
            f"{head}-" + ",".join(_one(item) for item in of)
            for head, of in groupby(shown, key=lambda item: item.code.rpartition("-")[0])
        )
        if len(named) <= room:
            return list(items[:count]), named
    return [], ""


def _one(item: Initiative) -> str:
    number = str(int(item.code.rpartition("-")[2]))
    return number if item.version == 1 else f"{number}.{item.version}"


def _unpacked(packed: str) -> list[tuple[str, int]]:
    found = list[tuple[str, int]]()
    for prefix, year, numbers in _PACKED.findall(packed.upper()):
        for each in numbers.split(","):
            number, _dot, version = each.partition(".")
            found.append((f"{prefix}-{year}-{int(number):03}", int(version or 1)))
    return found
