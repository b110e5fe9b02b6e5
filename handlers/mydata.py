"""My data: what is kept about me, withdrawing agreement (Law 91/2025/QH15, article 4)."""

from collections.abc import Mapping
from typing import Any

from bot.conversation import DESK, EVERYBODY, HOME, ChatLinked, Command, Feature, Notice, Visit
from bot.dialogue import Button, Say
from bot.language import Count, Joined, Part, Text, Time, _, fold, shown
from bot.movement import titled
from bot.office import desk
from bot.office.roster import held_data
from bot.office.roster.data_requests import request_line
from bot.office.taking import kept_answers
from storage import chats, consents, data_requests, drafts, forgetting, initiatives, outbox, people
from storage.consents import ConsentAnswer

ANSWERS: Mapping[ConsentAnswer, Text] = {
    ConsentAnswer.AGREED: _("agreed"),
    ConsentAnswer.DECLINED: _("did not agree"),
    ConsentAnswer.WITHDRAWN: _("withdrew agreement"),
}

KEPT = _(
    "What the office must keep stays: registered items and reports that were sent, with the names of their authors, and the line in the roster."
)


def mine(visit: Visit, args: str) -> Say:
    """Return what is kept about this person, and the rights; «đủ» lists every row in which they are named."""
    if fold(args) in ("du", "xem du", "het"):
        buttons = (Button(_("My data"), "/dulieucuatoi"), HOME)
        return Say([_("Everything kept about {you_name}"), *held_data.lines(visit)], buttons=buttons, whole=True)
    me, tx, keeping = visit.me, visit.tx, visit.plan.keeping
    posts, held = tx.all(people.EVERY_POST, person=me.id), tx.all(people.POSTS, person=me.id)
    phones = list(dict.fromkeys(shown(post.phone) for post in held if post.phone))
    items = [each for post in posts for each in tx.all(initiatives.OF_PERSON, person=post, since=visit.plan.first_year)]
    sheets = [each for post in posts for each in tx.all(drafts.OPEN_OF_PERSON, person=post)]
    lines: list[Part] = [
        _("Data kept about {you_name}"),
        *(_("Roster: {who}, {unit}", who=titled(post), unit=post.unit_name) for post in held),
        _("Phone: {phone}", phone=Joined(phones) if phones else _("none")),
        _("Chats: {n}", n=Count(len(tx.all(chats.OF_PERSON, person=me.id)))),
    ]
    for each in tx.all(consents.OF_PERSON, person=me.id):
        lines.append(
            _(
                "Data notice {version}: {answer} at {at}",
                version=each.version,
                answer=ANSWERS[each.answer],
                at=Time(each.at),
            )
        )
    lines += [_("Sheets being written: {n}", n=Count(len(sheets))), _("Registered items: {n}", n=Count(len(items)))]
    if items:
        lines.append(_("Codes: {codes}", codes=Joined([item.code for item in items[:20]])))
    lines += kept_answers.listed(visit, posts)
    lines += [request_line(visit, each) for each in tx.all(data_requests.OF_PERSON, posts=posts)]
    lines += [
        _("Texts of messages are emptied after {days} days.", days=keeping.bodies),
        _(
            "What the assistant did not understand is kept for {days} days without names of people and figures, so that it learns to.",
            days=keeping.unheard,
        ),
        _(
            "{You} may ask {desk} to correct or delete data; an answer comes within two working days.",
            desk=visit.plan.office.desk,
        ),
        KEPT,
    ]
    return Say(
        lines,
        buttons=(
            Button(_("See everything"), "/dulieucuatoi du"),
            Button(_("Correct my data"), "/suadulieu"),
            Button(_("Erase my data"), "/xoadulieu"),
            Button(_("Withdraw agreement"), "/rutdongy"),
            HOME,
        ),
    )


def withdraw(visit: Visit, args: str) -> Say:
    """Ask first; then unlink every chat, drop drafts, stay silent."""
    if args.strip() != "co":
        return Say(
            [
                _("Withdraw agreement to the data notice?"),
                _(
                    "The assistant then sends nothing more and erases within a day: {you}r telephone number, chats, messages, files, and sheets being written."
                ),
                KEPT,
                _("{You} go on sending on paper, and can come back with a new code."),
            ],
            buttons=(Button(_("Withdraw it now"), "/rutdongy co"), Button(_("Keep the agreement"), "/menu")),
        )
    me, tx, now = visit.me, visit.tx, visit.said
    for post in tx.all(people.EVERY_POST, person=me.id):
        consents.note(
            tx, person=post, chat=visit.chat.id, version=visit.plan.notice, answer=ConsentAnswer.WITHDRAWN, now=now
        )
        outbox.cancel_for(tx, person=post, why="agreement withdrawn")
        data_requests.forget(tx, person=post, now=now)
        forgetting.person(tx, post, visit.chat.id)
    visit.note("withdrew")
    for person in desk.people_of(tx):
        if person.id != me.id:
            visit.tell(person.id, WITHDREW, person=me.id)
    chats.unlink_all(tx, me.id, but=visit.chat.id)
    visit.woken.append(ChatLinked(visit.chat.id))
    return Say(
        [
            _("✅ The withdrawal is noted at {at}. This chat is no longer linked to anybody.", at=Time(now)),
            _("Telephone number, chats, messages, files and sheets being written are erased within a day."),
            KEPT,
        ]
    )


def withdrew(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Tell the office: somebody is no longer reached in the assistant."""
    person = visit.tx.one(people.BY_ID, id=about["person"])
    if person is None:
        return None
    return Say(
        [
            _(
                "{who}, {unit}, withdrew agreement to the data notice and is reached on paper from now on.",
                who=titled(person),
                unit=person.unit_name,
            )
        ],
        buttons=(HOME,),
    )


MINE = Command("dulieucuatoi", _("My data"), _("my data"), mine, EVERYBODY, side=True, listed=False, seldom=True)
WITHDRAW = Command("rutdongy", _("Withdraw agreement"), _("withdraw agreement"), withdraw, EVERYBODY, listed=False)
WITHDREW = Notice("withdrew", withdrew, DESK)
FEATURE = Feature(__name__, commands=(MINE, WITHDRAW), notices=(WITHDREW,))
