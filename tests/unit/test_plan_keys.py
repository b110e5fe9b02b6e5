"""Every key of both shipped plans, spoilt in each way: refused at its line, and never with a traceback."""

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.movement.plan import BadPlan, Plan
from bot.movement.plan.declared import declared
from bot.movement.plan.places import Path as Way
from bot.movement.plan.places import places
from bot.server.settings import PLAN
from tests.unit.test_plan_file import COMMANDS, VIETNAMESE, problems

MAY_BE_EMPTY = {
    "place",
    "over",
    "to",
    "grounds",
    "copies",
    "closing",
    "years",
    "aims",
    "words",
    "choice",
    "beside",
    "units",
    "example",
    "area",
    "areas",
    "draft",
    "role",
    "question",
    "head",
    "deputy",
    "due",
    "warned",
    "supplement_warned",
    "watched",
    "in_charge",
}
"""Keys that may say nothing."""


@dataclass(frozen=True)
class Shipped:
    """A plan as it is written, with its keys."""

    lines: list[str]
    ways: dict[int, Way] = field(default_factory=dict)
    """By line the key or table that begins there."""
    keys: dict[str, int] = field(default_factory=dict)
    """Every key, by a name without numbers, with the first line on which it stands."""

    @classmethod
    def read(cls, path: Path) -> "Shipped":
        """Read a plan file."""
        text = path.read_text(encoding="utf-8")
        found = cls(text.split("\n"))
        found.ways.update((line, way) for way, line in reversed(list(places(text).items())) if isinstance(way[-1], str))
        for number, way in sorted(found.ways.items()):
            if re.match(r'[\w"]+ = ', found.lines[number - 1]) and way[0] not in ("clauses", "abbreviations"):
                found.keys.setdefault(".".join(str(step) for step in way if isinstance(step, str)), number)
        return found

    def pair(self, key: str) -> tuple[int, int, str]:
        """A pair with all its lines: where it begins, how many there are, and its name."""
        number = self.keys[key]
        name, n = self.lines[number - 1].partition(" = ")[0], 1
        while self.lines[number - 1].rstrip().endswith("[") and self.lines[number + n - 2] != "]":
            n += 1
        return number, n, name

    def put(self, key: str, *lines: str) -> str:
        """The plan with other lines for a whole pair."""
        number, n, _name = self.pair(key)
        return "\n".join([*self.lines[: number - 1], *lines, *self.lines[number - 1 + n :]])


PLANS = {path.stem: Shipped.read(path) for path in sorted(PLAN.parent.glob("*.toml"))}
KEYS = [pytest.param(plan, key, id=f"{name}:{key}") for name, plan in PLANS.items() for key in plan.keys]


def test_both_shipped_plans_are_looked_at() -> None:
    assert len(PLANS) == 2
    assert all(len(plan.keys) > 70 for plan in PLANS.values())


@pytest.mark.parametrize(("plan", "key"), KEYS)
def test_a_key_of_the_wrong_type_is_refused(plan: Shipped, key: str) -> None:
    number, _n, name = plan.pair(key)
    wrong = "12" if '"' in plan.lines[number - 1] else '"không phải thế"'
    assert number in [each.line for each in problems(plan.put(key, f"{name} = {wrong}"))]


@pytest.mark.parametrize(("plan", "key"), KEYS)
def test_a_misspelt_key_is_refused_and_the_right_one_named(plan: Shipped, key: str) -> None:
    number, n, name = plan.pair(key)
    misspelt = name[:-1] + name[-1] * 2 + "x"
    lines = [*plan.lines]
    lines[number - 1] = lines[number - 1].replace(name, misspelt, 1)
    found = problems("\n".join(lines))
    said = VIETNAMESE.say(next(each for each in found if each.line == number).what)
    assert f"có phải «{name}» không?" in said or n > 1


@pytest.mark.parametrize(("plan", "key"), KEYS)
def test_a_key_that_stands_twice_is_refused(plan: Shipped, key: str) -> None:
    number, n, _name = plan.pair(key)
    again = plan.lines[number - 1 : number - 1 + n]
    found = problems(plan.put(key, *again, *again))
    assert number < found[0].line <= number + 2 * n


@pytest.mark.parametrize(
    ("plan", "key"), [each for each in KEYS if str(each.values[1]).rpartition(".")[2] not in MAY_BE_EMPTY]
)
def test_an_empty_key_is_refused(plan: Shipped, key: str) -> None:
    number, n, name = plan.pair(key)
    value = tomllib.loads("\n".join(plan.lines[number - 1 : number - 1 + n]))[name]
    if isinstance(value, str | list):
        assert number in [each.line for each in problems(plan.put(key, f"{name} = {type(value)()!r}"))]


@pytest.mark.parametrize(("plan", "key"), KEYS)
def test_a_key_that_is_gone_is_missed_unless_it_may_be(plan: Shipped, key: str) -> None:
    way = plan.ways[plan.keys[key]]
    holder = declared(Plan, way[:-1])
    assert holder is not None
    without = plan.put(key)
    if holder.kind.model_fields[way[-1]].is_required():
        assert any(each.where.endswith(str(way[-1])) for each in problems(without))
    else:
        try:
            Plan.parse(without, COMMANDS)
        except BadPlan:
            problems(without)


def test_every_day_that_the_plan_does_not_name_is_marked_as_the_office_s_own() -> None:
    days = [
        (n, line)
        for n, line in enumerate(PLAN.read_text(encoding="utf-8").split("\n"))
        if re.match(r'[a-z_]+ = "\d\d-\d\d"', line)
    ]
    unmarked = [line for _n, line in days if "office's own" not in line]
    assert len(days) > 12
    assert [line.split("#")[0].strip() for line in unmarked] == ['before = "11-10"'], "VI.4 names this day alone"
