"""«Tập huấn»: classes of the office and of units; whoever stands in the list of one can say that they do not attend."""

from bot.conversation import HOME, Command, Conversation, Feature, Visit
from bot.dialogue import Button, Say, Value, Wrong
from bot.language import Count, Part, _, fold, number
from bot.movement import titled
from bot.office.announcements.announcement_facts import SHOWN, named
from bot.office.training import class_sheets, keeping_classes
from bot.office.training.class_facts import (
    LISTENERS,
    ClassFacts,
    attends,
    declined,
    find,
    keeps,
    keeps_this,
    mine,
    of_list,
    posts,
)
from handlers import training_file, training_form
from storage import training
from storage.training import TrainingClass

LIST = Button(_("Classes"), "/taphuan")
NEW = Button(_("Open a class"), "/taphuan moi")
MOST = 12


def run(visit: Visit, args: str) -> Say | None:
    """Answer «/taphuan»: the list; «moi» opens a class; with a code one, and what may be done with it."""
    said, _space, rest = args.strip().partition(" ")
    if not said:
        return _list(visit)
    if fold(said) == "moi":
        return visit.open(training_form.OPENING) if keeps(visit) else _list(visit)
    found = find(visit, said)
    if found is None:
        return Say([_("There is no class {code} for {you} to see.", code=said[:40])], buttons=(LIST, HOME))
    word, _space, more = rest.strip().partition(" ")
    if fold(word) == "khongdu":
        return _decline(visit, found, fold(more) == "co")
    if found.cancelled is not None or not keeps_this(visit, found):
        return one(visit, found, every=fold(word) == "du")
    return _kept(visit, found, fold(word), more)


def _kept(visit: Visit, found: TrainingClass, word: str, more: str) -> Say | None:
    """Do what whoever keeps a class may do with it."""
    match word:
        case "them":
            return _people(visit, training_form.ADDING, found, more)
        case "bo":
            return _people(visit, training_form.TAKING_OFF, found, more)
        case "sua":
            return training_form.change(visit, found)
        case "huy":
            return _cancel(visit, found, fold(more) == "co")
        case "tep":
            return visit.open(training_file.SHEET, found.code)
        case "ghi":
            file, _blank, stamp = more.partition(" ")
            return training_file.write_file(visit, found.code, number(file) or 0, number(stamp) or 0)
        case _:
            return one(visit, found, every=word == "du")


def _people(visit: Visit, form: Conversation, found: TrainingClass, names: str) -> Say:
    """Open a form about the list; names that came with the command are its answer, as far as they are sure."""
    if not names.strip():
        return visit.open(form, found.code)
    reading = form.form(visit.plan)["people"].kind.read(names, {}, visit.scene(ClassFacts(visit, found.code)))
    if isinstance(reading, Value):
        return visit.open(form, found.code, typed={"people": reading.value})
    return visit.open(form, found.code, None, reading.why if isinstance(reading, Wrong) else reading.question)


def _list(visit: Visit) -> Say:
    classes, keeper = mine(visit), keeps(visit)
    new = (NEW,) if keeper else ()
    if not classes:
        return Say(
            [_("No class is recorded yet.") if keeper else _("{You} stand in the list of no class.")],
            buttons=(*new, HOME),
        )
    lines: list[Part] = [_("Classes ({n})", n=Count(len(classes)))]
    for each in classes[:MOST]:
        about = {"code": each.code, "name": each.name, "days": class_sheets.days(each.first, each.last)}
        if each.cancelled is not None:
            lines.append(_("- {code}, {days}: {name} (cancelled)", **about))
        elif keeper:
            lines.append(_("- {code}, {days}: {name} ({n} people)", n=Count(each.people), **about))
        else:
            lines.append(_("- {code}, {days}: {name}", **about))
    if len(classes) > MOST:
        lines.append(_("… and {n} more", n=Count(len(classes) - MOST)))
    return Say(lines, buttons=(*(Button(each.code, f"/taphuan {each.code}") for each in classes[:8]), *new, HOME))


def one(visit: Visit, found: TrainingClass, *, every: bool = False) -> Say:
    """Show a class, with its list to whoever keeps it, and what they may do."""
    lines, code = class_sheets.whole(visit, found), found.code
    if found.cancelled is not None:
        return Say([*lines, _("It was cancelled and counts nowhere.")], buttons=(LIST, HOME))
    buttons = list[Button]()
    if keeps_this(visit, found):
        those = of_list(visit, found)
        lines.append(_("List ({n}):", n=Count(len(those))) if those else _("Nobody stands in the list yet."))
        lines += named([(titled(each), each.unit_name) for each in those], every=every)
        if gone := declined(visit, found):
            lines.append(_("Have said that they do not attend ({n}):", n=Count(len(gone))))
            lines += named([(titled(each), each.unit_name) for each in gone])
        if len(those) > SHOWN and not every:
            buttons.append(Button(_("See all ({n})", n=Count(len(those))), f"/taphuan {code} du"))
        buttons += [
            Button(_("Add people"), f"/taphuan {code} them"),
            Button(_("Add from a file"), f"/taphuan {code} tep"),
        ]
        if those:
            buttons.append(Button(_("Take off the list"), f"/taphuan {code} bo"))
        buttons += [
            Button(_("Correct the class"), f"/taphuan {code} sua"),
            Button(_("Cancel the class"), f"/taphuan {code} huy"),
        ]
    if attends(visit, found):
        lines.append(_("{You} stand in the list of this class."))
        buttons.append(Button(_("I do not attend"), f"/taphuan {code} khongdu"))
    return Say(lines, buttons=(*buttons, LIST, HOME))


def _cancel(visit: Visit, found: TrainingClass, sure: bool) -> Say:
    if not sure:
        return Say(
            [_("Cancel {code}? It will count nowhere.", code=found.code), *class_sheets.whole(visit, found)],
            buttons=(
                Button(_("Yes, cancel the class"), f"/taphuan {found.code} huy co"),
                Button(_("Keep the class"), f"/taphuan {found.code}"),
            ),
        )
    keeping_classes.cancel(visit, found)
    return Say([_("✅ {code} is cancelled; it counts nowhere any more.", code=found.code)], buttons=(LIST, HOME))


def _decline(visit: Visit, found: TrainingClass, sure: bool) -> Say:
    if found.cancelled is not None or not attends(visit, found):
        return Say([_("{You} stand in the list of {code} no more.", code=found.code)], buttons=(LIST, HOME))
    if not sure:
        return Say(
            [_("Take {you} off the list of {code}?", code=found.code), *class_sheets.whole(visit, found)],
            buttons=(
                Button(_("Yes, I do not attend"), f"/taphuan {found.code} khongdu co"),
                Button(_("I do attend"), f"/taphuan {found.code}"),
            ),
        )
    keeping_classes.decline(visit, found)
    return Say(
        [_("✅ Noted: {you} do not attend {code}. Whoever keeps the list sees it.", code=found.code)],
        buttons=(LIST, HOME),
    )


def decline(visit: Visit, args: str) -> Say:
    """Answer «tôi không dự»: the one class that is meant, else those among which to choose."""
    classes = visit.tx.all(training.OF_PERSON, posts=posts(visit))
    ahead = [each for each in classes if each.last >= visit.said.date()] or list(classes)
    if len(ahead) == 1:
        return _decline(visit, ahead[0], sure=False)
    if not ahead:
        return Say([_("{You} stand in the list of no class.")], buttons=(HOME,))
    choices = [
        Button(_("{code}: {name}", code=each.code, name=each.name[:40]), f"/taphuan {each.code} khongdu")
        for each in ahead[:8]
    ]
    return Say([_("Which class do {you} not attend?")], buttons=(*choices, HOME))


COMMAND = Command("taphuan", _("Classes"), _("training|classes|a class"), run, LISTENERS, listed=False, seldom=True)
DECLINE = Command(
    "khongdu", _("Not attending a class"), _("I do not attend|not attending"), decline, LISTENERS, listed=False
)
FEATURE = Feature(__name__, commands=(COMMAND, DECLINE))
