"""The fakes' tables of methods against the published specifications, where these lie beside the project."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.fakes import telegram, zalo
from tests.server import ROOT


def beside(name: str) -> Any:
    found = sorted(ROOT.parent.glob(f"*/data/{name}"))
    if not found:
        pytest.skip(f"{name} is not here")
    return json.loads(Path(found[0]).read_text(encoding="utf-8"))


@pytest.mark.parametrize("method", telegram.METHODS)
def test_telegrams_fields_are_those_of_the_bot_api(method: str) -> None:
    fields = {each["name"]: each for each in beside("botapi_spec.json")["methods"][method].get("fields", ())}
    required, optional = telegram.METHODS[method]
    assert required | optional <= set(fields)
    assert required == {name for name, each in fields.items() if each["required"]}


@pytest.mark.parametrize("method", zalo.METHODS)
def test_zalos_fields_are_those_of_its_platform(method: str) -> None:
    fields = beside("zalo_api.json")["methods"][method]["params"]
    required, optional = zalo.METHODS[method]
    assert required | optional <= set(fields)
    assert required == {name for name, each in fields.items() if each.get("required")}
