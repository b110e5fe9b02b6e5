"""Whose work a registered item of a past year is: names or numbers with shares, found in the list of people. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.documents.past_year_reader import YearLine
from bot.documents.past_year_sheets import collective
from bot.documents.roster_rows import bare_name
from bot.language import Joined, Percent, Text, _, exact, fold, person_names, signs
from bot.movement import ItemKind, senders
from bot.office.past_year.year_cells import YearSieve
from storage.people import Person

_PIECES = re.compile(r"[;\n]+|,(?![0-9])| và ")
_SHARE_LAST = re.compile(r"(?P<who>.+?)[\s:(–=-]+(?P<share>[0-9]{1,3}(?:[.,][0-9]{1,2})?) ?%?\)?")
_SHARE_FIRST = re.compile(r"(?P<share>[0-9]{1,3}(?:[.,][0-9]{1,2})?) ?% (?P<who>.+)")
_PLACE = re.compile(r"(?P<who>.+?) ?\((?P<unit>[^()]+)\)")
_COLLECTIVE = ("ca don vi", "tap the", "ca phong", "ca to", "tap the don vi", "tap the phong")
MOST = 40


@dataclass(frozen=True, slots=True)
class GivenDoers:
    """Whose work it is; who stands for the whole unit has all of it."""

    shares: tuple[tuple[int, str], ...] = ()
    collective: bool = False
    charge: int | None = None


def doers(line: YearLine, kind: ItemKind, unit: str, sieve: YearSieve) -> GivenDoers | None:
    """Return whose work an item is, as its kind asks it; None where it cannot be told."""
    said, at = line.text("authors"), line.at("authors")
    whole = fold(said) in (*_COLLECTIVE, fold(collective(sieve.known.plan))) or kind.authors == "unit"
    if whole and kind.authors in ("unit", "people_or_unit"):
        stands = _for_all(unit, sieve)
        if stands is None:
            sieve.wrong(
                at, _("{unit} has nobody in the list of people who could stand for it.", unit=sieve.known.name_of(unit))
            )
            return None
        return GivenDoers(((stands.id, "100"),), collective=True)
    if not said or whole:
        sieve.wrong(at, _lacking(kind, collective(sieve.known.plan)))
        return None
    if kind.authors == "charge":
        person = someone(said, unit, at, sieve)
        return None if person is None else GivenDoers(charge=person.id)
    return _shares(said, unit, at, sieve)


def _lacking(kind: ItemKind, whole: str) -> Text:
    if kind.authors == "charge":
        return _("The line does not say who is in charge. Please write one full name.")
    if kind.authors == "people":
        return _(
            "The line names no author. Please write full names with shares, for example: Nông Văn Mẫu 70; Lý Thị Ví Dụ 30"
        )
    return _("The line names no author. Please write full names with shares, or «{collective}».", collective=whole)


def _for_all(unit: str, sieve: YearSieve) -> Person | None:
    """Return who stands for a whole unit: who sends for it, else whoever is in it."""
    own = [person for person in sieve.known.people if person.unit == unit and person.active]
    return next(iter([*senders(own, sieve.known.today), *own]), None)


def _shares(said: str, unit: str, at: str, sieve: YearSieve) -> GivenDoers | None:
    pieces = [piece.strip(" .,") for piece in _PIECES.split(said)]
    named = [_share(piece) for piece in pieces if piece]
    if not 0 < len(named) <= MOST:
        sieve.wrong(at, _("Up to {most} authors can be named.", most=MOST))
        return None
    found = [someone(who, unit, at, sieve) for who, _of in named]
    if len(named) == 1 and named[0][1] is None:
        named = [(named[0][0], Decimal(100))]
    shares = [share for _who, share in named]
    given = [share for share in shares if share is not None]
    people = [person for person in found if person is not None]
    if len(given) < len(shares):
        sieve.wrong(at, _("Every author needs a share, for example: Nông Văn Mẫu 70; Lý Thị Ví Dụ 30"))
    elif sum(given) != 100 or min(given) <= 0:
        sieve.wrong(
            at, _("The shares come to {total}; together they must be 100%.", total=Percent(sum(given, Decimal(0))))
        )
    elif len({person.id for person in people}) < len(people):
        sieve.wrong(at, _("One person is named twice. Please name each author once."))
    elif len(people) == len(shares):
        pairs = zip(people, given, strict=True)
        return GivenDoers(tuple((person.id, format(share.normalize(), "f")) for person, share in pairs))
    return None


def _share(piece: str) -> tuple[str, Decimal | None]:
    found = _SHARE_FIRST.fullmatch(piece) or _SHARE_LAST.fullmatch(piece)
    if found is None:
        return piece, None
    return found["who"].strip(" :(–-="), Decimal(found["share"].replace(",", "."))


def someone(said: str, unit: str, at: str, sieve: YearSieve) -> Person | None:
    """Return whom a full name or a number of the office's means, never guessed; note why nobody is meant."""
    if numbered := sieve.known.by_number.get(fold(signs(said))):
        return _one_post(numbered, unit)
    place = _PLACE.fullmatch(said)
    name, _left_out = bare_name(place["who"] if place else said)
    sure = sieve.known.by_name.get(exact(name), ())
    if place:
        units = {each.code for each in person_names.unit_meant(place["unit"], sieve.known.units).sure}
        sure = [each for each in sure if each.unit in units] or sure
    humans = {each.human or each.id for each in sure}
    if len(humans) == 1:
        return _one_post(sure, unit)
    sieve.wrong(at, _several(name, sure, sieve) if sure else _nobody(name, sieve))
    return None


def _one_post(posts: Sequence[Person], unit: str) -> Person:
    """Return of one person's posts that in the unit, else the first."""
    return next((each for each in posts if each.unit == unit), min(posts, key=lambda each: each.id))


def _several(name: str, those: Sequence[Person], sieve: YearSieve) -> Text:
    known = dict.fromkeys(each.id for each in those)
    said = [
        _("{name} ({place})", name=each.name, place=place) for each, place in sieve.known.places if each.id in known
    ]
    return _(
        "Several people are called «{name}»: {people}. Please write the unit in brackets behind the name, or the staff number.",
        name=name[:60],
        people=Joined(said[:5], "; "),
    )


def _nobody(name: str, sieve: YearSieve) -> Text:
    near = person_names.meant(name, ((each.name, (each, place)) for each, place in sieve.known.places))
    said = [_("{name} ({place})", name=each.name, place=place) for each, place in [*near.sure, *near.near][:4]]
    if said:
        return _(
            "«{name}» is not in the list of people. Is it {people}? Please write the full name.",
            name=name[:60],
            people=Joined(said, "; "),
        )
    return _(
        "«{name}» is not in the list of people. Please check the name, or add the person first with «thidua import».",
        name=name[:60],
    )
