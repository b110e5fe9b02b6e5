"""Which version of a report counts, in words: for the summary, the lists and the digests. Pure."""

from bot.language import Count, Part, _
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
    """Say how many reports are being corrected, naming none."""
    corrected = [each for each in summary.versions if each.waiting is not None or each.day is not None]
    if not corrected:
        return []
    return [
        _(
            "Being corrected: {n} reports; what was received before counts until a correction is received.",
            n=Count(len(corrected)),
        )
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
