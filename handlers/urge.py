"""«Đôn đốc»: the office urges by hand whoever has not sent, after a preview: who, how many, the text.

The machine's one message a day holds here too; a second one is asked for in `urge_consent`.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bot.conversation import DESK, HOME, Command, Conversation, Feature, Notice, Visit
from bot.dialogue import Answers, Button, Choice, Field, Form, OneOf, Paragraph, Say, Scene
from bot.language import Count, Joined, Part, Time, _, number
from bot.movement import Plan
from bot.office.duties.duty_kinds import what
from bot.office.duties.refused_sheets import keep_open
from bot.office.reminding import manual_reminder_filing as filing
from bot.office.reminding import manual_reminder_texts as texts
from bot.office.reminding.manual_reminders import (
    LOST,
    UrgingFacts,
    meant,
    morning,
    opening,
    receivers,
    said_duty,
    said_units,
    subject_of,
    urged_subject,
    without_sender,
)
from bot.office.requests import asked_elsewhere
from handlers import urge_consent


def run(visit: Visit, args: str) -> Say:
    """Answer «/dondoc kehoach 2027»: a preview; «bo»: take back what is set down; «dongy 3», «khong 3»: decide."""
    verb, _space, rest = args.partition(" ")
    if verb in ("dongy", "khong"):
        return urge_consent.decide(visit, verb == "dongy", number(rest) or 0)
    if verb == "bo":
        taken = filing.take_back(visit)
        back = _("✅ Taken back: {n} messages are not sent.", n=Count(taken)) if taken else _("Nothing is set down.")
        return Say([back], buttons=(HOME,))
    if (asked := asked_elsewhere.not_urged(visit, args)) is not None:
        return asked
    duty = said_duty(visit.plan, args)
    said = next((n for word in args.split() if len(word) == 4 and (n := number(word)) is not None), None)
    found = meant(visit, duty, said)
    if (no := texts.not_now(visit, duty, said, found)) is not None:
        return no
    assert found is not None
    units = said_units(visit, args)
    if receivers(visit, duty, found.year, units):
        return visit.open(URGE, subject_of(duty, found.year, units))
    if units:
        why = _(
            "Nobody of {units} is to be urged for the {what} of {year}: it was sent, promised for a day, or they are away.",
            units=Joined(units),
            what=what(visit.plan, duty),
            year=found.year,
        )
        return Say([why], buttons=(_summary(found.year), HOME))
    nobody = _(
        "Nobody is to be urged for the {what} of {year}: all have sent, have promised a day, or are away.",
        what=what(visit.plan, duty),
        year=found.year,
    )
    return Say([nobody, *texts.gap(without_sender(visit, duty, found.year))], buttons=(_summary(found.year), HOME))


def _summary(year: int) -> Button:
    return Button(_("Yearly summary"), f"/tonghop {year}")


# The form -------------------------------------------------------------------------------------


def ready_text(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Return the ready text, in the language of whoever sends it."""
    facts = UrgingFacts.of(scene)
    said = scene.words.say(texts.letter(scene.plan, facts.duty, facts.year))
    return [Choice(said, _("Use the ready text"))]


def times(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Offer now or the morning; a second message today needs consent, and after hours there is no today."""
    facts = UrgingFacts.of(scene)
    later = Choice("morning", _("At {at}", at=Time(facts.morning)))
    if facts.opening.date() != scene.now.date():
        return [later]
    if facts.any_second and not facts.by_chief:
        return [later, Choice("now", _("Ask the head of the office to agree"))]
    now = _("Send it now") if facts.opening == scene.now else _("At {at}", at=Time(facts.opening))
    return [Choice("now", now), later]


def preview(answers: Answers, scene: Scene) -> Sequence[Part]:
    """Return who, how many, and what has to be known of them."""
    facts = UrgingFacts.of(scene)
    lines: list[Part] = [_("Receivers ({n}):", n=Count(len(facts.receivers))), *texts.listed(facts.receivers)]
    lines += texts.gap(facts.without_sender)
    if facts.any_second:
        lines.append(
            _(
                "Everybody hears from the assistant at most once a day; a second message today needs the consent of the head of the office."
            )
        )
    return [*lines, _("Whoever sends before then does not get it.")]


def asks_for_consent(answers: Answers, scene: Scene) -> bool:
    """Whether it would be a second message today, and whoever sends it is not who consents."""
    facts = UrgingFacts.of(scene)
    return answers.get("when") == "now" and not facts.by_chief and facts.any_second


def _title(plan: Plan, subject: UrgingFacts) -> Part:
    of = _("Urging: the {what} of {year}", what=what(plan, subject.duty), year=subject.year)
    return _("{of} ({units})", of=of, units=Joined(list(subject.units))) if subject.units else of


FORM = Form(
    "urge",
    title=lambda answers, scene: _title(scene.plan, UrgingFacts.of(scene)),
    fields=(
        Field(
            "text",
            _("Text"),
            _("What do they read?"),
            Paragraph(shortest=10, longest=1000),
            example=_("Please send the yearly report before 05/11, so that it can be summed up in time."),
            choices=ready_text,
            long=True,
            echo=lambda value, answers, scene: (),
        ),
        Field("when", _("When"), _("When is it sent?"), OneOf(times), choices=times),
    ),
    send=lambda answers, scene: _("Ask for consent") if asks_for_consent(answers, scene) else _("Send it"),
    review=preview,
)


def file(visit: Visit, subject: str, answers: Answers) -> Say:
    """File it for everybody; whoever has heard today gets it only with consent."""
    duty, _units, year = urged_subject(subject)
    if (no := texts.not_now(visit, duty, year, meant(visit, duty, year))) is not None:
        return keep_open(visit, no)
    at = morning(visit) if answers["when"] == "morning" else opening(visit)
    filed = filing.file(visit, subject, str(answers["text"]), at)
    first, second = Count(filed.first), Count(filed.second)
    lines: list[Part] = []
    buttons = [_summary(year), HOME]
    if filed.first and at <= visit.now:
        lines.append(_("✅ Being sent to {n} people now.", n=first))
    elif filed.first:
        said = _(
            "⏳ Set down for {at}: {n} receivers. Whoever sends before then does not get it.", at=Time(at), n=first
        )
        lines.append(said)
        buttons.insert(0, Button(_("Do not send it"), "/dondoc bo"))
    if filed.second and filed.agreed:
        lines.append(_("✅ {n} receivers who have had a message today get it with your consent.", n=second))
    elif filed.second:
        lines.append(
            _("⏳ {n} receivers have had a message today: the head of the office is asked to agree.", n=second)
        )
    if not lines:
        lines.append(_("Messages reach none of them in the assistant: please call."))
    return Say(lines, buttons=buttons)


def lost(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Tell whoever urged: the day has passed and it was not sent; None when nobody is left to be urged."""
    duty, year = about["duty"], about["year"]
    left = [each for each in receivers(visit, duty, year) if each.person.id in about["people"]]
    if not left:
        return None
    head = _(
        "⚠️ What was set down for {day}, urging for the {what} of {year}, was not sent that day. It has not reached ({n}):",
        day=date.fromisoformat(about["day"]),
        what=what(visit.plan, duty),
        year=year,
        n=Count(len(left)),
    )
    return Say([head, *texts.listed(left, as_they_are=False)], buttons=(texts.again(visit.plan, duty, year), HOME))


URGE = Conversation(
    "urge",
    title=lambda plan, subject: _(
        "Urging for the {what} of {year}", what=what(plan, urged_subject(subject)[0]), year=urged_subject(subject)[2]
    ),
    form=lambda plan: FORM,
    file=file,
    serves=DESK,
    facts=UrgingFacts,
)
COMMAND = Command("dondoc", _("Urge by hand"), _("urge"), run, DESK, acts=("bo",))
FEATURE = Feature(__name__, commands=(COMMAND,), forms=(URGE,), notices=(Notice(LOST, lost, DESK),))
