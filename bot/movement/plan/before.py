"""What plan texts that were taken before leave unsaid: filled in from a table, the one place for it. Pure."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

BEFORE = Path(__file__).with_name("before.toml")
_KEY = re.compile(r"\{(?:(\w+)\.)?(\w+)\}")
"""A key of the same table, or of another one."""


@cache
def _said() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads(BEFORE.read_text(encoding="utf-8"))["said"]
    return found


def as_it_was(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return a plan that was taken before with what was said then."""
    whole = dict(data)
    for rule in _said():
        if rule.get("before") in whole:  # this plan is younger than the rule
            continue
        table = rule["table"]
        if table and table not in whole and not ("keys" in rule and "where" not in rule):
            continue  # a list that is not there
        given = whole.get(table, {}) if table else whole
        if isinstance(given, list):
            whole[table] = [_filled(each, rule, whole) for each in given]
        elif table:
            whole[table] = _filled(given, rule, whole)
        else:
            whole = _filled(whole, rule, whole)
    return whole


def _filled(given: Any, rule: Mapping[str, Any], whole: Mapping[str, Any]) -> Any:
    """Return a table with what it leaves unsaid, where a rule is about it."""
    if not isinstance(given, dict) or any(given.get(key) != value for key, value in rule.get("where", {}).items()):
        return given
    if rule.get("unless") in given:
        return given
    drop = rule.get("drop", ())
    said = {key: _said_of(given, value, whole) for key, value in rule.get("keys", {}).items()}
    return {key: value for key, value in {**said, **given}.items() if key not in drop}


def _said_of(given: Mapping[str, Any], value: Any, whole: Mapping[str, Any]) -> Any:
    """Return a value with what it takes over from other keys of the table."""
    match value:
        case dict():
            return {key: _said_of(given, each, whole) for key, each in value.items()}
        case list():
            return [_said_of(given, each, whole) for each in value]
        case str() if _KEY.search(value):
            text = _KEY.sub(lambda key: str((whole.get(key[1], {}) if key[1] else given).get(key[2], "")), value)
            own = (begin := _KEY.match(value)) is not None and begin[1] is None
            return text[:1].upper() + text[1:] if own else text
    return value
