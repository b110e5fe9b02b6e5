"""The report's questions that are answered in words, for areas and sections: what the plan says, last year's text, examples. Pure."""

from collections.abc import Callable, Sequence
from typing import Any

from bot.dialogue import Answers, Choice, Field, Scene
from bot.language import Part, _
from bot.movement import Area, Section
from bot.office import plan_clauses
from bot.office.report import given_lines
from bot.office.report.facts import ReportFacts
from bot.office.report.kinds import NOTHING, OUTSIDE, Story
from bot.office.report.known import outside_last_year, proposed_area
from bot.office.report.last_year import told_last_year
from bot.office.report.section_drafts import draft_of

NO_RESULT = _("Nothing came up")
NOT_OURS = _("Not among our functions")
NONE = _("There is none")


def area_question(area: Area) -> Field:
    def ask(answers: Answers, scene: Scene) -> Sequence[Part]:
        lines: list[Part] = [
            _(
                "What has the unit brought about in «{name}» this year? A few words are enough; they go into the report word for word.",
                name=area.short,
            )
        ]
        if area.aims:
            lines += [_("The plan says:"), *(_("- {aim}", aim=aim) for aim in area.aims)]
        return [*lines, *told_last_year(area.code, _("Nothing came up"), scene)]

    return Field(
        area.code,
        area_label(area),
        ask,
        Story(nothing=_("Nothing came up"), code=area.code),
        example=area.example,
        also=area.code,
        choices=lambda answers, scene: [Choice(NOTHING, NO_RESULT), Choice(OUTSIDE, NOT_OURS)],
        prefill=proposed_area(area),
        rest=_rest_of_area,
        note=_remark(area),
        why=lambda answers, scene: plan_clauses.why(scene.plan, area.code),
        heading=_("Area {code}: {name}", code=area.code, name=area.name),
        page="results",
        unknown=_("nothing noted yet, asked after this page"),
        long=True,
        echo=_heard(area_label(area)),
    )


def area_label(area: Area) -> Part:
    """Name an area with its code: «II.4 Chuyển đổi xanh»."""
    return _("{code} {name}", code=area.code, name=area.short)


def section_question(section: Section, page: str) -> Field:
    return Field(
        section.code,
        section.name,
        _asked_of(section),
        Story(nothing=_("none"), code=section.code),
        example=section.example,
        choices=lambda answers, scene: [Choice(NOTHING, NONE)],
        prefill=draft_of(section),
        rest=_rest_of_section(section),
        note=_of_items(section) if section.draft in ("items", "notes") else None,
        heading=section.name,
        page=page,
        long=True,
        echo=_heard(section.name),
    )


def _asked_of(section: Section) -> Callable[[Answers, Scene], Sequence[Part]]:
    asked = section.question or _(
        "Please write a few lines on «{name}»; they go into the report word for word.", name=section.name
    )
    return lambda answers, scene: [asked, *told_last_year(section.code, _("none"), scene)]


def _rest_of_area(answers: Answers, scene: Scene) -> Any:
    return NOTHING


def _rest_of_section(section: Section) -> Callable[[Answers, Scene], Any] | None:
    """Return that there is nothing; None of difficulties and of causes, which are always asked."""
    if section.role == "difficulty" or section.draft == "reasons":
        return None
    return lambda answers, scene: NOTHING


def _of_items(section: Section) -> Callable[[Answers, Scene], Part | None]:
    """Say beside a section that is drafted from every area where its sentences come from."""
    drafted = draft_of(section)

    def note(answers: Answers, scene: Scene) -> Part | None:
        known_of = drafted(answers, scene) if drafted is not None else None
        areas = [section.code] if section.draft == "notes" else ["", *(area.code for area in scene.plan.areas)]
        return given_lines.sources(areas, answers.get(section.code, known_of), scene)

    return note


def as_last_year(code: str, answers: Answers, scene: Scene) -> bool:
    """Whether an area is told to be none of the unit's functions as it was the year before: confirmed, not a record of this one."""
    if answers.get(code, OUTSIDE) != OUTSIDE or not outside_last_year(code, scene):
        return False
    return bool(proposed_area(scene.plan.area(code))(answers, scene) == OUTSIDE)


def _remark(area: Area) -> Callable[[Answers, Scene], Part | None]:
    """Say beside what is known of an area that it is as last year, or where its sentences come from."""
    known_of = proposed_area(area)

    def note(answers: Answers, scene: Scene) -> Part | None:
        value = answers[area.code] if area.code in answers else known_of(answers, scene)
        if as_last_year(area.code, answers, scene):
            return _("as in {year}", year=ReportFacts.of(scene).year - 1)
        return given_lines.sources([area.code], value, scene)

    return note


def _heard(name: Part) -> Callable[[Any, Answers, Scene], Sequence[Part]]:
    """Say what was noted: a mark in words; a text was typed just now and is not repeated."""

    def said(value: Any, answers: Answers, scene: Scene) -> Sequence[Part]:
        if value == NOTHING:
            return [_("«{name}» is noted: nothing to report.", name=name)]
        return [_("«{name}» is noted.", name=name)]

    return said
