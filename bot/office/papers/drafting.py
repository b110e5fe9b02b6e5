"""Make the office's report in Word: read, laid down as values, filled in by the worker; what stood in it is kept."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.conversation import JobContext, Visit
from bot.documents.papers.filling import WORD, fill
from bot.language import Part, Time, Words, _
from bot.office.papers import contents, office_report, paper_facts, paper_gaps
from bot.office.papers.office_report import OfficeReport
from storage import office_papers
from storage.office_papers import PaperStage


@dataclass(frozen=True)
class MadeDraft:
    """A draft with its file."""

    report: OfficeReport
    n: int
    gaps: int
    name: str
    data: bytes
    contents: dict[str, tuple[str, str]]

    @property
    def file(self) -> tuple[str, str, bytes]:
        """Return name, type and bytes."""
        return self.name, WORD, self.data


def words_of(report_terms: Words) -> Words:
    """Return the language of papers: Vietnamese, with the office's own terms."""
    return Words("vi", terms=report_terms.terms)


def span(years: Sequence[int]) -> str:
    """Return years as they stand in names: «2027», «2026-2030»."""
    return f"{years[0]}" if len(years) == 1 else f"{years[0]}-{years[-1]}"


async def make(context: JobContext, years: Sequence[int], signer: str = "") -> MadeDraft:
    """Make the next draft about these years."""
    first, last = min(years), max(years)
    period = await paper_facts.read(context.snapshot, context.office, sorted(years), context.now)
    report, words = office_report.of(period), words_of(context.words)
    before = await context.snapshot.one(office_papers.NEWEST_AT, first=first, last=last, stage=PaperStage.DRAFT)
    n = 1 if before is None else before.n + 1
    footer: Part = _("Draft {n}, made at {at}", n=n, at=Time(context.now))
    made = await context.make(fill, office_report.TEMPLATE, office_report.values(report, words, signer, footer))
    name = f"Bao-cao-tong-hop-{span(sorted(years))}-du-thao-{n}.docx"
    return MadeDraft(report, n, len(paper_gaps.open_ones(period)), name, made, contents.of(report, words))


def keep(visit: Visit, made: MadeDraft) -> None:
    """Store what stands in a draft."""
    period = made.report.period
    office_papers.add(
        visit.tx,
        first=period.first,
        last=period.last,
        stage=PaperStage.DRAFT,
        contents=dict(made.contents),
        gaps=made.gaps,
        by=visit.me.id,
        now=visit.now,
    )
    visit.note("report_drafted", span([period.first, period.last] if period.several else [period.last]), n=made.n)
