"""Papers made and signed outside of here, such as the report to UBND tỉnh: that they were sent is recorded."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.conversation import HOME, MY_TASKS, WHO, Command, Conversation, Feature, Notice, Visit, allowed, whose
from bot.dialogue import Answers, Button, Day, Field, Form, Line, Say, Scene, Window
from bot.language import Part, Time, _
from bot.movement import SHORT, May, Obligation, titled
from bot.office import head_titles
from bot.office.duties import papers, submissions
from bot.office.duties.duty_kinds import draft_of, kind_of, of_year
from bot.office.duties.papers import PaperFacts
from bot.office.report.pages import pass_on
from storage import people


def run(visit: Visit, args: str) -> Say:
    """Answer «/baocaotinh 2027»: record that the paper which has this command was sent."""
    code = next((duty.code for duty in visit.plan.all_duties if duty.command == SHORT), "")
    return _record(visit, code, args)


def paper(visit: Visit, args: str) -> Say:
    """Answer «/vanban CODE 2027»: the same of any paper; without a code ask which."""
    said, _space, rest = args.partition(" ")
    if (code := papers.named(visit.plan, said)) is not None:
        return _record(visit, code, rest)
    mine = papers.open_ones(visit)
    buttons = [Button(kind_of(each).listed(each), kind_of(each).opening(each)) for each in mine]
    line = _("Which of these was sent?") if mine else _("This task has not been opened.")
    return Say([line], buttons=(*buttons, MY_TASKS, HOME))


def _record(visit: Visit, duty: str, args: str) -> Say:
    words = args.split()
    said = words[0] if words else ""
    found = submissions.obligation(visit, duty, said)
    if (no := submissions.not_now(visit, duty, said, found)) is not None:
        return no
    assert found is not None
    if not submissions.drafts_for(visit, duty, found.year):
        head = head_titles.of_unit(visit, visit.me.unit)
        not_yours = _("It is recorded by the {head}, or by whoever the head names.", head=head)
        return Say([not_yours], buttons=(MY_TASKS, HOME))
    if found.fulfilled is not None:
        was = papers.recorded(visit, found)
        if was is not None and words[-1:] == ["sua"]:
            return submissions.take_over(visit, CONVERSATION, draft_of(found), was)
        sent = _(
            "{what} {year} was recorded as sent on {day}.",
            what=papers.called(found),
            year=found.year,
            day=found.fulfilled,
        )
        return Say([sent], buttons=_after(found) if was is not None else (MY_TASKS, HOME))
    return submissions.take_over(visit, CONVERSATION, draft_of(found))


# What is asked --------------------------------------------------------------------------------


def has_come(value: Any, answers: Answers, scene: Scene) -> Part | None:
    """Refuse a day that has not come, or of the wrong year: the paper was sent."""
    day, year = date.fromisoformat(value), PaperFacts.of(scene).year
    if day > scene.today or day.year < year:
        return _("The day of the report lies between the first day of {year} and today.", year=year)
    return None


FORM = Form(
    "provincial",
    title=lambda answers, scene: PaperFacts.of(scene).title,
    fields=(
        Field(
            "day",
            _("Day of the report"),
            _("On which day was the report sent?"),
            Day(
                believed=Window(
                    lambda answers, scene: PaperFacts.of(scene).opens,
                    lambda answers, scene: PaperFacts.of(scene).believed,
                )
            ),
            example="12/11/2027",
            refuse=has_come,
        ),
        Field(
            "number",
            _("Number and sign"),
            _("Which number and sign does it bear?"),
            Line(shortest=1, longest=60),
            refuse=papers.a_day,
            example=_("231/BC-{sign}"),
            skip=_("Later"),
        ),
    ),
    send=lambda answers, scene: (
        _("Record it as sent") if PaperFacts.of(scene).records else pass_on(PaperFacts.of(scene).head)
    ),
    review=lambda answers, scene: [_("Seen by: the office and the leaders.")],
)


def file(visit: Visit, subject: str, answers: Answers) -> Say:
    """Store that it was sent; pass it on to the head for whoever writes it down."""
    code, _unit, year = papers.read(subject)
    found = submissions.obligation(visit, code, str(year))
    if found is None or submissions.locked(found, visit.said.date()):
        return submissions.not_now(visit, code, str(year), found) or Say([])
    if not papers.records(visit, found.duty):
        head = submissions.pass_on(visit, DRAFTED, subject, year, duty=code)
        return submissions.passed_on(visit, head, kind_of(found).opening(found))
    day = papers.keep(visit, found, answers)
    for writer in submissions.writers(visit, subject):
        visit.tell(writer, SENT, key=f"paper_sent:{subject}:{writer}", unit=found.unit, year=year, duty=code)
    about: dict[str, Any] = {"at": Time(visit.said), "what": of_year(found.duty), "year": year, "day": day}
    done: Part = _("✅ Recorded at {at}: the {what} of {year} was sent on {day}.", **about)
    if (when := papers.late(found, day)) is not None:
        done = _("✅ Recorded at {at}: the {what} of {year} was sent on {day}, {when}.", when=when, **about)
    silent = (
        _("The assistant no longer reminds the office of it.")
        if found.duty.by == "office"
        else _("The assistant no longer reminds {you} of it.")
    )
    return Say([done, silent], buttons=_after(found))


def _after(found: Obligation) -> tuple[Button, ...]:
    """Offer what can be done once it is recorded: a unit corrects it, until it is locked."""
    edit = Button(_("Edit"), f"{kind_of(found).opening(found)} sua")
    return (edit, MY_TASKS, HOME) if found.duty.by == "unit" else (MY_TASKS, HOME)


# What others are told -------------------------------------------------------------------------


def drafted(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Tell the head: somebody has written down that it was sent. Pointless once it is recorded."""
    writer = visit.tx.one(people.BY_ID, id=about["by"])
    found = submissions.obligation(visit, about["duty"], str(about["year"]))
    if writer is None or found is None or found.fulfilled is not None:
        return None
    return Say(
        [
            _("{what} {year}: it is written down that it was sent", what=papers.called(found), year=found.year),
            _("{who} has written it down; {you_name} looks it over and records it.", who=titled(writer)),
        ],
        buttons=(Button(_("Look over and record"), kind_of(found).opening(found)),),
    )


def sent(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Tell whoever wrote it down: the head has recorded it."""
    found = submissions.obligation(visit, about["duty"], str(about["year"]))
    if found is None or found.fulfilled is None:
        return None
    day = {"year": found.year, "day": found.fulfilled}
    said = _("✅ {what} {year} was recorded as sent on {day}.", what=papers.called(found), **day)
    return Say([said], buttons=(MY_TASKS,))


CONVERSATION = Conversation(
    "provincial",
    title=papers.title,
    form=lambda plan: FORM,
    file=file,
    serves=whose(WHO[May.DRAFT], papers.theirs),
    facts=PaperFacts,
    shared=True,
)
COMMAND = Command(
    "baocaotinh",
    _("Report to the provincial committee"),
    _("report to the province"),
    run,
    allowed(May.RECEIVE),
    listed=False,
    seldom=True,
)
ANOTHER = Command(
    "vanban",
    _("A paper that was sent"),
    _("another report of the office"),
    paper,
    allowed(May.DRAFT, lambda visit: visit.may(May.RECEIVE) or submissions.helps("paper")(visit)),
    listed=False,
)
DRAFTED = Notice("paper_drafted", drafted, submissions.SENDER)
SENT = Notice("paper_sent", sent, submissions.OF_UNIT)
FEATURE = Feature(__name__, commands=(COMMAND, ANOTHER), forms=(CONVERSATION,), notices=(DRAFTED, SENT))
