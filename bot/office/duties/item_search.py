"""Search over what is registered, of all units and years: what was asked for, and what of it everybody may see. Reads only.

Only what a head has confirmed is found: nothing that waits, was returned or was withdrawn.
"""

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass

from bot.conversation import Visit
from bot.language import Joined, Part, _, clean_line, fold, person_names, read_years, title_search
from bot.movement import Area, ItemKind
from bot.office.duties import item_sheet, item_texts, registering
from storage import initiatives, recognitions, unit_history
from storage.initiatives import AT_OFFICE, READY, Initiative, ItemState, SearchedItem
from storage.people import Unit

MOST, NAME = 40, 12
"""Words of what is looked for that are read, and those that the name of a unit or an area has at most, with what leads to it."""
_OF_UNIT = frozenset(("cua", "o", "tai"))
_OF_AREA = re.compile(r"(?:linh vuc|noi dung|content|area)\s+")
_MINE = frozenset(
    ("toi", "chung toi", "minh", "phong toi", "phong minh", "don vi toi", "don vi minh", "my unit", "to toi", "to minh")
)
_ASKS = re.compile(r"(?:\s+(?:chua|khong|a|nhi|vay|the))+$")
_LEAD = re.compile(r"^(?:ve|nao ve|nao|co|about)\s+")


@dataclass(frozen=True, slots=True)
class ItemQuery:
    """What is looked for: words of a title, and what narrows it."""

    words: str
    years: Sequence[int] = ()
    unit: Unit | None = None
    kind: ItemKind | None = None
    area: Area | None = None

    @property
    def narrow(self) -> bool:
        """Whether anything narrows it."""
        return bool(self.years or self.unit or self.kind or self.area)

    @property
    def asked(self) -> Part:
        """Say it."""
        parts: list[Part] = [_("«{words}»", words=self.words)] if self.words else []
        parts += [] if self.kind is None else [self.kind.short]
        parts += [_("year {year}", year=year) for year in self.years]
        parts += [] if self.unit is None else [self.unit.name]
        parts += [] if self.area is None else [self.area.short]
        return _("{what}", what=Joined(parts, " · "))

    def takes(self, item: SearchedItem) -> bool:
        """Whether it does not leave this item out."""
        return (
            (not self.years or item.year in self.years)
            and (self.unit is None or item.unit == self.unit.code)
            and (self.kind is None or item.kind == self.kind.code)
            and (self.area is None or item.area == self.area.code)
        )


@dataclass(frozen=True, slots=True)
class ItemsFound:
    """What was found, the best first."""

    query: ItemQuery
    """What was searched for in the end."""
    ids: Sequence[int]
    titles: title_search.FoundTitles
    wider: bool = False
    """Whether nothing was found as it was asked, and so the years and the unit were left out."""


def read(visit: Visit, said: str) -> ItemQuery:
    """Read «sáng kiến về số hóa hồ sơ của QLXD năm ngoái»."""
    spoken = read_years(clean_line(said[: 2 * title_search.LONGEST]), visit.said.date())
    words, unit = _without_unit(visit, spoken.rest.split()[:MOST])
    words, area = _without_area(visit.plan.areas, words)
    rest, kind = " ".join(words), None
    if (named := registering.kind_named(visit.plan, rest)) is not None:
        kind, rest = named
    return ItemQuery(_bare(rest), spoken.years, unit, kind, area)


def _bare(words: str) -> str:
    """Return the words without what only asks: «về … chưa?»."""
    words = words.strip(" .?,;:«»\"'")
    asks = _ASKS.search(fold(words))
    words = " ".join(words.split()[: -len(asks[0].split())]) if asks is not None else words
    led = _LEAD.match(fold(words))
    rest = words.split()[len(led[0].split()) :] if led is not None else words.split()
    return " ".join(rest) if title_search.words_of(" ".join(rest)) else ""


def _without_unit(visit: Visit, words: Sequence[str]) -> tuple[list[str], Unit | None]:
    """Return the words without «của QLXD», and the unit that it names."""
    units = visit.tx.all(unit_history.EVER_UNITS)
    for first, word in enumerate(words):
        if fold(word) in _OF_UNIT:
            for last in range(min(len(words), first + NAME), first + 1, -1):
                unit = _unit_named(visit, " ".join(words[first + 1 : last]), units)
                if unit is not None:
                    return [*words[:first], *words[last:]], unit
        unit = next((each for each in units if len(word) > 1 and word == each.code), None)
        if unit is not None:
            return [*words[:first], *words[first + 1 :]], unit
    return list(words), None


def _unit_named(visit: Visit, said: str, units: Sequence[Unit]) -> Unit | None:
    said = said.strip(" .?,;:")
    if fold(said) in _MINE:
        return next((unit for unit in units if unit.code == visit.me.unit), None)
    meant = person_names.unit_meant(said, units)
    near = meant.near if len(said.split()) > 1 and len(meant.near) == 1 else ()
    return next(iter((*meant.sure, *near)), None)


def _without_area(areas: Sequence[Area], words: Sequence[str]) -> tuple[list[str], Area | None]:
    """Return the words without «lĩnh vực chuyển đổi số» or «II.3», and the area that is named."""
    for place, word in enumerate(words):
        area = next((each for each in areas if fold(word).strip(".,?") == fold(each.code)), None)
        if area is not None:
            led = place >= 2 and _OF_AREA.fullmatch(fold(" ".join(words[place - 2 : place])) + " ")
            return [*words[: place - 2 if led else place], *words[place + 1 :]], area
        if not _OF_AREA.fullmatch(fold(" ".join(words[place : place + 2])) + " "):
            continue
        for last in range(min(len(words), place + NAME), place + 2, -1):
            said = fold(" ".join(words[place + 2 : last])).strip(" .?,;:")
            near = [each for each in areas if fold(each.short) == said or said in (fold(each.name), fold(each.code))]
            if not near and last - place > 3:
                near = [each for each in areas if f" {said} " in f" {fold(each.short)} {fold(each.name)} "]
            if len(near) == 1:
                return [*words[:place], *words[last:]], near[0]
    return list(words), None


def search(visit: Visit, said: str) -> ItemsFound:
    """Return what is meant: as it was asked, else with fewer conditions; a title may speak of a year or a model too.

    Only where no title has all the words are slips of a letter looked for, and then titles that have most of the words.
    """
    query, every = read(visit, said), visit.tx.all(initiatives.SEARCHED)
    if not query.words:
        taken = [item.id for item in every if query.takes(item)] if query.narrow else []
        if taken or not query.narrow:
            return ItemsFound(query, taken, title_search.NOTHING)
    titles = title_search.SearchedTitles([item.title_fold for item in every])
    tries = [
        (wider > 1, tried, title_search.words_of(tried.words), _places(tried, every))
        for wider, tried in enumerate(_tries(query, _bare(clean_line(said[: 2 * title_search.LONGEST]))))
        if tried.words
    ]
    for having in (titles.having, titles.having_nearly, titles.having_most):
        for wider, tried, words, among in tries:
            found = having(words, among)
            if found.places:
                return ItemsFound(tried, [every[place].id for place in found.places], found, wider)
    return ItemsFound(query, (), title_search.NOTHING)


def _tries(query: ItemQuery, whole: str) -> Iterable[ItemQuery]:
    """Yield what is searched for, one after the other, until something is found."""
    yield query
    if query.narrow:
        yield ItemQuery(whole)
        yield ItemQuery(query.words)


def _places(query: ItemQuery, every: Sequence[SearchedItem]) -> Container[int]:
    """Return the places of what a query does not leave out."""
    if not query.narrow:
        return range(len(every))
    return {place for place, item in enumerate(every) if query.takes(item)}


# What everybody may see ------------------------------------------------------------------------


def public(item: Initiative) -> bool:
    """Whether everybody of the office may find it."""
    return item.state in READY


def line(visit: Visit, n: int, item: Initiative) -> Part:
    """Return an item in one line of what was found."""
    return _(
        "{n}. {code}, {kind} of {unit}: «{title}»; {state}",
        n=n,
        code=item.code,
        kind=item_sheet.kind_of(visit, item.kind).short,
        unit=item.unit_name,
        title=item.title,
        state=_state(visit, item),
    )


def lines(visit: Visit, item: Initiative) -> list[Part]:
    """Return what everybody may see of an item."""
    area = next((area.name for area in visit.plan.areas if area.code == item.area), "")
    kind = item_sheet.kind_of(visit, item.kind).short
    return [
        _("Sheet {code} · {kind}, year {year}", code=item.code, kind=kind, year=item.year),
        _("Title: {value}", value=item.title),
        _("Unit: {unit}", unit=item.unit_name),
        _("Area: {value}", value=_("{code} {name}", code=item.area, name=area)),
        _("State: {state}", state=_state(visit, item)),
    ]


def _state(visit: Visit, item: Initiative) -> Part:
    """Return what everybody reads of the state: what is asked for and declined is between the authors and the office."""
    if item.state is not ItemState.RECOGNISED:
        return item_texts.STATES[ItemState.RECEIVED if item.state in AT_OFFICE else item.state]
    names = {level.code: level.name for level in visit.plan.levels}
    levels = [names.get(each.level, each.level) for each in visit.tx.all(recognitions.OF_ITEM, id=item.id)]
    return _("recognised at {level} level", level=Joined(levels)) if levels else item_texts.STATES[item.state]
