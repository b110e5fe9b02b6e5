"""What the office sets for everybody: dates the plan leaves open."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from bot.conversation import HOME, Command, Conversation, Facts, Feature, Notice, Visit, allowed, notice_codes
from bot.dialogue import Answers, Button, Day, Field, Form, Line, Say, Scene
from bot.language import Count, Joined, Part, Weekday, _, fold, number
from bot.movement import Duty, May, Plan, late, passed
from bot.office.duties.duty_kinds import KINDS, undated
from storage import deadlines, people, rungs

# Dates ----------------------------------------------------------------------------------------


def run_dates(visit: Visit, args: str) -> Say:
    """Answer «/thoihan» shows the dates of the open years; «/thoihan plan 2027» enters one."""
    words = args.split()
    years = [year.year for year in visit.tx.all(deadlines.YEARS)]
    duty, year = (*words, "", "")[:2]
    if duty == "mo":
        return _open(visit, " ".join(words[1:]))
    yearly = [each for each in visit.plan.duties if each.yearly]
    if duty in {each.code for each in yearly} and number(year) in years:
        return visit.open(DATE, f"{duty}:{year}")
    given = {(row.duty, row.year): row for row in visit.tx.all(deadlines.DEADLINES)}
    lines: list[Part] = [_("Dates of what the units send")]
    buttons: list[Button] = []
    for each, owed in [(year, duty) for year in years for duty in yearly]:
        what, entered = KINDS[owed.code].what, given.get((owed.code, each))
        if entered is None and (day := owed.last_day(each)) is not None:
            lines.append(_from_plan(visit.plan, owed, each, day))
        elif entered is not None:
            lines.append(
                _(
                    "The {what} of {year}: by the end of {day}, by {basis}",
                    what=what,
                    year=each,
                    day=entered.day,
                    basis=entered.basis,
                )
            )
        else:
            lines.append(_("The {what} of {year}: no date given yet", what=what, year=each))
        buttons.append(Button(_("Date of the {what} of {year}", what=what, year=each), f"/thoihan {owed.code} {each}"))
    for each in _openable(visit):
        label = (
            _("Open {year}", year=each)
            if each == visit.now.year
            else _("Open {year} to be filed late, without reminders", year=each)
        )
        buttons.append(Button(label, f"/thoihan mo {each}"))
    return Say(lines, buttons=(*buttons, HOME))


def _from_plan(plan: Plan, owed: Duty, year: int, day: date) -> Part:
    """Return a date that stands in the plan file, with the clause or the rule that sets it."""
    what = KINDS[owed.code].what
    if owed.basis == "office":
        return _(
            "The {what} of {year}: by the end of {day}, by the rule of {desk}",
            what=what,
            year=year,
            day=day,
            desk=plan.office.desk,
        )
    return _(
        "The {what} of {year}: by the end of {day}, by {clause} of the plan",
        what=what,
        year=year,
        day=day,
        clause=owed.clause,
    )


def _openable(visit: Visit) -> list[int]:
    """Return years before the first opened one, and this year where it waits for somebody to say so."""
    opened = [each.year for each in visit.tx.all(deadlines.YEARS)]
    this, plan = visit.now.year, visit.plan
    before = list(range(plan.first_year, min(opened, default=this)))
    waits = bool(opened) and max(opened) < this <= plan.last_year
    return [*before, this] if waits else before


def _open(visit: Visit, said: str) -> Say:
    """Answer «/thoihan mo 2026»: a year is opened once its dates were seen; nobody is reminded of one that is over."""
    named, _space, agreed = said.partition(" ")
    year = int(named) if named.isdecimal() and len(named) == 4 else 0
    if year not in _openable(visit):
        return Say(
            [_("Only a year of the movement before the first opened one is opened here.")],
            buttons=(Button(_("All dates"), "/thoihan"), HOME),
        )
    gone = passed(visit.plan, year, visit.now.date())
    if gone and fold(agreed) != "co":
        return _ask_to_open(year, gone)
    over = year < visit.now.year
    deadlines.open_year(visit.tx, year=year, quiet=over, now=visit.said)
    visit.note("year_opened", str(year))
    done = (
        _("✅ {year} is open to be filed late; nobody is reminded of it.", year=year)
        if over
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
    return _ask_to_open(year, passed(visit.plan, year, visit.now.date())) if year in _openable(visit) else None


def year_opened(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Tell the office: a new year has begun, and which dates it still lacks."""
    year = int(about["year"])
    given = {(row.duty, row.year) for row in visit.tx.all(deadlines.DEADLINES)}
    lines: list[Part] = [_("The year {year} is open", year=year), *undated(visit.plan, year, given)]
    return Say(lines, buttons=(Button(_("Dates"), "/thoihan"),))


def in_its_year(value: Any, answers: Answers, scene: Scene) -> Part | None:
    """Return a date is one on which the duty is open."""
    day, opens, locks = date.fromisoformat(value), scene.facts["opens"], scene.facts["locks"]
    if not opens <= day <= locks:
        return _("The date must lie between {first} and {last}.", first=opens, last=locks)
    return None


def over_already(value: Any, answers: Answers, scene: Scene) -> Part | None:
    """Return a day that has passed makes everybody late who has not sent: who that is, is seen first."""
    day, silent = date.fromisoformat(value), scene.facts["silent"]
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
    """Yield what becomes of the date: how many units hear of it, and what."""
    day, was, n = date.fromisoformat(answers["day"]), scene.facts["was"], Count(len(scene.facts["silent"]))
    if was is not None and was != day:
        yield _(
            "{n} units that have not sent are told that the date has moved from {was} to {day}.", n=n, was=was, day=day
        )
    else:
        yield _("All units are reminded of this date; those who have sent are not.")


def _day_now(visit: Visit, duty: str, year: int) -> date | None:
    """Return the last day as it stands."""
    entered = visit.tx.one(deadlines.DEADLINE, duty=duty, year=year)
    return entered.day if entered is not None else visit.plan.duty(duty).last_day(year)


DATE_FORM = Form(
    "deadline",
    title=lambda answers, scene: _(
        "Date of the {what} of {year}", what=KINDS[scene.facts["duty"]].what, year=scene.facts["year"]
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
            example=_("the office's letter 12/SXD-VP of 05/01/2027"),
        ),
    ),
    send=lambda answers, scene: _("Set the date"),
    review=lambda answers, scene: [*who_hears(answers, scene)],
)


def date_facts(visit: Visit, subject: str) -> Facts:
    """Return the duty, its year, and between which days it is open."""
    duty, _colon, year = subject.partition(":")
    owed = visit.plan.duty(duty)

    def silent() -> list[str]:
        done = {filed.unit for filed in visit.tx.all(deadlines.FILED_OF_DUTY, duty=duty, year=int(year))}
        units = visit.tx.all(people.UNITS)
        return [u.name for u in units if u.active and u.kind != "doan_the" and u.code not in done]

    return Facts(
        duty=lambda: duty,
        year=lambda: int(year),
        opens=lambda: owed.opening(int(year)),
        locks=lambda: owed.locking(int(year)),
        silent=silent,
        was=lambda: _day_now(visit, duty, int(year)),
    )


def set_date(visit: Visit, subject: str, answers: Answers) -> Say:
    """Keep the date with its basis; reminders follow it from the next one on."""
    duty, _colon, year = subject.partition(":")
    day = date.fromisoformat(answers["day"])
    if day != _day_now(visit, duty, int(year)):
        rungs.moved_back(visit.tx, duty=duty, year=int(year), day=day)
    deadlines.settle(
        visit.tx,
        duty=duty,
        year=int(year),
        day=day,
        basis=answers["basis"],
        by=visit.me.id,
        now=visit.said,
        was=visit.plan.duty(duty).last_day(int(year)),
    )
    visit.note("date_set", f"{duty}:{year}", day=day.isoformat(), basis=answers["basis"])
    return Say(
        [
            _(
                "✅ The {what} of {year} is due by the end of {day} ({weekday}).",
                what=KINDS[duty].what,
                year=int(year),
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
    facts=date_facts,
)
DATES = Command("thoihan", _("Dates"), _("dates"), run_dates, allowed(May.SETTLE), listed=False)
FEATURE = Feature(
    __name__,
    commands=(DATES,),
    forms=(DATE,),
    notices=(
        Notice(notice_codes.YEAR_OPENED, year_opened, allowed(May.SETTLE)),
        Notice(notice_codes.YEAR_WAITS, year_waits, allowed(May.SETTLE)),
    ),
)
