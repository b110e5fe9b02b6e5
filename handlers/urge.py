"""«Đôn đốc»: the office urges by hand whoever has not sent, after a preview: who, how many, the text.

The machine's one message a day holds here too: what is urged takes its place or joins it. A second message
on the same day goes out only with the consent of the Chánh Văn phòng.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from bot.commands import Command, Conversation, Facts, Visit
from bot.dialogue.fields import OneOf, Paragraph
from bot.dialogue.form import Field, Form
from bot.dialogue.turn import Answers, Button, Choice, Say, Scene
from bot.duties import KINDS
from bot.i18n import Count, Part, Text, Time, _
from bot.people import May, Role, away, senders, titled
from bot.reminders import broken
from storage import deadlines, outbox, overview, people, urgings
from storage.people import Person, Unit

DUTY = "results"


@dataclass(frozen=True, slots=True)
class Receiver:
    """Somebody who would be urged, with what the preview says of them."""

    person: Person
    unit: Unit
    heard: bool
    """Whether the machine has spoken to them today."""
    unreached: bool


def run(visit: Visit, args: str) -> Say:
    """«/dondoc 2027» previews; «bo 2027» takes back what is set down; «dongy 3», «khong 3» decide."""
    verb, _space, rest = args.partition(" ")
    if verb in ("dongy", "khong"):
        return _decide(visit, verb == "dongy", int(rest) if rest.isdecimal() else 0)
    if verb == "bo":
        return _take_back(visit)
    year = _year(visit, args)
    if not _receivers(visit, year):
        return Say(
            [_("Nobody is to be urged for {year}: all have sent, or have promised a day.", year=year)],
            buttons=(Button(_("Yearly summary"), f"/tonghop {year}"), Button(_("Home"), "/menu")),
        )
    return visit.open(URGE, str(year))


def _year(visit: Visit, args: str) -> int:
    said = next((int(word) for word in args.split() if word.isdecimal() and len(word) == 4), 0)
    return said or max((each.year for each in visit.tx.all(deadlines.YEARS) if not each.quiet), default=visit.now.year)  # fmt: skip


def _receivers(visit: Visit, year: int) -> list[Receiver]:
    """Who sends for the units that have not sent and hold no promise; whoever is away is left out."""
    tx, today = visit.tx, visit.now.date()
    done = {row.unit for row in tx.all(deadlines.FILED_OF_DUTY, duty=DUTY, year=year)}
    promised = {
        row.unit: row.day for row in tx.all(deadlines.PROMISES) if (row.duty, row.year) == (DUTY, year)
    }
    since = datetime.combine(today - timedelta(days=7), time(), visit.now.tzinfo)
    unreached = {row.person for row in tx.all(overview.UNREACHED, since=since)}
    heard = set(tx.all(outbox.HEARD, day=today))
    found = []
    for unit in tx.all(people.UNITS):
        if unit.kind == "doan_the" or unit.code in done or not broken(promised.get(unit.code), visit.now):
            continue
        able = [p for p in senders(tx.all(people.OF_UNIT, unit=unit.code), today) if not away(p, today)]
        found += [Receiver(p, unit, p.id in heard, p.id in unreached) for p in able]
    return list({each.person.id: each for each in found}.values())


# The form -------------------------------------------------------------------------------------


def letter(year: int, desk: str) -> Text:
    """The text that lies ready."""
    return _("{desk} is putting the report of {year} together. Please send the report of your unit today; if there is a difficulty, please let us know so that {desk} can help. With regards.", desk=desk, year=year)  # fmt: skip


def ready_text(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """The ready text, in the language of whoever sends it."""
    said = scene.words.say(letter(scene.facts["year"], scene.plan.office.desk))
    return [Choice(said, _("Use the ready text"))]


def times(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Now or in the morning; a second message today needs consent."""
    heard = sum(each.heard for each in scene.facts["receivers"])
    morning: datetime = scene.facts["morning"]
    later = Choice("morning", _("At {at}", at=Time(morning)))
    if heard and not scene.facts["chief"]:
        return [later, Choice("now", _("Ask the head of the office to agree"))]
    return [Choice("now", _("Send it now")), later]


def preview(answers: Answers, scene: Scene) -> Sequence[Part]:
    """Who, how many, and what has to be known of them."""
    receivers: Sequence[Receiver] = scene.facts["receivers"]
    lines: list[Part] = [_("Receivers ({n}):", n=Count(len(receivers)))]
    for each in receivers[:20]:
        line: Part = _("- {who} ({unit})", who=titled(each.person), unit=each.unit.name)
        if each.heard:
            line = _("{line}: has had a message today", line=line)
        if each.unreached:
            line = _("{line}: messages do not reach them, please call", line=line)
        lines.append(line)
    if len(receivers) > 20:
        lines.append(_("… and {n} more", n=Count(len(receivers) - 20)))
    if any(each.heard for each in receivers):
        lines.append(_("Everybody hears from the assistant at most once a day; a second message today needs the consent of the head of the office."))  # fmt: skip
    lines.append(_("Whoever sends before then does not get it."))
    return lines


FORM = Form(
    "urge",
    title=lambda answers, scene: _("Urging: the {what} of {year}", what=KINDS[DUTY].what, year=scene.facts["year"]),
    fields=(
        Field("text", _("Text"), _("What do they read?"), Paragraph(shortest=10, longest=1000), choices=ready_text, long=True, echo=lambda value, answers, scene: ()),
        Field("when", _("When"), _("When is it sent?"), OneOf(times), choices=times),
    ),
    send=lambda answers, scene: _("Send it") if answers.get("when") != "now" or scene.facts["chief"] or not any(e.heard for e in scene.facts["receivers"]) else _("Ask for consent"),
    review=preview,
)  # fmt: skip


def facts(visit: Visit, subject: str) -> Facts:
    """The receivers as they are now."""
    return Facts(
        year=lambda: int(subject),
        receivers=lambda: _receivers(visit, int(subject)),
        chief=lambda: visit.me.role == Role.CHIEF,
        morning=lambda: _morning(visit),
    )


def _morning(visit: Visit) -> datetime:
    """The first opening of the next working day."""
    tomorrow = datetime.combine(visit.now.date() + timedelta(days=1), time(), visit.now.tzinfo)
    return visit.office.hours.next_opening(tomorrow, visit.office.calendar)


def file(visit: Visit, subject: str, answers: Answers) -> Say:
    """Set it down for everybody; whoever has heard today gets it only with consent."""
    year, text = int(subject), str(answers["text"])
    receivers = _receivers(visit, year)
    at = _morning(visit) if answers["when"] == "morning" else visit.office.hours.next_opening(visit.now, visit.office.calendar)  # fmt: skip
    again = [each for each in receivers if each.heard and at.date() == visit.now.date()]
    first = [each for each in receivers if each not in again]
    about = {"year": year, "text": text, "by": visit.me.id}
    for each in first:
        _set_down(visit, each.person.id, at, about)
    visit.note("urged", str(year), people=len(first), second=len(again))
    visit.woken.append(("outbox", 0))
    lines: list[Part] = []
    if first:
        lines.append(_("⏳ Set down for {at}: {n} receivers. Whoever sends before then does not get it.", at=Time(at), n=Count(len(first))))  # fmt: skip
    if again and visit.me.role == Role.CHIEF:
        _second(visit, [each.person.id for each in again], about)
        lines.append(_("✅ {n} receivers who have had a message today get it with your consent.", n=Count(len(again))))  # fmt: skip
    elif again:
        lines.append(_ask(visit, year, text, len(again)))
    buttons = [Button(_("Do not send it"), "/dondoc bo")] if first else []
    return Say(lines, buttons=(*buttons, Button(_("Yearly summary"), f"/tonghop {year}"), Button(_("Home"), "/menu")))  # fmt: skip


def _set_down(visit: Visit, person: int, at: datetime, about: dict[str, Any]) -> None:
    """As the one message of its day: alone, or with what waits to be said that day."""
    tx, day = visit.tx, at.date()
    said = {"urged": about}
    if outbox.daily(tx, person=person, day=day, about=said, due=at, now=visit.now, by=visit.me.id) is None:
        outbox.add_to_daily(tx, person=person, day=day, about=said)


def _second(visit: Visit, persons: Sequence[int], about: Mapping[str, Any]) -> None:
    """A second message on this day, by hand."""
    for person in persons:
        visit.tell(person, "urged", **about)


def _ask(visit: Visit, year: int, text: str, n: int) -> Part:
    """Ask the head of the office."""
    id = urgings.ask(visit.tx, year=year, text=text, by=visit.me.id, now=visit.now)
    chiefs = visit.tx.all(people.OF_ROLE, role=Role.CHIEF)
    for chief in chiefs:
        visit.tell(chief.id, "urging_asked", key=f"urging:{id}:{chief.id}", id=id, n=n)
    return _(
        "⏳ {n} receivers have had a message today: the head of the office is asked to agree.", n=Count(n)
    )


def _take_back(visit: Visit) -> Say:
    """What I have set down for a time to come is not said."""
    rows = [
        row
        for row in visit.tx.all(outbox.OF_DAY, day=visit.now.date())
        if row.about.get("urged", {}).get("by") == visit.me.id
    ]
    for row in rows:
        outbox.leave_out(visit.tx, row=row, name="urged")
    visit.note("urging_taken_back", people=len(rows))
    said = _("✅ Taken back: {n} messages are not sent.", n=Count(len(rows)))
    return Say([said if rows else _("Nothing is set down.")], buttons=(Button(_("Home"), "/menu"),))


def _decide(visit: Visit, agreed: bool, id: int) -> Say:
    """The head of the office agrees to a second message on this day, or does not."""
    home = (Button(_("Home"), "/menu"),)
    found = visit.tx.one(urgings.BY_ID, id=id)
    if not visit.may(May.FORWARD):
        return Say(
            [_("Only the head of the office decides about a second message on one day.")], buttons=home
        )
    if found is None or not urgings.decide(visit.tx, id=id, state="agreed" if agreed else "declined", by=visit.me.id):  # fmt: skip
        return Say([_("This has been decided already.")], buttons=home)
    visit.note("urging_decided", str(found.year), agreed=agreed)
    if not agreed or found.at.date() != visit.now.date():
        visit.tell(found.by, "urging_declined", id=id)
        return Say([_("✅ Noted: no second message is sent today.")], buttons=home)
    receivers = [each.person.id for each in _receivers(visit, found.year) if each.heard]
    _second(visit, receivers, {"year": found.year, "text": found.text, "by": found.by})
    return Say([_("✅ Agreed: {n} receivers get it now.", n=Count(len(receivers)))], buttons=home)


# What is told ---------------------------------------------------------------------------------


def asked(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """To the head of the office: who asks, the text, how many."""
    found = visit.tx.one(urgings.BY_ID, id=about["id"])
    by = visit.tx.one(people.BY_ID, id=found.by) if found is not None else None
    if found is None or by is None or found.state != "asked":
        return None
    return Say(
        [
            _("{who} asks to urge {n} receivers once more today", who=titled(by), n=Count(about["n"])),
            _("«{text}»", text=found.text),
            _("They have had one message today already."),
        ],
        buttons=(Button(_("Agree"), f"/dondoc dongy {found.id}"), Button(_("Not today"), f"/dondoc khong {found.id}")),
    )  # fmt: skip


def declined(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """To whoever asked: not today."""
    return Say(
        [_("The head of the office has not agreed to a second message today.")],
        buttons=(Button(_("My tasks"), "/viec"),),
    )


URGE = Conversation(
    "urge",
    title=lambda plan, subject: _("Urging for {year}", year=int(subject)),
    form=lambda plan: FORM,
    file=file,
    facts=facts,
)
COMMAND = Command("dondoc", _("Urge by hand"), _("urge"), run, needs=May.RECEIVE)
CONVERSATIONS = (URGE,)
NEWS = {"urging_asked": asked, "urging_declined": declined}
