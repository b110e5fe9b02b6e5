"""Every module of this folder gathered: what a room of the office adds is a file of its own.

Such a file has what it needs of RULES (its tables), FORMS, NOTICES and HEARD, JOBS, SAID (what may follow a command)
and begin (rows that stand before a way begins, given the line it begins with).
"""

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from tests.authority.forms import Form
from tests.authority.notices import Notified
from tests.authority.rules import Rule
from tests.walking import Change, Row, Walk

MODULES = [
    import_module(f"tests.authority.{each.stem}")
    for each in sorted(Path(__file__).parent.glob("[a-z]*.py"))
    if each.stem != "gathered"
]


def _all(name: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for module in MODULES:
        mine = getattr(module, name, {})
        assert not found.keys() & mine.keys(), (
            f"{name} of {module.__name__}: {sorted(found.keys() & mine.keys())} stands twice"
        )
        found |= mine
    return found


FORMS: Mapping[str, Form] = _all("FORMS")
NOTICES: Mapping[str, Notified] = _all("NOTICES")
JOBS: Mapping[str, set[str]] = _all("JOBS")


def job(walk: Walk, me: Row, before: Row | None, after: Row | None) -> bool:
    assert after is not None
    return after["person"] == me["id"] and me["role"] in JOBS[after["work"]]


RULES: Mapping[str, Rule] = {**_all("RULES"), "job": job}
HEARD: frozenset[str] = frozenset(each for module in MODULES for each in getattr(module, "HEARD", ()))
SAID: tuple[str, ...] = tuple(dict.fromkeys(each for module in MODULES for each in getattr(module, "SAID", ())))
BEGIN: Sequence[Callable[[Walk, str], None]] = [module.begin for module in MODULES if hasattr(module, "begin")]


def begin(walk: Walk, line: str = "") -> None:
    """Lay what every module needs before a way begins."""
    for each in BEGIN:
        each(walk, line)


def wrong(walk: Walk, me: Row | None, changes: Sequence[Change]) -> list[str]:
    """Changes that this person, as they are now, may not cause; a stranger and who is inactive cause none."""
    if me is None or not me["active"]:
        return [table for table, _before, _after in changes]
    return [table for table, before, after in changes if not RULES[table](walk, me, before, after)]
