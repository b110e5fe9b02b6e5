"""The forms of a class: opened, corrected, people put into its list and taken off."""

from bot.conversation import HOME, Conversation, Feature, Visit
from bot.dialogue import Answers, Button, Say
from bot.language import Count, _
from bot.office.training import keeping_classes
from bot.office.training.class_facts import KEEPERS, OF_CLASS, ClassFacts, of_subject, stamp
from bot.office.training.class_sheets import ADD_FORM, CHANGE_FORM, OFF_FORM, OPEN_FORM, whole
from storage.training import TrainingClass

# What they file -----------------------------------------------------------------------------------


def _see(code: str) -> tuple[Button, ...]:
    return (Button(_("See {code}", code=code), f"/taphuan {code}"), HOME)


def open_class(visit: Visit, subject: str, answers: Answers) -> Say:
    """Store a class with its list."""
    found = keeping_classes.open_class(visit, answers)
    n = Count(len(ClassFacts(visit, found.code).listed))
    return Say([_("✅ Recorded: {code}, with {n} people in its list.", code=found.code, n=n)], buttons=_see(found.code))


def change(visit: Visit, found: TrainingClass) -> Say:
    """Open a class to be corrected, as it stands."""
    answers: Answers = {
        "topic": found.topic,
        "name": found.name,
        "first": found.first.isoformat(),
        "last": found.last.isoformat(),
        "organiser": found.organiser or None,
    }
    return visit.open(CHANGING, f"{found.code}:{stamp(found)}", answers)


def _gone(found: TrainingClass | None) -> Say | None:
    """Say that a class was cancelled meanwhile."""
    if found is None or found.cancelled is None:
        return None
    return Say(
        [_("{code} was cancelled meanwhile, so nothing was changed.", code=found.code)], buttons=_see(found.code)
    )


def put_right(visit: Visit, subject: str, answers: Answers) -> Say:
    """Store what was corrected, unless somebody has changed the class meanwhile."""
    found = of_subject(visit, subject)
    assert found is not None
    if (gone := _gone(found)) is not None:
        return gone
    if stamp(found) != subject.partition(":")[2]:
        lines = [_("{code} has changed meanwhile, so nothing was written. It stands now:", code=found.code)]
        return Say([*lines, *whole(visit, found)], buttons=_see(found.code))
    keeping_classes.change(visit, found, answers)
    return Say([_("✅ {code} is corrected.", code=found.code)], buttons=_see(found.code))


def add(visit: Visit, subject: str, answers: Answers) -> Say:
    """Add people to the list."""
    found = of_subject(visit, subject)
    assert found is not None
    if (gone := _gone(found)) is not None:
        return gone
    new = Count(keeping_classes.put(visit, found, answers["people"]))
    n = Count(len(ClassFacts(visit, subject).listed))
    done = _("✅ {new} people were put into the list of {code}; it has {n}.", new=new, code=found.code, n=n)
    return Say([done], buttons=_see(found.code))


def take_off(visit: Visit, subject: str, answers: Answers) -> Say:
    """Take people off the list."""
    found = of_subject(visit, subject)
    assert found is not None
    if (gone := _gone(found)) is not None:
        return gone
    out = Count(keeping_classes.take_off(visit, found, answers["people"]))
    n = Count(len(ClassFacts(visit, subject).listed))
    done = _("✅ {out} people were taken off the list of {code}; it has {n}.", out=out, code=found.code, n=n)
    return Say([done], buttons=_see(found.code))


OPENING = Conversation(
    "class_open",
    title=lambda plan, subject: _("A new class"),
    form=lambda plan: OPEN_FORM,
    file=open_class,
    serves=KEEPERS,
    facts=ClassFacts,
)
CHANGING = Conversation(
    "class_change",
    title=lambda plan, subject: _("Class {code}", code=subject.partition(":")[0]),
    form=lambda plan: CHANGE_FORM,
    file=put_right,
    serves=OF_CLASS,
    facts=ClassFacts,
)
ADDING = Conversation(
    "class_add",
    title=lambda plan, subject: _("Adding to the list of {code}", code=subject),
    form=lambda plan: ADD_FORM,
    file=add,
    serves=OF_CLASS,
    facts=ClassFacts,
)
TAKING_OFF = Conversation(
    "class_off",
    title=lambda plan, subject: _("Taking off the list of {code}", code=subject),
    form=lambda plan: OFF_FORM,
    file=take_off,
    serves=OF_CLASS,
    facts=ClassFacts,
)
FEATURE = Feature(__name__, forms=(OPENING, CHANGING, ADDING, TAKING_OFF))
