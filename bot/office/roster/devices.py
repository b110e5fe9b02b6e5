"""Devices of a person: a new one is told to all the others, and any may be ended from any."""

from datetime import timedelta

from bot.channels import spoken
from bot.conversation import HOME, ChatChanged, ChatLinked, OutboxFilled, Visit
from bot.dialogue import Button, Say
from bot.language import Time, _
from bot.movement import Role
from storage import chat_texts, chats, invites, outbox, people
from storage.chats import Chat
from storage.outbox import NoticeCode

NEW = NoticeCode("new_device")
"""One more device."""
INTRUDER = NoticeCode("intruder")
"""A device that was not theirs."""
REMEMBERED = timedelta(days=90)
"""How long «Không phải tôi» works where it was shown."""
BACK = (Button(_("My devices"), "/thietbi"), HOME)


def end(visit: Visit, ended: Chat) -> None:
    """End this chat, from its next request on; nothing of what it held stays readable there."""
    chats.end(visit.tx, chat=ended.id)
    visit.note("device_ended", ended.channel, chat=ended.id)
    visit.woken += [ChatLinked(ended.id), ChatChanged(ended.id)]


def tell_others(visit: Visit, person: int) -> None:
    """Tell every chat that a person already has that one more was opened."""
    for each in visit.tx.all(chats.OF_PERSON, person=person):
        if each.id != visit.chat.id:
            outbox.file_notice(
                visit.tx,
                person=person,
                news=NEW,
                due=visit.now,
                now=visit.now,
                about={"chat": each.id, "new": visit.chat.id, "person": person, "at": visit.said.isoformat()},
                key=f"device:{visit.chat.id}:{visit.message}:{each.id}",
            )
            visit.woken.append(OutboxFilled())


def not_me(visit: Visit, args: str) -> Say | None:
    """Answer «Không phải tôi», today or in weeks, also where the other has logged this chat out; None without notice."""
    told = visit.tx.all(chat_texts.OF_NEWS, chat=visit.chat.id, news=NEW, since=visit.now - REMEMBERED)
    me = visit.tx.all(people.EVERY_POST, person=visit.me.id) if visit.person is not None else []
    mine = [row for row in told if visit.person is None or row.about["person"] in me]
    said = args.strip()
    meant = next((row for row in mine if not said or str(row.about["new"]) == said), None)
    if meant is None:
        return None
    new = visit.tx.one(chats.BY_ID, id=meant.about["new"])
    person = visit.tx.one(people.SPEAKER, id=meant.about["person"])
    posts = visit.tx.all(people.EVERY_POST, person=meant.about["person"])
    if new is None or person is None or new.person not in posts or new.id == visit.chat.id:
        return Say([_("That device has been logged out already.")], buttons=BACK if visit.person else ())
    end(visit, new)
    for post in posts:
        invites.withdraw(visit.tx, person=post)
    visit.note("intruder", new.channel, who=person.id)
    _tell_administrators(visit, person.id, new)
    return Say(
        [
            _(
                "✅ {channel} was logged out at {at}; codes that were not used yet are void.",
                channel=spoken(new.channel),
                at=Time(visit.now),
            ),
            _(
                "The administrator is told. Please look at what was sent lately, and ask {desk} when something is wrong.",
                desk=visit.plan.office.desk,
            ),
        ],
        buttons=BACK if visit.person else (),
    )


def _tell_administrators(visit: Visit, person: int, new: Chat) -> None:
    admins = [each.id for each in visit.tx.all(people.OF_ROLE, role=Role.ADMIN) if each.id != person]
    told = admins or [each.id for each in visit.tx.all(people.OF_ROLE, role=Role.CHIEF)]
    for each in told:
        outbox.file_notice(
            visit.tx,
            person=each,
            news=INTRUDER,
            due=visit.now,
            now=visit.now,
            about={"person": person, "channel": new.channel, "at": visit.now.isoformat()},
        )
    visit.woken.append(OutboxFilled())
