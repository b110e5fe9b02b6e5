"""How the targets go from year to year as a picture and its text. Pure."""

from bot.language import Joined, Part, Time, Words, _
from bot.movement import TargetOverYears
from bot.office.report import period_words
from bot.office.report.period import SeveralYears
from bot.office.report.summary_picture import goal_of


def columns(period: SeveralYears, whose: str, words: Words) -> dict[str, object]:
    """Return the picture's contents."""
    say, now = words.say, period.years[-1].now
    return {
        "title": say(_("Targets from {first} to {last}", first=period.first, last=period.last)),
        "subtitle": say(_("{whose} · {at}", whose=whose, at=Time(now))),
        "targets": [_target(each, words) for each in period.targets if not each.target.area],
        "note": say(
            _("From the units' reports and the decisions of each year. Striped: provisional; dashed: no figures yet.")
        ),
    }


def _target(each: TargetOverYears, words: Words) -> dict[str, object]:
    say, trend = words.say, period_words.trend(each)
    return {
        "name": f"{each.target.code}. {each.target.short}",
        "goal": str(each.target.goal),
        "goal_text": say(_("Dashed line, {goal}", goal=goal_of(each.target))),
        "told": [] if trend is None else [say(trend).strip()],
        "years": [
            {
                "year": str(of.year),
                "value": None if of.value is None else str(of.value),
                "value_text": say(period_words.amount(of)),
                "provisional": of.progress.provisional,
            }
            for of in each.years
        ],
    }


def told(period: SeveralYears) -> list[Part]:
    """Say the same in words: every value with its year, and which way they go."""
    now = period.years[-1].now
    lines: list[Part] = [_("Targets from {first} to {last} · {at}", first=period.first, last=period.last, at=Time(now))]
    for each in period.targets:
        if each.target.area:
            continue
        values = Joined([_("{year}: {value}", year=of.year, value=period_words.value(of)) for of in each.years], "; ")
        lines.append(
            _(
                "{n}. {name} ({goal}): {values}",
                n=each.target.code,
                name=each.target.short,
                goal=goal_of(each.target),
                values=values,
            )
        )
        trend = period_words.trend(each)
        if trend is not None:
            lines.append(trend)
    return lines
