"""Who writes which part of the unit's report, how far each is, and whether parts can be given now. Inside the transaction."""

from bot.conversation import HOME, Visit
from bot.dialogue import Button, Say
from bot.language import Count, Part, Time, _
from bot.office.duties import submissions
from bot.office.duties.duty_kinds import subject_of
from bot.office.report import report_parts, sending, sharing
from storage import drafts
from storage.report_shares import ReportShare, ShareState


def why_not(visit: Visit, said: str, year: int) -> Say | None:
    """Say why parts of this report cannot be given now; None where they can."""
    found = submissions.obligation(visit, visit.plan.reports.code, said)
    sent = None if found is None else sending.report_of(visit, visit.me.unit, found.year)
    if sent is not None:
        why = _(
            "The report of {year} was sent at {at}, so no part of it is to be written any more.",
            year=sent.year,
            at=Time(sent.at),
        )
        return Say([why], buttons=(Button(_("See the report"), f"/baocao xem {sent.year}"), HOME))
    return submissions.not_now(visit, visit.plan.reports.code, said, found)


def board(visit: Visit, year: int, *before: Part) -> Say:
    """Show who writes which part, how far each is, and which nobody else writes."""
    shares = sharing.live(visit, visit.me.unit, year)
    lines: list[Part] = [
        *before,
        _("Report of {year}: parts given to colleagues ({n})", year=year, n=Count(len(shares))),
    ]
    lines += [_line(visit, share) for share in shares]
    taken = [share.part for share in shares]
    left = [code for code in report_parts.parts_of(visit.plan) if code not in taken]
    if left:
        lines.append(_("With {you}: {parts}", parts=sharing.names(visit, left)))
    waits = [share for share in shares if share.state is ShareState.GIVEN]
    others = [share for share in shares if share.state is ShareState.DONE and not sharing.stands(visit, share)]
    use = [
        Button(_("Use what was written: {part}", part=sharing.names(visit, [s.part])), f"/chia dung {s.id}")
        for s in others[:8]
    ]
    more = [Button(_("Give another part"), f"/chia them {year}")] if left else []
    opens = Button(_("Open the report"), f"/baocao {year}")
    return Say(lines, buttons=(*use, *sharing.take_back_buttons(visit, waits), *more, opens, HOME))


def _line(visit: Visit, share: ReportShare) -> Part:
    about = {"part": sharing.names(visit, [share.part]), "who": share.who}
    if share.state is ShareState.GIVEN:
        head = visit.tx.one(
            drafts.OPEN, person=share.person, form=sharing.WRITTEN, subject=subject_of(share.unit, share.year)
        )
        part = report_parts.parts_of(visit.plan).get(share.part)
        written = drafts.fields(visit.tx, head.id) if head is not None else frozenset()
        begun = part is not None and any(code in written for code in part.fields)
        return _("- {part}: {who}, being written", **about) if begun else _("- {part}: {who}, not begun yet", **about)
    at = Time(share.ended or share.at)
    if sharing.stands(visit, share):
        return _("- {part}: {who}, done at {at}, in the sheet", at=at, **about)
    return _("- {part}: {who}, done at {at}; the sheet has something else", at=at, **about)


def _flowed(visit: Visit, share: ReportShare) -> bool:
    """Whether the sheet has what was written."""
    return sharing.stands(visit, share)
