"""Who owes what after a change of the units, in words: by the rule that whoever is there on the last day owes it."""

from collections.abc import Iterator

from bot.language import First, Inside, Joined, Part, _
from bot.movement import Obligation
from bot.office.duties.duty_kinds import kind_of
from bot.office.roster.unit_effects import Effects
from bot.office.roster.unit_wanted import UnitAct
from storage.people import Unit


def duty_lines(effects: Effects) -> Iterator[Part]:
    """Say who owes what: by the rule that whoever is there on the last day owes it."""
    wanted, said = effects.wanted, list[Part]()
    for code in wanted.ending:
        unit = effects.units[code]
        said += [
            _of_ending(effects, unit, each)
            for each in effects.owed(unit, code, unit.kind)
            if not _covered(effects, each)
        ]
    said += _covering(effects)
    if wanted.act in (UnitAct.MERGED, UnitAct.ENDED):
        said += list(_early(effects)) if wanted.into else []
    for made in wanted.made:
        said += [
            _("- {unit}: {task}, {when}", unit=made.name, task=Inside(kind_of(each).listed(each)), when=_when(each))
            for each in effects.owed(None, made.code, made.kind)
            if each.owed and not (wanted.act is UnitAct.MERGED and each.duty.how == "results")
        ]
    if said:
        yield _("Duties (whoever is there on the last day owes it):")
        yield from said


def _covered(effects: Effects, each: Obligation) -> bool:
    """Whether the successor's report covers what this one would have said."""
    return effects.wanted.act is UnitAct.MERGED and each.duty.how == "results" and effects.ends_with_it(each)


def _covering(effects: Effects) -> list[Part]:
    """Say of every report that covers several units whose it is."""
    found: dict[int, tuple[Obligation, list[str]]] = {}
    for code in effects.wanted.ending:
        unit = effects.units[code]
        for each in effects.owed(unit, code, unit.kind):
            if _covered(effects, each):
                found.setdefault(each.year, (each, []))[1].append(unit.name)
    return [
        _(
            "- The {what} of {year}, {when}: {into} sends one that covers these from 01/01/{year} on: {units}.",
            what=First(each.duty.called),
            year=year,
            into=effects.name(effects.wanted.into),
            when=_when(each),
            units=Joined(names),
        )
        for year, (each, names) in found.items()
    ]


def _of_ending(effects: Effects, unit: Unit, each: Obligation) -> Part:
    what = {"what": First(each.duty.called), "year": each.year, "unit": unit.name}
    if each.fulfilled is not None:
        return _("- {unit} has sent the {what} of {year}: it stays and counts for it.", **what)
    if not effects.ends_with_it(each):
        return _(
            "- ⚠️ {unit} has not sent the {what} of {year}, {when}: it stays open, and nobody sends it in the assistant once the unit has ended.",
            **what,
            when=_when(each),
        )
    if effects.wanted.act is UnitAct.SPLIT and each.duty.how == "results":
        return _(
            "- The {what} of {year}, {when}: each of the new units sends its own, with what its people have done in {unit}.",
            **what,
            when=_when(each),
        )
    if effects.wanted.act is UnitAct.ENDED and each.duty.how == "results":
        return _(
            "- The {what} of {year}, {when}: {unit} does not send it any more, and its figures of the year are in no sum; if another unit is to report them, please choose a merger.",
            **what,
            when=_when(each),
        )
    return _("- The {what} of {year}, {when}: {unit} does not owe it any more.", **what, when=_when(each))


def _early(effects: Effects) -> Iterator[Part]:
    """Warn where the successor has sent a report that does not cover the others."""
    for code in effects.wanted.ending:
        unit = effects.units[code]
        for each in effects.owed(unit, code, unit.kind):
            if each.duty.how == "results" and effects.ends_with_it(each):
                into = effects.wanted.into
                if into in effects.units and effects.early(into, each.duty, each.year):
                    yield _(
                        "- ⚠️ {into} has sent the {what} of {year} already, without the figures of {unit}; please have it completed.",
                        into=effects.name(into),
                        what=each.duty.called,
                        year=each.year,
                        unit=unit.name,
                    )


def _when(each: Obligation) -> Part:
    return _("by the end of {day}", day=each.due) if each.due is not None else _("no date given yet")
