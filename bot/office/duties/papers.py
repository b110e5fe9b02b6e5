"""Papers made outside of the assistant: which one is meant, who records that it was sent, how that is kept. Inside the transaction."""

from datetime import date
from typing import Any

from bot.conversation import Visit
from bot.dialogue import Answers, Facts, Scene
from bot.language import First, Part, Text, _, read_day
from bot.movement import Duty, May, Obligation, Plan
from bot.office import head_titles
from bot.office.duties import submissions
from bot.office.duties.duty_kinds import draft_of, of_year, read_subject, what
from storage import deadlines


def named(plan: Plan, said: str) -> str | None:
    """Return the paper whose code somebody has typed, in whatever letters."""
    of = (duty.code for duty in plan.all_duties if duty.how == "paper")
    return next((code for code in of if code.casefold() == said.casefold()), None)


def open_ones(visit: Visit) -> list[Obligation]:
    """Return the papers that this person may record now, and that are not recorded."""
    today = visit.said.date()
    return [
        each
        for each in submissions.owed(visit)
        if each.duty.how == "paper"
        and not each.quiet
        and submissions.is_open(each, today)
        and submissions.opens(visit, each)
    ]


def read(subject: str) -> tuple[str, str, int]:
    """Return the duty, the unit and the year of a draft's subject: «half:VP:2027»."""
    of, year = read_subject(subject)
    duty, _colon, unit = of.rpartition(":")
    return duty, unit, year


def title(plan: Plan, subject: str) -> Text:
    """Return what the sheet of a paper is called: «Báo cáo quý I năm 2027»."""
    duty, _unit, year = read(subject)
    return _("{what} of {year}", what=First(what(plan, duty)), year=year)


def theirs(visit: Visit, subject: str) -> bool:
    """Whether this person may write the sheet of a paper."""
    duty, unit, year = read(subject)
    return unit == visit.me.unit and submissions.drafts_for(visit, duty, year)


def records(visit: Visit, duty: Duty) -> bool:
    """Whether this person records that it was sent, and does not only write it down for whoever does."""
    return visit.may(May.RECEIVE) if duty.by == "office" else submissions.sends(visit)


class PaperFacts(Facts):
    """The title and the year of a paper, who records it, and when it may have been sent."""

    def __init__(self, visit: Visit, subject: str) -> None:
        code, unit, self.year = read(subject)
        duty = visit.plan.known_duty(code)
        self.title = title(visit.plan, subject)
        self.records = duty is None or records(visit, duty)
        self.head: Part = head_titles.of_unit(visit, unit)
        # A plan may have dropped it while the sheet was open: that is no reason to answer nothing.
        self.opens = date(self.year, 1, 1) if duty is None else duty.opening(self.year)
        locks = date(self.year, 12, 31) if duty is None else duty.locking(self.year)
        self.believed = max(locks, date(self.year + 1, 3, 31))


def a_day(value: Any, answers: Answers, scene: Scene) -> Part | None:
    """Refuse a day where the number of a paper is asked: «16/01/2027» is no number."""
    if read_day(str(value), scene.today) is None or "/" not in str(value):
        return None
    return _(
        "«{value}» is a day. Please write the number and the sign of the paper, or leave it for later.", value=value
    )


def no_name(value: Any, answers: Answers, scene: Scene) -> Part | None:
    """Refuse a number or a day where somebody's name is asked."""
    if not any(map(str.isdigit, str(value))):
        return None
    return _("«{value}» is no name. Please write who has signed it.", value=value)


def keep(visit: Visit, found: Obligation, answers: Answers) -> date:
    """Store on which day it was sent; the reminders stop."""
    day = date.fromisoformat(answers["day"])
    deadlines.fulfil(
        visit.tx,
        duty=found.duty.code,
        unit=found.unit,
        year=found.year,
        day=day,
        number=answers.get("number") or "",
        by=visit.me.id,
        now=visit.said,
    )
    visit.note("paper_sent", draft_of(found), day=answers["day"])
    return day


def recorded(visit: Visit, found: Obligation) -> dict[str, Any] | None:
    """Return what is recorded of it as answers of its sheet, to be corrected; None for whoever may not now."""
    locked = submissions.locked(found, visit.said.date())
    kept = visit.tx.one(deadlines.PAPER, duty=found.duty.code, unit=found.unit, year=found.year)
    if kept is None or locked or not records(visit, found.duty):
        return None
    return {"day": kept.day.isoformat(), "number": kept.number or None}


def late(found: Obligation, day: date) -> Part | None:
    """Say whether a unit has sent it in time; nothing without a date, or of what the office sends itself."""
    return None if found.duty.by == "office" else submissions.timing(found.due, day)


def called(found: Obligation) -> First:
    """Return what a paper is called at the beginning of a sentence, before its year."""
    return First(of_year(found.duty))
