"""The report's questions about figures: each with its cut-off day, last year's, and its doubts. Pure."""

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from bot.dialogue import Answers, Choice, Field, Line, Scene
from bot.language import Count, Part, Percent, Text, _
from bot.movement import Measure, Target
from bot.office.report.facts import ReportFacts
from bot.office.report.kinds import MISSING, NA, CountedField, Paper, Share, impossible, only_known, saving
from bot.office.report.known import last_share, more_than_listed, note_of, paper_before, proposed_share, surprising


def until(scene: Scene) -> Text:
    """Say until which day the figures go: today, at most the cut-off."""
    return _("figures until the end of {day}", day=scene.plan.figures_day(ReportFacts.of(scene).year, scene.today))


def counted(target: Target) -> Field:
    """Make the field of a target the assistant counts: shown, never asked."""
    said = _plan_issued if target.measure is Measure.UNITS_WITH_PLAN else _recognised
    return Field(
        target.code,
        target.short,
        _("The assistant counts this one; it is not typed in."),
        CountedField(said),
        choices=only_known,
        prefill=lambda answers, scene: "known",
        heading=_heading(target),
        page="targets",
    )


def _plan_issued(scene: Scene) -> Part:
    plan = ReportFacts.of(scene).plan
    return _("issued on {day}", day=plan.day) if plan else _("not sent yet; it is sent with /kehoach")


def _recognised(scene: Scene) -> Part:
    n = len(ReportFacts.of(scene).decided)
    return _("{n} of the unit's; the office adds them up, nothing is typed in", n=Count(n))


def _heading(target: Target) -> Part:
    if target.area:
        return _("Area {code}: {name}", code=target.area, name=target.short)
    return _("Target {code}: {name}", code=target.code, name=target.short)


def asked(target: Target) -> Field:
    """Make the field of a target the unit gives figures for."""
    paper = target.counts == "paper"
    return Field(
        target.code,
        target.short,
        _ask_paper(target) if paper else _ask_share(target),
        Paper(target) if paper else Share(target, proposed_share),
        example=_("31 ram, or 15.500 sheets; for an estimate of the whole year: whole year 38 ram")
        if paper
        else _("17/18"),
        choices=_instead(target),
        refuse=None if paper else impossible(target),
        ask_again=_doubt(target),
        keep=_("Keep the figure and add a comment"),
        note=_last_year(target),
        heading=_heading(target),
        page="targets",
        echo=_heard_paper(target) if paper else _heard_share(target),
    )


def _ask_share(target: Target) -> Callable[[Answers, Scene], Sequence[Part]]:
    def ask(answers: Answers, scene: Scene) -> Sequence[Part]:
        lines: list[Part] = [
            _(
                "How many {numerator}, out of how many {denominator} ({until})?",
                numerator=_things(target.numerator),
                denominator=_things(target.denominator),
                until=until(scene),
            )
        ]
        if target.counts == "people" and ReportFacts.of(scene).people:
            lines.append(
                _(
                    "The list of people counts {n} on {day}, so the first number is enough.",
                    n=Count(ReportFacts.of(scene).people),
                    day=scene.today,
                )
            )
        return [*lines, *_reported(target, scene)]

    return ask


def _things(counted: str) -> str:
    """Return what is counted, as it stands behind «bao nhiêu»: «số hồ sơ» and «tổng số hồ sơ» are «hồ sơ»."""
    return re.sub(r"^(?:tổng )?số ", "", counted, flags=re.IGNORECASE)


def _reported(target: Target, scene: Scene) -> list[Part]:
    """Return what the unit itself reported last year."""
    value, year = _of_last_year(target, scene), ReportFacts.of(scene).year - 1
    return [] if value is None else [_("In {year} the unit reported: {value}.", year=year, value=value)]


def _ask_paper(target: Target) -> Callable[[Answers, Scene], Sequence[Part]]:
    def ask(answers: Answers, scene: Scene) -> Sequence[Part]:
        year, base = ReportFacts.of(scene).year, ReportFacts.of(scene).baseline
        end = scene.plan.figures_day(year, scene.today)
        lines: list[Part] = [
            _("How many ram of A4 (1 ram = 500 sheets) has the unit used from 01/01 to the end of {day}?", day=end)
        ]
        against: tuple[int, Decimal, bool] | None = None
        if base is not None and base.ten_months is not None:
            against = (base.year, base.ten_months, False)
            lines.append(_("The same months of {year} (baseline): {n} ram.", year=base.year, n=base.ten_months))
        elif base is not None and base.whole_year is not None:
            against = (base.year, base.whole_year, True)
            lines.append(_("The whole year {year} (baseline): {n} ram.", year=base.year, n=base.whole_year))
        else:
            lines.append(_("The office has not entered a baseline for the unit yet; the figure is taken all the same."))
        last = ReportFacts.of(scene).last.figures.get(target.code)
        if last is None or (year - 1, last.numerator, last.estimate) != against:  # not the same line twice
            lines += _reported(target, scene)
        return lines

    return ask


def _instead(target: Target) -> Callable[[Answers, Scene], Sequence[Choice]]:
    offered = [Choice(MISSING, _("No figures yet"))]
    if target.may_not_apply:
        offered.append(Choice(NA, _("Does not apply")))

    def choices(answers: Answers, scene: Scene) -> Sequence[Choice]:
        last = proposed_share(target, scene)
        if not isinstance(last, dict):
            return offered
        keep = _(
            "Keep as in {year}: {value}",
            year=ReportFacts.of(scene).year - 1,
            value=_("{n}/{d}", n=last["n"], d=last["d"]),
        )
        return [Choice(last, keep), *offered]

    return choices


def _last_year(target: Target) -> Callable[[Answers, Scene], Part | None]:
    """Say last year's figure: «năm 2026: 17/18»."""

    def note(answers: Answers, scene: Scene) -> Part | None:
        value = _of_last_year(target, scene)
        return None if value is None else _("year {year}: {value}", year=ReportFacts.of(scene).year - 1, value=value)

    return note


def _of_last_year(target: Target, scene: Scene) -> Part | None:
    """Return last year's figure of the unit; None without one."""
    if target.counts == "paper":
        figure = ReportFacts.of(scene).last.figures.get(target.code)
        if figure is None or figure.numerator is None:
            return None
        return Paper(target).show({"n": str(figure.numerator), "estimate": figure.estimate}, scene)
    last = last_share(target, scene)
    if last is None or isinstance(last, str):
        return None if last is None else Share(target).show(last, scene)
    return _("{n}/{d}", n=last["n"], d=last["d"])


def _doubt(target: Target) -> Callable[[Any, Answers, Scene], Part | None]:
    def ask_again(value: Any, answers: Answers, scene: Scene) -> Part | None:
        what = surprising(target, value, scene)
        if what is None or answers.get(note_of(target)):
            return None
        return _(
            "{what} If that is right, please add a sentence that explains it, so that the office need not ask again.",
            what=what,
        )

    return ask_again


def _heard_share(target: Target) -> Callable[[Any, Answers, Scene], Sequence[Part]]:
    def heard(value: Any, answers: Answers, scene: Scene) -> Sequence[Part]:
        return [_("Noted, {name}: {value}.", name=_small(target), value=Share(target).show(value, scene))]

    return heard


def _small(target: Target) -> Part:
    return target.short if target.area else _("target {code}", code=target.code)


def _heard_paper(target: Target) -> Callable[[Any, Answers, Scene], Sequence[Part]]:
    def heard(value: Any, answers: Answers, scene: Scene) -> Sequence[Part]:
        shown, base = Paper(target).show(value, scene), ReportFacts.of(scene).baseline
        less = saving(value, base.ten_months, base.whole_year, target.goal) if base is not None else None
        if less is not None and base is not None:
            shown = compared(shown, less, base.year, value["estimate"])
        return [_("Noted, {name}: {value}.", name=_small(target), value=shown)]

    return heard


def compared(value: Part, less: Decimal, year: int, whole: bool) -> Part:
    """Say a figure with its change: «30,5 ram, giảm 12,9% so với cùng kỳ năm 2026»."""
    span = _("the whole of {year}", year=year) if whole else _("the same months of {year}", year=year)
    if less == 0:
        return _("{value}, as much as in {span}", value=value, span=span)
    if less < 0:
        return _("{value}, {percent} more than in {span}", value=value, percent=Percent(-less), span=span)
    return _("{value}, {percent} less than in {span}", value=value, percent=Percent(less), span=span)


def comment(target: Target) -> Field:
    """Make the field of the reason why there is no figure, or why it is far from last year's."""

    def when(answers: Answers, scene: Scene) -> bool:
        value = answers.get(target.code)
        return value == MISSING or surprising(target, value, scene) is not None

    def ask(answers: Answers, scene: Scene) -> Sequence[Part]:
        if answers.get(target.code) == MISSING:
            return [_("Why are there no figures yet, and when will there be?")]
        if more_than_listed(target, answers.get(target.code), scene) is not None:
            return [_("Please explain in one sentence whom the figure counts beside the list of people.")]
        return [_("Please explain in one sentence why it differs so much from last year.")]

    def example(answers: Answers, scene: Scene) -> Part:
        value: Any = answers.get(target.code)
        if value == MISSING:
            return _("The list of accounts is being checked, figures by 20/11")
        if target.counts == "people":
            return _("Two officers are new since September, so the share has changed")
        if target.counts != "paper":
            return _("From June on the unit has one more field of work, so the total is larger")
        before = paper_before(target, value, scene)
        if before is not None and before[1] < Decimal(value["n"]):
            return _("From June on the planning files of three districts were printed")
        return _("From March on documents are signed digitally, so less is printed")

    return Field(
        note_of(target),
        _("Comment, {name}", name=_small(target)),
        ask,
        Line(shortest=5, longest=500),
        example=example,
        when=when,
        heading=_heading(target),
        page="targets",
    )
