"""How the tasks of a plan are read: one line, a whole list, a change of the list that is there. Pure; it looks at `UnitPlanFacts`."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bot.dialogue import Answers, Choice, Reading, Scene, Unclear, Value, Wrong
from bot.language import Count, Joined, Part, _, clean_line, fold, person_names, read_day, read_period
from bot.office.duties import plan_task_lists
from bot.office.duties.plan_task_lists import EACH, MOST, PlanTask, listed, tasks_in
from bot.office.duties.unit_plan import UnitPlanFacts
from bot.office.report.differences import Triple

SHORTEST, LONGEST, TOLD = 10, 300, 5
"""Characters of a task; so many wrong lines are told at once."""
_MARK = re.compile(r"^\s*(?:[-–•*+]|\(?[0-9]{1,3}[.)])\s*")
_BETWEEN = re.compile(r"[;|\t]")
_YEAR = re.compile(r"[0-9]{4}")
CHANGES = {"add": _("add|and also"), "leave": _("leave out|without"), "put": _("instead of|replace")}
"""How a list is changed without writing it anew; in the catalogue they are lists, separated by "|"."""


# One line -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Parts:
    """What one line says; `wrong` is why it cannot be taken."""

    task: PlanTask
    wrong: Part = ""


def _line(text: str, scene: Scene) -> _Parts:
    """Read «what; day; who», the area behind where it is known; the order of what follows the task is free."""
    pieces = [clean_line(each).strip(" .") for each in _BETWEEN.split(_MARK.sub("", text, count=1))]
    found = PlanTask(pieces[0])
    for piece in filter(None, pieces[1:]):
        found, wrong = _also(found, piece, scene)
        if wrong:
            return _Parts(found, wrong)
    if len(found.what) < SHORTEST:
        return _Parts(found, _("please write what is done with at least {n} characters", n=SHORTEST))
    if len(found.what) > LONGEST:
        return _Parts(found, _("please keep what is done under {n} characters", n=LONGEST))
    return _Parts(found)


def _also(task: PlanTask, piece: str, scene: Scene) -> tuple[PlanTask, Part]:
    """Return a task with one more thing that is said of it: a day, an area, a person."""
    year = UnitPlanFacts.of(scene).year
    area = next((each.code for each in scene.plan.areas if fold(each.code) == fold(piece)), None)
    if area is not None:
        return replace(task, area=area), ""
    if (day := _day(piece, scene, year)) is not None:
        return replace(task, due=day.isoformat()), outside(day, year)
    who, wrong = _person(piece, scene)
    return replace(task, who=who), wrong


def _day(piece: str, scene: Scene, year: int) -> date | None:
    day = read_day(piece, scene.today, year)
    if day is not None:
        return day
    period = read_period(piece, scene.today)
    if period is None:
        return None
    return (
        period.last if _YEAR.search(piece) else replace(period, year=year, first=period.first.replace(year=year)).last
    )


def outside(day: date, year: int) -> Part:
    if date(year, 1, 1) <= day <= date(year + 1, 12, 31):
        return ""
    return _("{day} is not in {year} or the year after it", day=day, year=year)


def _person(piece: str, scene: Scene) -> tuple[int | None, Part]:
    facts = UnitPlanFacts.of(scene)
    if fold(piece) in ("toi", "me") and any(each.id == scene.person.id for each in facts.people):
        return scene.person.id, ""
    meant = person_names.meant(piece, [(each.name, each) for each in facts.people])
    if len(meant.sure) == 1:
        return meant.sure[0].id, ""
    some = (*meant.sure, *meant.near)[:5]
    if some:
        return None, _(
            "«{name}» may be {names}; please write the whole name",
            name=piece[:60],
            names=Joined([each.name for each in some]),
        )
    return None, _("«{name}» is no day, and nobody of {unit}", name=piece[:60], unit=facts.unit.name)


def lacks(task: PlanTask) -> Part:
    if task.due is None and task.who is None:
        return _("the day and who is in charge are to be added")
    if task.due is None:
        return _("the day until which it is done is to be added")
    return _("who is in charge is to be added") if task.who is None else ""


# The whole list -------------------------------------------------------------------------------


@dataclass(frozen=True)
class TaskList:
    """The tasks, a line each; «thêm …», «bỏ 2», «thay 2: …» change the list as it is."""

    free = True
    text = False
    digits = False

    def sure(self, text: str) -> bool:
        """Whether this is surely a list, whatever it begins with: «Báo cáo chuyên đề; 30/10; …» opens no report."""
        return _BETWEEN.search(text) is not None

    def read(self, text: str, answers: Answers, scene: Scene) -> Reading:
        """Read every line; what cannot be taken is said with its line."""
        now = tasks_in(answers)
        if (changed := _changed(text, now, scene)) is not None:
            return changed
        lines = [each for each in text.splitlines() if each.strip()]
        read = _lines(lines, scene)
        return read if isinstance(read, Wrong) else _taken(plan_task_lists.carried(now, read))

    def show(self, value: Any, scene: Scene) -> Part:
        """Say them, a line each, as they are written."""
        if value == EACH:
            return _("told one by one")
        tasks, names = listed(value), UnitPlanFacts.of(scene).names
        if not tasks:
            return _("not listed")
        lines = [_("({n}) {task}", n=n, task=each.shown(names)) for n, each in enumerate(tasks, 1)]
        return _("{lines}", lines=Joined([_("{n} tasks", n=Count(len(tasks))), *lines], "\n"))

    def apart(self, old: Any, new: Any, scene: Scene) -> Iterator[Triple]:
        """Yield what is another in two lists."""
        return plan_task_lists.apart(old, new, UnitPlanFacts.of(scene).names)


def _lines(lines: Sequence[str], scene: Scene) -> list[PlanTask] | Wrong:
    if len(lines) > MOST:
        return Wrong(_("A plan has {n} tasks at most here; the others stand in its file.", n=MOST))
    found, wrong = list[PlanTask](), list[Part]()
    for n, line in enumerate(lines, 1):
        read = _line(line, scene)
        why = read.wrong or lacks(read.task)
        if not why and any(fold(each.what) == fold(read.task.what) for each in found):
            why = _("this task stands in the list already")
        if why:
            wrong.append(_("Line {n}: {why}.", n=n, why=why))
        found.append(read.task)
    if not wrong:
        return found
    return Wrong(_("{lines}", lines=Joined([*wrong[:TOLD], _LIKE], "\n")))


_LIKE = _("Please write each task on a line of its own: what; day; who is in charge.")


def _taken(tasks: Sequence[PlanTask]) -> Reading:
    if len(tasks) > MOST:
        return Wrong(_("A plan has {n} tasks at most here; the others stand in its file.", n=MOST))
    if len({fold(each.what) for each in tasks}) < len(tasks):
        return Wrong(_("This task stands in the list already."))
    return Value([each.kept() for each in tasks])


def _changed(text: str, now: Sequence[PlanTask], scene: Scene) -> Reading | None:
    """Read a change of the list that is there; None where the text is a list of its own."""
    first, _newline, others = text.strip().partition("\n")
    said = clean_line(first)
    if not now or len(fold(said)) != len(said):
        return None
    for what, words in CHANGES.items():
        for word in sorted(scene.words.say(words).split("|"), key=len, reverse=True):
            found = re.match(rf"{re.escape(fold(word))}(\s*:\s*|\s+)", fold(said))
            if found is None:
                continue
            done = _DO[what](f"{said[found.end() :]}\n{others}".strip(), now, scene)
            if what == "add" and ":" not in found[1]:
                done = _added_or_named(text, done, now, scene)
            if done is not None:
                return done
    return None


def _added_or_named(said: str, added: Reading | None, now: Sequence[PlanTask], scene: Scene) -> Reading | None:
    """Ask back where a task may be called so: «Thêm mới 200 hồ sơ; 30/11; …» adds one, or is the whole list."""
    named = _lines([each for each in said.splitlines() if each.strip()], scene)
    if isinstance(named, Wrong) or not isinstance(added, Value):
        return added if isinstance(named, Wrong) else None
    whole = [each.kept() for each in plan_task_lists.carried(now, named)]
    return Unclear(
        _("Is this added to the list of {n}, or is it the whole list?", n=Count(len(now))),
        [Choice(added.value, _("Add it to the list")), Choice(whole, _("It is the whole list"))],
    )


def _add(rest: str, now: Sequence[PlanTask], scene: Scene) -> Reading | None:
    read = _lines([each for each in rest.splitlines() if each.strip()], scene)
    return read if isinstance(read, Wrong) else _taken([*now, *read])


def _leave(rest: str, now: Sequence[PlanTask], scene: Scene) -> Reading | None:
    if re.fullmatch(r"[0-9]{1,3}(?:\s*(?:,|;|va|và|\s)\s*[0-9]{1,3})*", rest) is None:
        return None
    places = {int(each) for each in re.findall(r"[0-9]+", rest)}
    if strange := sorted(places - set(range(1, len(now) + 1))):
        return Wrong(_("There is no task {n}: the list has {most}.", n=strange[0], most=Count(len(now))))
    return _taken([each for n, each in enumerate(now, 1) if n not in places])


def _put(rest: str, now: Sequence[PlanTask], scene: Scene) -> Reading | None:
    found = re.match(r"([0-9]{1,3})\s*(?:[:.,;]|\s)\s*(\S.*)", rest, re.DOTALL)
    if found is None or "\n" in found[2]:
        return None  # a list of its own may begin like this
    place = int(found[1])
    if not 1 <= place <= len(now):
        return Wrong(_("There is no task {n}: the list has {most}.", n=place, most=Count(len(now))))
    task = now[place - 1]
    for piece in filter(None, (each.strip(" .") for each in _BETWEEN.split(found[2]))):
        other, wrong = _also(task, piece, scene)
        if not wrong:
            task = other
        elif other.due != task.due or not SHORTEST <= len(piece) <= LONGEST or _like_a_name(piece):
            return Wrong(_("Line {n}: {why}.", n=place, why=wrong))
        else:
            task = replace(task, what=clean_line(piece))
    return _taken([*now[: place - 1], task, *now[place:]])


def _like_a_name(piece: str) -> bool:
    """Return whether a piece is written like somebody's name: nobody's, or that of two, it would become a task's."""
    return 2 <= len(piece.split()) <= 5 and all(word[:1].isupper() and word.isalpha() for word in piece.split())


_DO: dict[str, Callable[[str, Sequence[PlanTask], Scene], Reading | None]] = {"add": _add, "leave": _leave, "put": _put}


@dataclass(frozen=True)
class OneTask:
    """One task: what is done, or the whole line."""

    free = True
    text = True
    digits = False

    def read(self, text: str, answers: Answers, scene: Scene) -> Reading:
        """Read what is done, and what else stands on the line."""
        if len([each for each in text.splitlines() if each.strip()]) > 1:
            return Wrong(_("Please write one task; the next one is asked for after it."))
        read = _line(text, scene)
        return Wrong(_("Not recorded: {why}.", why=read.wrong)) if read.wrong else Value(read.task.kept())

    def show(self, value: Any, scene: Scene) -> Part:
        """Say it as people write it."""
        return PlanTask.of(value).shown(UnitPlanFacts.of(scene).names) if value else _("no more tasks")
