"""«Thông báo», as whoever announces has it: written anew, who has read it, recalled, the silent reminded of once."""

from collections.abc import Callable, Mapping

from bot.conversation import HOME, Command, Feature, Visit
from bot.dialogue import Button, Say
from bot.language import Count, Part, Time, _, fold, number
from bot.movement import titled
from bot.office.announcements import announcement_texts as texts
from bot.office.announcements import announcing
from bot.office.announcements.announcement_facts import SENDERS, SHOWN, may_look_after, of_whom
from handlers.announce_write import ANNOUNCE, LIST
from storage import announcements, people
from storage.announcements import Announcement, AnnouncementState

WRITE = Button(_("Write an announcement"), "/thongbao moi")


def run(visit: Visit, args: str) -> Say:
    """Answer «/thongbao»: what was announced, or the form; «12», «12 nhac», «12 rut»; any other words are its text."""
    if (say := _one_meant(visit, args)) is not None:
        return say
    mine = _mine(visit)
    if fold(args) in ("moi", "soan") or (not args.strip() and not mine):
        return visit.open(ANNOUNCE, of_whom(visit) or "")
    if fold(args) in ("", "ds", "danh sach"):
        return _list(visit, mine)
    return visit.open(ANNOUNCE, of_whom(visit) or "", typed={"text": args.strip()})


def _mine(visit: Visit) -> list[Announcement]:
    union = of_whom(visit)
    return visit.tx.all(announcements.OF_DESK) if union is None else visit.tx.all(announcements.OF_UNION, unit=union)


def _one_meant(visit: Visit, args: str) -> Say | None:
    """Answer «/thongbao 12», «12 nhac», «12 rut», «12 du»; None for words that mean no announcement."""
    said, _space, verb = args.strip().partition(" ")
    id = number(said)
    if id is None or fold(verb) not in VERBS:
        return None
    found = visit.tx.one(announcements.BY_ID, id=id)
    if found is None or not may_look_after(visit, found):
        return Say([_("There is no announcement {n} here.", n=said[:20])], buttons=(LIST, HOME))
    return VERBS[fold(verb)](visit, found)


def _list(visit: Visit, mine: list[Announcement]) -> Say:
    if not mine:
        return Say([_("Nothing has been announced yet.")], buttons=(WRITE, HOME))
    lines: list[Part] = [_("Announcements, the newest first")]
    lines += [
        _("{n}. {text} · {stands}", n=each.id, text=texts.excerpt(each.text), stands=texts.stands(visit, each))
        for each in mine
    ]
    see = (Button(_("See announcement {n}", n=each.id), f"/thongbao {each.id}") for each in mine[:5])
    return Say(lines, buttons=(WRITE, *see, HOME))


def _every(visit: Visit, found: Announcement) -> Say:
    """Show one with every name."""
    return Say(texts.standing(visit, found, every=True), buttons=_back(found))


def _one(visit: Visit, found: Announcement) -> Say:
    """Show one with what can be done about it now."""
    buttons: list[Button] = []
    those = announcing.to(visit.tx, found) if found.state is AnnouncementState.SENT else []
    if found.state is AnnouncementState.SET:
        buttons.append(Button(_("Do not send it"), f"/thongbao {found.id} rut"))
    elif any(each.waits for each in those):
        buttons.append(Button(_("Stop what has not gone yet"), f"/thongbao {found.id} rut"))
    if any(each.silent for each in those) and texts.reminded(visit, found) is None:
        buttons.append(Button(_("Remind them once"), f"/thongbao {found.id} nhac"))
    if sum(each.silent for each in those) > SHOWN:
        buttons.append(Button(_("See every name"), f"/thongbao {found.id} du"))
    opening = texts.with_files(visit, found)[1]
    return Say(texts.standing(visit, found), buttons=(*buttons, *opening, LIST, HOME))


def _remind(visit: Visit, found: Announcement) -> Say:
    """Remind whoever is silent by hand, as often as an announcement is reminded of: once."""
    if (said := texts.reminded(visit, found)) is not None:
        return Say([said, _("Whoever is still silent is best called.")], buttons=_back(found))
    silent = sum(each.silent for each in announcing.to(visit.tx, found))
    if found.state is not AnnouncementState.SENT or not silent:
        return Say([_("Nobody is silent, so nobody is reminded.")], buttons=_back(found))
    announcing.remind(visit, found)
    done = _("✅ {n} people who have not answered are reminded once.", n=Count(silent))
    return Say([done], buttons=_back(found))


def _recall(visit: Visit, found: Announcement) -> Say:
    """Take back what has not gone; what somebody has read stays read."""
    recalled = announcing.recall(visit, found)
    if recalled is None:
        return Say([_not_recalled(visit, found)], buttons=_back(found))
    done = _("✅ Recalled: announcement {n} goes to nobody.", n=found.id)
    if recalled.gone:
        done = _(
            "✅ Stopped: {stopped} people do not get announcement {n}; {gone} have it already.",
            n=found.id,
            stopped=Count(recalled.stopped),
            gone=Count(recalled.gone),
        )
    return Say([done], buttons=(WRITE, LIST, HOME))


def _not_recalled(visit: Visit, found: Announcement) -> Part:
    if found.state is AnnouncementState.RECALLED and found.ended is not None:
        by = visit.tx.one(people.BY_ID, id=found.ended_by or 0)
        who = "" if by is None else titled(by)
        return _("Announcement {n} was recalled by {who} at {at}.", n=found.id, who=who, at=Time(found.ended))
    return _(
        "Announcement {n} went out at {at}, so it cannot be recalled. What is wrong in it is best put right by another one.",
        n=found.id,
        at=Time(found.due),
    )


def _back(found: Announcement) -> tuple[Button, ...]:
    return Button(_("See announcement {n}", n=found.id), f"/thongbao {found.id}"), LIST, HOME


VERBS: Mapping[str, Callable[[Visit, Announcement], Say]] = {
    "": _one,
    "du": _every,
    "nhac": _remind,
    "nhac lai": _remind,
    "rut": _recall,
    "thu hoi": _recall,
}
COMMAND = Command("thongbao", _("Announce"), _("announce|announcement|announcements"), run, SENDERS)
FEATURE = Feature(__name__, commands=(COMMAND,))
