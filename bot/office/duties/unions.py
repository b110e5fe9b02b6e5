"""A union's own short account of a year: it is invited, never overdue, owes no targets and is in no sum."""

from collections.abc import Sequence
from functools import cache, cached_property
from typing import Any

from bot.conversation import HOME, WHO, Conversation, Visit, whose
from bot.dialogue import Answers, Button, Choice, Facts, Field, Form, Say, Scene
from bot.language import Part, Time, _
from bot.movement import May, Plan, UnionSection
from bot.office.duties import submissions
from bot.office.duties.duty_kinds import read_subject
from bot.office.report.facts import Last
from bot.office.report.kinds import NOTHING, Story
from storage import people, unions
from storage.results import Narrative
from storage.unions import Account

DUTY = "narrative"
CODE = "union_account"


def concerns(visit: Visit) -> bool:
    """Whether this person speaks for a union."""
    unit = visit.tx.one(people.UNIT, code=visit.me.unit)
    return unit is not None and unit.kind == "doan_the"


def run(visit: Visit, verb: str, said: str) -> Say:
    """Answer «/baocao [year]» of a union; «sua» changes what was sent, «xem» shows it."""
    if not any(duty.code == DUTY for duty in visit.plan.duties):
        return Say([_("The plan asks the unions for nothing here.")], buttons=(HOME,))
    found = submissions.obligation(visit, DUTY, said)
    if found is not None and (account := _of(visit, found.year)) is not None:
        changes = submissions.drafts_for(visit, DUTY, found.year) and not submissions.locked(found, visit.said.date())
        if verb == "sua" and changes:
            return submissions.open_shared(visit, CONVERSATION, found.year, account.answers)
        return show(visit, account, changes)
    not_yours = _("It is written by whoever heads the union.")
    return submissions.write(visit, DUTY, said, found, CONVERSATION, not_yours)


def _of(visit: Visit, year: int) -> Account | None:
    return visit.tx.one(unions.OF_UNIT, unit=visit.me.unit, year=year)


def show(visit: Visit, account: Account, changes: bool) -> Say:
    """Return what was sent, and whether it can still be changed."""
    lines: list[Part] = [
        _("Propaganda and mobilising in {year} by {unit}", year=account.year, unit=account.unit_name),
        _("Sent at {at}.", at=Time(account.at)),
        *said(visit.plan, account),
    ]
    edit = (Button(_("Edit"), f"/baocao sua {account.year}"),) if changes else ()
    return Say(lines, buttons=(*edit, HOME))


def said(plan: Plan, account: Account) -> list[Part]:
    """Return its parts, each with its name."""
    return [
        _("{label}: {value}", label=section.name, value=_text(account.answers.get(section.code)))
        for section in plan.union_sections
    ]


def _text(value: Any) -> Part:
    return _("none") if value is None or value == NOTHING else str(value)


# The form -------------------------------------------------------------------------------------


@cache
def form_of(plan: Plan) -> Form:
    """Return the account's form under a plan: a question for every section."""
    return Form(
        CODE,
        title=lambda answers, scene: _("Propaganda and mobilising in {year}", year=AccountFacts.of(scene).year),
        fields=tuple(_section(section) for section in plan.union_sections),
        send=lambda answers, scene: _("Send to the office"),
        sheet_head=_sheet_head,
        review=lambda answers, scene: [_("Who can read it: the office, the leaders.")],
    )


def _sheet_head(answers: Answers, scene: Scene) -> Part:
    facts = AccountFacts.of(scene)
    return _("Propaganda and mobilising in {year} by {unit}", year=facts.year, unit=facts.unit.name)


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


class AccountFacts(Facts):
    """The union, the year, and what it wrote the year before."""

    def __init__(self, visit: Visit, subject: str) -> None:
        self._tx = visit.tx
        self._unit, self._year = read_subject(subject)

    @cached_property
    def year(self) -> int:
        """The account's year."""
        return self._year

    @cached_property
    def unit(self) -> people.Unit:
        """The union."""
        unit = self._tx.one(people.UNIT, code=self._unit)
        assert unit is not None
        return unit

    @cached_property
    def last(self) -> Last:
        """Last year's account."""
        account = self._tx.one(unions.OF_UNIT, unit=self._unit, year=self._year - 1)
        said = {} if account is None else account.answers
        return Last({}, {code: _narrative(self._unit, code, value) for code, value in said.items() if value})


def _narrative(unit: str, code: str, value: Any) -> Narrative:
    mark = value["mark"] if isinstance(value, dict) else ""
    return Narrative(unit, code, "" if mark else str(value), mark, "typed")


def file(visit: Visit, subject: str, answers: Answers) -> Say:
    """Keep it; the office sees it in its summary."""
    unit, year = read_subject(subject)
    found = submissions.obligation(visit, DUTY, str(year))
    if found is None or submissions.locked(found, visit.said.date()):
        return submissions.not_now(visit, DUTY, str(year), found) or Say([])
    sections = {section.code: answers.get(section.code) for section in visit.plan.union_sections}
    unions.put(visit.tx, unit=unit, year=year, answers=sections, by=visit.me.id, now=visit.said)
    visit.note("union_account_sent", f"{unit}:{year}")
    return Say(
        [
            _("✅ Propaganda and mobilising in {year} was sent at {at}.", year=year, at=Time(visit.said)),
            _("It can be changed until the end of {day}.", day=found.locks),
        ],
        buttons=(Button(_("See it"), f"/baocao xem {year}"), Button(_("Edit"), f"/baocao sua {year}"), HOME),
    )


CONVERSATION = Conversation(
    CODE,
    title=lambda plan, subject: _("Propaganda and mobilising in {year}", year=read_subject(subject)[1]),
    form=form_of,
    file=file,
    serves=whose(
        WHO[May.SEND], lambda visit, subject: read_subject(subject)[0] == visit.me.unit and submissions.sends(visit)
    ),
    facts=AccountFacts,
)
