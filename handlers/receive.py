"""The office receives what units have sent: one sheet, or all; from then on it is locked."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from bot.conversation import DESK, HOME, WHO, Command, Feature, Notice, Visit, whose
from bot.dialogue import Button, Say
from bot.language import Count, Part, Time, _, number, record_codes
from bot.movement import May
from bot.office import corrections
from bot.office.duties import item_texts, plan_tasks, record_corrections, record_files, submissions
from bot.office.duties import waiting_texts as texts
from bot.office.duties.item_texts import versioned
from bot.office.onbehalf import receiving_told
from storage import receiving, reopenings
from storage.receiving import WaitingDelivery

ALL = ("TATCA", "TẤT CẢ", "TAT CA", "HẾT", "HET")
ASKS = "hoi"
HELD = timedelta(minutes=10)
"""So long all that was received at once can be given back, before anybody is told."""


def run(visit: Visit, args: str) -> Say:
    """Answer «/tiepnhan»: a list; with a code receive one, with «tatca» all; a button's version is what it was drawn for."""
    said, version = versioned(args)
    if said and said[0] == "hoantac":
        return _give_back(visit, said[1] if len(said) > 1 else "")
    sure, asks = len(said) > 1 and said[-1] == "co", len(said) > 1 and said[-1] == ASKS
    code = " ".join(said[:-1] if sure or asks else said).upper()
    waiting = visit.tx.all(receiving.ALL)
    if not code:
        return _list(visit, waiting)
    chosen = [each for each in waiting if not each.correction] if code in ALL else _meant(visit, waiting, code)
    if not chosen:
        return _nothing(visit, code)
    every = code in ALL
    if version not in (None, texts.version(waiting) if every else chosen[0].version):
        changed = _("⚠️ What waits has changed since, so nothing was received. This is what waits now:")
        if not every:
            changed = _("⚠️ {code} has been changed since, so nothing was received. This is what waits now:", code=code)
        return _list(visit, waiting).after(changed)
    if every and not sure:
        return _ask_all(visit, waiting, chosen)
    if not sure and chosen[0].correction:
        return texts.look(visit, chosen[0])
    if asks:
        return texts.ask_one(visit, chosen[0])
    _receive(visit, chosen, HELD if every else timedelta())
    if every:
        return _all_received(visit, chosen)
    return Say(
        [
            _("✅ Received at {at}: {n}.", n=Count(len(chosen)), at=Time(visit.said)),
            *texts.lines(visit, chosen[:20]),
            *corrections.after_receiving(visit, chosen[0].code if chosen[0].correction else ""),
            *receiving_told.said(visit, chosen),
        ],
        buttons=(Button(_("What waits"), "/tiepnhan"), HOME),
    )


def _nothing(visit: Visit, code: str) -> Say:
    """Say that nothing waits under a code, and where it does if its recognition is asked for."""
    asked = next((each for each in texts.asked_for(visit) if record_codes.same(code, each.code)), None)
    if asked is None:
        nothing = _("Nothing with code {code} waits to be received.", code=code)
        return Say([nothing], buttons=(Button(_("What waits"), "/tiepnhan"), HOME))
    said = _("{code} has been received; its recognition is asked for and waits there.", code=asked.code)
    return Say([said], buttons=(Button(_("Look at the request"), f"/xetphieu {asked.code}"), HOME))


def _receive(visit: Visit, chosen: Sequence[WaitingDelivery], after: timedelta) -> None:
    at = visit.said.isoformat()
    for each in chosen:
        receiving.receive(visit.tx, code=each.code, what=each.what, now=visit.said)
        if each.correction:
            record_corrections.apply(visit, each.code)
            reopenings.receive(visit.tx, record=each.code, by=visit.me.id, now=visit.said)
        visit.note("received", each.code)
        plan_tasks.received(visit, each)
        receiving_told.tell(visit, each, RECEIVED, at, after)


def _ask_all(visit: Visit, waiting: list[WaitingDelivery], chosen: list[WaitingDelivery]) -> Say:
    """Return everything that would be received, by name; nothing is done yet."""
    return Say(
        [
            _(
                "Receive all of these ({n})? From then on whoever sent them cannot change them any more.",
                n=Count(len(chosen)),
            ),
            *texts.lines(visit, chosen),
            *texts.apart(waiting),
        ],
        buttons=(
            Button(_("Receive these {n}", n=Count(len(chosen))), f"/tiepnhan tatca v{texts.version(waiting)} co"),
            Button(_("What waits"), "/tiepnhan"),
            HOME,
        ),
    )


def _all_received(visit: Visit, chosen: Sequence[WaitingDelivery]) -> Say:
    return Say(
        [
            _("✅ Received at {at}: {n}.", n=Count(len(chosen)), at=Time(visit.said)),
            *texts.lines(visit, chosen),
            _("For {n} minutes it can be undone; only then is anybody told.", n=Count(HELD.seconds // 60)),
            *receiving_told.said(visit, chosen),
        ],
        buttons=(
            Button(_("Undo"), f"/tiepnhan hoantac {int(visit.said.timestamp())}"),
            Button(_("What waits"), "/tiepnhan"),
            HOME,
        ),
    )


def _give_back(visit: Visit, said: str) -> Say:
    """Answer «Hoàn tác»: what was received at that moment waits again; after ten minutes it is too late."""
    buttons = (Button(_("What waits"), "/tiepnhan"), HOME)
    second = number(said, most=99_999_999_999)
    first = datetime.fromtimestamp(second, tz=visit.said.tzinfo) if second is not None else None
    if first is None or not timedelta() <= visit.said - first < HELD + timedelta(seconds=1):
        why = _(
            "What was received can be undone for {n} minutes only; please talk to whoever sent it.",
            n=Count(HELD.seconds // 60),
        )
        return Say([why], buttons=buttons)
    chosen = visit.tx.all(receiving.RECEIVED, first=first, last=first + timedelta(seconds=1))
    for each in chosen:
        receiving.give_back(visit.tx, code=each.code, what=each.what, now=visit.said)
        visit.note("receiving_undone", each.code)
        plan_tasks.received(visit, each, undone=True)
    if not chosen:
        return Say([_("Nothing of it is left to be undone.")], buttons=buttons)
    undone = _("✅ Undone: {n} wait to be received again, and nobody is told.", n=Count(len(chosen)))
    return Say([undone, *texts.lines(visit, chosen)], buttons=buttons)


def _meant(visit: Visit, waiting: list[WaitingDelivery], said: str) -> list[WaitingDelivery]:
    """Return what waits under the code that was said; nothing when a number alone could mean several."""
    if whole := [each for each in waiting if record_codes.same(said, each.code)]:
        return whole
    code = record_codes.read_code(said)
    meant = code.among([each.code for each in waiting], visit.said.year) if code is not None else []
    return [each for each in waiting if [each.code] == meant]


def _list(visit: Visit, waiting: list[WaitingDelivery]) -> Say:
    asked = texts.asked_for(visit)
    beside, look = texts.requests_line(asked), [Button(_("Requests for recognition"), "/xetphieu")][: len(asked)]
    if not waiting:
        return Say([_("Nothing waits to be received."), *beside], buttons=(*look, HOME))
    lines: list[Part] = [_("What waits to be received ({n})", n=Count(len(waiting))), *texts.lines(visit, waiting[:20])]
    if len(waiting) > 20:
        lines.append(_("… and {n} more", n=Count(len(waiting) - 20)))
    return Say(
        [*lines, *beside],
        buttons=(
            Button(_("Receive all"), f"/tiepnhan tatca v{texts.version(waiting)}"),
            *(Button(each.code, f"/tiepnhan {each.code} v{each.version}") for each in waiting[:8]),
            *record_files.buttons(visit, [each.code for each in waiting[:8]]),
            *look,
            HOME,
        ),
    )


def received(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Tell whoever sent it: the office has received it."""
    if not visit.tx.one(receiving.STILL, code=about["code"]):
        return None  # it was undone
    see = f"/cuatoi {about['code']}" if about["what"] == "initiative" else "/viec"
    done = _(
        "✅ The office has received {what} {code}.",
        what=texts.what(visit.plan, about["what"], about["code"]),
        code=about["code"],
    )
    correction = corrections.after_receiving(visit, about["code"]) if about.get("correction") else []
    return Say([done, *correction], buttons=(Button(_("Look"), see),))


OF_RECORD = {_("receive|receive it|take it in"): f"{{code}} {ASKS}"}
RECEIVE = Command("tiepnhan", _("Receive what was sent"), _("receive"), run, DESK, acts=("*",), of_record=OF_RECORD)


def _theirs(visit: Visit, about: Mapping[str, Any]) -> bool:
    """Return whose news it is: of a registration its writer's and authors', of anything else its unit's."""
    of = item_texts.INVOLVED if about["what"] == "initiative" else submissions.OF_UNIT
    return of.holds(visit, about)


RECEIVED = Notice("received", received, whose(WHO[May.SEND], _theirs))
FEATURE = Feature(__name__, commands=(RECEIVE,), notices=(RECEIVED,))
