"""A Telegram update as a message of ours. Pure; https://core.telegram.org/bots/api#update."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.channels.messages import LARGEST, TOPIC, Missing, Moved, Reached, Wanted


@dataclass(frozen=True, slots=True)
class TelegramUpdate:
    """What an update says: a message, a change of one, or the tap of an inline button."""

    address: str
    message: str
    text: str
    edit: int = 0
    label: str = ""
    attached: Sequence[Wanted] = ()
    group: bool = False
    phone: str = ""
    missing: Missing = Missing.NOTHING
    by: str = ""
    of: str = ""
    """Of a tap: its message."""
    reply: str = ""
    """The message that it replies to."""
    media: str = ""
    """Which picture or document it bears, the same however often it comes."""
    said: float | None = None
    """When Telegram took it; of a tap it does not say."""
    shown: float | None = None
    """Of a tap: when its message came, or was changed last."""


def said(update: Mapping[str, Any]) -> float | None:
    """Return when this was written, changed or done; None for a tap, whose message bears its own time."""
    for kind in ALLOWED:
        inside = update.get(kind)
        if isinstance(inside, Mapping) and kind != "callback_query":
            return moment(inside.get("edit_date", inside.get("date")))
    return None


def moment(date: object) -> float | None:
    """Read a time as Telegram writes it: https://core.telegram.org/bots/api#message."""
    return float(date) if isinstance(date, int) and date > 0 else None


def numbered(update: object) -> bool:
    """Return whether it can be confirmed, whatever else it holds."""
    return isinstance(update, Mapping) and isinstance(update.get("update_id"), int)


def chat(update: Mapping[str, Any]) -> object:
    """Return what keeps updates in order: their chat, or None."""
    for kind in ALLOWED:
        inside = update.get(kind)
        if isinstance(inside, Mapping):
            said = inside.get("message", inside) if kind == "callback_query" else inside
            place = said.get("chat") if isinstance(said, Mapping) else None
            return str(place.get("id")) if isinstance(place, Mapping) else None
    return None


UNHEARD: Mapping[str, Missing] = {
    "voice": Missing.VOICE,
    "audio": Missing.VOICE,
    "video": Missing.FILM,
    "video_note": Missing.FILM,
    "animation": Missing.STICKER,
    "sticker": Missing.STICKER,
    "dice": Missing.STICKER,
    "location": Missing.PLACE,
    "venue": Missing.PLACE,
    "contact": Missing.CARD,
    "poll": Missing.KIND,
    "story": Missing.KIND,
    "game": Missing.KIND,
    "paid_media": Missing.KIND,
    "checklist": Missing.KIND,
}
"""What a person may send that nothing here reads: https://core.telegram.org/bots/api#message."""
GROUPS = ("group", "supergroup")
ALLOWED = ("message", "edited_message", "callback_query", "my_chat_member")


def place(message: Mapping[str, Any]) -> str:
    """Return the address of a chat, with its topic in a forum (core.telegram.org/bots/api#forumtopic); raise ValueError without one."""
    id = message["chat"]["id"]
    if not isinstance(id, int) or isinstance(id, bool):
        raise ValueError("an update without a chat")
    forum = message.get("is_topic_message") and message["chat"].get("type") in GROUPS
    topic = message.get("message_thread_id") if forum else None
    return f"{id}{TOPIC}{int(topic)}" if topic else str(id)


def where(address: str) -> dict[str, Any]:
    """Return an address as parameters of a request."""
    id, _topic, topic = address.partition(TOPIC)
    return {"chat_id": id, "message_thread_id": int(topic)} if topic else {"chat_id": id}


def read(update: Mapping[str, Any], me: str = "") -> TelegramUpdate | Reached | Moved | None:
    """Return what it says to the bot called `me`; None for what is not for us (channels, service messages)."""
    if (tapped := update.get("callback_query")) is not None:
        message = tapped.get("message") or {}
        group = message.get("chat", {}).get("type") in GROUPS
        if not group and message.get("chat", {}).get("type") != "private":
            return None
        return TelegramUpdate(
            place(message),
            f"tap{tapped['id']}",
            str(tapped.get("data", "")),
            label=_label(message, tapped.get("data")),
            of=str(message.get("message_id", "")),
            group=group,
            by=str((tapped.get("from") or {}).get("id", "")) if group else "",
            shown=moment(message.get("edit_date", message.get("date"))),
        )
    if (changed := update.get("my_chat_member")) is not None:
        if changed["chat"]["type"] != "private":
            return None
        there = changed["new_chat_member"]["status"] not in ("kicked", "left")
        return Reached(place(changed), there)
    edited = update.get("edited_message")
    message = edited or update.get("message")
    if message is None:
        return None
    if (to := message.get("migrate_to_chat_id")) is not None:
        return Moved(place({"chat": message["chat"]}), str(int(to)))
    if message["chat"]["type"] != "private":
        return _in_group(message, me) if not edited else None
    attached, phone, missing = _attached(message), _own_number(message), Missing.NOTHING
    if int((message.get("document") or {}).get("file_size") or 0) > LARGEST:
        attached, missing = [], Missing.FILE
    elif not (attached or phone):
        missing = next((what for kind, what in UNHEARD.items() if kind in message), missing)
    text = _words(message)
    if edited and not (text or attached):
        return None  # a live location moves on: nothing was said
    if not (text or attached or phone or missing):
        return None
    return TelegramUpdate(
        place(message),
        str(message["message_id"]),
        text,
        edit=_change(update, edited) if edited else 0,
        attached=[] if edited else attached,
        phone=phone,
        missing=missing,
        said=said(update),
        media=_media(message),
        reply=str((message.get("reply_to_message") or {}).get("message_id", "")),
    )


def _change(update: Mapping[str, Any], edited: Mapping[str, Any]) -> int:
    """Number this change of a message: two may fall into one second, and the same one may come twice."""
    return int(edited["edit_date"]) * 1000 + int(update.get("update_id", 0)) % 1000


def _own_number(message: Mapping[str, Any]) -> str:
    """Return the number on a shared card; somebody else's card says nothing about the sender."""
    card = message.get("contact") or {}
    own = card.get("user_id") is not None and card.get("user_id") == message.get("from", {}).get("id")
    return str(card.get("phone_number", "")) if own else ""


def query(update: Mapping[str, Any]) -> str | None:
    """Return the id of a tap, which has to be answered."""
    tapped = update.get("callback_query")
    return str(tapped["id"]) if isinstance(tapped, Mapping) and "id" in tapped else None


def names_a_bot(update: Mapping[str, Any]) -> bool:
    """Return whether the bot's name is needed to read it: a command or a mention in a group may be for another bot."""
    message = update.get("message")
    return isinstance(message, Mapping) and "@" in str(message.get("text") or "")


def _in_group(message: Mapping[str, Any], me: str) -> TelegramUpdate | None:
    """Return what is said to this bot in a group, a command or a mention; None for the rest, which is not even kept."""
    text = _to(me, str(message.get("text") or "")) if message["chat"]["type"] in GROUPS else ""
    if not text:
        return None
    by = str((message.get("from") or {}).get("id", ""))  # a private chat has the number of its person
    # A group that becomes a supergroup numbers its messages again from 1.
    key = f"{message['message_id']}@{message.get('date', 0)}"
    return TelegramUpdate(place(message), key, text, group=True, by=by, said=moment(message.get("date")))


def _to(me: str, text: str) -> str:
    """Return what a text in a group says to this bot; "" for what is said to others."""
    first, _space, rest = text.partition(" ")
    if first.startswith("/"):
        command, at, bot = first.partition("@")
        ours = not at or not me or bot.lower() == me.lower()
        return f"{command} {rest}".strip() if ours else ""
    if me and (found := re.search(rf"(?<!\S)@{re.escape(me)}(?!\w)", text, re.IGNORECASE)):
        return f"{text[: found.start()]} {text[found.end() :]}".strip() or "/"
    return ""


def _label(message: Mapping[str, Any], data: object) -> str:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return next((str(b["text"]) for row in rows for b in row if b.get("callback_data") == data), "")


def _words(message: Mapping[str, Any]) -> str:
    """Return what is written; a link that hides behind words stands after them.

    https://core.telegram.org/bots/api#messageentity: offsets count UTF-16 units.
    """
    kind = "text" if message.get("text") else "caption"
    text = str(message.get(kind) or "")
    links = [
        each
        for each in message.get("entities" if kind == "text" else "caption_entities") or ()
        if each.get("type") == "text_link"
    ]
    units = text.encode("utf-16-le")
    for link in sorted(links, key=lambda each: int(each["offset"]), reverse=True):
        end = 2 * (int(link["offset"]) + int(link["length"]))
        units = units[:end] + f" ({link['url']})".encode("utf-16-le") + units[end:]
    return units.decode("utf-16-le", "replace") if links else text


def _media(message: Mapping[str, Any]) -> str:
    found = message.get("document") or (message.get("photo") or [{}])[-1]
    return str(found.get("file_unique_id", ""))


def _attached(message: Mapping[str, Any]) -> list[Wanted]:
    if (document := message.get("document")) is not None:
        name, kind = document.get("file_name") or "tep", document.get("mime_type")
        return [Wanted(document["file_id"], str(name), str(kind or "application/octet-stream"))]
    if photos := message.get("photo"):
        largest = max(photos, key=lambda size: size.get("width", 0) * size.get("height", 0))
        return [Wanted(largest["file_id"], f"anh-{message['message_id']}.jpg", "image/jpeg")]
    return []
