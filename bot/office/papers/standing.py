"""Where the office's report of a year stands: its newest version, and what has changed since it was signed."""

from dataclasses import dataclass

from bot.conversation import JobContext
from bot.office.papers import drafting
from storage import office_papers
from storage.office_papers import OfficePaper, PaperStage


@dataclass(frozen=True, slots=True)
class ReportStanding:
    """The newest version of a report, and in how many places it would say something else now."""

    newest: OfficePaper | None
    changed: int


NOTHING = ReportStanding(None, 0)


async def read(context: JobContext, year: int) -> ReportStanding:
    """Read where it stands: signed, else the office's own version, each with what has changed since; else the draft."""
    of = {"first": year, "last": year}
    for stage in (PaperStage.SIGNED, PaperStage.EDITED):
        if (found := await context.snapshot.one(office_papers.NEWEST_AT, stage=stage, **of)) is not None:
            return ReportStanding(found, len(await drafting.changed(context, [year], found)))
    return ReportStanding(await context.snapshot.one(office_papers.NEWEST, **of), 0)
