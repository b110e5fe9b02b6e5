"""The table of commands: which function does each; `bot.server.options` reads their options."""

from bot.server.backup_commands import backup, restore
from bot.server.export_commands import export
from bot.server.founding import init
from bot.server.held_commands import clock, import_, import_year, invite, person
from bot.server.look_commands import check, doctor, rehearse, summary, unheard
from bot.server.plan_commands import plan
from bot.server.run_commands import demo, run, talk
from bot.server.template_commands import template

__all__ = [
    "backup",
    "check",
    "clock",
    "demo",
    "doctor",
    "export",
    "import_",
    "import_year",
    "init",
    "invite",
    "person",
    "plan",
    "rehearse",
    "restore",
    "run",
    "summary",
    "talk",
    "template",
    "unheard",
]
