"""A unit ends: where its people go, shown with all it comes to before it is done."""

from collections.abc import Sequence
from datetime import date

from bot.conversation import HOME, Command, Conversation, Feature, Serves, Visit, allowed
from bot.dialogue import Answers, Choice, Field, Form, OneOf, Say, Scene
from bot.language import _
from bot.movement import May
from bot.office.roster import unit_checks, unit_listing, unit_showing
from bot.office.roster.unit_answers import BASIS, UnitFacts, day_field
from bot.office.roster.unit_wanted import UnitAct, WantedUnits


def others(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Offer the units to which the people may go."""
    facts = UnitFacts.of(scene)
    return [Choice(unit.code, unit.name) for unit in facts.units if unit.code != facts.subject]


def _has_people(answers: Answers, scene: Scene) -> bool:
    facts = UnitFacts.of(scene)
    return bool(facts.people_of([facts.subject]))


END_FORM = Form(
    "unit_end",
    title=lambda answers, scene: _("End of {unit}", unit=UnitFacts.of(scene).name(UnitFacts.of(scene).subject)),
    fields=(
        Field(
            "into",
            _("People go to"),
            _(
                "To which unit do its people go? Heads and deputies become officers there. If they go to several, please move them first."
            ),
            OneOf(others),
            choices=others,
            when=_has_people,
        ),
        day_field(lambda answers, scene: ([UnitFacts.of(scene).subject], [UnitFacts.of(scene).subject])),
        BASIS,
    ),
    send=lambda answers, scene: _("Look at the change"),
)


def show_end(visit: Visit, subject: str, answers: Answers) -> Say:
    """Show what the end of a unit comes to."""
    day, basis, into = date.fromisoformat(answers["day"]), answers.get("basis") or "", answers.get("into") or ""
    return unit_showing.show(visit, WantedUnits(UnitAct.ENDED, day, basis, [subject], into))


def end(visit: Visit, args: str) -> Say:
    """Answer «/giaithe KHTC»: a unit ends; without one, which."""

    def then(code: str) -> Say:
        why = unit_checks.is_desk(visit, code)
        return visit.open(END, code) if why is None else Say([why], buttons=(unit_showing.UNITS, HOME))

    return unit_listing.one_of(visit, args, "/giaithe", then)


SERVES: Serves[Visit] = allowed(May.KEEP)
END = Conversation(
    "unit_end",
    title=lambda plan, subject: _("The end of {unit}", unit=subject),
    form=lambda plan: END_FORM,
    file=show_end,
    serves=SERVES,
    facts=UnitFacts,
)
FEATURE = Feature(
    __name__,
    commands=(Command("giaithe", _("End a unit"), _("end unit|dissolve"), end, SERVES, listed=False),),
    forms=(END,),
)
