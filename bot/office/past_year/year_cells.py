"""The cells of a past year's workbook read as units, days, numbers and people; what is doubtful collects. Pure."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property

from bot.documents.past_year_reader import YearCell, YearDoubt, YearLine
from bot.language import (
    Joined,
    Part,
    Text,
    TwoMeanings,
    Units,
    _,
    exact,
    fold,
    person_names,
    places,
    read_amount,
    read_day,
    read_period,
    signs,
)
from bot.movement import Plan
from storage.people import Person, Unit

_SERIALS = range(20_000, 80_000)
"""Numbers of days as Excel counts them, 1954 to 2119: a date in a cell that does not look like one."""
_FIRST_DAY = date(1899, 12, 30)
LONGEST_LINE, LONGEST_TEXT = 300, 6000


@dataclass(frozen=True)
class PastYearKnown:
    """What a workbook is read against: the plan, the year, units and people as they are."""

    plan: Plan
    year: int
    today: date
    units: Sequence[Unit]
    owing: frozenset[str]
    """Units that owe figures."""
    people: Sequence[Person]
    """Those who have left too."""

    @cached_property
    def places(self) -> list[tuple[Person, Part]]:
        """Everybody with what tells them apart."""
        return places(self.people)

    @cached_property
    def by_name(self) -> Mapping[str, Sequence[Person]]:
        """Everybody by the key of their name."""
        found = defaultdict[str, list[Person]](list)
        for person in self.people:
            found[exact(person.name)].append(person)
        return found

    @cached_property
    def by_number(self) -> Mapping[str, Sequence[Person]]:
        """Whoever has a staff number, by it."""
        found = defaultdict[str, list[Person]](list)
        for person in self.people:
            if person.number:
                found[fold(signs(person.number))].append(person)
        return found

    def name_of(self, unit: str) -> str:
        """Return what a unit is called."""
        return next((each.name for each in self.units if each.code == unit), unit)


@dataclass
class YearSieve:
    """Reads cells one after the other and collects what is doubtful in them."""

    known: PastYearKnown
    doubts: list[YearDoubt] = field(default_factory=list)

    def wrong(self, place: str, what: Text) -> None:
        """Note what has to be put right."""
        self.doubts.append(YearDoubt(place, what))

    def warn(self, place: str, what: Text) -> None:
        """Note what is taken over all the same."""
        self.doubts.append(YearDoubt(place, what, blocks=False))

    # Units ----------------------------------------------------------------------------------------

    def unit(self, line: YearLine, owes: bool = False) -> str | None:
        """Return the code of a line's unit, by its code or else its name."""
        code, name = line.text("unit"), line.text("unit_name")
        said, at = (code, line.at("unit")) if code else (name, line.at("unit_name"))
        if not said:
            self.wrong(line.place, _("The line names no unit."))
            return None
        found = person_names.unit_meant(said, self.known.units)
        if len(found.sure) != 1:
            self.wrong(at, self._no_unit(said, [*found.sure, *found.near]))
            return None
        unit = found.sure[0]
        other = person_names.unit_meant(name, self.known.units).sure if code and name else ()
        if other and unit not in other:
            what = _(
                "The code {code} is that of {unit}, but the name says {other}. Please make them one unit.",
                code=unit.code,
                unit=unit.name,
                other=other[0].name,
            )
            self.wrong(line.at("unit_name"), what)
            return None
        if owes and unit.code not in self.known.owing:
            self.wrong(at, _("{unit} does not send a yearly report. Please take the line out.", unit=unit.name))
            return None
        return unit.code

    def _no_unit(self, said: str, near: Sequence[Unit]) -> Text:
        if not near:
            folded = set(fold(said).split())
            near = [unit for unit in self.known.units if len(folded & set(fold(unit.name).split())) > 1]
        if near:
            named = Joined([f"{unit.code} ({unit.name})" for unit in near[:4]], "; ")
            return _("There is no unit «{unit}». Is it {near}? Please write its code.", unit=said[:60], near=named)
        codes = Joined([unit.code for unit in self.known.units[:20]])
        return _("There is no unit «{unit}». Codes of units: {codes}.", unit=said[:60], codes=codes)

    # Days -----------------------------------------------------------------------------------------

    def day(self, line: YearLine, key: str, first: date, last: date) -> date | None:
        """Return a day between two others; of a month alone its last day, with a warning."""
        if (cell := line.cells.get(key)) is None:
            return None
        day = self._read_day(cell)
        if day is None:
            self.wrong(
                cell.place,
                _("«{said}» is no date. Please write it like: 15/03/{year}", said=cell.text[:40], year=self.known.year),
            )
            return None
        if day > self.known.today:
            self.wrong(cell.place, _("{day} has not come yet. Please check the date.", day=day))
            return None
        if not first <= day <= last:
            what = _(
                "{day} does not belong to {year}: a day between {first} and {last} is expected.",
                day=day,
                year=self.known.year,
                first=first,
                last=last,
            )
            self.wrong(cell.place, what)
            return None
        return day

    def _read_day(self, cell: YearCell) -> date | None:
        said = " ".join(cell.text.split())
        if cell.number or re.fullmatch(r"[0-9]{5}", said):
            number = int(float(said))
            return _FIRST_DAY + timedelta(days=number) if number in _SERIALS else None
        if not re.search(r"[0-9]", said):
            return None
        said = re.sub(r"[ T]\d{1,2}:\d{2}(?::\d{2})?$", "", said)
        if (day := read_day(said, self.known.today, self.known.year)) is not None:
            return day
        period = read_period(said, date(self.known.year, 12, 31))
        if period is None:
            return None
        self.warn(
            cell.place,
            _("«{said}» names no day: {day} is recorded. Please add the exact day.", said=said, day=period.last),
        )
        return period.last

    # Numbers --------------------------------------------------------------------------------------

    def number(self, cell: YearCell, units: Units, like: str) -> Decimal | None:
        """Return a number, zero or more, in a unit of measure; `like` is an example."""
        said = " ".join(cell.text.split())
        found = _own(said) if cell.number else read_amount(said, units)
        why: Text | None = None
        if isinstance(found, TwoMeanings):
            why = _(
                "«{said}» may mean {one} or {other}. Please write the number without a mark between thousands.",
                said=said[:40],
                one=found.one,
                other=found.other,
            )
        elif found is None:
            why = _unread(said, units, like)
        elif found < 0:
            why = _("{n} is below zero. Please check the number.", n=found)
        elif found >= 10**15:
            why = _("The number is too big. Please check it; for example: {like}", like=like)
        if why is not None:
            self.wrong(cell.place, why)
            return None
        assert isinstance(found, Decimal)
        return found

    def whole(self, cell: YearCell, units: Units, like: str) -> Decimal | None:
        """Return a whole number, zero or more."""
        found = self.number(cell, units, like)
        if found is not None and found != found.to_integral_value():
            self.wrong(
                cell.place,
                _(
                    "{n} is no whole number. Both numbers are counted, no percentage; for example: {like}",
                    n=found,
                    like=like,
                ),
            )
            return None
        return found

    # Texts ----------------------------------------------------------------------------------------

    def line(self, of: YearLine, key: str, longest: int = LONGEST_LINE) -> str:
        """Return a text on one line."""
        return self._short(of, key, of.text(key), longest)

    def paragraph(self, of: YearLine, key: str) -> str:
        """Return a text with its lines."""
        return self._short(of, key, of.cells[key].text.strip() if key in of.cells else "", LONGEST_TEXT)

    def _short(self, of: YearLine, key: str, said: str, longest: int) -> str:
        if len(said) <= longest:
            return said
        self.wrong(of.at(key), _("The text has {n} characters; up to {most} are kept.", n=len(said), most=longest))
        return ""

    # Choices --------------------------------------------------------------------------------------

    def choice(self, of: YearLine, key: str, offered: Mapping[str, str], shown: Sequence[str] = ()) -> str:
        """Return which of some words a cell has, by how they are said; empty where it has none of them."""
        said = of.text(key)
        if not said:
            return ""
        by_word = {fold(word): code for word, code in offered.items()}
        if (found := by_word.get(fold(said).strip(" ."))) is not None:
            return found
        words = Joined(list(shown or offered), "; ")
        self.wrong(of.at(key), _("«{said}» is none of: {words}.", said=said[:60], words=words))
        return ""


def _own(said: str) -> Decimal:
    """Return a number of the workbook's own, as it shows it and not as floating point keeps it."""
    number = Decimal(str(round(float(said), 9)))
    return number.to_integral_value() if number == number.to_integral_value() else number.normalize()


def _unread(said: str, units: Units, like: str) -> Text:
    if re.fullmatch(r"[0-9][0-9.,]* ?%", said):
        return _(
            "«{said}» is a percentage; the numbers themselves are needed, for example: {like}", said=said, like=like
        )
    if re.match(r"-?[0-9]", said) and units.unit:
        return _(
            "The assistant could not read «{said}» as an amount in {units}. Please write it like: {like}",
            said=said[:60],
            units=Joined(units.names),
            like=like,
        )
    return _("A number is expected here, not «{said}». Please write it like: {like}", said=said[:60], like=like)
