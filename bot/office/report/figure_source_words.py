"""Where figures come from, in words: a line a unit or sheet, and the whole of one. Pure."""

from collections.abc import Mapping, Sequence

from bot.language import Count, Joined, Part, Percent, Time, _
from bot.movement import reduction, share
from bot.office.onbehalf.sources import said, short
from bot.office.report.amount_questions import compared
from bot.office.report.figure_sources import FigureOrigin, FigureSource
from bot.office.report.given_lines import numbered
from storage.people import Person

People = Mapping[int, Person] | None
"""Everybody by their number; None where nobody is named."""


def answer(source: FigureSource) -> Part:
    """Say a figure as it was given: «17/18, 94,4%»; «30,5 ram, giảm 12,9% so với cùng kỳ năm 2026»; that there is none."""
    target, n, of = source.target, source.numerator, source.denominator
    if source.na:
        return _("does not apply")
    if n is None or source.origin is FigureOrigin.NOTHING:
        return _("no figures yet")
    if source.origin is FigureOrigin.PLAN:
        return _("issued on {day}", day=source.until) if source.until is not None else _("issued")
    if source.origin is FigureOrigin.SHEET:
        return _("«{title}»", title=source.named)
    if of is not None:
        percent = share(n, of, target.goal)
        return (
            _("{n}/{d}", n=n, d=of) if percent is None else _("{n}/{d}, {percent}", n=n, d=of, percent=Percent(percent))
        )
    amount: Part = _("{n} {unit}", n=n, unit=target.unit)
    less = None if source.before is None else reduction(source.before, n, target.goal)
    if less is not None and source.before_year is not None:
        return compared(amount, less, source.before_year, source.estimate)
    return amount


def whence(source: FigureSource, people: People) -> Joined:
    """Say in a line where a figure comes from: its record, version, who and when, the paper, how many files."""
    parts: list[Part] = [*_record(source), *_sent(source, people)]
    if source.paper is not None:
        parts.append(short(source.paper) if people is None else said(source.paper))
    if source.evidence:
        parts.append(_("files: {n}", n=Count(len(source.evidence))))
    return Joined(parts, ", ")


def _record(source: FigureSource) -> Sequence[Part]:
    if source.origin is FigureOrigin.OFFICE:
        return [_("figure of the whole office")]
    if source.origin is FigureOrigin.LIST:
        listed = _("by the list of each person: {lists}", lists=source.named) if source.named else _LIST
        return [listed, source.record] if source.record else [listed]
    if source.origin is FigureOrigin.SHEET and source.note:
        return [
            _("{code}, decision {number} of {day}", code=source.record, number=numbered(source.note), day=source.until)
        ]
    if source.origin is FigureOrigin.PLAN and source.named:
        return [_("{code}, number {number}", code=source.record, number=source.named)]
    if source.version is not None and source.version > 1:
        return [_("{code}, version {version}", code=source.record, version=source.version)]
    return [source.record] if source.record else []


_LIST = _("by the list of each person")


def _sent(source: FigureSource, people: People) -> Sequence[Part]:
    """Say who has sent it and when; a sheet's decision says more."""
    if source.at is None or source.origin is FigureOrigin.SHEET:
        return []
    who = None if people is None or source.by is None else people.get(source.by)
    if who is None:
        return [_("sent at {at}", at=Time(source.at))]
    return [_("{who} sent it at {at}", who=who.name, at=Time(source.at))]


def why_not(source: FigureSource) -> Part | None:
    """Say why a figure that was given is in no sum; None where it is in it, or there is none."""
    if source.counted or source.na or source.numerator is None:
        return None
    if source.otherwise:
        return _("given when it was measured otherwise, so not in the sum")
    return _("nothing to compare with, so not in the sum")


def line(source: FigureSource, people: People) -> Part:
    """Say one figure with where it comes from."""
    about = {"unit": source.unit_name, "answer": answer(source), "whence": whence(source, people)}
    why = why_not(source)
    if why is not None:
        return _("- {unit}: {answer}; {whence}; {why}", why=why, **about)
    return _("- {unit}: {answer}; {whence}", **about)


def whole(source: FigureSource, people: People) -> list[Part]:
    """Say all that is known of one figure, a line each."""
    found: list[Part] = [_("Figure: {answer}", answer=answer(source))]
    if source.before is not None and source.before_year is not None:
        about = {"year": source.before_year, "n": source.before, "unit": source.target.unit}
        found.append(_("Measured against {year}: {n} {unit}", **about))
    if source.until is not None and source.origin in (FigureOrigin.REPORT, FigureOrigin.LIST):
        found.append(_("Figures until the end of {day}", day=source.until))
    if source.origin is not FigureOrigin.NOTHING:
        found.append(_("Taken from: {whence}", whence=whence(source, people)))
    if source.received is not None:
        found.append(_("Received by {desk} at {at}", at=Time(source.received)))
    why = why_not(source)
    if why is not None:
        found.append(_("⚠️ Not counted: {why}", why=why))
    if source.note and source.origin is not FigureOrigin.SHEET:
        found.append(_("Comment: {note}", note=source.note))
    if source.evidence:
        found.append(_("Evidence: {files}", files=Joined([file.name for file in source.evidence], "; ")))
    elif source.record:
        found.append(_("No file was sent with it."))
    return found
