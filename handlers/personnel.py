"""«/nhansu»: choose somebody, say what happens to them, look over what goes to whom, write it."""

from bot.conversation import HOME, Command, Conversation, Feature, Visit
from bot.dialogue import Answers, Button, Field, Form, Line, Say
from bot.language import Count, Part, _, number, person_names
from bot.movement import heads, titled
from bot.office.duties.item_texts import versioned
from bot.office.roster import personnel_asking, personnel_words
from bot.office.roster.personnel_facts import PersonnelFacts, wanted_by
from bot.office.roster.personnel_plan import said as named
from bot.office.roster.personnel_words import SaidOf
from handlers.personnel_form import ANOTHER, KEEPS, PERSONNEL, shown, withdraw, write
from storage import drafts, people, post_changes
from storage.people import Person, Unit

MOST = 12
"""So many people are offered as buttons."""


def run(visit: Visit, args: str) -> Say:
    """Answer «/nhansu Nông Văn Mẫu», «/nhansu #12 chuyển sang QLXD», «/nhansu QLXD»; the rest is behind its buttons."""
    said, version = versioned(args)
    if len(said) == 2 and said[0] in ("ghi", "rut") and (id := number(said[1])) is not None:
        row = visit.tx.one(post_changes.BY_ID, id=id)
        if row is None or row.by != visit.me.id:
            return Say([_("There is no such change to write.")], buttons=(ANOTHER, HOME))
        return write(visit, row, version) if said[0] == "ghi" else withdraw(visit, row)
    if not args.strip():
        return visit.open(WHO, "", None, *_pending(visit))
    return _said(visit, args)


def _pending(visit: Visit) -> list[Part]:
    lines: list[Part] = []
    for row in visit.tx.all(post_changes.ASKED):
        person = visit.tx.one(people.BY_ID, id=row.post)
        if person is not None and row.until is not None and row.until >= visit.said.date():
            lines.append(_("Waits for a second yes until {day}: {who}", day=row.until, who=named(person)))
    return lines


# Who is meant ---------------------------------------------------------------------------------


def _said(visit: Visit, args: str) -> Say:
    meant = personnel_words.read(visit, args)
    if meant.unit is not None:
        return _of_unit(visit, meant.unit)
    if not meant.found:
        return Say(
            [
                _("There is nobody called «{name}» in the list of people.", name=args.strip()[:80]),
                _(
                    "Please write the whole name, its number or a unit, for example: personnel {name}",
                    name="Nông Văn Mẫu",
                ),
            ],
            buttons=(ANOTHER, Button(_("Invite somebody new"), "/moinguoi"), HOME),
        )
    if len(meant.found) > 1:
        return _which(meant)
    return _person(visit, meant.found[0], meant.answers, meant.why)


def _which(meant: SaidOf) -> Say:
    """Ask which of several people; what was said of them goes with each, where a button has room for it."""
    buttons = []
    for person in meant.found[:MOST]:
        says = f"/nhansu #{person.id} {meant.rest}".strip()
        fits = len(says.encode()) <= 64
        buttons.append(Button(_apart(person), says if fits else f"/nhansu #{person.id}"))
    lines: list[Part] = [_("Whom do {you} mean ({n})?", n=Count(len(meant.found)))]
    if len(meant.found) > MOST:
        lines.append(_("Only the first ones are shown; please write the whole name."))
    return Say(lines, buttons=(*buttons, HOME))


def _of_unit(visit: Visit, unit: Unit) -> Say:
    among = visit.tx.all(people.OF_UNIT, unit=unit.code)
    lines: list[Part] = [_("{unit} ({n})", unit=unit.name, n=Count(len(among)))]
    if not any(heads(each.role) for each in among):
        lines.append(_("⚠️ Nobody heads this unit."))
    if len(among) > MOST:
        lines.append(_("Only the first ones are shown; please write the whole name."))
    buttons = [Button(titled(each), f"/nhansu #{each.id}") for each in among[:MOST]]
    return Say(lines, buttons=(*buttons, Button(_("Invite somebody new"), "/moinguoi"), HOME))


def _person(visit: Visit, person: Person, answers: Answers, why: Part) -> Say:
    """Open the questions about somebody with what was said already; show the change at once where nothing is left to ask."""
    if personnel_asking.same_person(visit, visit.me.id, person.id):
        return Say([personnel_asking.OWN], buttons=(ANOTHER, HOME))
    answers = {"what": "back"} if not person.active else answers
    open_one = visit.tx.one(drafts.OPEN, person=visit.me.id, form=PERSONNEL.code, subject=str(person.id))
    if open_one is not None:
        drafts.put_away(visit.tx, id=open_one.id)  # what was said now is what is meant
    facts = PersonnelFacts(visit, str(person.id))
    scene, form = visit.scene(facts), PERSONNEL.form(visit.plan)
    if answers and not [each for each in form.fields if each.code not in answers and each.visible(answers, scene)]:
        wanted = wanted_by(person, len(facts.posts), answers)
        return shown(visit, personnel_asking.propose(visit, wanted), *([why] if why else []))
    return visit.open(PERSONNEL, str(person.id), answers, *([why] if why else []))


WHO_FORM = Form(
    "personnel_who",
    title=lambda answers, scene: _("Personnel"),
    fields=(
        Field(
            "who",
            _("Person"),
            _("Who is it about? A name with or without marks, a number like #12, or a unit."),
            Line(longest=200),
            example=_("Nông Văn Mẫu moves to QLXD"),
        ),
    ),
    send=lambda answers, scene: _("Look it up"),
    at_once=True,
)


def who(visit: Visit, subject: str, answers: Answers) -> Say:
    """Answer with whoever was named."""
    return _said(visit, str(answers["who"]))


def _apart(person: Person) -> Part:
    return _("#{id} {name} ({place})", id=person.id, name=person.name, place=person_names.apart(person))


WHO = Conversation(
    "personnel_who", title=lambda plan, subject: _("Personnel"), form=lambda plan: WHO_FORM, file=who, serves=KEEPS
)
NHANSU = Command("nhansu", _("Personnel"), _("personnel|staff change"), run, KEEPS)
FEATURE = Feature(__name__, commands=(NHANSU,), forms=(WHO,))
