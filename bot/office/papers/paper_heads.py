"""What stands around any paper: whose it is, number, place and day, to whom, who gets it, who signs. Pure."""

from collections.abc import Sequence
from typing import Any

from bot.language import Part, Words, _
from bot.movement import PaperText, Plan, Signer
from storage.people import Unit


def signer(plan: Plan, code: str) -> Signer | None:
    """Return who signs: whoever is named, else the first of the plan."""
    chosen = [each for each in plan.papers.signers if each.code.casefold() == code.casefold()]
    return next(iter(chosen or plan.papers.signers), None)


def dated(place: str, year: int, words: Words) -> str:
    """Return place and day as they stand in the heading: the day is left to be written."""
    day = words.say(_("day      month      year {year}", year=year))
    return f"{place}, {day}" if place else day[:1].upper() + day[1:]


def number(letters: str, sign: str, words: Words) -> str:
    """Return the number, which is left to be written, with its sign: «Số:        /BC-SXD»."""
    return words.say(_("No.:        /{sign}", sign=f"{letters}-{sign}" if letters else sign))


def of_office(plan: Plan, text: PaperText, letters: str, words: Words, year: int, signs: str = "") -> dict[str, Any]:
    """Return the heading and the signature of a paper of the office; what its own text does not say is the report's."""
    papers, signing = plan.papers, signer(plan, signs)
    title = text.sign or (() if signing is None else signing.title)
    return {
        "over": (papers.over or plan.office.above).upper(),
        "office": (papers.head or plan.office.short).upper(),
        "number": number(letters, plan.office.sign, words),
        "place_and_day": dated(papers.place, year, words),
        "to": list(text.to or papers.to),
        "grounds": grounds(text.grounds or papers.grounds),
        "copies": list(text.copies or papers.copies),
        "signer": list(title) or [""],
        "signer_name": "" if signing is None or text.sign else signing.name,
    }


def of_unit(plan: Plan, unit: Unit, text: PaperText, letters: str, words: Words, year: int) -> dict[str, Any]:
    """Return those of a unit's paper: without a seal it has no number, and goes to the desk."""
    kind = plan.unit_kind(unit.kind)
    sealed = kind is not None and kind.seal
    title = unit.head_title or ("" if kind is None else kind.title_of(unit.name)) or plan.titles.head_title
    kept = [words.say(_("As above")), words.say(_("To be kept: {unit}", unit=unit.code))]
    return {
        "over": (plan.papers.head or plan.office.short).upper(),
        "office": unit.name.upper(),
        "number": number(letters, unit.code, words) if sealed else "",
        "place_and_day": dated(plan.papers.place, year, words),
        "to": list(text.to or [plan.office.desk]),
        "grounds": grounds(text.grounds or plan.papers.grounds),
        "copies": list(text.copies or kept),
        "signer": list(text.sign) or [title.upper()],
        "signer_name": "",
    }


def grounds(lines: Sequence[str]) -> list[str]:
    """Return the grounds, each ended as a list of them is, the last one with a full stop."""
    bare = [each.rstrip(".; ") for each in lines]
    return [f"{each}{';' if n < len(bare) else '.'}" for n, each in enumerate(bare, 1)]


def closed(sentence: Part, words: Words) -> str:
    """Return the last sentence of a paper with the mark that ends it."""
    return words.say(sentence).rstrip("./ ") + "./."
