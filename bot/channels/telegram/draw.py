"""A drawn message as Telegram takes it: texts within its limits, keyboards. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

LONGEST = 4096
"""UTF-16 units of one message: https://core.telegram.org/bots/api#sendmessage."""
WIDE = 20
"""Labels longer than this stand in a row of their own."""

Markup = Mapping[str, Any]
"""A keyboard as JSON: https://core.telegram.org/bots/api#replykeyboardmarkup."""
NONE: Markup = {"remove_keyboard": True}


def removal(body: Mapping[str, Any]) -> str:
    """Return what a message says that only takes the keyboard away and is deleted at once, where it needs one of its own to go.

    Inline buttons cannot be in the same message. After a kill in between it stays: what it says is true.
    """
    return str(body["closes"]) if body.get("closes") and body.get("buttons") else ""


def removes(body: Mapping[str, Any]) -> bool:
    """Return whether the keyboard goes by a message of its own."""
    return bool(removal(body))


def markup(body: Mapping[str, Any]) -> Markup | None:
    """Return choices and steering as a reply keyboard; buttons that stand alone inline, each a whole command."""
    asked = [*body.get("choices", ()), *body.get("steering", ())]
    buttons = body.get("buttons", ())
    if share := body.get("share"):
        return _keyboard([[{"text": share, "request_contact": True}]])
    if asked:
        rows = _rows([*asked, *(label for label, _says in buttons)])
        return _keyboard([[{"text": label} for label in row] for row in rows])
    if buttons:
        says = dict(buttons)
        rows = _rows([label for label, _says in buttons])
        return {"inline_keyboard": [[{"text": label, "callback_data": says[label]} for label in row] for row in rows]}
    return NONE if body.get("closes") else None


def _keyboard(rows: Sequence[Sequence[Mapping[str, Any]]]) -> Markup:
    return {"keyboard": rows, "resize_keyboard": True}


def _rows(labels: Sequence[str]) -> list[list[str]]:
    rows: list[list[str]] = []
    for label in labels:
        short = len(label) <= WIDE
        if short and rows and len(rows[-1]) < 2 and len(rows[-1][0]) <= WIDE:
            rows[-1].append(label)
        else:
            rows.append([label])
    return rows


def parts(text: str) -> list[str]:
    """Return the text in pieces that Telegram takes, cut between lines where that is possible."""
    found: list[str] = []
    while _units(text) > LONGEST:
        cut = LONGEST
        while _units(text[:cut]) > LONGEST:
            cut -= 64
        line = text.rfind("\n", cut // 2, cut)
        cut = line if line > 0 else cut
        found.append(text[:cut])
        text = text[cut:].lstrip("\n")
    return [*found, text]


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
