"""Invite somebody: a form for the office, and the code that opens their chat."""

from collections.abc import Sequence

from bot.conversation import HOME, Command, Conversation, Feature, Visit, allowed
from bot.dialogue import Answers, Button, Choice, Field, Form, Line, OneOf, Say, Scene
from bot.language import Count, Part, _, exact, name_of
from bot.movement import May, Role
from bot.office.roster import inviting, onboarding, personnel_asking
from bot.office.roster.invite_links import full_lines, link_lines, links, qr_codes
from bot.office.roster.inviting import InviteFacts
from storage import people

KINDS = {"cong_chuc": _("civil servant"), "vien_chuc": _("public employee"), "nguoi_lao_dong": _("worker")}


def units(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Return the units of the office."""
    return [Choice(unit.code, unit.name) for unit in InviteFacts.of(scene).units]


def roles(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Return the roles this person may give: only an administrator makes administrators."""
    mine, named = scene.person.role, InviteFacts.of(scene).roles
    return [Choice(role.value, named.of(role).offered) for role in Role if role != Role.ADMIN or mine == Role.ADMIN]


def kinds(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Offer công chức, viên chức, người lao động: the targets count the first two."""
    return [Choice(code, text) for code, text in KINDS.items()]


def known(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Return who is known by this name or nearly so, and that it is somebody else."""
    facts, another = InviteFacts.of(scene), Choice(0, _("Somebody else, not in the list yet"))
    if "name" not in answers:  # an answer is shown by its own label
        return [*(Choice(each.id, each.name, person=each.name) for each in facts.everybody), another]
    people = [
        Choice(each.id, _("{name} ({place})", name=each.name, place=each.place), person=each.name)
        for each in facts.called(str(answers["name"]))[:MOST]
    ]
    return [*people, another] if people else []


def _new(answers: Answers, scene: Scene) -> bool:
    return not answers.get("who")


def _namesake(answers: Answers, scene: Scene) -> bool:
    """Whether somebody of exactly this name is in that unit already."""
    return _new(answers, scene) and InviteFacts.of(scene).is_in(
        str(answers.get("name", "")), str(answers.get("unit", ""))
    )


MOST = 6
FORM = Form(
    "invite",
    title=lambda answers, scene: _("Invite somebody"),
    fields=(
        Field(
            "name",
            _("Full name"),
            _("Whom do {you} invite? Please give the full name."),
            Line(shortest=5, longest=80),
            example="Nông Văn Mẫu",
            refuse=inviting.no_full_name,
        ),
        Field(
            "who",
            _("In the list"),
            _("Do {you} mean one of these?"),
            OneOf(known),
            choices=known,
            when=lambda answers, scene: "name" in answers and bool(known(answers, scene)),
        ),
        Field("unit", _("Unit"), _("In which unit?"), OneOf(units), choices=units, when=_new),
        Field(
            "number",
            _("Number"),
            _(
                "Somebody of this name is in that unit already. What tells them apart: the year of birth or the staff number?"
            ),
            Line(longest=40),
            example="1985",
            when=_namesake,
        ),
        Field(
            "position",
            _("Position"),
            _("What is the position?"),
            Line(longest=80),
            example=_("{Officers}"),
            skip=_("Add later"),
            when=_new,
        ),
        Field(
            "kind", _("Kind"), _("Civil servant, public employee or worker?"), OneOf(kinds), choices=kinds, when=_new
        ),
        Field("role", _("Role"), _("Which role in the movement?"), OneOf(roles), choices=roles, when=_new),
    ),
    send=lambda answers, scene: _("Make the code"),
)


def file(visit: Visit, subject: str, answers: Answers) -> Say:
    """Return the code, alone on the last line."""
    if answers.get("who"):
        person = visit.tx.one(people.BY_ID, id=answers["who"])
        assert person is not None
        return _known(visit, person)
    made = inviting.invite_new(visit, answers)
    visit.note("invited", made.name)
    waits: Sequence[Part] = ()
    if made.person and inviting.takes_two(answers["role"]):
        waits = personnel_asking.ask_for_role(visit, made.person, answers["role"])
    return _code(visit, made, waits)


def _known(visit: Visit, person: people.Person) -> Say:
    """Return a code for somebody in the roster; nothing else of them changes."""
    if not person.active or (person.role == Role.ADMIN and visit.me.role != Role.ADMIN):
        return Say([_("Only an administrator invites {name}.", name=person.name)], buttons=(HOME,))
    code = onboarding.new_code(visit.tx, plan=visit.plan, person=person.id, by=visit.me.id, now=visit.now)
    visit.note("invited", person.name)
    return _code(visit, onboarding.Invited(code, person.name, person.unit_name))


def _code(visit: Visit, made: onboarding.Invited, waits: Sequence[Part] = ()) -> Say:
    if made.why is not None:
        return Say([made.why], buttons=(HOME,))
    offered = links(visit, made.code)
    return Say(
        [
            _("✅ Invitation for {name}, {unit}.", name=made.name, unit=made.unit),
            *waits,
            _(
                "Please pass the code on in person. It is typed as «begin CODE», is good once, for {days} days:",
                days=Count(visit.plan.keeping.invitations),
            ),
            *(line for link in offered for line in link_lines(link)),
            *full_lines(visit),
            made.code,
        ],
        files=qr_codes(visit, offered),
        secret=made.code,
        buttons=(Button(_("Invite another"), "/moinguoi"), HOME),
    )


def run(visit: Visit, args: str) -> Say:
    """Answer «/moinguoi», or «/moinguoi Họ Tên» for somebody in the roster."""
    name = name_of(args)
    if name:
        found = [person for person in visit.tx.all(people.EVERYBODY) if exact(person.name) == exact(name)]
        if len(found) == 1:
            return _known(visit, found[0])
        return visit.open(INVITE_FORM, "", typed={"name": name})
    return visit.open(INVITE_FORM)


INVITE_FORM = Conversation(
    "invite",
    title=lambda plan, subject: _("Inviting somebody"),
    form=lambda plan: FORM,
    file=file,
    serves=allowed(May.INVITE),
    facts=InviteFacts,
)
INVITE = Command("moinguoi", _("Invite somebody"), _("invite"), run, allowed(May.INVITE), acts=("*",))
FEATURE = Feature(__name__, commands=(INVITE,), forms=(INVITE_FORM,))
