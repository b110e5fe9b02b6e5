"""Notes of the day's message, merged a person: several values of one part stand beside each other. Pure."""

from collections.abc import Collection, Iterable
from typing import Any

from bot.movement import ToSay
from storage.outbox import NoticeCode


def merged(notes: Iterable[tuple[int, NoticeCode, Any, str]]) -> Collection[ToSay]:
    """Return what is said to each person, given the person, the part, its value and the key it is said under."""
    found: dict[int, ToSay] = {}
    for person, name, value, key in notes:
        told = found.setdefault(person, ToSay(person))
        told.notes[name] = [*told.notes.get(name, ()), value]
        told.keys.append(key)
    return found.values()
