"""Register an initiative, a model or a key task: what its sheet looks at, and how it is filed. Inside the transaction."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from bot.conversation import Visit
from bot.dialogue import Answers, Facts
from bot.language import Part, fold, places
from bot.movement import Plan
from bot.office import head_titles
from bot.office.duties import item_texts
from storage import initiatives, item_authors, people
from storage.initiatives import EDITABLE, Initiative, ItemState, Titled
from storage.people import Person


def kind_named(plan: Plan, said: str) -> tuple[str, str] | None:
    """Return the kind that words begin with, and what else was said: «sáng kiến: title»; pure."""
    for kind in plan.kinds:
        for name in sorted({kind.code, fold(kind.short), *map(fold, kind.words)}, key=len, reverse=True):
            count = len(name.split())
            words = re.split(r"[\s:,.]+", said, maxsplit=count)
            if fold(" ".join(words[:count])) == name:
                return kind.code, "".join(words[count:])
    return None


def may_write(visit: Visit, subject: str) -> bool:
    """Whether it is a new sheet of my unit, or one that I have written for it."""
    item = None if subject.isdecimal() else visit.tx.one(initiatives.BY_CODE, code=subject)
    return subject.isdecimal() or (item is not None and item_texts.writes(visit, item))


def shares_of(answers: Answers, me: int) -> list[tuple[int, str]]:
    """Return the authors with their shares; who writes for the whole unit stands for it."""
    authors = answers.get("authors") or []
    return [(me, "100")] if authors == "unit" else [(a[0], a[1]) for a in authors]


def _asked_to_confirm(visit: Visit, unit: str, shares: Sequence[tuple[int, str]]) -> Sequence[Person]:
    """Return who confirms the sheet: nobody who wrote it or is one of its authors."""
    return item_texts.asked_to_confirm(visit, unit, [visit.me.id, *(person for person, _share in shares)])


class RegisterFacts(Facts):
    """What the sheet looks at; its subject is a year, or the code of an item that is being changed."""

    def __init__(self, visit: Visit, subject: str) -> None:
        self._visit, self._subject = visit, subject
        self.year = int(subject if subject.isdecimal() else subject.split("-")[1])

    @cached_property
    def item(self) -> Initiative | None:
        """The item that is being changed."""
        return None if self._subject.isdecimal() else self._visit.tx.one(initiatives.BY_CODE, code=self._subject)

    @cached_property
    def sent(self) -> datetime | None:
        """When it was sent before, where it waits."""
        return self.item.changed if self.item is not None and self.item.state != ItemState.RETURNED else None

    @cached_property
    def roster(self) -> Sequence[tuple[int, str, Part]]:
        """Everybody who may be named: id, name, unit."""
        return [(p.id, p.name, place) for p, place in places(self._visit.tx.all(people.EVERYBODY))]

    @cached_property
    def unit(self) -> Sequence[Person]:
        """The people of my unit."""
        return self._visit.tx.all(people.OF_UNIT, unit=self._visit.me.unit)

    @cached_property
    def compared(self) -> Sequence[Titled]:
        """The titles that a new one is compared with."""
        return self._visit.tx.all(initiatives.COMPARED, unit=self._visit.me.unit)

    @cached_property
    def head_title(self) -> Part:
        """What the head of my unit is called."""
        return head_titles.of_unit(self._visit, self._visit.me.unit)

    def confirmer(self, answers: Answers) -> Person | None:
        """Return who is asked first to confirm the sheet as it stands."""
        me = self._visit.me
        return next(iter(_asked_to_confirm(self._visit, me.unit, shares_of(answers, me.id))), None)


@dataclass(frozen=True, slots=True)
class Registered:
    """A sheet that was filed: who has to act on it, and whom it names."""

    code: str
    asked: Sequence[Person]
    authors: Sequence[int]
    """Other than whoever wrote it."""
    names: Sequence[str]
    """Of co-authors, to be said."""


def file(kind: str, visit: Visit, subject: str, answers: Answers) -> Registered | None:
    """Store an item under a new code, or change it; None where it cannot be changed any more."""
    tx, me, content = visit.tx, visit.me, item_texts.content_of(answers)
    if subject.isdecimal():
        code, unit = initiatives.next_code(tx, prefix=visit.plan.kind(kind).prefix, year=int(subject)), me.unit
        id = initiatives.add(
            tx,
            content,
            code=code,
            kind=kind,
            year=int(subject),
            unit=unit,
            by=me.id,
            now=visit.said,
            plan_hash=visit.office.plan_hash,
        )
    else:
        item = tx.one(initiatives.BY_CODE, code=subject)
        assert item is not None
        if item.state not in EDITABLE:
            return None
        code, id, unit = item.code, item.id, item.unit
        initiatives.change(tx, content, id=id, now=visit.said)
    shares, summary, named = shares_of(answers, me.id), answers.get("summary"), answers.get("authors")
    item_authors.put(tx, id=id, shares=shares if kind != "nv" else [])
    if isinstance(summary, dict):
        visit.keep_files(summary["files"], record=code)
    visit.note("registered" if subject.isdecimal() else "changed", code)
    return Registered(
        code,
        _asked_to_confirm(visit, unit, shares),
        [person for person, _share in shares if person != me.id],
        [name for person, _share, name in named if person != me.id] if isinstance(named, list) else [],
    )
