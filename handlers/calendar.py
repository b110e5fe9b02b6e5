"""The office's working calendar: days off and make-up days, shown, set, taken back, confirmed."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from bot.channels import limits
from bot.conversation import HOME, Command, Feature, Notice, Visit, allowed
from bot.dialogue import Button, Say
from bot.language import Part, Time, _, fold, number, read_span
from bot.movement import May, titled
from bot.office import calendar_changes
from bot.office.calendar_listing import asked, line_of, lines_of, lines_of_year, of_year
from bot.office.reminding.daily_extras import NEXT_YEAR
from handlers.calendar_add import ADD
from handlers.calendar_file import SHEET, WRITE
from storage import calendar, deadlines, people

# Showing --------------------------------------------------------------------------------------


def run(visit: Visit, args: str) -> Say | None:
    """Answer «/lich»: what is to come; «/lich 2028»: a year; the rest is behind its buttons."""
    said = fold(args)
    for verb, act in ACTS.items():
        if said == verb or said.startswith(f"{verb} "):
            return act(visit, args.split(" ", len(verb.split()))[-1] if said != verb else "")
    today, years = visit.now.date(), (visit.plan.first_year, visit.plan.last_year + 1)
    if (asked := number(said)) is None:
        return _show(visit, today.year, today)
    if not years[0] <= asked <= years[1]:
        return Say([_("The calendar goes from {first} to {last}.", first=years[0], last=years[1])], buttons=BACK)
    return _show(visit, asked)


def _show(visit: Visit, year: int, since: date | None = None) -> Say:
    found = of_year(visit.office.calendar, year, since)
    if since is None:
        head = _("Days off and make-up days of {year}", year=year)
    else:
        head = _("Days off and make-up days of {year} from {today} on", year=year, today=since)
    lines: list[Part] = [head, *lines_of(found, visit.plan.office.desk), *_confirmed_line(visit, year)]
    buttons = [Button(_("Add a day off"), "/lich nghi"), Button(_("Add a make-up day"), "/lich lambu")]
    for each in [each for each in found if each.own][:8]:
        buttons.append(
            Button(
                _("Take back {when}", when=_days(each.first, each.last)),
                f"/lich bo {each.first:%d/%m/%Y}-{each.last:%d/%m/%Y}",
            )
        )
    buttons.append(Button(_("From a file"), "/lich tep"))
    if since is not None and year <= visit.plan.last_year:
        buttons.append(Button(_("The year {year}", year=year + 1), f"/lich {year + 1}"))
    elif since is None and _to_confirm(visit, year):
        buttons.append(Button(_("The list of {year} is right", year=year), f"/lich xacnhan {year}"))
    return Say(lines, buttons=(*buttons, HOME))


def _days(first: date, last: date) -> Part:
    return _("{first} to {last}", first=first, last=last) if first != last else _("{day}", day=first)


BACK = (Button(_("Calendar"), "/lich"), HOME)

# Confirming the next year's list ----------------------------------------------------------------


def next_year(visit: Visit, year: int) -> Say | None:
    """Return what the office is shown once in December; None when there is nothing to confirm."""
    if not _to_confirm(visit, year):
        return None
    desk = visit.plan.office.desk
    return Say(
        [
            asked(year, desk),
            *lines_of_year(visit.office.calendar, year, desk),
            _("Tết and Quốc khánh are counted by the general rule until the year's document is entered."),
        ],
        buttons=(Button(_("Right"), f"/lich xacnhan {year}"), Button(_("Change"), f"/lich {year}")),
    )


def _to_confirm(visit: Visit, year: int) -> bool:
    in_movement = visit.plan.first_year <= year <= visit.plan.last_year
    return in_movement and calendar.confirmed(visit.tx, year) is None


def _confirm(visit: Visit, said: str) -> Say:
    """Answer «/lich xacnhan 2028»: who says so, and when, is kept once."""
    year = number(said) or visit.now.year + 1
    if not visit.plan.first_year <= year <= visit.plan.last_year:
        why = _("The movement runs from {first} to {last}.", first=visit.plan.first_year, last=visit.plan.last_year)
        return Say([why], buttons=BACK)
    if _to_confirm(visit, year):
        calendar.confirm(visit.tx, year=year, by=visit.me.id, now=visit.said)
        visit.note("calendar_confirmed", str(year))
    return Say(
        [*_confirmed_line(visit, year), _("Days can still be added or taken back when a new document comes.")],
        buttons=(Button(_("The year {year}", year=year), f"/lich {year}"), HOME),
    )


def _confirmed_line(visit: Visit, year: int) -> list[Part]:
    found = calendar.confirmed(visit.tx, year)
    who = None if found is None else visit.tx.one(people.BY_ID, id=found.by)
    if found is None or who is None:
        return []
    return [_("✅ The list of {year} was confirmed at {at} by {who}.", year=year, at=Time(found.at), who=titled(who))]


# Taking back ----------------------------------------------------------------------------------


def _take_back(visit: Visit, said: str) -> Say:
    """Answer «/lich bo 04/02/2027-10/02/2027»: what it would change; with «co» behind it, do it."""
    words, sure = fold(said).removesuffix(" co"), fold(said).endswith(" co")
    span = read_span(words, visit.said.date())
    known, desk = visit.office.calendar, visit.plan.office.desk
    back = [each for day, each in sorted(known.own.items()) if span and span[0] <= day <= span[1]]
    if not back:
        return Say(
            [_("{desk} has set none of these days, or they have been taken back already.", desk=desk)], buttons=BACK
        )
    after = known.without({each.day for each in back})
    dues = calendar_changes.dues(visit.plan, visit.tx.all(deadlines.DEADLINES))
    effect = calendar_changes.effect(known, after, dues)
    lines = [line_of(each, desk) for each in calendar_changes.together(back)]
    if not sure:
        buttons = (Button(_("Take it back"), f"/lich bo {words} co"), *BACK)
        return Say([_("Take this back?"), *lines, *effect], buttons=buttons)
    calendar_changes.apply(visit, back=back)
    return Say([_("✅ Taken back; the general calendar holds again for these days."), *effect], buttons=BACK)


# What its words do: the forms stand in files of their own -------------------------------------


def _add(visit: Visit, subject: str) -> Say:
    return visit.open(ADD, subject)


def _from_file(visit: Visit, said: str) -> Say:
    return visit.open(SHEET)


def _apply_file(visit: Visit, said: str) -> Say | None:
    """Answer «/lich ghi 17»: the file is read once more, and what it changes by then is written."""
    ids = [int(word) for word in said.split()[: limits.FILES] if word.isdecimal() and len(word) < 16]
    return visit.start_job(WRITE, files=ids)


ACTS: Mapping[str, Callable[[Visit, str], Say | None]] = {
    "nghi": lambda visit, said: _add(visit, "off"),
    "lambu": lambda visit, said: _add(visit, "worked"),
    "lam bu": lambda visit, said: _add(visit, "worked"),
    "bo": _take_back,
    "tep": _from_file,
    "ghi": _apply_file,
    "xacnhan": _confirm,
    "xac nhan": _confirm,
}
CALENDAR = Command(
    "lich",
    _("Days off and make-up days"),
    _("days off|make-up days"),
    run,
    allowed(May.SETTLE),
    listed=False,
    seldom=True,
    acts=("xacnhan",),
)


def note(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Say in the day's message to the office: the next year's list, until somebody has confirmed it."""
    years = about.get("calendar", ())
    return next_year(visit, max(years)) if years else None


FEATURE = Feature(__name__, commands=(CALENDAR,), day_parts=(Notice(NEXT_YEAR, note, allowed(May.SETTLE)),))
