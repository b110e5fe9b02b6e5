"""An announcement by somebody's hand to many, as its receivers have it: said once, reminded of once, «have read it»."""

from collections.abc import Mapping
from typing import Any

from bot.conversation import EVERYBODY, HOME, MY_TASKS, WHO, Command, Feature, Notice, Visit, whose
from bot.dialogue import Button, Say
from bot.language import Count, Part, Time, _, fold, number
from bot.movement import May
from bot.office.announcements import announcement_texts as texts
from bot.office.announcements import announcing
from bot.office.announcements.announcing import AGAIN, ANNOUNCEMENT
from bot.office.announcements.unanswered import NOTE, unanswered
from storage import announcements, people
from storage.announcements import Announcement, AnnouncementState

MINE = Button(_("Announcements to me"), "/danhan")
MOST = 5
"""So many are offered to be answered at once."""


def run(visit: Visit, args: str) -> Say:
    """Answer «/danhan 12»: noted that I have it; «xem 12»: shows it; «tatca»; alone: what I have not answered."""
    verb, _space, rest = args.strip().partition(" ")
    if fold(verb) == "xem":
        return _shown(visit, _found(visit, rest))
    if fold(verb) in ("tatca", "het"):
        return _all(visit, unanswered(visit))
    if args.strip():
        return _seen(visit, _found(visit, args))
    waiting = unanswered(visit)
    return _seen(visit, waiting[0]) if len(waiting) == 1 else _list(visit, waiting)


def _found(visit: Visit, said: str) -> Announcement | None:
    """Return an announcement that has gone to this person."""
    found = visit.tx.one(announcements.BY_ID, id=number(said.strip()) or 0)
    return found if found is not None and announcing.posts_reached(visit, found.id) else None


def _seen(visit: Visit, found: Announcement | None) -> Say:
    if found is None:
        return _none(visit)
    first = announcing.see(visit, found.id)
    done = _("✅ Noted: {you_name} have read announcement {n}.", n=found.id)
    again = _("That {you_name} have read announcement {n} is noted already.", n=found.id)
    left = [each for each in unanswered(visit) if each.id != found.id]
    more = (Button(_("{n} more to be answered", n=Count(len(left))), "/danhan"),) if left else ()
    return Say([done if first else again], buttons=(*more, MY_TASKS))


def _all(visit: Visit, waiting: list[Announcement]) -> Say:
    for each in waiting:
        announcing.see(visit, each.id)
    if not waiting:
        return _list(visit, waiting)
    return Say(
        [_("✅ Noted: {you_name} have read {n} announcements.", n=Count(len(waiting)))], buttons=(MY_TASKS, HOME)
    )


def _none(visit: Visit) -> Say:
    return Say([_("There is no such announcement to {you_name}.")], buttons=(MINE, HOME))


def _list(visit: Visit, waiting: list[Announcement]) -> Say:
    """List what has come, the newest first; what was not answered is offered to be."""
    newest = visit.tx.all(announcements.TO_PERSON, posts=visit.tx.all(people.EVERY_POST, person=visit.me.id))
    if not newest:
        return Say([_("No announcement has come to {you_name} yet.")], buttons=(HOME,))
    open_ones = {each.id for each in waiting}
    lines: list[Part] = [_("Announcements to {you_name}, the newest first")]
    for each in newest:
        line = _("{n}. {at}: {text}", n=each.id, at=Time(each.due), text=texts.excerpt(each.text))
        lines.append(_("{line} (not answered yet)", line=line) if each.id in open_ones else line)
    buttons = [Button(_("See announcement {n}", n=each.id), f"/danhan xem {each.id}") for each in newest[:MOST]]
    if len(waiting) > 1:
        buttons.insert(0, Button(_("Have read all"), "/danhan tatca"))
    return Say(lines, buttons=(*buttons, HOME))


def _shown(visit: Visit, found: Announcement | None) -> Say:
    if found is None or (say := _said(visit, found)) is None:
        return _none(visit)
    return say


def _said(visit: Visit, found: Announcement) -> Say | None:
    """Return an announcement as it is read, with its files and its button."""
    head = texts.head(visit, found.by)
    if head is None:
        return None
    names, opening = texts.with_files(visit, found)
    return Say([head, found.text, *names], buttons=(_button(found), *opening))


def _button(found: Announcement) -> Button:
    return Button(_("Have read it"), f"/danhan {found.id}")


# What is said unasked -------------------------------------------------------------------------


def announcement(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Tell a receiver: who says it, and what."""
    if "id" not in about:  # by another room, without an answer
        head = texts.head(visit, about["by"])
        return None if head is None else Say([head, about["text"]], buttons=(MY_TASKS,))
    found = visit.tx.one(announcements.BY_ID, id=about["id"])
    return None if found is None else _said(visit, found)


def _theirs(visit: Visit, about: Mapping[str, Any]) -> bool:
    """Whether it is still for this person: they may have moved, or have left the union, since it was sent off."""
    if "id" not in about:
        return True
    found = visit.tx.one(announcements.BY_ID, id=about["id"])
    if found is None or found.state is not AnnouncementState.SENT or not announcing.posts_reached(visit, found.id):
        return False
    return announcing.still_meant(visit.tx, found, visit.me)


def again(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Remind a receiver by the sender's hand, as long as they are silent."""
    found = next((each for each in unanswered(visit) if each.id == about["id"]), None)
    if found is None or (say := _said(visit, found)) is None:
        return None
    return say.after(_("Please say that {you} have read this announcement of {at}.", at=Time(found.due)))


def due(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Remind in the day's message of announcements that were not answered, once each."""
    wanted = about.get(NOTE, ())
    left = [each for each in unanswered(visit) if each.id in wanted and each.reminded is None]
    if not left:
        return None
    lines: list[Part] = [_("Announcements that wait for {you}r answer ({n})", n=Count(len(left)))]
    lines += [_("- {at}: {text}", at=Time(each.due), text=texts.excerpt(each.text)) for each in left]
    if len(left) == 1:
        return Say(lines, buttons=(_button(left[0]), Button(_("See it"), f"/danhan xem {left[0].id}")))
    return Say(lines, buttons=(Button(_("See them"), "/danhan"),))


TO_RECEIVERS = whose(WHO[May.READ], _theirs)
COMMAND = Command(
    "danhan",
    _("Announcements to me"),
    _("have read it|read it|announcements to me|my announcements"),
    run,
    EVERYBODY,
    side=True,
    listed=False,
    acts=("", "*"),
)
FEATURE = Feature(
    __name__,
    commands=(COMMAND,),
    notices=(Notice(ANNOUNCEMENT, announcement, TO_RECEIVERS), Notice(AGAIN, again, TO_RECEIVERS)),
    day_parts=(Notice(NOTE, due, EVERYBODY),),
)
