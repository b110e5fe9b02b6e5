"""The office praises whoever was awarded, or spreads a good way of working: to them, their unit, everybody."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.conversation import DESK, HOME, Conversation, Feature, Notice, Visit, refused
from bot.dialogue import Answers, Button, Choice, Field, Form, OneOf, Paragraph, Say, Scene
from bot.language import Count, Joined, Part, _
from bot.office.awards import praising
from bot.office.awards.award_lists import LIST
from bot.office.awards.praising import MOST, PRAISED, REACHED, PraiseFacts
from bot.office.duties.refused_sheets import keep_open
from storage import praises
from storage.praises import Reach


def begin(visit: Visit, said: str) -> Say:
    """Open the form for a code; without one list what was not praised yet."""
    if not DESK.holds(visit):
        return refused(DESK)
    if not said.strip():
        return _list(visit)
    about = praising.find(visit, said)
    if about is None:
        why = _("«{code}» was neither awarded nor received, so there is nothing to praise yet.", code=said.strip()[:60])
        return Say([why], buttons=(LIST, HOME))
    before = visit.tx.all(praises.ABOUT, about=about.code)
    lines: list[Part] = []
    if before:
        lines = [
            _(
                "{code} was praised on {day} already: «{text}»",
                code=about.code,
                day=before[-1].at.date(),
                text=before[-1].text,
            )
        ]
    return visit.open(PRAISE, about.code, None, *lines)


def _list(visit: Visit) -> Say:
    found = praising.waiting(visit)
    if not found:
        return Say([_("Everything awarded or recognised this year has been praised.")], buttons=(LIST, HOME))
    lines: list[Part] = [_("Awarded or recognised this year, not praised yet:")]
    lines += [_("- {line}", line=line) for _code, line in found]
    buttons = [Button(_("Praise {code}", code=code), f"/khenthuong bieuduong {code}") for code, _line in found[:8]]
    return Say(lines, buttons=(*buttons, LIST, HOME))


def ready_text(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Offer the ready words, in the language of whoever sends them."""
    ready = PraiseFacts.of(scene).ready
    return [] if ready is None else [Choice(scene.words.say(ready), _("Use the ready text"))]


def ask_text(answers: Answers, scene: Scene) -> Sequence[Part]:
    """Show the ready words, and ask."""
    ready = PraiseFacts.of(scene).ready
    shown: list[Part] = [] if ready is None else [_("Ready text: «{text}»", text=ready)]
    return [*shown, _("What is told?")]


def reaches(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Offer whom it reaches, with how many each is."""
    found = PraiseFacts.of(scene).reached
    n = {reach: Count(of[0]) for reach, of in found.items()}
    labels: Mapping[Reach, Part] = {
        Reach.OWN: _("Whoever it is about: {n} people", n=n.get(Reach.OWN, 0)),
        Reach.UNIT: _("Everybody of the unit: {n} people", n=n.get(Reach.UNIT, 0)),
        Reach.ALL: _("Everybody of {office}: {n} people", office=scene.plan.office.short, n=n.get(Reach.ALL, 0)),
    }
    return [Choice(reach, label) for reach, label in labels.items()]


def beside(answers: Answers, scene: Scene) -> Sequence[Part]:
    """Say how many it reaches, and whom it does not."""
    found = PraiseFacts.of(scene).reached.get(Reach(answers.get("reach") or Reach.OWN))
    if found is None:
        return []
    n, silent = found
    lines: list[Part] = [_("Receivers: {n}", n=Count(n))]
    if silent:
        named = Joined(silent[:MOST])
        lines.append(_("Without a chat ({n}): {names}", n=Count(len(silent)), names=named))
    return lines


FORM = Form(
    "award_praise",
    title=lambda answers, scene: _("Praise"),
    fields=(
        Field(
            "text",
            _("Text"),
            ask_text,
            Paragraph(shortest=10, longest=2000),
            example=_("Paper was cut by 30% this year, since every internal document is signed digitally."),
            choices=ready_text,
            long=True,
            echo=lambda value, answers, scene: (),
        ),
        Field("reach", _("Receivers"), _("Who receives it?"), OneOf(reaches), choices=reaches),
    ),
    send=lambda answers, scene: _("Send it now"),
    review=beside,
)


def file(visit: Visit, subject: str, answers: Answers) -> Say:
    """Send the praise, unless what it praises was taken back meanwhile."""
    about = praising.find(visit, subject)
    if about is None:
        gone = _("What was recorded of {code} has been taken back meanwhile, so nothing was sent.", code=subject)
        return keep_open(visit, Say([gone], buttons=(LIST, HOME)))
    found = praising.send(visit, about, str(answers["text"]), Reach(answers["reach"]))
    return Say([_("✅ Being sent to {n} people.", n=Count(len(found)))], buttons=(LIST, HOME))


def praised(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Tell whom it reaches; pointless once it was taken back."""
    praise = praising.of(visit, about["id"])
    return (
        None if praise is None else Say([praise.text], buttons=(Button(_("Who was awarded"), "/khenthuong danhsach"),))
    )


PRAISE = Conversation(
    "award_praise",
    title=lambda plan, subject: _("Praise of {code}", code=subject),
    form=lambda plan: FORM,
    file=file,
    serves=DESK,
    facts=PraiseFacts,
)
FEATURE = Feature(__name__, forms=(PRAISE,), notices=(Notice(PRAISED, praised, REACHED),))
