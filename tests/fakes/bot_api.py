"""The methods of the Bot API that we use: fields, limits, keyboards, and how a request is read."""

from typing import Any

from aiohttp import web

from tests.fakes.rules import Rule, Rules, wrongs

_CHAT = Rule(("Integer", "String"), True, like="-?[0-9]+|@.+")
_TOPIC = Rule(("Integer",))
_MARKUP = Rule(("InlineKeyboardMarkup", "ReplyKeyboardMarkup", "ReplyKeyboardRemove"))
_FILE = Rule(("InputFile", "String"), True, least=1)
_CAPTION = Rule(("String",), most=1024)
_LANGUAGE = Rule(("String",), like="[a-z]{2}")
_LIST = Rule(("Array of String",))

# The methods we use with their fields: https://core.telegram.org/bots/api
METHODS: dict[str, Rules] = {
    "getMe": {},
    "getWebhookInfo": {},
    "deleteWebhook": {"drop_pending_updates": Rule(("Boolean",))},
    "setWebhook": {
        "url": Rule(("String",), True, least=1),
        "secret_token": Rule(("String",), least=1, most=256, like="[A-Za-z0-9_-]+"),
        "allowed_updates": _LIST,
        "max_connections": Rule(("Integer",), least=1, most=100),
    },
    "getUpdates": {
        "offset": Rule(("Integer",), least=1),
        "limit": Rule(("Integer",), least=1, most=100),
        "timeout": Rule(("Integer",), least=0, most=50),
        "allowed_updates": _LIST,
    },
    "sendMessage": {
        "chat_id": _CHAT,
        "message_thread_id": _TOPIC,
        "text": Rule(("String",), True, least=1, most=4096),
        "reply_markup": _MARKUP,
        "disable_notification": Rule(("Boolean",)),
    },
    "editMessageText": {
        "chat_id": Rule(("Integer", "String")),
        "message_id": Rule(("Integer",)),
        "text": Rule(("String",), least=1, most=4096),
        "reply_markup": Rule(("InlineKeyboardMarkup",)),
    },
    "sendPhoto": {"chat_id": _CHAT, "message_thread_id": _TOPIC, "photo": _FILE, "caption": _CAPTION},
    "sendDocument": {"chat_id": _CHAT, "message_thread_id": _TOPIC, "document": _FILE, "caption": _CAPTION},
    "deleteMessage": {"chat_id": _CHAT, "message_id": Rule(("Integer",), True)},
    "answerCallbackQuery": {"callback_query_id": Rule(("String",), True), "text": Rule(("String",), most=200)},
    "getFile": {"file_id": Rule(("String",), True, least=1)},
    "setMyCommands": {
        "commands": Rule(("Array of BotCommand",), True, least=1, most=100),
        "scope": Rule(("BotCommandScope",)),
        "language_code": _LANGUAGE,
    },
    "deleteMyCommands": {"scope": Rule(("BotCommandScope",)), "language_code": _LANGUAGE},
}
LARGEST = {"sendPhoto": 10_000_000, "sendDocument": 50_000_000}
"""Bytes that a bot may upload: https://core.telegram.org/bots/api#sending-files."""
BUTTON = {
    "text": Rule(("String",), True, least=1),
    "callback_data": Rule(("String",)),
    "request_contact": Rule(("Boolean",)),
}


def markup_wrongs(markup: dict[str, Any]) -> list[str]:
    """https://core.telegram.org/bots/api#inlinekeyboardmarkup, #replykeyboardmarkup, #replykeyboardremove."""
    kinds = [kind for kind in ("keyboard", "inline_keyboard", "remove_keyboard") if kind in markup]
    if not markup:
        return []
    if len(kinds) != 1 or markup.keys() - {*kinds, "resize_keyboard"}:
        return [f"a keyboard of {sorted(markup)}"]
    if kinds == ["remove_keyboard"]:
        return [] if markup["remove_keyboard"] is True else ["remove_keyboard must be true"]
    buttons = [button for row in markup[kinds[0]] for button in row]
    found = [why for button in buttons for why in wrongs(BUTTON, button)]
    if not 1 <= len(buttons) <= 100 or not all(markup[kinds[0]]):
        found.append(f"{len(buttons)} buttons")
    for button in buttons:
        data = button.get("callback_data")
        if (data is not None) != (kinds == ["inline_keyboard"]):
            found.append("a button of the other kind of keyboard")
        elif data is not None and not 1 <= len(data.encode()) <= 64:
            found.append(f"a button says {len(data.encode())} bytes")
    return found


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
