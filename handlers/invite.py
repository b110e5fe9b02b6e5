"""Invite somebody: a form for the office, and the code that opens their chat."""

from collections.abc import Sequence

from bot import onboarding
from bot.authority import allowed
from bot.commands import Command, Conversation, Facts, Visit
from bot.dialogue.fields import Line, OneOf
from bot.dialogue.form import Field, Form
from bot.dialogue.turn import Answers, Button, Choice, Say, Scene
from bot.doors import door_lines, doors, full_lines, qr_codes
from bot.i18n import Count, _
from bot.people import May, Role
from bot.text import clean_line, fold
from storage import people

ROLES = {
    Role.OFFICER: _("officer"),
    Role.DRAFTER: _("contact of the unit (drafts, does not send)"),
    Role.HEAD: _("head of a unit"),
    Role.DEPUTY: _("deputy head"),
    Role.OFFICE: _("officer of the office"),
    Role.CHIEF: _("head of the office itself"),
    Role.UNION: _("head of a union"),
    Role.LEADER: _("leader (reads)"),
    Role.ADMIN: _("administrator (technical)"),
}
KINDS = {"cong_chuc": _("civil servant"), "vien_chuc": _("public employee"), "nguoi_lao_dong": _("worker")}


def units(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """The units of the office."""
    return [Choice(unit.code, unit.name) for unit in scene.facts["units"]]


def roles(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """The roles this person may give: only an administrator makes administrators."""
    mine = scene.person.role
    return [
        Choice(role.value, text) for role, text in ROLES.items() if role != Role.ADMIN or mine == Role.ADMIN
    ]


def kinds(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Công chức, viên chức, người lao động: the targets count the first two."""
    return [Choice(code, text) for code, text in KINDS.items()]


FORM = Form(
    "invite",
    title=lambda answers, scene: _("Invite somebody"),
    fields=(
        Field("name", _("Full name"), _("Whom do {you} invite? Please give the full name."), Line(shortest=5, longest=80), example="Nông Văn Mẫu"),
        Field("unit", _("Unit"), _("In which unit?"), OneOf(units), choices=units),
        Field("position", _("Position"), _("What is the position?"), Line(longest=80), example=_("Officer"), skip=_("Add later")),
        Field("kind", _("Kind"), _("Civil servant, public employee or worker?"), OneOf(kinds), choices=kinds),
        Field("role", _("Role"), _("Which role in the movement?"), OneOf(roles), choices=roles),
    ),
    send=lambda answers, scene: _("Make the code"),
)  # fmt: skip


def facts(visit: Visit, subject: str) -> Facts:
    """The units there are."""
    return Facts(units=lambda: visit.tx.all(people.UNITS))


def file(visit: Visit, subject: str, answers: Answers) -> Say:
    """The code, alone on the last line."""
    made = onboarding.invite(
        visit.tx, plan=visit.plan, name=answers["name"], unit=answers["unit"], role=answers["role"],
        position=answers.get("position") or "", kind=answers["kind"], by=visit.me.id, now=visit.now,
    )  # fmt: skip
    visit.note("invited", made.name)
    return _code(visit, made)


def _code(visit: Visit, made: onboarding.Invited) -> Say:
    if made.why is not None:
        return Say([made.why], buttons=(Button(_("Home"), "/menu"),))
    open_doors = doors(visit, made.code)
    return Say(
        [
            _("✅ Invitation for {name}, {unit}.", name=made.name, unit=made.unit),
            _(
                "Please pass the code on in person. It is typed as «begin CODE», is good once, for {days} days:",
                days=Count(visit.plan.keeping.invitations),
            ),
            *(line for door in open_doors for line in door_lines(door)),
            *full_lines(visit),
            made.code,
        ],
        files=qr_codes(visit, open_doors),
        buttons=(Button(_("Invite another"), "/moinguoi"), Button(_("Home"), "/menu")),
    )


def run(visit: Visit, args: str) -> Say:
    """«/moinguoi», or «/moinguoi Họ Tên» for somebody in the roster."""
    name = clean_line(args)
    if name:
        known = visit.tx.all(people.NAMED, fold=fold(name))
        if len(known) == 1 and (known[0].role != Role.ADMIN or visit.me.role == Role.ADMIN):
            person = known[0]
            code = onboarding.new_code(
                visit.tx, plan=visit.plan, person=person.id, by=visit.me.id, now=visit.now
            )
            visit.note("invited", person.name)
            return _code(visit, onboarding.Invited(code, person.name, person.unit_name))
        return visit.open(INVITE_FORM, "", {"name": name})
    return visit.open(INVITE_FORM)


INVITE_FORM = Conversation(
    "invite",
    title=lambda plan, subject: _("Inviting somebody"),
    form=lambda plan: FORM,
    file=file,
    serves=allowed(May.INVITE),
    facts=facts,
)
INVITE = Command("moinguoi", _("Invite somebody"), _("invite"), run, allowed(May.INVITE))
CONVERSATIONS = (INVITE_FORM,)
