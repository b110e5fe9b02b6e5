"""Run one command of the command line, and say every failure as one clear sentence."""

import argparse
import asyncio
import logging
import os
import sys
import threading
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import uvloop

from bot.language import Text, Words, _
from bot.movement import BadPlan
from bot.server import logs
from bot.server.clock import at_office
from bot.server.options import parser
from bot.server.settings import BadSetting, Settings
from bot.server.settings import read as read_settings
from storage.lock import Taken
from storage.opening import Trouble, Unusable

DATA = Path("data")


class Failure(Exception):
    """A command cannot go on; `why` is the sentence that says so."""

    def __init__(self, why: Text) -> None:
        super().__init__(why.message)
        self.why = why


def main(does: Any, argv: Sequence[str] | None = None) -> int:
    """Run one command line by the table of commands; return its exit code."""
    os.umask(0o077)  # whatever is written here tells of people
    given = list(sys.argv[1:] if argv is None else argv)
    words = Words("vi")
    try:
        settings = read_settings()
        words = Words(settings.lang)
        options = parser(words, does).parse_args(given)
        logs.begin(logging.WARNING)
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            threading.excepthook = partial(_log_thread, runner.get_loop())
            code: int = runner.run(options.perform(options, settings, words))
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return 1
    except Exception as error:
        why = sentence(error)
        if why is None:
            raise
        print(words.say(why), file=sys.stderr)
        return 1
    else:
        return code


def _log_thread(loop: asyncio.AbstractEventLoop, failed: threading.ExceptHookArgs) -> None:
    """Log what a thread raises while the loop is open: after an interrupt nobody waits for what a reader finds."""
    if not loop.is_closed():
        threading.__excepthook__(failed)


def sentence(error: Exception) -> Text | None:
    """Return what a person at the terminal is told of an error; None for a bug."""
    if isinstance(error, Failure | BadSetting):
        return error.why
    if isinstance(error, Taken):
        return _("{path} is in use by process {pid}. Stop that process first.", path=str(error.path), pid=error.pid)
    if isinstance(error, Unusable):
        return TROUBLES[error.trouble](str(error.path), error.detail)
    if isinstance(error, BadPlan):
        first = error.problems[0]
        return _(
            "The plan file cannot be used: {where}: {what}. Run «thidua check» to see all of it.",
            where=first.place,
            what=first.what,
        )
    return None


TROUBLES: dict[Trouble, Callable[[str, str], Text]] = {
    Trouble.LOCKED: lambda path, detail: _("{path} is locked by another program. Close it and try again.", path=path),
    Trouble.DAMAGED: lambda path, detail: _(
        "{path} is not a database of this program, or it is damaged. Nothing was changed. Restore a copy. ({detail})",
        path=path,
        detail=detail,
    ),
    Trouble.NEWER: lambda path, detail: _(
        "{path} was written by a newer version of this program. Nothing was changed. Install that version. ({detail})",
        path=path,
        detail=detail,
    ),
    Trouble.MISSING: lambda path, detail: _(
        "There is no database {path}. Check THIDUA_DB and --db; a new one is made by «thidua init».", path=path
    ),
    Trouble.UNWRITABLE: lambda path, detail: _("{path} cannot be written. Check the folder and its rights.", path=path),
    Trouble.OLDER: lambda path, detail: _(
        "{path} is of an earlier version of this program: start the server once («thidua run»), it brings the file up to date and keeps a copy beside it. ({detail})",
        path=path,
        detail=detail,
    ),
    Trouble.FULL: lambda path, detail: _(
        "There is no room on the disk to bring {path} up to date. Nothing was changed. Make room, about twice the size of the file, and start again. ({detail})",
        path=path,
        detail=detail,
    ),
    Trouble.STRANGE_LOG: lambda path, detail: _(
        "{path} is whole, but the log beside it ({log}) belongs to another file. Nothing was changed. Move that log away and start again.",
        path=path,
        log=path + "-wal",
    ),
}


def database(options: argparse.Namespace, settings: Settings, default: str) -> Path:
    """Return the database a command works on: the option, the setting, or the default."""
    path: Path = options.db or settings.db or DATA / default
    return path


def folder_for(path: Path) -> None:
    """Make the folder of a database that is about to be made; only its owner enters it."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise Unusable(Trouble.UNWRITABLE, path, str(error)) from None


def write_new(path: Path, data: bytes) -> None:
    """Write a file that is not there yet; raises Failure."""
    try:
        with path.open("xb") as file:
            file.write(data)
    except FileExistsError:
        raise Failure(_("{path} is there already; give another name or move it away.", path=str(path))) from None
    except OSError as error:
        why = error.strerror or ""
        raise Failure(_("{path} cannot be written: {why}.", path=str(path), why=why)) from None


def plan_text(settings: Settings) -> str:
    """Return the text of the plan file that is set."""
    return read_plan_text(settings.plan)


def read_plan_text(path: Path) -> str:
    """Return the text of a plan file; raises Failure."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise Failure(
            _("The plan file {path} cannot be read: {why}.", path=str(path), why=error.strerror or "")
        ) from None
    except UnicodeDecodeError:
        raise Failure(_("The plan file {path} is not UTF-8 text.", path=str(path))) from None


def time_given(text: str) -> Any:
    """Return a time given to an option."""
    try:
        return at_office(text)
    except ValueError:
        raise Failure(_("«{text}» is not a time like 2027-11-02T08:00.", text=text)) from None
