"""From inbox to handler, from outbox to messenger."""

from bot.delivery import sender
from bot.delivery.attachments import Fetching, attached_names
from bot.delivery.command_menus import Menus, everybodys
from bot.delivery.dispatcher import Dispatcher
from bot.delivery.intake import Intake
from bot.delivery.outcomes import reached_again
from bot.delivery.sender import Sender
from bot.delivery.signed_urls import Links

__all__ = [
    "Dispatcher",
    "Fetching",
    "Intake",
    "Links",
    "Menus",
    "Sender",
    "attached_names",
    "everybodys",
    "reached_again",
    "sender",
]
