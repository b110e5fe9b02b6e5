"""«Thiết bị của tôi»: where a person is logged in, ending any of it, and «Không phải tôi» when somebody else got in."""

from collections.abc import Mapping
from typing import Any

from bot.channels import spoken
from bot.conversation import EVERYBODY, HOME, Command, Feature, Notice, Visit, only, whose
from bot.dialogue import Button, Say
from bot.language import Count, Part, Time, _
from bot.movement import Role, titled
from bot.office.roster.devices import BACK, INTRUDER, NEW, end, not_me
from storage import chats, people
from storage.chats import Chat

OTHERS, SURE = "khac", "co"


def run(visit: Visit, args: str) -> Say:
    """Answer «/thietbi»: a list; «thoat 17»: end one, «thoat khac»: all the others."""
    verb, _space, said = args.strip().partition(" ")
    mine = visit.tx.all(chats.EVER_ALL_OF_PERSON, person=visit.me.id)
    if verb != "thoat":
        return _list(visit, mine)
    if said == OTHERS:
        return _ended(visit, [each for each in mine if each.id != visit.chat.id])
    word, _space, sure = said.partition(" ")
    chosen = [each for each in mine if str(each.id) == word]
    if not chosen:
        return _list(visit, mine).after(_("This device has been logged out already."), "")
    if chosen[0].id == visit.chat.id and sure != SURE:
        return Say(
            [
                _("Log out here? The assistant then knows nobody in this chat."),
                _("Sheets are kept; {you} come back with a new code."),
            ],
            buttons=(Button(_("Log out here"), f"/thietbi thoat {word} {SURE}"), *BACK),
        )
    return _ended(visit, chosen)


def _list(visit: Visit, mine: list[Chat]) -> Say:
    lines: list[Part] = [_("Devices of {you_name} ({n})", n=Count(len(mine)))]
    buttons: list[Button] = []
    for n, each in enumerate(mine, 1):
        here = each.id == visit.chat.id
        lines.append(_line(n, each, here))
        label = _("Log out here") if here else _("Log out {n}", n=n)
        buttons.append(Button(label, f"/thietbi thoat {each.id}"))
    if len(mine) > 1:
        buttons.append(Button(_("Log out all others"), f"/thietbi thoat {OTHERS}"))
    lines.append(_("Something unknown among them? Log it out and tell {desk}.", desk=visit.plan.office.desk))
    return Say(lines, buttons=(*buttons[:12], HOME))


def _line(n: int, each: Chat, here: bool) -> Part:
    about: dict[str, Any] = {"n": n, "channel": spoken(each.channel)}
    if here:
        if each.since is None:
            return _("{n}. {channel} (this device)", **about)
        return _("{n}. {channel}, since {since} (this device)", since=Time(each.since), **about)
    if each.since is None:
        if each.wrote is None:
            return _("{n}. {channel}, not used yet", **about)
        return _("{n}. {channel}, last used at {used}", used=Time(each.wrote), **about)
    return _(
        "{n}. {channel}, since {since}, last used at {used}",
        since=Time(each.since),
        used=Time(each.wrote or each.since),
        **about,
    )


def _ended(visit: Visit, those: list[Chat]) -> Say:
    for each in those:
        end(visit, each)
    here = any(each.id == visit.chat.id for each in those)
    said = _("✅ Logged out at {at}: {n} devices.", at=Time(visit.now), n=Count(len(those)))
    if here:
        return Say([said, _("This chat is no longer linked to anybody; a new code opens it again.")])
    return Say([said, _("They are out from now on; sheets are kept.")], buttons=BACK)


# A new one ------------------------------------------------------------------------------------


def _still_theirs(visit: Visit, about: Mapping[str, Any]) -> bool:
    new = visit.tx.one(chats.BY_ID, id=about["new"])
    return new is not None and new.person in visit.tx.all(people.EVERY_POST, person=visit.me.id)


def new_device(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Tell each chat of a person: one more was opened, when and where."""
    new = visit.tx.one(chats.BY_ID, id=about["new"])
    if new is None or new.since is None:
        return None
    return Say(
        [
            _(
                "⚠️ The assistant was opened for {you_name} in {channel} at {at}.",
                channel=spoken(new.channel),
                at=Time(new.since),
            ),
            _(
                "If that was {you}, nothing has to be done. If not, please say so now: it is ended and the administrator is told."
            ),
        ],
        buttons=(Button(_("That was not me"), f"/khongphaitoi {new.id}"), Button(_("My devices"), "/thietbi")),
    )


def intruder(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Tell the administrator: somebody else had got in as this person."""
    person = visit.tx.one(people.BY_ID, id=about["person"])
    if person is None:
        return None
    return Say(
        [
            _(
                "⚠️ {who}, {unit}, says that a device in {channel} was not theirs.",
                who=titled(person),
                unit=person.unit_name,
                channel=spoken(about["channel"]),
            ),
            _(
                "It is logged out and unused codes are void. Please ask them whom they gave a code, and give a new one in person."
            ),
        ],
        buttons=(Button(_("Invite somebody"), "/moinguoi"), HOME),
    )


def run_not_me(visit: Visit, args: str) -> Say:
    """Answer «/khongphaitoi 17»: the notice of that device, else of the newest one, is answered."""
    return not_me(visit, args) or run(visit, "")


DEVICES = Command(
    "thietbi",
    _("My devices"),
    _("devices|my devices|log out"),
    run,
    EVERYBODY,
    listed=False,
    seldom=True,
    acts=("thoat",),
)
NOT_ME = Command(
    "khongphaitoi",
    _("That was not me"),
    _("that was not me|not me"),
    run_not_me,
    EVERYBODY,
    listed=False,
    acts=("", "*"),
)
FEATURE = Feature(
    __name__,
    commands=(DEVICES, NOT_ME),
    notices=(
        Notice(NEW, new_device, whose(_("the person themselves"), _still_theirs), at_once=True),
        Notice(INTRUDER, intruder, only(_("the administrator"), Role.ADMIN, Role.CHIEF), at_once=True),
    ),
)
