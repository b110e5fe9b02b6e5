"""Answer with a command; for words that mean nothing, with what can be done. Inside the transaction."""

from collections.abc import Mapping

from bot.conversation import unheard
from bot.conversation.authority import refused
from bot.conversation.beside import left_lately, with_question, with_way_back
from bot.conversation.buttons import HOME, MY_TASKS
from bot.conversation.context import Visit
from bot.conversation.kind_words import NEXT
from bot.dialogue import Said, Say, SteeringWord, steering
from bot.language import Part, _, fold, number

ALIASES: Mapping[str, str] = {"start": "batdau", "help": "trogiup"}
OF_A_SHEET = (SteeringWord.LEAVE, SteeringWord.CANCEL, SteeringWord.BACK, SteeringWord.SEND)
"""Words that mean nothing but in a sheet."""


def slash(visit: Visit, says: str) -> Say | None:
    """Run a command as it is typed with a slash."""
    name, _space, args = says[1:].partition(" ")
    return run(visit, fold(name).split("@")[0], args.strip())


def run(visit: Visit, name: str, args: str) -> Say | None:
    """Run a command: beside an open form when it is a side question, else in its place."""
    command = visit.office.features.commands.get(ALIASES.get(name, name))
    if command is None:
        return not_understood(visit, Said(f"/{name}"))
    if not command.serves.holds(visit):
        return with_question(visit, refused(command.serves))
    say = command.run(visit, args)
    return with_question(visit, say) if command.side else with_way_back(visit, say)


def not_understood(visit: Visit, said: Said) -> Say | None:
    """Say what can be done now, for words that mean nothing here."""
    if said.files:
        why = _("No question is open that takes files, so nothing was kept. Open a task first, then send the file.")
    elif steering(visit.words).get(fold(said.text)) in OF_A_SHEET:
        why = _("No sheet is open.")
    elif (place := number(said.text.strip(" .)"))) is not None:
        why = _("What was listed last has no {n}.", n=place)
    else:
        why = _("The assistant did not understand this.")
        unheard.keep(visit, said)
    lines: list[Part] = [why, NEXT]
    buttons = [MY_TASKS, HOME]
    offered = visit.office.features.offer(visit, said) if visit.chat.focus is None else None
    if offered is not None:
        lines, buttons = [*(offered.lines or [why]), *lines[1:]], [*offered.buttons, *buttons]
    if (left := left_lately(visit)) is not None:
        lines, buttons = [*lines[:-1], left[0]], [left[1], *buttons]
    return with_question(visit, Say(lines, buttons=tuple(buttons)))
