"""A review as it was sent, for whoever may read it; the office gives a received one back to be changed."""

from collections.abc import Mapping
from typing import Any

from bot.conversation import DESK, HOME, MY_TASKS, Feature, Notice, Visit
from bot.dialogue import Button, Say
from bot.language import First, Weekday, _, fold
from bot.movement import May
from bot.office.duties import submissions
from bot.office.duties.duty_kinds import of_year, what
from bot.office.reminding.review_hints import REVIEW_HINT
from bot.office.report import as_sent
from bot.office.reviews import campaigns, reviewing
from bot.office.reviews.review_facts import code_of
from storage import deadlines, people, reviews
from storage.reviews import SentReview

LIST = Button(_("Reviews"), "/giaidoan")


def none_meant(visit: Visit) -> Say:
    """Ask which review is meant."""
    known = [(duty, year) for duty in visit.plan.reviews for year in duty.years]
    buttons = [
        Button(_("{what} {year}", what=First(of_year(duty)), year=year), f"/giaidoan {duty.code} {year}")
        for duty, year in known
    ]
    return Say([_("Which review is meant? For example: /giaidoan {year}", year=known[0][1])], buttons=(*buttons, HOME))


def show(visit: Visit, said: str) -> Say:
    """Answer «/giaidoan xem [year] [unit]» with a review that was sent."""
    meant = reviewing.meant(visit, said)
    words = [word for word in said.split() if meant is None or word not in (str(meant[1]), meant[0].code)]
    if meant is not None and fold(" ".join(words)) in fold(meant[0].called):
        words = []  # they name the review alone
    unit = as_sent.unit_named(visit, " ".join(words)) if words else visit.tx.one(people.UNIT, code=visit.me.unit)
    if meant is None and (mine := reviewing.mine(visit)) is not None:
        meant = mine.duty, mine.year
    if meant is None:
        return none_meant(visit)
    if unit is None:
        return Say([_("No unit is called «{said}».", said=" ".join(words)[:60])], buttons=(HOME,))
    if not reviewing.reads(visit, unit.code):
        return Say([_("The review of another unit is read by the office and the leaders.")], buttons=(MY_TASKS, HOME))
    sent = visit.tx.one(reviews.BY_CODE, code=code_of(unit.code, meant[1]))
    if sent is None:
        about = {"unit": unit.name, "what": of_year(meant[0]), "year": meant[1]}
        return Say([_("{unit} has not sent the {what} {year}.", **about)], buttons=(MY_TASKS, HOME))
    back = _give_back_button(visit, sent)
    return Say(reviewing.lines(visit, sent), buttons=(*back, HOME), whole=True)


def _give_back_button(visit: Visit, sent: SentReview) -> list[Button]:
    """Offer the office to give a received review back to its unit."""
    if sent.received is None or not visit.may(May.RECEIVE) or reviewing.not_open_now(visit, sent.duty, sent.year):
        return []
    return [Button(_("Give it back to be changed"), f"/giaidoan molai {sent.code}")]


def give_back(visit: Visit, code: str) -> Say:
    """Give a review that was received back to its unit, and tell whoever sends for it."""
    sent = visit.tx.one(reviews.BY_CODE, code=code)
    if sent is None:
        return Say([_("No review has the code {code}.", code=code[:40])], buttons=(LIST, HOME))
    if (no := reviewing.not_open_now(visit, sent.duty, sent.year)) is not None:
        return Say([no], buttons=(LIST, HOME))
    if not reviews.give_back(visit.tx, code=code):
        return Say([_("{code} has not been received, so its unit can change it.", code=code)], buttons=(LIST, HOME))
    visit.note("review_given_back", code)
    for person in submissions.senders(visit, sent.unit):
        if person.id != visit.me.id:
            visit.tell(person.id, GIVEN_BACK, code=code)
    done = _("✅ {code} is given back to {unit}, which changes it and sends it again.", code=code, unit=sent.unit_name)
    return Say([done], buttons=(LIST, HOME))


def given_back(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Tell whoever sends for the unit: the office has given the review back."""
    sent = visit.tx.one(reviews.BY_CODE, code=about["code"])
    if sent is None or sent.received is not None or reviewing.not_open_now(visit, sent.duty, sent.year):
        return None
    said = _(
        "{desk} has given the {what} {year} ({code}) back to be changed; please send it again.",
        what=what(visit.plan, sent.duty),
        year=sent.year,
        code=sent.code,
    )
    return Say([said], buttons=(Button(_("Edit"), f"/giaidoan sua {sent.duty} {sent.year}"),))


def opened(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Tell whoever sends for a unit: the office has opened a review. Pointless once it was sent or closed."""
    found = submissions.obligation(visit, about["duty"], str(about["year"]))
    given = visit.tx.one(deadlines.DEADLINE, duty=about["duty"], year=about["year"])
    if found is None or given is None or not found.waits:
        return None
    said = _(
        "{desk} asks for the {what} {year}: to be sent by the end of {day} ({weekday}), {basis}.",
        desk=visit.plan.office.desk,
        what=what(visit.plan, found.duty.code),
        year=found.year,
        day=given.day,
        weekday=Weekday(given.day),
        basis=given.basis,
    )
    return Say(
        [said],
        buttons=(Button(_("Open the {what}", what=of_year(found.duty)), f"/giaidoan {found.duty.code} {found.year}"),),
    )


def may_be_opened(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Tell the office in its day's message which reviews can be opened now."""
    found = [
        campaigns.one(visit, duty, year)
        for code, year in about.get(REVIEW_HINT, ())
        for duty in visit.plan.reviews
        if duty.code == code
    ]
    waiting = [
        each
        for each in found
        if each.given is None and each.closed is None and visit.now.date() <= each.duty.locking(each.year)
    ]
    lines = [
        _(
            "{what} {year} can be opened until {day}.",
            what=First(of_year(each.duty)),
            year=each.year,
            day=each.duty.locking(each.year),
        )
        for each in waiting
    ]
    buttons = [
        Button(_("Open the review of {year}", year=each.year), f"/giaidoan mo {each.duty.code} {each.year}")
        for each in waiting
    ]
    return Say(lines, buttons=buttons) if waiting else None


OPENED = Notice(campaigns.OPENED, opened, submissions.SENDER)
GIVEN_BACK = Notice("review_given_back", given_back, submissions.SENDER)
FEATURE = Feature(__name__, notices=(OPENED, GIVEN_BACK), day_parts=(Notice(REVIEW_HINT, may_be_opened, DESK),))
