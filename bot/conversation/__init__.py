"""One turn: what a handler may look at and do, which handler answers, how the reply is drawn."""

from bot.conversation import code_guesses, job_progress, notice_codes, open_sheets, posts
from bot.conversation.authority import (
    ADMINISTRATOR,
    DESK,
    EVERYBODY,
    WHO,
    Serves,
    allowed,
    only,
    refused,
    speaker,
    whose,
)
from bot.conversation.beside import with_way_back
from bot.conversation.buttons import DIFFICULTY, HOME, MY_TASKS
from bot.conversation.code_guesses import OVER_ALL, Guesses
from bot.conversation.commands import ALIASES
from bot.conversation.context import Office, Visit, load_draft, words_for, words_of
from bot.conversation.feature import Command, Conversation, Feature, Features, JobKind, Notice, Twice, gather
from bot.conversation.jobs import JobContext, JobResult, JobSteps, Make
from bot.conversation.looks import LOOKS, render
from bot.conversation.menu_words import calling
from bot.conversation.recognised import learnt
from bot.conversation.replies import deliver, repeat
from bot.conversation.router import REPEAT, answer
from bot.conversation.taps import compared
from bot.conversation.woken import (
    CalendarChanged,
    ChatChanged,
    ChatLinked,
    ClockConfirmed,
    JobsWaiting,
    OutboxFilled,
    SendNow,
    UnitChanged,
    Woken,
    WokenElsewhere,
)

__all__ = [
    "ADMINISTRATOR",
    "ALIASES",
    "DESK",
    "DIFFICULTY",
    "EVERYBODY",
    "HOME",
    "LOOKS",
    "MY_TASKS",
    "OVER_ALL",
    "REPEAT",
    "WHO",
    "CalendarChanged",
    "ChatChanged",
    "ChatLinked",
    "ClockConfirmed",
    "Command",
    "Conversation",
    "Feature",
    "Features",
    "Guesses",
    "JobContext",
    "JobKind",
    "JobResult",
    "JobSteps",
    "JobsWaiting",
    "Make",
    "Notice",
    "Office",
    "OutboxFilled",
    "SendNow",
    "Serves",
    "Twice",
    "UnitChanged",
    "Visit",
    "Woken",
    "WokenElsewhere",
    "allowed",
    "answer",
    "calling",
    "code_guesses",
    "compared",
    "deliver",
    "gather",
    "job_progress",
    "learnt",
    "load_draft",
    "notice_codes",
    "only",
    "open_sheets",
    "posts",
    "refused",
    "render",
    "repeat",
    "speaker",
    "whose",
    "with_way_back",
    "words_for",
    "words_of",
]
