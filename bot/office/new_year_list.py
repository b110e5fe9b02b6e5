"""What is to be settled at the year's turn, each with the door where it is settled. Inside the transaction."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.conversation import Visit
from bot.dialogue import Button
from bot.language import Count, Inside, Joined, Part, _
from bot.movement import Duty, Role, heads, senders
from bot.office.duties import due_dates
from bot.office.duties.duty_kinds import of_year
from bot.office.report import entered
from bot.office.roster import held_items
from storage import calendar, chats, deadlines, left_behind, people, reopenings, results, settings, unit_changes
from storage.people import Person, Unit

MOST = 8
"""So many names are said of a list."""
PERSONNEL = "nhansu"
"""The command that changes posts, where the assistant has it; else people are invited."""


@dataclass(frozen=True, slots=True)
class ToSettle:
    """One thing to be settled, and the doors to it."""

    line: Part
    doors: Sequence[Button]


def to_settle(visit: Visit) -> list[ToSettle]:
    """Return everything that the year's turn leaves to the office, in the order in which it is best done."""
    parts = (_dates, units_due, _people, _days_off, _last_year, _baselines, _corrections, _left_behind, _second)
    return [each for part in parts for each in part(visit)]


def _dates(visit: Visit) -> Iterator[ToSettle]:
    year, plan = visit.now.year, visit.plan
    if not plan.first_year <= year <= plan.last_year:
        return
    if year in due_dates.openable(visit):
        yield ToSettle(
            _("The year {year} is not open yet.", year=year),
            [Button(_("Open {year}", year=year), f"/thoihan mo {year}")],
        )
        return
    given = {(row.duty, row.year) for row in visit.tx.all(deadlines.DEADLINES)}
    without = [(duty, of) for duty, of in _opening(visit, year) if (duty.code, of) not in given]
    if without:
        yield ToSettle(
            _(
                "Dates not given yet ({n}): {duties}",
                n=Count(len(without)),
                duties=Joined([_("{what} of {year}", what=of_year(duty), year=of) for duty, of in without]),
            ),
            [
                Button(_("Date of the {what} of {year}", what=of_year(duty), year=of), f"/thoihan {duty.code} {of}")
                for duty, of in without[:MOST]
            ],
        )


def _opening(visit: Visit, year: int) -> list[tuple[Duty, int]]:
    """Return the duties that open in a year and have no day in the plan, each with the year it is of.

    The last part of a year may open in the next one. What waits until the office asks for it is asked for by itself.
    """
    opened = {row.year for row in visit.tx.all(deadlines.YEARS) if not row.quiet}
    return [
        (duty, of)
        for of in (year - 1, year)
        for duty in visit.plan.all_duties
        if duty.by != "union"
        and not duty.way.on_call
        and of in opened
        and duty.opening(of).year == year
        and duty.owed_in(of)
        and duty.last_day(of) is None
    ]


def units_due(visit: Visit) -> Iterator[ToSettle]:
    """Find changes of the units whose day has come."""
    today = visit.now.date()
    for change in visit.tx.all(unit_changes.AHEAD):
        if change.day <= today:
            yield ToSettle(
                _("A change of the units was entered for {day} and waits to be made.", day=change.day),
                [Button(_("Look at the change of {day}", day=change.day), f"/tochuc xem {change.id}")],
            )


def _people(visit: Visit) -> Iterator[ToSettle]:
    """Find units without a head, and those of which nobody who sends is reached."""
    there, today = _there(visit), visit.now.date()
    headless = [unit.name for unit, people in there.items() if not any(heads(person.role) for person in people)]
    if headless:
        yield ToSettle(
            _("Units without a head ({n}): {units}", n=Count(len(headless)), units=_some(headless)), [_personnel(visit)]
        )

    def reached(person: Person) -> bool:
        return visit.tx.one(chats.HAS_PLACE, person=person.id, today=today) is not None

    silent = [unit.name for unit, people in there.items() if not any(map(reached, senders(people, today)))]
    if silent:
        yield ToSettle(
            _("Units of which nobody who sends is reached ({n}): {units}", n=Count(len(silent)), units=_some(silent)),
            [Button(_("Invite somebody"), "/moinguoi")],
        )


def _there(visit: Visit) -> Mapping[Unit, Sequence[Person]]:
    units = [unit for unit in visit.tx.all(people.UNITS) if unit.kind not in visit.plan.unions]
    return {unit: visit.tx.all(people.OF_UNIT, unit=unit.code) for unit in units}


def _personnel(visit: Visit) -> Button:
    if PERSONNEL in visit.office.features.commands:
        return Button(_("The people"), f"/{PERSONNEL}")
    return Button(_("Invite somebody"), "/moinguoi")


def _days_off(visit: Visit) -> Iterator[ToSettle]:
    year = visit.now.year
    if visit.plan.first_year <= year <= visit.plan.last_year and (
        visit.tx.one(settings.NAMED, name=calendar.confirmation(year)) is None
    ):
        yield ToSettle(
            _("The days off of {year} are not confirmed yet.", year=year),
            [Button(_("Days off of {year}", year=year), f"/lich {year}")],
        )


def _last_year(visit: Visit) -> Iterator[ToSettle]:
    """Find what has not come of the year before, and what came and was not received."""
    year, plan, tx = visit.now.year - 1, visit.plan, visit.tx
    if not plan.first_year <= year <= plan.last_year or year not in [row.year for row in tx.all(deadlines.YEARS)]:
        return
    done = {row.unit for row in tx.all(deadlines.FILED_OF_DUTY, duty=plan.reports.filed_as, year=year)}
    missing = [unit.name for unit in due_dates.units_owing(visit, plan.reports, year) if unit.code not in done]
    if missing:
        yield ToSettle(
            _(
                "The {what} of {year} has not come from ({n}): {units}",
                what=of_year(plan.reports),
                year=year,
                n=Count(len(missing)),
                units=_some(missing),
            ),
            [Button(_("Who has not sent in {year}", year=year), f"/chuagui {year}")],
        )
    waiting = [report.unit_name for report in tx.all(results.OF_YEAR, year=year) if report.received is None]
    if waiting:
        yield ToSettle(
            _(
                "The {what} of {year} has come and is not received yet ({n}): {units}",
                what=of_year(plan.reports),
                year=year,
                n=Count(len(waiting)),
                units=_some(waiting),
            ),
            [Button(_("What waits to be received"), "/tiepnhan")],
        )


def _baselines(visit: Visit) -> Iterator[ToSettle]:
    for target in entered.against_before(visit.plan):
        without = [unit.name for unit in entered.without(visit, target)]
        if without:
            yield ToSettle(
                _(
                    "Nothing to measure against, {what} ({n}): {units}",
                    what=Inside(target.short),
                    n=Count(len(without)),
                    units=_some(without),
                ),
                [Button(_("Baselines: {what}", what=Inside(target.short)), entered.list_of(visit.plan, target))],
            )


def _corrections(visit: Visit) -> Iterator[ToSettle]:
    live = visit.tx.all(reopenings.ALL_LIVE)
    if live:
        yield ToSettle(
            _(
                "Corrections under way ({n}): {records}",
                n=Count(len(live)),
                records=_some([f"{each.record} ({each.unit_name})" for each in live]),
            ),
            [Button(_("What is opened once more"), "/molai")],
        )


def _left_behind(visit: Visit) -> Iterator[ToSettle]:
    found = visit.tx.all(left_behind.ALL, year=visit.now.year - 1)
    rows = [row for row in found if not row.field or held_items.question(visit.plan, row.about, row.field)]
    if not rows:
        return
    said = []
    for row in rows[:MOST]:
        match row.what:
            case "acting":
                said.append(_("{who} acts for {other} ({unit})", who=row.person, other=row.about, unit=row.unit_name))
            case "drafting":
                said.append(_("{who} drafts for {unit}", who=row.person, unit=row.unit_name))
            case "named":
                said.append(_("{who} is named in {code} ({unit})", who=row.person, code=row.about, unit=row.unit_name))
            case _other:
                said.append(
                    _("{who} is in charge of {code} ({unit})", who=row.person, code=row.about, unit=row.unit_name)
                )
    yield ToSettle(
        _("Held by those who have left ({n}): {what}", n=Count(len(rows)), what=Joined(said, "; ")), [_personnel(visit)]
    )


def _second(visit: Visit) -> Iterator[ToSettle]:
    admins = visit.tx.all(people.OF_ROLE, role=Role.ADMIN)
    if len(admins) < 2:
        yield ToSettle(
            _(
                "There are {n} administrators; two are needed so that one can stand in for the other.",
                n=Count(len(admins)),
            ),
            [_personnel(visit)],
        )


def _some(names: Sequence[str]) -> Joined:
    left = len(names) - MOST
    return Joined([*names[:MOST], *([_("… and {n} more", n=Count(left))] if left > 0 else [])], "; ")
