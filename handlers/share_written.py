"""Writing the parts of the yearly report that the head has given somebody; what both of them are told."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import cache, cached_property
from typing import Any

from bot.conversation import HOME, MY_TASKS, Command, Conversation, Feature, Notice, Visit, notice_codes, whose
from bot.dialogue import Answers, Button, Field, Form, Say, Scene
from bot.language import Part, Weekday, _, number
from bot.movement import Plan, titled
from bot.office.duties import submissions
from bot.office.duties.duty_kinds import read_subject, subject_of
from bot.office.report import report_parts, sending, sharing
from bot.office.report.facts import ReportFacts
from bot.office.report.pages import form_of
from storage import people
from storage.report_shares import ReportShare

WHOSE = _("whoever was given a part of the report")


class PartFacts(ReportFacts):
    """What is known of the unit's year, and which questions somebody was given."""

    def __init__(self, visit: Visit, subject: str) -> None:
        super().__init__(visit, subject)
        self._mine = sharing.mine(visit, self.year)

    @cached_property
    def codes(self) -> Collection[str]:
        """The questions of the parts that this person writes."""
        known = report_parts.parts_of(self._visit.plan)
        return {code for each in self._mine if each.part in known for code in known[each.part].fields}

    @cached_property
    def shares(self) -> Mapping[str, ReportShare]:
        """Of this sheet nothing is with anybody else."""
        return {}


def run(visit: Visit, args: str) -> Say:
    """Answer «/phancuatoi 2027»: the parts of the report that this person was given."""
    years = sorted({each.year for each in sharing.mine(visit)})
    said = number(args.strip())
    if not years or (said is not None and int(said) not in years):
        none = _("Nothing of the report is with {you} to be written now.")
        return Say([none], buttons=(MY_TASKS, HOME))
    year = int(said) if said is not None else years[0]
    return visit.open(WRITING, subject_of(visit.me.unit, year))


# The form -------------------------------------------------------------------------------------


@cache
def part_form(plan: Plan) -> Form:
    """Make of the report's form that of its parts: each question is asked of whom it was given."""
    whole = form_of(plan)
    return Form(
        sharing.WRITTEN,
        title=lambda answers, scene: _("Parts of the report of {year}", year=PartFacts.of(scene).year),
        fields=tuple(replace(field, when=_given(field)) for field in whole.fields),
        pages=whole.pages,
        send=lambda answers, scene: _("Pass on to the {head}", head=PartFacts.of(scene).head_title),
        review=lambda answers, scene: [
            _(
                "It flows into the report's sheet; the {head} looks it over and sends it.",
                head=PartFacts.of(scene).head_title,
            )
        ],
    )


def _given(field: Field) -> Any:
    def when(answers: Answers, scene: Scene) -> bool:
        return field.code in PartFacts.of(scene).codes and field.visible(answers, scene)

    return when


def file(visit: Visit, subject: str, answers: Answers) -> Say:
    """Hand the parts over to the unit's sheet; whoever sends is told."""
    unit, year = read_subject(subject)
    flowed, kept = sharing.finish(visit, subject, answers)
    heads = {each.by for each in (*flowed, *kept)} | {each.id for each in submissions.senders(visit, unit)[:1]}
    parts = [each.part for each in (*flowed, *kept)]
    for head in heads - {visit.me.id}:
        visit.tell(head, WRITTEN, unit=unit, year=year, by=visit.me.id, parts=parts, kept=[each.id for each in kept])
    lines: list[Part] = [_("✅ Passed on: {parts}.", parts=sharing.names(visit, parts))]
    if flowed:
        lines.append(_("It stands in the sheet of the report of {year} now.", year=year))
    if kept:
        others = sharing.names(visit, [each.part for each in kept])
        lines.append(
            _("The sheet has something else already for: {parts}. Whoever sends the report chooses.", parts=others)
        )
    return Say([*lines, _("{You} are told once when the report was sent.")], buttons=(MY_TASKS, HOME))


# What both are told -----------------------------------------------------------------------------


def shared(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Tell whoever was given parts: which, by whom, until when the report is due."""
    now = {each.part for each in sharing.mine(visit, about["year"])}
    parts = [part for part in about["parts"] if part in now]
    by = visit.tx.one(people.BY_ID, id=about["by"])
    found = submissions.obligation(visit, visit.plan.reports.code, str(about["year"]))
    if not parts or by is None:
        return None
    names, year = sharing.names(visit, parts), about["year"]
    lines: list[Part] = [
        _(
            "{who} asks {you_name} to write these parts of the report of {year}: {parts}.",
            who=titled(by),
            year=year,
            parts=names,
        )
    ]
    if found is not None and found.due is not None:
        lines.append(_("The report is due by the end of {due} ({weekday}).", due=found.due, weekday=Weekday(found.due)))
    return Say(lines, buttons=(Button(_("Write the parts"), f"/phancuatoi {year}"),))


def written(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Tell whoever gave the parts: they are written, and where the sheet had something else."""
    writer = visit.tx.one(people.BY_ID, id=about["by"])
    year = about["year"]
    if writer is None or sending.report_of(visit, about["unit"], year) is not None:
        return None
    parts = sharing.names(visit, about["parts"])
    lines: list[Part] = [
        _("{who} has written of the report of {year}: {parts}.", who=titled(writer), year=year, parts=parts)
    ]
    kept = [each for each in sharing.live(visit, about["unit"], year) if each.id in about["kept"]]
    kept = [each for each in kept if not sharing.stands(visit, each)]
    use = []
    if kept:
        others = sharing.names(visit, [each.part for each in kept])
        lines.append(_("The sheet has something else for: {parts}. Please choose which is to stand.", parts=others))
        use = [
            Button(_("Use what was written: {part}", part=sharing.names(visit, [each.part])), f"/chia dung {each.id}")
            for each in kept[:8]
        ]
    return Say(
        lines,
        buttons=(*use, Button(_("Who writes what"), f"/chia {year}"), Button(_("Open the report"), f"/baocao {year}")),
    )


def back(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Tell whoever wrote parts that they are wanted no more: taken back, or the report was sent."""
    parts = sharing.names(visit, about["parts"])
    if about["over"]:
        why = _("The report of {year} was sent, so {you} need not write: {parts}.", year=about["year"], parts=parts)
    else:
        why = _(
            "Of the report of {year} {you} need not write any more: {parts}. What was begun is kept.",
            year=about["year"],
            parts=parts,
        )
    return Say([why], buttons=(MY_TASKS,))


def _here(visit: Visit, about: Any) -> bool:
    return bool(about["unit"] == visit.me.unit)


WRITING = Conversation(
    sharing.WRITTEN,
    title=lambda plan, subject: _("Parts of the report of {year}", year=read_subject(subject)[1]),
    form=part_form,
    file=file,
    serves=whose(
        WHOSE,
        lambda visit, subject: (
            subject is not None
            and read_subject(subject)[0] == visit.me.unit
            and bool(sharing.mine(visit, read_subject(subject)[1]))
        ),
    ),
    facts=PartFacts,
)
COMMAND = Command(
    "phancuatoi",
    _("My parts of the report"),
    _("my parts|my parts of the report"),
    run,
    whose(WHOSE, lambda visit, about: bool(sharing.mine(visit))),
    listed=False,
)
SHARED = Notice(notice_codes.REPORT_SHARED, shared, whose(WHOSE, _here))
WRITTEN = Notice(
    notice_codes.REPORT_PART_WRITTEN,
    written,
    whose(WHOSE, lambda visit, about: _here(visit, about) and sharing.shares_out(visit)),
)
BACK = Notice(notice_codes.REPORT_PART_BACK, back, whose(WHOSE, _here))
FEATURE = Feature(__name__, commands=(COMMAND,), forms=(WRITING,), notices=(SHARED, WRITTEN, BACK))
