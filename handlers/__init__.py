"""What the assistant does: one file a conversation. To add a command, add it to this list."""

from bot.commands import Command, Conversation, News
from handlers import confirm, home, mine, receive, recognise, register

MENU: tuple[Command, ...] = (
    home.TASKS,
    register.REGISTER,
    mine.MINE,
    confirm.CONFIRM,
    receive.RECEIVE,
    recognise.RECOGNISE,
    home.HELP,
    home.MENU,
    home.LEAVE,
)
CONVERSATIONS: tuple[Conversation, ...] = (
    *register.CONVERSATIONS,
    *confirm.CONVERSATIONS,
    *recognise.CONVERSATIONS,
)
NEWS: dict[str, News] = {**register.NEWS, **confirm.NEWS, **receive.NEWS, **recognise.NEWS}
STRANGER = lambda visit, text: None  # noqa: E731
