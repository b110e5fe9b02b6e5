"""The tasks of a unit's plan as answers of its form: one value a task, whole lists, what is another in two of them. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any, Self

from bot.dialogue import Answers
from bot.language import Joined, Part, _, fold
from bot.office.duties.alike_titles import SIMILAR, most_alike

LIST, AREA, EACH = "tasks", "tasks_area", "each"
"""The codes of the list and of the area of those that name none; the answer that they are told one by one."""
MOST = 30
"""Tasks of one plan."""
ONE_BY_ONE = 12
"""So many are asked for one after the other; more are written as a list."""


@dataclass(frozen=True, slots=True)
class PlanTask:
    """One task of a plan: what, until when, who is in charge; the area and the sheet where they are known."""

    what: str
    due: str | None = None
    who: int | None = None
    area: str | None = None
    item: str = ""

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Self:
        """Return a task as it is kept in JSON."""
        return cls(kept["what"], kept.get("due"), kept.get("who"), kept.get("area"), kept.get("item") or "")

    def kept(self) -> dict[str, Any]:
        """Return it as it is kept in JSON."""
        return asdict(self)

    @property
    def says(self) -> tuple[str, str | None, int | None, str | None]:
        """What it says, whatever sheet it is."""
        return self.what, self.due, self.who, self.area

    def shown(self, names: Mapping[int, str]) -> Part:
        """Say it as people write it: what; day; who; the area, where it is known."""
        parts: list[Part] = [self.what]
        if self.due is not None:
            parts.append(_("{day}", day=date.fromisoformat(self.due)))
        if self.who is not None:
            parts.append(names.get(self.who, _("somebody who has left")))
        if self.area:
            parts.append(self.area)
        return _("{parts}", parts=Joined(parts, "; "))


def listed(value: Any) -> list[PlanTask]:
    """Return the tasks of a list that was answered; nothing where none was."""
    return [PlanTask.of(each) for each in value] if isinstance(value, list) else []


def code_of(n: int, part: str = "") -> str:
    """Return the code of the n-th task where they are told one by one, or of a part of it."""
    return f"task{n}_{part}" if part else f"task{n}"


CHAIN = frozenset({AREA, *(code_of(n, part) for n in range(1, ONE_BY_ONE + 1) for part in ("", "due", "who"))})
"""Codes that are answers of a sheet being filled in alone: what is sent has the list."""


def tasks_in(answers: Answers) -> list[PlanTask]:
    """Return the tasks that a sheet has so far, however they are told."""
    told = answers.get(LIST)
    found = listed(told)
    for n in range(1, ONE_BY_ONE + 1) if told == EACH else ():
        one = answers.get(code_of(n))
        if not one:
            break
        task = PlanTask.of(one)
        found.append(
            replace(
                task,
                due=task.due or answers.get(code_of(n, "due")),
                who=task.who if task.who is not None else answers.get(code_of(n, "who")),
            )
        )
    return found


def whole(answers: Answers, standing: Sequence[PlanTask], people: Sequence[int], head: int | None) -> dict[str, Any]:
    """Return the answers with the tasks as one list, each with its sheet where it has one.

    In charge of what nobody of the unit is any more is its head.
    """
    rest = {code: value for code, value in answers.items() if code not in CHAIN}
    if LIST not in answers:
        return rest
    area = answers.get(AREA)
    found = [
        replace(each, area=each.area or area or "", who=each.who if each.who in people else head)
        for each in carried(standing, tasks_in(answers))
    ]
    return {**rest, LIST: [each.kept() for each in found] or None}


def carried(before: Sequence[PlanTask], after: Sequence[PlanTask]) -> list[PlanTask]:
    """Return a list that was written anew, each task with the sheet and area of the one before that is called so."""
    taken = {each.item for each in after}
    left, found = [each for each in before if not each.item or each.item not in taken], list(after)
    for sure in (True, False):
        for n, task in enumerate(found):
            if task.item or not left:
                continue
            place = most_alike(task.what, [each.what for each in left], {}, 100 if sure else SIMILAR)
            if place is not None:
                old = left.pop(place)
                found[n] = replace(task, item=old.item, area=task.area or old.area)
    return found


def apart(old: Any, new: Any, names: Mapping[int, str]) -> Iterator[tuple[Part, Part, Part]]:
    """Yield what is another in two lists, task by task: its name, what it was, what it is."""
    before, after = listed(old), listed(new)
    kept: list[PlanTask] = []
    for task in after:
        was = next((each for each in before if each not in kept and _same(each, task)), None)
        if was is None:
            yield _("New task"), _("nothing"), task.shown(names)
            continue
        kept.append(was)
        if was.says != task.says:
            yield _name(was), was.shown(names), task.shown(names)
    for was in before:
        if was not in kept:
            yield _name(was), was.shown(names), _("no longer in the plan")


def _same(one: PlanTask, other: PlanTask) -> bool:
    if one.item and other.item:
        return one.item == other.item
    return fold(one.what) == fold(other.what)


def _name(task: PlanTask) -> Part:
    return _("Task {code}", code=task.item) if task.item else _("Task")
