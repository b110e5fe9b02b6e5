"""«Bản Word» under «/tonghop»: the office's report as a paper, made by the worker; what it still waits for."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bot.conversation import DESK, Feature, JobContext, Notice, Visit, refused
from bot.dialogue import Button, Say
from bot.language import Count, Joined, Part, _, fold, read_years
from bot.office import opened_years
from bot.office.papers import drafting, office_report, paper_heads
from bot.office.papers.drafting import MadeDraft, span
from bot.office.papers.paper_kinds import FilledPaper, PaperKind
from bot.office.papers.version_facts import VersionFacts
from bot.office.reminding.dated_notes import REPORT_DRAFT
from handlers import report_gaps, report_signed, report_versions


def meant(args: str) -> bool:
    """Whether the paper is meant: «/tonghop word 2027», «năm 2027 bản word», «phần chưa có»."""
    said = fold(args)
    return said.split(" ")[0] in VERBS or "word" in said.split() or MISSING in said


MISSING = "phan chua co"


def run(visit: Visit, args: str) -> Say | None:
    """Answer what is said of the paper: by the verb that a button says, else the paper itself."""
    if not DESK.holds(visit):
        return refused(DESK)
    verb, _space, rest = args.partition(" ")
    of_key = {"khongcho": report_gaps.one, "cholai": report_gaps.again}.get(fold(verb))
    if of_key is not None:
        return of_key(visit, rest.strip())
    years = years_of(visit, args, "/tonghop word {year}")
    if isinstance(years, Say):
        return years
    do = report_gaps.listed if MISSING in fold(args) else VERBS.get(fold(verb))
    return do(visit, years) if do is not None else _paper(visit, years, args)


def _paper(visit: Visit, years: list[int], args: str) -> Say | None:
    """Begin the job that makes a draft; once there is a version of the office's own, the one that lists changes."""
    said = {word.casefold() for word in args.split()}
    signer = next((each.code for each in visit.plan.papers.signers if each.code.casefold() in said), "")
    facts = VersionFacts(visit, span(years))
    if facts.own is not None and not signer and NEW not in said:
        return report_versions.changes_of(visit, years)
    return visit.start_job(OFFICE_REPORT.job, years=years, signer=signer)


NEW = "moi"
VERBS: Mapping[str, Callable[[Visit, Sequence[int]], Say | None] | None] = {
    "word": None,
    "phanchua": report_gaps.listed,
    "khongcho": None,
    "cholai": None,
    "banvp": report_versions.keep,
    "daky": report_signed.sign,
    "thaydoi": report_versions.changes_of,
}


def years_of(visit: Visit, args: str, shows: str) -> list[int] | Say:
    """Return the years that are meant: one, or all from the first to the last; or why they cannot be shown."""
    said = read_years(args, visit.said.date()).years
    if len(said) > 1:
        can = [year for year in said if opened_years.can_show(visit.plan, year, visit.now.date())]
        if len(can) > 1:
            return sorted(can)
    year = opened_years.one(visit, args, opened_years.collecting(visit), shows)
    return year if isinstance(year, Say) else [year]


async def paper(context: JobContext, about: Mapping[str, Any]) -> FilledPaper:
    """Return the draft as values, with what is still missing in it, and who signs."""
    made = await drafting.make(context, about["years"], about["signer"])
    return FilledPaper(
        made.values,
        made.name,
        _lines(made, about["signer"]),
        _buttons(made, about["years"], about["signer"]),
        write=lambda visit: drafting.keep(visit, made),
    )


def _lines(made: MadeDraft, signs: str) -> list[Part]:
    period = made.report.period
    name: dict[str, Any] = {"n": made.n, "first": period.first, "last": period.last}
    head = _("📎 Draft {n} of the report of {last}", **name)
    if period.several:
        head = _("📎 Draft {n} of the report of {first} to {last}", **name)
    signer = paper_heads.signer(period.plan, signs)
    lines: list[Part] = [head]
    if made.gaps:
        lines.append(_("{n} gaps are marked in yellow where they stand, with their units.", n=Count(made.gaps)))
        lines.append(_("While a gap is open, every page says «DỰ THẢO»."))
    else:
        lines.append(_("No gap is open: the report can be signed."))
    if signer is None:
        lines.append(_("Number and day are left free."))
    else:
        title = Joined(signer.title, " / ")
        lines.append(_("Number and day are left free. Who signs: {title}.", title=title))
    return lines


def _buttons(made: MadeDraft, years: Sequence[int], signs: str) -> tuple[Button, ...]:
    plan, of = made.report.period.plan, span(sorted(years))
    now = paper_heads.signer(plan, signs)
    others = [each for each in plan.papers.signers if each is not now]
    return (
        *(
            Button(_("Signed by: {title}", title=Joined(each.title, " / ")), f"/tonghop word {of} {each.code}")
            for each in others
        ),
        *([Button(_("What is missing"), f"/tonghop phanchua {of}")] if made.gaps else []),
        Button(_("Send the edited version"), f"/tonghop banvp {of}"),
        Button(_("Record as signed"), f"/tonghop daky {of}"),
        Button(_("Yearly summary"), f"/tonghop {of}"),
    )


def due(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Tell the office, as part of the day's message, that the draft can be made: a tap makes it, for nothing else comes unasked that day."""
    years = [year for year in about.get(REPORT_DRAFT, ()) if not VersionFacts(visit, str(year)).own]
    if not years:
        return None
    lines = [
        _("The last day of the reports of {year} is over: the draft in Word can be made.", year=year) for year in years
    ]
    return Say(lines, buttons=[Button(_("As a Word file"), f"/tonghop word {year}") for year in years])


OFFICE_REPORT = PaperKind("office_report", _("the office's report in Word"), office_report.TEMPLATE, DESK, lay=paper)
FEATURE = Feature(__name__, day_parts=(Notice(REPORT_DRAFT, due, DESK),))
