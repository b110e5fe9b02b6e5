"""Somebody's post is changed: the questions, what would be done, and writing it, or asking the second person."""

from bot.conversation import HOME, Conversation, Feature, Serves, Visit, allowed
from bot.dialogue import Answers, Button, Say
from bot.language import Part, Time, _
from bot.movement import May
from bot.office.roster import personnel_asking
from bot.office.roster.personnel_asking import Proposal
from bot.office.roster.personnel_facts import PersonnelFacts, wanted_by
from bot.office.roster.personnel_questions import FORM
from bot.office.told import told
from storage import people
from storage.post_changes import PostChange, PostState

KEEPS: Serves[Visit] = allowed(May.INVITE)
ANOTHER = Button(_("Somebody else"), "/nhansu")


def file(visit: Visit, subject: str, answers: Answers) -> Say:
    """Show what would be done; nothing is done yet."""
    facts = PersonnelFacts(visit, subject)
    if facts.person is None:
        return Say([_("There is nobody with this number in the list of people.")], buttons=(ANOTHER, HOME))
    return shown(visit, personnel_asking.propose(visit, wanted_by(facts.person, len(facts.posts), answers)))


def shown(visit: Visit, proposal: Proposal, *first: Part) -> Say:
    """Return what a change would do, and the button that does it or asks a second person."""
    row = proposal.row
    if proposal.why is not None or row is None:
        return Say([*first, *([proposal.why] if proposal.why is not None else [])], buttons=(ANOTHER, HOME))
    lines: list[Part] = [
        *first,
        _("Look it over: nothing has been written yet."),
        *personnel_asking.lines_of(proposal.change),
    ]
    write = _("Write the change")
    if proposal.needs:
        write = _("Ask the second person")
        lines += personnel_asking.seconds(proposal)
    return Say(
        lines,
        buttons=(
            Button(write, f"/nhansu ghi {row.id} v{personnel_asking.stamp(visit, proposal.change)}"),
            Button(_("Choose again"), f"/nhansu #{row.post}"),
            HOME,
        ),
    )


# Writing it -----------------------------------------------------------------------------------


def write(visit: Visit, row: PostChange, version: int | None) -> Say:
    """Do what was shown, or ask the second person; what has changed meanwhile is shown anew."""
    if row.state is not PostState.SHOWN:
        return Say([_ended(visit, row)], buttons=_buttons(row))
    found = personnel_asking.looked_at_again(visit, row)
    if found.why is not None:
        return shown(visit, found)
    if version != personnel_asking.stamp(visit, found.change):
        return shown(visit, found, _("⚠️ Something has changed since, so nothing was written. This is how it is now:"))
    if found.needs:
        return _ask(visit, found, row)
    personnel_asking.do(visit, found)
    return Say(
        [
            _("✅ Written at {at}.", at=Time(visit.said)),
            *personnel_asking.lines_of(found.change),
            *_heard(visit, found),
        ],
        buttons=(*_invites(found), ANOTHER, HOME),
    )


def _heard(visit: Visit, found: Proposal) -> list[Part]:
    concerned = [post.id for post in found.change.posts if visit.tx.one(people.SPEAKER, id=post.id) is not None]
    given = [each.to for each in found.change.holdings if each.to is not None]
    return told(visit, [*concerned, *given], _("Whoever it concerns is told once."))


def _invites(found: Proposal) -> list[Button]:
    """Offer a code to whoever comes back."""
    wanted, person = found.change.wanted, found.change.person
    if wanted is None or person is None or not wanted.back:
        return []
    says = f"/moinguoi {person.name}"
    return [Button(_("Invitation with a code"), says if len(says.encode()) <= 64 else "/moinguoi")]


def _ask(visit: Visit, found: Proposal, row: PostChange) -> Say:
    before = personnel_asking.waits(visit, row.post)
    if before is not None:
        return Say(
            [_("A second person is asked about this post already; that has to end first.")], buttons=_buttons(before)
        )
    asked = personnel_asking.ask(visit, found)
    until: list[Part] = [_("The answer is awaited until the end of {day}.", day=asked.until)] if found.seconds else []
    return Say(
        [_("✅ Noted; nothing is changed before the second yes."), *personnel_asking.seconds(found), *until],
        buttons=_buttons(asked),
    )


def _ended(visit: Visit, row: PostChange) -> Part:
    return personnel_asking.how_it_ended(visit, row) or _(
        "A second person is asked; nothing is changed before the yes."
    )


def _buttons(row: PostChange) -> tuple[Button, ...]:
    asked = row.state is PostState.ASKED
    return (*([Button(_("Take the proposal back"), f"/nhansu rut {row.id}")] if asked else []), ANOTHER, HOME)


def withdraw(visit: Visit, row: PostChange) -> Say:
    """Take back what a second person was asked."""
    if row.state is not PostState.ASKED:
        return Say([_ended(visit, row)], buttons=(ANOTHER, HOME))
    personnel_asking.withdraw(visit, row)
    return Say([_("✅ The proposal is taken back; nothing was changed.")], buttons=(ANOTHER, HOME))


PERSONNEL = Conversation(
    "personnel",
    title=lambda plan, subject: _("Changing somebody's post"),
    form=lambda plan: FORM,
    file=file,
    serves=allowed(May.INVITE, of=lambda visit, subject: PersonnelFacts(visit, subject).person is not None),
    facts=PersonnelFacts,
)
FEATURE = Feature(__name__, forms=(PERSONNEL,))
