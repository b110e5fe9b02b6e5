"""What people type of how far something is: «NV-2027-003 xong», «nv 3 chậm vì chờ kinh phí». Pure."""

import re
from dataclasses import dataclass

from bot.language import Text, Words, _, fold
from storage.item_progress import ProgressState

WORDS: dict[ProgressState, Text] = {
    ProgressState.DOING: _("under way|going on"),
    ProgressState.DONE: _("done|finished|ready"),
    ProgressState.LATE: _("late because|late|slow"),
}
"""In the catalogue they are lists, separated by "|"."""


@dataclass(frozen=True, slots=True)
class SaidProgress:
    """A code, how far it is where that was said, and why it is late."""

    code: str
    state: ProgressState | None = None
    reason: str = ""


def read(text: str, words: Words) -> SaidProgress:
    """Read a code, and how far it is."""
    line = " ".join(text.split())
    folded = fold(line)
    for state, listed in WORDS.items():
        for word in sorted(words.say(listed).split("|"), key=len, reverse=True):
            found = re.search(rf"(?<!\w){re.escape(fold(word))}(?!\w)", folded)
            if found is not None:
                rest = line[found.end() :] if len(line) == len(folded) else folded[found.end() :]
                return SaidProgress(line[: found.start()].strip(" :,"), state, rest.strip(" :,."))
    return SaidProgress(line)
