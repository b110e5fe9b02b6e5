"""Register something of a kind that the plan declares: what its sheet looks at, and how it is filed. Inside the transaction."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from bot.conversation import Visit
from bot.dialogue import Answers, Facts
from bot.language import Part, fold, places
from bot.movement import FieldType, ItemKind, Plan
from bot.office import head_titles
from bot.office.duties import item_texts
from storage import initiatives, item_answers, item_authors, item_requests, paper_sources, people
from storage.initiatives import EDITABLE, Initiative, ItemContent, ItemState, Titled
from storage.people import Person

FORM = "register_{kind}"
"""What the form of each kind is called."""


def kind_named(plan: Plan, said: str) -> tuple[ItemKind, str] | None:
    """Return the kind that words begin with, and what else was said: «sáng kiến: title»; the longest name counts; pure."""
    names = {(fold(name), kind.code): kind for kind in plan.kinds for name in (kind.code, kind.short, *kind.words)}
    for name, code in sorted(names, key=lambda each: len(each[0]), reverse=True):
        count = len(name.split())
        words = re.split(r"[\s:,.]+", said, maxsplit=count)
        if fold(" ".join(words[:count])) == name:
            return names[name, code], "".join(words[count:])
    return None


def may_write(visit: Visit, subject: str) -> bool:
    """Whether it is a new sheet of my unit, or one that I have written for it."""
    item = None if subject.isdecimal() else visit.tx.one(initiatives.BY_CODE, code=subject)
    return subject.isdecimal() or (item is not None and item_texts.writes(visit, item))


@dataclass(frozen=True, slots=True)
class Doers:
    """Whose work a sheet is."""

    shares: Sequence[tuple[int, str]] = ()
    """The authors with their shares; who writes for the whole unit stands for it."""
    collective: bool = False
    charge: int | None = None

    @property
    def ids(self) -> list[int]:
        """Everybody of them."""
        return [*(person for person, _share in self.shares), *([self.charge] if self.charge is not None else [])]


def doers(kind: ItemKind, answers: Answers, me: int) -> Doers:
    """Return whose work it is by the answers so far, as the kind asks it."""
    said = answers.get(kind.whose.code) if kind.whose is not None else "unit"
    if said == "unit":
        return Doers([(me, "100")], collective=True)
    if isinstance(said, int):
        return Doers(charge=said)
    return Doers([(each[0], each[1]) for each in said]) if isinstance(said, list) else Doers()


def _asked_to_confirm(visit: Visit, unit: str, of: Doers) -> Sequence[Person]:
    """Return who confirms the sheet: nobody who wrote it, is one of its authors or in charge of it."""
    return item_texts.asked_to_confirm(visit, unit, [visit.me.id, *of.ids])


class RegisterFacts(Facts):
    """What the sheet looks at; its subject is a year, or the code of an item that is being changed."""

    def __init__(self, kind: str, visit: Visit, subject: str) -> None:
        self._kind, self._visit, self._subject = kind, visit, subject
        self.year = int(subject if subject.isdecimal() else subject.split("-")[1])

    @cached_property
    def kind(self) -> ItemKind:
        """What is registered."""
        return self._visit.plan.kind(self._kind)

    @cached_property
    def item(self) -> Initiative | None:
        """The item that is being changed."""
        return None if self._subject.isdecimal() else self._visit.tx.one(initiatives.BY_CODE, code=self._subject)

    @cached_property
    def adds(self) -> bool:
        """Whether the sheet has been sent: whoever opens it to add to it is asked what is empty."""
        return self.item is not None

    @cached_property
    def before(self) -> Answers | None:
        """What counts of it, while it may be corrected: nothing unless somebody has looked."""
        return None

    @cached_property
    def sent(self) -> datetime | None:
        """When it was sent before, where it waits."""
        return self.item.changed if self.item is not None and self.item.state != ItemState.RETURNED else None

    @cached_property
    def roster(self) -> Sequence[tuple[int, str, Part]]:
        """Everybody who may be named: id, name, unit."""
        return [(p.id, p.name, place) for p, place in places(self._visit.tx.all(people.EVERYBODY))]

    @cached_property
    def writer(self) -> Person | None:
        """Who writes it for themselves or their unit; None where the office writes for another unit."""
        return self._visit.me

    @cached_property
    def puts_right(self) -> bool:
        """Whether whoever sends for the unit changes what the office has filed for it: nobody confirms that any more."""
        item = self.item
        return item is not None and item_texts.filed_for(self._visit, item) and item_texts.sends_for(self._visit)

    @cached_property
    def unit_code(self) -> str:
        """The unit that it is registered for."""
        return self._visit.me.unit

    @cached_property
    def unit_name(self) -> str:
        """What that unit is called."""
        return self._visit.me.unit_name

    @cached_property
    def unit(self) -> Sequence[Person]:
        """The people of the unit."""
        return self._visit.tx.all(people.OF_UNIT, unit=self.unit_code)

    @cached_property
    def compared(self) -> Sequence[Titled]:
        """The titles that a new one is compared with."""
        return self._visit.tx.all(initiatives.COMPARED, unit=self.unit_code)

    @cached_property
    def head_title(self) -> Part:
        """What the head of the unit is called."""
        return head_titles.of_unit(self._visit, self.unit_code)

    def title_of(self, person: Person) -> Part:
        """Return what somebody who confirms for the head is called."""
        return head_titles.of_person(self._visit, person)

    def confirmer(self, answers: Answers) -> Person | None:
        """Return who is asked first to confirm the sheet as it stands."""
        me = self._visit.me
        return next(iter(_asked_to_confirm(self._visit, me.unit, doers(self.kind, answers, me.id))), None)


@dataclass(frozen=True, slots=True)
class Registered:
    """A sheet that was filed: who has to act on it, and whom it names."""

    code: str
    asked: Sequence[Person]
    authors: Sequence[int]
    """Other than whoever wrote it."""
    names: Sequence[str]
    """Of co-authors, to be said."""
    empty: Sequence[Part] = ()
    """What may be added to it, by its name on the sheet."""
    confirmed: bool = False
    """Whether nobody has to confirm it any more: its head has put right what the office had filed."""


def file(kind: ItemKind, visit: Visit, subject: str, answers: Answers) -> Registered | None:
    """Store an item under a new code, or change it; None where it cannot be changed any more."""
    tx, me, of, confirmed = visit.tx, visit.me, doers(kind, answers, visit.me.id), False
    content = _content(answers, of)
    if subject.isdecimal():
        code, unit = initiatives.next_code(tx, prefix=kind.prefix, year=int(subject)), me.unit
        id, version = (
            initiatives.add(
                tx,
                content,
                code=code,
                kind=kind.code,
                year=int(subject),
                unit=unit,
                by=me.id,
                now=visit.said,
                plan_hash=visit.office.plan_hash,
            ),
            1,
        )
    else:
        item = tx.one(initiatives.BY_CODE, code=subject)
        assert item is not None
        if item.state not in EDITABLE:
            return None
        code, id, unit = item.code, item.id, item.unit
        version = initiatives.change(tx, content, id=id, now=visit.said, plan_hash=visit.office.plan_hash)
        item_requests.answer(tx, item=id, now=visit.said)
        confirmed = item_texts.filed_for(visit, item) and _put_right(visit, item)
    put_parts(visit, kind, code, id, version, of, answers)
    visit.note("registered" if subject.isdecimal() else "changed", code)
    named = answers.get(kind.whose.code) if kind.whose is not None else None
    return Registered(
        code,
        () if confirmed else _asked_to_confirm(visit, unit, of),
        [person for person, _share in of.shares if person != me.id],
        [name for person, _share, name in named if person != me.id] if isinstance(named, list) else [],
        [asked.label for asked in kind.asked if not asked.required and not answers.get(asked.code)],
        confirmed,
    )


def _files(answers: Mapping[str, Any]) -> list[int]:
    """Return the files that answers name."""
    return [id for value in answers.values() if isinstance(value, dict) for id in value.get("files", ())]


def _put_right(visit: Visit, item: Initiative) -> bool:
    """Mark what the office had filed as the unit's own; return whether that has confirmed it: whoever sends has changed it."""
    initiatives.hand_over(visit.tx, id=item.id, by=visit.me.id)
    paper_sources.replace(visit.tx, record=item.code, now=visit.said)
    if not item_texts.sends_for(visit):
        return False
    initiatives.move(visit.tx, id=item.id, state=ItemState.CONFIRMED, now=visit.said)
    return True


def put_parts(visit: Visit, kind: ItemKind, code: str, id: int, version: int, of: Doers, answers: Answers) -> None:
    """Store whose work a sheet is, its answers and its files."""
    item_authors.put(visit.tx, id=id, shares=of.shares)
    before = _files(item_answers.of(visit.tx, id)) if version > 1 else []
    _answers(visit, kind, id, version, answers)
    visit.keep_files(_files(answers), record=code)
    visit.replace_files(before, _files(item_answers.of(visit.tx, id)), code)


def _content(answers: Answers, of: Doers) -> ItemContent:
    return ItemContent(answers["title"], fold(answers["title"]), answers["area"], of.collective, of.charge)


def rewrite(visit: Visit, kind: ItemKind, item: Initiative, answers: Answers, by: int, state: ItemState) -> None:
    """Store other answers of a sheet whose state stays as it is: a correction that was received."""
    of = doers(kind, answers, by)
    version = initiatives.change(
        visit.tx, _content(answers, of), id=item.id, now=visit.said, plan_hash=visit.office.plan_hash, state=state
    )
    item_authors.put(visit.tx, id=item.id, shares=of.shares)
    _answers(visit, kind, item.id, version, answers)


def _answers(visit: Visit, kind: ItemKind, id: int, version: int, answers: Answers) -> None:
    """Store what is answered otherwise than before; what the plan asks no more stays as it was."""
    was = item_answers.of(visit.tx, id) if version > 1 else {}
    for field in kind.asked:
        value = answers.get(field.code)
        if field != kind.whose and value != was.get(field.code):
            person = value if field.type is FieldType.PERSON else None
            item_answers.put(visit.tx, id=id, version=version, field=field.code, value=value, person=person)
