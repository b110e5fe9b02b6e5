"""Paper as it is known: what each unit's saving is measured against, the whole office's own use. Inside the transaction."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cached_property

from bot.conversation import Visit
from bot.dialogue import Facts
from bot.language import Part, _
from bot.movement import Plan, Target
from storage import baselines, office_figures, people
from storage.people import Unit


def paper(plan: Plan) -> Target:
    """Return the target that is measured against a baseline; only its own forms ask."""
    return next(target for target in plan.targets if target.counts == "paper")


def of_units(visit: Visit, units: Sequence[Unit], target: Target) -> tuple[list[Part], list[Unit]]:
    """List what each unit is measured against; return the units of which nothing is known with it."""
    lines: list[Part] = []
    without: list[Unit] = []
    for unit in units:
        known = visit.tx.one(baselines.FOR_REPORT, unit=unit.code, year=visit.now.year + 1)
        if known is None:
            without.append(unit)
            lines.append(_("{unit}: not entered yet", unit=unit.name))
        else:
            lines.append(
                _(
                    "{unit}: year {year}, ten months {ten}, whole year {whole}",
                    unit=unit.name,
                    year=known.year,
                    ten=_amount(target, known.ten_months),
                    whole=_amount(target, known.whole_year),
                )
            )
    return lines, without


def of_office(visit: Visit, years: Iterable[int], target: Target) -> list[Part]:
    """List what the whole office used in these years."""
    known = {each.year: each for each in visit.tx.all(office_figures.ALL, target=target.code)}
    lines: list[Part] = []
    for year in years:
        if (of := known.get(year)) is None:
            lines.append(_("Year {year}: not entered yet", year=year))
        else:
            ten, whole = _amount(target, of.ten_months), _amount(target, of.whole_year)
            lines.append(_("Year {year}: ten months {ten}, whole year {whole}", year=year, ten=ten, whole=whole))
    return lines


def _amount(target: Target, value: Decimal | None) -> Part:
    return _("{n} {unit}", n=value, unit=target.unit) if value is not None else _("unknown")


class BaselineFacts(Facts):
    """What the form of a baseline looks at."""

    def __init__(self, visit: Visit, subject: str) -> None:
        self._visit, self._code = visit, subject

    @cached_property
    def unit(self) -> Unit:
        """Whose saving it is."""
        unit = self._visit.tx.one(people.UNIT, code=self._code)
        assert unit is not None
        return unit


class OfficeFacts(Facts):
    """What the form of the office's own paper looks at."""

    def __init__(self, visit: Visit, subject: str) -> None:
        self.year = int(subject)
