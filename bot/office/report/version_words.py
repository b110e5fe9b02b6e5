"""Which version of a report counts, in words: for the summary, the lists and the digests. Pure."""

from bot.language import Count, Part, _
from bot.movement import Target
from bot.office.report.summaries import Summary
from storage.overview import CountedVersion


def lines(summary: Summary) -> list[Part]:
    """List the units of whose report there are several versions, or may be, each with the one that counts."""
    if not summary.versions:
        return []
    names = {unit.code: unit.name for unit in summary.standing.units}
    head: Part = _("Reports with several versions, or being corrected ({n}):", n=Count(len(summary.versions)))
    return [head, *(_("- {unit}: {how}", unit=names.get(e.unit, e.unit), how=_how(e)) for e in summary.versions)]


def counts(summary: Summary) -> list[Part]:
    """Say how many reports are being corrected, and how many go to the end of the year, naming none."""
    corrected = [each for each in summary.versions if each.waiting is not None or each.day is not None]
    later = supplemented(summary)
    if not corrected:
        return later
    return [
        *later,
        _(
            "Being corrected: {n} reports; what was received before counts until a correction is received.",
            n=Count(len(corrected)),
        ),
    ]


def _how(each: CountedVersion) -> Part:
    if each.waiting is not None:
        return _(
            "by version {version}; version {new} is a correction and waits to be received",
            version=each.version,
            new=each.waiting,
        )
    if each.day is not None:
        return _("by version {version}, being corrected until the end of {day}", version=each.version, day=each.day)
    if each.kind:
        return _("by version {version}, the corrected one", version=each.version)
    return _("by version {version}, sent again before it was received", version=each.version)


# Figures as of the end of the year ------------------------------------------------------------------


def supplemented(summary: Summary) -> list[Part]:
    """Say for how many units the figures are as of the later day; the others' go to the cut-off."""
    if not summary.supplemented:
        return []
    until, n, all_units = max(summary.supplemented.values()), len(summary.supplemented), len(summary.results)
    told = {"day": until, "n": Count(n), "all": Count(all_units)}
    if n >= all_units or summary.figures_day is None:
        return [_("Figures to the end of {day}: supplemented by {n}/{all} units.", **told)]
    return [
        _(
            "Figures to the end of {day}: supplemented by {n}/{all} units; the others' go to the end of {cutoff}.",
            cutoff=summary.figures_day,
            **told,
        )
    ]


def of_target(summary: Summary, target: Target) -> list[Part]:
    """Say below a target how many units' figures in it are as of the later day; nothing where none are."""
    if not summary.supplemented or not target.asked_again:
        return []
    return [
        _(
            "  Of them to the end of {day}: {n}/{all} units",
            day=max(summary.supplemented.values()),
            n=Count(len(summary.supplemented)),
            all=Count(len(summary.results)),
        )
    ]
