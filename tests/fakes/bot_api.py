"""The Bot API as bot_api.toml describes it, what no field of it says, and how a request is read."""

from typing import Any

from aiohttp import web

from tests.fakes.rules import Rules, described

API = described("bot_api.toml")
BUTTONS = 100
"""On one message: the server takes no more, though its documents do not say so."""


def markup_wrongs(markup: dict[str, Any]) -> list[str]:
    """What is wrong with a keyboard beyond its fields."""
    rows = markup.get("keyboard", []) + markup.get("inline_keyboard", [])
    found = ["a row without a button"] if not all(rows) else []
    return [*found, f"{count} buttons"] if (count := sum(map(len, rows))) > BUTTONS else found


async def fields_of(request: web.Request, rules: Rules) -> tuple[dict[str, Any], dict[str, bytes]]:
    """A request's fields, read as what they stand for, and its files by name."""
    if request.content_type == "application/json":
        return dict(await request.json()), {}
    given: dict[str, Any] = {}
    files: dict[str, bytes] = {}
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            given[name] = value.filename
            files[value.filename] = value.file.read()
        else:
            given[name] = rules[name].read(value) if name in rules else value
    # A file goes as attach://NAME with a part of that name; the phone shows its name.
    for name, value in list(given.items()):
        if isinstance(value, str) and value.startswith("attach://"):
            given[name] = given.pop(value.removeprefix("attach://"))
    return given, files
