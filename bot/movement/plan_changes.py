"""What another plan would change, line by line, and what of it records would lose or be read by otherwise. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from pydantic import BaseModel

from bot.language import Count, Part, Text, _
from bot.movement.plan import Duty, Plan, Target

Used = tuple[str, str, int]
"""What a code is of (kind, area, level, target, section, duty, unit_kind, year), the code, and in how many records it stands."""
LONGEST = 70
"""Characters of a text that are shown: it is to be recognised, not read."""

PIECES: dict[str, Text] = {
    "unit_kinds": _("kind of unit"),
    "areas": _("area"),
    "kinds": _("kind of registration"),
    "fields": _("question"),
    "levels": _("level of recognition"),
    "targets": _("target"),
    "figures": _("figure"),
    "pages": _("page of the report"),
    "sections": _("section of the report"),
    "duties": _("duty"),
    "parts": _("part"),
    "ladders": _("ladder"),
    "rungs": _("rung"),
    "radar": _("watch on a target"),
    "office": _("office"),
    "titles": _("what units and their heads are called"),
    "roles": _("names of roles"),
    "clauses": _("clauses"),
    "abbreviations": _("short forms"),
    "phrases": _("what people write for commands"),
    "speaking": _("hours of speaking"),
    "surprise": _("surprising figures"),
    "awards": _("awards"),
    "forms": _("form of award"),
    "quotas": _("usual number of awards"),
    "keeping": _("how long things are kept"),
}


def changes(old: Plan, new: Plan, years: Sequence[int]) -> list[Part]:
    """Return every difference: first the dates of these years, then piece by piece."""
    lines: list[Part] = [line for year in years for line in _dates(old, new, year)]
    lines += _differences(old, new, ())
    if old.notice != new.notice:
        lines.append(_("Everybody has to agree to the data notice anew."))
    return lines


def broken_codes(new: Plan, used: Iterable[Used], units: Iterable[str]) -> list[Part]:
    """Return the codes that stand in records, have no place in the new plan, and without which these cannot be shown."""
    lines = _without_a_place(new, [each for each in used if each[0] in NEEDED])
    known = set(units)
    if known and new.office.desk_unit not in known:
        lines.append(_("the office's own unit {code} is not among the units", code=new.office.desk_unit))
    return lines


def dropped_codes(new: Plan, used: Iterable[Used]) -> list[Part]:
    """Return the codes that stand in records and that the new plan asks about no more: what was said is kept."""
    return _without_a_place(new, [each for each in used if each[0] not in NEEDED])


def _without_a_place(new: Plan, used: Iterable[Used]) -> list[Part]:
    has: dict[str, set[str]] = {
        "kind": {each.code for each in new.kinds},
        "area": {each.code for each in new.areas},
        "level": {each.code for each in new.levels},
        "target": {each.code for each in new.asked_about},
        "section": {area.code for area in new.areas} | {each.code for each in new.sections},
        "duty": {each.code for each in new.all_duties},
        "way": {each.how for each in new.duties},
        "unit_kind": {each.code for each in new.unit_kinds},
        "year": {str(year) for year in range(new.first_year, new.last_year + 1)},
    }
    return [
        _("{what} {code} stands in {n} records and is not in the new plan", what=WHAT[what], code=code, n=Count(n))
        for what, code, n in used
        if code not in has[what]
    ]


@dataclass(frozen=True, slots=True)
class ChangedTarget:
    """A target that both plans have, and what of it means something else now."""

    old: Target
    new: Target
    keys: tuple[str, ...]

    @property
    def breaks(self) -> bool:
        """Whether a figure of before would be read as something that nobody has said."""
        return self.new.factor(self.old.kept_as) is None


def changed_targets(old: Plan, new: Plan) -> list[ChangedTarget]:
    """Return the targets and figures whose meaning has changed: all keys count but those that only name them."""
    before = {each.code: each for each in old.asked_about}
    found = []
    for target in new.asked_about:
        was = before.get(target.code)
        keys = () if was is None else tuple(key for key, _was, _now in _unlike(was, target) if key not in NAMES)
        if was is not None and keys:
            found.append(ChangedTarget(was, target, keys))
    return found


NEEDED = ("kind", "area", "level", "way", "year")
"""Codes without which a record cannot be shown."""
NAMES = frozenset(
    [
        "name",
        "short",
        "thing",
        "area",
        "question",
        "beside",
        "stays",
        "may_not_apply",
        "example",
        "example_before",
        "why_more",
        "why_less",
        "command",
    ]
)
"""Keys of a target that say how it is called and asked for; every other one says what its figures mean."""
WHAT: dict[str, Text] = {
    "kind": _("kind of registration"),
    "area": _("area"),
    "level": _("level of recognition"),
    "target": _("target"),
    "section": _("section of the report"),
    "duty": _("duty"),
    "way": _("way of doing a duty"),
    "unit_kind": _("kind of unit"),
    "year": _("year"),
}


# Dates ----------------------------------------------------------------------------------------


def _dates(old: Plan, new: Plan, year: int) -> Iterator[Part]:
    """Return the days on which duties are due in a year, where they differ or where there was none."""
    before = {duty.code: duty for duty in old.all_duties if duty.owed_in(year)}
    for duty in new.all_duties:
        if not duty.owed_in(year):
            continue
        was, now = before.get(duty.code), _day(duty, year)
        if was is None:
            yield _("{duty} of {year}: new, due by the end of {now}", duty=duty.name, year=year, now=now)
        elif (then := _day(was, year)) != now:
            yield _(
                "{duty} of {year}: due by the end of {now}, not {then}", duty=duty.name, year=year, now=now, then=then
            )
    owed = {duty.code for duty in new.all_duties if duty.owed_in(year)}
    for duty in before.values():
        if duty.code not in owed:
            yield _(
                "{duty} of {year}: owed no more (was due by the end of {then})",
                duty=duty.name,
                year=year,
                then=_day(duty, year),
            )


def _day(duty: Duty, year: int) -> Part:
    day = duty.last_day(year)
    return _("a day that the office enters") if day is None else f"{day:%d/%m/%Y}"


# Everything else ------------------------------------------------------------------------------


def _unlike(old: BaseModel, new: BaseModel) -> Iterator[tuple[str, Any, Any]]:
    """Yield the keys of two tables of one kind whose values differ, with both."""
    for name in type(new).model_fields:
        was, is_now = getattr(old, name), getattr(new, name)
        if was != is_now:
            yield name, was, is_now


def _differences(old: BaseModel, new: BaseModel, path: tuple[Part, ...]) -> Iterator[Part]:
    for name, was, is_now in _unlike(old, new):
        if isinstance(is_now, BaseModel) and isinstance(was, BaseModel):
            yield from _differences(was, is_now, (*path, PIECES.get(name, name)))
        elif _pieces(was) or _pieces(is_now):
            yield from _of_list(name, was, is_now, path)
        elif isinstance(is_now, dict) and isinstance(was, dict):
            for key in dict.fromkeys((*is_now, *was)):
                if is_now.get(key) != was.get(key):
                    yield _changed((*path, PIECES.get(name, name), key), was.get(key), is_now.get(key))
        else:
            yield _changed((*path, name), was, is_now)


def _changed(path: tuple[Part, ...], was: Any, is_now: Any) -> Text:
    return _("- {where}: {now}, not {then}", where=_where(path), now=_said(is_now), then=_said(was))


def _of_list(name: str, old: Sequence[Any], new: Sequence[Any], path: tuple[Part, ...]) -> Iterator[Part]:
    """Compare pieces by their codes; say once what only stands elsewhere in the list."""
    before, after = {_key(each): each for each in old}, {_key(each): each for each in new}
    for key, piece in after.items():
        place = (*path, _("{piece} {code}", piece=PIECES.get(name, name), code=key))
        if key not in before:
            yield _("- {where}: new", where=_where(place))
        else:
            yield from _differences(before[key], piece, place)
    for key in before.keys() - after.keys():
        place = (*path, _("{piece} {code}", piece=PIECES.get(name, name), code=key))
        yield _("- {where}: gone", where=_where(place))
    stay = [key for key in before if key in after]
    if stay != [key for key in after if key in before]:
        yield _("- {where}: another order", where=_where((*path, PIECES.get(name, name))))


def _pieces(value: Any) -> bool:
    return isinstance(value, tuple) and any(isinstance(each, BaseModel) for each in value)


def _key(piece: Any) -> str:
    named = (getattr(piece, name, None) for name in ("code", "target", "name"))
    return str(next(filter(None, named), ""))


def _where(path: Sequence[Part]) -> Part:
    where = path[0]
    for step in path[1:]:
        where = _("{whole}, {part}", whole=where, part=step)
    return where


def _said(value: Any) -> Part:
    match value:
        case None | "" | ():
            return _("nothing")
        case bool():
            return _("yes") if value else _("no")
        case str():
            return f"«{value}»" if len(value) <= LONGEST else f"«{value[: LONGEST - 1]}…»"
        case time():
            return f"{value:%H:%M}"
        case date():
            return f"{value:%d/%m/%Y}"
        case (int() as month, int() as day) if month <= 12 and day <= 31:
            return f"{day:02}/{month:02}"
        case (time() as first, time() as last):
            return f"{first:%H:%M}-{last:%H:%M}"
        case BaseModel():
            return _said(tuple(f"{name} = {each}" for name, each in value if each not in (None, "", ())))
        case tuple():
            parts = [_said(each) for each in value]
            joined = parts[0]
            for part in parts[1:]:
                joined = _("{whole}, {part}", whole=joined, part=part)
            return joined
    return str(value)
