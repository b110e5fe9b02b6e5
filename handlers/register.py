"""Register an initiative, a model or a key task: the sheet, and where it goes when it is sent."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache, partial

from bot.conversation import Command, Conversation, Feature, Notice, Visit, allowed
from bot.dialogue import Answers, Day, Expected, Field, Form, Line, OneOf, Paragraph, Say
from bot.language import First, _
from bot.movement import May, Plan
from bot.office import opened_years
from bot.office.duties import item_texts, registering
from bot.office.duties import registration_texts as texts
from bot.office.duties.registering import RegisterFacts
from bot.office.duties.registration_answers import (
    APPLIED,
    AUTHOR_SHARES,
    IN_MOVEMENT,
    areas,
    colleagues,
    heard_authors,
    me_or_unit,
    only_me,
    quarters,
    similar,
    unmarked,
)


def run(visit: Visit, args: str) -> Say:
    """Answer «/dangky» with the kinds; «/dangky sk: title», «đăng ký sáng kiến title» answer the first question too."""
    if (named := registering.kind_named(visit.plan, args)) is not None:
        return _open(visit, *named)
    asked = opened_years.to_register(visit, args)
    return asked if isinstance(asked, Say) else texts.which_kind(visit, asked[0])


def _open(visit: Visit, kind: str, said: str) -> Say:
    asked = opened_years.to_register(visit, said)
    if isinstance(asked, Say):
        return asked
    conversation, year, title = BY_KIND[kind], str(asked[0]), asked[1]
    if len(title) < 10:
        return visit.open(conversation, year)
    return visit.open(conversation, year, {"title": title}, _("Answer 1 is noted, the title: {title}", title=title))


# The sheet ------------------------------------------------------------------------------------

TITLE = Field(
    "title",
    _("Title"),
    "",
    Line(shortest=10, rest=_("Summary")),
    flag=unmarked,
    ask_again=similar,
    keep=_("Register all the same"),
)
AREA = Field("area", _("Area"), "", OneOf(areas), choices=areas)
SUMMARY = Field(
    "summary",
    _("Summary"),
    _("Please sum up how it works in two or three sentences."),
    Paragraph(),
    long=True,
    files=True,
    skip=_("Add later"),
)
AUTHORS = Field(
    "authors",
    _("Authors"),
    _("Who are the authors, with what shares (100% in all)?"),
    AUTHOR_SHARES,
    choices=only_me,
    example=_("me 70, Lý Thị Ví Dụ 30"),
    echo=heard_authors,
)
MODEL_AUTHORS = replace(
    AUTHORS,
    ask=_("Who are the authors, with what shares (100% in all)? A model may be the whole unit's."),
    choices=me_or_unit,
)
CHARGE = Field(
    "charge", _("In charge"), _("Which officer of the unit is in charge?"), OneOf(colleagues), choices=colleagues
)
DUE = Field("due", _("Due"), _("By when will it be done?"), Day(past=False, believed=IN_MOVEMENT), example="30/10/2027")
RESULT = Field(
    "result",
    _("Expected result"),
    "",
    Paragraph(),
    skip=_("Add later"),
    example=_("The time to guide one applicant falls from 30 minutes to 10"),
)
STARTS = Field(
    "starts",
    _("Applied"),
    _("From when is it expected to be applied?"),
    Expected(believed=APPLIED),
    choices=quarters,
    example=_("01/07/2027 or July 2027"),
)

FIELDS: Mapping[str, tuple[Field, ...]] = {
    "sk": (TITLE, AREA, SUMMARY, AUTHORS, RESULT, STARTS),
    "mh": (TITLE, AREA, SUMMARY, MODEL_AUTHORS, RESULT, STARTS),
    "nv": (TITLE, AREA, SUMMARY, CHARGE, RESULT, DUE),
}


@cache
def form_of(kind_code: str, plan: Plan) -> Form:
    """Return the sheet of a kind of registration."""
    kind = plan.kind(kind_code)
    examples = {"title": kind.example, **{field.code: field.example for field in kind.fields}}
    questions = {
        "title": _("Please give the title of the {kind}, {you_name}.", kind=kind.short),
        "area": _("{kind}: which area of the movement does it serve?", kind=First(kind.short)),
        "result": _("{kind}: what result or benefit is expected?", kind=First(kind.short)),
    }
    fields = tuple(
        replace(field, example=examples.get(field.code) or field.example, ask=questions.get(field.code, field.ask))
        for field in FIELDS[kind_code]
    )
    return Form(
        CODES[kind_code],
        title=lambda answers, scene: _("Register: {kind}", kind=kind.short),
        fields=fields,
        send=texts.send_to,
        head=lambda answers, scene: _(
            "Register: {kind}, year {year}",
            kind=kind.name[:1].lower() + kind.name[1:],
            year=RegisterFacts.of(scene).year,
        ),
        sheet_head=lambda answers, scene: _(
            "Registration sheet: {kind}, year {year}", kind=kind.short, year=RegisterFacts.of(scene).year
        ),
        review=texts.under,
    )


def file(kind: str, visit: Visit, subject: str, answers: Answers) -> Say:
    """File the item, and tell those who have to act next."""
    sent = registering.file(kind, visit, subject, answers)
    if sent is None:
        return texts.locked(subject)
    for person in sent.asked:
        visit.tell(person.id, TO_CONFIRM, code=sent.code)
    for author in sent.authors:
        visit.tell(author, COAUTHOR, code=sent.code)
    return texts.receipt(visit, sent)


def _conversation(kind: str) -> Conversation:
    return Conversation(
        CODES[kind],
        title=lambda plan, subject: _("Registration: {kind} {subject}", kind=plan.kind(kind).short, subject=subject),
        form=partial(form_of, kind),
        file=partial(file, kind),
        serves=allowed(May.REGISTER, of=registering.may_write),
        facts=RegisterFacts,
        warning=lambda subject, today: texts.year_over(int(subject), today) if subject.isdecimal() else None,
    )


CODES: Mapping[str, str] = {"sk": "register_sk", "mh": "register_mh", "nv": "register_nv"}
"""What the form of each kind is called."""
BY_KIND = {kind: _conversation(kind) for kind in FIELDS}
REGISTER = Command("dangky", _("Register"), _("register|sign up"), run, allowed(May.REGISTER))
TO_CONFIRM = Notice("to_confirm", lambda visit, about: texts.to_confirm(visit, about["code"]), item_texts.CONFIRMER)
COAUTHOR = Notice("coauthor", lambda visit, about: texts.coauthor(visit, about["code"]), item_texts.INVOLVED)
FEATURE = Feature(__name__, commands=(REGISTER,), forms=tuple(BY_KIND.values()), notices=(TO_CONFIRM, COAUTHOR))
