"""Correct a report that was received or locked: what was sent stands beside it, and counts until the new one is received.

Inside the transaction.
"""

from collections.abc import Sequence
from functools import cached_property

from bot.conversation import HOME, Visit
from bot.dialogue import Answers, Button, Say
from bot.language import Part, Time, _
from bot.movement import Obligation
from bot.office.duties import reopening
from bot.office.duties.duty_kinds import read_subject, subject_of
from bot.office.report import sending
from bot.office.report.differences import Difference, between, lines
from bot.office.report.facts import ReportFacts
from bot.office.report.pages import form_of
from storage import reopenings, results
from storage.reopenings import Reopening
from storage.results import SentReport


class CorrectedFacts(ReportFacts):
    """What is known of a unit's year, and what was sent of it where the office has opened it once more."""

    def __init__(self, visit: Visit, subject: str) -> None:
        unit, year = read_subject(subject)
        counted = sending.report_of(visit, unit, year)
        super().__init__(visit, subject, None if counted is None else counted.until)

    @cached_property
    def before(self) -> Answers | None:
        """The answers that count, while they may be corrected."""
        counted = sending.report_of(self._visit, self._unit, self.year)
        if counted is None or reopening.lets(self._visit, counted.code) is None:
            return None
        return sending.answers_of(self._visit, counted)


def newest(visit: Visit, counted: SentReport) -> SentReport:
    """Return the version that was sent last: what waits to be received, else what counts."""
    return visit.tx.one(results.WAITING, unit=counted.unit, year=counted.year) or counted


def intro(counted: SentReport, found: Reopening) -> Part:
    """Say before the form what it begins with, and until when it may be sent."""
    return _(
        "✏️ This is the report as it was sent (version {version}, {day}); what {you} do not change stays as it was sent. It may be sent until the end of {last}.",
        version=counted.version,
        day=counted.sent.date(),
        last=found.day,
    )


def changes(visit: Visit, old: SentReport, new: SentReport) -> list[Difference]:
    """Return what has changed between two versions that were sent."""
    scene = visit.scene(ReportFacts(visit, subject_of(new.unit, new.year), new.until))
    return list(between(form_of(visit.plan), sending.answers_of(visit, old), sending.answers_of(visit, new), scene))


def pending(visit: Visit, code: str) -> tuple[SentReport, SentReport] | None:
    """Return what counts of a report and the correction that waits to be received; None where none waits."""
    counted = visit.tx.one(results.BY_CODE, code=code)
    waits = None if counted is None else visit.tx.one(results.WAITING, unit=counted.unit, year=counted.year)
    return None if counted is None or waits is None else (counted, waits)


def received(visit: Visit, code: str) -> tuple[SentReport, SentReport] | None:
    """Return what counted before the newest correction of a report was received, and that correction."""
    counted = visit.tx.one(results.BY_CODE, code=code)
    if counted is None or not counted.kind or counted.replaces is None:
        return None
    old = visit.tx.one(results.VERSION, id=counted.replaces)
    return None if old is None else (old, counted)


def same(visit: Visit, subject: str, answers: Answers) -> bool:
    """Whether the answers are what was sent last."""
    unit, year = read_subject(subject)
    counted = sending.report_of(visit, unit, year)
    if counted is None:
        return False
    scene = visit.scene(ReportFacts(visit, subject))
    return not list(between(form_of(visit.plan), sending.answers_of(visit, newest(visit, counted)), answers, scene))


def send(visit: Visit, subject: str, code: str, owed: Obligation, answers: Answers, found: Reopening) -> SentReport:
    """Store a correction; it waits to be received. Return it."""
    id = sending.store(visit, subject, code, owed, answers, kind="correction")
    reopenings.sent(visit.tx, id=found.id)
    visit.note("correction_sent", code)
    sent = visit.tx.one(results.VERSION, id=id)
    assert sent is not None
    return sent


def standing(visit: Visit, counted: SentReport) -> Sequence[Part]:
    """Say which version counts, where there is or may be another one."""
    found, waits = reopening.live(visit, counted.code), pending(visit, counted.code)
    if waits is not None and waits[1].kind == "supplement":
        return [
            _(
                "⏳ Version {new} with figures to the end of {day} waits to be received; until then version {version} counts.",
                new=waits[1].version,
                day=waits[1].until,
                version=counted.version,
            )
        ]
    if waits is not None:
        return [
            _(
                "⏳ Version {new} was sent on {day} as a correction and waits to be received; until then version {version} counts.",
                new=waits[1].version,
                day=waits[1].sent.date(),
                version=counted.version,
            )
        ]
    if found is not None and found.day is not None:
        return [
            _(
                "⏳ Opened once more until the end of {day}, to be corrected; until a correction is received version {version} counts.",
                day=found.day,
                version=counted.version,
            )
        ]
    return []


def receipt(visit: Visit, sent: SentReport) -> Say:
    """Return what a head gets for a correction: when it was sent, what has changed, what counts until then."""
    counted = visit.tx.one(results.VERSION, id=sent.replaces)
    assert counted is not None
    return Say(
        [
            _(
                "✅ The correction of the report of {year} was sent at {at} (version {version}).",
                year=sent.year,
                at=Time(visit.said),
                version=sent.version,
            ),
            *lines(changes(visit, counted, sent)),
            _(
                "Until the office has received it version {version} counts; {you} can still change the correction until then.",
                version=counted.version,
            ),
        ],
        buttons=(
            Button(_("See the report"), f"/baocao xem {sent.year}"),
            Button(_("Edit"), f"/baocao sua {sent.year}"),
            HOME,
        ),
    )


def before_receiving(visit: Visit, code: str) -> list[Part]:
    """Return what whoever receives a correction reads before: whose, which version, what changes; nothing for others."""
    if (found := pending(visit, code)) is None:
        return []
    counted, waits = found
    said = {"year": waits.year, "unit": waits.unit_name, "new": waits.version, "version": counted.version}
    if waits.kind == "supplement":
        head = _(
            "Supplement to the report of {year} by {unit}, figures to the end of {day}: version {new} in the place of version {version}.",
            day=waits.until,
            **said,
        )
        return [head, *(lines(changes(visit, counted, waits)) or [_("All figures stay as they were sent.")])]
    return [
        _(
            "Correction of the report of {year} by {unit}: version {new} in the place of version {version}, which was sent on {day}.",
            day=counted.sent.date(),
            **said,
        ),
        *lines(changes(visit, counted, waits)),
    ]


def after_receiving(visit: Visit, code: str) -> list[Part]:
    """Return what both sides read once a correction was received; nothing where none was."""
    if (found := received(visit, code)) is None:
        return []
    old, new = found
    if new.kind == "supplement":
        head = _(
            "From now on version {new} of the report of {year} counts, figures to the end of {day}; version {version} is kept.",
            new=new.version,
            year=new.year,
            day=new.until,
            version=old.version,
        )
        return [head, *lines(changes(visit, old, new))]
    return [
        _(
            "From now on version {new} of the report of {year} counts; version {version} is kept.",
            new=new.version,
            year=new.year,
            version=old.version,
        ),
        *lines(changes(visit, old, new)),
    ]
