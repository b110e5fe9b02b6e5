"""What is drafted for a section of the yearly report, by the way that the plan names. Pure."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.dialogue import Answers, Scene
from bot.language import Count, Joined, Part, _
from bot.movement import Plan, Section
from bot.office.report.facts import ReportFacts
from bot.office.report.given_lines import bare, decision, given, numbered
from bot.office.report.kinds import NOTHING
from bot.office.report.known import full_name, note_of, part_of, shares, shortfalls, written
from storage.initiatives import UNDECIDED, ItemState


def _steering(answers: Answers, scene: Scene) -> Any:
    plan, year, lines = ReportFacts.of(scene).plan, ReportFacts.of(scene).year, list[Part]()
    if plan is not None and plan.number:
        lines.append(
            _(
                "Plan {number} of {day} for the movement in {year} was issued.",
                number=numbered(plan.number),
                day=plan.day,
                year=year,
            )
        )
    elif plan is not None:
        lines.append(_("The plan for the movement in {year} was issued on {day}.", day=plan.day, year=year))
    if all(section.draft != "inspections" for section in scene.plan.sections):
        lines += ReportFacts.of(scene).inspected
    return written(*lines) if lines else None


def _inspected(answers: Answers, scene: Scene) -> Any:
    """Say what inspections have found and how far it is put right."""
    lines = ReportFacts.of(scene).inspected
    return written(*lines) if lines else None


def _strengths(answers: Answers, scene: Scene) -> Any:
    lines: list[Part] = [
        _("{name} is met: {share}.", name=full_name(t), share=part_of(v, part))
        for t, v, part in shares(answers, scene)
        if part >= t.goal
    ]
    decided = ReportFacts.of(scene).decided
    if decided:
        named = [_("{title} ({decision})", title=bare(item), decision=decision(by)) for item, by in decided]
        lines.append(
            _(
                "{n} {what} were recognised: {items}.",
                n=Count(len(named)),
                what=scene.plan.decided,
                items=Joined(named, "; "),
            )
        )
    return written(*lines) if lines else None


def _weaknesses(answers: Answers, scene: Scene) -> Any:
    lines = [_("{name}: {how}.", name=full_name(t), how=how) for t, how in shortfalls(answers, scene)]
    return written(*lines) if lines else NOTHING


def _causes(answers: Answers, scene: Scene) -> Any:
    notes = [str(answers[note_of(t)]).rstrip(". ") + "." for t in scene.plan.asked_about if answers.get(note_of(t))]
    if notes:
        return written(*notes)
    short = below(scene.plan)
    return NOTHING if short is not None and answers.get(short.code) == NOTHING else None


GOING_ON = UNDECIDED | {ItemState.CONFIRMED}
"""Registered, and not decided about."""


def _outlook(answers: Answers, scene: Scene) -> Any:
    left = [i for i in ReportFacts.of(scene).registered if i.state in GOING_ON]
    if not left:
        return None
    return written(_("Go on with: {items}.", items=Joined([bare(item) for item in left], "; ")))


def _raised(answers: Answers, scene: Scene) -> Any:
    """Say what was raised in the year and what came of it; that there was nothing is for somebody to say."""
    lines = ReportFacts.of(scene).raised
    return written(*lines) if lines else None


def _items(answers: Answers, scene: Scene) -> Any:
    lines = [line.said for area in ("", *(area.code for area in scene.plan.areas)) for line in given(area, scene)]
    return written(*lines) if lines else None


def _noted(code: str) -> Callable[[Answers, Scene], Any]:
    """Say what people have noted for a section, in their own words."""

    def said(answers: Answers, scene: Scene) -> Any:
        lines = [line.said for line in given(code, scene)]
        return written(*lines) if lines else None

    return said


_DRAFTS: Mapping[str, Callable[[Answers, Scene], Any]] = {
    "plan": _steering,
    "items": _items,
    "inspections": _inspected,
    "met": _strengths,
    "below": _weaknesses,
    "reasons": _causes,
    "outlook": _outlook,
}


def draft_of(section: Section) -> Callable[[Answers, Scene], Any] | None:
    """Return what drafts a section of the plan from this year's records; None for one that is only asked."""
    drafted = _noted(section.code) if section.draft == "notes" else _DRAFTS.get(section.draft)
    if section.role != "difficulty":
        return drafted
    return _raised if drafted is None else lambda answers, scene: _raised(answers, scene) or drafted(answers, scene)


def below(plan: Plan) -> Section | None:
    """Return the section that says where figures fall short."""
    return next((section for section in plan.sections if section.draft == "below"), None)
