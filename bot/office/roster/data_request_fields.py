"""The questions about a request for one's own data: what may be asked, and what such an answer has to be. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.dialogue import Answers, Choice, Scene
from bot.language import Part, Text, _, name_of, number, read_phone, shown
from storage.people import Person

CORRECTED: Mapping[str, Text] = {
    "name": _("Full name"),
    "position": _("Position"),
    "phone": _("Telephone"),
    "born": _("Year of birth"),
    "number": _("Number in the list"),
    "other": _("Something else"),
}
"""What may be corrected of somebody's line in the roster."""

ERASED: Mapping[str, Text] = {
    "phone": _("Telephone"),
    "drafts": _("Sheets being written, with their files"),
    "details": _("Birth date and degree given for requests of recognition"),
    "other": _("Something else"),
}
"""What may be erased beside withdrawing agreement, which erases more at once."""

BORN = (1940, 2010)
"""Years in which people of an office are born."""


def value_of(part: str, said: str) -> str | Part:
    """Read what a part of the roster's line should be; a sentence where it cannot be that. Pure."""
    text = said.strip()
    if part == "name":
        name = name_of(text)
        right = 2 <= len(name.split()) <= 8 and not any(each.isdigit() for each in name)
        return name if right else _("«{name}» is not a full name, like «Nông Văn Mẫu».", name=text[:60])
    if part == "phone":
        return read_phone(text)
    if part == "born":
        year = number(text)
        right_year = year is not None and BORN[0] <= year <= BORN[1]
        return str(year) if right_year else _("Please write a year of birth with four digits, like 1985.")
    return text


def as_shown(part: str, value: str) -> str:
    """Return a value as people read it. Pure."""
    return shown(value) if part == "phone" else value


def held(person: Person, part: str) -> str:
    """Return what the roster says now; nothing where it says nothing."""
    now = {
        "name": person.name,
        "position": person.position,
        "phone": shown(person.phone) if person.phone else "",
        "born": str(person.born or ""),
        "number": person.number or "",
    }
    return now.get(part, "")


def may_be_corrected(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Return what of somebody's line in the roster may be corrected."""
    return [Choice(code, label) for code, label in CORRECTED.items()]


def may_be_erased(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Return what may be erased and the agreement kept."""
    return [Choice(code, label) for code, label in ERASED.items()]


def ask_value(answers: Answers, scene: Scene) -> Sequence[Part]:
    """Ask what it should be, beside what it is."""
    if answers.get("part", "other") == "other":  # it may be asked before: «sửa 2» at the first question
        return [_("What is to be corrected, and how should it be?")]
    now = held(scene.person, answers["part"])
    return [_("Now: {value}.", value=now) if now else _("Nothing is kept there now."), _("What should it be?")]


EXAMPLES: Mapping[str, str] = {"name": "Nông Văn Mẫu", "phone": "0912 345 678", "born": "1985", "number": "CC-0123"}


def example(answers: Answers, scene: Scene) -> Part:
    """Return how such an answer looks."""
    return EXAMPLES.get(answers.get("part", ""), "")


def not_that(value: Any, answers: Answers, scene: Scene) -> Part | None:
    """Return why this cannot be the name, the telephone, the year of birth; or why nothing would change."""
    if "part" not in answers:
        return None
    read = value_of(answers["part"], value)
    if not isinstance(read, str):
        return read
    now = held(scene.person, answers["part"])
    if now and now == as_shown(answers["part"], read):
        return _("That is what is kept already: {value}.", value=now)
    return None
