"""Which of several duties words mean: «hẹn báo cáo 3/11», «lùi ngày gửi kế hoạch». Reads only."""

import re
from collections.abc import Sequence

from bot.conversation import Visit
from bot.dialogue import Say
from bot.language import FactKind, _, clean_line, facts_in, fold, read_years
from bot.movement import Duty, Obligation
from bot.office.duties import submissions
from bot.office.duties.duty_kinds import kind_of, named, of_year
from storage import inbox

KIND_WORDS = 2
"""So many first words of a duty's name say what kind of thing it is: «báo cáo», «kế hoạch»."""


def words_of(visit: Visit, args: str) -> str:
    """Return what was said with a command: its words, and the sentence that called it where that was no command itself."""
    message = None if visit.message is None else visit.tx.one(inbox.SAID_IN, id=visit.message, chat=visit.chat.id)
    text = clean_line(str((message.body or {}).get("text", ""))) if message is not None else ""
    return args if not text or text.startswith("/") else f"{args} {text}"


def meant(said: str, owed: Sequence[Obligation], visit: Visit) -> list[Obligation]:
    """Return those of several that words name: the longest name counts, then the year; all of them where nothing is named."""
    folded = f" {' '.join(re.findall(r'[a-z0-9]+', fold(said)))} "
    scores = [max((len(name) for name in _names(each.duty) if f" {name} " in folded), default=0) for each in owed]
    best = max(scores, default=0)
    named = [each for each, score in zip(owed, scores, strict=True) if score == best]
    years = read_years(re.sub(r"\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?", " ", said), visit.said.date()).years
    return [each for each in named if each.year in years] if years else named


def named_one(said: str, owed: Sequence[Obligation], visit: Visit) -> Obligation | None:
    """Return the one duty that words name by more than what kind of thing it is; None for any other words."""
    found = meant(said, owed, visit)
    if len(found) != 1 or len(found) == len(owed):
        return None
    folded = f" {' '.join(re.findall(r'[a-z0-9]+', fold(said)))} "
    kind = " ".join(fold(found[0].duty.called).split()[:KIND_WORDS])
    return found[0] if any(f" {name} " in folded for name in _names(found[0].duty) if name != kind) else None


def opened_else(visit: Visit, args: str, own: str) -> Say | None:
    """Open another duty of this unit that the words behind a command name; None where its own is meant."""
    if not args or args.split(maxsplit=1)[0].isdecimal():
        return None
    found = named_one(words_of(visit, args), [each for each in submissions.owed(visit) if each.speaks], visit)
    if found is None or found.duty.code == own or not submissions.opens(visit, found):
        return None
    name, _blank, rest = kind_of(found).opening(found).removeprefix("/").partition(" ")
    command = visit.office.features.commands[name]
    return command.run(visit, rest) if command.serves.holds(visit) else None


def day_in(said: str, visit: Visit) -> str:
    """Return the day that stands in words among those of a duty; nothing where there is none, or more."""
    names = sorted({name for duty in visit.plan.all_duties for name in _names(duty)}, key=len, reverse=True)
    said = re.sub(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?: nam(?= ?\d\d?/))?(?!\w)", " ", fold(said))
    days = [each for each in facts_in(said, visit.said.date(), (), ()) if each.kind is FactKind.DATE]
    return re.sub(r"\A(?:đến|từ) ", "", days[0].value) if len(days) == 1 else ""


def command_words(visit: Visit, sentence: str, owed: Sequence[Obligation]) -> tuple[str, str] | None:
    """Return how a command names the one duty that a sentence means, and what it is called; None where it is not said."""
    found = meant(sentence, owed, visit)
    if len(found) != 1 or not names_any(sentence, visit):
        return None
    called = _("{what} {year}", what=of_year(found[0].duty), year=found[0].year)
    return named(found[0]), visit.words.say(called)


def names_any(said: str, visit: Visit) -> bool:
    """Whether words name a duty of the plan."""
    folded = f" {' '.join(re.findall(r'[a-z0-9]+', fold(said)))} "
    return any(f" {name} " in folded for duty in visit.plan.all_duties for name in _names(duty))


def _names(duty: Duty) -> set[str]:
    """Return how a duty is called, folded: its names, without the year's word, and what kind of thing it is."""
    whole = {fold(duty.name), fold(duty.called), re.sub(r" nam\Z", "", fold(duty.called))}
    plain = {" ".join(re.findall(r"[a-z0-9]+", name)) for name in whole}
    return {each for name in plain for each in (name, " ".join(name.split()[:KIND_WORDS])) if each}
