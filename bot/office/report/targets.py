"""The report's questions about figures: each with its cut-off day, last year's, and its doubts. Pure."""

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from bot.dialogue import Answers, Choice, Field, Line, Reason, Scene
from bot.language import Count, Part, _
from bot.movement import Measure, Target
from bot.office import plan_clauses
from bot.office.report.amount_questions import ask_amount, example_amount, until, with_saving
from bot.office.report.amounts import Quantity
from bot.office.report.facts import ReportFacts
from bot.office.report.kinds import MISSING, NA, CountedField, only_known
from bot.office.report.known import amount_before, listed_share, more_than_listed, note_of, proposed_share, surprising
from bot.office.report.last_year import figure_said, reported
from bot.office.report.share_answers import Share, impossible


def counted(target: Target) -> Field:
    """Make the field of a target the assistant counts: shown, never asked."""
    return Field(
        target.code,
        target.short,
        _("The assistant counts this one; it is not typed in."),
        CountedField(_COUNTED[target.measure](target)),
        choices=only_known,
        prefill=lambda answers, scene: "known",
        why=_why(target),
        heading=_heading(target),
        page="targets",
    )


def _plan_issued(target: Target) -> Callable[[Scene], Part]:
    def said(scene: Scene) -> Part:
        plan = ReportFacts.of(scene).plan
        return _("issued on {day}", day=plan.day) if plan else _("not sent yet; it is sent with /kehoach")

    return said


def _sheets(target: Target) -> Callable[[Scene], Part]:
    return lambda scene: _(
        "{n} of the unit's; the office adds them up, nothing is typed in",
        n=Count(ReportFacts.of(scene).counted(target)),
    )


def _taking_part(target: Target) -> Callable[[Scene], Part]:
    def said(scene: Scene) -> Part:
        n, of = ReportFacts.of(scene).taking_part(target)
        return _("{n}/{all} of the unit's people; the office adds them up, nothing is typed in", n=n, all=of)

    return said


_COUNTED: Mapping[Measure, Callable[[Target], Callable[[Scene], Part]]] = {
    Measure.UNITS_WITH_PLAN: _plan_issued,
    Measure.COUNT: _sheets,
    Measure.PEOPLE: _taking_part,
}


def _heading(target: Target) -> Part:
    if target.area:
        return _("Area {code}: {name}", code=target.area, name=target.short)
    return _("Target {code}: {name}", code=target.code, name=target.short)


def _why(target: Target) -> Reason:
    return lambda answers, scene: plan_clauses.why(scene.plan, target.clause, target.area)


def asked(target: Target) -> Field:
    """Make the field of a target the unit gives figures for."""
    return Field(
        target.code,
        target.short,
        ask_amount(target) if target.amount else _ask_share(target),
        Quantity(target) if target.amount else Share(target, proposed_share),
        example=example_amount(target) if target.amount else target.example or _("17/18"),
        choices=_instead(target),
        refuse=None if target.amount else impossible(target),
        ask_again=_doubt(target),
        keep=_("Keep the figure and add a comment"),
        prefill=_of_list(target) if target.fed_by else None,
        note=_beside(target),
        why=_why(target),
        heading=_heading(target),
        page="targets",
        echo=_heard_amount(target) if target.amount else _heard_share(target),
    )


def _ask_share(target: Target) -> Callable[[Answers, Scene], Sequence[Part]]:
    def ask(answers: Answers, scene: Scene) -> Sequence[Part]:
        lines: list[Part] = [
            _(
                "How many {numerator}, out of how many {denominator} ({until})?",
                numerator=_things(target.numerator),
                denominator=_things(target.denominator),
                until=until(scene, target),
            )
        ]
        if target.of_roster and ReportFacts.of(scene).people:
            lines.append(
                _(
                    "The list of people counts {n} on {day}, so the first number is enough.",
                    n=Count(ReportFacts.of(scene).people),
                    day=scene.today,
                )
            )
        return [*lines, *reported(target, scene)]

    return ask


def _things(counted: str) -> str:
    """Return what is counted, as it stands behind «bao nhiêu»: «số hồ sơ» and «tổng số hồ sơ» are «hồ sơ»."""
    return re.sub(r"^(?:tổng )?số ", "", counted, flags=re.IGNORECASE)


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


def _of_list(target: Target) -> Callable[[Answers, Scene], Any]:
    return lambda answers, scene: listed_share(target, scene)


def _beside(target: Target) -> Callable[[Answers, Scene], Part | None]:
    """Say beside a figure that the list of people fills it in, or that the unit counts otherwise; else last year's."""
    last_year = _last_year(target)

    def note(answers: Answers, scene: Scene) -> Part | None:
        listed = listed_share(target, scene) if target.fed_by else None
        if listed is None:
            return last_year(answers, scene)
        if answers.get(target.code, listed) == listed:
            return _("by the list of each person")
        return _("by the unit's own count; the list of people has {n}/{d}", n=listed["n"], d=listed["d"])

    return note


def _last_year(target: Target) -> Callable[[Answers, Scene], Part | None]:
    """Say last year's figure: «năm 2026: 17/18»."""

    def note(answers: Answers, scene: Scene) -> Part | None:
        value = figure_said(target, scene)
        return None if value is None else _("year {year}: {value}", year=ReportFacts.of(scene).year - 1, value=value)

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


def _heard_amount(target: Target) -> Callable[[Any, Answers, Scene], Sequence[Part]]:
    def heard(value: Any, answers: Answers, scene: Scene) -> Sequence[Part]:
        shown = Quantity(target).show(value, scene)
        return [_("Noted, {name}: {value}.", name=_small(target), value=with_saving(target, value, shown, scene))]

    return heard


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
        more, less = target.why_more, target.why_less
        before = amount_before(target, value, scene) if target.amount else None
        if before is not None and before[1] < Decimal(value["n"]):
            more, less = less, more
        return less or more or _("From June on the unit has one more field of work, so the figure has changed")

    return Field(
        note_of(target),
        _("Comment, {name}", name=_small(target)),
        ask,
        Line(shortest=5, longest=500),
        example=example,
        when=when,
        why=_why(target),
        heading=_heading(target),
        page="targets",
    )
