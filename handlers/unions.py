"""A union's own short account of a year: it is invited, never overdue, owes no targets and is in no sum.

Its command is «/baocao», as for the report of a unit.
"""

from collections.abc import Sequence
from functools import cache

from bot.conversation import HOME, WHO, Conversation, Feature, Visit, whose
from bot.dialogue import Answers, Button, Choice, Field, Form, Say, Scene
from bot.language import First, Part, Text, Time, _
from bot.movement import Duty, May, Plan, UnionSection
from bot.office import plan_clauses
from bot.office.duties import submissions, unions
from bot.office.duties.duty_kinds import of_year, read_subject
from bot.office.duties.unions import AccountFacts
from bot.office.onbehalf import sources
from bot.office.report.kinds import NOTHING, Story
from storage import paper_sources
from storage.unions import Account

CODE = "union_account"


def run(visit: Visit, verb: str, said: str) -> Say:
    """Answer «/baocao [year]» of a union; «sua» changes what was sent, «xem» shows it."""
    duty = visit.plan.done_by("narrative")
    if duty is None:
        return Say([_("The plan asks the unions for nothing here.")], buttons=(HOME,))
    found = submissions.obligation(visit, duty.code, said)
    if found is not None and (account := unions.of(visit, found.year)) is not None:
        changes = submissions.drafts_for(visit, duty.code, found.year) and not submissions.locked(
            found, visit.said.date()
        )
        if verb == "sua" and changes:
            return submissions.open_shared(visit, ACCOUNT, found.year, account.answers)
        return _show(visit, duty, account, changes)
    not_yours = _("It is written by whoever heads the union.")
    return submissions.write(visit, duty.code, said, found, ACCOUNT, not_yours)


def _show(visit: Visit, duty: Duty, account: Account, changes: bool) -> Say:
    """Show what was sent; it can be changed as long as «Edit» stands below."""
    lines: list[Part] = [
        _("{what} of {year} by {unit}", what=First(of_year(duty)), year=account.year, unit=account.unit_name),
        _("Sent at {at}.", at=Time(account.at)),
        *sources.mark(visit.tx, paper_sources.account_record(account.unit, account.year)),
        *unions.said(visit.plan, account),
    ]
    edit = (Button(_("Edit"), f"/baocao sua {account.year}"),) if changes else ()
    return Say(lines, buttons=(*edit, HOME))


# The form -------------------------------------------------------------------------------------


@cache
def form_of(plan: Plan) -> Form:
    """Return the account's form under a plan: a question for every section."""
    return Form(
        CODE,
        title=lambda answers, scene: _title(plan, AccountFacts.of(scene).year),
        fields=tuple(_section(section) for section in plan.union_sections),
        send=lambda answers, scene: _("Send to the office"),
        sheet_head=lambda answers, scene: _sheet_head(plan, AccountFacts.of(scene)),
        review=lambda answers, scene: [_("Who can read it: the office, the leaders.")],
        why=plan_clauses.by_duty("narrative"),
    )


def _title(plan: Plan, year: int) -> Text:
    duty = plan.done_by("narrative")
    return _("{what} of {year}", what=First(of_year(duty)) if duty is not None else "", year=year)


def _sheet_head(plan: Plan, facts: AccountFacts) -> Part:
    return _("{title} by {unit}", title=_title(plan, facts.year), unit=facts.unit.name)


def _section(section: UnionSection) -> Field:
    def ask(answers: Answers, scene: Scene) -> Sequence[Part]:
        asked: Part = section.question or _(
            "What has the union done here this year? A few words are enough; they are taken word for word."
        )
        return [asked]

    return Field(
        section.code,
        section.name,
        ask,
        Story(nothing=_("none"), code=section.code),
        example=section.example,
        choices=lambda answers, scene: [Choice(NOTHING, _("There is none"))],
        heading=section.name,
        long=True,
        echo=lambda value, answers, scene: [_("«{name}» is noted.", name=section.name)],
    )


def file(visit: Visit, subject: str, answers: Answers) -> Say:
    """Keep it; the office sees it in its summary."""
    year = read_subject(subject)[1]
    duty = visit.plan.done_by("narrative")
    found = None if duty is None else submissions.obligation(visit, duty.code, str(year))
    if duty is None or found is None or submissions.locked(found, visit.said.date()):
        return submissions.not_now(visit, "" if duty is None else duty.code, str(year), found) or Say([])
    unions.keep(visit, subject, answers)
    return Say(
        [
            _("✅ The {what} of {year} was sent at {at}.", what=of_year(duty), year=year, at=Time(visit.said)),
            _("It can be changed until the end of {day}.", day=found.locks),
        ],
        buttons=(Button(_("See it"), f"/baocao xem {year}"), Button(_("Edit"), f"/baocao sua {year}"), HOME),
    )


ACCOUNT = Conversation(
    CODE,
    title=lambda plan, subject: _title(plan, read_subject(subject)[1]),
    form=form_of,
    file=file,
    serves=whose(
        WHO[May.SEND], lambda visit, subject: read_subject(subject)[0] == visit.me.unit and submissions.sends(visit)
    ),
    facts=AccountFacts,
)
FEATURE = Feature(__name__, forms=(ACCOUNT,))
