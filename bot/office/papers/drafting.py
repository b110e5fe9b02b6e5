"""The office's report in Word: read, laid down as values; what stood in it is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.conversation import JobContext, Visit
from bot.language import Part, Time, _
from bot.office.papers import contents, office_report, paper_facts, paper_gaps, templates
from bot.office.papers.contents import Changed, PaperChange
from bot.office.papers.office_report import OfficeReport
from bot.office.papers.paper_kinds import words_of
from storage import office_papers
from storage.office_papers import OfficePaper, PaperStage

CHANGES = "report_changes"
"""The template of a list of changes."""
DONE_AS = {Changed.ADDED: _("Insert"), Changed.CHANGED: _("Replace"), Changed.GONE: _("Take out")}


@dataclass(frozen=True)
class MadeDraft:
    """A draft, laid down."""

    report: OfficeReport
    n: int
    gaps: int
    name: str
    values: Mapping[str, Any]
    contents: Mapping[str, tuple[str, str]]
    new: bool
    """Whether it says anything that the newest one before did not: else it is that one once more."""
    template: str
    """The mark of the template that it was made with."""


@dataclass(frozen=True)
class ListedChanges:
    """What has changed since a version, laid down."""

    changes: Sequence[PaperChange]
    contents: Mapping[str, tuple[str, str]]
    gaps: int
    name: str
    values: Mapping[str, Any]


def span(years: Sequence[int]) -> str:
    """Return years as they stand in names: «2027», «2026-2030»."""
    return f"{years[0]}" if len(years) == 1 else f"{years[0]}-{years[-1]}"


async def make(context: JobContext, years: Sequence[int], signer: str = "") -> MadeDraft:
    """Make the next draft about these years; the same number where nothing has changed since the last."""
    years, steps = sorted(years), context.steps
    steps.plan(len(years) + 3)  # read year by year, laid down, compared, filled in
    period = await paper_facts.read(context.snapshot, context.office, years, context.now, done=steps.done)
    report, words = office_report.of(period), words_of(context.words)
    steps.done()
    of = {"first": years[0], "last": years[-1]}
    before = await context.snapshot.one(office_papers.NEWEST_AT, stage=PaperStage.DRAFT, **of)
    now = contents.of(report, words)
    steps.done()
    new = before is None or bool(contents.compared(before.contents, now))
    n = (0 if before is None else before.n) + new
    footer: Part = _("Draft {n}, made at {at}", n=n, at=Time(context.now))
    template = templates.mark_of(await templates.in_force(context.snapshot, office_report.TEMPLATE))
    name = f"Bao-cao-tong-hop-{span(years)}-du-thao-{n}"
    values = office_report.values(report, words, signer, footer)
    return MadeDraft(report, n, len(paper_gaps.open_ones(period)), name, values, now, new, template)


def keep(visit: Visit, made: MadeDraft) -> None:
    """Store what stands in a draft."""
    period = made.report.period
    if not made.new:
        return
    office_papers.add(
        visit.tx,
        first=period.first,
        last=period.last,
        stage=PaperStage.DRAFT,
        contents=dict(made.contents),
        gaps=made.gaps,
        template=made.template,
        by=visit.me.id,
        now=visit.now,
    )
    visit.note("report_drafted", span([period.first, period.last] if period.several else [period.last]), n=made.n)


async def changed(context: JobContext, years: Sequence[int], base: OfficePaper) -> list[PaperChange]:
    """Return what has changed since a version."""
    period = await paper_facts.read(context.snapshot, context.office, sorted(years), context.now)
    return contents.compared(base.contents, contents.of(office_report.of(period), words_of(context.words)))


async def compare(context: JobContext, years: Sequence[int], base: OfficePaper) -> ListedChanges:
    """List what a text that says what `base` says has to be changed in, as a paper too."""
    period = await paper_facts.read(context.snapshot, context.office, sorted(years), context.now)
    words = words_of(context.words)
    now = contents.of(office_report.of(period), words)
    found = contents.compared(base.contents, now)
    rows = [
        {"n": str(n), "place": each.place, "how": words.say(DONE_AS[each.how]), "text": each.text, "was": each.was}
        for n, each in enumerate(found, 1)
    ]
    head = words.say(
        _("What has changed in the report of {years} since {at}", years=span(sorted(years)), at=Time(base.at))
    )
    name = f"Thay-doi-bao-cao-tong-hop-{span(sorted(years))}"
    return ListedChanges(found, now, len(paper_gaps.open_ones(period)), name, {"head": head, "rows": rows})
