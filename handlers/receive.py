"""The office receives what units have sent: one sheet, or all; from then on it is locked."""

from collections.abc import Mapping, Sequence
from typing import Any
from zlib import crc32

from bot import codes, filing, records
from bot.authority import DESK, WHO, whose
from bot.commands import Command, News, Visit
from bot.dialogue.turn import Button, Say
from bot.duties import KINDS
from bot.i18n import Count, Part, Text, Time, _
from bot.people import May
from bot.records import versioned
from storage import receiving
from storage.receiving import Waiting

WHAT: Mapping[str, Text] = {
    **{code: kind.what for code, kind in KINDS.items()}, "initiative": _("registration"),
}  # fmt: skip


ALL = ("TATCA", "TẤT CẢ")


def run(visit: Visit, args: str) -> Say:
    """«/tiepnhan» lists, with a code receives one, «tatca» all; a button's version is what it was drawn for."""
    said, version = versioned(args)
    code = " ".join(said).upper()
    waiting = visit.tx.all(receiving.ALL)
    if not code:
        return _list(waiting)
    chosen = waiting if code in ALL else _meant(visit, waiting, code)
    if not chosen:
        return Say(
            [_("Nothing with code {code} waits to be received.", code=code)],
            buttons=(Button(_("What waits"), "/tiepnhan"), Button(_("Home"), "/menu")),
        )
    every = code in ALL
    if version not in (None, _version(waiting) if every else chosen[0].version):
        changed = _("⚠️ What waits has changed since, so nothing was received. This is what waits now:")
        if not every:
            changed = _(
                "⚠️ {code} has been changed since, so nothing was received. This is what waits now:", code=code
            )
        return _list(waiting).after(changed)
    for each in chosen:
        receiving.receive(visit.tx, code=each.code, what=each.what, now=visit.said)
        visit.note("received", each.code)
        visit.tell(each.by, "received", code=each.code, what=each.what)
    return Say(
        [
            _("✅ Received at {at}: {n}.", n=Count(len(chosen)), at=Time(visit.said)),
            *map(_line, chosen[:20]),
            _("Whoever sent them is told once."),
        ],
        buttons=(Button(_("What waits"), "/tiepnhan"), Button(_("Home"), "/menu")),
    )


def _meant(visit: Visit, waiting: list[Waiting], said: str) -> list[Waiting]:
    """What waits under the code that was said; nothing when a number alone could mean several."""
    if whole := [each for each in waiting if codes.same(said, each.code)]:
        return whole
    code = codes.read(said)
    meant = code.among([each.code for each in waiting], visit.said.year) if code is not None else []
    return [each for each in waiting if [each.code] == meant]


def _list(waiting: list[Waiting]) -> Say:
    if not waiting:
        return Say([_("Nothing waits to be received.")], buttons=(Button(_("Home"), "/menu"),))
    lines: list[Part] = [
        _("What waits to be received ({n})", n=Count(len(waiting))),
        *map(_line, waiting[:20]),
    ]
    if len(waiting) > 20:
        lines.append(_("… and {n} more", n=Count(len(waiting) - 20)))
    return Say(
        lines,
        buttons=(
            Button(_("Receive all"), f"/tiepnhan tatca v{_version(waiting)}"),
            *(Button(each.code, f"/tiepnhan {each.code} v{each.version}") for each in waiting[:8]),
            Button(_("Home"), "/menu"),
        ),
    )


def _version(waiting: Sequence[Waiting]) -> int:
    """A number for all that waits, so that nothing is received that was not seen."""
    return crc32(" ".join(f"{each.code}v{each.version}" for each in waiting).encode()) % 1_000_000


def _line(each: Waiting) -> Part:
    if each.title:
        return _("{code} «{title}», {unit}", code=each.code, title=each.title, unit=each.unit_name)
    return _("{code} {what}, {unit}", code=each.code, what=WHAT[each.what], unit=each.unit_name)


def received(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """To whoever sent it: the office has received it."""
    see = f"/cuatoi {about['code']}" if about["what"] == "initiative" else "/viec"
    return Say(
        [_("✅ The office has received {what} {code}.", what=WHAT[about["what"]], code=about["code"])],
        buttons=(Button(_("Look"), see),),
    )


RECEIVE = Command("tiepnhan", _("Receive what was sent"), _("receive"), run, DESK)


def _theirs(visit: Visit, about: Mapping[str, Any]) -> bool:
    """A registration is its writer's and authors' news, anything else its unit's."""
    of = records.INVOLVED if about["what"] == "initiative" else filing.OF_UNIT
    return of.holds(visit, about)


NEWS = {"received": News(received, whose(WHO[May.SEND], _theirs))}
