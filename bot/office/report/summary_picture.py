"""The picture of a year's targets, as the plain strings that the worker process draws from. Pure."""

from bot.language import Count, Part, Percent, Text, Time, Words, _
from bot.movement import Measure, Target
from bot.office.report.summaries import Summary
from bot.office.report.target_words import VERDICTS, count, value


def bars(summary: Summary, words: Words) -> dict[str, object]:
    """Return the picture's contents."""
    say = words.say
    return {
        "title": say(_("Targets of {year}", year=summary.year)),
        "subtitle": say(
            _(
                "{sent}/{all} units have sent · {at}",
                sent=Count(len(summary.sent)),
                all=Count(len(summary.results)),
                at=Time(summary.now),
            )
        ),
        "bars": [
            {
                "number": each.target.code,
                "name": each.target.short,
                "value_text": say(value(each)),
                "goal_text": say(goal_of(each.target)),
                "share": None if (part := each.toward_goal) is None else str(part),
                "verdict": each.verdict.value,
                "verdict_text": say(VERDICTS[each.verdict]),
                "provisional": each.provisional,
            }
            for each in summary.progress
            if not each.target.area
        ],
        "note": say(_note(summary)),
    }


def _note(summary: Summary) -> Text:
    if summary.figures_day is None:
        return _("No unit has sent its figures yet.")
    if summary.supplemented:
        return _(
            "Figures to the end of {day}; of {n}/{all} units to the end of {until}.",
            day=summary.figures_day,
            n=Count(len(summary.supplemented)),
            all=Count(len(summary.results)),
            until=max(summary.supplemented.values()),
        )
    return _("Figures to the end of {day}.", day=summary.figures_day)


def goal_of(target: Target) -> Part:
    """Say what a target is to reach."""
    if target.measure is Measure.COUNT:
        return _("goal: {n}", n=count(target.goal))
    if target.measure is Measure.SUM:
        return _("goal: {n} {unit}", n=target.goal, unit=target.unit)
    if target.measure is Measure.REDUCTION and target.by_year is None:
        return _("goal: {percent} less", percent=Percent(target.goal))
    if target.measure is Measure.REDUCTION:
        return _("goal: {percent} less by {year}", percent=Percent(target.goal), year=target.by_year)
    return _("goal: {percent}", percent=Percent(target.goal))
