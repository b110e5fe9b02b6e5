"""Who could not be reached, and when a channel runs low: what the office or a sender is told."""

from collections.abc import Mapping
from typing import Any

from bot.channels import spoken
from bot.conversation import DESK, EVERYBODY, HOME, Command, Feature, Notice, OutboxFilled, Visit, notice_codes
from bot.dialogue import Button, Say
from bot.language import Count, Joined, Part, _
from bot.movement import titled
from storage import chats, outbox, people, sending

MOST = 20
"""Names in one message."""


def astray(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Tell the office: somebody is reached nowhere; None when they are again."""
    person = visit.tx.one(people.BY_ID, id=about["person"])
    if person is None or not person.active:
        return None
    return Say(
        [
            _(
                "⚠️ {who}, {unit}, is not reached in any application at the moment.",
                who=titled(person),
                unit=person.unit_name,
            ),
            _(
                "What was to be said has not arrived. Please tell them in another way; a new code opens another application."
            ),
        ],
        buttons=(Button(_("Invite somebody"), "/moinguoi"), HOME),
    )


def blocked(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Tell the office: somebody has shut one application to us; None when they are reached there again."""
    person = visit.tx.one(people.BY_ID, id=about["person"])
    if person is None or not person.active:
        return None
    left = [chat.channel for chat in visit.tx.all(chats.OF_PERSON, person=person.id)]
    if about["channel"] in left:
        return None
    if not left:
        return astray(visit, about)
    return Say(
        [
            _(
                "⚠️ {who}, {unit}, is not reached on {channel} any more (the assistant was blocked there, or the chat deleted).",
                who=titled(person),
                unit=person.unit_name,
                channel=spoken(about["channel"]),
            ),
            _(
                "What is said to them goes on through: {ways}.",
                ways=Joined([spoken(channel) for channel in dict.fromkeys(left)]),
            ),
        ],
        buttons=(HOME,),
    )


def reached(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Tell the office: somebody whom it was told of is reached again; None when they are not after all."""
    person = visit.tx.one(people.BY_ID, id=about["person"])
    if person is None or not person.active or not visit.tx.all(chats.OF_PERSON, person=person.id):
        return None
    return Say(
        [
            _("✅ {who}, {unit}, is reached again.", who=titled(person), unit=person.unit_name),
            _("What was not said in between comes to them now, once."),
        ],
        buttons=(HOME,),
    )


def unsure(visit: Visit, about: Mapping[str, Any]) -> Say:
    """Tell whoever sent it: the line broke while a message was on its way to these people."""
    found = [person for id in about["people"] if (person := visit.tx.one(people.BY_ID, id=id)) is not None]
    lines: list[Part] = [
        _("⚠️ The line broke while a message was on its way. It may not have reached ({n}):", n=Count(len(found)))
    ]
    lines += [_("- {who}, {unit}", who=titled(person), unit=person.unit_name) for person in found[:MOST]]
    if len(found) > MOST:
        lines.append(_("and {n} others", n=Count(len(found) - MOST)))
    lines.append(_("The assistant does not repeat it by itself, so that nobody gets it twice."))
    rows = about.get("rows", ())
    again = (Button(_("Send it again to these people"), f"/guilai {rows[0]}"),) if rows else ()
    return Say(lines, buttons=(*again, HOME))


def send_again(visit: Visit, args: str) -> Say:
    """Send a message in doubt once more for whoever was told of it; what is over by now is not said."""
    told = [each.about.get("rows", ()) for each in visit.tx.all(outbox.NOTICES_OF, person=visit.me.id, news="unsure")]
    ids = next((rows for rows in told if rows and str(rows[0]) == args.strip()), ())
    rows = [row for id in ids if (row := visit.tx.one(outbox.BY_ID, id=id)) is not None]
    doubtful = [row for row in rows if row.state is outbox.RowState.UNSURE]
    fresh = [row for row in doubtful if row.day is None or row.day >= visit.now.date()]
    for row in fresh:
        sending.requeue(visit.tx, id=row.id, due=visit.now, why="sent again", tried=[])
    if fresh:
        visit.note("sent_again", args.strip(), rows=[row.id for row in fresh])
        visit.woken.append(OutboxFilled())
        said = _("✅ It is sent again to {n} people.", n=Count(len({row.person for row in fresh})))
    elif doubtful:
        said = _("The day of this message has passed; the next reminder speaks again.")
    else:
        said = _("Nothing of this message is in doubt any more.")
    return Say([said], buttons=(HOME,))


def quota(visit: Visit, about: Mapping[str, Any]) -> Say:
    """Tell the office: the month's messages of a channel run low."""
    return Say(
        [
            _(
                "⚠️ {channel}: {used}/{limit} messages of this month are used.",
                channel=spoken(about["channel"]),
                used=about["used"],
                limit=about["limit"],
            ),
            _(
                "Answers come first, then reminders of deadlines. News goes another way from now on; whom it does not reach is told here."
            ),
        ],
        buttons=(HOME,),
    )


AGAIN = Command("guilai", _("Send what is in doubt again"), _("send again"), send_again, EVERYBODY, listed=False)
"""It serves whoever was told of the doubt: nobody else finds anything in it."""
FEATURE = Feature(
    __name__,
    commands=(AGAIN,),
    notices=(
        Notice(notice_codes.ASTRAY, astray, DESK),
        Notice(notice_codes.BLOCKED, blocked, DESK),
        Notice(notice_codes.REACHED, reached, DESK),
        Notice(notice_codes.UNSURE, unsure, EVERYBODY),
        Notice(notice_codes.QUOTA, quota, DESK, urgent=True),
    ),
)
