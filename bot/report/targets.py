"""The report's questions about figures: each with its cut-off day, last year's, and its doubts. Pure."""

from collections.abc import Callable, Sequence
from typing import Any

from bot.dialogue.fields import Line
from bot.dialogue.form import Field
from bot.dialogue.turn import Answers, Choice, Scene
from bot.i18n import Count, Part, Percent, Text, _
from bot.plan import Measure, Target
from bot.report.kinds import MISSING, NA, Known, Paper, Share, impossible, only_known, saving
from bot.report.known import last_share, note_of, proposed_share, surprising


def until(scene: Scene) -> Text:
    """The day the figures end on, as it stands at every one of them: today, at most the cut-off."""
    return _("figures until the end of {day}", day=scene.plan.figures_day(scene.facts["year"], scene.today))


def counted(target: Target) -> Field:
    """A target the assistant counts: shown, never asked."""
    said = _plan_issued if target.measure is Measure.UNITS_WITH_PLAN else _recognised
    return Field(
        target.code, target.short, _("The assistant counts this one; it is not typed in."), Known(said),
        choices=only_known, prefill=lambda answers, scene: "known", heading=_heading(target),
        page="targets",
    )  # fmt: skip


def _plan_issued(scene: Scene) -> Part:
    plan = scene.facts["plan"]
    return _("issued on {day}", day=plan.day) if plan else _("not sent yet; it is sent with /kehoach")


def _recognised(scene: Scene) -> Part:
    n = len(scene.facts["levels"])
    return _("{n} of the unit's; the office adds them up, nothing is typed in", n=Count(n))


def _heading(target: Target) -> Part:
    if target.area:
        return _("Area {code}: {name}", code=target.area, name=target.short)
    return _("Target {code}: {name}", code=target.code, name=target.short)


def asked(target: Target) -> Field:
    """A target the unit gives figures for."""
    paper = target.counts == "paper"
    return Field(
        target.code, target.short, _ask_paper(target) if paper else _ask_share(target),
        Paper(target) if paper else Share(target, proposed_share),
        example=_("31 ram, or 15.500 sheets; for an estimate of the whole year: whole year 38 ram") if paper else _("17/18"),
        choices=_instead(target),
        refuse=None if paper else impossible(target),
        ask_again=_doubt(target), keep=_("Keep the figure and add a comment"),
        note=_last_year(target), heading=_heading(target), page="targets",
        echo=_heard_paper(target) if paper else _heard_share(target),
    )  # fmt: skip


def _ask_share(target: Target) -> Callable[[Answers, Scene], Sequence[Part]]:
    def ask(answers: Answers, scene: Scene) -> Sequence[Part]:
        lines: list[Part] = [
            _("{numerator} / {denominator} ({until})?",
              numerator=target.numerator[:1].upper() + target.numerator[1:],
              denominator=target.denominator, until=until(scene)),
        ]  # fmt: skip
        if target.counts == "people" and scene.facts["people"]:
            lines.append(
                _(
                    "The list of people counts {n} on {day}, so the first number is enough.",
                    n=Count(scene.facts["people"]),
                    day=scene.today,
                )
            )
        if (last := _last_year(target)(answers, scene)) is not None:
            lines.append(_("For comparison: {last}.", last=last))
        return lines

    return ask


def _ask_paper(target: Target) -> Callable[[Answers, Scene], Sequence[Part]]:
    def ask(answers: Answers, scene: Scene) -> Sequence[Part]:
        year, base = scene.facts["year"], scene.facts["baseline"]
        end = scene.plan.figures_day(year, scene.today)
        lines: list[Part] = [
            _(
                "How many ram of A4 (1 ram = 500 sheets) has the unit used from 01/01 to the end of {day}?",
                day=end,
            )
        ]
        if base is not None and base.ten_months is not None:
            lines.append(
                _("The same months of {year} (baseline): {n} ram.", year=base.year, n=base.ten_months)
            )
        elif base is not None and base.whole_year is not None:
            lines.append(_("The whole year {year} (baseline): {n} ram.", year=base.year, n=base.whole_year))
        else:
            lines.append(
                _("The office has not entered a baseline for the unit yet; the figure is taken all the same.")
            )
        if (last := _last_year(target)(answers, scene)) is not None:
            lines.append(_("For comparison: {last}.", last=last))
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
            year=scene.facts["year"] - 1,
            value=_("{n}/{d}", n=last["n"], d=last["d"]),
        )
        return [Choice(last, keep), *offered]

    return choices


def _last_year(target: Target) -> Callable[[Answers, Scene], Part | None]:
    """«năm 2026: 17/18»."""

    def note(answers: Answers, scene: Scene) -> Part | None:
        year = scene.facts["year"] - 1
        if target.counts == "paper":
            figure = scene.facts["last"].figures.get(target.code)
            if figure is None or figure.numerator is None:
                return None
            value: Any = {"n": str(figure.numerator), "estimate": figure.estimate}
            return _("year {year}: {value}", year=year, value=Paper(target).show(value, scene))
        last = last_share(target, scene)
        if last is None:
            return None
        shown = (
            Share(target).show(last, scene)
            if isinstance(last, str)
            else _("{n}/{d}", n=last["n"], d=last["d"])
        )
        return _("year {year}: {value}", year=year, value=shown)

    return note


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
        shown, base = Paper(target).show(value, scene), scene.facts["baseline"]
        less = saving(value, base.ten_months, base.whole_year, target.goal) if base is not None else None
        said: dict[str, Any] = {"name": _small(target), "value": shown}
        if less is None or base is None:
            return [_("Noted, {name}: {value}.", **said)]
        span = (
            _("the whole of {year}", year=base.year)
            if value["estimate"]
            else _("the same months of {year}", year=base.year)
        )
        if less < 0:
            return [_("Noted, {name}: {value}, {percent} more than {span}.", percent=Percent(-less), span=span, **said)]  # fmt: skip
        return [_("Noted, {name}: {value}, {percent} less than {span}.", percent=Percent(less), span=span, **said)]  # fmt: skip

    return heard


def comment(target: Target) -> Field:
    """The reason why there is no figure, or why it is far from last year's."""

    def when(answers: Answers, scene: Scene) -> bool:
        value = answers.get(target.code)
        return value == MISSING or surprising(target, value, scene) is not None

    def ask(answers: Answers, scene: Scene) -> Sequence[Part]:
        if answers.get(target.code) == MISSING:
            return [_("Why are there no figures yet, and when will there be?")]
        return [_("Please explain in one sentence why it differs so much from last year.")]

    return Field(
        note_of(target), _("Comment, {name}", name=_small(target)), ask, Line(shortest=5, longest=500),
        example=_("The list of accounts is being checked, figures by 20/11"), when=when,
        heading=_heading(target), page="targets",
    )  # fmt: skip
