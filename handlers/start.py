"""The way in: an invitation, the data notice with its explicit answer, and what a stranger is told."""

import re
from dataclasses import replace

from bot.conversation import EVERYBODY, HOME, MY_TASKS, Command, Feature, Visit, posts
from bot.dialogue import Button, Say
from bot.language import Count, Time, _, fold
from bot.movement import titled
from bot.office.roster import data_notice, devices, entering
from bot.office.roster.invite_links import link_lines, links, qr_codes
from storage import chats, invites, people

AGREE, DECLINE = "dongy", "khong"
NOT_ME = re.compile(r"(?:khongphaitoi|khong phai toi) ?([0-9]{0,12})")
"""Where a device was logged out by somebody else, this still works."""
HERE = Button(_("Reminders come here"), "/batdau day")


def run(visit: Visit, args: str) -> Say | None:
    """Answer «/batdau» of somebody known; «ma»: a code for another application; «day»: reminders come here."""
    said = args.strip()
    if visit.chat.pending and said == AGREE:
        return _agree(visit)
    if visit.chat.pending and said == DECLINE:
        return _decline(visit)
    if said == "ma":
        return _another(visit)
    if said == "day":
        return _here(visit)
    return _code_of(visit, args) if invites.looks_like_code(args) else _welcome(visit)


def stranger(visit: Visit, text: str) -> Say | None:
    """Tell a chat nobody knows: the answer to a code, one help message a day, nothing else."""
    said = fold(text).strip(" ./")
    begun = next((word for word in ("batdau", "start", "bat dau", "begin") if said.startswith(word)), "")
    words = said.removeprefix(begun).split()
    answer = " ".join(words)
    refused = NOT_ME.fullmatch(said)
    if refused is not None and (done := devices.not_me(visit, refused[1] or "")) is not None:
        return done
    if visit.chat.pending:
        if answer in (AGREE, "toi da doc va dong y", "dong y", "agree"):
            return _agree(visit)
        if answer in (DECLINE, "toi khong dong y", "khong dong y", "decline"):
            return _decline(visit)
    if invites.looks_like_code(answer) and (any(c.isdigit() for c in answer) or said != answer or len(words) == 1):
        return _code(visit, answer)
    today = visit.now.date()
    if visit.chat.helped == today:
        return None
    chats.set_helped(visit.tx, chat=visit.chat.id, day=today)
    how = _(
        "This is the emulation assistant of {office}. To use it, please ask {desk} for an invitation code, then type: begin CODE",
        office=visit.plan.office.name,
        desk=visit.plan.office.desk,
    )
    return Say([how], share=_("Share my telephone number"))


# A code, or a number in its place -------------------------------------------------------------


def _code(visit: Visit, code: str) -> Say:
    """Return what is wrong with it; else the data notice, to be answered."""
    if wrong := entering.take(visit, code):
        return Say(wrong)
    agree = Button(_("I have read it and agree"), f"/batdau {AGREE}")
    return Say(data_notice.lines(visit), buttons=(agree, Button(_("I do not agree"), f"/batdau {DECLINE}")), whole=True)


def _code_of(visit: Visit, code: str) -> Say:
    """Answer a code in a chat that is somebody's: one's own is for another application, another's takes the chat over."""
    entering.forget_typed(visit)
    found = entering.meant(visit, code)
    if found is not None and found.person == visit.me.id:
        return Say(
            [
                _("This application is open for {you_name} already."),
                _("The code stays good: it opens another application or device, typed there."),
            ],
            buttons=(MY_TASKS, HOME),
        )
    notice = _code(visit, code)
    if found is None:
        unknown = _("{You_name} are in already, so this code is not needed here; nothing has changed.")
        return replace(_welcome(visit), lines=[unknown])
    person = visit.tx.one(people.SPEAKER, id=found.person)
    if person is not None and posts.joins(visit, person):
        more = _(
            "This code opens one more post of {you_name}: {post}. This chat then serves all of them.",
            post=posts.named(person),
        )
        return notice.after(more, "")
    now = _(
        "⚠️ This chat is used by {who} at the moment. With agreement it is whose code this is.", who=titled(visit.me)
    )
    return notice.after(now, "")


def recognise(visit: Visit, phone: str) -> Say | None:
    """Return a number from the sender's own card, looked up in the roster: the second way in, beside a code."""
    found = entering.with_phone(visit, phone)
    if not found:
        return stranger(visit, "")
    if entering.by_code_only(visit, found):
        alone = _(
            "A telephone number alone does not open this post: please ask {desk} for an invitation code, then type: begin CODE",
            desk=visit.plan.office.desk,
        )
        return Say([alone])
    return _code(visit, entering.new_code(visit, found[0].id))


# The answer to the data notice ----------------------------------------------------------------


def _agree(visit: Visit) -> Say:
    person = entering.agree(visit)
    if person is None:
        old = _(
            "The code has been used or is too old by now. Please ask {desk} for a new one.", desk=visit.plan.office.desk
        )
        return Say([old])
    others = [each for each in visit.tx.all(chats.PLACES, person=person.id) if each.id != visit.chat.id]
    return Say(
        [
            _("✅ Agreement is noted at {at}.", at=Time(visit.said)),
            _("Welcome: {who}, {unit}.", who=titled(person), unit=person.unit_name),
            *([_("Sheets and tasks are the same in every application of {you_name}.")] if others else []),
        ],
        buttons=(MY_TASKS, *([HERE] if others else []), HOME),
    )


def _decline(visit: Visit) -> Say:
    entering.decline(visit)
    return Say(
        [
            _("It is noted that {you} do not agree; nothing is kept of this chat."),
            _(
                "{You} go on sending on paper as before. The code stays good until it expires, should {you} change {you}r mind."
            ),
        ]
    )


# Somebody known -------------------------------------------------------------------------------


def _welcome(visit: Visit) -> Say:
    several = len(visit.tx.all(chats.PLACES, person=visit.me.id)) > 1
    elsewhere = Button(_("Open in another application"), "/batdau ma")
    return Say(
        [_("Welcome: {who}, {unit}.", who=titled(visit.me), unit=visit.me.unit_name)],
        buttons=(MY_TASKS, elsewhere, *([HERE] if several else []), HOME),
    )


def _here(visit: Visit) -> Say:
    """Send reminders to this chat; to another one only when this one cannot be reached."""
    chats.prefer(visit.tx, person=visit.me.id, chat=visit.chat.id)
    return Say(
        [
            _("✅ From now on reminders for {you_name} come here."),
            _("When this application cannot be reached they go to another one of {you_name}."),
        ],
        buttons=(MY_TASKS, HOME),
    )


def _another(visit: Visit) -> Say:
    """Return a code that opens a second chat of the same person: sheets begun here go on there."""
    code = entering.new_code(visit, visit.me.id)
    visit.note("invited", visit.me.name)
    offered = links(visit, code, but=visit.chat.channel)
    return Say(
        [
            _("For another application or device of {you_name}"),
            _(
                "There {you} type «begin CODE». The code is good once, for {days} days; please do not pass it on:",
                days=Count(visit.plan.keeping.invitations),
            ),
            *(line for link in offered for line in link_lines(link)),
            code,
        ],
        files=qr_codes(visit, offered),
        secret=code,
        buttons=(HOME,),
    )


START = Command("batdau", _("Begin"), _("begin|start"), run, EVERYBODY, listed=False, acts=("day", "ma"))
FEATURE = Feature(__name__, commands=(START,), stranger=stranger, recognise=recognise)
