"""Open, change and cancel a class; put people into its list and take them off. Inside the transaction."""

from collections.abc import Iterable
from datetime import date

from bot.conversation import Visit
from bot.dialogue import Answers
from bot.movement import DESK_ROLES
from bot.office.training.class_facts import PREFIX, ClassFacts, posts
from storage import initiatives, training
from storage.training import TrainingClass


def open_class(visit: Visit, answers: Answers) -> TrainingClass:
    """Store a class with its list; return it."""
    days = days_of(answers)
    code = initiatives.next_code(visit.tx, prefix=PREFIX, year=days[1].year)
    training.add_class(
        visit.tx,
        code=code,
        unit=None if visit.me.role in DESK_ROLES else visit.me.unit,
        topic=answers.get("topic") or "",
        name=answers["name"],
        days=days,
        organiser=answers.get("organiser") or "",
        by=visit.me.id,
        now=visit.said,
    )
    visit.note("class_opened", code)
    found = visit.tx.one(training.BY_CODE, code=code)
    assert found is not None
    put(visit, found, answers.get("people") or ())
    return found


def days_of(answers: Answers) -> tuple[date, date]:
    """Return the first and the last day of a class, in their order though the first was corrected after the last."""
    first, last = (date.fromisoformat(answers[key]) for key in ("first", "last"))
    return first, max(first, last)


def change(visit: Visit, found: TrainingClass, answers: Answers) -> None:
    """Store what a class is called, what it is about, when it is and who holds it."""
    training.change_class(
        visit.tx,
        id=found.id,
        topic=answers.get("topic") or "",
        name=answers["name"],
        days=days_of(answers),
        organiser=answers.get("organiser") or "",
    )
    visit.note("class_changed", found.code)


def cancel(visit: Visit, found: TrainingClass) -> bool:
    """Cancel a class, which counts no more; False when it was cancelled already."""
    done = training.cancel(visit.tx, id=found.id, by=visit.me.id, now=visit.said)
    if done:
        visit.note("class_cancelled", found.code)
    return done


def put(visit: Visit, found: TrainingClass, those: Iterable[int]) -> int:
    """Add people whom this person may list; return how many stood in it not yet."""
    able = {person.id for person in ClassFacts(visit, found.code).able}
    new = sum(
        training.put(visit.tx, id=found.id, person=id, by=visit.me.id, now=visit.said)
        for id in dict.fromkeys(those)
        if id in able
    )
    if new:
        visit.note("class_listed", found.code, people=new)
    return new


def take_off(visit: Visit, found: TrainingClass, those: Iterable[int]) -> int:
    """Take people off the list; return how many stood in it."""
    seen = {person.id for person in ClassFacts(visit, found.code).listed}
    gone = sum(
        training.take_off(visit.tx, id=found.id, posts=posts(visit, id), by=visit.me.id, now=visit.said)
        for id in dict.fromkeys(those)
        if id in seen
    )
    if gone:
        visit.note("class_unlisted", found.code, people=gone)
    return gone


def decline(visit: Visit, found: TrainingClass) -> bool:
    """Take whoever speaks off the list: they do not attend, or have not attended; False when they stood in it no more."""
    done = training.take_off(visit.tx, id=found.id, posts=posts(visit), by=visit.me.id, now=visit.said)
    if done:
        visit.note("class_declined", found.code)
    return done
