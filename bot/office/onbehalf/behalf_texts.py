"""What is said when the office has filed something for a unit: to whoever filed it, and to the head, who may put it right."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.conversation import HOME, Visit
from bot.dialogue import Button, Say
from bot.language import Part, Time, _
from bot.office.duties import submissions
from bot.office.onbehalf import filing, sources
from bot.office.onbehalf.filing import FiledFor
from bot.office.onbehalf.standing import Filing
from bot.office.told import told
from storage import paper_sources, people
from storage.paper_sources import PaperSource
from storage.people import Unit


def receipt(visit: Visit, what: Filing, unit: Unit, done: FiledFor) -> Say:
    """Say what was filed, from what, whether in time, who hears of it and what it changes."""
    source = visit.tx.one(paper_sources.COUNTS, record=done.record)
    assert source is not None
    head = [person.id for person in submissions.senders(visit, unit.code)]
    named = {"what": what.named(visit.plan), "year": source.year, "unit": unit.name, "at": Time(visit.said)}
    if done.changed:
        first = _("✅ The {what} of {year} filed for {unit} was changed at {at}.", **named)
    else:
        first = _("✅ The {what} of {year} was filed for {unit} at {at}.", **named)
    lines: list[Part] = [first, _("{source}.", source=sources.said(source)), *_time(done, source)]
    if what.how in (None, "results", "plan"):
        lines.append(_("Tracking code: {code} (not a document number).", code=done.record))
    if done.opened:
        lines.append(_("{year} was opened for it, to be filed late; nobody is reminded of it.", year=source.year))
    elif what.how is not None:
        lines.append(_("From now on the assistant no longer reminds the unit of it."))
    lines += told(visit, head, _("The {head_word} is told, and may put it right in the chat."))
    if not head:
        lines.append(_("Nobody in the list of people can send for the unit, so nobody is told."))
    if done.writing is not None:
        lines.append(filing.being_written(visit, done.writing))
        lines.append(_("What the unit writes stays as it is; once the unit sends it, it counts instead of this."))
    return Say(lines, buttons=_next(visit, what, unit, done.record, source.year))


def _time(done: FiledFor, source: PaperSource) -> Iterator[Part]:
    """Say whether it counts as in time: by the day of the paper."""
    if done.owed is None or done.owed.duty.by == "union" or source.day is None:
        return
    when = submissions.timing(done.owed.due, source.day)
    if when is not None:
        yield _("By the date {day} it counts as {when}.", day=source.day, when=when)


def _next(visit: Visit, what: Filing, unit: Unit, record: str, year: int) -> tuple[Button, ...]:
    see = f"/xembaocao {year} {unit.code}" if what.how == "results" else f"/nhapthay xem {record}"
    buttons = [Button(_("See it"), see)]
    again = f"sua {record}" if what.how is None else f"{unit.code} {what.word(visit.plan)} {year}"
    buttons.append(Button(_("Edit"), f"/nhapthay {again}"))
    if what.how in (None, "results", "plan"):
        buttons.append(Button(_("Receive it"), f"/tiepnhan {record}"))
    more = Button(_("File something else for {unit}", unit=unit.name), f"/nhapthay {unit.code} {year}")
    return (*buttons, more, HOME)


def filed_for(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Tell the head what the office has filed for the unit; pointless once something else counts."""
    source = visit.tx.one(paper_sources.COUNTS, record=about["code"])
    unit = None if source is None else visit.tx.one(people.UNIT, code=source.unit)
    if source is None or unit is None or source.version != about["version"]:
        return None
    what = Filing(about["how"] or None, about["kind"])
    by = visit.tx.one(people.BY_ID, id=source.by) if source.by is not None else None
    lines: list[Part] = [
        _(
            "The office has filed the {what} of {year} for {unit}",
            what=what.named(visit.plan),
            year=source.year,
            unit=unit.name,
        ),
        _("{source}.", source=sources.said(source)),
        _("Filed by {who} at {at}.", who="" if by is None else by.name, at=Time(source.at)),
        _(
            "Please look it over, {you_name}. What is not right {you} put right here; then what the unit sends counts, and both are kept."
        ),
    ]
    return Say(lines, buttons=_put_right(what, source))


def _put_right(what: Filing, source: PaperSource) -> tuple[Button, ...]:
    """Offer to see it, and to put it right, at its very place."""
    year = source.year
    says = {
        "results": (f"/baocao xem {year}", f"/baocao sua {year}"),
        "narrative": (f"/baocao xem {year}", f"/baocao sua {year}"),
        "plan": (f"/kehoach xem {year}", f"/kehoach sua {year}"),
        "list": ("/xacnhan chot", "/xacnhan khongdangky co"),
        "": (f"/cuatoi {source.record}", f"/cuatoi sua {source.record}"),
    }[what.how or ""]
    return (Button(_("See it"), says[0]), Button(_("Put it right"), says[1]))
