"""«Đoàn viên»: whoever heads a union keeps the list of its members; announcements of the union go to them."""

from bot.conversation import HOME, Command, Conversation, Feature, Visit
from bot.dialogue import Answers, Button, Field, Form, Say, Value, Wrong
from bot.language import Count, Part, _, fold, number
from bot.movement import titled
from bot.office.announcements import membership
from bot.office.announcements.announcement_facts import SHOWN, named
from bot.office.announcements.member_names import MemberNames
from bot.office.announcements.membership import KEEPERS, OF_UNION, UnionFacts
from handlers import union_members_file

ADD, LEAVE = Button(_("Add members"), "/doanvien them"), Button(_("Somebody leaves"), "/doanvien thoi")
LIST = Button(_("Members"), "/doanvien")


def run(visit: Visit, args: str) -> Say | None:
    """Answer «/doanvien»: the list; «them Nông Văn Mẫu, …», «thoi …», «tep», «du»; «ghi 12 345» writes a file's."""
    verb, _space, rest = args.strip().partition(" ")
    unit = visit.me.unit
    match fold(verb):
        case "them":
            return _open(visit, ADDING, rest)
        case "thoi" | "nghi" | "bo":
            return _open(visit, LEAVING, rest)
        case "tep":
            return visit.open(union_members_file.SHEET, unit)
        case "ghi":
            file, _blank, stamp = rest.partition(" ")
            return union_members_file.write_file(visit, number(file) or 0, number(stamp) or 0)
        case "du":
            return _list(visit, every=True)
        case "":
            return _list(visit)
        case _:
            return _open(visit, ADDING, args)


def _open(visit: Visit, form: Conversation, names: str) -> Say:
    """Open a form; names that came with the command are its answer, as far as they are sure."""
    unit = visit.me.unit
    if not names.strip():
        return visit.open(form, unit)
    reading = form.form(visit.plan)["names"].kind.read(names, {}, visit.scene(UnionFacts(visit, unit)))
    if isinstance(reading, Value):
        return visit.open(form, unit, typed={"names": reading.value})
    return visit.open(form, unit, None, reading.why if isinstance(reading, Wrong) else reading.question)


def _list(visit: Visit, *, every: bool = False) -> Say:
    members = membership.members(visit, visit.me.unit)
    if not members:
        nobody = _("Nobody stands in the list of members of {unit} yet.", unit=visit.me.unit_name)
        return Say([nobody], buttons=(ADD, union_members_file.FILE, HOME))
    lines: list[Part] = [_("Members of {unit} ({n})", unit=visit.me.unit_name, n=Count(len(members)))]
    lines += named([(titled(each), each.unit_name) for each in members], every=every)
    buttons = [ADD, union_members_file.FILE, LEAVE, Button(_("Announce to them"), "/thongbao moi")]
    if len(members) > SHOWN and not every:
        buttons.insert(0, Button(_("See all ({n})", n=Count(len(members))), "/doanvien du"))
    return Say(lines, buttons=(*buttons, HOME))


ADD_FORM = Form(
    "member_add",
    title=lambda answers, scene: _("Adding members"),
    fields=(
        Field(
            "names",
            _("Members"),
            _("Who are members? Names as in the list of people, a line each or separated by commas."),
            MemberNames(lambda scene: UnionFacts.of(scene).everybody, lambda scene: UnionFacts.of(scene).units),
            example="Nông Văn Mẫu, Lý Thị Ví Dụ",
        ),
    ),
    send=lambda answers, scene: _("Put them into the list"),
    review=membership.already,
)
LEAVE_FORM = Form(
    "member_leave",
    title=lambda answers, scene: _("Somebody leaves the union"),
    fields=(
        Field(
            "names",
            _("Members"),
            _("Who is no member any more? Names as in the list, a line each or separated by commas."),
            MemberNames(lambda scene: UnionFacts.of(scene).members, lambda scene: UnionFacts.of(scene).units),
            example="Nông Văn Mẫu",
        ),
    ),
    send=lambda answers, scene: _("Take them off the list"),
)


def add(visit: Visit, subject: str, answers: Answers) -> Say:
    """Add them; who was a member already stays one."""
    new = membership.add(visit, subject, answers["names"])
    n = len(membership.members(visit, subject))
    done = _("✅ {new} members were added; the list has {n}.", new=Count(new), n=Count(n))
    return Say([done], buttons=(LIST, ADD, HOME))


def leave(visit: Visit, subject: str, answers: Answers) -> Say:
    """Take them off the list; it stays known that they were members."""
    gone = membership.end(visit, subject, answers["names"])
    n = len(membership.members(visit, subject))
    done = _("✅ {gone} members were taken off; the list has {n}.", gone=Count(gone), n=Count(n))
    return Say([done], buttons=(LIST, HOME))


ADDING = Conversation(
    "member_add",
    title=lambda plan, subject: _("Adding members"),
    form=lambda plan: ADD_FORM,
    file=add,
    serves=OF_UNION,
    facts=UnionFacts,
)
LEAVING = Conversation(
    "member_leave",
    title=lambda plan, subject: _("Somebody leaves the union"),
    form=lambda plan: LEAVE_FORM,
    file=leave,
    serves=OF_UNION,
    facts=UnionFacts,
)
COMMAND = Command(
    "doanvien",
    _("Members of the union"),
    _("members|union members|list of members"),
    run,
    KEEPERS,
    acts=("them", "thoi"),
)
FEATURE = Feature(__name__, commands=(COMMAND,), forms=(ADDING, LEAVING))
