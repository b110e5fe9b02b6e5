"""Close the unit's list of a year, or say that nothing is registered: how a head ends the registration.

Its command is «/xacnhan», as for the sheets that the list is made of.
"""

from bot.conversation import HOME, MY_TASKS, WHO, Conversation, Feature, Visit, whose
from bot.dialogue import Answers, Button, Field, Form, Line, Say
from bot.language import Count, Part, Time, _
from bot.movement import May
from bot.office import head_titles
from bot.office.duties import closing, item_texts, past_lists, submissions, unions
from bot.office.onbehalf import sources
from storage import paper_sources
from storage.closed_lists import ClosedList
from storage.initiatives import READY, UNCONFIRMED, Initiative

CLOSE, NOTHING = "chot", "khongdangky"
"""What the command is told."""


def _nothing(visit: Visit, year: int) -> Button:
    label = _("Nothing is registered this year")
    if year != visit.said.year:
        label = _("Nothing was registered in {year}", year=year)
    return Button(label, f"/xacnhan {NOTHING} {year}")


def way_there(visit: Visit) -> list[Button]:
    """Offer the end of registering to whoever closes a list; a union has none."""
    if not submissions.sends(visit) or unions.concerns(visit) or visit.plan.done_by("list") is None:
        return []
    year = visit.said.year
    shut = closing.closed(visit, year) is not None and closing.reopened(visit, year) is None
    label = _("See the unit's closed list") if shut else _("Close the unit's list")
    again = [
        Button(_("Close the list of {year} again", year=other), f"/xacnhan {CLOSE} {other}")
        for other in closing.reopened_years(visit)
        if other != year
    ]
    return [*again, Button(label, f"/xacnhan {CLOSE}")]


def close(visit: Visit, what: str, sure: bool, said: str = "") -> Say:
    """Answer «/xacnhan chot» with the list, closed once it was seen; «khongdangky» asks why it is empty."""
    if (not_theirs := _not_theirs(visit)) is not None:
        return not_theirs
    year = int(said) if said.isdecimal() and len(said) == 4 else visit.said.year
    closed, reopened = closing.closed(visit, year), closing.reopened(visit, year)
    if reopened is None and not closing.takes(visit, year):
        return past_lists.look(visit, year)
    if closed is not None and not sure and reopened is None:
        return _closed(visit, closed)
    if what == NOTHING:
        return visit.open(NONE, str(year))
    items = closing.items(visit, year)
    ready = [item for item in items if item.state in READY]
    if not ready:
        return Say(
            [_("{unit} has no confirmed sheet for {year} yet.", unit=visit.me.unit_name, year=year)],
            buttons=(Button(_("Sheets to confirm"), "/xacnhan"), _nothing(visit, year), HOME),
        )
    if not sure:
        return _ask(visit, year, ready, sum(item.state in UNCONFIRMED for item in items))
    closing.close(visit, year)
    done = _(
        "✅ The list of {unit} for {year} was closed with {n} sheets at {at}.",
        unit=visit.me.unit_name,
        year=year,
        n=Count(len(ready)),
        at=Time(visit.said),
    )
    silent = [_("From now on the assistant no longer reminds {you} of the registration.")]
    return Say([done, *silent[: year == visit.said.year]], buttons=(MY_TASKS, HOME))


def _closed(visit: Visit, closed: ClosedList) -> Say:
    """Say that it is closed; what the office has closed for the unit can be put right."""
    year, record = closed.year, paper_sources.list_record(closed.unit, closed.year)
    said = _("The list of {year} was closed at {at}. Sheets may still be added.", year=year, at=Time(closed.at))
    if closed.reason:
        said = _(
            "It was noted at {at} that nothing is registered in {year}: «{reason}»",
            at=Time(closed.at),
            year=year,
            reason=closed.reason,
        )
    lines: list[Part] = [said, *sources.mark(visit.tx, record), *map(item_texts.line, closing.stands(visit, year))]
    if sources.beside(visit.tx, record) is None:
        return Say(lines, buttons=(MY_TASKS, HOME))
    again = Button(_("Close and send"), f"/xacnhan {CLOSE} {year} co")
    other = Button(_("Nothing is registered this year"), f"/xacnhan {NOTHING} {year} co")
    return Say(lines, buttons=(again, other, MY_TASKS, HOME))


def _not_theirs(visit: Visit) -> Say | None:
    """Say why this person closes no list, where they do not."""
    if not submissions.sends(visit):
        head = head_titles.of_unit(visit, visit.me.unit)
        return Say([_("Only the {head} closes the unit's list.", head=head)], buttons=(HOME,))
    if visit.plan.done_by("list") is None:
        return submissions.nobody_does(visit)
    if unions.concerns(visit):
        return Say([_("A union has no list of registrations to close.")], buttons=(MY_TASKS, HOME))
    return None


def _ask(visit: Visit, year: int, ready: list[Initiative], unconfirmed: int) -> Say:
    """Show what would be closed, and what stays out."""
    lines: list[Part] = [
        _(
            "{unit} has {n} confirmed sheets for {year}. Close the list and send it to the office?",
            unit=visit.me.unit_name,
            n=Count(len(ready)),
            year=year,
        ),
        *map(item_texts.line, ready),
    ]
    if unconfirmed:
        lines.append(_("⚠️ {n} sheets are not confirmed yet and stay out until they are.", n=Count(unconfirmed)))
    return Say(lines, buttons=(Button(_("Close and send"), f"/xacnhan {CLOSE} {year} co"), _nothing(visit, year), HOME))


# Nothing is registered ------------------------------------------------------------------------

FORM = Form(
    "no_registration",
    title=lambda answers, scene: _("Nothing is registered this year"),
    fields=(
        Field(
            "reason",
            _("Reason"),
            _("Why does the unit register nothing this year?"),
            Line(shortest=10, longest=500),
            example=_("The unit finishes the two key tasks carried over from last year"),
        ),
    ),
    send=lambda answers, scene: _("Send to the office"),
    review=lambda answers, scene: [_("Who can read it: the office, the leaders.")],
)


def file(visit: Visit, subject: str, answers: Answers) -> Say:
    """Close the list without a sheet, for a reason."""
    year = int(subject)
    closing.close(visit, year, answers["reason"])
    done = _("✅ It is noted that {unit} registers nothing in {year}.", unit=visit.me.unit_name, year=year)
    return Say([done], buttons=(MY_TASKS, HOME))


NONE = Conversation(
    "no_registration",
    title=lambda plan, subject: _("Nothing registered in {year}", year=subject),
    form=lambda plan: FORM,
    file=file,
    serves=whose(WHO[May.SEND], lambda visit, subject: submissions.sends(visit)),
)
FEATURE = Feature(__name__, forms=(NONE,))
