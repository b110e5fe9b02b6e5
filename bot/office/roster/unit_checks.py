"""Why a change of the units cannot be: looked at when it is asked for, and again before it is done. In the transaction."""

from collections.abc import Sequence
from datetime import date, timedelta

from bot.conversation import Visit
from bot.language import Part, Text, _
from bot.office import unit_names
from bot.office.duties.duty_kinds import of_year
from bot.office.roster.unit_wanted import UnitAct, WantedUnits
from storage import deadlines, people, unit_changes
from storage.people import Unit


def ended(unit: Unit) -> Text:
    """Say that a unit is no more."""
    return _("{unit} ended on {day}, so nothing is changed of it any more.", unit=unit.name, day=unit.ended)


def code_used(visit: Visit, code: str) -> Text | None:
    """Say which unit has a code already; codes are never given twice, for what was filed bears them."""
    unit = visit.tx.one(people.UNIT, code=code)
    if unit is None:
        return None
    return _(
        "The code {code} is that of {unit}; please give another one.", code=unit.code, unit=unit_names.called(unit)
    )


def is_desk(visit: Visit, unit: str) -> Text | None:
    """Say that the desk's own unit stays: the plan names it."""
    if unit != visit.plan.office.desk_unit:
        return None
    return _("{desk} runs the movement and is named in the plan, so it cannot end here.", desk=visit.plan.office.desk)


def too_early(visit: Visit, units: Sequence[str], ending: Sequence[str], day: date) -> Part | None:
    """Say why a change cannot hold from so early a day: a unit was not there yet, or has filed something since."""
    if day < date(visit.plan.first_year, 1, 1):
        return _("The movement began with {year}; please give a day from 01/01/{year} on.", year=visit.plan.first_year)
    for code in units:
        unit = visit.tx.one(people.UNIT, code=code)
        if unit is not None and unit.since is not None and day <= unit.since:
            return _("{unit} is there since {since} only; please give a later day.", unit=unit.name, since=unit.since)
        named = visit.tx.one(unit_changes.FORMER_NAME, unit=code)
        if named is not None and day <= named:
            return _("{unit} has its name since {since} only; please give a later day.", unit=code, since=named)
    plan, today = visit.plan, visit.now.date()
    for code in ending:
        filed = [
            (row.at.astimezone(visit.now.tzinfo).date(), row)
            for row in visit.tx.all(deadlines.FILED_OF_UNIT, unit=code)
        ]
        sent, row = max(filed, key=lambda each: each[0], default=(date.min, None))
        if row is not None and sent >= day and (unit := visit.tx.one(people.UNIT, code=code)) is not None:
            duty = plan.known_duty(plan.filed.get(row.duty, row.duty))
            return _(
                "{unit} sent its {what} of {year} on {sent}; the change has to hold from a later day on, for example: {example}",
                unit=unit.name,
                what=row.duty if duty is None else of_year(duty),
                year=row.year,
                sent=sent,
                example=max(today, sent + timedelta(days=1)),
            )
    return None


def why_not(visit: Visit, wanted: WantedUnits) -> Part | None:
    """Say why a change that was shown cannot be done now: units, codes or people are not what they were."""
    for code in (*wanted.units, *([wanted.into] if wanted.into else [])):
        if any(each.code == code for each in wanted.made) and wanted.act is not UnitAct.RENAMED:
            continue
        unit = visit.tx.one(people.UNIT, code=code)
        if unit is None:
            return _("There is no unit {unit} any more.", unit=code)
        if not unit.active:
            return ended(unit) if unit.ended else _("There is no unit {unit} any more.", unit=unit.name)
    if wanted.act is not UnitAct.RENAMED:
        for made in wanted.made:
            if (used := code_used(visit, made.code)) is not None:
                return used
    for code in wanted.ending:
        if (desk := is_desk(visit, code)) is not None:
            return desk
    return too_early(visit, wanted.units, wanted.ending, wanted.day)
