"""The questions by which a unit tells the tasks of its plan: as a list, one by one, or as last year. Pure; they look at `UnitPlanFacts`."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from bot.dialogue import Answers, Choice, Day, Field, OneOf, Scene
from bot.language import Count, Joined, Part, _, fold
from bot.movement import titled
from bot.office.duties.alike_titles import most_alike
from bot.office.duties.plan_task_lists import AREA, EACH, LIST, MOST, ONE_BY_ONE, code_of, listed, tasks_in
from bot.office.duties.plan_task_reading import OneTask, TaskList, lacks, outside
from bot.office.duties.unit_plan import UnitPlanFacts


def _kind(scene: Scene) -> Any:
    return UnitPlanFacts.of(scene).task_kind


def asked(answers: Answers, scene: Scene) -> bool:
    """Whether plans of units have tasks here."""
    return _kind(scene) is not None


def _colleagues(answers: Answers, scene: Scene) -> Sequence[Choice]:
    return [Choice(each.id, titled(each), person=each.name) for each in UnitPlanFacts.of(scene).people]


class InCharge(OneOf):
    """One of the people of the unit; who has left it since is still called by name."""

    def show(self, value: Any, scene: Scene) -> Part:
        """Say the person by name."""
        return UnitPlanFacts.of(scene).names.get(value, _("somebody who has left"))


def _told(n: int) -> Callable[[Answers, Scene], bool]:
    """Whether the n-th task may be asked for: they are told one by one, and all before it are there."""

    def may(answers: Answers, scene: Scene) -> bool:
        if not asked(answers, scene) or answers.get(LIST) != EACH:
            return False
        return n == 1 or (len(tasks_in(answers)) >= n - 1 and not lacks(tasks_in(answers)[n - 2]))

    return may


def _open(n: int, part: str) -> Callable[[Answers, Scene], bool]:
    def may(answers: Answers, scene: Scene) -> bool:
        one: Mapping[str, Any] = answers.get(code_of(n)) or {}
        return answers.get(LIST) == EACH and asked(answers, scene) and bool(one) and one.get(part) is None

    return may


def _twice(n: int) -> Callable[[Any, Answers, Scene], Part | None]:
    def refuse(value: Any, answers: Answers, scene: Scene) -> Part | None:
        others = [answers.get(code_of(each)) for each in range(1, ONE_BY_ONE + 1) if each != n]
        if value and any(each and fold(each["what"]) == fold(value["what"]) for each in others):
            return _("This task stands in the list already.")
        return None

    return refuse


def _not_then(value: Any, answers: Answers, scene: Scene) -> Part | None:
    wrong = outside(date.fromisoformat(value), UnitPlanFacts.of(scene).year)
    return _("Not recorded: {why}.", why=wrong) if wrong else None


def no_more(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Offer to name no more."""
    return [Choice("", _("No more tasks"))]


def _one(n: int) -> tuple[Field, ...]:
    return (
        Field(
            code_of(n),
            _("Task {n}", n=n),
            _("What is the first task?")
            if n == 1
            else _("What is the next task? There are {n} so far.", n=Count(n - 1)),
            OneTask(),
            example=_example_title if n == 1 else "",
            choices=None if n == 1 else no_more,
            echo=lambda value, answers, scene: (),
            when=_told(n),
            refuse=_twice(n),
            ask_again=lambda value, answers, scene: similar([value] if value else [], answers, scene),
            keep=_("Use the sheet that is there"),
            heading=_("Task {n}", n=n),
        ),
        Field(
            code_of(n, "due"),
            _("Task {n}: to be done by", n=n),
            lambda answers, scene: [_("«{task}»: until which day is it done?", task=answers[code_of(n)]["what"])],
            Day(),
            example=lambda answers, scene: _("{day}", day=date(UnitPlanFacts.of(scene).year, 10, 30)),
            when=_open(n, "due"),
            refuse=_not_then,
            heading=_("Task {n}", n=n),
        ),
        Field(
            code_of(n, "who"),
            _("Task {n}: in charge", n=n),
            lambda answers, scene: [_("«{task}»: who of the unit is in charge?", task=answers[code_of(n)]["what"])],
            InCharge(_colleagues),
            choices=_colleagues,
            when=_open(n, "who"),
            heading=_("Task {n}", n=n),
        ),
    )


# The questions --------------------------------------------------------------------------------


def ways(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Offer to be asked one by one, and the tasks of the year before."""
    facts = UnitPlanFacts.of(scene)
    found = [Choice(EACH, _("One by one"))]
    if taken := facts.last_tasks[:MOST]:
        label = _("The {n} tasks of {year}", n=Count(len(taken)), year=facts.year - 1)
        found.append(Choice([each.kept() for each in taken], label))
    return found


def similar(value: Any, answers: Answers, scene: Scene) -> Part | None:
    """Ask back where the unit has registered something that is called nearly so: that sheet becomes the task."""
    known = UnitPlanFacts.of(scene).registered
    found: list[Part] = []
    for task in listed(value):
        place = None if task.item else most_alike(task.what, [each.title for each in known], scene.plan.abbreviations)
        if place is not None:
            found.append(
                _(
                    "- «{task}» is like {code} «{title}»",
                    task=task.what,
                    code=known[place].code,
                    title=known[place].title,
                )
            )
    if not found:
        return None
    end = _(
        "Is it the same? Then that sheet becomes the task, and no second one is made. Something else gets another name."
    )
    head = _("The unit has registered this already ({n}):", n=Count(len(found)))
    return _("{lines}", lines=Joined([head, *found, end], "\n"))


def _example_title(answers: Answers, scene: Scene) -> Part:
    kind = _kind(scene)
    return kind.example if kind is not None and kind.example else ""


def _example(answers: Answers, scene: Scene) -> Part:
    facts = UnitPlanFacts.of(scene)
    title = _example_title(answers, scene) or _("Put all files of 2015 to 2020 into the archive")
    who = facts.people[-1].name if facts.people else facts.unit.name
    return _("{what}; {day}; {who}", what=title, day=date(facts.year, 10, 30), who=who)


def _ask(answers: Answers, scene: Scene) -> Sequence[Part]:
    now = listed(answers.get(LIST))
    if not now:
        return [_("Which tasks does the plan name? Please write a line for each: what; day; who is in charge.")]
    return [
        _("The tasks of the plan: {tasks}", tasks=TaskList().show(answers[LIST], scene)),
        _(
            "Please write the list anew, or change it: «add: …» with a whole line, «leave out 2», «instead of 2: …» with what is another."
        ),
    ]


def _areas(answers: Answers, scene: Scene) -> Sequence[Choice]:
    return [Choice(area.code, area.short, area.name, area.code) for area in scene.plan.areas]


def _without_area(answers: Answers, scene: Scene) -> bool:
    return asked(answers, scene) and any(not each.area for each in tasks_in(answers))


FIELDS: tuple[Field, ...] = (
    Field(
        LIST,
        _("Tasks"),
        _ask,
        TaskList(),
        example=_example,
        choices=ways,
        skip=_("Not listed"),
        when=asked,
        ask_again=similar,
        keep=_("Use the sheet that is there"),
    ),
    *(field for n in range(1, ONE_BY_ONE + 1) for field in _one(n)),
    Field(
        AREA,
        _("Area of the tasks"),
        _(
            "Which area of the movement do the tasks serve? One of another area has its number at the end of its line: «…; II.3»."
        ),
        OneOf(_areas),
        choices=_areas,
        when=_without_area,
    ),
)
"""What a plan asks about its tasks, after everything else."""
