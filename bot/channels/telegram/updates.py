"""A Telegram update as a message of ours. Pure; https://core.telegram.org/bots/api#update."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that waits at Telegram; `file` is good for an hour."""

    file: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Heard:
    """What an update says: a message, a change of one, or the tap of an inline button."""

    address: str
    message: str
    text: str
    edit: int = 0
    label: str = ""
    query: str = ""
    """A tap that has to be answered, so that the button stops turning."""
    attached: Sequence[Attached] = ()
    reachable: bool | None = None
    group: bool = False


ALLOWED = ("message", "edited_message", "callback_query", "my_chat_member")


def read(update: Mapping[str, Any]) -> Heard | None:
    """What it says; None for what is not for us (groups, service messages)."""
    if (query := update.get("callback_query")) is not None:
        message = query.get("message") or {}
        if message.get("chat", {}).get("type") != "private":
            return None
        return Heard(
            str(message["chat"]["id"]), f"tap{query['id']}", str(query.get("data", "")),
            label=_label(message, query.get("data")), query=str(query["id"]),
        )  # fmt: skip
    if (changed := update.get("my_chat_member")) is not None:
        if changed["chat"]["type"] != "private":
            return None
        there = changed["new_chat_member"]["status"] not in ("kicked", "left")
        return Heard(str(changed["chat"]["id"]), "", "", reachable=there)
    edited = update.get("edited_message")
    message = edited or update.get("message")
    if message is None:
        return None
    if message["chat"]["type"] != "private":
        return _in_group(message) if not edited else None
    attached = _attached(message)
    text = str(message.get("text") or message.get("caption") or "")
    if not text and not attached:
        return None
    return Heard(
        str(message["chat"]["id"]), str(message["message_id"]), text,
        edit=int(edited["edit_date"]) if edited else 0, attached=attached,
    )  # fmt: skip


def _in_group(message: Mapping[str, Any]) -> Heard | None:
    """Of what is said in a group only commands are for us: the rest is not even kept."""
    text = str(message.get("text") or "")
    if message["chat"]["type"] not in ("group", "supergroup") or not text.startswith("/"):
        return None
    return Heard(str(message["chat"]["id"]), str(message["message_id"]), text, group=True)


def _label(message: Mapping[str, Any], data: object) -> str:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return next((str(b["text"]) for row in rows for b in row if b.get("callback_data") == data), "")


def _attached(message: Mapping[str, Any]) -> list[Attached]:
    if (document := message.get("document")) is not None:
        name = str(document.get("file_name") or "tep")
        return [
            Attached(document["file_id"], name, str(document.get("mime_type") or "application/octet-stream"))
        ]
    if photos := message.get("photo"):
        largest = max(photos, key=lambda size: size.get("width", 0) * size.get("height", 0))
        return [Attached(largest["file_id"], f"anh-{message['message_id']}.jpg", "image/jpeg")]
    return []
