"""Reads an invented office: the folder of tables beside its plan."""

import csv
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from bot.server.settings import PLAN

FOLDERS = PLAN.parent / "demo"


@dataclass(frozen=True)
class InventedOffice:
    """An office that there is not, by the name of the shipped plan that it lives by."""

    name: str

    @property
    def plan(self) -> Path:
        """Its plan file."""
        return PLAN.parent / f"{self.name}.toml"

    @cached_property
    def story(self) -> Mapping[str, Any]:
        """What is said of it as a whole."""
        return tomllib.loads((FOLDERS / self.name / "story.toml").read_text(encoding="utf-8"))

    @property
    def begins(self) -> str:
        """When a visitor finds it."""
        return f"{self.story['begins']:%Y-%m-%dT%H:%M}"

    @property
    def personae(self) -> Mapping[str, str]:
        """The three people a visitor can be: officer, head, office."""
        return dict(self.story["personae"])

    def rows(self, table: str) -> list[dict[str, str]]:
        """Return the rows of one of its tables; none where it has no such table."""
        path = FOLDERS / self.name / f"{table}.csv"
        if not path.exists():
            return []
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file, delimiter=";"))


def names() -> list[str]:
    """Return the names of the invented offices."""
    return sorted(path.name for path in FOLDERS.iterdir() if path.is_dir())


@cache
def office_of(plan: str) -> InventedOffice:
    """Return the office of a shipped plan; any other plan is tried with the first one's."""
    return InventedOffice(plan if plan in names() else PLAN.stem)
