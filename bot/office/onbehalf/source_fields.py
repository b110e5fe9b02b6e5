"""The questions that come before every form that the office fills in for a unit: how, by what and when it answered. Pure."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bot.dialogue import Answers, Choice, Day, Field, Files, Form, Line, OneOf, Scene, Window
from bot.language import Part, Text, _
from bot.movement import titled
from bot.office.onbehalf.behalf_facts import BehalfFacts
from bot.office.onbehalf.sources import said
from storage.paper_sources import Origin, PaperSource, PaperWay

WAY, NUMBER, DAY, GIVER, FILE = "paper_way", "paper_number", "paper_day", "paper_giver", "paper_file"
CODES = frozenset({WAY, NUMBER, DAY, GIVER, FILE})


@dataclass(frozen=True, slots=True)
class GivenSource:
    """Where the answers of a form come from."""

    way: PaperWay
    number: str
    day: date
    giver: str
    files: Sequence[int]


def given(answers: Answers) -> GivenSource:
    """Return where the answers of a form come from."""
    files = answers.get(FILE)
    return GivenSource(
        PaperWay(answers[WAY]),
        str(answers.get(NUMBER) or ""),
        date.fromisoformat(answers[DAY]),
        str(answers.get(GIVER) or ""),
        files["files"] if isinstance(files, dict) else [],
    )


def answered(source: PaperSource) -> dict[str, Any]:
    """Return a source as answers, to be changed."""
    assert source.day is not None
    spoken = source.way is not PaperWay.DOCUMENT
    return {
        WAY: source.way.value,
        DAY: source.day.isoformat(),
        **({} if source.way is PaperWay.PHONE else {NUMBER: source.number}),
        **({GIVER: source.giver} if spoken else {}),
        FILE: {"files": [source.file], "note": ""} if source.file else None,
    }


def rest(answers: Answers) -> dict[str, Any]:
    """Return the answers of the form itself."""
    return {code: value for code, value in answers.items() if code not in CODES}


def before(form: Form, code: str, title: Callable[[Answers, Scene], Part]) -> Form:
    """Return a form with these questions before its own."""

    def review(answers: Answers, scene: Scene) -> Sequence[Part]:
        own = form.review(answers, scene) if form.review is not None else ()
        return [_("{source}.", source=_said(answers, scene)), *own]

    return replace(
        form,
        code=code,
        title=title,
        head=None,
        sheet_head=title,
        fields=(*FIELDS, *map(_once, form.fields)),
        send=lambda answers, scene: _("File it for the unit"),
        review=review,
        looks=None,
    )


def _once(field: Field) -> Field:
    """Return a field of the form; its file is not asked for where the paper has been sent as one."""
    if field.code != "file" or field.when is not None:
        return field
    return replace(field, when=lambda answers, scene: not answers.get(FILE))


def _said(answers: Answers, scene: Scene) -> Text:
    of, facts = given(answers), BehalfFacts.of(scene)
    return said(
        PaperSource(
            "", 0, "", facts.year, Origin.PAPER, of.way, of.number, of.day, of.giver, None, {}, None, scene.now, None
        )
    )


# The questions --------------------------------------------------------------------------------

_WAYS: Mapping[PaperWay, Text] = {
    PaperWay.DOCUMENT: _("On paper"),
    PaperWay.PHONE: _("By telephone"),
    PaperWay.PERSON: _("In person"),
}


def _ways(answers: Answers, scene: Scene) -> Sequence[Choice]:
    return [Choice(way.value, label) for way, label in _WAYS.items()]


def _is(*ways: PaperWay) -> Callable[[Answers, Scene], bool]:
    return lambda answers, scene: answers.get(WAY) in ways


_ASKED_DAY: Mapping[str, Text] = {
    PaperWay.DOCUMENT: _("What is the date of the document?"),
    PaperWay.PHONE: _("On which day did they call?"),
    PaperWay.PERSON: _("On which day was it said or handed over?"),
}


def _ask_day(answers: Answers, scene: Scene) -> Sequence[Part]:
    asked: Part = _ASKED_DAY[answers.get(WAY, PaperWay.DOCUMENT)]
    if BehalfFacts.of(scene).what.how is None:  # a sheet is never late
        return [asked]
    return [asked, _("What is in time goes by this day, not by the day on which it is filed here.")]


def _example_day(answers: Answers, scene: Scene) -> Part:
    return _("{day}", day=scene.today)


def _after_lock(value: Any, answers: Answers, scene: Scene) -> Part | None:
    """Refuse what came after the lock."""
    facts = BehalfFacts.of(scene)
    if facts.locks is None or date.fromisoformat(value) <= facts.locks:
        return None
    return _(
        "This was locked at the end of {day}; {given} is after it, so nothing is filed for {unit}. Please check the date.",
        day=facts.locks,
        given=date.fromisoformat(value),
        unit=facts.for_unit.name,
    )


ITS_TIME = Window(
    lambda answers, scene: date(BehalfFacts.of(scene).year - 1, 10, 1),
    lambda answers, scene: date(BehalfFacts.of(scene).year + 1, 12, 31),
)


def _speakers(answers: Answers, scene: Scene) -> Sequence[Choice]:
    return [Choice(titled(each), titled(each), person=each.name) for each in BehalfFacts.of(scene).speakers]


def _like(answers: Answers, scene: Scene) -> Part:
    """Return who may have said it as an example."""
    return next((titled(each) for each in BehalfFacts.of(scene).speakers), "")


_NUMBERED = re.compile(r"[0-9]\s*/\s*[^\W\d]")


class PaperName(Line):
    """What a paper is called, with its number; "" where it has none."""

    def sure(self, text: str) -> bool:
        """Whether it is surely a paper's name, whatever it begins with: «Báo cáo 05/BC-QLXD» opens no report."""
        return _NUMBERED.search(text) is not None

    def show(self, value: Any, scene: Scene) -> Part:
        """Say it as it was typed."""
        return value or _("without a number")


FIELDS = (
    Field(
        WAY,
        _("How it came"),
        lambda answers, scene: [_("How has {unit} answered?", unit=BehalfFacts.of(scene).for_unit.name)],
        OneOf(_ways),
        choices=_ways,
        heading=_("How it came"),
    ),
    Field(
        NUMBER,
        _("Document"),
        _("What is the document, with its number?"),
        PaperName(longest=60),
        choices=lambda answers, scene: [Choice("", _("Without a number"))],
        example=lambda answers, scene: _("Official letter 12/{unit}", unit=BehalfFacts.of(scene).for_unit.code),
        when=_is(PaperWay.DOCUMENT, PaperWay.PERSON),
        heading=_("Document"),
    ),
    Field(
        GIVER,
        _("Given by"),
        _("Who said it for the unit (post and full name)?"),
        Line(shortest=5, longest=120),
        choices=_speakers,
        example=_like,
        when=_is(PaperWay.PHONE, PaperWay.PERSON),
        heading=_("Given by"),
    ),
    Field(
        DAY,
        _("Date"),
        _ask_day,
        Day(ahead=False, believed=ITS_TIME),
        example=_example_day,
        refuse=_after_lock,
        heading=_("Date"),
    ),
    Field(
        FILE,
        _("File of the document"),
        _("Please send the file or a picture of it, where there is one."),
        Files(),
        files=True,
        skip=_("Without a file"),
        heading=_("File of the document"),
    ),
)
