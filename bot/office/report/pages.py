"""The form of the yearly report, made from the plan: three pages, then what nobody knows yet. Pure.

It looks at `ReportFacts`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from bot.dialogue import Answers, Button, Field, Form, Page, Scene
from bot.language import Count, First, Part, Text, _
from bot.movement import Area, Plan, ReportPage
from bot.office import plan_clauses
from bot.office.report import differences, given_lines
from bot.office.report.amount_questions import until
from bot.office.report.facts import ReportFacts
from bot.office.report.known import proposed_share, shortfalls, target_name
from bot.office.report.part_questions import area_question, as_last_year, section_question
from bot.office.report.section_drafts import below
from bot.office.report.sharing_fields import shared
from bot.office.report.targets import asked, comment, counted

CODE = "report"


@cache
def form_of(plan: Plan) -> Form:
    """Make the report's form from a plan."""
    fields: list[Field] = []
    for target in (each for each in plan.asked_about if not each.of_office):
        fields += [asked(target), comment(target)] if target.asked else [counted(target)]
    for page, part in plan.narrative:
        fields.append(area_question(part) if isinstance(part, Area) else section_question(part, page.place))
    return Form(
        CODE,
        title=lambda answers, scene: _("Report of {year}", year=ReportFacts.of(scene).year),
        fields=tuple(shared(replace(field, flag=_as_sent(field))) for field in fields),
        send=lambda answers, scene: SEND if ReportFacts.of(scene).sends else pass_on(ReportFacts.of(scene).head_title),
        pages=_pages(plan),
        sheet_head=lambda answers, scene: _(
            "Report of {year} by {unit}", year=ReportFacts.of(scene).year, unit=ReportFacts.of(scene).unit.name
        ),
        review=lambda answers, scene: _review(plan, answers, scene),
        looks=lambda answers, scene: (
            Button(_("As a Word file"), f"/banword baocao nhap {ReportFacts.of(scene).year}"),
        ),
        why=lambda answers, scene: plan_clauses.why(plan, plan.reports.clause, plan.clause_of_reporting),
        brief=True,
    )


SEND = _("Send to the office")


def pass_on(head_title: Part) -> Text:
    """Name what a drafter does at the end: pass it on to the head, by their title."""
    return _("Pass on to the {head}", head=head_title)


def _targets_source(scene: Scene) -> Sequence[Part]:
    lines: list[Part] = [_("Source: the plan the unit has sent, the office's recognitions.")]
    if ReportFacts.of(scene).last.figures:
        lines.append(
            _(
                "Figures of {year} stand here for comparison only; each is asked after this page, to be kept or changed.",
                year=ReportFacts.of(scene).year - 1,
            )
        )
    return lines


def _pages(plan: Plan) -> Mapping[str, Page]:
    return {"targets": _of_targets(plan), **{page.place: _of_narrative(plan, page) for page in plan.pages}}


def _of_targets(plan: Plan) -> Page:
    return Page(
        title=lambda scene: _("Part {n}/{all}: Targets ({until})", n=1, all=1 + len(plan.pages), until=until(scene)),
        accept=_("The figures are right"),
        outro=_targets_source,
    )


def _of_narrative(plan: Plan, page: ReportPage) -> Page:
    n = 2 + plan.pages.index(page)
    first = _("A draft from what the unit has registered and sent this year:")
    return Page(
        title=lambda scene: _("Part {n}/{all}: {name}", n=n, all=1 + len(plan.pages), name=page.name),
        accept=_("Accept the draft") if page.areas else _("Leave it so"),
        rest=_("Nothing else") if page.areas else _("Nothing else to say"),
        intro=lambda scene: [first if n == 2 else _("A draft of the rest:")],
        line=_line if page.areas else _item,
    )


def _line(n: int, label: Part, value: Part) -> Part:
    return _("{label}: {value}", label=label, value=value)


def _item(n: int, label: Part, value: Part) -> Part:
    return _("- {label}: {value}", label=label, value=value)


NOT_IN_IT = 5
"""So many notes that no answer has are named at the end."""

# The review -----------------------------------------------------------------------------------


def known(field: Field, answers: Answers, scene: Scene) -> bool:
    """Whether an answer is what this year's records say."""
    if field.code in {area.code for area in scene.plan.areas} and as_last_year(field.code, answers, scene):
        return False
    return field.prefill is not None and field.prefill(answers, scene) == answers.get(field.code)


def kept(plan: Plan, field: Field, answers: Answers, scene: Scene) -> bool:
    """Whether an answer is last year's, looked at and kept."""
    if field.code in {area.code for area in plan.areas}:
        return as_last_year(field.code, answers, scene)
    target = next((each for each in plan.asked_about if each.code == field.code and each.asked), None)
    offered = None if target is None else proposed_share(target, scene)
    return offered is not None and offered == answers.get(field.code)


def confirmed(plan: Plan, field: Field, answers: Answers, scene: Scene) -> bool:
    """Whether an answer was confirmed rather than typed."""
    return known(field, answers, scene) or kept(plan, field, answers, scene)


def _review(plan: Plan, answers: Answers, scene: Scene) -> Sequence[Part]:
    fields = [field for field in form_of(plan).fields if field.visible(answers, scene)]
    given = [field for field in fields if field.code in answers]
    records = sum(known(field, answers, scene) for field in given)
    same = sum(kept(plan, field, answers, scene) for field in given)
    counts = {
        "given": Count(len(given)),
        "all": Count(len(fields)),
        "known": Count(records),
        "typed": Count(len(given) - records - same),
        "day": ReportFacts.of(scene).figures_day(scene.today),
    }
    if same:
        first = _(
            "{given} of {all} answers: {known} from what is known, {same} kept as in {last}, {typed} typed. Figures until the end of {day}.",
            same=Count(same),
            last=ReportFacts.of(scene).year - 1,
            **counts,
        )
    else:
        first = _(
            "{given} of {all} answers: {known} from what is known, {typed} typed. Figures until the end of {day}.",
            **counts,
        )
    lines: list[Part] = [first]
    part = below(plan)
    for target, how in shortfalls(answers, scene):
        about = {"name": target_name(target), "how": how}
        lines.append(
            _("⚠️ {name}: {how}.", **about)
            if part is None
            else _("⚠️ {name}: {how}; see the part «{part}».", part=part.name, **about)
        )
    if not ReportFacts.of(scene).sends:
        head = First(ReportFacts.of(scene).head_title)
        lines.append(_("The {head} looks it over and sends it; {you} can still change it until then.", head=head))
    lines += [
        _(
            "Not in it as yet: {note} ({code}, {who}).",
            note=_("«{text}»", text=given_lines.sentence(each)),
            code=each.code,
            who=each.writer,
        )
        for each in given_lines.left_out(answers, scene)[:NOT_IN_IT]
    ]
    lines += differences.review(form_of(plan), ReportFacts.of(scene).before, answers, scene)
    lines.append(_("Who can read it: the office, the leaders."))
    return lines


# A correction ---------------------------------------------------------------------------------


def _as_sent(field: Field) -> Callable[[Any, Scene], Part | None]:
    """Mark an answer of a correction on the sheet: it stands as it was sent, or was another."""

    def flag(value: Any, scene: Scene) -> Part | None:
        before = ReportFacts.of(scene).before
        if before is None:
            return _source(field, value, scene)
        return _("as sent") if before.get(field.code) == value else _("changed")

    return flag


def _source(field: Field, value: Any, scene: Scene) -> Part | None:
    """Say on the sheet where the sentences of an answer come from."""
    codes = [area.code for area in scene.plan.areas]
    return given_lines.sources([field.code] if field.code in codes else ["", *codes], value, scene)
