"""What of a year its units have not sent themselves, in words: each paper, and of years taken over how many. Pure."""

from collections.abc import Sequence

from bot.language import Count, Joined, Part, _
from bot.movement import Obligation
from bot.office.onbehalf.sources import short
from bot.office.onbehalf.standing import record_of
from bot.office.report.summaries import Summary
from storage.paper_sources import Origin, account_record


def source_lines(summary: Summary, sent: Sequence[Obligation]) -> list[Part]:
    """List what of this the units have not sent themselves: each paper, and of years taken over how many."""
    of = [(each, source) for each in sent if (source := summary.sources.get(record_of(each))) is not None]
    names = {unit.code: unit.name for unit in summary.standing.units}
    papers = [(each, source) for each, source in of if source.origin is Origin.PAPER]
    over = [names[each.unit] for each, source in of if source.origin is Origin.TAKEN_OVER]
    found: list[Part] = []
    if papers:
        found.append(_("Filed by the office for units ({n}):", n=Count(len(papers))))
        found += [_("- {unit}: {source}", unit=names[each.unit], source=short(source)) for each, source in papers]
    if over:
        found.append(_("Taken over from paper, {n} units: {units}", n=Count(len(over)), units=Joined(over, "; ")))
    return found


def source_of_union(summary: Summary, union: str) -> list[Part]:
    """Say below a union's account where it comes from, when the union has not sent it."""
    source = summary.sources.get(account_record(union, summary.year))
    return [] if source is None else [_("  {source}", source=short(source))]
