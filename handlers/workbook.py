"""«/xuat»: every table of a year, or of several, as one workbook."""

from collections.abc import Mapping
from typing import Any

from bot.conversation import HOME, Command, Feature, JobContext, JobKind, JobResult, Visit, refused
from bot.dialogue import Button, Say
from bot.language import Count, Joined, Part, Time, _, read_years
from bot.office import opened_years
from bot.office.reminding.reminder_sheet import XLSX
from bot.office.report import as_sent
from bot.office.tables import all_tables, scope, yearly_facts
from bot.office.tables.scope import SERVED, SERVED_WITH


def run(visit: Visit, args: str) -> Say | None:
    """Answer «/xuat 2027», «/xuat 2026-2030 QLXD»: the years and the unit that were said, else what is collected, of all."""
    unit = _unit(visit, args)
    if isinstance(unit, Say):
        return unit
    said = read_years(args, visit.said.date()).years
    can = sorted(year for year in said if opened_years.can_show(visit.plan, year, visit.now.date()))
    if len(can) < 2:
        year = opened_years.one(visit, args, opened_years.collecting(visit), "/xuat {year}")
        if isinstance(year, Say):
            return year
        can = [year]
    return visit.start_job(WORKBOOK, years=can, unit=unit, left_out=sorted(set(said) - set(can)))


def _unit(visit: Visit, args: str) -> str | Say | None:
    """Return the unit whose tables are meant: the one that was said, else the only one they get; None for all."""
    own, said = scope.own(visit), opened_years.unclear(args, visit.said.date())
    if not said:
        return own
    unit = as_sent.unit_named(visit, read_years(args, visit.said.date()).rest)
    if unit is None:
        about = {"said": said[:40], "code": visit.me.unit}
        why = _(
            "The assistant does not know the unit «{said}». Please give its code, for example: workbook {code}", **about
        )
        return Say([why], buttons=(Button(_("Tables for Excel"), "/xuat"), HOME))
    return unit.code if own in (None, unit.code) else refused(SERVED)


async def made(context: JobContext, about: Mapping[str, Any]) -> JobResult:
    """Return the workbook, and what stands in it."""
    mine = scope.of(about["unit"], context.person)
    years, steps = about["years"], context.steps
    steps.plan(len(years) + 1)
    facts = await yearly_facts.read(context.snapshot, context.office, years, mine, context.now, steps.done)
    book, sheets = await context.make(all_tables.made, facts)
    steps.done()
    first, last = about["years"][0], about["years"][-1]
    span = f"{first}" if first == last else f"{first}-{last}"
    full = [(name, n) for name, n in sheets if n]
    lines: list[Part] = [
        _("Workbook of {span} · {n} tables · {at}", span=span, n=Count(len(sheets)), at=Time(context.now)),
        _("In it: {tables}.", tables=Joined([_("{name} ({n})", name=name, n=Count(n)) for name, n in full], "; ")),
    ]
    if empty := [name for name, n in sheets if not n]:
        lines.append(_("Nothing is recorded yet of: {tables}.", tables=Joined(empty, "; ")))
    if about["left_out"]:
        names = Joined([f"{year}" for year in about["left_out"]])
        lines.append(_("Nothing can be shown yet of: {years}.", years=names))
    name = f"Bang-so-lieu-{span}{'' if mine.unit is None else f'-{mine.unit}'}.xlsx"
    buttons = (*((Button(_("Yearly summary"), f"/tonghop {span}"),) if mine.unit is None else ()), HOME)
    return JobResult(Say(lines, buttons=buttons), [(name, XLSX, book)])


COMMAND = Command("xuat", _("Tables for Excel"), _("workbook|excel"), run, SERVED, listed=False, seldom=True)
WORKBOOK = JobKind("workbook", made, SERVED_WITH, called=_("the tables for Excel"))
FEATURE = Feature(__name__, commands=(COMMAND,), jobs=(WORKBOOK,))
