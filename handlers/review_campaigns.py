"""The office runs the reviews: opens one by a paper with its date, sees who has sent, gives one back, closes it."""

from collections.abc import Iterator
from datetime import date

from bot.conversation import DESK, HOME, MY_TASKS, Conversation, Feature, Visit, allowed
from bot.dialogue import Answers, Button, Day, Field, Form, Line, Say, Scene
from bot.language import Count, First, Joined, Part, Time, Weekday, _, fold
from bot.movement import Duty, May
from bot.office.duties import submissions
from bot.office.duties.due_dates import DateFacts
from bot.office.duties.duty_kinds import of_year
from bot.office.reviews import campaign_texts, campaigns, reviewing
from bot.office.reviews.campaigns import Campaign
from handlers import review_shown, settle
from storage import deadlines, people

LIST = Button(_("Reviews"), "/giaidoan")


def run(visit: Visit, verb: str, said: str) -> Say:
    """Answer «/giaidoan mo», «dong» and «molai», which are the office's."""
    if not DESK.holds(visit):
        return Say([_("The office opens and closes a review.")], buttons=(MY_TASKS, HOME))
    if verb == "molai":
        return review_shown.give_back(visit, said.strip().upper())
    plain = said.removesuffix(" co")
    meant = reviewing.meant(visit, plain)
    if meant is None:
        return home(visit)
    found = campaigns.one(visit, *meant)
    if verb == "dong":
        return _close(visit, found, fold(said).endswith(" co"))
    if (no := _cannot_open(visit, found)) is not None:
        return no
    return visit.open(OPEN, f"{found.duty.code}:{found.year}")


def home(visit: Visit) -> Say:
    """Return every review of the opened years: until when, who has sent, what can be done."""
    lines: list[Part] = [_("Reviews of several years")]
    buttons: list[Button] = []
    for each in campaigns.all_of(visit):
        lines += campaign_texts.lines(each)
        buttons += _buttons(visit, each)
    if len(lines) == 1:
        years = Joined([str(year) for duty in visit.plan.reviews for year in duty.years])
        lines.append(_("Reviews are held in these years: {years}. None of them is open.", years=years))
    mine = reviewing.mine(visit)
    if mine is not None and submissions.drafts_for(visit, mine.duty.code, mine.year):
        buttons.append(Button(_("The review of my unit"), f"/giaidoan {mine.duty.code} {mine.year}"))
    return Say(lines, buttons=(*buttons, HOME))


def _buttons(visit: Visit, found: Campaign) -> Iterator[Button]:
    named, today = f"{found.duty.code} {found.year}", visit.said.date()
    for each in found.sent[:6]:
        yield Button(each.code, f"/giaidoan xem {found.year} {each.unit}")
    if not visit.may(May.RECEIVE):
        return
    if found.given is not None:
        yield Button(_("Change the date"), f"/thoihan {named}")
        yield Button(_("Urge"), f"/dondoc {named}")
        yield Button(_("Close the review of {year}", year=found.year), f"/giaidoan dong {named}")
    elif campaigns.in_time(found.duty, found.year, today):
        yield Button(_("Open the review of {year}", year=found.year), f"/giaidoan mo {named}")


# Opening one ------------------------------------------------------------------------------------


def _cannot_open(visit: Visit, found: Campaign) -> Say | None:
    """Return why a review cannot be opened now: it is open, its year is not, or it is too early or late."""
    about = {"what": First(of_year(found.duty)), "year": found.year}
    if found.given is not None:
        by = visit.tx.one(people.BY_ID, id=found.given.by) if found.given.by is not None else None
        opened = _(
            "{what} {year} was opened at {at} by {who}, to be sent by the end of {day}.",
            at=Time(found.given.at),
            who="" if by is None else by.name,
            day=found.given.day,
            **about,
        )
        change = Button(_("Change the date"), f"/thoihan {found.duty.code} {found.year}")
        return Say([opened], buttons=(change, LIST, HOME))
    if found.year not in [row.year for row in visit.tx.all(deadlines.YEARS)]:
        return Say([_("The year {year} is not open.", year=found.year)], buttons=(LIST, HOME))
    if not campaigns.in_time(found.duty, found.year, visit.said.date()):
        first, last = found.duty.opening(found.year), found.duty.locking(found.year)
        why = _("{what} {year} is opened from {first} to {last}.", first=first, last=last, **about)
        return Say([why], buttons=(LIST, HOME))
    return None


def _who_is_told(answers: Answers, scene: Scene) -> Iterator[Part]:
    facts, day = DateFacts.of(scene), date.fromisoformat(answers["day"])
    yield _(
        "{n} units are told at once and reminded until they have sent, by the end of {day} ({weekday}): {units}.",
        n=Count(len(facts.silent)),
        day=day,
        weekday=Weekday(day),
        units=Joined(facts.silent, "; "),
    )


FORM = Form(
    "review_open",
    title=lambda answers, scene: _(
        "Opening: {what} {year}", what=DateFacts.of(scene).what, year=DateFacts.of(scene).year
    ),
    fields=(
        Field(
            "number",
            _("Letter"),
            _("What is the number of the letter to the units?"),
            Line(shortest=2, longest=80),
            example=_("45/{sign}-VP"),
        ),
        Field(
            "letter_day", _("Its date"), _("Which date does the letter bear?"), Day(ahead=False), example="05/10/2027"
        ),
        Field(
            "day",
            _("Last day"),
            _("Until which day do the units send their review?"),
            Day(),
            example="30/11/2027",
            refuse=settle.in_its_year,
            ask_again=settle.over_already,
            keep=_("Set this day"),
        ),
    ),
    send=lambda answers, scene: _("Open the review"),
    review=lambda answers, scene: list(_who_is_told(answers, scene)),
)


def opened(visit: Visit, subject: str, answers: Answers) -> Say:
    """Open it, unless somebody has meanwhile."""
    duty, year = _of(visit, subject)
    if duty is None:
        return submissions.nobody_does(visit)
    if (no := _cannot_open(visit, campaigns.one(visit, duty, year))) is not None:
        return no
    day = campaigns.begin(visit, duty, year, answers)
    done = _(
        "✅ {what} {year} is open, to be sent by the end of {day} ({weekday}).",
        what=First(of_year(duty)),
        year=year,
        day=day,
        weekday=Weekday(day),
    )
    return Say([done, _("Reminders follow this date from now on.")], buttons=(LIST, HOME))


def _of(visit: Visit, subject: str) -> tuple[Duty | None, int]:
    code, _colon, year = subject.partition(":")
    known = visit.plan.known_duty(code)
    return (known if known is not None and known.how == "review" else None), int(year)


# Closing one ----------------- -------------------------------------------------------------------


def _close(visit: Visit, found: Campaign, sure: bool) -> Say:
    about = {"what": First(of_year(found.duty)), "year": found.year}
    if found.given is None:
        return Say([reviewing.not_open(visit, found.duty.code, found.year)], buttons=(LIST, HOME))
    if not sure:
        names = Joined([unit.name for unit in found.silent], "; ")
        ask = _("Close: {what} {year}? From then on no unit can send or change its review.", **about)
        left = [_("- Not sent ({n}): {units}", n=Count(len(found.silent)), units=names)] if found.silent else []
        yes = Button(_("Close this review"), f"/giaidoan dong {found.duty.code} {found.year} co")
        return Say([ask, *left], buttons=(yes, Button(_("Leave this review open"), "/giaidoan")))
    campaigns.end(visit, found.duty, found.year)
    done = _("✅ {what} {year} is closed; nobody is reminded of it any more, and what was sent stays.", **about)
    return Say([done], buttons=(LIST, HOME))


OPEN = Conversation(
    "review_open",
    title=lambda plan, subject: _("Opening a review"),
    form=lambda plan: FORM,
    file=opened,
    serves=allowed(May.SETTLE),
    facts=DateFacts,
)
FEATURE = Feature(__name__, forms=(OPEN,))
