"""A unit's review: which one is meant, how it is sent, how it reads. Inside the transaction."""

from bot.conversation import HOME, Visit
from bot.dialogue import Answers, Button, Say
from bot.language import Joined, Part, Time, _, fold, number
from bot.movement import Duty, May, Obligation
from bot.office.duties import duty_kinds, papers, submissions
from bot.office.duties.duty_kinds import draft_of
from bot.office.reviews import review_words
from bot.office.reviews.review_facts import ReviewFacts, code_of
from bot.office.reviews.review_form import form_of, title_of
from storage import deadlines, reviews
from storage.reviews import ReviewClosing, SentReview


def theirs(visit: Visit, subject: str) -> bool:
    """Whether this person may write the review of this subject."""
    duty, unit, year = papers.read(subject)
    return unit == visit.me.unit and submissions.drafts_for(visit, duty, year)


def reads(visit: Visit, unit: str) -> bool:
    """Whether this person reads a unit's review: the office, the leaders, whoever writes it."""
    return visit.may(May.SUMMARISE) or (unit == visit.me.unit and (visit.may(May.DRAFT) or submissions.sends(visit)))


def meant(visit: Visit, said: str) -> tuple[Duty, int] | None:
    """Return the review that words mean: by its code, its year, or its name; None where they mean none."""
    words = said.split()
    year = next((n for word in words if len(word) == 4 and (n := number(word)) is not None), None)
    for duty in visit.plan.reviews:
        named = any(word.casefold() == duty.code.casefold() for word in words)
        if (named or fold(said) in fold(duty.called)) and said and duty.years and year is None:
            return duty, duty.years[0]
        if year in duty.years:
            return duty, year
    return None


def mine(visit: Visit) -> Obligation | None:
    """Return the review that my unit owes or has sent: what waits first, else the newest."""
    found = [each for each in submissions.owed(visit) if each.duty.how == "review"]
    waiting = [each for each in found if submissions.is_open(each, visit.said.date())]
    return next(iter(reversed(waiting or found)), None)


def newest_closed(visit: Visit) -> tuple[Duty, int] | None:
    """Return the newest review that the office has closed; None where there is none."""
    of = sorted(((year, duty) for duty in visit.plan.reviews for year in duty.years), key=lambda each: -each[0])
    return next(((duty, year) for year, duty in of if closing(visit, duty.code, year) is not None), None)


def closing(visit: Visit, duty: str, year: int) -> ReviewClosing | None:
    """Return when the office has closed a review; None while it has not."""
    return visit.tx.one(reviews.CLOSING, duty=duty, year=year)


def over(visit: Visit, subject: str) -> Part | None:
    """Return why nobody may go on with a review: the office has closed it, or has never opened it."""
    duty, _unit, year = papers.read(subject)
    return not_open_now(visit, duty, year)


def not_open_now(visit: Visit, duty: str, year: int) -> Part | None:
    """Return why a review takes nothing; None while it is open."""
    if visit.tx.one(deadlines.DEADLINE, duty=duty, year=year) is not None:
        return None
    return not_open(visit, duty, year)


def has_no_date(visit: Visit, duty: str, year: int) -> Say | None:
    """Say of a review that is not open that no date of it is moved; None of all else that is owed."""
    no = not_open_now(visit, duty, year) if any(each.code == duty for each in visit.plan.reviews) else None
    return None if no is None else Say([no], buttons=(Button(_("Reviews"), "/giaidoan"), HOME))


def not_open(visit: Visit, duty: str, year: int) -> Part:
    """Say that a review takes nothing: since when it is closed, or that it was not opened."""
    found, what = closing(visit, duty, year), duty_kinds.what(visit.plan, duty)
    if found is not None:
        return _(
            "{desk} closed the {what} {year} at {at}, so nothing more is sent here.",
            what=what,
            year=year,
            at=Time(found.at),
        )
    return _("{desk} has not opened the {what} {year} yet.", what=what, year=year)


# Sending ----------------------------------------------------------------------------------------


def send(visit: Visit, owed: Obligation, answers: Answers) -> int:
    """Store the review; return the number of its version. What is on record is not kept twice."""
    facts, code = ReviewFacts(visit, draft_of(owed)), code_of(owed.unit, owed.year)
    written = {*(area.code for area in visit.plan.areas), *(each.code for each in visit.plan.review_sections)}
    version = reviews.send(
        visit.tx,
        unit=owed.unit,
        year=owed.year,
        duty=owed.duty.code,
        code=code,
        answers={part: value for part, value in answers.items() if part in written},
        basis=facts.basis,
        late=submissions.days_late(owed.due, visit.said.date()),
        by=visit.me.id,
        now=visit.said,
        plan_hash=visit.office.plan_hash,
    )
    visit.note("review_changed" if version > 1 else "review_sent", code)
    return version


def answers_of(visit: Visit, sent: SentReview) -> Answers:
    """Return a review that was sent, as answers of its form; what is on record is looked at anew."""
    form = form_of(visit.plan)
    known = {field.code: "known" for field in form.fields if field.page in ("figures", "proposed")}
    return {**{code: value for code, value in sent.answers.items() if code in form and value is not None}, **known}


# As it reads ------------------------------------------------------------------------------------


def lines(visit: Visit, sent: SentReview) -> list[Part]:
    """Return the whole review: what was written, beside what is on record now."""
    facts = ReviewFacts(visit, f"{sent.duty}:{sent.unit}:{sent.year}")
    scene, form = visit.scene(facts), form_of(visit.plan)
    found: list[Part] = [
        _("{title}, {unit}", title=title_of(facts), unit=sent.unit_name),
        _("{code}, version {version}, first sent at {at}", code=sent.code, version=sent.version, at=Time(sent.first)),
        _("What the yearly reports say:"),
        *review_words.of_reports(facts),
    ]
    changed = [year for year, version in facts.basis.items() if sent.basis.get(year) != version]
    if changed:
        found.append(_("Since it was sent the figures of these years have changed: {years}.", years=Joined(changed)))
    for field in form.fields:
        if not field.visible(sent.answers, scene):
            continue
        value = sent.answers.get(
            field.code, "known" if field.prefill and field.page in ("figures", "proposed") else None
        )
        if value is not None:
            found.append(_("{label}: {value}", label=field.label, value=field.kind.show(value, scene)))
    return found
