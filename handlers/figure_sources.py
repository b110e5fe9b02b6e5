"""«/nguon»: where each figure of the summary comes from: unit, version, answer, who and when, files."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from bot.conversation import HOME, Command, Feature, JobContext, JobKind, JobResult, Visit, refused
from bot.dialogue import Button, Say
from bot.language import Count, Joined, Part, Time, _, exact, fold, read_years
from bot.movement import Progress, Target
from bot.office import opened_years
from bot.office.report import as_sent, figure_source_words, figure_sources, summaries, target_words
from bot.office.report.figure_source_words import People
from bot.office.report.figure_sources import FigureOrigin, FigureSource
from bot.office.tables import scope
from bot.office.tables.scope import SERVED, SERVED_WITH, Scope
from storage import people

PAGE = 8
"""Units of a message."""
_PAGE = re.compile(r"\btrang (\d{1,3})\b")
_FILLING = re.compile(r"^(?:(?:so lieu|so|cua|chi tieu|muc|nguon|don vi|tu dau|o dau ra|nay|ra)\b[ ,:]*)+")


def run(visit: Visit, args: str) -> Say | None:
    """Answer «/nguon»: which targets there are; «nguồn 4», «nguồn chỉ tiêu 5 năm 2027 QLXD»: where it comes from."""
    asked = _PAGE.search(fold(args))
    rest = read_years(args, visit.said.date()).rest
    year = opened_years.one(visit, args, opened_years.collecting(visit), "/nguon {year}")
    if isinstance(year, Say):
        return year
    words = _PAGE.sub("", _FILLING.sub("", fold(rest))).split()
    target = next((each for word in words[:1] for each in visit.plan.asked_about if _is(each, word)), None)
    if words and target is None:
        targets = Joined([shown_code(each) for each in visit.plan.asked_about])
        unknown = _(
            "There is no target «{said}». There are: {targets}. For example: source 4", said=rest[:40], targets=targets
        )
        return Say([unknown], buttons=(Button(_("Sources of the figures"), f"/nguon {year}"), HOME))
    unit = as_sent.unit_named(visit, " ".join(words[1:])) if words[1:] else None
    if words[1:] and unit is None:
        name = " ".join(rest.split()[-len(words[1:]) :])[:40]
        why = _(
            "The assistant does not know the unit «{said}». Please give its code or name, for example: source {target} {code}",
            said=name,
            target="" if target is None else shown_code(target),
            code=visit.me.unit,
        )
        return Say([why], buttons=(HOME,))
    own = scope.own(visit)
    if unit is not None and own not in (None, unit.code):
        return refused(SERVED)
    return visit.start_job(
        SOURCES,
        year=year,
        target="" if target is None else target.code,
        of="" if unit is None else unit.code,
        unit=own,
        page=int(asked[1]) if asked else 1,
    )


def shown_code(target: Target) -> str:
    """Return how a target is named in the summary: its number, of a figure its area."""
    return target.area or target.code


def _is(target: Target, said: str) -> bool:
    return exact(said.strip(".,:;?")) in (exact(target.code), exact(shown_code(target)))


async def sources(context: JobContext, about: Mapping[str, Any]) -> JobResult:
    """Return where the figures come from: of every target how many, of one unit by unit, of one unit all of it."""
    mine = scope.of(about["unit"], context.person)
    summary = await summaries.read(context.snapshot, context.office, about["year"], context.now)
    unit, target = about["of"] or None, about["target"] or None
    found = await figure_sources.read(context.snapshot, context.office, summary, mine.unit, target)
    everybody = {each.id: each for each in await context.snapshot.all(people.EVER)} if mine.names else None
    if target is None:
        return JobResult(_targets(summary, found, mine))
    of = next(each for each in summary.progress if each.target.code == target)
    if unit is not None:
        return JobResult(_unit(summary.year, of, [each for each in found if each.unit == unit], everybody, mine))
    return JobResult(_target(summary, of, found, everybody, mine, about["page"]))


def _named(target: Target) -> Part:
    if target.area:
        return _("Area {code}: {name}", code=target.area, name=target.short)
    return _("Target {code}: {name}", code=target.code, name=target.short)


def _targets(summary: summaries.Summary, found: Sequence[FigureSource], mine: Scope) -> Say:
    """List the targets, each with its value and how many stand behind it."""
    lines: list[Part] = [_("Sources of the figures of {year} · {at}", year=summary.year, at=Time(summary.now))]
    for each in summary.progress:
        n = sum(source.origin is not FigureOrigin.NOTHING for source in found if source.target.code == each.target.code)
        about: dict[str, Any] = {"target": _named(each.target), "n": Count(n)}
        about["value"] = target_words.value(each) if mine.unit is None else _own(found, each.target)
        lines.append(_("- {target}: {value}; sources: {n}", **about) if n else _("- {target}: {value}", **about))
    buttons = [Button(_label(e.target), f"/nguon {shown_code(e.target)} {summary.year}") for e in summary.progress[:10]]
    return Say(lines, buttons=(*buttons, *_more(summary.year, mine)[1:]), whole=True)


def _label(target: Target) -> Part:
    return target.area or _("Target {code}", code=target.code)


def _own(found: Sequence[FigureSource], target: Target) -> Joined:
    """Say a unit's own figure of a target."""
    of = [each for each in found if each.target.code == target.code]
    return Joined([figure_source_words.answer(each) for each in of] or [_("no figures yet")], "; ")


def _target(
    summary: summaries.Summary, of: Progress, found: Sequence[FigureSource], everybody: People, mine: Scope, page: int
) -> Say:
    """List where a target's figure comes from, some units a message; then who has not given any."""
    told = [each for each in found if each.origin is not FigureOrigin.NOTHING and not each.na]
    page = max(1, min(page, -(-len(told) // PAGE)))
    shown = told[(page - 1) * PAGE : page * PAGE]
    about = {"target": _named(of.target), "year": summary.year, "n": Count(len(told))}
    lines: list[Part] = [_("Where it comes from: {target}, year {year} ({n})", **about)]
    if mine.unit is None:
        lines.append(_("In all: {value}", value=target_words.value(of)))
    lines += [figure_source_words.line(each, everybody) for each in shown]
    left, buttons = len(told) - page * PAGE, _opening(summary.year, of.target, shown)
    if left > 0:
        lines.append(_("… and {n} more", n=Count(left)))
        says = f"/nguon {shown_code(of.target)} {summary.year} trang {page + 1}"
        buttons = (Button(_("More of them"), says), *buttons)
    lines += _rest(found)
    return Say(lines, buttons=(*buttons, *_more(summary.year, mine)), whole=True)


def _rest(found: Sequence[FigureSource]) -> list[Part]:
    """Name those of whom there is no figure, and whom it does not concern."""
    without = [each.unit_name for each in found if each.origin is FigureOrigin.NOTHING]
    not_theirs = [each.unit_name for each in found if each.na]
    lines: list[Part] = []
    if without:
        lines.append(_("No figures yet ({n}): {units}", n=Count(len(without)), units=Joined(without, "; ")))
    if not_theirs:
        lines.append(_("Does not apply to ({n}): {units}", n=Count(len(not_theirs)), units=Joined(not_theirs, "; ")))
    return lines


def _opening(year: int, target: Target, shown: Sequence[FigureSource]) -> tuple[Button, ...]:
    """Offer to open each source: a sheet by its code, a unit's figure whole."""
    return tuple(
        Button(each.record, f"/tim phieu {each.record}")
        if each.origin is FigureOrigin.SHEET
        else Button(each.record or each.unit, f"/nguon {shown_code(target)} {year} {each.unit}")
        for each in shown
        if each.record or each.unit
    )


def _unit(year: int, of: Progress, found: Sequence[FigureSource], everybody: People, mine: Scope) -> Say:
    """Say all that is known of a unit's figure, with what opens its report and its files."""
    if not found:
        nothing = _("There is nothing of this unit in {target}, year {year}.", target=_named(of.target), year=year)
        return Say([nothing], buttons=_more(year, mine))
    lines: list[Part] = [
        _("{target}, year {year}: {unit}", target=_named(of.target), year=year, unit=found[0].unit_name)
    ]
    buttons: list[Button] = []
    for each in found:
        lines += figure_source_words.whole(each, everybody)
        if each.evidence and (mine.names or each.received is not None):
            buttons.append(Button(_("Open the files ({n})", n=len(each.evidence)), f"/tep {each.record}"))
        if each.record and each.origin is not FigureOrigin.SHEET:
            buttons.append(Button(_("All versions of {code}", code=each.record), f"/xemban {each.record}"))
    back = Button(_("Back to the target"), f"/nguon {shown_code(of.target)} {year}")
    return Say(lines, buttons=(*buttons[:6], back, HOME), whole=True)


def _more(year: int, mine: Scope) -> tuple[Button, ...]:
    summary = () if mine.unit is not None else (Button(_("Yearly summary"), f"/tonghop {year}"),)
    return (Button(_("Sources of the figures"), f"/nguon {year}"), *summary, HOME)


COMMAND = Command("nguon", _("Sources of the figures"), _("source|sources"), run, SERVED, listed=False, seldom=True)
SOURCES = JobKind("figure_sources", sources, SERVED_WITH, called=_("the sources of the figures"))
FEATURE = Feature(__name__, commands=(COMMAND,), jobs=(SOURCES,))
