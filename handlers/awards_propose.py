"""The head of a unit, a union or the office proposes somebody for an award; the office is told."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.conversation import DESK, HOME, Conversation, Feature, Notice, Visit
from bot.dialogue import Answers, Button, Field, Form, Line, OneOf, Paragraph, Say, Scene
from bot.language import Part, Weekday, _
from bot.office import desk
from bot.office.awards import award_checks, award_fields, award_texts, proposing
from bot.office.awards.award_facts import AwardFacts
from bot.office.awards.award_fields import AwardCandidate, AwardLinks, MaybeLine, Named
from bot.office.awards.nominees import GROUP
from bot.office.duties.refused_sheets import keep_open
from bot.office.told import told
from storage.award_suggestions import AwardSuggestion
from storage.awards import Award, AwardState

LIST = Button(_("Awards"), "/khenthuong")


def begin(visit: Visit, suggestion: AwardSuggestion | None = None) -> Say:
    """Open the form; of a suggestion that is taken up, with whom and why."""
    if not visit.plan.awards.taking(visit.said.date()):
        why = _("The plan takes no proposals for awards today.")
        if not visit.plan.awards.kinds:
            why = _("The plan of the movement names no awards.")
        return Say([why, *award_fields.closed(visit.scene())], buttons=(LIST, HOME))
    if suggestion is None:
        return visit.open(PROPOSE)
    given: dict[str, Any] = {"merit": suggestion.merit}
    facts = AwardFacts(visit, str(suggestion.id))
    unit = {"unit": suggestion.unit} if len(facts.units) != 1 else {}
    whom = str(suggestion.person) if suggestion.person is not None else suggestion.what
    if facts.nominee({"unit": suggestion.unit, "whom": whom}) is not None:
        given |= {**unit, "whom": whom}
        given |= {"group": suggestion.name} if suggestion.what == GROUP else {}
    return visit.open(PROPOSE, str(suggestion.id), given)


def beside(answers: Answers, scene: Scene) -> Sequence[Part]:
    """Show what is on record of whoever is proposed, until when it is answered, and who will read it."""
    facts = AwardFacts.of(scene)
    found, kind = facts.nominee(answers), scene.plan.awards.kind(str(answers.get("kind") or ""))
    lines: list[Part] = [] if found is None else list(award_checks.lines(facts.known, found))
    if kind is not None and kind.workdays:
        lines.append(_("{desk} answers within {n} working days.", desk=scene.plan.office.desk, n=kind.workdays))
    return [
        *lines,
        _("{desk} and {leaders} read this proposal.", desk=scene.plan.office.desk, leaders=scene.plan.office.leaders),
    ]


def _group(answers: Answers, scene: Scene) -> bool:
    return answers.get("whom") == GROUP


FORM = Form(
    "award_propose",
    title=lambda answers, scene: _("Propose an award"),
    fields=(
        Field(
            "unit",
            _("Unit"),
            _("Of which unit is whoever is proposed?"),
            OneOf(award_fields.units),
            choices=award_fields.units,
            when=award_fields.several_units,
        ),
        Field(
            "whom",
            _("For"),
            _("Who is proposed?"),
            AwardCandidate(award_fields.whom),
            choices=award_fields.whom,
            refuse=award_fields.may_be_proposed,
            ask_again=award_fields.proposed_already,
            keep=_("Propose all the same"),
        ),
        Field(
            "group",
            _("Group"),
            _("What is the group called, and who is in it?"),
            Line(shortest=5, longest=200),
            example=_("the group that digitised the archive"),
            when=_group,
        ),
        Field(
            "kind",
            _("Occasion"),
            award_fields.ask_kind,
            Named(award_fields.kinds),
            choices=award_fields.kinds,
            refuse=award_fields.no_such_kind,
        ),
        Field(
            "form",
            _("Form"),
            _("Which form is proposed?"),
            Named(award_fields.forms, "forms"),
            choices=award_fields.forms,
            refuse=award_fields.no_such_form,
        ),
        Field(
            "reason",
            _("Reason"),
            _("For which reason? Please choose, or write it."),
            Line(shortest=10),
            choices=award_fields.reasons,
            example=_("has put the new procedure into use in all units"),
        ),
        Field(
            "merit",
            _("Merits"),
            _("What has been achieved? Two or three sentences, with figures where there are any."),
            Paragraph(shortest=15, longest=2000),
            example=_("shortened the handling of a file from 7 steps to 5, 30% less time"),
            long=True,
        ),
        Field(
            "links",
            _("Rests on"),
            award_fields.ask_links,
            AwardLinks(),
            when=lambda answers, scene: "merit" in answers and bool(award_fields.on_offer(answers, scene)),
            refuse=award_fields.of_somebody_else,
            choices=award_fields.no_links,
            example="1, 2",
        ),
        Field(
            "meeting",
            _("Minutes of the unit"),
            _("Which minutes of the unit propose it?"),
            MaybeLine(shortest=3, longest=200, none=_("none")),
            choices=award_fields.nothing(_("No minutes of a meeting")),
            example=_("minutes 05/BB of 20/10/2027"),
        ),
    ),
    send=lambda answers, scene: _("Send it to {desk}"),
    review=beside,
)


def file(visit: Visit, subject: str, answers: Answers) -> Say:
    """Store the proposal and tell the office."""
    award = (proposing.revise if ":" in subject else proposing.propose)(visit, subject, answers)
    if not isinstance(award, Award):
        return keep_open(visit, Say([award], buttons=(LIST, HOME)))
    lines: list[Part] = [
        _(
            "✅ Sent: proposal {code}, {form} for {whom}.",
            code=award.code,
            form=award.form_name,
            whom=award_texts.whom(award),
        )
    ]
    if award.answer_by is not None:
        lines.append(
            _(
                "{desk} answers by the end of {day} ({weekday}).",
                desk=visit.plan.office.desk,
                day=award.answer_by,
                weekday=Weekday(award.answer_by),
            )
        )
    lines += told(visit, [each.id for each in desk.people_of(visit.tx)], _("The office is told once."))
    return Say(
        lines,
        buttons=(
            Button(_("See {code}", code=award.code), f"/khenthuong {award.code}"),
            Button(_("Withdraw {code}", code=award.code), f"/khenthuong rut {award.code} v{award.version}"),
            LIST,
            HOME,
        ),
    )


def proposed(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Tell the office: somebody is proposed. Pointless once it was withdrawn or decided."""
    award = award_texts.find(visit, about["code"])
    if award is None or award.state is not AwardState.PROPOSED:
        return None
    return Say(
        [_("{unit} proposes an award", unit=award.by_unit_name), award_texts.line(visit, award)],
        buttons=(Button(_("See {code}", code=award.code), f"/khenthuong {award.code}"),),
    )


def _title(plan: Any, subject: str) -> Part:
    if ":" in subject:
        return _("Changing the proposal {code}", code=subject.partition(":")[0])
    return _("Proposing an award, from suggestion {n}", n=subject) if subject else _("Proposing an award")


PROPOSE = Conversation(
    "award_propose", title=_title, form=lambda plan: FORM, file=file, serves=proposing.PROPOSER, facts=AwardFacts
)
FEATURE = Feature(__name__, forms=(PROPOSE,), notices=(Notice(proposing.PROPOSED, proposed, DESK),))
