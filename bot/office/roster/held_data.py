"""Everything that is kept about one person, in words: what of it is where, and what has been noted of their doings.

Reads inside the transaction; says nobody else's data.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

from bot.channels import spoken
from bot.conversation import Visit
from bot.language import Count, Joined, Part, Text, Time, _
from bot.office.roster.doings import DOINGS
from storage import held_data, people
from storage.held_data import HELD, HeldRow

NAMED = 12
"""So many are named of each kind; more are counted."""

LABELS: Mapping[str, Text] = {
    "initiative.by": _("Sheets written"),
    "author.person": _("Author of"),
    "initiative.charge": _("In charge of"),
    "item_answer.person": _("Named in the answers of"),
    "author_answer.person": _("Said to the share in"),
    "author_detail.person": _("Birth date and degree given for requests"),
    "first_application.by": _("First applications noted"),
    "recognition_request.by": _("Recognition asked for"),
    "asked_supplement.by": _("Supplements asked for"),
    "item_progress.by": _("Progress noted of"),
    "report_version.by": _("Yearly reports sent"),
    "unit_review.by": _("Reviews of several years sent"),
    "review_closing.by": _("Reviews of several years closed"),
    "office_paper.by": _("Reports of the office made"),
    "settled_gap.by": _("Gaps in reports not waited for"),
    "record_version.by": _("Other versions of records sent"),
    "unit_plan.by": _("Plans of the unit sent"),
    "closed_list.by": _("Lists of registrations closed"),
    "union_account.by": _("Accounts of the union sent"),
    "fulfilment.by": _("Papers recorded as sent"),
    "paper_source.by": _("Records entered from paper"),
    "file.person": _("Files sent"),
    "report_share.person": _("Parts of reports given to write"),
    "report_share.by": _("Has given parts of the report"),
    "note.person": _("Notes written"),
    "reopening.asked_by": _("Asked to correct"),
    "reopening.by": _("Opened to be corrected"),
    "reopening.ended_by": _("Corrections ended"),
    "recognition.by": _("Decisions of recognition recorded"),
    "baseline.by": _("Baselines entered"),
    "office_figure.by": _("Amounts of the office entered"),
    "deadline.by": _("Dates set"),
    "delegate.person": _("Named to write for"),
    "delegate.by": _("Has named somebody to write for"),
    "promise.by": _("Days promised"),
    "urging.by": _("Messages urged by hand"),
    "urging.decided": _("Messages urged by hand decided about"),
    "announcement.by": _("Announcements written"),
    "announcement.ended_by": _("Announcements recalled"),
    "announcement.reminded_by": _("Announcements reminded of by hand"),
    "announcement_receiver.person": _("Announcements received"),
    "union_member.person": _("Member of"),
    "training_class.by": _("Classes recorded"),
    "training_class.cancelled_by": _("Classes cancelled"),
    "training_person.person": _("Classes, also those left"),
    "skill.person": _("Tests passed, also withdrawn ones"),
    "unit_change.by": _("Changes of units made"),
    "difficulty.by": _("Difficulties raised"),
    "difficulty_step.by": _("Has done something about the difficulties"),
    "inspection.by": _("Inspections recorded"),
    "inspection.withdrawn_by": _("Inspections taken out"),
    "unit_task.by": _("Has given tasks out of"),
    "unit_task.done_by": _("Has done tasks out of"),
    "unit_task.closed_by": _("Has closed tasks out of"),
    "request.by": _("Reports asked for"),
    "request.ended_by": _("Requests for a report closed or recalled"),
    "request_receiver.person": _("Asked by the office for"),
    "request_answer.by": _("Requests for a report answered"),
    "data_request.by": _("Requests about data answered"),
    "award.person": _("Proposed for an award, or awarded"),
    "award.by": _("Awards proposed"),
    "award.decided_by": _("Outcomes of awards recorded"),
    "award_change.by": _("Outcomes of awards put right"),
    "award_suggestion.by": _("Awards suggested"),
    "award_suggestion.answered_by": _("Suggestions of awards answered"),
    "praise.by": _("Praise sent"),
    "invite.by": _("Has invited"),
    "unheard.person": _("Said and not understood, kept without names of people and figures"),
    "chat.person": _("Chats in"),
    "incident.person": _("Was not reached in"),
}
"""What is named one by one."""

COUNTED: Mapping[str, Text] = {
    "post_change.post": _("Changes of {you}r post, looked at or made"),
    "post_change.by": _("Changes of somebody's post proposed"),
    "post_change.decided": _("Changes of somebody's post answered as the second person"),
    "union_member.by": _("Members of a union entered"),
    "union_member.ended_by": _("Members of a union who left noted"),
    "training_person.by": _("People put into the lists of classes"),
    "training_person.ended_by": _("People taken off the lists of classes"),
    "skill.by": _("People marked as having passed a test"),
    "skill.ended_by": _("Marks of a test withdrawn"),
    "award_suggestion.person": _("Suggestions to the head for an award to {you}"),
    "invite.person": _("Invitations received"),
    "session.chat": _("Browsers signed in"),
    "inbox.chat": _("Messages from {you} whose text is still kept"),
    "outbox.person": _("Messages to {you} whose text is still kept"),
    "outbox.by": _("Messages that others have had because of {you}"),
    "rung.person": _("Reminders noted as said, so that none is said twice"),
    "job.person": _("Documents and pictures asked for"),
}
"""What is counted, with the first and the last day."""


def lines(visit: Visit) -> list[Part]:
    """Return everything: what is named, what is counted, what was noted."""
    found = {
        key: visit.tx.all(query, posts=visit.tx.all(people.EVERY_POST, person=visit.me.id))
        for key, query in HELD.items()
    }
    named = [_named(key, label, found[key]) for key, label in LABELS.items() if found[key]]
    counted = [_counted(label, found[key]) for key, label in COUNTED.items() if found[key]]
    return [*named, *counted, *_doings(visit, found["audit.person"])]


CHANNELS = ("chat.person", "incident.person")
"""Rows whose name is a channel's."""


def _named(key: str, label: Text, rows: Sequence[HeldRow]) -> Part:
    names = list(dict.fromkeys(row.name for row in rows if row.name))
    shown = Joined([spoken(name) if key in CHANNELS else name for name in names[-NAMED:]])
    if len(names) > NAMED:
        return _("- {label} ({n}): {names} and earlier ones", label=label, n=Count(len(rows)), names=shown)
    return _("- {label} ({n}): {names}", label=label, n=Count(len(rows)), names=shown)


def _counted(label: Text, rows: Sequence[HeldRow]) -> Part:
    days = sorted(row.at for row in rows if row.at is not None)
    n = Count(len(rows))
    if len(rows) >= held_data.MOST:
        return _("- {label}: more than {n}, the last at {at}", label=label, n=n, at=Time(days[-1]))
    return _("- {label}: {n}, the last at {at}", label=label, n=n, at=Time(days[-1]))


def _doings(visit: Visit, rows: Sequence[HeldRow]) -> list[Part]:
    """Return what the audit has noted of somebody: what, how often, when last."""
    if not rows:
        return []
    times = Counter(row.name for row in rows)
    last = {row.name: row.at for row in rows}
    lines: list[Part] = [_("Noted of {you}r doings (who, what, when; no texts):")]
    for what, n in times.most_common():
        at = last[what]
        label = DOINGS.get(what, _("something else"))
        lines.append(_("- {label}: {n}, the last at {at}", label=label, n=Count(n), at=Time(at or visit.now)))
    return lines
