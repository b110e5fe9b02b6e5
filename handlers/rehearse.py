"""«Chạy thử»: the desk plays a whole year of reminders without sending, for a picture and a table."""

from collections.abc import Mapping
from typing import Any

from bot.conversation import DESK, HOME, Command, Feature, JobContext, JobKind, JobResult, Visit
from bot.dialogue import Button, Say
from bot.language import _, number
from bot.movement import Year
from bot.office.reminding import rehearsal, rehearsed_year, reminder_sheet, unit_context


def run(visit: Visit, args: str) -> Say | None:
    """Answer «/chaythu 2027»: play the whole year without sending."""
    said = next((n for word in args.split() if (n := number(word)) is not None), visit.said.year)
    plan = visit.plan
    if not plan.first_year <= said <= plan.last_year:
        return Say(
            [
                _(
                    "The movement runs from {first} to {last}; choose one of its years.",
                    first=plan.first_year,
                    last=plan.last_year,
                )
            ],
            buttons=(HOME,),
        )
    return visit.start_job(REHEARSAL, year=said)


async def rehearsed(context: JobContext, about: Mapping[str, Any]) -> JobResult:
    """Return the picture of the year and the table of all its messages."""
    from bot.documents.year_calendar import draw

    year, snapshot, office, words = int(about["year"]), context.snapshot, context.office, context.words
    stage = await rehearsed_year.stage_of(snapshot, office, context.now, year)
    rows = await context.make(rehearsal.rows, *stage, words.language)
    without = await rehearsed_year.without_chat(snapshot, office.plan)
    of = await unit_context.opened(snapshot, office, [Year(n) for n in (year - 1, year) if n >= office.plan.first_year])
    ends = [each for each in of if each.due is not None and each.due.year == year]
    contents = rehearsed_year.picture(rows, ends, office.calendar, words, year, context.now)
    picture = await context.make(draw, contents)
    sheet = await context.make(reminder_sheet.table, rows, reminder_sheet.labels(words))
    name = f"Chay-thu-{year}"
    return JobResult(
        Say(
            rehearsed_year.totals(rows, year, without),
            buttons=(Button(_("All reminders to come"), "/lichnhac tatca"), HOME),
        ),
        [(f"{name}.png", "image/png", picture), (f"{name}.xlsx", reminder_sheet.XLSX, sheet)],
    )


COMMAND = Command("chaythu", _("Rehearse the reminders"), _("rehearse"), run, DESK)
REHEARSAL = JobKind("rehearsal", rehearsed, DESK, called=_("the rehearsal"))
FEATURE = Feature(__name__, commands=(COMMAND,), jobs=(REHEARSAL,))
