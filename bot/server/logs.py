"""The log: to standard error, without a token, a phone number or a word that anybody wrote."""

import logging
import re
import sys
import traceback

SILENT = ("telegram", "httpx", "httpcore", "aiosqlite", "asyncio", "apscheduler")
"""Libraries whose own words below a warning hold addresses with tokens, or contents."""
SAFE = (OSError, ImportError)
"""Exceptions whose text is about the machine; that of any other may quote what somebody wrote."""
_SECRETS = (
    re.compile(r"[0-9]{6,22}:[A-Za-z0-9_-]{4,}"),  # a bot's token
    re.compile(r"(?<![0-9])(?:\+?84|0)(?:[ .\-]?[0-9]){9}(?![0-9])"),  # a phone number, however it is spaced
)
HIDDEN = "…"


class Discreet(logging.Filter):
    """Takes secrets out of what is logged, exceptions included."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Make a record discreet; return True, so that none is dropped."""
        record.msg, record.args = discreet(record.getMessage()), ()
        if record.exc_info and record.exc_info[1] is not None:
            record.exc_text = discreet(told(record.exc_info[1]))
        elif record.exc_text:
            record.exc_text = HIDDEN
        return True


def told(error: BaseException) -> str:
    """Return what was raised and where, and what led to it; its own words only where they cannot be a person's."""
    led = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    before = f"{told(led)}\n\n" if led is not None else ""
    places = "".join(traceback.format_tb(error.__traceback__))
    safe = isinstance(error, SAFE) or type(error).__module__ == "sqlite3"
    words = f": {error}" if safe else ""
    return f"{before}{places}{type(error).__module__}.{type(error).__qualname__}{words}"


def discreet(text: str) -> str:
    """Return the text without tokens and phone numbers."""
    for secret in _SECRETS:
        text = secret.sub(HIDDEN, text)
    return text


def begin(level: int = logging.INFO) -> None:
    """Log to standard error from now on."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    handler.addFilter(Discreet())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in SILENT:
        logging.getLogger(name).setLevel(max(level, logging.WARNING))
