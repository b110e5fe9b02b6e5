"""When a send is tried again, and when it is given up. Pure.

Answers are retried here until they are taken, refused, or a day old: an answer twice is better than none.
Notices and daily rows get one attempt, then return to the outbox, where it is decided about them once more; but a
message of which a part has gone out is retried like an answer, for only the rest may follow.
"""

from bot.channels import Outcome, Parcel, Result

IN_DOUBT = 5
"""Retries of an answer in doubt, and of a chat that has moved."""
PATIENCE = 86_400.0
"""Seconds after which an answer that nobody takes has failed."""
LONGEST = 60.0
"""Seconds between two attempts at most."""


def retries(parcel: Parcel, result: Result, tries: int) -> bool:
    """Return whether this result is followed by another attempt here, after so many retries."""
    match result.outcome:
        case Outcome.UNSURE:
            return not parcel.unasked and tries < IN_DOUBT
        case Outcome.MOVED:
            return tries < IN_DOUBT
        case Outcome.LATER | Outcome.SLOWER | Outcome.FULL:
            return not parcel.unasked or result.parts > 0
        case _:
            return False


def pause(result: Result, tries: int) -> float:
    """Return the seconds before the next attempt: what the messenger asks for of a chat, else longer and longer."""
    if result.outcome is Outcome.SLOWER and result.wait:
        return result.wait
    return min(LONGEST, result.wait or 2.0**tries)
