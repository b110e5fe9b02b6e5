"""Buttons that stand under most messages. Pure."""

from bot.dialogue import Button
from bot.language import _

HOME = Button(_("Home"), "/menu")
MY_TASKS = Button(_("My tasks"), "/viec")
DIFFICULTY = Button(_("Report a difficulty"), "/vuongmac moi")
"""Below reminders and the whole of a sheet: something stands in the way of it."""
