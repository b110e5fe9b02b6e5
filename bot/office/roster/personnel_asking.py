"""A change of somebody's post from its preview to its end: written by one, or agreed to by a second. Inside the transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from zlib import crc32

from bot.conversation import ChatLinked, OutboxFilled, UnitChanged, Visit
from bot.language import Count, Joined, Part, Text, Time, Words, _
from bot.movement import AGREE, Role, proposes, second, titled
from bot.office import desk
from bot.office.roster import personnel
from bot.office.roster.personnel import DECIDED, Change, Wish
from bot.office.roster.personnel_plan import NOTHING, as_typed, kept, plan_change, wanted_of
from bot.office.roster.personnel_steps import WantedChange
from storage import chats, people, post_changes
from storage.outbox import NoticeCode
from storage.people import Person
from storage.post_changes import PostChange, PostState

ASKED = NoticeCode("post_asked")
"""To whoever may agree as the second person."""
UNANSWERED = NoticeCode("post_unanswered")
"""To whoever proposed it: the days have passed."""
DAYS = 7
"""So long a second person may answer."""
OWN = _("Nobody changes their own post or role: another person of {desk} or the administrator does it.")
UNCHANGED = _("This is so already, so nothing would change.")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change that was looked at: its row and what it would do, or why it cannot be."""

    change: Change
    row: PostChange | None = None
    why: Text | None = None
    seconds: Sequence[Person] = ()
    """Who could agree, where a second person has to."""
    needs: bool = False
    """Whether one has to."""


def propose(visit: Visit, wanted: WantedChange) -> Proposal:
    """Look at a change and keep it as it is shown; nothing is done yet."""
    found = _looked_at(visit, wanted, visit.me.id)
    if found.why is not None or found.change.person is None:
        return found
    id = post_changes.show(
        visit.tx,
        post=found.change.person.id,
        wanted=kept(wanted),
        stamp=stamp(visit, found.change),
        by=visit.me.id,
        now=visit.said,
    )
    return Proposal(found.change, visit.tx.one(post_changes.BY_ID, id=id), None, found.seconds, found.needs)


def _looked_at(visit: Visit, wanted: WantedChange, by: int | None) -> Proposal:
    """Look at a change as somebody proposes it."""
    change = plan_change(visit.tx, visit.plan, wanted, Wish(visit.office, visit.said, by))
    if change.why is not None:
        return Proposal(change, why=UNCHANGED if change.why is NOTHING else change.why)
    proposer = visit.tx.one(people.SPEAKER, id=by) if by is not None else None
    if proposer is None or not proposes(proposer.role, change.touched):
        return Proposal(change, why=_("Whoever proposed this does not keep the list of people any more."))
    if _concerns(visit, change, proposer.id):
        return Proposal(change, why=OWN)
    agreeing = second(change.touched)
    return Proposal(
        change,
        seconds=[
            each
            for each in desk.people_of(visit.tx, [role for role in AGREE if role in agreeing])
            if not same_person(visit, each.id, proposer.id) and not _concerns(visit, change, each.id)
        ],
        needs=bool(agreeing),
    )


def same_person(visit: Visit, one: int, other: int) -> bool:
    """Whether two posts are one person's."""
    return one == other or other in visit.tx.all(people.EVERY_POST, person=one)


def _concerns(visit: Visit, change: Change, person: int) -> bool:
    """Whether a change is about this very person, in any of their posts."""
    mine = {person, *visit.tx.all(people.EVERY_POST, person=person)}
    return any(post.id in mine for post in change.posts)


def stamp(visit: Visit, change: Change) -> int:
    """Return a number for what was shown: nothing is done that nobody has seen."""
    words = Words("vi", terms=visit.plan.terms)
    return crc32("\n".join(words.say(line) for line in change.lines).encode()) % 1_000_000


def lines_of(change: Change) -> list[Part]:
    """List what a change does below whose it is; a warning stands by itself."""
    first, *rest = change.lines
    return [
        first,
        *(line if isinstance(line, Text) and line.message[0] == "⚠" else _("- {line}", line=line) for line in rest),
    ]


def looked_at_again(visit: Visit, row: PostChange) -> Proposal:
    """Look at a change that was shown before, as things are now."""
    found = _looked_at(visit, wanted_of(row.post, row.wanted), row.by)
    return Proposal(found.change, row, found.why, found.seconds, found.needs)


def do(visit: Visit, proposal: Proposal, by: int | None = None) -> None:
    """Do a change; `by` is the second person who has agreed."""
    row, tx = proposal.row, visit.tx
    assert row is not None
    before = [chat.id for post in proposal.change.posts for chat in tx.all(chats.EVER_ALL_OF_PERSON, person=post.id)]
    personnel.make_change(tx, proposal.change, visit.office, visit.said, row, by)
    visit.noted = True
    visit.woken += [OutboxFilled(), *(ChatLinked(chat) for chat in dict.fromkeys(before))]
    units = [post.unit for post in proposal.change.posts]
    after = [found.unit for post in proposal.change.posts if (found := tx.one(people.BY_ID, id=post.id)) is not None]
    visit.woken += [UnitChanged(unit) for unit in dict.fromkeys([*units, *after])]


def ask_for_role(visit: Visit, post: int, role: str) -> Sequence[Part]:
    """Ask a second person for the role of somebody who has just been entered without it; return what is said of that."""
    proposal = propose(visit, WantedChange(f"#{post}", role=role))
    if proposal.why is not None or proposal.row is None:
        return () if proposal.why is None else (proposal.why,)
    asked = ask(visit, proposal)
    word, now = visit.plan.roles.word(role), visit.plan.roles.word(Role.OFFICER)
    waits = _("The role «{role}» is not given yet; until the second yes it is «{now}».", role=word, now=now)
    if not proposal.seconds:
        return (waits, *seconds(proposal))
    return (waits, *seconds(proposal), _("The answer is awaited until the end of {day}.", day=asked.until))


def ask(visit: Visit, proposal: Proposal) -> PostChange:
    """Ask every second person there is."""
    row = proposal.row
    assert row is not None
    until = visit.said.date() + timedelta(days=DAYS)
    post_changes.ask(visit.tx, id=row.id, until=until)
    visit.note("post_change_asked", str(row.post), change=row.id)
    for person in proposal.seconds:
        visit.tell(person.id, ASKED, change=row.id)
    visit.tell(visit.me.id, UNANSWERED, after=timedelta(days=DAYS + 1), change=row.id)
    asked = visit.tx.one(post_changes.BY_ID, id=row.id)
    assert asked is not None
    return asked


def seconds(proposal: Proposal) -> list[Part]:
    """Say who agrees to it as the second person; where nobody can, that it is done at the server."""
    if proposal.seconds:
        names = Joined([titled(each) for each in proposal.seconds[:8]])
        return [
            _(
                "Such a role needs the yes of a second person ({n}): {names}.",
                n=Count(len(proposal.seconds)),
                names=names,
            )
        ]
    row = proposal.row
    return [
        _("Such a role needs the yes of a second person, and nobody else can give it yet."),
        _("It can be confirmed at the server: {command}", command=as_typed(row.post, row.wanted) if row else ""),
    ]


def waits(visit: Visit, post: int) -> PostChange | None:
    """Return what a second person is asked about a post; what nobody has answered in its days is closed."""
    row = visit.tx.one(post_changes.ASKED_OF_POST, post=post)
    if row is not None and late(visit, row):
        _over(visit, row)
        return None
    return row


def late(visit: Visit, row: PostChange) -> bool:
    """Whether the days to answer are over."""
    return row.until is not None and visit.said.date() > row.until


def withdraw(visit: Visit, row: PostChange) -> None:
    """Take back what a second person was asked."""
    post_changes.close(visit.tx, id=row.id, state=PostState.WITHDRAWN, by=visit.me.id, now=visit.said)
    visit.note("post_change_withdrawn", str(row.post), change=row.id)


def decline(visit: Visit, row: PostChange, reason: str) -> None:
    """Keep the no of a second person, and tell whoever asked."""
    post_changes.close(visit.tx, id=row.id, state=PostState.DECLINED, by=visit.me.id, now=visit.said, reason=reason)
    visit.note("post_change_declined", str(row.post), change=row.id)
    _tell_proposer(visit, row)


def agree(visit: Visit, proposal: Proposal) -> None:
    """Keep the yes of a second person and do the change."""
    assert proposal.row is not None
    do(visit, proposal, visit.me.id)
    visit.note("post_change_agreed", str(proposal.row.post), change=proposal.row.id)
    _tell_proposer(visit, proposal.row)


def _over(visit: Visit, row: PostChange) -> None:
    post_changes.close(visit.tx, id=row.id, state=PostState.OVER, by=None, now=visit.said)
    visit.note("post_change_over", str(row.post), change=row.id)
    _tell_proposer(visit, row)


def _tell_proposer(visit: Visit, row: PostChange) -> None:
    if row.by is not None and row.by != visit.me.id:
        visit.tell(row.by, DECIDED, change=row.id)


def why_not(visit: Visit, proposal: Proposal) -> Text | None:
    """Say why this person cannot answer for a second one now; what cannot be done any more is closed."""
    row, me = proposal.row, visit.me
    assert row is not None
    if (ended := how_it_ended(visit, row)) is not None:
        return ended
    if late(visit, row):
        _over(visit, row)
        return _("The days to answer were over at the end of {day}, so nothing was changed.", day=row.until)
    if row.by is not None and same_person(visit, me.id, row.by):
        return _("Whoever proposes it does not agree to it; somebody else has to.")
    if proposal.why is not None:
        _over(visit, row)
        return _("Nothing was changed, for it is not so any more. {why}", why=proposal.why)
    if _concerns(visit, proposal.change, me.id):
        return OWN
    if me.id not in [each.id for each in proposal.seconds]:
        return _("Nothing was changed: this is not {you}rs to agree to any more.")
    return None


def how_it_ended(visit: Visit, row: PostChange) -> Text | None:
    """Say how a change has ended; None while a second person is asked."""
    who: Part = visit.plan.office.desk
    person = visit.tx.one(people.BY_ID, id=row.decided) if row.decided is not None else None
    if person is not None:
        who = titled(person)
    at = Time(row.closed or row.at)
    match row.state:
        case PostState.ASKED:
            return None
        case PostState.DONE if person is not None:
            return _("{who} agreed at {at}; it is done.", who=who, at=at)
        case PostState.DONE:
            return _("It was done at {at}.", at=at)
        case PostState.DECLINED:
            return _("{who} did not agree at {at}; nothing was changed.", who=who, at=at)
        case PostState.WITHDRAWN:
            return _("The proposal was taken back at {at}; nothing was changed.", at=at)
        case PostState.OVER:
            return _("The proposal ended at {at} without being done.", at=at)
        case _:
            return _("Nobody was asked about this yet.")
