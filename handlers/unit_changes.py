"""The units of the office: the list, what was changed, a new one, another name; what was shown is done here, and undone."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.conversation import EVERYBODY, HOME, MY_TASKS, Command, Conversation, Feature, Notice, Serves, Visit, allowed
from bot.dialogue import Answers, Button, Choice, Field, Form, Line, OneOf, Say, Scene
from bot.language import Part, Time, _, number
from bot.movement import May
from bot.office.roster import unit_answers, unit_doing, unit_listing, unit_preview, unit_showing
from bot.office.roster.unit_answers import BASIS, NewCode, UnitFacts, day_field
from bot.office.roster.unit_effects import Effects
from bot.office.roster.unit_showing import UNITS
from bot.office.roster.unit_wanted import MadeUnit, UnitAct, WantedUnits, wanted_of
from storage import people, unit_changes
from storage.unit_changes import ChangeState, UnitChange


def run(visit: Visit, args: str) -> Say:
    """Answer «/tochuc»: the units; «xem», «lam», «bo», «hoantac» with a number are buttons of what was shown."""
    verb, *rest = (*args.split(), "")
    deeds = {"xem": _look, "lam": _do, "bo": _drop, "hoantac": _undo}
    if verb not in deeds:
        return unit_listing.units(visit)
    id = number(rest[0]) if rest else None
    change = visit.tx.one(unit_changes.BY_ID, id=id) if id is not None else None
    if change is None:
        return unit_listing.units(visit).after(_("There is no such change of the units."))
    return deeds[verb](visit, change, " ".join(rest[1:]).strip())


def _look(visit: Visit, change: UnitChange, said: str) -> Say:
    return unit_showing.preview(visit, change) if change.state is ChangeState.SHOWN else _over(visit, change)


def _do(visit: Visit, change: UnitChange, said: str) -> Say:
    if change.state is not ChangeState.SHOWN:
        return _over(visit, change)
    if change.day > visit.now.date():
        return unit_showing.preview(visit, change)
    effects = Effects(visit, wanted_of(change.kind, change.day, change.wanted))
    shown = unit_showing.preview(visit, change)
    do = next((button.says for button in shown.buttons if button.says.startswith("/tochuc lam ")), "")
    if not do:
        return shown
    if said != do.rpartition(" ")[2]:
        return shown.after(_("⚠️ The units, their people or what they have sent changed since; nothing was done."))
    what = unit_preview.head(effects)  # as it is called before
    done = unit_doing.do(visit, change, CHANGED)
    return Say(
        [
            _("✅ Done at {at}: {what}.", at=Time(visit.said), what=what),
            _("Whoever is concerned is told once."),
            *unit_listing.left_to_do(visit, done),
        ],
        buttons=(Button(_("Undo"), f"/tochuc hoantac {change.id}"), UNITS, HOME),
    )


def _over(visit: Visit, change: UnitChange) -> Say:
    """Say who has decided a change already."""
    by = visit.tx.one(people.BY_ID, id=change.by) if change.by is not None else None
    who, at = by.name if by is not None else "…", Time(change.at)
    why = {
        ChangeState.DONE: _("This change was made by {who} at {at}.", who=who, at=at),
        ChangeState.UNDONE: _("This change was taken back by {who} at {at}.", who=who, at=at),
    }.get(change.state, _("This change was dropped by {who} at {at}; nothing has changed.", who=who, at=at))
    return Say([why], buttons=(UNITS, HOME))


def _drop(visit: Visit, change: UnitChange, said: str) -> Say:
    if change.state is not ChangeState.SHOWN:
        return _over(visit, change)
    unit_changes.set_state(visit.tx, id=change.id, state=ChangeState.DROPPED, by=visit.me.id, now=visit.said)
    visit.note("units_dropped", str(change.id))
    return Say([_("Nothing was changed; what was shown is put away.")], buttons=(UNITS, HOME))


def _undo(visit: Visit, change: UnitChange, said: str) -> Say:
    if (why := unit_doing.not_undone(visit, change)) is not None:
        return Say([why], buttons=(UNITS, HOME))
    unit_doing.take_back(visit, change, CHANGED)
    return Say(
        [_("✅ Undone: units, people and records are as they were before. Whoever was told is told of it.")],
        buttons=(UNITS, HOME),
    )


def changed(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Tell whoever is concerned once: where they are now, and what their unit owes; nothing where it was taken back."""
    change = visit.tx.one(unit_changes.BY_ID, id=about["change"])
    if change is None or (change.state is ChangeState.DONE) == bool(about.get("undone")):
        return None
    if about.get("undone"):
        lines: list[Part] = [_("The change of the units from {day} on was taken back.", day=change.day)]
        return Say([*lines, _("{You} belong to {unit} as before.", unit=visit.me.unit_name)], buttons=(MY_TASKS, HOME))
    return Say(unit_listing.told(visit, change), buttons=(MY_TASKS, HOME))


# A new unit, another name -----------------------------------------------------------------------------

NAME = Field(
    "name",
    _("Name"),
    _("What is the unit called, in full?"),
    Line(shortest=4, longest=120),
    example="Phòng Quản lý xây dựng",
    refuse=unit_answers.name_taken,
)


def places(answers: Answers, scene: Scene) -> list[Choice]:
    """Offer the units behind which it may stand."""
    return [Choice(unit.code, unit.name) for unit in UnitFacts.of(scene).units]


NEW_FORM = Form(
    "unit_new",
    title=lambda answers, scene: _("New unit"),
    fields=(
        Field("code", _("Code"), _("Which short code does it get?"), NewCode(), example="QLXD"),
        NAME,
        Field(
            "kind",
            _("Kind of unit"),
            _("Of which kind is it?"),
            OneOf(unit_answers.kind_choices),
            choices=unit_answers.kind_choices,
        ),
        day_field(lambda answers, scene: ((), ())),
        Field(
            "after",
            _("Place"),
            _("Behind which unit does it stand in the lists?"),
            OneOf(places),
            choices=places,
            skip=_("At the end of the list"),
        ),
        BASIS,
    ),
    send=lambda answers, scene: _("Look at the change"),
)
NAME_FORM = Form(
    "unit_name",
    title=lambda answers, scene: _("Another name: {unit}", unit=UnitFacts.of(scene).name(UnitFacts.of(scene).subject)),
    fields=(NAME, day_field(lambda answers, scene: ((UnitFacts.of(scene).subject,), ())), BASIS),
    send=lambda answers, scene: _("Look at the change"),
)


def show_new(visit: Visit, subject: str, answers: Answers) -> Say:
    """Show what a new unit comes to."""
    made = MadeUnit(answers["code"], answers["name"], answers["kind"])
    return unit_showing.show(visit, WantedUnits(UnitAct.NEW, *_when(answers), made=[made], after=answers.get("after")))


def show_name(visit: Visit, subject: str, answers: Answers) -> Say:
    """Show what another name comes to."""
    made = MadeUnit(subject, answers["name"])
    return unit_showing.show(visit, WantedUnits(UnitAct.RENAMED, *_when(answers), units=[subject], made=[made]))


def _when(answers: Answers) -> tuple[date, str]:
    return date.fromisoformat(answers["day"]), answers.get("basis") or ""


def rename(visit: Visit, args: str) -> Say:
    """Answer «/doiten QLXD»: another name of a unit; without one, which."""
    return unit_listing.one_of(visit, args, "/doiten", lambda code: visit.open(RENAME, code))


SERVES: Serves[Visit] = allowed(May.KEEP)
NEW = Conversation(
    "unit_new",
    title=lambda plan, subject: _("A new unit"),
    form=lambda plan: NEW_FORM,
    file=show_new,
    serves=SERVES,
    facts=UnitFacts,
)
RENAME = Conversation(
    "unit_name",
    title=lambda plan, subject: _("Another name of {unit}", unit=subject),
    form=lambda plan: NAME_FORM,
    file=show_name,
    serves=SERVES,
    facts=UnitFacts,
)
COMMAND = Command("tochuc", _("The units"), _("units|structure"), run, SERVES)
NEW_UNIT = Command("donvimoi", _("New unit"), _("new unit"), lambda visit, args: visit.open(NEW), SERVES, listed=False)
OTHER_NAME = Command("doiten", _("Another name of a unit"), _("rename unit"), rename, SERVES, listed=False)
CHANGED = Notice("unit_changed", changed, EVERYBODY)
FEATURE = Feature(__name__, commands=(COMMAND, NEW_UNIT, OTHER_NAME), forms=(NEW, RENAME), notices=(CHANGED,))
