"""The fakes' tables of methods against the published specifications, where these lie beside the project."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.fakes import bot_api, zalo
from tests.server import ROOT


def beside(name: str) -> Any:
    found = sorted(ROOT.parent.glob(f"*/data/{name}"))
    if not found:
        pytest.skip(f"{name} is not here")
    return json.loads(Path(found[0]).read_text(encoding="utf-8"))


@pytest.mark.parametrize("method", bot_api.METHODS)
def test_telegrams_fields_are_those_of_the_bot_api(method: str) -> None:
    fields = {each["name"]: each for each in beside("botapi_spec.json")["methods"][method].get("fields", ())}
    rules = bot_api.METHODS[method]
    assert rules.keys() <= fields.keys()
    assert {name for name, rule in rules.items() if rule.required} == {
        name for name, each in fields.items() if each["required"]
    }
    for name, rule in rules.items():
        assert set(rule.kinds) <= set(fields[name]["types"]), name


@pytest.mark.parametrize("method", zalo.METHODS)
def test_zalos_fields_are_those_of_its_platform(method: str) -> None:
    fields = beside("zalo_api.json")["methods"][method]["params"]
    rules = zalo.METHODS[method]
    assert rules.keys() <= fields.keys()
    for name, rule in rules.items():
        there = fields[name]
        assert rule.required == bool(there.get("required")), name
        assert set(rule.kinds) == set(there["type"].split("|")), name
        assert "max_length" not in there or (rule.least, rule.most) == (there["min_length"], there["max_length"]), name


def test_all_methods_of_zalo_are_there() -> None:
    assert zalo.METHODS.keys() == beside("zalo_api.json")["methods"].keys()


def test_a_keyboard_has_at_most_a_hundred_buttons() -> None:
    row = [{"text": "x", "callback_data": "/viec"}] * 4
    assert bot_api.markup_wrongs({"inline_keyboard": [row] * 25}) == []
    assert bot_api.markup_wrongs({"inline_keyboard": [row] * 26}) == ["104 buttons"]
