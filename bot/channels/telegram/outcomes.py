"""What an answer of the Bot API means for a message: sent, later, slower, gone, refused, or in doubt. Pure."""

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.channels.messages import Outcome, Result
from bot.channels.telegram.request import NotConnected

NOBODY = (
    "chat not found",
    "user not found",
    "peer_id_invalid",
    "deactivated",
    "chat_write_forbidden",
    "not enough rights to send",
    "have no rights to send",
    "kicked",
)
"""What a 400 says of a chat in which nobody is reached any more; any other is about the message."""


def told(error: TelegramError, parts: int) -> Result:
    """Return what an error of the Bot API means for a message of which so many parts have gone out."""
    match error:
        case RetryAfter():
            return Result(Outcome.SLOWER, _seconds(error), "429", parts)
        case ChatMigrated():
            return Result(Outcome.MOVED, parts=parts, address=str(error.new_chat_id))
        case NotConnected():
            return Result(Outcome.LATER, why=str(error), parts=parts)
        case TimedOut():
            return Result(Outcome.UNSURE, why=str(error), parts=parts)
        case Forbidden():
            return Result(Outcome.GONE, why=error.message, parts=parts)
        case BadRequest():
            gone = any(sign in error.message.lower() for sign in NOBODY)
            return Result(Outcome.GONE if gone else Outcome.REFUSED, why=error.message, parts=parts)
        case InvalidToken():  # 401 and 404 pass: a proxy, a server that restarts
            return Result(Outcome.LATER, why="the token is not known", parts=parts)
        case NetworkError():  # 5xx: it was not taken
            return Result(Outcome.LATER, why=error.message, parts=parts)
    return Result(Outcome.REFUSED, why=error.message, parts=parts)


def _seconds(error: RetryAfter) -> float:
    wait = error.retry_after
    return wait.total_seconds() if hasattr(wait, "total_seconds") else float(wait)
