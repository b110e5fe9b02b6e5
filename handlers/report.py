"""The unit's yearly report: drafted by whoever the head names, confirmed and sent by the head."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from bot.conversation import HOME, Command, Conversation, Feature, Notice, Visit, allowed
from bot.dialogue import Answers, Button, Say, Scene
from bot.language import Count, Part, Text, Time, _, person_names
from bot.movement import May, Obligation, Target, titled
from bot.office import head_titles, opened_years
from bot.office.duties import submissions, unions
from bot.office.duties.duty_kinds import read_subject, subject_of
from bot.office.report.facts import ReportFacts
from bot.office.report.kinds import MISSING, NA, Paper, Share, Story, saving
from bot.office.report.known import full_name, note_of
from bot.office.report.pages import CODE, area_label, confirmed, form_of
from bot.office.report.targets import compared
from storage import people, results
from storage.results import Narrative, ReportedFigure, SentReport

DUTY = "results"


def run(visit: Visit, args: str) -> Say:
    """Answer «/baocao [year]» opens the report; «sua» changes one that was sent, «xem» shows it."""
    asked = opened_years.with_verb(visit, args, ("sua", "xem"), "/baocao {year}")
    if isinstance(asked, Say):
        return asked
    verb, said = asked
    if unions.concerns(visit):
        return unions.run(visit, verb, said)
    found = submissions.obligation(visit, DUTY, said)
    if found is not None and (result := _result(visit, visit.me.unit, found.year)) is not None:
        if verb == "xem":
            return show(visit, result)
        return _change(visit, result, found) if verb == "sua" else _sent(visit, result)
    not_yours = _(
        "The report of {year} is drafted by the {head}, or by whoever the head names.",
        head=head_titles.of_unit(visit, visit.me.unit),
        year=found.year if found else visit.said.year,
    )
    return submissions.write(visit, DUTY, said, found, REPORT, not_yours)


def _result(visit: Visit, unit: str, year: int) -> SentReport | None:
    return visit.tx.one(results.OF_UNIT, unit=unit, year=year)


def _sent(visit: Visit, result: SentReport) -> Say:
    """Say that it has been sent: since when, and what can be done now."""
    lines: list[Part] = [
        _(
            "The report of {year} was sent at {at}. Tracking code: {code}.",
            year=result.year,
            at=Time(result.at),
            code=result.code,
        )
    ]
    buttons = [Button(_("See the report"), f"/baocao xem {result.year}")]
    if result.received:
        lines.append(_("The office received it at {at}.", at=Time(result.received)))
    elif submissions.sends(visit):
        lines.append(_("It can be changed until the office has received it."))
        buttons.append(Button(_("Edit"), f"/baocao sua {result.year}"))
    return Say(lines, buttons=(*buttons, HOME))


def _change(visit: Visit, result: SentReport, found: Obligation) -> Say:
    why: Text | None = None
    if result.received:
        why = _(
            "The office received report {code} at {at}, so it cannot be changed any more. Please talk to the office.",
            code=result.code,
            at=Time(result.received),
        )
    elif submissions.locked(found, visit.said.date()):
        return submissions.not_now(visit, DUTY, str(result.year), found) or _sent(visit, result)
    elif not submissions.sends(visit):
        why = _("Only the {head} changes a report that was sent.", head=head_titles.of_unit(visit, visit.me.unit))
    if why is not None:
        return Say([why], buttons=(Button(_("See the report"), f"/baocao xem {result.year}"), HOME))
    return submissions.open_shared(
        visit,
        REPORT,
        result.year,
        _answers(visit, result),
        _("✏️ This is the report as it was sent; what {you} change takes effect when it is sent again."),
    )


def _answers(visit: Visit, result: SentReport) -> Answers:
    """Return a report that was sent, as answers of its form."""
    answers: dict[str, Any] = {target.code: "known" for target in visit.plan.asked_about if not target.asked}
    for figure in visit.tx.all(results.FIGURES, unit=result.unit, year=result.year):
        target = next((t for t in visit.plan.asked_about if t.code == figure.target), None)
        if target is not None:
            answers[target.code] = _value(figure)
            if figure.note:
                answers[note_of(target)] = figure.note
    for part in visit.tx.all(results.NARRATIVES, unit=result.unit, year=result.year):
        answers[part.section] = {"mark": part.mark} if part.mark else part.text
    return answers


def _value(figure: ReportedFigure) -> Any:
    if figure.na:
        return NA
    if figure.numerator is None:
        return MISSING
    if figure.denominator is None:
        return {"n": format(figure.numerator, "f"), "estimate": figure.estimate}
    return {"n": int(figure.numerator), "d": int(figure.denominator)}


# Sending --------------------------------------------------------------------------------------


def file(visit: Visit, subject: str, answers: Answers) -> Say:
    """Return the head sends; whoever drafts passes it on to the head."""
    unit, year = read_subject(subject)
    code = f"BC-{year}-{unit}"
    found = submissions.obligation(visit, DUTY, str(year))
    before = _result(visit, unit, year)
    if before is not None and before.received:
        return _sent(visit, before)
    if found is None or submissions.locked(found, visit.said.date()):
        return submissions.not_now(visit, DUTY, str(year), found) or Say([])
    if not submissions.sends(visit):
        head = submissions.pass_on(visit, DRAFTED, code, year)
        return submissions.passed_on(visit, head, f"/baocao {year}")
    late = submissions.days_late(found.due, visit.said.date())
    id = results.send(
        visit.tx,
        unit=unit,
        year=year,
        code=code,
        late=late,
        by=visit.me.id,
        now=visit.said,
        plan_hash=visit.office.plan_hash,
    )
    _keep(visit, id, subject, answers)
    visit.note("report_changed" if before else "report_sent", code)
    for writer in submissions.writers(visit, code):
        visit.tell(writer, SENT, key=f"report_sent:{code}:{writer}", code=code)
    return _receipt(visit, found, code, changed=before is not None)


def _keep(visit: Visit, id: int, subject: str, answers: Answers) -> None:
    """Keep figures and narrative parts, with whether each was confirmed or typed."""
    scene, tx = visit.scene(ReportFacts(visit, subject)), visit.tx
    form = form_of(visit.plan)
    for target in visit.plan.asked_about:
        if not target.asked or target.of_office:
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
            source="confirmed" if confirmed(visit.plan, form[target.code], answers, scene) else "typed",
        )
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


def _receipt(visit: Visit, found: Obligation, code: str, changed: bool) -> Say:
    year, when = found.year, submissions.timing(found.due, visit.said)
    if changed:
        first = _("✅ The report of {year} was changed at {at}.", year=year, at=Time(visit.said))
    elif when is None:
        first = _("✅ The report of {year} was sent at {at}.", year=year, at=Time(visit.said))
    else:
        first = _("✅ The report of {year} was sent at {at}, {when}.", year=year, at=Time(visit.said), when=when)
    see = Button(_("See the report"), f"/baocao xem {year}")
    return submissions.receipt(first, code, see, Button(_("Edit"), f"/baocao sua {year}"))


# Reading --------------------------------------------------------------------------------------


def show(visit: Visit, result: SentReport) -> Say:
    """Return the whole report as it was sent."""
    year, unit = result.year, result.unit
    scene = visit.scene(ReportFacts(visit, subject_of(unit, year)))
    figures = {f.target: f for f in visit.tx.all(results.FIGURES, unit=unit, year=year)}
    parts = {p.section: p for p in visit.tx.all(results.NARRATIVES, unit=unit, year=year)}
    lines: list[Part] = [
        _("Report of {year} by {unit}", year=year, unit=result.unit_name),
        _(
            "{code}, version {version}, first sent at {at}",
            code=result.code,
            version=result.version,
            at=Time(result.at),
        ),
        _("Figures until the end of {day}", day=visit.plan.figures_day(year, result.given)),
    ]
    if result.late:
        lines.append(_("⚠️ {when}", when=_("sent {n} days after the last day", n=Count(result.late))))
    for target in visit.plan.asked_about:
        figure = figures.get(target.code)
        if figure is not None:
            kind = Paper(target) if target.counts == "paper" else Share(target)
            lines.append(_figure_line(figure, target, kind.show(_value(figure), scene), scene))
        elif not target.asked:
            known = form_of(visit.plan)[target.code].kind.show("known", scene)
            lines.append(_("{label}: {value}", label=full_name(target), value=known))
    named: list[tuple[str, Part]] = [(s.code, s.name) for s in visit.plan.sections]
    areas = [(area.code, area_label(area)) for area in visit.plan.areas]
    for code, name in [*named[: _first(visit)], *areas, *named[_first(visit) :]]:
        if code in parts:
            lines.append(_("{label}: {value}", label=name, value=_said(parts[code], code, visit)))
    return Say(lines, buttons=(HOME,))


def _first(visit: Visit) -> int:
    return sum(section.page == "steering" for section in visit.plan.sections)


def _figure_line(figure: ReportedFigure, target: Target, value: Part, scene: Scene) -> Part:
    base = ReportFacts.of(scene).baseline
    if target.counts == "paper" and figure.numerator is not None and base is not None:
        less = saving(_value(figure), base.ten_months, base.whole_year, target.goal)
        if less is not None:
            value = compared(value, less, base.year, figure.estimate)
    if figure.note:
        value = _("{value}. {note}", value=value, note=figure.note)
    return _("{label}: {value}", label=full_name(target), value=value)


def _said(part: Narrative, code: str, visit: Visit) -> Part:
    field = form_of(visit.plan)[code]
    assert isinstance(field.kind, Story)
    value: Any = {"mark": part.mark} if part.mark else part.text
    return field.kind.show(value, visit.scene())


def run_show(visit: Visit, args: str) -> Say:
    """«/xembaocao 2027 QLXD», «xem báo cáo năm ngoái của QLXD»: a unit's report, for the office and the leaders."""
    said = opened_years.read_years(args, visit.said.date())
    year = opened_years.one(visit, args, visit.said.year, f"/xembaocao {{year}} {said.rest}")
    if isinstance(year, Say):
        return year
    name = re.sub(r"^(?:của|cua|của đơn vị|đơn vị)\s+", "", said.rest, flags=re.IGNORECASE)
    meant = person_names.unit_meant(name or visit.me.unit, visit.tx.all(people.UNITS))
    unit = next(iter(meant.sure or (meant.near if len(meant.near) == 1 else ())), None)
    if unit is None:
        return Say(
            [
                _(
                    "The assistant does not know the unit «{said}». Please give its code or name, for example: see report {code}",
                    said=name,
                    code=visit.me.unit,
                )
            ],
            buttons=(HOME,),
        )
    result = _result(visit, unit.code, year)
    if result is None:
        return Say([_("{unit} has not sent its report of {year}.", unit=unit.name, year=year)], buttons=(HOME,))
    return show(visit, result)


# What others are told -------------------------------------------------------------------------


def drafted(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Tell the head: the draft is ready to be looked over. Pointless once it has been sent."""
    writer = visit.tx.one(people.BY_ID, id=about["by"])
    if writer is None or _result(visit, about["unit"], about["year"]) is not None:
        return None
    return Say(
        [
            _("The draft of the report of {year} is ready", year=about["year"]),
            _("{who} has drafted it; {you_name} looks it over and sends it.", who=titled(writer)),
        ],
        buttons=(Button(_("Look over and send"), f"/baocao {about['year']}"),),
    )


def sent(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Tell whoever drafted it: the head has sent it."""
    result = visit.tx.one(results.BY_CODE, code=about["code"])
    if result is None:
        return None
    return Say(
        [
            _(
                "✅ The report of {year} that {you_name} drafted was sent to the office. Tracking code: {code}.",
                year=result.year,
                code=result.code,
            )
        ],
        buttons=(Button(_("See the report"), f"/baocao xem {result.year}"),),
    )


REPORT = Conversation(
    CODE,
    title=lambda plan, subject: _("Report of {year}", year=read_subject(subject)[1]),
    form=form_of,
    file=file,
    serves=submissions.writes(DUTY),
    facts=ReportFacts,
    shared=True,
)
COMMAND = Command(
    "baocao",
    _("Yearly report"),
    _("report|yearly report|send the report"),
    run,
    allowed(May.DRAFT, submissions.helps(DUTY)),
)
SHOW = Command("xembaocao", _("A unit's report"), _("see report"), run_show, allowed(May.SUMMARISE), listed=False)
DRAFTED = Notice("report_drafted", drafted, submissions.SENDER)
SENT = Notice("report_sent", sent, submissions.OF_UNIT)
FEATURE = Feature(__name__, commands=(COMMAND, SHOW), forms=(REPORT, unions.CONVERSATION), notices=(DRAFTED, SENT))
