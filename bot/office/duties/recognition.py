"""Recognitions of items: what their forms look at and understand, how they are recorded and taken back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from bot.conversation import Visit
from bot.dialogue import Answers, Choice, Facts, Reading, Scene, Value, Window, Wrong
from bot.language import Joined, Part, _, record_codes
from bot.office.duties import item_texts
from bot.office.told import told
from storage import initiatives, item_requests, recognitions
from storage.initiatives import AT_OFFICE, READY, UNDECIDED, Initiative, ItemState
from storage.recognitions import Recognition


class RecogniseFacts(Facts):
    """The items of this year and the last that can be recognised."""

    def __init__(self, visit: Visit, subject: str) -> None:
        self._visit = visit

    @cached_property
    def _known(self) -> Sequence[Initiative]:
        this = self._visit.said.year
        found = [item for year in (this - 1, this) for item in self._visit.tx.all(initiatives.OF_YEAR, year=year)]
        kinds = {kind.code for kind in self._visit.plan.kinds if kind.recognised}
        return [item for item in found if item.kind in kinds and item.state in READY]

    @cached_property
    def items(self) -> Mapping[str, str]:
        """Titles by code, of what the office has received."""
        return {item.code: item.title for item in self._known if item.state in AT_OFFICE}

    @cached_property
    def early(self) -> Sequence[str]:
        """The codes of what has not been received yet."""
        return [item.code for item in self._known if item.state not in AT_OFFICE]

    @cached_property
    def registered(self) -> Mapping[str, date]:
        """The day of registration by code."""
        return {item.code: item.at.date() for item in self._known}

    @cached_property
    def ready(self) -> Sequence[tuple[str, str]]:
        """Codes and titles of what was received and not recognised, newest last."""
        return [(i.code, i.title) for i in self._known if i.state in UNDECIDED][-8:]


@dataclass(frozen=True)
class Codes:
    """Codes of items, as people type them: «012, 015» or whole codes."""

    free = True
    text = False
    digits = True

    def read(self, text: str, answers: Answers, scene: Scene) -> Reading:
        """Read which items are meant; each must be received, and a bare number is a code's, never a place in a list."""
        facts = RecogniseFacts.of(scene)
        found: list[str] = []
        said = record_codes.read_all(text)
        if not said:
            return Wrong(_("There is no item {code} this year or last that could be recognised.", code=text))
        for each in said:
            hits = each.among([*facts.items, *facts.early], scene.today.year)
            if len(hits) == 1 and hits[0] not in facts.items:
                return Wrong(
                    _(
                        "{code} has not been received yet: please receive it first (/tiepnhan {code}), then record the recognition.",
                        code=hits[0],
                    )
                )
            if len(hits) != 1:
                return Wrong(_("There is no item {code} this year or last that could be recognised.", code=str(each)))
            found.append(hits[0])
        return Value(list(dict.fromkeys(found)))

    def show(self, value: Any, scene: Scene) -> Part:
        """Say codes with titles."""
        known = RecogniseFacts.of(scene).items
        return _("{items}", items=Joined([_("{code} «{title}»", code=c, title=known[c]) for c in value], "; "))


def levels(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Offer the levels of recognition of the plan."""
    return [Choice(level.code, level.name) for level in scene.plan.levels]


def _registered(answers: Answers, scene: Scene) -> date | None:
    """Return the day on which the last of the items was registered: no decision recognises it before."""
    days = RecogniseFacts.of(scene).registered
    return max((days[code] for code in answers.get("items") or () if code in days), default=None)


def _year_after(answers: Answers, scene: Scene) -> date | None:
    """Return the end of the year after the items' own."""
    years = [int(code.split("-")[1]) for code in answers.get("items") or ()]
    return date(min(years) + 1, 12, 31) if years else None


SIGNED = Window(
    _registered, _year_after, _("A decision is signed after the sheet was registered, in its year or the next.")
)


def record(visit: Visit, code: str, answers: Answers) -> Sequence[int]:
    """Store the recognition of an item; return whom it concerns."""
    item = visit.tx.one(initiatives.BY_CODE, code=code)
    assert item is not None
    recognitions.put(
        visit.tx,
        id=item.id,
        level=answers["level"],
        decision=answers["decision"],
        day=date.fromisoformat(answers["day"]),
        by=visit.me.id,
        now=visit.said,
    )
    if item.state != ItemState.RECOGNISED:
        initiatives.move(visit.tx, id=item.id, state=ItemState.RECOGNISED, now=visit.said)
        item_requests.answer(visit.tx, item=item.id, now=visit.said)
    visit.note("recognised", code, decision=answers["decision"], level=answers["level"])
    return item_texts.involved(visit, item)


# Taking back ----------------------------------------------------------------------------------


class TakeBackFacts(Facts):
    """The item's recognitions."""

    def __init__(self, visit: Visit, subject: str) -> None:
        self._visit, self.code = visit, subject

    @cached_property
    def _item(self) -> Initiative | None:
        return self._visit.tx.one(initiatives.BY_CODE, code=self.code)

    @cached_property
    def told(self) -> Sequence[Part]:
        """Who hears of it."""
        if self._item is None:
            return []
        concerned = item_texts.concerned(self._visit, self._item)
        return told(self._visit, concerned, _("The authors and the head of their unit are told, with the reason."))

    @cached_property
    def recorded(self) -> Sequence[Recognition]:
        """Its recognitions."""
        return self._visit.tx.all(recognitions.OF_ITEM, id=self._item.id) if self._item is not None else []


def recorded(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Offer the recognitions of the item, by level."""
    return [
        Choice(
            found.level,
            _("{level}, decision {decision}", level=scene.plan.level(found.level).name, decision=found.decision),
        )
        for found in TakeBackFacts.of(scene).recorded
    ]


def _before_it(visit: Visit, item: Initiative) -> ItemState:
    """Return where an item stands without its recognition: where its request was, else received."""
    request = visit.tx.one(item_requests.REQUEST, id=item.id)
    if request is None:
        return ItemState.RECEIVED
    return ItemState.REQUESTED if request.complete is None else ItemState.COMPLETE


def take_back(visit: Visit, code: str, level: str, reason: str) -> tuple[Recognition, Sequence[int]] | None:
    """Delete a recognition, of which the audit keeps what it was and why; return it and whom it concerns."""
    item = visit.tx.one(initiatives.BY_CODE, code=code)
    assert item is not None
    found = visit.tx.all(recognitions.OF_ITEM, id=item.id)
    gone = next((each for each in found if each.level == level), None)
    if gone is None:
        return None
    recognitions.take_back(visit.tx, id=item.id, level=gone.level)
    if len(found) == 1:
        initiatives.move(visit.tx, id=item.id, state=_before_it(visit, item), now=visit.said)
    visit.note("recognition_taken_back", code, decision=gone.decision, level=gone.level, reason=reason)
    return gone, item_texts.concerned(visit, item)
