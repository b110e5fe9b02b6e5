"""A Zalo update as a message of ours. Pure; both wrappers, both names of a picture, with or without its event."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.channels.messages import Missing


@dataclass(frozen=True, slots=True)
class ZaloUpdate:
    """What an update says; `pictures` are addresses that expire."""

    address: str
    message: str
    text: str
    pictures: Sequence[str] = ()
    missing: Missing = Missing.NOTHING
    group: bool = False
    by: str = ""
    """In a group: whoever says it, by the address of their private chat."""
    said: float | None = None
    """When Zalo took it."""


PROBE = "webhook.test"


def unwrap(body: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the update in a webhook's body: documented in a wrapper, seen without one."""
    inner = body.get("result")
    return inner if isinstance(inner, dict) else body


def all_of(result: Any) -> list[Mapping[str, Any]]:
    """Return the updates in a poll's result: one object, or a list, or nothing in many ways."""
    found = result if isinstance(result, list) else [result]
    return [each for each in found if isinstance(each, dict) and each]


def read(update: Mapping[str, Any]) -> ZaloUpdate | None:
    """Return what it says; None for what is not for us; raise KeyError for what nobody knows."""
    if update.get("event_name") == PROBE:
        return None
    message = update["message"]
    if (message.get("from") or {}).get("is_bot"):
        return None
    address, key = _id(message["chat"]["id"]), _id(message["message_id"])
    text = str(message.get("text") or message.get("caption") or "")
    if message["chat"].get("chat_type") == "GROUP":
        # It reaches us with a mention of the bot, by a name that people give it: before a command, or before words.
        command = re.search(r"(?<!\S)/[^\W\d].*", text, re.DOTALL)
        by = str((message.get("from") or {}).get("id", ""))
        said = command[0] if command else text or "/"
        return ZaloUpdate(address, key, said, group=True, by=by, said=_moment(message))
    picture = str(message.get("photo_url") or message.get("photo") or "")
    missing = Missing.NOTHING if text or picture else _unheard(update, message)
    return ZaloUpdate(address, key, text, [picture] if picture else (), missing, said=_moment(message))


def _unheard(update: Mapping[str, Any], message: Mapping[str, Any]) -> Missing:
    """Return what came instead of words, by its event, or by its contents where the event is not said."""
    event = str(update.get("event_name") or "")
    if ".sticker." in event or message.get("sticker"):
        return Missing.STICKER
    spoken = ".voice." in event or message.get("voice_url") or message.get("message_type") == "CHAT_VOICE"
    return Missing.VOICE if spoken else Missing.KIND


def _id(given: object) -> str:
    """Return what Zalo calls a chat or a message; raise ValueError where it is nothing."""
    if given is None or not str(given).strip():
        raise ValueError("an update without a chat or a number")
    return str(given)


def _moment(message: Mapping[str, Any]) -> float | None:
    """Return its date, documented in milliseconds, seen in seconds."""
    date = message.get("date")
    if isinstance(date, str) and date.isdecimal():
        date = int(date)
    if isinstance(date, bool) or not isinstance(date, int | float) or date <= 0:
        return None
    return date / 1000 if date > 100_000_000_000 else float(date)
