"""What a field of a request may be: its kinds and limits, as the platforms' documents give them."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Rule:
    """One field. Limits are of a number's value, a text's UTF-16 units or a list's length."""

    kinds: tuple[str, ...]
    required: bool = False
    least: int | None = None
    most: int | None = None
    like: str = ""

    def read(self, value: Any) -> Any:
        """A form's text as what it stands for; JSON comes as it is."""
        if not isinstance(value, str) or "string" in self.lower() or "inputfile" in self.lower():
            return value
        try:
            return json.loads(value)
        except ValueError:
            return value

    def lower(self) -> tuple[str, ...]:
        return tuple(kind.lower() for kind in self.kinds)

    def wrong(self, value: Any) -> str:
        """What is wrong with a value; "" when nothing is."""
        if not any(_is(kind, value) for kind in self.lower()):
            return f"is {type(value).__name__}, not {' or '.join(self.kinds)}"
        size = _size(value)
        if size is not None and not (self.least or 0) <= size <= (self.most or size):
            return f"is {size}, not {self.least} to {self.most}"
        if self.like and not re.fullmatch(self.like, str(value)):
            return "is written wrongly"
        return ""


Rules = Mapping[str, Rule]


def wrongs(rules: Rules, given: Mapping[str, Any]) -> Iterator[str]:
    """Everything that is wrong with a request."""
    for name in given.keys() - rules.keys():
        yield f"there is no field {name}"
    for name, rule in rules.items():
        if name not in given:
            if rule.required:
                yield f"{name} is missing"
        elif why := rule.wrong(given[name]):
            yield f"{name} {why}"


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _size(value: Any) -> int | None:
    if isinstance(value, str):
        return units(value)
    if isinstance(value, list):
        return len(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _is(kind: str, value: Any) -> bool:
    if kind == "boolean":
        return isinstance(value, bool)
    if kind == "integer":
        return isinstance(value, int) and not isinstance(value, bool)
    if kind in ("string", "inputfile"):
        return isinstance(value, str)
    if kind.startswith("array"):
        return isinstance(value, list)
    return isinstance(value, dict)
