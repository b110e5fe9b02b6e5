"""What the fakes know of the messengers' interfaces: whole, of one piece with the fakes and with what we send."""

import json
from collections.abc import Mapping
from itertools import chain
from typing import Any

import pytest

from bot.channels.telegram import draw as telegram_draw
from bot.channels.telegram.updates import ALLOWED
from bot.channels.zalo import draw as zalo_draw
from bot.channels.zalo.updates import PROBE
from tests.fakes import bot_api, zalo
from tests.fakes.rules import LIST, PLAIN, Api, Described
from tests.fakes.telegram import FakeTelegram
from tests.fakes.zalo import FakeZalo
from tests.server import ROOT

TELEGRAM, ZALO = bot_api.API, zalo.API
BOTH = pytest.mark.parametrize("api", [TELEGRAM, ZALO], ids=["telegram", "zalo"])
PUBLISHED = {
    path.name: path for name in ("botapi_spec.json", "zalo_api.json") for path in ROOT.parent.glob(f"*/data/{name}")
}
"""Specifications that others have made of the same documents, where they lie beside the project."""


@pytest.mark.parametrize(("api", "fake"), [(TELEGRAM, FakeTelegram), (ZALO, FakeZalo)], ids=["telegram", "zalo"])
def test_a_fake_answers_what_is_described_and_nothing_else(api: Api, fake: type) -> None:
    private = {name.removeprefix("_") for name in vars(fake) if name.startswith(("_get", "_send", "_set", "_delete"))}
    assert all(hasattr(fake, f"_{method}") for method in api.methods)
    assert private <= api.methods.keys()


@BOTH
def test_every_type_is_plain_or_described_and_every_object_is_used(api: Api) -> None:
    every = [*api.methods.values(), *api.objects.values()]
    kinds = set(chain.from_iterable(rule.kinds for each in every for rule in each.fields.values()))
    named = {kind.replace(LIST, "") for kind in kinds | {each.returns for each in every if each.returns}}
    assert named - PLAIN.keys() == api.objects.keys() - {"Update"} | named & {"Update"}


@BOTH
def test_every_description_names_its_page(api: Api) -> None:
    pages = ("https://core.telegram.org/bots/api#", "https://bot.zapps.me/docs/")
    for name, each in {**api.methods, **api.objects}.items():
        assert each.source.startswith(pages), name
        if name in api.methods:
            assert each.source.rstrip("/").endswith((f"#{name.lower()}", f"/{name}")), name


def test_we_keep_to_the_limits() -> None:
    assert TELEGRAM.methods["sendMessage"].fields["text"].most == telegram_draw.LONGEST
    assert (ZALO.methods["sendMessage"].fields["text"].most or 0) > zalo_draw.LONGEST
    assert TELEGRAM.objects["Update"].fields.keys() == {"update_id", *ALLOWED}
    assert not list(ZALO.wrongs(ZALO.objects["Update"], zalo.PROBE))
    assert zalo.PROBE["event_name"] == PROBE


BUTTON = {"text": "x", "callback_data": "/viec"}


@pytest.mark.parametrize(
    ("method", "given", "wrong"),
    [
        ("sendMessage", {"text": "x"}, "chat_id is missing"),
        ("sendMessage", {"chat_id": 1, "text": ""}, "text is 0, not 1 to 4096"),
        ("sendMessage", {"chat_id": 1, "text": "x" * 4097}, "text is 4097, not 1 to 4096"),
        ("sendMessage", {"chat_id": 1, "text": "🏗" * 2049}, "text is 4098, not 1 to 4096"),
        ("sendMessage", {"chat_id": True, "text": "x"}, "chat_id is bool, not Integer or String"),
        ("sendMessage", {"chat_id": "an officer", "text": "x"}, "chat_id is written wrongly"),
        ("sendMessage", {"chat_id": 1, "text": "x", "colour": 1}, "there is no field colour"),
        ("setWebhook", {"url": "https://example.vn", "secret_token": "a b"}, "secret_token is written wrongly"),
        ("setMyCommands", {"commands": [{"command": "Viec", "description": "x"}]}, "command is written wrongly"),
        ("setMyCommands", {"commands": [{"command": "viec", "description": ""}]}, "description is 0, not 1 to 256"),
    ],
)
def test_what_the_bot_api_would_not_take_is_seen(method: str, given: dict[str, Any], wrong: str) -> None:
    (found,) = TELEGRAM.wrongs(TELEGRAM.methods[method], given)
    assert wrong in found


@pytest.mark.parametrize(
    ("markup", "wrong"),
    [
        ({"inline_keyboard": [[BUTTON]]}, ""),
        ({"keyboard": [[{"text": "x", "request_contact": True}]], "resize_keyboard": True}, ""),
        ({"remove_keyboard": True}, ""),
        ({"remove_keyboard": False}, "remove_keyboard is written wrongly"),
        ({"inline_keyboard": [[{"text": "x"}]]}, "callback_data is missing"),
        ({"inline_keyboard": [[{**BUTTON, "callback_data": "đ" * 33}]]}, "has 66 bytes, not up to 64"),
        ({"keyboard": [[BUTTON]]}, "there is no field callback_data"),
        ({"inline_keyboard": [[BUTTON]], "keyboard": [[{"text": "x"}]]}, "there is no field"),
        ({}, "is dict, not InlineKeyboardMarkup or"),
    ],
)
def test_a_keyboard_is_one_of_three_kinds(markup: dict[str, Any], wrong: str) -> None:
    given = {"chat_id": 1, "text": "x", "reply_markup": markup}
    found = list(TELEGRAM.wrongs(TELEGRAM.methods["sendMessage"], given))
    assert wrong in found[0] if wrong else not found


def test_a_keyboard_has_at_most_a_hundred_buttons_and_no_empty_row() -> None:
    assert bot_api.markup_wrongs({"inline_keyboard": [[BUTTON] * 4] * 25}) == []
    assert bot_api.markup_wrongs({"inline_keyboard": [[BUTTON] * 4] * 26}) == ["104 buttons"]
    assert bot_api.markup_wrongs({"keyboard": [[{"text": "x"}], []]}) == ["a row without a button"]


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({"chat_id": 1, "text": "x"}, "chat_id is int, not String"),
        ({"chat_id": "a", "text": "x" * 2001}, "text is 2001, not 1 to 2000"),
        ({"chat_id": "a", "text": "x", "reply_markup": {}}, "there is no field reply_markup"),
    ],
)
def test_what_zalo_would_not_take_is_seen(given: dict[str, Any], wrong: str) -> None:
    assert list(ZALO.wrongs(ZALO.methods["sendMessage"], given)) == [wrong]


# Beside specifications made by others ---------------------------------------------------------------


def held_against(described: Described, fields: Mapping[str, tuple[set[str], bool]]) -> None:
    """Every field of ours is there too, of the same types; what must be given there must be given here."""
    assert described.fields.keys() <= fields.keys()
    for name, rule in described.fields.items():
        kinds, required = fields[name]
        assert {kind.lower() for kind in rule.kinds} <= {kind.lower() for kind in kinds}, name
        assert rule.required or not required, name


if "botapi_spec.json" in PUBLISHED:

    def test_telegrams_descriptions_are_those_of_the_specification() -> None:
        read = json.loads(PUBLISHED["botapi_spec.json"].read_text(encoding="utf-8"))
        for name, each in {**TELEGRAM.methods, **TELEGRAM.objects}.items():
            page = each.source.rpartition("#")[2]
            there = {key.lower(): value for key, value in {**read["methods"], **read["types"]}.items()}
            kinds = [there[page], *(there[kind.lower()] for kind in there[page].get("subtypes") or ())]
            fields = {
                field["name"]: (set(field["types"]), field["required"])
                for kind in kinds
                for field in kind.get("fields", ())
            }
            if not there[page].get("subtypes"):
                held_against(each, fields)
            assert each.fields.keys() <= fields.keys(), name


if "zalo_api.json" in PUBLISHED:

    def test_zalos_descriptions_are_those_of_the_specification() -> None:
        read = json.loads(PUBLISHED["zalo_api.json"].read_text(encoding="utf-8"))["methods"]
        assert ZALO.methods.keys() == read.keys()
        for method, each in ZALO.methods.items():
            fields = read[method]["params"]
            held_against(
                each,
                {name: (set(field["type"].split("|")), bool(field.get("required"))) for name, field in fields.items()},
            )
            for name, rule in each.fields.items():
                if "max_length" in fields[name]:
                    assert (rule.least, rule.most) == (fields[name]["min_length"], fields[name]["max_length"]), name
