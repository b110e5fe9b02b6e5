"""The commands of the command line and their options, in its language."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot import __version__
from bot.language import Joined, Text, Words, _
from bot.movement import Role
from bot.server.addresses import read_port

_ROLE = _("a role, in the words of the plan's [roles], or one of {codes}", codes=Joined(list(Role)))
Command = Callable[[str, Text, Any], argparse.ArgumentParser]
"""Adds a command: its name, what it does in a line, and the function that does it."""


def parser(words: Words, does: Any) -> argparse.ArgumentParser:
    """Return the commands and their options, in the language of the command line."""
    say = words.say
    _speak(words)
    top = argparse.ArgumentParser(prog="thidua", description=say(_("The assistant for emulation movements.")))
    top.add_argument("--version", action="version", version=f"thidua {__version__}", help=say(_("print the version")))
    commands = top.add_subparsers(title=say(_("commands")), metavar=say(_("COMMAND")), required=True)

    def command(name: str, help: Text, perform: Any) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=say(help), description=say(help))
        made.set_defaults(perform=perform)
        return made

    _running(command, words, does)
    _roster(command, words, does)
    _keeping(command, words, does)
    _looking(command, words, does)
    return top


def _running(command: Command, words: Words, does: Any) -> None:
    """Add the commands that run an office, invented or real."""
    say = words.say
    demo = command("demo", _("the invented office in a browser, without any token"), does.demo)
    demo.add_argument(
        "--port", type=_port(words), default=8080, help=say(_("port on this machine (8080); 0 for any that is free"))
    )
    demo.add_argument("--db", type=Path, help=say(_("the database (data/demo.db)")))
    demo.add_argument(
        "--plan", metavar="NAME", help=say(_("whose plan it lives by: the name of a shipped one (THIDUA_PLAN)"))
    )
    demo.add_argument("--prepare", action="store_true", help=say(_("make the database and end")))

    run = command("run", _("the office's assistant on the real database"), does.run)
    run.add_argument("--db", type=Path, help=say(_("the database (data/thidua.db)")))
    run.add_argument("--now", help=say(_("a clock that starts at this time, for rehearsals: 2027-11-02T08:00")))

    talk = command("talk", _("a chat in the terminal: one message a line"), does.talk)
    talk.add_argument("--db", type=Path, required=True, help=say(_("the database")))
    talk.add_argument(
        "--as", dest="who", required=True, help=say(_("a name; officer, head, office of the demo; stranger:NAME"))
    )
    talk.add_argument("--now", help=say(_("the office's time: 2027-11-02T08:00")))
    talk.add_argument("--look", choices=("web", "keyboard", "plain"), default="web", help=say(_("how replies look")))

    init = command("init", _("make the office's first administrator, with a one-time code"), does.init)
    init.add_argument("--db", type=Path, help=say(_("the database (data/thidua.db)")))
    init.add_argument("--name", help=say(_("full name of the administrator")))
    init.add_argument("--plan", type=Path, help=say(_("the plan file (THIDUA_PLAN)")))
    init.add_argument("--year", type=int, help=say(_("the first year to open")))
    init.add_argument("--yes", action="store_true", help=say(_("open it though dates of it have passed")))


def _roster(command: Command, words: Words, does: Any) -> None:
    """Add the commands that say who is in it."""
    say = words.say
    take = command("import", _("show what a file would change; --apply writes it"), does.import_)
    take.add_argument("file", nargs="?", type=Path, help=say(_("units, people or days off, as CSV or XLSX")))
    take.add_argument("--apply", action="store_true", help=say(_("write the changes")))
    take.add_argument(
        "--lines", metavar="1,3-5", help=say(_("only these lines of what is shown; the last ones only so: all, 1-4,7"))
    )
    take.add_argument("--template", type=Path, metavar="FILE.xlsx", help=say(_("write a blank roster to fill in")))
    take.add_argument("--db", type=Path, help=say(_("the database (data/thidua.db)")))

    year = command(
        "import-year",
        _("take a past year over from paper, by its workbook: show what it gives; --apply writes it"),
        does.import_year,
    )
    year.add_argument("year", type=int, help=say(_("the year; of the time before the movement its last one")))
    year.add_argument("file", nargs="?", type=Path, help=say(_("the workbook, filled in")))
    year.add_argument("--apply", action="store_true", help=say(_("write the changes")))
    year.add_argument("--template", type=Path, metavar="FILE.xlsx", help=say(_("write the workbook to fill in")))
    year.add_argument("--db", type=Path, help=say(_("the database (data/thidua.db)")))

    person = command(
        "person",
        _("change somebody's role, unit, name or telephone, or end their access; --apply writes it"),
        does.person,
    )
    person.add_argument("who", help=say(_("whole name, «#12», telephone or staff number")))
    person.add_argument("--of", help=say(_("their unit, where several bear the name")))
    person.add_argument("--role", help=say(_ROLE))
    person.add_argument("--unit", help=say(_("the unit they move to")))
    person.add_argument("--add-post", metavar="UNIT:ROLE", help=say(_("one more post beside theirs, in another unit")))
    person.add_argument("--name", help=say(_("the name written right")))
    person.add_argument("--phone", help=say(_("the new telephone number; empty for none")))
    person.add_argument("--position", help=say(_("what they are called beside their role")))
    person.add_argument("--to", type=int, metavar="12", help=say(_("the number of whoever takes over what they held")))
    person.add_argument("--to-heads", action="store_true", help=say(_("whoever takes over heads the unit too")))
    person.add_argument("--sheets", action="store_true", help=say(_("registrations that they are writing go along")))
    person.add_argument("--old-head", metavar="ROLE", help=say(_("what the head of before is from then on")))
    person.add_argument("--everywhere", action="store_true", help=say(_("with --end: all their posts end")))
    person.add_argument("--end", action="store_true", help=say(_("they leave: chats, devices and codes end at once")))
    person.add_argument("--back", action="store_true", help=say(_("they come back")))
    person.add_argument("--apply", action="store_true", help=say(_("write the changes")))
    person.add_argument("--db", type=Path, help=say(_("the database (data/thidua.db)")))

    invite = command("invite", _("a one-time code for somebody; it stands alone on the last line"), does.invite)
    invite.add_argument("--name", required=True, help=say(_("full name")))
    invite.add_argument("--unit", required=True, help=say(_("code or full name of the unit")))
    invite.add_argument("--role", required=True, help=say(_ROLE))
    invite.add_argument("--position", default="", help=say(_("position")))
    invite.add_argument("--phone", help=say(_("telephone number; tells people of one name apart")))
    invite.add_argument("--new", action="store_true", help=say(_("somebody else than whoever is known by this name")))
    invite.add_argument("--db", type=Path, help=say(_("the database (data/thidua.db)")))


def _keeping(command: Command, words: Words, does: Any) -> None:
    """Add the commands for what is kept: the plan, copies, the clock."""
    say = words.say
    plan = command("plan", _("show the plan in force, or what another one would change; --apply takes it"), does.plan)
    plan.add_argument(
        "what",
        choices=("show", "list", "take"),
        help=say(_("show: the text in force; list: all that are kept; take: another one")),
    )
    plan.add_argument(
        "file", nargs="?", type=Path, help=say(_("the plan file to take; for show, the mark of a plan that is kept"))
    )
    plan.add_argument("--apply", action="store_true", help=say(_("run on it from now on")))
    plan.add_argument("--by", default="", help=say(_("whom the audit names (who is signed in on this machine)")))
    plan.add_argument("--seen", default="", help=say(_("the marks OLD:NEW that were shown: nothing else is taken")))
    plan.add_argument("--db", type=Path, help=say(_("the database (data/thidua.db)")))

    backup = command("backup", _("a verified copy of the database, beside the running server"), does.backup)
    backup.add_argument(
        "folder", nargs="?", type=Path, help=say(_("where to (backups beside the database, and THIDUA_BACKUP)"))
    )
    backup.add_argument("--db", type=Path, help=say(_("the database (data/thidua.db)")))

    restore = command("restore", _("put a copy in the place of the database, which is kept aside"), does.restore)
    restore.add_argument("file", type=Path, help=say(_("the copy")))
    restore.add_argument("--db", type=Path, help=say(_("the database (data/thidua.db)")))

    template = command(
        "template",
        _("how papers look in Word: list, export to edit, check what comes back, use it; --apply takes it"),
        does.template,
    )
    template.add_argument(
        "what",
        choices=("list", "export", "check", "use"),
        help=say(_("list: all; export: write one out; check: what is wrong in it; use: make papers with it")),
    )
    template.add_argument("name", nargs="?", default="", help=say(_("the name of the template, as list says it")))
    template.add_argument("file", nargs="?", type=Path, help=say(_("the Word file")))
    template.add_argument("--year", type=int, help=say(_("of which year the paper is that it is tried on")))
    template.add_argument("--mark", help=say(_("with export: one of before, by its mark")))
    template.add_argument("--shipped", action="store_true", help=say(_("the one that comes with the program")))
    template.add_argument("--apply", action="store_true", help=say(_("make papers with it from now on")))
    template.add_argument("--by", default="", help=say(_("whom the audit names (who is signed in on this machine)")))
    template.add_argument("--seen", default="", help=say(_("the mark that was looked at: nothing else is taken")))
    template.add_argument("--db", type=Path, help=say(_("the database (data/thidua.db)")))

    export = command("export", _("all records as a folder that is read without this program"), does.export)
    export.add_argument(
        "--out", type=Path, metavar="DIR", required=True, help=say(_("the folder, new or empty; opened by index.html"))
    )
    export.add_argument("--db", type=Path, help=say(_("the database (data/thidua.db)")))

    clock = command("clock", _("what day it is here, and whether that is believed; confirm: it is right"), does.clock)
    clock.add_argument(
        "what", nargs="?", choices=("confirm",), help=say(_("confirm: the clock of this machine is right"))
    )
    clock.add_argument("--db", type=Path, help=say(_("the database (data/thidua.db)")))


def _looking(command: Command, words: Words, does: Any) -> None:
    """Add the commands that only look."""
    say = words.say
    check = command("check", _("what is wrong in a plan file, or the coming year's calendar"), does.check)
    check.add_argument("file", type=Path, help=say(_("the plan file")))
    check.add_argument("--db", type=Path, help=say(_("look whether the records of this database fit it, too")))

    summary = command("summary", _("the office's summary of a year"), does.summary)
    summary.add_argument("year", type=int, help=say(_("the year")))
    summary.add_argument("--db", type=Path, help=say(_("the database (data/thidua.db)")))
    summary.add_argument("--picture", type=Path, help=say(_("write the picture to this file")))
    summary.add_argument("--out", type=Path, metavar="DIR", help=say(_("write the report in Word into this folder")))
    summary.add_argument("--to", type=int, metavar="YEAR", help=say(_("with --out: of all years until this one")))
    summary.add_argument("--unit", metavar="CODE", help=say(_("with --out: the report of one unit")))

    rehearse = command(
        "rehearse", _("every message of a year, without sending: hour, receiver, text, totals"), does.rehearse
    )
    rehearse.add_argument("year", type=int, help=say(_("the year")))
    rehearse.add_argument("--db", type=Path, help=say(_("the database (data/thidua.db)")))
    rehearse.add_argument("--csv", type=Path, metavar="FILE", help=say(_("write all of it to this file, as CSV")))

    unheard = command(
        "unheard", _("what was not understood, most often first, with the commands offered for it"), does.unheard
    )
    unheard.add_argument("--db", type=Path, help=say(_("the database (data/thidua.db)")))

    doctor = command(
        "doctor", _("what is well and what is not: tokens, reach, clock, disk, database, plan, fonts"), does.doctor
    )
    doctor.add_argument("--db", type=Path, help=say(_("the database (data/thidua.db)")))
    doctor.add_argument(
        "--updates", action="store_true", help=say(_("wait for a message and show its keys, no content"))
    )


def _port(words: Words) -> Callable[[str], int]:
    def read(text: str) -> int:
        port = read_port(text, any_free=True)
        if isinstance(port, Text):
            raise argparse.ArgumentTypeError(words.say(port))
        return port

    return read


# argparse speaks English by itself; these are all the sentences of its that our parser can bring about.
_ARGPARSE = {
    "usage: ": _("usage: "),
    "options": _("options"),
    "positional arguments": _("what it takes"),
    "show this help message and exit": _("show this help and end"),
    "%(prog)s: error: %(message)s\n": _("%(prog)s: %(message)s\n"),
    "the following arguments are required: %s": _("still to be given: %s"),
    "unrecognized arguments: %s": _("not known: %s"),
    "argument %(argument_name)s: %(message)s": _("%(argument_name)s: %(message)s"),
    "invalid choice: %(value)r (choose from %(choices)s)": _("%(value)r is not one of: %(choices)s"),
    "invalid %(type)s value: %(value)r": _("%(value)r does not fit"),
    "expected one argument": _("a value is needed"),
}


def _speak(words: Words) -> None:
    said = {english: words.say(text) for english, text in _ARGPARSE.items()}
    setattr(argparse, "_", lambda message: said.get(message, message))  # noqa: B010  # its own hook for gettext
