"""What the office sets for everybody: dates the plan leaves open."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from bot.conversation import HOME, Command, Conversation, Feature, Notice, Visit, allowed, notice_codes
from bot.dialogue import Answers, Button, Day, Field, Form, Line, Say, Scene
from bot.language import Count, Joined, Part, Weekday, _, fold, number
from bot.movement import May, late, passed
from bot.office.duties import due_dates
from bot.office.duties.due_dates import DateFacts
from bot.office.duties.duty_kinds import duty_named, of_year, read_subject, undated, what
from bot.office.requests import asked_words
from bot.office.reviews import reviewing
from storage import deadlines, requests

# Dates ----------------------------------------------------------------------------------------


def run_dates(visit: Visit, args: str) -> Say:
    """Answer «/thoihan» with the dates of the open years; «/thoihan plan 2027» enters one."""
    words = args.split()
    years = [year.year for year in visit.tx.all(deadlines.YEARS)]
    duty, year = (*words, "", "")[:2]
    if duty == "mo":
        return _open(visit, " ".join(words[1:]))
    yearly = [each for each in visit.plan.all_duties if each.yearly]
    named = duty_named(visit.plan, duty)
    meant = next((each.code for each in yearly if each.code == named), None)
    if meant is not None and number(year) in years and visit.plan.duty(meant).owed_in(int(year)):
        return reviewing.has_no_date(visit, meant, int(year)) or visit.open(DATE, f"{meant}:{int(year)}")
    given = {(row.duty, row.year): row for row in visit.tx.all(deadlines.DEADLINES)}
    lines: list[Part] = [_("Dates of what the units send")]
    buttons: list[Button] = []
    for each, owed in [(year, duty) for year in years for duty in yearly if duty.owed_in(year)]:
        if owed.way.on_call and (owed.code, each) not in given:
            continue
        lines.append(due_dates.line(visit.plan, owed, each, given.get((owed.code, each))))
        title = _("Date of the {what} of {year}", what=of_year(owed), year=each)
        buttons.append(Button(title, f"/thoihan {owed.code} {each}"))
    for request in visit.tx.all(requests.OPEN):
        lines.append(_("Request {request}: by the end of {day}", request=asked_words.named(request), day=request.due))
        buttons.append(Button(_("Put off {code}", code=request.code), f"/yeucau {request.code} giahan"))
    for each in due_dates.openable(visit):
        label = (
            _("Open {year}", year=each)
            if each == visit.now.year
            else _("Open {year} to be filed late, without reminders", year=each)
        )
        buttons.append(Button(label, f"/thoihan mo {each}"))
    return Say(lines, buttons=(*buttons, HOME))


def _open(visit: Visit, said: str) -> Say:
    """Answer «/thoihan mo 2026»: a year is opened once its dates were seen; nobody is reminded of one that is over."""
    named, _space, agreed = said.partition(" ")
    year = int(named) if named.isdecimal() and len(named) == 4 else 0
    if year not in due_dates.openable(visit):
        return Say(
            [_("Only a year of the movement before the first opened one is opened here.")],
            buttons=(Button(_("All dates"), "/thoihan"), HOME),
        )
    gone = passed(visit.plan, year, visit.now.date())
    if gone and fold(agreed) != "co":
        return _ask_to_open(year, gone)
    done = (
        _("✅ {year} is open to be filed late; nobody is reminded of it.", year=year)
        if due_dates.open_year(visit, year)
        else _("The year {year} is open", year=year)
    )
    return Say([done], buttons=(Button(_("All dates"), "/thoihan"), HOME))


def _ask_to_open(year: int, gone: Sequence[Part]) -> Say:
    return Say(
        [late(year, gone), _("What is sent after its date is marked as late. Open {year}?", year=year)],
        buttons=(Button(_("Open {year}", year=year), f"/thoihan mo {year} co"), Button(_("All dates"), "/thoihan")),
    )


def year_waits(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Tell the office: a year has begun whose dates have passed before it was opened; None once it is open."""
    year = int(about["year"])
    return _ask_to_open(year, passed(visit.plan, year, visit.now.date())) if year in due_dates.openable(visit) else None


def year_opened(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Tell the office: a new year has begun, and which dates it still lacks."""
    year = int(about["year"])
    given = {(row.duty, row.year) for row in visit.tx.all(deadlines.DEADLINES)}
    lines: list[Part] = [_("The year {year} is open", year=year), *undated(visit.plan, year, given)]
    return Say(lines, buttons=(Button(_("Dates"), "/thoihan"),))


def in_its_year(value: Any, answers: Answers, scene: Scene) -> Part | None:
    """Refuse a date on which the duty is not open."""
    facts = DateFacts.of(scene)
    if not facts.opens <= date.fromisoformat(value) <= facts.locks:
        return _("The date must lie between {first} and {last}.", first=facts.opens, last=facts.locks)
    return None


def over_already(value: Any, answers: Answers, scene: Scene) -> Part | None:
    """Ask back before a day that has passed: it makes late whoever has not sent."""
    day, silent = date.fromisoformat(value), DateFacts.of(scene).silent
    if day >= scene.today:
        return None
    days = Count((scene.today - day).days)
    if not silent:
        return _("{day} was {days} days ago. All units have sent, so nobody is told. Set this day?", day=day, days=days)
    return _(
        "{day} was {days} days ago. The heads of {n} units that have not sent would hear that they are {days} days overdue: {units}. Set this day?",
        day=day,
        days=days,
        n=Count(len(silent)),
        units=Joined(silent),
    )


def who_hears(answers: Answers, scene: Scene) -> Iterator[Part]:
    """Say how many units hear of the date, and what."""
    day, was, n = date.fromisoformat(answers["day"]), DateFacts.of(scene).was, Count(len(DateFacts.of(scene).silent))
    if was is not None and was != day:
        yield _(
            "{n} units that have not sent are told that the date has moved from {was} to {day}.", n=n, was=was, day=day
        )
    else:
        yield _("All units are reminded of this date; those who have sent are not.")


DATE_FORM = Form(
    "deadline",
    title=lambda answers, scene: _(
        "Date of the {what} of {year}", what=DateFacts.of(scene).what, year=DateFacts.of(scene).year
    ),
    fields=(
        Field(
            "day",
            _("Last day"),
            _("Which is the last day allowed?"),
            Day(),
            example="31/01/2027",
            refuse=in_its_year,
            ask_again=over_already,
            keep=_("Set this day"),
        ),
        Field(
            "basis",
            _("Basis"),
            _("Which document sets this date?"),
            Line(shortest=3, longest=200),
            example=_("the office's letter 12/{sign}-VP of 05/01/2027"),
        ),
    ),
    send=lambda answers, scene: _("Set the date"),
    review=lambda answers, scene: [*who_hears(answers, scene)],
)


def set_date(visit: Visit, subject: str, answers: Answers) -> Say:
    """Store the date with its basis; reminders follow it from the next one on."""
    if (no := reviewing.has_no_date(visit, *read_subject(subject))) is not None:
        return no
    duty, year, day = due_dates.set_date(visit, subject, answers)
    return Say(
        [
            _(
                "✅ The {what} of {year} is due by the end of {day} ({weekday}).",
                what=what(visit.plan, duty),
                year=year,
                day=day,
                weekday=Weekday(day),
            ),
            _("Reminders follow this date from now on."),
        ],
        buttons=(Button(_("All dates"), "/thoihan"), HOME),
    )


DATE = Conversation(
    "deadline",
    title=lambda plan, subject: _("Setting a date"),
    form=lambda plan: DATE_FORM,
    file=set_date,
    serves=allowed(May.SETTLE),
    facts=DateFacts,
)
DATES = Command(
    "thoihan", _("Dates"), _("dates"), run_dates, allowed(May.SETTLE), listed=False, seldom=True, acts=("mo",)
)
FEATURE = Feature(
    __name__,
    commands=(DATES,),
    forms=(DATE,),
    notices=(
        Notice(notice_codes.YEAR_OPENED, year_opened, allowed(May.SETTLE)),
        Notice(notice_codes.YEAR_WAITS, year_waits, allowed(May.SETTLE)),
    ),
)
