"""What the record says beside a proposal: facts of whoever is proposed, never whether they deserve it. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bot.language import Count, First, Part, _
from bot.movement import Plan
from storage.awards import Award, AwardRecord, ReportSent
from storage.people import Person


@dataclass(frozen=True, slots=True)
class Nominee:
    """Who is proposed: somebody, a unit, or a group in it."""

    what: str
    unit: str
    unit_name: str
    person: Person | None
    name: str

    @property
    def posts(self) -> frozenset[int]:
        """The post that is proposed, and their first one where they hold several."""
        if self.person is None:
            return frozenset()
        return frozenset({self.person.id, self.person.human or self.person.id})


@dataclass(frozen=True, slots=True)
class OnRecord:
    """What of the record is looked at."""

    plan: Plan
    today: date
    records: Sequence[AwardRecord]
    reports: Sequence[ReportSent]
    awarded: Sequence[Award]


def records_of(known: OnRecord, whom: Nominee) -> list[AwardRecord]:
    """Return the registered sheets that are somebody's, or of a unit, the recognised ones first."""
    if whom.person is not None:
        found = [each for each in known.records if any(map(each.of, whom.posts))]
    else:
        found = [each for each in known.records if each.unit == whom.unit]
    return sorted(found, key=lambda each: not each.decision)


def source(plan: Plan, record: AwardRecord) -> Part:
    """Say a sheet with what it rests on: the decision that has recognised it, or that the office has received it."""
    about = {"code": record.code, "title": record.title}
    if record.decision and record.day is not None:
        level = next((each.name for each in plan.levels if each.code == record.level), record.level)
        return _(
            "{code} «{title}»: recognised at level {level}, decision {decision} of {day}",
            level=level,
            decision=record.decision,
            day=record.day,
            **about,
        )
    return _("{code} «{title}»: received by {desk}", desk=plan.office.desk, **about)


def report_source(plan: Plan, report: ReportSent) -> Part:
    """Say a yearly report with when it came."""
    what = plan.reports.called
    about = {"code": report.code, "what": what, "year": report.year, "day": report.at.date()}
    if report.late:
        return _("{code} {what} {year}: sent on {day}, {n} days after the last day", n=Count(report.late), **about)
    return _("{code} {what} {year}: sent on {day}, in time", **about)


def lines(known: OnRecord, whom: Nominee) -> Iterator[Part]:
    """Yield the facts: recognised sheets, the report of the unit, earlier awards, leave."""
    yield _("On record (facts only, nothing is weighed):")
    mine = records_of(known, whom)
    done = [each for each in mine if each.decision]
    if done:
        yield _("- Recognised sheets: {n}", n=Count(len(done)))
        for each in done[:5]:
            yield _("  {source}", source=source(known.plan, each))
    else:
        yield _("- Recognised sheets: none on record")
    yield from _report(known, whom)
    yield from _earlier(known, whom)
    person = whom.person
    if person is not None and person.away_from is not None and person.away_until is not None:
        if person.away_until >= known.today:
            yield _("- On leave or on a journey from {first} to {last}", first=person.away_from, last=person.away_until)
        else:
            yield _(
                "- Was on leave or on a journey from {first} to {last}", first=person.away_from, last=person.away_until
            )


def _report(known: OnRecord, whom: Nominee) -> Iterator[Part]:
    of = [each for each in known.reports if each.unit == whom.unit]
    if not of:
        yield _("- {what} of {unit}: none on record", what=First(known.plan.reports.called), unit=whom.unit_name)
    for each in of[:2]:
        yield _("- {report}", report=report_source(known.plan, each))


def _earlier(known: OnRecord, whom: Nominee) -> Iterator[Part]:
    earlier = [each for each in known.awarded if same(each, whom)]
    if not earlier:
        yield _("- Earlier awards: none on record")
    for each in earlier[-5:]:
        yield _(
            "- Earlier: {form}, decision {decision} of {day}", form=each.form_name, decision=each.decision, day=each.day
        )


def same(award: Award, whom: Nominee) -> bool:
    """Whether an award was for the same person or collective."""
    if whom.person is not None:
        return award.person in whom.posts
    return (
        award.person is None
        and award.unit == whom.unit
        and award.what == whom.what
        and (whom.what == "unit" or award.name == whom.name)
    )
