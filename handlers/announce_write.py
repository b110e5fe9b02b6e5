"""«Thông báo»: the desk, or a union to its own members, announces; sees who has it; recalls; reminds once."""

from collections.abc import Callable, Mapping

from bot.conversation import HOME, Command, Conversation, Feature, Visit
from bot.dialogue import Answers, Button, Choice, Field, Form, Paragraph, Say, Scene
from bot.language import Count, Part, Time, _, fold, number
from bot.movement import titled
from bot.office.announcements import announcement_texts as texts
from bot.office.announcements import announcing
from bot.office.announcements.announcement_facts import (
    OF_SUBJECT,
    SENDERS,
    SHOWN,
    AnnounceFacts,
    Enclosed,
    may_look_after,
    no_file,
    nobody,
    of_whom,
    preview,
    role_choices,
    unit_choices,
)
from bot.office.announcements.audience import RolesAsked, UnitsAsked
from bot.office.announcements.sending_times import NOW, SendingTime, usual
from bot.office.duties.refused_sheets import keep_open
from storage import announcements, people
from storage.announcements import Announcement, AnnouncementState

WRITE, LIST = Button(_("Write an announcement"), "/thongbao moi"), Button(_("Announcements"), "/thongbao ds")


def run(visit: Visit, args: str) -> Say:
    """Answer «/thongbao»: what was announced, or the form; «12», «12 nhac», «12 rut»; any other words are its text."""
    said, _space, verb = args.strip().partition(" ")
    id = number(said)
    if id is not None and fold(verb) in VERBS:
        found = visit.tx.one(announcements.BY_ID, id=id)
        if found is None or not may_look_after(visit, found):
            return Say([_("There is no announcement {n} here.", n=said[:20])], buttons=(LIST, HOME))
        return VERBS[fold(verb)](visit, found)
    mine = _mine(visit)
    if fold(args) in ("moi", "soan") or (not args.strip() and not mine):
        return visit.open(ANNOUNCE, of_whom(visit) or "")
    if fold(args) in ("", "ds", "danh sach"):
        return _list(visit, mine)
    return visit.open(ANNOUNCE, of_whom(visit) or "", typed={"text": args.strip()})


def _mine(visit: Visit) -> list[Announcement]:
    union = of_whom(visit)
    return visit.tx.all(announcements.OF_DESK) if union is None else visit.tx.all(announcements.OF_UNION, unit=union)


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
    """Recall what has not gone; what somebody has read stays read."""
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


# The form -------------------------------------------------------------------------------------


def _by_desk(answers: Answers, scene: Scene) -> bool:
    return AnnounceFacts.of(scene).of_union is None


def times(answers: Answers, scene: Scene) -> list[Choice]:
    """Offer now and the next morning."""
    return list(usual(AnnounceFacts.of(scene).speaks, scene.now))


FORM = Form(
    "announce",
    title=lambda answers, scene: _("Announcement"),
    fields=(
        Field(
            "units",
            _("Units"),
            _("To which units? More than one: their codes or names, separated by commas."),
            UnitsAsked(lambda scene: AnnounceFacts.of(scene).units),
            choices=unit_choices,
            when=_by_desk,
        ),
        Field(
            "roles",
            _("To whom"),
            _("To whom there? More than one: separated by commas."),
            RolesAsked(),
            choices=role_choices,
            when=_by_desk,
            refuse=nobody,
        ),
        Field(
            "text",
            _("Text"),
            _("What do they read? It goes out word for word."),
            Paragraph(shortest=10, longest=3000),
            example=_("Meeting about the movement at 14:00 on Friday in hall A; please bring the figures."),
            long=True,
        ),
        Field(
            "file",
            _("File"),
            _("Please send the file that goes with it, where there is one."),
            Enclosed(words=False),
            files=True,
            choices=no_file,
        ),
        Field(
            "when",
            _("When"),
            _("When is it sent? Only in office hours of a working day."),
            SendingTime(lambda scene: AnnounceFacts.of(scene).speaks),
            choices=times,
            example=lambda answers, scene: _(
                "{hour} {day}", hour="14:30", day=AnnounceFacts.of(scene).speaks.morning(scene.now).date()
            ),
        ),
    ),
    send=lambda answers, scene: _("Send it"),
    review=preview,
)


def file(visit: Visit, subject: str, answers: Answers) -> Say:
    """Set it down, or send it: to whom it is for at that moment."""
    facts = AnnounceFacts(visit, subject)
    due = facts.speaks.moment(str(answers["when"]), visit.now)
    if due < visit.now and answers["when"] != NOW:
        passed = _("{at} has passed meanwhile, so nothing was sent. Please give another time.", at=Time(due))
        return keep_open(visit, Say([passed], buttons=(Button(_("Change the time"), "/thongbao moi"), HOME)))
    those = facts.receivers(answers)
    if not those:
        none = _("Nobody is there to get it, so nothing was sent.")
        return keep_open(visit, Say([none], buttons=(Button(_("Go on"), "/thongbao moi"), HOME)))
    audience = facts.audience(answers)
    done = announcing.publish(visit, of_union=facts.of_union, audience=audience, text=str(answers["text"]), due=due)
    if answers["file"]["files"]:
        visit.keep_files(answers["file"]["files"], announcements.record_of(done.id))
    see = Button(_("See announcement {n}", n=done.id), f"/thongbao {done.id}")
    if done.to is not None:
        sent = _("✅ Announcement {n} is being sent to {to} people.", n=done.id, to=Count(done.to))
        return Say([sent], buttons=(see, LIST, HOME))
    set_down = _(
        "⏳ Announcement {n} is set down for {at}: {to} people by now, and whoever comes to them until then.",
        n=done.id,
        at=Time(due),
        to=Count(len(those)),
    )
    recall = Button(_("Do not send it"), f"/thongbao {done.id} rut")
    return Say([set_down], buttons=(recall, see, HOME))


ANNOUNCE = Conversation(
    "announce",
    title=lambda plan, subject: _("Announcement"),
    form=lambda plan: FORM,
    file=file,
    serves=OF_SUBJECT,
    facts=AnnounceFacts,
)
COMMAND = Command("thongbao", _("Announce"), _("announce|announcement|announcements"), run, SENDERS)
FEATURE = Feature(__name__, commands=(COMMAND,), forms=(ANNOUNCE,))
