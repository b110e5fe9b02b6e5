"""What plan texts that were taken before leave unsaid: filled in from a table, the one place for it. Pure."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

BEFORE = Path(__file__).with_name("before.toml")


@cache
def _said() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads(BEFORE.read_text(encoding="utf-8"))["said"]
    return found


def as_it_was(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return a plan that was taken before with what was said then."""
    whole = dict(data)
    for rule in _said():
        table = rule["table"]
        given = whole.get(table, {}) if table else whole
        if isinstance(given, list):
            whole[table] = [_filled(each, rule) for each in given]
        elif table:
            whole[table] = _filled(given, rule)
        else:
            whole = _filled(whole, rule)
    return whole


def _filled(given: Any, rule: Mapping[str, Any]) -> Any:
    """Return a table with what it leaves unsaid, where a rule is about it."""
    if not isinstance(given, dict) or any(given.get(key) != value for key, value in rule.get("where", {}).items()):
        return given
    drop = rule.get("drop", ())
    return {key: value for key, value in {**rule.get("keys", {}), **given}.items() if key not in drop}
