"""Reviews as the office runs them: which can be opened, opening one, closing it, who has sent. Inside the transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.conversation import Visit
from bot.dialogue import Answers
from bot.language import _
from bot.movement import Duty
from bot.office.duties import due_dates, submissions
from storage import deadlines, reviews
from storage.deadlines import Deadline
from storage.outbox import NoticeCode
from storage.people import Unit
from storage.reviews import ReviewClosing, SentReview

OPENED = NoticeCode("review_opened")
"""The office has opened a review: its units are told by its own hand."""


@dataclass(frozen=True)
class Campaign:
    """A review in its year: until when, what has come, what has not."""

    duty: Duty
    year: int
    given: Deadline | None
    """None while it is not open."""
    closed: ReviewClosing | None
    sent: Sequence[SentReview]
    silent: Sequence[Unit]


def all_of(visit: Visit) -> list[Campaign]:
    """Return the reviews of the opened years, the newest last."""
    years = [row.year for row in visit.tx.all(deadlines.YEARS)]
    return [one(visit, duty, year) for duty in visit.plan.reviews for year in duty.years if year in years]


def one(visit: Visit, duty: Duty, year: int) -> Campaign:
    """Return a review as it stands."""
    sent = [each for each in visit.tx.all(reviews.OF_YEAR, year=year) if each.duty == duty.code]
    have = {each.unit for each in sent}
    silent = [unit for unit in due_dates.units_owing(visit, duty, year) if unit.code not in have]
    return Campaign(
        duty,
        year,
        visit.tx.one(deadlines.DEADLINE, duty=duty.code, year=year),
        visit.tx.one(reviews.CLOSING, duty=duty.code, year=year),
        sent,
        silent,
    )


def in_time(duty: Duty, year: int, today: date) -> bool:
    """Whether a review may be opened today."""
    return duty.opening(year) <= today <= duty.locking(year)


def begin(visit: Visit, duty: Duty, year: int, answers: Answers) -> date:
    """Open a review: from now on the units owe it until its day, by the paper that was sent out."""
    letter = _("letter {number} of {day}", number=answers["number"], day=date.fromisoformat(answers["letter_day"]))
    reviews.open_again(visit.tx, duty=duty.code, year=year)
    _duty, _year, day = due_dates.set_date(
        visit, f"{duty.code}:{year}", {"day": answers["day"], "basis": visit.words.say(letter)}
    )
    visit.note("review_opened", f"{duty.code}:{year}")
    for unit in due_dates.units_owing(visit, duty, year):
        for person in submissions.senders(visit, unit.code):
            if person.id != visit.me.id:
                visit.tell(person.id, OPENED, unit=unit.code, duty=duty.code, year=year)
    return day


def end(visit: Visit, duty: Duty, year: int) -> None:
    """Close a review: nobody owes it any more; what was sent stays."""
    deadlines.withdraw_last_day(visit.tx, duty=duty.code, year=year)
    reviews.close(visit.tx, duty=duty.code, year=year, by=visit.me.id, now=visit.said)
    visit.note("review_closed", f"{duty.code}:{year}")
