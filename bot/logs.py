"""The log: to standard error, without a token, a phone number or a word that anybody wrote."""

import logging
import re
import sys

SILENT = ("telegram", "httpx", "httpcore", "aiosqlite", "asyncio", "apscheduler")
"""Libraries whose own words below a warning hold addresses with tokens, or contents."""
_SECRETS = (
    re.compile(r"[0-9]{6,22}:[A-Za-z0-9_-]{4,}"),  # a bot's token
    re.compile(r"(?<![0-9])(?:\+?84|0)[0-9]{9}(?![0-9])"),  # a phone number
)
HIDDEN = "…"


class Discreet(logging.Filter):
    """Takes secrets out of what is logged, exceptions included."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always true: nothing is dropped, it is only made discreet."""
        record.msg, record.args = discreet(record.getMessage()), ()
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = discreet(record.exc_text)
        return True


def discreet(text: str) -> str:
    """The text without tokens and phone numbers."""
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
