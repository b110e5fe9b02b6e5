"""Every code that is said anywhere, looked up once when the process starts: an unknown one stops it with its place.

What is told, opened and begun is an object (`Notice`, `Conversation`, `JobKind`), so it is enough that no such
object, and no code of a notice, stands in a module without being in a feature. Commands are said in texts
(«/viec tiep 12» behind a button): these are read from the source of the rooms that say them.
"""

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from types import ModuleType

from bot.conversation import ALIASES, Command, Conversation, Feature, Features, JobKind, Notice, posts
from bot.language import _
from bot.movement import BadPlan, Plan, Problem
from bot.office.duties.duty_kinds import KINDS
from storage.outbox import NoticeCode

ROOMS = ("bot", "handlers", "storage")
SAY = ("handlers", "bot.office", "bot.conversation", "bot.delivery")
"""Rooms whose texts that begin with a slash are commands."""
_SLASH = re.compile(r"""/(?<=["']/)([a-z]+)(?=["' {])""")  # a slash first: where there is none nothing is tried


class Unknown(Exception):
    """Codes that no feature answers, each with its place."""


_right: dict[tuple[int, ...], tuple[object, ...]] = {}
"""What was found right in this process, kept alive, by what it is made of and how much was loaded."""


def check(features: Features) -> None:
    """Look up everything that the code says; raise Unknown."""
    entries = tuple(entry for table in _listed(features) for entry in table.values())
    made_of = (len(sys.modules), *map(id, entries))
    if made_of in _right:
        return
    wrong = [*_objects(features), *_commands(features), *_forms(features)]
    if wrong:
        raise Unknown("; ".join(wrong))
    _right[made_of] = entries


def _listed(features: Features) -> tuple[Mapping[str, object], ...]:
    return features.commands, features.forms, features.notices, features.day_parts, features.jobs


def check_plan(features: Features, plan: Plan) -> None:
    """Look up the commands that a plan in force names; raise BadPlan."""
    unknown = [duty for duty in plan.all_duties if duty.opened_by.partition(" ")[0] not in features.commands]
    if unknown:
        raise BadPlan(
            [
                Problem(
                    f"[[duties]] «{duty.code}» command",
                    _("the assistant has no command «/{command}»", command=duty.opened_by),
                )
                for duty in unknown
            ]
        )


def _modules(rooms: Iterable[str]) -> dict[str, ModuleType]:
    inside = tuple(f"{room}." for room in rooms)
    return {name: module for name, module in list(sys.modules.items()) if f"{name}.".startswith(inside)}


def _objects(features: Features) -> Iterator[str]:
    """Yield what stands in a module and in no feature."""
    known = {id(entry) for table in _listed(features) for entry in table.values()}
    told = features.notices.keys() | features.day_parts.keys()
    for place, value in _values():
        match value:
            case Command(name=code) | Conversation(code=code) | JobKind(code=code) | Notice(code=code):
                if id(value) not in known:
                    yield f"{type(value).__name__} «{code}» is in no feature: {place}"
            case NoticeCode():
                if value not in told:
                    yield f"no feature says the notice «{value}»: {place}"
            case Feature():
                given = (*value.commands, *value.forms, *value.notices, *value.day_parts, *value.jobs)
                if any(id(entry) not in known for entry in given):
                    yield f"the feature is not in the list: {place}"


def _values() -> Iterator[tuple[str, object]]:
    """Yield everything of ours that a module holds under a name."""
    for module, held in _modules(ROOMS).items():
        for name, value in vars(held).items():
            yield f"{module}.{name}", value


def _commands(features: Features) -> Iterator[str]:
    """Yield commands that texts begin with, and that aliases stand for."""
    known = {*features.commands, posts.COMMAND.removeprefix("/")}
    for name, place in _said():
        if name not in known:
            yield f"no feature has the command «/{name}»: {place}"
    for alias, name in ALIASES.items():
        if name not in known:
            yield f"no feature has the command «/{name}»: bot.conversation.commands.ALIASES[{alias!r}]"


@cache
def _said() -> list[tuple[str, str]]:
    """Return every command that a text of the code begins with, and its place."""
    found: list[tuple[str, str]] = []
    for module in _modules(SAY).values():
        if (path := getattr(module, "__file__", None)) is not None:
            source = Path(path).read_text(encoding="utf-8")
            for said in _SLASH.finditer(source):
                line = source.count("\n", 0, said.start()) + 1
                found.append((said[1], f"{path}:{line}"))
    return found


def _forms(features: Features) -> Iterator[str]:
    """Yield forms in which duties are written."""
    for how, kind in KINDS.items():
        if kind.form and kind.form not in features.forms:
            yield f"no feature has the form «{kind.form}»: bot.office.duties.duty_kinds.KINDS[{how!r}]"
