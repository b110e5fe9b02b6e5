"""The door: an invitation, the data notice with its explicit answer, and what a stranger is told."""

import re
from dataclasses import replace
from datetime import timedelta

from bot.channels import LOCAL, spoken
from bot.conversation import EVERYBODY, OVER_ALL, ChatLinked, Command, Feature, Visit, posts
from bot.dialogue import Button, Say
from bot.language import Count, Part, Time, _, fold, read_phone, vouched
from bot.movement import BY_CODE_ONLY, titled
from bot.office.roster import devices, onboarding
from bot.office.roster.invite_links import door_lines, doors, qr_codes
from storage import chats, consents, inbox, invites, people
from storage.invites import Invite

HOUR = timedelta(hours=1)
AGREE, DECLINE = "dongy", "khong"
NOT_ME = re.compile(r"(?:khongphaitoi|khong phai toi) ?([0-9]{0,12})")
"""Where a device was logged out by somebody else, this still works."""


def run(visit: Visit, args: str) -> Say | None:
    """«/batdau» for somebody known: welcome, or the answer to a code; «ma»: a code for another application; «day»: reminders come here."""
    if visit.chat.pending and args.strip() == AGREE:
        return _agree(visit)
    if visit.chat.pending and args.strip() == DECLINE:
        return _decline(visit)
    if args.strip() == "ma":
        return _another(visit)
    if args.strip() == "day":
        return _here(visit)
    if invites.looks_like_code(args):
        return _code_of(visit, args)
    return _welcome(visit)


def _code_of(visit: Visit, code: str) -> Say:
    """A code in a chat that is somebody's: one's own is for another application, another's takes the chat over."""
    _unread(visit)
    found = visit.tx.one(invites.GOOD, hash=invites.hashed(code), now=visit.said)
    if found is not None and found.person == visit.me.id:
        return Say(
            [
                _("This application is open for {you_name} already."),
                _("The code stays good: it opens another application or device, typed there."),
            ],
            buttons=(Button(_("My tasks"), "/viec"), Button(_("Home"), "/menu")),
        )
    notice = _code(visit, code)
    if found is None:
        return replace(
            _welcome(visit),
            lines=[_("{You_name} are in already, so this code is not needed here; nothing has changed.")],
        )
    person = visit.tx.one(people.SPEAKER, id=found.person)
    if person is not None and posts.joins(visit, person):
        more = _(
            "This code opens one more post of {you_name}: {post}. This chat then serves all of them.",
            post=posts.named(person),
        )
        return replace(notice, lines=(more, "", *notice.lines))
    now = _(
        "⚠️ This chat is used by {who} at the moment. With agreement it is whose code this is.", who=titled(visit.me)
    )
    return replace(notice, lines=(now, "", *notice.lines))


def stranger(visit: Visit, text: str) -> Say | None:
    """To a chat nobody knows: the answer to a code, one help message a day, nothing else."""
    said = fold(text).strip(" ./")
    words = said.split()
    for opening in ("batdau", "start", "bat dau", "begin"):
        if said.startswith(opening):
            words = said[len(opening) :].split()
            break
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
    chats.helped(visit.tx, chat=visit.chat.id, day=today)
    return Say(
        [
            _(
                "This is the emulation assistant of {office}. To use it, please ask {desk} for an invitation code, then type: begin CODE",
                office=visit.plan.office.name,
                desk=visit.plan.office.desk,
            )
        ],
        share=_("Share my telephone number"),
    )


def _unread(visit: Visit) -> None:
    """What was typed is not kept: a code can be read nowhere, a wrong one is nearly a right one."""
    if visit.message is not None:
        inbox.fill(visit.tx, id=visit.message, body={"text": "/batdau", "label": "/batdau"})


def _code(visit: Visit, code: str) -> Say:
    tx, now, chat = visit.tx, visit.now, visit.chat
    _unread(visit)
    if invites.misses(tx, chat=chat.id, since=now - HOUR) >= invites.TRIES:
        return Say([_("Too many wrong codes were typed here. Please try again after {at}.", at=Time(now + HOUR))])
    if (tx.one(invites.WRONG, since=now - HOUR) or 0) >= OVER_ALL:
        return Say(
            [
                _(
                    "Too many wrong codes are being typed at the moment. Please try again after {at}; the code stays good.",
                    at=Time(now + HOUR),
                )
            ]
        )
    found = tx.one(invites.GOOD, hash=invites.hashed(code), now=visit.said)
    if found is None:
        invites.missed(tx, chat=chat.id, now=now)
        if (invites.misses(tx, chat=chat.id, since=now - HOUR)) >= invites.TRIES:
            visit.note("codes_guessed", chat.channel, chat=chat.id)
        return Say(
            [
                _(
                    "This code is not valid: it was typed wrong, used, or is too old. Please look at it again, or ask {desk} for a new one.",
                    desk=visit.plan.office.desk,
                ),
                _("Example: begin K7MP2QRXW4"),
            ]
        )
    chats.pend(tx, chat=chat.id, invite=found.hash)
    return Say(
        list(notice(visit)),
        buttons=(
            Button(_("I have read it and agree"), f"/batdau {AGREE}"),
            Button(_("I do not agree"), f"/batdau {DECLINE}"),
        ),
    )


def recognise(visit: Visit, phone: str) -> Say | None:
    """A number from the sender's own card, looked up in the roster: the second way in, beside a code."""
    wanted = vouched(phone)
    known = visit.tx.all(people.WITH_PHONE) if wanted is not None else []
    found = [each for each in known if each.phone and read_phone(each.phone) == wanted]
    if not found:
        return stranger(visit, "")
    posts = [post for each in found for post in visit.tx.all(people.POSTS, person=each.id)]
    if len({each.human or each.id for each in found}) > 1 or any(
        each.role in BY_CODE_ONLY for each in posts
    ):  # several share it, or it opens too much
        return Say(
            [
                _(
                    "A telephone number alone does not open this post: please ask {desk} for an invitation code, then type: begin CODE",
                    desk=visit.plan.office.desk,
                )
            ]
        )
    code = onboarding.new_code(visit.tx, plan=visit.plan, person=found[0].id, by=None, now=visit.now)
    return _code(visit, code)


def notice(visit: Visit) -> list[Part]:
    """The data notice (Law 91/2025/QH15, article 9): who, what, why, who sees it, which rights."""
    lines: list[Part] = [
        _(
            "{office} processes {you}'s name, position, unit and chat account to register initiatives, to remind, and to sum up the movement of {first} - {last}.",
            office=visit.plan.office.name,
            first=visit.plan.first_year,
            last=visit.plan.last_year,
        ),
        _("Who sees it: {you}, the head of the unit, {desk}, the leaders.", desk=visit.plan.office.desk),
    ]
    if visit.chat.channel != LOCAL:
        lines.append(_("Messages pass the servers of {channel}.", channel=spoken(visit.chat.channel)))
    lines += [
        _("{You} may see, correct and delete the data and withdraw agreement at any time (type: my data)."),
        _("Without agreement {you} go on sending on paper as before."),
        _("Do not send contents that are state secrets through this application."),
    ]
    return lines


def _pending(visit: Visit) -> Invite | None:
    return visit.tx.one(invites.GOOD, hash=visit.chat.pending, now=visit.said)


def _agree(visit: Visit) -> Say:
    found = _pending(visit)
    if found is None:
        chats.pend(visit.tx, chat=visit.chat.id, invite="")
        return Say(
            [
                _(
                    "The code has been used or is too old by now. Please ask {desk} for a new one.",
                    desk=visit.plan.office.desk,
                )
            ]
        )
    tx = visit.tx
    invites.use(tx, hash=found.hash, now=visit.said)
    person = tx.one(people.BY_ID, id=found.person)
    assert person is not None
    if posts.joins(visit, person):
        people.join(tx, post=person.id, human=visit.me.id)
        posts.serve(visit, person)
    else:
        devices.tell_others(visit, found.person)
        chats.link(tx, chat=visit.chat.id, person=found.person, now=visit.now)
    consents.note(
        tx, person=found.person, chat=visit.chat.id, version=visit.plan.notice, answer="agreed", now=visit.said
    )
    visit.woken.append(ChatLinked(visit.chat.id))
    others = [each for each in tx.all(chats.PLACES, person=found.person) if each.id != visit.chat.id]
    return Say(
        [
            _("✅ Agreement is noted at {at}.", at=Time(visit.said)),
            _("Welcome: {who}, {unit}.", who=titled(person), unit=person.unit_name),
            *([_("Sheets and tasks are the same in every application of {you_name}.")] if others else []),
        ],
        buttons=(
            Button(_("My tasks"), "/viec"),
            *([Button(_("Reminders come here"), "/batdau day")] if others else []),
            Button(_("Home"), "/menu"),
        ),
    )


def _decline(visit: Visit) -> Say:
    found = _pending(visit)
    chats.pend(visit.tx, chat=visit.chat.id, invite="")
    if found is not None:
        consents.note(
            visit.tx,
            person=found.person,
            chat=visit.chat.id,
            version=visit.plan.notice,
            answer="declined",
            now=visit.said,
        )
    return Say(
        [
            _("It is noted that {you} do not agree; nothing is kept of this chat."),
            _(
                "{You} go on sending on paper as before. The code stays good until it expires, should {you} change {you}r mind."
            ),
        ]
    )


def _welcome(visit: Visit) -> Say:
    mine = visit.tx.all(chats.PLACES, person=visit.me.id)
    return Say(
        [_("Welcome: {who}, {unit}.", who=titled(visit.me), unit=visit.me.unit_name)],
        buttons=(
            Button(_("My tasks"), "/viec"),
            Button(_("Open in another application"), "/batdau ma"),
            *([Button(_("Reminders come here"), "/batdau day")] if len(mine) > 1 else []),
            Button(_("Home"), "/menu"),
        ),
    )


def _here(visit: Visit) -> Say:
    """Reminders go to this chat; to another one only when this one cannot be reached."""
    chats.prefer(visit.tx, person=visit.me.id, chat=visit.chat.id)
    return Say(
        [
            _("✅ From now on reminders for {you_name} come here."),
            _("When this application cannot be reached they go to another one of {you_name}."),
        ],
        buttons=(Button(_("My tasks"), "/viec"), Button(_("Home"), "/menu")),
    )


def _another(visit: Visit) -> Say:
    """A code that opens a second chat of the same person: sheets begun here go on there."""
    code = onboarding.new_code(visit.tx, plan=visit.plan, person=visit.me.id, by=visit.me.id, now=visit.now)
    visit.note("invited", visit.me.name)
    return Say(
        [
            _("For another application or device of {you_name}"),
            _(
                "There {you} type «begin CODE». The code is good once, for {days} days; please do not pass it on:",
                days=Count(visit.plan.keeping.invitations),
            ),
            *(line for door in doors(visit, code, but=visit.chat.channel) for line in door_lines(door)),
            code,
        ],
        files=qr_codes(visit, doors(visit, code, but=visit.chat.channel)),
        secret=code,
        buttons=(Button(_("Home"), "/menu"),),
    )


START = Command("batdau", _("Begin"), _("begin|start"), run, EVERYBODY, listed=False)
FEATURE = Feature(__name__, commands=(START,), stranger=stranger, recognise=recognise)
