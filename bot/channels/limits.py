"""How much is taken in at once, on every channel; what a messenger takes is in its own `draw.py`."""

from collections import OrderedDict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from bot.language import Text, _, clean, file_name, secret_mark

TEXT = 8_000
"""Characters of one message: three pages of A4; a long answer may come in several."""
SHOWN = 120
"""Characters of a message that was too long which are kept, so that its writer knows which one it was."""
LABEL = 300
"""Characters of a button that was tapped."""
CONNECTIONS = 128
"""To one messenger at once: more than a line has places, so that no answer waits for one behind files and menus."""
MEGABYTES = 20
FILE = MEGABYTES * 1024 * 1024
"""Bytes of a file: what a Telegram bot may download, and the same everywhere."""
FILES = 20
"""Files of one message."""
MESSAGE = 24 * 1024 * 1024
"""Bytes of one message with all its files; the reverse proxy lets a little more through."""
BODY = 256 * 1024
"""Bytes of a request without files."""
CALL = 1024 * 1024
"""Bytes of a messenger's call."""
UPLOADS, UPLOADS_EACH = 2, 1
"""Messages with files that are read at once, over all and of one device: they are in memory until they are kept."""
WAITS = 20.0
"""Seconds that such a message waits for its place."""
SLOWEST = 240.0
"""Seconds that a message with files may take to arrive."""
SLOW = 15.0
"""Seconds that the head of a request, or one without files, may take to arrive; so long an idle connection stays."""
CONNECTIONS = 900
"""Connections at once; for one more, the oldest on which nothing is asked gives way."""
STREAMS = 12
"""Open pages of one device."""
JOBS = 3
"""Pieces of long work that wait for one chat."""


@dataclass(frozen=True, slots=True)
class Rate:
    """So many at once, then so many a second."""

    burst: int
    a_second: float


CHAT = Rate(240, 4.0)
"""Messages of one chat: nobody writes so fast, a script does."""
TOLD = Rate(1, 1 / 60)
"""How often a chat is told that it writes too fast."""
ANONYMOUS = Rate(240, 20.0)
"""Requests of one address that has no session: a page that is opened makes a dozen."""


@dataclass
class Buckets:
    """A rate for each of many keys; the keys that were used longest ago are forgotten, and so begin again."""

    rate: Rate
    most: int = 4096
    _left: "OrderedDict[Hashable, tuple[float, float]]" = field(default_factory=OrderedDict)
    """Of each key how many more it may have, as it was when it was last asked."""

    def take(self, key: Hashable, now: float) -> float:
        """Take one; return 0, or in how many seconds there will be one."""
        left, then = self._left.pop(key, (float(self.rate.burst), now))
        left = min(self.rate.burst, left + max(0.0, now - then) * self.rate.a_second)
        wait = 0.0 if left >= 1 else (1 - left) / self.rate.a_second
        self._left[key] = (left if wait else left - 1, max(now, then))
        if len(self._left) > self.most:
            self._left.popitem(last=False)
        return wait


def fit(body: Mapping[str, Any], names: Sequence[str] = ()) -> dict[str, Any]:
    """Cut the body of a message to the limits: of a text that is too long only its beginning is kept.

    What is cut off is searched for the mark of a state secret before; so are the names of its files.
    """
    fitting = dict(body)
    wanted = [list(each) for each in body.get("wanted", ())]
    if any(secret_mark(name) for name in (*names, *(each[1] for each in wanted))):
        fitting["secret"] = True
    if wanted:
        fitting["wanted"] = [[source, file_name(name), *rest] for source, name, *rest in wanted]
    if len(str(body.get("label", ""))) > LABEL:
        fitting["label"] = str(body["label"])[:LABEL]
    text = str(body.get("text", ""))
    length = len(text) if len(text) > 4 * TEXT else len(clean(text)) if len(text) > TEXT else 0
    if length > TEXT:
        fitting |= {"long": length, "text": clean(text[:SHOWN]) + " …"}
        fitting.pop("label", None)
        if secret_mark(text[: 2 * TEXT]):  # nothing of what comes behind is kept, marked or not
            fitting |= {"text": "", "secret": True}
    return fitting


# What is said -------------------------------------------------------------------------------------


def too_long(length: int) -> Text:
    """Say that a text is too long."""
    return _(
        "This message has {n} characters and was not taken; the assistant reads up to {most} at a time. Please send it in several messages.",
        n=Decimal(length),
        most=Decimal(TEXT),
    )


TOO_FAST = _(
    "Too many messages came at once: those of the last minute were not taken. Please wait a minute and send them again; everything before is kept."
)
BUSY = _("Many files are being sent just now. Please send this message again in a few minutes.")
TOO_LARGE = _(
    "This message with its files is too large: at most {files} files, {mb} MB together.", files=FILES, mb=MEGABYTES
)
TOO_MUCH_TEXT = _(
    "This message is too long and was not taken; the assistant reads up to {most} characters at a time. Please send it in several messages.",
    most=Decimal(TEXT),
)
TOO_SLOW = _("This message did not arrive in time. Please send it again.")
TOO_MANY_PAGES = _("Too many pages are open on this device. Please close some.")
ASKED_TOO_OFTEN = _("Too many requests came from here. Please try again in a minute.")
NOT_UNDERSTOOD = _("The assistant did not understand what this page has sent. Please load the page again.")
TOO_MANY_CODES = _("Too many wrong codes came from here. Please try again in an hour; a right code stays good.")
NOT_LET_IN = _("This device is not signed in any more. Please enter a new code of the office.")
ANOTHER_WAITS = _(
    "The assistant is still working on what {you} asked before. The answer comes here; please ask for this afterwards."
)
