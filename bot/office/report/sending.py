"""Write a report's answers down, and make answers of a report that was sent. Inside the transaction."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from bot.conversation import Visit
from bot.dialogue import Answers, Scene
from bot.movement import Obligation, Target
from bot.office.duties import submissions
from bot.office.duties.duty_kinds import read_subject
from bot.office.onbehalf import sources
from bot.office.report import kept_numbers
from bot.office.report.facts import ReportFacts
from bot.office.report.kinds import MISSING, NA, fits
from bot.office.report.known import listed_share, note_of
from bot.office.report.pages import confirmed, form_of
from bot.office.report.report_parts import note_on
from storage import results
from storage.results import ReportedFigure, SentReport


def report_of(visit: Visit, unit: str, year: int) -> SentReport | None:
    """Return the report that a unit has sent."""
    return visit.tx.one(results.OF_UNIT, unit=unit, year=year)


def answers_of(visit: Visit, result: SentReport) -> Answers:
    """Return a report that was sent, as answers of its form."""
    form, asked = form_of(visit.plan), {target.code: target for target in visit.plan.asked_about}
    answers = {code: value for code, value in all_answers_of(visit, result).items() if code in form}
    for figure in visit.tx.all(results.FIGURES_OF, id=result.id):
        if figure.target in asked and (value := _answer(asked[figure.target], figure)) != answers.get(figure.target):
            answers[figure.target] = value
    known = {code: "known" for code, target in asked.items() if not target.asked}
    return {**{code: value for code, value in answers.items() if value is not None}, **known}


def all_answers_of(visit: Visit, result: SentReport) -> dict[str, Any]:
    """Return all that was said in a report, also what the plan asks for no more."""
    answers: dict[str, Any] = {}
    for figure in visit.tx.all(results.FIGURES_OF, id=result.id):
        answers[figure.target] = value_of(figure)
        if figure.note:
            answers[note_on(figure.target)] = figure.note
    for part in visit.tx.all(results.NARRATIVES_OF, id=result.id):
        answers[part.section] = {"mark": part.mark} if part.mark else part.text
    return answers


def _answer(target: Target, figure: ReportedFigure) -> Any:
    """Return a figure as an answer of today: in today's unit of measure; None where it is to be asked for anew."""
    now = kept_numbers.figure(target, figure)
    if now.otherwise:
        return None
    value = value_of(replace(figure, numerator=now.numerator, denominator=now.denominator, kept_as=target.kept_as))
    return value if fits(target, value) else None


def value_of(figure: ReportedFigure) -> Any:
    """Return a figure as the answer that it was."""
    if figure.na:
        return NA
    if figure.numerator is None:
        return MISSING
    if figure.denominator is None:
        unit = figure.kept_as.partition(" ")[2]
        return {"n": format(figure.numerator, "f"), "estimate": figure.estimate, "in": unit}
    return {"n": int(figure.numerator), "d": int(figure.denominator)}


def send(visit: Visit, subject: str, code: str, found: Obligation, answers: Answers, paper: date | None = None) -> bool:
    """Store the report; return whether it was changed, and not sent for the first time.

    `paper` is the day of what the office files it from, where it does.
    """
    unit, year = read_subject(subject)
    changed = report_of(visit, unit, year) is not None
    store(visit, subject, code, found, answers, paper=paper)
    visit.note("report_changed" if changed else "report_sent", code)
    return changed


def store(
    visit: Visit,
    subject: str,
    code: str,
    found: Obligation,
    answers: Answers,
    *,
    kind: str = "",
    paper: date | None = None,
    until: date | None = None,
) -> int:
    """Store a version of the report; return its id. One of a kind waits to be received; `until` has figures alone.

    `paper` is the day of what the office files it from; what the unit sends itself counts in its place.
    """
    unit, year = read_subject(subject)
    id = results.send(
        visit.tx,
        unit=unit,
        year=year,
        code=code,
        late=submissions.days_late(found.due, paper or visit.said.date()),
        by=visit.me.id,
        now=visit.said,
        plan_hash=visit.office.plan_hash,
        kind=kind,
        until=until,
        counts=not kind,
        given=paper,
    )
    if paper is None and not kind:
        sources.put_right(visit.tx, code, visit.said)
    _put_figures(visit, id, subject, answers, asked_again=until is not None)
    if until is None:
        _put_narratives(visit, id, subject, answers)
    return id


def _put_figures(visit: Visit, id: int, subject: str, answers: Answers, *, asked_again: bool) -> None:
    """Store figures, with whether each was confirmed or typed; of a supplement those that it asks."""
    scene, tx = visit.scene(ReportFacts(visit, subject)), visit.tx
    form = form_of(visit.plan)
    for target in visit.plan.asked_about:
        if not target.of_units or (asked_again and not target.asked_again):
            continue
        value = answers.get(target.code, MISSING)
        given = value if isinstance(value, dict) else {}
        note = form[note_of(target)]
        results.put_figure(
            tx,
            result=id,
            target=target.code,
            numerator=Decimal(given["n"]) if given else None,
            denominator=Decimal(given["d"]) if "d" in given else None,
            na=value == NA,
            estimate=bool(given.get("estimate")),
            note=str(answers.get(note.code) or "") if note.visible(answers, scene) else "",
            source=_source(visit, target, answers, scene),
            kept_as=target.kept_as,
        )


def _source(visit: Visit, target: Target, answers: Answers, scene: Scene) -> str:
    """Name where a figure comes from: the list of people, what was known and confirmed, or whoever typed it."""
    listed = listed_share(target, scene)
    if listed is not None and listed == answers.get(target.code):
        return results.FROM_LIST
    return "confirmed" if confirmed(visit.plan, form_of(visit.plan)[target.code], answers, scene) else "typed"


def _put_narratives(visit: Visit, id: int, subject: str, answers: Answers) -> None:
    """Store narrative parts, with whether each was confirmed or typed."""
    scene, tx = visit.scene(ReportFacts(visit, subject)), visit.tx
    form = form_of(visit.plan)
    for code in [*(area.code for area in visit.plan.areas), *(s.code for s in visit.plan.sections)]:
        value = answers.get(code)
        results.put_narrative(
            tx,
            result=id,
            section=code,
            text="" if value is None or isinstance(value, dict) else str(value),
            mark=value["mark"] if isinstance(value, dict) else "",
            source="confirmed" if confirmed(visit.plan, form[code], answers, scene) else "typed",
        )
