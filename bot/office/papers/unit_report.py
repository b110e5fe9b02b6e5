"""A unit's yearly report as a paper: what was sent, or the draft before its head sends it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from bot.conversation import WHO, JobContext, Visit, load_draft, whose
from bot.dialogue import Answers
from bot.language import Part, Text, Time, _, fold, number
from bot.movement import Figure, May, Target
from bot.office.duties import item_access, reopening, submissions
from bot.office.duties.duty_kinds import read_subject, subject_of
from bot.office.papers import office_report, paper_facts, unit_targets
from bot.office.papers.paper_facts import PaperPeriod, TargetRow
from bot.office.papers.paper_kinds import FilledPaper, PaperKind, words_of
from bot.office.report import as_sent, pages
from bot.office.report.facts import ReportFacts
from bot.office.report.kinds import NA
from bot.office.report.report_parts import note_on
from storage import drafts, results
from storage.results import Narrative, SentReport

DRAFT = "nhap"
"""What is said before the year where the draft is meant: «/banword baocao nhap 2027»."""


@dataclass(frozen=True)
class UnitReport:
    """What a unit's report says, sent or not."""

    unit: str
    year: int
    version: int
    sent: bool
    told: Mapping[str, Sequence[Narrative]]
    rows: Sequence[TargetRow] | None
    """Of the targets of a draft; None where it was sent."""
    figures: Sequence[Figure] | None
    """Those of a draft; None where the figures on record count."""

    @property
    def code(self) -> str:
        """Return its tracking code."""
        return f"BC-{self.year}-{self.unit}"


def named(visit: Visit, said: str) -> str | None:
    """Return what is meant: «BC-2027-QLXD», «2027» of my unit; «nhap 2027» its draft, as the subject of its sheet."""
    word, _space, rest = said.strip().partition(" ")
    if fold(word) == DRAFT:
        year = number(rest.strip())
        return (None if year is None else _draft_of(visit, year)) or named(visit, rest)
    year = number(word or str(visit.said.year))
    if year is not None and not rest:
        mine = visit.tx.one(results.OF_UNIT, unit=visit.me.unit, year=year)
        return _draft_of(visit, year) if mine is None else mine.code
    record = reopening.named(visit, said)
    return record.code if record is not None and record.what == "results" else None


def _draft_of(visit: Visit, year: int) -> str | None:
    """Return the subject of my unit's sheet of a year; None where none is open."""
    subject = subject_of(visit.me.unit, year)
    return subject if visit.tx.one(drafts.OPEN_OF_SUBJECT, form=pages.CODE, subject=subject) is not None else None


def mine(visit: Visit, about: Mapping[str, Any]) -> bool:
    """Whether this person sees it: of a draft whoever writes it; else the office, the leaders, whoever drafts for its unit."""
    subject = about["subject"]
    if ":" in subject:
        return submissions.writes("results").holds(visit, subject)
    report = visit.tx.one(results.BY_CODE, code=subject)
    if report is None:
        return False
    if report.unit in item_access.units(visit):
        return submissions.drafts_for(visit, visit.plan.reports.code, report.year) or visit.may(May.SUMMARISE)
    return visit.may(May.SUMMARISE)


def read(visit: Visit, about: Mapping[str, Any]) -> UnitReport | None:
    """Read what a report says: as it was sent, or its draft as it stands."""
    subject = about["subject"]
    if ":" in subject:
        return _draft(visit, subject)
    report = visit.tx.one(results.BY_CODE, code=subject)
    return None if report is None else _sent(visit, report)


def _sent(visit: Visit, report: SentReport) -> UnitReport:
    told = defaultdict[str, list[Narrative]](list)
    for part in visit.tx.all(results.NARRATIVES_OF, id=report.id):
        told[part.section].append(part)
    return UnitReport(report.unit, report.year, report.version, True, told, None, None)


def _draft(visit: Visit, subject: str) -> UnitReport | None:
    head = visit.tx.one(drafts.OPEN_OF_SUBJECT, form=pages.CODE, subject=subject)
    if head is None:
        return None
    (unit, year), plan = read_subject(subject), visit.plan
    answers, scene, form = (
        load_draft(visit.tx, head).values(),
        visit.scene(ReportFacts(visit, subject)),
        pages.form_of(plan),
    )
    rows = []
    for target in (each for each in plan.targets if each.code in form and each.code in answers):
        said = (
            as_sent.answered(target, answers[target.code], scene)
            if target.asked
            else unit_targets.counted(target, scene)
        )
        rows.append(TargetRow(target, [said], str(answers.get(note_on(target.code)) or "")))
    told = defaultdict[str, list[Narrative]](list)
    for _page, part in plan.narrative:
        value = answers.get(part.code)
        if isinstance(value, str):
            told[part.code].append(Narrative(unit, part.code, value, "", "typed"))
    figures = [_figure(unit, target, answers) for target in plan.figures if target.code in answers]
    version = len(visit.tx.all(results.VERSIONS, unit=unit, year=year)) + 1
    return UnitReport(unit, year, version, False, told, rows, figures)


def _figure(unit: str, target: Target, answers: Answers) -> Figure:
    value = answers[target.code]
    given = value if isinstance(value, dict) else {}
    of = Decimal(given["d"]) if "d" in given else None
    return Figure(unit, target.code, Decimal(given["n"]) if given else None, of, value == NA)


async def lay(context: JobContext, about: Mapping[str, Any]) -> FilledPaper | None:
    """Return it as values: its own words and figures, with what is on record of the unit's year."""
    given: UnitReport | None = context.given
    if given is None:
        return None
    period = _told(
        await paper_facts.read(context.snapshot, context.office, [given.year], context.now, given.unit), given
    )
    report, words = office_report.of(period), words_of(context.words)
    footer = _(
        "Draft, not sent · {code}, version {n} · made at {at}", code=given.code, n=given.version, at=Time(context.now)
    )
    values = office_report.values(replace(report, draft=not given.sent), words, draft=footer)
    unit = period.unit.name if period.unit is not None else given.unit
    if not given.sent:
        lines: list[Part] = [
            _("📎 Draft of the report of {year} by {unit}, not sent yet", year=given.year, unit=unit),
            _("Every page says «DỰ THẢO»; what is changed in Word does not change the sheet here."),
        ]
        return FilledPaper(values, f"Bao-cao-{given.year}-{given.unit}-du-thao", lines)
    head: Text = _("📎 Report of {year} by {unit}, version {n}", year=given.year, unit=unit, n=given.version)
    lines = [head, _("Day and signature are left free, so is the number where the unit has one.")]
    return FilledPaper(values, f"Bao-cao-{given.year}-{given.unit}", lines)


def _told(period: PaperPeriod, given: UnitReport) -> PaperPeriod:
    """Return the unit's year with what its report says."""
    (year,) = period.years
    year = replace(year, told=given.told, figures=year.figures if given.figures is None else given.figures)
    if not given.sent:
        year = replace(
            year, summary=replace(year.summary, results=[])
        )  # nothing is waited for in what is being written
    return replace(period, years=[year], told=given.rows)


UNIT_REPORT = PaperKind(
    "unit_report",
    _("the report in Word"),
    office_report.OF_UNIT,
    whose(WHO[May.DRAFT], mine),
    typed=office_report.UNIT_REPORT,
    named=named,
    read=read,
    lay=lay,
)
