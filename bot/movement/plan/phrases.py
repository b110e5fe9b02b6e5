"""What people of one office say for a command, beside what the assistant knows: the office's own examples. Pure."""

from collections.abc import Collection, Iterator
from typing import Annotated

from bot.language import _
from bot.movement.plan.as_read import AsRead
from bot.movement.plan.problems import Clash
from bot.movement.plan.rules import Key, Line

Phrases = Annotated[
    dict[str, tuple[Line, ...]],
    Key(
        _("What people of this office write for a command, beside what is known; facts stand in braces"),
        'tonghop = ["bảng vàng thi đua", "bảng vàng năm {year}"]',
    ),
]


def clashes(found: AsRead, known: Collection[str]) -> Iterator[Clash]:
    """Yield phrases of what is no command; `known` are the assistant's."""
    written = found.data.get("phrases")
    for name in written if isinstance(written, dict) else ():
        if name not in known:
            yield Clash(
                ("phrases", name),
                _("there is no command «{name}»", name=name),
                _("a command of the assistant, without «/»"),
            )
