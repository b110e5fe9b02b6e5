"""The way in of a chat: a code that was typed in it, or a shared number; the answer to the data notice. In the transaction."""

from datetime import timedelta

from bot.conversation import OVER_ALL, ChatLinked, Visit, posts
from bot.language import Part, Time, _, read_phone, vouched
from bot.movement import BY_CODE_ONLY
from bot.office.roster import devices, onboarding
from storage import chats, consents, inbox, invites, people
from storage.consents import ConsentAnswer
from storage.invites import Invite
from storage.people import Person

HOUR = timedelta(hours=1)


def forget_typed(visit: Visit) -> None:
    """Erase what was typed: a code can be read nowhere, a wrong one is nearly a right one."""
    if visit.message is not None:
        inbox.fill(visit.tx, id=visit.message, body={"text": "/batdau", "label": "/batdau"})


def meant(visit: Visit, code: str) -> Invite | None:
    """Return the invitation of a code that is good; nothing is counted."""
    return visit.tx.one(invites.GOOD, hash=invites.hashed(code), now=visit.said)


def take(visit: Visit, code: str) -> list[Part]:
    """Have this chat answer the data notice of a code's invitation; say why not where it is wrong, and count that."""
    tx, now, chat = visit.tx, visit.now, visit.chat
    forget_typed(visit)
    if invites.misses(tx, chat=chat.id, since=now - HOUR) >= invites.TRIES:
        return [_("Too many wrong codes were typed here. Please try again after {at}.", at=Time(now + HOUR))]
    if (tx.one(invites.WRONG, since=now - HOUR) or 0) >= OVER_ALL:
        return [
            _(
                "Too many wrong codes are being typed at the moment. Please try again after {at}; the code stays good.",
                at=Time(now + HOUR),
            )
        ]
    if (found := meant(visit, code)) is not None:
        chats.set_pending(tx, chat=chat.id, invite=found.hash)
        return []
    invites.missed(tx, chat=chat.id, now=now)
    if invites.misses(tx, chat=chat.id, since=now - HOUR) >= invites.TRIES:
        visit.note("codes_guessed", chat.channel, chat=chat.id)
    return [
        _(
            "This code is not valid: it was typed wrong, used, or is too old. Please look at it again, or ask {desk} for a new one.",
            desk=visit.plan.office.desk,
        ),
        _("Example: begin K7MP2QRXW4"),
    ]


def with_phone(visit: Visit, phone: str) -> list[Person]:
    """Return everybody of the roster who has this number, where the messenger vouches for it."""
    wanted = vouched(phone)
    known = visit.tx.all(people.WITH_PHONE) if wanted is not None else []
    return [each for each in known if each.phone and read_phone(each.phone) == wanted]


def by_code_only(visit: Visit, found: list[Person]) -> bool:
    """Whether a number alone does not open this: several people share it, or it opens too much."""
    roles = {post.role for each in found for post in visit.tx.all(people.POSTS, person=each.id)}
    return len({each.human or each.id for each in found}) > 1 or not roles.isdisjoint(BY_CODE_ONLY)


def new_code(visit: Visit, person: int) -> str:
    """Make a code for somebody, by whoever speaks."""
    by = visit.person.id if visit.person is not None else None
    return onboarding.new_code(visit.tx, plan=visit.plan, person=person, by=by, now=visit.now)


def agree(visit: Visit) -> Person | None:
    """Link this chat to whose code it was, or add that post to whoever uses it; None where the code is not good any more."""
    tx, found = visit.tx, _pending(visit)
    if found is None:
        chats.set_pending(tx, chat=visit.chat.id, invite="")
        return None
    invites.use(tx, hash=found.hash, now=visit.said)
    person = tx.one(people.BY_ID, id=found.person)
    assert person is not None
    if posts.joins(visit, person):
        people.join(tx, post=person.id, human=visit.me.id)
        posts.serve(visit, person)
    else:
        devices.tell_others(visit, found.person)
        chats.link(tx, chat=visit.chat.id, person=found.person, now=visit.now)
    _note_answer(visit, found, ConsentAnswer.AGREED)
    visit.woken.append(ChatLinked(visit.chat.id))
    return person


def decline(visit: Visit) -> None:
    """Erase all of this chat but the answer; the code stays good."""
    found = _pending(visit)
    chats.set_pending(visit.tx, chat=visit.chat.id, invite="")
    if found is not None:
        _note_answer(visit, found, ConsentAnswer.DECLINED)


def _pending(visit: Visit) -> Invite | None:
    """Return the invitation whose data notice this chat has been shown."""
    return visit.tx.one(invites.GOOD, hash=visit.chat.pending, now=visit.said)


def _note_answer(visit: Visit, invite: Invite, answer: ConsentAnswer) -> None:
    consents.note(
        visit.tx, person=invite.person, chat=visit.chat.id, version=visit.plan.notice, answer=answer, now=visit.said
    )
