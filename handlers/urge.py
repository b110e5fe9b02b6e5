"""«Đôn đốc»: the office urges by hand whoever has not sent, after a preview: who, how many, the text.

The machine's one message a day holds here too: what is urged takes its place or joins it. A second message
on the same day goes out only with the consent of the Chánh Văn phòng.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from bot.conversation import DESK, Command, Conversation, Facts, Feature, Notice, OutboxFilled, Visit, allowed
from bot.dialogue import Answers, Button, Choice, Field, Form, OneOf, Paragraph, Say, Scene
from bot.language import Count, Joined, Part, Text, Time, _, fold, number
from bot.movement import May, Role, may, titled
from bot.office.duties.duty_kinds import KINDS, read_subject
from bot.office.reminding.manual_reminders import (
    LOST,
    URGED,
    WORDS,
    Receiver,
    meant,
    not_now,
    opening,
    receivers,
    without_sender,
)
from storage import outbox, people, urgings
from storage.outbox import Row

MOST = 20
"""Names in one message."""
PINGS_FIRST = timedelta(minutes=1)
"""What is set down for an hour waits for the reminders of that hour: both are one message."""


def run(visit: Visit, args: str) -> Say:
    """«/dondoc kehoach 2027» previews; «bo» takes back what is set down; «dongy 3», «khong 3» decide."""
    verb, _space, rest = args.partition(" ")
    if verb in ("dongy", "khong"):
        return _decide(visit, verb == "dongy", number(rest) or 0)
    if verb == "bo":
        return _take_back(visit)
    typed = fold(args).replace(" ", "")
    duty = next((duty for word, duty in WORDS.items() if word in typed), WORDS["baocao"])
    said = next((n for word in args.split() if len(word) == 4 and (n := number(word)) is not None), None)
    found = meant(visit, duty, said)
    if (no := not_now(visit, duty, said, found)) is not None:
        return no
    assert found is not None
    if not receivers(visit, duty, found.year):
        return Say(
            [
                _(
                    "Nobody is to be urged for the {what} of {year}: all have sent, have promised a day, or are away.",
                    what=KINDS[duty].what,
                    year=found.year,
                ),
                *gap(without_sender(visit, duty, found.year)),
            ],
            buttons=(Button(_("Yearly summary"), f"/tonghop {found.year}"), Button(_("Home"), "/menu")),
        )
    return visit.open(URGE, f"{duty}:{found.year}")


def gap(units: Sequence[str]) -> list[Part]:
    """Units that nobody can be urged for."""
    if not units:
        return []
    return [
        _(
            "⚠️ Nobody can send for ({n}): {units}. Please enter a head or a deputy, or have somebody named to act.",
            n=Count(len(units)),
            units=Joined(units, "; "),
        )
    ]


def _again(duty: str, year: int) -> Button:
    """Urging for it anew."""
    word = next(word for word, meant in WORDS.items() if meant == duty)
    return Button(_("Urge once more"), f"/dondoc {word} {year}")


# The form -------------------------------------------------------------------------------------


def letter(duty: str, year: int, desk: str) -> Text:
    """The text that lies ready."""
    return _(
        "{desk} is putting the {what} of {year} together. Please send the {what} of your unit today; if there is a difficulty, please let us know so that {desk} can help. With regards.",
        desk=desk,
        what=KINDS[duty].what,
        year=year,
    )


def ready_text(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """The ready text, in the language of whoever sends it."""
    said = scene.words.say(letter(scene.facts["duty"], scene.facts["year"], scene.plan.office.desk))
    return [Choice(said, _("Use the ready text"))]


def times(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Now or in the morning; a second message today needs consent, and after hours there is no today."""
    heard = sum(each.heard for each in scene.facts["receivers"])
    morning, opening = scene.facts["morning"], scene.facts["opening"]
    later = Choice("morning", _("At {at}", at=Time(morning)))
    if opening.date() != scene.now.date():
        return [later]
    if heard and not scene.facts["chief"]:
        return [later, Choice("now", _("Ask the head of the office to agree"))]
    now = _("Send it now") if opening == scene.now else _("At {at}", at=Time(opening))
    return [Choice("now", now), later]


def preview(answers: Answers, scene: Scene) -> Sequence[Part]:
    """Who, how many, and what has to be known of them."""
    receivers: Sequence[Receiver] = scene.facts["receivers"]
    lines: list[Part] = [_("Receivers ({n}):", n=Count(len(receivers)))]
    for each in receivers[:MOST]:
        line: Part = _("- {who} ({unit})", who=titled(each.person), unit=each.unit.name)
        if each.heard:
            line = _("{line}: has had a message today", line=line)
        if each.unreached:
            line = _("{line}: messages do not reach them, please call", line=line)
        lines.append(line)
    if len(receivers) > MOST:
        lines.append(_("… and {n} more", n=Count(len(receivers) - MOST)))
    lines += gap(scene.facts["without_sender"])
    if any(each.heard for each in receivers):
        lines.append(
            _(
                "Everybody hears from the assistant at most once a day; a second message today needs the consent of the head of the office."
            )
        )
    lines.append(_("Whoever sends before then does not get it."))
    return lines


FORM = Form(
    "urge",
    title=lambda answers, scene: _(
        "Urging: the {what} of {year}", what=KINDS[scene.facts["duty"]].what, year=scene.facts["year"]
    ),
    fields=(
        Field(
            "text",
            _("Text"),
            _("What do they read?"),
            Paragraph(shortest=10, longest=1000),
            choices=ready_text,
            long=True,
            echo=lambda value, answers, scene: (),
        ),
        Field("when", _("When"), _("When is it sent?"), OneOf(times), choices=times),
    ),
    send=lambda answers, scene: (
        _("Send it")
        if answers.get("when") != "now" or scene.facts["chief"] or not any(e.heard for e in scene.facts["receivers"])
        else _("Ask for consent")
    ),
    review=preview,
)


def facts(visit: Visit, subject: str) -> Facts:
    """The receivers as they are now."""
    duty, year = read_subject(subject)
    return Facts(
        duty=lambda: duty,
        year=lambda: year,
        receivers=lambda: receivers(visit, duty, year),
        without_sender=lambda: without_sender(visit, duty, year),
        chief=lambda: visit.me.role == Role.CHIEF,
        morning=lambda: _morning(visit),
        opening=lambda: opening(visit),
    )


def _morning(visit: Visit) -> datetime:
    """The first opening of the next working day."""
    tomorrow = datetime.combine(visit.now.date() + timedelta(days=1), time(), visit.now.tzinfo)
    return visit.office.hours.next_opening(tomorrow, visit.office.calendar)


def file(visit: Visit, subject: str, answers: Answers) -> Say:
    """Set it down for everybody; whoever has heard today gets it only with consent."""
    (duty, year), text = read_subject(subject), str(answers["text"])
    if (no := not_now(visit, duty, year, meant(visit, duty, year))) is not None:
        return no
    able = [each for each in receivers(visit, duty, year) if not each.unreached]
    at = _morning(visit) if answers["when"] == "morning" else opening(visit)
    again = [each for each in able if each.heard and at.date() == visit.now.date()]
    first = [each for each in able if each not in again]
    about = {"duty": duty, "year": year, "text": text, "by": visit.me.id}
    for each in first:
        _set_down(visit, each.person.id, at, about)
    visit.note("urged", subject, people=len(first), second=len(again))
    visit.woken.append(OutboxFilled())
    lines: list[Part] = []
    if first:
        if at <= visit.now:
            lines.append(_("✅ Being sent to {n} people now.", n=Count(len(first))))
        else:
            lines.append(
                _(
                    "⏳ Set down for {at}: {n} receivers. Whoever sends before then does not get it.",
                    at=Time(at),
                    n=Count(len(first)),
                )
            )
    if again and visit.me.role == Role.CHIEF:
        _second(visit, [each.person.id for each in again], about)
        lines.append(_("✅ {n} receivers who have had a message today get it with your consent.", n=Count(len(again))))
    elif again:
        lines.append(_ask(visit, about, [each.person.id for each in again]))
    if not able:
        lines.append(_("Messages reach none of them in the assistant: please call."))
    buttons = [Button(_("Do not send it"), "/dondoc bo")] if first and at > visit.now else []
    return Say(lines, buttons=(*buttons, Button(_("Yearly summary"), f"/tonghop {year}"), Button(_("Home"), "/menu")))


def _set_down(visit: Visit, person: int, at: datetime, about: dict[str, Any]) -> None:
    """As the one message of its day: alone, or with what waits to be said that day.

    Whoever is of the office hears a list that day as well: what a colleague urges does not take its place.
    """
    tx, day = visit.tx, at.date()
    who = tx.one(people.BY_ID, id=person)
    if who is not None and may(who.role, May.RECEIVE):
        urgings.take_back(tx, person=person, by=visit.me.id, duty=about["duty"], year=about["year"])
        outbox.file_notice(
            tx,
            person=person,
            news=URGED,
            about={**about, "day": day.isoformat()},
            due=at,
            now=visit.now,
            by=visit.me.id,
        )
        return
    due = at if at <= visit.now else at + PINGS_FIRST
    said = {"urged": [about]}
    row = tx.one(outbox.DAILY, person=person, day=day)
    if (
        row is not None and row.state is outbox.RowState.WAITING
    ):  # what I say now of it takes the place of what I said before
        _leave_out(visit, row, duty=about["duty"], year=about["year"])
    if outbox.file_daily(tx, person=person, day=day, about=said, due=due, now=visit.now, by=visit.me.id) is None:
        outbox.add_to_daily(tx, person=person, day=day, about=said)


def _second(visit: Visit, persons: Sequence[int], about: Mapping[str, Any]) -> None:
    """A second message on this day, by hand."""
    for person in persons:
        visit.tell(person, URGED, **about, day=visit.now.date().isoformat())


def _ask(visit: Visit, about: Mapping[str, Any], persons: list[int]) -> Part:
    """Ask the head of the office about these people, and no others."""
    n = len(persons)
    id = urgings.ask(visit.tx, **about, people=persons, now=visit.now)
    chiefs = visit.tx.all(people.OF_ROLE, role=Role.CHIEF)
    for chief in chiefs:
        visit.tell(chief.id, ASKED, key=f"urging:{id}:{chief.id}", id=id, n=n)
    return _("⏳ {n} receivers have had a message today: the head of the office is asked to agree.", n=Count(n))


def _take_back(visit: Visit) -> Say:
    """What I have set down for a time to come is not said."""
    n = sum(_leave_out(visit, row) for row in visit.tx.all(outbox.WAITING_FROM_DAY, day=visit.now.date()))
    n += urgings.take_back(visit.tx, by=visit.me.id)
    visit.note("urging_taken_back", people=n)
    said = _("✅ Taken back: {n} messages are not sent.", n=Count(n)) if n else _("Nothing is set down.")
    return Say([said], buttons=(Button(_("Home"), "/menu"),))


def _leave_out(visit: Visit, row: Row, **of: Any) -> bool:
    """Take what I urge (of a duty and year) out of a row; what others urge stays. Whether there was any."""
    mine = {"by": visit.me.id, **of}
    urged = row.about.get("urged", ())
    left = [each for each in urged if not mine.items() <= each.items()]
    if len(left) == len(urged):
        return False
    outbox.take_from_daily(visit.tx, row=row, name="urged", left=left)
    return True


def _decide(visit: Visit, agreed: bool, id: int) -> Say:
    """The head of the office agrees to a second message on this day, or does not."""
    home = (Button(_("Home"), "/menu"),)
    found = visit.tx.one(urgings.BY_ID, id=id)
    if not visit.may(May.FORWARD):
        return Say([_("Only the head of the office decides about a second message on one day.")], buttons=home)
    day = found.at.date() if found is not None else None
    over = opening(visit).date() != day  # the next opening is another day, which has its own message
    state = "agreed" if agreed and not over else "declined"
    if found is None or not urgings.decide(visit.tx, id=id, state=state, by=visit.me.id):
        return Say([_("This has been decided already.")], buttons=home)
    visit.note("urging_decided", f"{found.duty}:{found.year}", agreed=agreed, over=over)
    if state == "declined":
        visit.tell(found.by, DECLINED, id=id, over=agreed)
        said = _(
            "The office hours of {day} are over, so nothing is sent to them for that day; {desk} can urge on another one.",
            day=day,
            desk=visit.plan.office.desk,
        )
        return Say([said if agreed else _("✅ Noted: no second message is sent today.")], buttons=home)
    able = {each.person.id for each in receivers(visit, found.duty, found.year)}
    told = [person for person in found.people if person in able]
    about = {"duty": found.duty, "year": found.year, "text": found.text, "by": found.by}
    _second(visit, told, about)
    if not told:
        return Say([_("Nobody is left to be urged: all have sent, promised a day, or gone away since.")], buttons=home)
    return Say([_("✅ Agreed: {n} receivers get it now.", n=Count(len(told)))], buttons=home)


# What is told ---------------------------------------------------------------------------------


def asked(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """To the head of the office: who asks, the text, how many."""
    found = visit.tx.one(urgings.BY_ID, id=about["id"])
    by = visit.tx.one(people.BY_ID, id=found.by) if found is not None else None
    if found is None or by is None or found.state != "asked":
        return None
    return Say(
        [
            _(
                "{who} asks to urge {n} receivers once more today for the {what} of {year}",
                who=titled(by),
                n=Count(about["n"]),
                what=KINDS[found.duty].what,
                year=found.year,
            ),
            _("«{text}»", text=found.text),
            _("They have had one message today already."),
        ],
        buttons=(Button(_("Agree"), f"/dondoc dongy {found.id}"), Button(_("Not today"), f"/dondoc khong {found.id}")),
    )


def declined(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """To whoever asked: not on that day, and why."""
    found = visit.tx.one(urgings.BY_ID, id=about["id"])
    if found is None:
        return None
    day = found.at.date()
    if about["over"]:
        said = _(
            "The head of the office agreed after the hours of {day}, so no second message was sent on that day.",
            day=day,
        )
    else:
        said = _("The head of the office has not agreed to a second message on {day}.", day=day)
    return Say([said], buttons=(_again(found.duty, found.year), Button(_("My tasks"), "/viec")))


def lost(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """To whoever urged: the day has passed and it was not sent; None when nobody is left to be urged."""
    left = [each for each in receivers(visit, about["duty"], about["year"]) if each.person.id in about["people"]]
    if not left:
        return None
    lines: list[Part] = [
        _(
            "⚠️ What was set down for {day}, urging for the {what} of {year}, was not sent that day. It has not reached ({n}):",
            day=date.fromisoformat(about["day"]),
            what=KINDS[about["duty"]].what,
            year=about["year"],
            n=Count(len(left)),
        )
    ]
    lines += [_("- {who} ({unit})", who=titled(each.person), unit=each.unit.name) for each in left[:MOST]]
    if len(left) > MOST:
        lines.append(_("… and {n} more", n=Count(len(left) - MOST)))
    return Say(lines, buttons=(_again(about["duty"], about["year"]), Button(_("Home"), "/menu")))


URGE = Conversation(
    "urge",
    title=lambda plan, subject: _(
        "Urging for the {what} of {year}", what=KINDS[read_subject(subject)[0]].what, year=read_subject(subject)[1]
    ),
    form=lambda plan: FORM,
    file=file,
    serves=DESK,
    facts=facts,
)
COMMAND = Command("dondoc", _("Urge by hand"), _("urge"), run, DESK)
ASKED = Notice("urging_asked", asked, allowed(May.FORWARD))
DECLINED = Notice("urging_declined", declined, DESK)
FEATURE = Feature(__name__, commands=(COMMAND,), forms=(URGE,), notices=(ASKED, DECLINED, Notice(LOST, lost, DESK)))
